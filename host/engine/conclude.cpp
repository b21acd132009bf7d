#include "engine/conclude.hpp"
#include "pipeline/vocabulary.hpp"
#include "report/fragments.hpp"
#include <algorithm>
#include <array>
#include <assay/json_writer.hpp>
#include <assay/severity.hpp>
#include <map>
#include <memory>
#include <simdjson.h>

namespace assay::engine {

namespace {

/// What a stage may ask of the corpus while it concludes.
struct Asking {
    const Corpus& corpus;
    Stages& stages;
    const report::Fragments& fragments;
    std::size_t stage;

    /// Index of the stage meant by a name: itself, or one it takes from, by what it provides or its name.
    std::size_t find(std::string_view name) const {
        if (name.empty()) return stage;
        for (const auto index : stages.analyzers[stage].takes)
            if (stages.analyzers[index].provides == name || stages.analyzers[index].name == name) return index;
        return SIZE_MAX;
    }

    /// The same, but "*" means all that it takes from.
    std::vector<std::size_t> find_all(std::string_view name) const {
        if (stages.analyzers[stage].partials_only) return {};
        if (name == pipeline::all_others) return stages.analyzers[stage].takes;
        const std::size_t index = find(name);
        return index == SIZE_MAX ? std::vector<std::size_t>{} : std::vector<std::size_t>{index};
    }

    std::size_t n_records(std::string_view name, std::int32_t kind) const {
        std::size_t n = 0;
        for (const auto index : find_all(name)) n += fragments.size(stages.analyzers[index].name, kind);
        return n;
    }

    std::string_view record(std::string_view name, std::int32_t kind, std::size_t record) const {
        for (const auto index : find_all(name)) {
            const std::size_t n = fragments.size(stages.analyzers[index].name, kind);
            if (record < n) return fragments.record(stages.analyzers[index].name, kind, record);
            record -= n;
        }
        return {};
    }
};

const Asking& asking(const assay_corpus* corpus) { return *static_cast<const Asking*>(corpus->self); }

assay_corpus abi_for(Asking& ask, std::int64_t now_us) {
    assay_corpus abi = ask.corpus.abi();
    abi.self = &ask;
    abi.stage = to_abi(ask.stages.analyzers[ask.stage].name);
    abi.now_us = now_us;
    abi.partial = [](const assay_corpus* c, assay_str stage, std::size_t artifact) -> assay_str {
        const Asking& a = asking(c);
        const std::size_t index = a.find(view(stage));
        const auto& artifacts = a.corpus.artifacts();
        if (index == SIZE_MAX || artifact >= artifacts.size() || index >= artifacts[artifact].partial.states.size())
            return {nullptr, 0};
        return to_abi(artifacts[artifact].partial.states[index]);
    };
    abi.n_records = [](const assay_corpus* c, assay_str stage, std::int32_t kind) -> std::size_t {
        return asking(c).n_records(view(stage), kind);
    };
    abi.record = [](const assay_corpus* c, assay_str stage, std::int32_t kind, std::size_t record) -> assay_str {
        return to_abi(asking(c).record(view(stage), kind, record));
    };
    return abi;
}

/// Bytes of the host's own records between two looks at what stages have given.
constexpr std::size_t told_at_once = std::size_t{64} << 10U;

/// The stage's call to conclude.
Call finish_call(Asking& ask, std::int64_t now_us) {
    return [&ask, now_us](const Giver& give) {
        struct Giving {
            const Giver& give;
        } giving{give};
        assay_fragment out{};
        out.struct_size = sizeof out;
        out.self = &giving;
        out.add = [](assay_fragment* to, std::int32_t kind, std::uint32_t rank, assay_str json,
                     assay_error* error) -> std::int32_t {
            const auto refusal = static_cast<Giving*>(to->self)->give(kind, rank, view(json));
            if (refusal.empty()) return ASSAY_OK;
            if (error && error->set) error->set(error, to_abi("bad-record"), to_abi(refusal));
            return ASSAY_FAILED;
        };
        const assay_corpus corpus = abi_for(ask, now_us);
        return ask.stages.analyzers[ask.stage].analyzer.finish(corpus, out);
    };
}

/// Puts what the stage gives to its records, which checks it.
Receiver receiver_of(report::StageRecords& records) {
    static_assert(process::Inflow::slack >= simdjson::SIMDJSON_PADDING);
    return [&records](std::int32_t kind, std::uint32_t rank, std::string_view json, const auto& block) {
        return report::Fragments::add(records, kind, rank, json, block);
    };
}

/// A stage that concludes in a process of its own.
struct Concluding {
    std::unique_ptr<Asking> ask;
    IsolatedCall call;
};

/// Lets all stages conclude, each once those that it takes from have: at most `jobs` at a time.
class Conclusions {
  public:
    Conclusions(const Corpus& corpus, Stages& stages, report::Fragments& fragments, const ConcludeOptions& options)
        : corpus_{corpus}, stages_{stages}, fragments_{fragments}, options_{options}, waiting_{stages.order} {
        for (const std::size_t index : stages.order)
            places_[index] = &fragments.of_stage(stages.analyzers[index].name); // in the order of the report
        begin_ready();
    }
    /// Takes what they have given, and begins those that can.
    void advance(std::chrono::milliseconds most_wait) {
        take_results(most_wait);
        begin_ready();
    }
    /// Once all have concluded.
    std::vector<StageFailure> failures() {
        while (!waiting_.empty() || !running_.empty()) advance(std::chrono::milliseconds{100});
        std::vector<StageFailure> failures;
        for (const std::size_t index : stages_.order)
            if (const auto& outcome = done_.at(index); !outcome.ok())
                failures.push_back({stages_.analyzers[index].name, outcome.message});
        return failures;
    }

