#include "plan/roles.hpp"
#include "plan/batch.hpp"
#include <boost/test/unit_test.hpp>

using namespace assay::plan;
using assay::Type;

namespace {

std::int32_t role(const std::string& name, Type type, const std::string& unit, const std::vector<std::string>& cells) {
    assay::test::Cells column;
    for (const auto& cell : cells) column.emplace_back(cell);
    const assay::test::Batch batch{{column}};
    auto sample = sample_of(batch.column(0), cells.size());
    sample.above_two = is_above_two(sample, batch.column(0));
    const auto found = role_of(name, type, unit, sample);
    BOOST_TEST(found.reason != "");
    return found.role;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_number_with_a_unit_is_a_metric) {
    BOOST_TEST(role("ttft_s", Type::real, "s", {"0.5", "0.7", "0.9"}) == ASSAY_ROLE_METRIC);
    BOOST_TEST(role("score", Type::real, "", {"0.5", "0.7", "0.9"}) == ASSAY_ROLE_METRIC);
}

BOOST_AUTO_TEST_CASE(settings_of_a_run_are_parameters) {
    BOOST_TEST(role("temperature", Type::real, "", {"0.2", "0.4"}) == ASSAY_ROLE_PARAMETER);
    BOOST_TEST(role("num_ctx", Type::integer, "", {"1024", "2048"}) == ASSAY_ROLE_PARAMETER);
    BOOST_TEST(role("model", Type::text, "", {"a", "b"}) == ASSAY_ROLE_PARAMETER);
    BOOST_TEST(role("flag", Type::boolean, "", {"true", "false"}) == ASSAY_ROLE_PARAMETER);
}

BOOST_AUTO_TEST_CASE(words_for_failure_make_a_status) {
    BOOST_TEST(role("error", Type::text, "", {"timeout"}) == ASSAY_ROLE_STATUS);
    BOOST_TEST(role("success", Type::boolean, "", {"true", "false"}) == ASSAY_ROLE_STATUS);
    BOOST_TEST(role("exit_code", Type::integer, "", {"0", "1"}) == ASSAY_ROLE_STATUS);
    BOOST_TEST(role("http_status", Type::integer, "", {"200", "500"}) == ASSAY_ROLE_STATUS);
}

BOOST_AUTO_TEST_CASE(exit_codes_are_a_status_however_tools_call_them) {
    for (const auto* name : {"exit_codes", "rc", "returncode", "exit_status", "ExitCode"})
        BOOST_TEST(role(name, Type::integer, "", {"0", "139"}) == ASSAY_ROLE_STATUS);
    BOOST_TEST(role("ExitCode", Type::text, "", {"0:0", "0:125"}) == ASSAY_ROLE_STATUS);
    BOOST_TEST(role("code", Type::integer, "", {"0", "1"}) != ASSAY_ROLE_STATUS);
}

BOOST_AUTO_TEST_CASE(a_state_is_a_status_where_its_words_tell_how_things_end) {
    BOOST_TEST(role("State", Type::text, "", {"COMPLETED", "OUT_OF_MEMORY"}) == ASSAY_ROLE_STATUS);
    BOOST_TEST(role("result", Type::text, "", {"Passed", "not ok", "skipped"}) == ASSAY_ROLE_STATUS);
    BOOST_TEST(role("state", Type::text, "", {"warm", "cold", "warm"}) != ASSAY_ROLE_STATUS);
}

BOOST_AUTO_TEST_CASE(what_numbers_repeats_and_rows_divides_nothing) {
    for (const auto* name : {"seed", "repetition", "step", "global_step"})
        BOOST_TEST(role(name, Type::integer, "", {"1", "2", "1", "2", "1", "2"}) == ASSAY_ROLE_IDENTIFIER);
}

BOOST_AUTO_TEST_CASE(whole_numbers_of_runs_and_repeats_are_no_metric) {
    for (const auto* name : {"run", "Run", "iteration", "repeat", "trial", "seed", "run_number", "trial_no", "run_idx"})
        BOOST_TEST(role(name, Type::integer, "", {"1", "2", "3", "4", "5", "6"}) == ASSAY_ROLE_IDENTIFIER, name);
    BOOST_TEST(role("tokens_per_run", Type::integer, "", {"101", "102", "103"}) == ASSAY_ROLE_METRIC);
    BOOST_TEST(role("run", Type::real, "", {"1.5", "2.25", "3.5"}) == ASSAY_ROLE_METRIC);
    // Of several observations each: runs may be told apart.
    BOOST_TEST(role("run", Type::integer, "", {"1", "1", "1", "2", "2", "2"}) == ASSAY_ROLE_PARAMETER);
    BOOST_TEST(role("runs", Type::integer, "", {"5", "10", "20"}) == ASSAY_ROLE_PARAMETER);
}

BOOST_AUTO_TEST_CASE(rates_that_are_set_and_ids_of_what_was_set_are_parameters) {
    BOOST_TEST(role("request_rate", Type::real, "", {"1.5", "4", "16"}) == ASSAY_ROLE_PARAMETER);
    BOOST_TEST(role("learning_rate", Type::real, "", {"0.001", "0.002"}) == ASSAY_ROLE_PARAMETER);
    BOOST_TEST(role("hit_rate", Type::real, "", {"0.5", "0.7"}) == ASSAY_ROLE_METRIC);
    BOOST_TEST(role("model_id", Type::text, "", {"a/b", "c/d", "e/f"}) == ASSAY_ROLE_PARAMETER);
    BOOST_TEST(role("request_id", Type::text, "", {"a", "b", "c"}) == ASSAY_ROLE_IDENTIFIER);
}

BOOST_AUTO_TEST_CASE(the_temperature_of_a_machine_is_measured) {
    BOOST_TEST(role("temperature.gpu", Type::integer, "", {"55", "56"}) == ASSAY_ROLE_METRIC);
    BOOST_TEST(role("temperature", Type::integer, "", {"55", "56", "55", "55"}) == ASSAY_ROLE_METRIC);
    BOOST_TEST(role("temperature", Type::real, "", {"0", "0.7", "1"}) == ASSAY_ROLE_PARAMETER);
}

BOOST_AUTO_TEST_CASE(an_error_in_seconds_is_no_status) {
    BOOST_TEST(role("error_s", Type::real, "s", {"0.1", "0.2"}) == ASSAY_ROLE_METRIC);
}

BOOST_AUTO_TEST_CASE(dates_and_seconds_since_1970_are_time_stamps) {
    BOOST_TEST(role("when", Type::time, "", {}) == ASSAY_ROLE_TIMESTAMP);
    BOOST_TEST(role("timestamp", Type::integer, "", {"1759098967", "1759098999"}) == ASSAY_ROLE_TIMESTAMP);
    BOOST_TEST(role("timestamp", Type::integer, "", {"1", "2"}) != ASSAY_ROLE_TIMESTAMP);
}

BOOST_AUTO_TEST_CASE(identifiers_are_told_by_name_or_by_being_different_in_each_row) {
    BOOST_TEST(role("request_id", Type::integer, "", {"17", "18"}) == ASSAY_ROLE_IDENTIFIER);
    BOOST_TEST(role("thing", Type::text, "", {"a", "b", "c", "d"}) == ASSAY_ROLE_IDENTIFIER);
}

BOOST_AUTO_TEST_CASE(long_text_and_prompts_are_text) {
    BOOST_TEST(role("answer", Type::text, "", {std::string(300, 'x'), std::string(310, 'y')}) == ASSAY_ROLE_TEXT);
    BOOST_TEST(role("prompt", Type::text, "", {"one", "two", "three"}) == ASSAY_ROLE_TEXT);
    BOOST_TEST(role("anything", Type::text, "", {}) == ASSAY_ROLE_TEXT);
}

BOOST_AUTO_TEST_CASE(a_remark_on_single_rows_divides_nothing) {
    BOOST_TEST(role("Bemerkung", Type::text, "", {"", "", "", "", "Neustart"}) == ASSAY_ROLE_TEXT);
    BOOST_TEST(role("mode", Type::text, "", {"", "", "", "", "fast"}) == ASSAY_ROLE_PARAMETER);
}

BOOST_AUTO_TEST_CASE(whole_numbers_that_repeat_are_levels_of_a_parameter) {
    BOOST_TEST(role("thing", Type::integer, "", {"1", "2", "1", "2", "1", "2"}) == ASSAY_ROLE_PARAMETER);
    BOOST_TEST(role("thing", Type::integer, "", {"1", "2", "3", "4", "5", "6"}) == ASSAY_ROLE_METRIC);
}

BOOST_AUTO_TEST_CASE(rates_are_better_higher_and_durations_lower) {
    BOOST_TEST(direction_of("tokens_s", "{token}/s") == ASSAY_DIRECTION_HIGHER);
    BOOST_TEST(direction_of("ttft_s", "s") == ASSAY_DIRECTION_LOWER);
    BOOST_TEST(direction_of("speedup", "") == ASSAY_DIRECTION_HIGHER);
    BOOST_TEST(direction_of("count", "") == ASSAY_DIRECTION_UNKNOWN);
}

BOOST_AUTO_TEST_CASE(names_of_statistics_are_aggregates) {
    BOOST_TEST(is_aggregate("mean_tokens_s"));
    BOOST_TEST(is_aggregate("latency_p95_ms"));
    BOOST_TEST(is_aggregate("http_req_duration.p(95)"));
    BOOST_TEST(!is_aggregate("p 5 runs"));
    BOOST_TEST(!is_aggregate("tokens_s"));
    BOOST_TEST(!is_aggregate("meaning"));
}

BOOST_AUTO_TEST_CASE(a_text_that_says_what_a_row_measures_is_a_parameter_though_none_repeats) {
    for (const auto* name : {"benchmark", "event", "kernel", "name", "test_name", "Metric Name"})
        BOOST_TEST(role(name, Type::text, "", {"a", "b", "c", "d"}) == ASSAY_ROLE_PARAMETER, name);
    BOOST_TEST(role("config_name", Type::text, "", {"a", "b", "c", "d"}) == ASSAY_ROLE_IDENTIFIER);
}

BOOST_AUTO_TEST_CASE(identifiers_that_repeat_and_differ_tell_groups_apart) {
    for (const auto* name : {"key", "run_id", "commit"}) {
        BOOST_TEST(role(name, Type::text, "", {"a", "a", "b", "b"}) == ASSAY_ROLE_PARAMETER, name);
        BOOST_TEST(role(name, Type::text, "", {"a", "b", "c", "d"}) == ASSAY_ROLE_IDENTIFIER, name);
        BOOST_TEST(role(name, Type::text, "", {"a", "a", "a", "a"}) == ASSAY_ROLE_IDENTIFIER, name);
    }
}

BOOST_AUTO_TEST_CASE(threads_that_asked_and_messages_divide_nothing) {
    BOOST_TEST(role("threadName", Type::text, "", {"group 1-1", "group 1-1", "group 1-2", "group 1-2"}) ==
               ASSAY_ROLE_TEXT);
    BOOST_TEST(role("responseMessage", Type::text, "", {"OK", "OK", "Not Found", "OK"}) == ASSAY_ROLE_TEXT);
    BOOST_TEST(role("threads", Type::integer, "", {"1", "2", "4"}) == ASSAY_ROLE_PARAMETER);
}

BOOST_AUTO_TEST_CASE(what_a_server_answered_is_a_status) {
    for (const auto* name : {"http_status", "responseCode", "http_code"})
        BOOST_TEST(role(name, Type::integer, "", {"200", "500", "200"}) == ASSAY_ROLE_STATUS, name);
    BOOST_TEST(role("code", Type::integer, "", {"200", "500", "200"}) != ASSAY_ROLE_STATUS);
}

BOOST_AUTO_TEST_CASE(n_that_repeats_is_how_many_were_worked_on) {
    BOOST_TEST(role("N", Type::integer, "", {"1000", "1000", "5000", "5000"}) == ASSAY_ROLE_PARAMETER);
    BOOST_TEST(role("N", Type::integer, "", {"10", "11", "12", "13"}) == ASSAY_ROLE_METRIC);
}

BOOST_AUTO_TEST_CASE(rates_of_what_should_not_happen_are_better_lower) {
    BOOST_TEST(direction_of("Failures/s", "{failure}/s") == ASSAY_DIRECTION_LOWER);
    BOOST_TEST(direction_of("errors_per_s", "{error}/s") == ASSAY_DIRECTION_LOWER);
    BOOST_TEST(direction_of("score", "{operation}/ms") == ASSAY_DIRECTION_HIGHER);
    BOOST_TEST(direction_of("score", "ns/{operation}") == ASSAY_DIRECTION_LOWER);
    BOOST_TEST(direction_of("acc,none", "") == ASSAY_DIRECTION_HIGHER);
    BOOST_TEST(direction_of("error_free_ops_s", "{operation}/s") == ASSAY_DIRECTION_HIGHER);
    BOOST_TEST(direction_of("acc_stderr", "") == ASSAY_DIRECTION_UNKNOWN);
}

BOOST_AUTO_TEST_CASE(texts_of_a_column_with_message_in_its_name_divide_where_they_repeat) {
    BOOST_TEST(role("message_format", Type::text, "", {"json", "protobuf", "json", "protobuf"}) ==
               ASSAY_ROLE_PARAMETER);
    BOOST_TEST(role("failureMessage", Type::text, "", {"timeout", "refused", "timeout", "refused"}) == ASSAY_ROLE_TEXT);
}

BOOST_AUTO_TEST_CASE(counts_of_answers_are_no_answers) {
    BOOST_TEST(role("http_status_200", Type::integer, "", {"950", "961", "948", "970"}) != ASSAY_ROLE_STATUS);
    BOOST_TEST(role("http_status", Type::integer, "", {"200", "200", "503", "200"}) == ASSAY_ROLE_STATUS);
}

BOOST_AUTO_TEST_CASE(percentiles_and_bounds_are_aggregates) {
    for (const auto* name : {"99%", "99.9%", "latencies.99th", "scorePercentiles.50.0",
                             "confidence_interval.lower_bound", "slope.estimate"})
        BOOST_TEST(is_aggregate(name), name);
    for (const auto* name : {"percentile", "quantile_loss", "i7_12th_gen_ms", "slope"})
        BOOST_TEST(!is_aggregate(name), name);
    BOOST_TEST(!is_aggregate("cpu %"));
}
