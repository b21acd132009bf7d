#include "statistics/lines.hpp"
#include <algorithm>
#include <cmath>
#include <numeric>

namespace assay::statistics {

namespace {

/// Lines that differ in nothing but time, by number of their series, in the order met.
std::vector<std::size_t> series_of_lines(const std::vector<Line>& lines, std::size_t time) {
    std::map<std::vector<Level>, std::size_t> known;
    std::vector<std::size_t> out;
    for (const Line& line : lines) {
        auto levels = line.group->levels;
        levels.erase(levels.begin() + static_cast<std::ptrdiff_t>(time));
        out.push_back(known.try_emplace(std::move(levels), known.size()).first->second);
    }
    return out;
}

/// A series of a history: its lines in order, and how far the outlying one lies from its median, as a share of that.
struct History {
    std::vector<std::size_t> lines;
    std::size_t outlying = 0, other = 0; ///< the extremes, as lines
    double deviation = 0;
};

void find_extremes(History& history, const std::vector<Line>& lines) {
    std::vector<std::pair<double, std::size_t>> values;
    for (const auto line : history.lines)
        if (const Shown* centre = lines[line].centre()) values.emplace_back(centre->value, line);
    history.outlying = history.other = history.lines.back();
    if (values.empty()) return;
    std::sort(values.begin(), values.end());
    const double middle = values[values.size() / 2].first;
    const auto [low, high] = std::pair{values.front(), values.back()};
    const bool above = high.first - middle >= middle - low.first;
    history.outlying = above ? high.second : low.second;
    history.other = above ? low.second : high.second;
    const double furthest = std::max(high.first - middle, middle - low.first);
    history.deviation = middle != 0 ? furthest / std::abs(middle) : furthest;
}

std::vector<History> histories_of(const std::vector<Line>& lines, std::size_t time) {
    const auto series = series_of_lines(lines, time);
    std::vector<History> out(series.empty() ? 0 : *std::max_element(series.begin(), series.end()) + 1);
    for (std::size_t i = 0; i < lines.size(); ++i) out[series[i]].lines.push_back(i);
    for (History& history : out) find_extremes(history, lines);
    std::stable_sort(out.begin(), out.end(),
                     [](const History& a, const History& b) { return a.deviation > b.deviation; });
    return out;
}

/// Lines in the order in which they are kept, each once.
class Kept {
  public:
    explicit Kept(std::size_t lines) : places_(lines, UINT32_MAX) {}
    void keep(std::size_t line) {
        if (places_[line] == UINT32_MAX) places_[line] = next_++;
    }
    std::vector<std::uint32_t> take() && { return std::move(places_); }

  private:
    std::vector<std::uint32_t> places_;
    std::uint32_t next_ = 0;
};

std::vector<std::uint32_t> importance_in_time(const std::vector<Line>& lines, std::size_t time) {
    const auto histories = histories_of(lines, time);
    Kept kept{lines.size()};
    for (const History& history : histories) kept.keep(history.outlying);
    for (const History& history : histories) kept.keep(history.lines.back());
    for (const History& history : histories) kept.keep(history.other);
    for (const History& history : histories) kept.keep(history.lines.front());
    for (std::size_t away = 1; away < lines.size(); ++away)
        for (const History& history : histories) {
            const auto at = std::find(history.lines.begin(), history.lines.end(), history.outlying);
            const auto place = static_cast<std::size_t>(at - history.lines.begin());
            if (place >= away) kept.keep(history.lines[place - away]);
            if (place + away < history.lines.size()) kept.keep(history.lines[place + away]);
        }
    return std::move(kept).take();
}

} // namespace

const Shown* Line::centre() const {
    if (const auto found = row.find("median"); found != row.end()) return &found->second;
    const auto only = row.find("value");
    return only == row.end() ? nullptr : &only->second;
}

std::optional<std::size_t> time_place(const Dataset& dataset, const Projection& projection) {
    for (std::size_t i = 0; i < projection.dimensions.size(); ++i) {
        const Dimension& dimension = dataset.dimensions[projection.dimensions[i]];
        if (dimension.varies() && is_time(dimension)) return i;
    }
    return std::nullopt;
}

void order_lines(std::vector<Line>& lines, std::optional<std::size_t> time, std::int32_t direction, bool ranked) {
    if (time) {
        // Groups come by level: within a series that is by time already.
        const auto series = series_of_lines(lines, *time);
        std::vector<std::size_t> order(lines.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return series[a] < series[b]; });
        std::vector<Line> ordered;
        for (const auto i : order) ordered.push_back(std::move(lines[i]));
        lines = std::move(ordered);
        return;
    }
    std::stable_sort(lines.begin(), lines.end(), [&](const Line& a, const Line& b) {
        const Shown *x = a.centre(), *y = b.centre();
        if (!x || !y) return x != nullptr && y == nullptr;
        if (direction == ASSAY_DIRECTION_UNKNOWN || !ranked) return false;
        return direction == ASSAY_DIRECTION_HIGHER ? x->value > y->value : x->value < y->value;
    });
}

std::vector<std::uint32_t> importance_of(const std::vector<Line>& lines, std::optional<std::size_t> time) {
    if (time) return importance_in_time(lines, *time);
    const auto measured = static_cast<std::size_t>(
        std::count_if(lines.begin(), lines.end(), [](const Line& line) { return line.centre() != nullptr; }));
    Kept kept{lines.size()};
    for (std::size_t i = 0; 2 * i < measured; ++i) {
        kept.keep(i);
        kept.keep(measured - 1 - i);
        if (i == 1 && measured < lines.size()) kept.keep(measured); // a group that failed, too
    }
    for (std::size_t i = measured; i < lines.size(); ++i) kept.keep(i);
    return std::move(kept).take();
}

} // namespace assay::statistics
