#include "chat/tokens.hpp"
#include "chat/asked.hpp"
#include "chat/server.hpp"
#include <boost/test/unit_test.hpp>

using namespace assay::chat;

namespace {

Metrics prompt_of(std::uint64_t tokens) {
    Metrics metrics;
    metrics.prompt_tokens = tokens;
    return metrics;
}

} // namespace

BOOST_AUTO_TEST_SUITE(token_estimates)

BOOST_AUTO_TEST_CASE(a_third_of_the_bytes_is_the_estimate_and_room_is_kept_for_what_makes_more_tokens) {
    const auto of = [](const std::string& text, const std::string& schema = "") {
        return estimate(Request{{{"user", text}}, schema, {}});
    };
    const auto guess = of(std::string(300, 'a'));
    BOOST_TEST(guess.tokens == 100U);
    BOOST_TEST(!guess.counted);
    const std::uint64_t marks = of("").room;
    BOOST_TEST(guess.room == marks + 150);
    BOOST_TEST(of(std::string(300, '7')).room == marks + 300);
    BOOST_TEST(of("gr\xC3\xBC\xC3\x9F 12").room == marks + 2 + 2 + 4); // g r blank: two; two digits, four bytes
    BOOST_TEST(of("", std::string(100, 'a')).room == marks);
}

BOOST_AUTO_TEST_CASE(the_window_holds_prompt_and_reply) {
    ModelSettings settings;
    const TokenEstimate of_prompt{100, 300, false};
    BOOST_TEST(window_for(settings, Request{{}, "", 50}, of_prompt) == 350U);
    BOOST_TEST(window_for(settings, Request{{}, "", {}}, of_prompt) == 300U + 4096U);
    settings.num_predict = 70;
    BOOST_TEST(window_for(settings, Request{{}, "", {}}, of_prompt) == 370U);
}

BOOST_AUTO_TEST_CASE(the_tokenizer_of_llama_cpp_counts_where_there_is_one) {
    const served::Server server{[](served::Connection& to, const served::Seen& request) {
        BOOST_TEST(request.path == "/tokenize");
        BOOST_TEST(request.body.find("You are brief.") != std::string::npos);
        to.answer(200, "application/json", R"({"tokens":[1,2,3,4,5]})");
    }};
    auto settings = asked::settings("openai", server.url());
    const auto counted = estimate(settings, asked::request());
    BOOST_TEST(counted.tokens == 5U);
    BOOST_TEST(counted.counted);
    BOOST_TEST(counted.room >= 5U);
    BOOST_TEST(counted.room < 5U + 100U);
    settings.cassettes = Cassettes::replay;
    BOOST_TEST(!estimate(settings, asked::request()).counted);
    settings = asked::settings("openai", served::nowhere());
    BOOST_TEST(!estimate(settings, asked::request()).counted);
    BOOST_TEST(server.seen().size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_prompt_is_taken_as_cut_below_seven_tenths_of_the_estimate) {
    const TokenEstimate hundred{100, 300, false};
    BOOST_TEST(!looks_truncated(prompt_of(70), hundred));
    BOOST_TEST(looks_truncated(prompt_of(69), hundred));
    Metrics cached = prompt_of(10);
    cached.cached_tokens = 60;
    BOOST_TEST(!looks_truncated(cached, hundred));
    BOOST_TEST(!looks_truncated(Metrics{}, hundred));
}

BOOST_AUTO_TEST_SUITE_END()
