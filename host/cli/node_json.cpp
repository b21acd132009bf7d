#include "cli/node_json.hpp"
#include <nlohmann/json.hpp>

namespace assay::cli {

nlohmann::json json_of(const pipeline::Node& node) {
    switch (node.kind) {
    case pipeline::Kind::null: return nullptr;
    case pipeline::Kind::boolean: return node.boolean;
    case pipeline::Kind::integer: return node.integer;
    case pipeline::Kind::real: return node.number;
    case pipeline::Kind::text: return node.text;
    case pipeline::Kind::list: {
        auto list = nlohmann::json::array();
        for (const auto& item : node.items) list.push_back(json_of(item));
        return list;
    }
    case pipeline::Kind::map: break;
    }
    auto map = nlohmann::json::object();
    for (const auto& item : node.items) map[item.key] = json_of(item);
    return map;
}

} // namespace assay::cli
