// Dates and times: of files against those inside, implausible ones, zones, order, age.
#include "gaps/family.hpp"
#include "gaps/timestamps.hpp"
#include "gaps/wording.hpp"
#include <algorithm>
#include <array>
#include <assay/utc.hpp>
#include <cmath>

namespace assay::gaps {

namespace {

constexpr std::int64_t one_second = 1'000'000, one_minute = 60 * one_second, one_day = 1440 * one_minute;

// ---- T1

std::string say_file_times(const Group& group, double) {
    return k_of_n(group, "files with dates inside") + " disagree with their file times: " + most_frequent(group, 3) +
           "; the dates inside are used";
}

/// Weight 1: measured after the file was written.
Severity grade_file_times(const Group& group) { return group.worst >= 1 ? Severity::medium : Severity::info; }

const Rule file_times{
    .id = "T1",
    .slug = "file-times-against-dates",
    .severity = Severity::info,
    .definition = "A file's time is more than a day from the newest date inside, as after a checkout or "
                  "a copy; medium where it lies before that date, which cannot be.",
    .fix = "Take no dates from file times. Where dates lie behind them, look at the clocks and at who "
           "wrote these dates.",
    .looks_at = "files with dates inside",
    .statement = say_file_times,
    .threshold = {"days between them", 1},
    .grade = grade_file_times};

void look_at_file_time(const ArtifactView& artifact, Hits& hits) {
    const std::int64_t written = artifact.artifact->modified_us;
    std::optional<TimeSpan> newest;
    for (const TableView& table : artifact.tables)
        for (const auto column : timestamps_of(table))
            if (const auto span = span_of(table, column); span && (!newest || span->max > newest->max)) newest = span;
    if (!newest || written == INT64_MIN) return;
    hits.looked(file_times, "");
    const double days = static_cast<double>(written - newest->max) / static_cast<double>(one_day);
    if (std::abs(days) <= hits.threshold(file_times)) return;
    const std::string dates = "written " + utc_date(written) + ", newest date inside " + utc_date(newest->max);
    hits.add(file_times,
             {"", line_of(artifact.path, newest->max_line, dates), 1,
              days < 0 ? "dated after they were written" : "written later than dated", days < 0 ? 1.0 : 0.0});
}

/// Adds to T1 why file times tell nothing.
void look_for_checkout(const Tree& tree, Hits& hits) {
    constexpr std::size_t fewest = 10;
    std::vector<std::int64_t> times;
    for (const assay_artifact& artifact : tree.corpus.artifacts())
        if (artifact.modified_us != INT64_MIN) times.push_back(artifact.modified_us);
    if (times.size() < fewest) return;
    std::sort(times.begin(), times.end());
    const std::size_t most = times.size() - times.size() / 10;
    for (std::size_t i = 0; i + most <= times.size(); ++i)
        if (times[i + most - 1] - times[i] <= one_minute)
            return hits.add(
                file_times,
                {.k = 0, .detail = "nine of ten file times lie within a minute, as after a checkout", .weight = -1});
}

// ---- T2

std::string say_implausible(const Group& group, double) {
    return k_of_n(group, "times") + " cannot be right: " + most_frequent(group, 3);
}

const Rule implausible_dates{.id = "T2",
                             .slug = "implausible-dates",
                             .severity = Severity::medium,
                             .definition =
                                 "A time lies before 2000, or more than a day after now and after its file was "
                                 "written, or a column mixes seconds, milliseconds, microseconds or "
                                 "nanoseconds since 1970.",
                             .fix = "Look at the clock of the machine, and at what is written where no time is known.",
                             .looks_at = "columns with times",
                             .statement = say_implausible};

std::string wrong_with(const TimeValue& time, double usual_scale, std::int64_t latest) {
    constexpr std::int64_t year_2000 = 946'684'800 * one_second;
    if (time.us < year_2000) return "before 2000";
    if (time.us > latest) return "in the future";
    return time.scale != usual_scale ? "another unit since 1970 than in the rest of the column" : "";
}

void look_for_implausible(const Member& at, const std::string& subject, Hits& hits) {
    const TableView& table = *at.table;
    const std::int64_t latest = std::max(at.artifact->now_us, at.artifact->artifact->modified_us) + one_day;
    for (const auto c : timestamps_of(table)) {
        const auto span = span_of(table, c);
        if (!span) continue;
        hits.looked(implausible_dates, subject, table.n_rows());
        const bool early = !wrong_with({span->min, span->max_scale}, span->max_scale, latest).empty();
        const std::string late = wrong_with({span->max, span->max_scale}, span->max_scale, latest);
        if (!early && late.empty() && span->min_scale == span->max_scale) continue;
        std::uint64_t found = 0;
        for (std::size_t row = 0; table.rows != nullptr && row < table.rows->rows.size(); ++row) {
            const auto time = time_in(table, row, c);
            const std::string wrong = time ? wrong_with(*time, span->max_scale, latest) : "";
            if (wrong.empty()) continue;
            hits.add(implausible_dates, {subject, at.artifact->row(table, row, {c}), 1,
                                         table.rows->columns[c] + " " + wrong + " (" + utc_date(time->us) + ")"});
            ++found;
        }
        if (found == 0)
            hits.add(implausible_dates,
                     {subject, line_of(at.artifact->path, late.empty() ? span->min_line : span->max_line,
                                       std::string{view(table.columns[c].name)})});
    }
}

// ---- T3

std::string say_zones(const Group& group, double) {
    return k_of_n(group, "columns of times") + " name no zone and are read as UTC: " + most_frequent(group, 3);
}

/// Weight 1: it is known that UTC is wrong.
Severity grade_zones(const Group& group) {
    return group.worst >= 1 || group.k < group.n ? Severity::low : Severity::info;
}

const Rule zones{.id = "T3",
                 .slug = "time-zones",
                 .severity = Severity::low,
                 .definition =
                     "Times are written without a zone, and others with one, or a number of seconds since 1970 "
                     "beside them shows that they are no UTC; info where no time has a zone.",
                 .fix = "Write times in UTC, with Z or an offset.",
                 .looks_at = "columns of times",
                 .statement = say_zones,
                 .grade = grade_zones};

/// Hours from UTC, as seconds since 1970 in the same rows show them; nothing where they do not, or show none.
std::optional<double> hours_from_epoch(const TableView& table, std::size_t column) {
    constexpr std::int64_t quarter = 15 * one_minute, farthest = 56 * quarter;
    if (table.rows == nullptr) return std::nullopt;
    for (const auto other : timestamps_of(table)) {
        if (table.columns[other].type == ASSAY_TYPE_TIME) continue;
        std::optional<std::int64_t> offset;
        bool same = true;
        for (std::size_t row = 0; same && row < table.rows->rows.size(); ++row) {
            const auto local = time_in(table, row, column), epoch = time_in(table, row, other);
            if (!local || !epoch) continue;
            const auto quarters =
                std::llround(static_cast<double>(local->us - epoch->us) / static_cast<double>(quarter));
            same = std::abs(local->us - epoch->us - quarters * quarter) < 5 * one_second &&
                   (!offset || *offset == quarters * quarter);
            offset = quarters * quarter;
        }
        if (same && offset && *offset != 0 && std::abs(*offset) <= farthest)
            return static_cast<double>(*offset) / static_cast<double>(60 * one_minute);
    }
    return std::nullopt;
}

/// Each name once in a file: tables inside tables repeat the times around them.
void look_at_zones(const ArtifactView& artifact, Hits& hits) {
    std::set<std::string_view> seen;
    for (const TableView& table : artifact.tables) {
        for (const auto c : timestamps_of(table)) {
            const std::string_view name = view(table.columns[c].name);
            if (table.columns[c].type != ASSAY_TYPE_TIME || !seen.insert(name).second) continue;
            hits.looked(zones, "");
            if (std::none_of(artifact.diagnostics.begin(), artifact.diagnostics.end(), [&](const Diagnostic& remark) {
                    return remark.code == "no-zone" && remark.column == name;
                }))
                continue;
            const auto hours = hours_from_epoch(table, c);
            std::string detail{name};
            if (hours)
                detail += " is " + number_text(std::abs(*hours)) + " h " + (*hours < 0 ? "behind" : "ahead of") +
                          " UTC, by the seconds since 1970 beside it";
            const bool shown = table.rows != nullptr && !table.rows->rows.empty();
            Evidence where = shown ? artifact.row(table, 0, {}) : artifact.file();
            where.excerpt = name;
            hits.add(zones, {"", std::move(where), 1, std::move(detail), hours ? 1.0 : 0.0});
        }
    }
}

// ---- T5

std::string say_stale(const Group& group, double days) {
    return k_of_n(group, "datasets") + " have no measurement of the last " + number_text(days) +
           " days: " + most_frequent(group, 4);
}

const Rule stale{.id = "T5",
                 .slug = "stale",
                 .severity = Severity::info,
                 .definition = "The newest time in a dataset is long ago.",
                 .fix = "Measure again before these figures are used for what runs now.",
                 .looks_at = "datasets with times",
                 .statement = say_stale,
                 .threshold = {"days", 180}};

/// The newest time of a dataset, and where it stands.
struct Newest {
    TimeSpan span;
    std::string path;
};
struct NewestByDataset {
    std::map<std::size_t, Newest> newest;
    void add(std::size_t dataset, const Newest& here) {
        const auto [known, fresh] = newest.try_emplace(dataset, here);
        if (!fresh && here.span.max > known->second.span.max) known->second = here;
    }
    void append(const NewestByDataset& later) {
        for (const auto& [dataset, one] : later.newest) add(dataset, one);
    }
};

void note_newest(const Member& at, Hits& hits) {
    for (const auto column : timestamps_of(*at.table)) {
        const auto span = span_of(*at.table, column);
        if (span) hits.notes<NewestByDataset>().add(at.table->dataset(), {*span, at.artifact->path});
    }
}

void look_at_ages(const Tree& tree, Hits& hits) {
    for (const auto& [dataset, newest] : hits.noted<NewestByDataset>().newest) {
        hits.looked(stale, "");
        const double days = static_cast<double>(tree.corpus.now_us() - newest.span.max) / static_cast<double>(one_day);
        if (days > hits.threshold(stale))
            hits.add(stale, {"", line_of(newest.path, newest.span.max_line, utc_date(newest.span.max)), 1,
                             std::string{view(tree.corpus.datasets()[dataset].title)}, days});
    }
}

void look_at_times(const ArtifactView& artifact, Hits& hits) {
    look_at_file_time(artifact, hits);
    look_at_zones(artifact, hits);
}

void look_at_dates(const Member& at, Hits& hits) {
    look_for_implausible(at, at.table->title, hits);
    note_newest(at, hits);
}

void look_at_file_times(const Tree& tree, Hits& hits) {
    look_for_checkout(tree, hits);
    look_at_ages(tree, hits);
}

constexpr std::array time_rules{&file_times, &implausible_dates, &zones, &stale};

} // namespace

const Family times_family{
    .name = "Time", .rules = time_rules, .artifact = look_at_times, .table = look_at_dates, .tree = look_at_file_times};

} // namespace assay::gaps
