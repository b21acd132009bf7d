#include "encoding.hpp"
#include "specials.hpp"
#include <algorithm>
#include <array>
#include <assay/failure.hpp>
#include <assay/utf8.hpp>
#include <cstring>

namespace assay::csv {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

/// 0x80 to 0x9F of Windows-1252 as Unicode code points (WHATWG Encoding Standard, index windows-1252).
constexpr std::array<std::uint16_t, 32> windows_1252_high{
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

/// Bytes below 0x80 from `p` on.
std::size_t ascii_run(const unsigned char* p, std::size_t size) {
    std::size_t i = 0;
    for (; i + 32 <= size; i += 32) {
        std::uint64_t words[4];
        std::memcpy(words, p + i, sizeof words);
        if (((words[0] | words[1] | words[2] | words[3]) & 0x8080808080808080ULL) != 0) break;
    }
    while (i < size && p[i] < 0x80) ++i;
    return i;
}

/// Length of the UTF-8 sequence at `p` (Unicode 15, table 3-7): 0 none, -1 cut off by the end.
int sequence(const unsigned char* p, std::size_t left) {
    const unsigned char first = p[0];
    if (first < 0x80) return 1;
    if (first < 0xC2 || first > 0xF4) return 0;
    const int length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    const unsigned char low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    const unsigned char high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    for (int i = 1; i < length; ++i) {
        if (static_cast<std::size_t>(i) >= left) return -1;
        if (p[i] < (i == 1 ? low : 0x80) || p[i] > (i == 1 ? high : 0xBF)) return 0;
    }
    return length;
}

bool starts_with(std::string_view text, std::string_view start) { return text.substr(0, start.size()) == start; }

struct Guess {
    Encoding encoding;
    std::size_t mark = 0;
    bool certain = true;
};

/// UTF-16 without a mark: text in Latin scripts has a NUL in every other byte.
Guess by_nul_pattern(std::string_view head) {
    head = head.substr(0, 4096);
    if (head.find('\0') == head.npos) return {Encoding::utf8, 0, true};
    std::size_t nuls[2] = {0, 0};
    for (std::size_t i = 0; i < head.size(); ++i) nuls[i % 2] += head[i] == 0 ? 1U : 0U;
    const std::size_t pairs = head.size() / 2;
    if (pairs >= 2 && nuls[1] * 10 >= pairs * 6 && nuls[0] * 4 <= nuls[1]) return {Encoding::utf16_le, 0, false};
    if (pairs >= 2 && nuls[0] * 10 >= pairs * 6 && nuls[1] * 4 <= nuls[0]) return {Encoding::utf16_be, 0, false};
    return {Encoding::utf8, 0, true};
}

Guess guess(std::string_view head) {
    using namespace std::string_view_literals;
    if (starts_with(head, "\xEF\xBB\xBF")) return {Encoding::utf8, 3};
    if (starts_with(head, "\xFF\xFE\0\0"sv) || starts_with(head, "\0\0\xFE\xFF"sv)) return {Encoding::automatic};
    if (starts_with(head, "\xFF\xFE")) return {Encoding::utf16_le, 2};
    if (starts_with(head, "\xFE\xFF")) return {Encoding::utf16_be, 2};
    const bool doubled = starts_with(head, "\xC3\xBF\xC3\xBE") || starts_with(head, "\xC3\xBE\xC3\xBF");
    if (doubled && head.substr(4, 2).find('\0') != head.npos) return {Encoding::utf16_in_utf8, 4, false};
    return by_nul_pattern(head);
}

/// What no text has: neither space nor escape.
bool is_control(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20) & ((byte < 0x09) | (byte > 0x0D)) & (byte != 0x1B);
}

} // namespace

std::string_view name_of(Encoding encoding) {
    switch (encoding) {
    case Encoding::automatic: return "auto";
    case Encoding::utf8: return "utf-8";
    case Encoding::utf16_le: return "utf-16le";
    case Encoding::utf16_be: return "utf-16be";
    case Encoding::windows_1252: return "windows-1252";
    case Encoding::utf16_in_utf8: return "UTF-16 encoded a second time as UTF-8";
    }
    return "";
}

