#pragma once
// Members of JSON objects that may be absent, null or of another type: then they are not reported.
#include <cstdint>
#include <optional>
#include <simdjson.h>
#include <string_view>

namespace assay::chat {

using Json = simdjson::dom::element;

inline std::optional<Json> member(Json object, std::string_view name) {
    Json value;
    if (object[name].get(value) != simdjson::SUCCESS || value.is_null()) return std::nullopt;
    return value;
}

/// Nested members, outermost first.
template <class... Names> std::optional<Json> member(Json object, std::string_view name, Names... inner) {
    const auto outer = member(object, name);
    return outer ? member(*outer, inner...) : std::nullopt;
}

template <class... Names> std::string_view text_in(Json object, Names... names) {
    const auto value = member(object, names...);
    std::string_view text;
    return value && value->get(text) == simdjson::SUCCESS ? text : std::string_view{};
}

template <class... Names> std::optional<std::uint64_t> count_in(Json object, Names... names) {
    const auto value = member(object, names...);
    std::uint64_t number = 0;
    if (!value || value->get(number) != simdjson::SUCCESS) return std::nullopt;
    return number;
}

template <class... Names> std::optional<double> number_in(Json object, Names... names) {
    const auto value = member(object, names...);
    double number = 0;
    if (!value || value->get(number) != simdjson::SUCCESS || number < 0) return std::nullopt;
    return number;
}

inline bool is_true(Json object, std::string_view name) {
    bool truth = false;
    return object[name].get(truth) == simdjson::SUCCESS && truth;
}

/// Absent where either is, or where no time passed.
inline std::optional<double> rate(std::optional<std::uint64_t> count, std::optional<double> seconds) {
    if (!count || !seconds || *seconds <= 0) return std::nullopt;
    return static_cast<double>(*count) / *seconds;
}

} // namespace assay::chat
