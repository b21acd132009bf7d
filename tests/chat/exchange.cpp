// Exchanges that go well, in all the ways in which bytes may come.
#include "chat/ask.hpp"
#include "chat/asked.hpp"
#include "chat/server.hpp"
#include <boost/iostreams/device/back_inserter.hpp>
#include <boost/iostreams/filter/gzip.hpp>
#include <boost/iostreams/filtering_stream.hpp>
#include <boost/test/unit_test.hpp>
#include <cstdlib>

using namespace assay::chat;
using served::Connection;
using served::Seen;

namespace {

const std::string two_words = served::ollama_stream({"{\"a\":", "\"b\xC3\xBC\"}"});

std::string gzip(const std::string& text) {
    std::string out;
    boost::iostreams::filtering_ostream to;
    to.push(boost::iostreams::gzip_compressor{});
    to.push(boost::iostreams::back_inserter(out));
    to << text;
    to.reset();
    return out;
}

Reply answered(const std::string& provider, const served::Server::Behaviour& behaviour, Surroundings around = {}) {
    const served::Server server{behaviour};
    return make_ask(asked::settings(provider, server.url()), std::move(around))(asked::request());
}

void check_words(const Reply& reply) {
    BOOST_TEST(reply.failure == "", reply.reason);
    BOOST_TEST(reply.text == "{\"a\":\"b\xC3\xBC\"}");
}

} // namespace

BOOST_AUTO_TEST_SUITE(exchanges)

