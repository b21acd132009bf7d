// Sentinels, impossible values, false success.
#include "gaps/by_column.hpp"
#include "gaps/family.hpp"
#include "gaps/wording.hpp"
#include <algorithm>
#include <array>
#include <assay/outcomes.hpp>
#include <cmath>

namespace assay::gaps {

namespace {

// ---- Z2

std::string say_dead_sensor(const Group& group, double) {
    return "the sensor gives " + most_frequent(group, 1) + " in every one of " + counted(group.n, "sample") +
           ", so it measures nothing";
}

const Rule dead_sensor{.id = "Z2",
                       .slug = "dead-sensor",
                       .severity = Severity::medium,
                       .definition = "What a sensor measures (a temperature, a fan, a clock, a power) is 0 or -1 in "
                                     "every one of at least 5 samples.",
                       .fix = "Leave the sensor out, or have its driver report that it is not supported.",
                       .looks_at = "sensor metrics with 5 samples",
                       .statement = say_dead_sensor,
                       .answer = Answer::must_not_say};

void look_for_dead_sensors(const DatasetView& view, Hits& hits) {
    constexpr std::uint64_t fewest = 5;
    static constexpr std::string_view sensors[]{"fan",    "temperature", "temp",        "power",   "clock",
                                                "clocks", "utilization", "utilisation", "voltage", "current",
                                                "watt",   "frequency",   "watts",       "rpm",     "energy"};
    const data::Dataset& dataset = *view.dataset;
    for (std::size_t m = 0; m < dataset.metrics.size(); ++m) {
        if (!data::has_word(dataset.metrics[m].name, sensors)) continue;
        const std::string subject = dataset.title + ", " + dataset.metrics[m].name;
        std::uint64_t n = 0;
        std::optional<double> only;
        bool same = true;
        std::optional<Evidence> where;
        for (const auto& part : dataset.wholes) {
            const Figures* numbers = part.numbers(m);
            if (numbers == nullptr || numbers->n() == 0) continue;
            n += numbers->n();
            const auto& [low, high] = numbers->extremes.extrema;
            same = same && low->value == high->value && (!only || *only == low->value);
            only = low->value;
            if (!where) where = line_of(part.source->path, numbers->extremes.min_line);
        }
        if (n < fewest) continue;
        hits.looked(dead_sensor, subject, n);
        if (same && (*only == 0 || *only == -1)) hits.add(dead_sensor, {subject, *where, n, number_text(*only)});
    }
}

// ---- Z3

std::string say_failed_values(const Group& group, double) {
    return k_of_n(group, "rows") + " failed, yet hold measured values" +
           (group.details.empty() ? "" : "; errors: " + most_frequent(group, 5));
}

/// A share of a few rows says little.
Severity grade_failed_values(const Group& group) {
    return group.n >= 4 && group.k * 2 >= group.n ? Severity::critical : Severity::high;
}

const Rule failed_values{
    .id = "Z3",
    .slug = "failed-rows-as-values",
    .severity = Severity::high,
    .definition =
        "Rows that failed (an error, success false, an exit code) hold values of metrics, "
        "mostly 0. They are in no statistic here; critical where they are half of the rows, of four at least.",
    .fix = "Run what failed again, and store no value where nothing was measured.",
    .looks_at = "data tables with metrics",
    .statement = say_failed_values,
    .answer = Answer::must_not_say,
    .grade = grade_failed_values};

void look_for_failed_values(const Member& at, const std::string& subject, Hits& hits) {
    const TableView& table = *at.table;
    const auto& metrics = table.where<is_metric>();
    std::uint64_t with_value = 0;
    for (const auto metric : metrics) with_value = std::max(with_value, table.profile->columns[metric].n_failed);
    if (metrics.empty()) return;
    hits.looked(failed_values, subject, table.n_rows());
    if (with_value == 0) return;
    std::map<std::string, std::pair<std::uint64_t, Evidence>> by_error;
    std::uint64_t left = with_value;
    for (std::size_t row = 0; table.rows != nullptr && row < table.rows->rows.size() && left > 0; ++row) {
        if (table.rows->rows[row].status != ASSAY_ROW_FAILED) continue;
        const auto held = std::find_if(metrics.begin(), metrics.end(),
                                       [&](auto m) { return table.rows->cell(row, m).number().has_value(); });
        if (held == metrics.end()) continue;
        auto& [times, where] = by_error[error_of(table, row)];
        if (times++ == 0) where = at.artifact->row(table, row, {*held});
        --left;
    }
    for (auto& [error, seen] : by_error) hits.add(failed_values, {subject, seen.second, seen.first, error});
    if (left > 0) hits.add(failed_values, {subject, at.artifact->file(), left}); // beyond the sample
}

// ---- Z4

std::string say_false_success(const Group& group, double) {
    return k_of_n(group, "rows that passed") +
           " hold an error message in place of a result: " + most_frequent(group, 3);
}

const Rule false_success{.id = "Z4",
                         .slug = "false-success",
                         .severity = Severity::high,
                         .definition = "A row says that it succeeded, but its text is an error message.",
                         .fix = "Have the harness check what came back before it records success.",
                         .looks_at = "rows with text",
                         .statement = say_false_success,
                         .answer = Answer::must_not_say};

/// A row says itself that it succeeded: a column called success, ok or passed is true.
bool says_success(const TableView& table, std::size_t row) {
    static constexpr std::string_view words[]{"success", "succeeded", "ok", "passed"};
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
        const KeptCell& cell = table.rows->cell(row, c);
        if (cell.present && cell.type == Type::boolean && cell.integer != 0 &&
            data::has_word(view(table.columns[c].name), words))
            return true;
    }
    return false;
}

/// Each row is an error and how often it occurred: none is in place of a result.
bool is_list_of_errors(const TableView& table) {
    for (std::size_t c = 0; c < table.columns.size(); ++c)
        if (view(table.columns[c].name) == "Occurrences" || view(table.columns[c].name) == "occurrences") return true;
    return false;
}

void look_for_false_success(const ArtifactView& artifact, Hits& hits) {
    for (const TableView& table : artifact.tables) {
        if (!table.is_data() || table.rows == nullptr || is_list_of_errors(table)) continue;
        const auto& texts = table.where<is_text>();
        if (texts.empty()) continue;
        std::uint64_t n = 0;
        for (std::size_t row = 0; row < table.rows->rows.size(); ++row) {
            if (table.rows->rows[row].status != ASSAY_ROW_OK && !says_success(table, row)) continue;
            ++n;
            for (const auto column : texts) {
                const KeptCell& cell = table.rows->cell(row, column);
                if (!cell.present || !looks_like_error(cell.text)) continue;
                hits.add(false_success, {table.name, artifact.row(table, row, {column}), 1, short_text(cell.text)});
                break;
            }
        }
        if (n > 0) hits.looked(false_success, table.name, n, !table.rows->complete());
    }
}

// ---- Z5

std::string say_structural_zero(const Group& group, double) {
    return k_of_n(group, "rows") +
           " say themselves that nothing was counted, so that their zeros are no measurement: " +
           most_frequent(group, 3);
}

const Rule structural_zero{.id = "Z5",
                           .slug = "structural-zero",
                           .severity = Severity::info,
                           .definition =
                               "A row's own count (n, count, total_ios, samples) is 0, and all its metrics are 0.",
                           .fix = "Leave such rows out.",
                           .looks_at = "rows with a count of their own",
                           .statement = say_structural_zero};

bool is_own_count(std::string_view name) {
    static constexpr std::string_view names[]{"n", "count", "total_ios", "samples", "n_samples", "num_samples"};
    const auto dot = name.rfind('.');
    return std::find(std::begin(names), std::end(names), dot == std::string_view::npos ? name : name.substr(dot + 1)) !=
           std::end(names);
}

/// A row's own counts, and what else is measured.
struct OwnCounts {
    explicit OwnCounts(const Strided<assay_column>& plan)
        : counts{columns_where(plan, [](auto& column) { return is_own_count(view(column.name)); })},
          others{columns_where(plan,
                               [](auto& column) { return is_metric(column) && !is_own_count(view(column.name)); })} {}
    std::vector<std::size_t> counts, others;
};

void look_for_structural_zeros(const Member& at, const std::string& subject, Hits& hits) {
    const TableView& table = *at.table;
    const auto& [counts, others] = table.known<OwnCounts>();
    if (table.rows == nullptr || others.empty()) return;
    for (const auto c : counts) {
        hits.looked(structural_zero, subject, table.rows->rows.size(), !table.rows->complete());
        for (std::size_t row = 0; row < table.rows->rows.size(); ++row) {
            const auto is_zero = [&](std::size_t column) { return table.rows->cell(row, column).number() == 0.0; };
            if (table.rows->rows[row].status == ASSAY_ROW_OK && is_zero(c) &&
                std::all_of(others.begin(), others.end(), is_zero))
                hits.add(structural_zero,
                         {subject, at.artifact->row(table, row, {c}), 1, table.profile->columns[c].name});
        }
    }
}

// ---- Z6

std::string say_heaping(const Group& group, double) {
    return k_of_n(group, "values") + " are " + most_frequent(group, 1) + ", which tools write for \"no value\"";
}

const Rule heaping{.id = "Z6",
                   .slug = "sentinel-values",
                   .severity = Severity::medium,
                   .definition =
                       "More than a twentieth of a metric's values are one number that stands for \"none\" (-1, "
                       "255, 999, 9999, 32767, 65535, 2^31-1, 2^32-1, 1e9) at the end of its range, and ten "
                       "times as many as lie near it.",
                   .fix = "Record such values as missing.",
                   .looks_at = "metrics with 20 exact values",
                   .statement = say_heaping,
                   .threshold = {"share of the values", 0.05}};

void look_for_heaping(const Member& at, const std::string& title, Hits& hits) {
    static constexpr double sentinels[]{-1, 255, 999, 9999, 32767, 65535, 2147483647, 4294967295, 1e9};
    for (const auto m : at.table->where<is_metric>()) {
        const ColumnProfile& column = at.table->profile->columns[m];
        const NumberProfile& numbers = column.numbers;
        if (!numbers.values.exact() || numbers.n() < 20) continue;
        const std::string subject = title + ", " + column.name;
        hits.looked(heaping, subject, numbers.n());
        const auto& [low, high] = numbers.extremes.extrema;
        if (low->value == high->value) continue;
        for (const double sentinel : sentinels) {
            if (low->value != sentinel && high->value != sentinel) continue;
            std::uint64_t same = 0, near = 0;
            numbers.values.each([&](double value, std::uint64_t times) {
                if (value == sentinel)
                    same += times;
                else if (std::abs(value - sentinel) <= std::max(1.0, 0.1 * std::abs(sentinel)))
                    near += times;
            });
            if (static_cast<double>(same) <= hits.threshold(heaping) * static_cast<double>(numbers.n()) ||
                same <= 10 * near)
                continue;
            const bool lowest = low->value == sentinel;
            hits.add(heaping,
                     {subject,
                      line_of(at.artifact->path, lowest ? numbers.extremes.min_line : numbers.extremes.max_line), same,
                      number_text(sentinel)});
        }
    }
}

// ---- Z7

std::string say_nonfinite(const Group& group, double) {
    return k_of_n(group, "values") + " are NaN or infinite: " + most_frequent(group, 5);
}

const Rule nonfinite{.id = "Z7",
                     .slug = "nan-or-infinity",
                     .severity = Severity::medium,
                     .definition = "A metric's value is NaN or infinite. Such values are in no statistic here.",
                     .fix = "Find the division or the overflow that made them.",
                     .looks_at = "metrics",
                     .statement = say_nonfinite};

void look_for_nonfinite(const Member& at, const std::string& subject, Hits& hits) {
    for (const auto m : at.table->where<is_metric>()) {
        const ColumnProfile& column = at.table->profile->columns[m];
        if (column.n + column.n_nonfinite == 0) continue;
        hits.looked(nonfinite, subject, column.n + column.n_nonfinite);
        if (column.n_nonfinite == 0) continue;
        Evidence where = at.artifact->file(column.name);
        for (std::size_t row = 0; at.table->rows != nullptr && row < at.table->rows->rows.size(); ++row) {
            const KeptCell& cell = at.table->rows->cell(row, m);
            if (cell.present && cell.type == Type::real && !std::isfinite(cell.real)) {
                where = at.artifact->row(*at.table, row, {m});
                break;
            }
        }
        hits.add(nonfinite, {subject, std::move(where), column.n_nonfinite, column.name});
    }
}

// ---- Z8

std::string say_impossible(const Group& group, double) {
    return counted(group.k, "value cannot be, or is", "values cannot be, or are") +
           " not what the name says: " + most_frequent(group, 4);
}

const Rule impossible{.id = "Z8",
                      .slug = "impossible-values",
                      .severity = Severity::high,
                      .definition =
                          "A duration or rate is negative, a utilisation above 100 %, a lower percentile above "
                          "a higher one, or more is used than there is.",
                      .fix = "Look at how these values are computed before using any of them.",
                      .looks_at = "metrics with a unit or with percentiles",
                      .statement = say_impossible,
                      .answer = Answer::must_not_say};

bool is_share_name(std::string_view name) {
    static constexpr std::string_view words[]{"util", "utilization", "utilisation", "usage", "percent", "share", "pct"};
    static constexpr std::string_view changes[]{"change", "diff", "delta", "increase", "speedup", "overhead"};
    return data::has_word(name, words) && !data::has_word(name, changes);
}

/// A metric that may not be negative, or not above 100 %.
struct Ranged {
    std::size_t column;
    bool positive, share;
    bool difference; ///< which may be negative
};

struct RangedColumns {
    explicit RangedColumns(const Strided<assay_column>& plan) {
        static constexpr std::string_view differences[]{"diff", "delta", "change", "offset", "drift"};
        for (std::size_t c = 0; c < plan.size(); ++c) {
            if (!is_metric(plan[c]) || plan[c].aggregate != 0) continue;
            const std::string_view unit = view(plan[c].unit), name = view(plan[c].name);
            const bool positive = is_duration_unit(unit) || unit.find('/') != std::string_view::npos;
            const bool share = unit == "%" && is_share_name(name);
            if (positive || share) ranged.push_back({c, positive, share, data::has_word(name, differences)});
        }
    }
    std::vector<Ranged> ranged;
};

void look_at_range(const Member& at, const std::string& subject, const Ranged& ranged, Hits& hits) {
    const ColumnProfile& column = at.table->profile->columns[ranged.column];
    const auto& extremes = column.numbers.extremes;
    if (!extremes.extrema.min) return;
    hits.looked(impossible, subject, column.n);
    if (ranged.positive && extremes.extrema.min->value < 0 && !ranged.difference)
        hits.add(impossible, {subject, line_of(at.artifact->path, extremes.min_line), 1,
                              column.name + " = " + number_text(extremes.extrema.min->value) + " " +
                                  std::string{view(at.table->columns[ranged.column].unit)}});
    if (ranged.share && extremes.extrema.max->value > 100.5)
        hits.add(impossible, {subject, line_of(at.artifact->path, extremes.max_line), 1,
                              column.name + " = " + number_text(extremes.extrema.max->value) + " %"});
}

/// Columns of which the first may not be larger than the second: percentiles of one thing, used and total.
struct OrderedColumns {
    explicit OrderedColumns(const Strided<assay_column>& plan) {
        std::map<std::string, std::vector<std::pair<double, std::size_t>>> by_stem;
        for (std::size_t c = 0; c < plan.size(); ++c) {
            if (!is_number(plan[c])) continue;
            if (const auto ordered = order_in_name(view(plan[c].name)))
                by_stem[ordered->stem].push_back({ordered->rank, c});
        }
        for (auto& [stem, of] : by_stem) {
            std::sort(of.begin(), of.end());
            for (std::size_t i = 0; i + 1 < of.size(); ++i)
                if (of[i].first < of[i + 1].first) pairs.emplace_back(of[i].second, of[i + 1].second);
        }
    }
    std::vector<std::pair<std::size_t, std::size_t>> pairs;
};

void look_at_order(const Member& at, const std::string& subject, Hits& hits) {
    const TableView& table = *at.table;
    if (table.rows == nullptr) return;
    for (const auto& [lower, higher] : table.known<OrderedColumns>().pairs) {
        hits.looked(impossible, subject, table.rows->rows.size(), !table.rows->complete());
        for (std::size_t row = 0; row < table.rows->rows.size(); ++row) {
            const auto low = table.rows->cell(row, lower).number(), high = table.rows->cell(row, higher).number();
            // Rounding by whoever wrote them.
            if (table.rows->rows[row].status == ASSAY_ROW_OK && low && high && *low > *high + 1e-6 * std::abs(*high))
                hits.add(impossible, {subject, at.artifact->row(table, row, {lower, higher}), 1,
                                      table.rows->columns[lower] + " above " + table.rows->columns[higher]});
        }
    }
}

// ---- Z9

std::string say_quantised(const Group& group, double) {
    return counted(group.n, "value") + " take only " + most_frequent(group, 1) + ": the resolution is coarse";
}

const Rule quantised{.id = "Z9",
                     .slug = "coarse-resolution",
                     .severity = Severity::low,
                     .definition = "A metric with fractions takes few distinct values for its number of observations.",
                     .fix = "Record more digits; differences below the step are not seen.",
                     .looks_at = "metrics with fractions and 50 values",
                     .statement = say_quantised,
                     .threshold = {"distinct values per value", 0.05}};

void look_for_quantised(const Member& at, const std::string& title, Hits& hits) {
    for (const auto m : at.table->where<is_metric>()) {
        const ColumnProfile& column = at.table->profile->columns[m];
        if (column.type != Type::real || column.n < 50) continue;
        const std::string subject = title + ", " + column.name;
        hits.looked(quantised, subject, column.n);
        const auto distinct = column.count_distinct().value;
        if (distinct < 2 ||
            static_cast<double>(distinct) >= hits.threshold(quantised) * static_cast<double>(column.n) || distinct > 50)
            continue;
        hits.add(quantised, {subject, at.artifact->file(), column.n, counted(distinct, "distinct value")});
    }
}

// ---- Z11

std::string say_unknown_status(const Group& group, double) {
    return k_of_n(group, "rows") + " have a status that is known neither as success nor as failure, and count as ok: " +
           most_frequent(group, 4);
}

const Rule unknown_status{.id = "Z11",
                          .slug = "unknown-status",
                          .severity = Severity::medium,
                          .definition = "Most rows of a status, state, outcome, result or verdict hold a word that is "
                                        "known for success or failure, and some another text.",
                          .fix = "Say in the pipeline which rows failed (status.failed).",
                          .looks_at = "columns for how rows ended",
                          .statement = say_unknown_status};

bool tells_an_end(const assay_column& column) {
    static constexpr std::string_view words[]{"status", "state", "outcome", "result", "verdict", "conclusion"};
    return is_text(column) && data::has_word(view(column.name), words);
}

/// Of a dataset's column: how often it holds a known word, and where it holds another text.
struct Ends {
    static constexpr std::size_t most_texts = 100;
    struct Unknown {
        std::uint64_t times;
        std::string text;
        Evidence where;
    };
    std::uint64_t known = 0, unknown = 0;
    std::vector<Unknown> texts;
    void append(Ends later) {
        known += later.known, unknown += later.unknown;
        for (Unknown& one : later.texts)
            if (texts.size() < most_texts) texts.push_back(std::move(one));
    }
};

Evidence first_of(const Member& at, std::size_t column, std::string_view text) {
    const KeptRows* rows = at.table->rows;
    for (std::size_t row = 0; rows != nullptr && row < rows->rows.size(); ++row)
        if (rows->rows[row].status == ASSAY_ROW_OK && rows->cell(row, column).present &&
            rows->cell(row, column).text == text)
            return at.artifact->row(*at.table, row, {column});
    return at.artifact->file(std::string{text});
}

void note_ends(const Member& at, ByColumn<Ends>& all) {
    for (const auto c : at.table->where<tells_an_end>()) {
        const ColumnProfile& column = at.table->profile->columns[c];
        Ends& seen = all.at(*at.table, c);
        seen.known += column.n_failed; // what failed is told by some word
        for (const auto& one : column.top.entries()) {
            if (is_outcome(one.text)) {
                seen.known += one.count;
                continue;
            }
            seen.unknown += one.count;
            if (seen.texts.size() < Ends::most_texts)
                seen.texts.push_back({one.count, short_text(one.text, 30), first_of(at, c, one.text)});
        }
    }
}

void look_for_unknown_status(const DatasetView& view, Hits& hits) {
    const std::string& title = view.dataset->title;
    for (const auto& [name, seen] : hits.noted<ByColumn<Ends>>().of(view.index)) {
        if (seen.known <= seen.unknown) continue; // words for something else
        hits.looked(unknown_status, title, seen.known + seen.unknown);
        for (const auto& one : seen.texts)
            hits.add(unknown_status, {title, one.where, one.times, name + "=" + one.text});
    }
}

void look_at_values(const Member& at, Hits& hits) {
    const std::string& title = at.table->title;
    look_for_failed_values(at, title, hits);
    look_for_structural_zeros(at, title, hits);
    look_for_heaping(at, title, hits);
    look_for_nonfinite(at, title, hits);
    for (const Ranged& ranged : at.table->known<RangedColumns>().ranged) look_at_range(at, title, ranged, hits);
    look_at_order(at, title, hits);
    look_for_quantised(at, title, hits);
    note_ends(at, hits.notes<ByColumn<Ends>>());
}

void look_at_datasets(const DatasetView& view, Hits& hits) {
    look_for_dead_sensors(view, hits);
    look_for_unknown_status(view, hits);
}

constexpr std::array values_rules{&dead_sensor, &failed_values, &false_success, &structural_zero, &heaping,
                                  &nonfinite,   &impossible,    &quantised,     &unknown_status};

} // namespace

const Family values_family{.name = "Sentinels, impossible values, false success",
                           .rules = values_rules,
                           .artifact = look_for_false_success,
                           .table = look_at_values,
                           .dataset = look_at_datasets};

} // namespace assay::gaps
