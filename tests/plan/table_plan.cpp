#include "plan/table_plan.hpp"
#include "plan/batch.hpp"
#include <boost/test/unit_test.hpp>

using namespace assay;
using namespace assay::plan;
using assay::test::Batch;
using assay::test::Cells;

namespace {

std::vector<Declared> untyped(const std::vector<std::string>& names) {
    std::vector<Declared> out;
    for (const auto& name : names) {
        Declared column;
        column.name = name;
        column.untyped = true;
        out.push_back(column);
    }
    return out;
}

Predicate condition(const std::string& text) { return std::get<Predicate>(parse_predicate(text)); }

const std::vector<Cells> some{Cells{"a", "a", "b"}, Cells{"1.5", "2.5", "0"}, Cells{"", "", "timeout"}};

TablePlan plan_of_some(const Rules& rules = {}) {
    const Batch batch{some};
    return make_plan("rows", ASSAY_TABLE_DATA, untyped({"model", "tokens_s", "error"}), &batch.array(), rules, {});
}

} // namespace

BOOST_AUTO_TEST_CASE(a_plan_is_inferred_from_names_and_first_rows) {
    const auto plan = plan_of_some();
    BOOST_REQUIRE(plan.columns.size() == 3U);
    BOOST_TEST(plan.columns[0].role == ASSAY_ROLE_PARAMETER);
    BOOST_TEST(plan.columns[1].role == ASSAY_ROLE_METRIC);
    BOOST_TEST(plan.columns[1].type == Type::real);
    BOOST_TEST(plan.columns[1].unit == "{token}/s");
    BOOST_TEST(plan.columns[1].unit_source == ASSAY_SOURCE_INFERRED);
    BOOST_TEST(plan.columns[2].role == ASSAY_ROLE_STATUS);
    BOOST_REQUIRE(plan.failed);
    BOOST_TEST(plan.failed->text == "error != ''");
    BOOST_TEST(plan.status_inferred);
}

BOOST_AUTO_TEST_CASE(the_pipelines_rules_outrank_inference) {
    Rules rules;
    ColumnRule rule;
    rule.pattern = "tok*";
    rule.role = ASSAY_ROLE_PARAMETER;
    rule.unit = "ms";
    rules.columns.push_back(rule);
    rules.failed = condition("tokens_s == 0");
    const auto plan = plan_of_some(rules);
    BOOST_TEST(plan.columns[1].role == ASSAY_ROLE_PARAMETER);
    BOOST_TEST(plan.columns[1].unit == "ms");
    BOOST_TEST(plan.columns[1].unit_source == ASSAY_SOURCE_PIPELINE);
    BOOST_TEST(plan.failed->text == "tokens_s == 0");
    BOOST_TEST(!plan.status_inferred);
}

BOOST_AUTO_TEST_CASE(a_metric_of_the_pipeline_is_an_observation_whatever_its_name_says) {
    const Batch batch{{Cells{"20.1", "20.4"}, Cells{"3000", "3100"}, Cells{"5.5", "6.5"}, Cells{"0.5", "0.25"}}};
    const auto columns = untyped({"p99_ms", "mean_rps", "score", "scoreError"});
    const auto plan_with = [&](std::optional<std::int32_t> role) {
        Rules rules;
        for (const char* name : {"p99_ms", "score"}) {
            ColumnRule rule;
            rule.pattern = name;
            rule.role = role;
            rule.direction = ASSAY_DIRECTION_LOWER;
            rules.columns.push_back(rule);
        }
        return make_plan("rows", ASSAY_TABLE_DATA, columns, &batch.array(), rules, {}).columns;
    };
    const auto said = plan_with(ASSAY_ROLE_METRIC), left = plan_with(std::nullopt);
    BOOST_TEST(!said[0].aggregate);
    BOOST_TEST(said[0].role_source == ASSAY_SOURCE_PIPELINE);
    BOOST_TEST(said[0].role_reason == "the pipeline says so: observations, though the name names a statistic");
    BOOST_TEST(!said[2].aggregate);
    BOOST_TEST(said[1].aggregate);
    BOOST_TEST(said[3].aggregate);
    for (const ColumnPlan& column : left) BOOST_TEST(column.aggregate, column.name);
}

