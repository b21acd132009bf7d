#include "profile/analyzer.hpp"
#include "profile/facts.hpp"
#include <utility>

namespace assay {

void ProfileAnalyzer::artifact_begin(const assay_content& content) {
    fold_.reset();
    profile_ = {};
    content_ = stats::hash(view(content.sha256));
}

void ProfileAnalyzer::table_begin(const assay_table& table) {
    fold_.reset();
    TableProfile& out = profile_.tables.emplace_back();
    out.name = view(table.name);
    out.kind = table.kind;
    out.exact = *exact;
    if (table.kind == ASSAY_TABLE_DATA) {
        out.columns.reserve(table.n_columns);
        for (const assay_column& column : columns(table)) {
            ColumnProfile& c = out.columns.emplace_back();
            static_cast<ColumnKind&>(c) = kind_of(column);
            c.name = view(column.name);
            c.numbers = NumberProfile{out.column_cap()};
            c.distinct = stats::Distinct{out.column_cap()};
        }
    }
    fold_ = std::make_unique<profile::TableFold>(out, content_, std::exchange(buffers_, {}));
}

void ProfileAnalyzer::update(const Batch& batch) { fold_->update(batch); }

void ProfileAnalyzer::table_end(std::uint64_t rows_rejected) {
    buffers_ = fold_->finish();
    fold_.reset();
    profile_.tables.back().rows.rejected += rows_rejected;
}

void ProfileAnalyzer::save(std::string& out) const { encode(out, profile_); }

void ProfileAnalyzer::load(std::string_view state) {
    auto read = decode_profile(state);
    if (!read) throw BadState{"the saved profile is damaged"};
    fold_.reset();
    profile_ = std::move(*read);
}

void ProfileAnalyzer::merge(std::string_view state) {
    auto read = decode_profile(state);
    if (!read) throw BadState{"the saved profile is damaged"};
    if (!assay::merge(profile_, std::move(*read)))
        throw BadState{"the saved profiles overlap, or are of different tables"};
}

void ProfileAnalyzer::finish(const Corpus& corpus, Fragment& out) {
    profile::give_facts(corpus, static_cast<std::uint64_t>(*tables), out);
}

} // namespace assay
