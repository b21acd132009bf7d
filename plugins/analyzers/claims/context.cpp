#include "claims/context.hpp"
#include "claims/words.hpp"
#include <algorithm>
#include <array>
#include <assay/cell.hpp>
#include <assay/stats/display.hpp>
#include <cmath>
#include <set>
#include <utility>

namespace assay::claims {

namespace {

struct Range {
    std::size_t begin = 0, end = 0;
};

/// The clause of a sentence around a number.
Range clause(const std::string& text, const Quantity& q) {
    const auto ends = [&](std::size_t i) {
        const char c = text[i];
        if (c == ';' || c == '(' || c == ')' || c == '|') return true;
        if (c == ',') return i + 1 >= text.size() || !is_digit(text[i + 1]);
        const bool name_behind = i + 3 < text.size() && is_letter(text[i + 3]);
        if (c == ' ' && name_behind &&
            (text.compare(i, 3, " / ") == 0 || text.compare(i, 3, " < ") == 0 || text.compare(i, 3, " > ") == 0))
            return true; // "jit 0.35 < eager 0.80"
        return c == ' ' && (text.compare(i, 4, " vs ") == 0 || text.compare(i, 5, " vs. ") == 0 ||
                            text.compare(i, 5, " and ") == 0 || text.compare(i, 3, " @ ") == 0 ||
                            text.compare(i, 6, " with ") == 0 || text.compare(i, 7, " while ") == 0 ||
                            text.compare(i, 5, " but ") == 0);
    };
    std::size_t begin = q.begin, end = q.end;
    while (begin > 0 && !ends(begin - 1)) --begin;
    while (end < text.size() && !ends(end)) ++end;
    // "higher TTFT (0.344 s)": what stands before the bracket says what it is.
    const auto bare = [&](std::size_t from, std::size_t to) {
        return std::none_of(text.begin() + static_cast<std::ptrdiff_t>(from),
                            text.begin() + static_cast<std::ptrdiff_t>(to), is_letter);
    };
    if (begin > 1 && text[begin - 1] == '(' && bare(begin, q.begin) && bare(q.end, end))
        for (--begin; begin > 0 && !ends(begin - 1);) --begin;
    // "79.3 tok/s (beta)" names what it is of.
    if (end < text.size() && text[end] == '(')
        if (const auto close = text.find(')', end);
            close != text.npos && std::none_of(text.begin() + static_cast<std::ptrdiff_t>(end),
                                               text.begin() + static_cast<std::ptrdiff_t>(close),
                                               [](char c) { return c == ' ' || c == ';'; }))
            end = close;
    return {begin, end};
}

/// "Leaving the slow ones out", "without the first".
bool leaves_some_out(const std::string& text) {
    const auto leaving = text.find("leaving ");
    if (leaving != text.npos && text.substr(leaving, 40).find(" out") != std::string::npos) return true;
    return says(text, {"left out", "leave out", "omitting", "excluding", "ignoring", "except", "apart from", "all but",
                       "without the", "without its", "without those", "without failed", "without cold"});
}

/// The name in "tokens_per_s=78.1", which tells what is measured and in which unit.
std::string key_before(const std::string& text, std::size_t at) {
    if (at == 0 || text[at - 1] != '=') return {};
    std::size_t begin = at - 1;
    while (begin > 0 && is_word(text[begin - 1])) --begin;
    return text.substr(begin, at - 1 - begin);
}

/// It, its value, and the statistic that may stand in front: "max latency_s=7.9".
Range keyed(const std::string& text, const Quantity& q, std::size_t key) {
    const std::size_t end = q.begin - 1 - key;
    std::size_t begin = end;
    while (begin > 0 && text[begin - 1] == ' ') --begin;
    while (begin > 0 && is_letter(text[begin - 1])) --begin;
    const auto words = concepts(text.substr(begin, end - begin));
    const bool statistics = words.size() == 1 && !statistic(words[0]).empty();
    return {statistics ? begin : end, q.end};
}

void add(std::vector<std::string>& to, const std::vector<std::string>& words) {
    for (const auto& word : words)
        if (std::find(to.begin(), to.end(), word) == to.end()) to.push_back(word);
}

bool has_metric(const World& world, const std::vector<std::string>& words) {
    return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
        return statistic(word).empty() && word != "time" && word != "count" && holds(world.metric_words, word);
    });
}