BOOST_AUTO_TEST_CASE(the_parsers_declaration_outranks_inference_and_not_the_pipeline) {
    const Batch batch{some};
    auto columns = untyped({"model", "tokens_s", "error"});
    columns[1].unit = "By";
    columns[0].unit = "By";
    Rules rules;
    ColumnRule rule;
    rule.pattern = "model";
    rule.unit = "s";
    rules.columns.push_back(rule);
    const auto plan = make_plan("rows", ASSAY_TABLE_DATA, columns, &batch.array(), rules, {});
    BOOST_TEST(plan.columns[1].unit == "By");
    BOOST_TEST(plan.columns[1].unit_source == ASSAY_SOURCE_PARSER);
    BOOST_TEST(plan.columns[0].unit == "s");
}

BOOST_AUTO_TEST_CASE(what_reading_on_has_shown_widens_a_type) {
    const Batch batch{some};
    const auto plan = make_plan("rows", ASSAY_TABLE_DATA, untyped({"model", "tokens_s", "error"}), &batch.array(), {},
                                {{"tokens_s", Type::text}});
    BOOST_TEST(plan.columns[1].type == Type::text);
}

BOOST_AUTO_TEST_CASE(a_condition_on_columns_that_a_table_lacks_leaves_what_is_inferred) {
    const auto failed_when = [](const std::string& text) {
        Rules rules;
        rules.failed = condition(text);
        const std::vector<Declared> columns{{.name = "exit_code", .type = Type::integer}, {.name = "latency_ms"}};
        const auto plan = make_plan("rows", ASSAY_TABLE_DATA, columns, nullptr, rules, {});
        return plan.failed ? plan.failed->text : std::string{};
    };
    BOOST_TEST(failed_when("exit_cod > 1") == "exit_code != 0");
    BOOST_TEST(failed_when("exit_code > 1") == "exit_code > 1");
    BOOST_TEST(failed_when("error != '' or exit_code > 1") == "error != '' or exit_code > 1");
}

BOOST_AUTO_TEST_CASE(a_tables_own_status_outranks_that_of_its_document) {
    const auto status = [](std::string name, bool of_document) {
        Declared column;
        column.name = std::move(name);
        column.type = Type::boolean;
        column.document_scope = of_document;
        return column;
    };
    const auto failed_when = [](const std::vector<Declared>& columns) {
        const auto plan = make_plan("rows", ASSAY_TABLE_DATA, columns, nullptr, {}, {});
        return plan.failed ? plan.failed->text : std::string{};
    };
    BOOST_TEST(failed_when({status("success", false), status("overall_success", true)}) == "success == false");
    BOOST_TEST(failed_when({status("overall_success", true)}) == "overall_success == false");
}

BOOST_AUTO_TEST_CASE(a_table_without_rows_has_a_plan_of_texts) {
    const auto plan = make_plan("rows", ASSAY_TABLE_DATA, untyped({"x", "y_ms"}), nullptr, {}, {});
    BOOST_REQUIRE(plan.columns.size() == 2U);
    BOOST_TEST(plan.columns[1].type == Type::text);
    BOOST_TEST(plan.columns[1].unit == "");
    BOOST_TEST(!plan.failed);
}

