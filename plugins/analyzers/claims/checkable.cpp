// Numbers that no data can support or contradict: names, versions, settings, targets, and what a document says of
// itself.
#include "claims/direction.hpp"
#include "claims/judge.hpp"
#include "claims/words.hpp"
#include <algorithm>
#include <assay/cell.hpp>
#include <cmath>

namespace assay::claims {

namespace {

using Words = std::initializer_list<std::string_view>;

bool is_one_of(std::string_view word, Words words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

std::string word_before(const std::string& text, std::size_t at) {
    while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '-')) --at;
    std::size_t begin = at;
    while (begin > 0 && (is_word(text[begin - 1]) || text[begin - 1] == '.')) --begin;
    return text.substr(begin, at - begin);
}

const std::string& place_of(const Document& document, const Claim& claim) {
    return text_around(document.statements[claim.statement], claim);
}

bool hardware(const std::string& before, const Context& context, const Quantity& q) {
    const std::string word = lower(before);
    if (is_one_of(word, {"rtx", "gtx", "geforce", "radeon", "rx", "ryzen", "core", "xeon", "epyc", "tesla", "quadro",
                         "nvidia", "intel", "amd", "apple", "snapdragon", "arc", "titan"}))
        return true;
    if (q.kind == Kind::ordinal && is_one_of(q.noun, {"gen", "generation"})) return true;
    const std::string near = lower(context.near_text);
    if (is_one_of(q.noun, {"core", "cores", "threads", "cuda", "tensor", "ddr4", "ddr5", "vram"})) return true;
    return q.unit.measure == Measure::frequency ||
           says(near, {"boost", "base clock", "ddr4", "ddr5", "gddr6", "gddr6x"});
}

/// Does a parameter of the data, of which the words tell, have the number: "8 threads", "16 requests/s"?
bool given(const World& world, const Quantity& q) {
    const bool rate = q.unit.measure == Measure::rate;
    if (q.unit.known() && !rate) return false;
    const auto words = concepts(rate ? q.unit.noun : q.noun);
    const auto named = [&](const DataColumn& column) {
        return !words.empty() && holds(column.words, words[0]) && (!rate || holds(column.words, "rate"));
    };
    for (const auto& table : world.tables)
        for (const auto& column : table.columns)
            if (!column.measured && column.source.is_number() && named(column) &&
                std::any_of(column.values.begin(), column.values.end(),
                            [&](const auto& value) { return value.number == q.value; }))
                return true;
    return false;
}

/// Of columns of numbers, measured or not, all of whose words are said: how many words the longest has.
std::size_t most_words(const World& world, const std::vector<std::string>& words, bool measured) {
    std::size_t most = 0;
    for (const auto& table : world.tables)
        for (const auto& column : table.columns)
            if (column.measured == measured && (measured || column.source.role == ASSAY_ROLE_PARAMETER) &&
                column.words.size() > most &&
                std::all_of(column.words.begin(), column.words.end(),
                            [&](const auto& word) { return holds(words, word); }))
                most = column.words.size();
    return most;
}

/// Do words name a parameter of some table that has the value? `exactly`: it is called so, and by no word more or less.
bool is_parameter(const World& world, const std::vector<std::string>& words, double value, bool exactly = false) {
    const auto is_it = [&](const DataColumn& column) {
        return !column.measured && column.source.is_number() && !column.words.empty() &&
               (!exactly || column.words.size() == words.size()) &&
               std::all_of(column.words.begin(), column.words.end(),
                           [&](const auto& word) { return (!exactly && word == "count") || holds(words, word); }) &&
               std::any_of(column.values.begin(), column.values.end(),
                           [&](const auto& level) { return level.number == value; });
    };
    return !words.empty() && std::any_of(world.tables.begin(), world.tables.end(), [&](const DataTable& table) {
        return std::any_of(table.columns.begin(), table.columns.end(), is_it);
    });
}

/// "145 ms at 0.2": no word of the data behind it says what it counts.
bool stands_behind_at(const World& world, const std::string& text, const Quantity& q) {
    const auto counted = concepts(q.noun);
    const bool bare =
        std::none_of(counted.begin(), counted.end(), [&](const auto& word) { return holds(world.vocabulary, word); });
    const std::string before = lower(text.substr(0, q.begin));
    if (q.step >= 1 || q.unit.known() || !bare || !before.ends_with(" at ")) return false;
    std::size_t begin = before.size() - 4;
    while (begin > 0 && is_letter(before[begin - 1])) --begin;
    return !is_one_of(std::string_view{before}.substr(begin, before.size() - 4 - begin),
                      {"peaked", "settled", "stood", "stands", "was", "is", "stayed", "stays", "remained", "ended",
                       "began", "started", "measured", "topped", "hovered", "arrived", "averaged"});
}

/// Has a parameter of some table the value?
bool is_level(const World& world, double value) {
    const Setting alone{{}, value, false, true};
    return std::any_of(world.tables.begin(), world.tables.end(), [&](const DataTable& table) {
        return std::any_of(table.columns.begin(), table.columns.end(), [&](const DataColumn& column) {
            return column.source.is_number() && column.values.size() > 1 && alone.is_of(column);
        });
    });
}

bool setting(const World& world, const Document& document, const Claim& claim, const Context& context) {
    const Quantity& q = claim.quantity;
    const Statement& s = document.statements[claim.statement];
    if (s.form != Statement::Form::row && q.unit.measure == Measure::rate && given(world, q)) return true;
    if (q.unit.known() || context.unit.known()) return false;
    std::vector<std::string> words;
    bool assigned = false;
    const std::string& text = place_of(document, claim);
    if (s.form != Statement::Form::row && q.kind == Kind::number && stands_behind_at(world, text, q) &&
        is_level(world, q.value))
        return true;
    assigned = q.begin > 0 && text[q.begin - 1] == '=';
    const bool cell = s.form == Statement::Form::row && !assigned;
    if (cell) {
        if (claim.cell >= s.columns->size()) return false;
        const std::string& header = (*s.columns)[claim.cell];
        if (!quantities(header).empty()) return false; // "40 layers" is a setting, what stands below it is none
        words = concepts(header);
    } else {
        std::size_t begin = q.begin;
        for (int n = 0; begin > 0 && n < 4; --begin) {
            const char c = text[begin - 1];
            if (c == ';' || (c == '.' && begin < q.begin)) break;
            if (assigned && begin < q.begin && !is_word(c)) break;
            n += c == ' ' ? 1 : 0;
        }
        words = concepts(text.substr(begin, q.begin - begin));
        if (!assigned)
            for (auto& word : concepts(q.noun)) words.push_back(word);
        // A list's bare label ("4096: ...") is a value of what the heading names.
        const bool label = text.find(':') != text.npos && q.end <= text.find(':') && q.begin < 3;
        if (label && !s.headings->empty())
            for (auto& word : concepts(s.headings->back())) words.push_back(std::move(word));
        // "Context window (num_ctx):" leads to the list of its values.
        if (q.begin == 0 && is_parameter(world, concepts(*s.lead), q.value)) return true;
    }
    const auto said = [&](const auto& word) { return holds(words, word); };
    if (cell && is_parameter(world, words, q.value, true)) return true;          // whatever others measure
    if (!cell && q.step < 1 && is_parameter(world, words, q.value)) return true; // a temperature of 0.3
    // What some table measures is measured, but where "num_gpu=40" says more of a parameter.
    const std::size_t measured = most_words(world, words, true);
    if (measured > 0) return assigned && most_words(world, words, false) >= measured;
    for (const auto& table : world.tables)
        for (const auto& column : table.columns) {
            if (column.measured || !column.source.is_number() || column.values.empty()) continue;
            const auto vague = [](const auto& word) { return word == "count" || word == "index" || word == "model"; };
            if (std::all_of(column.words.begin(), column.words.end(), vague)) continue;
            const bool meant = cell ? std::all_of(column.words.begin(), column.words.end(),
                                                  [&](const auto& w) { return vague(w) || said(w); })
                                    : std::any_of(column.words.begin(), column.words.end(),
                                                  [&](const auto& w) { return !vague(w) && said(w); });
            if (!meant) continue;
            if (assigned || cell) return true;
            for (const auto& value : column.values)
                if (value.number == q.value) return true;
        }
    return assigned && !words.empty() && statistic(words.back()).empty() && words.back() != "n" &&
           !holds(world.metric_words, words.back());
}

/// Does a heading stand above what is still to come?
bool heads_plans(const Statement& s) {
    const std::string heading = s.headings->empty() ? "" : lower(s.headings->back());
    return says(heading, {"next", "next steps", "to do", "todo", "actions", "action items", "follow-up", "outlook",
                          "future work", "open issues", "open questions", "roadmap", "unreleased", "upcoming",
                          "backlog", "planned", "plans", "wishlist", "out of scope"}) ||
           says(lower(*s.lead), {"to do", "todo", "next steps", "action items", "out of scope"});
}

/// What somebody wants, and nobody measured.
bool wishes(const std::string& text) {
    return says(text, {"aim",           "aims",       "plan",    "plans",    "planned",   "intend",
                       "intends",       "intended",   "propose", "proposes", "proposed",  "scheduled",
                       "due on",        "due by",     "budget",  "shall",    "must",      "deadline",
                       "milestone",     "want",       "wants",   "wish",     "severity",  "requirement",
                       "target",        "targets",    "goal",    "goals",    "objective", "sweet spot",
                       "rule of thumb", "would like", "todo",    "to do",    "next time", "next pr"});
}

/// The clause around a number, and what holds for all of its sentence: the label and the first words.
struct Around {
    std::string clause, head;
};
Around around(const Document& document, const Claim& claim) {
    const Statement& s = document.statements[claim.statement];
    std::string head = lower(s.text);
    std::size_t end = 0;
    for (int words = 0; end < head.size() && words < 3; ++end) words += head[end] == ' ' ? 1 : 0;
    head.resize(end);
    return {clause_around(text_around(s, claim), claim.quantity), head + " " + lower(s.label)};
}

/// "took", "was": of what happened.
bool tells_of_past(const std::string& clause) {
    return says(clause, {"took",  "was",    "were",   "had",     "ran",    "got",    "used",   "needed", "stayed",
                         "rose",  "fell",   "grew",   "reached", "peaked", "missed", "met",    "gave",   "lasted",
                         "spent", "failed", "passed", "dropped", "kept",   "wrote",  "counted"});
}

bool target(const Document& document, const Claim& claim, const Context& context) {
    const Statement& s = document.statements[claim.statement];
    const std::string near = lower(context.near_text);
    if (says(near, {"target", "goal", "must be", "expected output"})) return true;
    if (claim.quantity.bound == 0) return false;
    const std::string wide = lower(s.text + " " + *s.lead + " " + (s.headings->empty() ? "" : s.headings->back()));
    const Around here = around(document, claim);
    return says(wide, {"target", "targets", "requirement", "requirements", "goal", "goals", "sla", "objective"}) ||
           says(here.clause + here.head, {"required", "requires", "threshold", "thresholds", "budget", "nominal",
                                          "rated", "manufacturer", "datasheet", "expected"});
}

/// "95 % interval", "0.12–0.31 (93.8 %)" below one.
bool level_of_interval(const Document& document, const Claim& claim) {
    const Statement& s = document.statements[claim.statement];
    const Quantity& q = claim.quantity;
    if (q.unit.measure != Measure::percent || q.value < 50 || q.value >= 100) return false;
    const std::string& text = text_around(s, claim);
    if (s.form != Statement::Form::row) {
        const std::string before = lower(text.substr(0, q.begin)), behind = lower(text.substr(q.end));
        const std::string next = behind.substr(0, behind.find(' ', behind.find(' ', 1) + 1)); // two words
        return q.step >= 1 &&
               (says(next, {"confidence", "interval", "intervals", "ci"}) || before.ends_with("interval of ") ||
                before.ends_with("intervals of ") || before.ends_with("confidence of "));
    }
    const bool below = claim.cell < s.columns->size() && says(lower((*s.columns)[claim.cell]), {"interval", "ci"});
    return below && q.begin > 0 && text[q.begin - 1] == '(';
}

/// Does a sentence, or its heading, tell what is to be, not what was measured?
bool planned(const World& world, const Document& document, const Claim& claim) {
    const Statement& s = document.statements[claim.statement];
    const std::string text = lower(s.text + " " + s.label);
    const auto [clause, head] = around(document, claim);
    if (s.text.starts_with("[ ] ") || wishes(clause)) return true;
    if (tells_of_past(clause)) return false; // whatever the other clauses want
    if (wishes(head) || heads_plans(s)) return true;
    if (says(clause, {"limit"}) && !holds(world.metric_words, "limit")) return true;
    return wishes(text) ||
           says(text, {"threshold", "thresholds", "rerun", "reruns", "specification", "guideline", "manufacturer",
                       "datasheet", "nominal"}) ||
           says(clause, {"would"});
}

} // namespace

