// What names of files and folders tell: siblings that are missing, sizes and names unlike those of their siblings.
#include "gaps/family.hpp"
#include "gaps/wording.hpp"
#include <algorithm>
#include <array>
#include <assay/cell.hpp>
#include <assay/stats/quantile.hpp>
#include <cmath>
#include <numeric>

namespace assay::gaps {

namespace {

/// What a file is among its siblings: the last word of its name and the extension. "runs.csv" of
/// "gemma3_benchmark_runs.csv", "results_#.json" of "results_1759098967.json".
std::string kind_of_file(std::string_view name) {
    const auto dot = std::min(name.rfind('.'), name.size());
    std::string stem = lower_case(name.substr(0, dot));
    const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
    const auto last = std::find_if(stem.rbegin(), stem.rend(), is_letter);
    const bool numbered = last != stem.rbegin();
    stem.erase(last.base(), stem.end());
    stem.erase(stem.begin(), std::find_if_not(stem.rbegin(), stem.rend(), is_letter).base());
    return stem + (numbered ? "_#" : "") + lower_case(name.substr(dot));
}

std::string_view parent_of(std::string_view path) { return path.substr(0, std::min(path.rfind('/'), path.size())); }
std::string_view name_in(std::string_view path) { return path.substr(path.rfind('/') + 1); }

using Folders = std::map<std::string, std::map<std::string, std::uint64_t>>; ///< path, kinds of its files

/// By their parent: the folders that hold files.
std::map<std::string, Folders> folders_of(const Tree& tree) {
    std::map<std::string, Folders> out;
    for (const assay_artifact& artifact : tree.corpus.artifacts()) {
        const std::string_view folder = view(artifact.directory);
        if (folder.find('/') == std::string_view::npos) continue;
        ++out[std::string{parent_of(folder)}][std::string{folder}][kind_of_file(view(artifact.name))];
    }
    return out;
}

// ---- I9

constexpr std::uint64_t fewest_folders = 4;

std::string say_sibling_missing(const Group& group, double) {
    return k_of_n(group, "folders") + " lack a file that nearly all others have: " + most_frequent(group, 3);
}

const Rule sibling_missing{
    .id = "I9",
    .slug = "family-member-missing",
    .severity = Severity::medium,
    .definition = "A kind of file stands in most folders of a family (4 at least), but not in all.",
    .fix = "Find out whether these runs ended early; write all files of a run, also when it fails.",
    .looks_at = "families of folders",
    .statement = say_sibling_missing,
    .threshold = {"share of the folders that have it", 0.8}};

void look_for_missing_siblings(const std::string& parent, const Folders& folders, Hits& hits) {
    std::map<std::string, std::uint64_t> having;
    for (const auto& [path, kinds] : folders)
        for (const auto& kind : kinds) ++having[kind.first];
    std::erase_if(having, [](const auto& kind) { return kind.second < fewest_folders; });
    const auto is_like = [&](const auto& folder) {
        return std::any_of(folder.second.begin(), folder.second.end(),
                           [&](const auto& kind) { return having.contains(kind.first); });
    };
    const auto like = static_cast<std::uint64_t>(std::count_if(folders.begin(), folders.end(), is_like));
    if (having.empty()) return;
    hits.looked(sibling_missing, parent, like);
    for (const auto& folder : folders) {
        if (!is_like(folder)) continue;
        std::string lacking;
        for (const auto& [kind, times] : having)
            if (static_cast<double>(times) >= hits.threshold(sibling_missing) * static_cast<double>(like) &&
                !folder.second.contains(kind))
                lacking += (lacking.empty() ? "" : " and ") + kind;
        if (!lacking.empty())
            hits.add(sibling_missing, {parent, {.artifact = folder.first, .excerpt = "no " + lacking}, 1, lacking});
    }
}

// ---- I11

std::string say_size(const Group& group, double) {
    return k_of_n(group, "files") +
           " of this kind are more than ten times larger or smaller than is usual: " + most_frequent(group, 3);
}

const Rule size_outlier{.id = "I11",
                        .slug = "size-outlier",
                        .severity = Severity::low,
                        .definition = "Of 8 files of one kind, or more, one is ten times larger or smaller than their "
                                      "median, and by its logarithm an outlier (modified z).",
                        .fix = "Look whether it was cut off, or holds more than one run.",
                        .looks_at = "8 files of one kind",
                        .statement = say_size,
                        .threshold = {"modified z of the size's logarithm", 3.5}};

void look_for_sizes(const Tree& tree, Hits& hits) {
    constexpr std::size_t fewest = 8;
    constexpr double decade = 1;
    struct Sized {
        std::size_t artifact;
        double log_size;
    };
    std::map<std::string, std::vector<Sized>> kinds;
    const auto artifacts = tree.corpus.artifacts();
    for (std::size_t i = 0; i < artifacts.size(); ++i) {
        const assay_artifact& one = artifacts[i];
        if (one.duplicate_of != SIZE_MAX || one.bytes == 0 || one.outcome != ASSAY_OUTCOME_PARSED ||
            view(one.parser) == "markdown")
            continue;
        kinds[kind_of_file(view(one.name))].push_back({i, std::log10(static_cast<double>(one.bytes))});
    }
    for (const auto& [kind, files] : kinds) {
        if (files.size() < fewest) continue;
        hits.looked(size_outlier, kind, files.size());
        std::vector<double> sizes;
        for (const Sized& file : files) sizes.push_back(file.log_size);
        std::sort(sizes.begin(), sizes.end());
        const auto usual = stats::modified_z(sizes);
        for (const Sized& file : files) {
            const double off = std::abs(file.log_size - usual->centre);
            if (off <= decade || std::abs(usual->z(file.log_size)) <= hits.threshold(size_outlier)) continue;
            const std::string sizes_text = std::to_string(artifacts[file.artifact].bytes) + " bytes, where " +
                                           number_text(std::pow(10, usual->centre)) + " are usual";
            hits.add(
                size_outlier,
                {kind, {.artifact = path_of(artifacts[file.artifact]), .excerpt = sizes_text}, 1, sizes_text, off});
        }
    }
}

// ---- I12

std::string say_naming(const Group& group, double) {
    return counted(group.k, "name makes", "names make") + " trouble: " + most_frequent(group, 4);
}

const Rule naming{.id = "I12",
                  .slug = "naming",
                  .severity = Severity::low,
                  .definition = "Paths differ in case only, hold what not every system allows, or a folder has no date "
                                "where four fifths of its siblings (5 at least) have one.",
                  .fix = "Rename them; name runs alike, by date and time.",
                  .looks_at = "files",
                  .statement = say_naming};

/// Why a name cannot stand on every system (Windows, macOS); empty where it can.
std::string not_portable(std::string_view name) {
    static constexpr std::string_view reserved[]{"con", "prn", "aux", "nul", "com1", "lpt1"};
    for (const char c : name)
        if (static_cast<unsigned char>(c) < 0x20 || std::string_view{"<>:\"|?*\\"}.find(c) != std::string_view::npos)
            return "a character that not every system allows";
    if (name.ends_with(' ') || name.ends_with('.')) return "a blank or point at the end";
    const std::string stem = lower_case(name.substr(0, name.find('.')));
    if (std::find(std::begin(reserved), std::end(reserved), stem) != std::end(reserved))
        return "a name that Windows reserves";
    return {};
}

/// 20251002 or 2025-10-02 at its begin, or behind a word.
bool has_date(std::string_view name) {
    std::string digits;
    for (const char c : name) {
        if (cell::is_digit(c))
            digits += c;
        else if (c != '-' && c != '_' && c != 'T')
            digits.clear();
    }
    return digits.size() >= 8 && (digits.starts_with("19") || digits.starts_with("20"));
}

void look_for_dateless(const Folders& folders, Hits& hits) {
    constexpr std::size_t fewest = 5;
    const auto dated = static_cast<std::size_t>(std::count_if(
        folders.begin(), folders.end(), [](const auto& folder) { return has_date(name_in(folder.first)); }));
    if (folders.size() < fewest || dated * 5 < folders.size() * 4) return;
    for (const auto& folder : folders)
        if (!has_date(name_in(folder.first)))
            hits.add(naming, {.at = {.artifact = folder.first}, .detail = "no date, where its siblings have one"});
}

void look_for_names(const Tree& tree, Hits& hits) {
    std::map<std::string, std::string> lower;
    for (const assay_artifact& artifact : tree.corpus.artifacts()) {
        const std::string path = path_of(artifact);
        hits.looked(naming, "");
        const auto [known, fresh] = lower.emplace(lower_case(path), path);
        if (!fresh)
            hits.add(naming, {.at = {.artifact = path, .excerpt = "beside " + known->second},
                              .detail = "differs from another in case only"});
        if (const std::string reason = not_portable(view(artifact.name)); !reason.empty())
            hits.add(naming, {.at = {.artifact = path}, .detail = reason});
    }
}

void look_at_names(const Tree& tree, Hits& hits) {
    for (const auto& [parent, folders] : folders_of(tree)) {
        look_for_missing_siblings(parent, folders, hits);
        look_for_dateless(folders, hits);
    }
    look_for_sizes(tree, hits);
    look_for_names(tree, hits);
}

constexpr std::array naming_rules{&sibling_missing, &size_outlier, &naming};

} // namespace

const Family names_family{.name = "Siblings and names", .rules = naming_rules, .tree = look_at_names};

} // namespace assay::gaps
