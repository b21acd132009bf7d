#include "pipeline/sample.hpp"

using namespace sample;
namespace {
std::string error_of(const std::string& json) {
    std::string error;
    BOOST_TEST(!parse_manifest(json, error).has_value());
    return error;
}
std::string with_option(const std::string& option) {
    return R"({"assay_manifest":1,"id":"p","abi":[0,1],"components":[{"kind":"parser","id":"c","options":[)" + option +
           "]}]}";
}
} // namespace

BOOST_AUTO_TEST_SUITE(manifest)

BOOST_AUTO_TEST_CASE(a_manifest_becomes_plain_data) {
    std::string error;
    const auto plugin = parse_manifest(sample::manifest, error);
    BOOST_REQUIRE_MESSAGE(plugin, error);
    BOOST_TEST(plugin->id == "sample");
    BOOST_TEST(plugin->abi_minor == 1U);
    BOOST_TEST(plugin->components.size() == 7U);
    const ComponentInfo& csv = *find_component(plugin->components, ComponentKind::parser, "csv");
    BOOST_TEST(csv.extensions.at(0) == ".csv");
    BOOST_TEST(csv.capabilities.at(0) == "splittable");
    BOOST_TEST(find_option(csv, "quote")->default_json == "\"\\\"\"");
    const ComponentInfo& statistics = *find_component(plugin->components, ComponentKind::analyzer, "statistics");
    BOOST_TEST(statistics.needs.at(0) == "profile/1");
    BOOST_TEST(*find_option(statistics, "confidence")->maximum == 0.999);
    BOOST_TEST(!find_option(statistics, "resamples")->maximum.has_value());
    BOOST_TEST(find_option(statistics, "seed")->default_json.empty());
}

BOOST_AUTO_TEST_CASE(a_bad_manifest_gives_one_sentence_with_its_place) {
    BOOST_TEST(error_of("{") == "manifest, line 1, column 1: the text ends before this bracket is closed with '}'");
    BOOST_TEST(error_of("{\"assay_manifest\": 2}") == "manifest, line 1, column 20: manifest format 2 is not 1");
    BOOST_TEST(error_of("{}") == "manifest, line 1, column 1: 'assay_manifest' is missing");
    BOOST_TEST(error_of(R"({"assay_manifest":1,"id":"p","abi":[0],"components":[]})")
                   .ends_with("'abi' should be [major, minor]"));
    BOOST_TEST(error_of(with_option(R"({"name":"a","type":"double"})")).find("option type 'double' is none of") !=
               std::string::npos);
    BOOST_TEST(error_of(with_option(R"({"name":"a","type":"int","default":1.5})"))
                   .ends_with("the default of option 'a' is not of type int"));
    BOOST_TEST(
        error_of(with_option(R"({"name":"a","type":"int"},{"name":"a","type":"int"})")).ends_with("declared twice"));
    BOOST_TEST(error_of(std::string(200000, '[')).find("nested more than") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
