#pragma once
// The records of a report as values, for renderers that write for people. What is null or absent in a record is an
// empty optional or an empty text here. Needs simdjson, so include it in .cpp files; a record that is not JSON makes
// a reader throw Failure "bad-record".
#include <assay/report.hpp>
#include <assay/severity.hpp>
#include <cstdint>
#include <optional>
#include <simdjson.h>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace assay {

using Count = std::optional<std::uint64_t>;
using NamedCounts = std::vector<std::pair<std::string, std::uint64_t>>;

struct RowCounts {
    Count read, ok, failed, suspect, rejected;
    Count published; ///< statistics of other rows, and no observations
};
struct ReportGate {
    std::string name, about; ///< "rule Z3"; what `value` counts
    Count value, limit;
    bool failed = false;
};
struct ReportBaseline {
    Count fresh, existing;
    std::vector<std::string> fixed; ///< messages of findings that are there no more
};
struct ReportCounts {
    Count seen, parsed, failed, skipped, unclaimed; ///< artifacts
    RowCounts rows;
    Count duplicates, facts_kept, facts_cut;
    NamedCounts findings; ///< by severity, worst first
    std::optional<bool> complete;
    std::vector<ReportGate> gates;
    std::optional<ReportBaseline> baseline; ///< where an earlier report was given
};
struct ReportInventory {
    Count artifacts, bytes, excluded, hidden_folders;
    NamedCounts by_type, bytes_by_type, by_directory; ///< by_directory: artifacts
    std::string first_modified, last_modified, latest_path, latest_modified;
};
struct ReportRun {
    std::string assay, pipeline, started, llm;
    Pairs seconds;
    Pairs plugins; ///< id, version
};
struct ReportTable {
    std::string name, kind, dataset, failed_when;
    RowCounts rows;
};
struct ReportDiagnostic {
    std::string severity, code, message, table, column, pointer;
    Count line, offset, count;
};
struct ReportArtifact {
    std::string path, modified, sha256, parser, status, reason_code, reason, duplicate_of;
    Count bytes;
    std::vector<ReportTable> tables;
    std::vector<ReportDiagnostic> diagnostics;
    Pairs dimensions = {}; ///< of all of it
};
struct ReportColumn {
    std::string name, type, role, unit, unit_source, unit_reason, direction;
};
struct ReportDataset {
    std::string id, title;
    RowCounts rows;
    std::vector<ReportColumn> columns;
};
struct ReportFact {
    std::string id, stat, display, method;
    bool approximate = false;
    std::string kind, metric, unit, direction;
    Pairs subject;
    std::optional<double> value, low, high, level; ///< low to level: of the interval
    std::string interval;                          ///< its display
    std::vector<double> values, edges;
    Count n, n_failed, n_suspect, n_missing;
    Pairs selector;                     ///< texts as they are, everything else as JSON
    std::vector<std::string> artifacts; ///< of the selector
    std::vector<Evidence> evidence;
};
struct ReportFinding {
    std::string rule, slug, severity, scope, message, k, n, fix, waived;
    std::vector<Evidence> evidence;
    std::string fingerprint, family;
    std::string state; ///< new, existing; empty without a baseline
    Count places;
};
struct ReportClaim {
    std::string document, text, status, reason;
    Count line;
};
struct NarrativeSection {
    std::string title;
    std::vector<std::string> sentences;          ///< those that were not rejected
    std::vector<std::vector<std::string>> facts; ///< of each sentence: ids of facts, fingerprints of findings
    std::vector<std::string> statuses;           ///< of each sentence: template, verified, repaired, replaced
};
struct ReportNarrative {
    std::string by, note; ///< note: why no model was used, or what one was not given
    std::vector<NarrativeSection> sections;
    Count generated, verified, repaired, replaced, dropped; ///< sentences of a model; absent where none was asked
};

class RecordReader {
  public:
    ReportCounts counts(std::string_view json);
    ReportInventory inventory(std::string_view json);
    ReportRun run(std::string_view json);
    ReportArtifact artifact(std::string_view json);
    ReportDataset dataset(std::string_view json);
    ReportFact fact(std::string_view json);
    ReportFinding finding(std::string_view json);
    ReportClaim claim(std::string_view json);
    ReportNarrative narrative(std::string_view json);
    Section section(std::string_view json);

  private:
    simdjson::dom::element parse(std::string_view json);
    simdjson::dom::parser parser_;
};

