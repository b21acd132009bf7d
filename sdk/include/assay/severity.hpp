#pragma once
// How grave a finding is: the words, and their order.
#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace assay {

inline constexpr std::array<std::string_view, 5> severities{"critical", "high", "medium", "low", "info"}; // worst first

/// 0 is the worst; behind all of them for a word that is none.
inline std::size_t severity_rank(std::string_view severity) {
    return static_cast<std::size_t>(std::find(severities.begin(), severities.end(), severity) - severities.begin());
}

} // namespace assay
