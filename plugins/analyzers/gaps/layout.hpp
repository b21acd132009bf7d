#pragma once
// What the plan of a table alone tells: which of its columns a rule is about, by their names, units, types and roles.
// Many tables share a plan; what a rule reads from it, it reads once.
#include <assay/abi.h>
#include <assay/column.hpp>
#include <atomic>
#include <cstdint>
#include <memory>
#include <vector>

namespace assay::gaps {

/// The columns of which something holds, in their order.
template <class Holds> std::vector<std::size_t> columns_where(const Strided<assay_column>& columns, Holds holds) {
    std::vector<std::size_t> out;
    for (std::size_t c = 0; c < columns.size(); ++c)
        if (holds(columns[c])) out.push_back(c);
    return out;
}

class Layout {
  public:
    explicit Layout(const assay_table& plan) : columns{assay::columns(plan)} {}
    const Strided<assay_column> columns;

    /// `Known` is made from the columns when it is first asked for.
    template <class Known> const Known& known() const {
        const std::size_t place = place_of<Known>();
        if (place >= known_.size()) known_.resize(place + 1);
        if (!known_[place]) known_[place] = std::make_shared<Known>(columns);
        return *static_cast<const Known*>(known_[place].get());
    }

    /// The columns of which the predicate holds.
    template <auto holds> const std::vector<std::size_t>& where() const { return known<Where<holds>>().found; }

  private:
    template <auto holds> struct Where {
        explicit Where(const Strided<assay_column>& plan) : found{columns_where(plan, holds)} {}
        std::vector<std::size_t> found;
    };
    template <class Known> static std::size_t place_of() {
        static const std::size_t place = places_++;
        return place;
    }
    static inline std::atomic<std::size_t> places_ = 0;
    mutable std::vector<std::shared_ptr<void>> known_;
};

inline bool is_number(const assay_column& column) {
    return column.type == ASSAY_TYPE_INT || column.type == ASSAY_TYPE_FLOAT;
}
inline bool is_metric(const assay_column& column) { return column.role == ASSAY_ROLE_METRIC && is_number(column); }
/// Divides rows into cells, as in ColumnProfile.
inline bool divides(const assay_column& column) {
    return column.dimension != 0 && column.type != ASSAY_TYPE_TIME && !is_metric(column);
}

inline bool is_text(const assay_column& column) { return column.type == ASSAY_TYPE_TEXT; }

} // namespace assay::gaps
