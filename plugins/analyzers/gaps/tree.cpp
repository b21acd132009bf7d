#include "gaps/tree.hpp"
#include "gaps/wording.hpp"
#include <algorithm>
#include <assay/json_writer.hpp>
#include <assay/stats/display.hpp>
#include <cmath>

namespace assay::gaps {

namespace {

constexpr std::size_t most_bytes = 64 << 20, most_excerpt = 80;

std::vector<Diagnostic> diagnostics_of(const KeptRows& rows) {
    const auto code = rows.find("code"), message = rows.find("message"), table = rows.find("table"),
               column = rows.find("column"), line = rows.find("line"), count = rows.find("count"),
               pointer = rows.find("pointer");
    const auto text = [&](std::size_t row, std::size_t at) {
        return at == SIZE_MAX ? std::string{} : text_of(rows.cell(row, at));
    };
    const auto whole = [&](std::size_t row, std::size_t at, std::uint64_t otherwise) {
        return at == SIZE_MAX || !rows.cell(row, at).present ? otherwise
                                                             : static_cast<std::uint64_t>(rows.cell(row, at).integer);
    };
    std::vector<Diagnostic> out;
    for (std::size_t row = 0; row < rows.rows.size(); ++row)
        out.push_back({text(row, code), text(row, message), text(row, table), text(row, column),
                       whole(row, line, ASSAY_UNKNOWN), whole(row, count, 1), text(row, pointer)});
    return out;
}

std::shared_ptr<ArtifactView> read_artifact(const Corpus& corpus, data::Profiles& profiles, std::size_t index) {
    const assay_artifact& artifact = corpus.artifacts()[index];
    auto out = std::make_shared<ArtifactView>();
    out->index = index;
    out->artifact = &artifact;
    out->path = path_of(artifact);
    out->profile = profiles.of(index);
    auto kept = read_kept_rows(corpus.partial(index, "rows/1"));
    if (!kept) throw BadState{"the kept rows of " + out->path + " are damaged"};
    out->kept = std::move(*kept);
    const auto records = tables(artifact);
    for (std::size_t t = 0; t < records.size(); ++t) {
        const std::string name{view(records[t].plan->name)};
        const bool in_dataset = records[t].dataset < corpus.datasets().size();
        TableView table{name,
                        in_dataset ? std::string{view(corpus.datasets()[records[t].dataset].title)} : name,
                        &records[t],
                        columns(*records[t].plan),
                        find_table(*out->profile, t, name),
                        nullptr};
        if (t < out->kept.size() && out->kept[t].name == table.name) table.rows = &out->kept[t];
        out->tables.push_back(std::move(table));
    }
    for (const KeptRows& rows : out->kept)
        if (rows.kind == ASSAY_TABLE_DIAGNOSTICS) out->diagnostics = diagnostics_of(rows);
    return out;
}

} // namespace

std::string path_of(const assay_artifact& artifact) { return std::string{view(artifact.path)}; }

std::string text_of(const KeptCell& cell) {
    if (!cell.present) return {};
    switch (cell.type) {
    case Type::boolean: return cell.integer != 0 ? "true" : "false";
    case Type::integer:
    case Type::time: return std::to_string(cell.integer);
    case Type::text: return std::string{cell.text};
    case Type::real: break;
    }
    JsonWriter json; // the shortest text that reads back the same
    return std::isfinite(cell.real) ? (json.value(cell.real), json.take()) : std::isnan(cell.real) ? "nan" : "inf";
}

bool ArtifactView::is_document() const {
    return std::any_of(tables.begin(), tables.end(),
                       [](const TableView& table) { return table.record->plan->kind == ASSAY_TABLE_NODES; });
}

std::string error_of(const TableView& table, std::size_t kept_row) {
    static constexpr std::string_view errors[]{"error", "message", "exception", "reason", "stderr"};
    std::string other;
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
        if (table.columns[c].role != ASSAY_ROLE_STATUS) continue;
        const KeptCell& cell = table.rows->cell(kept_row, c);
        if (!cell.present || cell.type != Type::text || cell.text.empty()) continue;
        if (data::has_word(view(table.columns[c].name), errors)) return short_text(cell.text);
        if (other.empty()) other = short_text(cell.text);
    }
    return other;
}

Evidence ArtifactView::row(const TableView& table, std::size_t kept_row,
                           std::initializer_list<std::size_t> shown) const {
    Evidence out{path};
    const KeptRow& at = table.rows->rows[kept_row];
    if (at.line != ASSAY_UNKNOWN)
        out.line = at.line;
    else if (at.at.chunk == 0)
        out.row = at.at.row + 1;
    for (const auto column : shown)
        if (column != SIZE_MAX)
            out.excerpt += (out.excerpt.empty() ? "" : ", ") + table.rows->columns[column] + "=" +
                           short_text(text_of(table.rows->cell(kept_row, column)), most_excerpt);
    return out;
}

std::shared_ptr<const ArtifactView> Tree::artifact(std::size_t index) {
    if (const auto found = known.find(index); found != known.end()) return found->second;
    const std::size_t size = corpus.partial(index, "rows/1").size();
    if (bytes + size > most_bytes) known.clear(), bytes = 0;
    bytes += size;
    return known[index] = read_artifact(corpus, profiles, index);
}

DatasetView::Member DatasetView::member(const data::Source& source) const {
    auto artifact = tree.artifact(source.artifact);
    const TableView& table = artifact->tables[source.table_index];
    return {std::move(artifact), &table};
}

} // namespace assay::gaps