namespace detail {

using Json = simdjson::dom::element;

inline std::optional<Json> member(const Json& json, std::string_view key) {
    Json found;
    if (json[key].get(found) != simdjson::SUCCESS || found.is_null()) return std::nullopt;
    return found;
}
/// A scalar as text: strings as they are, numbers in their shortest form.
inline std::string scalar(const Json& json) {
    switch (json.type()) {
    case simdjson::dom::element_type::STRING: return std::string{json.get_string().value_unsafe()};
    case simdjson::dom::element_type::BOOL: return json.get_bool().value_unsafe() ? "true" : "false";
    case simdjson::dom::element_type::INT64: return std::to_string(json.get_int64().value_unsafe());
    case simdjson::dom::element_type::UINT64: return std::to_string(json.get_uint64().value_unsafe());
    case simdjson::dom::element_type::DOUBLE: {
        std::string text;
        append_json_number(text, json.get_double().value_unsafe());
        return text;
    }
    case simdjson::dom::element_type::NULL_VALUE: return {};
    default: return simdjson::minify(json);
    }
}
inline std::string text(const Json& json, std::string_view key) {
    const auto found = member(json, key);
    return found ? scalar(*found) : std::string{};
}
inline Count count(const Json& json, std::string_view key) {
    const auto found = member(json, key);
    std::uint64_t value = 0;
    if (!found || found->get(value) != simdjson::SUCCESS) return std::nullopt;
    return value;
}
inline std::optional<bool> truth(const Json& json, std::string_view key) {
    const auto found = member(json, key);
    bool value = false;
    if (!found || found->get(value) != simdjson::SUCCESS) return std::nullopt;
    return value;
}
/// Calls `work` with each item of an array member.
template <class Work> void each(const Json& json, std::string_view key, Work&& work) {
    const auto found = member(json, key);
    simdjson::dom::array items;
    if (!found || found->get(items) != simdjson::SUCCESS) return;
    for (const Json item : items) work(item);
}
/// Calls `work` with key and value of each field of an object member.
template <class Work> void each_field(const Json& json, std::string_view key, Work&& work) {
    const auto found = member(json, key);
    simdjson::dom::object fields;
    if (!found || found->get(fields) != simdjson::SUCCESS) return;
    for (const auto field : fields) work(field.key, field.value);
}
inline NamedCounts named_counts(const Json& json, std::string_view key) {
    NamedCounts all;
    each_field(json, key, [&](std::string_view name, const Json& value) {
        std::uint64_t number = 0;
        if (value.get(number) == simdjson::SUCCESS) all.emplace_back(name, number);
    });
    return all;
}
inline std::optional<double> number(const Json& json, std::string_view key) {
    const auto found = member(json, key);
    double value = 0;
    if (!found || found->get(value) != simdjson::SUCCESS) return std::nullopt;
    return value;
}
inline std::vector<double> numbers(const Json& json, std::string_view key) {
    std::vector<double> all;
    each(json, key, [&](const Json& item) {
        double value = 0;
        if (item.get(value) == simdjson::SUCCESS) all.push_back(value);
    });
    return all;
}
inline Pairs texts(const Json& json, std::string_view key) {
    Pairs all;
    each_field(json, key, [&](std::string_view name, const Json& value) { all.emplace_back(name, scalar(value)); });
    return all;
}
/// Of a table or dataset: "rows", "rows_ok", ...
inline RowCounts row_counts(const Json& json) {
    return {count(json, "rows"),         count(json, "rows_ok"),       count(json, "rows_failed"),
            count(json, "rows_suspect"), count(json, "rows_rejected"), count(json, "rows_published")};
}
inline Evidence evidence(const Json& json) {
    return {text(json, "artifact"), count(json, "row"), count(json, "line"), text(json, "pointer"),
            text(json, "excerpt")};
}
inline SectionTable section_table(const Json& json) {
    SectionTable table;
    table.title = text(json, "title");
    table.note = text(json, "note");
    each(json, "columns", [&](const Json& column) {
        table.columns.push_back({text(column, "title"), truth(column, "number").value_or(false)});
    });
    each(json, "rows", [&](const Json& row) {
        auto& cells = table.rows.emplace_back();
        simdjson::dom::array items;
        if (row.get(items) == simdjson::SUCCESS)
            for (const Json cell : items) cells.push_back({text(cell, "text"), text(cell, "fact")});
        cells.resize(table.columns.size());
    });
    for (const double place : numbers(json, "importance"))
        table.importance.push_back(static_cast<std::uint32_t>(place));
    if (table.importance.size() != table.rows.size()) table.importance.clear();
    return table;
}

} // namespace detail

