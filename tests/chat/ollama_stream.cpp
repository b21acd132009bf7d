// The stream of Ollama's /api/chat: documented at github.com/ollama/ollama/blob/main/docs/api.md.
#include "chat/decode.hpp"
#include "chat/server.hpp"
#include <boost/test/unit_test.hpp>
#include <random>

using assay::chat::decode;
using assay::chat::Streamed;

namespace {

Streamed ollama(const std::string& bytes) { return decode("ollama", std::vector<assay::chat::Chunk>{{0.5, bytes}}); }

Streamed ollama_pieces(const std::string& bytes, const std::vector<std::size_t>& cuts) {
    std::vector<assay::chat::Chunk> chunks;
    std::size_t from = 0;
    for (const auto cut : cuts) {
        chunks.push_back({0.5, bytes.substr(from, cut - from)});
        from = cut;
    }
    chunks.push_back({0.5, bytes.substr(from)});
    return decode("ollama", chunks);
}

void check_same(const Streamed& a, const Streamed& b) {
    BOOST_TEST(a.text == b.text);
    BOOST_TEST(a.failure == b.failure);
    BOOST_TEST(a.reason == b.reason);
    BOOST_TEST(a.model == b.model);
    BOOST_TEST(a.pieces == b.pieces);
    BOOST_TEST((a.metrics.prompt_tokens == b.metrics.prompt_tokens && a.metrics.reply_s == b.metrics.reply_s));
}

const std::string umlauts = served::ollama_stream({"Gr\xC3\xBC\xC3\x9F", " \xF0\x9F\x98\x80", " \"quoted\"\n"});

} // namespace

BOOST_AUTO_TEST_SUITE(ollama_streams)

BOOST_AUTO_TEST_CASE(text_and_costs_of_a_whole_reply) {
    const auto got = ollama(umlauts);
    BOOST_TEST(got.failure == "");
    BOOST_TEST(got.text == "Gr\xC3\xBC\xC3\x9F \xF0\x9F\x98\x80 \"quoted\"\n");
    BOOST_TEST(got.model == "tiny");
    BOOST_TEST(*got.metrics.first_token_s == 0.5);
    BOOST_TEST(!got.metrics.first_thought_s);
    BOOST_TEST(*got.metrics.load_s == 0.5);
    BOOST_TEST(*got.metrics.prompt_tokens == 40U);
    BOOST_TEST(*got.metrics.prompt_tokens_per_s == 100.0);
    BOOST_TEST(*got.metrics.reply_tokens_per_s == 20.0);
}

BOOST_AUTO_TEST_CASE(the_pieces_in_which_bytes_come_change_nothing) {
    const std::string thinking =
        "{\"model\":\"tiny\",\"message\":{\"thinking\":\"hm \xE2\x80\xA6\"},\"done\":false}\r\n";
    for (const auto& bytes : {umlauts, thinking + umlauts, umlauts.substr(0, umlauts.size() / 2),
                              umlauts.substr(0, 70) + "{\"error\":\"out of memory\"}\n" + umlauts}) {
        const auto whole = ollama(bytes);
        for (std::size_t cut = 0; cut <= bytes.size(); ++cut) check_same(ollama_pieces(bytes, {cut}), whole);
        std::vector<std::size_t> each;
        for (std::size_t cut = 1; cut < bytes.size(); ++cut) each.push_back(cut);
        check_same(ollama_pieces(bytes, each), whole);
        std::mt19937 random{7};
        for (int round = 0; round < 200; ++round) {
            std::vector<std::size_t> some;
            for (std::size_t cut = 1; cut < bytes.size(); ++cut)
                if (random() % 16 == 0) some.push_back(cut);
            check_same(ollama_pieces(bytes, some), whole);
        }
    }
}

