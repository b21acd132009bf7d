#include "records.hpp"
#include "specials.hpp"
#include <algorithm>
#include <cstring>

namespace assay::csv {
namespace {

bool blank(const char* from, const char* to) {
    return std::all_of(from, to, [](char c) { return c == ' ' || c == '\t' || c == '\r'; });
}

} // namespace

RecordReader::RecordReader(Source source, std::size_t room) : source_{std::move(source)}, room_{room} {
    capacity_ = room + room / 4;
    buffer_ = std::make_unique_for_overwrite<char[]>(capacity_ + padding);
}

std::string_view RecordReader::ahead() {
    if (start_ == end_) refill();
    return {buffer_.get() + start_, end_ - start_};
}

void RecordReader::set(const Dialect& dialect) {
    dialect_ = dialect;
    rescan_from(start_);
}

void RecordReader::skip(std::size_t bytes, std::uint64_t lines) {
    start_ += bytes;
    line_ += lines;
    rescan_from(start_);
}

void RecordReader::rescan_from(std::size_t at) {
    const char quote = dialect_.quote ? dialect_.quote : dialect_.newline;
    specials_.look_at(buffer_.get(), at, end_, dialect_.delimiter, quote, dialect_.newline);
}

/// More text behind the record being read, which moves to the front. False at the end of the text.
bool RecordReader::refill() {
    if (source_ended_) return false;
    const std::size_t seen = end_;
    if (start_ > 0) {
        std::memmove(buffer_.get(), buffer_.get() + start_, end_ - start_);
        for (std::size_t* at : {&end_, &cell_, &quote_at_, &closed_at_}) *at -= std::min(*at, start_);
        base_ += start_;
    }
    const std::size_t resume = seen - start_;
    start_ = 0;
    if (end_ + room_ > capacity_) {
        capacity_ = std::max(2 * capacity_, end_ + room_);
        auto larger = std::make_unique_for_overwrite<char[]>(capacity_ + padding);
        std::memcpy(larger.get(), buffer_.get(), end_);
        buffer_ = std::move(larger);
    }
    const std::size_t got = source_(buffer_.get() + end_);
    end_ += got;
    source_ended_ = got == 0;
    std::memset(buffer_.get() + end_, 0, padding);
    rescan_from(resume);
    return got > 0;
}

void RecordReader::start_record() {
    if (dialect_.newline == '\r' && start_ < end_ && buffer_[start_] == '\n') ++start_;
    cell_ = start_;
    record_line_ = line_;
    state_ = State::plain;
    cell_escaped_ = stray_quote_ = any_quoted_ = false;
    count_ = 0;
    cells_.clear();
    escaped_.clear();
}

Step RecordReader::next(Record& out) {
    while (true) {
        const Step step = scan(out);
        const bool blank_line =
            step == Step::record && out.count == 1 && !any_quoted_ && blank(out.text, out.text + out.size);
        if (!blank_line) return step;
    }
}

Step RecordReader::scan(Record& out) {
    start_record();
    while (true) {
        const std::size_t at = specials_.next();
        if (at == Specials::none) {
            if (end_ - start_ > max_record) return state_ == State::plain ? too_large(out) : broken_quote(out);
            if (refill()) continue;
            if (state_ == State::quoted) return broken_quote(out);
            if (state_ == State::closed && !leave_quotes(end_)) return broken_quote(out);
            if (start_ == end_) return Step::end;
            end_cell(end_);
            return end_record(end_, false, out);
        }
        const char c = buffer_[at];
        if (state_ == State::plain) [[likely]] {
            if (c == dialect_.delimiter) {
                end_cell(at);
                cell_ = at + 1;
            } else if (c == dialect_.newline) {
                end_cell(at);
                return end_record(at, true, out);
            } else {
                on_quote(at);
            }
            continue;
        }
        if (state_ == State::quoted) {
            if (c == dialect_.quote) {
                state_ = State::closed;
                closed_at_ = at;
            } else if (c == dialect_.newline) {
                ++line_;
                if (long_searches_ > 16) return broken_quote(out);
            }
            continue;
        }
        if (c == dialect_.quote && at == closed_at_ + 1) {
            cell_escaped_ = true;
            state_ = State::quoted;
            continue;
        }
        if (!leave_quotes(at)) return broken_quote(out);
        if (c == dialect_.quote) continue;
        end_cell(at);
        if (c == dialect_.newline) return end_record(at, true, out);
        cell_ = at + 1;
    }
}

/// A quote in plain text opens a cell only where a cell begins; elsewhere it is a character like others.
bool RecordReader::on_quote(std::size_t at) {
    const bool first = at == cell_ || (dialect_.skip_space && blank(buffer_.get() + cell_, buffer_.get() + at));
    if (!first) return false;
    state_ = State::quoted;
    any_quoted_ = true;
    quote_at_ = at;
    quote_line_ = line_;
    cell_ = at + 1;
    return true;
}

/// The closing quote was at closed_at_, and the cell goes on to `at`. False if that cannot have been its end: more text
/// follows and the cell spans lines, so the opening quote was most likely never closed.
bool RecordReader::leave_quotes(std::size_t at) {
    if (blank(buffer_.get() + closed_at_ + 1, buffer_.get() + at) && (at == end_ || buffer_[at] != dialect_.quote))
        return true;
    if (line_ != quote_line_) return false;
    state_ = State::plain;
    stray_quote_ = true;
    cell_escaped_ = false;
    cell_ = quote_at_;
    return true;
}

void RecordReader::end_cell(std::size_t at) {
    std::size_t from = cell_, to = at;
    if (state_ == State::closed) {
        to = closed_at_;
        if (cell_escaped_) escaped_.push_back(count_);
        cell_escaped_ = false;
        state_ = State::plain;
    } else {
        if (dialect_.skip_space)
            while (from < to && buffer_[from] == ' ') ++from;
        if (at == end_ || buffer_[at] == dialect_.newline)
            while (from < to && buffer_[to - 1] == '\r') --to;
    }
    if (++count_ <= max_columns + 1)
        cells_.push_back({static_cast<std::uint32_t>(from - start_), static_cast<std::uint32_t>(to - start_)});
}

/// Doubled quotes become one, in place.
void RecordReader::unescape(char* text, CellRange& cell) const {
    const char* at = text + cell.begin;
    const char* const end = text + cell.end;
    char* to = text + cell.begin;
    const auto take = [&](const char* up_to) {
        const auto size = static_cast<std::size_t>(up_to - at);
        std::memmove(to, at, size);
        to += size;
        at = up_to;
    };
    while (const void* const quote = std::memchr(at, dialect_.quote, static_cast<std::size_t>(end - at))) {
        take(static_cast<const char*>(quote) + 1);
        at += at < end ? 1 : 0;
    }
    take(end);
    cell.end = static_cast<std::uint32_t>(to - text);
}

Step RecordReader::end_record(std::size_t at, bool ended, Record& out) {
    if (at - start_ > max_record) {
        out.line = record_line_;
        start_ = at + (ended ? 1 : 0);
        line_ += ended ? 1 : 0;
        return Step::too_large;
    }
    for (const std::size_t index : escaped_)
        if (index < cells_.size()) unescape(buffer_.get() + start_, cells_[index]);
    out = {buffer_.get() + start_,
           cells_.data(),
           count_,
           record_line_,
           base_ + start_,
           static_cast<std::uint32_t>(at - start_),
           ended,
           stray_quote_};
    start_ = at + (ended ? 1 : 0);
    line_ += ended ? 1 : 0;
    return Step::record;
}

/// Gives up the line that the quote stands on, and goes on behind it.
Step RecordReader::broken_quote(Record& out) {
    out.line = quote_line_;
    out.offset = base_ + quote_at_;
    out.ended = true;
    if (end_ - quote_at_ > (1U << 20U)) ++long_searches_;
    line_ = quote_line_;
    const void* found = std::memchr(buffer_.get() + quote_at_, dialect_.newline, end_ - quote_at_);
    if (found == nullptr) {
        out.ended = false;
        skip_line();
        return Step::unclosed_quote;
    }
    start_ = static_cast<std::size_t>(static_cast<const char*>(found) - buffer_.get()) + 1;
    ++line_;
    rescan_from(start_);
    return Step::unclosed_quote;
}

Step RecordReader::too_large(Record& out) {
    out.line = record_line_;
    out.offset = base_ + start_;
    skip_line();
    return Step::too_large;
}

/// Drops what is buffered and all up to the next line end.
void RecordReader::skip_line() {
    start_ = end_;
    while (refill()) {
        const void* found = std::memchr(buffer_.get(), dialect_.newline, end_);
        if (found != nullptr) {
            start_ = static_cast<std::size_t>(static_cast<const char*>(found) - buffer_.get()) + 1;
            ++line_;
            break;
        }
        start_ = end_;
    }
    rescan_from(start_);
}

} // namespace assay::csv
