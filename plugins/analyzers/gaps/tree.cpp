#include "gaps/tree.hpp"
#include "gaps/wording.hpp"
#include <algorithm>
#include <assay/json_writer.hpp>
#include <assay/stats/display.hpp>
#include <cmath>

namespace assay::gaps {

namespace {

constexpr std::size_t most_excerpt = 80;

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

TableView view_of(const Tree& tree, const assay_table_record& record, const Profile& profile, std::size_t index) {
    const auto name = view(record.plan->name);
    const auto datasets = tree.corpus.datasets();
    return {std::string{name},
            std::string{record.dataset < datasets.size() ? view(datasets[record.dataset].title) : name},
            &record,
            &tree.layout(*record.plan),
            columns(*record.plan),
            find_table(profile, index, name),
            nullptr};
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
    if (!std::isfinite(cell.real)) return std::isnan(cell.real) ? "nan" : "inf";
    std::string text;
    append_json_number(text, cell.real); // the shortest text that reads back the same
    return text;
}

bool same_text(const KeptCell& a, const KeptCell& b) {
    if (!a.present || !b.present) return a.present == b.present || text_of(a) == text_of(b);
    if (a.type == Type::text) return a.text == b.text;
    return a.type == Type::real ? a.real == b.real || text_of(a) == text_of(b) : a.integer == b.integer;
}

bool is_document(const assay_artifact& artifact) {
    const auto records = tables(artifact);
    for (const assay_table_record& record : records)
        if (record.plan->kind == ASSAY_TABLE_NODES) return true;
    return false;
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

Tree::Tree(const Corpus& all) : corpus{all} {
    for (const assay_artifact& artifact : corpus.artifacts()) {
        const auto records = tables(artifact);
        for (const assay_table_record& record : records) layouts_.try_emplace(record.plan, *record.plan);
    }
}

std::shared_ptr<const Profile> Tree::profile(std::size_t artifact) const {
    auto read = read_profile(corpus.partial(artifact, "profile/1"), ProfileDetail::columns);
    if (!read) throw BadState{"the profile of " + path_of(corpus.artifacts()[artifact]) + " is damaged"};
    return std::make_shared<const Profile>(std::move(*read));
}

std::shared_ptr<const ArtifactView> Tree::artifact(std::size_t index) const {
    const assay_artifact& artifact = corpus.artifacts()[index];
    auto out = std::make_shared<ArtifactView>();
    out->index = index;
    out->now_us = corpus.now_us();
    out->artifact = &artifact;
    out->path = path_of(artifact);
    out->profile = profile(index);
    auto kept = read_kept_rows(corpus.partial(index, "rows/1"));
    if (!kept) throw BadState{"the kept rows of " + out->path + " are damaged"};
    out->kept = std::move(*kept);
    const auto records = tables(artifact);
    out->tables.reserve(records.size());
    for (std::size_t t = 0; t < records.size(); ++t) {
        TableView& table = out->tables.emplace_back(view_of(*this, records[t], *out->profile, t));
        if (t < out->kept.size() && out->kept[t].name == table.name) table.rows = &out->kept[t];
    }
    for (const KeptRows& rows : out->kept)
        if (rows.kind == ASSAY_TABLE_DIAGNOSTICS) out->diagnostics = diagnostics_of(rows);
    return out;
}

namespace {
const assay_table_record& record_of(const Corpus& corpus, const data::Source& source) {
    return tables(corpus.artifacts()[source.artifact])[source.table_index];
}
} // namespace

std::string_view DatasetView::name_of(const data::Source& source) const {
    return view(record_of(tree.corpus, source).plan->name);
}

const Layout& DatasetView::layout(const data::Source& source) const {
    return tree.layout(*record_of(tree.corpus, source).plan);
}

} // namespace assay::gaps
