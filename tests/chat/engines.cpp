// Real engines, where the environment names one: an endpoint, a blank, and the model's name.
#include "chat/ask.hpp"
#include "chat/asked.hpp"
#include <boost/test/unit_test.hpp>
#include <cstdlib>

using namespace assay::chat;

namespace {

void ask_engine(const char* variable, const std::string& provider) {
    const char* named = std::getenv(variable);
    if (!named) {
        BOOST_TEST_MESSAGE("skipped: " << variable << " names no endpoint");
        return;
    }
    const std::string text = named;
    const auto blank = text.find(' ');
    ModelSettings settings = asked::settings(provider, text.substr(0, blank));
    settings.model = blank == std::string::npos ? "default" : text.substr(blank + 1);
    settings.allow_remote = true;
    settings.first_token_s = 60;
    settings.total_s = 120;
    settings.seed = 1;
    const asked::Folder folder;
    settings.cassettes = Cassettes::record;
    settings.cassette_folder = folder.path();
    Request request{{{"system", "Answer in JSON."}, {"user", "Which of red, green and blue is the colour of grass?"}},
                    R"({"type":"object","properties":{"colour":{"enum":["red","green","blue"]}},"required":["colour"],)"
                    R"("additionalProperties":false})",
                    40};
    std::size_t told = 0;
    const Reply reply = make_ask(settings, {{}, [&](const Progress&) { ++told; }, {}})(request);
    BOOST_TEST(reply.failure == "", reply.failure << ": " << reply.reason);
    BOOST_TEST(reply.text.find("\"colour\"") != std::string::npos, reply.text);
    BOOST_TEST(reply.metrics.first_token_s.has_value());
    BOOST_TEST(reply.metrics.prompt_tokens.has_value());
    BOOST_TEST(reply.metrics.reply_tokens.has_value());
    BOOST_TEST(told > 0U);
    settings.cassettes = Cassettes::replay;
    settings.endpoint = "http://127.0.0.1:1";
    BOOST_TEST(make_ask(settings)(request).text == reply.text);
    BOOST_TEST_MESSAGE(reply.text << "; first token " << reply.metrics.first_token_s.value_or(0) << " s, prompt "
                                  << reply.metrics.prompt_tokens_per_s.value_or(0) << " and reply "
                                  << reply.metrics.reply_tokens_per_s.value_or(0) << " tokens/s");
}

} // namespace

BOOST_AUTO_TEST_SUITE(engines)

BOOST_AUTO_TEST_CASE(an_ollama_answers_by_a_schema) { ask_engine("ASSAY_TEST_OLLAMA", "ollama"); }

BOOST_AUTO_TEST_CASE(an_openai_server_answers_by_a_schema) { ask_engine("ASSAY_TEST_OPENAI", "openai"); }

BOOST_AUTO_TEST_SUITE_END()
