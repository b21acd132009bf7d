#include "engine/fold.hpp"
#include "engine/analyzer_run.hpp"
#include "engine/table_sink.hpp"
#include "intake/digest.hpp"
#include "intake/read_error.hpp"
#include "registry/component.hpp"
#include <algorithm>

namespace assay::engine {

namespace {

void fail(ContentRecord& record, std::int32_t outcome, std::string code, std::string reason) {
    record.outcome = outcome;
    record.reason_code = std::move(code);
    record.reason = std::move(reason);
    record.tables.clear();
}

/// Parses until the plan holds. Answers the last outcome; the record has what the last round found.
registry::Outcome parse(intake::Source& source, std::size_t parser, Stages& stages, const plan::Rules& rules,
                        ContentRecord& record, std::vector<std::string>& states, Activity& activity) {
    const Doing doing{activity, Activity::Kind::parse, parser};
    Replan replan;
    registry::Outcome outcome;
    const ContentRecord before = record;
    for (int round = 1;; ++round) {
        record = before;
        AnalyzerRun run{stages, record, activity};
        run.begin();
        TableSink sink{stages.analyzers, rules, replan, record, activity};
        assay_input input{};
        source.fill(input);
        outcome = stages.parsers[parser].parser.parse(input, *sink.abi());
        if (outcome.ok() && source.failure())
            outcome = {ASSAY_FAILED, source.failure()->reason(), source.failure()->what()};
        if (!outcome.ok()) return outcome;
        sink.close();
        const Replan widened = sink.widened();
        if (round < most_rounds && !widened.empty()) {
            widen(replan, widened);
            continue;
        }
        sink.give_diagnostics();
        run.note(sink.failures());
        record.outcome = ASSAY_OUTCOME_PARSED;
        run.end();
        states = run.save();
        return outcome;
    }
}

/// Begin and end alone: what analyzers are told of an artifact without tables.
std::vector<std::string> empty_states(Stages& stages, ContentRecord& record, Activity& activity) {
    AnalyzerRun run{stages, record, activity};
    run.begin();
    std::vector<AnalyzerStage>& analyzers = stages.analyzers;
    const Replan none;
    const plan::Rules no_rules;
    TableSink sink{analyzers, no_rules, none, record, activity};
    sink.give_diagnostics();
    run.note(sink.failures());
    run.end();
    return run.save();
}

void read_claim_parse(intake::Source& source, Stages& stages, const plan::Rules& rules, Partial& partial,
                      Activity& activity) {
    ContentRecord& record = partial.record;
    record.sha256 = intake::content_digest(source);
    const intake::Claim contest = claim(source, stages.parsers, &activity);
    // A parser may find on reading that it was wrong; the next surest then gets the artifact.
    std::string declined;
    for (const auto& answer : contest.contest) {
        if (answer.confidence < 1) break;
        record.parser = answer.parser;
        record.claim_reason = answer.reason;
        auto outcome =
            parse(source, parser_index(stages, answer.parser), stages, rules, record, partial.states, activity);
        if (outcome.ok()) return;
        if (outcome.code != ASSAY_NOT_MINE) return fail(record, ASSAY_OUTCOME_FAILED, outcome.reason, outcome.message);
        declined += (declined.empty() ? "" : "; ") + answer.parser + " declined it: " + outcome.message;
    }
    record.parser.clear();
    record.claim_reason.clear();
    record.remarks.clear();
    fail(record, ASSAY_OUTCOME_UNCLAIMED, "unclaimed", declined.empty() ? "no parser claims this content" : declined);
}

} // namespace

std::size_t parser_index(const Stages& stages, std::string_view id) {
    const auto& parsers = stages.parsers;
    const auto found = std::find_if(parsers.begin(), parsers.end(), [&](auto& p) { return p.id == id; });
    return static_cast<std::size_t>(found - parsers.begin());
}

intake::Claim claim(intake::Source& source, std::vector<ParserStage>& parsers, Activity* activity) {
    Activity own;
    Activity& at = activity ? *activity : own;
    const std::string_view bytes = source.head(head_bytes);
    const bool complete = source.content_size() && *source.content_size() == bytes.size();
    const assay_head head{sizeof(assay_head), to_abi(source.name()), to_abi(bytes), complete ? 1 : 0};
    std::vector<intake::ProbeAnswer> answers;
    for (std::size_t i = 0; i < parsers.size(); ++i) {
        ParserStage& stage = parsers[i];
        const Doing doing{at, Activity::Kind::probe, i};
        const registry::Probe probe = stage.parser.probe(head);
        if (probe.outcome.ok())
            answers.push_back({stage.id, probe.confidence, probe.reason});
        else
            answers.push_back({stage.id, 0, "its probe failed: " + probe.outcome.message});
    }
    return intake::decide_claim(std::move(answers));
}

Partial fold(const intake::Found& found, Stages& stages, const plan::Rules& rules, const FoldLimits& limits,
             Activity* activity) {
    Activity own;
    Activity& at = activity ? *activity : own;
    Partial partial;
    ContentRecord& record = partial.record;
    record.bytes = found.bytes == UINT64_MAX ? 0 : found.bytes;
    if (found.kind == intake::FileKind::unreadable) {
        fail(record, ASSAY_OUTCOME_FAILED, found.reason_code, found.reason);
    } else if (found.kind != intake::FileKind::regular) {
        fail(record, ASSAY_OUTCOME_SKIPPED, found.reason_code, found.reason);
    } else if (record.bytes > limits.artifact_bytes) {
        fail(record, ASSAY_OUTCOME_SKIPPED, "too-large",
             std::to_string(record.bytes) + " bytes; the limit of the pipeline is " +
                 std::to_string(limits.artifact_bytes));
    } else {
        try {
            intake::Source source{found, limits.read};
            record.bytes = source.size();
            read_claim_parse(source, stages, rules, partial, at);
        } catch (const intake::ReadError& error) {
            fail(record, ASSAY_OUTCOME_FAILED, error.reason(), error.what());
        }
    }
    if (record.outcome != ASSAY_OUTCOME_PARSED) partial.states = empty_states(stages, record, at);
    return partial;
}

Partial lost(const intake::Found& found, Stages& stages, const FoldLimits& limits, const std::string& reason_code,
             const std::string& reason) {
    Activity own;
    Partial partial;
    partial.record.bytes = found.bytes == UINT64_MAX ? 0 : found.bytes;
    try {
        intake::Source source{found, limits.read};
        partial.record.sha256 = intake::content_digest(source);
    } catch (const intake::ReadError&) {} // then its content has no digest
    fail(partial.record, ASSAY_OUTCOME_FAILED, reason_code, reason);
    partial.states = empty_states(stages, partial.record, own);
    return partial;
}

} // namespace assay::engine
