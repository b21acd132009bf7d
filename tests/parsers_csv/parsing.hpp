#pragma once
// What the tests of the csv parser share.
#include "csv.hpp"
#include <assay/testkit.hpp>
#include <boost/test/unit_test.hpp>

namespace assay::csv {

using testkit::Parsed;
using testkit::TableSeen;
using Names = std::vector<std::string>;

inline Parsed parsed(std::string_view text, const testkit::Settings& settings = {}) {
    Csv parser;
    return testkit::parse(parser, text, "x.csv", settings);
}

/// The one table of a text that must parse.
inline TableSeen table(std::string_view text, const testkit::Settings& settings = {}) {
    Parsed got = parsed(text, settings);
    BOOST_REQUIRE_MESSAGE(got.code == ASSAY_OK, got.reason + ": " + got.message);
    BOOST_REQUIRE_EQUAL(got.tables.size(), 1U);
    BOOST_REQUIRE(got.tables[0].ended);
    BOOST_REQUIRE_EQUAL(got.tables[0].name, "rows");
    return got.tables[0];
}

/// Rows as text, "~" for no value: "1|a\n2|~\n".
inline std::string text_of(const TableSeen& table) {
    std::string out;
    for (const auto& row : table.rows) {
        for (std::size_t i = 0; i < row.size(); ++i) out += (i ? "|" : "") + row[i].value_or("~");
        out += '\n';
    }
    return out;
}

} // namespace assay::csv