  private:
    void begin_ready() {
        std::erase_if(waiting_, [&](std::size_t index) { return is_ready(index) && begin(index); });
    }
    bool is_ready(std::size_t index) const {
        if (stages_.analyzers[index].partials_only) return true;
        const auto& takes = stages_.analyzers[index].takes;
        return std::all_of(takes.begin(), takes.end(), [&](std::size_t other) { return done_.count(other) > 0; });
    }
    /// False: not now.
    bool begin(std::size_t index) {
        if (running_.size() >= std::max(1U, options_.jobs)) return false;
        auto ask = std::make_unique<Asking>(Asking{corpus_, stages_, fragments_, index});
        const auto call = finish_call(*ask, options_.now_us);
        const auto receive = receiver_of(*places_.at(index));
        if (options_.isolation.process)
            running_.push_back({std::move(ask), IsolatedCall{options_.isolation, call, receive}});
        else
            end(index, isolate(options_.isolation, call, receive));
        return true;
    }
    void take_results(std::chrono::milliseconds most_wait) {
        if (running_.empty()) return;
        std::vector<const process::Child*> children;
        for (const auto& one : running_) children.push_back(&one.call.child());
        process::wait_for_any(children, most_wait);
        std::erase_if(running_, [&](Concluding& one) {
            auto outcome = one.call.advance();
            if (outcome) end(one.ask->stage, std::move(*outcome));
            return outcome.has_value();
        });
    }
    void end(std::size_t index, registry::Outcome outcome) {
        if (!outcome.ok()) fragments_.discard(stages_.analyzers[index].name);
        done_.emplace(index, std::move(outcome));
    }

    const Corpus& corpus_;
    Stages& stages_;
    report::Fragments& fragments_;
    const ConcludeOptions& options_;
    std::map<std::size_t, report::StageRecords*> places_;
    std::vector<std::size_t> waiting_;
    std::map<std::size_t, registry::Outcome> done_;
    std::vector<Concluding> running_;
};

/// How many of each severity, worst first; a severity without findings is left out.
void add_findings(JsonWriter& json, const std::vector<std::string_view>& findings) {
    std::array<std::uint64_t, severities.size()> counts{};
    simdjson::dom::parser parser;
    for (const auto& text : findings) {
        simdjson::dom::element finding;
        std::string_view severity;
        if (parser.parse(text).get(finding) != simdjson::SUCCESS ||
            finding["severity"].get(severity) != simdjson::SUCCESS)
            continue;
        for (std::size_t i = 0; i < severities.size(); ++i) counts[i] += severities[i] == severity ? 1U : 0U;
    }
    for (std::size_t i = 0; i < severities.size(); ++i)
        if (counts[i] > 0) json.field(severities[i], counts[i]);
}

std::string counts_json(const Counts& c, const report::Model& model, std::size_t facts_cut, bool complete) {
    JsonWriter json;
    json.object().key("artifacts").object();
    json.field("seen", c.seen).field("parsed", c.parsed).field("failed", c.failed).field("skipped", c.skipped);
    json.field("unclaimed", c.unclaimed).end().key("rows").object();
    json.field("read", c.rows()).field("ok", c.rows_ok);
    json.field("failed", c.rows_failed).field("suspect", c.rows_suspect).field("rejected", c.rows_rejected);
    json.field("published", c.rows_published).end();
    json.field("duplicates", c.duplicates).key("facts").object();
    json.field("kept", static_cast<std::uint64_t>(model.records[ASSAY_RECORD_FACT].size()));
    json.field("cut", static_cast<std::uint64_t>(facts_cut)).end();
    json.key("findings").object();
    add_findings(json, model.records[ASSAY_RECORD_FINDING]);
    json.end();
    json.field("complete", complete).end();
    return json.take();
}

} // namespace

Conclusion conclude(const std::vector<Placed>& artifacts, Stages& stages, const plan::Rules& rules,
                    const ConcludeOptions& options) {
    const Corpus corpus{artifacts, rules};
    report::Fragments fragments{options.facts_limit};
    Conclusions conclusions{corpus, stages, fragments, options};
    Conclusion out;
    JsonWriter json;
    std::size_t told = 0;
    const auto tell = [&](std::int32_t kind, auto write) {
        json.clear();
        write();
        out.model.add(kind, json.text());
        told += json.text().size();
        if (told < told_at_once) return;
        told = 0;
        conclusions.advance(std::chrono::milliseconds{0});
    };
    // What the host itself tells, while stages conclude in processes of their own.
    for (std::size_t i = 0; i < artifacts.size(); ++i)
        tell(ASSAY_RECORD_ARTIFACT, [&] { write_artifact(json, corpus, i, TellColumns::unless_of_dataset); });
    for (std::size_t i = 0; i < corpus.datasets().size(); ++i)
        tell(ASSAY_RECORD_DATASET, [&] { write_dataset(json, corpus, i); });
    out.failures = conclusions.failures();
    fragments.move_into(out.model);
    out.counts = counts_of(corpus);
    out.model.inventory = inventory_json(corpus, options.left_out);
    out.model.counts = counts_json(out.counts, out.model, fragments.facts_cut(), out.failures.empty());
    return out;
}

} // namespace assay::engine
