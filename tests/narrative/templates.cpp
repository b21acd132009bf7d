// The narrative without a model.
#include "narrative/sample.hpp"
#include <boost/test/unit_test.hpp>

using namespace assay::test;
using namespace assay::narrative;

namespace {

std::string told(const Material& material, std::string_view part) {
    std::string out;
    for (const Part& one : narrate(material))
        if (one.id == part)
            for (const auto& sentence : one.sentences) out += sentence.text + '\n';
    return out;
}

bool says(const Material& material, std::string_view part, std::string_view text) {
    const std::string all = told(material, part);
    BOOST_TEST_MESSAGE(all);
    return all.find(text) != std::string::npos;
}

} // namespace

BOOST_AUTO_TEST_SUITE(narrative_templates)

BOOST_AUTO_TEST_CASE(files_and_rows_are_told_as_they_were_counted) {
    const Material m = sample_material();
    BOOST_TEST(says(m, "data", "9 of 10 files were claimed by a parser: 9 csv files."));
    BOOST_TEST(says(m, "data", "No parser knows the other file: notes.txt."));
    BOOST_TEST(says(m, "data", "Rows: 140 read, 65 ok, 75 failed."));
    BOOST_TEST(says(m, "summary", "75 of 100 rows of “batch runs” failed (75 of the 90 under runs)"));
}

BOOST_AUTO_TEST_CASE(the_best_is_named_with_sample_size_and_interval) {
    BOOST_TEST(
        says(sample_material(), "summary",
             "The highest median token rate (tokens_s) is that of alpha:1b in speed, at 295 tokens/s with 9 rows "
             "and a 93.8 % interval of 238–299."));
    BOOST_TEST(says(sample_material(), "summary", "In tie, gamma has the highest, though not apart from the next,"));
}

BOOST_AUTO_TEST_CASE(an_order_is_told_with_whether_the_intervals_show_it) {
    BOOST_TEST(says(sample_material(), "comparisons", "The first interval reaches none of the others."));
    BOOST_TEST(says(sample_material(), "comparisons", "Their intervals overlap, so that no order is shown."));
    BOOST_TEST(says(sample_material(), "comparisons", "“4” 900 requests/s (9 rows, interval 880–920); “8” 500"));
}

BOOST_AUTO_TEST_CASE(a_sweep_of_single_observations_names_no_best_configuration) {
    BOOST_TEST(says(sample_material(), "summary", "No best configuration can be named in sweep (36 of 36)"));
}

BOOST_AUTO_TEST_CASE(a_confounded_effect_is_told_with_its_reason) {
    BOOST_TEST(says(sample_material(), "summary",
                    "What temperature does to time to first token (ttft_s) cannot be told in sweep, because it is "
                    "confounded: only temperature=0.2 was measured cold."));
}

BOOST_AUTO_TEST_CASE(a_recommendation_names_the_finding_that_it_answers) {
    BOOST_TEST(says(sample_material(), "recommendations", "Measure each configuration at least 6 times (N2, sweep)."));
}

BOOST_AUTO_TEST_CASE(a_rule_nobody_described_is_told_by_its_message) {
    Material m = sample_material();
    m.gaps.push_back({"Q1",
                      "of-a-plugin",
                      "high",
                      {{"gQ1", "", "4 of 9 widgets are bent: a (3), b", "Straighten them.", "", "", 4, 9}}});
    BOOST_TEST(says(m, "risks", "4 of 9 widgets are bent: a (3), b."));
    BOOST_TEST(says(m, "recommendations", "Straighten them (Q1)."));
}

BOOST_AUTO_TEST_CASE(nothing_at_all_is_told_without_empty_parts) {
    for (const Part& part : narrate({})) {
        BOOST_TEST(!part.sentences.empty());
        for (const auto& sentence : part.sentences) BOOST_TEST(!sentence.text.empty());
    }
    BOOST_TEST(says({}, "data", "No files were found."));
}

BOOST_AUTO_TEST_CASE(the_same_figures_of_a_second_file_are_told_once) {
    Material m = sample_material();
    m.families.push_back(m.families[0]);
    m.families.back().dataset = "speed again";
    BOOST_TEST(!says(m, "comparisons", "speed again"));
}

BOOST_AUTO_TEST_SUITE_END()
