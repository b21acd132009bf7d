#include "claims/scope.hpp"
#include "claims/words.hpp"
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <set>

namespace assay::claims {

namespace {

struct PlacedWord {
    std::string text;
    std::size_t begin, end;
};

std::vector<PlacedWord> placed_words(const std::string& text) {
    std::vector<PlacedWord> out;
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t begin = i;
        while (i < text.size() && (is_letter(text[i]) || is_digit(text[i]))) ++i;
        if (i > begin) out.push_back({lower(text.substr(begin, i - begin)), begin, i});
        if (i == begin) ++i;
    }
    return out;
}

bool is_number(const std::string& word) { return std::all_of(word.begin(), word.end(), is_digit); }

bool holds_word(const std::vector<std::string>& words, const std::string& word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool dated(const std::string& component) {
    const auto all = quantities(component);
    return std::any_of(all.begin(), all.end(), [](const Quantity& q) { return q.kind == Kind::date; });
}

/// Folders of a path, and its stem.
std::vector<std::string> components_of(const std::string& path) {
    std::vector<std::string> out;
    std::size_t from = 0;
    for (auto slash = path.find('/'); slash != path.npos; from = slash + 1, slash = path.find('/', from))
        out.push_back(path.substr(from, slash - from));
    const std::string name = path.substr(from);
    out.push_back(name.substr(0, name.find('.', 1)));
    return out;
}

/// Words that a text may say without meaning a file.
bool says_anything(const World& world, const std::vector<std::string>& words) {
    static constexpr std::array<std::string_view, 20> common{
        "report", "benchmark", "bench", "result", "results",     "summary",  "data",  "test", "tests", "output",
        "metric", "metrics",   "log",   "logs",   "performance", "document", "final", "main", "raw",   "info"};
    if (words.size() != 1) return words.empty();
    const std::string& word = words[0];
    const bool digits = std::any_of(word.begin(), word.end(), is_digit);
    if (word.size() < (digits ? 2U : 4U) || is_number(word)) return true;
    return std::find(common.begin(), common.end(), word) != common.end() || !statistic(word).empty() ||
           holds(world.vocabulary, word);
}

/// A date that the document has for itself.
bool of_document(const std::string& text) {
    const std::string said = lower(text);
    static constexpr std::array<std::string_view, 16> words{
        "date:",   "generated", "prepared", "created", "updated", "version", "author", "as of",
        "release", "published", "written",  "due",     "planned", "will ",   "until",  "by "};
    return said == "date" || std::any_of(words.begin(), words.end(), [&](auto word) {
               return said.starts_with(word) || (word != "by " && word != "until" && said.find(word) != said.npos);
           });
}

bool ends_with_any(const std::string& text, std::initializer_list<std::string_view> ends) {
    return std::any_of(ends.begin(), ends.end(), [&](auto end) { return text.ends_with(end); });
}

/// "61.3 ms" in "76.1 ms instead of 61.3 ms on the 18th": of another night than the one named.
bool is_reference(const std::string& text, std::size_t begin) {
    const std::string before = " " + lower(text.substr(0, begin));
    return ends_with_any(before, {" from ", "instead of ", " than ", " vs ", " vs. ", "against ", "compared to ",
                                  "compared with ", "previously ", " before ", "after "});
}

/// What is compared with: "than on the 17th", "over the baseline".
bool is_base(const std::string& text, std::size_t begin) {
    std::string before = " " + lower(text.substr(0, begin));
    for (bool cut = true; cut;) {
        cut = false;
        for (const std::string_view word : {" the ", " on ", " in ", " that of ", " of ", " for ", " at "})
            if (before.ends_with(word)) before.resize(before.size() - word.size() + 1), cut = true;
    }
    return ends_with_any(before, {" than ", " vs ", " vs. ", " over ", "against ", "compared to ", "compared with ",
                                  "relative to ", "instead of ", "versus "});
}

bool measured_alike(const Claim& a, const Claim& b) {
    const Quantity &x = a.quantity, &y = b.quantity;
    if (y.kind != Kind::number || y.spelled) return false;
    if (x.unit.known() && y.unit.known()) return x.unit.measure == y.unit.measure;
    return (x.unit.known() || x.step < 1) == (y.unit.known() || y.step < 1);
}

/// Where the numbers of its sentence that may be of the same column stand, its own among them.
std::vector<std::size_t> numbers_beside(const Document& document, const Claim& claim) {
    std::set<std::size_t> out{claim.quantity.begin};
    for (std::size_t i = claim.peers_begin; i < claim.peers_end; ++i)
        if (measured_alike(claim, document.claims[i])) out.insert(document.claims[i].quantity.begin);
    return {out.begin(), out.end()};
}

/// Of the day.
std::int64_t minute_of(const std::string& text, const Quantity& clock) {
    const auto colon = text.find(':', clock.begin);
    return std::atoi(text.c_str() + clock.begin) * 60 + std::atoi(text.c_str() + colon + 1);
}

bool same_name(const Mark& a, const Mark& b) {
    return a.slot == b.slot && (a.slot == 0 ? a.day.day == b.day.day && a.day.value == b.day.value : a.name == b.name);
}

} // namespace

bool is_day(const Quantity& q, std::int64_t day) {
    if (q.day_span == 1) return q.day == day;
    const auto civil = std::chrono::year_month_day{std::chrono::sys_days{std::chrono::days{day}}};
    return q.value == unsigned{civil.month()} * 100.0 + unsigned{civil.day()}; // without a year
}

Scopes::Scopes(const World& world, const Document& document) : world_{world}, document_{document}, slots_(2) {
    std::map<std::size_t, std::vector<std::size_t>> kinds;
    for (std::size_t t = 0; t < world.tables.size(); ++t) kinds[world.kinds[t]].push_back(t);
    for (const auto& [kind, tables] : kinds) {
        std::vector<std::vector<std::string>> paths;
        std::size_t depth = 0;
        for (const std::size_t table : tables) {
            paths.push_back(components_of(world.tables[table].path));
            depth = std::max(depth, paths.back().size());
        }
        // Folders from the root, and the stem.
        for (std::size_t d = 0; tables.size() > 1 && d < depth; ++d) {
            std::vector<std::size_t> bearers;
            std::vector<std::string> components;
            for (std::size_t i = 0; i < tables.size(); ++i) {
                const bool stem = d + 1 == depth;
                if (!stem && d + 1 >= paths[i].size()) continue;
                bearers.push_back(tables[i]);
                components.push_back(stem ? paths[i].back() : paths[i][d]);
            }
            add_slot(bearers, components);
        }
    }
    find_nightly();
    find_minutes();
    find_columns();
}

/// At 19:12 one run of several was made.
void Scopes::find_minutes() {
    std::map<std::size_t, std::vector<std::size_t>> kinds;
    for (std::size_t t = 0; t < world_.tables.size(); ++t)
        if (!world_.tables[t].minutes.empty()) kinds[world_.kinds[t]].push_back(t);
    for (const auto& [kind, tables] : kinds) {
        if (tables.size() < 2) continue;
        for (const std::size_t t : tables) {
            slots_[1].tables.push_back(t);
            for (const std::int64_t minute : world_.tables[t].minutes) {
                auto& at = minutes_[minute];
                at.resize(world_.tables.size());
                at[t] = true;
            }
        }
    }
    std::sort(slots_[1].tables.begin(), slots_[1].tables.end());
}

void Scopes::find_nightly() {
    std::map<std::string, std::set<std::set<std::int64_t>>> days; // by path without its digits, and table
    const auto place = [&](const DataTable& table) {
        std::string text = table.path + '\n' + table.name;
        std::erase_if(text, is_digit);
        return text;
    };
    for (const DataTable& table : world_.tables)
        if (!table.days.empty()) days[place(table)].insert(table.days);
    for (const DataTable& table : world_.tables)
        nightly_.push_back(!table.days.empty() && days[place(table)].size() > 1);
}

bool Scopes::says(const DataTable& table, const std::vector<std::size_t>& parts) const {
    if (parts.empty()) return false;
    const auto has = [&](const std::vector<std::size_t>& own) {
        return std::all_of(parts.begin(), parts.end(),
                           [&](auto part) { return std::find(own.begin(), own.end(), part) != own.end(); });
    };
    if (has(table.parts)) return true;
    return std::any_of(table.columns.begin(), table.columns.end(), [&](const DataColumn& column) {
        return std::any_of(column.values.begin(), column.values.end(),
                           [&](const auto& value) { return has(value.parts); });
    });
}

void Scopes::add_slot(const std::vector<std::size_t>& tables, const std::vector<std::string>& components) {
    constexpr std::size_t most_names = 5000; ///< bounds the time for large trees
    const std::set<std::string> different{components.begin(), components.end()};
    if (different.size() < 2 || different.size() + names_.size() > most_names) return;
    std::map<std::string, std::size_t> holders;
    for (const auto& component : different) {
        std::set<std::string> words;
        for (auto& word : placed_words(component)) words.insert(std::move(word.text));
        for (const auto& word : words) ++holders[word];
    }
    std::vector<std::pair<std::string, std::vector<std::string>>> own;
    for (const auto& component : different) {
        auto& words = own.emplace_back(component, std::vector<std::string>{}).second;
        std::string before;
        for (const auto& word : placed_words(component)) {
            if (holders[word.text] < different.size()) {
                if (words.empty() && is_number(word.text) && !before.empty()) words.push_back(before);
                words.push_back(word.text);
            }
            before = word.text;
        }
        if (words.empty()) return; // one that has no name may always be meant
    }
    const std::size_t slot = slots_.size();
    bool any = false;
    for (const auto& [component, words] : own) {
        if (dated(component) && std::all_of(words.begin(), words.end(), is_number)) continue;
        // A name that is a part of another's does not tell them apart.
        const bool part = std::any_of(own.begin(), own.end(), [&, &words = words](const auto& other) {
            return &other.second != &words && std::all_of(words.begin(), words.end(), [&](const auto& word) {
                return holds_word(other.second, word);
            });
        });
        if (part || says_anything(world_, words)) continue;
        Name name{words, slot, {}, std::vector<bool>(world_.tables.size())};
        for (const auto& word : words)
            for (const auto& id : name_parts(word, true))
                if (const auto known = world_.part_ids.find(id); known != world_.part_ids.end())
                    name.parts.push_back(known->second);
        for (std::size_t i = 0; i < tables.size(); ++i)
            name.bearers[tables[i]] = components[i] == component || says(world_.tables[tables[i]], name.parts);
        by_word_[words[0]].push_back(names_.size());
        names_.push_back(std::move(name));
        any = true;
    }
    if (any) slots_.push_back({tables});
}

/// Columns of the document whose cells name such files: a cell there that names none is of none.
void Scopes::find_columns() {
    for (const Statement& s : document_.statements) {
        if (s.form != Statement::Form::row) continue;
        for (std::size_t c = 0; c < s.cells.size() && c < 64; ++c)
            for (const Mark& mark : marks_in(s.cells[c])) {
                auto& slots = columns_[{s.table, c}];
                const bool whole = mark.begin == 0 && mark.end == s.cells[c].size();
                if (mark.slot > 0 && whole && std::find(slots.begin(), slots.end(), mark.slot) == slots.end())
                    slots.push_back(mark.slot);
            }
    }
}

const std::vector<Mark>& Scopes::marks_in(const std::string& text) const {
    const auto [at, fresh] = marks_.emplace(text, std::vector<Mark>{});
    if (!fresh) return at->second;
    std::vector<Mark>& out = at->second;
    const auto words = placed_words(text);
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto names = by_word_.find(words[i].text);
        if (names == by_word_.end()) continue;
        for (const std::size_t n : names->second) {
            const Name& name = names_[n];
            bool same = i + name.words.size() <= words.size();
            for (std::size_t k = 1; same && k < name.words.size(); ++k) same = words[i + k].text == name.words[k];
            if (!same) continue;
            Mark mark{name.slot, n, {}, words[i].begin, words[i + name.words.size() - 1].end};
            // The longest name is meant.
            const auto inside = [](const Mark& a, const Mark& b) {
                return a.slot == b.slot && a.begin >= b.begin && a.end <= b.end && a.end - a.begin < b.end - b.begin;
            };
            if (std::any_of(out.begin(), out.end(), [&](const Mark& other) { return inside(mark, other); })) continue;
            std::erase_if(out, [&](const Mark& other) { return inside(other, mark); });
            out.push_back(std::move(mark));
        }
    }
    const bool own_date = of_document(text);
    for (const Quantity& q : quantities(text)) {
        if (q.kind == Kind::clock)
            if (const auto minute = minutes_.find(minute_of(text, q)); minute != minutes_.end())
                out.push_back({1, static_cast<std::size_t>(minute->first), {}, q.begin, q.end});
        if (q.kind != Kind::date || q.day_span > 1) continue;
        const bool known =
            std::any_of(world_.days.begin(), world_.days.end(), [&](const auto& day) { return is_day(q, day.first); });
        if (own_date && !known) continue;
        out.push_back({0, 0, q, q.begin, q.end, known});
    }
    std::stable_sort(out.begin(), out.end(), [](const Mark& a, const Mark& b) { return a.begin < b.begin; });
    return out;
}

