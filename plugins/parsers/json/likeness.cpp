#include "likeness.hpp"
#include <algorithm>
#include <array>
#include <assay/cell.hpp>
#include <optional>
#include <string_view>
#include <vector>

namespace assay::json {
namespace {

using simdjson::dom::element_type;
using simdjson::dom::object;
constexpr int max_levels = 4;
constexpr std::size_t most_collections = 64; ///< whose entries others are compared with

struct Collection {
    int levels;
    object row; ///< the first one
};

std::vector<std::string_view> keys(object o) {
    std::vector<std::string_view> names;
    for (const auto field : o) names.push_back(field.key);
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

bool alike(const std::vector<std::string_view>& left, const std::vector<std::string_view>& right) {
    std::size_t common = 0;
    for (const auto name : left) common += std::binary_search(right.begin(), right.end(), name) ? 1U : 0U;
    const std::size_t all = left.size() + right.size() - common;
    return all > 0 && 2 * common >= all;
}
bool alike(object a, object b) { return alike(keys(a), keys(b)); }

/// A key that no one would choose for a property: it has a digit, and begins with one or has a mark of a value.
bool is_value(std::string_view key) {
    const bool digit = std::any_of(key.begin(), key.end(), cell::is_digit);
    return digit && (cell::is_digit(key.front()) || key.find_first_of(":./@ =") != key.npos);
}

/// `mean`, `median`, `std_dev`: what is told of one distribution. A mean and a maximum could be operations.
bool is_distribution(object o) {
    static constexpr std::array<std::string_view, 5> spreads{"std_dev", "stddev", "std", "stdev", "standard_deviation"};
    const auto has = [&](std::string_view name) {
        return std::any_of(o.begin(), o.end(), [&](const auto field) { return field.key == name; });
    };
    const bool mean = has("mean") || has("avg") || has("average"), median = has("median");
    return (mean && median) || ((mean || median) && std::any_of(spreads.begin(), spreads.end(), has));
}

std::optional<std::vector<object>> only_objects(object o) {
    std::vector<object> values;
    bool null = false;
    for (const auto field : o) {
        if (field.value.type() == element_type::NULL_VALUE) {
            null = true;
            continue;
        }
        if (field.value.type() != element_type::OBJECT) return std::nullopt;
        const object value = field.value;
        if (value.begin() == value.end()) return std::nullopt;
        values.push_back(value);
    }
    if (values.empty() || (null && values.size() < 2)) return std::nullopt;
    return values;
}

/// All values are collections of the same level, and their rows are alike.
std::optional<Collection> nested(const std::vector<object>& values, int budget);

std::optional<Collection> collection(object o, int budget, bool single) {
    if (budget == 0) return std::nullopt;
    const auto values = only_objects(o);
    if (!values || is_distribution(o)) return std::nullopt;
    if (!single && values->size() < 2 && !is_value((*o.begin()).key)) return std::nullopt;
    if (const auto deeper = nested(*values, budget - 1)) return deeper;
    if (!std::all_of(values->begin(), values->end(), [&](object v) { return alike(v, values->front()); }))
        return std::nullopt;
    return Collection{1, values->front()};
}

std::optional<Collection> nested(const std::vector<object>& values, int budget) {
    std::optional<Collection> first;
    std::size_t rows = 0;
    bool same_keys = true;
    for (const object value : values) {
        const auto inner = collection(value, budget, true);
        if (!inner || (first && (inner->levels != first->levels || !alike(inner->row, first->row))))
            return std::nullopt;
        if (!first) first = inner;
        rows += value.size();
        same_keys = same_keys && value.size() == 1 && keys(value) == keys(values.front());
    }
    if (!first || rows < 2 || same_keys) return std::nullopt; // one entry, always the same: a property after all
    return Collection{first->levels + 1, first->row};
}

} // namespace

int collection_levels(object o) {
    const auto found = collection(o, max_levels, false);
    return found ? found->levels : 0;
}

std::vector<int> levels_of_members(object members) {
    std::vector<object> objects;
    std::vector<int> levels;
    std::vector<std::vector<std::string_view>> entries; ///< of each collection of two or more
    for (const auto field : members) {
        if (field.value.type() != element_type::OBJECT) continue;
        objects.push_back(field.value);
        levels.push_back(collection_levels(objects.back()));
        if (levels.back() != 0 && objects.back().size() > 1 && entries.size() <= most_collections)
            entries.push_back(keys(objects.back()));
    }
    if (entries.empty() || entries.size() > most_collections) return levels;
    for (std::size_t i = 0; i < objects.size(); ++i) {
        if (levels[i] != 0 || objects[i].size() < 2 || !only_objects(objects[i])) continue;
        const auto own = keys(objects[i]);
        if (std::any_of(entries.begin(), entries.end(), [&](const auto& theirs) { return alike(own, theirs); }))
            levels[i] = 1;
    }
    return levels;
}

} // namespace assay::json
