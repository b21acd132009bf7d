#pragma once
// Parser for delimited text: CSV, TSV and their kin. One table, "rows".
#include "dialect.hpp"
#include <assay/sdk.hpp>
#include <cstdint>

namespace assay::csv {

struct Csv final : Parser {
    static constexpr Manifest manifest{
        .id = "csv", .summary = "delimited text: CSV, TSV and the like", .extensions = {".csv", ".tsv"}};
    option<std::string> delimiter{*this, "delimiter", "",
                                  "one character between cells, or \"tab\"; empty: found by reading the head"};
    option<std::string> quote{*this, "quote", "\"", "one character around cells; empty: quotes mean nothing"};
    option<std::string> encoding{*this, "encoding", "auto",
                                 choices({"auto", "utf-8", "utf-16le", "utf-16be", "windows-1252"}),
                                 "of the text; auto: by byte order mark, NULs and what is valid UTF-8"};
    option<std::string> header{*this, "header", "auto", choices({"auto", "yes", "no"}),
                               "whether the first record holds column names; auto: if it has no values above values"};
    option<std::string> units_row{*this, "units_row", "auto", choices({"auto", "yes", "no"}),
                                  "whether the record under the header holds units"};
    option<std::string> comment{*this, "comment", "#",
                                "lines before the header that begin with this are no records; empty: none"};

    /// Throws BadOption where a character is not one character.
    void configured() override;
    Confidence probe(const Head& head) const override;
    /// Failures: empty, not-a-table, too-many-columns, unsupported-encoding.
    void parse(Input& in, Sink& out) override;
    /// How many line ends and quotes a part has.
    std::string survey(Input& in, std::uint64_t begin, std::uint64_t end);
    /// Only UTF-8 without oddities is read in parts, and only where quotes that close tell where records begin.
    void parse_part(Input& in, Part& part, Sink& out);
    Hints hints() const;
    Reading sniffed(std::string_view text, bool complete) const;

  private:
    /// The head that was sniffed last: one that is probed is mostly parsed next.
    mutable struct {
        std::string text;
        bool complete = false;
        Reading reading;
    } last_;
};

} // namespace assay::csv
