#include "corpus_fixture.hpp"
#include "profile/analyzer.hpp"
#include "statistics/analyzer.hpp"
#include <boost/test/unit_test.hpp>
#include <random>

using namespace fixture;
using assay::ProfileAnalyzer;
using assay::StatisticsAnalyzer;
using nlohmann::json;

namespace {

using assay::Type;

const Column tokens_s{"tokens_s", Type::real, ASSAY_ROLE_METRIC, "{token}/s", ASSAY_DIRECTION_HIGHER};
const Column ttft_s{"ttft_s", Type::real, ASSAY_ROLE_METRIC, "s", ASSAY_DIRECTION_LOWER};
const Column model{"model", Type::text, ASSAY_ROLE_PARAMETER};

Artifact numbers(std::string path, const std::vector<std::string>& values,
                 std::vector<std::pair<std::string, std::string>> dimensions = {}) {
    Table table{.columns = {tokens_s}, .rows = {}};
    for (const auto& value : values) table.rows.push_back({{value}});
    return {std::move(path), {std::move(table)}, std::move(dimensions)};
}

Given statistics_of(const std::vector<Artifact>& artifacts, const std::vector<std::string>& group_by = {},
                    std::vector<std::string> partials = {}) {
    if (partials.empty())
        for (const auto& artifact : artifacts) partials.push_back(partial_of<ProfileAnalyzer>(artifact));
    const Corpus corpus{artifacts, std::move(partials), {{0, "prompt suite runs"}}};
    Driven<StatisticsAnalyzer> driven;
    std::vector<assay_value> names;
    for (const auto& name : group_by) {
        assay_value value{};
        value.kind = ASSAY_VALUE_TEXT;
        value.text = assay::to_abi(name);
        names.push_back(value);
    }
    assay_value list{}, options{};
    list.kind = ASSAY_VALUE_LIST;
    list.key = assay::to_abi("group_by");
    list.items = names.data();
    list.n_items = names.size();
    options.kind = ASSAY_VALUE_MAP;
    options.items = &list;
    options.n_items = 1;
    driven.check(driven.calls().configure(driven.self(), &options, driven.error()));
    return corpus.conclude(driven);
}

double value(const Given& given, const json& subject, const char* metric, const char* stat) {
    return given.fact(subject, metric, stat)["value"].get<double>();
}

/// Column `title` of a section's table, as text.
std::vector<std::string> column_of(const json& table, const std::string& title) {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < table["columns"].size(); ++i)
        if (table["columns"][i]["title"] == title)
            for (const auto& row : table["rows"]) out.push_back(row[i]["text"].get<std::string>());
    return out;
}

// The column tokens_s of three files with one header and no model column.
const std::vector<std::string> gemma_1b{"181.96533720183703", "182.6378183544046", "184.2363135373321",
                                        "182.66757650517033", "182.8489434688796"};
const std::vector<std::string> gemma_270m{"238.23929187638413", "289.3668737909358", "294.9590366184081",
                                          "299.1941610721553", "296.03138763674247"};
const std::vector<std::string> gemma_latest{"101.04101744413546", "102.77679452860026", "102.0411471866302",
                                            "103.38267760918876", "101.76291512090549"};

std::vector<Artifact> three_populations() {
    return {numbers("gemma3/gemma3_1b.csv", gemma_1b, {{"file", "gemma3_1b"}}),
            numbers("gemma3/gemma3_270m.csv", gemma_270m, {{"file", "gemma3_270m"}}),
            numbers("gemma3/gemma3.csv", gemma_latest, {{"file", "gemma3"}})};
}

/// Ten runs of five prompts a model; where a run failed, every row holds an error and 0.
std::vector<Artifact> prompt_runs() {
    struct Run {
        const char* name;
        std::vector<std::pair<std::string, std::vector<std::string>>> models; // no values: failed
    };
    const std::string q4 = "q4_0", q5 = "q5_K_M", q8 = "q8_0", gemma = "gemma3:latest";
    const std::vector<Run> runs{{"1", {{q4, {}}, {q5, {}}, {q8, {}}}},
                                {"2", {{q4, {}}, {q5, {}}, {q8, {}}}},
                                {"3", {{q4, {}}, {q5, {}}, {q8, {}}}},
                                {"4", {{q4, {}}, {q5, {}}, {q8, {}}}},
                                {"5",
                                 {{q4, {"76.91", "78.12", "77.73", "78.10", "77.23"}},
                                  {q5, {"64.79", "65.09", "65.25", "65.30", "65.10"}},
                                  {q8, {"45.32", "46.82", "46.52", "46.81", "46.52"}}}},
                                {"6", {{gemma, {}}}},
                                {"7", {{q4, {}}}},
                                {"8", {{q5, {}}}},
                                {"9", {{gemma, {"35.98", "102.76", "101.52", "102.76", "101.50"}}}},
                                {"10", {{q4, {"78.74", "79.99", "79.26", "79.63", "78.73"}}}}};
    std::vector<Artifact> out;
    for (const Run& run : runs) {
        Table table{.columns = {model, parameter("prompt_index"), tokens_s}, .rows = {}};
        for (const auto& [name, values] : run.models)
            for (std::size_t i = 0; i < 5; ++i)
                table.rows.push_back({{name, std::to_string(i + 1), values.empty() ? "0.00" : values[i]},
                                      values.empty() ? std::uint8_t{ASSAY_ROW_FAILED} : std::uint8_t{ASSAY_ROW_OK}});
        out.push_back({std::string{"ollama/"} + run.name + "/runs.csv", {std::move(table)}, {{"run", run.name}}});
    }
    return out;
}

} // namespace

BOOST_AUTO_TEST_SUITE(statistics)