BOOST_AUTO_TEST_CASE(rows_are_failed_before_they_are_suspect) {
    Rules rules;
    rules.failed = condition("error != ''");
    rules.suspect = condition("tokens_s <= 1.5");
    const Batch sample{some};
    const auto plan =
        make_plan("rows", ASSAY_TABLE_DATA, untyped({"model", "tokens_s", "error"}), &sample.array(), rules, {});
    std::vector<ArrowArray> columns;
    ColumnBuilder model{Type::text}, rate{Type::real}, error{Type::text};
    for (const double value : {1.5, 2.5, 0.0}) rate.real(value);
    for (const char* text : {"a", "a", "b"}) model.text(text);
    for (const char* text : {"", "", "timeout"}) error.text(text);
    columns.push_back(model.finish());
    columns.push_back(rate.finish());
    columns.push_back(error.finish());
    const Batch batch{std::move(columns), 3};
    const auto status = row_status(plan, batch.array());
    BOOST_REQUIRE(status.size() == 3U);
    BOOST_TEST(status[0] == ASSAY_ROW_SUSPECT);
    BOOST_TEST(status[1] == ASSAY_ROW_OK);
    BOOST_TEST(status[2] == ASSAY_ROW_FAILED);
}

BOOST_AUTO_TEST_CASE(a_plan_read_back_is_the_plan_that_was_written) {
    Rules rules;
    rules.suspect = condition("not (tokens_s < 1 or model == 'x') and error == null");
    const auto plan = plan_of_some(rules);
    const auto bytes = encode(plan);
    const auto read = decode_plan(bytes);
    BOOST_REQUIRE(read);
    BOOST_TEST((encode(*read) == bytes));
    BOOST_TEST(read->columns[1].unit_reason == plan.columns[1].unit_reason);
    BOOST_TEST(read->failed->text == plan.failed->text);
    BOOST_TEST(read->suspect->nodes.size() == plan.suspect->nodes.size());
}

BOOST_AUTO_TEST_CASE(a_plan_cut_short_is_refused_at_every_length) {
    const auto bytes = encode(plan_of_some());
    for (std::size_t size = 0; size < bytes.size(); ++size)
        BOOST_TEST_CONTEXT(size) BOOST_TEST(!decode_plan(std::string_view{bytes}.substr(0, size)));
    BOOST_TEST(!decode_plan(bytes + '\0'));
}

BOOST_AUTO_TEST_CASE(plans_of_equal_bytes_are_one_object) {
    Rules rules;
    rules.suspect = condition("tokens_s < 1");
    const auto one = decode_plan(encode(plan_of_some()));
    BOOST_TEST(one == decode_plan(encode(plan_of_some())));
    BOOST_TEST(one != decode_plan(encode(plan_of_some(rules))));
}

BOOST_AUTO_TEST_CASE(a_damaged_plan_is_refused_or_holds_only_known_words) {
    const auto bytes = encode(plan_of_some());
    std::size_t refused = 0;
    for (std::size_t at = 0; at + 4 <= bytes.size(); ++at) {
        std::string damaged = bytes;
        damaged.replace(at, 4, "\x7F\x7F\x7F\x7F");
        const auto read = decode_plan(damaged);
        refused += read ? 0U : 1U;
        if (!read) continue;
        for (const auto& column : read->columns) {
            BOOST_TEST((column.type >= Type::boolean && column.type <= Type::time));
            BOOST_TEST((column.role >= 0 && column.role <= ASSAY_ROLE_TEXT));
        }
    }
    BOOST_TEST(refused > 0U);
}

BOOST_AUTO_TEST_CASE(names_match_globs_in_linear_time) {
    BOOST_TEST(matches_name("tokens_*", "tokens_s"));
    BOOST_TEST(matches_name("?_s", "x_s"));
    BOOST_TEST(!matches_name("tokens", "tokens_s"));
    BOOST_TEST(matches_name("*", ""));
    std::string stars;
    for (int i = 0; i < 2000; ++i) stars += "*a";
    BOOST_TEST(!matches_name(stars, std::string(4000, 'a') + "b"));
}

namespace {

SharedColumns shared(std::vector<Declared> columns) {
    return std::make_shared<const std::vector<Declared>>(std::move(columns));
}

SharedPlan shared_plan_of(const std::vector<Cells>& cells, const SharedColumns& columns, const Rules& rules = {}) {
    const Batch batch{cells};
    return shared_plan("rows", ASSAY_TABLE_DATA, columns, &batch.array(), rules);
}

} // namespace

