#include "claims/direction.hpp"
#include "claims/judge.hpp"
#include "claims/words.hpp"
#include <algorithm>
#include <array>

namespace assay::claims {

namespace {

using Sense = Direction::Sense;
using Of = Direction::Of;

Sense sense_of(const std::string& text) {
    const bool faster = has_any(text, {"faster", "quicker", "sooner", "speedup", "speed-up", "as fast"}),
               slower = has_any(text, {"slower", "as slow"}),
               up = has_any(text, {"higher", "larger", "bigger", " more", "longer", "increase", "above", "grew", "grow",
                                   "rose "}),
               down = has_any(text, {"lower ", "smaller", "fewer", " less", "shorter", "reduc", "decrease", "below",
                                     "dropped", "fell", "shrank", "shrink"}) &&
                      !slower;
    if (faster + slower + up + down != 1) return Sense::unknown;
    return faster ? Sense::faster : slower ? Sense::slower : up ? Sense::up : Sense::down;
}

struct Marker {
    std::string_view words;
    Of of;
};
constexpr std::array<Marker, 11> markers{{{" than ", Of::either},
                                          {" versus ", Of::quotient},
                                          {" vs ", Of::quotient},
                                          {" vs. ", Of::quotient},
                                          {" compared to ", Of::change},
                                          {" compared with ", Of::change},
                                          {"compared to ", Of::change},
                                          {"compared with ", Of::change},
                                          {" relative to ", Of::quotient},
                                          {" against ", Of::quotient},
                                          {" over ", Of::quotient}}};

std::string until(const std::string& text, std::initializer_list<std::string_view> ends) {
    std::size_t end = text.size();
    for (const auto mark : ends) end = std::min(end, text.find(mark));
    return text.substr(0, end);
}

/// "... than alpha", "... the latency of alpha", "... as fast as alpha", behind the number.
void read_behind(const std::string& tail, bool ratio, Direction direction, std::vector<Direction>& out) {
    const auto add = [&](std::size_t at, Of of) {
        direction.base = tail.substr(at);
        direction.of = of;
        out.push_back(direction);
    };
    for (const auto& [words, of] : markers)
        if (const auto at = tail.find(words); at != tail.npos)
            return add(at + words.size(), words == " over " ? Of::change : of); // "an advantage over"
    const auto as = tail.rfind(" as ");
    if (as != tail.npos && as != tail.find(" as ")) return add(as + 4, Of::quotient);
    if (!ratio) return;
    const auto of = tail.find(" of ");
    // "8.7x eager" may say how fast it is.
    if (of == tail.npos) return add(0, Of::either);
    add(of + 4, direction.sense == Sense::unknown ? Of::quotient : Of::either);
}

/// "from alpha to beta", "alpha -> beta", "the ratio of beta to alpha", "compared with alpha, beta ...".
void read_before(const std::string& head, const std::string& clause, Direction direction, std::vector<Direction>& out) {
    const auto add = [&](std::string subject, std::string base, Of of) {
        direction.subject = std::move(subject), direction.base = std::move(base), direction.of = of;
        out.push_back(direction);
    };
    const auto from = clause.find("from "), to = clause.find(" to ", from == clause.npos ? 0 : from);
    if (from != clause.npos && to != clause.npos)
        add(clause.substr(to + 4), clause.substr(from + 5, to - from - 5), Of::change);
    if (const auto arrow = clause.find(" -> "); arrow != clause.npos)
        add(clause.substr(arrow + 4), clause.substr(0, arrow), Of::change);
    if (const auto of = head.find(" of "); of != head.npos && has_any(head, {"ratio", "factor"}))
        for (const std::string_view joint : {" to ", " over ", " and "})
            if (const auto at = head.find(joint, of); at != head.npos)
                add(head.substr(of + 4, at - of - 4), head.substr(at + joint.size()), Of::quotient);
    for (const auto& [words, of] : markers)
        if (const auto at = head.find(words); at != head.npos) {
            const std::string base = until(head.substr(at + words.size()), {",", ":", " is ", " by "});
            add(head.substr(0, at) + " " + head.substr(at + words.size() + base.size()), base, of);
        }
}

} // namespace

std::vector<Direction> directions_in(const Statement& s, const Claim& claim) {
    const Quantity& q = claim.quantity;
    const bool row = s.form == Statement::Form::row && claim.cell < s.columns->size();
    const std::string text = lower(text_around(s, claim));
    const std::string before = text.substr(0, q.begin);
    const auto stop = std::max(before.rfind(". ") + 1, before.rfind(';') + 1); // npos is one less than none
    const std::string head = before.substr(std::min(stop, before.size()));
    const std::string tail = until(text.substr(q.end), {",", ";", "(", ")", ". ", " and ", " but ", " while "}) + " ";
    const auto comma = head.rfind(',');
    Direction direction;
    direction.subject = head + (row ? " " + s.first : " " + s.label);
    direction.sense = sense_of(tail);
    if (direction.sense == Sense::unknown) direction.sense = sense_of(head.substr(comma == head.npos ? 0 : comma));
    const std::string header = row ? " " + lower((*s.columns)[claim.cell]) + " " : "";
    if (row && direction.sense == Sense::unknown) direction.sense = sense_of(header);
    std::vector<Direction> out;
    read_behind(tail, q.unit.measure == Measure::ratio, direction, out);
    read_before(head, head + " " + tail, direction, out);
    for (const auto& [words, of] : markers)
        if (const auto at = header.find(words); at != header.npos) {
            direction.base = header.substr(at + words.size());
            direction.of = Of::quotient;
            out.push_back(direction);
        }
    if (const auto at = header.find(" to "); at != header.npos) {
        direction.base = header.substr(at + 4);
        direction.of = Of::quotient;
        out.push_back(direction);
    }
    return out;
}

bool is_time(const Datum& datum) {
    return datum.unit == "s" || datum.unit == "ms" || datum.unit == "us" || datum.unit == "ns" || datum.unit == "min";
}
bool is_rate(const Datum& datum) { return datum.unit.ends_with("/s"); }

bool relates(const Quantity& q, Relation relation, const Direction& direction, const Datum& x, const Datum& y) {
    if (x.value == 0 || y.value == 0) return false;
    Sense sense = direction.sense;
    if (sense == Sense::faster || sense == Sense::slower) {
        const bool faster = sense == Sense::faster;
        sense = is_rate(x)   ? (faster ? Sense::up : Sense::down)
                : is_time(x) ? (faster ? Sense::down : Sense::up)
                             : Sense::unknown;
    } else if (sense == Sense::unknown && q.signed_ && relation != Relation::ratio) {
        sense = q.value > 0 ? Sense::up : Sense::down;
    }
    const auto gives = [&](double first, double second) { return rounds_to(result_of(relation, first, second), q); };
    if (relation == Relation::ratio) {
        if (sense == Sense::up) return gives(x.value, y.value);
        if (sense == Sense::down) return gives(y.value, x.value) || (q.value < 1 && gives(x.value, y.value));
        return gives(x.value, y.value) || (direction.of != Of::quotient && gives(y.value, x.value));
    }
    if (sense == Sense::up && x.value < y.value) return false;
    if (sense == Sense::down && x.value > y.value) return false;
    const bool change = relation == Relation::percent && sense == Sense::unknown && direction.of != Of::either;
    return gives(x.value, y.value) || (!change && gives(y.value, x.value));
}

bool speaks_of_speed(const std::string& text) {
    return has_any(text, {"faster", "slower", "quicker", "sooner", "speedup", "speed-up", "as fast", "as slow"});
}

std::string clause_around(const std::string& text, const Quantity& q) {
    const std::string before = lower(text.substr(0, q.begin));
    const auto begin = before.find_last_of(",;:()") + 1; // npos is one less than none
    const auto sentence = before.rfind(". ") + 1;
    return " " + before.substr(std::max(begin, sentence)) + " " +
           until(lower(text.substr(q.end)), {",", ";", "(", ")", ". "}) + " ";
}

bool has_property(const std::string& clause) {
    const auto one_of = [](std::string_view word, std::initializer_list<std::string_view> known) {
        return std::find(known.begin(), known.end(), word) != known.end();
    };
    const auto word_before = [&](std::size_t at) {
        std::size_t begin = at;
        while (begin > 0 && (is_word(clause[begin - 1]) || clause[begin - 1] == '-')) --begin;
        return std::string_view{clause}.substr(begin, at - begin);
    };
    const auto word_behind = [&](std::size_t at) {
        std::size_t end = at;
        while (end < clause.size() && is_word(clause[end])) ++end;
        return std::string_view{clause}.substr(at, end - at);
    };
    const auto any = [&](std::string_view mark, const auto& test) {
        for (auto at = clause.find(mark); at != clause.npos; at = clause.find(mark, at + 1))
            if (test(at, at + mark.size())) return true;
        return false;
    };
    if (any(" of ", [&](auto at, auto) {
            return !one_of(word_before(at), {"", "that", "those", "one", "ratio", "factor", "speedup", "gain", "lead",
                                             "advantage", "mean", "median", "average", "instead"});
        }))
        return true;
    if (any("'s ", [&](auto, auto behind) { return !one_of(word_behind(behind), {"", "is", "by", "and", "at"}); }))
        return true;
    if (any(" as ", [&](auto, auto behind) {
            const auto word = word_behind(behind);
            return clause.compare(behind + word.size(), 4, " as ") == 0 &&
                   !one_of(word, {"fast", "slow", "quick", "good", "quickly", "slowly"});
        }))
        return true;
    for (const std::string_view mark : {" more ", " less ", " fewer "})
        if (any(mark, [&](auto, auto behind) { return !one_of(word_behind(behind), {"", "than", "for", "in", "at"}); }))
            return true;
    return has_any(clause, {"larger", "smaller", "bigger"});
}

} // namespace assay::claims
