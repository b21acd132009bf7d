#pragma once
// The report's facts, read once, and found by id and by what they are about.
#include <assay/report_reader.hpp>
#include <initializer_list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace assay::html {

struct FactIndex {
    std::vector<ReportFact> all; ///< in the order of the report
    std::unordered_map<std::string_view, std::size_t> by_id;
    const ReportFact* find(std::string_view id) const;
};
FactIndex read_facts(const Report& report, RecordReader& reader);

/// Appends `parts` to a list, behind `separator` where it has begun.
inline void join(std::string& list, std::string_view separator, std::initializer_list<std::string_view> parts) {
    if (!list.empty()) list += separator;
    for (const auto part : parts) list += part;
}

/// Value of a key of the subject; null where it has none.
const std::string* subject_value(const ReportFact& fact, std::string_view key);
/// "model gemma3, run 2025-10-02": the dimensions alone.
std::string subject_text(const ReportFact& fact);

} // namespace assay::html
