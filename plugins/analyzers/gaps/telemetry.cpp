// Telemetry: is there any while runs are measured, has it holes, and what does it say of the conditions?
#include "gaps/design.hpp"
#include "gaps/family.hpp"
#include "gaps/wording.hpp"
#include <algorithm>
#include <array>
#include <assay/cell.hpp>
#include <assay/stats/quantile.hpp>

namespace assay::gaps {

namespace {

// ---- H5

std::string say_no_telemetry(const Group& group, double threshold) {
    return k_of_n(group, "files with raw measurements") + " have no telemetry over " + number_text(threshold * 100) +
           " % of their time: " + most_frequent(group, 5);
}

const Rule no_telemetry{.id = "H5",
                        .slug = "no-telemetry",
                        .severity = Severity::medium,
                        .definition = "No sensor samples (temperature, power, clocks, utilisation) cover the time in "
                                      "which a file's rows were measured; without times, none lie in its folder.",
                        .fix = "Sample temperature, power, clocks and utilisation while benchmarks run.",
                        .looks_at = "files with raw durations or rates",
                        .statement = say_no_telemetry,
                        .threshold = {"share of the time that is covered", 0.8},
                        .answer = Answer::missing};

// ---- H6

std::string say_holes(const Group& group, double) {
    return k_of_n(group, "intervals") + " between samples of telemetry are more than 3 times the usual one, up to " +
           number_text(group.worst) + " s: " + most_frequent(group, 4);
}

const Rule holes{
    .id = "H6",
    .slug = "telemetry-holes",
    .severity = Severity::low,
    .definition = "Two samples of one device in a telemetry table lie more than 3 times their median interval apart.",
    .fix = "Find what held the sampler up; do not interpolate over it.",
    .looks_at = "telemetry tables with 10 samples",
    .statement = say_holes};

// ---- H7

std::string say_throttling(const Group& group, double) {
    return k_of_n(group, "rows that tell their conditions") +
           " tell of one that spoils measurements: " + most_frequent(group, 5);
}

const Rule throttling{.id = "H7",
                      .slug = "invalid-conditions",
                      .severity = Severity::high,
                      .definition =
                          "A file says that clocks were throttled, CPU scaling was enabled, the library was a "
                          "debug build, or the result is invalid.",
                      .fix = "Mend the condition and measure again.",
                      .looks_at = "columns on throttling, CPU scaling, build type or validity",
                      .statement = say_throttling,
                      .answer = Answer::must_not_say};

constexpr double second = 1e6; // microseconds

struct Window {
    double begin, end;
};

/// From the first to the last time in a table; by the extremes of its time column, so that samples suffice.
std::optional<Window> window_of(const TableView& table) {
    const std::size_t time = time_column(table);
    if (time == SIZE_MAX) return std::nullopt;
    const ColumnProfile& column = table.profile->columns[time];
    const auto& [low, high] = column.extremes.extrema;
    if (!low || !high) return std::nullopt;
    const auto at = [&](double value) {
        KeptCell cell;
        cell.present = true;
        cell.type = column.type == Type::time ? Type::time : Type::real;
        if (cell.type == Type::time)
            cell.integer = static_cast<std::int64_t>(value);
        else
            cell.real = value;
        return time_of(cell);
    };
    const auto begin = at(low->value), end = at(high->value);
    return begin && end ? std::optional{Window{*begin, *end}} : std::nullopt;
}

struct Sampled {
    Window window;
    std::string folder;
};

bool measures_condition(const assay_column& column) {
    return is_metric(column) && is_condition_sensor(view(column.name));
}

bool holds_sensors(const TableView& table) {
    const auto& columns = table.where<measures_condition>();
    return std::any_of(columns.begin(), columns.end(), [&](auto m) { return table.profile->columns[m].n > 0; });
}

/// A file with measurements, and when they were made where that is known.
struct Measured {
    std::string path;
    std::optional<Window> window;
    bool sensors = false; ///< beside the measurements themselves
};

struct Coverage {
    std::vector<Sampled> telemetry;
    std::vector<Measured> measured;
    void append(Coverage later) {
        std::move(later.telemetry.begin(), later.telemetry.end(), std::back_inserter(telemetry));
        std::move(later.measured.begin(), later.measured.end(), std::back_inserter(measured));
    }
};

/// The largest share of the run that one telemetry table covers.
double covered(const Window& run, const std::vector<Sampled>& all) {
    double best = 0;
    for (const Sampled& one : all) {
        const double begin = std::max(run.begin, one.window.begin), end = std::min(run.end, one.window.end);
        if (end < begin) continue;
        best = std::max(best, run.end > run.begin ? (end - begin) / (run.end - run.begin) : 1.0);
    }
    return best;
}

void note_measured(const ArtifactView& artifact, Coverage& all) {
    Measured out{artifact.path, {}, false};
    bool measures = false;
    for (const TableView& table : artifact.tables) {
        if (!table.is_data() || table.profile == nullptr || !has_performance(table) || is_telemetry(table)) continue;
        measures = true;
        out.sensors |= holds_sensors(table);
        if (const auto more = window_of(table))
            out.window = out.window
                             ? Window{std::min(out.window->begin, more->begin), std::max(out.window->end, more->end)}
                             : *more;
    }
    if (measures && view(artifact.artifact->parser) != "markdown") all.measured.push_back(std::move(out));
}

void look_at_coverage(const Tree&, Hits& hits) {
    const Coverage& all = hits.noted<Coverage>();
    std::set<std::string> folders; // with telemetry
    for (const Sampled& one : all.telemetry) folders.insert(one.folder);
    for (const Measured& one : all.measured) {
        hits.looked(no_telemetry, "");
        const std::string folder{folder_of(one.path)};
        if (one.sensors || (one.window ? covered(*one.window, all.telemetry) >= hits.threshold(no_telemetry)
                                       : folders.contains(folder)))
            continue;
        hits.add(no_telemetry, {"", Evidence{one.path}, 1, folder.empty() ? one.path : folder + "/"});
    }
}

using Samples = std::map<double, std::size_t>; ///< rows by their times

/// What samples of several devices in one table are told apart by.
bool may_name_series(const assay_column& column) {
    return column.type != ASSAY_TYPE_TIME && column.type != ASSAY_TYPE_FLOAT && column.role != ASSAY_ROLE_METRIC &&
           column.role != ASSAY_ROLE_STATUS && column.role != ASSAY_ROLE_TIMESTAMP;
}

bool names_device(std::string_view name) {
    static constexpr std::string_view words[]{"gpu",  "device", "index",  "uuid", "id",   "bus",  "host",
                                              "node", "socket", "sensor", "card", "rank", "core", "name"};
    return data::has_word(name, words);
}

constexpr std::size_t fewest_samples = 10;

/// A series for each value of the column; empty where there is one only, one is short, or times of one do not rise.
std::vector<Samples> series_by(const KeptRows& rows, std::size_t time, std::size_t column) {
    std::map<std::string, Samples> found;
    for (std::size_t row = 0; row < rows.rows.size(); ++row) {
        const auto at = time_of(rows.cell(row, time));
        if (!at) continue;
        Samples& samples = found[text_of(rows.cell(row, column))];
        if (!samples.empty() && samples.rbegin()->first >= *at) return {};
        samples.emplace_hint(samples.end(), *at, row);
        if (found.size() * fewest_samples > rows.rows.size()) return {};
    }
    std::vector<Samples> out;
    for (auto& [name, samples] : found) {
        if (samples.size() < fewest_samples) return {};
        out.push_back(std::move(samples));
    }
    return out.size() > 1 ? out : std::vector<Samples>{};
}

/// By the column that names devices; where times of the table do not rise, by any. Else all are one series, in which
/// several sensors may be sampled at one time.
std::vector<Samples> series_of(const TableView& table, std::size_t time) {
    Samples all;
    bool rise = true;
    for (std::size_t row = 0; row < table.rows->rows.size(); ++row)
        if (const auto at = time_of(table.rows->cell(row, time))) {
            rise = rise && (all.empty() || all.rbegin()->first < *at);
            all.try_emplace(*at, row);
        }
    std::vector<Samples> by_any;
    for (const auto c : table.where<may_name_series>()) {
        const bool device = names_device(view(table.columns[c].name));
        if (!device && (rise || !by_any.empty())) continue;
        auto series = series_by(*table.rows, time, c);
        if (device && !series.empty()) return series;
        if (by_any.empty()) by_any = std::move(series);
    }
    return by_any.empty() ? std::vector<Samples>{std::move(all)} : by_any;
}

void look_for_holes(const ArtifactView& artifact, const TableView& table, Hits& hits) {
    if (table.rows == nullptr || !table.rows->complete()) return;
    const std::size_t time = time_column(table);
    for (const Samples& times : series_of(table, time)) {
        if (times.size() < fewest_samples) continue;
        std::vector<double> steps;
        for (auto at = times.begin(); std::next(at) != times.end(); ++at)
            steps.push_back(std::next(at)->first - at->first);
        std::sort(steps.begin(), steps.end());
        const auto usual = stats::median(steps);
        hits.looked(holes, table.name, steps.size());
        for (auto at = times.begin(); std::next(at) != times.end(); ++at) {
            const double step = std::next(at)->first - at->first;
            // Nobody means a hole where samples are taken many times a second.
            if (step > 3 * *usual && step > second)
                hits.add(holes, {table.name, artifact.row(table, std::next(at)->second, {time}), 1, artifact.path,
                                 step / second});
        }
    }
}

/// What a value of this column says against its row; empty where nothing.
std::string spoils(std::string_view column, std::string_view value) {
    const std::string name = lower_case(column), text = lower_case(value);
    const bool yes = text == "true" || text == "active" || text == "1" || text == "yes" || text == "enabled";
    if (name.find("throttl") != std::string::npos || name.find("clocks_event_reasons") != std::string::npos) {
        if (name.ends_with("supported") || name.find("idle") != std::string::npos) return {};
        return yes ? std::string{column} + " is " + std::string{value} : std::string{};
    }
    if (name.ends_with("cpu_scaling_enabled") && yes) return "CPU scaling is enabled";
    if (name.ends_with("library_build_type") && text == "debug") return "the benchmark library is a debug build";
    if (name.ends_with("result_validity") || name.ends_with("result is"))
        return text == "invalid" ? "the result is marked invalid" : std::string{};
    return {};
}

bool tells_conditions(std::string_view column) {
    const std::string name = lower_case(column);
    return name.find("throttl") != std::string::npos || name.find("clocks_event_reasons") != std::string::npos ||
           name.ends_with("cpu_scaling_enabled") || name.ends_with("library_build_type") ||
           name.ends_with("result_validity") || name.ends_with("result is");
}

/// What a document says of all its tables is told once, by its own.
bool is_of_conditions(const assay_column& column) {
    return column.document_scope == 0 && tells_conditions(view(column.name));
}

void look_at_conditions(const ArtifactView& artifact, const TableView& table, Hits& hits) {
    if (table.rows == nullptr) return;
    for (const auto c : table.where<is_of_conditions>()) {
        const std::string& name = table.rows->columns[c];
        hits.looked(throttling, "", table.rows->rows.size(), !table.rows->complete());
        for (std::size_t row = 0; row < table.rows->rows.size(); ++row) {
            const std::string what = spoils(name, text_of(table.rows->cell(row, c)));
            if (!what.empty()) hits.add(throttling, {"", artifact.row(table, row, {c}), 1, what});
        }
    }
}

void look_at_telemetry(const ArtifactView& artifact, Hits& hits) {
    Coverage& all = hits.notes<Coverage>();
    note_measured(artifact, all);
    for (const TableView& table : artifact.tables) {
        if (!table.is_data() || table.profile == nullptr) continue;
        look_at_conditions(artifact, table, hits);
        if (!is_telemetry(table)) continue;
        if (const auto window = window_of(table))
            all.telemetry.push_back({*window, std::string{folder_of(artifact.path)}});
        look_for_holes(artifact, table, hits);
    }
}

constexpr std::array telemetry_rules{&no_telemetry, &holes, &throttling};

} // namespace

const Family telemetry_family{
    .name = "Telemetry", .rules = telemetry_rules, .artifact = look_at_telemetry, .tree = look_at_coverage};

} // namespace assay::gaps
