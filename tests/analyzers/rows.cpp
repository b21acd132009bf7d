// Kept rows: all of a small table, of a large one a sample that depends on the rows alone.
#include "corpus_fixture.hpp"
#include "rows/analyzer.hpp"
#include <boost/test/unit_test.hpp>

using namespace fixture;
using assay::KeptRows;
using assay::RowsAnalyzer;
using assay::Type;

namespace {

Artifact table_of(std::size_t rows, const std::string& text = "") {
    Table table{.name = "rows",
                .columns = {{"name", Type::text, ASSAY_ROLE_TEXT},
                            {"n", Type::integer},
                            {"ms", Type::real},
                            {"at", Type::time, ASSAY_ROLE_TIMESTAMP},
                            {"ok", Type::boolean, ASSAY_ROLE_STATUS}},
                .rows = {}};
    for (std::size_t i = 0; i < rows; ++i)
        table.rows.push_back({{"r" + std::to_string(i) + text, i % 3 == 0 ? "" : "-" + std::to_string(i),
                               std::to_string(i) + ".5", "2025-10-02T10:00:00Z", i % 2 == 0 ? "true" : "false"},
                              static_cast<std::uint8_t>(i % 5 == 4 ? ASSAY_ROW_FAILED : ASSAY_ROW_OK)});
    return {.path = "a.csv", .tables = {table}};
}

KeptRows only_table(const std::string& partial) {
    auto tables = assay::read_kept_rows(partial);
    BOOST_REQUIRE(tables);
    BOOST_REQUIRE(tables->size() == 1);
    return std::move(tables->front());
}

std::string merged(const Artifact& artifact, Cut cut, const std::vector<std::vector<std::size_t>>& parts) {
    Driven<RowsAnalyzer> driven;
    driven.load(partial_of_chunks<RowsAnalyzer>(artifact, cut, parts.front()));
    for (std::size_t i = 1; i < parts.size(); ++i)
        driven.merge(partial_of_chunks<RowsAnalyzer>(artifact, cut, parts[i]));
    return driven.save();
}

} // namespace

BOOST_AUTO_TEST_SUITE(kept_rows)

BOOST_AUTO_TEST_CASE(a_small_table_is_kept_whole_with_every_type_status_and_line) {
    const KeptRows rows = only_table(partial_of<RowsAnalyzer>(table_of(7)));
    BOOST_TEST(rows.complete());
    BOOST_TEST(rows.rows.size() == 7U);
    BOOST_TEST(rows.cell(4, 0).text == "r4");
    BOOST_TEST(rows.cell(4, 1).number().value() == -4);
    BOOST_TEST(!rows.cell(3, 1).present);
    BOOST_TEST(rows.cell(4, 2).number().value() == 4.5);
    BOOST_TEST(rows.cell(4, 3).integer == 1759399200000000);
    BOOST_TEST(rows.cell(4, 4).integer == 1);
    BOOST_TEST(rows.rows[4].status == ASSAY_ROW_FAILED);
    BOOST_TEST(rows.rows[4].line == 6U);
    BOOST_TEST(rows.find("ms") == 2U);
    BOOST_TEST(rows.find("none") == SIZE_MAX);
}

BOOST_AUTO_TEST_CASE(of_a_large_table_a_sample_is_kept_that_fits) {
    const std::string partial = partial_of<RowsAnalyzer>(table_of(30'000));
    const KeptRows rows = only_table(partial);
    BOOST_TEST(rows.n_seen == 30'000U);
    BOOST_TEST(!rows.complete());
    BOOST_TEST(rows.rows.size() > 3'000U);
    BOOST_TEST(partial.size() < 2 * KeptRows::usual_budget);
    // Uniform: as many from either half, but for four standard deviations.
    const auto half = static_cast<double>(
        std::count_if(rows.rows.begin(), rows.rows.end(), [](const auto& row) { return row.at.row < 15'000; }));
    const auto n = static_cast<double>(rows.rows.size());
    BOOST_TEST(std::abs(half - n / 2) < 2 * std::sqrt(n));
}

BOOST_AUTO_TEST_CASE(what_is_kept_is_the_same_in_whatever_parts_and_order) {
    for (const std::size_t size : {std::size_t{50}, std::size_t{20'000}}) {
        const Artifact artifact = table_of(size);
        const Cut cut{size / 5, 700};
        const std::string whole = partial_of<RowsAnalyzer>(artifact, cut);
        BOOST_TEST((merged(artifact, cut, {{0, 1}, {2}, {3, 4}}) == whole));
        BOOST_TEST((merged(artifact, cut, {{4}, {2, 0}, {3}, {1}}) == whole));
    }
}

BOOST_AUTO_TEST_CASE(long_text_is_cut_between_characters) {
    std::string text(KeptRows::text_limit - 3, 'x');
    const KeptRows rows = only_table(partial_of<RowsAnalyzer>(table_of(1, text + "\xC3\xA4\xC3\xA4")));
    BOOST_TEST(rows.cell(0, 0).text.size() ==
               KeptRows::text_limit - 1); // "r0", 1,021 letters; a 2-byte one does not fit
}

BOOST_AUTO_TEST_CASE(damaged_bytes_are_refused) {
    const std::string partial = partial_of<RowsAnalyzer>(table_of(7));
    for (std::size_t size = partial.size() - 1; size > partial.find('\n') + 20; size -= 7)
        BOOST_TEST(!assay::read_kept_rows(partial.substr(0, size)));
    Driven<RowsAnalyzer> driven;
    BOOST_CHECK_THROW(driven.load(partial.substr(0, partial.size() - 3)), std::runtime_error);
    BOOST_TEST(assay::read_kept_rows("")->empty());
}

BOOST_AUTO_TEST_SUITE_END()
