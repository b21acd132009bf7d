#pragma once
// One JSON value a line (NDJSON, JSON Lines). Lines that are not JSON are rejected and counted, and stop nothing.
#include "emit.hpp"
#include <assay/parser.hpp>

namespace assay::json {

/// Whether content that begins with `head` is one value a line. `complete`: the head is everything.
bool is_lines(std::string_view head, bool complete, bool named_so, std::size_t max_depth);

struct LineSettings {
    std::size_t max_depth = 256;
    Repeat repeat = {};
};

/// Content up to 32 MiB is shaped like a document that is an array of the lines; nested arrays become tables.
/// Beyond, it is read twice in bounded memory, first for columns and types, then for rows; nested arrays then stay JSON
/// text, with a remark.
void parse_lines(Input& in, LineSettings settings, Remarks& remarks, Sink& out,
                 std::size_t whole_up_to = std::size_t{32} << 20U);

} // namespace assay::json