/// Has a text a word of a metric, if only "time"?
bool measures(const World& world, const std::string& text) {
    const auto words = concepts(text);
    return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
        return statistic(word).empty() && holds(world.metric_words, word);
    });
}

std::string stat_in(const std::vector<std::string>& words) {
    for (const auto& word : words) {
        std::string stat = statistic(word);
        if (!stat.empty() && stat != "count" && stat != "range") return stat;
    }
    return {};
}

/// Of a text that names one and no other.
std::string only_stat_in(const std::vector<std::string>& words) {
    std::string only;
    for (const auto& word : words) {
        const std::string stat = statistic(word);
        if (stat.empty() || stat == "count" || stat == "range" || stat == only) continue;
        if (!only.empty()) return {};
        only = stat;
    }
    return only;
}

bool is_extreme(const std::string& stat) {
    return stat == "best" || stat == "worst" || stat == "max" || stat == "min" || stat == "total";
}

/// Does a paragraph end as what leads to a list does?
bool leads(std::string_view text) {
    text = cell::trim(text);
    return text.ends_with(':');
}

/// "1", "run 2", "trial #3": a column of single repetitions, of which no statistic is told.
bool counts_repetitions(const std::string& header) {
    std::string word;
    bool digits = false;
    for (const char c : lower(header)) {
        digits = digits || is_digit(c);
        if (is_letter(c)) word += c;
        if (!is_letter(c) && !is_digit(c) && c != ' ' && c != '#') return false;
    }
    const auto words = concepts(word);
    return digits && (word.empty() || (words.size() == 1 && (names_position(words[0]) || words[0] == "trial" ||
                                                             words[0] == "repetition" || words[0] == "rep")));
}

// Bounds for texts that are no reports: what is looked at around one number.
constexpr std::size_t most_cells = 64, most_statements = 40;

} // namespace

Contexts::Contexts(const World& world, const Document& document, const std::string& path)
    : world_{world}, document_{document}, scopes_{world, document} {
    for (std::size_t part = 0; part < world.parts.size(); ++part)
        if (world.parts[part].find('_') != std::string::npos)
            if (auto words = name_parts(world.parts[part], true); words.size() > 1 && words.size() < 6)
                compounds_.emplace_back(part, std::move(words));
    first_.assign(world.parts.size(), SIZE_MAX);
    for (std::size_t i = 0; i < document.statements.size(); ++i)
        for (const auto& [part, share] : names_in(document.statements[i].text))
            first_[part] = std::min(first_[part], i);
    find_parameters();
    Context place;
    place.weight.resize(world.parts.size());
    const auto slash = path.rfind('/');
    if (slash != path.npos) weigh(place, path.substr(0, slash), 0.15);
    stem_ = path.substr(slash == path.npos ? 0 : slash + 1);
    stem_.resize(std::min(stem_.rfind('.'), stem_.size()));
    weigh(place, stem_, 0.35);
    path_weight_ = place.weight;
    for (std::size_t i = 0; i < document.statements.size(); ++i) {
        const std::size_t block = document.statements[i].block;
        if (by_block_.size() <= block) by_block_.resize(block + 1);
        if (document.statements[i].form == Statement::Form::sentence) by_block_[block].push_back(i);
    }
}

std::string Contexts::corner_of(const Statement& s, std::size_t cell) const {
    if (cell == 0 || s.columns->empty()) return {};
    const std::string header = cell < s.columns->size() ? (*s.columns)[cell] : "";
    const bool said = measures(world_, without_names(header)) || measures(world_, without_names(s.first));
    return said || !measures(world_, s.columns->front()) ? std::string{} : s.columns->front();
}

