#include "chat/attempt.hpp"
#include "chat/backoff.hpp"
#include "chat/endpoint.hpp"
#include "chat/http.hpp"
#include "chat/key.hpp"
#include <algorithm>
#include <assay/failure.hpp>

namespace assay::chat {

namespace {

constexpr std::size_t most_error_bytes = std::size_t{64} << 10U;

/// Tells of a reply's progress, now and then.
class Teller {
  public:
    explicit Teller(const std::function<void(const Progress&)>& tell) : tell_{tell} {}
    void now(const Streamed& got, double at_s, bool end) {
        if (!tell_ || got.pieces == 0 || (!end && at_s < next_s_)) return;
        next_s_ = at_s + 0.1;
        const double first =
            std::min(got.metrics.first_token_s.value_or(at_s), got.metrics.first_thought_s.value_or(at_s));
        Progress progress{got.pieces, at_s, std::nullopt, got.text.empty()};
        if (got.pieces > 1 && at_s > first) progress.per_s = static_cast<double>(got.pieces - 1) / (at_s - first);
        tell_(progress);
    }

  private:
    const std::function<void(const Progress&)>& tell_;
    double next_s_ = 0;
};

enum class Stop { none, cancelled, total, first_token, done };

/// In the bytes as they came, or in what they say together: a model's words come in pieces.
bool repeats_key(std::string_view provider, const std::vector<Chunk>& chunks, const std::string& key) {
    if (key.empty()) return false;
    std::string all;
    for (const auto& chunk : chunks) all += chunk.bytes;
    const Streamed said = decode(provider, chunks);
    return holds_key(all, key) || holds_key(said.text, key) || holds_key(said.thoughts, key);
}

std::string seconds_text(double seconds) {
    std::string text = std::to_string(seconds);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) text.pop_back();
    return text + " s";
}

class Trial {
  public:
    Trial(const ModelSettings& settings, const Surroundings& around, Clock::time_point deadline)
        : settings_{settings}, around_{around}, deadline_{deadline}, decoder_{settings.provider},
          teller_{around.progress} {}

    Attempt run(const Endpoint& endpoint, const std::string& body, const std::string& key) {
        HttpRequest request{endpoint.chat};
        request.body = body;
        request.key = key;
        request.ca_file = settings_.ca_file;
        request.loopback = endpoint.loopback;
        request.connect_s = settings_.connect_s;
        request.most_bytes = settings_.most_bytes;
        const auto answer = exchange(
            request, [this](long status, std::string_view bytes) { take(status, bytes); }, [this] { return go_on(); });
        teller_.now(decoder_.so_far(), seconds_since(start_), true);
        out_.streamed = decoder_.so_far();
        key_ = key;
        judge(answer, endpoint);
        out_.streamed.reason = without_key(std::move(out_.streamed.reason), key);
        if (repeats_key(settings_.provider, out_.chunks, key)) {
            out_ = {};
            out_.streamed.fail(failed::bad_reply, "the reply repeats the key it was asked with, and was thrown away");
        }
        return std::move(out_);
    }

  private:
    void take(long status, std::string_view bytes) {
        const double at = seconds_since(start_);
        if (status != 200) {
            error_ += bytes.substr(0, most_error_bytes - std::min(most_error_bytes, error_.size()));
            return;
        }
        out_.chunks.push_back({at, std::string{bytes}});
        decoder_.take(bytes, at);
        teller_.now(decoder_.so_far(), at, false);
    }

    bool go_on() {
        if (decoder_.so_far().last)
            stop_ = Stop::done;
        else if (around_.cancelled && around_.cancelled())
            stop_ = Stop::cancelled;
        else if (Clock::now() > deadline_)
            stop_ = Stop::total;
        else if (decoder_.so_far().pieces == 0 && seconds_since(start_) > settings_.first_token_s)
            stop_ = Stop::first_token;
        return stop_ == Stop::none;
    }

    void fail(std::string_view word, std::string reason, bool again = false) {
        out_.streamed.text.clear();
        out_.streamed.ended = false;
        out_.streamed.failure.clear(); // what ended the attempt outweighs what the stream lacks
        out_.streamed.fail(word, std::move(reason));
        out_.again = again;
    }

