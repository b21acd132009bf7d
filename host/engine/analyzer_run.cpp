#include "engine/analyzer_run.hpp"
#include <algorithm>

namespace assay::engine {

AnalyzerRun::AnalyzerRun(Stages& stages, ContentRecord& record, Activity& activity)
    : stages_{stages}, record_{record}, activity_{activity}, failed_(stages.analyzers.size()) {}

/// call(analyzer, index)
template <class Call> void AnalyzerRun::each(Call call) {
    for (std::size_t i = 0; i < stages_.analyzers.size(); ++i) {
        if (failed_[i] || !stages_.analyzers[i].analyzer.folds()) continue;
        const Doing doing{activity_, Activity::Kind::analyze, i};
        const auto outcome = call(stages_.analyzers[i].analyzer, i);
        if (!outcome.ok()) stop(i, outcome);
    }
}

void AnalyzerRun::begin() {
    const assay_content content = content_of(record_);
    each([&](auto& analyzer, std::size_t) { return analyzer.artifact_begin(content); });
}

void AnalyzerRun::take_up(const std::vector<const std::vector<std::string>*>& parts) {
    each([&](auto& analyzer, std::size_t index) {
        auto outcome = analyzer.load((*parts.front())[index]);
        for (std::size_t part = 1; part < parts.size() && outcome.ok(); ++part)
            outcome = analyzer.merge((*parts[part])[index]);
        return outcome;
    });
}

void AnalyzerRun::note(const std::map<std::size_t, registry::Outcome>& failures) {
    for (const auto& [index, outcome] : failures) stop(index, outcome);
}

bool AnalyzerRun::failed() const { return std::find(failed_.begin(), failed_.end(), true) != failed_.end(); }

void AnalyzerRun::end() {
    each([&](auto& analyzer, std::size_t) { return analyzer.artifact_end(record_.outcome); });
}

std::vector<std::string> AnalyzerRun::save() {
    std::vector<std::string> states(stages_.analyzers.size());
    each([&](auto& analyzer, std::size_t index) { return analyzer.save(states[index]); });
    return states;
}

void AnalyzerRun::stop(std::size_t index, const registry::Outcome& outcome) {
    if (failed_[index]) return;
    failed_[index] = true;
    Remark remark;
    remark.severity = ASSAY_SEVERITY_ERROR;
    remark.code = "stage-failed";
    remark.message =
        "analyzer '" + stages_.analyzers[index].name + "' saw only part of this artifact: " + outcome.message;
    record_.add(std::move(remark));
}

} // namespace assay::engine
