#pragma once
// Dimensions of whole artifacts: what tells one from another, from the pipeline's path patterns, from its folders and
// file name, and from the documents beside it. Needs all artifacts, so it happens once, in conclude.
#include "plan/rules.hpp"
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace assay::plan {

struct Dimension {
    std::string name, value;
    std::string source; ///< for people: "folder name", "gemma3_baseline.json beside it"
};

/// What is known of an artifact before; in path order.
struct Placed {
    std::string_view path;
    std::vector<const Dimension*> constants; ///< document-level values of its tables: candidates for its siblings
    std::vector<std::string_view> columns;   ///< names of all columns of its data tables
    std::vector<std::size_t> datasets;       ///< of its data tables
    bool identified = false;                 ///< a column names the model, backend, host ... of each row
    bool primary = true;                     ///< not a copy of an earlier artifact
};

/// The dimensions of each artifact, in the order given.
std::vector<std::vector<Dimension>> dimensions_of(std::span<const Placed> artifacts, const Rules& rules);

/// True for a column whose values say which thing was measured: model, backend, host, version ...
bool names_a_subject(std::string_view column);

} // namespace assay::plan
