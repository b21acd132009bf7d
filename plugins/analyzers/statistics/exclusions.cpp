#include "statistics/exclusions.hpp"
#include "statistics/short_table.hpp"

namespace assay::statistics {

namespace {

constexpr std::size_t longest = 30;

struct Counts {
    Fragment& out;
    SectionCell of(Pairs subject, std::string metric, std::string stat, std::uint64_t value, std::string method) const {
        Fact fact;
        fact.kind = "excluded";
        fact.subject = std::move(subject);
        fact.metric = std::move(metric);
        fact.stat = std::move(stat);
        fact.value = static_cast<double>(value);
        fact.display = std::to_string(value);
        fact.method = std::move(method);
        const std::string display = fact.display;
        return {display, out.add(fact, 10)};
    }
};

std::string text_of(assay_str text) { return std::string{view(text)}; }

SectionTable failed_rows(const Corpus& corpus, const Counts& counts) {
    ShortTable table{
        {"Failed and suspect rows", {{"dataset"}, {"artifact"}, {"failed", true}, {"suspect", true}, {"ok", true}}, {}},
        longest,
        "facts"};
    for (const auto& dataset : corpus.datasets())
        for (std::size_t i = 0; i < dataset.n_tables; ++i) {
            const auto& artifact = corpus.artifacts()[dataset.tables[i][0]];
            const auto& record = tables(artifact)[dataset.tables[i][1]];
            if (artifact.duplicate_of != SIZE_MAX || record.rows_failed + record.rows_suspect == 0) continue;
            const Pairs subject{{"artifact", text_of(artifact.path)},
                                {"table", text_of(record.plan->name)},
                                {"index", std::to_string(dataset.tables[i][1])}};
            table.add({{text_of(dataset.title)},
                       {text_of(artifact.path)},
                       counts.of(subject, "rows", "failed", record.rows_failed, "rows that failed"),
                       counts.of(subject, "rows", "suspect", record.rows_suspect, "rows of doubtful status"),
                       counts.of(subject, "rows", "ok", record.rows_ok, "rows that count")});
        }
    return table.finish();
}

SectionTable copies(const Corpus& corpus) {
    ShortTable table{{"Copies, counted once", {{"artifact"}, {"is a copy of"}}, {}}, longest, "artifacts"};
    for (const auto& artifact : corpus.artifacts())
        if (artifact.duplicate_of != SIZE_MAX && artifact.n_tables > 0)
            table.add({{text_of(artifact.path)}, {text_of(corpus.artifacts()[artifact.duplicate_of].path)}});
    return table.finish();
}

SectionTable other_tables(const Corpus& corpus, const Counts& counts) {
    std::uint64_t claim_tables = 0, claim_rows = 0, rejected = 0, published = 0, published_rows = 0;
    for (const auto& artifact : corpus.artifacts()) {
        if (artifact.duplicate_of != SIZE_MAX) continue;
        for (const auto& record : tables(artifact)) {
            if (record.plan->kind == ASSAY_TABLE_CLAIMS) ++claim_tables, claim_rows += record.rows_ok;
            if (record.plan->kind != ASSAY_TABLE_DATA) continue;
            rejected += record.rows_rejected;
            published_rows += record.rows_published;
            for (const auto& column : columns(*record.plan)) published += column.aggregate != 0 ? 1U : 0U;
        }
    }
    SectionTable table{"Not observations", {{"what"}, {"count", true}}, {}};
    const auto line = [&](const char* what, const char* stat, std::uint64_t value) {
        if (value > 0) table.rows.push_back({{what}, counts.of({{"scope", "corpus"}}, what, stat, value, what)});
    };
    line("tables in documents (claims)", "tables", claim_tables);
    line("rows of such tables", "rows", claim_rows);
    line("columns of published statistics", "columns", published);
    line("rows of published statistics", "rows", published_rows);
    line("rows that could not be read", "rows", rejected);
    return table;
}

} // namespace

void give_exclusions(const Corpus& corpus, Fragment& out) {
    const Counts counts{out};
    Section section{.title = "Not in any statistic", .place = "excluded"};
    for (auto& table : {failed_rows(corpus, counts), copies(corpus), other_tables(corpus, counts)})
        if (!table.rows.empty()) section.tables.push_back(table);
    if (!section.tables.empty()) out.add(section);
}

} // namespace assay::statistics