inline simdjson::dom::element RecordReader::parse(std::string_view json) {
    simdjson::dom::element parsed;
    const auto error = parser_.parse(json.data(), json.size()).get(parsed);
    if (error != simdjson::SUCCESS)
        throw Failure{"bad-record",
                      std::string{"a record of the report is not JSON: "} + simdjson::error_message(error)};
    return parsed;
}

inline ReportCounts RecordReader::counts(std::string_view json) {
    using namespace detail;
    ReportCounts out;
    if (json.empty()) return out;
    const Json all = parse(json);
    if (const auto artifacts = member(all, "artifacts")) {
        out.seen = count(*artifacts, "seen");
        out.parsed = count(*artifacts, "parsed");
        out.failed = count(*artifacts, "failed");
        out.skipped = count(*artifacts, "skipped");
        out.unclaimed = count(*artifacts, "unclaimed");
    }
    if (const auto rows = member(all, "rows"))
        out.rows = {count(*rows, "read"),    count(*rows, "ok"),       count(*rows, "failed"),
                    count(*rows, "suspect"), count(*rows, "rejected"), count(*rows, "published")};
    out.duplicates = count(all, "duplicates");
    if (const auto facts = member(all, "facts")) {
        out.facts_kept = count(*facts, "kept");
        out.facts_cut = count(*facts, "cut");
    }
    if (const auto findings = member(all, "findings"))
        for (const std::string_view severity : severities)
            if (const auto n = count(*findings, severity)) out.findings.emplace_back(severity, *n);
    out.complete = truth(all, "complete");
    each(all, "gates", [&](const Json& gate) {
        out.gates.push_back({text(gate, "gate"), text(gate, "counts"), count(gate, "value"), count(gate, "limit"),
                             truth(gate, "failed").value_or(false)});
    });
    if (const auto base = member(all, "baseline")) {
        out.baseline = ReportBaseline{count(*base, "new"), count(*base, "existing"), {}};
        each(*base, "fixed", [&](const Json& gone) { out.baseline->fixed.push_back(text(gone, "message")); });
    }
    return out;
}

inline ReportInventory RecordReader::inventory(std::string_view json) {
    using namespace detail;
    ReportInventory out;
    if (json.empty()) return out;
    const Json all = parse(json);
    out.artifacts = count(all, "artifacts");
    out.bytes = count(all, "bytes");
    out.excluded = count(all, "excluded");
    out.hidden_folders = count(all, "hidden_folders");
    out.by_type = named_counts(all, "by_type");
    out.bytes_by_type = named_counts(all, "bytes_by_type");
    each_field(all, "by_directory", [&](std::string_view name, const Json& directory) {
        if (const auto n = count(directory, "artifacts")) out.by_directory.emplace_back(name, *n);
    });
    if (const auto modified = member(all, "modified")) {
        out.first_modified = text(*modified, "first");
        out.last_modified = text(*modified, "last");
    }
    if (const auto latest = member(all, "latest")) {
        out.latest_path = text(*latest, "path");
        out.latest_modified = text(*latest, "modified");
    }
    return out;
}

inline ReportRun RecordReader::run(std::string_view json) {
    using namespace detail;
    ReportRun out;
    if (json.empty()) return out;
    const Json all = parse(json);
    out.assay = text(all, "assay");
    out.pipeline = text(all, "pipeline");
    out.started = text(all, "started");
    out.llm = text(all, "llm");
    each_field(all, "seconds",
               [&](std::string_view name, const Json& value) { out.seconds.emplace_back(name, scalar(value)); });
    each(all, "plugins",
         [&](const Json& plugin) { out.plugins.emplace_back(text(plugin, "id"), text(plugin, "version")); });
    return out;
}

inline ReportArtifact RecordReader::artifact(std::string_view json) {
    using namespace detail;
    const Json all = parse(json);
    ReportArtifact out;
    out.path = text(all, "path");
    out.modified = text(all, "modified");
    out.sha256 = text(all, "sha256");
    out.parser = text(all, "parser");
    out.status = text(all, "status");
    out.reason_code = text(all, "reason_code");
    out.reason = text(all, "reason");
    out.duplicate_of = text(all, "duplicate_of");
    out.bytes = count(all, "bytes");
    each(all, "tables", [&](const Json& table) {
        out.tables.push_back({text(table, "name"), text(table, "kind"), text(table, "dataset"),
                              text(table, "failed_when"), row_counts(table)});
    });
    each(all, "dimensions", [&](const Json& d) { out.dimensions.emplace_back(text(d, "name"), text(d, "value")); });
    each(all, "diagnostics", [&](const Json& d) {
        out.diagnostics.push_back({text(d, "severity"), text(d, "code"), text(d, "message"), text(d, "table"),
                                   text(d, "column"), text(d, "pointer"), count(d, "line"), count(d, "offset"),
                                   count(d, "count")});
    });
    return out;
}

