#include "line_reader.hpp"
#include <algorithm>
#include <assay/vector_targets.hpp>
#include <cstring>
#include <simdjson.h>

namespace assay::json {
namespace {

constexpr std::size_t block = std::size_t{256} << 10U, longest_line = std::size_t{64} << 20U;

bool is_blank_line(std::string_view text) { return text.find_first_not_of(" \t\r") == std::string_view::npos; }

/// In bytes first, which many are added of at once.
ASSAY_VECTORIZED std::uint64_t line_ends(std::string_view text) {
    constexpr std::size_t together = 128;
    const auto ends = [&](std::size_t at, std::size_t count) {
        std::uint8_t some = 0;
        for (std::size_t i = 0; i < count; ++i) some = static_cast<std::uint8_t>(some + (text[at + i] == '\n' ? 1 : 0));
        return some;
    };
    std::uint64_t count = 0;
    std::size_t at = 0;
    for (; at + together <= text.size(); at += together) count += ends(at, together);
    return count + ends(at, text.size() - at);
}

} // namespace

LineReader::LineReader(Input& in, std::string mark, std::uint64_t begin, std::uint64_t line_ends)
    : in_{in}, mark_{std::move(mark)}, offset_{begin - 1} {
    char before = 0;
    in.read_at(offset_, &before, 1);
    number_ = line_ends - (before == '\n' ? 1 : 0);
    Line other;
    find(other);
}

bool LineReader::next(Line& line, std::uint64_t end) {
    while (offset_ < end && find(line)) {
        if (line.number == 1 && line.text.substr(0, 3) == "\xEF\xBB\xBF") line.text.remove_prefix(3);
        if (is_blank_line(line.text)) continue;
        line.other = !line.text.starts_with(mark_);
        if (!line.other) line.text.remove_prefix(mark_.size());
        return true;
    }
    return false;
}

bool LineReader::find(Line& line) {
    std::size_t searched = begin_;
    for (;;) {
        const std::string_view held{buffer_.get() + searched, end_ - searched};
        if (const auto newline = held.find('\n'); newline != held.npos) return take(line, searched + newline, 1);
        searched = end_;
        if (ended_) return begin_ < end_ && take(line, end_, 0);
        if (end_ - begin_ >= longest_line) return take_beginning(line);
        searched -= begin_;
        refill();
    }
}

bool LineReader::take(Line& line, std::size_t end, std::size_t newline) {
    line = {{buffer_.get() + begin_, end - begin_}, ++number_, offset_};
    offset_ += end - begin_ + newline;
    begin_ = end + newline;
    return true;
}

/// Gives the first bytes of an overlong line and passes over the rest.
bool LineReader::take_beginning(Line& line) {
    beginning_.assign(buffer_.get() + begin_, 64);
    line = {beginning_, ++number_, offset_, false, true};
    for (;;) {
        const std::string_view held{buffer_.get() + begin_, end_ - begin_};
        const auto newline = held.find('\n');
        const std::size_t skipped = newline == held.npos ? held.size() : newline + 1;
        begin_ += skipped;
        offset_ += skipped;
        if (newline != held.npos || ended_) return true;
        refill();
    }
}

void LineReader::refill() {
    const std::size_t held = end_ - begin_, wanted = std::max(block, 2 * held);
    if (wanted > capacity_) {
        auto larger = std::make_unique_for_overwrite<char[]>(wanted + simdjson::SIMDJSON_PADDING);
        if (held > 0) std::memcpy(larger.get(), buffer_.get() + begin_, held);
        buffer_ = std::move(larger);
        capacity_ = wanted;
    } else {
        std::memmove(buffer_.get(), buffer_.get() + begin_, held);
    }
    const std::size_t got = in_.read_at(offset_ + held, buffer_.get() + held, capacity_ - held);
    ended_ = got < capacity_ - held;
    begin_ = 0;
    end_ = held + got;
    std::memset(buffer_.get() + end_, 0, simdjson::SIMDJSON_PADDING);
}

std::uint64_t count_line_ends(Input& in, std::uint64_t begin, std::uint64_t end) {
    const auto buffer = std::make_unique_for_overwrite<char[]>(block);
    std::uint64_t count = 0;
    while (begin < end) {
        const std::size_t got = in.read_at(begin, buffer.get(), std::min<std::uint64_t>(block, end - begin));
        if (got == 0) break;
        count += line_ends({buffer.get(), got});
        begin += got;
    }
    return count;
}

} // namespace assay::json
