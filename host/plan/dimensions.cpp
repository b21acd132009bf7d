#include "plan/dimensions.hpp"
#include "plan/name_words.hpp"
#include <algorithm>
#include <array>
#include <assay/cell.hpp>
#include <assay/time_stamp.hpp>
#include <map>
#include <optional>
#include <set>

namespace assay::plan {

namespace {

using Parts = std::vector<std::string_view>;

/// Parts of `text`, which they are borrowed from.
Parts split(std::string_view text, std::string_view marks) {
    Parts parts;
    std::size_t first = 0;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        if (i != text.size() && marks.find(text[i]) == std::string_view::npos) continue;
        parts.emplace_back(text.substr(first, i - first));
        first = i + 1;
    }
    return parts;
}

std::string_view file_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }
std::string_view folder(std::string_view path) {
    const auto slash = path.rfind('/');
    return slash == std::string_view::npos ? std::string_view{} : path.substr(0, slash);
}
std::string_view stem(std::string_view path) {
    const auto name = file_name(path);
    const auto dot = name.find('.', 1);
    return dot == std::string_view::npos ? name : name.substr(0, dot);
}
/// `gemma3_benchmark` of `gemma3_benchmark_runs`.
std::string_view without_last_word(std::string_view text) {
    const auto mark = text.find_last_of("_-");
    return mark == std::string_view::npos ? std::string_view{} : text.substr(0, mark);
}

/// Kinds of `{name:kind}`; text or none takes anything.
bool is_of_kind(std::string_view text, std::string_view kind) {
    if (kind == "time") return is_time_stamp(text);
    if (kind == "int") return cell::integer(text).has_value();
    if (kind == "float") return cell::number(text).has_value();
    return true;
}

/// Matches one segment of a pattern: literals, `*`, `{name}`, `{name:kind}`.
bool match_segment(std::string_view pattern, std::string_view text, std::vector<Dimension>& out) {
    if (pattern.empty()) return text.empty();
    if (pattern.front() == '*' || pattern.front() == '{') {
        const bool star = pattern.front() == '*';
        const auto close = star ? 0 : pattern.find('}');
        if (close == std::string_view::npos) return false;
        const auto rest = pattern.substr(close + 1);
        const auto inside = star ? std::string_view{} : pattern.substr(1, close - 1);
        const auto colon = inside.find(':');
        const auto name = inside.substr(0, colon);
        const auto kind = colon == std::string_view::npos ? std::string_view{} : inside.substr(colon + 1);
        for (std::size_t size = text.size() + 1; size-- > (star ? 0U : 1U);) {
            if (!is_of_kind(text.substr(0, size), kind)) continue;
            const std::size_t before = out.size();
            if (!star) out.push_back({std::string{name}, std::string{text.substr(0, size)}, "path"});
            if (match_segment(rest, text.substr(size), out)) return true;
            out.resize(before);
        }
        return false;
    }
    return !text.empty() && pattern.front() == text.front() && match_segment(pattern.substr(1), text.substr(1), out);
}

bool match_path(std::span<const std::string_view> pattern, std::span<const std::string_view> path,
                std::vector<Dimension>& out) {
    if (pattern.empty()) return path.empty();
    if (pattern.front() == "**") {
        for (std::size_t skip = 0; skip <= path.size(); ++skip)
            if (match_path(pattern.subspan(1), path.subspan(skip), out)) return true;
        return false;
    }
    if (path.empty()) return false;
    const std::size_t before = out.size();
    if (match_segment(pattern.front(), path.front(), out) && match_path(pattern.subspan(1), path.subspan(1), out))
        return true;
    out.resize(before);
    return false;
}

void add(std::vector<Dimension>& dimensions, Dimension dimension) {
    const bool known =
        std::any_of(dimensions.begin(), dimensions.end(), [&](auto& d) { return d.name == dimension.name; });
    if (!known) dimensions.push_back(std::move(dimension));
}

