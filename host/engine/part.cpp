#include "engine/part.hpp"
#include "engine/analyzer_run.hpp"
#include "intake/digest.hpp"
#include "intake/read_error.hpp"
#include <algorithm>
#include <assay/bytes.hpp>
#include <map>

namespace assay::engine {

namespace {

/// Parsers tell so many remarks of a kind one by one, and count the rest: the parts then count apart.
constexpr std::size_t most_alike = 20;

std::string refusal_of(const registry::Outcome& outcome) {
    return outcome.message.empty() ? outcome.reason : outcome.message;
}

bool same(const assay_place& a, const assay_place& b) { return a.offset == b.offset && a.line == b.line; }

/// All remarks in order, as one reading would have told them. False where it would have counted some together.
bool join_remarks(const std::vector<std::optional<PartFold>>& folds, ContentRecord& record) {
    std::map<std::string, std::size_t> alike;
    for (const auto& fold : folds) {
        if (fold->record.remarks_left_out > 0) return false;
        for (const Remark& remark : fold->record.remarks) {
            if (remark.count > 1 || ++alike[remark.code] > most_alike) return false;
            record.add(remark);
        }
    }
    return true;
}

TableTally joined_tally(const std::vector<std::optional<PartFold>>& folds) {
    TableTally all = folds.front()->tally;
    for (std::size_t i = 1; i < folds.size(); ++i) {
        const TableTally& part = folds[i]->tally;
        all.content.rows_ok += part.content.rows_ok;
        all.content.rows_failed += part.content.rows_failed;
        all.content.rows_suspect += part.content.rows_suspect;
        all.content.rows_rejected += part.content.rows_rejected;
        all.content.rows_published += part.content.rows_published;
        for (std::size_t c = 0; c < all.misfits.size() && c < part.misfits.size(); ++c)
            all.misfits[c].add(part.misfits[c]);
    }
    return all;
}

/// Lets the parser tell its remarks on the whole. False where it fails.
bool tell_of_whole(const Parts& parts, Stages& stages, TableSink& sink, Activity& activity) {
    const std::size_t index = parser_index(stages, parts.record.parser);
    auto& parser = stages.parsers[index].parser;
    if (!parser.joins_parts()) return true;
    const Doing doing{activity, Activity::Kind::parse, index};
    std::vector<assay_str> found;
    for (const auto& fold : parts.folds) found.push_back(to_abi(fold->found));
    return parser.join_parts(found, *sink.abi()).ok();
}

} // namespace

std::vector<ByteRange> cut(std::uint64_t bytes, std::size_t most, std::uint64_t enough) {
    constexpr std::uint64_t chunk = intake::chunk_bytes;
    const std::uint64_t count =
        std::clamp<std::uint64_t>((bytes + enough - 1) / enough, 1, std::max<std::size_t>(most, 1));
    const std::uint64_t size = std::max<std::uint64_t>((bytes + count * chunk - 1) / (count * chunk), 1) * chunk;
    std::vector<ByteRange> ranges;
    for (std::uint64_t begin = 0; begin < bytes; begin += size)
        ranges.push_back({begin, std::min(bytes, begin + size)});
    return ranges;
}

bool Parts::surveyed() const {
    return std::all_of(surveys.begin(), surveys.end(), [](auto& s) { return s.has_value(); });
}
bool Parts::folded() const {
    return std::all_of(folds.begin(), folds.end(), [](auto& f) { return f.has_value(); });
}

bool Parts::identify(std::uint64_t bytes) {
    std::string digests;
    for (const auto& part : surveys) {
        if (part->parser != surveys.front()->parser) return false;
        digests += part->chunk_digests;
    }
    record.sha256 = intake::joined_digest(digests);
    record.parser = surveys.front()->parser;
    record.claim_reason = surveys.front()->claim_reason;
    record.bytes = bytes;
    record.outcome = ASSAY_OUTCOME_PARSED;
    return true;
}

void Parts::begin_round() {
    ++round;
    known.clear();
    for (auto& fold : folds) known.push_back(std::move(fold->found));
    std::fill(folds.begin(), folds.end(), std::nullopt);
}

bool Parts::conclude(bool& again) {
    again = std::any_of(folds.begin(), folds.end(), [](auto& fold) { return fold->again; });
    if (again) {
        if (round == most_rounds) return false;
        begin_round();
        return true;
    }
    for (std::size_t i = 1; i < folds.size(); ++i)
        if (!same(folds[i]->began, folds[i - 1]->ended) ||
            plan::encode(*folds[i]->tally.content.plan) != plan::encode(*folds[0]->tally.content.plan))
            return false;
    TableTally all = joined_tally(folds);
    if (all.content.rows() < 2) return false; // what a single row holds is kept otherwise
    ContentRecord whole = record;
    Replan widened;
    if (!join_remarks(folds, whole)) return false;
    conclude_table(std::move(all), whole, widened);
    again = !widened.empty() && round < most_rounds;
    if (!again) {
        record = std::move(whole);
        return true;
    }
    widen(replan, widened);
    begin_round();
    return true;
}

PartSurvey survey(const intake::Found& found, const ByteRange& range, Stages& stages, const FoldLimits& limits,
                  Activity& activity) {
    PartSurvey out;
    try {
        intake::Source source{found, limits.read};
        if (source.compression() != intake::Compression::none) {
            out.refusal = "compressed content is read from its beginning";
            return out;
        }
        const intake::Claim contest = claim(source, stages.parsers, &activity);
        if (contest.contest.empty() || contest.contest.front().confidence < 1) {
            out.refusal = "no parser claims it";
            return out;
        }
        out.parser = contest.contest.front().parser;
        out.claim_reason = contest.contest.front().reason;
        const std::size_t index = parser_index(stages, out.parser);
        auto& parser = stages.parsers[index].parser;
        if (!parser.reads_parts()) {
            out.refusal = "parser '" + out.parser + "' reads no parts";
            return out;
        }
        intake::RangeDigest digest{range.begin, range.end};
        source.watch_reads([&](std::uint64_t offset, std::string_view bytes) { digest.see(offset, bytes); });
        assay_input input{};
        source.fill(input);
        {
            const Doing doing{activity, Activity::Kind::parse, index};
            const auto outcome = parser.survey(input, range.begin, range.end, out.found);
            if (!outcome.ok()) out.refusal = refusal_of(outcome);
        }
        if (out.refusal.empty()) out.chunk_digests = digest.finish(source);
    } catch (const intake::ReadError& error) {
        out.refusal = error.what();
    }
    return out;
}

PartFold fold_part(const intake::Found& found, const Parts& parts, std::size_t part, Stages& stages,
                   const plan::Rules& rules, const FoldLimits& limits, Activity& activity) {
    PartFold out;
    try {
        intake::Source source{found, limits.read};
        assay_input input{};
        source.fill(input);
        const std::size_t index = parser_index(stages, parts.record.parser);
        const Doing doing{activity, Activity::Kind::parse, index};
        out.record = parts.record;
        AnalyzerRun run{stages, out.record, activity};
        run.begin();
        TableSink sink{stages.analyzers, rules, parts.replan, out.record, activity};
        sink.keep_tally();
        std::vector<assay_str> surveys, known;
        for (std::size_t i = 0; i < part; ++i) surveys.push_back(to_abi(parts.surveys[i]->found));
        for (const std::string& text : parts.known) known.push_back(to_abi(text));
        assay_part given{};
        given.struct_size = sizeof given;
        given.begin = parts.ranges[part].begin;
        given.end = parts.ranges[part].end;
        given.surveys = surveys.data();
        given.n_surveys = surveys.size();
        given.known = known.data();
        given.n_known = known.size();
        const auto outcome = stages.parsers[index].parser.parse_part(input, given, out.found, *sink.abi());
        if (outcome.ok() && !source.failure() && given.again != 0) {
            out.again = true;
            out.record = {};
            return out;
        }
        run.note(sink.failures());
        auto tally = sink.take_tally();
        if (!outcome.ok() || source.failure() || run.failed() || !tally) {
            out.refusal = outcome.ok() ? "a part cannot be read" : refusal_of(outcome);
            return out;
        }
        out.began = given.began;
        out.ended = given.ended;
        out.tally = std::move(*tally);
        out.states = run.save();
        if (run.failed()) out.refusal = "an analyzer cannot save its state";
    } catch (const intake::ReadError& error) {
        out.refusal = error.what();
    }
    return out;
}

std::optional<Partial> join(const intake::Found& found, const Parts& parts, Stages& stages, const FoldLimits& limits,
                            Activity& activity) {
    // A part that does not reach the end of the file does not see it change.
    try {
        const intake::Source unchanged{found, limits.read};
    } catch (const intake::ReadError&) {
        return std::nullopt;
    }
    Partial partial{parts.record, {}};
    AnalyzerRun run{stages, partial.record, activity};
    run.begin();
    std::vector<const std::vector<std::string>*> states;
    for (const auto& fold : parts.folds) states.push_back(&fold->states);
    run.take_up(states);
    const Replan none;
    const plan::Rules no_rules;
    TableSink sink{stages.analyzers, no_rules, none, partial.record, activity};
    if (!tell_of_whole(parts, stages, sink, activity)) return std::nullopt;
    sink.give_diagnostics();
    run.note(sink.failures());
    run.end();
    partial.states = run.save();
    if (run.failed()) return std::nullopt;
    return partial;
}

void encode(const PartSurvey& survey, std::string& bytes) {
    ByteWriter{bytes}
        .put(survey.refusal)
        .put(survey.parser)
        .put(survey.claim_reason)
        .put(survey.chunk_digests)
        .put(survey.found);
}

std::optional<PartSurvey> decode_survey(std::string_view bytes) {
    ByteReader in{bytes};
    PartSurvey out;
    for (std::string* text : {&out.refusal, &out.parser, &out.claim_reason, &out.chunk_digests, &out.found})
        *text = in.text();
    return in.at_end() ? std::optional{std::move(out)} : std::nullopt;
}

void encode(const PartFold& fold, std::string& bytes) {
    // The tally's table travels with the record.
    ContentRecord record = fold.record;
    record.tables = {fold.tally.content};
    std::string record_bytes;
    PlanNumbers plans;
    encode(record, plans, record_bytes);
    ByteWriter out{bytes};
    out.put(fold.refusal).put(static_cast<std::uint8_t>(fold.again ? 1 : 0)).put(fold.found).put(record_bytes);
    for (const assay_place& place : {fold.began, fold.ended}) out.put(place.offset).put(place.line);
    out.put(static_cast<std::uint64_t>(fold.tally.place)).put(static_cast<std::uint64_t>(fold.tally.misfits.size()));
    for (const Misfits& m : fold.tally.misfits)
        out.put(m.count).put(m.first_line).put(m.first_cell).put(static_cast<std::int32_t>(m.needed));
    out.put(static_cast<std::uint64_t>(fold.tally.first_row.size()));
    for (std::size_t i = 0; i < fold.tally.first_row.size(); ++i)
        out.put(fold.tally.first_row[i].name)
            .put(fold.tally.first_row[i].value)
            .put(fold.tally.first_row_is_document[i]);
    put_states(fold.states, bytes);
}

std::optional<PartFold> decode_fold(std::string_view bytes) {
    ByteReader in{bytes};
    PartFold out;
    out.refusal = in.text();
    out.again = in.get<std::uint8_t>() != 0;
    out.found = in.text();
    const auto record_bytes = in.text();
    Plans plans;
    if (!take_plans(record_bytes, plans)) return std::nullopt;
    auto record = decode_record(record_bytes, plans);
    if (!record || record->tables.size() != 1) return std::nullopt;
    out.tally.content = std::move(record->tables.front());
    record->tables.clear();
    out.record = std::move(*record);
    for (assay_place* place : {&out.began, &out.ended}) {
        place->offset = in.get<std::uint64_t>();
        place->line = in.get<std::uint64_t>();
    }
    out.tally.place = static_cast<std::size_t>(in.get<std::uint64_t>());
    for (auto n = in.count(28); n > 0 && in.ok(); --n) {
        Misfits m;
        m.count = in.get<std::uint64_t>();
        m.first_line = in.get<std::uint64_t>();
        m.first_cell = in.text();
        const auto needed = in.get<std::int32_t>();
        if (needed < ASSAY_TYPE_BOOL || needed > ASSAY_TYPE_TIME) return std::nullopt;
        m.needed = static_cast<Type>(needed);
        out.tally.misfits.push_back(std::move(m));
    }
    for (auto n = in.count(17); n > 0 && in.ok(); --n) {
        plan::Dimension dimension;
        dimension.name = in.text();
        dimension.value = in.text();
        out.tally.first_row.push_back(std::move(dimension));
        out.tally.first_row_is_document.push_back(in.get<std::uint8_t>());
    }
    out.states = get_states(in);
    return in.at_end() ? std::optional{std::move(out)} : std::nullopt;
}

} // namespace assay::engine
