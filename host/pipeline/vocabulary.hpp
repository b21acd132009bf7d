#pragma once
#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// The fixed words of the pipeline file, for the reader and the schema alike.
namespace assay::pipeline {

/// An analyzer's need: the facts of every stage that has not this need.
inline constexpr std::string_view all_others = "*";

inline constexpr std::array top_level_keys = {
    std::string_view("$schema"),    std::string_view("extends"), std::string_view("name"),
    std::string_view("inputs"),     std::string_view("parsers"), std::string_view("analyzers"),
    std::string_view("renderers"),  std::string_view("columns"), std::string_view("status"),
    std::string_view("dimensions"), std::string_view("fail_on"), std::string_view("limits"),
    std::string_view("jobs")};
inline constexpr std::array<std::string_view, 6> severities = {"none", "info", "low", "medium", "high", "critical"};
inline constexpr std::array<std::string_view, 6> column_roles = {"metric",    "parameter", "identifier",
                                                                 "timestamp", "status",    "text"};
inline constexpr std::array<std::string_view, 2> directions = {"higher", "lower"};
inline constexpr std::array<std::string_view, 5> column_types = {"bool", "int", "float", "text", "time"};
inline constexpr std::array<std::string_view, 4> capture_types = {"text", "int", "float", "time"};
inline constexpr std::array<std::string_view, 3> input_keys = {"path", "include", "exclude"};
inline constexpr std::array<std::string_view, 8> column_keys = {"role", "unit",  "direction", "alias",
                                                                "type", "label", "scale",     "decimal"};
inline constexpr std::array<std::string_view, 2> decimal_marks = {".", ","};
inline constexpr std::array<std::string_view, 3> fail_on_keys = {"severity", "new", "rules"};
inline constexpr std::array<std::string_view, 2> status_keys = {"failed", "suspect"};
inline constexpr std::array<std::string_view, 4> dimension_keys = {"path", "name", "value", "for"};
inline constexpr std::array<std::string_view, 7> limit_keys = {
    "artifact_bytes", "artifact_seconds", "artifact_memory", "stage_seconds", "part_bytes", "view_bytes", "facts"};
inline constexpr std::array<std::string_view, 3> parser_keys = {"use", "as", "with"};
inline constexpr std::array<std::string_view, 4> analyzer_keys = {"use", "as", "with", "from"};
inline constexpr std::array<std::string_view, 5> renderer_keys = {"use", "as", "with", "from", "to"};
/// As what a message offers.
inline std::vector<std::string> strings(std::span<const std::string_view> words) {
    return {words.begin(), words.end()};
}

inline constexpr std::string_view stage_name_pattern = "^[A-Za-z0-9_][A-Za-z0-9_-]*$";

} // namespace assay::pipeline
