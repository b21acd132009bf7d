#pragma once
// What the tests ask of a parse, in short.
#include "parse.hpp"
#include <assay/testkit.hpp>
#include <boost/test/unit_test.hpp>
#include <stdexcept>

namespace seen {

inline assay::testkit::Parsed parse(std::string_view text, const assay::testkit::Settings& settings = {}) {
    assay::markdown::MarkdownParser parser;
    return assay::testkit::parse(parser, text, "x.md", settings);
}
inline int probe(std::string_view text, std::string_view name) {
    assay::markdown::MarkdownParser parser;
    return assay::testkit::probe(parser, text, name).value;
}
inline assay::testkit::TableSeen table(const assay::testkit::Parsed& got, std::string_view name) {
    for (const auto& t : got.tables)
        if (t.name == name) return t;
    throw std::out_of_range{"no table " + std::string{name}};
}

struct Block {
    std::string type, level, line, text, info, section;
};
inline std::vector<Block> blocks(const assay::testkit::Parsed& got) {
    std::vector<Block> all;
    for (const auto& row : table(got, "@nodes").rows)
        all.push_back({row[1].value_or(""), row[2].value_or(""), row[3].value_or(""), row[4].value_or(""),
                       row[5].value_or(""), row[6].value_or("")});
    return all;
}
/// Type and line of each block: `heading@1 list-item@3`.
inline std::string outline(const assay::testkit::Parsed& got) {
    std::string all;
    for (const auto& block : blocks(got)) all.append(all.empty() ? "" : " ").append(block.type + "@" + block.line);
    return all;
}
/// The cells of a row, joined with `|`; `~` for null.
inline std::string row(const assay::testkit::TableSeen& t, std::size_t index) {
    std::string all;
    for (const auto& cell : t.rows.at(index)) all.append(all.empty() ? "" : "|").append(cell.value_or("~"));
    return all;
}

} // namespace seen