inline ReportDataset RecordReader::dataset(std::string_view json) {
    using namespace detail;
    const Json all = parse(json);
    ReportDataset out{text(all, "id"), text(all, "title"), row_counts(all), {}};
    each(all, "columns", [&](const Json& c) {
        out.columns.push_back({text(c, "name"), text(c, "type"), text(c, "role"), text(c, "unit"),
                               text(c, "unit_source"), text(c, "unit_reason"), text(c, "direction")});
    });
    return out;
}

inline ReportFact RecordReader::fact(std::string_view json) {
    using namespace detail;
    const Json all = parse(json);
    ReportFact out;
    out.id = text(all, "id");
    out.stat = text(all, "stat");
    out.display = text(all, "display");
    out.method = text(all, "method");
    out.approximate = truth(all, "approx").value_or(false);
    out.kind = text(all, "kind");
    out.metric = text(all, "metric");
    out.unit = text(all, "unit");
    out.direction = text(all, "direction");
    out.subject = texts(all, "subject");
    out.value = number(all, "value");
    if (const auto ci = member(all, "ci")) {
        out.low = number(*ci, "low");
        out.high = number(*ci, "high");
        out.level = number(*ci, "level");
        out.interval = text(*ci, "display");
    }
    out.values = numbers(all, "values");
    out.edges = numbers(all, "edges");
    out.n = count(all, "n");
    out.n_failed = count(all, "n_failed");
    out.n_suspect = count(all, "n_suspect");
    out.n_missing = count(all, "n_missing");
    out.selector = texts(all, "selector");
    if (const auto selector = member(all, "selector"))
        each(*selector, "artifacts", [&](const Json& path) { out.artifacts.push_back(scalar(path)); });
    each(all, "evidence", [&](const Json& place) { out.evidence.push_back(evidence(place)); });
    return out;
}

inline ReportFinding RecordReader::finding(std::string_view json) {
    using namespace detail;
    const Json all = parse(json);
    ReportFinding out;
    out.rule = text(all, "rule");
    out.slug = text(all, "slug");
    out.severity = text(all, "severity");
    out.scope = text(all, "scope");
    out.message = text(all, "message");
    out.fix = text(all, "fix");
    out.waived = text(all, "waived");
    if (const auto counts = member(all, "counts")) {
        out.k = text(*counts, "k");
        out.n = text(*counts, "n");
    }
    each(all, "evidence", [&](const Json& place) { out.evidence.push_back(evidence(place)); });
    out.fingerprint = text(all, "fingerprint");
    out.family = text(all, "family");
    out.state = text(all, "state");
    out.places = count(all, "places");
    return out;
}

inline ReportClaim RecordReader::claim(std::string_view json) {
    using namespace detail;
    const Json all = parse(json);
    return {text(all, "document"), text(all, "text"), text(all, "status"), text(all, "reason"), count(all, "line")};
}

inline ReportNarrative RecordReader::narrative(std::string_view json) {
    using namespace detail;
    const Json all = parse(json);
    ReportNarrative out{text(all, "by"), text(all, "note"), {}, {}, {}, {}, {}, {}};
    if (const auto counts = member(all, "counts")) {
        out.generated = count(*counts, "generated");
        out.verified = count(*counts, "verified");
        out.repaired = count(*counts, "repaired");
        out.replaced = count(*counts, "replaced");
        out.dropped = count(*counts, "dropped");
    }
    each(all, "sections", [&](const Json& section) {
        NarrativeSection part{text(section, "title"), {}, {}, {}};
        each(section, "sentences", [&](const Json& sentence) {
            if (text(sentence, "status") == "rejected") return;
            part.sentences.push_back(text(sentence, "text"));
            part.statuses.push_back(text(sentence, "status"));
            auto& facts = part.facts.emplace_back();
            each(sentence, "facts", [&](const Json& fact) { facts.push_back(scalar(fact)); });
        });
        if (!part.sentences.empty()) out.sections.push_back(std::move(part));
    });
    return out;
}

inline Section RecordReader::section(std::string_view json) {
    using namespace detail;
    const Json all = parse(json);
    Section out;
    out.stage = text(all, "stage");
    out.title = text(all, "title");
    out.place = text(all, "place");
    each(all, "text", [&](const Json& line) { out.text.push_back(scalar(line)); });
    each(all, "tables", [&](const Json& table) { out.tables.push_back(section_table(table)); });
    return out;
}

} // namespace assay
