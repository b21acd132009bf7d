#include "claims/value_index.hpp"
#include "claims/sample.hpp"
#include "claims/world.hpp"
#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <span>

namespace assay::claims {

namespace {

bool counts_as_value(const DataColumn& column) {
    const auto role = column.source.role;
    return column.source.is_number() && role != ASSAY_ROLE_TIMESTAMP && role != ASSAY_ROLE_IDENTIFIER &&
           !column.source.document_scope;
}

/// A value of a column that chooses rows.
struct Choice {
    std::size_t column;
    const DataColumn::Value* value;
};

void choose(Group& group, const DataTable& table, const Choice& choice) {
    const DataColumn& column = table.columns[choice.column];
    group.by.push_back(choice.column);
    group.parts.insert(group.parts.end(), choice.value->parts.begin(), choice.value->parts.end());
    if (column.source.is_number()) group.settings.emplace_back(choice.column, choice.value->number);
    if (group.text.size() < 200)
        group.text += (group.text.empty() ? "" : ", ") + column.source.name + " = " + choice.value->text;
}

/// Groups of one table; choices of the same rows are one group.
class Grouping {
  public:
    Grouping(const DataTable& table, std::size_t index, const IndexBounds& bounds)
        : table_{table}, index_{index}, bounds_{bounds} {}

    std::size_t left_out = 0;

    std::vector<Group> run() {
        add(table_.ok, {});
        std::vector<Choice> choices;
        for (std::size_t c = 0; c < table_.columns.size(); ++c)
            if (table_.columns[c].values.size() > 1 && !table_.columns[c].source.document_scope)
                for (const auto& value : table_.columns[c].values) choices.push_back({c, &value});
        for (const Choice& choice : choices) add(common(table_.ok, choice.value->rows), {choice});
        for (std::size_t a = 0; a < choices.size() && choices.size() <= 60; ++a)
            for (std::size_t b = a + 1; b < choices.size(); ++b)
                if (choices[a].column != choices[b].column)
                    add(common(common(table_.ok, choices[a].value->rows), choices[b].value->rows),
                        {choices[a], choices[b]});
        for (auto& side : gap_sides(table_)) add(std::move(side));
        if (table_.rows->size() > bounds_.rows_of_a_table)
            left_out += table_.rows->size();
        else
            for (std::size_t row = 0; row < table_.rows->size(); ++row) {
                std::vector<Choice> own;
                for (const Choice& choice : choices)
                    if (std::binary_search(choice.value->rows.begin(), choice.value->rows.end(), row))
                        own.push_back(choice);
                add({row}, own, true);
            }
        for (auto& group : groups_) {
            std::sort(group.parts.begin(), group.parts.end());
            group.parts.erase(std::unique(group.parts.begin(), group.parts.end()), group.parts.end());
        }
        return std::move(groups_);
    }

  private:
    void add(std::vector<std::size_t> rows, const std::vector<Choice>& choices, bool single = false) {
        if (rows.empty() || (!single && rows.size() == 1 && !choices.empty())) return;
        const bool full = groups_.size() >= bounds_.groups_of_a_table && !single;
        const auto known = known_.find(rows);
        if (full && known == known_.end()) {
            ++left_out;
            return;
        }
        const auto [at, fresh] = known_.emplace(rows, groups_.size());
        if (fresh) {
            Group& group = groups_.emplace_back();
            group.table = index_;
            group.failed = single && (*table_.rows)[rows[0]].went_wrong();
            group.rows = std::move(rows);
        }
        Group& group = groups_[at->second];
        for (const Choice& choice : choices)
            if (std::find(group.by.begin(), group.by.end(), choice.column) == group.by.end())
                choose(group, table_, choice);
    }

    void add(GapSide side) {
        const auto [at, fresh] = known_.emplace(side.rows, groups_.size());
        if (fresh) {
            Group& group = groups_.emplace_back();
            group.table = index_;
            group.rows = std::move(side.rows);
            group.text = side.text;
        }
        side.rows.clear();
        groups_[at->second].sides.push_back(std::move(side));
    }

