#include "pipeline/sample.hpp"

using namespace sample;
namespace {
void expect(const std::string& text, Code code, unsigned column, const std::string& meant = "") {
    BOOST_TEST_CONTEXT(text) {
        const Problem p = only(checked(text));
        BOOST_TEST_CONTEXT(render_text(p)) {
            BOOST_TEST(text_of(p.code) == text_of(code));
            BOOST_TEST(p.column == column);
            BOOST_TEST((p.suggestions.empty() ? "" : p.suggestions[0]) == meant);
            BOOST_TEST(!p.choices.empty());
        }
    }
}

ComponentInfo analyzer(const std::string& id, const std::string& need, const std::string& provides) {
    ComponentInfo info;
    info.kind = ComponentKind::analyzer;
    info.id = id;
    if (!need.empty()) info.needs = {need};
    info.provides = provides;
    return info;
}

LoadResult against(const std::string& text, const std::vector<ComponentInfo>& components) {
    return load_and_check(request(text), components);
}
} // namespace

BOOST_AUTO_TEST_SUITE(check_against_components)

BOOST_AUTO_TEST_CASE(each_mistake_has_its_code_place_and_valid_choice) {
    expect(R"({"parsers": [{"use": "cvs"}]})", Code::unknown_component, 22, "csv");
    expect(R"({"parsers": [{"use": "csv", "with": {"delimitr": ";"}}]})", Code::unknown_option, 38, "delimiter");
    expect(R"({"renderers": [{"use": "rows", "to": "a", "with": {"x": 1}}]})", Code::unknown_option, 52);
    expect(R"({"parsers": [{"use": "csv", "with": {"header": "true"}}]})", Code::wrong_type, 48);
    expect(R"({"parsers": [{"use": "csv", "with": {"header": null}}]})", Code::wrong_type, 48);
    expect(R"({"parsers": [{"use": "json", "with": {"depth": 1.0}}]})", Code::wrong_type, 48);
    expect(R"({"parsers": [{"use": "csv", "with": {"delimiter": 1}}]})", Code::wrong_type, 51);
    expect(R"({"parsers": [{"use": "json", "with": {"depth": 1001}}]})", Code::out_of_range, 48);
    expect(R"({"analyzers": [{"use": "statistics", "with": {"resamples": 0}}]})", Code::out_of_range, 60);
    expect(R"({"parsers": [{"use": "csv", "with": {"encoding": "utf8"}}]})", Code::bad_choice, 50, "utf-8");
    expect(R"({"analyzers": [{"use": "profile"}, {"use": "gaps", "from": ["profiel"]}]})", Code::unknown_stage, 61,
           "profile");
}

BOOST_AUTO_TEST_CASE(a_component_of_another_kind_is_called_what_it_is) {
    const Problem p = only(checked(R"({"analyzers": [{"use": "csv"}]})"));
    BOOST_TEST(p.message == "'csv' is a parser, not an analyzer: it belongs in 'parsers'");
}

BOOST_AUTO_TEST_CASE(options_are_completed_with_their_defaults) {
    const auto result =
        checked(R"({"parsers": [{"use": "csv"}], "analyzers": [{"use": "statistics", "with": {"confidence": 0.9}}]})");
    fine(result);
    const Node& csv = result.pipeline->parsers.at(0).with;
    BOOST_TEST(csv.items.size() == 4U);
    BOOST_TEST(csv.find("quote")->text == "\"");
    BOOST_TEST(csv.find("header")->boolean);
    const Node& statistics = result.pipeline->analyzers.at(0).with;
    BOOST_TEST(statistics.find("confidence")->number == 0.9);
    BOOST_TEST((statistics.find("group_by")->kind == Kind::list));
    BOOST_TEST(statistics.find("seed") == nullptr);
}

