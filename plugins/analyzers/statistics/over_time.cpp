#include "statistics/summary.hpp"
#include <algorithm>
#include <assay/stats/sample.hpp>
#include <set>
#include <tuple>

namespace assay::statistics {

namespace {

constexpr std::size_t fewest_times = 8;

/// An observation at its time.
struct Observed {
    double seconds, value;
    // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 sees a null pointer in it
    auto operator<=>(const Observed&) const = default;
};

/// The table's first column of times that its rows hold themselves; SIZE_MAX where there is none.
std::size_t time_column(const Source& source) {
    const auto& columns = source.shape->columns;
    for (std::size_t c = 0; c < columns.size(); ++c)
        if (columns[c].type == ASSAY_TYPE_TIME && columns[c].document_scope == 0 && !source.table.samples[c].empty())
            return c;
    return SIZE_MAX;
}

/// The tables that the group's parts are of, each once, in path order.
std::vector<const Source*> sources_of(const Group& group) {
    std::vector<const Source*> out;
    for (const Part* part : group.parts)
        if (out.empty() || out.back() != part->source) out.push_back(part->source);
    return out;
}

struct TimeSeries {
    std::string column; ///< of the times
    std::vector<Observed> points;
};

using Sampled = std::vector<stats::Sample<double>::Entry>;

/// What the sampled rows of a group have in a column of their table.
struct Wanted {
    Sampled marks;
    std::optional<double> mark; ///< nothing: rows without a value
    bool holds(const stats::Sample<double>::Entry& row) const {
        const auto place = [](const auto& entry) { return std::tie(entry.key, entry.at); };
        const auto found = std::lower_bound(marks.begin(), marks.end(), row,
                                            [&](const auto& a, const auto& b) { return place(a) < place(b); });
        const bool known = found != marks.end() && place(*found) == place(row);
        return mark ? known && found->item == *mark : !known;
    }
};

/// Where columns of the table tell the group's rows from others of it.
std::vector<Wanted> wanted_of(const Dataset& dataset, const Projection& projection, const Group& group,
                              const Source& source) {
    std::vector<Wanted> out;
    for (std::size_t i = 0; i < projection.dimensions.size(); ++i)
        for (const auto c : source.shape->dividing) {
            if (view(source.shape->columns[c].name) != dataset.dimensions[projection.dimensions[i]].name) continue;
            const Level& level = group.levels[i];
            out.push_back({sample_of(source.table.samples[c]),
                           level ? std::optional{ColumnProfile::level_mark(*level)} : std::nullopt});
        }
    return out;
}

/// The sampled rows of all tables that name their times alike: those of smallest key. Samples have the same rows in
/// every column without gaps, in order of key.
TimeSeries series_of(const Dataset& dataset, const Projection& projection, const Group& group, std::size_t metric) {
    TimeSeries out;
    stats::Sample<Observed> kept;
    for (const Source* source : sources_of(group)) {
        const std::size_t times = time_column(*source), column = source->column_of(metric);
        if (times == SIZE_MAX || column == SIZE_MAX) continue;
        const std::string_view name = view(source->shape->columns[times].name);
        if (out.column.empty()) out.column = name;
        if (name != out.column) continue;
        const auto timed = sample_of(source->table.samples[times]);
        const auto wanted = wanted_of(dataset, projection, group, *source);
        auto time = timed.begin();
        for (const auto& entry : sample_of(source->table.samples[column])) {
            if (!kept.wants(entry.key)) break;
            if (!std::all_of(wanted.begin(), wanted.end(), [&](const Wanted& one) { return one.holds(entry); }))
                continue;
            const auto row = std::tie(entry.key, entry.at);
            while (time != timed.end() && std::tie(time->key, time->at) < row) ++time;
            if (time != timed.end() && std::tie(time->key, time->at) == row)
                kept.add(entry.key, entry.at, Observed{time->item / 1e6, entry.item});
        }
    }
    for (const auto& entry : kept.sorted()) out.points.push_back(entry.item);
    std::sort(out.points.begin(), out.points.end());
    return out;
}

/// Rows have times of their own, rather than each file one for all of its rows.
bool runs_through_time(const TimeSeries& series) {
    std::set<double> times;
    for (const auto& point : series.points) times.insert(point.seconds);
    return times.size() >= fewest_times && 2 * times.size() >= series.points.size();
}

} // namespace

void Facts::over_time(const Projection& projection, const Group& group, std::size_t metric, const std::string& label,
                      std::uint32_t rank) {
    const TimeSeries series = series_of(data, projection, group, metric);
    if (!runs_through_time(series)) return;
    const Pool all = pool(group, metric);
    Fact fact = base(projection, group, metric, all);
    fact.kind = "series";
    fact.unit = data.metrics[metric].unit;
    fact.direction = direction_name(data.metrics[metric].direction);
    for (const auto& point : series.points) {
        fact.values.push_back(point.value);
        fact.edges.push_back(point.seconds);
    }
    fact.selector = selector(projection, group, fact.metric, "ok", "series", all.artifacts);
    const std::size_t n = series.points.size();
    send(fact, "series", static_cast<double>(n), std::to_string(n),
         (n == all.n() ? "all observations" : "observations of smallest hash whose rows have a time") +
             (", in the order of " + series.column) + (label.empty() ? "" : "; " + label),
         rank);
}

} // namespace assay::statistics
