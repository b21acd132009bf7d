#pragma once
// Datasets: tables of one parser and one name whose sets of column names are alike. (A document's arrays `latencies`
// and `scores` both have the columns index and value, and are not the same thing.)
#include "plan/table_plan.hpp"
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace assay::plan {

/// A data table, as grouping sees it.
struct GroupedTable {
    std::size_t artifact, table; ///< indexes
    std::string_view parser, path;
    const TablePlan* plan;
};

struct Dataset {
    std::string id;                                          ///< stable: a hash of parser, table name and column names
    std::string title;                                       ///< for people
    std::vector<std::pair<std::size_t, std::size_t>> tables; ///< (artifact, table), in path order
};

/// Single linkage at a Jaccard similarity of column names of at least 0.8. Tables come in path order.
std::vector<Dataset> datasets_of(std::span<const GroupedTable> tables);

} // namespace assay::plan