bool Contexts::resolved(const std::string& header) const {
    std::set<std::string> known;
    for (const auto& [part, share] : names_in(header))
        if (share >= 0.9 && world_.entity[part]) known.merge(mentions(world_.parts[part]));
    std::set<double> values;
    for (const auto& [begin, setting] : settings_in(header))
        if (!setting.bare && names_parameter(setting)) {
            values.insert(setting.value);
            known.insert(setting.words.begin(), setting.words.end());
        }
    const auto is_known = [&](const std::string& word) {
        const auto own = concepts(word);
        const bool statistics = !own.empty() && std::all_of(own.begin(), own.end(), [](const std::string& one) {
            return !statistic(one).empty();
        });
        const bool named = std::any_of(own.begin(), own.end(), [&](const auto& one) { return known.count(one) > 0; });
        const auto number = cell::number(word);
        return statistics || named || known.count(word) > 0 || (number && values.count(*number) > 0);
    };
    bool any = false;
    std::string words = lower(header);
    std::replace_if(
        words.begin(), words.end(), [](char c) { return c == ',' || c == '=' || c == '|' || c == '/'; }, ' ');
    for (std::size_t begin = 0; begin < words.size();) {
        const std::size_t end = std::min(words.find(' ', begin), words.size());
        std::string word = words.substr(begin, end - begin);
        begin = end + 1;
        while (!word.empty() && !is_word(word.back())) word.pop_back();
        while (!word.empty() && !is_word(word.front())) word.erase(0, 1);
        if (word.empty() || word == "with" || word == "at" || word == "of" || word == "the") continue;
        any = true;
        if (!concepts(word).empty() && !is_known(word)) return false; // "Value" tells of nothing else
    }
    return any;
}

