#include "engine/isolate.hpp"
#include "engine/frames.hpp"
#include <algorithm>
#include <utility>

namespace assay::engine {

namespace {

constexpr std::size_t send_bytes = std::size_t{128} << 10U;
constexpr std::int32_t outcome_kind = -1; ///< the last frame: rank is the code, bytes are reason, '\0', message

/// In the child: gathers frames and writes them in large pieces.
class Sender {
  public:
    explicit Sender(int descriptor) : descriptor_{descriptor} { buffer_.reserve(send_bytes + send_bytes / 8); }
    std::string send(std::int32_t kind, std::uint32_t rank, std::string_view bytes) {
        append_frame(buffer_, {kind, rank, bytes});
        return buffer_.size() < send_bytes || flush() ? "" : "nobody takes it any more";
    }
    bool flush() {
        const bool written = process::write_all(descriptor_, buffer_);
        buffer_.clear();
        return written;
    }

  private:
    int descriptor_;
    std::string buffer_;
};

registry::Outcome outcome_of(std::uint32_t code, std::string_view bytes) {
    const auto split = std::min(bytes.find('\0'), bytes.size());
    return {static_cast<std::int32_t>(code), std::string{bytes.substr(0, split)},
            std::string{bytes.substr(std::min(split + 1, bytes.size()))}};
}

process::Child start_call(const Call& call) {
    return process::Child::start([&](int descriptor) {
        Sender sender{descriptor};
        const auto outcome = call([&](std::int32_t kind, std::uint32_t rank, std::string_view bytes) {
            return sender.send(kind, rank, bytes);
        });
        sender.send(outcome_kind, static_cast<std::uint32_t>(outcome.code), outcome.reason + '\0' + outcome.message);
        sender.flush();
    });
}

} // namespace

IsolatedCall::IsolatedCall(Isolation isolation, const Call& call, Receiver receive)
    : isolation_{std::move(isolation)}, receive_{std::move(receive)}, child_{start_call(call)} {}

/// Why no more is wanted, or empty.
std::string IsolatedCall::take() {
    std::string refusal;
    const auto block = received_.block();
    take_frames(received_, [&](const Frame& frame) {
        if (frame.number == outcome_kind)
            answer_ = outcome_of(frame.rank, frame.bytes);
        else
            refusal = receive_(static_cast<std::int32_t>(frame.number), frame.rank, frame.bytes, block);
        return refusal.empty();
    });
    return refusal;
}

std::optional<registry::Outcome> IsolatedCall::advance() {
    const bool open = child_.read(received_);
    if (auto refusal = take(); !refusal.empty()) return registry::Outcome{ASSAY_FAILED, "refused", std::move(refusal)};
    // Not only at the end of the pipe: what the child has started may hold it open.
    if (answer_ || !open) {
        if (!answer_) return registry::Outcome{ASSAY_FAILED, "crashed", "crashed: " + child_.end().text()};
        process::let_end(std::move(child_));
        return std::move(answer_);
    }
    if (isolation_.stopped && isolation_.stopped())
        return registry::Outcome{ASSAY_CANCELLED, "cancelled", "interrupted"};
    if (std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count() > isolation_.seconds)
        return registry::Outcome{ASSAY_FAILED, "timed-out",
                                 "no end after " + std::to_string(static_cast<long>(isolation_.seconds)) +
                                     " s, the limit of the pipeline"};
    return std::nullopt;
}

registry::Outcome isolate(const Isolation& isolation, const Call& call, const Receiver& receive) {
    if (isolation.process) {
        IsolatedCall running{isolation, call, receive};
        for (;;) {
            running.child().wait_for_bytes(std::chrono::milliseconds{100});
            if (auto outcome = running.advance()) return std::move(*outcome);
        }
    }
    std::string refusal;
    auto outcome = call([&](std::int32_t kind, std::uint32_t rank, std::string_view bytes) {
        if (refusal.empty()) refusal = receive(kind, rank, bytes, nullptr);
        return refusal;
    });
    if (!refusal.empty()) return {ASSAY_FAILED, "refused", std::move(refusal)};
    return outcome;
}

} // namespace assay::engine
