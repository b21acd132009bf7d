#include "narrative/sample.hpp"
#include <algorithm>
#include <assay/json_writer.hpp>
#include <memory>
#include <stdexcept>

namespace assay::test {

using namespace narrative;

namespace {

Figure figure(std::string fact, std::string model, double value, std::string display, double low, double high,
              std::string interval) {
    Figure out;
    out.fact = std::move(fact);
    out.metric = "tokens_s";
    out.stat = "median";
    out.display = std::move(display);
    out.unit = "{token}/s";
    out.direction = "higher";
    out.levels = {std::move(model)};
    out.value = value;
    out.low = low;
    out.high = high;
    out.interval = std::move(interval);
    out.n = 9;
    out.failed = 0;
    return out;
}

Gap gap(std::string rule, std::string slug, std::string severity, std::string scope, std::string message,
        std::uint64_t k, std::uint64_t n, std::string fix) {
    const std::string print = "g" + rule;
    return {rule,
            std::move(slug),
            std::move(severity),
            {{print, std::move(scope), std::move(message), std::move(fix), "runs/a.csv", "ttft_s=0", k, n}}};
}

const std::vector<std::pair<std::string, std::pair<Kind, std::string>>> nicknames{
    {"@fast", {Kind::statistic, "alpha:1b"}}, {"@slow", {Kind::statistic, "beta:8b"}},
    {"@even1", {Kind::statistic, "gamma"}},   {"@even2", {Kind::statistic, "delta"}},
    {"@failed", {Kind::gap, "N6"}},           {"@once", {Kind::gap, "N2"}},
    {"@dark", {Kind::absence, "H5"}},         {"@cold", {Kind::association, "N14"}},
    {"@order", {Kind::ranking, "speed"}},     {"@rate4", {Kind::statistic, "fRate4"}},
    {"@rate8", {Kind::statistic, "fRate8"}},  {"@wait4", {Kind::statistic, "fWait4"}},
    {"@wait8", {Kind::statistic, "fWait8"}},  {"@rows", {Kind::inventory, "fRows"}}};

/// Figures of a metric that is better when low or high.
Figure measured(Figure figure, std::string metric, std::string unit, std::string direction) {
    figure.metric = std::move(metric);
    figure.unit = std::move(unit);
    figure.direction = std::move(direction);
    return figure;
}

} // namespace

Material sample_material() {
    Material m;
    m.files = {10, "fFiles"};
    m.claimed = {9, "fClaimed"};
    m.unclaimed = {1, "fUnclaimed"};
    m.unread = {0, "fUnread"};
    m.skipped = {0, "fSkipped"};
    m.copies = {0, "fCopies"};
    m.rows = {140, "fRows"};
    m.rows_ok = {65, "fOk"};
    m.rows_failed = {75, "fFailed"};
    m.types = {{"csv", {9, "fCsv"}}};
    m.unclaimed_names = {"runs/notes.txt"};
    m.failures = {{"batch runs", "runs", {75, "fFailedRows"}, {100, "fBatchRows"}, {90, "fFolderRows"}}};
    m.families = {
        {"speed",
         "tokens_s",
         "{token}/s",
         "higher",
         {"model"},
         {figure("fA", "alpha:1b", 295, "295", 238, 299, "238–299 (93.8 %)"),
          figure("fB", "beta:8b", 78.1, "78.10", 76.9, 78.7, "76.9–78.7")},
         ""},
        {"tie",
         "tokens_s",
         "{token}/s",
         "higher",
         {"model"},
         {figure("fC", "gamma", 50, "50.0", 40, 60, "40–60"), figure("fD", "delta", 48, "48.0", 41, 58, "41–58")},
         ""},
        {"load",
         "throughput_rps",
         "{request}/s",
         "higher",
         {"threads"},
         {measured(figure("fRate4", "4", 900, "900", 880, 920, "880–920"), "throughput_rps", "{request}/s", "higher"),
          measured(figure("fRate8", "8", 500, "500", 490, 510, "490–510"), "throughput_rps", "{request}/s", "higher")},
         ""},
        {"load",
         "latency_ms",
         "ms",
         "lower",
         {"threads"},
         {measured(figure("fWait4", "4", 12, "12.0", 11, 13, "11–13"), "latency_ms", "ms", "lower"),
          measured(figure("fWait8", "8", 20, "20.0", 19, 21, "19–21"), "latency_ms", "ms", "lower")},
         ""}};
    m.gaps = {gap("N6", "failed-runs", "critical", "batch runs", "batch runs: 75 of 100 rows failed", 75, 100,
                  "Find why they failed and run them again."),
              gap("N2", "one-observation-per-configuration", "high", "sweep",
                  "sweep: 36 of 36 configurations were measured once, so that no best one can be named", 36, 36,
                  "Measure each configuration at least 6 times."),
              gap("N14", "effect-not-identifiable", "high", "sweep, temperature",
                  "sweep, temperature: its effect cannot be told apart from something else, on ttft_s (only "
                  "temperature=0.2 was measured cold)",
                  1, 1, "Measure all its levels warm."),
              gap("H5", "no-telemetry", "medium", "",
                  "35 of 36 files have no telemetry over 80 % of their time: runs (35)", 35, 36,
                  "Record telemetry beside each run."),
              gap("H4", "environments-differ", "low", "runs", "runs: 3 of 8 files differ", 3, 8, "Say where it ran.")};
    return m;
}

const Sample& sample() {
    static const Sample one;
    return one;
}

std::string Sample::id(Kind kind, std::string_view about) const {
    for (const TableFact& fact : table.facts)
        if (fact.kind == kind &&
            (fact.subject == about || fact.rule == about || (!fact.sources.empty() && fact.sources.front() == about)))
            return fact.id;
    throw std::logic_error{"the sample has no such fact"};
}

std::string with_ids(std::string text) {
    for (const auto& [nickname, about] : nicknames)
        for (auto at = text.find(nickname); at != std::string::npos; at = text.find(nickname))
            text.replace(at, nickname.size(), sample().id(about.first, about.second));
    return text;
}

Item item(std::string text, std::vector<std::string> cites, std::vector<Claim> claims, std::string section,
          std::string action) {
    Item out{std::move(section), with_ids(std::move(text)), {}, std::move(claims), std::move(action)};
    for (auto& cite : cites) out.cites.push_back(with_ids(cite));
    for (auto& claim : out.claims)
        for (auto& arg : claim.args) arg = with_ids(arg);
    return out;
}

std::vector<std::string> refusals(const Item& item) {
    std::vector<std::string> out;
    for (const Violation& one : verify_items({item}, sample().table)) out.push_back(one.rule);
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

bool refuses(const Item& item, std::string_view rule) {
    const auto all = refusals(item);
    return std::find(all.begin(), all.end(), rule) != all.end();
}

std::string shown(const Item& item) {
    if (!refusals(item).empty()) return {};
    return rendered(item.text, tokens_of(item.text, sample().table));
}

std::string reply_json(const std::vector<Item>& items) {
    JsonWriter json;
    json.object().field("echo", canary_of(sample().table)).key("sections").array();
    for (const Item& item : items) {
        json.object()
            .field("id", item.section)
            .key("items")
            .array()
            .object()
            .field("text", item.text)
            .key("cites")
            .array();
        for (const auto& id : item.cites) json.value(id);
        json.end().key("claims").array();
        for (const auto& claim : item.claims) {
            json.object().field("type", claim.type).key("args").array();
            for (const auto& id : claim.args) json.value(id);
            json.end().end();
        }
        json.end().field("action", item.action).end().end().end();
    }
    json.end().end();
    return json.take();
}

std::string selection_json(const std::vector<std::string>& ids) {
    JsonWriter json;
    json.object().field("echo", canary_of(sample().table)).key("sections").array().object().field("id", "findings");
    json.key("ids").array();
    for (const auto& id : ids) json.value(with_ids(id));
    json.end().end().end().end();
    return json.take();
}

chat::Ask scripted(std::deque<std::string> texts) {
    auto left = std::make_shared<std::deque<std::string>>(std::move(texts));
    return [left](const chat::Request&) {
        chat::Reply reply;
        reply.model = "scripted";
        if (left->empty()) {
            reply.failure = "unreachable";
            reply.reason = "nobody listens";
            return reply;
        }
        reply.text = left->front();
        left->pop_front();
        return reply;
    };
}

} // namespace assay::test
