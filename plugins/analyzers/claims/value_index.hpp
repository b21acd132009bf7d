#pragma once
// Everything that tables say in numbers, to be looked up by value: cells, and statistics of tables and of groups of
// rows.
#include "claims/gap.hpp"
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace assay::claims {

struct World;

/// What a value is of its group's rows, in their order.
enum class Stat : std::uint8_t {
    value, ///< of a single row
    mean,
    median,
    min,
    max,
    total,
    sd,
    cv, ///< in percent
    range,
    first,
    last,
    warm_mean, ///< without the first row
    warm_median,
    p5, ///< percentiles, of five values and more
    p10,
    p25,
    p75,
    p90,
    p95,
    p99
};
constexpr std::array<std::pair<Stat, double>, 7> percentiles{{{Stat::p5, 0.05},
                                                              {Stat::p10, 0.1},
                                                              {Stat::p25, 0.25},
                                                              {Stat::p75, 0.75},
                                                              {Stat::p90, 0.9},
                                                              {Stat::p95, 0.95},
                                                              {Stat::p99, 0.99}}};
constexpr std::array<std::string_view, 20> stat_names{"value",
                                                      "mean",
                                                      "median",
                                                      "min",
                                                      "max",
                                                      "total",
                                                      "sd",
                                                      "cv",
                                                      "range",
                                                      "first",
                                                      "last",
                                                      "mean without the first",
                                                      "median without the first",
                                                      "p5",
                                                      "p10",
                                                      "p25",
                                                      "p75",
                                                      "p90",
                                                      "p95",
                                                      "p99"};

/// Rows of one table that have values of parameters in common: all, those of one value, of two, a single row.
struct Group {
    std::size_t table = 0;
    std::vector<std::size_t> rows;
    std::vector<std::size_t> parts;                       ///< sorted ids of the names that choose the rows
    std::vector<std::pair<std::size_t, double>> settings; ///< columns and their numbers that choose the rows
    std::vector<std::size_t> by;                          ///< columns that choose the rows
    std::string text;                                     ///< the choice, for people
    std::vector<GapSide> sides;                           ///< of gaps of whose one side they are; without rows
    bool failed = false;
};

struct Said {
    double raw = 0, base = 0; ///< in the column's unit, and in its measure's own
    std::uint32_t group = 0, column = 0;
    std::uint32_t row = UINT32_MAX; ///< where it is the value of one
    Stat stat = Stat::value;
};

/// Bound the memory: what a tree says beyond these is found by its names only.
struct IndexBounds {
    std::size_t said = 1'000'000, rows = 4'000'000; ///< rows: of all groups together
    std::size_t groups_of_a_table = 3000, rows_of_a_table = 3000;
};

struct ValueIndex {
    std::vector<Group> groups;            ///< by table
    std::vector<std::size_t> first_group; ///< by table, and one more
    std::vector<Said> said;               ///< by raw value
    std::vector<std::uint32_t> by_base;   ///< of columns whose unit is known
    std::size_t left_out = 0;             ///< groups and rows past the bounds

    explicit ValueIndex(const World& world, const IndexBounds& bounds = {});
};

} // namespace assay::claims
