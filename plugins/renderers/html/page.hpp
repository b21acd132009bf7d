#pragma once
// The parts of the page share this: the text so far, its bounds, and the facts that it links to.
#include "facts.hpp"
#include <assay/report_lists.hpp>
#include <assay/report_words.hpp>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace assay::html {

struct Page {
    std::string body = {};
    std::size_t max_rows, max_artifacts, max_charts;
    std::string full_report, source_url;
    const FactIndex& facts;
    std::vector<std::string> linked = {}; ///< ids, in the order of the page, each once
    std::size_t limit = 0;                ///< of `body`, in bytes: lists end there
    std::vector<std::string> charts = {}; ///< JSON objects
    std::size_t chart_bytes = 0;

    /// Room for this much more; lists that end early say how much they leave out.
    void allow(std::size_t bytes) { limit = body.size() + bytes; }
    bool has_room() const { return body.size() < limit; }

    /// Opens a section with a heading; `section_end` closes it.
    void section(std::string_view id, std::string_view heading);
    void section_end() { body += "</section>\n"; }
    void heading(int level, std::string_view plain);
    void paragraph(std::string_view plain, std::string_view of_class = "");
    /// "12 more rows are in report.json", where something was left out.
    void left_out(std::size_t n, std::string_view one, std::string_view many);
    /// A number as a link to its fact; plain text where it has none.
    std::string number(std::string_view plain, const std::string& fact);
    std::string place(const Evidence& evidence) const;

    std::unordered_set<std::string> known = {}; ///< the same ids
};

/// A table that scrolls in itself, sorts by its headings, and ends in time.
class TableWriter {
  public:
    struct Column {
        std::string title; ///< plain text
        bool number = false;
    };
    TableWriter(Page& page, std::string_view caption, const std::vector<Column>& columns);
    /// Cells are HTML. False, and nothing written: the page has no room.
    bool row(const std::vector<std::string>& cells);
    void end();

  private:
    Page& page_;
    std::vector<Column> columns_;
};

std::string digits(Count n); ///< empty where unknown
std::string code(std::string_view plain);

} // namespace assay::html
