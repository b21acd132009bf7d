// Everything that goes wrong has its word, in time, and is tried again only where that has sense.
#include "chat/ask.hpp"
#include "chat/asked.hpp"
#include "chat/server.hpp"
#include <boost/test/unit_test.hpp>
#include <cstdlib>

using namespace assay::chat;
using served::Connection;
using served::Seen;

namespace {

struct Outcome {
    Reply reply;
    std::size_t tries;
    double seconds;
};

using Change = std::function<void(ModelSettings&)>;

/// The behaviour is that of the chat itself, told which try it is.
Outcome outcome(const std::function<void(Connection&, std::size_t)>& behaviour, const Change& change = {},
                Surroundings around = {}) {
    std::size_t tries = 0;
    const served::Server server{[&](Connection& to, const Seen& request) {
        if (request.path == "/api/chat")
            behaviour(to, ++tries);
        else
            to.answer(404, "text/plain", "");
    }};
    ModelSettings settings = asked::settings("ollama", server.url());
    if (change) change(settings);
    const auto start = std::chrono::steady_clock::now();
    Reply reply = make_ask(settings, std::move(around))(asked::request());
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return {std::move(reply), server.count("/api/chat"), seconds};
}

void good(Connection& to) { to.answer(200, "application/x-ndjson", served::ollama_stream({"{}"})); }

void check_failed(const Outcome& got, const std::string& failure, std::size_t tries) {
    BOOST_TEST(got.reply.failure == failure, got.reply.failure << ": " << got.reply.reason);
    BOOST_TEST(got.reply.text == "");
    BOOST_TEST(got.reply.reason != "");
    BOOST_TEST(got.tries == tries);
}

} // namespace

BOOST_AUTO_TEST_SUITE(failing_exchanges)