Context Contexts::of(const Claim& claim) const {
    const Statement& s = document_.statements[claim.statement];
    const Quantity& q = claim.quantity;
    Context c;
    c.weight = path_weight_;
    c.stem = stem_;
    for (const std::size_t first : first_) c.said.push_back(first == SIZE_MAX ? 0 : first > claim.statement ? 1 : 2);
    c.unit = q.unit;
    for (std::size_t depth = 0; depth < s.headings->size(); ++depth) {
        const bool nearest = depth + 1 == s.headings->size();
        weigh(c, (*s.headings)[depth], nearest ? 0.6 : 0.4);
    }
    weigh(c, lead_of(s, claim.cell), 0.65);
    std::string all = s.text;
    bool prose = false; // a sentence in a cell
    if (s.form == Statement::Form::row && claim.cell < s.cells.size()) {
        const std::string header = claim.cell < s.columns->size() ? (*s.columns)[claim.cell] : "";
        const std::string& first = s.first;
        const std::string& cell = s.cells[claim.cell];
        prose = std::count(cell.begin(), cell.end(), ' ') > 3;
        if (!c.unit.known() && !prose) c.unit = unit_in_heading(header);
        if (prose) {
            const Range range = clause(cell, q);
            c.near_text = cell.substr(range.begin, range.end - range.begin);
        } else {
            c.near_text = header + " | " + cell;
        }
        if (!prose && !has_metric(world_, concepts(header))) c.near_text += " | " + first;
        add(c.near, concepts(prose ? c.near_text : header));
        if (prose)
            add_settings(c, cell, q.begin, {}, Setting::Place::beside);
        else
            add_settings(c, header, 0, {}, Setting::Place::beside); // "40 layers"
        if (!has_metric(world_, c.near)) {
            add(c.near, concepts(first));
            if (!c.unit.known()) c.unit = unit_in_heading(first);
        }
        const std::string corner = prose ? std::string{} : corner_of(s, claim.cell);
        if (!corner.empty()) {
            add(c.near, concepts(corner));
            c.near_text += " | " + corner;
            if (!c.unit.known()) c.unit = unit_in_heading(corner);
            c.guessed = !resolved(header);
        }
        if (prose && !has_metric(world_, c.near)) add(c.near, concepts(cell));
        // "tokens_s by model", above a table of statistics.
        const auto named = concepts(header);
        const auto says_how = [](const auto& word) { return !statistic(word).empty() || word == "interval"; };
        const bool bare = !named.empty() && std::all_of(named.begin(), named.end(), says_how);
        if (bare && !has_metric(world_, concepts(first)) && s.lead->size() < 200) {
            add(c.near, concepts(*s.lead));
            if (!c.unit.known()) c.unit = unit_in_heading(*s.lead);
        }
        c.stat = stat_in(concepts(prose ? c.near_text : header));
        if (c.stat.empty()) c.stat = stat_in(concepts(first));
        if (c.stat.empty() && !counts_repetitions(header)) c.stat = stat_in(concepts(corner));
        c.row_words = concepts(first);
        weigh(c, header, 1.1);
        weigh(c, cell, 1);
        for (std::size_t i = 0; i < std::min(s.cells.size(), most_cells); ++i) {
            if (!s.cell_numbers[i].any || i == 0) weigh(c, s.cells[i], 1);
            const std::string word = lower(s.cells[i]);
            if (i != claim.cell &&
                (word == "no" || word == "false" || word.find("fail") != word.npos || word == "error"))
                c.failed = true;
            if (i == claim.cell || i >= s.columns->size()) continue;
            if (!q.unit.known() && lower((*s.columns)[i]).starts_with("unit"))
                c.unit = unit_in_heading(" " + s.cells[i]);
            if (const auto& value = s.cell_numbers[i].alone) {
                Setting& setting = c.settings.emplace_back(Setting{concepts((*s.columns)[i]), *value});
                setting.place = Setting::Place::beside;
                if (names_parameter(setting)) continue;
                add(setting.words, concepts(first)); // "GPU layers | 40 | ...", below "Factor | Level"
                setting.bare = i < claim.cell && !names_parameter(setting);
            }
        }
        const std::string lead = lead_of(s, claim.cell);
        add_settings(c, lead, lead.size(), {}, Setting::Place::around);
        if (!s.headings->empty()) add_settings(c, s.headings->back(), 0, {}, Setting::Place::around);
        weigh(c, first, 1);
        all = header + " " + first + " " + c.near_text;
        for (std::size_t i = 0; i < std::min(s.columns->size(), most_cells); ++i)
            add(c.wide, concepts((*s.columns)[i]));
    } else {
        const std::string key = key_before(s.text, q.begin);
        const Range beside = key.empty() ? clause(s.text, q) : keyed(s.text, q, key.size());
        if (!c.unit.known() && !key.empty()) c.unit = unit_in_heading(key);
        c.keyed = !key.empty();
        c.near_text = s.text.substr(beside.begin, beside.end - beside.begin);
        add(c.near, concepts(c.near_text));
        if (!has_metric(world_, c.near)) add(c.near, concepts(s.label));
        if (!has_metric(world_, c.near)) add(c.near, concepts(s.text));
        c.stat = stat_in(concepts(c.near_text));
        if (c.stat.empty()) {
            c.stat = stat_in(concepts(s.label));
            // "Best: 102.3 tokens/s, TTFT 0.12 s": the best one's TTFT, not the best TTFT.
            const bool first =
                claim.peers_begin < claim.peers_end && document_.claims[claim.peers_begin].quantity.begin == q.begin;
            if (!first && is_extreme(c.stat)) c.stat.clear();
        }
        if (c.stat.empty()) c.stat = stat_in(concepts(s.text));
        if (c.stat == "sd" || c.stat == "cv") {
            if (stat_in(concepts(c.near_text)) != c.stat && stat_in(concepts(s.label)) != c.stat) c.stat.clear();
        }
        if (is_extreme(c.stat) && stat_in(concepts(c.near_text)).empty() && stat_in(concepts(s.label)).empty())
            c.stat.clear();
        c.row_words = concepts(s.label);
        const auto& nearest = names_in(c.near_text);
        const bool named = std::any_of(nearest.begin(), nearest.end(), [&](const auto& name) {
            return name.second >= 0.7 && world_.entity[name.first];
        });
        weigh(c, s.text, named ? 0.7 : 0.9); // what other clauses name is less meant where this one names something
        weigh(c, s.label, 1);
        weigh(c, c.near_text, 1.1);
        const std::vector<std::string> heading =
            s.headings->empty() ? std::vector<std::string>{} : concepts(s.headings->back());
        add_settings(c, s.label, 0, heading, Setting::Place::around);
        if (!s.headings->empty()) add_settings(c, s.headings->back(), 0, {}, Setting::Place::around);
        for (const auto& [begin, known] : settings_in(s.text)) {
            if (begin + most_bytes < q.begin || begin > q.begin + most_bytes) continue;
            if (known.bare && (begin == q.begin || !known.alone)) continue;
            Setting& setting = c.settings.emplace_back(known);
            if (begin >= beside.begin && begin < beside.end) setting.place = Setting::Place::beside;
        }
        if (s.form == Statement::Form::sentence) {
            // What the block says before: "Config: num_gpu=40" and, in the list below it, its values.
            const auto& block = by_block_[s.block];
            auto before = std::lower_bound(block.begin(), block.end(), claim.statement);
            for (std::size_t back = 0; before != block.begin() && back < most_statements; ++back)
                weigh(c, document_.statements[*--before].text, 0.5);
            add_settings(c, *s.lead, s.lead->size(), {}, Setting::Place::around);
        }
    }
    c.unresolved = unresolved(s.form == Statement::Form::row ? s.first : s.label, c);
    c.stat_near = !c.stat.empty();
    c.of_row = s.form == Statement::Form::row;
    c.stat_beside = c.stat_near && (c.of_row || !stat_in(concepts(c.near_text)).empty());
    c.stat_labelled = c.stat_beside || (c.stat_near && stat_in(concepts(s.label)) == c.stat);
    c.edge = q.edge;
    if (c.stat.empty() && (c.of_row || leads(*s.lead))) c.stat = only_stat_in(concepts(*s.lead));
    if (c.stat.empty() && !s.headings->empty() && s.form == Statement::Form::row)
        if (concepts(s.headings->back()).size() < 8) c.stat = stat_in(concepts(s.headings->back()));
    if (c.stat == "best" && !c.stat_near) c.stat.clear();
    // "at most 11.5 GB of 15.6 GB": the whole is no maximum.
    if (is_extreme(c.stat) && is_whole(claim)) c.stat.clear(), c.stat_near = c.stat_beside = c.stat_labelled = false;
    if (c.unit.measure == Measure::rate) {
        add(c.near, {"rate"});
        if (!c.unit.noun.empty()) add(c.near, {c.unit.noun});
    }
    if (c.warm && c.cold) c.cold = false;
    add(c.wide, c.near);
    add(c.wide, concepts(s.text));
    add(c.wide, concepts(s.label));
    add(c.wide, concepts(*s.lead));
    for (const auto& heading : *s.headings) add(c.wide, concepts(heading));
    // "Model: conv" and the like, said before in the same section.
    for (std::size_t i = claim.statement, back = 0; i-- > 0 && back < 12; ++back) {
        const Statement& before = document_.statements[i];
        if (before.headings != s.headings) break;
        if (!before.label.empty() && before.text.size() < 60) weigh(c, before.text, 0.45);
    }
    // Where the first run and the others are both spoken of, the clause decides.
    const bool both = all.find("subsequent") != all.npos || all.find("warm") != all.npos;
    const std::string said = lower(both || prose ? c.near_text : all + " " + s.label);
    c.warm = has_any(said, {"warm",
                            "excluding",
                            "subsequent",
                            "after the first",
                            "without the first",
                            "steady",
                            "after initial",
                            "without cold",
                            "remaining",
                            "afterwards",
                            "thereafter",
                            "following ",
                            " later ",
                            "without it",
                            "the rest",
                            "the others",
                            "from the second prompt",
                            "from the second call",
                            "from the second request",
                            "from the second run"});
    for (const std::string_view left_out : {"without ", "excluding ", "excluding", "ignoring ", "omitting ",
                                            "leaving out ", "except", "apart from ", "all but ", "other than "})
        if (const auto at = said.find(left_out); at != said.npos) {
            const std::string behind = said.substr(at, 40);
            c.warm = c.warm || has_any(behind, {"first", "cold", "warmup", "warm-up"});
        }
    c.partly = leaves_some_out(lower(s.text));
    c.cold = !c.warm && has_any(said, {"cold", "first prompt", "first call", "first run"});
    hear_sides(c, claim);
    c.failure_told = c.failed || has_any(lower(s.text + " " + s.label),
                                         {"fail", "error", "crash", "timeout", "timed out", "abort", "unsuccessful"});
    hear_around(c, claim);
    // "Run | Mean latency": of one run that the data may hold as a single row.
    c.guessed = c.guessed || (c.of_row && !c.positions.empty());
    bind_list(c, claim);
    c.days = days_said(claim);
    c.scope = scopes_.of(claim);
    if (c.scope.other) c.days.clear();
    restrict_by_settings(c, q);
    c.in_near.resize(world_.vocabulary.size());
    c.in_wide.resize(world_.vocabulary.size());
    for (const auto& word : c.near)
        for (const std::size_t known : known_words(word)) c.in_near[known] = c.in_wide[known] = true;
    for (const auto& word : c.wide)
        for (const std::size_t known : known_words(word)) c.in_wide[known] = true;
    return c;
}

