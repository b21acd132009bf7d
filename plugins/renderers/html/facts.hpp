#pragma once
// The report's facts, read once, and found by id and by what they are about.
#include <assay/report_reader.hpp>
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

/// Value of a key of the subject; null where it has none.
const std::string* subject_value(const ReportFact& fact, std::string_view key);
/// "model gemma3, run 2025-10-02": the dimensions alone.
std::string subject_text(const ReportFact& fact);

} // namespace assay::html