std::string not_checkable(const World& world, const Document& document, const Claim& claim, const Context& context,
                          bool always) {
    const Statement& s = document.statements[claim.statement];
    const Quantity& q = claim.quantity;
    const std::string& text = place_of(document, claim);
    const std::string before = word_before(text, q.begin), low = lower(before), all = lower(s.text);
    if (q.kind == Kind::version || is_one_of(low, {"version", "v", "driver", "build"})) return "a version";
    if (q.kind == Kind::clock) return "a time of day";
    if (q.step > 1 && world.part_ids.count(lower(text.substr(q.begin, q.number_end - q.begin))) > 0)
        return "part of a name";
    if (!before.empty() && q.begin > 0 && text[q.begin - 1] == ' ' && !q.unit.known() &&
        world.part_ids.count(low + text.substr(q.begin, q.number_end - q.begin)) > 0)
        return "part of a name"; // llama 3.1
    if (hardware(before, context, q) && !given(world, q)) {
        if (q.unit.measure != Measure::bytes || always)
            return q.unit.measure == Measure::bytes && always ? "" : "hardware";
    }
    if (q.kind == Kind::ordinal) return "an ordinal";
    if (is_one_of(low, {"report", "section", "table",    "figure", "chapter",   "phase",  "step",    "appendix", "page",
                        "test",   "agent",   "scenario", "option", "tier",      "level",  "part",    "issue",    "port",
                        "ports",  "gpu",     "q",        "tr",     "item",      "top",    "week",    "sprint",   "pr",
                        "ticket", "annex",   "room",     "rule",   "guideline", "family", "stepping"}) &&
        !q.unit.known() && (q.step >= 1 || is_one_of(low, {"section", "chapter", "rule", "guideline"})) &&
        before.size() < 10)
        return low == "top" ? "how many the document lists" : "a label";
    // "#204": of an issue, a request, a comment.
    if (q.begin > 0 && text[q.begin - 1] == '#' && !q.unit.known() && q.step >= 1 && low.empty()) return "a label";
    if (q.step < 1 && !q.unit.known() && is_one_of(q.noun, {"image", "container", "release", "toolkit", "sdk"}))
        return "a version";
    // "Model 1": a word and a number are all there is.
    if (s.form == Statement::Form::row && !q.unit.known() && q.step >= 1 && q.value < 100 && is_letter(text[0]) &&
        q.end == text.size() && std::count(text.begin(), text.end(), ' ') == 1)
        return "a label";
    if (is_one_of(low, {"model", "models", "port", "run"}) && q.step == 1 && (q.digits < 3 || low == "model") &&
        q.begin > 0 && text[q.begin - 1] != '(')
        return "a label";
    if (is_one_of(q.noun, {"line", "lines", "words", "pages", "sections"}) || says(lower(q.noun), {"words"}))
        return "about the document";
    const bool numbered =
        s.form == Statement::Form::heading || text.compare(q.end, 2, ". ") == 0 || text.compare(q.end, 2, ") ") == 0;
    if (s.form != Statement::Form::row && numbered && q.begin == 0 && q.kind == Kind::number && !q.unit.known())
        return "the number of a section";
    if (s.form == Statement::Form::row && claim.cell < s.columns->size() &&
        is_one_of(lower((*s.columns)[claim.cell]),
                  {"rank", "#", "no", "no.", "id", "test id", "index", "run", "run id"}))
        return "the number of a row";
    const bool product = !before.empty() && before[0] >= 'A' && before[0] <= 'Z' && q.step < 1 && !q.unit.known() &&
                         statistic(concepts(before).empty() ? "" : concepts(before)[0]).empty() &&
                         !holds(world.metric_words, lower(before)) && q.begin > 0 && text[q.begin - 1] == ' ' &&
                         s.form != Statement::Form::row;
    if (product && is_letter(before.back())) return "a version";
    if (lower(s.label).ends_with("version")) return "a version";
    // "models above 10B parameters"
    if (q.number_end > 0 && (text[q.number_end - 1] == 'B' || text[q.number_end - 1] == 'b') &&
        says(all, {"model", "models", "parameters", "params", "llm", "llms"}))
        return "the size of a model";
    if (level_of_interval(document, claim)) return "the level of an interval";
    if (target(document, claim, context)) return "a target";
    if (always) return {};
    if (setting(world, document, claim, context)) return "a setting: it says which runs are meant";
    if (planned(world, document, claim)) return "a plan, a limit or a target";
    const Measure measure = q.unit.measure;
    if (s.form == Statement::Form::row || measure == Measure::percent || measure == Measure::ratio ||
        measure == Measure::rate)
        return {};
    const std::string head =
        lower(cell::trim(std::string_view{s.text}.substr(s.label.empty() ? 0 : s.text.find(':') + 1)));
    for (const std::string_view verb : {"use ",    "set ",    "keep ",   "issue ",   "allocate ", "limit ",  "try ",
                                        "deploy ", "run ",    "add ",    "reserve ", "increase ", "reduce ", "extend ",
                                        "give ",   "repeat ", "re-run ", "rerun ",   "wait ",     "needs ",  "order "})
        if (head.starts_with(verb)) return "a recommendation or plan";
    if (says(all, {"recommend", "recommended", "recommendation", "should", "avoid", "consider", "ensure", "better to",
                   "need to", "needs to", "require", "requires"}))
        return "a recommendation or plan";
    return {};
}

} // namespace assay::claims