bool Contexts::is_whole(const Claim& claim) const {
    const Statement& s = document_.statements[claim.statement];
    const std::string& text = text_around(s, claim);
    for (std::size_t i = claim.peers_begin; i < claim.peers_end; ++i) {
        const Quantity& part = document_.claims[i].quantity;
        if (part.end >= claim.quantity.begin || part.kind != Kind::number) continue;
        const std::string joint = lower(text.substr(part.end, claim.quantity.begin - part.end));
        if (joint == " of " || joint == " of the " || joint == " out of " || joint == "/" || joint == " / ")
            return true;
    }
    return false;
}

Context Contexts::side(Context c, const std::string& own, const std::string& other, bool base) const {
    c.unit = {};
    c.scope = scopes_.of_text(own);
    Context theirs, ours;
    theirs.weight.resize(world_.parts.size());
    weigh(theirs, other, 1);
    ours.weight.resize(world_.parts.size());
    weigh(ours, own, 1.2);
    // Other values of a column that the own side names a value of.
    std::vector<bool> alternative(world_.parts.size(), !base);
    for (const auto& table : world_.tables)
        for (const auto& column : table.columns) {
            const auto named = [&](const auto& value) {
                return std::any_of(value.parts.begin(), value.parts.end(), [&](auto p) { return ours.weight[p] > 0; });
            };
            if (!base || column.values.size() < 2 || column.values.size() > 40 ||
                std::none_of(column.values.begin(), column.values.end(), named))
                continue;
            for (const auto& value : column.values)
                for (const std::size_t part : value.parts) alternative[part] = true;
        }
    for (std::size_t i = 0; i < c.weight.size(); ++i) {
        if (ours.weight[i] > 0)
            c.weight[i] = ours.weight[i];
        else if (theirs.weight[i] > 0 && alternative[i])
            c.weight[i] = 0;
    }
    return c;
}

} // namespace assay::claims