BOOST_AUTO_TEST_CASE(one_column_with_decimal_commas_tells_for_the_others) {
    const Batch batch{{{"3,211", "3,140"}, {"512,3", "498,25"}}};
    const auto columns = shared(untyped({"latency_ms", "size"}));
    const auto plan = make_plan("rows", ASSAY_TABLE_DATA, *columns, &batch.array(), {}, {});
    BOOST_TEST((plan.columns[0].type == Type::real));
    BOOST_TEST(plan.columns[0].format.decimal == ',');
    BOOST_TEST(!plan.columns[0].ambiguous_numbers);
}

BOOST_AUTO_TEST_CASE(the_pipeline_may_say_which_mark_is_the_decimal_one) {
    const Batch batch{{{"3,211", "3,140"}}};
    const auto columns = shared(untyped({"latency_ms"}));
    const auto read = [&](std::optional<char> decimal) {
        Rules rules;
        ColumnRule& rule = rules.columns.emplace_back();
        rule.pattern = "latency_ms";
        rule.decimal = decimal;
        return make_plan("rows", ASSAY_TABLE_DATA, *columns, &batch.array(), rules, {}).columns[0];
    };
    BOOST_TEST(read({}).ambiguous_numbers);
    BOOST_TEST(read(',').format.decimal == ',');
    BOOST_TEST(!read(',').ambiguous_numbers);
    BOOST_TEST((read('.').type == Type::integer));
    BOOST_TEST(!read('.').ambiguous_numbers);
}

BOOST_AUTO_TEST_CASE(words_for_failure_exit_codes_and_validity_make_rows_fail) {
    const auto failed = [](const std::string& name, const Cells& cells) {
        const Batch batch{{cells}};
        const auto plan = make_plan("rows", ASSAY_TABLE_DATA, *shared(untyped({name})), &batch.array(), {}, {});
        return plan.failed ? plan.failed->text : "";
    };
    BOOST_TEST(failed("status", {"Success", "Failed"}) == "status in failures");
    BOOST_TEST(failed("State", {"COMPLETED", "OUT_OF_MEMORY"}) == "State in failures");
    BOOST_TEST(failed("exit_codes", {"0", "139"}) == "exit_codes != 0");
    BOOST_TEST(failed("ExitCode", {"0:0", "0:125"}) == "not ExitCode in ('0', '0:0', '')");
    BOOST_TEST(failed("valid", {"true", "false"}) == "valid == false");
}

BOOST_AUTO_TEST_CASE(tables_alike_share_the_plan_that_each_would_have) {
    const auto columns = shared(untyped({"model", "tokens_s", "error"}));
    const auto plan = shared_plan_of(some, columns);
    BOOST_TEST(encode(*plan) == encode(plan_of_some()));
    BOOST_TEST(shared_plan_of(some, columns) == plan);
    BOOST_TEST(shared_plan_of({{"x", "x", "y"}, {"7.5", "8.5", "9"}, {"", "", "crash"}}, columns) == plan);
}

BOOST_AUTO_TEST_CASE(a_table_whose_sample_shows_something_else_has_a_plan_of_its_own) {
    const auto columns = shared(untyped({"model", "tokens_s", "error"}));
    const std::string prose(90, 'p');
    for (const std::vector<Cells>& cells :
         {std::vector<Cells>{{"a", "a", "b"}, {"1", "2", "0"}, {"", "", "timeout"}},           // no fractions
          std::vector<Cells>{{"a", "b", "c"}, {"1.5", "2.5", "0"}, {"", "", "timeout"}},       // more levels
          std::vector<Cells>{{"a", "a", ""}, {"1.5", "2.5", "0"}, {"", "", "timeout"}},        // a missing cell
          std::vector<Cells>{{"a", "a", "b"}, {"1.5 ms", "2.5 ms", "0 ms"}, {"", "", "fail"}}, // a unit
          std::vector<Cells>{{prose + "a", prose + "b", prose + "c"}, {"1.5", "2.5", "0"}, {"", "", "timeout"}}}) {
        const Batch batch{cells};
        const auto own = make_plan("rows", ASSAY_TABLE_DATA, *columns, &batch.array(), {}, {});
        BOOST_TEST(encode(*shared_plan_of(cells, columns)) == encode(own));
        BOOST_TEST(shared_plan_of(cells, columns) != shared_plan_of(some, columns));
    }
}

