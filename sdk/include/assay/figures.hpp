#pragma once
// The figures of a saved profile without its texts and distinct values, as plain memory of whoever reads them: what
// thousands of small tables are put together from. See profile.hpp for the whole, and dataset.hpp for what uses it.
#include <assay/profile.hpp>
#include <assay/stats/moments.hpp>
#include <assay/stats/values.hpp>
#include <cstdint>
#include <deque>
#include <memory>
#include <memory_resource>
#include <span>
#include <string_view>
#include <type_traits>

namespace assay {

/// Holds what figures point to. They are valid while it lives.
class FigureMemory {
  public:
    template <class Item> std::span<Item> array(std::size_t size) {
        static_assert(std::is_trivially_destructible_v<Item>);
        if (size == 0) return {};
        auto* items = static_cast<Item*>(bytes_->allocate(size * sizeof(Item), alignof(Item)));
        std::uninitialized_value_construct_n(items, size);
        return {items, size};
    }
    const stats::Values* keep(stats::Values many) { return &many_.emplace_back(std::move(many)); }

  private:
    std::unique_ptr<std::pmr::monotonic_buffer_resource> bytes_ =
        std::make_unique<std::pmr::monotonic_buffer_resource>();
    std::deque<stats::Values> many_;
};

/// The values that failed rows hold, which no statistic uses.
struct FailedFigures {
    stats::Moments moments;
    double min, max;
};

/// Finite numbers of a metric in some rows.
struct Figures {
    stats::Moments moments;
    std::span<const double> values;        ///< every one, ascending; empty where there are too many
    const stats::Values* many = nullptr;   ///< stands for the values then
    const FailedFigures* failed = nullptr; ///< null: failed rows hold none
    Extremes extremes;
    std::uint64_t n_missing = 0; ///< ok rows without a finite value
    std::uint64_t n() const { return moments.n; }
};

struct CellFigures {
    std::span<const std::optional<std::string_view>> levels; ///< as CellProfile's; they lie in the bytes read from
    RowCounts rows;
    std::span<const Figures> metrics;
};

struct TableFigures {
    RowCounts rows;
    bool overflowed = false;                    ///< it had more cells than are kept
    std::uint64_t column_cap = 0, cell_cap = 0; ///< of Values
    std::span<const Figures> metrics;           ///< in the order of the metric columns
    std::span<const std::string_view> samples;  ///< of each column, as saved: see sample_of. Empty where there is none
    std::span<const CellFigures> cells;
};

enum class FiguresRead { found, no_table, damaged };
/// Those of the table at `index` if that has the name, else of the first of that name, as find_table chooses, if it has
/// so many columns.
FiguresRead read_figures(std::string_view partial, std::size_t index, std::string_view name, std::size_t n_columns,
                         FigureMemory& memory, TableFigures& out);

/// A column's sample, by key. Empty bytes: an empty one.
std::vector<stats::Sample<double>::Entry> sample_of(std::string_view saved);

} // namespace assay
