#include "claims/judge.hpp"
#include "claims/judging.hpp"
#include "claims/words.hpp"

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

} // namespace

std::vector<Verdict> Judging::run() {
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
    if (claim.quantity.day_span == 0) return because(Status::not_checkable, "a date without its year");
    const auto day = world_.days.lower_bound(claim.quantity.day);
    if (day != world_.days.end() && day->first < claim.quantity.day + claim.quantity.day_span) {
        Verdict v = because(Status::supported, "data of that date are in " + day->second);
        v.datum.emplace();
        v.datum->stat = "date";
        v.datum->column = "date";
        v.datum->selector = "data of that date are in " + day->second;
        v.datum->value = static_cast<double>(day->first);
        return v;
    }
    if (has_any(said, {"date", "generated", "prepared", "created", "updated", "version", "author", "as of"}) ||
        s.form == Statement::Form::heading || claim.quantity.day_span > 1)
        return because(Status::not_checkable, "a date of the document itself");
    return because(Status::unsupported, "no data of that date");
}

Verdict Judging::judged(std::size_t index) {
    const Claim& claim = document_.claims[index];
    if (index >= most_claims)
        return because(Status::not_checkable, "the document has more than " + std::to_string(most_claims) + " numbers");
    if (claim.quantity.kind == Kind::date) return date(claim);
    const Context context = contexts_.of(claim);
    if (auto reason = not_checkable(world_, document_, claim, context, true); !reason.empty())
        return because(Status::not_checkable, std::move(reason));
    if (auto found = comparison(index)) return *found;
    std::optional<Verdict> found = judge_count(world_, document_, claim, context);
    if (found) return *found;
    if (auto reason = not_checkable(world_, document_, claim, context, false); reason.starts_with("a setting"))
        return because(Status::not_checkable, std::move(reason));
    found = judge_value(world_, claim, claim.high ? &*claim.high : nullptr, context);
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
