#include "engine/isolate.hpp"
#include "engine/frames.hpp"
#include "process/child.hpp"
#include <algorithm>
#include <chrono>

namespace assay::engine {

namespace {

constexpr std::size_t send_bytes = std::size_t{128} << 10U;
constexpr std::int32_t outcome_kind = -1; ///< the last frame: rank is the code, bytes are reason, '\0', message

/// In the child: gathers frames and writes them in large pieces.
class Sender {
  public:
    explicit Sender(int descriptor) : descriptor_{descriptor} {}
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

/// In the parent: what has come from the child.
class Answer {
  public:
    explicit Answer(const Receiver& receive) : receive_{receive} {}
    std::string received;
    registry::Outcome outcome;
    bool ended = false; ///< the call came to its end

    /// Why no more is wanted, or empty.
    std::string take() {
        std::string refusal;
        take_frames(received, [&](const Frame& frame) {
            if (frame.number == outcome_kind)
                end(frame.rank, frame.bytes);
            else
                refusal = receive_(static_cast<std::int32_t>(frame.number), frame.rank, frame.bytes);
            return refusal.empty();
        });
        return refusal;
    }

  private:
    void end(std::uint32_t code, std::string_view bytes) {
        const auto split = std::min(bytes.find('\0'), bytes.size());
        outcome = {static_cast<std::int32_t>(code), std::string{bytes.substr(0, split)},
                   std::string{bytes.substr(std::min(split + 1, bytes.size()))}};
        ended = true;
    }
    const Receiver& receive_;
};

registry::Outcome in_child(const Isolation& isolation, const Call& call, const Receiver& receive) {
    process::Child child = process::Child::start([&](int descriptor) {
        Sender sender{descriptor};
        const auto outcome = call([&](std::int32_t kind, std::uint32_t rank, std::string_view bytes) {
            return sender.send(kind, rank, bytes);
        });
        sender.send(outcome_kind, static_cast<std::uint32_t>(outcome.code), outcome.reason + '\0' + outcome.message);
        sender.flush();
    });
    Answer answer{receive};
    const auto start = std::chrono::steady_clock::now();
    // Not only to the end of the pipe: what the child has started may hold it open.
    for (bool open = true; open && !answer.ended;) {
        child.wait_for_bytes(std::chrono::milliseconds{100});
        open = child.read(answer.received);
        if (auto refusal = answer.take(); !refusal.empty()) return {ASSAY_FAILED, "refused", std::move(refusal)};
        if (isolation.stopped && isolation.stopped()) return {ASSAY_CANCELLED, "cancelled", "interrupted"};
        if (std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count() > isolation.seconds)
            return {ASSAY_FAILED, "timed-out",
                    "no end after " + std::to_string(static_cast<long>(isolation.seconds)) +
                        " s, the limit of the pipeline"};
    }
    const process::Ending ending = child.end();
    if (!answer.ended) return {ASSAY_FAILED, "crashed", "crashed: " + ending.text()};
    return answer.outcome;
}

} // namespace

registry::Outcome isolate(const Isolation& isolation, const Call& call, const Receiver& receive) {
    if (isolation.process) return in_child(isolation, call, receive);
    std::string refusal;
    auto outcome = call([&](std::int32_t kind, std::uint32_t rank, std::string_view bytes) {
        if (refusal.empty()) refusal = receive(kind, rank, bytes);
        return refusal;
    });
    if (!refusal.empty()) return {ASSAY_FAILED, "refused", std::move(refusal)};
    return outcome;
}

} // namespace assay::engine
