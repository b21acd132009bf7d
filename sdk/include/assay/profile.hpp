#pragma once
// What the stage that provides "profile/1" keeps of an artifact: its columns, and cells of rows with like parameters.
// An analyzer that declares `needs = {"profile/1"}` reads it in finish:
//     const auto profile = assay::read_profile(corpus.partial(i, "profile/1"));
// Only rows with status ok enter a statistic; what failed rows hold is kept beside it, in `failed`.
#include <assay/abi.h>
#include <assay/column.hpp>
#include <assay/stats/distinct.hpp>
#include <assay/stats/extrema.hpp>
#include <assay/stats/hash.hpp>
#include <assay/stats/moment_tree.hpp>
#include <assay/stats/sample.hpp>
#include <assay/stats/top.hpp>
#include <assay/stats/values.hpp>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

struct RowCounts {
    std::uint64_t ok = 0, failed = 0, suspect = 0, rejected = 0;
    std::uint64_t all() const { return ok + failed + suspect + rejected; }
    void add(const RowCounts& other);
};

/// Smallest and largest value, where each first stands, and its line in the artifact (ASSAY_UNKNOWN: not known).
struct Extremes {
    stats::Extrema extrema;
    std::uint64_t min_line = ASSAY_UNKNOWN, max_line = ASSAY_UNKNOWN;
    void merge(const Extremes& other);
};

/// The values that failed rows hold, which no statistic uses.
struct FailedValues {
    stats::MomentTree moments;
    std::optional<double> min, max;
    void add(std::uint64_t chunk, std::span<const double> values);
    bool merge(const FailedValues& other);
    std::uint64_t n() const { return min ? moments.total().n : 0; }
};

/// Finite numbers of a column, in a table or in a cell of it.
struct NumberProfile {
    NumberProfile() = default;
    explicit NumberProfile(std::uint64_t cap) : values{cap} {}
    stats::MomentTree moments;
    stats::Values values;
    Extremes extremes;
    FailedValues failed;
    std::uint64_t n_missing = 0; ///< ok rows without a finite value
    std::uint64_t n() const { return values.count(); }
    bool merge(const NumberProfile& other);
};

/// What its plan says of a column.
struct ColumnKind {
    Type type = Type::text;
    std::int32_t role = ASSAY_ROLE_TEXT;
    bool dimension = false, aggregate = false, document_scope = false;

    bool is_number() const { return type == Type::integer || type == Type::real; }
    bool is_metric() const { return role == ASSAY_ROLE_METRIC && is_number(); }
    /// Divides rows into cells.
    bool divides() const { return dimension && type != Type::time && !is_metric(); }
    bool is_sampled() const { return is_metric() || type == Type::time || (divides() && type == Type::text); }
};

inline ColumnKind kind_of(const assay_column& column) {
    return {static_cast<Type>(column.type), column.role, column.dimension != 0, column.aggregate != 0,
            column.document_scope != 0};
}

struct ColumnProfile : ColumnKind {
    std::string name;
    /// Of the ok rows: n has a value (a finite one), n_missing has none, n_nonfinite has NaN or an infinity.
    std::uint64_t n = 0, n_missing = 0, n_nonfinite = 0;
    std::uint64_t n_failed = 0; ///< failed rows with a value
    NumberProfile numbers;      ///< metrics only
    Extremes extremes;          ///< numbers and times (microseconds) that are no metric
    /// Of the values in ok rows. Of a metric's only once `numbers` no longer keeps them all: till then those tell.
    stats::Distinct distinct;
    stats::Top top; ///< of the values as text; not of metrics and times
    /// Metrics, and times of tables with metrics: at most 200 values, of the same rows in every column without gaps.
    /// Of texts that divide the rows of a table with times: their level_mark.
    stats::Sample<double> sample;

    stats::DistinctCount count_distinct() const;
    /// To be called before values of a metric enter `numbers`: `distinct` learns what these will not keep.
    void add_distinct(std::span<const double> values);

    /// Stands for a text among a sample's numbers.
    static double level_mark(std::string_view text) { return static_cast<double>(stats::hash(text) >> 12U); }
};

using Level = std::optional<std::string>; ///< a value as text; nothing where the cell is missing

/// Rows whose dividing columns hold the same values.
struct CellProfile {
    std::uint64_t key = 0;              ///< hash of the levels: a cell's identity
    std::vector<Level> levels;          ///< in the order of the dividing columns
    RowCounts rows;                     ///< nothing is rejected here
    std::vector<NumberProfile> metrics; ///< in the order of the metric columns
};

struct TableProfile {
    static constexpr std::size_t most_cells = 4096;
    /// Beyond so many numbers in a table, cells keep `crowded_cap` values each, so that memory stays bounded.
    static constexpr std::uint64_t crowd = 1 << 22, crowded_cap = 64;

    std::string name;
    std::int32_t kind = ASSAY_TABLE_DATA;
    bool exact = false; ///< every value is kept: no caps, and no bound on memory
    RowCounts rows;
    std::vector<ColumnProfile> columns; ///< of data tables only
    std::vector<CellProfile> cells;     ///< those of smallest key; empty where no column divides
    stats::Distinct dropped_cells;      ///< keys of the cells beyond `most_cells`

    std::vector<std::size_t> dividing() const;
    std::vector<std::size_t> metrics() const;
    bool overflowed() const { return dropped_cells.count(UINT64_MAX).value > 0; }
    std::uint64_t column_cap() const; ///< of Values and Distinct
    std::uint64_t cell_cap() const;   ///< of Values; a function of the number of ok rows
    static std::uint64_t cell_cap(bool exact, std::uint64_t rows_ok, std::uint64_t n_metrics);
    void keep_smallest_cells(); ///< drops the cells beyond the limit
    void fit_cells();           ///< gives all cells the cap that the table now asks for
};

struct Profile {
    std::vector<TableProfile> tables; ///< in the order of the artifact
};

/// Joins what other chunks of the same artifact gave. False: chunks overlap or tables differ; `into` is then of no use.
bool merge(Profile& into, Profile other);

void encode(std::string& out, const Profile& profile);
/// What is read of a saved profile: all, or of each table its rows and columns, without their samples and moments and
/// its cells.
enum class ProfileDetail { all, columns };
/// Nothing where the bytes are not a whole profile.
std::optional<Profile> decode_profile(std::string_view body, ProfileDetail detail = ProfileDetail::all);
/// From a partial as the host hands it out: checks and skips what the SDK puts in front. Empty partial: empty profile.
std::optional<Profile> read_profile(std::string_view partial, ProfileDetail detail = ProfileDetail::all);

/// The same numbers kept under a lower cap: bags merge only with bags of their own cap.
stats::Values with_cap(stats::Values values, std::uint64_t cap);

/// The profile of an artifact's table: the one at the same place if names agree, else the first of that name.
const TableProfile* find_table(const Profile& profile, std::size_t index, std::string_view name);

} // namespace assay
