#include "sarif_report.hpp"
#include <assay/report_reader.hpp>
#include <assay/report_words.hpp>
#include <assay/severity.hpp>
#include <assay/uri.hpp>
#include <assay/visible_text.hpp>
#include <map>

namespace assay {
namespace {

constexpr std::size_t most_text = 4096; ///< bytes of one message

/// A file name may hold "](", and a message that holds "[x](y)" is shown as a link (SARIF 3.11.6): none is ours.
std::string plain(std::string_view text) {
    std::string out = visible(text, most_text);
    for (auto at = out.find("]("); at != std::string::npos; at = out.find("](", at + 1)) out.insert(at + 1, " ");
    return out;
}

/// Relative, whatever the path begins with.
std::string uri_of(std::string_view path) {
    while (path.starts_with('/')) path.remove_prefix(1);
    return percent_encoded(path);
}

std::string_view level_of(std::string_view severity) {
    if (severity == "critical" || severity == "high") return "error";
    return severity == "medium" ? "warning" : "note";
}

std::string filled(std::string text, std::string_view name, const std::string& value) {
    for (auto at = text.find(name); at != std::string::npos; at = text.find(name, at + value.size()))
        text.replace(at, name.size(), value);
    return text;
}

void write_text(JsonWriter& json, std::string_view key, std::string_view text) {
    json.key(key).object().field("text", plain(text)).end();
}

struct Rules {
    std::vector<ReportFinding> all; ///< the worst finding of each
    std::map<std::string, std::size_t, std::less<>> index;

    void take(const ReportFinding& finding) {
        const auto [at, fresh] = index.try_emplace(finding.rule, all.size());
        if (fresh)
            all.push_back(finding);
        else if (severity_rank(finding.severity) < severity_rank(all[at->second].severity))
            all[at->second].severity = finding.severity;
    }
};

void write_location(JsonWriter& json, const Evidence& place, const std::string& base) {
    json.object().key("physicalLocation").object().key("artifactLocation").object();
    json.field("uri", uri_of(base + place.artifact)).field("uriBaseId", "%SRCROOT%").end();
    if (place.line && *place.line > 0) {
        json.key("region").object().field("startLine", *place.line);
        if (!place.excerpt.empty()) write_text(json, "snippet", place.excerpt);
        json.end();
    }
    json.end();
    const std::string row = place.row ? "row " + std::to_string(*place.row) : "";
    if (!row.empty() || !place.pointer.empty()) {
        json.key("logicalLocations").array();
        if (!place.pointer.empty()) json.object().field("fullyQualifiedName", visible(place.pointer, most_text)).end();
        if (!row.empty()) json.object().field("name", row).end();
        json.end();
    }
    write_text(json, "message", place_text(place) + (place.excerpt.empty() ? "" : ": " + place.excerpt));
    json.end();
}

void write_result(JsonWriter& json, const ReportFinding& finding, std::size_t rule, const std::string& base) {
    json.object().field("ruleId", visible(finding.rule)).field("ruleIndex", static_cast<std::uint64_t>(rule));
    json.field("kind", "fail").field("level", level_of(finding.severity));
    write_text(json, "message", finding.message);
    json.key("locations").array();
    for (const auto& place : finding.evidence)
        if (!place.artifact.empty()) write_location(json, place, base);
    json.end();
    if (!finding.fingerprint.empty())
        json.key("partialFingerprints").object().field("assay/v1", finding.fingerprint).end();
    if (!finding.state.empty()) json.field("baselineState", finding.state == "new" ? "new" : "unchanged");
    json.key("suppressions").array();
    if (!finding.waived.empty())
        json.object()
            .field("kind", "external")
            .field("status", "accepted")
            .field("justification", plain(finding.waived))
            .end();
    json.end().key("properties").object().field("severity", finding.severity);
    if (!finding.scope.empty()) json.field("scope", visible(finding.scope, most_text));
    if (!finding.k.empty()) json.key("k").raw(finding.k);
    if (!finding.n.empty()) json.key("n").raw(finding.n);
    if (finding.places) json.field("places", *finding.places);
    json.end().end();
}

void write_rule(JsonWriter& json, const ReportFinding& rule, const std::string& help_uri) {
    json.object().field("id", visible(rule.rule));
    if (!rule.slug.empty()) {
        json.field("name", visible(rule.slug));
        std::string words = rule.slug;
        std::replace(words.begin(), words.end(), '-', ' ');
        write_text(json, "shortDescription", words);
    }
    if (!rule.fix.empty()) write_text(json, "help", rule.fix);
    if (!help_uri.empty())
        json.field("helpUri", filled(filled(help_uri, "{rule}", uri_of(rule.rule)), "{slug}", uri_of(rule.slug)));
    json.key("defaultConfiguration").object().field("level", level_of(rule.severity)).end();
    json.end();
}

void write_tool(JsonWriter& json, const Rules& rules, const std::string& version, const std::string& help_uri) {
    json.key("tool").object().key("driver").object().field("name", "assay");
    if (!version.empty()) json.field("version", version);
    json.key("rules").array();
    for (const auto& rule : rules.all) write_rule(json, rule, help_uri);
    json.end().end().end();
}

void write_invocation(JsonWriter& json, const ReportCounts& counts, std::size_t left_out) {
    json.key("invocations").array().object().field("executionSuccessful", counts.complete.value_or(true));
    json.key("toolExecutionNotifications").array();
    const auto notify = [&](const std::string& text) {
        json.object().field("level", "warning");
        write_text(json, "message", text);
        json.end();
    };
    if (!counts.complete.value_or(true)) notify("The report is incomplete: part of the work was not done.");
    if (left_out > 0) notify(counted(left_out, "finding is", "findings are") + " left out here; report.json has all.");
    json.end().end().end();
}

} // namespace

void SarifReport::render(const Report& report, Output& out) {
    RecordReader reader;
    const std::size_t all = report.size(ASSAY_RECORD_FINDING);
    const std::size_t shown = std::min(all, static_cast<std::size_t>(*results));
    Rules rules;
    JsonWriter json;
    json.object().field("$schema", "https://json.schemastore.org/sarif-2.1.0.json").field("version", "2.1.0");
    json.key("runs").array().object().field("columnKind", "unicodeCodePoints").key("results").array();
    for (std::size_t i = 0; i < shown; ++i) { // findings stand in the report worst first
        const ReportFinding finding = reader.finding(report.record(ASSAY_RECORD_FINDING, i));
        rules.take(finding);
        write_result(json, finding, rules.index.at(finding.rule), *base);
    }
    json.end();
    write_tool(json, rules, reader.run(report.run()).assay, *help_uri);
    write_invocation(json, reader.counts(report.summary()), all - shown);
    json.end().end().end();
    out.write(json.take() + "\n");
}

} // namespace assay
