#include "idle.hpp"
#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <utility>

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

enum class Run { untold, idle, ran };

Run run_of(simdjson::dom::object members) {
    const auto told =
        std::find_if(members.begin(), members.end(), [](const auto field) { return names_duration(field.key); });
    if (told == members.end()) return Run::untold;
    if (!is_zero((*told).value)) return Run::ran;
    std::size_t zeros = 0;
    return only_zeros(members, zeros) && zeros >= least_zeros ? Run::idle : Run::untold;
}

using Names = std::vector<std::string_view>;
Names sorted_names(simdjson::dom::object members) {
    Names names;
    for (const auto field : members) names.push_back(field.key);
    std::sort(names.begin(), names.end());
    return names;
}

} // namespace

std::vector<bool> idle_members(simdjson::dom::object members) {
    std::vector<std::pair<simdjson::dom::object, Run>> objects;
    for (const auto field : members)
        if (field.value.is_object()) objects.emplace_back(field.value, run_of(field.value));
    const auto is_idle = [](const auto& object) { return object.second == Run::idle; };
    if (std::none_of(objects.begin(), objects.end(), is_idle)) return {};
    std::set<Names> ran;
    for (const auto& [object, run] : objects)
        if (run == Run::ran) ran.insert(sorted_names(object));
    std::vector<bool> idle;
    for (const auto& object : objects) idle.push_back(is_idle(object) && ran.contains(sorted_names(object.first)));
    return idle;
}

} // namespace assay::json
