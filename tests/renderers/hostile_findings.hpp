#pragma once
// A report whose findings say everything that could break out of an output's form.
#include "fake_report.hpp"
#include <cstdint>

namespace fake {

inline void add(ReportData& data, const assay::Finding& finding, const std::string& state = "") {
    assay_fragment out{
        sizeof(assay_fragment), &data,
        [](assay_fragment* self, std::int32_t kind, std::uint32_t, assay_str json, assay_error*) -> std::int32_t {
            static_cast<ReportData*>(self->self)->add(kind, std::string{assay::view(json)});
            return ASSAY_OK;
        }};
    assay::Fragment{out, "gaps"}.add(finding);
    if (state.empty()) return;
    std::string& record = data.records[ASSAY_RECORD_FINDING].back();
    record.pop_back();
    record += ",\"state\":\"" + state + "\"}";
}

inline assay::Finding finding(const std::string& rule, const std::string& severity, const std::string& scope = "") {
    assay::Finding out;
    out.rule = rule;
    out.slug = "rule-" + rule;
    out.severity = severity;
    out.scope = scope;
    out.message = "message of " + rule;
    out.k = 2;
    out.n = 5;
    out.fix = "mend it";
    return out;
}

inline const std::string hostile =
    "a\x1b[2J]]>\r\n::error::x%0A\xE2\x80\xAE<b>&\"' [x](http://e.x) ${{ y }} \xFF|@z,:\x01";

inline ReportData hostile_findings() {
    ReportData data;
    data.counts = R"({"complete":true})";
    assay::Finding one = finding("H1", "high", hostile);
    one.message = hostile + std::string(100000, 'm');
    one.fix = hostile;
    one.evidence = {{hostile, 3, {}, hostile, hostile}, {"/../" + hostile, {}, 7, "", hostile}};
    add(data, one);
    assay::Finding waived = finding("H2", "low", hostile);
    waived.waived = hostile;
    add(data, waived);
    return data;
}

} // namespace fake