BOOST_AUTO_TEST_CASE(lines_may_end_with_return_and_newline_and_the_last_with_nothing) {
    std::string crlf = umlauts;
    for (auto at = crlf.find('\n'); at != std::string::npos; at = crlf.find('\n', at + 2)) crlf.insert(at, "\r");
    check_same(ollama(crlf), ollama(umlauts));
    check_same(ollama(umlauts.substr(0, umlauts.size() - 1)), ollama(umlauts));
    check_same(ollama("\n\r\n" + umlauts + "\n\n"), ollama(umlauts));
}

BOOST_AUTO_TEST_CASE(an_error_in_the_stream_fails_it) {
    const auto got = ollama(umlauts.substr(0, umlauts.find('\n') + 1) + "{\"error\":\"model runner\\u0007 died\"}\n");
    BOOST_TEST(got.failure == "server-error");
    BOOST_TEST(got.reason == "the server says: model runner\\u0007 died");
}

BOOST_AUTO_TEST_CASE(a_stream_without_its_last_record_is_incomplete) {
    BOOST_TEST(ollama(umlauts.substr(0, umlauts.find('\n') + 1)).failure == "incomplete");
    BOOST_TEST(ollama(umlauts.substr(0, umlauts.size() - 20)).failure == "incomplete");
    BOOST_TEST(ollama("").failure == "incomplete");
}

BOOST_AUTO_TEST_CASE(what_the_server_does_not_report_is_absent) {
    const auto got = ollama(R"({"message":{"content":"a"},"done":true,"done_reason":"stop"})");
    BOOST_TEST(got.failure == "");
    BOOST_TEST(!got.metrics.load_s);
    BOOST_TEST(!got.metrics.prompt_tokens);
    BOOST_TEST(!got.metrics.reply_tokens);
    BOOST_TEST(!got.metrics.prompt_tokens_per_s);
    BOOST_TEST(!got.metrics.reply_tokens_per_s);
    const auto no_time = ollama(R"({"message":{"content":"a"},"done":true,"done_reason":"stop","eval_count":3})");
    BOOST_TEST(*no_time.metrics.reply_tokens == 3U);
    BOOST_TEST(!no_time.metrics.reply_tokens_per_s);
}

BOOST_AUTO_TEST_CASE(reasoning_is_no_text) {
    const auto got = ollama(R"({"message":{"thinking":"so the fastest is"},"done":false})"
                            "\n"
                            R"({"message":{"content":""},"done":true,"done_reason":"stop"})");
    BOOST_TEST(got.failure == "no-text");
    BOOST_TEST(got.text == "");
    BOOST_TEST(got.metrics.first_thought_s.has_value());
    BOOST_TEST(!got.metrics.first_token_s);
}

BOOST_AUTO_TEST_CASE(only_a_stop_is_an_end_in_good_order) {
    const auto ended_for = [](const std::string& why) {
        return ollama(R"({"message":{"content":"a"},"done":true,"done_reason":")" + why + "\"}").failure;
    };
    BOOST_TEST(ended_for("stop") == "");
    BOOST_TEST(ended_for("length") == "cut-off");
    BOOST_TEST(ended_for("load") == "incomplete");
    BOOST_TEST(ollama(R"({"message":{"content":"a"},"done":true})").failure == "incomplete");
}

BOOST_AUTO_TEST_CASE(garbage_is_a_bad_reply) {
    BOOST_TEST(ollama("<html>not here</html>\n").failure == "bad-reply");
    BOOST_TEST(ollama("[1,2]\n").failure == "bad-reply");
    BOOST_TEST(ollama("{\"message\":{\"content\":\"\xFF\"},\"done\":false}\n").failure == "bad-reply");
    BOOST_TEST(ollama(std::string(5, '\0')).failure == "bad-reply");
    // Members of other types are as if they were not there.
    BOOST_TEST(ollama(R"({"message":"a","done":"yes","eval_count":"many"})").failure == "incomplete");
}

BOOST_AUTO_TEST_SUITE_END()
