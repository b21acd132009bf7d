#include <intake/roots.hpp>

#include <intake/name_text.hpp>
#include <intake/read_error.hpp>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <memory>
#include <optional>
#include <sys/stat.h>
#include <system_error>
#include <tuple>
#include <unordered_map>

namespace assay::intake {
namespace {

// An input that exists.
struct Place {
    std::string real;
    std::string spelled; // absolute: where it was said to be, its own name as it was given
    bool folder = false;
    Selection selection;
};

std::string quoted(const std::string& path) { return '`' + printable(path) + '`'; }

std::string_view without_trailing_slashes(std::string_view path) {
    while (path.size() > 1 && path.back() == '/') path.remove_suffix(1);
    return path;
}

// `reports`, `./reports/` and a link called `reports` are all called reports; `.` and `..` have no name of their own.
std::string spelled_path(const std::string& given, const std::string& real) {
    const std::string_view path = without_trailing_slashes(given);
    const std::size_t slash = path.rfind('/');
    const std::string_view name = slash == path.npos ? path : path.substr(slash + 1);
    if (name.empty() || name == "." || name == "..") return real;
    const std::string parent = slash == path.npos ? "." : std::string(path.substr(0, slash + 1));
    std::string folder = real_path(parent);
    if (folder.empty()) return real;
    if (folder.back() != '/') folder += '/';
    return folder + std::string(name);
}

std::vector<Glob> compile_all(const std::vector<std::string>& patterns, std::size_t input, Discovery& out) {
    std::vector<Glob> globs;
    for (const std::string& pattern : patterns) {
        auto compiled = compile_glob(pattern);
        if (const auto* error = std::get_if<GlobError>(&compiled)) {
            out.problems.push_back({input, "bad-glob",
                                    "pattern " + quoted(pattern) + ", character " + std::to_string(error->at + 1) +
                                        ": " + error->message});
        } else {
            globs.push_back(std::get<Glob>(std::move(compiled)));
        }
    }
    return globs;
}

std::optional<Place> place_of(const Input& input, std::size_t index, Discovery& out) {
    const std::size_t before = out.problems.size();
    Place place;
    place.selection.input = index;
    place.selection.include = compile_all(input.include, index, out);
    place.selection.exclude = compile_all(input.exclude, index, out);
    place.real = real_path(input.path);
    struct stat status {};
    if (place.real.empty() || ::stat(place.real.c_str(), &status) != 0) {
        const bool missing = errno == ENOENT || errno == ENOTDIR;
        out.problems.push_back({index, missing ? "input-missing" : "input-unreadable",
                                "input " + quoted(input.path) + ": " + error_text(errno)});
    }
    if (out.problems.size() > before) return std::nullopt;
    place.spelled = spelled_path(input.path, place.real);
    place.folder = S_ISDIR(status.st_mode);
    place.selection.single_file = !place.folder;
    return place;
}

// The last `names` names of an absolute path, or all there are.
std::string_view last_names(std::string_view path, std::size_t names) {
    path.remove_prefix(1);
    std::size_t begin = path.size() + 1;
    for (; names > 0 && begin > 0; --names) {
        const std::size_t slash = begin < 2 ? path.npos : path.rfind('/', begin - 2);
        begin = slash == path.npos ? 0 : slash + 1;
    }
    return path.substr(begin);
}

// Calls `visit` with each folder that a '/'-separated path lies in, innermost first, until it answers true.
template <class Visit> void for_each_folder_of(std::string_view path, Visit&& visit) {
    for (std::size_t slash = path.rfind('/'); slash != path.npos; slash = path.rfind('/', slash - 1)) {
        if (visit(path.substr(0, slash)) || slash == 0) return;
    }
}

// Which labels equal another one or lie in it.
std::vector<bool> find_clashes(const std::vector<std::string_view>& labels) {
    std::unordered_map<std::string_view, std::vector<std::size_t>> owners;
    for (std::size_t i = 0; i < labels.size(); ++i) owners[labels[i]].push_back(i);
    std::vector<bool> clashes(labels.size(), false);
    for (const auto& [label, same] : owners) {
        if (same.size() > 1) {
            for (const std::size_t i : same) clashes[i] = true;
        }
        for_each_folder_of(label, [&, &inner = same](std::string_view folder) {
            const auto outer = owners.find(folder);
            if (outer == owners.end()) return false;
            for (const std::size_t i : outer->second) clashes[i] = true;
            for (const std::size_t i : inner) clashes[i] = true;
            return false;
        });
    }
    return clashes;
}

// The shortest ends of the spelled paths that keep all files apart: no label equals another or lies in it.
std::vector<std::string> distinct_labels(const std::vector<std::string>& spelled) {
    std::vector<std::size_t> names(spelled.size(), 1);
    const auto label = [&](std::size_t i) { return last_names(spelled[i], names[i]); };
    const auto can_grow = [&](std::size_t i) { return label(i).size() + 1 < spelled[i].size(); };
    for (bool grew = true; grew;) {
        grew = false;
        std::vector<std::string_view> labels;
        for (std::size_t i = 0; i < spelled.size(); ++i) labels.push_back(label(i));
        const std::vector<bool> clashes = find_clashes(labels);
        for (std::size_t i = 0; i < spelled.size(); ++i) {
            if (clashes[i] && can_grow(i)) ++names[i], grew = true;
        }
    }
    std::vector<std::string> labels;
    for (std::size_t i = 0; i < spelled.size(); ++i) labels.emplace_back(label(i).empty() ? "." : label(i));
    return labels;
}

void note_joined(const Root& root, const Place& inner, std::span<const Input> inputs, Discovery& out) {
    const std::size_t index = inner.selection.input;
    const std::string inputs_text = "input " + quoted(inputs[index].path);
    if (inner.real == root.real) {
        out.notes.push_back({index, "input-repeated",
                             inputs_text + " is the same as " + quoted(inputs[root.selections.front().input].path) +
                                 ": each file is taken once"});
    } else {
        out.notes.push_back({index, "input-nested",
                             inputs_text + " lies in " + quoted(inputs[root.selections.front().input].path) +
                                 ": each file is taken once, below the outer input's name"});
    }
}

} // namespace

std::string real_path(const std::string& path) {
    const std::unique_ptr<char, decltype(&std::free)> real(::realpath(path.c_str(), nullptr), std::free);
    return real ? std::string(real.get()) : std::string();
}

bool lies_in(std::string_view path, std::string_view folder) {
    if (!path.starts_with(folder)) return false;
    return path.size() == folder.size() || folder.ends_with('/') || path[folder.size()] == '/';
}

// The path relative to the input, or nothing where it does not lie in it.
static std::string_view relative_to_input(std::string_view path, const Selection& selection) {
    if (selection.below.empty()) return path;
    if (path.size() <= selection.below.size() || !lies_in(path, selection.below)) return {};
    return path.substr(selection.below.size() + 1);
}

bool Selection::selects(std::string_view path) const {
    if (single_file && path != below) return false;
    const std::string_view name = single_file ? path.substr(path.rfind('/') + 1) : relative_to_input(path, *this);
    if (name.empty()) return false;
    for (const Glob& glob : exclude) {
        if (glob.covers(name)) return false;
    }
    if (include.empty()) {
        static const Glob everything = std::get<Glob>(compile_glob("**"));
        return everything.matches(name, Glob::Hidden::named_only);
    }
    return std::any_of(include.begin(), include.end(),
                       [&](const Glob& glob) { return glob.matches(name, Glob::Hidden::named_only); });
}

bool Selection::enters_hidden(std::string_view folder) const {
    if (!below.empty() && lies_in(below, folder)) return true; // on the way to the input
    if (single_file) return false;
    const std::string_view name = relative_to_input(folder, *this);
    if (name.empty()) return false;
    return std::any_of(include.begin(), include.end(), [&](const Glob& glob) { return glob.reaches_into(name); });
}

std::vector<Root> find_roots(std::span<const Input> inputs, Discovery& out) {
    std::vector<Place> places;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        if (auto place = place_of(inputs[i], i, out)) places.push_back(std::move(*place));
    }
    // Outer before inner. Which name stands for two spellings of one place must not depend on the order they came in.
    std::sort(places.begin(), places.end(), [](const Place& a, const Place& b) {
        return std::tie(a.real, a.spelled, a.selection.input) < std::tie(b.real, b.spelled, b.selection.input);
    });
    std::vector<Root> roots;
    std::vector<std::string> spelled;
    std::unordered_map<std::string_view, std::size_t> root_at; // by real path, of `places`
    // Roots never lie in one another: at most one holds the path.
    const auto outermost = [&](std::string_view real) {
        std::size_t index = SIZE_MAX;
        const auto is_root = [&](std::string_view path) {
            const auto found = root_at.find(path.empty() ? "/" : path);
            if (found != root_at.end()) index = found->second;
            return found != root_at.end();
        };
        if (!is_root(real)) for_each_folder_of(real, is_root);
        return index;
    };
    for (Place& place : places) {
        const std::size_t index = outermost(place.real);
        if (index == SIZE_MAX) {
            root_at.emplace(place.real, roots.size());
            Root root{place.real, {}, place.folder, {}};
            root.selections.push_back(std::move(place.selection));
            roots.push_back(std::move(root));
            spelled.push_back(std::move(place.spelled));
            continue;
        }
        Root* outer = &roots[index];
        note_joined(*outer, place, inputs, out);
        const std::size_t skip = outer->real.ends_with('/') ? outer->real.size() : outer->real.size() + 1;
        if (place.real != outer->real) place.selection.below = place.real.substr(skip);
        outer->selections.push_back(std::move(place.selection));
    }
    const std::vector<std::string> labels = distinct_labels(spelled);
    for (std::size_t i = 0; i < roots.size(); ++i) roots[i].label = labels[i];
    return roots;
}

} // namespace assay::intake
