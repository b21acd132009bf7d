#include "rows/analyzer.hpp"
#include <assay/stats/bytes.hpp>
#include <assay/stats/hash.hpp>

namespace assay {

namespace {

std::vector<KeptRowsFold> read_all(std::string_view state, std::size_t budget) {
    std::vector<KeptRowsFold> tables;
    std::uint64_t n = 0;
    bool whole = stats::take(state, n);
    while (whole && tables.size() < n) whole = decode(state, tables.emplace_back(budget));
    if (!whole || !state.empty()) throw BadState{"the saved rows are damaged"};
    return tables;
}

} // namespace

void RowsAnalyzer::artifact_begin(const assay_content& content) {
    tables_.clear();
    content_ = stats::hash(view(content.sha256));
}

void RowsAnalyzer::table_begin(const assay_table& table) {
    keeps_ = table.kind != ASSAY_TABLE_NODES; // a document's text is no row
    tables_.emplace_back(table, content_, static_cast<std::size_t>(*bytes));
}

void RowsAnalyzer::update(const Batch& batch) {
    if (keeps_) tables_.back().update(batch);
}

void RowsAnalyzer::save(std::string& out) const {
    // A state that was cut off behind a table is not taken for a whole one.
    stats::put(out, std::uint64_t{tables_.size()});
    for (const auto& table : tables_) encode(out, table);
}

void RowsAnalyzer::load(std::string_view state) { tables_ = read_all(state, static_cast<std::size_t>(*bytes)); }

void RowsAnalyzer::merge(std::string_view state) {
    const auto others = read_all(state, static_cast<std::size_t>(*bytes));
    if (others.size() != tables_.size()) throw BadState{"the saved rows are of different tables"};
    for (std::size_t i = 0; i < others.size(); ++i)
        if (!tables_[i].merge(others[i])) throw BadState{"the saved rows are of different tables"};
}

} // namespace assay
