// The shape of documents: which tables, rows and columns they become.
#include "likeness.hpp"
#include "seen.hpp"
#include "shape.hpp"
#include <chrono>

using namespace seen;
using assay::Type;

BOOST_AUTO_TEST_SUITE(documents)

BOOST_AUTO_TEST_CASE(scalars_outside_of_rows_are_one_row_with_dotted_columns) {
    const auto got = parse(R"({"name":"a","timing":{"mean_ms":1.5,"runs":3,"ok":true,"note":null}})");
    BOOST_TEST(got.tables.size() == 1U);
    const auto& t = table(got, "document");
    BOOST_TEST(names(t) == "name timing.mean_ms timing.runs timing.ok timing.note");
    BOOST_TEST(cells(t, "timing.mean_ms") == "1.5");
    BOOST_CHECK(t.fields[2].type == Type::integer);
    BOOST_CHECK(t.fields[3].type == Type::boolean);
    BOOST_TEST(!t.rows[0][4].has_value());
    BOOST_TEST(t.metadata(1, "assay.pointer") == "/timing/mean_ms");
}

BOOST_AUTO_TEST_CASE(an_array_of_objects_is_a_table_with_the_union_of_keys) {
    const auto got = parse(R"({"results":[{"a":1,"b":{"c":"x"}},{"a":2.5,"d":true},{}]})");
    const auto& t = table(got, "results");
    BOOST_TEST(names(t) == "a b.c d");
    BOOST_TEST(cells(t, "a") == "1 2.5 ~");
    BOOST_TEST(cells(t, "b.c") == "x ~ ~");
    BOOST_CHECK(t.fields[0].type == Type::real);
    BOOST_TEST(t.metadata(1, "assay.pointer") == "/results/*/b/c");
    BOOST_TEST(t.lines.empty()); // rows of a document stand at no line of their own
}

BOOST_AUTO_TEST_CASE(document_scalars_are_repeated_but_measurements_and_dates_are_not) {
    const auto got = parse(R"({"model":"m","runs":5,"mean":1.5,"timestamp":1759197058,"day":"2025-10-02",
                               "rows":[{"x":1},{"x":2}],"host":{"gpu":"g"}})");
    const auto& t = table(got, "rows");
    BOOST_TEST(names(t) == "x model runs host.gpu");
    BOOST_TEST(cells(t, "host.gpu") == "g g");
    BOOST_TEST(t.metadata(0, "assay.scope") == "");
    BOOST_TEST(t.metadata(3, "assay.scope") == "document");
    const auto bare = parse(R"({"model":"m","rows":[{"x":1}]})", "x.json", {.options = {{"repeat_document", false}}});
    BOOST_TEST(names(table(bare, "rows")) == "x");
}

BOOST_AUTO_TEST_CASE(a_document_scalar_named_like_a_column_gets_another_name) {
    const auto got = parse(R"({"model":"outer","rows":[{"model":"inner"}]})");
    BOOST_TEST(cells(table(got, "rows"), "model") == "inner");
    BOOST_TEST(cells(table(got, "rows"), "document.model") == "outer");
}

BOOST_AUTO_TEST_CASE(an_object_of_like_objects_is_rows_with_a_key_column) {
    const auto got = parse(R"({"backends":{"eager":{"ms":1,"ok":true},"jit":{"ms":2,"ok":true}}})");
    const auto& t = table(got, "backends");
    BOOST_TEST(names(t) == "backend ms ok");
    BOOST_TEST(cells(t, "backend") == "eager jit");
    BOOST_TEST(t.metadata(1, "assay.pointer") == "/backends/*/ms");
}

BOOST_AUTO_TEST_CASE(a_key_that_the_rows_repeat_is_not_repeated_again) {
    const auto got = parse(R"({"backends":{"eager":{"backend":"eager","ms":1},"jit":{"backend":"jit","ms":2}}})");
    BOOST_TEST(names(table(got, "backends")) == "backend ms");
    const auto other = parse(R"({"backends":{"a":{"backend":"eager","ms":1},"b":{"backend":"jit","ms":2}}})");
    BOOST_TEST(names(table(other, "backends")) == "backend_key backend ms");
}

