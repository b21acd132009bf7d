#include "state.hpp"
#include <assay/stats/top.hpp>
#include <map>

using namespace assay::stats;

BOOST_AUTO_TEST_SUITE(top_texts)

BOOST_AUTO_TEST_CASE(most_frequent_come_first_and_ties_by_text) {
    Top top;
    for (const char* text : {"b", "a", "c", "a", "b", "", "c", "c"}) top.add(text);
    const auto most = top.most_frequent(3);
    BOOST_TEST(top.complete());
    BOOST_TEST(top.n() == 8U);
    BOOST_TEST(top.entries().size() == 4U);
    BOOST_TEST(most[0].text == "c");
    BOOST_TEST(most[0].count == 3U);
    BOOST_TEST(most[1].text == "a");
    BOOST_TEST(most[2].text == "b");
}

BOOST_AUTO_TEST_CASE(beyond_the_cap_counts_of_kept_texts_are_exact) {
    Top top{20};
    std::map<std::string, std::uint64_t> all;
    for (std::uint64_t i = 0; i < 5'000; ++i) {
        const std::string text = "text " + std::to_string(hash(i) % 200);
        top.add(text);
        ++all[text];
    }
    BOOST_TEST(!top.complete());
    BOOST_TEST(top.n() == 5'000U);
    BOOST_TEST(top.entries().size() == 20U);
    for (const TextCount& entry : top.entries()) BOOST_TEST(entry.count == all[entry.text]);
}

BOOST_AUTO_TEST_CASE(long_texts_are_told_apart_and_stored_short) {
    Top top;
    top.add(std::string(5'000, 'x') + "1");
    top.add(std::string(5'000, 'x') + "2");
    BOOST_TEST(top.entries().size() == 2U);
    BOOST_TEST(top.entries()[0].text.size() == Top::text_limit);
}

BOOST_AUTO_TEST_CASE(saved_texts_are_guarded) {
    Top complete{3}, over{3};
    for (const char* text : {"b", "a", "c", "a"}) complete.add(text);
    for (const char* text : {"b", "a", "c", "a", "d", "e"}) over.add(text);
    check_bytes_are_guarded(complete, over);
    check_bytes_are_guarded(over, complete);
}

BOOST_AUTO_TEST_SUITE_END()