bool is_binary(std::string_view head, std::size_t percent) {
    const Guess found = guess(head);
    if (found.encoding == Encoding::automatic) return true;
    if (found.encoding != Encoding::utf8) return false;
    std::size_t control = 0;
    for (std::string_view rest = head; !rest.empty();) {
        const std::string_view part = rest.substr(0, 255); // what a byte can count: many are looked at together
        std::uint8_t found_here = 0;
        for (const char c : part) found_here = static_cast<std::uint8_t>(found_here + (is_control(c) ? 1 : 0));
        control += found_here;
        rest.remove_prefix(part.size());
    }
    return control * 100 > percent * head.size();
}

Utf8Stream::Utf8Stream(Read read, Encoding wanted, std::uint64_t size)
    : source_{std::move(read)}, raw_(size < raw_size ? static_cast<std::size_t>(size) + 16 : raw_size) {
    fill();
    decide(wanted);
    used_ = mark_;
}

Utf8Stream::Utf8Stream(Read read, std::uint64_t offset)
    : source_{std::move(read)}, settled_{true}, raw_(raw_size), raw_offset_{offset} {
    fill();
}

void Utf8Stream::decide(Encoding wanted) {
    const Guess found = guess({reinterpret_cast<const char*>(raw_.data()), filled_});
    if (wanted == Encoding::automatic) {
        if (found.encoding == Encoding::automatic)
            throw Failure{"unsupported-encoding", "the text is UTF-32, which no parser here reads"};
        encoding_ = found.encoding;
        guessed_ = !found.certain;
        mark_ = found.mark;
        settled_ = mark_ > 0 || encoding_ != Encoding::utf8;
    } else {
        encoding_ = wanted;
        mark_ = found.encoding == wanted ? found.mark : 0;
        settled_ = true;
    }
}

void Utf8Stream::fill() {
    raw_offset_ += used_;
    std::memmove(raw_.data(), raw_.data() + used_, filled_ - used_);
    filled_ -= used_;
    used_ = 0;
    const std::size_t wanted = raw_.size() - filled_;
    const std::size_t got = source_(raw_offset_ + filled_, reinterpret_cast<char*>(raw_.data()) + filled_, wanted);
    filled_ += got;
    end_ = got < wanted;
}

std::size_t Utf8Stream::read(char* out) {
    while (true) {
        if (used_ < filled_) {
            const std::size_t written = convert(out);
            if (written > 0) return written;
        }
        if (end_) return 0;
        if (encoding_ == Encoding::utf8 && used_ == filled_) {
            const std::size_t written = read_ascii(out);
            if (written > 0) return written;
        } else {
            fill();
        }
    }
}

/// Most text is ASCII and stays where it is read; what follows the first other byte is kept to be converted.
std::size_t Utf8Stream::read_ascii(char* out) {
    raw_offset_ += used_;
    const std::size_t got = source_(raw_offset_, out, raw_.size());
    end_ = got < raw_.size();
    const std::size_t plain = plain_run({out, got});
    const std::size_t run = plain + ascii_run(reinterpret_cast<const unsigned char*>(out) + plain, got - plain);
    count_nuls({out + plain, run - plain}, raw_offset_ + plain);
    std::memcpy(raw_.data(), out + run, got - run);
    raw_offset_ += run;
    used_ = 0;
    filled_ = got - run;
    return run;
}

void Utf8Stream::note_invalid(std::size_t at) {
    if (invalid++ == 0) first_invalid = raw_offset_ + at;
}

void Utf8Stream::count_nuls(std::string_view text, std::uint64_t offset) {
    const std::size_t first = text.find('\0');
    if (first == text.npos) return;
    if (nuls == 0) first_nul = offset + first;
    nuls += static_cast<std::uint64_t>(std::count(text.begin() + static_cast<std::ptrdiff_t>(first), text.end(), '\0'));
}

/// Of text not yet known to be UTF-8: the first block with bytes above 0x7F shows which it is.
void Utf8Stream::decide_by_bytes() {
    std::uint64_t good = 0, bad = 0;
    for (std::size_t i = used_; i < filled_;) {
        i += ascii_run(raw_.data() + i, filled_ - i);
        if (i == filled_) break;
        const int length = sequence(raw_.data() + i, filled_ - i);
        if (length < 0) break;
        ++(length > 0 ? good : bad);
        i += length > 0 ? static_cast<std::size_t>(length) : 1;
    }
    settled_ = good + bad > 0;
    if (bad <= good) return;
    encoding_ = Encoding::windows_1252;
    guessed_ = true;
}

