#pragma once
// Which characters separate and quote: found by reading the head with each candidate and seeing which reading gives
// records of equal length (the idea of Python's csv.Sniffer, with the real record reader in place of patterns).
#include "records.hpp"
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::csv {

struct Hints {
    std::optional<char> delimiter = {};
    char quote = '"';
    std::string comment = {}; ///< lines before the header that begin so are no records
};

/// How a head reads with one dialect.
struct Reading {
    Dialect dialect;
    std::size_t fields = 0;                             ///< the commonest number of cells
    std::size_t agreeing = 0;                           ///< records that have it ...
    std::size_t records = 0;                            ///< ... of these
    std::size_t leading = 0;                            ///< records before the first that has it, not in `records`
    std::size_t preamble_bytes = 0, preamble_lines = 0; ///< messages and comments before the first record
    std::string preamble = {};                          ///< the first of them

    bool is_table() const { return fields >= 2 && 2 * agreeing >= records; }
    double share() const { return records ? static_cast<double>(agreeing) / static_cast<double>(records) : 0; }
};

using Rows = std::vector<std::vector<std::string>>;

/// `text` is UTF-8; `complete`: nothing follows it.
Reading sniff(std::string_view text, bool complete, const Hints& hints);
/// The first records of a head, those that a reading found.
Rows read_rows(std::string_view text, bool complete, const Reading& reading, std::size_t limit);

/// A line that tools print among their CSV: "==PROF== Connected", or one that begins with the comment sign.
bool is_message(std::string_view line, std::string_view comment);
/// A number, perhaps grouped, with sign, percent sign or a short unit; a truth; a time.
bool looks_like_value(std::string_view cell);

} // namespace assay::csv