/// Which of the marks of one slot in its sentence a number belongs to: those before it where the sentence begins with
/// a mark, else those behind it; of two marks and two numbers each to its own.
std::vector<Mark> Scopes::chosen(const std::vector<Mark>& marks, const std::string& text, const Claim& claim) const {
    const auto numbers = numbers_beside(document_, claim);
    const std::size_t own = claim.quantity.begin;
    const bool one = std::all_of(marks.begin(), marks.end(), [&](const Mark& m) { return same_name(m, marks[0]); });
    if (one) {
        if (own < marks[0].begin && is_base(text, marks[0].begin)) return {};
        return {marks[0]};
    }
    // Runs of marks, and of numbers, as they follow each other.
    struct Run {
        bool of_marks;
        std::vector<std::size_t> items;
    };
    std::vector<Run> runs;
    for (std::size_t m = 0, n = 0; m < marks.size() || n < numbers.size();) {
        const bool mark = n == numbers.size() || (m < marks.size() && marks[m].begin < numbers[n]);
        if (runs.empty() || runs.back().of_marks != mark) runs.push_back({mark, {}});
        runs.back().items.push_back(mark ? m++ : n++);
    }
    const auto at = static_cast<std::size_t>(std::find(numbers.begin(), numbers.end(), own) - numbers.begin());
    for (std::size_t r = 0; r < runs.size(); ++r) {
        if (runs[r].of_marks || std::find(runs[r].items.begin(), runs[r].items.end(), at) == runs[r].items.end())
            continue;
        const bool before = runs[0].of_marks || r + 1 == runs.size();
        const Run& named = runs[before ? r - 1 : r + 1];
        if (named.items.size() == runs[r].items.size()) return {marks[named.items[at - runs[r].items[0]]]};
        if (named.items.size() == 1 || !before) return {marks[before ? named.items.back() : named.items[0]]};
        std::vector<Mark> all; // "of alpha and beta": of either
        for (const std::size_t m : named.items) all.push_back(marks[m]);
        return all;
    }
    return {};
}

