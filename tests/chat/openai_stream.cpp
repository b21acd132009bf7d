// Server-sent events of chat completions, as llama.cpp, vLLM and Ollama's /v1 write them.
#include "chat/decode.hpp"
#include "chat/server.hpp"
#include <boost/test/unit_test.hpp>
#include <random>

using assay::chat::decode;
using assay::chat::Streamed;

namespace {

Streamed openai(const std::string& bytes) { return decode("openai", std::vector<assay::chat::Chunk>{{0.5, bytes}}); }

const std::string plain = served::openai_stream({"Gr\xC3\xBC\xC3\x9F", " \xF0\x9F\x98\x80", "!"});

std::string with_line_ends(const std::string& bytes, const std::string& end) {
    std::string out;
    for (const char c : bytes)
        if (c == '\n')
            out += end;
        else
            out += c;
    return out;
}

} // namespace

BOOST_AUTO_TEST_SUITE(openai_streams)

BOOST_AUTO_TEST_CASE(text_and_usage_of_a_whole_reply) {
    const auto got = openai(plain);
    BOOST_TEST(got.failure == "");
    BOOST_TEST(got.text == "Gr\xC3\xBC\xC3\x9F \xF0\x9F\x98\x80!");
    BOOST_TEST(*got.metrics.prompt_tokens == 40U);
    BOOST_TEST(*got.metrics.reply_tokens == 20U);
    BOOST_TEST(!got.metrics.reply_tokens_per_s);
    BOOST_TEST(!got.metrics.load_s);
    BOOST_TEST(got.last);
}

BOOST_AUTO_TEST_CASE(the_pieces_in_which_bytes_come_change_nothing) {
    std::string odd = ": ping\n\nevent: message\nid: 7\nretry: 10\n" + plain;
    for (const auto& bytes : {plain, odd, with_line_ends(odd, "\r\n"), plain.substr(0, plain.size() * 2 / 3),
                              std::string{"{\n \"choices\": [{\"message\": {\"content\": \"x\"},\n"
                                          "\"finish_reason\": \"stop\"}]\n}"}}) {
        const auto whole = openai(bytes);
        std::mt19937 random{11};
        for (std::size_t round = 0; round <= bytes.size() + 200; ++round) {
            std::vector<assay::chat::Chunk> chunks{{0.5, ""}};
            for (std::size_t at = 0; at < bytes.size(); ++at) {
                if (round < bytes.size() ? at == round : round == bytes.size() || random() % 16 == 0)
                    chunks.push_back({0.5, ""});
                chunks.back().bytes += bytes[at];
            }
            const auto got = decode("openai", chunks);
            BOOST_TEST_REQUIRE(got.text == whole.text);
            BOOST_TEST_REQUIRE(got.failure == whole.failure);
            BOOST_TEST_REQUIRE(got.pieces == whole.pieces);
            BOOST_TEST_REQUIRE((got.metrics.prompt_tokens == whole.metrics.prompt_tokens));
        }
    }
}

BOOST_AUTO_TEST_CASE(pings_null_choices_and_no_space_after_the_colon_are_fine) {
    const auto got = openai(":\n\ndata:{\"choices\":null,\"usage\":null}\n\ndata:{}\n\ndata: {\"choices\":[]}\n\n"
                            "data: {\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":null}}]}\n\n" +
                            plain);
    BOOST_TEST(got.failure == "");
    BOOST_TEST(got.pieces == 3U);
}

BOOST_AUTO_TEST_CASE(an_event_may_have_several_data_lines) {
    BOOST_TEST(
        openai("data: {\"choices\":[{\"delta\":\ndata: {\"content\":\"a\"},\"finish_reason\":\"stop\"}]}\n\n").text ==
        "a");
}

BOOST_AUTO_TEST_CASE(an_interrupted_stream_is_incomplete_and_has_no_usage) {
    const auto got = openai(plain.substr(0, plain.find("finish_reason\":\"stop")));
    BOOST_TEST(got.failure == "incomplete");
    BOOST_TEST(!got.metrics.prompt_tokens);
    BOOST_TEST(openai("data: [DONE]\n\n").failure == "incomplete");
    BOOST_TEST(openai(": ping\n\n: ping\n\n").failure == "incomplete");
}

