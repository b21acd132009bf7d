// What stages give becomes the report's records.
#include "report/fragments.hpp"
#include <boost/test/unit_test.hpp>

using namespace assay;

namespace {

std::string fact(const std::string& id, const std::string& stage) {
    return R"({"id":")" + id + R"(","stage":")" + stage + "\"}";
}

void give(report::Fragments& to, const std::string& stage, const std::vector<std::string>& ids) {
    report::StageRecords& out = to.of_stage(stage);
    for (const auto& id : ids) BOOST_TEST(report::Fragments::add(out, ASSAY_RECORD_FACT, 1, fact(id, stage)) == "");
}

} // namespace

BOOST_AUTO_TEST_SUITE(fragments)

BOOST_AUTO_TEST_CASE(of_facts_with_one_id_the_first_stage_has_it_and_the_others_are_counted) {
    report::Fragments all;
    give(all, "first", {"fa", "fb"});
    give(all, "second", {"fa", "fc", "fd"});
    give(all, "third", {"fc", "fd", "fe"});
    report::Model model;
    all.move_into(model);
    const std::vector<std::string> expected{fact("fa", "first"), fact("fb", "first"), fact("fc", "second"),
                                            fact("fd", "second"), fact("fe", "third")};
    BOOST_TEST(model.records[ASSAY_RECORD_FACT] == expected, boost::test_tools::per_element());
    BOOST_TEST(all.facts_cut() == 3U);
}

BOOST_AUTO_TEST_CASE(of_more_facts_than_are_kept_those_of_smallest_rank_stay_and_the_others_are_counted) {
    constexpr std::uint32_t limit = 5, given = 1'000;
    report::Fragments all{limit};
    report::StageRecords& stage = all.of_stage("many");
    std::vector<std::string> expected;
    for (std::uint32_t i = 0; i < given; ++i) {
        const std::uint32_t rank = (i * 617 + 300) % given; // each once
        const std::string json = fact("f" + std::to_string(i), "many");
        BOOST_TEST(report::Fragments::add(stage, ASSAY_RECORD_FACT, rank, json) == "");
        if (rank < limit) expected.push_back(json);
    }
    // Also one that was cut.
    BOOST_TEST(report::Fragments::add(stage, ASSAY_RECORD_FACT, 1, fact("f0", "many")) != "");
    report::Model model;
    all.move_into(model);
    BOOST_TEST(model.records[ASSAY_RECORD_FACT] == expected, boost::test_tools::per_element());
    BOOST_TEST(all.facts_cut() == given - limit);
}

BOOST_AUTO_TEST_SUITE_END()