BOOST_AUTO_TEST_CASE(a_root_that_is_a_collection_of_collections_has_two_keys) {
    const auto got = parse(R"({"attention":{"torch":{"mean":1,"sd":2}},"cores":{"512x512":{"mean":3,"sd":4}},
                               "fusion":{"a":{"mean":5,"sd":6},"b":{"mean":7,"sd":8}}})");
    BOOST_TEST(got.tables.size() == 1U);
    const auto& t = table(got, "rows");
    BOOST_TEST(cells(t, "key") == "attention cores fusion fusion");
    BOOST_TEST(cells(t, "key_2") == "torch 512x512 a b");
    BOOST_TEST(cells(t, "mean") == "1 3 5 7");
}

BOOST_AUTO_TEST_CASE(unlike_objects_stay_columns_and_one_entry_needs_a_key_that_is_a_value) {
    BOOST_TEST(names(table(parse(R"({"cpu":{"cores":8},"gpu":{"memory":12}})"), "document")) == "cpu.cores gpu.memory");
    BOOST_TEST(names(table(parse(R"({"r":{"mean":{"x":1}}})"), "document")) == "r.mean.x");
    BOOST_TEST(cells(table(parse(R"({"sizes":{"512x512":{"x":1}}})"), "sizes"), "size") == "512x512");
}

BOOST_AUTO_TEST_CASE(arrays_of_objects_inside_rows_know_their_parent_row) {
    const auto got = parse(R"({"metrics":[{"host":"a","load":0.5,"n":7,"gpu":[{"id":0,"t":40.5},{"id":1,"t":41}]},
                                          {"host":"b","load":0.7,"n":8,"gpu":[{"id":0,"t":50}]}]})");
    const auto& t = table(got, "metrics.gpu");
    BOOST_TEST(names(t) == "index id t metrics.index host n"); // not load: a real number is a measurement
    BOOST_TEST(cells(t, "index") == "0 1 0");
    BOOST_TEST(cells(t, "metrics.index") == "0 0 1");
    BOOST_TEST(cells(t, "host") == "a a b");
    BOOST_TEST(cells(t, "t") == "40.5 41 50");
    BOOST_TEST(t.metadata(2, "assay.pointer") == "/metrics/*/gpu/*/t");
}

BOOST_AUTO_TEST_CASE(tables_three_levels_down_carry_all_rows_above) {
    const auto got =
        parse(R"({"a":[{"n":"x","b":[{"m":"p","c":[1,2]},{"m":"q","c":[3,4]}]},{"n":"y","b":[{"m":"r","c":[5]}]}]})");
    const auto& t = table(got, "a.b.c");
    BOOST_TEST(cells(t, "value") == "1 2 3 4 5");
    BOOST_TEST(cells(t, "m") == "p p q q r");
    BOOST_TEST(cells(t, "n") == "x x x x y");
    BOOST_TEST(cells(t, "b.index") == "0 0 1 1 0");
    BOOST_TEST(cells(t, "a.index") == "0 0 0 0 1");
}

BOOST_AUTO_TEST_CASE(an_array_of_scalars_is_index_and_value) {
    const auto got = parse(R"({"ci":[1.5,2],"empty":[],"none":{}})");
    BOOST_TEST(got.tables.size() == 1U);
    BOOST_TEST(names(table(got, "ci")) == "index value");
    BOOST_TEST(cells(table(got, "ci"), "value") == "1.5 2");
}

