// Parameters' values that the surroundings of a claim name, and what they choose.
#include "claims/context.hpp"
#include "claims/words.hpp"
#include <algorithm>
#include <array>
#include <assay/stats/display.hpp>
#include <set>
#include <utility>

namespace assay::claims {

namespace {

/// Is a number without a word written as a setting: "999/4096/0.2", "40 -> 101.8", "40: 101.8", "at 0.2", alone?
bool stands_alone(const std::string& text, const Quantity& q) {
    const auto is = [&](std::size_t at, std::string_view mark) { return text.compare(at, mark.size(), mark) == 0; };
    const bool joined = (q.begin > 0 && text[q.begin - 1] == '/') || is(q.end, "/");
    const std::string before = lower(text.substr(q.begin > 6 ? q.begin - 6 : 0, std::min<std::size_t>(q.begin, 6)));
    const bool placed = (q.digits > 1 || q.step < 1) &&
                        (before.ends_with(" at ") || before.ends_with(" with ") || before.ends_with("@ "));
    return joined || placed || is(q.end, " ->") || is(q.end, ":") || (q.begin == 0 && q.noun.empty());
}

} // namespace

bool names_position(const std::string& word) {
    static constexpr std::array<std::string_view, 9> words{"sample", "prompt",    "row",  "call", "request",
                                                           "run",    "iteration", "test", "step"};
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool Setting::is_of(const DataColumn& column) const {
    if (bare)
        return column.source.role == ASSAY_ROLE_PARAMETER && !holds(column.words, "index") &&
               std::any_of(column.values.begin(), column.values.end(),
                           [&](const auto& known) { return known.number == value; });
    if (counted && holds(column.words, "index")) return false;
    return std::any_of(column.words.begin(), column.words.end(),
                       [&](const auto& word) { return word != "count" && word != "index" && holds(words, word); });
}

std::vector<const Setting*> settings_of(const std::vector<Setting>& all, const DataTable& table, std::size_t column) {
    const DataColumn& wanted = table.columns[column];
    if (!wanted.source.is_number() || wanted.values.size() < 2 || wanted.source.document_scope) return {};
    std::vector<const Setting*> out;
    for (const Setting& setting : all) {
        const bool known = std::any_of(wanted.values.begin(), wanted.values.end(),
                                       [&](const auto& value) { return value.number == setting.value; });
        if (!known || !setting.is_of(wanted)) continue;
        const bool doubtful =
            setting.bare && std::any_of(table.columns.begin(), table.columns.end(), [&](const auto& c) {
                return &c != &wanted && c.source.is_number() && c.values.size() > 1 && !c.source.document_scope &&
                       setting.is_of(c);
            });
        if (doubtful) continue;
        if (!out.empty() && setting.place > out[0]->place) continue;
        if (!out.empty() && setting.place < out[0]->place) out.clear();
        out.push_back(&setting);
    }
    std::set<double> different;
    for (const Setting* setting : out) different.insert(setting->value);
    if (different.size() > 2) out.clear();
    return out;
}

void Contexts::find_parameters() {
    std::map<std::pair<std::size_t, std::uint32_t>, Varied> alike;
    for (std::size_t t = 0; t < world_.tables.size(); ++t)
        for (const DataColumn& column : world_.tables[t].columns) {
            if (!column.source.is_number()) continue;
            if (!column.measured && !column.values.empty()) {
                parameters_.push_back(&column);
                parameter_names_.insert(lower(column.source.name.substr(column.source.name.rfind('.') + 1)));
            }
            if (column.source.role == ASSAY_ROLE_PARAMETER && column.values.size() == 1)
                alike[{world_.kinds[t], column.name_id}].tables.emplace_back(t, &column);
        }
    for (auto& [kind, varied] : alike) {
        const double first = varied.tables[0].second->values[0].number;
        if (std::any_of(varied.tables.begin(), varied.tables.end(),
                        [&](const auto& table) { return table.second->values[0].number != first; }))
            varied_.push_back(std::move(varied));
    }
}

bool Contexts::names_parameter(const Setting& setting) const {
    const auto [at, fresh] = known_parameters_.emplace(std::pair{setting.words, setting.value}, false);
    if (fresh)
        at->second = std::any_of(parameters_.begin(), parameters_.end(), [&](const DataColumn* column) {
            return std::any_of(column->values.begin(), column->values.end(),
                               [&](const auto& value) { return value.number == setting.value; }) &&
                   Setting{setting.words, setting.value}.is_of(*column);
        });
    return at->second;
}

const std::vector<std::pair<std::size_t, Setting>>& Contexts::settings_in(const std::string& text) const {
    const auto [at, fresh] = settings_.emplace(text, std::vector<std::pair<std::size_t, Setting>>{});
    if (!fresh) return at->second;
    std::size_t behind_last = 0; // the words before another number are its own
    for (const Quantity& q : quantities(text)) {
        const std::size_t from = std::exchange(behind_last, q.end);
        if (q.kind != Kind::number || q.spelled) continue;
        std::size_t begin = q.begin;
        for (int words = 0; begin > from && words < 3; --begin) {
            const char c = text[begin - 1];
            if (c == ',' || c == ';' || c == '(' || c == '.') break;
            words += c == ' ' ? 1 : 0;
        }
        Setting setting{concepts(text.substr(begin, q.begin - begin)), q.value};
        for (auto& word : concepts(q.noun)) {
            setting.counted = setting.counted || names_position(word);
            setting.words.push_back(std::move(word));
        }
        // "16 requests/s" is a rate of requests.
        if (q.unit.measure == Measure::rate && !q.unit.noun.empty()) setting.words.push_back(q.unit.noun);
        setting.bare = !q.unit.known() && !names_parameter(setting);
        setting.alone = stands_alone(text, q);
        setting.end = q.edge != 0 || q.high != SIZE_MAX || q.low != SIZE_MAX;
        at->second.emplace_back(q.begin, std::move(setting));
    }
    return at->second;
}

void Contexts::add_settings(Context& context, const std::string& text, std::size_t at,
                            const std::vector<std::string>& around, Setting::Place place) const {
    for (const auto& [begin, known] : settings_in(text)) {
        if (begin + most_bytes < at || begin > at + most_bytes) continue;
        Setting& setting = context.settings.emplace_back(known);
        setting.place = place;
        if (around.empty()) continue;
        for (const auto& word : around)
            if (std::find(setting.words.begin(), setting.words.end(), word) == setting.words.end())
                setting.words.push_back(word);
        setting.bare = setting.bare && !names_parameter({setting.words, setting.value});
    }
}

void Contexts::restrict_by_settings(Context& context, const Quantity& own) const {
    for (const auto& [tables] : varied_) {
        const DataColumn& column = *tables[0].second;
        const auto has = [](const auto& table, double value) { return table.second->values[0].number == value; };
        std::set<double> meant;
        auto place = Setting::Place::around;
        for (const Setting& setting : context.settings) {
            const bool known =
                std::any_of(tables.begin(), tables.end(), [&](const auto& table) { return has(table, setting.value); });
            if (!known || setting.bare || setting.value == own.value || setting.place > place || !setting.is_of(column))
                continue;
            if (setting.place < place) meant.clear();
            place = setting.place;
            meant.insert(setting.value);
        }
        if (meant.empty()) continue;
        context.scope.outside.resize(world_.tables.size());
        for (const auto& [t, given] : tables)
            if (meant.count(given->values[0].number) == 0) context.scope.outside[t] = true;
        for (const double value : meant)
            context.scope.said +=
                (context.scope.said.empty() ? "" : ", ") + column.source.name + " = " + stats::display(value);
    }
}

} // namespace assay::claims
