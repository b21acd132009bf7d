#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace assay::intake {

/// A file name is bytes. What is read of it: one character, or one byte that belongs to no UTF-8 character, which
/// counts as a character of its own beyond all of Unicode.
struct NameCharacter {
    char32_t value = 0;
    std::size_t bytes = 1;
    bool valid() const { return value <= 0x10FFFF; }
};

/// The character at `at`, which must be inside `name`.
NameCharacter character_at(std::string_view name, std::size_t at);

/// A file name or path as text: valid UTF-8 that a terminal shows harmlessly. Bytes that are not UTF-8, control
/// characters, line separators, direction marks and the backslash itself are written `\xNN` (upper-case hex), byte by
/// byte, so that different names stay different. All else is unchanged.
std::string printable(std::string_view name);

} // namespace assay::intake
