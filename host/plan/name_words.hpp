#pragma once
// The words of a column's name: `mean_TTFT_s` and `Mean TTFT (s)` both give mean, ttft, s.
#include <string>
#include <string_view>
#include <vector>

namespace assay::plan {

/// Lower-case words, split at anything but letters and digits and where a lower-case letter meets an upper-case one.
std::vector<std::string> name_words(std::string_view name);

/// mean, avg, median, std, min, max, p95, total ...: a word that says the value is a statistic of observations.
bool is_statistic_word(std::string_view word);

} // namespace assay::plan
