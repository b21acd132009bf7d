#pragma once
// What a rule notes of the columns of each dataset while tables come by. What is noted has a member
// `void append(Noted later)`.
#include "gaps/tree.hpp"
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

namespace assay::gaps {

template <class Noted> class ByColumn {
  public:
    using Columns = std::map<std::string, Noted>; ///< by name
    /// Of a column of a table. The name is looked up once for all tables of one plan.
    Noted& at(const TableView& table, std::size_t column) {
        Dataset& dataset = datasets_[table.dataset()];
        std::vector<Noted*>& places = dataset.places[table.layout];
        places.resize(table.columns.size());
        if (places[column] == nullptr) places[column] = &dataset.columns[std::string{view(table.columns[column].name)}];
        return *places[column];
    }
    /// Those that were asked for.
    const Columns& of(std::size_t dataset) const {
        static const Columns none{};
        const auto found = datasets_.find(dataset);
        return found == datasets_.end() ? none : found->second.columns;
    }
    /// For all datasets and columns.
    template <class Each> void each(Each each) {
        for (auto& [index, dataset] : datasets_)
            for (auto& [name, noted] : dataset.columns) each(index, noted);
    }
    void append(ByColumn later) {
        for (auto& [index, dataset] : later.datasets_)
            for (auto& [name, noted] : dataset.columns) {
                const auto [known, fresh] = datasets_[index].columns.try_emplace(name, std::move(noted));
                if (!fresh) known->second.append(std::move(noted));
            }
    }

  private:
    struct Dataset {
        Columns columns;
        std::unordered_map<const Layout*, std::vector<Noted*>> places;
    };
    std::map<std::size_t, Dataset> datasets_;
};

} // namespace assay::gaps