BOOST_AUTO_TEST_CASE(a_whole_number_is_a_real_one_but_not_the_other_way_round) {
    const auto plugin = [] {
        ComponentInfo info = analyzer("a", "", "");
        info.options.push_back({"x", OptionType::real, "5", "", {}, {}, {}});
        return info;
    }();
    const auto result =
        against(R"({"analyzers": [{"use": "a", "with": {"x": 3}}, {"use": "a", "as": "b"}]})", {plugin});
    fine(result);
    BOOST_TEST((result.pipeline->analyzers.at(0).with.find("x")->kind == Kind::real));
    BOOST_TEST(result.pipeline->analyzers.at(0).with.find("x")->number == 3.0);
    BOOST_TEST((result.pipeline->analyzers.at(1).with.find("x")->kind == Kind::real));
}

BOOST_AUTO_TEST_CASE(all_parsers_come_with_defaults_unless_some_are_named) {
    const auto all = checked(R"({"parsers": "all"})");
    BOOST_TEST(all.pipeline->parsers.size() == 2U);
    BOOST_TEST(all.pipeline->parsers.at(0).implied);
    const auto more = checked(R"({"parsers": ["all", {"use": "json", "with": {"depth": 3}}]})");
    fine(more);
    BOOST_TEST(more.pipeline->parsers.size() == 2U);
    BOOST_TEST(more.pipeline->parsers.at(0).with.find("depth")->integer == 3);
    BOOST_TEST(checked(R"({"parsers": [{"use": "json"}]})").pipeline->parsers.size() == 1U);
    BOOST_TEST(text_of(only(checked(R"({"parsers": "al"})")).code) == "E206");
}

BOOST_AUTO_TEST_CASE(needed_analyzers_are_added_and_stages_ordered_behind_them) {
    const auto result = checked(R"({"analyzers": [{"use": "gaps"}]})");
    fine(result);
    const Pipeline& p = *result.pipeline;
    BOOST_REQUIRE(p.analyzers.size() == 3U);
    BOOST_TEST(p.analyzers[1].use.text == "statistics");
    BOOST_TEST(p.analyzers[1].implied);
    BOOST_TEST(p.analyzers[2].use.text == "profile");
    BOOST_TEST(p.analyzers[0].needs.at(0) == "statistics");
    const std::vector<std::size_t> order = {2, 1, 0};
    BOOST_TEST(p.order == order, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(an_implied_stage_avoids_names_that_are_taken) {
    const auto result = checked(R"({"analyzers": [{"use": "statistics", "as": "profile"}]})");
    fine(result);
    BOOST_TEST(result.pipeline->analyzers.at(1).name.text == "profile-2");
    BOOST_TEST(result.pipeline->analyzers.at(0).needs.at(0) == "profile-2");
}

BOOST_AUTO_TEST_CASE(a_need_nobody_provides_names_what_is_provided) {
    const auto result =
        against(R"({"analyzers": [{"use": "a"}]})", {analyzer("a", "profile/2", ""), analyzer("b", "", "profile/1")});
    const Problem p = only(result);
    BOOST_TEST(text_of(p.code) == "E211");
    BOOST_TEST(p.column == 24U);
    BOOST_TEST(p.suggestions.at(0) == "profile/1");
}

BOOST_AUTO_TEST_CASE(a_need_that_several_provide_is_settled_by_from) {
    const std::vector<ComponentInfo> all = {analyzer("a", "p/1", ""), analyzer("b", "", "p/1"),
                                            analyzer("c", "", "p/1")};
    BOOST_TEST(text_of(only(against(R"({"analyzers": [{"use": "a"}]})", all)).code) == "E212");
    BOOST_TEST(text_of(only(against(R"({"analyzers": [{"use": "b"}, {"use": "c"}, {"use": "a"}]})", all)).code) ==
               "E212");
    const auto settled = against(R"({"analyzers": [{"use": "b"}, {"use": "c"}, {"use": "a", "from": ["c"]}]})", all);
    fine(settled);
    BOOST_TEST(settled.pipeline->analyzers.at(2).needs.at(0) == "c");
}

BOOST_AUTO_TEST_CASE(a_need_of_all_others_takes_from_each_unless_from_says_which) {
    const std::vector<ComponentInfo> all = {analyzer("tells", "*", ""), analyzer("tells-too", "*", ""),
                                            analyzer("b", "p/1", ""), analyzer("p", "", "p/1")};
    const auto result = against(R"({"analyzers": [{"use": "tells"}, {"use": "b"}, {"use": "tells-too"}]})", all);
    fine(result);
    const std::vector<std::string> both = {"b", "p"}; // p is implied; two that tell do not wait for each other
    BOOST_TEST(result.pipeline->analyzers[0].needs == both, boost::test_tools::per_element());
    BOOST_TEST(result.pipeline->analyzers[2].needs == both, boost::test_tools::per_element());
    const auto settled = against(R"({"analyzers": [{"use": "tells", "from": ["b"]}, {"use": "b"}]})", all);
    fine(settled);
    BOOST_TEST(settled.pipeline->analyzers[0].needs.empty());
    BOOST_TEST(settled.pipeline->order.back() == 0U);
}

BOOST_AUTO_TEST_CASE(cycles_of_needs_and_of_from_are_told_once_each) {
    const std::vector<ComponentInfo> all = {analyzer("a", "b/1", "a/1"), analyzer("b", "a/1", "b/1"),
                                            analyzer("c", "", "")};
    const Problem needs = only(against(R"({"analyzers": [{"use": "a"}, {"use": "c", "from": ["a"]}]})", all));
    BOOST_TEST(text_of(needs.code) == "E210");
    BOOST_TEST(needs.message == "stages that wait for each other: 'a' takes from 'b' takes from 'a'");
    const Problem from =
        only(against(R"({"analyzers": [{"use": "c", "from": ["d"]}, {"use": "c", "as": "d", "from": ["e"]},
                                                       {"use": "c", "as": "e", "from": ["c"]}]})",
                     all));
    BOOST_TEST(from.column == 38U);
    BOOST_TEST(text_of(only(against(R"({"analyzers": [{"use": "c", "from": ["c"]}]})", all)).code) == "E210");
    const auto two = against(R"({"analyzers": [{"use": "c", "from": ["c"]}, {"use": "a"}]})", all);
    BOOST_TEST(two.problems.size() == 2U);
}

