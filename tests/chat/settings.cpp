#include "chat/settings.hpp"
#include "chat/asked.hpp"
#include "chat/body.hpp"
#include "chat/endpoint.hpp"
#include <assay/failure.hpp>
#include <boost/test/unit_test.hpp>
#include <cstdlib>

using namespace assay::chat;

namespace {

ModelSettings at(const std::string& endpoint) { return asked::settings("openai", endpoint); }

std::string problem(const ModelSettings& settings) {
    try {
        check(settings);
        return "";
    } catch (const assay::BadOption& bad) {
        return bad.what();
    }
}

} // namespace

BOOST_AUTO_TEST_SUITE(model_settings)

BOOST_AUTO_TEST_CASE(the_usual_endpoints_are_on_this_machine) {
    ModelSettings s;
    BOOST_TEST(endpoint_of(s).chat == "http://127.0.0.1:11434/api/chat");
    BOOST_TEST(endpoint_of(s).loopback);
    s.provider = "openai";
    BOOST_TEST(endpoint_of(s).chat == "http://127.0.0.1:8080/v1/chat/completions");
    BOOST_TEST(endpoint_of(s).root == "http://127.0.0.1:8080");
}

BOOST_AUTO_TEST_CASE(an_endpoint_may_be_named_with_or_without_its_version) {
    for (const char* text :
         {"http://localhost:9", "http://localhost:9/", "http://localhost:9/v1", "http://localhost:9/v1/"})
        BOOST_TEST(endpoint_of(at(text)).chat == "http://localhost:9/v1/chat/completions");
    BOOST_TEST(endpoint_of(at("http://localhost/gate/v2")).chat == "http://localhost/gate/v2/chat/completions");
}

BOOST_AUTO_TEST_CASE(another_machine_needs_permission) {
    for (const char* here : {"http://127.0.0.1:1", "http://127.9.8.7", "http://localhost", "https://[::1]:1/v1",
                             "http://127.1", "http://LOCALHOST"})
        BOOST_TEST(problem(at(here)) == "", here << ": " << problem(at(here)));
    for (const char* there : {"http://example.org", "http://127.0.0.1.example.org", "http://0.0.0.0", "http://10.0.0.1",
                              "http://localhost.example.org", "http://[::2]"}) {
        BOOST_TEST(problem(at(there)).find("allow_remote") != std::string::npos, there);
        ModelSettings allowed = at(there);
        allowed.allow_remote = true;
        BOOST_TEST(problem(allowed) == "", there);
    }
}

BOOST_AUTO_TEST_CASE(an_endpoint_with_room_for_a_secret_is_refused_and_not_repeated) {
    for (const char* text : {"http://me:hush@127.0.0.1", "http://127.0.0.1/v1?key=hush", "http://127.0.0.1/v1#hush",
                             "file:///etc/hush", "gopher://127.0.0.1/hush"}) {
        BOOST_TEST(problem(at(text)) != "", text);
        BOOST_TEST(problem(at(text)).find("hush") == std::string::npos, text);
    }
    BOOST_TEST(problem(at("http://")) != "");
    BOOST_TEST(problem(at("not a url")) != "");
}

BOOST_AUTO_TEST_CASE(options_that_do_not_go_together_are_refused) {
    const auto with = [](auto change) {
        ModelSettings s = at("http://127.0.0.1:1");
        change(s);
        return problem(s);
    };
    BOOST_TEST(with([](auto& s) { s.provider = "oracle"; }) != "");
    BOOST_TEST(with([](auto& s) { s.model = ""; }) != "");
    BOOST_TEST(with([](auto& s) { s.num_gpu = 3; }) != "");
    BOOST_TEST(with([](auto& s) { s.keep_alive = "5m"; }) != "");
    BOOST_TEST(with([](auto& s) { s.think = "hard"; }) != "");
    BOOST_TEST(with([](auto& s) { s.total_s = 0; }) != "");
    BOOST_TEST(with([](auto& s) { s.cassettes = Cassettes::replay; }) != "");
    BOOST_TEST(with([](auto& s) { s.api_key_env = "A", s.api_key_file = "b"; }) != "");
    BOOST_CHECK_THROW(cassettes_named("reply"), assay::BadOption);
    BOOST_TEST((cassettes_named("refresh") == Cassettes::refresh));
}