void from_rules(const Placed& artifact, const Rules& rules, std::vector<Dimension>& out) {
    if (rules.dimensions.empty()) return;
    const Parts path = split(artifact.path, "/");
    for (const auto& rule : rules.dimensions) {
        const Parts pattern = split(rule.path, "/");
        // Patterns are written from the input's folder; the report's paths begin with that folder's name.
        std::vector<Dimension> found;
        if (!match_path(pattern, std::span{path}.subspan(1), found) && !match_path(pattern, path, found)) continue;
        if (!rule.name.empty()) found.push_back({rule.name, rule.value, ""});
        for (auto& dimension : found) {
            dimension.source = "pipeline: " + rule.path;
            add(out, std::move(dimension));
        }
    }
}

std::vector<Dimension> from_folder(std::string_view folder) {
    std::vector<Dimension> out;
    for (const auto& segment : split(folder, "/"))
        if (is_time_stamp(segment)) add(out, {"run", std::string{segment}, "folder name, a time stamp"});
    return out;
}

std::string signature(const std::vector<Dimension>& dimensions) {
    std::string text;
    for (const auto& d : dimensions) text += d.name + '\0' + d.value + '\0';
    return text;
}

/// Artifacts that are no copies, each once, by dataset and a part of their path.
std::map<std::pair<std::size_t, std::string_view>, std::vector<std::size_t>>
by_dataset(std::span<const Placed> artifacts, std::string_view (*part_of)(std::string_view path)) {
    std::map<std::pair<std::size_t, std::string_view>, std::vector<std::size_t>> out;
    for (std::size_t i = 0; i < artifacts.size(); ++i)
        for (const auto dataset : artifacts[i].datasets) {
            if (!artifacts[i].primary) continue;
            auto& group = out[{dataset, part_of(artifacts[i].path)}];
            if (group.empty() || group.back() != i) group.push_back(i);
        }
    return out;
}

/// More folders or files of one kind are hardly what people compare.
constexpr std::size_t most_compared = 32;

/// `run1`, `rep_02`, or numbers that follow one another: they tell one repeat from the next, and not what was done
/// differently, as 8, 16 and 32 do.
bool number_repeats(std::span<const std::string_view> texts) {
    static constexpr auto words =
        std::to_array<std::string_view>({"run", "rep", "repeat", "repetition", "trial", "iter", "iteration", "attempt",
                                         "try", "seed", "part", "shard", "chunk", "split", "fold", "r", "n"});
    std::set<std::int64_t> numbers;
    for (const std::string_view text : texts) {
        const auto number = cell::integer(text);
        if (number) {
            numbers.insert(*number);
            continue;
        }
        std::string letters;
        bool digits = false;
        for (const char c : text) {
            digits = digits || cell::is_digit(c);
            if (!cell::is_digit(c) && c != '_' && c != '-' && c != '.' && c != ' ') letters += cell::lower(c);
        }
        if (!digits || std::find(words.begin(), words.end(), letters) == words.end()) return false;
    }
    if (numbers.empty()) return true;
    const auto span = static_cast<std::uint64_t>(*numbers.rbegin()) - static_cast<std::uint64_t>(*numbers.begin());
    return span == numbers.size() - 1;
}

bool are_time_stamps(std::span<const std::string_view> texts) {
    return std::all_of(texts.begin(), texts.end(), is_time_stamp);
}

bool are_alike(std::span<const std::string_view> texts) {
    return std::all_of(texts.begin(), texts.end(), [&](std::string_view text) { return text == texts.front(); });
}

