#pragma once
// What became of a claim, and why.
#include "claims/subject.hpp"
#include <cstdint>
#include <optional>
#include <string>

namespace assay::claims {

enum class Status { supported, contradicted, unsupported, not_checkable };

/// A value of the data that a claim was held against.
struct Datum {
    std::size_t artifact = SIZE_MAX;       ///< index; none for counts of files
    std::string table, column, stat, rows; ///< rows: the filter, for people; empty: all
    double value = 0;
    std::string unit, metric; ///< metric: words of the column, less its statistic
    std::uint64_t n = 0;
    std::uint64_t line = 0; ///< of a single row; 0: unknown or many
    std::string selector;   ///< what it is, where it is no cell or statistic of a table
};

/// "mean of ttft_s where tag = a in runs.csv is 0.2 s". `path`: of its file. `failed`: it is of a row that failed.
std::string told(const Datum& datum, const std::string& path, bool failed);

struct Verdict {
    Status status = Status::unsupported;
    std::string reason;
    std::optional<Datum> datum;     ///< that supports or contradicts
    std::optional<double> expected; ///< what the data give, in the claim's unit
};

} // namespace assay::claims
