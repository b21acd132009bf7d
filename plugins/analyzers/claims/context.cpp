#include "claims/context.hpp"
#include "claims/words.hpp"
#include <algorithm>
#include <set>

namespace assay::claims {

namespace {

/// The clause of a sentence around a number.
std::string clause(const std::string& text, const Quantity& q) {
    const auto ends = [&](std::size_t i) {
        const char c = text[i];
        if (c == ';' || c == '(' || c == ')' || c == '|') return true;
        if (c == ',') return i + 1 >= text.size() || !is_digit(text[i + 1]);
        return c == ' ' && (text.compare(i, 4, " vs ") == 0 || text.compare(i, 5, " vs. ") == 0 ||
                            text.compare(i, 5, " and ") == 0 || text.compare(i, 3, " @ ") == 0 ||
                            text.compare(i, 6, " with ") == 0 || text.compare(i, 7, " while ") == 0 ||
                            text.compare(i, 5, " but ") == 0);
    };
    std::size_t begin = q.begin, end = q.end;
    while (begin > 0 && !ends(begin - 1)) --begin;
    while (end < text.size() && !ends(end)) ++end;
    return text.substr(begin, end - begin);
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

std::string stat_in(const std::vector<std::string>& words) {
    for (const auto& word : words) {
        const std::string stat = statistic(word);
        if (!stat.empty() && stat != "count" && stat != "range") return stat;
    }
    return {};
}

bool mentions_any(const std::string& text, std::initializer_list<std::string_view> words) {
    return std::any_of(words.begin(), words.end(), [&](std::string_view w) { return text.find(w) != text.npos; });
}

/// Settings in running text: `num_gpu=40`, "temperature 0.2", "80 layers".
void settings_in(const std::string& text, const std::vector<std::string>& around, std::vector<Setting>& out) {
    for (const Quantity& q : quantities(text)) {
        if (q.kind != Kind::number) continue;
        std::size_t begin = q.begin;
        for (int words = 0; begin > 0 && words < 3; --begin) {
            const char c = text[begin - 1];
            if (c == ',' || c == ';' || c == '(' || c == '.') break;
            words += c == ' ' ? 1 : 0;
        }
        Setting setting{concepts(text.substr(begin, q.begin - begin)), q.value};
        for (auto& word : concepts(q.noun)) setting.words.push_back(std::move(word));
        add(setting.words, around);
        out.push_back(std::move(setting));
    }
}

} // namespace

Contexts::Contexts(const World& world, const Document& document, const std::string& path)
    : world_{world}, document_{document} {
    Context all;
    all.weight.resize(world.parts.size());
    for (const auto& statement : document.statements) weigh(all, statement.text, 1);
    for (const double weight : all.weight) named_.push_back(weight > 0);
    Context place;
    place.weight.resize(world.parts.size());
    const auto slash = path.rfind('/');
    if (slash != path.npos) weigh(place, path.substr(0, slash), 0.15);
    path_weight_ = place.weight;
    for (std::size_t i = 0; i < document.statements.size(); ++i) {
        const std::size_t block = document.statements[i].block;
        if (by_block_.size() <= block) by_block_.resize(block + 1);
        if (document.statements[i].form == Statement::Form::sentence) by_block_[block].push_back(i);
    }
}

void Contexts::weigh(Context& context, const std::string& text, double weight) const {
    const std::set<std::string> words = mentions(text);
    for (const auto& word : words) {
        const auto found = world_.part_ids.find(word);
        if (found != world_.part_ids.end())
            context.weight[found->second] = std::max(context.weight[found->second], weight);
        if (word.size() < 4) continue;
        // parameter for param: the nearest names by prefix.
        for (auto at = world_.part_ids.lower_bound(word.substr(0, 4));
             at != world_.part_ids.end() && at->first.starts_with(word.substr(0, 4)); ++at)
            if (alike(at->first, word)) context.weight[at->second] = std::max(context.weight[at->second], weight * 0.9);
    }
}

Context Contexts::of(const Claim& claim) const {
    const Statement& s = document_.statements[claim.statement];
    const Quantity& q = claim.quantity;
    Context c;
    c.weight = path_weight_;
    c.unit = q.unit;
    for (std::size_t depth = 0; depth < s.headings.size(); ++depth) {
        const bool nearest = depth + 1 == s.headings.size();
        weigh(c, s.headings[depth], nearest ? 0.6 : 0.2 + 0.1 * static_cast<double>(depth));
    }
    weigh(c, s.lead, 0.65);
    std::string all = s.text;
    if (s.form == Statement::Form::row && claim.cell < s.cells.size()) {
        const std::string header = claim.cell < s.columns.size() ? s.columns[claim.cell] : "";
        const std::string& first = s.first;
        const std::string& cell = s.cells[claim.cell];
        const bool prose = std::count(cell.begin(), cell.end(), ' ') > 3;
        if (!c.unit.known() && !prose) c.unit = unit_in_heading(header);
        c.near_text = prose ? clause(cell, q) : header + " | " + cell;
        add(c.near, concepts(prose ? c.near_text : header));
        if (prose && !has_metric(world_, c.near)) add(c.near, concepts(cell));
        if (prose) settings_in(cell, {}, c.settings);
        if (!has_metric(world_, c.near)) {
            add(c.near, concepts(first));
            if (!c.unit.known()) c.unit = unit_in_heading(first);
        }
        c.stat = stat_in(concepts(prose ? c.near_text : header));
        if (c.stat.empty()) c.stat = stat_in(concepts(first));
        c.row_words = concepts(first);
        weigh(c, header, 1.1);
        for (std::size_t i = 0; i < s.cells.size(); ++i) {
            const bool label = quantities(s.cells[i]).empty() || i == 0;
            if (i != claim.cell && label) weigh(c, s.cells[i], 1);
            if (i == claim.cell) weigh(c, s.cells[i], 1);
            if (i == claim.cell || i >= s.columns.size()) continue;
            const auto values = quantities(s.cells[i]);
            if (values.size() == 1 && values[0].kind == Kind::number)
                c.settings.push_back({concepts(s.columns[i]), values[0].value});
        }
        settings_in(s.lead, {}, c.settings);
        weigh(c, first, 1);
        all = header + " " + first + " " + c.near_text;
        for (const auto& column : s.columns) add(c.wide, concepts(column));
    } else {
        c.near_text = clause(s.text, q);
        add(c.near, concepts(c.near_text));
        if (!has_metric(world_, c.near)) add(c.near, concepts(s.label));
        if (!has_metric(world_, c.near)) add(c.near, concepts(s.text));
        c.stat = stat_in(concepts(c.near_text));
        if (c.stat.empty()) c.stat = stat_in(concepts(s.label));
        if (c.stat.empty()) c.stat = stat_in(concepts(s.text));
        c.row_words = concepts(s.label);
        weigh(c, s.text, 0.9);
        weigh(c, s.label, 1);
        weigh(c, c.near_text, 1.1);
        const std::vector<std::string> heading =
            s.headings.empty() ? std::vector<std::string>{} : concepts(s.headings.back());
        settings_in(s.label, heading, c.settings);
        settings_in(s.text, {}, c.settings);
        if (s.form == Statement::Form::sentence) {
            // What the block says before: "Config: num_gpu=40" and, in the list below it, its values.
            for (const std::size_t i : by_block_[s.block])
                if (i < claim.statement) weigh(c, document_.statements[i].text, 0.7);
            settings_in(s.lead, {}, c.settings);
        }
    }
    c.stat_near = !c.stat.empty();
    if (c.stat.empty()) c.stat = stat_in(concepts(s.lead));
    if (c.stat.empty() && !s.headings.empty() && s.form == Statement::Form::row)
        if (concepts(s.headings.back()).size() < 8) c.stat = stat_in(concepts(s.headings.back()));
    if (c.stat == "best" && !c.stat_near) c.stat.clear();
    if (c.unit.measure == Measure::rate) {
        add(c.near, {"rate"});
        if (!c.unit.noun.empty()) add(c.near, {c.unit.noun});
    }
    if (c.warm && c.cold) c.cold = false;
    add(c.wide, c.near);
    add(c.wide, concepts(s.text));
    add(c.wide, concepts(s.label));
    add(c.wide, concepts(s.lead));
    for (const auto& heading : s.headings) add(c.wide, concepts(heading));
    const std::string said = lower(all + " " + s.label);
    c.warm = mentions_any(said, {"warm", "excluding", "subsequent", "after the first", "without the first", "steady",
                                 "after initial", "without cold"});
    c.cold = !c.warm && mentions_any(said, {"cold", "first prompt", "first call", "first run"});
    return c;
}

Context Contexts::side(const Claim& claim, const std::string& own, const std::string& other) const {
    Context c = of(claim);
    c.unit = {};
    Context theirs;
    theirs.weight.resize(world_.parts.size());
    weigh(theirs, other, 1);
    Context ours;
    ours.weight.resize(world_.parts.size());
    weigh(ours, own, 1.2);
    for (std::size_t i = 0; i < c.weight.size(); ++i) {
        if (ours.weight[i] > 0)
            c.weight[i] = ours.weight[i];
        else if (theirs.weight[i] > 0)
            c.weight[i] = 0;
    }
    return c;
}

} // namespace assay::claims