std::vector<Scopes::Level> Scopes::levels(const Claim& claim) const {
    const Statement& s = document_.statements[claim.statement];
    std::vector<Level> out;
    if (s.form == Statement::Form::row && claim.cell < s.cells.size()) {
        out.push_back({s.cells[claim.cell], true});
        if (claim.cell < s.columns->size()) out.push_back({(*s.columns)[claim.cell]});
    } else {
        out.push_back({s.text, true});
        if (s.text.find(s.label) == s.text.npos) out.push_back({s.label});
        // What a paragraph began with goes on, of dates; a change ends it.
        const bool changes = s.text.find(" from ") != s.text.npos && s.text.find(" to ") != s.text.npos;
        for (std::size_t i = claim.statement, back = 0; !changes && i-- > 0 && back < 6; ++back) {
            if (document_.statements[i].block != s.block) break;
            out.push_back({document_.statements[i].text, false, false, true});
        }
    }
    if (s.form == Statement::Form::row || s.lead->ends_with(':')) out.push_back({lead_of(s, claim.cell)});
    for (std::size_t i = s.headings->size(); i-- > 0;) {
        const bool first = !document_.statements.empty() && document_.statements[0].text == (*s.headings)[i];
        out.push_back({(*s.headings)[i], false, first});
    }
    return out;
}