/// `baseline/latency.csv` and `candidate/latency.csv`: where files of one name and dataset differ in their folders,
/// what differs tells them apart.
void from_folders_of_one_name(std::span<const Placed> artifacts, const std::vector<std::size_t>& group,
                              std::vector<std::vector<Dimension>>& out) {
    std::vector<Parts> folders;
    for (const auto index : group) folders.push_back(split(folder(artifacts[index].path), "/"));
    const std::size_t depth = folders.front().size();
    if (std::any_of(folders.begin(), folders.end(), [&](auto& words) { return words.size() != depth; })) return;
    std::vector<std::string> values(group.size());
    for (std::size_t level = 0; level < depth; ++level) {
        Parts at;
        at.reserve(folders.size());
        for (const Parts& words : folders) at.push_back(words[level]);
        if (are_alike(at) || are_time_stamps(at) || number_repeats(at)) continue;
        for (std::size_t i = 0; i < group.size(); ++i) values[i].append(values[i].empty() ? "" : "/").append(at[i]);
    }
    if (values.front().empty() || std::set<std::string_view>{values.begin(), values.end()}.size() > most_compared)
        return;
    std::map<std::string, std::string_view> told; ///< by what is known of them without it
    bool tells = false;
    for (std::size_t i = 0; i < group.size() && !tells; ++i)
        tells = told.try_emplace(signature(out[group[i]]), values[i]).first->second != values[i];
    if (!tells) return;
    for (std::size_t i = 0; i < group.size(); ++i) add(out[group[i]], {"folder", values[i], "folder name"});
}

/// The artifacts of one folder that have constants, by what siblings share: `run_summary` and `run_rows` the text
/// before the last word, `run` and `run_rows` that and the stem, `run.csv` and `run.json` the stem.
class Givers {
  public:
    Givers(std::span<const Placed> artifacts, const std::vector<std::size_t>& folder) {
        for (const auto index : folder) {
            if (artifacts[index].constants.empty()) continue;
            const auto own = stem(artifacts[index].path);
            by_stem_.emplace_back(own, index);
            if (const auto root = without_last_word(own); !root.empty()) by_root_.emplace_back(root, index);
        }
        std::sort(by_stem_.begin(), by_stem_.end());
        std::sort(by_root_.begin(), by_root_.end());
    }
    bool empty() const { return by_stem_.empty(); }
    /// In path order, each once.
    std::vector<std::size_t> siblings_of(std::string_view path) const {
        const auto own = stem(path), root = without_last_word(own);
        std::vector<std::size_t> found;
        const auto take = [&](const Index& index, std::string_view key) {
            for (auto at = std::lower_bound(index.begin(), index.end(), std::pair{key, std::size_t{0}});
                 at != index.end() && at->first == key; ++at)
                found.push_back(at->second);
        };
        take(by_stem_, own);
        take(by_root_, own);
        if (!root.empty()) take(by_stem_, root), take(by_root_, root);
        std::sort(found.begin(), found.end());
        found.erase(std::unique(found.begin(), found.end()), found.end());
        return found;
    }

  private:
    using Index = std::vector<std::pair<std::string_view, std::size_t>>; ///< ascending
    Index by_stem_, by_root_;
};

bool has_column(const Placed& artifact, std::string_view name) {
    return std::find(artifact.columns.begin(), artifact.columns.end(), name) != artifact.columns.end();
}

/// Values that the documents beside an artifact agree on.
void from_siblings(std::span<const Placed> artifacts, const std::vector<std::size_t>& siblings, const Placed& artifact,
                   std::vector<Dimension>& out) {
    std::map<std::string, Dimension> agreed;
    std::set<std::string> disputed;
    for (const auto index : siblings) {
        const Placed& other = artifacts[index];
        if (&other == &artifact) continue;
        for (const Dimension* constant : other.constants) {
            if (has_column(artifact, constant->name)) continue;
            const auto [known, fresh] = agreed.try_emplace(constant->name, *constant);
            if (fresh)
                known->second.source = std::string{file_name(other.path)} + " beside it";
            else if (known->second.value != constant->value)
                disputed.insert(constant->name);
        }
    }
    for (auto& [name, dimension] : agreed)
        if (!disputed.contains(name)) add(out, std::move(dimension));
}

std::string joined(const Parts& words, std::size_t first, std::size_t last) {
    std::string text;
    for (std::size_t i = first; i < last; ++i) text.append(i > first ? "_" : "").append(words[i]);
    return text;
}

