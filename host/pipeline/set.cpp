#include "pipeline/tree.hpp"
#include "pipeline/vocabulary.hpp"
#include <algorithm>
#include <assay/utf8.hpp>

namespace assay::pipeline {
namespace {

struct Segment {
    std::string text;
    Place place;
};

// The setting of one argument: the path's segments and the value.
struct Setting {
    std::vector<Segment> path;
    Node value;
    std::vector<Problem>& problems;

    void put(Node& map, const Segment& segment) {
        Node* item = map.find(segment.text);
        if (item == nullptr) item = &map.items.emplace_back();
        *item = value;
        item->key = segment.text;
        item->key_place = segment.place;
    }

    // The map at `segment`, made if there is none; null where something else stands there, which is reported elsewhere.
    Node* enter(Node& map, const Segment& segment) {
        Node* item = map.find(segment.text);
        if (item == nullptr) {
            item = &map.items.emplace_back();
            item->kind = Kind::map;
            item->key = segment.text;
            item->key_place = item->place = segment.place;
        }
        return item->kind == Kind::map ? item : nullptr;
    }

    void put_deep(Node& map, std::size_t from) {
        Node* target = &map;
        for (std::size_t i = from; i + 1 < path.size() && target != nullptr; ++i) target = enter(*target, path[i]);
        if (target != nullptr) put(*target, path.back());
    }

    Problem& complain(const Segment& segment, std::string message) {
        return report(problems, segment.place, Code::bad_set, std::move(message));
    }

    void apply(Node& root) {
        const std::string& section = path[0].text;
        std::vector<std::string> keys;
        for (const std::string_view key : top_level_keys) {
            if (key != "$schema" && key != "extends") keys.emplace_back(key);
        }
        if (std::find(keys.begin(), keys.end(), section) == keys.end()) {
            offer(complain(path[0], "--set cannot set '" + section + "'"), section, "keys", keys);
        } else if (path.size() == 1) {
            put(root, path[0]);
            Node alone;
            alone.kind = Kind::map;
            alone.items = {*root.find(section)};
            report_duplicate_stages(alone, problems);
        } else if (section == "columns") {
            column(root);
        } else if (section == "limits" || section == "status") {
            put_deep(root, 0);
        } else if (section == "parsers" || section == "analyzers" || section == "renderers") {
            stage_option(root);
        } else {
            complain(path[1], "'" + section + "' has no parts: write --set " + section + "=VALUE");
        }
    }

    // A column's name may hold dots: the last segment is the property.
    void column(Node& root) {
        if (path.size() < 3) {
            offer(complain(path[1], "write --set columns.NAME.PROPERTY=VALUE"), "", "properties", strings(column_keys));
            return;
        }
        const Place& first = path[1].place;
        const Place& last = path[path.size() - 2].place;
        const std::size_t length = last.offset + last.length - first.offset;
        Segment name{first.source->text.substr(first.offset, length), first};
        name.place.length = length;
        Node* const columns = enter(root, path[0]);
        Node* const rule = columns != nullptr ? enter(*columns, name) : nullptr;
        if (rule != nullptr) put(*rule, path.back());
    }

    void stage_option(Node& root) {
        if (path.size() < 3) {
            complain(path[1], "write --set " + path[0].text + ".STAGE.OPTION=VALUE");
            return;
        }
        Node* const stage = find_stage(root);
        if (stage == nullptr) return;
        if (path[0].text == "renderers" && path[2].text == "to" && path.size() == 3) {
            put(*stage, path[2]);
            return;
        }
        Segment with{"with", path[2].place};
        Node* const options = enter(*stage, with);
        if (options != nullptr) put_deep(*options, 2);
    }

    Node* find_stage(Node& root) {
        const Segment& section = path[0];
        const Segment& name = path[1];
        Node* stages = root.find(section.text);
        const bool all = section.text == "parsers" && (stages == nullptr || stages->kind == Kind::text);
        if (all) stages = list_all_parsers(root, stages);
        std::vector<std::string> names;
        if (stages != nullptr) {
            for (Node& stage : stages->items) {
                const Node* const found = stage_name(stage);
                if (found != nullptr && found->text == name.text && stage.kind == Kind::map) return &stage;
                if (found != nullptr && stage.kind == Kind::map) names.push_back(found->text);
                if (found == &stage && stage.text == "all") return add_parser(*stages);
            }
        }
        offer(complain(name, "there is no stage '" + name.text + "' in '" + section.text + "'"), name.text, "stages",
              names);
        return nullptr;
    }

    // "all" as the list ["all"], to which a parser with options can be added.
    Node* list_all_parsers(Node& root, Node* stages) {
        Node list;
        list.kind = Kind::list;
        list.key = path[0].text;
        list.key_place = list.place = path[0].place;
        Node all;
        all.kind = Kind::text;
        all.text = "all";
        all.place = path[0].place;
        if (stages != nullptr) all = *stages;
        all.key.clear();
        list.items = {all};
        if (stages == nullptr) stages = &root.items.emplace_back();
        *stages = std::move(list);
        return stages;
    }

    Node* add_parser(Node& stages) {
        Node stage;
        stage.kind = Kind::map;
        stage.place = path[1].place;
        Node& use = stage.items.emplace_back();
        use.kind = Kind::text;
        use.text = path[1].text;
        use.key = "use";
        use.key_place = use.place = path[1].place;
        stages.items.push_back(std::move(stage));
        return &stages.items.back();
    }
};

Node read_value(const SourcePtr& source, std::size_t begin) {
    ParsedJson parsed = parse_located(source, begin);
    const std::string raw = source->text.substr(begin);
    const bool json = parsed.root && parsed.problems.empty();
    Node value = json ? std::move(*parsed.root) : Node{};
    if (!json) {
        value.kind = Kind::text;
        value.place = place_in(source, begin, raw.size());
    }
    // The type of a bare word or number is the option's choice: --set columns.x.alias=7 means the text.
    value.substituted = value.items.empty() && value.kind != Kind::list && value.kind != Kind::map &&
                        !(json && value.kind == Kind::text);
    if (value.substituted) value.text = raw;
    return value;
}

} // namespace

void apply_set(Node& root, const std::string& argument, std::vector<Problem>& problems) {
    const auto source = std::make_shared<Source>(Source{"--set", "", argument});
    const std::size_t equals = argument.find('=');
    if (equals == std::string::npos || equals == 0) {
        report(problems, place_in(source, 0, argument.size()), Code::bad_set,
               "--set '" + argument + "' is not PATH=VALUE, such as analyzers.STAGE.OPTION=VALUE");
        return;
    }
    if (!is_utf8(argument)) {
        report(problems, place_in(source, 0, equals), Code::bad_encoding, "--set '" + argument + "' is not UTF-8");
        return;
    }
    Setting setting{{}, read_value(source, equals + 1), problems};
    for (std::size_t at = 0; at <= equals;) {
        const std::size_t end = std::min(argument.find('.', at), equals);
        const Segment segment{argument.substr(at, end - at), place_in(source, at, end - at)};
        if (segment.text.empty()) {
            report(problems, segment.place, Code::bad_set, "an empty name in the path of --set '" + argument + "'");
            return;
        }
        setting.path.push_back(segment);
        at = end + 1;
    }
    if (setting.path.size() > static_cast<std::size_t>(max_depth)) {
        report(problems, place_in(source, 0, equals), Code::too_deep, "--set with a path this long");
        return;
    }
    setting.apply(root);
}

} // namespace assay::pipeline
