#include "llm-summary/comparison.hpp"
#include "llm-summary/wording.hpp"

namespace assay::narrative {

namespace {

/// Over all calls of a run; absent where any of them does not tell.
std::optional<double> sum_of(const Written& written, std::optional<std::uint64_t> chat::Metrics::*which) {
    double sum = 0;
    for (const Exchange& one : written.exchanges) {
        if (!(one.reply.metrics.*which)) return std::nullopt;
        sum += static_cast<double>(*(one.reply.metrics.*which));
    }
    return written.exchanges.empty() ? std::nullopt : std::optional{sum};
}

struct Cells {
    Fragment& out;
    const Run& run;
    SectionCell count(const char* metric, const char* stat, std::optional<double> value, const char* method,
                      const char* unit = "") const {
        if (!value) return {};
        Fact fact{.kind = "narration",
                  .subject = {{"configuration", run.name}, {"model", run.written.by}},
                  .metric = metric,
                  .stat = stat,
                  .value = value,
                  .unit = unit,
                  .method = method};
        fact.display = std::to_string(static_cast<std::uint64_t>(*value));
        const std::string display = fact.display;
        return {display, out.add(fact, 10)};
    }
};

} // namespace

void give_comparison(const std::vector<Run>& runs, Fragment& out) {
    SectionTable table{.title = "Models on the same facts",
                       .columns = {{"configuration"},
                                   {"model"},
                                   {"sentences", true},
                                   {"verified", true},
                                   {"repaired", true},
                                   {"replaced", true},
                                   {"dropped", true},
                                   {"calls", true},
                                   {"prompt tokens", true},
                                   {"reply tokens", true},
                                   {"why not used"}},
                       .rows = {}};
    for (const Run& run : runs) {
        const Cells cells{out, run};
        const Tally& tally = run.written.tally;
        const auto sentences = [&](const char* stat, std::uint64_t value, const char* method) {
            return cells.count("sentences", stat, static_cast<double>(value), method);
        };
        table.rows.push_back(
            {{clean_name(run.name)},
             {run.written.by},
             sentences("generated", tally.generated, "sentences in the model's reply"),
             sentences("verified", tally.verified, "that passed all checks at once"),
             sentences("repaired", tally.repaired, "that passed after one turn of repair"),
             sentences("replaced", tally.replaced, "in whose place a template's sentence stands"),
             sentences("dropped", tally.dropped, "that were left out"),
             cells.count("calls", "count", static_cast<double>(run.written.exchanges.size()), "calls of the model"),
             cells.count("prompt_tokens", "sum", sum_of(run.written, &chat::Metrics::prompt_tokens), "over all calls",
                         "{token}"),
             cells.count("reply_tokens", "sum", sum_of(run.written, &chat::Metrics::reply_tokens), "over all calls",
                         "{token}"),
             {run.written.failure.empty() ? "" : run.written.failure + ": " + run.written.reason}});
    }
    out.add(Section{.title = "Language models", .place = "details", .tables = {std::move(table)}});
}

} // namespace assay::narrative