    void judge(const HttpAnswer& answer, const Endpoint& endpoint) {
        switch (answer.end) {
        case HttpEnd::stopped:
            if (stop_ != Stop::done) return judge_stop();
            break;
        case HttpEnd::unreachable:
            return fail(failed::unreachable, "no connection to " + endpoint.base + ": " + answer.error, true);
        case HttpEnd::connect_time:
            return fail(failed::timed_out,
                        "no connection to " + endpoint.base + " in " + seconds_text(settings_.connect_s), true);
        case HttpEnd::distrusted:
            return fail(failed::unreachable,
                        "the certificate of " + endpoint.base + " is not trusted: " + answer.error);
        case HttpEnd::too_long:
            return fail(failed::bad_reply,
                        "the reply is longer than " + std::to_string(settings_.most_bytes) + " bytes");
        case HttpEnd::undecodable: return fail(failed::bad_reply, "the reply's compression is broken");
        case HttpEnd::broken:
            if (decoder_.so_far().last) break;
            if (decoder_.so_far().pieces > 0)
                return fail(failed::incomplete, "the connection broke within the reply: " + answer.error, true);
            return fail(failed::unreachable, "the connection to " + endpoint.base + " broke: " + answer.error, true);
        case HttpEnd::whole: break;
        }
        judge_status(answer);
    }

    void judge_stop() {
        if (stop_ == Stop::cancelled) return fail(failed::cancelled, "stopped on request");
        if (stop_ == Stop::total)
            return fail(failed::timed_out, "no whole reply in " + seconds_text(settings_.total_s));
        fail(failed::timed_out, "no first token in " + seconds_text(settings_.first_token_s));
    }

    /// What is told may be cut within a key, so that it is not found there.
    std::string told_safely(std::string_view whole, const std::string& told) const {
        return holds_key(whole, key_) ? "text that repeats the key it was asked with" : told;
    }

    void judge_status(const HttpAnswer& answer) {
        const std::string says = error_.empty() ? "" : ": " + told_safely(error_, error_text(error_));
        const std::string status = "the server answers " + std::to_string(answer.status);
        out_.wait_s = answer.retry_after_s;
        if (answer.status == 429) return fail(failed::rate_limited, status + says, true);
        if (answer.status >= 500) return fail(failed::server_error, status + says, true);
        if (answer.status >= 400) return fail(failed::refused, status + says);
        if (answer.status >= 300)
            return fail(failed::refused, status + " and names " + told_safely(answer.location, told(answer.location)) +
                                             ", which is not followed: name it as the endpoint if it is right");
        if (answer.status != 200) return fail(failed::bad_reply, status);
        if (!is_stream_type(answer.content_type))
            return fail(failed::bad_reply,
                        "the reply is of type " + told_safely(answer.content_type, told(answer.content_type)));
        out_.streamed = decoder_.end(seconds_since(start_));
    }

    const ModelSettings& settings_;
    const Surroundings& around_;
    Clock::time_point start_ = Clock::now(), deadline_;
    Decoder decoder_;
    Teller teller_;
    Stop stop_ = Stop::none;
    std::string error_, key_;
    Attempt out_;
};

} // namespace

Exchange try_exchange(const ModelSettings& settings, const std::string& body, const Surroundings& surroundings) {
    const auto start = Clock::now();
    const auto deadline =
        start + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(settings.total_s));
    const Endpoint endpoint = endpoint_of(settings);
    Exchange out;
    try {
        const std::string key = api_key(settings);
        Backoff backoff{settings.backoff_s};
        for (;; ++out.retries) {
            out.last = Trial{settings, surroundings, deadline}.run(endpoint, body, key);
            if (!out.last.again || out.retries >= settings.retries) break;
            const double wait = std::max(out.last.wait_s, backoff.next());
            const auto until =
                Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(wait));
            if (wait > settings.longest_wait_s || until >= deadline) {
                out.last.streamed.reason += "; the next try would be in " + seconds_text(wait) + ", which is too long";
                break;
            }
            if (wait_until(until, surroundings.cancelled)) continue;
            out.last = {};
            out.last.streamed.fail(failed::cancelled, "stopped on request");
            break;
        }
    } catch (const Failure& failure) {
        out.last.streamed.fail(failure.reason, failure.what());
    }
    out.wall_s = seconds_since(start);
    return out;
}

} // namespace assay::chat
