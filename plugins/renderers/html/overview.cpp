#include "escape.hpp"
#include "parts.hpp"
#include <algorithm>

namespace assay::html {
namespace {

/// "2025-10-02 19:12" of a time in UTC.
std::string minute(const std::string& time) {
    return time.size() < 16 ? time : time.substr(0, 10) + ' ' + time.substr(11, 5);
}

void tile(Page& page, std::string_view what, const std::string& figure, std::string_view of_class = "") {
    if (figure.empty()) return;
    page.body += "<div class=\"tile " + std::string{of_class} + "\"><dt>" + text(what) + "</dt><dd>" + text(figure) +
                 "</dd></div>\n";
}

void write_tiles(Page& page, const ReportCounts& counts) {
    page.body += "<dl class=\"tiles\">\n";
    tile(page, "files seen", digits(counts.seen));
    tile(page, "parsed", digits(counts.parsed));
    if (detail::any(counts.failed)) tile(page, "failed to parse", digits(counts.failed), "bad");
    if (detail::any(counts.unclaimed)) tile(page, "unclaimed", digits(counts.unclaimed));
    tile(page, "rows read", digits(counts.rows.read));
    tile(page, "rows ok", digits(counts.rows.ok));
    if (detail::any(counts.rows.failed)) tile(page, "rows failed", digits(counts.rows.failed), "bad");
    for (const auto& [severity, n] : counts.findings)
        if (n > 0 && (severity == "critical" || severity == "high"))
            tile(page, severity + " findings", std::to_string(n), "bad");
    page.body += "</dl>\n";
}

void write_top_findings(Page& page, const Report& report, RecordReader& reader) {
    constexpr std::size_t most = 5;
    const std::size_t n = report.size(ASSAY_RECORD_FINDING);
    if (n == 0) return;
    page.heading(3, "Top findings");
    page.body += "<ol class=\"top\">\n";
    for (std::size_t i = 0; i < std::min(n, most); ++i) {
        const auto finding = reader.finding(report.record(ASSAY_RECORD_FINDING, i));
        page.body += "<li>";
        if (!finding.fingerprint.empty()) page.body += "<a href=\"#" + clipped(finding.fingerprint, 100) + "\">";
        page.body += clipped(finding.message, 220);
        if (!finding.fingerprint.empty()) page.body += "</a>";
        page.body += "</li>\n";
    }
    page.body += "</ol>\n";
}

} // namespace

void write_overview(Page& page, const Report& report, RecordReader& reader, const ReportCounts& counts,
                    const ReportInventory& inventory) {
    page.section("overview", "Overview");
    write_tiles(page, counts);
    if (counts.complete && !*counts.complete)
        page.paragraph("This report is incomplete: part of the work was not done.", "warning");
    if (!inventory.first_modified.empty() && !inventory.last_modified.empty())
        page.paragraph("Files modified from " + minute(inventory.first_modified) + " to " +
                           minute(inventory.last_modified) +
                           (inventory.latest_path.empty() ? "" : "; last " + inventory.latest_path) + '.',
                       "note");
    write_top_findings(page, report, reader);
    page.section_end();
}

} // namespace assay::html