BOOST_AUTO_TEST_CASE(headline_metrics_give_a_bounded_sample_and_a_histogram_for_plots) {
    std::vector<std::string> values;
    for (int i = 0; i < 500; ++i) values.push_back(std::to_string(i % 250));
    const auto given = statistics_of({numbers("a.csv", values)});
    std::size_t found = 0;
    for (const auto& fact : given.of(ASSAY_RECORD_FACT)) {
        if (fact["kind"] == "sample") {
            ++found;
            BOOST_TEST(fact["values"].size() == 200U);
            BOOST_TEST(std::is_sorted(fact["values"].begin(), fact["values"].end()));
            BOOST_TEST(fact["n"] == 500);
        }
        if (fact["kind"] == "histogram") {
            ++found;
            BOOST_TEST(fact["edges"].size() == fact["values"].size() + 1);
            double counted = 0;
            for (const auto& bin : fact["values"]) counted += bin.get<double>();
            BOOST_TEST(counted == 500);
            BOOST_TEST(fact["edges"].front() <= 0);
            BOOST_TEST(fact["edges"].back() > 249);
        }
    }
    BOOST_TEST(found == 2U);
}

/// Rows every two seconds, with a metric that counts them; the fourth failed.
Artifact timed(const std::string& path, std::size_t rows, bool own_times = true) {
    Table table{.columns = {{"at", assay::Type::time, ASSAY_ROLE_TIMESTAMP}, tokens_s}, .rows = {}};
    for (std::size_t i = 0; i < rows; ++i) {
        const std::size_t at = own_times ? 2 * i : 0;
        const auto two = [](std::size_t n) { return std::to_string(100 + n % 100).substr(1); };
        const std::string text = "2025-09-30T" + two(10 + at / 3600) + ':' + two(at / 60 % 60) + ':' + two(at % 60);
        table.rows.push_back({{text, std::to_string(i)}, i == 3 ? std::uint8_t{ASSAY_ROW_FAILED} : std::uint8_t{}});
    }
    return {path, {std::move(table)}};
}

BOOST_AUTO_TEST_CASE(rows_with_times_of_their_own_give_a_series_in_the_order_of_time) {
    const auto given = statistics_of({timed("a.csv", 10)});
    const auto series = given.fact({{"dataset", "d0"}}, "tokens_s", "series", "series");
    BOOST_TEST((series["values"] == json{0, 1, 2, 4, 5, 6, 7, 8, 9})); // row 3 failed
    // date -u -d 2025-09-30T10:00:00Z +%s
    BOOST_TEST(series["edges"].front() == 1759226400);
    BOOST_TEST(series["edges"].back() == 1759226418);
    BOOST_TEST(series["method"] == "all observations, in the order of at");
}

BOOST_AUTO_TEST_CASE(a_series_is_of_one_thing_measured_and_never_of_several) {
    Table table{.columns = {{"at", Type::time, ASSAY_ROLE_TIMESTAMP}, model, tokens_s}, .rows = {}};
    for (int i = 0; i < 20; ++i)
        table.rows.push_back(
            {{"2025-09-30T10:00:" + std::to_string(10 + 2 * i), i % 2 == 0 ? "even" : "odd", std::to_string(i)}});
    const auto given = statistics_of({{"a.csv", {table}}});
    BOOST_TEST(!given.has({{"dataset", "d0"}}, "tokens_s", "series", "series"));
    const auto odd = given.fact({{"dataset", "d0"}, {"model", "odd"}}, "tokens_s", "series", "series");
    BOOST_TEST((odd["values"] == json{1, 3, 5, 7, 9, 11, 13, 15, 17, 19}));
    BOOST_TEST(odd["edges"][1] == 1759226416); // date -u -d 2025-09-30T10:00:16Z +%s
}

BOOST_AUTO_TEST_CASE(a_long_series_is_a_bounded_sample_of_rows_whose_times_are_theirs) {
    const auto given = statistics_of({timed("a.csv", 1000), timed("b.csv", 1000)});
    const auto series = given.fact({{"dataset", "d0"}}, "tokens_s", "series", "series");
    BOOST_TEST(series["values"].size() == 200U);
    BOOST_TEST(series["n"] == 1998);
    for (std::size_t i = 0; i < 200; ++i) {
        BOOST_TEST(series["edges"][i].get<double>() == 1759226400 + 2 * series["values"][i].get<double>());
        if (i > 0) BOOST_TEST(series["edges"][i - 1] <= series["edges"][i]);
    }
}

