#pragma once
// What a rule notes of the columns of each dataset while tables come by.
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
    const Columns& of(std::size_t dataset) { return datasets_[dataset].columns; }

  private:
    struct Dataset {
        Columns columns;
        std::unordered_map<const Layout*, std::vector<Noted*>> places;
    };
    std::map<std::size_t, Dataset> datasets_;
};

} // namespace assay::gaps