BOOST_AUTO_TEST_CASE(ten_different_mistakes_are_shown_at_once) {
    const std::string text = R"({
  "nmae": "x",
  "inputs": [ { "include": ["[a"] } ],
  "parsers": [ { "use": "csv", "with": { "delimitr": ";", "header": 1 } }, ],
  "analyzers": [ { "use": "statistcs" }, { "use": "gaps", "from": ["nobody"] } ],
  "renderers": [ { "use": "markdown", "to": "r.md", "with": { "width": 5 } }, { "use": "rows", "to": "r.md" } ],
  "status": { "failed": "" },
  "fail_on": "sever"
})";
    const auto result = checked(text);
    const std::vector<std::string> expected = {"2:3 E201",  "3:15 E207",  "3:29 E213", "4:42 E203",
                                               "4:69 E204", "4:74 E102",  "5:27 E202", "5:68 E209",
                                               "6:72 E205", "6:102 E215", "7:25 E214", "8:14 E206"};
    BOOST_TEST(summary(result.problems) == expected, boost::test_tools::per_element());
    for (const Problem& p : result.problems) {
        BOOST_TEST(p.excerpt.width >= 1U);
        BOOST_TEST(render_text(p).find("^") != std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(a_pipeline_of_many_stages_is_checked_quickly_and_in_full) {
    std::string text = R"({"analyzers": [{"use": "profile"})";
    for (int i = 0; i < 2000; ++i) text += ",\n{\"use\": \"gap\", \"as\": \"s" + std::to_string(i) + "\"}";
    const auto result = checked(text + "]}");
    BOOST_TEST(result.problems.size() == 2000U);
}

BOOST_AUTO_TEST_SUITE_END()