BOOST_AUTO_TEST_CASE(parallel_arrays_become_columns_of_one_table) {
    const auto got = parse(R"({"id":"m","samples_ns":[10,20,30],"samples_ts":[1.5,2.5,3.5],"other":[1,2]})");
    const auto& t = table(got, "samples");
    BOOST_TEST(names(t) == "index samples_ns samples_ts id");
    BOOST_TEST(cells(t, "samples_ts") == "1.5 2.5 3.5");
    BOOST_TEST(t.metadata(1, "assay.pointer") == "/samples_ns/*");
    BOOST_TEST(cells(table(got, "other"), "value") == "1 2");
    const auto rows = parse(R"({"results":[{"command":"c","times":[1,2],"exit_codes":[0,1]}]})");
    BOOST_TEST(names(table(rows, "results.times")) == "index times exit_codes results.index command");
}

BOOST_AUTO_TEST_CASE(arrays_of_arrays_have_an_index_a_level) {
    const auto& t = table(parse(R"({"raw":[[1,2],[3]]})"), "raw");
    BOOST_TEST(cells(t, "index") == "0 0 1");
    BOOST_TEST(cells(t, "index_2") == "0 1 0");
    BOOST_TEST(cells(t, "value") == "1 2 3");
}

BOOST_AUTO_TEST_CASE(short_lists_of_texts_in_rows_stay_a_column_and_long_ones_become_a_table) {
    const auto brief = parse(R"({"r":[{"tags":["a","b"]},{"tags":["c"]}]})");
    BOOST_TEST(brief.tables.size() == 1U);
    BOOST_TEST(cells(table(brief, "r"), "tags") == R"(["a","b"] ["c"])");
    const auto full =
        parse(R"({"r":[{"id":"x","tags":["1","2","3","4","5","6","7","8","9"]},{"id":"y","tags":["c"]}]})");
    BOOST_TEST(names(table(full, "r")) == "id");
    BOOST_TEST(table(full, "r.tags").row_count == 10U);
}

BOOST_AUTO_TEST_CASE(an_array_or_a_scalar_at_the_top_has_a_table_too) {
    BOOST_TEST(cells(table(parse(R"([{"a":1},{"a":2}])"), "rows"), "a") == "1 2");
    BOOST_TEST(table(parse(R"([{"a":1},{"a":2}])"), "rows").metadata(0, "assay.pointer") == "/*/a");
    BOOST_TEST(cells(table(parse("42"), "document"), "value") == "42");
    BOOST_TEST(table(parse("[{},{}]"), "rows").row_count == 2U);
    BOOST_TEST(parse("{}").tables.empty());
}

BOOST_AUTO_TEST_CASE(times_are_times_only_if_all_values_are) {
    const auto got = parse(R"([{"t":"2025-10-02T19:12:04+02:00","u":"2025-10-02"},{"t":null,"u":"soon"}])");
    const auto& t = table(got, "rows");
    BOOST_TEST(cells(t, "t") == "2025-10-02T17:12:04.000000Z ~");
    BOOST_TEST(t.metadata(0, "assay.role") == "timestamp");
    BOOST_TEST(cells(t, "u") == "2025-10-02 soon");
}

BOOST_AUTO_TEST_CASE(times_that_name_no_zone_are_told_from_days) {
    const auto got = parse(R"([{"t":"2025-10-02T15:12:04","day":"2025-10-02","z":"2025-10-02T15:12:04Z"}])");
    BOOST_TEST(got.count("no-zone") == 1U);
    BOOST_TEST(got.diagnostic("no-zone").column_name == "t");
}

BOOST_AUTO_TEST_CASE(numbers_among_texts_are_text_and_said_so) {
    const auto got = parse(R"([{"x":1},{"x":"fast"},{"x":2.5}])");
    BOOST_TEST(cells(table(got, "rows"), "x") == "1 fast 2.5");
    BOOST_TEST(got.diagnostic("mixed-types").message.substr(0, 6) == "2 of 3");
    BOOST_TEST(got.diagnostic("mixed-types").column_name == "x");
}

