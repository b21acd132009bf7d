#pragma once
// A streamed reply: bytes in, in any pieces; text, measures and what went wrong out. Nothing here does input or output.
#include "chat/chat.hpp"
#include "chat/lines.hpp"
#include <cstdint>
#include <span>
#include <string_view>

namespace assay::chat {

/// Bytes of a reply as they came.
struct Chunk {
    double at_s; ///< since the request was sent
    std::string bytes;
};

/// What both protocols' decoders gather.
struct Streamed {
    std::string text, thoughts;  ///< reasoning is no output
    std::string failure, reason; ///< the first that was seen
    std::string model, fingerprint;
    Metrics metrics;
    std::uint64_t pieces = 0; ///< of text or reasoning: servers send one token each
    bool ended = false;       ///< the model came to an end, whatever its reason
    bool last = false;        ///< the protocol's last record: nothing more is to come

    void fail(std::string_view word, std::string why) {
        if (!failure.empty()) return;
        failure = word;
        reason = std::move(why);
    }
    void say(std::string_view piece, double at_s);
    void think(std::string_view piece, double at_s);
};

class Decoder {
  public:
    explicit Decoder(std::string_view provider) : ollama_{provider == "ollama"} {}
    void take(std::string_view bytes, double at_s);
    /// Known so far.
    const Streamed& so_far() const { return got_; }
    /// No more bytes come: judges what there is.
    Streamed end(double at_s);

  private:
    void line(std::string_view text, double at_s);
    void stream_field(std::string_view text, double at_s);
    void record(std::string_view json, double at_s);
    bool ollama_;
    Lines lines_;
    Streamed got_;
    std::string event_; ///< of the data lines since the last empty line
    std::string other_; ///< lines that are no events: an answer that is not a stream
    bool events_ = false;
};

Streamed decode(std::string_view provider, std::span<const Chunk> chunks);

/// The content type of a stream, or of the whole answer that some servers give instead.
bool is_stream_type(std::string_view content_type);

/// What a server says, fit for one line of a person's reading.
std::string told(std::string_view text);
/// The message of an error that is an object, a text, or something else.
std::string error_text(std::string_view json);

} // namespace assay::chat