    const DataTable& table_;
    std::size_t index_;
    const IndexBounds& bounds_;
    std::vector<Group> groups_;
    std::map<std::vector<std::size_t>, std::size_t> known_;
};

class Sayings {
  public:
    Sayings(const World& world, std::vector<Said>& out) : world_{world}, out_{out} {}

    void add(const Group& group, std::size_t index) {
        const DataTable& table = world_.tables[group.table];
        for (std::size_t c = 0; c < table.columns.size(); ++c)
            if (counts_as_value(table.columns[c])) add(group, index, c);
    }

  private:
    void add(const Group& group, std::size_t index, std::size_t c) {
        const DataTable& table = world_.tables[group.table];
        std::vector<double> v;
        std::vector<std::size_t> rows;
        for (const std::size_t row : group.rows)
            if (const auto* x = std::get_if<double>(&(*table.rows)[row].cells[c]); x && std::isfinite(*x))
                v.push_back(*x), rows.push_back(row);
        if (v.empty()) return;
        const double scale = table.columns[c].unit.scale;
        const auto say = [&](Stat stat, double value, std::size_t row = UINT32_MAX) {
            if (!std::isfinite(value) || !std::isfinite(value * scale)) return; // sums of large numbers
            out_.push_back({value, value * scale, static_cast<std::uint32_t>(index), static_cast<std::uint32_t>(c),
                            static_cast<std::uint32_t>(row), stat});
        };
        if (group.rows.size() == 1) return say(Stat::value, v[0], rows[0]);
        if (v.size() == 1 && group.rows.size() > 1) return say(Stat::value, v[0], rows[0]);
        if (!table.columns[c].measured && table.columns[c].values.size() == 1) return say(Stat::value, v[0], rows[0]);
        const auto [low, high] = std::minmax_element(v.begin(), v.end());
        say(Stat::mean, mean(v));
        say(Stat::median, quantile(v, 0.5));
        say(Stat::min, *low, rows[static_cast<std::size_t>(low - v.begin())]);
        say(Stat::max, *high, rows[static_cast<std::size_t>(high - v.begin())]);
        say(Stat::first, v.front(), rows.front());
        say(Stat::last, v.back(), rows.back());
        say(Stat::total, std::accumulate(v.begin(), v.end(), 0.0));
        say(Stat::range, *high - *low);
        const double m = mean(v), sd = deviation(v, v.size() - 1);
        say(Stat::sd, sd);
        if (m != 0) say(Stat::cv, 100 * sd / std::abs(m));
        if (v.size() >= 5)
            for (const auto& [stat, part] : percentiles) say(stat, quantile(v, part));
        if (v.size() < 3) return;
        const auto warm = std::span{v}.subspan(1);
        say(Stat::warm_mean, mean(warm));
        say(Stat::warm_median, quantile(warm, 0.5));
    }

    const World& world_;
    std::vector<Said>& out_;
};

} // namespace

ValueIndex::ValueIndex(const World& world, const IndexBounds& bounds) {
    Sayings sayings{world, said};
    std::size_t rows = 0;
    for (std::size_t t = 0; t < world.tables.size(); ++t) {
        first_group.push_back(groups.size());
        if (said.size() >= bounds.said || rows >= bounds.rows) {
            left_out += world.tables[t].rows->size();
            continue;
        }
        Grouping grouping{world.tables[t], t, bounds};
        for (auto& group : grouping.run()) {
            if (said.size() >= bounds.said || rows >= bounds.rows) {
                ++left_out;
                continue;
            }
            rows += group.rows.size();
            sayings.add(group, groups.size());
            groups.push_back(std::move(group));
        }
        left_out += grouping.left_out;
    }
    first_group.push_back(groups.size());
    std::stable_sort(said.begin(), said.end(), [](const Said& a, const Said& b) { return a.raw < b.raw; });
    for (std::size_t i = 0; i < said.size(); ++i) {
        const Group& group = groups[said[i].group];
        if (world.tables[group.table].columns[said[i].column].unit.known())
            by_base.push_back(static_cast<std::uint32_t>(i));
    }
    std::stable_sort(by_base.begin(), by_base.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return said[a].base < said[b].base; });
}

} // namespace assay::claims
