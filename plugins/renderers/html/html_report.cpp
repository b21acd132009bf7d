#include "html_report.hpp"
#include "assets.hpp"
#include "escape.hpp"
#include "parts.hpp"
#include <algorithm>
#include <openssl/evp.h>

namespace assay {
namespace html {
namespace {

constexpr std::size_t most_page_bytes = 1'950'000, most_datasets = 500, most_narratives = 8;

/// 'sha256-...', by which a content security policy names the one script or style that may act.
std::string hash_source(std::string_view content) {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    if (EVP_Digest(content.data(), content.size(), digest, &size, EVP_sha256(), nullptr) != 1)
        throw Failure{"no-digest", "SHA-256 is not to be had"};
    unsigned char encoded[4 * ((EVP_MAX_MD_SIZE + 2) / 3) + 1];
    const int length = EVP_EncodeBlock(encoded, digest, static_cast<int>(size));
    return "'sha256-" + std::string{reinterpret_cast<const char*>(encoded), static_cast<std::size_t>(length)} + '\'';
}

std::string head(const std::string& title) {
    // Nothing is loaded, nothing is sent, and only what the build embedded runs.
    const std::string policy = "default-src 'none'; script-src " + hash_source(vega_script()) + ' ' +
                               hash_source(page_script()) + "; style-src " + hash_source(page_style()) +
                               "; base-uri 'none'; form-action 'none'";
    return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-"
           "Policy\" content=\"" +
           policy +
           "\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" "
           "content=\"no-referrer\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<title>" +
           text(title) + "</title>\n<style>" + std::string{page_style()} + "</style>\n</head>\n";
}

void write_opening(Page& page, const std::string& title, const ReportInventory& inventory, const ReportCounts& counts) {
    page.body += "<body>\n<a class=\"skip\" href=\"#main\">Skip to the answers</a>\n<header>\n<h1>" + text(title) +
                 "</h1>\n<p class=\"opening\">";
    for (const auto& sentence : opening_sentences(inventory, counts)) page.body += clipped(sentence, 600) + ' ';
    page.body += "</p>\n</header>\n";
}

/// Links to the sections that there are.
std::string navigation(const std::string& body) {
    static constexpr std::pair<std::string_view, std::string_view> parts[]{{"summary", "In short"},
                                                                           {"say", "You can say"},
                                                                           {"not", "Must not say"},
                                                                           {"changed", "Changed"},
                                                                           {"next", "Do next"},
                                                                           {"overview", "Overview"},
                                                                           {"narrative", "Narrative"},
                                                                           {"datasets", "Datasets"},
                                                                           {"sweeps", "Sweeps"},
                                                                           {"series", "Over time"},
                                                                           {"distributions", "Distributions"},
                                                                           {"findings", "Findings"},
                                                                           {"claims", "Documents"},
                                                                           {"inventory", "Inventory"},
                                                                           {"facts", "Look up"},
                                                                           {"details", "Details"},
                                                                           {"provenance", "Provenance"}};
    std::string out = "<nav aria-label=\"Contents\"><ul>\n";
    for (const auto& [id, words] : parts)
        if (body.find("<section id=\"" + std::string{id} + '"') != std::string::npos)
            out += "<li><a href=\"#" + std::string{id} + "\">" + std::string{words} + "</a></li>\n";
    return out + "</ul><button type=\"button\" class=\"scripted\" id=\"theme\" aria-label=\"Dark or "
                 "light\">◐</button></nav>\n";
}

std::string dialog() {
    return "<dialog id=\"evidence\" aria-labelledby=\"evidence-title\"><form method=\"dialog\"><button "
           "aria-label=\"Close\">✕</button></form><h2 id=\"evidence-title\"></h2><div id=\"evidence-body\"></div>"
           "</dialog>\n";
}

std::string data_block(std::string_view id, std::string_view json) {
    return "<script type=\"application/json\" id=\"" + std::string{id} + "\">" + std::string{json} + "</script>\n";
}

std::string charts_json(const Page& page) {
    std::string out = "[";
    for (const auto& chart : page.charts) out += (out.size() == 1 ? "\n" : ",\n") + chart;
    return out + "]";
}

void write_body(Page& page, const Report& report, RecordReader& reader) {
    const ReportInventory inventory = reader.inventory(report.inventory());
    const ReportCounts counts = reader.counts(report.summary());
    const ArtifactLists lists = list_artifacts(report, reader, page.max_artifacts, page.max_rows);
    const auto places = sections_by_place(report, reader);
    const std::size_t n_datasets = report.size(ASSAY_RECORD_DATASET);
    std::vector<ReportDataset> datasets;
    for (std::size_t i = 0; i < std::min(n_datasets, most_datasets); ++i)
        datasets.push_back(reader.dataset(report.record(ASSAY_RECORD_DATASET, i)));

    std::vector<ReportNarrative> narratives;
    for (std::size_t i = 0; i < std::min(report.size(ASSAY_RECORD_NARRATIVE), most_narratives); ++i)
        narratives.push_back(reader.narrative(report.record(ASSAY_RECORD_NARRATIVE, i)));

    page.allow(20'000);
    write_summary(page, narratives);
    write_answers(page, places, lists, inventory);
    page.allow(40'000);
    write_overview(page, report, reader, counts, inventory);
    page.allow(60'000);
    write_narratives(page, narratives, report.size(ASSAY_RECORD_NARRATIVE));
    page.allow(180'000);
    write_charts(page, datasets);
    page.allow(140'000);
    write_findings(page, report, reader);
    page.allow(40'000);
    write_claims(page, report, reader);
    page.allow(100'000);
    write_inventory(page, inventory, lists);
    write_search(page);
    page.allow(160'000);
    write_details(page, places.back());
    page.allow(40'000);
    write_provenance(page, reader.run(report.run()), datasets);
    page.left_out(n_datasets - datasets.size(), "dataset", "datasets");
}

} // namespace
} // namespace html

void HtmlReport::configured() {
    const bool web = source_url->starts_with("https://") || source_url->starts_with("http://");
    if (!source_url->empty() && !web) throw BadOption{"source_url must begin with https:// or http://"};
    if (!source_url->empty() && source_url->find("{path}") == std::string::npos)
        throw BadOption{"source_url must hold {path}"};
}

void HtmlReport::render(const Report& report, Output& out) {
    using namespace html;
    RecordReader reader;
    const FactIndex facts = read_facts(report, reader);
    Page page{.max_rows = static_cast<std::size_t>(*max_rows),
              .max_artifacts = static_cast<std::size_t>(*max_artifacts),
              .max_charts = static_cast<std::size_t>(*max_charts),
              .full_report = *full_report,
              .source_url = *source_url,
              .facts = facts};
    Page opening{
        .max_rows = 0, .max_artifacts = 0, .max_charts = 0, .full_report = "", .source_url = "", .facts = facts};
    write_opening(opening, *title, reader.inventory(report.inventory()), reader.counts(report.summary()));
    write_body(page, report, reader);

    std::string text = head(*title) + opening.body + navigation(page.body) + "<main id=\"main\">\n" + page.body +
                       "</main>\n" + dialog() + data_block("templates", in_script(chart_templates())) +
                       data_block("charts", charts_json(page));
    std::string ending = "<script>";
    ending += vega_script();
    ending += "</script>\n<script>";
    ending += page_script();
    ending += "</script>\n</body>\n</html>\n";
    const std::size_t used = text.size() + ending.size();
    text += data_block("facts-data", evidence_json(page, used < most_page_bytes ? most_page_bytes - used : 0));
    out.write(text);
    out.write(ending);
}

} // namespace assay
