#include "plan/units.hpp"
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <ostream>

using namespace assay::plan;
namespace data = boost::unit_test::data;

namespace {

struct Case {
    const char *name, *symbol; ///< "" for unknown
};
std::ostream& operator<<(std::ostream& out, const Case& c) { return out << c.name << " -> '" << c.symbol << "'"; }

const Case units_in_names[] = {{"tokens_s", "{token}/s"},
                               {"mean_tokens_s", "{token}/s"},
                               {"tokens_s_mean", "{token}/s"},
                               {"Tokens per Second", "{token}/s"},
                               {"tokens_per_s", "{token}/s"},
                               {"ttft_s", "s"},
                               {"mean_ttft_s", "s"},
                               {"Generation Time (ms)", "ms"},
                               {"memory.used [MiB]", "MiBy"},
                               {"load_ns", "ns"},
                               {"util_pct", "%"},
                               {"cpu_percent", "%"},
                               {"latency_us", "us"},
                               {"latencyMs", "ms"},
                               {"time(s)", "s"},
                               {"size_bytes", "By"},
                               {"Requests/s", "{request}/s"},
                               {"ns/op", "ns/{operation}"},
                               {"queries/sec", "{query}/s"},
                               {"total_tokens", "{token}"}};

const Case without[] = {{"score", ""},       {"s", ""},
                        {"m", ""},           {"min", ""},
                        {"temperature", ""}, {"", ""},
                        {"Time", ""},        {"latency", ""},
                        {"value", ""},       {"k", ""},
                        {"class", ""},       {"f(x)", ""},
                        {"sizePerSec", ""},  {"lookups_per_second", ""}};

} // namespace

BOOST_DATA_TEST_CASE(units_are_read_from_names, data::make(units_in_names)) {
    const auto unit = unit_of_name(sample.name);
    BOOST_REQUIRE(unit);
    BOOST_TEST(unit->symbol == sample.symbol);
    BOOST_TEST(unit->reason != "");
}

BOOST_DATA_TEST_CASE(a_name_that_states_no_unit_gives_none, data::make(without)) {
    BOOST_TEST(!unit_of_name(sample.name));
}

BOOST_AUTO_TEST_CASE(symbols_keep_their_case_where_it_tells_units_apart) {
    BOOST_TEST(unit_symbol("MiB").value() == "MiBy");
    BOOST_TEST(unit_symbol("%").value() == "%");
    BOOST_TEST(unit_symbol(" ms ").value() == "ms");
    BOOST_TEST(!unit_symbol("parsecs of joy"));
    BOOST_TEST(!unit_symbol(""));
}

BOOST_AUTO_TEST_CASE(quotients_are_units_as_tools_write_them) {
    BOOST_TEST(unit_symbol("qps").value() == "{query}/s");
    BOOST_TEST(unit_symbol("req/s").value() == "{request}/s");
    BOOST_TEST(unit_symbol("requests/sec").value() == "{request}/s");
    BOOST_TEST(unit_symbol("ops/ms").value() == "{operation}/ms");
    BOOST_TEST(unit_symbol("us/op").value() == "us/{operation}");
    BOOST_TEST(unit_symbol("B/op").value() == "By/{operation}");
    BOOST_TEST(unit_symbol("MB/sec").value() == "MBy/s");
    for (const auto* none : {"a/b", "/s", "s/", "read/write", "km/h", "ms/s"}) BOOST_TEST(!unit_symbol(none), none);
    BOOST_TEST(is_rate("{operation}/ms"));
    BOOST_TEST(!is_rate("ns/{operation}"));
    BOOST_TEST(is_duration("ns/{operation}"));
}

BOOST_AUTO_TEST_CASE(durations_and_rates_are_told_apart) {
    BOOST_TEST(is_duration("ms"));
    BOOST_TEST(!is_duration("{token}/s"));
    BOOST_TEST(is_rate("{token}/s"));
    BOOST_TEST(!is_rate("s"));
}

BOOST_AUTO_TEST_CASE(temperatures_are_in_the_degrees_that_the_name_says) {
    BOOST_TEST(unit_of_name("gpu_temperature_c")->symbol == "Cel");
    BOOST_TEST(unit_of_name("temp_f")->symbol == "[degF]");
    BOOST_TEST(unit_of_name("temperature.gpu")->symbol == "Cel");
    BOOST_TEST(!unit_of_name("temperature"));
    BOOST_TEST(!unit_of_name("temp"));
}
