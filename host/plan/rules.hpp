#pragma once
// What the pipeline says about columns, rows and paths; outranks parsers and inference.
#include "plan/predicate.hpp"
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace assay::plan {

struct ColumnRule {
    std::string pattern; ///< a column's name, or a glob with * and ?
    std::optional<std::int32_t> role, direction;
    std::optional<Type> type;
    std::optional<std::string> unit, label;
    std::optional<double> scale;
    std::optional<char> decimal; ///< the mark before the fraction
    bool operator==(const ColumnRule&) const = default;
};

/// `{ "path": "ollama/{run:time}/*" }`: segments of the path below an input that give dimensions; or a constant.
struct DimensionRule {
    std::string path;        ///< pattern; {name} takes what stands there, {name:time} must be a time stamp
    std::string name, value; ///< where given: a constant for the artifacts that `path` matches
    bool operator==(const DimensionRule&) const = default;
};

struct Rules {
    std::vector<ColumnRule> columns; ///< the first that matches decides
    std::optional<Predicate> failed, suspect;
    std::vector<DimensionRule> dimensions;
    bool operator==(const Rules&) const = default;
};

/// `*` any characters, `?` one; ASCII case is kept.
bool matches_name(std::string_view pattern, std::string_view name);

} // namespace assay::plan