std::size_t Utf8Stream::convert(char* out) {
    if (!settled_) decide_by_bytes();
    if (encoding_ == Encoding::utf8 || encoding_ == Encoding::windows_1252)
        count_nuls({reinterpret_cast<const char*>(raw_.data()) + used_, filled_ - used_}, raw_offset_ + used_);
    switch (encoding_) {
    case Encoding::utf16_le:
    case Encoding::utf16_be: return from_utf16(out);
    case Encoding::windows_1252: return from_windows_1252(out);
    case Encoding::utf16_in_utf8: {
        const std::size_t size = from_utf8(out);
        return static_cast<std::size_t>(std::remove(out, out + size, '\0') - out);
    }
    default: return from_utf8(out);
    }
}

std::size_t Utf8Stream::from_utf8(char* out) {
    char* at = out;
    while (used_ < filled_) {
        const std::size_t run = ascii_run(raw_.data() + used_, filled_ - used_);
        std::memcpy(at, raw_.data() + used_, run);
        at += run;
        used_ += run;
        if (used_ == filled_) break;
        const int length = sequence(raw_.data() + used_, filled_ - used_);
        if (length < 0 && !end_) break;
        if (length <= 0) {
            note_invalid(used_++);
            at = std::copy(replacement.begin(), replacement.end(), at);
            continue;
        }
        for (int i = 0; i < length; ++i) *at++ = static_cast<char>(raw_[used_++]);
    }
    return static_cast<std::size_t>(at - out);
}

std::size_t Utf8Stream::from_windows_1252(char* out) {
    char* at = out;
    for (; used_ < filled_; ++used_) {
        const unsigned char c = raw_[used_];
        at = put_utf8(at, c >= 0x80 && c < 0xA0 ? windows_1252_high[c - 0x80U] : c);
    }
    return static_cast<std::size_t>(at - out);
}

std::size_t Utf8Stream::from_utf16(char* out) {
    const std::size_t low = encoding_ == Encoding::utf16_le ? 0 : 1;
    const auto unit = [&](std::size_t i) {
        return static_cast<std::uint32_t>(raw_[i + low] | raw_[i + 1 - low] << 8U);
    };
    char* at = out;
    while (used_ + 2 <= filled_) {
        std::uint32_t code = unit(used_);
        const bool high = code >= 0xD800 && code < 0xDC00;
        if (high && used_ + 4 > filled_ && !end_) break;
        const std::uint32_t next = high && used_ + 4 <= filled_ ? unit(used_ + 2) : 0;
        if (next >= 0xDC00 && next < 0xE000) {
            code = 0x10000U + ((code - 0xD800U) << 10U) + (next - 0xDC00U);
            used_ += 2;
        } else if (code >= 0xD800 && code < 0xE000) {
            note_invalid(used_);
            code = 0xFFFD;
        }
        if (code == 0 && nuls++ == 0) first_nul = raw_offset_ + used_;
        used_ += 2;
        at = put_utf8(at, code);
    }
    if (end_ && used_ + 1 == filled_) {
        odd_length = true;
        note_invalid(used_++);
        at = std::copy(replacement.begin(), replacement.end(), at);
    }
    return static_cast<std::size_t>(at - out);
}

std::string decode(std::string_view bytes, Encoding wanted) {
    const bool may_be_ascii = wanted == Encoding::automatic || wanted == Encoding::utf8;
    if (may_be_ascii && ascii_run(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()) == bytes.size() &&
        guess(bytes).encoding == Encoding::utf8)
        return std::string{bytes};
    Utf8Stream stream{[&](std::uint64_t offset, char* buffer, std::size_t size) {
                          if (offset >= bytes.size()) return std::size_t{0};
                          const std::size_t count = std::min(size, bytes.size() - static_cast<std::size_t>(offset));
                          std::memcpy(buffer, bytes.data() + offset, count);
                          return count;
                      },
                      wanted, bytes.size()};
    std::string text;
    std::vector<char> block(stream.room());
    while (const std::size_t got = stream.read(block.data())) text.append(block.data(), got);
    return text;
}

} // namespace assay::csv
