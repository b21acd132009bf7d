#pragma once
// One JSON value a line (NDJSON, JSON Lines). Lines that are not JSON are rejected and counted, and stop nothing.
#include "emit.hpp"
#include <assay/parser.hpp>
#include <cstdint>
#include <string>

namespace assay::json {

/// Whether content that begins with `head` is one value a line. `complete`: the head is everything.
bool is_lines(std::string_view head, bool complete, bool named_so, std::size_t max_depth);

struct LineSettings {
    std::size_t max_depth = 256;
    std::string mark = {}; ///< what its lines begin with, before the JSON
    Repeat repeat = {};
    std::uint64_t whole_up_to = std::uint64_t{32} << 20U; ///< bytes
    std::uint64_t head = std::uint64_t{2} << 20U;         ///< bytes that tell which columns to expect
};

/// Content up to `whole_up_to` is shaped like a document that is an array of the lines; nested arrays become tables.
/// Beyond, it is read in bounded memory, with the columns and types of its head; once more where others come. Nested
/// arrays then stay JSON text, with a remark.
void parse_lines(Input& in, const LineSettings& settings, Remarks& remarks, Sink& out);

// A large content in parts, see Parser::ReadsParts.
std::string survey_lines(Input& in, std::uint64_t begin, std::uint64_t end);
void parse_lines(Input& in, const LineSettings& settings, Part& part, Sink& out);
void join_lines(const std::vector<std::string_view>& found, Sink& out);

} // namespace assay::json
