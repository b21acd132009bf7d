#pragma once
// What the real program finds in a few small files.
#include "end_to_end/program.hpp"
#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

namespace assay::test {

using Files = std::vector<std::pair<std::string, std::string>>; ///< path below the input `tree`, content

/// The report of these files with the analyzer gaps; `options` are its own, `more` are further keys of the pipeline.
nlohmann::json report_of(const Files& files, const std::string& options = "{}", const std::string& more = "");

/// The findings of one rule.
std::vector<nlohmann::json> fired(const nlohmann::json& report, const std::string& rule);
std::vector<nlohmann::json> findings_of(const std::string& rule, const Files& files, const std::string& options = "{}");

/// "3/40 tree/a.csv:7": the counts of a finding and where its first evidence stands.
std::string told(const nlohmann::json& finding);

/// A CSV: a header, then rows that a function of the row number (from 0) gives.
template <class Row> std::string csv(const std::string& header, int rows, Row row) {
    std::string text = header + "\n";
    for (int i = 0; i < rows; ++i) text += row(i) + "\n";
    return text;
}

} // namespace assay::test
