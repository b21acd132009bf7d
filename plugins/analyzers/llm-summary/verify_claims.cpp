// V5: words that compare, rank, count or explain need a claim, and the claim must follow from the facts.
#include "llm-summary/verify_reply.hpp"
#include "llm-summary/vocabulary.hpp"
#include <algorithm>
#include <set>

namespace assay::narrative {

namespace {

bool is_figure(const TableFact& fact) { return fact.kind == Kind::statistic && fact.value; }

bool are_apart(const TableFact& a, const TableFact& b) {
    return a.low && a.high && b.low && b.high && (*a.low > *b.high || *b.low > *a.high);
}

const TableFact* ranking_of(const FactTable& table, const TableFact& figure) {
    for (const TableFact& fact : table.facts)
        if (fact.kind == Kind::ranking && fact.family == figure.family &&
            std::find(fact.members.begin(), fact.members.end(), figure.id) != fact.members.end())
            return &fact;
    return nullptr;
}

bool can_be_absent(const TableFact& fact) {
    return fact.kind == Kind::absence || fact.kind == Kind::environment || (is_gap(fact.kind) && denies(fact));
}

bool is_majority(const TableFact& fact) { return fact.k && fact.of && 2 * *fact.k > *fact.of; }

bool part_of(const TableFact& part, const TableFact& whole) {
    return part.kind == Kind::inventory && whole.kind == Kind::inventory && !part.family.empty() &&
           part.family == whole.family && part.value && whole.value && *part.value <= *whole.value;
}

bool compares(const std::string& type, const std::vector<const TableFact*>& args, std::string& problem) {
    if (args.size() != 2 || !is_figure(*args[0]) || !is_figure(*args[1]) || args[0]->family != args[1]->family) {
        problem = "only figures of one family can be compared";
        return false;
    }
    const TableFact &a = *args[0], &b = *args[1];
    if (type == "equal") {
        problem = a.display == b.display ? "" : "the values differ";
        return a.display == b.display;
    }
    if (!are_apart(a, b)) {
        problem = "the intervals of " + a.id + " and " + b.id + " overlap or are unknown: no order is shown";
        return false;
    }
    const bool right = type == "greater" ? *a.value > *b.value : *a.value < *b.value;
    problem = right ? "" : a.id + " is not " + type + " than " + b.id;
    return right;
}

/// First or last of its ranking, and apart from all others.
bool stands_out(const std::string& type, const std::vector<const TableFact*>& args, const FactTable& table,
                std::string& problem) {
    problem = "best and worst are said of one figure of a ranking";
    if (args.size() != 1 || !is_figure(*args[0])) return false;
    const TableFact* ranking = ranking_of(table, *args[0]);
    if (!ranking || ranking->members.size() < 2) return false;
    const std::string& end = type == "best" ? ranking->members.front() : ranking->members.back();
    if (end != args[0]->id) {
        problem = args[0]->id + " is not the " + type + " of its ranking";
        return false;
    }
    for (const auto& other : ranking->members) {
        const TableFact* fact = table.find(other);
        if (other == end || (fact && are_apart(*fact, *args[0]))) continue;
        problem = "the interval of " + args[0]->id + " overlaps with that of " + other + ", or one is unknown";
        return false;
    }
    problem.clear();
    return true;
}

bool has_share(const std::vector<const TableFact*>& args, bool more_than_half, std::string& problem) {
    problem = "a share needs a fact that counts so many of so many";
    if (args.size() == 2 && part_of(*args[0], *args[1])) {
        problem = more_than_half ? "it is no majority" : "";
        return !more_than_half || 2 * *args[0]->value > *args[1]->value;
    }
    if (args.size() != 1 || !args[0]->k || !args[0]->of) return false;
    problem = more_than_half ? "it is no majority" : "";
    return !more_than_half || is_majority(*args[0]);
}

// ---- words

struct Words {
    const Checked& item;

    bool has_claim(std::initializer_list<std::string_view> types, auto&& fits) const {
        return std::any_of(item.item.claims.begin(), item.item.claims.end(), [&](const Claim& claim) {
            return std::find(types.begin(), types.end(), claim.type) != types.end() && fits(claim);
        });
    }

    const TableFact* arg(const Claim& claim, std::size_t i) const {
        return i < claim.args.size() ? item.table.find(claim.args[i]) : nullptr;
    }

    /// A name that the fact's family bears, or a word that names nothing that is measured.
    bool fits_family(const Token& token, const TableFact& fact) const {
        const bool word = token.kind == Token::Kind::word;
        const std::string_view name =
            token.kind == Token::Kind::placeholder ? std::string_view{token.fact->subject}
            : word ? std::string_view{item.item.text}.substr(token.begin, token.end - token.begin)
                   : std::string_view{token.text};
        bool elsewhere = false;
        for (const TableFact& other : item.table.facts) {
            if (std::find(other.names.begin(), other.names.end(), name) == other.names.end()) continue;
            if (other.family == fact.family) return true;
            elsewhere = elsewhere || other.kind == Kind::statistic;
        }
        return word && !elsewhere && !is_quantity(token.text);
    }

    /// The sentence is about the fact's metric and dataset: it names that metric, and neither another one nor anything
    /// of another family.
    bool is_about(const TableFact& fact) const {
        bool named = false;
        for (const Token& token : item.tokens) {
            if (mentions_metric(token, fact)) {
                named = true;
            } else if (token.kind == Token::Kind::label) {
                return false;
            } else if (token.kind == Token::Kind::placeholder) {
                if (!token.fact || token.fact->family != fact.family) return false;
            } else if (token.kind == Token::Kind::name || token.kind == Token::Kind::word) {
                if (!fits_family(token, fact)) return false;
            }
        }
        return named;
    }