BOOST_AUTO_TEST_CASE(the_key_comes_from_the_environment_or_a_file) {
    ModelSettings s;
    BOOST_TEST(api_key(s) == "");
    s.api_key_env = "ASSAY_CHAT_TEST_KEY";
    unsetenv("ASSAY_CHAT_TEST_KEY");
    BOOST_CHECK_THROW(api_key(s), assay::Failure);
    setenv("ASSAY_CHAT_TEST_KEY", " sk-1 \n", 1);
    BOOST_TEST(api_key(s) == "sk-1");
    setenv("ASSAY_CHAT_TEST_KEY", "a\r\nX-Evil: 1", 1);
    BOOST_CHECK_THROW(api_key(s), assay::Failure);
    const asked::Folder folder;
    boost::filesystem::create_directories(folder.path());
    s.api_key_env = "";
    s.api_key_file = folder.path() + "/key";
    BOOST_CHECK_THROW(api_key(s), assay::Failure);
    std::ofstream{s.api_key_file} << "sk-2\n";
    BOOST_TEST(api_key(s) == "sk-2");
}

BOOST_AUTO_TEST_CASE(what_would_be_sent_is_told_in_a_line) {
    ModelSettings s = at("http://127.0.0.1:1/v1");
    BOOST_TEST(sends(s) == "prompts for model tiny to http://127.0.0.1:1/v1/chat/completions (this machine)");
    s.endpoint = "https://api.example.org/v1";
    s.api_key_env = "KEY";
    BOOST_TEST(sends(s) == "prompts for model tiny to https://api.example.org/v1/chat/completions (another machine), "
                           "with the key in $KEY");
    s.cassettes = Cassettes::replay;
    s.cassette_folder = "tapes";
    BOOST_TEST(sends(s) == "nothing: replies come from the cassettes in tapes");
}

BOOST_AUTO_TEST_CASE(the_body_of_each_protocol_says_what_was_set_and_no_more) {
    ModelSettings s;
    s.model = "tiny";
    s.seed = 7;
    s.top_k = 1;
    s.num_gpu = 0;
    s.num_ctx = 2048;
    s.keep_alive = "5m";
    s.think = "false";
    Request request{{{"user", "a\"b"}}, "{ \"type\" : \"object\" }", 50};
    BOOST_TEST(body_of(s, request) ==
               R"({"model":"tiny","messages":[{"content":"a\"b","role":"user"}],"format":{"type":"object"},)"
               R"("keep_alive":"5m","think":false,"stream":true,"truncate":false,"shift":false,)"
               R"("options":{"num_predict":50,"num_ctx":2048,"num_gpu":0,"temperature":0,"top_k":1,"seed":7}})");
    s = {};
    s.provider = "openai";
    s.model = "tiny";
    s.top_p = 0.5;
    s.think = "low";
    s.num_ctx = 2048; // no word of this protocol
    BOOST_TEST(body_of(s, request) ==
               R"({"model":"tiny","messages":[{"content":"a\"b","role":"user"}],"response_format":{"type":)"
               R"("json_schema","json_schema":{"name":"reply","strict":true,"schema":{"type":"object"}}},)"
               R"("stream":true,"stream_options":{"include_usage":true},"max_tokens":50,"temperature":0,)"
               R"("top_p":0.5,"reasoning_effort":"low"})");
    request.schema = "{";
    BOOST_CHECK_THROW(body_of(s, request), assay::Failure);
}

BOOST_AUTO_TEST_CASE(the_window_asked_for_holds_the_prompt_at_its_worst_and_the_reply_or_is_as_set) {
    ModelSettings s;
    const Request request{{{"user", std::string(3000, '1')}}, "", 500};
    BOOST_TEST(context_for(s, request) == 4096U); // 3000 digits, 64 of the template, 500: the next whole 1024
    s.num_ctx = 8192;
    BOOST_TEST(context_for(s, request) == 8192U);
}

BOOST_AUTO_TEST_CASE(the_same_question_is_the_same_wherever_it_is_asked) {
    const Request request = asked::request();
    ModelSettings s = at("http://127.0.0.1:1");
    const std::string first = canonical(s, request, "abc");
    s.endpoint = "http://127.0.0.1:2";
    s.total_s = 9;
    s.retries = 0;
    s.api_key_env = "KEY";
    BOOST_TEST(canonical(s, request, "abc") == first);
    Request spaced = request;
    spaced.schema = " {\"type\":\n\"object\"} ";
    BOOST_TEST(canonical(s, spaced, "abc") == first);
    BOOST_TEST(canonical(s, request, "abd") != first);
    s.seed = 1;
    BOOST_TEST(canonical(s, request, "abc") != first);
}

BOOST_AUTO_TEST_SUITE_END()