BOOST_AUTO_TEST_CASE(other_rules_columns_and_names_give_another_plan) {
    const auto columns = shared(untyped({"model", "tokens_s", "error"}));
    const auto plan = shared_plan_of(some, columns);
    Rules rules;
    rules.failed = condition("tokens_s == 0");
    BOOST_TEST(shared_plan_of(some, columns, rules)->failed->text == "tokens_s == 0");
    BOOST_TEST(shared_plan_of(some, columns)->failed->text == "error != ''");
    BOOST_TEST(shared_plan_of(some, shared(untyped({"model", "x", "error"})))->columns[1].unit == "");
    const Batch batch{some};
    BOOST_TEST(shared_plan("other", ASSAY_TABLE_DATA, columns, &batch.array(), {})->name == "other");
    BOOST_TEST(shared_plan("rows", ASSAY_TABLE_CLAIMS, columns, &batch.array(), {})->kind == ASSAY_TABLE_CLAIMS);
}

BOOST_AUTO_TEST_CASE(columns_that_come_after_others_are_not_taken_for_these) {
    for (int i = 0; i < 1000; ++i) { // allocators give the same place again
        const std::string name = "column_" + std::to_string(i);
        BOOST_TEST_REQUIRE(shared_plan_of({{"1"}}, shared(untyped({name})))->columns.front().name == name);
    }
}

BOOST_AUTO_TEST_CASE(schemas_alike_give_the_same_columns) {
    const auto columns_of = [](const std::vector<Field>& fields) {
        ArrowSchema schema = make_schema(fields);
        std::string error;
        auto columns = read_schema(schema, error);
        schema.release(&schema);
        BOOST_TEST(error == "");
        return columns;
    };
    const std::vector<Field> fields{{.name = "x", .type = Type::real, .unit = "ms"}};
    const auto columns = columns_of(fields);
    BOOST_TEST(columns_of(fields) == columns);
    const auto others = columns_of({{.name = "x", .type = Type::real, .unit = "s"}});
    BOOST_TEST(others != columns);
    BOOST_TEST(others->front().unit == "s");
    BOOST_TEST(columns_of({{.name = "x", .type = Type::integer, .unit = "ms"}})->front().type == Type::integer);
}

BOOST_AUTO_TEST_CASE(rows_that_say_they_are_aggregates_are_no_observations) {
    const Batch batch{{Cells{"iteration", "iteration", "aggregate", "aggregate"},
                       Cells{std::nullopt, std::nullopt, "mean", "cv"}, Cells{"1.5", "2.5", "2", "0.1"}}};
    const auto plan = make_plan("rows", ASSAY_TABLE_DATA, untyped({"run_type", "aggregate_name", "real_time"}),
                                &batch.array(), {}, {});
    BOOST_REQUIRE(plan.published);
    BOOST_TEST(plan.published->text == "(run_type == 'aggregate' or run_type == 'aggregated') or aggregate_name != ''");
    std::vector<ArrowArray> columns;
    ColumnBuilder type{Type::text}, name{Type::text}, time{Type::real};
    for (const char* text : {"iteration", "aggregate", "iteration"}) type.text(text);
    name.null(), name.null(), name.text("mean");
    for (const double value : {1.0, 2.0, 3.0}) time.real(value);
    columns.push_back(type.finish());
    columns.push_back(name.finish());
    columns.push_back(time.finish());
    const Batch rows{std::move(columns), 3};
    const auto status = row_status(plan, rows.array());
    BOOST_TEST(status[0] == ASSAY_ROW_OK);
    BOOST_TEST(status[1] == ASSAY_ROW_PUBLISHED);
    BOOST_TEST(status[2] == ASSAY_ROW_PUBLISHED);
    const auto bytes = encode(plan);
    BOOST_TEST(decode_plan(bytes)->published->text == plan.published->text);
}

