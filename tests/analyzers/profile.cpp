#include "corpus_fixture.hpp"
#include "profile/analyzer.hpp"
#include <assay/figures.hpp>
#include <boost/test/unit_test.hpp>
#include <random>
#include <set>

using namespace fixture;
using assay::ProfileAnalyzer;

namespace {

const Column rate{"tokens_s", assay::Type::real, ASSAY_ROLE_METRIC, "{token}/s", ASSAY_DIRECTION_HIGHER};

assay::Profile profile_of(const Artifact& artifact, Cut cut = {}) {
    return assay::read_profile(partial_of<ProfileAnalyzer>(artifact, cut)).value();
}

Given profile_facts(const Artifact& artifact) {
    const Corpus corpus{{artifact}, {partial_of<ProfileAnalyzer>(artifact)}};
    Driven<ProfileAnalyzer> driven;
    return corpus.conclude(driven);
}

/// Many rows of two parameters and two metrics, with missing, infinite and failed ones, from a fixed seed.
Artifact mixed(std::size_t rows, int levels) {
    std::mt19937_64 random{7};
    Table table{.columns = {parameter("ctx"),
                            parameter("mode", assay::Type::text),
                            rate,
                            {"note", assay::Type::text, ASSAY_ROLE_TEXT},
                            {"count", assay::Type::integer, ASSAY_ROLE_METRIC}},
                .rows = {},
                .rejected = 3};
    for (std::size_t i = 0; i < rows; ++i) {
        const auto pick = [&](std::uint64_t n) { return random() % n; };
        const std::string value = pick(20) == 0   ? ""
                                  : pick(50) == 0 ? "inf"
                                                  : std::to_string(static_cast<double>(pick(100'000)) / 7.0);
        table.rows.push_back({{std::to_string(pick(static_cast<std::uint64_t>(levels))),
                               pick(9) == 0 ? "" : "m" + std::to_string(pick(3)), value,
                               "n" + std::to_string(pick(1000)), std::to_string(pick(50))},
                              static_cast<std::uint8_t>(pick(10) < 8 ? 0 : 1 + pick(2))});
    }
    return {"a.csv", {std::move(table)}};
}

/// What both readers say of a metric.
void check_same(const assay::Figures& figures, const assay::NumberProfile& numbers) {
    BOOST_TEST((figures.moments == numbers.moments.total()));
    BOOST_TEST(figures.n() == numbers.n());
    BOOST_TEST(figures.n_missing == numbers.n_missing);
    BOOST_TEST((figures.many == nullptr) == numbers.values.exact()); // few enough to be listed, or sketched
    auto values = numbers.values;
    const auto sorted = values.sorted();
    BOOST_TEST(figures.values == sorted, boost::test_tools::per_element());
    if (figures.many) {
        auto many = *figures.many;
        BOOST_TEST(many.quantile(0.3)->value == values.quantile(0.3)->value);
    }
    BOOST_TEST((figures.extremes.extrema == numbers.extremes.extrema));
    BOOST_TEST(figures.extremes.max_line == numbers.extremes.max_line);
    BOOST_REQUIRE((figures.failed != nullptr) == numbers.failed.min.has_value());
    if (figures.failed) {
        BOOST_TEST((figures.failed->moments == numbers.failed.moments.total()));
        BOOST_TEST(figures.failed->max == *numbers.failed.max);
    }
}

void check_figures(const std::string& saved) {
    const auto table = assay::read_profile(saved).value().tables.at(0);
    assay::FigureMemory memory;
    assay::TableFigures figures;
    const auto read = [&](std::string_view bytes) {
        return assay::read_figures(bytes, 0, table.name, table.columns.size(), memory, figures);
    };
    BOOST_REQUIRE((read(saved) == assay::FiguresRead::found));
    BOOST_TEST(figures.rows.ok == table.rows.ok);
    BOOST_TEST(figures.overflowed == table.overflowed());
    BOOST_TEST(figures.cell_cap == table.cell_cap());
    BOOST_REQUIRE(figures.metrics.size() == table.metrics().size());
    for (std::size_t i = 0; i < figures.metrics.size(); ++i)
        check_same(figures.metrics[i], table.columns[table.metrics()[i]].numbers);
    BOOST_REQUIRE(figures.samples.size() == table.columns.size());
    for (std::size_t c = 0; c < figures.samples.size(); ++c)
        BOOST_TEST((assay::sample_of(figures.samples[c]) == table.columns[c].sample.sorted()));
    BOOST_REQUIRE(figures.cells.size() == table.cells.size());
    for (std::size_t i = 0; i < figures.cells.size(); ++i) {
        BOOST_TEST(figures.cells[i].rows.failed == table.cells[i].rows.failed);
        for (std::size_t d = 0; d < table.cells[i].levels.size(); ++d)
            BOOST_TEST((figures.cells[i].levels[d] == table.cells[i].levels[d]));
        for (std::size_t m = 0; m < figures.metrics.size(); ++m)
            check_same(figures.cells[i].metrics[m], table.cells[i].metrics[m]);
    }
    for (std::size_t size = 1; size < saved.size(); size += 97)
        BOOST_TEST((read(std::string_view{saved}.substr(0, size)) == assay::FiguresRead::damaged));
    BOOST_TEST((assay::read_figures(saved, 0, "another", 1, memory, figures) == assay::FiguresRead::no_table));
}

} // namespace

BOOST_AUTO_TEST_SUITE(profile)

BOOST_AUTO_TEST_CASE(only_ok_rows_enter_and_failed_values_are_kept_beside) {
    const Artifact artifact{
        "a.csv",
        {{.columns = {rate}, .rows = {{{"10"}}, {{"0"}, ASSAY_ROW_FAILED}, {{"20"}}, {{"99"}, ASSAY_ROW_SUSPECT}}}}};
    const auto table = profile_of(artifact).tables.at(0);
    BOOST_TEST(table.rows.ok == 2U);
    BOOST_TEST(table.rows.failed == 1U);
    BOOST_TEST(table.rows.suspect == 1U);
    const auto& column = table.columns.at(0);
    BOOST_TEST(column.n == 2U);
    BOOST_TEST(column.numbers.moments.total().mean == 15.0);
    BOOST_TEST(column.numbers.extremes.extrema.min->value == 10.0);
    BOOST_TEST(column.numbers.extremes.extrema.max->value == 20.0);
    BOOST_TEST(column.n_failed == 1U);
    BOOST_TEST(column.numbers.failed.max.value() == 0.0);
}

BOOST_AUTO_TEST_CASE(rows_of_published_statistics_enter_nothing_and_divide_nothing) {
    const Artifact artifact{"a.csv",
                            {{.columns = {parameter("run_type", assay::Type::text), rate},
                              .rows = {{{"iteration", "10"}},
                                       {{"aggregate", "15"}, ASSAY_ROW_PUBLISHED},
                                       {{"iteration", "20"}},
                                       {{"aggregate", "3"}, ASSAY_ROW_PUBLISHED}}}}};
    const auto table = profile_of(artifact).tables.at(0);
    BOOST_TEST(table.rows.all() == 2U);
    BOOST_TEST(table.columns.at(1).numbers.moments.total().mean == 15.0);
    BOOST_REQUIRE(table.cells.size() == 1U);
    BOOST_TEST(*table.cells[0].levels[0] == "iteration");
    BOOST_TEST(table.cells[0].rows.all() == 2U);
}

BOOST_AUTO_TEST_CASE(a_truth_is_not_told_as_the_number_that_stands_beside_it) {
    Table table{.columns = {parameter("count"), parameter("frozen", assay::Type::boolean)}, .rows = {}};
    for (int i = 0; i < 300; ++i) table.rows.push_back({{"1", "true"}});
    const auto columns = profile_of({"a.csv", {std::move(table)}}).tables.at(0).columns;
    BOOST_TEST(columns.at(0).top.entries().at(0).text == "1");
    BOOST_TEST(columns.at(1).top.entries().at(0).text == "true");
}

BOOST_AUTO_TEST_CASE(missing_and_non_finite_values_are_counted_apart) {
    const Artifact artifact{"a.csv", {{.columns = {rate}, .rows = {{{""}}, {{"nan"}}, {{"inf"}}, {{"4"}}}}}};
    const auto column = profile_of(artifact).tables.at(0).columns.at(0);
    BOOST_TEST(column.n == 1U);
    BOOST_TEST(column.n_missing == 1U);
    BOOST_TEST(column.n_nonfinite == 2U);
}

BOOST_AUTO_TEST_CASE(lines_of_smallest_and_largest_are_known) {
    const Artifact artifact{"a.csv", {{.columns = {rate}, .rows = {{{"5"}}, {{"1"}}, {{"9"}}, {{"1"}}, {{"9"}}}}}};
    for (const Cut cut : {Cut{}, Cut{2, 1}, Cut{1, 1}}) {
        const auto column = profile_of(artifact, cut).tables.at(0).columns.at(0);
        BOOST_TEST(column.numbers.extremes.min_line == 3U); // the first of equals; line 1 is the header
        BOOST_TEST(column.numbers.extremes.max_line == 4U);
    }
}

BOOST_AUTO_TEST_CASE(rows_fall_into_the_cells_of_their_parameters_missing_ones_too) {
    const Artifact artifact{
        "a.csv",
        {{.columns = {parameter("ctx"), rate},
          .rows = {
              {{"1024", "1"}}, {{"2048", "5"}}, {{"1024", "3"}}, {{"", "7"}}, {{"2048", "0"}, ASSAY_ROW_FAILED}}}}};
    const auto table = profile_of(artifact).tables.at(0);
    std::map<std::string, const assay::CellProfile*> cells;
    for (const auto& cell : table.cells) cells[cell.levels.at(0).value_or("missing")] = &cell;
    BOOST_REQUIRE(cells.size() == 3U);
    BOOST_TEST(cells["1024"]->metrics.at(0).moments.total().mean == 2.0);
    BOOST_TEST(cells["2048"]->metrics.at(0).n() == 1U);
    BOOST_TEST(cells["2048"]->rows.failed == 1U);
    BOOST_TEST(cells["2048"]->metrics.at(0).failed.n() == 1U);
    BOOST_TEST(cells["missing"]->metrics.at(0).n() == 1U);
}

BOOST_AUTO_TEST_CASE(chunks_united_in_any_order_give_the_bytes_of_one_fold) {
    const Artifact artifact = mixed(3000, 6);
    const std::string whole = partial_of<ProfileAnalyzer>(artifact, {100, 100});
    BOOST_TEST((partial_of<ProfileAnalyzer>(artifact, {100, 33}) == whole));
    std::mt19937_64 random{11};
    for (int round = 0; round < 10; ++round) {
        std::vector<std::vector<std::size_t>> parts(1 + random() % 7);
        for (std::size_t chunk = 0; chunk < 30; ++chunk) parts[random() % parts.size()].push_back(chunk);
        std::shuffle(parts.begin(), parts.end(), random);
        Driven<ProfileAnalyzer> united;
        bool first = true;
        for (const auto& chunks : parts) {
            Driven<ProfileAnalyzer> reloaded;
            reloaded.load(partial_of_chunks<ProfileAnalyzer>(artifact, {100, 1 + random() % 120}, chunks));
            first ? united.load(reloaded.save()) : united.merge(reloaded.save());
            first = false;
        }
        BOOST_TEST((united.save() == whole));
    }
}

BOOST_AUTO_TEST_CASE(a_chunk_of_more_rows_than_are_held_gives_the_same_bytes_wherever_it_is_cut) {
    const Artifact artifact = mixed(assay::profile::Block::most_rows + 3'000, 2);
    const std::string whole = partial_of<ProfileAnalyzer>(artifact, {.batch_rows = 1'000});
    BOOST_TEST((partial_of<ProfileAnalyzer>(artifact, {.batch_rows = 4'096}) == whole));
    BOOST_TEST((partial_of<ProfileAnalyzer>(artifact, {.batch_rows = 50'000}) == whole));
}

BOOST_AUTO_TEST_CASE(distinct_values_of_parts_that_are_kept_whole_are_counted_where_together_they_are_not) {
    const Artifact artifact = mixed(110'000, 2); // some 82,000 values enter
    const std::string whole = partial_of<ProfileAnalyzer>(artifact, {1000, 1000});
    std::vector<std::size_t> first, second, third;
    for (std::size_t chunk = 0; chunk < 110; ++chunk)
        (chunk < 50 ? first : chunk < 85 ? second : third).push_back(chunk);
    const auto metric = [](const std::string& saved) { return assay::read_profile(saved)->tables.at(0).columns.at(2); };
    const auto part = [&](const auto& chunks) {
        return partial_of_chunks<ProfileAnalyzer>(artifact, {1000, 700}, chunks);
    };
    Driven<ProfileAnalyzer> united;
    united.load(part(first));
    united.merge(part(second));
    united.merge(part(third));
    BOOST_TEST((united.save() == whole));
    std::set<double> seen;
    for (const auto* chunks : {&first, &second, &third}) {
        auto column = metric(part(*chunks));
        const auto values = column.numbers.values.sorted();
        seen.insert(values.begin(), values.end());
    }
    BOOST_TEST(metric(whole).count_distinct().value == seen.size());
    BOOST_TEST(!metric(whole).numbers.values.exact());
}

BOOST_AUTO_TEST_CASE(of_too_many_cells_the_same_are_kept_in_any_order_and_rows_of_the_rest_are_not_lost) {
    Artifact artifact{"a.csv", {{.columns = {parameter("id"), rate}, .rows = {}}}};
    auto& rows = artifact.tables[0].rows;
    std::mt19937_64 random{3};
    for (int i = 0; i < 6000; ++i)
        for (int k = 0; k < 2; ++k) rows.push_back({{std::to_string(i), std::to_string(i % 17)}});
    std::shuffle(rows.begin(), rows.end(), random);
    const std::string whole = partial_of<ProfileAnalyzer>(artifact, {500, 500});
    const auto table = assay::read_profile(whole).value().tables.at(0);
    BOOST_TEST(table.cells.size() == 4096U);
    BOOST_TEST(table.overflowed());
    BOOST_TEST(table.dropped_cells.count(UINT64_MAX).value == 6000U - 4096U);
    BOOST_TEST(table.columns.at(1).n == 12000U);
    for (const auto& cell : table.cells) BOOST_REQUIRE(cell.rows.ok == 2U);
    std::vector<std::size_t> odd, even;
    for (std::size_t chunk = 0; chunk < 24; ++chunk) (chunk % 2 ? odd : even).push_back(chunk);
    Driven<ProfileAnalyzer> united;
    united.load(partial_of_chunks<ProfileAnalyzer>(artifact, {500, 77}, odd));
    united.merge(partial_of_chunks<ProfileAnalyzer>(artifact, {500, 500}, even));
    BOOST_TEST((united.save() == whole));
}

BOOST_AUTO_TEST_CASE(what_holds_one_value_or_none_is_saved_in_short_and_read_back_whole) {
    const Column count{"count", assay::Type::integer, ASSAY_ROLE_METRIC};
    const std::vector<Column> columns{parameter("ctx"), parameter("mode", assay::Type::text), rate, count};
    const std::vector<Row> kinds[]{{{{"1", "a", "5", "7"}}},
                                   {{{"1", "a", "-0.0", ""}}},
                                   {{{"1", "", "", "7"}}, {{"2", "", "inf", ""}}, {{"3", "", "2.5", "7"}}},
                                   {{{"1", "a", "5", ""}}, {{"1", "a", "5", ""}}, {{"2", "a", "6", ""}}},
                                   {{{"1", "a", "5", "7"}, ASSAY_ROW_FAILED}, {{"1", "a", "5", "8"}}}};
    for (const auto& rows : kinds) {
        const std::string saved = partial_of<ProfileAnalyzer>({"a.csv", {{.columns = columns, .rows = rows}}});
        check_figures(saved);
        Driven<ProfileAnalyzer> driven;
        driven.load(saved);
        BOOST_TEST((driven.save() == saved));
        const auto table = assay::read_profile(saved).value().tables.at(0);
        for (const auto& column : table.columns) {
            BOOST_TEST((column.n == 0 || column.count_distinct().value > 0));
            if (!column.is_metric()) BOOST_TEST(column.top.n() == column.n);
        }
    }
}

BOOST_AUTO_TEST_CASE(claims_and_diagnostics_are_counted_and_nothing_more) {
    Artifact artifact{"a.md", {{.name = "claims", .columns = {rate}, .rows = {{{"1"}}, {{"2"}}}}}};
    artifact.tables[0].kind = ASSAY_TABLE_CLAIMS;
    const auto table = profile_of(artifact).tables.at(0);
    BOOST_TEST(table.rows.ok == 2U);
    BOOST_TEST(table.columns.empty());
    BOOST_TEST(profile_facts(artifact).of(ASSAY_RECORD_FACT).empty());
}

BOOST_AUTO_TEST_CASE(damaged_and_foreign_states_are_refused) {
    const std::string good = partial_of<ProfileAnalyzer>(mixed(50, 3));
    BOOST_REQUIRE(assay::read_profile(good));
    Driven<ProfileAnalyzer> driven;
    for (std::size_t size = 1; size < good.size(); size += 97) {
        BOOST_TEST(!assay::read_profile(std::string_view{good}.substr(0, size)));
        BOOST_CHECK_THROW(driven.load(good.substr(0, size)), std::runtime_error);
    }
    BOOST_TEST(!assay::read_profile("other\nother/1\n" + good));
    driven.load(good);
    BOOST_CHECK_THROW(driven.merge(good), std::runtime_error); // the same chunk twice
}

BOOST_AUTO_TEST_CASE(columns_are_read_without_samples_moments_and_cells) {
    const std::string saved = partial_of<ProfileAnalyzer>(mixed(300, 3));
    const auto all = assay::read_profile(saved).value();
    auto columns = assay::read_profile(saved, assay::ProfileDetail::columns).value();
    for (std::size_t t = 0; t < all.tables.size(); ++t) {
        BOOST_TEST(columns.tables[t].cells.empty());
        columns.tables[t].cells = all.tables[t].cells;
        columns.tables[t].dropped_cells = all.tables[t].dropped_cells;
        for (std::size_t c = 0; c < all.tables[t].columns.size(); ++c) {
            BOOST_TEST(columns.tables[t].columns[c].sample.size() == 0U);
            BOOST_TEST(columns.tables[t].columns[c].numbers.moments.total().n == 0U);
            columns.tables[t].columns[c].sample = all.tables[t].columns[c].sample;
            columns.tables[t].columns[c].numbers.moments = all.tables[t].columns[c].numbers.moments;
            columns.tables[t].columns[c].numbers.failed.moments = all.tables[t].columns[c].numbers.failed.moments;
        }
    }
    std::string again, whole;
    encode(again, columns);
    encode(whole, all);
    BOOST_TEST((again == whole));
    for (std::size_t size = 1; size < saved.size(); size += 97)
        BOOST_TEST(!assay::read_profile(std::string_view{saved}.substr(0, size), assay::ProfileDetail::columns));
}

BOOST_AUTO_TEST_CASE(figures_are_what_the_whole_profile_says) {
    check_figures(partial_of<ProfileAnalyzer>(mixed(300, 3)));
    check_figures(partial_of<ProfileAnalyzer>(mixed(70'000, 3))); // beyond what is kept one by one
}

BOOST_AUTO_TEST_CASE(the_only_cell_of_a_table_has_the_figures_of_its_columns) {
    Artifact artifact{"d/a.csv", {{.columns = {parameter("model", assay::Type::text), rate}, .rows = {}}}};
    for (int i = 0; i < 600; ++i)
        artifact.tables[0].rows.push_back({{"x", std::to_string(7.25 + 0.1 * i)},
                                           static_cast<std::uint8_t>(i % 9 == 0 ? ASSAY_ROW_FAILED : ASSAY_ROW_OK)});
    const std::string saved = partial_of<ProfileAnalyzer>(artifact, {.chunk_rows = 250, .batch_rows = 70});
    check_figures(saved);
    auto read = assay::read_profile(saved).value();
    BOOST_REQUIRE(read.tables[0].cells.size() == 1U);
    auto& one = read.tables[0].cells[0].metrics.at(0);
    BOOST_TEST((one.moments.total() == read.tables[0].columns[1].numbers.moments.total()));
    // Another cell tells them apart: what each of both holds must be as it was folded.
    artifact.tables[0].rows.push_back({{"y", "1"}});
    const auto two = assay::read_profile(partial_of<ProfileAnalyzer>(artifact, {.chunk_rows = 250, .batch_rows = 70}))
                         .value()
                         .tables[0];
    BOOST_REQUIRE(two.cells.size() == 2U);
    const auto& same = two.cells[0].levels[0] == "x" ? two.cells[0] : two.cells[1];
    BOOST_TEST((same.metrics.at(0).moments.total() == one.moments.total()));
    BOOST_TEST((same.metrics.at(0).extremes.extrema == one.extremes.extrema));
    auto values = same.metrics.at(0).values;
    BOOST_TEST(values.sorted() == one.values.sorted(), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_single_value_has_no_mean_and_no_deviation) {
    const auto given =
        profile_facts({"d/a.csv", {{.columns = {rate}, .rows = {{{"7.5"}}, {{"0"}, ASSAY_ROW_FAILED}}}}});
    const nlohmann::json subject{{"artifact", "d/a.csv"}, {"table", "rows"}};
    const auto facts = given.of(ASSAY_RECORD_FACT);
    BOOST_REQUIRE(facts.size() == 1U);
    const auto fact = given.fact(subject, "tokens_s", "value", "profile");
    BOOST_TEST(fact["value"].get<double>() == 7.5);
    BOOST_TEST(fact["n_failed"].get<int>() == 1);
    BOOST_TEST(fact["evidence"][0]["line"].get<int>() == 2);
}

BOOST_AUTO_TEST_CASE(facts_of_a_column_name_method_selector_and_evidence) {
    // python3 -c "import numpy as np; x=[3,1,4,1,5]; print(np.mean(x), np.std(x,ddof=1), np.percentile(x,[25,50,75]))"
    // 2.8 1.7888543819998317 [1. 3. 4.]
    const auto given =
        profile_facts({"a.csv", {{.columns = {rate}, .rows = {{{"3"}}, {{"1"}}, {{"4"}}, {{"1"}}, {{"5"}}, {{""}}}}}});
    const nlohmann::json subject{{"artifact", "a.csv"}, {"table", "rows"}};
    const auto value = [&](const char* stat) {
        return given.fact(subject, "tokens_s", stat, "profile")["value"].get<double>();
    };
    BOOST_TEST(value("n") == 5.0);
    BOOST_TEST(value("mean") == 2.8, boost::test_tools::tolerance(1e-15));
    BOOST_TEST(value("sd") == 1.7888543819998317, boost::test_tools::tolerance(1e-15));
    BOOST_TEST(value("p25") == 1.0);
    BOOST_TEST(value("median") == 3.0);
    BOOST_TEST(value("p75") == 4.0);
    const auto max = given.fact(subject, "tokens_s", "max", "profile");
    BOOST_TEST(max["evidence"][0]["line"].get<int>() == 6);
    BOOST_TEST(max["unit"].get<std::string>() == "{token}/s");
    BOOST_TEST(max["n_missing"].get<int>() == 1);
    const nlohmann::json selector{
        {"artifact", "a.csv"}, {"table", "rows"}, {"column", "tokens_s"}, {"rows", "ok"}, {"statistic", "max"}};
    BOOST_TEST((max["selector"] == selector));
    BOOST_TEST(given.fact(subject, "tokens_s", "p25", "profile")["method"].get<std::string>() == "type-7 quantile");
}

BOOST_AUTO_TEST_CASE(a_value_of_the_document_is_no_observation_of_the_rows_that_repeat_it) {
    const Column length{"length", assay::Type::integer, ASSAY_ROLE_METRIC};
    Artifact artifact{"a.json", {{.columns = {rate, length}, .rows = {{{"8", "1"}}, {{"8", "2"}}, {{"8", "3"}}}}}};
    artifact.tables[0].columns[0].document_scope = true;
    const auto given = profile_facts(artifact);
    const nlohmann::json subject{{"artifact", "a.json"}, {"table", "rows"}};
    for (const auto& fact : given.of(ASSAY_RECORD_FACT)) BOOST_TEST(fact["metric"].get<std::string>() == "length");
    BOOST_TEST(given.fact(subject, "length", "n", "profile")["value"].get<double>() == 3.0);
}

BOOST_AUTO_TEST_CASE(a_column_that_never_changes_has_a_value_and_no_spread) {
    const auto given = profile_facts({"a.csv", {{.columns = {rate}, .rows = {{{"8"}}, {{"8"}}, {{"8"}}}}}});
    const nlohmann::json subject{{"artifact", "a.csv"}, {"table", "rows"}};
    BOOST_TEST(given.fact(subject, "tokens_s", "value", "profile")["value"].get<double>() == 8.0);
    BOOST_TEST(given.fact(subject, "tokens_s", "n", "profile")["value"].get<double>() == 3.0);
    BOOST_TEST(!given.has(subject, "tokens_s", "mean", "profile"));
}

BOOST_AUTO_TEST_CASE(tables_beyond_the_limit_are_counted) {
    std::vector<Artifact> artifacts;
    std::vector<std::string> partials;
    for (const char* path : {"a.csv", "b.csv", "c.csv"}) {
        artifacts.push_back({path, {{.columns = {rate}, .rows = {{{"1"}}, {{"2"}}}}}});
        partials.push_back(partial_of<ProfileAnalyzer>(artifacts.back()));
    }
    const Corpus corpus{artifacts, partials};
    Driven<ProfileAnalyzer> driven;
    assay_value limit{};
    limit.struct_size = sizeof limit;
    limit.kind = ASSAY_VALUE_INT;
    limit.integer = 1;
    limit.key = assay::to_abi("tables");
    assay_value options{};
    options.kind = ASSAY_VALUE_MAP;
    options.items = &limit;
    options.n_items = 1;
    driven.check(driven.calls().configure(driven.self(), &options, driven.error()));
    const auto given = corpus.conclude(driven);
    BOOST_TEST(given.has({{"artifact", "a.csv"}, {"table", "rows"}}, "tokens_s", "mean", "profile"));
    BOOST_TEST(!given.has({{"artifact", "b.csv"}, {"table", "rows"}}, "tokens_s", "mean", "profile"));
    BOOST_TEST(given.table("details", "not among the facts")["rows"][0][0]["text"].get<std::string>() == "2");
}

BOOST_AUTO_TEST_SUITE_END()