BOOST_AUTO_TEST_CASE(nobody_listens) {
    const Reply reply = make_ask(asked::settings("ollama", served::nowhere()))(asked::request());
    BOOST_TEST(reply.failure == "unreachable");
    BOOST_TEST(reply.metrics.retries == 3U);
    BOOST_TEST(reply.reason.find("127.0.0.1") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_reset_is_tried_again_and_may_go_well) {
    const auto got = outcome([](Connection& to, std::size_t attempt) { attempt < 3 ? to.reset() : good(to); });
    BOOST_TEST(got.reply.failure == "", got.reply.reason);
    BOOST_TEST(got.reply.text == "{}");
    BOOST_TEST(got.reply.metrics.retries == 2U);
    check_failed(outcome([](Connection& to, std::size_t) { to.reset(); }), "unreachable", 4);
}

BOOST_AUTO_TEST_CASE(a_reset_within_the_reply_is_incomplete) {
    const auto got =
        outcome([](Connection& to, std::size_t) { to.answer(200, "application/x-ndjson", "", "X: y\r\n"); });
    check_failed(got, "incomplete", 1);
    check_failed(outcome([](Connection& to, std::size_t) {
                     to.begin("application/x-ndjson", "Content-Length: 100000\r\n");
                     to.send(R"({"message":{"content":"a"},"done":false})"
                             "\n");
                     to.wait(0.02);
                     to.reset();
                 }),
                 "incomplete", 4);
}

BOOST_AUTO_TEST_CASE(a_server_with_too_much_to_do_is_asked_again_when_it_says) {
    const auto got = outcome([](Connection& to, std::size_t attempt) {
        attempt == 1 ? void(to.answer(429, "application/json", R"({"error":"busy"})", "Retry-After: 1\r\n")) : good(to);
    });
    BOOST_TEST(got.reply.failure == "", got.reply.reason);
    BOOST_TEST(got.reply.metrics.retries == 1U);
    BOOST_TEST(got.seconds >= 1.0);
    const auto never = outcome([](Connection& to, std::size_t) {
        to.answer(429, "application/json", R"({"error":{"message":"busy"}})", "Retry-After: 3600\r\n");
    });
    check_failed(never, "rate-limited", 1);
    BOOST_TEST(never.seconds < 1.0);
    BOOST_TEST(never.reply.reason.find("busy") != std::string::npos);
    check_failed(outcome([](Connection& to, std::size_t) { to.answer(429, "text/plain", ""); }), "rate-limited", 4);
}

BOOST_AUTO_TEST_CASE(a_server_s_own_failure_is_tried_again) {
    check_failed(outcome([](Connection& to, std::size_t) { to.answer(500, "application/json", R"({"error":"oom"})"); }),
                 "server-error", 4);
    const auto once = outcome([](Connection& to, std::size_t attempt) {
        attempt == 1 ? void(to.answer(503, "text/plain", "loading")) : good(to);
    });
    BOOST_TEST(once.reply.failure == "", once.reply.reason);
}

BOOST_AUTO_TEST_CASE(a_refusal_is_never_tried_again) {
    for (const int status : {400, 401, 404})
        check_failed(outcome([=](Connection& to, std::size_t) {
                         to.answer(status, "application/json", R"({"error":"no such model"})");
                     }),
                     "refused", 1);
}

BOOST_AUTO_TEST_CASE(an_error_in_the_stream_fails_it_once) {
    check_failed(outcome([](Connection& to, std::size_t) {
                     to.answer(200, "application/x-ndjson",
                               "{\"message\":{\"content\":\"a\"}}\n{\"error\":\"died\"}\n");
                 }),
                 "server-error", 1);
}

BOOST_AUTO_TEST_CASE(a_redirect_is_not_followed) {
    const served::Server elsewhere{[](Connection& to, const Seen&) { good(to); }};
    const auto got = outcome([&](Connection& to, std::size_t) {
        to.answer(307, "text/plain", "", "Location: " + elsewhere.url() + "/api/chat\r\n");
    });
    check_failed(got, "refused", 1);
    BOOST_TEST(got.reply.reason.find(elsewhere.url()) != std::string::npos);
    BOOST_TEST(elsewhere.seen().empty());
}

BOOST_AUTO_TEST_CASE(garbage_and_other_content_are_bad_replies) {
    check_failed(outcome([](Connection& to, std::size_t) { to.answer(200, "text/html", "<h1>Log in</h1>"); }),
                 "bad-reply", 1);
    check_failed(outcome([](Connection& to, std::size_t) { to.answer(200, "application/x-ndjson", "\x01\x02\xFF\n"); }),
                 "bad-reply", 1);
    check_failed(outcome([](Connection& to, std::size_t) {
                     to.answer(200, "application/x-ndjson", "no gzip", "Content-Encoding: gzip\r\n");
                 }),
                 "bad-reply", 1);
    check_failed(outcome([](Connection& to, std::size_t) { to.answer(204, "application/x-ndjson", ""); }), "bad-reply",
                 1);
}

BOOST_AUTO_TEST_CASE(an_endless_reply_is_cut_at_its_limit) {
    const auto got = outcome(
        [](Connection& to, std::size_t) {
            to.begin("application/x-ndjson");
            while (to.wanted() && to.send("{\"message\":{\"content\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"}}\n")) {}
        },
        [](ModelSettings& s) { s.most_bytes = 100000; });
    check_failed(got, "bad-reply", 1);
    BOOST_TEST(got.seconds < 2.0);
}

BOOST_AUTO_TEST_CASE(silence_before_the_first_token_ends_at_its_time_out) {
    const auto got = outcome(
        [](Connection& to, std::size_t) {
            to.begin("application/x-ndjson");
            for (int i = 0; i < 100 && to.wanted() && to.send("\n"); ++i) to.wait(0.02); // alive, and says nothing
        },
        [](ModelSettings& s) { s.first_token_s = 0.2; });
    check_failed(got, "timed-out", 1);
    BOOST_TEST(got.seconds < 1.0);
    BOOST_TEST(got.reply.reason.find("0.2 s") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_reply_that_takes_too_long_as_a_whole_ends_at_its_time_out) {
    const auto got = outcome(
        [](Connection& to, std::size_t) {
            to.begin("application/x-ndjson");
            while (to.wanted() && to.send("{\"message\":{\"content\":\"a\"}}\n")) to.wait(0.01);
        },
        [](ModelSettings& s) { s.total_s = 0.3; });
    check_failed(got, "timed-out", 1);
    BOOST_TEST(got.seconds < 1.0);
}

BOOST_AUTO_TEST_CASE(a_server_that_accepts_and_says_nothing_is_left) {
    check_failed(
        outcome([](Connection& to, std::size_t) { to.wait(3); }, [](ModelSettings& s) { s.first_token_s = 0.2; }),
        "timed-out", 1);
}

BOOST_AUTO_TEST_CASE(cancelling_ends_the_reply_and_the_waiting_at_once) {
    const auto start = std::chrono::steady_clock::now();
    const auto after = [&](double seconds) {
        return
            [=] { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count() > seconds; };
    };
    const auto got = outcome(
        [](Connection& to, std::size_t) {
            to.begin("application/x-ndjson");
            to.wait(3);
        },
        {}, {after(0.1), {}, {}});
    check_failed(got, "cancelled", 1);
    BOOST_TEST(got.seconds < 1.0);
    const auto waiting =
        outcome([](Connection& to, std::size_t) { to.answer(503, "text/plain", "", "Retry-After: 4\r\n"); }, {},
                {after(got.seconds + 0.2), {}, {}});
    check_failed(waiting, "cancelled", 1);
    BOOST_TEST(waiting.seconds < 1.0);
}

BOOST_AUTO_TEST_CASE(a_prompt_that_the_server_cut_is_told) {
    const served::Server server{
        [](Connection& to, const Seen&) { to.answer(200, "application/x-ndjson", served::ollama_stream({"{}"})); }};
    // Its last record tells of 40 tokens read.
    const Reply reply = make_ask(asked::settings("ollama", server.url()))(asked::request(std::string(3000, 'x')));
    BOOST_TEST(reply.failure == "truncated");
    BOOST_TEST(reply.text == "");
}

BOOST_AUTO_TEST_CASE(a_reply_at_its_limit_is_cut_off_and_reasoning_alone_is_no_text) {
    check_failed(outcome([](Connection& to, std::size_t) {
                     to.answer(200, "application/x-ndjson",
                               R"({"message":{"content":"{\"a"},"done":true,"done_reason":"length"})");
                 }),
                 "cut-off", 1);
    check_failed(outcome([](Connection& to, std::size_t) {
                     to.answer(200, "application/x-ndjson",
                               R"({"message":{"thinking":"hm"},"done":true,"done_reason":"stop"})");
                 }),
                 "no-text", 1);
}

BOOST_AUTO_TEST_CASE(a_key_that_the_server_repeats_reaches_nobody) {
    setenv("ASSAY_CHAT_TEST_KEY", "sk-very-secret", 1);
    const auto with_key = [](ModelSettings& s) { s.api_key_env = "ASSAY_CHAT_TEST_KEY"; };
    const auto refusal =
        outcome([](Connection& to,
                   std::size_t) { to.answer(401, "application/json", R"({"error":"bad key sk-very-secret"})"); },
                with_key);
    check_failed(refusal, "refused", 1);
    BOOST_TEST(refusal.reply.reason.find("sk-very-secret") == std::string::npos);
    std::string kept;
    const auto echo = outcome(
        [](Connection& to, std::size_t) {
            to.answer(200, "application/x-ndjson", served::ollama_stream({"your key is sk-very-secret"}));
        },
        with_key, {{}, {}, [&](auto, auto json) { kept = json; }});
    check_failed(echo, "bad-reply", 1);
    BOOST_TEST(kept.find("sk-very-secret") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_key_that_the_server_repeats_in_escapes_or_in_pieces_is_not_kept_either) {
    setenv("ASSAY_CHAT_TEST_KEY", "sk-very-secret", 1);
    const auto thought = [](const std::string& a, const std::string& b) {
        return "{\"message\":{\"thinking\":\"" + a + "\"}}\n{\"message\":{\"thinking\":\"" + b + "\"}}\n";
    };
    const auto escaped = [](std::string text) {
        return R"({"message":{"content":")" + std::move(text) + "\"}}\n" + served::ollama_stream({"{}"});
    };
    for (const std::string& body : {escaped(R"(\u0073k-very-secret)"), escaped(R"(sk-very\u002Dsecre\u0074)"),
                                    escaped(R"({\"text\":\"\\u0073k-very-secret\"})"),
                                    escaped(R"({\"text\":\"\\\u0075\u0030073k-very-secret\"})"),
                                    served::ollama_stream({"sk-", "very-", "secret"}),
                                    served::ollama_stream({R"({"text":"\u0073)", R"(k-very-secret"})"}),
                                    thought("sk-very-", "secret") + served::ollama_stream({"{}"}),
                                    R"({"model":"sk-very\u002dsecret","message":{"content":"{}"}})"
                                    "\n" +
                                        served::ollama_stream({"{}"}),
                                    std::string{R"({"error":"sk\u002dvery-secret"})"}}) {
        std::string kept;
        const asked::Folder folder;
        const auto got = outcome([&](Connection& to, std::size_t) { to.answer(200, "application/x-ndjson", body); },
                                 [&](ModelSettings& s) {
                                     s.api_key_env = "ASSAY_CHAT_TEST_KEY";
                                     s.cassettes = Cassettes::record;
                                     s.cassette_folder = folder.path();
                                 },
                                 {{}, {}, [&](auto, auto json) { kept = json; }});
        check_failed(got, "bad-reply", 1);
        BOOST_TEST(got.reply.reason.find("repeats the key") != std::string::npos, body << ": " << got.reply.reason);
        BOOST_TEST(kept.find("\"chunks\":[]") != std::string::npos, body);
        for (const auto& file : folder.files()) BOOST_TEST(file.find("model-") != std::string::npos, file);
    }
    const auto cut = outcome(
        [](Connection& to, std::size_t) {
            to.answer(400, "application/json", R"({"error":")" + std::string(190, '.') + R"(sk-very-secret"})");
        },
        [](ModelSettings& s) { s.api_key_env = "ASSAY_CHAT_TEST_KEY"; });
    check_failed(cut, "refused", 1);
    BOOST_TEST(cut.reply.reason.find("sk-") == std::string::npos, cut.reply.reason);
}

BOOST_AUTO_TEST_CASE(a_prompt_that_the_window_has_no_room_for_is_not_sent) {
    const auto narrow = [](ModelSettings& s) { s.num_ctx = 100; };
    const auto got = outcome([](Connection& to, std::size_t) { good(to); }, narrow);
    check_failed(got, "refused", 0);
    BOOST_TEST(got.reply.reason.find("num_ctx is 100") != std::string::npos, got.reply.reason);
    const auto openai = [](ModelSettings& s) { s.num_ctx = 100, s.provider = "openai"; };
    const auto same = outcome([](Connection& to, std::size_t) { good(to); }, openai);
    BOOST_TEST(same.reply.reason.find("num_ctx is 100") != std::string::npos, same.reply.reason);
    const auto wide = [](ModelSettings& s) { s.num_ctx = 200; };
    BOOST_TEST(outcome([](Connection& to, std::size_t) { good(to); }, wide).reply.failure == "");
}

BOOST_AUTO_TEST_CASE(a_missing_key_sends_nothing) {
    unsetenv("ASSAY_CHAT_TEST_KEY");
    check_failed(outcome([](Connection& to, std::size_t) { good(to); },
                         [](ModelSettings& s) { s.api_key_env = "ASSAY_CHAT_TEST_KEY"; }),
                 "refused", 0);
}

BOOST_AUTO_TEST_CASE(what_a_server_says_is_made_harmless) {
    const auto got = outcome([](Connection& to, std::size_t) {
        to.answer(400, "application/json", "{\"error\":\"\\u001b[31mred\\u202e" + std::string(5000, 'x') + "\"}");
    });
    check_failed(got, "refused", 1);
    BOOST_TEST(got.reply.reason.find('\x1b') == std::string::npos);
    BOOST_TEST(got.reply.reason.size() < 400U);
}

BOOST_AUTO_TEST_SUITE_END()
