// Agreement between files: a summary and its raw rows, two records of one thing.
#include "gaps/design.hpp"
#include "gaps/family.hpp"
#include "gaps/wording.hpp"
#include <algorithm>
#include <array>
#include <assay/cell.hpp>
#include <assay/stats/quantile.hpp>
#include <cmath>
#include <numeric>

namespace assay::gaps {

namespace {

// ---- X3

std::string say_summary(const Group& group, double) {
    return k_of_n(group, "entries") + " of summaries and their raw rows do not agree: " + most_frequent(group, 5);
}

const Rule summary{.id = "X3",
                   .slug = "summary-disagrees-with-raw",
                   .severity = Severity::high,
                   .definition =
                       "A summary lacks configurations that the raw file of its run has, has others, or gives "
                       "another mean, median, minimum or maximum than its rows that are ok.",
                   .fix = "Make the summary again from the raw file, with a row for what failed.",
                   .looks_at = "summaries beside the raw file of their run, with columns in common",
                   .statement = say_summary,
                   .answer = Answer::must_not_say};

// ---- X4

std::string say_conflict(const Group& group, double) {
    return k_of_n(group, "rows") + " of two files that record the same differ: " + most_frequent(group, 4);
}

const Rule conflict{.id = "X4",
                    .slug = "conflicting-records",
                    .severity = Severity::high,
                    .definition = "Two raw files of one run, or of one name with times in their rows, give different "
                                  "values of a metric for the same key.",
                    .fix = "Keep one record, and find how the other came about.",
                    .looks_at = "files of one run, or of one name with times, with the same keys",
                    .statement = say_conflict,
                    .answer = Answer::must_not_say};

struct Place {
    std::shared_ptr<const ArtifactView> artifact;
    const TableView* table;
    std::string title; ///< of its dataset, so that the summaries of many runs are one finding
};

using Identity = std::vector<std::string>;
using RowsByKey = std::map<Identity, std::vector<std::size_t>>;

std::string shortest_text(double value) {
    KeptCell cell;
    cell.present = true;
    cell.type = Type::real;
    cell.real = value;
    return text_of(cell);
}

/// 1 and 1.0 are the same key.
std::string normal_text(const KeptCell& cell) {
    const auto number = cell.number();
    return number ? shortest_text(*number) : text_of(cell);
}

std::size_t find_column(const TableView& table, std::string_view name) {
    for (std::size_t c = 0; c < table.columns.size(); ++c)
        if (view(table.columns[c].name) == name) return c;
    return SIZE_MAX;
}

bool may_be_key(const TableView& table, std::size_t column) {
    const auto role = table.columns[column].role;
    return role == ASSAY_ROLE_PARAMETER || role == ASSAY_ROLE_IDENTIFIER || role == ASSAY_ROLE_TIMESTAMP ||
           (role == ASSAY_ROLE_TEXT && data::is_stimulus(view(table.columns[column].name)));
}

/// Columns of the same name that tell rows apart, as pairs.
std::vector<std::pair<std::size_t, std::size_t>> common_keys(const TableView& a, const TableView& b) {
    std::vector<std::pair<std::size_t, std::size_t>> out;
    for (std::size_t c = 0; c < a.columns.size(); ++c) {
        const std::size_t other = find_column(b, view(a.columns[c].name));
        if (other != SIZE_MAX && may_be_key(a, c) && may_be_key(b, other)) out.emplace_back(c, other);
    }
    return out;
}

template <class Column>
RowsByKey rows_by_key(const TableView& table, const std::vector<std::pair<std::size_t, std::size_t>>& keys,
                      Column column) {
    RowsByKey out;
    for (std::size_t row = 0; row < table.rows->rows.size(); ++row) {
        Identity key;
        for (const auto& pair : keys) key.push_back(normal_text(table.rows->cell(row, column(pair))));
        out[std::move(key)].push_back(row);
    }
    return out;
}

bool is_unique(const RowsByKey& rows) {
    return std::all_of(rows.begin(), rows.end(), [](auto& of) { return of.second.size() == 1; });
}

/// "num_gpu=60, num_ctx=1024", of a row.
std::string key_text(const TableView& table, const std::vector<std::size_t>& columns, std::size_t row) {
    std::string out;
    for (const auto c : columns)
        out += (out.empty() ? "" : ", ") + table.rows->columns[c] + "=" +
               short_text(text_of(table.rows->cell(row, c)), 40);
    return out;
}

/// Which statistic of which raw column a column of a summary is: "mean_ttft_s", "ttft_s_mean".
struct Statistic {
    std::size_t column, raw;
    std::string_view word;
};

std::vector<Statistic> statistics_of(const TableView& summary_table, const TableView& raw) {
    static constexpr std::array<std::string_view, 6> words{"mean", "avg", "average", "median", "min", "max"};
    std::vector<Statistic> out;
    for (std::size_t c = 0; c < summary_table.columns.size(); ++c) {
        const std::string_view name = view(summary_table.columns[c].name);
        for (const auto word : words) {
            std::string_view rest;
            if (name.starts_with(word) && name.size() > word.size() + 1 && name[word.size()] == '_')
                rest = name.substr(word.size() + 1);
            else if (name.ends_with(word) && name.size() > word.size() + 1 &&
                     name[name.size() - word.size() - 1] == '_')
                rest = name.substr(0, name.size() - word.size() - 1);
            const std::size_t of = rest.empty() ? SIZE_MAX : find_column(raw, rest);
            if (of != SIZE_MAX && raw.columns[of].role == ASSAY_ROLE_METRIC) out.push_back({c, of, word});
        }
    }
    return out;
}

std::optional<double> statistic(std::string_view word, std::vector<double> values) {
    if (values.empty()) return std::nullopt;
    std::sort(values.begin(), values.end());
    if (word == "min") return values.front();
    if (word == "max") return values.back();
    if (word == "median") return stats::median(values);
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

std::optional<double> number_in(const KeptCell& cell) {
    if (const auto number = cell.number()) return number;
    return cell.present && cell.type == Type::text ? cell::number(cell.text) : std::nullopt;
}

/// As many digits as a summary gives have to agree, and half a per cent where it gives more.
bool agree(double published, double computed) {
    const std::string text = shortest_text(published);
    const auto point = text.find('.');
    const double step = point == std::string::npos || text.find('e') != std::string::npos
                            ? 0
                            : std::pow(10.0, -static_cast<double>(text.size() - point - 1));
    return std::abs(published - computed) <= std::max(0.005 * std::abs(computed), step);
}

/// What is wrong with one row of a summary; empty where nothing is.
std::string wrong_in(const Place& published, std::size_t row, const Place& raw,
                     const std::vector<std::size_t>& raw_rows, const std::vector<Statistic>& statistics) {
    for (const Statistic& one : statistics) {
        const auto given = number_in(published.table->rows->cell(row, one.column));
        if (!given) continue;
        std::vector<double> values;
        for (const auto r : raw_rows)
            if (const auto value = raw.table->rows->cell(r, one.raw).number();
                value && raw.table->rows->rows[r].status == ASSAY_ROW_OK)
                values.push_back(*value);
        const auto computed = statistic(one.word, values);
        const std::string& name = published.table->rows->columns[one.column];
        if (!computed) return name + " = " + number_text(*given) + " of rows that all failed";
        if (!agree(*given, *computed))
            return name + " = " + number_text(*given) + ", but its rows give " + number_text(*computed);
    }
    return {};
}

void compare_summary(const Place& published, const Place& raw, Hits& hits) {
    const auto statistics = statistics_of(*published.table, *raw.table);
    const auto keys = common_keys(*published.table, *raw.table);
    if (statistics.empty() || keys.empty()) return;
    const auto summed = rows_by_key(*published.table, keys, [](auto& pair) { return pair.first; });
    const auto measured = rows_by_key(*raw.table, keys, [](auto& pair) { return pair.second; });
    if (!is_unique(summed)) return;
    std::vector<std::size_t> raw_columns, own_columns;
    for (const auto& [own, other] : keys) own_columns.push_back(own), raw_columns.push_back(other);
    const std::string& subject = published.title;
    std::uint64_t n = measured.size();
    for (const auto& [key, rows] : measured)
        if (!summed.contains(key))
            hits.add(summary, {subject, raw.artifact->row(*raw.table, rows.front(), {}), 1,
                               published.artifact->path + " lacks " + key_text(*raw.table, raw_columns, rows.front())});
    for (const auto& [key, rows] : summed) {
        const auto found = measured.find(key);
        if (found == measured.end()) ++n;
        const std::string wrong = found == measured.end()
                                      ? "no raw row is " + key_text(*published.table, own_columns, rows.front())
                                      : wrong_in(published, rows.front(), raw, found->second, statistics);
        if (!wrong.empty())
            hits.add(summary, {subject, published.artifact->row(*published.table, rows.front(), {}), 1,
                               published.artifact->path + ": " + wrong});
    }
    hits.looked(summary, subject, n);
}

void compare_records(const Place& a, const Place& b, bool with_time, Hits& hits) {
    const auto keys = common_keys(*a.table, *b.table);
    const bool timed = std::any_of(keys.begin(), keys.end(), [&](auto& pair) {
        return a.table->columns[pair.first].role == ASSAY_ROLE_TIMESTAMP;
    });
    if (keys.empty() || (with_time && !timed)) return;
    std::vector<std::pair<std::size_t, std::size_t>> metrics;
    for (std::size_t c = 0; c < a.table->columns.size(); ++c) {
        const std::size_t other = find_column(*b.table, view(a.table->columns[c].name));
        if (other != SIZE_MAX && is_performance(a.table->columns[c]) && is_performance(b.table->columns[other]) &&
            view(a.table->columns[c].unit) == view(b.table->columns[other].unit))
            metrics.emplace_back(c, other);
    }
    if (metrics.empty()) return;
    const auto left = rows_by_key(*a.table, keys, [](auto& pair) { return pair.first; });
    const auto right = rows_by_key(*b.table, keys, [](auto& pair) { return pair.second; });
    if (!is_unique(left) || !is_unique(right)) return;
    std::uint64_t n = 0;
    for (const auto& [key, rows] : left) {
        const auto found = right.find(key);
        if (found == right.end()) continue;
        ++n;
        for (const auto& [own, other] : metrics) {
            const auto x = a.table->rows->cell(rows.front(), own).number(),
                       y = b.table->rows->cell(found->second.front(), other).number();
            if (!x || !y || agree(*x, *y) || agree(*y, *x)) continue;
            hits.add(conflict, {a.title, a.artifact->row(*a.table, rows.front(), {own}), 1,
                                a.table->rows->columns[own] + " is " + number_text(*x) + " there, " + number_text(*y) +
                                    " in " + b.artifact->path});
            break;
        }
    }
    if (n > 0) hits.looked(conflict, a.title, n);
}

std::string title_of(const Tree& tree, const ArtifactView& artifact, const TableView& table) {
    if (table.dataset() == SIZE_MAX) return artifact.path;
    return std::string{view(tree.corpus.datasets()[table.dataset()].title)};
}

std::vector<Place> tables_of(const Tree& tree, const std::vector<std::size_t>& artifacts) {
    std::vector<Place> out;
    for (const auto index : artifacts) {
        auto artifact = tree.artifact(index);
        for (const TableView& table : artifact->tables)
            if (table.is_data() && table.rows != nullptr && table.profile != nullptr && table.rows->complete() &&
                !table.rows->rows.empty())
                out.push_back({artifact, &table, title_of(tree, *artifact, table)});
    }
    return out;
}

/// Files of one run: summaries against raw rows, raw rows against raw rows.
void compare_run(const Tree& tree, const std::vector<std::size_t>& artifacts, Hits& hits) {
    const auto all = tables_of(tree, artifacts);
    for (const Place& one : all)
        for (const Place& other : all) {
            if (one.artifact == other.artifact) continue;
            const bool sums = is_summary_name(one.artifact->path), other_sums = is_summary_name(other.artifact->path);
            if (sums && !other_sums) compare_summary(one, other, hits);
            if (!sums && !other_sums && one.artifact->index < other.artifact->index)
                compare_records(one, other, false, hits);
        }
}

void compare_namesakes(const Tree& tree, const std::vector<std::size_t>& artifacts, Hits& hits) {
    const auto all = tables_of(tree, artifacts);
    for (std::size_t i = 1; i < all.size(); ++i)
        if (all[i].artifact != all.front().artifact && all[i].table->name == all.front().table->name)
            compare_records(all.front(), all[i], true, hits);
}

void look_at_agreement(const Tree& tree, Hits& hits) {
    constexpr std::size_t most_files = 16; // of one run
    std::map<std::string, std::vector<std::size_t>> runs, names;
    const auto artifacts = tree.corpus.artifacts();
    for (std::size_t i = 0; i < artifacts.size(); ++i) {
        if (artifacts[i].duplicate_of != SIZE_MAX || artifacts[i].n_tables == 0 ||
            view(artifacts[i].parser) == "markdown")
            continue;
        const std::string path = path_of(artifacts[i]);
        runs[run_name(path)].push_back(i);
        names[path.substr(path.rfind('/') + 1)].push_back(i);
    }
    for (const auto& [name, of] : runs)
        if (of.size() > 1 && of.size() <= most_files) compare_run(tree, of, hits);
    for (const auto& [name, of] : names)
        if (of.size() > 1 && of.size() <= most_files) compare_namesakes(tree, of, hits);
}

constexpr std::array agreement_rules{&summary, &conflict};

} // namespace

const Family agreement_family{.name = "Agreement between files", .rules = agreement_rules, .tree = look_at_agreement};

} // namespace assay::gaps
