#pragma once
// A document with marks at its claims: for a terminal, as Markdown, and as a table.
#include <cstdint>
#include <iosfwd>
#include <string>
#include <utility>
#include <vector>

namespace assay::cli {

/// A claim of the report: where it stands, and what became of it.
struct Marked {
    std::uint64_t line = 0;
    std::string text, status, reason;
};

struct Tally {
    std::vector<std::pair<std::string, std::uint64_t>> counts; ///< by status, all four
    std::uint64_t of(const std::string& status) const;
    std::string sentence() const; ///< "12 claims: 9 supported, 3 contradicted."
};
Tally count(const std::vector<Marked>& all);

/// The document's lines with marks behind its numbers, and under a line what is wrong with them.
void print_text(std::ostream& out, const std::string& document, const std::vector<Marked>& all, const Tally& tally,
                bool colour);
/// The document itself, with a note behind each line that holds a contradicted or unsupported number.
void print_markdown(std::ostream& out, const std::string& document, const std::vector<Marked>& all, const Tally& tally);
/// One line for each claim.
void print_table(std::ostream& out, const std::vector<Marked>& all, const Tally& tally, bool colour);

} // namespace assay::cli
