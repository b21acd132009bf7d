#include "chat/ask.hpp"
#include "chat/attempt.hpp"
#include "chat/body.hpp"
#include "chat/cassette.hpp"
#include <assay/failure.hpp>

namespace assay::chat {

namespace {

Reply reply_of(Streamed streamed, const Recorded& recorded, const std::string& address) {
    Reply out;
    out.failure = std::move(streamed.failure);
    out.reason = std::move(streamed.reason);
    out.metrics = streamed.metrics;
    out.metrics.wall_s = recorded.wall_s;
    out.metrics.retries = recorded.retries;
    if (out.failure.empty() && looks_truncated(out.metrics, recorded.estimate)) {
        out.failure = failed::truncated;
        out.reason = "the server read " + std::to_string(*out.metrics.prompt_tokens) + " tokens of a prompt of about " +
                     std::to_string(recorded.estimate.tokens);
    }
    if (out.failure.empty()) out.text = std::move(streamed.text);
    out.model = std::move(streamed.model);
    out.fingerprint = std::move(streamed.fingerprint);
    out.digest = recorded.digest;
    out.exchange = address;
    return out;
}

class Asker {
  public:
    Asker(const ModelSettings& settings, Surroundings surroundings)
        : settings_{settings}, around_{std::move(surroundings)} {}

    Reply operator()(const Request& request) {
        try {
            return ask(request);
        } catch (const Failure& failure) {
            Reply out;
            out.failure = failure.reason;
            out.reason = failure.what();
            return out;
        }
    }

  private:
    Reply ask(const Request& request) {
        if (!digest_) digest_ = model_digest(settings_);
        Recorded recorded;
        recorded.asked = canonical(settings_, request, *digest_);
        recorded.provider = settings_.provider;
        recorded.digest = *digest_;
        const std::string address = sha256(recorded.asked);
        if (settings_.cassettes == Cassettes::record || settings_.cassettes == Cassettes::replay)
            if (const auto text = load_file(settings_.cassette_folder, address + ".json"))
                return replay(*text, address);
        if (settings_.cassettes == Cassettes::replay) return miss(address, request);
        return live(request, std::move(recorded), address);
    }

    Reply replay(const std::string& text, const std::string& address) {
        try {
            const Recorded recorded = read_cassette(text, address);
            Reply reply = reply_of(decode(recorded.provider, recorded.chunks), recorded, address);
            reply.metrics.replayed = true;
            keep(address, text);
            return reply;
        } catch (const Failure& failure) {
            throw Failure{failure.reason, "the cassette " + settings_.cassette_folder + "/" + address +
                                              ".json is damaged: " + failure.what() + "; 'refresh' replaces it"};
        }
    }

    Reply miss(const std::string& address, const Request& request) {
        Reply out;
        out.failure = failed::not_recorded;
        out.reason = "no cassette in " + settings_.cassette_folder + " answers this: " + settings_.provider +
                     ", model " + settings_.model +
                     (digest_->empty() ? ", no digest known" : ", digest " + digest_->substr(0, 12)) + ", " +
                     std::to_string(request.messages.size()) + " messages, address " + address;
        out.exchange = address;
        return out;
    }

    Reply live(const Request& request, Recorded recorded, const std::string& address) {
        recorded.sent = body_of(settings_, request);
        recorded.estimate = estimate(settings_, request);
        const std::uint64_t needed = window_for(settings_, request, recorded.estimate);
        if (settings_.num_ctx && needed > static_cast<std::uint64_t>(*settings_.num_ctx))
            throw Failure{failed::refused, "prompt and reply may need " + std::to_string(needed) +
                                               " tokens, and num_ctx is " + std::to_string(*settings_.num_ctx)};
        Exchange done = try_exchange(settings_, recorded.sent, around_);
        recorded.chunks = std::move(done.last.chunks);
        recorded.retries = done.retries;
        recorded.wall_s = done.wall_s;
        // Where the connection or this side failed, another try may go better: that is no answer to keep.
        const bool answered = done.last.streamed.ended;
        Reply reply = reply_of(std::move(done.last.streamed), recorded, address);
        const std::string text = write_cassette(recorded, reply);
        if (answered && settings_.cassettes != Cassettes::off)
            store_file(settings_.cassette_folder, address + ".json", text);
        keep(address, text);
        return reply;
    }

    void keep(const std::string& address, const std::string& text) {
        if (around_.keep) around_.keep("llm/" + address.substr(0, 16) + ".json", text);
    }

    ModelSettings settings_;
    Surroundings around_;
    std::optional<std::string> digest_;
};

} // namespace

Ask make_ask(const ModelSettings& settings, Surroundings surroundings) {
    check(settings);
    return Asker{settings, std::move(surroundings)};
}

} // namespace assay::chat
