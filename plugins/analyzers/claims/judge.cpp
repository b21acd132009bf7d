#include "claims/judge.hpp"
#include "claims/judging.hpp"
#include "claims/words.hpp"
#include <assay/stats/display.hpp>
#include <chrono>
#include <set>

namespace assay::claims {

namespace {

Verdict because(Status status, std::string reason) {
    Verdict v;
    v.status = status;
    v.reason = std::move(reason);
    return v;
}

bool has_any(const std::string& text, std::initializer_list<std::string_view> words) {
    for (const auto word : words)
        if (text.find(word) != text.npos) return true;
    return false;
}

Verdict data_of(std::int64_t day, const std::string& path) {
    Verdict v = because(Status::supported, "data of that date are in " + path);
    v.datum.emplace();
    v.datum->stat = "date";
    v.datum->column = "date";
    v.datum->selector = v.reason;
    v.datum->value = static_cast<double>(day);
    return v;
}

std::string named(const Datum& d, const std::string& path) {
    std::string text = (d.stat == "value" ? "" : d.stat + " of ") + d.column;
    if (!d.rows.empty()) text += " where " + d.rows;
    text += " in " + path;
    if (d.line > 0) text += ":" + std::to_string(d.line);
    return text + " is " + stats::display(d.value) + (d.unit.empty() || d.unit[0] == '{' ? "" : " " + d.unit);
}

} // namespace

void Judging::find_sources() {
    const ValueIndex& index = *world_.index;
    sources_.document.assign(world_.tables.size(), 0);
    sources_.places.resize(world_.tables.size());
    for (std::size_t i = 0; i < document_.claims.size() && i < most_claims; ++i) {
        const Claim& claim = document_.claims[i];
        if (claim.quantity.kind != Kind::number || claim.quantity.digits < 3) continue;
        const Context context = contexts_.of(claim);
        const auto all = Ranking{world_, context}.find(claim.quantity, nullptr);
        std::set<std::size_t> tables;
        for (const Ranked& r : all)
            if (r.score > 2 && r.score > all[0].score - 0.6) tables.insert(index.groups[r.said->group].table);
        if (tables.empty() || tables.size() > 6) continue;
        for (const std::size_t table : tables) {
            const double share = 1.0 / static_cast<double>(tables.size());
            sources_.document[table] += share;
            sources_.places[table].emplace_back(claim.statement, share);
        }
    }
}

std::optional<Verdict> Judging::found(std::size_t index) const {
    const Claim& claim = document_.claims[index];
    if (claim.quantity.kind != Kind::number || claim.high || claim.quantity.bound != 0) return std::nullopt;
    const Context context = contexts_.of(claim);
    const Ranking ranking{world_, context};
    const auto all = ranking.find(claim.quantity, &sources_, claim.statement);
    if (all.empty()) return std::nullopt;
    const Ranked& best = all[0];
    const Group& group = world_.index->groups[best.said->group];
    const DataTable& table = world_.tables[group.table];
    if (getenv("CLAIMS_TUNE"))
        std::fprintf(stderr, "TUNE\t%s\t%zu\t%s\t%d\t%.2f\t%.2f\t%.2f\t%.2f\t%.2f\t%s:%s %s [%s]\n", getenv("CLAIMS_TUNE"), static_cast<std::size_t>(claim.line),
                     claim.text.c_str(), claim.quantity.digits, best.score, best.words, ranking.metric(*best.said),
                     ranking.subject(best.said->group), ranking.statistic(*best.said), table.path.c_str(),
                     table.columns[best.said->column].source.name.c_str(), std::string{stat_names[static_cast<std::size_t>(best.said->stat)]}.c_str(), group.text.c_str());
    if (best.score < (claim.quantity.digits < 3 ? 2.3 : 2.0) || !context.unresolved.empty()) return std::nullopt;
    Verdict v;
    v.status = Status::supported;
    const DataColumn& column = table.columns[best.said->column];
    v.datum.emplace();
    v.datum->artifact = table.artifact;
    v.datum->table = table.name;
    v.datum->column = column.source.name;
    const bool single = best.said->stat == Stat::value;
    v.datum->stat = single && !column.stat.empty() ? column.stat : std::string{stat_names[static_cast<std::size_t>(best.said->stat)]};
    v.datum->rows = group.text;
    v.datum->value = best.said->raw;
    v.datum->unit = column.source.unit;
    v.datum->n = best.said->row == UINT32_MAX ? group.rows.size() : 1;
    if (best.said->row != UINT32_MAX) v.datum->line = (*table.rows)[best.said->row].line;
    for (const auto& word : column.words) v.datum->metric += word + ' ';
    v.expected = best.converted;
    v.reason = named(*v.datum, table.path);
    return v;
}

std::vector<Verdict> Judging::run() {
    find_sources();
    std::vector<Verdict> out;
    for (std::size_t i = 0; i < document_.claims.size(); ++i) out.push_back(verdict(i));
    return out;
}

const Verdict& Judging::verdict(std::size_t index) {
    if (!verdicts_[index]) {
        verdicts_[index] = because(Status::unsupported, "it compares itself"); // for one that leads back to itself
        verdicts_[index] = judged(index);
    }
    return *verdicts_[index];
}

std::optional<double> Judging::value_of(std::size_t index) { return verdict(index).expected; }

Verdict Judging::date(const Claim& claim) const {
    const Statement& s = document_.statements[claim.statement];
    const std::string said = lower(s.text + " " + s.label);
    if (has_any(said, {"modif"}))
        return because(Status::not_checkable, "modification times are not kept with the data");
    if (claim.quantity.day_span == 0) {
        for (const auto& [day, path] : world_.days) {
            const auto civil = std::chrono::year_month_day{std::chrono::sys_days{std::chrono::days{day}}};
            const double here = unsigned{civil.month()} * 100.0 + unsigned{civil.day()};
            if (here == claim.quantity.value) return data_of(day, path);
        }
        return because(Status::not_checkable, "a date without its year, and none of the data");
    }
    const auto day = world_.days.lower_bound(claim.quantity.day);
    if (day != world_.days.end() && day->first < claim.quantity.day + claim.quantity.day_span) {
        return data_of(day->first, day->second);
    }
    if (has_any(said, {"date", "generated", "prepared", "created", "updated", "version", "author", "as of"}) ||
        s.form == Statement::Form::heading || claim.quantity.day_span > 1)
        return because(Status::not_checkable, "a date of the document itself");
    return because(Status::not_checkable, "no data of that date: it may be the document's own, or planned");
}

Verdict Judging::clock(const Claim& claim) const {
    int hour = 0, minute = 0, second = -1;
    if (std::sscanf(claim.text.c_str(), "%d:%d:%d", &hour, &minute, &second) >= 2 && hour < 24 && minute < 60) {
        const std::int64_t from = hour * 3600 + minute * 60 + std::max(second, 0), to = from + (second < 0 ? 59 : 0);
        const auto at = world_.seconds.lower_bound(from);
        if (at != world_.seconds.end() && at->first <= to) {
            Verdict v = because(Status::supported, "data of that time are in " + at->second);
            v.datum.emplace();
            v.datum->stat = "time";
            v.datum->column = "time";
            v.datum->selector = v.reason;
            v.datum->value = static_cast<double>(at->first);
            return v;
        }
    }
    return because(Status::not_checkable, "a time of day");
}

Verdict Judging::judged(std::size_t index) {
    const Claim& claim = document_.claims[index];
    if (index >= most_claims)
        return because(Status::not_checkable, "the document has more than " + std::to_string(most_claims) + " numbers");
    if (claim.quantity.kind == Kind::date) return date(claim);
    if (claim.quantity.kind == Kind::clock) return clock(claim);
    const Context context = contexts_.of(claim);
    if (auto reason = not_checkable(world_, document_, claim, context, true); !reason.empty())
        return because(Status::not_checkable, std::move(reason));
    const auto compared = comparison(index);
    if (compared && compared->status == Status::supported) return *compared;
    if (auto found = derived(index)) return *found;
    if (compared) return *compared;
    std::optional<Verdict> found = judge_count(world_, document_, claim, context);
    if (found) return *found;
    if (auto reason = not_checkable(world_, document_, claim, context, false); reason.starts_with("a setting")) {
        const bool told = document_.statements[claim.statement].form == Statement::Form::sentence;
        if (auto said = told ? this->found(index) : std::nullopt) return *said;
        return because(Status::not_checkable, std::move(reason));
    }
    found = judge_value(world_, claim, claim.high ? &*claim.high : nullptr, context);
    if (found && found->status == Status::supported) return *found;
    if (auto said = this->found(index)) return *said;
    if (found && found->status != Status::unsupported) return *found;
    if (auto reason = not_checkable(world_, document_, claim, context, false); !reason.empty())
        return because(Status::not_checkable, std::move(reason));
    if (found) return *found;
    return because(Status::unsupported, "nothing in the data says so");
}

std::vector<Verdict> judge(const World& world, const Document& document, const std::string& path) {
    return Judging{world, document, path}.run();
}

} // namespace assay::claims
