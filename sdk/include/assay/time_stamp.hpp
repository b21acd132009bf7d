#pragma once
// Time stamps as folders, files and levels of a dimension are called by them.
#include <assay/cell.hpp>
#include <string>
#include <string_view>

namespace assay {

/// 20251002-151204, 2025-10-02, 2025-10-02T15-12, 20251002_151204, 1759098967.
inline bool is_time_stamp(std::string_view text) {
    std::string digits;
    for (const char c : text) {
        if (cell::is_digit(c))
            digits += c;
        else if (std::string_view{"-_Tt:Z."}.find(c) == std::string_view::npos)
            return false;
    }
    if (digits.size() == 10 && text.size() == 10) return digits[0] == '1';
    if (digits.size() < 8 || digits.size() > 17) return false;
    return cell::time(digits.substr(0, 4) + '-' + digits.substr(4, 2) + '-' + digits.substr(6, 2)).has_value() &&
           digits >= "1990" && digits < "2100";
}

} // namespace assay
