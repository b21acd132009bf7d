// What parsers had to mend, drop or guess while they read.
#include "gaps/family.hpp"
#include "gaps/wording.hpp"
#include <algorithm>
#include <array>

namespace assay::gaps {

namespace {

/// A parser's remark in the words of a finding.
struct Meaning {
    std::string_view code, words;
};
using Meanings = std::span<const Meaning>;

/// Empty where the code is none of these.
std::string_view words_of(Meanings meanings, std::string_view code) {
    const auto found = std::find_if(meanings.begin(), meanings.end(), [&](auto& one) { return one.code == code; });
    return found == meanings.end() ? std::string_view{} : found->words;
}

/// The dataset that a remark is about. The tables in prose go together.
std::string subject_of(const ArtifactView& artifact, const Diagnostic& remark) {
    if (artifact.is_document()) return "documents";
    for (const TableView& table : artifact.tables)
        if (table.name == remark.table) return table.title;
    return artifact.tables.empty() ? artifact.path : artifact.tables.front().title;
}

Evidence place_of(const ArtifactView& artifact, const Diagnostic& remark) {
    return line_of(artifact.path, remark.line,
                   (remark.column.empty() ? "" : remark.column + ": ") + short_text(remark.message, 120));
}

// ---- P1

std::string say_mended_rows(const Group& group, double) {
    return k_of_n(group, "rows") + " did not fit and were dropped, cut or mended: " + most_frequent(group, 4);
}

const Rule mended_rows{.id = "P1",
                       .slug = "rejected-rows",
                       .severity = Severity::medium,
                       .definition = "Rows have too few or too many cells, open quotes, or are no rows at all.",
                       .fix = "Mend what writes them; rows that were dropped are in no result.",
                       .looks_at = "tables",
                       .statement = say_mended_rows,
                       .grade = by_share};

constexpr std::array row_meanings{Meaning{"ragged-row", "another number of cells"},
                                  Meaning{"stray-quote", "text behind a closing quote"},
                                  Meaning{"unclosed-quote", "a quote that is not closed"},
                                  Meaning{"message-line", "a message among the rows"},
                                  Meaning{"bad-line", "a line that is no JSON"},
                                  Meaning{"broken-table", "a broken table in prose"},
                                  Meaning{"glued-table-header", "text glued to a table's header"}};

void look_for_mended_rows(const ArtifactView& artifact, Hits& hits) {
    for (const TableView& table : artifact.tables)
        if (table.is_data() || table.is_in_prose())
            hits.looked(mended_rows, artifact.is_document() ? "documents" : table.title, table.n_rows());
    for (const Diagnostic& remark : artifact.diagnostics)
        if (const auto words = words_of(row_meanings, remark.code); !words.empty())
            hits.add(mended_rows,
                     {subject_of(artifact, remark), place_of(artifact, remark), remark.count, std::string{words}});
}

// ---- P2

std::string say_encoding(const Group& group, double) {
    return k_of_n(group, "files") + " are not plain UTF-8 text: " + most_frequent(group, 4);
}

const Rule encoding{.id = "P2",
                    .slug = "encoding",
                    .severity = Severity::medium,
                    .definition =
                        "Text is not UTF-8 and does not say what it is, holds NULs or bytes that are no text, "
                        "or was encoded twice.",
                    .fix = "Write UTF-8; in PowerShell, `| Out-File -Encoding utf8` in place of `>`.",
                    .looks_at = "files that a parser read",
                    .statement = say_encoding};

constexpr std::array encoding_meanings{
    Meaning{"encoding-guessed", "an encoding that had to be guessed"},
    Meaning{"invalid-text", "bytes that are no text"}, Meaning{"invalid-utf8", "bytes that are no text"},
    Meaning{"lone-surrogate", "half a character"}, Meaning{"nul-characters", "NUL characters"}};

/// UTF-8 that was taken for Latin-1 or Windows-1252 and encoded again, or text that was lost on the way.
std::string_view damage_in(std::string_view text) {
    static constexpr std::string_view twice[]{"\xC3\x83\xC2", "\xC3\xA2\xE2\x82\xAC", "\xC3\x82\xC2",
                                              "\xC3\xBF\xC3\xBE"};
    if (std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; })) return "";
    for (const auto pattern : twice)
        if (text.find(pattern) != std::string_view::npos) return "text encoded twice";
    return text.find("\xEF\xBF\xBD") != std::string_view::npos ? "characters lost to U+FFFD" : "";
}