/// Files of one dataset in one folder: the part of their names that differs. Where a column of theirs names the
/// subject, only what people compare (`baseline_latency.csv`, `candidate_latency.csv`), and no numbering.
void from_file_names(std::span<const Placed> artifacts, const std::vector<std::size_t>& group,
                     std::vector<std::vector<Dimension>>& out) {
    std::vector<Parts> names;
    for (const auto index : group) names.push_back(split(stem(artifacts[index].path), "_"));
    const auto common = [&](bool from_end) {
        for (std::size_t i = 0;; ++i)
            for (const auto& words : names) {
                if (i >= words.size()) return i;
                const auto& mine = from_end ? words[words.size() - 1 - i] : words[i];
                const auto& first = from_end ? names[0][names[0].size() - 1 - i] : names[0][i];
                if (mine != first) return i;
            }
    };
    const std::size_t suffix = common(true), prefix = suffix > 0 ? 0 : common(false);
    std::vector<std::string> values;
    values.reserve(names.size());
    for (const Parts& words : names) values.push_back(joined(words, prefix, words.size() - suffix));
    const bool identified =
        std::any_of(group.begin(), group.end(), [&](std::size_t i) { return artifacts[i].identified; });
    const Parts shown{values.begin(), values.end()};
    if (identified && (group.size() > most_compared || number_repeats(shown) || are_time_stamps(shown))) return;
    for (std::size_t i = 0; i < group.size(); ++i)
        if (!values[i].empty()) add(out[group[i]], {"file", values[i], "file name"});
}

/// Until something better is known, the artifact itself is a dimension.
void from_artifacts(std::span<const Placed> artifacts, std::vector<std::vector<Dimension>>& out) {
    std::map<std::pair<std::size_t, std::string>, std::vector<std::size_t>> alike;
    for (std::size_t i = 0; i < artifacts.size(); ++i)
        if (artifacts[i].primary && !artifacts[i].identified)
            for (const auto dataset : artifacts[i].datasets) {
                auto& group = alike[{dataset, signature(out[i])}];
                if (group.empty() || group.back() != i) group.push_back(i);
            }
    for (const auto& [key, group] : alike)
        if (group.size() > 1)
            for (const auto index : group)
                add(out[index],
                    {"artifact", std::string{artifacts[index].path}, "nothing else tells it from its like"});
}

} // namespace

bool names_a_subject(std::string_view column) {
    static constexpr std::array subjects{"model",  "backend", "engine",  "variant", "system",
                                         "build",  "commit",  "version", "host",    "machine",
                                         "device", "runtime", "library", "gpu",     "cpu"};
    for (const auto& word : name_words(column))
        if (std::find(subjects.begin(), subjects.end(), word) != subjects.end()) return true;
    return false;
}

std::vector<std::vector<Dimension>> dimensions_of(std::span<const Placed> artifacts, const Rules& rules) {
    std::vector<std::vector<Dimension>> out(artifacts.size());
    std::map<std::string_view, std::vector<std::size_t>> folders;
    auto last = folders.end(); // files of a folder mostly stand beside each other
    for (std::size_t i = 0; i < artifacts.size(); ++i) {
        from_rules(artifacts[i], rules, out[i]);
        const auto in = folder(artifacts[i].path);
        if (last == folders.end() || last->first != in) last = folders.try_emplace(in).first;
        last->second.push_back(i);
    }
    for (const auto& [name, members] : folders) {
        const auto told = from_folder(name);
        for (const auto index : members)
            for (const auto& dimension : told) add(out[index], dimension);
        const Givers givers{artifacts, members};
        if (givers.empty()) continue;
        for (const auto index : members)
            from_siblings(artifacts, givers.siblings_of(artifacts[index].path), artifacts[index], out[index]);
    }
    for (const auto& [key, group] : by_dataset(artifacts, file_name))
        if (group.size() > 1) from_folders_of_one_name(artifacts, group, out);
    for (const auto& [key, group] : by_dataset(artifacts, folder)) {
        const bool subject_known = std::all_of(group.begin(), group.end(), [&](std::size_t i) {
            return std::any_of(out[i].begin(), out[i].end(), [](auto& d) { return names_a_subject(d.name); });
        });
        if (group.size() > 1 && !subject_known) from_file_names(artifacts, group, out);
    }
    from_artifacts(artifacts, out);
    return out;
}

} // namespace assay::plan