void Scopes::exclude(Scope& scope, const std::vector<Mark>& marks, bool nightly) const {
    if (marks.empty()) return;
    scope.outside.resize(world_.tables.size());
    const std::size_t slot = marks[0].slot;
    for (std::size_t t = 0; t < world_.tables.size(); ++t) {
        const auto& days = world_.tables[t].days;
        const auto of = [&](const Mark& mark) {
            if (slot == 1) return bool{minutes_.at(static_cast<std::int64_t>(mark.name))[t]};
            if (slot > 1) return bool{names_[mark.name].bearers[t]};
            return std::any_of(days.begin(), days.end(), [&](auto day) { return is_day(mark.day, day); });
        };
        const bool known = slot == 0 ? !days.empty() && (!nightly || nightly_[t])
                                     : std::binary_search(slots_[slot].tables.begin(), slots_[slot].tables.end(), t);
        const bool named = known && std::any_of(marks.begin(), marks.end(), of);
        if (known && !named) scope.outside[t] = true;
        if (slot != 1 || !named) continue;
        scope.inside.resize(world_.tables.size());
        scope.inside[t] = true;
    }
}

/// A row whose cell names none of the files that its column's other cells name is of none of these.
void Scopes::exclude_strangers(Scope& scope, const Claim& claim, const std::vector<bool>& told) const {
    const Statement& s = document_.statements[claim.statement];
    if (s.form != Statement::Form::row) return;
    static constexpr std::array<std::string_view, 12> of_all{"all",        "both",    "total",   "mean",
                                                             "median",     "overall", "delta",   "change",
                                                             "difference", "ratio",   "average", "sum"};
    for (std::size_t c = 0; c < s.cells.size(); ++c) {
        const auto slots = columns_.find({s.table, c});
        if (slots == columns_.end() || c == claim.cell) continue;
        const auto words = placed_words(s.cells[c]);
        const bool stranger = !words.empty() && std::none_of(words.begin(), words.end(), [&](const PlacedWord& word) {
            return is_number(word.text) || world_.part_ids.count(word.text) > 0 ||
                   std::find(of_all.begin(), of_all.end(), word.text) != of_all.end();
        });
        for (const std::size_t slot : slots->second) {
            if (!stranger || told[slot]) continue;
            scope.outside.resize(world_.tables.size());
            for (const std::size_t t : slots_[slot].tables) scope.outside[t] = true;
            scope.said += (scope.said.empty() ? "" : ", ") + s.cells[c];
        }
    }
}

