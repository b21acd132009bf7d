#include "llm-summary/fact_table.hpp"
#include "llm-summary/narrator.hpp"
#include "llm-summary/rules.hpp"
#include "llm-summary/wording.hpp"
#include <algorithm>
#include <array>
#include <assay/json_writer.hpp>
#include <assay/report.hpp>
#include <map>

namespace assay::narrative {

namespace {

constexpr std::array<std::string_view, 9> kind_names{
    "inventory", "statistic", "comparison", "ranking", "association", "changepoint", "gap", "environment", "absence"};
constexpr std::size_t bytes_per_token = 3, most_members = 8, most_scope_names = 16;

Kind kind_named(std::string_view name) {
    const auto* found = std::find(kind_names.begin(), kind_names.end(), name);
    return static_cast<Kind>(found - kind_names.begin());
}

/// Facts in the order of their making, before ids are given. `topic` decides the order of ids.
struct Drafts {
    struct Draft {
        TableFact fact;
        std::string topic;
    };
    std::vector<Draft> all;
    /// Answers a provisional id, by which rankings and comparisons name their members.
    std::string add(TableFact fact, std::string topic) {
        fact.id = std::to_string(all.size());
        all.push_back({std::move(fact), std::move(topic)});
        return all.back().fact.id;
    }
};

TableFact count_fact(const Count& count, std::string display, unsigned relevance) {
    TableFact fact;
    fact.kind = Kind::inventory;
    fact.sources = {count.fact};
    fact.display = std::move(display);
    fact.value = static_cast<double>(count.value);
    fact.relevance = relevance;
    return fact;
}

void add_counts(const Material& m, Drafts& out) {
    const auto add = [&](const Count& count, std::string_view one, std::string_view many, unsigned relevance,
                         std::string_view family) {
        if (count.fact.empty()) return;
        TableFact fact = count_fact(count, counted(count.value, one, many), relevance);
        fact.family = family;
        out.add(std::move(fact), "inventory");
    };
    add(m.files, "file", "files", 0, "files");
    add(m.claimed, "file claimed by a parser", "files claimed by a parser", 0, "files");
    add(m.unclaimed, "file that no parser knows", "files that no parser knows", 1, "files");
    add(m.unread, "file that could not be read", "files that could not be read", 1, "files");
    if (m.copies.value > 0) add(m.copies, "identical copy", "identical copies", 4, "files");
    add(m.rows, "row", "rows", 0, "rows");
    add(m.rows_ok, "row that is ok", "rows that are ok", 2, "rows");
    add(m.rows_failed, "failed row", "failed rows", 0, "rows");
    for (const Failures& one : m.failures) {
        TableFact fact = count_fact(
            one.failed, std::to_string(one.failed.value) + " of " + counted(one.rows.value, "row", "rows"), 2);
        fact.sources.push_back(one.rows.fact);
        fact.names = {prompt_name(one.dataset)};
        fact.owners = fact.names;
        fact.subject = fact.names.front();
        fact.k = one.failed.value;
        fact.of = one.rows.value;
        fact.title = "failed rows of a dataset";
        out.add(std::move(fact), "failures");
    }
}

TableFact figure_fact(const Family& family, const Figure& figure, unsigned relevance) {
    TableFact fact;
    fact.kind = Kind::statistic;
    fact.sources = {figure.fact};
    fact.display = with_unit(clean_name(figure.display), figure.unit);
    fact.unit = unit_text(figure.unit);
    if (!figure.interval.empty()) fact.ci = clean_name(figure.interval);
    if (figure.n) fact.n = "n = " + std::to_string(*figure.n);
    fact.subject = prompt_name(name_of(family, figure));
    for (const auto& level : figure.levels) fact.names.push_back(prompt_name(level));
    fact.names.push_back(fact.subject);
    fact.names.push_back(prompt_name(family.dataset));
    fact.names.push_back(prompt_name(family.metric));
    fact.label = prompt_name(metric_label(family.metric, family.unit));
    fact.column = lower(family.metric);
    fact.title = figure.stat == "median" ? "median" : "only value";
    fact.value = figure.value;
    fact.low = figure.low;
    fact.high = figure.high;
    fact.direction = family.direction;
    fact.family = family.dataset + '\n' + family.metric;
    fact.relevance = relevance;
    return fact;
}

/// The figures of a family, their order, and how the first two compare.
void add_family(const Family& family, unsigned relevance, Drafts& out) {
    const std::string topic = "family " + family.dataset + ' ' + family.metric;
    TableFact order;
    order.kind = Kind::ranking;
    order.display = family.direction == "higher" ? "highest median first" : "lowest median first";
    order.label = prompt_name(metric_label(family.metric, family.unit));
    order.column = lower(family.metric);
    order.names = {prompt_name(family.dataset), prompt_name(family.metric)};
    order.subject = order.names.front();
    order.direction = family.direction;
    order.family = family.dataset + '\n' + family.metric;
    order.relevance = relevance;
    const auto best = best_set(family);
    for (std::size_t i = 0; i < family.figures.size() && i < most_members; ++i) {
        const Figure& figure = family.figures[i];
        const std::string id = out.add(figure_fact(family, figure, relevance + (i < 3 ? 0U : 2U)), topic);
        order.members.push_back(id);
        order.sources.push_back(figure.fact);
        order.names.push_back(prompt_name(name_of(family, figure)));
        if (std::find(best.begin(), best.end(), &figure) != best.end()) order.best.push_back(id);
    }
    TableFact pair = order;
    const std::string ranking = out.add(std::move(order), topic);
    if (pair.members.size() < 2) return;
    pair.kind = Kind::comparison;
    pair.members.resize(2);
    pair.best.clear();
    pair.apart = best.size() == 1;
    pair.display = pair.apart ? "intervals apart" : "intervals overlap";
    pair.sources.resize(2);
    pair.names.resize(4);
    if (family.direction == "lower") std::swap(pair.members[0], pair.members[1]);
    out.add(std::move(pair), topic);
}

TableFact gap_fact(const Gap& gap) {
    const RuleWords& words = words_of_rule(gap.slug);
    const Found& worst = gap.found.front();
    TableFact fact;
    fact.kind = kind_named(words.kind);
    for (const Found& found : gap.found) fact.sources.push_back(found.fingerprint);
    fact.k = worst.k;
    fact.of = worst.n;
    fact.display = k_of_n(worst);
    // The noun that a message gives behind its counts: "75 of 115 rows failed".
    if (const auto at = worst.message.find(fact.display + ' '); !fact.display.empty() && at != std::string::npos) {
        const auto begin = at + fact.display.size() + 1, end = worst.message.find_first_of(" :,;.", begin);
        const std::string noun = worst.message.substr(begin, end == std::string::npos ? end : end - begin);
        const bool plain = std::all_of(noun.begin(), noun.end(), [](char c) { return c >= 'a' && c <= 'z'; });
        if (plain && !noun.empty()) fact.display += ' ' + noun;
    }
    fact.subject = prompt_name(worst.scope);
    for (const Found& found : gap.found) {
        if (found.scope.empty() || fact.names.size() >= most_scope_names) continue;
        fact.names.push_back(prompt_name(found.scope));
        // "dataset, parameter": a rule about a parameter names both.
        if (const auto comma = found.scope.rfind(", "); comma != std::string::npos) {
            fact.names.push_back(prompt_name(found.scope.substr(0, comma)));
            fact.names.push_back(prompt_name(found.scope.substr(comma + 2)));
        }
        if (&found == &worst) fact.owners = fact.names;
    }
    fact.rule = gap.rule;
    fact.severity = gap.severity;
    fact.action = words.action;
    fact.told = words.told;
    fact.title = words.slug.empty() ? prompt_name(gap.slug) : std::string{words.title};
    fact.relevance =
        static_cast<unsigned>(severity_rank(gap.severity)) * 3 + (words.topic == Topic::conclusion ? 0U : 1U);
    return fact;
}

std::size_t tokens_of(const TableFact& fact) {
    std::size_t bytes = 90 + fact.display.size() + fact.ci.size() + fact.title.size() + fact.label.size();
    for (const auto& name : fact.names) bytes += name.size() + 3;
    bytes += 7 * fact.members.size();
    return bytes / bytes_per_token + 1;
}

/// The facts of least relevance go, then what rests on a fact that went.
std::size_t cut(std::vector<Drafts::Draft>& drafts, const FactBudget& budget) {
    const std::size_t before = drafts.size();
    std::stable_sort(drafts.begin(), drafts.end(),
                     [](auto& a, auto& b) { return a.fact.relevance < b.fact.relevance; });
    std::size_t kept = 0, tokens = 0;
    while (kept < drafts.size() && kept < budget.facts) {
        tokens += tokens_of(drafts[kept].fact);
        if (tokens > budget.tokens) break;
        ++kept;
    }
    drafts.resize(kept);
    std::erase_if(drafts, [&](const Drafts::Draft& draft) {
        return std::any_of(draft.fact.members.begin(), draft.fact.members.end(), [&](const std::string& id) {
            return std::none_of(drafts.begin(), drafts.end(), [&](auto& other) { return other.fact.id == id; });
        });
    });
    return before - drafts.size();
}

/// By topic, in an order that no count changes, and in a topic as they were made.
void give_ids(std::vector<Drafts::Draft>& drafts) {
    std::stable_sort(drafts.begin(), drafts.end(), [](const Drafts::Draft& a, const Drafts::Draft& b) {
        const auto x = detail::NameHash{}.add(a.topic).name('t'), y = detail::NameHash{}.add(b.topic).name('t');
        return x != y ? x < y : std::stoul(a.fact.id) < std::stoul(b.fact.id);
    });
    std::map<std::string, std::string> ids;
    unsigned facts = 0, gaps = 0;
    for (auto& [fact, topic] : drafts) {
        char id[16];
        std::snprintf(id, sizeof id, "%c%03u", is_gap(fact.kind) ? 'G' : 'F', is_gap(fact.kind) ? ++gaps : ++facts);
        ids[fact.id] = id;
    }
    for (auto& draft : drafts) {
        draft.fact.id = ids[draft.fact.id];
        for (auto* list : {&draft.fact.members, &draft.fact.best})
            for (auto& id : *list) id = ids[id];
    }
}

void write_names(JsonWriter& json, std::string_view key, const std::vector<std::string>& names) {
    if (names.empty()) return;
    json.key(key).array();
    for (const auto& name : names) json.value(name);
    json.end();
}

} // namespace

std::string_view name_of(Kind kind) { return kind_names[static_cast<std::size_t>(kind)]; }

bool is_gap(Kind kind) {
    return kind == Kind::gap || kind == Kind::environment || kind == Kind::absence || kind == Kind::association ||
           kind == Kind::changepoint;
}

const TableFact* FactTable::find(std::string_view id) const {
    const auto found = std::find_if(facts.begin(), facts.end(), [&](const TableFact& fact) { return fact.id == id; });
    return found == facts.end() ? nullptr : &*found;
}

std::string FactTable::json() const {
    JsonWriter json;
    json.array();
    for (const TableFact& fact : facts) {
        json.object().field("id", fact.id).field("kind", name_of(fact.kind)).field("display", fact.display);
        if (!fact.title.empty()) json.field("what", fact.title);
        if (!fact.label.empty()) json.field("metric", fact.label);
        if (!fact.ci.empty()) json.field("ci", fact.ci);
        if (!fact.n.empty()) json.field("n", fact.n);
        if (!fact.direction.empty()) json.field("better", fact.direction);
        if (!fact.severity.empty()) json.field("severity", fact.severity).field("rule", fact.rule);
        if (!fact.action.empty()) json.field("action", fact.action);
        write_names(json, "order", fact.members);
        write_names(json, "best", fact.best);
        // Names are data: a reader of the prompt is told so.
        if (fact.kind == Kind::statistic)
            json.field("name", fact.subject);
        else if (!fact.members.empty())
            json.field("of", fact.subject);
        else
            write_names(json, "names", fact.names);
        json.end();
    }
    json.end();
    return json.take();
}

FactTable build_fact_table(const Material& material, const FactBudget& budget) {
    Drafts drafts;
    add_counts(material, drafts);
    unsigned relevance = 1;
    for (const Family* family : rankings(material)) add_family(*family, relevance++, drafts);
    for (const Gap& gap : material.gaps)
        if (words_of_rule(gap.slug).topic != Topic::remark && !gap.found.empty())
            drafts.add(gap_fact(gap), "gap " + gap.rule + ' ' + gap.severity);
    FactTable table;
    table.cut = cut(drafts.all, budget);
    give_ids(drafts.all);
    for (auto& draft : drafts.all) table.facts.push_back(std::move(draft.fact));
    return table;
}

} // namespace assay::narrative
