#pragma once
// Text that is no table: other formats, and what a tool said instead of measuring.
#include "dialect.hpp"
#include <string>
#include <string_view>

namespace assay::csv {

/// "JSON", "HTML or XML", "Markdown", "an error message", ...: what the beginning shows beyond doubt; else empty.
std::string_view other_kind(std::string_view text);
/// Why the text is no table, as the end of "the file is no table: ..."; empty where it may be one.
std::string reason_against(std::string_view text, bool complete, const Reading& reading);
/// The first line that says something, printable, at most 80 characters.
std::string excerpt(std::string_view text);

} // namespace assay::csv
