#include "registry/options.hpp"
#include <assay/strings.hpp>
#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

using namespace assay::registry;
using nlohmann::json;

BOOST_AUTO_TEST_SUITE(options)

namespace {
const assay_value& only_item(const OptionValues& values) {
    BOOST_REQUIRE_EQUAL(values.get()->n_items, 1U);
    return values.get()->items[0];
}
} // namespace

BOOST_AUTO_TEST_CASE(every_kind_of_value_arrives_with_its_key) {
    const OptionValues values{
        json::parse(R"({"a": null, "b": true, "c": -3, "d": 2.5, "e": "text", "f": [1, "x"], "g": {"k": "v"}})")};
    const assay_value& root = *values.get();
    BOOST_TEST(root.kind == ASSAY_VALUE_MAP);
    BOOST_REQUIRE_EQUAL(root.n_items, 7U);
    std::string keys;
    for (std::size_t i = 0; i < root.n_items; ++i) {
        BOOST_TEST(root.items[i].struct_size == sizeof(assay_value));
        BOOST_TEST(root.items[i].kind == static_cast<std::int32_t>(i)); // the kinds are numbered in this order
        keys += assay::view(root.items[i].key);
    }
    BOOST_TEST(keys == "abcdefg");
    BOOST_TEST(root.items[1].boolean == 1);
    BOOST_TEST(root.items[2].integer == -3);
    BOOST_TEST(root.items[3].number == 2.5);
    BOOST_TEST(assay::view(root.items[4].text) == "text");
    BOOST_REQUIRE_EQUAL(root.items[5].n_items, 2U);
    BOOST_TEST(assay::view(root.items[5].items[1].text) == "x");
    BOOST_TEST(assay::view(root.items[6].items[0].key) == "k");
    BOOST_TEST(assay::view(root.items[6].items[0].text) == "v");
}

BOOST_AUTO_TEST_CASE(numbers_are_given_both_ways_where_that_loses_nothing) {
    const OptionValues whole{json{{"x", 4.0}}}, integer{json{{"x", 7}}}, part{json{{"x", 0.5}}},
        huge{json{{"x", 1e300}}};
    BOOST_TEST(only_item(whole).kind == ASSAY_VALUE_FLOAT);
    BOOST_TEST(only_item(whole).integer == 4);
    BOOST_TEST(only_item(integer).kind == ASSAY_VALUE_INT);
    BOOST_TEST(only_item(integer).number == 7.0);
    BOOST_TEST(only_item(part).integer == 0);
    BOOST_TEST(only_item(huge).integer == 0);
    const OptionValues beyond{json{{"x", 9223372036854775808ULL}}}, last{json{{"x", 9223372036854775807LL}}};
    BOOST_TEST(only_item(beyond).kind == ASSAY_VALUE_FLOAT);
    BOOST_TEST(only_item(beyond).number == 9223372036854775808.0);
    BOOST_TEST(only_item(last).integer == INT64_MAX);
}

BOOST_AUTO_TEST_CASE(no_options_are_an_empty_map) {
    for (const auto& values : {std::make_shared<OptionValues>(), std::make_shared<OptionValues>(json{}),
                               std::make_shared<OptionValues>(json::object())}) {
        BOOST_TEST(values->empty());
        BOOST_TEST(values->get()->kind == ASSAY_VALUE_MAP);
    }
}

BOOST_AUTO_TEST_CASE(values_outlive_the_json_and_a_move) {
    auto source = std::make_unique<json>(json::parse(R"({"list": ["a", "b"], "text": "short"})"));
    OptionValues first{*source};
    source.reset();
    const OptionValues second{std::move(first)};
    BOOST_TEST(assay::view(second.get()->items[0].items[1].text) == "b");
    BOOST_TEST(assay::view(second.get()->items[1].text) == "short");
}

BOOST_AUTO_TEST_SUITE_END()
