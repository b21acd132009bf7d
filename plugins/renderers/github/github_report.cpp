#include "github_report.hpp"
#include <algorithm>
#include <array>
#include <assay/cell.hpp>
#include <assay/report_reader.hpp>
#include <assay/report_words.hpp>
#include <assay/visible_text.hpp>

namespace assay {
namespace {

constexpr std::size_t most_text = 2000;       ///< bytes of one message
constexpr std::size_t most_annotations = 10;  ///< GitHub shows so many of each kind from one step
constexpr std::size_t most_summary = 1000000; ///< bytes; GitHub takes 1 MiB, and drops a larger summary whole
constexpr std::array<std::string_view, 3> commands{"error", "warning", "notice"};

std::size_t command_of(std::string_view severity) {
    if (severity == "critical" || severity == "high") return 0;
    return severity == "medium" ? 1 : 2;
}

/// As @actions/core escapes data and properties of a workflow command. Line ends cannot be left in visible text; a
/// second command cannot begin.
std::string escaped(std::string_view text, bool property) {
    std::string out;
    for (const char c : visible(text, most_text)) {
        if (c == '%')
            out += "%25";
        else if (property && c == ':')
            out += "%3A";
        else if (property && c == ',')
            out += "%2C";
        else
            out += c;
    }
    return out;
}

std::string title_of(const ReportFinding& finding) { return finding.rule + " " + finding.slug; }

/// Each place once: several columns of a file may be at fault.
std::vector<std::string> places_of(const ReportFinding& finding, const std::string& base) {
    std::vector<std::string> places;
    for (Evidence place : finding.evidence) {
        place.artifact.insert(0, base);
        std::string text = place_text(place);
        if (std::find(places.begin(), places.end(), text) == places.end()) places.push_back(std::move(text));
    }
    return places;
}

std::string annotation(const ReportFinding& finding, const std::string& base) {
    std::string properties;
    const auto property = [&](std::string_view name, const std::string& value) {
        properties += (properties.empty() ? " " : ",") + std::string{name} + '=' + escaped(value, true);
    };
    if (!finding.evidence.empty() && !finding.evidence.front().artifact.empty()) {
        const Evidence& place = finding.evidence.front();
        property("file", base + place.artifact);
        if (place.line) property("line", std::to_string(*place.line));
    }
    property("title", title_of(finding));
    std::string message = finding.message;
    const auto places = places_of(finding, base);
    for (std::size_t i = 1; i < places.size(); ++i) message += (i > 1 ? ", " : "; also ") + places[i];
    return "::" + std::string{commands[command_of(finding.severity)]} + properties + "::" + escaped(message, false) +
           '\n';
}

void write_annotations(const Report& report, RecordReader& reader, const std::string& base, const std::string& rest,
                       Output& out) {
    std::array<std::size_t, 3> seen{};
    std::size_t waived = 0, known = 0;
    for (std::size_t i = 0; i < report.size(ASSAY_RECORD_FINDING); ++i) {
        const ReportFinding finding = reader.finding(report.record(ASSAY_RECORD_FINDING, i));
        if (!finding.waived.empty())
            ++waived;
        else if (finding.state == "existing")
            ++known;
        else if (++seen[command_of(finding.severity)] <= most_annotations)
            out.write(annotation(finding, base));
    }
    std::string left_out;
    for (std::size_t i = 0; i < seen.size(); ++i)
        if (seen[i] > most_annotations) {
            const auto n = seen[i] - most_annotations;
            left_out += (left_out.empty() ? "" : ", ") + std::to_string(n) + ' ' + std::string{commands[i]} +
                        (n == 1 ? "" : "s");
        }
    // A plain line of the log: an annotation more would take the place of one.
    if (!left_out.empty())
        out.write("assay: not annotated, as GitHub shows 10 of a kind: " + left_out +
                  "; all: " + visible(rest, most_text) + "\n");
    if (waived > 0)
        out.write("assay: " + counted(waived, "waived finding is", "waived findings are") + " not annotated\n");
    if (known > 0)
        out.write("assay: " + counted(known, "finding that the baseline has is", "findings that the baseline has are") +
                  " not annotated\n");
}

/// Text in a cell of a table: nothing in it is Markdown, HTML, a mention or a link.
std::string escaped_cell(std::string_view text, std::size_t bytes = most_text) {
    const std::string shown = visible(text, bytes);
    std::string out;
    for (std::size_t i = 0; i < shown.size(); ++i) {
        const char c = shown[i];
        const bool link = (c == ':' && shown[i + 1] == '/') || (c == '.' && i > 0 && cell::lower(shown[i - 1]) == 'w');
        if (link || std::string_view{"<>&@#"}.find(c) != std::string_view::npos)
            out += "&#" + std::to_string(static_cast<int>(c)) + ';';
        else if (std::string_view{"\\`*_[]|~$"}.find(c) != std::string_view::npos)
            out += std::string{'\\'} + c;
        else
            out += c;
    }
    return out;
}

std::string gates_of(const ReportCounts& counts) {
    if (counts.gates.empty()) return {};
    std::string out = "| gate | | value | limit |\n| --- | --- | ---: | ---: |\n";
    const auto number = [](Count n) { return n ? std::to_string(*n) : std::string{}; };
    for (const auto& gate : counts.gates)
        out += "| " + escaped_cell(gate.name) + " | " + (gate.failed ? "**failed**" : "passed") + " | " +
               number(gate.value) + " | " + number(gate.limit) + " |\n";
    return out + "\n";
}

std::string baseline_of(const ReportCounts& counts) {
    constexpr std::size_t named = 20;
    if (!counts.baseline) return {};
    const auto& base = *counts.baseline;
    const auto count = [](Count n) { return n ? std::to_string(*n) : std::string{"an unknown number"}; };
    std::string out = "Against the baseline: " + count(base.fresh) + " new, " + count(base.existing) + " existing, " +
                      std::to_string(base.fixed.size()) + " fixed.\n\n";
    for (std::size_t i = 0; i < std::min(named, base.fixed.size()); ++i)
        out += "- fixed: " + escaped_cell(base.fixed[i]) + "\n";
    if (base.fixed.size() > named) out += "- … and " + std::to_string(base.fixed.size() - named) + " more\n";
    return out + (base.fixed.empty() ? "" : "\n");
}

std::string row_of(const ReportFinding& finding, const std::string& base) {
    std::string places;
    for (const auto& place : places_of(finding, base))
        places += (places.empty() ? "" : "<br>") + escaped_cell(place, 300);
    const std::string more = finding.places && *finding.places > finding.evidence.size()
                                 ? "<br>… " + std::to_string(*finding.places - finding.evidence.size()) + " more"
                                 : "";
    return "| " + escaped_cell(finding.severity) + (finding.state == "new" ? " (new)" : "") +
           (finding.waived.empty() ? "" : " (waived)") + " | " + escaped_cell(title_of(finding), 300) + " | " +
           escaped_cell(finding.message) + " | " + places + more + " |\n";
}

void write_summary(const Report& report, RecordReader& reader, const std::string& base, const std::string& rest,
                   Output& out) {
    const ReportCounts counts = reader.counts(report.summary());
    std::string text = "## assay\n\n";
    for (const auto& sentence : opening_sentences(reader.inventory(report.inventory()), counts))
        text += escaped_cell(sentence) + '\n';
    text += "\n" + gates_of(counts) + baseline_of(counts);
    const std::size_t all = report.size(ASSAY_RECORD_FINDING);
    std::size_t shown = 0;
    if (all > 0) text += "| severity | rule | finding | where |\n| --- | --- | --- | --- |\n";
    for (; shown < all; ++shown) {
        const std::string row = row_of(reader.finding(report.record(ASSAY_RECORD_FINDING, shown)), base);
        if (text.size() + row.size() > most_summary) break;
        text += row;
    }
    if (shown < all) text += "\n… and " + counted(all - shown, "more finding", "more findings") + ".";
    out.write(text + "\nEverything: " + escaped_cell(rest) + "\n");
}

} // namespace

void GithubReport::render(const Report& report, Output& out) {
    RecordReader reader;
    (*what == "summary" ? write_summary : write_annotations)(report, reader, *base, *full_report, out);
}

} // namespace assay
