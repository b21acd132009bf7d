#pragma once
// A strict walk over JSON text that knows where it is. The fast parser says only that a text is wrong; this says where
// and why, and finds what can be mended: literals such as NaN, numbers out of range, several documents in one file.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::json {

/// Where a text stops being JSON. `reason` is "truncated", "too-deep" or "syntax".
struct Fault {
    std::string reason, message;
    std::size_t offset = 0;
};

/// A stretch that is no valid JSON and can stand as `replacement`. `code` names it in diagnostics.
struct Oddity {
    const char* code;
    std::size_t offset, length;
    std::string replacement;
};

struct Scan {
    struct Span {
        std::size_t begin, end;
    };
    std::vector<Span> documents; ///< complete values, in order
    std::vector<Oddity> oddities;
    std::optional<Fault> fault; ///< after the last complete document
};

/// Stops at the first fault. Time and memory are linear in the text; depth costs one byte a level.
Scan scan(std::string_view text, std::size_t max_depth);

/// The documents with all oddities mended; several documents become one array.
std::string mend(std::string_view text, const Scan& scan);

/// Line of a byte, from 1.
std::uint64_t line_of(std::string_view text, std::size_t offset);

} // namespace assay::json
