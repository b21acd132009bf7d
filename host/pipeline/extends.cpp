#include "pipeline/tree.hpp"
#include <algorithm>
#include <filesystem>
#include <fstream>

namespace assay::pipeline {
namespace {

namespace fs = std::filesystem;
constexpr std::uintmax_t max_file_bytes = 16U << 20U;
constexpr std::size_t max_bases = 32; // in a chain

void erase_key(Node& map, std::string_view key) {
    std::erase_if(map.items, [key](const Node& item) { return item.key == key; });
}

std::string name_of_stage(const Node& stage) {
    const Node* const name = stage_name(stage);
    return name != nullptr ? name->text : std::string();
}

Node* find_stage(Node& stages, const std::string& name) {
    const auto found = std::find_if(stages.items.begin(), stages.items.end(),
                                    [&](const Node& stage) { return !name.empty() && name_of_stage(stage) == name; });
    return found == stages.items.end() ? nullptr : &*found;
}

void set_item(Node& map, Node item) {
    if (Node* const old = map.find(item.key)) {
        *old = std::move(item);
    } else {
        map.items.push_back(std::move(item));
    }
}

void merge_maps(Node& base, Node over) {
    for (Node& item : over.items) {
        Node* const old = base.find(item.key);
        if (old != nullptr && old->kind == Kind::map && item.kind == Kind::map) {
            merge_maps(*old, std::move(item));
        } else {
            set_item(base, std::move(item));
        }
    }
}

// Another component under the same name replaces the stage: its options are not those of the old one.
void merge_stage(Node& base, Node over) {
    const Node* const before = base.find("use");
    const Node* const now = over.find("use");
    if (now != nullptr && before != nullptr && now->text != before->text) {
        base = std::move(over);
        return;
    }
    Node options;
    if (Node* const with = over.find("with")) options = *with;
    erase_key(over, "with");
    for (Node& item : over.items) set_item(base, std::move(item));
    if (options.key.empty()) return;
    Node* const with = base.find("with");
    if (with == nullptr || with->kind != Kind::map || options.kind != Kind::map) {
        set_item(base, std::move(options));
    } else {
        for (Node& option : options.items) set_item(*with, std::move(option));
    }
}

// True if this entry of a stage list asks for a removal (and is no stage itself).
bool take_remove(Node& stage, std::vector<Problem>& problems) {
    const Node* const remove = stage.find("remove");
    if (remove == nullptr) return false;
    const bool wanted = remove->kind == Kind::boolean && remove->boolean;
    if (remove->kind != Kind::boolean && !remove->broken) {
        report(problems, remove->place, Code::wrong_type,
               "'remove' should be true or false, not " + std::string(describe(remove->kind)));
    }
    erase_key(stage, "remove");
    return wanted;
}

void remove_stage(Node& base, const Node& stage, std::vector<Problem>& problems) {
    const std::string name = name_of_stage(stage);
    Node* const old = find_stage(base, name);
    if (old != nullptr) {
        base.items.erase(base.items.begin() + (old - base.items.data()));
        return;
    }
    std::vector<std::string> names;
    for (const Node& item : base.items) names.push_back(name_of_stage(item));
    const Node* const given = stage_name(stage);
    offer(report(problems, given != nullptr ? given->place : stage.place, Code::nothing_to_remove,
                 "there is no stage '" + name + "' in a base file to remove"),
          name, "stages", names);
}

void merge_stages(Node& base, Node over, std::vector<Problem>& problems) {
    std::vector<Node> fresh;
    for (Node& stage : over.items) {
        Node* const old = find_stage(base, name_of_stage(stage));
        if (take_remove(stage, problems)) {
            remove_stage(base, stage, problems);
        } else if (old != nullptr) {
            merge_stage(*old, std::move(stage));
        } else {
            fresh.push_back(std::move(stage));
        }
    }
    std::move(fresh.begin(), fresh.end(), std::back_inserter(base.items));
    base.place = over.place;
}

// Reads files and remembers them: a base that two files share is read, and its mistakes told, once.
struct BaseReader {
    Variables& variables;
    std::vector<Problem>& problems;
    std::map<fs::path, Node> known;
    std::vector<fs::path> chain; // from the main file to the one being read
    bool complete = true;

    std::optional<Node> read(const SourcePtr& source) {
        ParsedJson parsed = parse_located(source);
        std::move(parsed.problems.begin(), parsed.problems.end(), std::back_inserter(problems));
        if (!parsed.root) return {};
        Node& root = *parsed.root;
        if (root.kind != Kind::map) {
            if (!root.broken) {
                report(problems, root.place, Code::wrong_type,
                       "a pipeline is an object { ... }, not " + std::string(describe(root.kind)));
            }
            return {};
        }
        report_duplicate_stages(root, problems);
        Node merged;
        merged.kind = Kind::map;
        merged.place = root.place;
        if (const Node* const extends = root.find("extends")) read_bases(*extends, merged);
        erase_key(root, "extends");
        erase_key(root, "$schema");
        merge_pipeline(merged, std::move(root), problems);
        return merged;
    }

