#pragma once
// A family of rules: its declarations, and how they look at artifacts, tables, datasets and the tree. Each stands in a
// file of its own; any of the four calls may be null. Artifacts come without copies and in path order, though some of
// them beside others, and after each its tables that belong to datasets. Then, side by side, datasets and the tree:
// these read what was noted of all artifacts.
#include "gaps/hits.hpp"
#include "gaps/tree.hpp"
#include <span>

namespace assay::gaps {

struct Family {
    std::string_view name;
    std::span<const Rule* const> rules;
    void (*artifact)(const ArtifactView& artifact, Hits& hits) = nullptr;
    void (*table)(const Member& at, Hits& hits) = nullptr;
    void (*dataset)(const DatasetView& dataset, Hits& hits) = nullptr;
    void (*tree)(const Tree& tree, Hits& hits) = nullptr;
};

extern const Family inventory_family;
extern const Family names_family;
extern const Family parsing_family;
extern const Family times_family;
extern const Family series_family;
extern const Family units_family;
extern const Family meanings_family;
extern const Family schema_family;
extern const Family columns_family;
extern const Family missing_family;
extern const Family values_family;
extern const Family causes_family;
extern const Family repetitions_family;
extern const Family grid_family;
extern const Family order_family;
extern const Family confounding_family;
extern const Family environment_family;
extern const Family telemetry_family;
extern const Family consistency_family;
extern const Family agreement_family;
extern const Family pooling_family;

/// In the order in which they are documented.
std::span<const Family* const> families();
/// By id or slug; null where there is none.
const Rule* find_rule(std::string_view name);

} // namespace assay::gaps
