#pragma once
// Which facts make which chart. A chart's data are values of facts, never computed here; how it is drawn stands in
// charts/KIND.json, a specification for Vega.
#include "facts.hpp"
#include <cstdint>
#include <string>
#include <vector>

namespace assay::html {

/// What is drawn together: facts of one metric of a dataset, divided alike.
struct Division {
    std::string dataset, metric, unit, direction;
    std::vector<std::string> dimensions;
    // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 sees a null pointer in it
    auto operator<=>(const Division&) const = default;
};
Division division_of(const ReportFact& fact);

/// The facts of one group in such a chart; null where there is none.
struct GroupFacts {
    const ReportFact *n = nullptr, *centre = nullptr, *sample = nullptr;
    const ReportFact& any() const { return n ? *n : centre ? *centre : *sample; }
};

struct Strips {
    Division of;
    std::vector<GroupFacts> groups; ///< best first
};
struct Series {
    Division of;
    std::string time; ///< the dimension that is one
    std::vector<GroupFacts> groups;
    std::size_t not_drawn = 0; ///< lines: those that moved least
};
struct Sweep {
    Division of;
    std::string fixed; ///< "file a": what is the same in all of it
    std::string x;     ///< a dimension
    std::vector<std::string> xs, ys;
    std::vector<std::vector<const ReportFact*>> cells; ///< by y, then x; null: never tried
};
/// Observations at the times of their own rows: facts of kind series, a line each.
struct Times {
    Division of;
    std::vector<const ReportFact*> lines;
};
struct Plots {
    std::vector<Strips> strips;
    std::vector<const ReportFact*> histograms; ///< facts of this kind
    std::vector<Times> times;
    std::vector<Sweep> sweeps;
    std::vector<Series> series;
};
Plots choose_plots(const FactIndex& facts);

/// For each time the run of observations that it belongs to: another one begins behind a break, a pause of more than
/// three times the usual one; ten times where only some of the observations are there, whose pauses differ anyway.
std::vector<std::uint64_t> runs_of(const std::vector<double>& times, bool all);

/// "gemma3 · 4096": values of the dimensions, without these; "all rows" where there are none.
std::string group_label(const ReportFact& fact, const std::string& without = "");
/// ISO 8601 of "20251002-151204" and of what is ISO 8601 already; else empty.
std::string time_of(std::string_view text);

} // namespace assay::html