BOOST_AUTO_TEST_CASE(texts_that_stand_for_no_value_leave_a_column_numeric) {
    const auto got = parse(R"([{"x":1},{"x":"N/A"},{"x":"none"}])");
    BOOST_CHECK(table(got, "rows").fields[0].type == Type::integer);
    BOOST_TEST(cells(table(got, "rows"), "x") == "1 ~ ~");
    BOOST_TEST(got.count("text-for-no-value") == 1U);
}

BOOST_AUTO_TEST_CASE(texts_for_numbers_that_json_lacks_are_those_numbers) {
    const auto got = parse(R"([{"x":1,"y":"inf"},{"x":"NaN","y":"-Infinity"},{"x":"N/A","y":"inf"}])");
    BOOST_CHECK(table(got, "rows").fields[0].type == Type::real);
    BOOST_TEST(cells(table(got, "rows"), "x") == "1 nan ~");
    BOOST_TEST(cells(table(got, "rows"), "y") == "inf -inf inf");
    BOOST_TEST(cells(table(parse(R"([{"x":"inf"},{"x":"other"}])"), "rows"), "x") == "inf other");
}

BOOST_AUTO_TEST_CASE(nan_among_texts_truths_and_times_is_no_value) {
    const auto got = parse(R"([{"t":"a","b":true,"d":"2025-01-02"},{"t":NaN,"b":NaN,"d":NaN}])");
    const auto& rows = table(got, "rows");
    BOOST_TEST(cells(rows, "t") == "a ~");
    BOOST_CHECK(rows.fields[1].type == Type::boolean);
    BOOST_CHECK(rows.fields[2].type == Type::time);
    BOOST_TEST(cells(rows, "b") == "true ~");
    BOOST_TEST(got.count("text-for-no-value") == 3U);
}

BOOST_AUTO_TEST_CASE(null_where_other_rows_have_an_object_makes_no_column) {
    const auto got = parse(R"([{"c":null,"x":1},{"c":{"y":2},"x":2}])");
    BOOST_TEST(names(table(got, "rows")) == "x c.y");
}

BOOST_AUTO_TEST_CASE(a_key_with_a_dot_and_a_path_of_the_same_name_are_two_columns) {
    const auto got = parse(R"({"a":{"b":1},"a.b":2,"":3})");
    BOOST_TEST(names(table(got, "document")) == "a.b a.b_2 (empty)");
    BOOST_TEST(cells(table(got, "document"), "a.b_2") == "2");
}

namespace {
/// `{"t0": value, "t1": value, ...}`
std::string members(int count, const std::string& value) {
    std::string text = "{";
    for (int i = 0; i < count; ++i) {
        if (i > 0) text += ',';
        text.append("\"t").append(std::to_string(i)).append("\":").append(value);
    }
    return text += '}';
}
} // namespace

BOOST_AUTO_TEST_CASE(tables_beyond_the_limit_are_counted) {
    const auto got = parse(members(300, R"([{"x":1}])"));
    BOOST_TEST(got.tables.size() == assay::json::max_tables);
    BOOST_TEST(got.count("too-many-tables") == 300U - assay::json::max_tables);
}

