#pragma once
// Lines from reads in blocks; memory is bounded by the longest line allowed.
#include <assay/parser.hpp>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace assay::json {

struct Line {
    std::string_view text; ///< SIMDJSON_PADDING bytes behind it are readable
    std::uint64_t number = 0, offset = 0;
    bool other = false;    ///< without the mark that lines have
    bool too_long = false; ///< more than 64 MiB; `text` is only its beginning
};

class LineReader {
  public:
    /// `mark`: what the lines that count begin with, and are given without.
    explicit LineReader(Input& in, std::string mark = {}) : in_{in}, mark_{std::move(mark)} {}
    /// From the first line that begins at or behind `begin` (not 0), before which there are `line_ends`.
    LineReader(Input& in, std::string mark, std::uint64_t begin, std::uint64_t line_ends);

    /// The next line that is not blank and begins before `end`; valid until the next call. A byte order mark before
    /// the first line is passed over.
    bool next(Line& line, std::uint64_t end = UINT64_MAX);
    /// Where the next line begins, blank or not.
    assay_place place() const { return {offset_, number_ + 1}; }

  private:
    bool find(Line& line);
    bool take(Line& line, std::size_t end, std::size_t newline);
    bool take_beginning(Line& line);
    void refill();

    Input& in_;
    std::string mark_;
    std::unique_ptr<char[]> buffer_;
    std::string beginning_;
    std::size_t capacity_ = 0, begin_ = 0, end_ = 0; ///< what is held is [begin_, end_)
    std::uint64_t offset_ = 0, number_ = 0;          ///< of `begin_` in the content; of the last line
    bool ended_ = false;
};

std::uint64_t count_line_ends(Input& in, std::uint64_t begin, std::uint64_t end);

} // namespace assay::json
