#include "plan/repetitions.hpp"
#include "plan/batch.hpp"
#include <boost/test/unit_test.hpp>

using namespace assay::plan;
using assay::Type;
using assay::test::Batch;
using assay::test::Cells;

namespace {

TablePlan plan_of(const std::vector<std::string>& names, const Rules& rules = {}) {
    std::vector<Declared> columns;
    std::vector<Cells> cells;
    for (const auto& name : names) {
        columns.push_back({.name = name, .untyped = true});
        const bool text = name == "benchmark";
        cells.push_back(text ? Cells{"parse", "render", "gzip"} : Cells{"31.5", "86.25", "12.125"});
    }
    const Batch batch{cells};
    return make_plan("rows", ASSAY_TABLE_DATA, columns, &batch.array(), rules, {});
}

std::string names_of(const TablePlan& plan) {
    std::string out;
    for (const auto& column : plan.columns) out += (out.empty() ? "" : " ") + column.name;
    return out;
}

} // namespace

BOOST_AUTO_TEST_CASE(repetitions_side_by_side_are_planned_as_a_row_each) {
    const auto plan = plan_of({"benchmark", "run_1", "run_2", "run_3"});
    BOOST_TEST(names_of(plan) == "benchmark repetition value");
    BOOST_TEST(plan.columns[0].dimension);
    BOOST_TEST(plan.columns[1].role == ASSAY_ROLE_IDENTIFIER);
    BOOST_TEST(plan.columns[2].role == ASSAY_ROLE_METRIC);
    BOOST_TEST(plan.columns[2].role_reason == "repetitions side by side, 'run_1' to 'run_3'");
    BOOST_TEST(names_of(*plan.written) == "benchmark run_1 run_2 run_3");
    BOOST_TEST((plan.repetitions == std::vector<std::int64_t>{1, 2, 3}));
    BOOST_TEST((plan.sources == std::vector<std::vector<std::uint32_t>>{{0}, {}, {1, 2, 3}}));
}

BOOST_AUTO_TEST_CASE(the_text_around_a_number_of_repetitions_is_the_metric) {
    const auto plan = plan_of({"benchmark", "latency_ms_run1", "latency_ms_run2", "latency_ms_run3", "Trial 1 qps",
                               "Trial 2 qps", "Trial 3 qps"});
    BOOST_TEST(names_of(plan) == "benchmark repetition latency_ms qps");
    BOOST_TEST(plan.columns[2].unit == "ms");
    BOOST_TEST(plan.columns[2].direction == ASSAY_DIRECTION_LOWER);
    BOOST_TEST(plan.columns[3].unit == "{query}/s");
}

BOOST_AUTO_TEST_CASE(a_rule_may_give_the_joined_column_another_role) {
    Rules rules;
    rules.columns.emplace_back();
    rules.columns.back().pattern = "latency_ms";
    rules.columns.back().role = ASSAY_ROLE_TEXT;
    const Cells numbers{"31.5", "86.25", "12.125"};
    const Batch batch{{numbers, numbers, numbers}};
    std::vector<Declared> columns;
    for (const auto* name : {"latency_ms_run1", "latency_ms_run2", "latency_ms_run3"})
        columns.push_back({.name = name, .untyped = true});
    const auto plan = make_plan("rows", ASSAY_TABLE_DATA, columns, &batch.array(), rules, {});
    BOOST_TEST(names_of(plan) == "repetition latency_ms");
    BOOST_TEST(plan.columns[1].role == ASSAY_ROLE_TEXT);
    BOOST_TEST(plan.columns[1].role_source == ASSAY_SOURCE_PIPELINE);
}

BOOST_AUTO_TEST_CASE(a_joined_metric_of_the_pipeline_is_an_observation_whatever_its_name_says) {
    const auto p99 = [](std::optional<std::int32_t> role) {
        Rules rules;
        rules.columns.emplace_back().pattern = "p99_ms";
        rules.columns.back().role = role;
        return plan_of({"benchmark", "p99_ms_run1", "p99_ms_run2", "p99_ms_run3"}, rules).columns.back();
    };
    BOOST_TEST(p99(std::nullopt).name == "p99_ms");
    BOOST_TEST(p99(std::nullopt).aggregate);
    BOOST_TEST(!p99(ASSAY_ROLE_METRIC).aggregate);
}

BOOST_AUTO_TEST_CASE(whole_numbers_in_repetitions_are_a_metric) {
    std::vector<Declared> columns;
    std::vector<Cells> cells;
    for (const auto* name : {"run_1", "run_2", "run_3"}) {
        columns.push_back({.name = name, .untyped = true});
        cells.push_back({"7", "7", "7", "8", "8", "8"});
    }
    const Batch batch{cells};
    const auto plan = make_plan("rows", ASSAY_TABLE_DATA, columns, &batch.array(), {}, {});
    BOOST_TEST(names_of(plan) == "repetition value");
    BOOST_TEST(plan.columns[1].role == ASSAY_ROLE_METRIC);
    BOOST_TEST(!plan.columns[1].dimension);
}

BOOST_AUTO_TEST_CASE(statistics_beside_repetitions_are_stated_once) {
    const auto plan = plan_of({"benchmark", "rep 1", "rep 2", "rep 3", "mean"});
    BOOST_TEST(names_of(plan) == "benchmark mean repetition value");
    BOOST_TEST(plan.columns[1].document_scope);
}