BOOST_AUTO_TEST_CASE(too_many_columns_are_a_failure) {
    BOOST_TEST(parse(members(20'001, "1")).reason == "too-wide");
    BOOST_TEST(table(parse(members(20'000, "1")), "document").fields.size() == 20'000U);
}

BOOST_AUTO_TEST_CASE(singular_names_one_of_many) {
    using assay::json::singular;
    BOOST_TEST(singular("backends") == "backend");
    BOOST_TEST(singular("processes") == "process");
    BOOST_TEST(singular("batches") == "batch");
    BOOST_TEST(singular("entries") == "entry");
    BOOST_TEST(singular("status") == "status");
    BOOST_TEST(singular("fusion") == "fusion");
}

BOOST_AUTO_TEST_CASE(columns_of_a_known_format_have_the_units_that_its_documentation_states) {
    const auto unit = [](const assay::testkit::TableSeen& t, std::string_view name) {
        return t.metadata(column(t, name), "assay.unit");
    };
    const auto hyperfine = parse(R"({"results":[
        {"command":"a","mean":0.2,"stddev":0.1,"user":0.1,"system":0.1,"times":[0.1,0.3],"exit_codes":[0,0]},
        {"command":"b","mean":0.2,"stddev":0.1,"user":0.1,"system":0.1,"times":[0.1,0.3],"exit_codes":[0,0]}]})");
    BOOST_TEST(unit(table(hyperfine, "results.times"), "times") == "s");
    BOOST_TEST(unit(table(hyperfine, "results"), "mean") == "s");
    BOOST_TEST(unit(table(hyperfine, "results"), "user") == "");
    const auto other = parse(R"({"results":[{"name":"a","times":[0.1,0.3]},{"name":"b","times":[0.1,0.3]}]})");
    BOOST_TEST(unit(table(other, "results.times"), "value") == "");
    const auto k6 = parse(R"k6({"metrics":{"http_req_duration":{"avg":1.5,"p(90)":2.5},"http_req_failed":{"value":0.5},
                               "vus":{"value":20},"iterations":{"count":9,"rate":1.5}}})k6");
    BOOST_TEST(unit(table(k6, "document"), "metrics.http_req_duration.p(90)") == "ms");
    BOOST_TEST(unit(table(k6, "document"), "metrics.http_req_failed.value") == "");
}

BOOST_AUTO_TEST_CASE(criterions_estimates_are_statistics_of_one_benchmark_in_nanoseconds) {
    const auto of = [](const char* value, const char* low) {
        return std::string{R"({"confidence_interval":{"confidence_level":0.95,"lower_bound":)"} + low +
               R"(,"upper_bound":2},"point_estimate":)" + value + R"(,"standard_error":0.1})";
    };
    const auto unit = [](const assay::testkit::Parsed& got, std::string_view name) {
        const auto t = table(got, "document");
        return t.metadata(column(t, name), "assay.unit");
    };
    const auto estimates = parse("{\"mean\":" + of("1.5", "1.4") + ",\"median\":" + of("1.5", "1.4") +
                                 ",\"slope\":null,\"std_dev\":" + of("0.1", "0.05") + "}");
    BOOST_TEST(unit(estimates, "mean.point_estimate") == "ns");
    BOOST_TEST(unit(estimates, "mean.confidence_interval.lower_bound") == "ns");
    BOOST_TEST(unit(estimates, "mean.confidence_interval.confidence_level") == "");
    const auto change = parse("{\"mean\":" + of("0.05", "0.04") + ",\"median\":" + of("0.05", "0.04") + "}");
    BOOST_TEST(unit(change, "mean.point_estimate") == "");
    const auto sample = table(parse(R"({"sampling_mode":"Linear","iters":[1.0,2.0],"times":[5.5,10.5]})"), "iters");
    BOOST_TEST(sample.metadata(column(sample, "iters"), "assay.role") == "parameter");
    BOOST_TEST(sample.metadata(column(sample, "times"), "assay.role") == "text");
    const auto fences = table(parse("[1.5,2.5,3.5,4.5]", "new/tukey.json"), "rows");
    BOOST_TEST(fences.metadata(column(fences, "value"), "assay.role") == "text");
    const auto other = table(parse("[1.5,2.5,3.5,4.5]", "new/times.json"), "rows");
    BOOST_TEST(other.metadata(column(other, "value"), "assay.role") == "");
}

BOOST_AUTO_TEST_CASE(entries_named_like_those_of_a_collection_beside_them_are_rows_however_unlike) {
    const auto got = parse(R"({"results":{"arc":{"acc":0.7,"acc_norm":0.8},"gsm8k":{"match":0.4,"strict":0.3}},
                               "configs":{"arc":{"task":"arc","shots":0},"gsm8k":{"task":"gsm8k","shots":5}},
                               "model":"m"})");
    const auto results = table(got, "results");
    BOOST_TEST(cells(results, "result") == "arc gsm8k");
    BOOST_TEST(cells(results, "acc") == "0.7 ~");
    BOOST_TEST(cells(results, "match") == "~ 0.4");
    const auto alone = parse(R"({"results":{"arc":{"acc":0.7,"acc_norm":0.8},"gsm8k":{"match":0.4,"strict":0.3}},
                               "model":"m"})");
    BOOST_TEST(cells(table(alone, "document"), "results.arc.acc") == "0.7");
}

