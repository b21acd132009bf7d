#pragma once
// What the tests ask of a parse, in short.
#include "parse.hpp"
#include <assay/testkit.hpp>
#include <boost/test/unit_test.hpp>
#include <stdexcept>

namespace seen {

inline assay::testkit::Parsed parse(std::string_view text, std::string_view name = "x.json",
                                    const assay::testkit::Settings& settings = {}) {
    assay::json::JsonParser parser;
    return assay::testkit::parse(parser, text, name, settings);
}
inline int probe(std::string_view text, std::string_view name = "x", std::size_t head = 65536) {
    assay::json::JsonParser parser;
    return assay::testkit::probe(parser, text, name, head).value;
}

inline assay::testkit::TableSeen table(const assay::testkit::Parsed& got, std::string_view name) {
    for (const auto& t : got.tables)
        if (t.name == name) return t;
    throw std::out_of_range{"no table " + std::string{name}};
}
inline std::size_t column(const assay::testkit::TableSeen& t, std::string_view name) {
    for (std::size_t i = 0; i < t.fields.size(); ++i)
        if (t.fields[i].name == name) return i;
    throw std::out_of_range{"no column " + std::string{name}};
}
/// The cells of a column, joined with blanks; `~` for null.
inline std::string cells(const assay::testkit::TableSeen& t, std::string_view name) {
    const std::size_t at = column(t, name);
    std::string all;
    for (const auto& row : t.rows) all.append(all.empty() ? "" : " ").append(row[at].value_or("~"));
    return all;
}
inline std::string names(const assay::testkit::TableSeen& t) {
    std::string all;
    for (const auto& name : t.names()) all.append(all.empty() ? "" : " ").append(name);
    return all;
}

} // namespace seen
