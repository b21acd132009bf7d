#include "plan/outcomes.hpp"
#include <algorithm>
#include <array>
#include <assay/cell.hpp>

namespace assay::plan {

namespace {

constexpr auto failures = std::to_array<std::string_view>(
    {"failed",   "fail",         "failure",   "error",    "errored",   "err",       "exception",
     "timeout",  "timed_out",    "time_out",  "crash",    "crashed",   "oom",       "out_of_memory",
     "killed",   "aborted",      "cancelled", "canceled", "preempted", "node_fail", "boot_fail",
     "deadline", "unsuccessful", "invalid",   "broken",   "not_ok",    "nok",       "ko"});
constexpr auto endings = std::to_array<std::string_view>(
    {"ok", "okay", "success", "successful", "succeeded", "pass", "passed", "done", "complete", "completed", "finished",
     "valid", "running", "pending", "queued", "skipped", "skip", "unknown", "not_run"});

} // namespace

std::span<const std::string_view> failure_words() { return failures; }

bool same_word(std::string_view text, std::string_view word) {
    const auto plain = [](char c) { return c == ' ' || c == '-' ? '_' : cell::lower(c); };
    text = cell::trim(text);
    return std::equal(text.begin(), text.end(), word.begin(), word.end(),
                      [&](char a, char b) { return plain(a) == plain(b); });
}

bool is_outcome(std::string_view text) {
    const auto same = [&](std::string_view word) { return same_word(text, word); };
    return std::any_of(failures.begin(), failures.end(), same) || std::any_of(endings.begin(), endings.end(), same);
}

} // namespace assay::plan