BOOST_AUTO_TEST_CASE(many_collections_beside_unlike_objects_are_read_in_time_that_grows_with_their_number) {
    std::string text = "{";
    for (int i = 0; i < 20000; ++i) {
        const std::string n = std::to_string(i);
        text += std::string{i == 0 ? "" : ","} + "\"c" + n + "\":{\"a" + n + "\":{\"x\":1},\"b" + n +
                "\":{\"x\":2}},\"o" + n + "\":{\"p" + n + "\":{\"y\":1},\"q" + n + "\":{\"z\":2}}";
    }
    const auto begin = std::chrono::steady_clock::now();
    const auto members = simdjson::padded_string{text + "}"};
    simdjson::dom::parser parser;
    const simdjson::dom::object root = parser.parse(members);
    BOOST_TEST(assay::json::levels_of_members(root).size() == 40000U);
    BOOST_TEST((std::chrono::steady_clock::now() - begin < std::chrono::seconds{2}));
}

BOOST_AUTO_TEST_CASE(numbers_of_what_ran_for_no_time_are_no_zeros) {
    const auto got = parse(R"({"jobs":[
        {"name":"r","read":{"iops":9.5,"runtime":5,"lat":{"mean":2.5}},"write":{"iops":0.0,"runtime":0,"lat":{"mean":0.0}}},
        {"name":"w","read":{"iops":0.0,"runtime":0,"n":0,"lat":{"mean":0.0}},"write":{"iops":4.5,"runtime":5,"n":2,"lat":{"mean":1.5}}}]})");
    const auto jobs = table(got, "jobs");
    BOOST_TEST(cells(jobs, "read.iops") == "9.5 ~");
    BOOST_TEST(cells(jobs, "write.iops") == "0 4.5"); // three zeros could be anything
    BOOST_TEST(got.count("ran-for-no-time") == 1U);
}

BOOST_AUTO_TEST_CASE(zeros_of_no_time_beside_nothing_alike_that_ran_are_counts) {
    const auto got = parse(R"({"summary":{"elapsed":0,"failures":0,"errors":0,"skipped":0},"t":[1.5,2.5]})");
    BOOST_TEST(cells(table(got, "document"), "summary.errors") == "0");
    const auto rows = parse(R"({"tests":[{"name":"a","result":{"duration":1.5,"errors":0,"warnings":0,"retries":0}},
                                         {"name":"b","result":{"duration":0,"errors":0,"warnings":0,"retries":0}}]})");
    BOOST_TEST(cells(table(rows, "tests"), "result.errors") == "0 0");
    const auto unlike = parse(R"({"jobs":[{"name":"a","read":{"runtime":5,"iops":9.5},
                                           "summary":{"runtime":0,"errors":0,"warnings":0,"retries":0}}]})");
    BOOST_TEST(cells(table(unlike, "jobs"), "summary.errors") == "0");
}

BOOST_AUTO_TEST_CASE(numbers_and_texts_of_different_keys_are_two_columns) {
    const auto got =
        table(parse(R"([{"key":"name","value":"bert"},{"key":"acc","value":0.5},{"key":"done","value":true},
                                     {"key":"start","value":null},{"key":"acc","value":"N/A"}])"),
              "rows");
    BOOST_TEST(cells(got, "value") == "~ 0.5 ~ ~ ~");
    BOOST_TEST((got.fields[column(got, "value")].type == assay::Type::real));
    BOOST_TEST(cells(got, "value.text") == "bert ~ true ~ ~");
    const auto keyless = table(parse(R"([{"n":1,"value":"x"},{"n":2,"value":0.5}])"), "rows");
    BOOST_TEST(cells(keyless, "value") == "x 0.5");
}

