// Which files there are: empty, unread, of another kind than they say, cut off, or there twice.
#include "gaps/family.hpp"
#include "gaps/wording.hpp"
#include <algorithm>
#include <array>

namespace assay::gaps {

namespace {

template <class List> bool is_in(const List& list, std::string_view word) {
    return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

std::string_view code_of(const assay_artifact& artifact) { return view(artifact.reason_code); }

std::string why(const assay_artifact& artifact) { return short_text(view(artifact.reason), 120); }

// ---- I1

std::string say_empty(const Group& group, double) { return k_of_n(group, "files") + " hold nothing"; }

const Rule empty_file{.id = "I1",
                      .slug = "empty-file",
                      .severity = Severity::medium,
                      .definition = "A file has no bytes, or only blanks.",
                      .fix = "Run again what should have written them, or remove them.",
                      .looks_at = "files",
                      .statement = say_empty};

bool is_empty(const assay_artifact& artifact) {
    return code_of(artifact) == "empty" || (artifact.bytes == 0 && artifact.outcome == ASSAY_OUTCOME_UNCLAIMED);
}

// ---- I4

std::string say_contradiction(const Group& group, double) {
    return k_of_n(group, "files") + " are not what the extension says: " + most_frequent(group, 4);
}

const Rule contradiction{.id = "I4",
                         .slug = "extension-contradicts-content",
                         .severity = Severity::high,
                         .definition = "A file called .csv, .tsv, .json, .jsonl or .ndjson holds something else.",
                         .fix = "Find out what wrote them: the file holds no data of this kind.",
                         .looks_at = "files called .csv, .tsv, .json, .jsonl or .ndjson",
                         .statement = say_contradiction};

/// Without the extension of a compression; with the dot, lower case.
std::string extension_of(const assay_artifact& artifact) {
    static constexpr std::string_view packed[]{".gz", ".zst", ".bz2", ".xz"};
    std::string_view name = view(artifact.name);
    const auto last = [&] { return name.substr(std::min(name.rfind('.'), name.size())); };
    if (is_in(packed, last())) name.remove_suffix(last().size());
    return lower_case(last());
}

/// What the extension promises: "csv", "json", or nothing that is known here.
std::string_view promised(std::string_view extension) {
    if (extension == ".csv" || extension == ".tsv") return "csv";
    return extension == ".json" || extension == ".jsonl" || extension == ".ndjson" ? "json" : "";
}

/// What a parser says of content that is of another kind altogether: its first byte is wrong.
bool is_no_data(const assay_artifact& artifact) {
    const std::string_view code = code_of(artifact);
    return code == "not-a-table" || code == "binary" ||
           (code == "syntax" && view(artifact.reason).ends_with(" at line 1, byte 0"));
}

/// Empty where the content does not contradict.
std::string contradiction_of(const assay_artifact& artifact, std::string_view promise) {
    static constexpr std::string_view text_formats[]{"csv", "json", "markdown"};
    const std::string_view parser = view(artifact.parser);
    if (artifact.outcome == ASSAY_OUTCOME_PARSED)
        return parser != promise && is_in(text_formats, parser) ? "holds " + std::string{parser} : "";
    if (artifact.outcome == ASSAY_OUTCOME_UNCLAIMED) return "holds nothing that a parser knows";
    return is_no_data(artifact) ? "holds no " + std::string{promise} : "";
}

// ---- I5

std::string say_error_as_data(const Group& group, double) {
    return k_of_n(group, "files") + " hold an error message in place of data: " + most_frequent(group, 2);
}

const Rule error_as_data{
    .id = "I5",
    .slug = "error-message-as-artifact",
    .severity = Severity::high,
    .definition = "A file holds what a program prints when it fails, instead of what it should have written.",
    .fix = "Mend the command that wrote it and run it again; the file is no data.",
    .looks_at = "files",
    .statement = say_error_as_data,
    .answer = Answer::must_not_say};

/// Parsers end their reason with the first line of what they saw, in quotes.
std::string_view quoted(std::string_view reason) {
    const auto open = reason.find('"');
    if (open == std::string_view::npos) return {};
    reason.remove_prefix(open + 1);
    return reason.substr(0, reason.rfind('"'));
}

// ---- I6

std::string say_truncated(const Group& group, double) {
    return k_of_n(group, "files") + " break off: " + most_frequent(group, 3);
}

const Rule truncated{.id = "I6",
                     .slug = "truncated",
                     .severity = Severity::high,
                     .definition = "A document, a row or a compressed stream ends before its end.",
                     .fix = "Copy or write them again: whatever came behind is lost.",
                     .looks_at = "files",
                     .statement = say_truncated,
                     .answer = Answer::must_not_say};

bool is_truncated(std::string_view code) { return code == "truncated" || code == "corrupt"; }

// ---- I2

std::string say_unreadable(const Group& group, double) {
    return k_of_n(group, "files") + " could not be read: " + most_frequent(group, 4);
}

const Rule unreadable{.id = "I2",
                      .slug = "unreadable",
                      .severity = Severity::medium,
                      .definition =
                          "A file could not be opened, read or parsed: permission, a link to nothing, a device, "
                          "a syntax error, a parser that failed.",
                      .fix = "Mend or remove these files; what they hold is in no result.",
                      .looks_at = "files",
                      .statement = say_unreadable};

/// Neither parsed nor unclaimed, and no other rule tells it. A link to a folder of the tree is no loss.
bool is_unreadable(const assay_artifact& artifact) {
    static constexpr std::string_view of_others[]{"empty", "linked-folder"};
    const bool lost = artifact.outcome == ASSAY_OUTCOME_FAILED || artifact.outcome == ASSAY_OUTCOME_SKIPPED;
    const auto code = code_of(artifact);
    return lost && !is_in(of_others, code) && !is_no_data(artifact) && !is_truncated(code) && !is_limit(code);
}

// ---- I3

std::string say_unclaimed(const Group& group, double) {
    return k_of_n(group, "files") + " with " + number_text(100 * group.worst) +
           " % of all bytes are read by no parser: " + most_frequent(group, 5);
}

Severity grade_unclaimed(const Group& group) { return group.worst > 0.2 ? Severity::medium : Severity::info; }

const Rule unclaimed{
    .id = "I3",
    .slug = "unclaimed",
    .severity = Severity::info,
    .definition = "No parser knows what a file holds; medium where such files have more than a fifth of the bytes.",
    .fix = "Have the tool write CSV or JSON, add a parser for them, or exclude them from the inputs.",
    .looks_at = "files",
    .statement = say_unclaimed,
    .grade = grade_unclaimed};

void look_for_unclaimed(const Tree& tree, Hits& hits) {
    const auto artifacts = tree.corpus.artifacts();
    std::vector<std::size_t> found;
    double bytes = 0, all = 0;
    for (std::size_t i = 0; i < artifacts.size(); ++i) {
        all += static_cast<double>(artifacts[i].bytes);
        if (artifacts[i].outcome != ASSAY_OUTCOME_UNCLAIMED || is_empty(artifacts[i])) continue;
        bytes += static_cast<double>(artifacts[i].bytes);
        found.push_back(i);
    }
    hits.looked(unclaimed, "", artifacts.size());
    for (const auto i : found) {
        const std::string extension = extension_of(artifacts[i]);
        hits.add(unclaimed, {.at = {path_of(artifacts[i])},
                             .detail = extension.empty() ? "no extension" : extension,
                             .weight = bytes / all});
    }
}

void look_at_files(const Tree& tree, Hits& hits) {
    for (const assay_artifact& artifact : tree.corpus.artifacts()) {
        const Evidence at{.artifact = path_of(artifact), .excerpt = why(artifact)};
        hits.looked(empty_file, "");
        hits.looked(unreadable, "");
        hits.looked(error_as_data, "");
        const bool empty = is_empty(artifact);
        if (empty) hits.add(empty_file, {.at = {at.artifact}});
        if (is_unreadable(artifact)) hits.add(unreadable, {.at = at, .detail = std::string{code_of(artifact)}});
        const std::string_view text = quoted(view(artifact.reason));
        if (artifact.outcome == ASSAY_OUTCOME_FAILED && looks_like_error(text))
            hits.add(error_as_data, {.at = at, .detail = short_text(text)});
        const std::string extension = extension_of(artifact);
        const std::string_view promise = promised(extension);
        if (promise.empty() || empty) continue;
        hits.looked(contradiction, "");
        std::string what = contradiction_of(artifact, promise);
        if (what.empty()) continue;
        what.insert(0, " that ").insert(0, extension).insert(0, "a ");
        hits.add(contradiction, {.at = at, .detail = std::move(what)});
    }
}

/// A remark of the parser is needed for a table whose last row breaks off.
void look_for_truncated(const ArtifactView& artifact, Hits& hits) {
    hits.looked(truncated, "");
    if (is_truncated(code_of(*artifact.artifact)))
        return hits.add(truncated, {.at = artifact.file(why(*artifact.artifact)), .detail = why(*artifact.artifact)});
    const auto breaks_off = [](const Diagnostic& remark) {
        const bool line = remark.code == "bad-line" && remark.message.find("the text ends") != std::string::npos;
        return line || is_truncated(remark.code);
    };
    for (const Diagnostic& remark : artifact.diagnostics)
        if (breaks_off(remark))
            return hits.add(truncated, {.at = line_of(artifact.path, remark.line, remark.message),
                                        .detail = short_text(remark.message)});
}

// ---- I7

std::string say_copies(const Group& group, double) {
    return counted(group.k, "file is a byte-identical copy", "files are byte-identical copies") + " of another, in " +
           counted(group.places, "group") + "; each content counts once here";
}

/// Weight 1: the copies hold measurements; -1: they are a tool's own.
Severity grade_copies(const Group& group) {
    return group.worst >= 1 ? Severity::high : group.worst < 0 ? Severity::info : Severity::medium;
}

const Rule copies{.id = "I7",
                  .slug = "identical-copies",
                  .severity = Severity::medium,
                  .definition =
                      "Files of different paths hold the same bytes; high where they hold measurements, which "
                      "would count twice. Files of one name without measurements (an environment, a licence) "
                      "may be the same in every folder. Info where a tool keeps them: a file of one name in "
                      "the folders base and new, as Criterion does.",
                  .fix = "Keep one of each, or exclude the others from the inputs.",
                  .looks_at = "files",
                  .statement = say_copies,
                  .grade = grade_copies};

/// Durations and rates are measurements; a few sizes and clocks may describe a machine.
bool measures(const ArtifactView& artifact) {
    for (const TableView& table : artifact.tables) {
        if (!table.is_data() || table.profile == nullptr) continue;
        for (const auto m : table.where<is_metric>()) {
            const std::string_view unit = view(table.columns[m].unit);
            if (table.profile->columns[m].n >= 5 || is_duration_unit(unit) || unit.ends_with("/s")) return true;
        }
    }
    return false;
}

/// Prose with tables: a report that somebody may quote twice.
bool has_figures(const ArtifactView& artifact) {
    return std::any_of(artifact.tables.begin(), artifact.tables.end(),
                       [](const TableView& table) { return table.is_in_prose() && table.n_rows() > 0; });
}

constexpr const char* kept_baselines = "baselines that a tool keeps";

/// The path without the folder where a tool keeps a result or what it is compared with; empty where there is none.
std::string without_kept_folder(const std::string& path) {
    const std::string folder{folder_of(path)};
    const std::string_view last = std::string_view{folder}.substr(folder.rfind('/') + 1);
    if (last != "base" && last != "new") return {};
    return folder.substr(0, folder.size() - last.size()) + path.substr(folder.size() + 1);
}

bool is_kept_by_tool(const std::string& path, const std::string& copy) {
    const std::string rest = without_kept_folder(path);
    return !rest.empty() && rest == without_kept_folder(copy);
}

void look_for_copies(const Tree& tree, Hits& hits) {
    const auto artifacts = tree.corpus.artifacts();
    std::map<std::size_t, std::vector<std::size_t>> groups;
    for (std::size_t i = 0; i < artifacts.size(); ++i)
        if (artifacts[i].duplicate_of != SIZE_MAX && artifacts[i].bytes > 0 && !is_empty(artifacts[i]))
            groups[artifacts[i].duplicate_of].push_back(i);
    hits.looked(copies, "", artifacts.size());
    for (const auto& [first, others] : groups) {
        const std::string_view name = view(artifacts[first].name);
        const bool of_one_name =
            std::all_of(others.begin(), others.end(), [&](auto i) { return view(artifacts[i].name) == name; });
        const auto artifact = tree.artifact(first);
        const bool measured = measures(*artifact);
        if (of_one_name && !measured && !has_figures(*artifact)) continue;
        std::string same = "is also " + path_of(artifacts[others.front()]);
        if (others.size() > 1) same += " and " + counted(others.size() - 1, "other");
        const bool by_tool =
            others.size() == 1 && is_kept_by_tool(path_of(artifacts[first]), path_of(artifacts[others.front()]));
        if (by_tool) hits.looked(copies, kept_baselines);
        hits.add(copies, {.subject = by_tool ? kept_baselines : "",
                          .at = {.artifact = path_of(artifacts[first]), .excerpt = same},
                          .k = others.size(),
                          .weight = by_tool    ? -1.0
                                    : measured ? 1.0
                                               : 0.0});
    }
}

void look_at_inventory(const Tree& tree, Hits& hits) {
    look_at_files(tree, hits);
    look_for_unclaimed(tree, hits);
    look_for_copies(tree, hits);
}

constexpr std::array inventory_rules{&empty_file,    &unreadable, &unclaimed, &contradiction,
                                     &error_as_data, &truncated,  &copies};

} // namespace

const Family inventory_family{
    .name = "Inventory", .rules = inventory_rules, .artifact = look_for_truncated, .tree = look_at_inventory};

} // namespace assay::gaps
