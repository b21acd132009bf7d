#pragma once
// The parts of the Markdown report share this: the text so far, the bounds, and the facts that were shown.
#include "table.hpp"
#include <assay/report_lists.hpp>
#include <assay/report_words.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace assay::markdown {

/// One row of a table with numbers, and the facts that they are.
struct ShownFacts {
    std::string section, row;                               ///< plain text
    std::vector<std::pair<std::string, std::string>> facts; ///< columns, fact id
};

struct Document {
    std::string text;
    std::size_t max_rows, max_artifacts, max_sections;
    std::string full_report;
    Bounded<ShownFacts> shown;

    /// Markdown, followed by an empty line.
    void paragraph(std::string_view markdown);
    /// `title` is plain text.
    void heading(int level, std::string_view title);
    void table(const Table& table);
    /// "12 more files are in report.json", where something was left out.
    void left_out(std::size_t n, std::string_view one, std::string_view many);
};

std::string number(Count n);                  ///< digits; empty where unknown
std::string sentence(std::string_view plain); ///< escaped, at the start of a line, with a full stop

/// Heading and text of each answer that has any; the details after them.
void write_answers(Document& out, const std::vector<std::vector<Section>>& places, const ArtifactLists& lists,
                   const ReportInventory& inventory);
bool has_exclusions(const ArtifactLists& lists, const ReportInventory& inventory);
void write_details(Document& out, const std::vector<Section>& details);
void write_findings(Document& out, const Report& report, RecordReader& reader);
void write_claims(Document& out, const Report& report, RecordReader& reader);
void write_narrative(Document& out, const Report& report, RecordReader& reader);

void write_provenance(Document& out, const Report& report, RecordReader& reader, const ArtifactLists& lists,
                      const ReportInventory& inventory);

} // namespace assay::markdown
