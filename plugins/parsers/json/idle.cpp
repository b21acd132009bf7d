#include "idle.hpp"
#include <algorithm>
#include <array>
#include <string_view>

namespace assay::json {
namespace {

using simdjson::dom::element;
using simdjson::dom::element_type;

constexpr std::size_t least_zeros = 4;

bool names_duration(std::string_view key) {
    static constexpr std::array<std::string_view, 5> names{"runtime", "duration", "elapsed", "runtime_ms",
                                                           "duration_ms"};
    return std::find(names.begin(), names.end(), key) != names.end();
}

bool is_zero(element value) {
    double number = 1;
    return value.get_double().get(number) == simdjson::SUCCESS && number == 0;
}

bool only_zeros(simdjson::dom::object members, std::size_t& zeros);

/// Counts the zeros of a value; false where it holds anything else.
bool only_zeros(element value, std::size_t& zeros) {
    switch (value.type()) {
    case element_type::OBJECT: return only_zeros(simdjson::dom::object(value), zeros);
    case element_type::ARRAY:
        for (const element item : simdjson::dom::array(value))
            if (!only_zeros(item, zeros)) return false;
        return true;
    default: ++zeros; return is_zero(value);
    }
}

bool only_zeros(simdjson::dom::object members, std::size_t& zeros) {
    for (const auto field : members)
        if (!only_zeros(field.value, zeros)) return false;
    return true;
}

} // namespace

bool ran_for_no_time(simdjson::dom::object object) {
    const bool told = std::any_of(object.begin(), object.end(),
                                  [](const auto field) { return names_duration(field.key) && is_zero(field.value); });
    std::size_t zeros = 0;
    return told && only_zeros(object, zeros) && zeros >= least_zeros;
}

} // namespace assay::json
