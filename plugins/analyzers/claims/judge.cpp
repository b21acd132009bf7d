#include "claims/judge.hpp"
#include "claims/count.hpp"
#include "claims/judging.hpp"
#include "claims/threshold.hpp"
#include "claims/words.hpp"
#include <algorithm>
#include <assay/stats/display.hpp>
#include <chrono>

namespace assay::claims {

namespace {

Verdict because(Status status, std::string reason) {
    Verdict v;
    v.status = status;
    v.reason = std::move(reason);
    return v;
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

} // namespace

std::vector<Verdict> Judging::run() {
    find_sources();
    find_votes();
    std::vector<Verdict> out;
    for (std::size_t i = 0; i < document_.claims.size(); ++i) out.push_back(judged(i));
    return out;
}

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
    Verdict v = checked(index);
    const bool flagged = v.status == Status::unsupported || v.status == Status::contradicted;
    if (flagged && is_threshold(document_, document_.claims[index]))
        return because(Status::not_checkable, "a threshold: it says which rows are meant");
    return v;
}

Verdict Judging::checked(std::size_t index) {
    const Claim& claim = document_.claims[index];
    if (index >= most_claims)
        return because(Status::not_checkable, "the document has more than " + std::to_string(most_claims) + " numbers");
    if (claim.quantity.kind == Kind::date) return date(claim);
    if (claim.quantity.kind == Kind::clock) return clock(claim);
    if (auto found = rank(index)) return *found;
    const auto context = context_of(index);
    if (auto found = related(index, *context)) return *found;
    return measured(index);
}

std::optional<Verdict> Judging::related(std::size_t index, const Context& context) {
    const Claim& claim = document_.claims[index];
    if (!not_checkable(world_, document_, claim, context, true).empty()) return std::nullopt;
    auto compared = comparison(index);
    if (compared && compared->status == Status::supported) return compared;
    if (auto found = derived(index, context)) return found;
    if (auto found = between(index, context); found && found->status == Status::supported)
        return found;
    else if (auto other = against(index, context))
        return other;
    else if (found)
        return found;
    return compared;
}

const Verdict& Judging::measured(std::size_t index) {
    if (measured_[index]) return *measured_[index];
    const auto context = context_of(index);
    Verdict& v = measured_[index].emplace(measured(index, *context));
    const bool flagged = v.status == Status::unsupported || v.status == Status::contradicted;
    if (flagged && !context->scope.outside.empty())
        if (const auto other = elsewhere(document_.claims[index], *context); !other.empty())
            v.reason += "; true of another than '" + context->scope.said + "': " + other;
    return v;
}

std::shared_ptr<const Context> Judging::context_of(std::size_t index) {
    auto& kept = contexts_of_[index];
    if (kept) return kept;
    auto made = std::make_shared<const Context>(contexts_.of(document_.claims[index]));
    kept_bytes_ += 16 * (made->weight.size() + made->heard.size());
    if (kept_bytes_ < most_kept_bytes) kept = made;
    return made;
}

bool Judging::is_no_count(const Claim& claim, const Datum& datum, const Context& context) const {
    const auto counts = counted_rows(document_, claim, context);
    if (!counts) return false;
    const auto at = place_of(datum);
    return !at || !may_count(world_.tables[at->table].columns[at->column], *counts);
}

/// "prompt_index (5)": a whole number alone in brackets counts, whatever is measured beside it.
bool Judging::bracketed_count(const Claim& claim) const {
    const Quantity& q = claim.quantity;
    const Statement& s = document_.statements[claim.statement];
    const std::string& text = text_around(s, claim);
    return !q.unit.known() && q.step >= 1 && q.begin > 1 && text[q.begin - 1] == '(' && q.end < text.size() &&
           text[q.end] == ')';
}

/// "changes the mean by 0.05": by how much, and no mean.
bool Judging::is_change(const Claim& claim) const {
    const Statement& s = document_.statements[claim.statement];
    const std::string& text = text_around(s, claim);
    return lower(text.substr(0, claim.quantity.begin)).ends_with(" by ");
}

/// "100 +- 4": a spread, where the data give none.
bool Judging::is_spread(const Claim& claim, const Datum& datum) const {
    const Statement& s = document_.statements[claim.statement];
    const std::string& text = text_around(s, claim);
    return text.substr(0, claim.quantity.begin).ends_with(" sd ") && datum.stat != "sd" && datum.stat != "cv";
}

/// "at 0.7 and 16": does a bare number of the sentence give the value of a parameter that chose no rows?
bool Judging::leaves_setting(const Claim& claim, const Datum& datum) const {
    if (document_.statements[claim.statement].form != Statement::Form::sentence) return false;
    const auto varies = [&](double value) {
        return std::any_of(world_.tables.begin(), world_.tables.end(), [&](const DataTable& table) {
            return table.artifact == datum.artifact && table.name == datum.table &&
                   std::any_of(table.columns.begin(), table.columns.end(), [&](const DataColumn& column) {
                       return column.source.is_number() && column.values.size() > 1 &&
                              Setting{{}, value, false, true}.is_of(column);
                   });
        });
    };
    for (std::size_t i = claim.peers_begin; i < claim.peers_end; ++i) {
        const Quantity& q = document_.claims[i].quantity;
        if (q.kind != Kind::number || q.spelled || !varies(q.value)) continue;
        if ((datum.rows + ",").find(" = " + stats::display(q.value) + ",") == std::string::npos) return true;
    }
    return false;
}

Verdict Judging::measured(std::size_t index, const Context& context) {
    const Claim& claim = document_.claims[index];
    if (auto reason = not_checkable(world_, document_, claim, context, true); !reason.empty()) {
        // "165,888 threads" may be hardware, unless the data say so.
        if (reason == "hardware" && claim.quantity.digits > 2)
            if (auto said = this->found(index, context, 0.8)) return *said;
        return because(Status::not_checkable, std::move(reason));
    }
    std::optional<Verdict> found = judge_count(world_, document_, claim, context, sources_);
    if (found) return *found;
    if (claim.quantity.spelled && !claim.quantity.unit.known())
        return because(Status::not_checkable, "it cannot be told what it counts");
    if (auto reason = not_checkable(world_, document_, claim, context, false); reason.starts_with("a setting")) {
        const bool told = document_.statements[claim.statement].form == Statement::Form::sentence;
        if (auto said = told ? this->found(index, context, 0.8) : std::nullopt) return *said;
        if (auto said = setting_said(index, context)) return *said;
        return because(Status::not_checkable, std::move(reason));
    }
    found = judge_value(world_, claim, claim.high ? &*claim.high : nullptr, context);
    if (found && found->datum && is_no_count(claim, *found->datum, context)) found.reset();
    if (found && found->status == Status::supported) {
        if (!odd(index, *found->datum, context)) return *found;
        found.reset();
    }
    if (auto range = found_range(index, context)) return *range;
    const bool doubtful = found && found->expected;
    if (auto said = this->found(index, context, doubtful ? 1.5 : 0)) return *said;
    if (auto pooled = judge_pooled(world_, claim, context); pooled && !is_no_count(claim, *pooled->datum, context))
        return *pooled;
    if (doubtful && !bracketed_count(claim)) {
        if (found->status == Status::contradicted &&
            (is_change(claim) || is_spread(claim, *found->datum) || leaves_setting(claim, *found->datum) ||
             allowed(index, context))) {
            found->status = Status::unsupported;
            found->reason = "nothing in the data says so clearly; nearest, " + found->reason;
        }
        return *found;
    }
    if (auto reason = not_checkable(world_, document_, claim, context, false); !reason.empty())
        return because(Status::not_checkable, std::move(reason));
    if (found) return *found;
    return because(Status::unsupported, world_.whole() ? "nothing in the data says so"
                                                       : "nothing in what was looked at of the data says so");
}

bool Judging::allowed(std::size_t index, const Context& context) {
    constexpr double most_off = 1.0; // of what the names say for rows
    const Ranking ranking{world_, context};
    const auto& all = candidates(index, context);
    return std::any_of(all.begin(), all.end(), [&](const Ranked& r) {
        return ranking.kind_behind(*r.said) < most_off && ranking.statistic(*r.said) > 0;
    });
}

std::string Judging::elsewhere(const Claim& claim, const Context& context) const {
    Context free = context;
    free.scope = {};
    if (const auto v = judge_value(world_, claim, claim.high ? &*claim.high : nullptr, free);
        v && v->status == Status::supported)
        return v->reason;
    const auto all = Ranking{world_, free}.find(claim.quantity);
    return all.empty() || all[0].score < 2 ? std::string{} : said_by(all[0]).reason;
}

std::vector<Verdict> judge(const World& world, const Document& document, const std::string& path) {
    return Judging{world, document, path}.run();
}

} // namespace assay::claims