    /// "a is higher than b": a is named before the word, b behind it.
    bool compared(std::size_t at, Claiming word) const {
        return has_claim({"greater", "less"}, [&](const Claim& claim) {
            const TableFact *a = arg(claim, 0), *b = arg(claim, 1);
            if (!a || !b || a->direction.empty() || !is_about(*a)) return false;
            const bool up = a->direction == "higher";
            const bool greater =
                word == Claiming::greater || (word == Claiming::better && up) || (word == Claiming::worse && !up);
            const std::size_t first = mention_of(*a, item.tokens), second = mention_of(*b, item.tokens);
            return greater == (claim.type == "greater") && first < at && at < second && second != SIZE_MAX &&
                   a->subject != b->subject;
        });
    }

    /// Names of figures that the sentence mentions.
    std::set<std::string> subjects() const {
        std::set<std::string> out;
        for (const TableFact& fact : item.table.facts)
            if (fact.kind == Kind::statistic && mention_of(fact, item.tokens) != SIZE_MAX) out.insert(fact.subject);
        return out;
    }

    /// "the fastest is a": the sentence is about one figure only, so that nothing else can be meant.
    bool ranked(Claiming word) const {
        const auto mentioned = subjects();
        if (mentioned.size() != 1) return false;
        return has_claim({"best", "worst"}, [&](const Claim& claim) {
            const TableFact* fact = arg(claim, 0);
            if (!fact || !mentioned.contains(fact->subject) || fact->direction.empty() || !is_about(*fact))
                return false;
            const bool up = fact->direction == "higher", best = claim.type == "best";
            if (word == Claiming::highest) return up == best;
            if (word == Claiming::lowest) return up != best;
            return (word == Claiming::best) == best;
        });
    }

    /// Facts whose counts stand in the sentence.
    std::size_t counts_shown() const {
        std::set<const TableFact*> out;
        for (const Token& token : item.tokens)
            if (token.kind == Token::Kind::placeholder && token.fact && token.field.empty()) out.insert(token.fact);
        return out.size();
    }

    bool counted(bool whole) const {
        if (counts_shown() != 1) return false;
        return has_claim({"majority", "most", "share"}, [&](const Claim& claim) {
            const TableFact* fact = arg(claim, 0);
            if (!fact || claim.args.size() != 1 || !fact->k || !fact->of) return false;
            const bool shown = std::any_of(item.tokens.begin(), item.tokens.end(),
                                           [&](const Token& token) { return token.fact == fact; });
            return shown &&
                   (whole ? *fact->k == *fact->of && *fact->of > 0 : claim.type != "share" && is_majority(*fact));
        });
    }

    bool is_absent() const {
        return has_claim({"absent", "gap"}, [&](const Claim& claim) {
            const TableFact* fact = arg(claim, 0);
            return fact && can_be_absent(*fact);
        });
    }

    bool is_true(std::size_t at, Claiming word) const {
        switch (word) {
        case Claiming::none: return true;
        case Claiming::greater:
        case Claiming::less:
        case Claiming::better:
        case Claiming::worse: return compared(at, word);
        case Claiming::highest:
        case Claiming::lowest:
        case Claiming::best:
        case Claiming::worst: return ranked(word);
        case Claiming::majority: return counted(false);
        case Claiming::all: return counted(true);
        case Claiming::absent: return is_absent();
        // The facts hold no test of equality, trend, significance or association.
        case Claiming::equal:
        case Claiming::trend:
        case Claiming::significant:
        case Claiming::associated: return false;
        }
        return false;
    }
};

} // namespace

bool holds(const Claim& claim, const FactTable& table, std::string& problem) {
    std::vector<const TableFact*> args;
    for (const auto& id : claim.args) args.push_back(table.find(id));
    problem = "a claim names a fact that does not exist";
    if (args.empty() || std::find(args.begin(), args.end(), nullptr) != args.end()) return false;
    problem.clear();
    if (claim.type == "value") return true;
    if (claim.type == "greater" || claim.type == "less" || claim.type == "equal")
        return compares(claim.type, args, problem);
    if (claim.type == "best" || claim.type == "worst") return stands_out(claim.type, args, table, problem);
    if (claim.type == "majority" || claim.type == "most") return has_share(args, true, problem);
    if (claim.type == "share") return has_share(args, false, problem);
    if (claim.type == "gap" || claim.type == "absent") {
        problem = "only a finding is a gap";
        const auto fits = [&](const TableFact* fact) {
            return claim.type == "gap" ? is_gap(fact->kind) : can_be_absent(*fact);
        };
        return std::all_of(args.begin(), args.end(), fits);
    }
    problem = "no test of this kind is among the facts: \"" + claim.type + "\" cannot be claimed";
    return false;
}

void check_claims(const Checked& item) {
    std::string problem;
    for (const Claim& claim : item.item.claims)
        if (!holds(claim, item.table, problem)) item.wrong("V5", problem);
    const Words words{item};
    for (std::size_t i = 0; i < item.tokens.size(); ++i) {
        const Token& token = item.tokens[i];
        if (token.kind != Token::Kind::word) continue;
        // A negation may turn any claim around; which one, nobody parses here.
        if (is_negation(token.text)) item.wrong("V5", "\"" + token.text + "\": say what was found");
        if (const Claiming word = claim_of_word(token.text); !words.is_true(i, word))
            item.wrong("V5", "\"" + token.text + "\" needs a claim that is true of what is named");
    }
}

} // namespace assay::narrative
