#include "chat/ask.hpp"
#include "chat/asked.hpp"
#include "chat/cassette.hpp"
#include "chat/server.hpp"
#include <assay/failure.hpp>
#include <boost/test/unit_test.hpp>
#include <cstdlib>

using namespace assay::chat;
using served::Connection;
using served::Seen;

namespace {

/// Answers with a digest and, in pieces that cut a character, with a text.
class Model {
  public:
    Model()
        : server_{[this](Connection& to, const Seen& request) {
              if (request.path == "/api/tags")
                  return void(
                      to.answer(200, "application/json", R"({"models":[{"name":"tiny","digest":")" + digest + "\"}]}"));
              const std::string stream = served::ollama_stream({text});
              const auto cut = stream.find('\xC3') + 1;
              to.begin("application/x-ndjson");
              to.send(stream.substr(0, cut));
              to.wait(0.05);
              to.send(stream.substr(cut));
          }} {}
    std::string text = "gr\xC3\xBC\xC3\x9F", digest = "d1";
    std::size_t asked() const { return server_.count("/api/chat"); }
    std::size_t requests() const { return server_.seen().size(); }
    std::string url() const { return server_.url(); }

  private:
    served::Server server_;
};

ModelSettings with(const std::string& url, const asked::Folder& folder, Cassettes mode) {
    ModelSettings settings = asked::settings("ollama", url);
    settings.cassettes = mode;
    settings.cassette_folder = folder.path();
    return settings;
}

std::string the_cassette(const asked::Folder& folder) {
    for (const auto& file : folder.files())
        if (file.find("model-") == std::string::npos) return file;
    return "";
}

} // namespace

BOOST_AUTO_TEST_SUITE(cassettes)