void look_for_damaged_text(const ArtifactView& artifact, Hits& hits) {
    for (const TableView& table : artifact.tables) {
        if (table.rows == nullptr) continue;
        for (const auto c : table.where<is_text>()) {
            for (std::size_t row = 0; row < table.rows->rows.size(); ++row) {
                const KeptCell& cell = table.rows->cell(row, c);
                const auto damage = cell.present ? damage_in(cell.text) : std::string_view{};
                if (!damage.empty())
                    return hits.add(encoding, {"", artifact.row(table, row, {c}), 1, std::string{damage}});
            }
        }
    }
}

void look_at_encoding(const ArtifactView& artifact, Hits& hits) {
    if (artifact.artifact->parser.size == 0) return;
    hits.looked(encoding, "");
    for (const Diagnostic& remark : artifact.diagnostics)
        if (const auto words = words_of(encoding_meanings, remark.code); !words.empty())
            return hits.add(encoding, {"", place_of(artifact, remark), 1,
                                       remark.code == "encoding-guessed" ? remark.message : std::string{words}});
    look_for_damaged_text(artifact, hits);
}

// ---- P3

std::string say_header(const Group& group, double) {
    return k_of_n(group, "files") + " have a header that does not name every column: " + most_frequent(group, 4);
}

const Rule header{.id = "P3",
                  .slug = "header",
                  .severity = Severity::medium,
                  .definition = "A header is missing, too short or too long, stands again among the rows, or has names "
                                "that are blank or double. A blank name of the first column alone is a row number.",
                  .fix = "Write one header with a name of its own for every column.",
                  .looks_at = "tables",
                  .statement = say_header};

constexpr std::array header_meanings{Meaning{"blank-header", "a column without a name"},
                                     Meaning{"duplicate-header", "a name that stands twice"},
                                     Meaning{"repeated-header", "the header again among the rows"},
                                     Meaning{"no-header", "no header"},
                                     Meaning{"header-short", "fewer names than columns"},
                                     Meaning{"header-long", "more names than columns"}};

void look_at_headers(const ArtifactView& artifact, Hits& hits) {
    if (artifact.is_document()) return;
    std::set<std::string> looked;
    for (const TableView& table : artifact.tables)
        if (table.is_data() && looked.insert(table.title).second) hits.looked(header, table.title);
    std::map<std::string, Hit> by_subject; // one for each file
    for (const Diagnostic& remark : artifact.diagnostics) {
        const auto words = words_of(header_meanings, remark.code);
        if (words.empty() || (remark.code == "blank-header" && remark.column == "column_1")) continue;
        const std::string subject = subject_of(artifact, remark);
        by_subject.try_emplace(subject, Hit{subject, place_of(artifact, remark), 1, std::string{words}});
    }
    for (auto& [subject, hit] : by_subject) hits.add(header, std::move(hit));
}

// ---- P4

std::string say_ambiguous(const Group& group, double) {
    return k_of_n(group, "numeric columns") +
           " write numbers such as 1,234, which were read as thousands but could be decimals: " +
           most_frequent(group, 3);
}

/// Weight 1: in data, not in prose.
Severity grade_ambiguous(const Group& group) { return group.worst >= 1 ? Severity::high : Severity::low; }

const Rule ambiguous{.id = "P4",
                     .slug = "ambiguous-numbers",
                     .severity = Severity::high,
                     .definition = "All numbers of a column that hold a comma hold one, with three digits behind it: "
                                   "thousands or decimals; low in tables of documents.",
                     .fix = "Export numbers without grouping and with a decimal point, or say in the pipeline how they "
                            "are written: \"columns\": { \"NAME\": { \"decimal\": \",\" } }.",
                     .looks_at = "numeric columns",
                     .statement = say_ambiguous,
                     .grade = grade_ambiguous};

