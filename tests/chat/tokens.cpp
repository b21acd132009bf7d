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

BOOST_AUTO_TEST_CASE(bytes_bound_the_tokens_and_a_third_of_them_is_the_estimate) {
    const auto guess = estimate(Request{{{"user", std::string(300, 'a')}}, "", {}, {}});
    BOOST_TEST(guess.tokens == 100U);
    BOOST_TEST(guess.bound >= 300U);
    BOOST_TEST(!guess.counted);
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