BOOST_AUTO_TEST_CASE(the_address_is_the_sha_256_of_what_was_asked) {
    BOOST_TEST(sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"); // FIPS 180-2
}

BOOST_AUTO_TEST_CASE(what_was_asked_before_is_not_asked_again) {
    const Model model;
    const asked::Folder folder;
    std::vector<std::string> kept;
    const Surroundings keeping{{}, {}, [&](std::string_view name, std::string_view json) {
                                   BOOST_TEST(name.starts_with("llm/"));
                                   kept.emplace_back(json);
                               }};
    const auto settings = with(model.url(), folder, Cassettes::record);
    const Reply first = make_ask(settings, keeping)(asked::request());
    BOOST_TEST(first.failure == "", first.reason);
    BOOST_TEST(!first.metrics.replayed);
    const Reply second = make_ask(settings, keeping)(asked::request());
    BOOST_TEST(model.asked() == 1U);
    BOOST_TEST(second.metrics.replayed);
    BOOST_TEST(second.text == model.text);
    BOOST_TEST(second.exchange == first.exchange);
    BOOST_REQUIRE(kept.size() == 2U);
    BOOST_TEST(kept[0] == kept[1]);
    BOOST_TEST(kept[0] == asked::content(the_cassette(folder)));
}

BOOST_AUTO_TEST_CASE(a_replay_needs_no_server_and_gives_the_same_measures) {
    const asked::Folder folder;
    Reply live;
    {
        const Model model;
        live = make_ask(with(model.url(), folder, Cassettes::record))(asked::request());
    }
    const Reply again = make_ask(with(served::nowhere(), folder, Cassettes::replay))(asked::request());
    BOOST_TEST(again.failure == "", again.reason);
    BOOST_TEST(again.text == live.text);
    BOOST_TEST(again.model == live.model);
    BOOST_TEST(again.digest == "d1");
    BOOST_TEST((again.metrics.prompt_tokens == live.metrics.prompt_tokens));
    BOOST_TEST((again.metrics.reply_tokens_per_s == live.metrics.reply_tokens_per_s));
    BOOST_TEST(std::abs(*again.metrics.first_token_s - *live.metrics.first_token_s) < 1e-5);
    BOOST_TEST(std::abs(*again.metrics.wall_s - *live.metrics.wall_s) < 1e-5);
}

BOOST_AUTO_TEST_CASE(a_replay_asks_no_server_that_is_there) {
    const Model model;
    const asked::Folder folder;
    const Reply reply = make_ask(with(model.url(), folder, Cassettes::replay))(asked::request());
    BOOST_TEST(reply.failure == "not-recorded");
    BOOST_TEST(reply.reason.find("model tiny") != std::string::npos);
    BOOST_TEST(reply.reason.find(reply.exchange) != std::string::npos);
    BOOST_TEST(model.requests() == 0U);
}

BOOST_AUTO_TEST_CASE(other_weights_by_the_same_name_are_asked_anew) {
    Model model;
    const asked::Folder folder;
    const auto settings = with(model.url(), folder, Cassettes::record);
    make_ask(settings)(asked::request());
    model.digest = "d2";
    BOOST_TEST(!make_ask(settings)(asked::request()).metrics.replayed);
    BOOST_TEST(model.asked() == 2U);
}

BOOST_AUTO_TEST_CASE(a_digest_that_repeats_the_key_is_not_written_down) {
    setenv("ASSAY_CHAT_TEST_KEY", "sk-very-secret", 1);
    Model model;
    const asked::Folder folder;
    auto settings = with(model.url(), folder, Cassettes::record);
    settings.api_key_env = "ASSAY_CHAT_TEST_KEY";
    for (const char* digest : {"sk-very-secret", "sk\\u002dvery-secret"}) {
        model.digest = digest;
        BOOST_TEST(make_ask(settings)(asked::request()).failure == "");
    }
    BOOST_TEST(!folder.files().empty());
    for (const auto& file : folder.files())
        BOOST_TEST(asked::content(file).find("very-secret") == std::string::npos, file);
}

BOOST_AUTO_TEST_CASE(refresh_asks_and_replaces) {
    Model model;
    const asked::Folder folder;
    make_ask(with(model.url(), folder, Cassettes::record))(asked::request());
    model.text = "n\xC3\xA4her";
    BOOST_TEST(make_ask(with(model.url(), folder, Cassettes::refresh))(asked::request()).text == model.text);
    BOOST_TEST(make_ask(with(model.url(), folder, Cassettes::replay))(asked::request()).text == model.text);
    BOOST_TEST(model.asked() == 2U);
}

BOOST_AUTO_TEST_CASE(off_writes_nothing) {
    const Model model;
    const asked::Folder folder;
    make_ask(with(model.url(), folder, Cassettes::off))(asked::request());
    BOOST_TEST(folder.files().empty());
}

BOOST_AUTO_TEST_CASE(a_broken_exchange_is_no_cassette) {
    const asked::Folder folder;
    const served::Server server{[](Connection& to, const Seen&) { to.answer(500, "text/plain", ""); }};
    make_ask(with(server.url(), folder, Cassettes::record))(asked::request());
    BOOST_TEST(the_cassette(folder) == "");
}

BOOST_AUTO_TEST_CASE(any_damage_is_told_with_the_file_s_name) {
    const Model model;
    const asked::Folder folder;
    make_ask(with(model.url(), folder, Cassettes::record))(asked::request());
    const std::string path = the_cassette(folder), whole = asked::content(path);
    const std::string address = boost::filesystem::path{path}.stem().string();
    for (std::size_t at = 0; at < whole.size(); at += 13) {
        std::string damaged = whole;
        damaged[at] = static_cast<char>(damaged[at] ^ 1);
        BOOST_CHECK_THROW(read_cassette(damaged, address), assay::Failure);
        BOOST_CHECK_THROW(read_cassette(whole.substr(0, at), address), assay::Failure);
    }
    BOOST_CHECK_THROW(read_cassette(whole, std::string(64, '0')), assay::Failure);
    std::ofstream{path, std::ios::binary} << whole.substr(0, 100);
    const Reply reply = make_ask(with(served::nowhere(), folder, Cassettes::replay))(asked::request());
    BOOST_TEST(reply.failure == "bad-cassette");
    BOOST_TEST(reply.reason.find(path) != std::string::npos);
}

BOOST_AUTO_TEST_CASE(every_byte_of_a_reply_comes_back) {
    Recorded recorded;
    recorded.asked = recorded.sent = "{}";
    recorded.provider = "openai";
    std::string all;
    for (int byte = 0; byte < 256; ++byte) all += static_cast<char>(byte);
    for (std::size_t size = 0; size <= 5; ++size) recorded.chunks.push_back({0.25, all.substr(250 - size, size)});
    recorded.chunks.push_back({1.5, all});
    recorded.chunks.push_back({2, all.substr(0, 128)});
    const auto back = read_cassette(write_cassette(recorded, {}), sha256("{}"));
    BOOST_REQUIRE(back.chunks.size() == recorded.chunks.size());
    for (std::size_t i = 0; i < back.chunks.size(); ++i) {
        BOOST_TEST(back.chunks[i].bytes == recorded.chunks[i].bytes);
        BOOST_TEST(back.chunks[i].at_s == recorded.chunks[i].at_s);
    }
}

BOOST_AUTO_TEST_CASE(a_folder_that_cannot_be_written_is_told) {
    const Model model;
    const asked::Folder folder;
    std::ofstream{folder.path()} << "a file, no folder";
    BOOST_TEST(make_ask(with(model.url(), folder, Cassettes::record))(asked::request()).failure == "bad-cassette");
}

BOOST_AUTO_TEST_SUITE_END()
