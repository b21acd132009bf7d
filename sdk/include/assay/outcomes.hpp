// The words by which tools write how something ended.
#pragma once
#include <algorithm>
#include <array>
#include <assay/cell.hpp>
#include <span>
#include <string_view>

namespace assay {

namespace outcomes {
inline constexpr auto failures = std::to_array<std::string_view>(
    {"failed",   "fail",         "failure",   "error",    "errored",   "err",       "exception",
     "timeout",  "timed_out",    "time_out",  "crash",    "crashed",   "oom",       "out_of_memory",
     "killed",   "aborted",      "cancelled", "canceled", "preempted", "node_fail", "boot_fail",
     "deadline", "unsuccessful", "invalid",   "broken",   "not_ok",    "nok",       "ko"});
inline constexpr auto endings = std::to_array<std::string_view>(
    {"ok", "okay", "success", "successful", "succeeded", "pass", "passed", "done", "complete", "completed", "finished",
     "valid", "running", "pending", "queued", "skipped", "skip", "unknown", "not_run"});

} // namespace outcomes

/// Those for failure, in lower case, parts joined by '_': what `in failures` stands for.
inline std::span<const std::string_view> failure_words() { return outcomes::failures; }

/// Equal in any case; blanks, '-' and '_' are the same. Blanks around `text` do not count.
inline bool same_word(std::string_view text, std::string_view word) {
    const auto plain = [](char c) { return c == ' ' || c == '-' ? '_' : cell::lower(c); };
    text = cell::trim(text);
    return std::equal(text.begin(), text.end(), word.begin(), word.end(),
                      [&](char a, char b) { return plain(a) == plain(b); });
}

/// A word for how something ended or where it stands: `Failed`, `OUT_OF_MEMORY`, `ok`, `running`.
inline bool is_outcome(std::string_view text) {
    text = cell::trim(text);
    if (text.empty() || cell::is_digit(text.front())) return false; // most cells
    const auto same = [&](std::string_view word) { return word.size() == text.size() && same_word(text, word); };
    return std::any_of(outcomes::failures.begin(), outcomes::failures.end(), same) ||
           std::any_of(outcomes::endings.begin(), outcomes::endings.end(), same);
}

} // namespace assay