BOOST_AUTO_TEST_CASE(ollama_answers) {
    const served::Server server{[](Connection& to, const Seen& request) {
        if (request.path == "/api/tags")
            to.answer(200, "application/json",
                      R"({"models":[{"name":"other","digest":"0"},{"name":"tiny:latest","digest":"d1"}]})");
        else
            to.answer(200, "application/x-ndjson", two_words);
    }};
    const Reply reply = make_ask(asked::settings("ollama", server.url()))(asked::request());
    check_words(reply);
    BOOST_TEST(reply.model == "tiny");
    BOOST_TEST(reply.digest == "d1");
    BOOST_TEST(reply.metrics.retries == 0U);
    BOOST_TEST(*reply.metrics.reply_tokens_per_s == 20.0);
    BOOST_TEST(*reply.metrics.wall_s >= *reply.metrics.first_token_s);
    BOOST_TEST(!reply.metrics.replayed);
    const auto posted = server.seen().back();
    BOOST_TEST(posted.method == "POST");
    BOOST_TEST(posted.path == "/api/chat");
    BOOST_TEST(posted.head.find("content-type: application/json") != std::string::npos);
    BOOST_TEST(posted.head.find("authorization") == std::string::npos);
    BOOST_TEST(posted.body.find(R"("truncate":false,"shift":false)") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_openai_server_answers) {
    const Reply reply = answered("openai", [](Connection& to, const Seen& request) {
        if (request.path != "/v1/chat/completions") return void(to.answer(404, "application/json", "{}"));
        to.answer(200, "text/event-stream; charset=utf-8", served::openai_stream({"{\"a\":", "\"b\xC3\xBC\"}"}));
    });
    check_words(reply);
    BOOST_TEST(*reply.metrics.prompt_tokens == 40U);
    BOOST_TEST(reply.digest == "");
}

BOOST_AUTO_TEST_CASE(a_slow_drip_of_single_bytes_is_a_reply_with_its_times) {
    std::vector<Progress> told;
    const Reply reply = answered("ollama",
                                 [](Connection& to, const Seen&) {
                                     to.begin("application/x-ndjson");
                                     to.wait(0.1);
                                     for (const char byte : two_words) to.send({&byte, 1}), to.wait(0.001);
                                 },
                                 {{}, [&](const Progress& progress) { told.push_back(progress); }, {}});
    check_words(reply);
    BOOST_TEST(*reply.metrics.first_token_s >= 0.1);
    BOOST_TEST(*reply.metrics.first_token_s < *reply.metrics.wall_s);
    BOOST_REQUIRE(told.size() >= 2U);
    BOOST_TEST(told.front().tokens == 1U);
    BOOST_TEST(!told.front().per_s);
    BOOST_TEST(told.back().tokens == 2U);
    BOOST_TEST(*told.back().per_s > 0);
    BOOST_TEST(!told.back().thinking);
}

BOOST_AUTO_TEST_CASE(chunked_and_compressed_replies_are_read) {
    check_words(answered("ollama", [](Connection& to, const Seen&) {
        to.begin("application/x-ndjson", "Transfer-Encoding: chunked\r\n");
        for (std::size_t at = 0; at < two_words.size(); at += 7) {
            const std::string piece = two_words.substr(at, 7);
            to.send(std::to_string(piece.size()) + "\r\n" + piece + "\r\n");
        }
        to.send("0\r\n\r\n");
    }));
    check_words(answered("ollama", [](Connection& to, const Seen& request) {
        BOOST_TEST(request.head.find("gzip") != std::string::npos);
        to.answer(200, "application/x-ndjson", gzip(two_words), "Content-Encoding: gzip\r\n");
    }));
}

BOOST_AUTO_TEST_CASE(a_server_that_never_hangs_up_is_left_after_the_last_record) {
    const auto start = std::chrono::steady_clock::now();
    check_words(answered("ollama", [](Connection& to, const Seen& request) {
        if (request.path == "/api/tags") return void(to.answer(404, "text/plain", ""));
        to.begin("application/x-ndjson");
        to.send(two_words);
        to.wait(3);
    }));
    BOOST_TEST(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count() < 1.5);
}

BOOST_AUTO_TEST_CASE(the_first_thought_and_the_first_token_have_their_own_times) {
    const Reply reply = answered("openai", [](Connection& to, const Seen& request) {
        if (request.path == "/tokenize") return void(to.answer(404, "application/json", "{}"));
        to.begin("text/event-stream");
        to.send("data: {\"choices\":[{\"delta\":{\"reasoning_content\":\"hm\"}}]}\n\n");
        to.wait(0.1);
        to.send(served::openai_stream({"{\"a\":", "\"b\xC3\xBC\"}"}));
    });
    check_words(reply);
    BOOST_TEST(*reply.metrics.first_thought_s + 0.05 < *reply.metrics.first_token_s);
}

BOOST_AUTO_TEST_CASE(the_key_is_sent_and_stands_in_nothing_that_is_kept) {
    setenv("ASSAY_CHAT_TEST_KEY", "sk-very-secret", 1);
    const served::Server server{[](Connection& to, const Seen& request) {
        if (request.path == "/tokenize") return void(to.answer(404, "application/json", "{}"));
        to.answer(200, "text/event-stream", served::openai_stream({"{}"}));
    }};
    ModelSettings settings = asked::settings("openai", server.url());
    settings.api_key_env = "ASSAY_CHAT_TEST_KEY";
    const asked::Folder folder;
    settings.cassettes = Cassettes::record;
    settings.cassette_folder = folder.path();
    std::string kept;
    const Reply reply = make_ask(settings, {{}, {}, [&](auto, auto json) { kept = json; }})(asked::request());
    BOOST_TEST(reply.failure == "", reply.reason);
    BOOST_TEST(server.seen().back().head.find("authorization: bearer sk-very-secret") != std::string::npos);
    BOOST_TEST(kept.find("assay_exchange") != std::string::npos);
    BOOST_TEST(kept.find("sk-very-secret") == std::string::npos);
    BOOST_REQUIRE(!folder.files().empty());
    for (const auto& file : folder.files())
        BOOST_TEST(asked::content(file).find("sk-very-secret") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_stays_on_this_machine_goes_through_no_proxy) {
    const std::string proxy = served::nowhere();
    setenv("http_proxy", proxy.c_str(), 1);
    check_words(
        answered("ollama", [](Connection& to, const Seen&) { to.answer(200, "application/x-ndjson", two_words); }));
    unsetenv("http_proxy");
}

BOOST_AUTO_TEST_CASE(another_machine_is_reached_through_the_proxy_of_the_environment) {
    const served::Server proxy{[](Connection& to, const Seen& request) {
        BOOST_TEST(request.path.starts_with("http://model.example/"));
        to.answer(200, "application/x-ndjson", two_words);
    }};
    setenv("http_proxy", proxy.url().c_str(), 1);
    ModelSettings settings = asked::settings("ollama", "http://model.example");
    settings.allow_remote = true;
    check_words(make_ask(settings)(asked::request()));
    unsetenv("http_proxy");
}

BOOST_AUTO_TEST_SUITE_END()