BOOST_AUTO_TEST_CASE(what_was_varied_does_not_make_rows_published_statistics) {
    const auto published = [](const char* column, const Cells& cells) {
        const Batch batch{{cells, Cells{"1.5", "2.5", "2"}}};
        return make_plan("rows", ASSAY_TABLE_DATA, untyped({column, "ms"}), &batch.array(), {}, {}).published;
    };
    BOOST_TEST(!published("type", {"aggregate", "scan", "join"}));
    BOOST_TEST(!published("query_type", {"aggregate", "scan", "join"}));
    BOOST_TEST(!published("function", {"min", "max", "mean"}));
    BOOST_TEST(!published("aggregate", {"rack1", "rack2", "rack2"}));
    BOOST_TEST(!published("aggregate_name", {std::nullopt, std::nullopt, std::nullopt}));
    BOOST_TEST(published("statistic", {"p50", "p99", "max"}).has_value());
    BOOST_TEST(published("percentile", {"p50", "p99", "max"}).has_value());
    BOOST_TEST(!published("size", {"64", "128", "256"}));
    BOOST_TEST(published("anything", {"count", "mean", "std"}).has_value()); // of one distribution
    BOOST_TEST(!published("library", {"std", "std", "std"}));
    BOOST_TEST(!published("function", {"sum", "mean", "std"}));
    BOOST_TEST(!published("kernel", {"mean", "std", "std"}));
}

BOOST_AUTO_TEST_CASE(a_row_that_says_it_is_aggregated_is_no_observation) {
    const Batch batch{{Cells{"/", "/login", "Aggregated"}, Cells{"20.5", "10.5", "31"}}};
    const auto plan = make_plan("rows", ASSAY_TABLE_DATA, untyped({"Name", "Requests/s"}), &batch.array(), {}, {});
    BOOST_REQUIRE(plan.published);
    BOOST_TEST(plan.published->text == "Name == 'Aggregated'");
    const Batch stages{{Cells{"raw", "aggregated", "raw", "aggregated"}, Cells{"1.5", "2", "3", "4"}}};
    BOOST_TEST(!make_plan("rows", ASSAY_TABLE_DATA, untyped({"stage", "ms"}), &stages.array(), {}, {}).published);
    const Batch only{{Cells{"Aggregated", "Aggregated"}, Cells{"20.5", "21"}}};
    BOOST_TEST(!make_plan("rows", ASSAY_TABLE_DATA, untyped({"Name", "Requests/s"}), &only.array(), {}, {}).published);
}

BOOST_AUTO_TEST_CASE(a_list_of_errors_and_how_often_they_occurred_has_no_failed_rows) {
    const Batch batch{{Cells{"timeout", "503"}, Cells{"14", "2"}}};
    BOOST_TEST(!make_plan("rows", ASSAY_TABLE_DATA, untyped({"error", "Occurrences"}), &batch.array(), {}, {}).failed);
    BOOST_TEST(
        make_plan("rows", ASSAY_TABLE_DATA, untyped({"error", "ms"}), &batch.array(), {}, {}).failed.has_value());
    const Batch runs{{Cells{"ok", "failed"}, Cells{"14", "2"}, Cells{"1.5", "0.0"}}};
    BOOST_TEST(make_plan("rows", ASSAY_TABLE_DATA, untyped({"status", "term_occurrences", "ms"}), &runs.array(), {}, {})
                   .failed.has_value());
}