BOOST_AUTO_TEST_CASE(in_a_sample_of_several_tables_each_has_the_share_that_it_has_of_their_rows) {
    Artifact large = timed("large.csv", 10'000), small = timed("small.csv", 100);
    for (auto& row : large.tables[0].rows) row.cells[1] = "1";
    for (auto& row : small.tables[0].rows) row.cells[1] = "2";
    const auto given = statistics_of({large, small});
    const auto values = given.fact({{"dataset", "d0"}}, "tokens_s", "series", "series")["values"];
    BOOST_TEST(values.size() == 200U);
    // About 2 are expected; more than 10 have a chance of 4e-6 (R: 1 - phyper(10, 99, 9999, 200))
    BOOST_TEST(std::count(values.begin(), values.end(), 2) <= 10);
}

BOOST_AUTO_TEST_CASE(rows_without_a_time_are_not_said_to_be_in_the_series) {
    Artifact artifact = timed("a.csv", 20);
    for (std::size_t i = 12; i < 20; ++i) artifact.tables[0].rows[i].cells[0].clear();
    const auto series = statistics_of({artifact}).fact({{"dataset", "d0"}}, "tokens_s", "series", "series");
    BOOST_TEST(series["n"] == 19);
    BOOST_TEST(series["values"].size() == 11U);
    BOOST_TEST(series["method"] == "observations of smallest hash whose rows have a time, in the order of at");
}

BOOST_AUTO_TEST_CASE(a_dimension_that_is_the_same_in_all_rows_of_a_table_is_said_below_it) {
    Table table{.columns = {model, {"kind", Type::text, ASSAY_ROLE_PARAMETER}, tokens_s}, .rows = {}};
    for (const char* name : {"a", "b"})
        for (const char* value : {"1", "2", ""}) // what has no value gives no line
            table.rows.push_back({{name, *value ? "iteration" : "aggregate", value}});
    const auto shown = statistics_of({{"a.csv", {std::move(table)}}}).table("say", "tokens_s");
    BOOST_TEST(shown["title"] == "tokens_s by model ({token}/s, higher is better)");
    BOOST_TEST(shown["columns"][0]["title"] == "model");
    BOOST_TEST(shown["columns"][1]["title"] == "artifacts");
    BOOST_TEST(shown["rows"].size() == 2U);
    BOOST_TEST(shown["note"].get<std::string>().starts_with("in all rows kind is iteration"));
}

BOOST_AUTO_TEST_CASE(rows_that_share_their_files_time_give_no_series) {
    const auto given = statistics_of({timed("a.csv", 100, false)});
    BOOST_TEST(!given.has({{"dataset", "d0"}}, "tokens_s", "series", "series"));
}

BOOST_AUTO_TEST_CASE(numbers_of_a_group_are_those_of_numpy_and_scipy) {
    // python3 -c "import numpy as np, scipy.stats as s
    // x=np.array([181.96533720183703,182.6378183544046,184.2363135373321,182.66757650517033,182.8489434688796])
    // m=np.median(x); print(x.mean(), x.std(ddof=1), s.sem(x), s.variation(x,ddof=1), m, np.percentile(x,[25,75]),
    //  s.iqr(x), s.median_abs_deviation(x)*1.4826, s.trim_mean(x,.2), s.gmean(x), s.skew(x), s.kurtosis(x),
    //  s.t.interval(.95,4,x.mean(),s.sem(x)))"
    const auto given = statistics_of({numbers("gemma3_1b.csv", gemma_1b)});
    const json all{{"dataset", "d0"}};
    const auto close = boost::test_tools::tolerance(1e-12);
    const auto get = [&](const char* stat) { return value(given, all, "tokens_s", stat); };
    BOOST_TEST(get("n") == 5.0);
    BOOST_TEST(get("median") == 182.66757650517033);
    BOOST_TEST(get("mean") == 182.87119781352473, close);
    BOOST_TEST(get("sd") == 0.8337486510040213, close);
    BOOST_TEST(get("sem") == 0.37286373195874795, close);
    BOOST_TEST(get("cv") == 0.004559212500233097, close);
    BOOST_TEST(get("p25") == 182.6378183544046, close);
    BOOST_TEST(get("p75") == 182.8489434688796, close);
    BOOST_TEST(get("iqr") == 0.21112511447500992, close);
    BOOST_TEST(get("mad") == 0.2688946603953786, close);
    BOOST_TEST(get("trimmed_mean") == 182.71811277615151, close);
    BOOST_TEST(get("geometric_mean") == 182.86968083846693, close);
    BOOST_TEST(get("skewness") == 0.8581740771010038, boost::test_tools::tolerance(1e-11));
    BOOST_TEST(get("kurtosis") == -0.31561891444452295, boost::test_tools::tolerance(1e-11));
    const auto mean = given.fact(all, "tokens_s", "mean");
    BOOST_TEST(mean["ci"]["low"].get<double>() == 181.8359621300221, boost::test_tools::tolerance(1e-12));
    BOOST_TEST(mean["ci"]["high"].get<double>() == 183.90643349702736, boost::test_tools::tolerance(1e-12));
}

BOOST_AUTO_TEST_CASE(datasets_that_are_concluded_side_by_side_give_the_same_in_the_same_order) {
    std::vector<Artifact> artifacts;
    std::vector<std::string> partials;
    std::map<std::size_t, std::string> titles;
    for (std::size_t i = 0; i < 100; ++i) {
        Table table{.columns = {tokens_s, ttft_s}, .rows = {}, .dataset = i};
        for (std::size_t row = 0; row < 2 + i % 7; ++row)
            table.rows.push_back({{std::to_string(i + row), "0.5"},
                                  static_cast<std::uint8_t>(row == 0 ? ASSAY_ROW_FAILED : ASSAY_ROW_OK)});
        artifacts.push_back({"a" + std::to_string(i) + ".csv", {std::move(table)}});
        partials.push_back(partial_of<ProfileAnalyzer>(artifacts.back()));
        titles[i] = "dataset " + std::to_string(i);
    }
    const Corpus corpus{artifacts, partials, titles};
    const assay_host four{
        sizeof four, ASSAY_ABI_MAJOR, ASSAY_ABI_MINOR, nullptr, [](const assay_host*, const char* name) -> const void* {
            static const assay_ext_jobs jobs{sizeof jobs, [](const assay_host*) -> std::size_t { return 4; }};
            return std::string_view{name} == ASSAY_EXT_JOBS ? &jobs : nullptr;
        }};
    Driven<StatisticsAnalyzer> one_by_one, side_by_side;
    side_by_side.analyzer().attach(&four);
    const Given expected = corpus.conclude(one_by_one), given = corpus.conclude(side_by_side);
    BOOST_REQUIRE(expected.records.size() > 100U);
    BOOST_REQUIRE(given.records.size() == expected.records.size());
    for (std::size_t i = 0; i < expected.records.size(); ++i)
        BOOST_TEST(given.records[i].text == expected.records[i].text);
}

BOOST_AUTO_TEST_CASE(the_median_of_five_has_its_whole_range_at_93_8_percent) {
    const auto given = statistics_of({numbers("a.csv", gemma_270m)});
    const auto median = given.fact({{"dataset", "d0"}}, "tokens_s", "median");
    BOOST_TEST(median["ci"]["low"].get<double>() == 238.23929187638413);
    BOOST_TEST(median["ci"]["high"].get<double>() == 299.1941610721553);
    BOOST_TEST(median["ci"]["level"].get<double>() == 0.9375);
    const auto table = given.table("say", "tokens_s");
    BOOST_TEST(column_of(table, "interval").at(0) == "238–299 (93.8 %)");
    BOOST_TEST(table["note"].get<std::string>().find("95 % needs n >= 6") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(quantiles_that_a_sample_cannot_support_are_left_out) {
    const auto given = statistics_of({numbers("a.csv", gemma_1b)});
    const json all{{"dataset", "d0"}};
    BOOST_TEST(given.has(all, "tokens_s", "p25"));
    BOOST_TEST(!given.has(all, "tokens_s", "p5"));
    BOOST_TEST(!given.has(all, "tokens_s", "p95"));
}

BOOST_AUTO_TEST_CASE(three_files_of_one_header_stay_three_populations) {
    const auto given = statistics_of(three_populations());
    BOOST_TEST(value(given, {{"dataset", "d0"}, {"file", "gemma3_1b"}}, "tokens_s", "median") == 182.66757650517033);
    BOOST_TEST(value(given, {{"dataset", "d0"}, {"file", "gemma3_270m"}}, "tokens_s", "median") == 294.9590366184081);
    BOOST_TEST(value(given, {{"dataset", "d0"}, {"file", "gemma3"}}, "tokens_s", "median") == 102.0411471866302);
    const auto table = given.table("say", "tokens_s by file ({token}/s, higher is better)");
    BOOST_TEST(column_of(table, "file") == (std::vector<std::string>{"gemma3_270m", "gemma3_1b", "gemma3"}),
               boost::test_tools::per_element());
    // The figure over all three is among the facts, and says what it mixes.
    const auto pooled = given.fact({{"dataset", "d0"}}, "tokens_s", "median");
    BOOST_TEST(pooled["method"].get<std::string>().find("over 15 rows; varies in file (3)") != std::string::npos);
    for (const auto& section : given.sections("say"))
        for (const auto& shown : section["tables"]) BOOST_TEST(shown["rows"].size() == 3U);
}

BOOST_AUTO_TEST_CASE(failed_rows_enter_no_statistic_and_stand_beside_each) {
    const auto given = statistics_of(prompt_runs());
    const auto pooled = given.fact({{"dataset", "d0"}}, "tokens_s", "min");
    BOOST_TEST(pooled["n"].get<int>() == 25);
    BOOST_TEST(pooled["n_failed"].get<int>() == 75);
    BOOST_TEST(pooled["value"].get<double>() == 35.98);
    for (const auto& fact : given.of(ASSAY_RECORD_FACT))
        if (fact["kind"] == "statistic" && (fact["stat"] == "min" || fact["stat"] == "mean"))
            BOOST_TEST(fact["value"].get<double>() > 35.0);
    const auto table = given.table("details", "tokens_s by model, run"); // said: by model
    BOOST_TEST(column_of(table, "n").front() == "5");
    BOOST_TEST(column_of(table, "failed").front() == "0");
    BOOST_TEST(column_of(table, "n").back() == "0"); // all failed: shown, with blanks
    BOOST_TEST(column_of(table, "failed").back() == "5");
    BOOST_TEST(column_of(table, "median").back() == "");
}

BOOST_AUTO_TEST_CASE(repeated_runs_and_prompts_are_pooled_by_what_was_measured_and_it_is_said) {
    const auto given = statistics_of(prompt_runs());
    const auto table = given.table("say", "tokens_s by model (");
    BOOST_TEST(column_of(table, "model") == (std::vector<std::string>{"gemma3:latest", "q4_0", "q5_K_M", "q8_0"}),
               boost::test_tools::per_element());
    BOOST_TEST(column_of(table, "n") == (std::vector<std::string>{"5", "10", "5", "5"}),
               boost::test_tools::per_element());
    BOOST_TEST(column_of(table, "failed") == (std::vector<std::string>{"5", "25", "25", "20"}),
               boost::test_tools::per_element());
    BOOST_TEST(table["note"].get<std::string>().find("each row pools run (2), prompt_index (5)") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_label_known_of_some_rows_only_that_repeats_another_does_not_divide) {
    auto artifacts = prompt_runs();
    artifacts.resize(5);
    Table& table = artifacts[4].tables[0]; // the run whose rows are ok has a tag, one to one with the model
    table.columns.push_back({"tag", Type::text, ASSAY_ROLE_PARAMETER});
    for (Row& row : table.rows) row.cells.push_back("tag of " + row.cells[0]);
    const auto given = statistics_of(artifacts);
    BOOST_TEST(value(given, {{"dataset", "d0"}, {"model", "q4_0"}}, "tokens_s", "n") == 5.0);
    BOOST_TEST(given.fact({{"dataset", "d0"}, {"model", "q4_0"}}, "tokens_s", "n")["n_failed"].get<int>() == 20);
}

BOOST_AUTO_TEST_CASE(an_uncertain_value_is_not_rounded_to_nothing) {
    const auto given = statistics_of({numbers("a.csv", {"29.98707", "0.121263", "0.1275", "0.1226", "0.1302"})});
    const auto median = given.fact({{"dataset", "d0"}}, "tokens_s", "median");
    BOOST_TEST(median["display"].get<std::string>() == "0.1275");
    BOOST_TEST(median["ci"]["display"].get<std::string>() == "0.1213–29.99 (93.8 %)");
}

BOOST_AUTO_TEST_CASE(a_mean_that_failed_rows_would_change_is_warned_of) {
    // python3 -c "x=[76.91,78.12,77.73,78.10,77.23,78.74,79.99,79.26,79.63,78.73]; print(sum(x)/10, sum(x)/35)"
    const auto given = statistics_of(prompt_runs());
    const auto table = given.table("not", "failed rows");
    const auto rows = column_of(table, "rows");
    const auto at = static_cast<std::size_t>(std::find(rows.begin(), rows.end(), "model q4_0") - rows.begin());
    BOOST_REQUIRE(at < rows.size());
    BOOST_TEST(column_of(table, "failed").at(at) == "25");
    BOOST_TEST(column_of(table, "of").at(at) == "35");
    BOOST_TEST(column_of(table, "mean").at(at) == "78.44");
    BOOST_TEST(column_of(table, "mean with them").at(at) == "22.41");
    const json subject{{"dataset", "d0"}, {"model", "q4_0"}};
    BOOST_TEST(given.fact(subject, "tokens_s", "mean_with_failed", "counterfactual")["value"].get<double>() ==
                   784.44 / 35,
               boost::test_tools::tolerance(1e-12));
    BOOST_TEST(given.fact(subject, "tokens_s", "failed_max", "counterfactual")["value"].get<double>() == 0.0);
}

BOOST_AUTO_TEST_CASE(one_observation_a_configuration_makes_no_best_one) {
    // tokens_s of 36 configurations; numpy: np.std(x, ddof=1) / np.mean(x) = 0.0036030
    const std::vector<std::string> sweep{
        "77.5",  "77.93", "77.91", "77.45", "77.21", "77.67", "77.53", "77.6",  "77.6",  "77.51", "77.83", "77.76",
        "77.51", "77.67", "77.59", "76.93", "77.74", "77.7",  "77.51", "77.55", "77.77", "77.24", "77.4",  "78.01",
        "77.69", "77.63", "77.76", "77.29", "78.42", "78.06", "77.61", "77.82", "77.56", "77.11", "77.37", "77.44"};
    Table table{.columns = {parameter("num_gpu"), parameter("num_ctx"), parameter("temperature", Type::real), tokens_s},
                .rows = {}};
    std::size_t next = 0;
    for (const char* gpu : {"999", "80", "60", "40"})
        for (const char* ctx : {"1024", "2048", "4096"})
            for (const char* temperature : {"0.2", "0.4", "0.8"})
                table.rows.push_back({{gpu, ctx, temperature, sweep[next++]}});
    const auto given = statistics_of({{"param_tuning.csv", {table}}});
    const auto warning = given.table("not", "No best configuration");
    BOOST_TEST(column_of(warning, "configurations").at(0) == "36");
    BOOST_TEST(column_of(warning, "lowest").at(0) == "76.93");
    BOOST_TEST(column_of(warning, "highest").at(0) == "78.42");
    BOOST_TEST(column_of(warning, "CV").at(0) == "0.36 %");
    const auto pooled = given.fact({{"dataset", "d0"}}, "tokens_s", "median");
    const auto method = pooled["method"].get<std::string>();
    BOOST_TEST(method.find("over 36 rows; varies in num_gpu (4), num_ctx (3), temperature (3)") != std::string::npos);
    BOOST_TEST(given.has({{"dataset", "d0"}, {"temperature", "0.2"}}, "tokens_s", "median"));
    BOOST_TEST(!given.has({{"dataset", "d0"}, {"temperature", "0.2"}, {"num_ctx", "1024"}, {"num_gpu", "40"}},
                          "tokens_s", "median"));
}

BOOST_AUTO_TEST_CASE(a_group_of_one_has_no_deviation_and_no_mean) {
    auto artifacts = three_populations();
    artifacts[0].tables[0].rows.resize(1);
    const auto given = statistics_of(artifacts);
    const json subject{{"dataset", "d0"}, {"file", "gemma3_1b"}};
    BOOST_TEST(value(given, subject, "tokens_s", "value") == 181.96533720183703);
    for (const char* stat : {"sd", "mean", "median", "min", "cv"}) BOOST_TEST(!given.has(subject, "tokens_s", stat));
}

BOOST_AUTO_TEST_CASE(group_by_is_obeyed_and_an_unknown_name_is_said) {
    const auto given = statistics_of(prompt_runs(), {"model", "colour"});
    BOOST_TEST(value(given, {{"dataset", "d0"}, {"model", "q4_0"}}, "tokens_s", "n") == 10.0);
    BOOST_TEST(value(given, {{"dataset", "d0"}, {"model", "q5_K_M"}}, "tokens_s", "median") == 65.1);
    const auto table = given.table("say", "tokens_s by model (");
    BOOST_TEST(column_of(table, "model") == (std::vector<std::string>{"gemma3:latest", "q4_0", "q5_K_M", "q8_0"}),
               boost::test_tools::per_element());
    BOOST_TEST(table["note"].get<std::string>().find("run (2)") != std::string::npos);
    std::string said;
    for (const auto& section : given.sections("details"))
        for (const auto& line : section["text"]) said += line.get<std::string>();
    BOOST_TEST(said.find("colour") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_name_to_group_by_that_no_dataset_has_is_said_first) {
    const auto said = [](const std::vector<std::string>& group_by) {
        std::string text;
        for (const auto& section : statistics_of(prompt_runs(), group_by).sections("not"))
            for (const auto& line : section["text"]) text += line.get<std::string>();
        return text;
    };
    BOOST_TEST(said({"model", "colour"}).find("'colour', which divides no dataset; there are: ") != std::string::npos);
    BOOST_TEST(said({"model"}).find("divides no dataset") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(published_statistics_are_not_pooled_with_observations) {
    Artifact artifact = numbers("a.csv", gemma_1b);
    Table& table = artifact.tables[0];
    table.columns.push_back({"mean_ttft_s", Type::real, ASSAY_ROLE_METRIC, "s", ASSAY_DIRECTION_LOWER, true});
    for (auto& row : table.rows) row.cells.push_back("0.5");
    const auto given = statistics_of({artifact});
    const json all{{"dataset", "d0"}};
    BOOST_TEST(!given.has(all, "mean_ttft_s", "mean"));
    BOOST_TEST(given.has(all, "mean_ttft_s", "median", "published"));
    BOOST_TEST(column_of(given.table("not", "Published"), "column").at(0) == "mean_ttft_s");
}

BOOST_AUTO_TEST_CASE(copies_are_not_counted) {
    auto artifacts = std::vector{numbers("a.csv", gemma_1b), numbers("b.csv", gemma_1b)};
    artifacts[1].duplicate_of = 0;
    const auto given = statistics_of(artifacts);
    BOOST_TEST(value(given, {{"dataset", "d0"}}, "tokens_s", "n") == 5.0);
    BOOST_TEST(column_of(given.table("excluded", "Copies"), "artifact").at(0) == "b.csv");
}

BOOST_AUTO_TEST_CASE(failed_rows_and_claims_are_listed_as_excluded) {
    auto artifacts = prompt_runs();
    artifacts.push_back(
        {"z.md", {{.name = "t", .columns = {tokens_s}, .rows = {{{"1"}}}, .kind = ASSAY_TABLE_CLAIMS}}});
    const auto given = statistics_of(artifacts);
    const auto failed = given.table("excluded", "Failed");
    BOOST_TEST(column_of(failed, "failed").at(0) == "15");
    BOOST_TEST(failed["rows"].size() == 7U);
    BOOST_TEST(column_of(given.table("excluded", "Not observations"), "count").at(0) == "1");
}

BOOST_AUTO_TEST_CASE(a_table_of_too_many_cells_is_pooled_and_says_so) {
    Table table{.columns = {parameter("request"), tokens_s}, .rows = {}};
    for (int i = 0; i < 5000; ++i)
        for (int k = 0; k < 2; ++k) table.rows.push_back({{std::to_string(i), std::to_string(i % 10 + k)}});
    const auto given = statistics_of({{"a.csv", {table}}});
    BOOST_TEST(value(given, {{"dataset", "d0"}}, "tokens_s", "n") == 10000.0);
    const auto shown = given.table("say", "tokens_s");
    BOOST_TEST(shown["note"].get<std::string>().find("not split") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(every_number_shown_is_a_fact_that_displays_it) {
    auto artifacts = prompt_runs();
    const auto given = statistics_of(artifacts);
    std::map<std::string, json> facts;
    for (const auto& fact : given.of(ASSAY_RECORD_FACT)) {
        BOOST_TEST(!facts.contains(fact["id"]), "two facts have the id of " << fact.dump());
        facts[fact["id"]] = fact;
    }
    std::size_t seen = 0;
    for (const auto& section : given.of(ASSAY_RECORD_SECTION))
        for (const auto& table : section["tables"])
            for (const auto& row : table["rows"])
                for (std::size_t i = 0; i < row.size(); ++i) {
                    if (!table["columns"][i]["number"].get<bool>() || row[i]["text"] == "") continue;
                    const auto& fact = facts.at(row[i]["fact"]);
                    const bool interval = table["columns"][i]["title"] == "interval";
                    BOOST_TEST((interval ? fact["ci"]["display"] : fact["display"]) == row[i]["text"]);
                    ++seen;
                }
    BOOST_TEST(seen > 100U);
}

BOOST_AUTO_TEST_CASE(partials_cut_and_united_in_any_order_give_the_same_report) {
    std::mt19937_64 random{5};
    std::vector<Artifact> artifacts;
    for (int a = 0; a < 4; ++a) {
        Table table{.columns = {model, parameter("ctx"), tokens_s, ttft_s}, .rows = {}};
        for (int i = 0; i < 400; ++i)
            table.rows.push_back({{"m" + std::to_string(random() % 3), std::to_string(random() % 4),
                                   std::to_string(static_cast<double>(random() % 10'000) / 7),
                                   std::to_string(static_cast<double>(random() % 1'000) / 3)},
                                  static_cast<std::uint8_t>(random() % 8 == 0 ? 1 : 0)});
        artifacts.push_back({"a" + std::to_string(a) + ".csv", {table}, {{"file", "a" + std::to_string(a)}}});
    }
    std::vector<std::string> whole;
    for (const auto& artifact : artifacts) whole.push_back(partial_of<ProfileAnalyzer>(artifact, {50, 50}));
    const std::string expected = statistics_of(artifacts, {}, whole).text();
    for (int round = 0; round < 5; ++round) {
        std::vector<std::string> partials;
        for (const auto& artifact : artifacts) {
            std::vector<std::vector<std::size_t>> parts(1 + random() % 4);
            for (std::size_t chunk = 0; chunk < 8; ++chunk) parts[random() % parts.size()].push_back(chunk);
            std::shuffle(parts.begin(), parts.end(), random);
            Driven<ProfileAnalyzer> united;
            united.load(partial_of_chunks<ProfileAnalyzer>(artifact, {50, 17}, parts[0]));
            for (std::size_t i = 1; i < parts.size(); ++i)
                united.merge(partial_of_chunks<ProfileAnalyzer>(artifact, {50, 13}, parts[i]));
            partials.push_back(united.save());
        }
        BOOST_TEST((statistics_of(artifacts, {}, partials).text() == expected));
    }
}

BOOST_AUTO_TEST_CASE(rows_of_published_statistics_are_in_no_statistic_and_counted_as_excluded) {
    Table table{.columns = {{"run_type", Type::text, ASSAY_ROLE_PARAMETER}, tokens_s}, .rows = {}};
    for (const char* value : {"10", "12", "14"}) table.rows.push_back({{"iteration", value}});
    for (const char* value : {"12", "2"}) table.rows.push_back({{"aggregate", value}, ASSAY_ROW_PUBLISHED});
    const auto given = statistics_of({{"a.csv", {table}}});
    BOOST_TEST(value(given, {{"dataset", "d0"}}, "tokens_s", "n") == 3.0);
    BOOST_TEST(!given.has({{"dataset", "d0"}, {"run_type", "aggregate"}}, "tokens_s", "n"));
    const auto excluded = given.table("excluded", "Not observations");
    BOOST_TEST(column_of(excluded, "what").at(0) == "rows of published statistics");
    BOOST_TEST(column_of(excluded, "count").at(0) == "2");
}

namespace {
/// `times` of two commands, and of a telemetry of few rows; nobody knows their units.
std::vector<Artifact> without_units() {
    Table times{.columns = {{"command", Type::text, ASSAY_ROLE_PARAMETER},
                            {"note", Type::integer, ASSAY_ROLE_METRIC},
                            {"times", Type::real, ASSAY_ROLE_METRIC},
                            {"memory", Type::integer, ASSAY_ROLE_METRIC, "By"}},
                .rows = {}};
    for (int i = 0; i < 20; ++i)
        for (const char* command : {"gzip", "zstd"}) times.rows.push_back({{command, "7", std::to_string(i), "9"}});
    Table load{.columns = {{"value", Type::real, ASSAY_ROLE_METRIC}}, .rows = {{{"1"}}, {{"2"}}}, .dataset = 1};
    return {{"times.json", {times}}, {"load.json", {load}}};
}
} // namespace

BOOST_AUTO_TEST_CASE(metrics_without_a_unit_are_shown_where_no_other_is_and_it_is_said) {
    const auto given = statistics_of(without_units());
    const auto say = given.sections("say");
    BOOST_REQUIRE(say.size() == 1U); // a dataset of two rows beside one of forty is not
    BOOST_REQUIRE(say[0]["tables"].size() == 2U);
    BOOST_TEST(say[0]["tables"][0]["title"] == "memory by command (By)"); // what is known comes first
    BOOST_TEST(say[0]["tables"][1]["title"] == "note by command (unit unknown)");
}

BOOST_AUTO_TEST_CASE(a_metric_with_a_unit_and_a_direction_comes_before_those_without) {
    auto artifacts = without_units();
    artifacts[1].tables[0].columns[0] = tokens_s;
    const auto say = statistics_of(artifacts).sections("say");
    BOOST_REQUIRE(say.size() == 2U);
    BOOST_TEST(say[0]["tables"][0]["title"] == "tokens_s ({token}/s, higher is better)");
}

BOOST_AUTO_TEST_CASE(rows_that_a_text_names_are_not_pooled_for_want_of_a_result) {
    Table table{.columns = {{"command", Type::text, ASSAY_ROLE_IDENTIFIER}, {"user", Type::real, ASSAY_ROLE_METRIC}},
                .rows = {{{"gzip", "1.5"}}, {{"zstd", "0.5"}}}};
    const auto given = statistics_of({{"a.json", {table}}});
    BOOST_TEST(given.sections("say").empty());
    BOOST_TEST(given.table("details", "user")["rows"].size() == 1U);
}

BOOST_AUTO_TEST_CASE(single_values_are_shown_without_a_ranking_where_there_is_nothing_else) {
    Table each{.columns = {{"task", Type::text, ASSAY_ROLE_PARAMETER}, {"acc", Type::real, ASSAY_ROLE_METRIC}},
               .rows = {{{"arc", "0.75"}}, {{"gsm", "0.41"}}}};
    const auto given = statistics_of({{"a.json", {each}}});
    const auto table = given.table("say", "acc by task (unit unknown)");
    BOOST_TEST(column_of(table, "median") == (std::vector<std::string>{"0.75", "0.41"}),
               boost::test_tools::per_element());
    BOOST_TEST(table["note"].get<std::string>().find("one observation each: no ranking") != std::string::npos);
    Table one{.columns = {{"duration.p(90)", Type::real, ASSAY_ROLE_METRIC, "", ASSAY_DIRECTION_LOWER},
                          {"checks", Type::integer, ASSAY_ROLE_METRIC}},
              .rows = {{{"158.5", "3"}}}};
    const auto values = statistics_of({{"k.json", {one}}}).table("say", "Values of one observation each");
    BOOST_TEST(column_of(values, "metric") == (std::vector<std::string>{"duration.p(90)", "checks"}),
               boost::test_tools::per_element());
    BOOST_TEST(column_of(values, "unit") == (std::vector<std::string>{"unknown", "unknown"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(published_statistics_are_listed_where_there_is_nothing_else) {
    const Column avg{"avg_ms", Type::real, ASSAY_ROLE_METRIC, "ms", ASSAY_DIRECTION_LOWER, true};
    const Column sd{"stddev_ms", Type::real, ASSAY_ROLE_METRIC, "ms", ASSAY_DIRECTION_LOWER, true};
    const auto rows = [&](const char* other) {
        return Table{.columns = {model, sd, avg}, .rows = {{{"a", "0.5", "10.5"}}, {{other, "0.25", "20.5"}}}};
    };
    const auto table = statistics_of({{"a.json", {rows("b")}}}).table("say", "Published statistics, not observations");
    BOOST_TEST(column_of(table, "avg_ms (ms)") == (std::vector<std::string>{"10.5", "20.5"}),
               boost::test_tools::per_element());
    BOOST_TEST(table["columns"][1]["title"] == "avg_ms (ms)"); // a centre before a deviation
    BOOST_TEST(statistics_of({{"a.json", {rows("a")}}}).sections("say").empty());
    // Of a table that is not shown there are no facts: here a has one value and b has two.
    Table several = rows("b");
    several.rows.push_back({{"b", "0.75", "30.5"}});
    const auto unlisted = statistics_of({{"a.json", {several}}});
    BOOST_TEST(unlisted.sections("say").empty());
    for (const auto& fact : unlisted.of(ASSAY_RECORD_FACT))
        if (fact["kind"] == "published") BOOST_TEST(!fact["subject"].contains("model"));
    auto beside = rows("b");
    beside.columns.push_back({"allocated", Type::real}); // nobody knows which is better
    for (auto& row : beside.rows) row.cells.push_back("80.5");
    const auto say = statistics_of({{"a.json", {beside}}}).sections("say");
    BOOST_TEST(say.front()["tables"][0]["title"] == "Published statistics, not observations");
}

BOOST_AUTO_TEST_CASE(values_of_several_units_are_never_pooled_and_show_theirs) {
    Table table{.columns = {model, {"score_unit", Type::text, ASSAY_ROLE_PARAMETER}, {"score", Type::real}},
                .rows = {}};
    for (int i = 0; i < 3; ++i) {
        table.rows.push_back({{"a", "ns/op", std::to_string(10 + i)}});
        table.rows.push_back({{"b", "ops/s", std::to_string(2000 + i)}});
    }
    const auto shown = statistics_of({{"a.json", {table}}}).table("say", "score by model, score_unit (unit unknown)");
    BOOST_TEST(column_of(shown, "score_unit") == (std::vector<std::string>{"ns/op", "ops/s"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(rows_with_names_are_listed_where_something_else_tells_them_apart) {
    Table table{.columns = {{"task", Type::text, ASSAY_ROLE_PARAMETER},
                            {"alias", Type::text, ASSAY_ROLE_IDENTIFIER},
                            {"acc", Type::real}},
                .rows = {{{"arc", " - arc", "0.75"}}, {{"gsm", " - gsm", "0.5"}}}};
    const auto shown = statistics_of({{"a.json", {table}}}).table("say", "acc by task (unit unknown)");
    BOOST_TEST(shown["rows"].size() == 2U);
}

namespace {
/// Eleven nights of two endpoints with eight latencies each; on the ninth both are slower by 40 %.
std::vector<Artifact> nights() {
    std::vector<Artifact> out;
    for (int night = 10; night <= 20; ++night) {
        Table table{.columns = {{"endpoint", Type::text, ASSAY_ROLE_PARAMETER}, ttft_s}, .rows = {}};
        for (int i = 0; i < 8; ++i)
            for (const auto& [endpoint, base] : {std::pair{"login", 30.0}, {"search", 80.0}})
                table.rows.push_back({{endpoint, std::to_string((base + i + night % 3) * (night == 18 ? 1.4 : 1))}});
        out.push_back(
            {"n/" + std::to_string(night) + ".csv", {std::move(table)}, {{"run", "2026-11-" + std::to_string(night)}}});
    }
    return out;
}
} // namespace

BOOST_AUTO_TEST_CASE(a_history_is_in_the_order_of_time_and_its_outlying_night_is_kept_first) {
    const auto table = statistics_of(nights()).table("say", "ttft_s by endpoint, run (");
    const auto runs = column_of(table, "run"), endpoints = column_of(table, "endpoint");
    BOOST_REQUIRE(runs.size() == 22U);
    BOOST_TEST(std::is_sorted(runs.begin(), runs.begin() + 11));
    BOOST_TEST(std::is_sorted(runs.begin() + 11, runs.end()));
    BOOST_TEST(std::is_sorted(endpoints.begin(), endpoints.end()));
    const auto importance = table["importance"].get<std::vector<std::size_t>>();
    for (std::size_t i = 0; i < runs.size(); ++i)
        BOOST_TEST((importance[i] < 2) == (runs[i] == "2026-11-18"), runs[i] << " of " << endpoints[i]);
}

BOOST_AUTO_TEST_CASE(a_ranking_that_is_cut_keeps_both_ends) {
    Table table{.columns = {parameter("size"), tokens_s}, .rows = {}};
    for (int size = 1; size <= 40; ++size)
        for (int i = 0; i < 3; ++i) table.rows.push_back({{std::to_string(size), std::to_string(size * 10 + i)}});
    const auto cut = statistics_of({{"a.csv", {table}}}).table("say", "tokens_s by size");
    const auto sizes = column_of(cut, "size");
    BOOST_REQUIRE(sizes.size() == 24U);
    BOOST_TEST(sizes.front() == "40");
    BOOST_TEST(sizes.back() == "1");
    const auto importance = cut["importance"].get<std::vector<std::size_t>>();
    BOOST_TEST(importance.front() == 0U);
    BOOST_TEST(importance.back() == 1U);
}

namespace {
/// Two nights as fast as each other; on one the smallest batch was not measured. Seeds repeat, and are taken for a
/// parameter.
std::vector<Artifact> two_nights(int seeds) {
    std::vector<Artifact> out;
    for (const char* run : {"2026-11-18", "2026-11-19"}) {
        Table table{.columns = {parameter("batch_size"), parameter("seed"), ttft_s}, .rows = {}};
        for (const auto& [batch, base] : {std::pair{"1", 3.0}, {"8", 12.0}, {"32", 33.0}})
            for (int seed = 0; seed < seeds; ++seed) {
                const bool missing = std::string{run} == "2026-11-19" && std::string{batch} == "1";
                table.rows.push_back({{batch, std::to_string(seed), missing ? "" : std::to_string(base + 0.1 * seed)}});
            }
        out.push_back({std::string{run} + ".csv", {std::move(table)}, {{"run", run}}});
    }
    return out;
}
} // namespace

BOOST_AUTO_TEST_CASE(groups_are_divided_by_a_parameter_that_they_mix_unevenly) {
    const auto table = statistics_of(two_nights(7)).table("say", "ttft_s by");
    BOOST_TEST(table["title"] == "ttft_s by batch_size, run (s, lower is better)");
    BOOST_TEST(column_of(table, "median").at(1) == ""); // the gap is shown
    BOOST_TEST(column_of(table, "n") == (std::vector<std::string>{"7", "0", "7", "7", "7", "7"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(groups_of_uneven_mixes_that_are_not_divided_are_said_not_to_be_comparable) {
    const auto table = statistics_of(two_nights(7), {"run"}).table("say", "ttft_s by run");
    BOOST_TEST(table["note"].get<std::string>().find(
                   "rows not comparable: the mix of batch_size differs between them") != std::string::npos);
    const auto even = statistics_of(two_nights(7), {"batch_size"}).table("say", "ttft_s by batch_size");
    BOOST_TEST(even["note"].get<std::string>().find("not comparable") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_profile_that_was_folded_by_another_plan_is_refused) {
    const Column a{"a_ms", assay::Type::real, ASSAY_ROLE_METRIC, "ms"},
        b{"b_ms", assay::Type::real, ASSAY_ROLE_METRIC, "ms"};
    const Column note{"b_ms", assay::Type::text, ASSAY_ROLE_TEXT};
    const Artifact planned{"a.csv", {{.columns = {a, b}, .rows = {{{"1", "2"}}, {{"3", "4"}}}}}};
    const Artifact folded{"a.csv", {{.columns = {a, note}, .rows = {{{"1", "2"}}, {{"3", "4"}}}}}};
    const Corpus corpus{{planned}, {partial_of<assay::ProfileAnalyzer>(folded)}};
    Driven<assay::StatisticsAnalyzer> driven;
    BOOST_CHECK_EXCEPTION(corpus.conclude(driven), std::runtime_error, [](const std::runtime_error& error) {
        return std::string{error.what()}.find("the profile of a.csv is damaged") != std::string::npos;
    });
}

BOOST_AUTO_TEST_SUITE_END()