void look_for_ambiguous_numbers(const ArtifactView& artifact, Hits& hits) {
    const bool document = artifact.is_document();
    for (const TableView& table : artifact.tables) {
        if (!table.is_data() && !table.is_in_prose()) continue;
        std::uint64_t numeric = 0;
        for (const assay_column& column : table.columns)
            numeric += column.type == ASSAY_TYPE_INT || column.type == ASSAY_TYPE_FLOAT ? 1U : 0U;
        if (numeric > 0) hits.looked(ambiguous, document ? "documents" : table.title, numeric);
    }
    for (const Diagnostic& remark : artifact.diagnostics)
        if (remark.code == "ambiguous-numbers")
            hits.add(ambiguous, {subject_of(artifact, remark), line_of(artifact.path, remark.line, remark.column), 1,
                                 remark.column, document ? 0.0 : 1.0});
}

// ---- P5

std::string say_loose_json(const Group& group, double) {
    return k_of_n(group, "JSON files") +
           " hold what JSON does not allow, or readers take in different ways: " + most_frequent(group, 4);
}

const Rule loose_json{.id = "P5",
                      .slug = "loose-json",
                      .severity = Severity::medium,
                      .definition =
                          "JSON holds a key twice, NaN or Infinity, integers beyond 64 bits, control characters, "
                          "or more than one document where one is expected.",
                      .fix = "Write strict JSON: null for what is no number, each key once, NDJSON as .jsonl.",
                      .looks_at = "JSON files",
                      .statement = say_loose_json};

constexpr std::array json_meanings{Meaning{"duplicate-key", "a key twice in one object"},
                                   Meaning{"nan-literal", "NaN or Infinity"},
                                   Meaning{"big-integer", "an integer beyond 64 bits"},
                                   Meaning{"number-out-of-range", "a number beyond the range of a double"},
                                   Meaning{"control-character", "control characters in a string"},
                                   Meaning{"several-documents", "several documents in one file"},
                                   Meaning{"trailing-content", "text behind the document"}};

void look_at_json(const ArtifactView& artifact, Hits& hits) {
    if (view(artifact.artifact->parser) != "json") return;
    hits.looked(loose_json, "");
    const bool of_lines =
        artifact.path.find(".jsonl") != std::string::npos || artifact.path.find(".ndjson") != std::string::npos;
    for (const Diagnostic& remark : artifact.diagnostics) {
        const auto words = words_of(json_meanings, remark.code);
        if (words.empty() || (of_lines && remark.code == "several-documents")) continue;
        return hits.add(loose_json, {"", place_of(artifact, remark), 1, std::string{words}});
    }
}

// ---- P6

std::string say_limit(const Group& group, double) {
    return counted(group.places, "file was", "files were") + " not read wholly, since a limit was hit (" +
           most_frequent(group, 3) + "): " + std::to_string(group.k) + " of " + std::to_string(group.n) + " bytes";
}

Severity grade_limit(const Group& group) { return group.k * 10 >= group.n ? Severity::critical : Severity::high; }

const Rule limit{.id = "P6",
                 .slug = "limit-hit",
                 .severity = Severity::high,
                 .definition =
                     "A file was too large, too deep or took too long, so that the analysis is partial; critical "
                     "where such files have a tenth of the bytes.",
                 .fix = "Raise the limit in the pipeline, or exclude these files.",
                 .looks_at = "files",
                 .statement = say_limit,
                 .answer = Answer::must_not_say,
                 .grade = grade_limit};

void look_for_limits(const ArtifactView& artifact, Hits& hits) {
    const assay_artifact& one = *artifact.artifact;
    hits.looked(limit, "", one.bytes);
    if (is_limit(view(one.reason_code)))
        return hits.add(limit, {"", artifact.file(short_text(view(one.reason), 120)), one.bytes,
                                std::string{view(one.reason_code)}});
    for (const Diagnostic& remark : artifact.diagnostics)
        if (is_limit(remark.code)) return hits.add(limit, {"", place_of(artifact, remark), one.bytes, remark.code});
}

void look_at_parsing(const ArtifactView& artifact, Hits& hits) {
    look_for_mended_rows(artifact, hits);
    look_at_encoding(artifact, hits);
    look_at_headers(artifact, hits);
    look_for_ambiguous_numbers(artifact, hits);
    look_at_json(artifact, hits);
    look_for_limits(artifact, hits);
}

constexpr std::array parsing_rules{&mended_rows, &encoding, &header, &ambiguous, &loose_json, &limit};

} // namespace

const Family parsing_family{.name = "Parsing", .rules = parsing_rules, .artifact = look_at_parsing};

} // namespace assay::gaps
