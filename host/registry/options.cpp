#include "registry/options.hpp"
#include <cmath>
#include <nlohmann/json.hpp>

namespace assay::registry {
namespace {

assay_value make(std::int32_t kind) {
    assay_value value{};
    value.struct_size = sizeof value;
    value.kind = kind;
    return value;
}

constexpr double two_to_63 = 9223372036854775808.0;

assay_value real(double number) {
    assay_value value = make(ASSAY_VALUE_FLOAT);
    value.number = number;
    const bool whole = number >= -two_to_63 && number < two_to_63 && std::trunc(number) == number;
    if (whole) value.integer = static_cast<std::int64_t>(number);
    return value;
}

assay_value integer(std::int64_t number) {
    assay_value value = make(ASSAY_VALUE_INT);
    value.integer = number;
    value.number = static_cast<double>(number);
    return value;
}

} // namespace

OptionValues::OptionValues() : root_{make(ASSAY_VALUE_MAP)} {}

OptionValues::OptionValues(const nlohmann::json& object) : root_{make(ASSAY_VALUE_MAP)} {
    if (!object.is_null()) root_ = value_of(object);
}

assay_str OptionValues::kept(const std::string& text) {
    const std::string& copy = texts_.emplace_back(text);
    return {copy.data(), copy.size()};
}

assay_value OptionValues::value_of(const nlohmann::json& json) {
    using Type = nlohmann::json::value_t;
    switch (json.type()) {
    case Type::boolean: {
        assay_value value = make(ASSAY_VALUE_BOOL);
        value.boolean = json.get<bool>() ? 1 : 0;
        return value;
    }
    case Type::number_integer: return integer(json.get<std::int64_t>());
    case Type::number_unsigned: {
        const auto number = json.get<std::uint64_t>();
        return number <= INT64_MAX ? integer(static_cast<std::int64_t>(number)) : real(static_cast<double>(number));
    }
    case Type::number_float: return real(json.get<double>());
    case Type::string: {
        assay_value value = make(ASSAY_VALUE_TEXT);
        value.text = kept(json.get_ref<const std::string&>());
        return value;
    }
    case Type::array:
    case Type::object: {
        assay_value value = make(json.is_array() ? ASSAY_VALUE_LIST : ASSAY_VALUE_MAP);
        std::vector<assay_value> items;
        items.reserve(json.size());
        for (auto item = json.begin(); item != json.end(); ++item) {
            items.push_back(value_of(*item));
            if (json.is_object()) items.back().key = kept(item.key());
        }
        value.n_items = items.size();
        value.items = lists_.emplace_back(std::move(items)).data();
        return value;
    }
    case Type::null:
    case Type::binary:
    case Type::discarded: break;
    }
    return make(ASSAY_VALUE_NULL);
}

} // namespace assay::registry
