#include "junit_report.hpp"
#include <algorithm>
#include <assay/report_reader.hpp>
#include <assay/report_words.hpp>
#include <assay/severity.hpp>
#include <assay/visible_text.hpp>

namespace assay {
namespace {

constexpr std::size_t most_text = 4096; ///< bytes of one message
constexpr std::size_t named = 20;       ///< findings under a gate that failed

/// Neither control characters, which XML 1.0 forbids, nor markup: visible text with five characters escaped. "]]>"
/// stands nowhere as it is, since '>' is escaped.
std::string xml(std::string_view text) {
    std::string out;
    for (const char c : visible(text, most_text)) switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        case '\'': out += "&apos;"; break;
        default: out += c;
        }
    // U+FFFE and U+FFFF are well-formed UTF-8 that XML does not take.
    for (const std::string_view bad : {"\xEF\xBF\xBE", "\xEF\xBF\xBF"})
        for (auto at = out.find(bad); at != std::string::npos; at = out.find(bad, at))
            out.replace(at, 3, "\xEF\xBF\xBD");
    return out;
}

enum class Result { passed, failed, error, skipped };

struct Test {
    std::string name;
    Result result = Result::passed;
    std::string message;            ///< of what did not pass
    std::vector<std::string> lines; ///< what a reader needs to know beside
};

struct Suite {
    std::string name;
    std::vector<Test> tests;
    std::uint64_t count(Result which) const {
        return static_cast<std::uint64_t>(
            std::count_if(tests.begin(), tests.end(), [&](const Test& test) { return test.result == which; }));
    }
};

std::string name_of(const ReportFinding& finding) {
    return finding.rule + " " + finding.slug + (finding.scope.empty() ? "" : ": " + finding.scope);
}

std::vector<std::string> lines_of(const ReportFinding& finding) {
    std::vector<std::string> lines{finding.severity + ": " + finding.message};
    for (const auto& place : finding.evidence)
        lines.push_back("  " + place_text(place) + (place.excerpt.empty() ? "" : ": " + place.excerpt));
    if (!finding.fix.empty()) lines.push_back("  To mend: " + finding.fix);
    if (!finding.waived.empty()) lines.push_back("  Waived: " + finding.waived);
    return lines;
}

/// Whether a gate, by its name ("severity high", "new high", "rule Z3"), counts a finding.
bool counts(const ReportGate& gate, const ReportFinding& finding) {
    if (!finding.waived.empty()) return false;
    const auto blank = std::min(gate.name.find(' '), gate.name.size());
    const std::string kind = gate.name.substr(0, blank), what = gate.name.substr(std::min(blank + 1, gate.name.size()));
    if (kind == "rule") return what == finding.rule || what == finding.slug;
    return severity_rank(finding.severity) <= severity_rank(what) && (kind != "new" || finding.state == "new");
}

std::string number(Count n) { return n ? std::to_string(*n) : "unknown"; }

Test test_of(const ReportGate& gate, const Report& report, RecordReader& reader) {
    Test test{gate.name,
              gate.failed ? Result::failed : Result::passed,
              gate.about + ": " + number(gate.value) + ", at most " + number(gate.limit),
              {}};
    std::size_t more = 0;
    for (std::size_t i = 0, n = 0; i < report.size(ASSAY_RECORD_FINDING); ++i) {
        const ReportFinding finding = reader.finding(report.record(ASSAY_RECORD_FINDING, i));
        if (!counts(gate, finding)) continue;
        if (++n > named) {
            ++more;
            continue;
        }
        test.lines.push_back(name_of(finding));
        for (auto& line : lines_of(finding)) test.lines.push_back(std::move(line));
    }
    if (more > 0) test.lines.push_back(counted(more, "more finding", "more findings") + " in report.json");
    return test;
}

/// Whether the run itself can be relied on: what its gates say of an incomplete report means little.
Suite suite_of_run(const ReportCounts& counts) {
    Suite suite{"assay.run", {}};
    const bool complete = counts.complete.value_or(true);
    suite.tests.push_back({"the report is complete",
                           complete ? Result::passed : Result::error,
                           "a stage failed: nothing of it is in the report",
                           {}});
    return suite;
}

Suite suite_of_gates(const ReportCounts& counts, const Report& report, RecordReader& reader) {
    Suite suite{"assay.gates", {}};
    for (const auto& gate : counts.gates) suite.tests.push_back(test_of(gate, report, reader));
    return suite;
}

Suite suite_of_findings(const Report& report, RecordReader& reader, std::size_t most, std::string_view fails) {
    Suite suite{"assay.findings", {}};
    const std::size_t all = report.size(ASSAY_RECORD_FINDING);
    for (std::size_t i = 0; i < std::min(all, most); ++i) {
        const ReportFinding finding = reader.finding(report.record(ASSAY_RECORD_FINDING, i));
        const Result result = !finding.waived.empty()                                   ? Result::skipped
                              : severity_rank(finding.severity) <= severity_rank(fails) ? Result::failed
                                                                                        : Result::passed;
        suite.tests.push_back({name_of(finding), result,
                               finding.waived.empty() ? finding.message : "waived: " + finding.waived,
                               lines_of(finding)});
    }
    if (all > most)
        suite.tests.push_back({counted(all - most, "more finding", "more findings"),
                               Result::skipped,
                               "left out here; report.json has all",
                               {}});
    return suite;
}

std::string text_of(const std::vector<std::string>& lines) {
    std::string text;
    for (const auto& line : lines) text += xml(line) + "\n";
    return text;
}

std::string xml_of(const Suite& suite, const Test& test) {
    std::string out = "    <testcase classname=\"" + suite.name + "\" name=\"" + xml(test.name) + "\" time=\"0\"";
    const std::string message = " message=\"" + xml(test.message) + '"', text = text_of(test.lines);
    switch (test.result) {
    case Result::passed:
        return out + (text.empty() ? "/>\n" : ">\n      <system-out>" + text + "</system-out>\n    </testcase>\n");
    case Result::failed: return out + ">\n      <failure" + message + ">" + text + "</failure>\n    </testcase>\n";
    case Result::error: return out + ">\n      <error" + message + ">" + text + "</error>\n    </testcase>\n";
    case Result::skipped: return out + ">\n      <skipped" + message + "/>\n    </testcase>\n";
    }
    return out;
}

std::string numbers_of(std::uint64_t tests, std::uint64_t failures, std::uint64_t errors) {
    return " tests=\"" + std::to_string(tests) + "\" failures=\"" + std::to_string(failures) + "\" errors=\"" +
           std::to_string(errors) + '"';
}

std::string xml_of(const Suite& suite) {
    std::string out = "  <testsuite name=\"" + suite.name + '"' +
                      numbers_of(suite.tests.size(), suite.count(Result::failed), suite.count(Result::error)) +
                      " skipped=\"" + std::to_string(suite.count(Result::skipped)) + "\" time=\"0\">\n";
    for (const Test& test : suite.tests) out += xml_of(suite, test);
    return out + "  </testsuite>\n";
}

} // namespace

void JunitReport::render(const Report& report, Output& out) {
    RecordReader reader;
    const ReportCounts about = reader.counts(report.summary());
    std::vector<Suite> suites{suite_of_run(about)};
    suites.push_back(about.gates.empty() ? suite_of_findings(report, reader, static_cast<std::size_t>(*tests), *fails)
                                         : suite_of_gates(about, report, reader));
    std::uint64_t all = 0, failures = 0, errors = 0;
    for (const Suite& suite : suites) {
        all += suite.tests.size();
        failures += suite.count(Result::failed);
        errors += suite.count(Result::error);
    }
    out.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"assay\"" +
              numbers_of(all, failures, errors) + " time=\"0\">\n");
    for (const Suite& suite : suites) out.write(xml_of(suite));
    out.write("</testsuites>\n");
}

} // namespace assay