BOOST_AUTO_TEST_CASE(an_error_beside_a_mean_is_how_sure_it_is) {
    const Batch batch{{Cells{"4.5 us", "2.5 us"}, Cells{"0.5 us", "0.25 us"}}};
    const auto error_is_published = [&](const char* first, const char* second) {
        return make_plan("rows", ASSAY_TABLE_DATA, untyped({first, second}), &batch.array(), {}, {})
            .columns[1]
            .aggregate;
    };
    BOOST_TEST(error_is_published("Mean", "Error"));
    BOOST_TEST(error_is_published("primaryMetric.score", "primaryMetric.scoreError"));
    BOOST_TEST(!error_is_published("setpoint", "Error"));
    BOOST_TEST(!error_is_published("f1_score", "test_error"));
    const auto score = make_plan("rows", ASSAY_TABLE_DATA, untyped({"score", "scoreError"}), &batch.array(), {}, {});
    BOOST_TEST(score.columns[0].aggregate);
    const auto alone = make_plan("rows", ASSAY_TABLE_DATA, untyped({"score", "ms"}), &batch.array(), {}, {});
    BOOST_TEST(!alone.columns[0].aggregate);
}

BOOST_AUTO_TEST_CASE(a_list_beside_a_unit_is_in_that_unit) {
    const Batch batch{{Cells{"ns/op", "ns/op"}, Cells{"1.5", "2.5"}}};
    const auto unit_in = [&](const char* table) {
        return make_plan(table, ASSAY_TABLE_DATA, untyped({"primaryMetric.scoreUnit", "value"}), &batch.array(), {}, {})
            .columns[1]
            .unit;
    };
    BOOST_TEST(unit_in("rows.primaryMetric.rawData") == "ns/{operation}");
    BOOST_TEST(unit_in("rows.secondaryMetrics.gc.rawData") == "");
}

BOOST_AUTO_TEST_CASE(values_of_a_list_of_bounds_are_statistics) {
    const Batch batch{{Cells{"1.5", "2.5"}}};
    const auto aggregate = [&](const char* table) {
        return make_plan(table, ASSAY_TABLE_DATA, untyped({"value"}), &batch.array(), {}, {}).columns[0].aggregate;
    };
    BOOST_TEST(aggregate("rows.primaryMetric.scoreConfidence"));
    BOOST_TEST(!aggregate("rows.primaryMetric.rawData"));
}

BOOST_AUTO_TEST_CASE(the_pipeline_says_which_rows_are_published_statistics) {
    Rules rules;
    rules.published = condition("model == 'b'");
    BOOST_TEST(plan_of_some(rules).published->text == "model == 'b'");
}

BOOST_AUTO_TEST_CASE(a_column_tells_the_unit_of_those_it_is_named_after) {
    const auto unit_of = [](const char* teller, const Cells& says, const char* column) {
        const Batch batch{{says, Cells{"1.5", "2.5"}}};
        return make_plan("rows", ASSAY_TABLE_DATA, untyped({teller, column}), &batch.array(), {}, {}).columns[1].unit;
    };
    BOOST_TEST(unit_of("time_unit", {"ns", "ns"}, "real_time") == "ns");
    BOOST_TEST(unit_of("time_unit", {"ns", "ns"}, "cpu_time_mean") == "ns");
    BOOST_TEST(unit_of("time_unit", {"ns", "ns"}, "iterations") == "{iteration}");
    BOOST_TEST(unit_of("unit", {"milliseconds", "milliseconds"}, "value") == "ms");
    BOOST_TEST(unit_of("unit", {"ms", "ms"}, "score") == "");
    BOOST_TEST(unit_of("stats.unit", {"us", "us"}, "stats.mean") == "us");
    BOOST_TEST(unit_of("time_unit", {"ns", "us"}, "real_time") == ""); // not one unit
    BOOST_TEST(unit_of("time_unit", {"moons", "moons"}, "real_time") == "");
}

BOOST_AUTO_TEST_CASE(a_later_row_of_another_unit_is_suspect) {
    const Batch batch{{Cells{"ns", "ns"}, Cells{"1.5", "2.5"}}};
    const auto plan = make_plan("rows", ASSAY_TABLE_DATA, untyped({"time_unit", "real_time"}), &batch.array(), {}, {});
    BOOST_REQUIRE(plan.suspect);
    BOOST_TEST(plan.suspect->text == "time_unit != 'ns'");
    BOOST_TEST(plan.columns[1].unit_reason == "column 'time_unit' says 'ns'");
}
