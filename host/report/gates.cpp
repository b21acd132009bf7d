#include "report/gates.hpp"
#include <algorithm>
#include <array>
#include <assay/json_writer.hpp>
#include <simdjson.h>

namespace assay::report {

namespace {

using Json = simdjson::dom::element;

std::string text_at(const Json& json, std::string_view key) {
    std::string_view text;
    return json[key].get(text) == simdjson::SUCCESS ? std::string{text} : std::string{};
}

struct Judged {
    std::string fingerprint, rule, slug;
    std::size_t severity; ///< 0 info to 4 critical
    std::uint64_t k = 1;
    bool waived, fresh = true;
};

std::size_t rank_of(std::string_view severity) {
    static constexpr std::array<std::string_view, 5> severities{"info", "low", "medium", "high", "critical"};
    return static_cast<std::size_t>(std::find(severities.begin(), severities.end(), severity) - severities.begin());
}

/// A finding without a fingerprint of its own is told by its rule and scope.
std::string name_of(const Json& finding) {
    const auto own = text_at(finding, "fingerprint");
    return own.empty() ? text_at(finding, "rule") + "\n" + text_at(finding, "scope") : own;
}

Judged judged(const Json& finding) {
    Judged out{name_of(finding),
               text_at(finding, "rule"),
               text_at(finding, "slug"),
               rank_of(text_at(finding, "severity")),
               1,
               !text_at(finding, "waived").empty()};
    if (std::uint64_t k = 0; finding.at_pointer("/counts/k").get(k) == simdjson::SUCCESS) out.k = k;
    return out;
}

/// Adds members to a JSON object's text.
void append_members(std::string& object, std::string_view members) {
    object.resize(object.rfind('}'));
    object.append(",").append(members).append("}");
}

Gate gate_of(const std::vector<Judged>& findings, const std::string& severity, bool only_fresh) {
    Gate gate{(only_fresh ? "new " : "severity ") + severity, only_fresh ? "new findings" : "findings"};
    const auto least = rank_of(severity);
    gate.value = static_cast<std::uint64_t>(std::count_if(findings.begin(), findings.end(), [&](const Judged& finding) {
        return !finding.waived && finding.severity >= least && (finding.fresh || !only_fresh);
    }));
    return gate;
}

std::vector<Gate> gates_of(const std::vector<Judged>& findings, const FailOn& fail_on) {
    std::vector<Gate> gates;
    if (fail_on.severity != "none") gates.push_back(gate_of(findings, fail_on.severity, false));
    if (fail_on.fresh != "none") gates.push_back(gate_of(findings, fail_on.fresh, true));
    for (const auto& [rule, limit] : fail_on.rules) {
        Gate gate{"rule " + rule, "found", 0, static_cast<std::uint64_t>(limit)};
        for (const Judged& finding : findings)
            if (!finding.waived && (finding.rule == rule || finding.slug == rule)) gate.value += finding.k;
        gates.push_back(std::move(gate));
    }
    return gates;
}

std::string gates_json(const std::vector<Gate>& gates) {
    JsonWriter json;
    json.array();
    for (const Gate& gate : gates)
        json.object()
            .field("gate", gate.name)
            .field("counts", gate.about)
            .field("value", gate.value)
            .field("limit", gate.limit)
            .field("failed", gate.failed())
            .end();
    json.end();
    return json.take();
}

std::string baseline_json(const Baseline& baseline, const std::vector<Judged>& findings) {
    auto fixed = baseline.findings;
    std::uint64_t fresh = 0;
    for (const Judged& finding : findings) {
        fixed.erase(finding.fingerprint);
        fresh += finding.fresh ? 1U : 0U;
    }
    JsonWriter json;
    json.object().field("new", fresh).field("existing", static_cast<std::uint64_t>(findings.size()) - fresh);
    json.key("fixed").array();
    for (const auto& [fingerprint, known] : fixed)
        json.object()
            .field("fingerprint", fingerprint)
            .field("rule", known.rule)
            .field("scope", known.scope)
            .field("message", known.message)
            .end();
    json.end().end();
    return json.take();
}

} // namespace

std::optional<Baseline> read_baseline(const std::string& report, std::string& problem) {
    simdjson::dom::parser parser;
    Json root;
    simdjson::dom::array findings;
    if (const auto error = parser.parse(report).get(root); error != simdjson::SUCCESS) {
        problem = std::string{"it is no JSON: "} + simdjson::error_message(error);
        return std::nullopt;
    }
    if (root["findings"].get(findings) != simdjson::SUCCESS) {
        problem = "it is no report.json: it has no list 'findings'";
        return std::nullopt;
    }
    Baseline out;
    for (const Json finding : findings)
        out.findings[name_of(finding)] = {text_at(finding, "rule"), text_at(finding, "scope"),
                                          text_at(finding, "message")};
    return out;
}

std::vector<Gate> judge(Model& model, const FailOn& fail_on, const Baseline* baseline) {
    std::vector<Judged> findings;
    simdjson::dom::parser parser;
    for (std::string_view& text : model.records[ASSAY_RECORD_FINDING]) {
        Json json;
        if (parser.parse(text).get(json) != simdjson::SUCCESS) continue; // Fragments took none that is not JSON
        findings.push_back(judged(json));
        if (baseline == nullptr) continue;
        findings.back().fresh = !baseline->findings.contains(findings.back().fingerprint);
        std::string marked{text};
        append_members(marked, findings.back().fresh ? R"("state":"new")" : R"("state":"existing")");
        text = model.texts.keep(std::string_view{marked});
    }
    auto gates = gates_of(findings, fail_on);
    append_members(model.counts, "\"gates\":" + gates_json(gates));
    append_members(model.counts, "\"baseline\":" + (baseline ? baseline_json(*baseline, findings) : "null"));
    return gates;
}

} // namespace assay::report
