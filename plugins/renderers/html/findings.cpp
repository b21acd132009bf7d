#include "escape.hpp"
#include "parts.hpp"
#include <algorithm>
#include <assay/severity.hpp>
#include <map>

namespace assay::html {
namespace {

constexpr std::size_t longest_name = 100; ///< bytes

std::string_view severity_class(std::string_view severity) {
    const auto known = std::find(severities.begin(), severities.end(), severity);
    return known == severities.end() ? "info" : *known;
}

void write_finding(Page& page, const ReportFinding& finding) {
    const std::string severity{severity_class(finding.severity)};
    page.body += "<details class=\"finding\" data-severity=\"" + severity + "\" data-family=\"" +
                 clipped(finding.family, longest_name) + '"';
    if (!finding.fingerprint.empty()) page.body += " id=\"" + clipped(finding.fingerprint, longest_name) + '"';
    page.body += "><summary><span class=\"badge " + severity + "\">" + clipped(finding.severity, 40) + "</span> " +
                 clipped(finding.message, 1200) + "</summary>\n<div>";
    const std::string counts = finding.k + " of " + finding.n;
    if (!finding.k.empty() && !finding.n.empty() && finding.message.find(counts) == std::string::npos)
        page.paragraph("Counted: " + counts + '.');
    if (!finding.evidence.empty()) {
        page.body += "<ul class=\"places\">\n";
        for (const auto& evidence : finding.evidence)
            page.body += "<li>" + page.place(evidence) +
                         (evidence.excerpt.empty() ? "" : " <q>" + clipped(evidence.excerpt, 300) + "</q>") + "</li>\n";
        page.body += "</ul>\n";
        if (finding.places && *finding.places > finding.evidence.size())
            page.paragraph("In " + counted(*finding.places, "place", "places") + " altogether.", "note");
    }
    if (!finding.fix.empty()) page.paragraph("To mend: " + finding.fix);
    if (!finding.waived.empty() && finding.waived != "false") page.paragraph("Waived: " + finding.waived);
    page.paragraph("Rule " + finding.rule + (finding.slug.empty() ? "" : " " + finding.slug) +
                       (finding.scope.empty() ? "" : ", about " + finding.scope),
                   "note");
    page.body += "</div></details>\n";
}

/// Only a script can filter: the controls are shown by it.
void write_filters(Page& page, const std::map<std::string, std::size_t>& by_severity,
                   const std::map<std::string, std::size_t>& by_family) {
    page.body += "<form class=\"filters scripted\" id=\"finding-filters\"><fieldset><legend>Severity</legend>";
    for (const auto severity : severities)
        if (by_severity.count(std::string{severity}) > 0)
            page.body += "<label><input type=\"checkbox\" name=\"severity\" value=\"" + std::string{severity} +
                         "\" checked> " + std::string{severity} + "</label>";
    page.body += "</fieldset><label>Subject <select name=\"family\"><option value=\"\">all</option>";
    for (const auto& [family, n] : by_family)
        if (!family.empty())
            page.body += "<option value=\"" + clipped(family, longest_name) + "\">" + clipped(family, longest_name) +
                         "</option>";
    page.body += "</select></label><label>Containing <input type=\"search\" name=\"words\"></label>"
                 "<output aria-live=\"polite\"></output></form>\n";
}

} // namespace

void write_findings(Page& page, const Report& report, RecordReader& reader) {
    const std::size_t n = report.size(ASSAY_RECORD_FINDING);
    if (n == 0) return;
    page.section("findings", "Findings");
    std::vector<ReportFinding> findings;
    std::map<std::string, std::size_t> by_severity, by_family;
    for (std::size_t i = 0; i < std::min(n, 4 * page.max_rows); ++i) {
        findings.push_back(reader.finding(report.record(ASSAY_RECORD_FINDING, i)));
        ++by_severity[std::string{severity_class(findings.back().severity)}];
        ++by_family[findings.back().family];
    }
    write_filters(page, by_severity, by_family);
    page.body += "<div id=\"finding-list\">\n";
    std::size_t shown = 0;
    for (; shown < findings.size() && page.has_room(); ++shown) write_finding(page, findings[shown]);
    page.body += "</div>\n";
    page.left_out(n - shown, "finding", "findings");
    page.section_end();
}

void write_claims(Page& page, const Report& report, RecordReader& reader) {
    const std::size_t n = report.size(ASSAY_RECORD_CLAIM);
    if (n == 0) return;
    page.section("claims", "Numbers in documents");
    Bounded<ReportClaim> doubtful{page.max_rows};
    for (std::size_t i = 0; i < n; ++i) {
        const ReportClaim claim = reader.claim(report.record(ASSAY_RECORD_CLAIM, i));
        if (claim.status == "contradicted" || claim.status == "unsupported") doubtful.add(claim);
    }
    if (doubtful.empty()) {
        page.paragraph("No number in the documents is contradicted or without support.");
    } else {
        TableWriter table{page,
                          "Numbers in documents that the data contradict or do not support",
                          {{"place"}, {"claim"}, {"status"}, {"why"}}};
        std::size_t shown = 0;
        for (; shown < doubtful.kept.size(); ++shown) {
            const auto& claim = doubtful.kept[shown];
            if (!table.row({page.place({claim.document, {}, claim.line}), clipped(claim.text, 400),
                            clipped(claim.status, 40), clipped(claim.reason, 400)}))
                break;
        }
        table.end();
        page.left_out(doubtful.total - shown, "claim", "claims");
    }
    page.section_end();
}

} // namespace assay::html
