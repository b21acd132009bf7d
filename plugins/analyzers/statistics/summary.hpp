#pragma once
// The statistics of one metric in one group, as facts.
#include "statistics/projection.hpp"
#include <assay/stats/moments.hpp>
#include <assay/stats/values.hpp>
#include <cstdint>
#include <map>

namespace assay::statistics {

struct Extreme {
    double value;
    std::string artifact;
    std::optional<std::uint64_t> line = {}, row = {};
};

/// Artifacts in path order, each once: the first of them, and how many there are.
class Paths {
  public:
    static constexpr std::size_t most_told = 20;
    void add(const data::Source& source) {
        if (size_ > 0 && last_ == source.artifact) return;
        last_ = source.artifact;
        if (size_++ < most_told) first_.push_back(source.path);
    }
    const std::vector<std::string_view>& first() const { return first_; }
    std::size_t size() const { return size_; }

  private:
    std::vector<std::string_view> first_;
    std::size_t size_ = 0, last_ = 0;
};

/// A metric's observations in a group, put together in path order.
struct Pool {
    stats::Moments moments, failed;        ///< `failed`: what failed rows hold
    double failed_min = 0, failed_max = 0; ///< where failed.n > 0
    stats::Values values;
    std::optional<Extreme> min, max;
    RowCounts rows; ///< of the tables that have the column
    std::uint64_t n_missing = 0;
    Paths artifacts;
    std::uint64_t n() const { return moments.n; }
};
Pool pool(const Group& group, std::size_t metric);
/// Of the artifacts that its rows stand in.
Paths paths_of(const Group& group);

/// A number as a section's cell shows it.
struct Shown {
    double value = 0;
    std::string display, id;
    std::string interval; ///< of a median or mean: "238.2–299.2 (93.8 %)"
    bool approximate = false;
    SectionCell cell() const { return {display, id}; }
};
using Row = std::map<std::string, Shown, std::less<>>; ///< by statistic

/// full: all; brief: without shape, robust spread and tails; least: n, centre, range and spread.
enum class Detail { full, brief, least };

/// Gives facts about groups of one dataset. What asks for a pool puts its values in order.
class Facts {
  public:
    Facts(const Dataset& dataset, double level, Fragment& out) : data{dataset}, confidence{level}, fragment{out} {}
    /// The statistics of a group; `label` says what they pool over.
    Row give(const Projection& projection, const Group& group, std::size_t metric, Pool& pool, const std::string& label,
             Detail detail, std::uint32_t rank);
    /// A count of rows or artifacts.
    Shown count(const Projection& projection, const Group& group, std::string_view metric, std::string_view stat,
                std::uint64_t value, const std::string& method);
    /// A figure of a warning; a share is shown in percent.
    Shown counterfactual(const Projection& projection, const Group& group, std::size_t metric, const Pool& pool,
                         std::string_view stat, double value, const std::string& method, bool share = false);
    /// For plots: at most 200 of the observations, and of 30 or more how they are distributed.
    void observations(const Projection& projection, const Group& group, std::size_t metric, Pool& pool,
                      std::uint32_t rank);
    /// For plots: at most 200 observations in the order of their times, where rows have such.
    void over_time(const Projection& projection, const Group& group, std::size_t metric, const std::string& label,
                   std::uint32_t rank);
    /// What was measured at one setting of a sweep; null where no try that went well has a value.
    void setting(const Projection& projection, const Group& group, std::size_t metric, Pool& pool, std::uint32_t rank);
    /// Published statistics that a table holds, beside each other and never as observations.
    Row published(const Projection& projection, const Group& group, std::size_t metric, Pool& pool);

  private:
    Fact base(const Projection& projection, const Group& group, std::size_t metric, const Pool& pool) const;
    /// Valid until the next call.
    std::string_view selector(const Projection& projection, const Group& group, std::string_view column,
                              std::string_view rows, std::string_view stat, const Paths& paths);
    void histogram(const Projection& projection, const Group& group, std::size_t metric, Pool& pool,
                   std::uint32_t rank);
    Shown send(Fact& fact, std::string_view stat, double value, std::string display, std::string_view method,
               std::uint32_t rank);

    const Dataset& data;
    double confidence;
    Fragment& fragment;
    JsonWriter selector_ = {};
};

/// {"dataset", id}, and the group's dimensions.
Pairs subject_of(const Dataset& dataset, const Projection& projection, const Group& group);
/// "higher", "lower"; empty: nobody knows which is better.
std::string_view direction_name(std::int32_t direction);
/// "gemma3:latest", "(none)".
std::string level_text(const Level& level);
/// With the digits that its uncertainty allows, but never rounded to nothing: a half-width beyond half the value says
/// only that the value is uncertain.
std::string shown(double value, double half_width);
/// "1.2–3.4", and in words where a bound is negative.
std::string interval_text(double low, double high, double half_width);

} // namespace assay::statistics