BOOST_AUTO_TEST_CASE(values_written_as_texts_are_numbers) {
    const auto got = table(parse(R"([{"event":"a","counter-value":"10175.5","version":"1.5"},
                                     {"event":"b","counter-value":"<not supported>","version":"1.25"}])"),
                           "rows");
    BOOST_TEST((got.fields[column(got, "counter-value")].type == assay::Type::real));
    BOOST_TEST(cells(got, "counter-value") == "10175.5 ~");
    BOOST_TEST(cells(got, "version") == "1.5 1.25");
    BOOST_TEST((got.fields[column(got, "version")].type == assay::Type::text));
    BOOST_TEST(cells(table(parse(R"([{"value":"1.5"},{"value":"x"}])"), "rows"), "value") == "1.5 x");
}

BOOST_AUTO_TEST_CASE(texts_among_values_take_no_name_that_a_column_has) {
    const auto got = table(parse(R"([{"key":"name","value":"bert","value.text":"own"},
                                     {"key":"acc","value":0.5,"value.text":"q"}])"),
                           "rows");
    BOOST_TEST(cells(got, "value") == "~ 0.5");
    BOOST_TEST(cells(got, "value.text") == "own q");
    BOOST_TEST(cells(got, "value.text_2") == "bert ~");
}

BOOST_AUTO_TEST_CASE(whole_numbers_written_as_texts_lose_no_digits) {
    const auto value = [](const std::string& text) {
        return cells(table(parse(R"([{"value":"1"},{"value":")" + text + "\"}]"), "rows"), "value");
    };
    BOOST_TEST(value("12345678901234567890123") == "1 12345678901234567890123");
    BOOST_TEST(value("-9007199254740993") == "1 -9007199254740993");
    const auto counters = table(parse(R"([{"value":"9007199254740992"},{"value":"1e300"}])"), "rows");
    BOOST_TEST((counters.fields[column(counters, "value")].type == Type::real));
}

namespace {
/// The columns of rows within records that have `name`, one of `numbers` each.
std::string columns_within(const std::string& name, const std::vector<std::int64_t>& numbers) {
    std::string text = "{\"intervals\":[";
    for (const auto n : numbers)
        text += std::string{n == numbers.front() ? "" : ","} + "{\"sum\":{\"" + name + "\":" + std::to_string(n) +
                "},\"streams\":[{\"rate\":1.5}]}";
    return names(table(parse(text + "]}"), "intervals.streams"));
}
bool repeats(const std::string& name, const std::vector<std::int64_t>& numbers) {
    return columns_within(name, numbers).find("sum." + name) != std::string::npos;
}
} // namespace

BOOST_AUTO_TEST_CASE(what_was_measured_above_rows_is_no_setting_of_them) {
    BOOST_TEST(!repeats("bytes", {917504123, 903000111, 925112000, 911222333, 930000001, 908111222}));
    BOOST_TEST(!repeats("total_bits", {917504123, 903000111, 925112000, 911222333, 930000001, 908111222}));
    BOOST_TEST(repeats("bytes", {917504123, 903000111, 925112000}));
}

BOOST_AUTO_TEST_CASE(settings_above_rows_are_repeated_in_whatever_order_they_stand) {
    BOOST_TEST(repeats("threads", {1, 16, 2, 32, 4, 8}));
    BOOST_TEST(repeats("bytes", {1, 16, 2, 32, 4, 8}));
    BOOST_TEST(repeats("bytes", {65536, 4194304, 131072, 1048576, 262144, 524288}));
    BOOST_TEST(repeats("seed", {917504123, 903000111, 925112000, 911222333, 930000001, 908111222}));
    BOOST_TEST(repeats("bytes", {64, 128, 256, 512, 1024, 2048}));
}

BOOST_AUTO_TEST_SUITE_END()