Scope Scopes::of(const Claim& claim) const {
    Scope scope;
    const Statement& s = document_.statements[claim.statement];
    const bool row = s.form == Statement::Form::row && claim.cell < s.cells.size();
    std::vector<bool> told(slots_.size());
    const std::string& own_text = text_around(s, claim);
    if (is_reference(own_text, claim.quantity.begin) && numbers_beside(document_, claim).size() > 1) {
        // Of the two each may have its own; else it is of another night than what it is compared with.
        const auto& marks = marks_in(own_text);
        told.assign(slots_.size(), true);
        scope.other = true;
        for (const Mark& mark : marks)
            for (const Mark& other : marks)
                if (mark.slot == other.slot && !same_name(mark, other)) told[mark.slot] = scope.other = false;
    }
    const auto take = [&](const std::string& text, const std::vector<Mark>& all, const Level& level) {
        std::map<std::size_t, std::vector<Mark>> by_slot;
        for (const Mark& mark : all)
            if (!told[mark.slot] && !(level.title && !mark.known) && !(level.dates_only && mark.slot > 0))
                by_slot[mark.slot].push_back(mark);
        for (const auto& [slot, marks] : by_slot) {
            const auto meant = level.own ? chosen(marks, text, claim) : marks;
            if (meant.empty()) continue;
            told[slot] = true;
            exclude(scope, meant, level.title || level.dates_only);
            for (const Mark& mark : meant) {
                const std::string name = text.substr(mark.begin, mark.end - mark.begin);
                if (scope.said.find(name) == scope.said.npos) scope.said += (scope.said.empty() ? "" : ", ") + name;
            }
        }
    };
    std::size_t taken = 0;
    for (const Level& level : levels(claim)) {
        take(level.text, marks_in(level.text), level);
        if (!row || ++taken != 2) continue;
        // Behind its own cell and its header, the other cells.
        std::vector<Mark> cells;
        std::string text;
        for (std::size_t c = 0; c < s.cells.size() && c < 64; ++c) {
            const std::string& cell = c == 0 ? s.first : s.cells[c];
            if (c == claim.cell || std::count(cell.begin(), cell.end(), ' ') > 3) continue;
            for (Mark mark : marks_in(cell)) {
                mark.begin += text.size(), mark.end += text.size();
                cells.push_back(std::move(mark));
            }
            text += cell + " | ";
        }
        take(text, cells, {});
        exclude_strangers(scope, claim, told);
    }
    return scope;
}

Scope Scopes::of_text(const std::string& text) const {
    Scope scope;
    std::map<std::size_t, std::vector<Mark>> by_slot;
    for (const Mark& mark : marks_in(text)) by_slot[mark.slot].push_back(mark);
    for (const auto& [slot, marks] : by_slot) exclude(scope, marks, false);
    return scope;
}

} // namespace assay::claims
