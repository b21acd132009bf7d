#pragma once
// Text in any of the encodings tools write, read as UTF-8 in bounded memory.
#include <assay/abi.h>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::csv {

enum class Encoding {
    automatic,
    utf8,
    utf16_le,
    utf16_be,
    windows_1252, ///< a superset of printable Latin-1
    utf16_in_utf8 ///< UTF-16 whose bytes were taken for Latin-1 and encoded again; holds for Latin-1 characters only
};

std::string_view name_of(Encoding encoding);

/// Whether the first bytes can be no text in these encodings: UTF-32, or, in no UTF-16 pattern, more than `percent` of
/// NULs and other control characters.
bool is_binary(std::string_view head, std::size_t percent);

class Utf8Stream {
  public:
    /// Up to `size` bytes at `offset`; fewer only at the end.
    using Read = std::function<std::size_t(std::uint64_t offset, char* buffer, std::size_t size)>;
    static constexpr std::size_t raw_size = 256U << 10U;
    /// `size`: bytes of the artifact as far as known, so that little is taken for little.
    /// Throws Failure{"unsupported-encoding"} for UTF-32.
    Utf8Stream(Read read, Encoding wanted, std::uint64_t size = ASSAY_UNKNOWN);
    /// UTF-8 from the middle of an artifact on.
    Utf8Stream(Read read, std::uint64_t offset);
    /// What one read may write.
    std::size_t room() const { return 3 * raw_.size() + 16; }
    /// Valid UTF-8 into `out`, at most room() bytes; 0 at the end only.
    std::size_t read(char* out);

    Encoding encoding() const { return encoding_; }
    bool guessed() const { return guessed_; } ///< decided without a byte order mark or the user's word
    bool at_end() const { return end_ && used_ == filled_; }
    std::size_t mark_size() const { return mark_; }

    /// Bytes (or UTF-16 units) that are not text and became U+FFFD, and where the first one is.
    std::uint64_t invalid = 0, first_invalid = ASSAY_UNKNOWN;
    std::uint64_t nuls = 0, first_nul = ASSAY_UNKNOWN;
    bool odd_length = false; ///< UTF-16 that ends within a unit

  private:
    void decide(Encoding wanted);
    void fill();
    std::size_t read_ascii(char* out);
    std::size_t convert(char* out);
    void decide_by_bytes();
    void count_nuls(std::string_view text, std::uint64_t offset);
    std::size_t from_utf8(char* out);
    std::size_t from_windows_1252(char* out);
    std::size_t from_utf16(char* out);
    void note_invalid(std::size_t at);

    Read source_;
    Encoding encoding_ = Encoding::utf8;
    bool guessed_ = false, settled_ = false, end_ = false;
    std::size_t mark_ = 0;
    std::vector<unsigned char> raw_;
    std::size_t used_ = 0, filled_ = 0; ///< raw_[used_, filled_) is still to be converted
    std::uint64_t raw_offset_ = 0;      ///< of raw_[0] in the artifact
};

/// A piece of text at once, for looking at the head of a file.
std::string decode(std::string_view bytes, Encoding wanted);

} // namespace assay::csv