BOOST_AUTO_TEST_CASE(a_finished_stream_without_its_end_mark_is_whole) {
    const auto got = openai(plain.substr(0, plain.find("data: [DONE]")));
    BOOST_TEST(got.failure == "");
    BOOST_TEST(*got.metrics.reply_tokens == 20U);
}

BOOST_AUTO_TEST_CASE(reasons_to_finish_that_are_failures) {
    const auto finished_for = [](const std::string& why) {
        return openai(R"(data: {"choices":[{"delta":{"content":"a"},"finish_reason":")" + why + "\"}]}\n\n").failure;
    };
    BOOST_TEST(finished_for("stop") == "");
    BOOST_TEST(finished_for("length") == "cut-off");
    BOOST_TEST(finished_for("content_filter") == "refused");
    BOOST_TEST(finished_for("tool_calls") == "incomplete");
}

BOOST_AUTO_TEST_CASE(reasoning_is_no_text_by_either_name) {
    for (const std::string name : {"reasoning_content", "reasoning"}) {
        const auto got = openai("data: {\"choices\":[{\"delta\":{\"" + name +
                                "\":\"hm\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n");
        BOOST_TEST(got.failure == "no-text");
        BOOST_TEST(got.metrics.first_thought_s.has_value());
    }
}

BOOST_AUTO_TEST_CASE(errors_in_the_stream_in_all_their_forms) {
    const std::string start = plain.substr(0, plain.find("\n\n") + 2);
    for (const std::string error :
         {"data: {\"error\":{\"code\":500,\"message\":\"slot lost\"}}\n\n", "error: {\"message\":\"slot lost\"}\n\n",
          "data: {\"error\":\"slot lost\"}\n\n", "event: error\ndata: {\"error\":{\"message\":\"slot lost\"}}\n\n"}) {
        const auto got = openai(start + error);
        BOOST_TEST(got.failure == "server-error");
        BOOST_TEST(got.reason == "the server says: slot lost");
    }
}

BOOST_AUTO_TEST_CASE(measures_of_llama_cpp) {
    const auto got = openai(R"(data: {"choices":[{"delta":{"content":"a"},"finish_reason":"stop"}],)"
                            R"("system_fingerprint":"b9","usage":{"prompt_tokens":50,"completion_tokens":8,)"
                            R"("prompt_tokens_details":{"cached_tokens":30}},"timings":{"cache_n":30,"prompt_n":20,)"
                            R"("prompt_ms":100.0,"predicted_n":8,"predicted_ms":400.0}})"
                            "\n\ndata: [DONE]\n\n");
    BOOST_TEST(got.fingerprint == "b9");
    BOOST_TEST(*got.metrics.prompt_tokens == 50U);
    BOOST_TEST(*got.metrics.cached_tokens == 30U);
    BOOST_TEST(*got.metrics.prompt_tokens_per_s == 200.0); // of the twenty it read
    BOOST_TEST(*got.metrics.reply_tokens_per_s == 20.0);
}

BOOST_AUTO_TEST_CASE(a_server_that_does_not_stream_is_read_too) {
    const auto got = openai(R"({"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"whole"},)"
                            R"("finish_reason":"stop"}],"usage":{"prompt_tokens":11,"completion_tokens":4}})");
    BOOST_TEST(got.failure == "");
    BOOST_TEST(got.text == "whole");
    BOOST_TEST(*got.metrics.reply_tokens == 4U);
}

BOOST_AUTO_TEST_CASE(garbage_is_a_bad_reply) {
    BOOST_TEST(openai("<html>\n").failure == "bad-reply");
    BOOST_TEST(openai("data: what\n\n").failure == "bad-reply");
    BOOST_TEST(openai("data: \"text\"\n\n").failure == "bad-reply");
    BOOST_TEST(openai("data: {\"choices\":[{\"delta\":{\"content\":\"\xC3\"}}]}\n\n").failure == "bad-reply");
    BOOST_TEST(openai("data: {\"choices\":[7]}\n\n").failure == "incomplete");
}

BOOST_AUTO_TEST_SUITE_END()