    void read_bases(Node extends, Node& merged) {
        variables.expand(extends, problems);
        if (extends.kind != Kind::list) {
            complete = read_base(extends, merged) && complete;
            return;
        }
        for (const Node& item : extends.items) complete = read_base(item, merged) && complete;
    }

    // False if the base could not be had.
    bool read_base(const Node& name, Node& merged) {
        if (name.broken) return false;
        if (name.kind != Kind::text || name.text.empty()) {
            report(problems, name.place, name.kind == Kind::text ? Code::empty_value : Code::wrong_type,
                   "'extends' should be the path of a base file, or a list of paths");
            return false;
        }
        const fs::path path = fs::path(name.place.source->directory) / name.text;
        std::error_code error;
        fs::path real = fs::weakly_canonical(path, error);
        if (error) real = path;
        if (std::find(chain.begin(), chain.end(), real) != chain.end() || chain.size() > max_bases) {
            std::string files;
            for (const fs::path& file : chain) files += file.filename().string() + " -> ";
            report(problems, name.place, Code::base_cycle,
                   (chain.size() > max_bases ? "too long a chain of base files: " : "files that extend each other: ") +
                       files + real.filename().string());
            return false;
        }
        auto found = known.find(real);
        if (found == known.end()) {
            std::string reason;
            std::optional<std::string> text = read_file(path.string(), reason);
            if (!text) {
                report(problems, name.place, Code::base_missing, "base file '" + path.string() + "' " + reason);
                return false;
            }
            const auto source = std::make_shared<Source>(
                Source{path.lexically_normal().string(), path.parent_path().string(), std::move(*text)});
            chain.push_back(real);
            std::optional<Node> base = read(source);
            chain.pop_back();
            if (!base) return false;
            found = known.emplace(real, std::move(*base)).first;
        }
        merge_pipeline(merged, found->second, problems);
        return true;
    }
};

} // namespace

std::optional<std::string> read_file(const std::string& path, std::string& error) {
    std::error_code code;
    const fs::file_status status = fs::status(path, code);
    if (status.type() == fs::file_type::not_found) {
        error = "does not exist";
        return {};
    }
    if (code) {
        error = "cannot be read: " + code.message();
        return {};
    }
    if (status.type() != fs::file_type::regular) {
        error = fs::is_directory(status) ? "is a directory" : "is not a regular file";
        return {};
    }
    if (fs::file_size(path, code) > max_file_bytes) {
        error = "is larger than 16 MiB, which no pipeline is";
        return {};
    }
    std::ifstream in(path, std::ios::binary);
    std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    if (!in) {
        error = "cannot be read: permission denied or input error";
        return {};
    }
    return text;
}

Tree read_with_bases(const SourcePtr& source, const std::string& file, Variables& variables,
                     std::vector<Problem>& problems) {
    BaseReader reader{variables, problems, {}, {}, true};
    std::error_code error;
    fs::path real = fs::weakly_canonical(file, error);
    reader.chain.push_back(error ? fs::path(file) : real);
    std::optional<Node> root = reader.read(source);
    return {std::move(root), reader.complete};
}

void merge_pipeline(Node& base, Node over, std::vector<Problem>& problems) {
    for (Node& item : over.items) {
        const bool stages = (item.key == "parsers" || item.key == "analyzers") && item.kind == Kind::list;
        Node* old = base.find(item.key);
        if (stages) {
            if (old == nullptr || old->kind != Kind::list) {
                Node empty = item;
                empty.items.clear();
                set_item(base, std::move(empty));
                old = base.find(item.key);
            }
            merge_stages(*old, std::move(item), problems);
        } else if (old != nullptr && old->kind == Kind::map && item.kind == Kind::map) {
            merge_maps(*old, std::move(item));
        } else {
            set_item(base, std::move(item));
        }
    }
}

const Node* stage_name(const Node& stage) {
    if (stage.kind == Kind::text) return &stage;
    for (const char* const key : {"as", "use"}) {
        const Node* const name = stage.find(key);
        if (name != nullptr && name->kind == Kind::text) return name;
    }
    return nullptr;
}

void report_duplicate_stages(const Node& root, std::vector<Problem>& problems) {
    for (const ComponentKind kind : component_kinds) {
        const Node* const stages = root.find(section_of(kind));
        if (stages == nullptr || stages->kind != Kind::list) continue;
        std::map<std::string, std::uint32_t> lines;
        for (const Node& stage : stages->items) {
            const Node* const name = stage_name(stage);
            const Node* const remove = stage.find("remove");
            if (name == nullptr || (remove != nullptr && remove->boolean)) continue;
            const auto [first, fresh] = lines.emplace(name->text, name->place.line);
            if (fresh) continue;
            report(problems, name->place, Code::duplicate_stage,
                   "a second stage '" + name->text + "' in '" + std::string(section_of(kind)) + "' (first in line " +
                       std::to_string(first->second) + "); give one of them another name with \"as\"");
        }
    }
}

} // namespace assay::pipeline
