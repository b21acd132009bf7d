#include "engine/describe.hpp"
#include "report/model.hpp"
#include <algorithm>
#include <assay/json_writer.hpp>
#include <assay/utc.hpp>
#include <climits>
#include <map>

namespace assay::engine {

namespace {

template <std::size_t size> void text_or_null(JsonWriter& json, const char (&key)[size], std::string_view text) {
    json.key(key);
    if (text.empty())
        json.null();
    else
        json.value(text);
}

template <std::size_t size> void number_or_null(JsonWriter& json, const char (&key)[size], std::uint64_t number) {
    json.key(key);
    if (number == ASSAY_UNKNOWN)
        json.null();
    else
        json.value(number);
}

std::string_view text_of(const std::optional<plan::Predicate>& predicate) {
    return predicate ? std::string_view{predicate->text} : std::string_view{};
}

std::string_view direction_name(std::int32_t direction) {
    return direction == ASSAY_DIRECTION_HIGHER ? "higher" : direction == ASSAY_DIRECTION_LOWER ? "lower" : "";
}

std::string_view kind_name(std::int32_t kind) {
    switch (kind) {
    case ASSAY_TABLE_DATA: return "data";
    case ASSAY_TABLE_CLAIMS: return "claims";
    case ASSAY_TABLE_NODES: return "nodes";
    default: return "diagnostics";
    }
}

void write_column(JsonWriter& json, const plan::ColumnPlan& column) {
    json.object().field("name", column.name).field("type", plan::name_of_type(column.type));
    json.field("role", plan::name_of_role(column.role)).field("role_source", plan::name_of_source(column.role_source));
    text_or_null(json, "role_reason", column.role_reason);
    text_or_null(json, "unit", column.unit);
    text_or_null(json, "unit_source", plan::name_of_source(column.unit_source));
    text_or_null(json, "unit_reason", column.unit_reason);
    text_or_null(json, "direction", direction_name(column.direction));
    text_or_null(json, "label", column.label == column.name ? std::string_view{} : std::string_view{column.label});
    json.field("aggregate", column.aggregate).field("document", column.document_scope).end();
}

/// Of the text of a document and of remarks they are always the same.
bool tells_columns(const Corpus& corpus, std::size_t dataset, const plan::TablePlan& plan) {
    return dataset != SIZE_MAX ? !corpus.has_columns_of(dataset, plan) : plan.kind == ASSAY_TABLE_CLAIMS;
}

void write_table(JsonWriter& json, const Corpus& corpus, std::size_t artifact, std::size_t index, TellColumns columns) {
    const TableContent& table = corpus.artifacts()[artifact].partial.record.tables[index];
    const std::size_t dataset = corpus.dataset_of(artifact, index);
    json.object()
        .field("name", table.plan->name)
        .field("kind", kind_name(table.plan->kind))
        .field("rows", table.rows());
    json.field("rows_ok", table.rows_ok).field("rows_failed", table.rows_failed);
    json.field("rows_suspect", table.rows_suspect).field("rows_rejected", table.rows_rejected);
    json.field("rows_published", table.rows_published);
    text_or_null(json, "dataset",
                 dataset == SIZE_MAX ? std::string_view{} : std::string_view{corpus.datasets()[dataset].id});
    text_or_null(json, "failed_when", text_of(table.plan->failed));
    text_or_null(json, "suspect_when", text_of(table.plan->suspect));
    text_or_null(json, "published_when", text_of(table.plan->published));
    json.field("status_source", table.plan->status_inferred ? "inferred" : "pipeline");
    if (columns == TellColumns::always || tells_columns(corpus, dataset, *table.plan)) {
        json.key("columns").array();
        for (const auto& column : table.plan->columns) write_column(json, column);
        json.end();
    }
    json.end();
}

void write_remark(JsonWriter& json, const Remark& r) {
    static constexpr const char* severities[] = {"info", "warning", "error"};
    json.object().field("severity", severities[r.severity]).field("code", r.code).field("message", r.message);
    text_or_null(json, "table", r.table);
    text_or_null(json, "column_name", r.column_name);
    number_or_null(json, "line", r.line);
    number_or_null(json, "column", r.column);
    number_or_null(json, "offset", r.offset);
    text_or_null(json, "pointer", r.pointer);
    json.field("count", r.count).end();
}

struct Folder {
    std::uint64_t artifacts = 0, bytes = 0;
};

} // namespace

std::string_view name_of_outcome(std::int32_t outcome) {
    switch (outcome) {
    case ASSAY_OUTCOME_PARSED: return "parsed";
    case ASSAY_OUTCOME_FAILED: return "failed";
    case ASSAY_OUTCOME_SKIPPED: return "skipped";
    default: return "unclaimed";
    }
}

void write_artifact(JsonWriter& json, const Corpus& corpus, std::size_t index, TellColumns columns) {
    const Placed& artifact = corpus.artifacts()[index];
    const ContentRecord& record = artifact.partial.record;
    json.object().field("path", artifact.found.path).field("bytes", record.bytes);
    text_or_null(json, "modified", artifact.found.modified_us == INT64_MIN ? "" : utc(artifact.found.modified_us));
    text_or_null(json, "sha256", record.sha256);
    text_or_null(json, "parser", record.parser);
    text_or_null(json, "claim_reason", record.claim_reason);
    json.field("status", name_of_outcome(record.outcome));
    text_or_null(json, "reason_code", record.reason_code);
    text_or_null(json, "reason", record.reason);
    const std::size_t original = corpus.duplicate_of()[index];
    text_or_null(json, "duplicate_of",
                 original == SIZE_MAX ? std::string_view{} : std::string_view{corpus.artifacts()[original].found.path});
    json.key("dimensions").array();
    for (const auto& d : corpus.dimensions()[index])
        json.object().field("name", d.name).field("value", d.value).field("source", d.source).end();
    json.end().key("tables").array();
    for (std::size_t t = 0; t < record.tables.size(); ++t) write_table(json, corpus, index, t, columns);
    json.end().key("diagnostics").array();
    for (const auto& remark : record.remarks) write_remark(json, remark);
    json.end().field("diagnostics_left_out", record.remarks_left_out).end();
}

void write_dataset(JsonWriter& json, const Corpus& corpus, std::size_t index) {
    const plan::Dataset& dataset = corpus.datasets()[index];
    json.object().field("id", dataset.id).field("title", dataset.title).key("tables").array();
    Counts counts;
    for (const auto& [a, t] : dataset.tables) {
        const TableContent& table = corpus.artifacts()[a].partial.record.tables[t];
        json.object().field("artifact", corpus.artifacts()[a].found.path).field("table", table.plan->name).end();
        // Copies are listed, and counted once.
        if (corpus.duplicate_of()[a] != SIZE_MAX) continue;
        counts.rows_ok += table.rows_ok;
        counts.rows_failed += table.rows_failed;
        counts.rows_suspect += table.rows_suspect;
        counts.rows_rejected += table.rows_rejected;
        counts.rows_published += table.rows_published;
    }
    json.end().field("rows", counts.rows());
    json.field("rows_ok", counts.rows_ok).field("rows_failed", counts.rows_failed);
    json.field("rows_suspect", counts.rows_suspect).field("rows_rejected", counts.rows_rejected);
    json.field("rows_published", counts.rows_published).key("columns").array();
    for (const auto* column : corpus.columns_of(index)) write_column(json, *column);
    json.end().end();
}

std::string inventory_json(const Corpus& corpus, const LeftOut& left_out) {
    std::map<std::string, Folder> types, folders;
    std::uint64_t bytes = 0;
    std::int64_t first = INT64_MAX, last = INT64_MIN;
    const Placed* latest = nullptr;
    for (const Placed& artifact : corpus.artifacts()) {
        const ContentRecord& record = artifact.partial.record;
        bytes += record.bytes;
        const auto slash = artifact.found.path.rfind('/');
        Folder& folder = folders[slash == std::string::npos ? "." : artifact.found.path.substr(0, slash)];
        ++folder.artifacts;
        folder.bytes += record.bytes;
        if (!record.parser.empty()) {
            ++types[record.parser].artifacts;
            types[record.parser].bytes += record.bytes;
        }
        if (artifact.found.modified_us == INT64_MIN) continue;
        first = std::min(first, artifact.found.modified_us);
        if (artifact.found.modified_us > last) latest = &artifact;
        last = std::max(last, artifact.found.modified_us);
    }
    JsonWriter json;
    json.object().field("artifacts", static_cast<std::uint64_t>(corpus.artifacts().size())).field("bytes", bytes);
    json.key("by_type").object();
    for (const auto& [type, content] : types) json.field(type, content.artifacts);
    json.end().key("bytes_by_type").object();
    for (const auto& [type, content] : types) json.field(type, content.bytes);
    json.end().key("by_directory").object();
    for (const auto& [path, content] : folders)
        json.key(path).object().field("artifacts", content.artifacts).field("bytes", content.bytes).end();
    json.end().key("modified");
    if (latest)
        json.object().field("first", utc(first)).field("last", utc(last)).end();
    else
        json.null();
    json.key("latest");
    if (latest)
        json.object().field("path", latest->found.path).field("modified", utc(last)).end();
    else
        json.null();
    json.field("excluded", left_out.excluded).field("hidden_folders", left_out.hidden_folders).end();
    return json.take();
}

Counts counts_of(const Corpus& corpus) {
    Counts counts;
    counts.seen = corpus.artifacts().size();
    for (std::size_t i = 0; i < corpus.artifacts().size(); ++i) {
        const ContentRecord& record = corpus.artifacts()[i].partial.record;
        counts.parsed += record.outcome == ASSAY_OUTCOME_PARSED ? 1U : 0U;
        counts.failed += record.outcome == ASSAY_OUTCOME_FAILED ? 1U : 0U;
        counts.skipped += record.outcome == ASSAY_OUTCOME_SKIPPED ? 1U : 0U;
        counts.unclaimed += record.outcome == ASSAY_OUTCOME_UNCLAIMED ? 1U : 0U;
        counts.duplicates += corpus.duplicate_of()[i] != SIZE_MAX ? 1U : 0U;
        for (const auto& table : record.tables) {
            if (table.plan->kind != ASSAY_TABLE_DATA) continue;
            counts.rows_ok += table.rows_ok;
            counts.rows_failed += table.rows_failed;
            counts.rows_suspect += table.rows_suspect;
            counts.rows_rejected += table.rows_rejected;
            counts.rows_published += table.rows_published;
        }
    }
    return counts;
}

} // namespace assay::engine
