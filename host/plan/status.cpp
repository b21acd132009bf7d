#include "plan/status.hpp"
#include "plan/name_words.hpp"
#include "plan/predicate.hpp"
#include "plan/table_plan.hpp"
#include <algorithm>
#include <array>

namespace assay::plan {

namespace {

bool has(const std::vector<std::string>& words, std::string_view wanted) {
    return std::find(words.begin(), words.end(), wanted) != words.end();
}

/// What makes a row failed, as far as one column can tell.
std::string failure_of(const ColumnPlan& column) {
    // Only the last part of a dotted name says what the column is: `overall.error`.
    const auto words = name_words(std::string_view{column.name}.substr(column.name.rfind('.') + 1));
    const std::string name = column_text(column.name);
    if (column.type == Type::boolean) {
        if (has(words, "success") || has(words, "successful") || has(words, "succeeded") || has(words, "passed") ||
            has(words, "ok") || has(words, "valid"))
            return name + " == false";
        if (has(words, "failed") || has(words, "failure") || has(words, "error") || has(words, "errored"))
            return name + " == true";
        return {};
    }
    if (column.type == Type::text) {
        if (has(words, "error") || has(words, "exception") || has(words, "err")) return name + " != ''";
        // Slurm writes status:signal.
        if (is_exit_code(words)) return "not " + name + " in ('0', '0:0', '')";
        return name + " in failures";
    }
    if (is_exit_code(words)) return name + " != 0";
    if (is_http_status(words)) return name + " >= 400";
    return {};
}

/// Each row is an error and how often it occurred, no run that failed.
bool lists_errors(const std::vector<ColumnPlan>& columns) {
    bool occurrences = false, error = false, outcome = false;
    for (const ColumnPlan& column : columns) {
        const auto words = name_words(column.name);
        occurrences |= words.size() == 1 && words.front() == "occurrences";
        if (column.role != ASSAY_ROLE_STATUS) continue;
        const bool names_error = column.type == Type::text && (has(words, "error") || has(words, "exception"));
        (names_error ? error : outcome) = true;
    }
    return occurrences && error && !outcome;
}

} // namespace

bool is_http_status(const std::vector<std::string>& words) {
    if (words.size() < 2) return false;
    const auto ends = [&](std::string_view first, std::string_view last) {
        return words[words.size() - 2] == first && words.back() == last;
    };
    // `http_status_200` counts.
    return ends("http", "status") || ends("http", "code") || ends("response", "code") ||
           (ends("status", "code") && has(words, "http"));
}

bool is_exit_code(const std::vector<std::string>& words) {
    static constexpr auto whole =
        std::to_array<std::string_view>({"returncode", "returncodes", "exitcode", "exitcodes", "rc", "retcode"});
    static constexpr auto of_exit = std::to_array<std::string_view>({"code", "codes", "status", "value"});
    if (words.empty()) return false;
    const auto last = [&](auto& list) { return std::find(list.begin(), list.end(), words.back()) != list.end(); };
    if (last(whole)) return true;
    return words.size() > 1 && (words[words.size() - 2] == "exit" || words[words.size() - 2] == "return") &&
           last(of_exit);
}

std::string inferred_failure(const std::vector<ColumnPlan>& columns) {
    std::string own, document;
    if (lists_errors(columns)) return {};
    for (const auto& column : columns) {
        if (column.role != ASSAY_ROLE_STATUS) continue;
        const std::string clause = failure_of(column);
        std::string& text = column.document_scope ? document : own;
        if (!clause.empty()) text += (text.empty() ? "" : " or ") + clause;
    }
    return own.empty() ? document : own;
}

} // namespace assay::plan
