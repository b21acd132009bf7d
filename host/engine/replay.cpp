#include "engine/replay.hpp"
#include "engine/table_sink.hpp"
#include "intake/digest.hpp"
#include "intake/read_error.hpp"
#include <algorithm>
#include <stdexcept>

namespace assay::engine {

namespace {

/// What a worker answers of an artifact: failed, or parsed, and in `states` where its rows are in the spool.
Partial lost_rows(std::string code, std::string reason) {
    Partial out;
    out.record.outcome = ASSAY_OUTCOME_FAILED;
    out.record.reason_code = std::move(code);
    out.record.reason = std::move(reason);
    return out;
}

bool same_counts(const std::vector<TableContent>& a, const std::vector<TableContent>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
        return x.rows_ok == y.rows_ok && x.rows_failed == y.rows_failed && x.rows_suspect == y.rows_suspect &&
               x.rows_published == y.rows_published;
    });
}

Partial read_rows_of(const Placed& artifact, Stages& stages, const FoldLimits& limits, RowSpool& spool,
                     Activity& activity) {
    const ContentRecord& known = artifact.partial.record;
    try {
        intake::Source source{artifact.found, limits.read};
        if (intake::content_digest(source) != known.sha256)
            return lost_rows("content-changed", "it has changed since it was read for the report");
        const std::size_t index = parser_index(stages, known.parser);
        if (index == stages.parsers.size())
            return lost_rows("no-parser", "there is no parser '" + known.parser + "' now");
        const Doing doing{activity, Activity::Kind::parse, index};
        SpoolWriter rows{spool};
        std::vector<AnalyzerStage> nobody;
        const plan::Rules no_rules;
        const Replan as_before;
        Partial out;
        TableSink sink{nobody, no_rules, as_before, out.record, activity};
        sink.follow(known.tables, rows);
        assay_input input{};
        source.fill(input);
        auto outcome = stages.parsers[index].parser.parse(input, *sink.abi());
        if (outcome.ok() && source.failure())
            outcome = {ASSAY_FAILED, source.failure()->reason(), source.failure()->what()};
        if (!outcome.ok()) return lost_rows(outcome.reason, outcome.message);
        sink.close();
        if (!same_counts(known.tables, out.record.tables))
            return lost_rows("rows-differ", "it gives other rows than when it was read for the report");
        out = {};
        out.record.outcome = ASSAY_OUTCOME_PARSED;
        out.record.bytes = known.bytes;
        out.states.push_back(encode(rows.finish()));
        return out;
    } catch (const intake::ReadError& error) {
        return lost_rows(error.reason(), error.what());
    } catch (const std::system_error& error) {
        return lost_rows("no-room", error.what());
    }
}

bool has_rows(const ContentRecord& record) {
    return record.outcome == ASSAY_OUTCOME_PARSED &&
           std::any_of(record.tables.begin(), record.tables.end(), [](const TableContent& table) {
               return table.plan->kind == ASSAY_TABLE_DATA && table.rows() > table.rows_rejected;
           });
}

std::vector<std::optional<Partial>> read_here(const std::vector<intake::Found>& files, const Reading& reading,
                                              const Watcher& watcher) {
    std::vector<std::optional<Partial>> partials(files.size());
    std::uint64_t bytes = 0;
    for (std::size_t i = 0; i < files.size(); ++i) {
        if (const InWork one{&files[i]}; !watcher({&one, 1}, i, bytes)) break;
        Activity activity;
        partials[i] = reading.read(i, activity);
        bytes += files[i].bytes == UINT64_MAX ? 0 : files[i].bytes;
    }
    return partials;
}

bool all_within(const RowSpool& spool, const std::vector<Extent>& extents) {
    return std::all_of(extents.begin(), extents.end(), [&](const Extent& extent) {
        return extent.begin <= spool.bytes() && extent.bytes <= spool.bytes() - extent.begin;
    });
}

std::int32_t failed_with(assay_error* error, std::string_view reason, std::string_view message) {
    if (error && error->set) error->set(error, to_abi(reason), to_abi(message));
    return ASSAY_FAILED;
}

} // namespace

std::int32_t Rows::give(assay_row_receiver& to, assay_error* error) const {
    std::int32_t code = ASSAY_OK;
    auto gone = lost_.begin();
    const auto tell_lost = [&](std::size_t before) {
        for (; gone != lost_.end() && gone->first < before && code == ASSAY_OK; ++gone)
            code = to.lost(&to, gone->first, to_abi(gone->second.reason_code), to_abi(gone->second.reason), error);
    };
    for (const auto& [artifact, extents] : places_) {
        tell_lost(artifact);
        if (code != ASSAY_OK) return code;
        code = give(artifact, extents, to, error);
    }
    tell_lost(SIZE_MAX);
    return code;
}

std::int32_t Rows::give(std::size_t artifact, const std::vector<Extent>& extents, assay_row_receiver& to,
                        assay_error* error) const {
    const SpoolTaker taker{[&](std::size_t place, const assay_table& plan) {
                               const assay_row_table table{sizeof(assay_row_table), artifact, place, &plan};
                               return to.table_begin(&to, &table, error);
                           },
                           [&](const assay_batch& batch) { return to.batch(&to, &batch, error); },
                           [&] { return to.table_end(&to, error); }};
    try {
        return take_rows(*spool_, extents, (*artifacts_)[artifact].partial.record.tables, taker);
    } catch (const std::exception& damage) {
        return failed_with(error, "no-rows", (*artifacts_)[artifact].found.path + ": " + damage.what());
    }
}

std::vector<std::size_t> with_rows(const std::vector<Placed>& artifacts) {
    std::vector<std::size_t> out;
    const auto duplicates = duplicates_in(artifacts);
    for (std::size_t i = 0; i < artifacts.size(); ++i)
        if (duplicates[i] == SIZE_MAX && has_rows(artifacts[i].partial.record)) out.push_back(i);
    return out;
}

std::optional<Rows> read_again(const std::vector<Placed>& artifacts, Stages& stages, const FoldLimits& limits,
                               bool isolated, const WorkerLimits& worker, const Watcher& watcher, RowSpool& spool) {
    const std::vector<std::size_t> which = with_rows(artifacts);
    std::vector<intake::Found> files;
    for (const auto index : which) files.push_back(artifacts[index].found);
    const Reading reading{
        [&](std::size_t file, Activity& activity) {
            return read_rows_of(artifacts[which[file]], stages, limits, spool, activity);
        },
        [](std::size_t, const std::string& code, const std::string& reason) { return lost_rows(code, reason); }};
    const auto partials = isolated ? read_in_workers(files, reading, stages, limits, worker, watcher)
                                   : read_here(files, reading, watcher);
    std::map<std::size_t, std::vector<Extent>> places;
    std::map<std::size_t, LostRows> lost;
    for (std::size_t i = 0; i < files.size(); ++i) {
        if (!partials[i]) return std::nullopt;
        const Partial& partial = *partials[i];
        if (partial.record.outcome != ASSAY_OUTCOME_PARSED || partial.states.empty()) {
            lost.emplace(which[i], LostRows{partial.record.reason_code, partial.record.reason});
            continue;
        }
        auto extents = decode_extents(partial.states[0]);
        if (extents.empty() || !all_within(spool, extents))
            lost.emplace(which[i], LostRows{"no-rows", "what its worker answered cannot be read"});
        else
            places.emplace(which[i], std::move(extents));
    }
    return Rows{artifacts, spool, std::move(places), std::move(lost)};
}

} // namespace assay::engine