BOOST_AUTO_TEST_CASE(columns_that_are_no_repetitions_stay_as_they_are) {
    const std::vector<std::vector<std::string>> tables{
        {"benchmark", "run_1", "run_2"},                         // two could be a pair
        {"benchmark", "run_1", "run_2", "run_4"},                // a gap
        {"benchmark", "gpu_0", "gpu_1", "gpu_2"},                // devices
        {"benchmark", "run_1", "run_2", "run_3", "load_s"},      // a metric of its own
        {"benchmark", "run_1_ms", "run_2_ms", "run_3_s"},        // two units
        {"column_1", "column_2", "column_3"},                    // no names
        {"benchmark", "run_1", "run_2", "run_3", "value_run_1"}, // one repetition of another metric
    };
    for (const auto& names : tables) BOOST_TEST(!plan_of(names).written, names.back());
}

BOOST_AUTO_TEST_CASE(repetitions_that_are_not_all_numbers_stay_as_they_are) {
    const Cells numbers{"31.5", "86.25", "12.125"};
    const std::vector<std::pair<std::string, Cells>> others{
        {"run_4", {"31.5", "timeout", "12.5"}}, {"run_4", {"", "", ""}},
        {"run_0", {"cold", "warm", "cold"}},    {"run_2_status", {"ok", "failed", "ok"}},
        {"run_2_exit_code", {"0", "137", "0"}}, {"run_2_started", {"2024-05-01T10:00:00Z", "", ""}},
    };
    for (const auto& [name, cells] : others) {
        std::vector<Declared> columns{{.name = name, .untyped = true}};
        std::vector<Cells> all{cells};
        for (const auto* run : {"run_1", "run_2", "run_3"}) {
            columns.push_back({.name = run, .untyped = true});
            all.push_back(numbers);
        }
        const Batch batch{all};
        BOOST_TEST(!make_plan("rows", ASSAY_TABLE_DATA, columns, &batch.array(), {}, {}).written, name);
    }
}

BOOST_AUTO_TEST_CASE(an_identifier_beside_repetitions_tells_apart_what_was_measured) {
    const auto column_beside = [](const char* name, const Cells& cells, const Rules& rules = {}) {
        std::vector<Declared> columns{{.name = name, .untyped = true}};
        std::vector<Cells> all{cells};
        for (const auto* run : {"run_1", "run_2", "run_3"}) {
            columns.push_back({.name = run, .untyped = true});
            all.push_back({"31.5", "86.25", "12.125"});
        }
        const Batch batch{all};
        const auto plan = make_plan("rows", ASSAY_TABLE_DATA, columns, &batch.array(), rules, {});
        BOOST_TEST_REQUIRE(static_cast<bool>(plan.written), name);
        BOOST_TEST(plan.written->columns[0].role == ASSAY_ROLE_IDENTIFIER, name);
        return plan.columns[0];
    };
    for (const char* name : {"test_id", "step", "uuid"}) {
        const auto column = column_beside(name, {"1", "2", "3"});
        BOOST_TEST(column.role == ASSAY_ROLE_PARAMETER, name);
        BOOST_TEST(column.dimension, name);
    }
    BOOST_TEST(column_beside("what", {"parse", "render", "gzip"}).dimension);
    BOOST_TEST(column_beside("trial", {"1", "2", "3"}).role == ASSAY_ROLE_IDENTIFIER); // repeats of one thing
    BOOST_TEST(column_beside("seed", {"1", "2", "3"}).role == ASSAY_ROLE_IDENTIFIER);
    Rules rules;
    rules.columns.emplace_back().pattern = "test_id";
    rules.columns.back().role = ASSAY_ROLE_IDENTIFIER;
    BOOST_TEST(column_beside("test_id", {"1", "2", "3"}, rules).role == ASSAY_ROLE_IDENTIFIER);
}

BOOST_AUTO_TEST_CASE(the_pipeline_says_what_columns_of_repetitions_are) {
    Rules as_written;
    as_written.columns.emplace_back().pattern = "run_*";
    as_written.columns.back().role = ASSAY_ROLE_METRIC;
    BOOST_TEST(!plan_of({"benchmark", "run_1", "run_2", "run_3"}, as_written).written);
    for (const char* pattern : {"run_*", "value"}) {
        Rules in_ms;
        in_ms.columns.emplace_back().pattern = pattern;
        in_ms.columns.back().unit = "ms";
        const auto plan = plan_of({"benchmark", "run_1", "run_2", "run_3"}, in_ms);
        BOOST_REQUIRE(plan.written);
        BOOST_TEST(plan.columns[2].unit == "ms");
    }
}

BOOST_AUTO_TEST_CASE(a_plan_of_repetitions_is_read_back_or_refused) {
    const auto plan = plan_of({"benchmark", "run_1", "run_2", "run_3"});
    const auto bytes = encode(plan);
    const auto read = decode_plan(bytes);
    BOOST_REQUIRE(read);
    BOOST_TEST(encode(*read) == bytes);
    BOOST_TEST((read->sources == plan.sources));
    for (std::size_t size = 0; size < bytes.size(); ++size) BOOST_TEST(!decode_plan(bytes.substr(0, size)));
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        std::string damaged = bytes;
        damaged[i] = static_cast<char>(damaged[i] ^ 0x41);
        const auto other = decode_plan(damaged);
        if (!other || !other->written) continue;
        for (const auto& from : other->sources)
            for (const auto column : from) BOOST_TEST(column < other->written->columns.size());
    }
}
