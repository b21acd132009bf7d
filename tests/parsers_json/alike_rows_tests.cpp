// Lines that are read by the shape of an earlier one give what others give.
#include "rows.hpp"
#include <bit>
#include <boost/test/unit_test.hpp>
#include <random>

using assay::json::Cell;
using assay::json::Kind;
using assay::json::RowReader;

namespace {

constexpr std::size_t depth = 4;
constexpr std::string_view shape = R"({"a":1,"b":{"c":"x","d":2.5},"e":[1,2],"f":true})";

std::string padded(std::string_view line) {
    return std::string{line} + "\n" + std::string(simdjson::SIMDJSON_PADDING, '7');
}

/// Knows the members of the lines below.
void learn(RowReader& rows) {
    simdjson::dom::parser parser;
    rows.learn(parser.parse(std::string{shape}).value());
}

std::string shown(const Cell* cell) {
    if (cell == nullptr) return "absent";
    switch (cell->kind) {
    case Kind::null: return "null";
    case Kind::boolean: return cell->truth ? "true" : "false";
    case Kind::integer: return "i" + std::to_string(cell->integer);
    case Kind::real: return "r" + std::to_string(std::bit_cast<std::uint64_t>(cell->real));
    case Kind::text: return "'" + std::string{cell->view()} + "'";
    }
    return {};
}

/// What a line gives: all its cells and notes, or "refused".
std::string answer(RowReader& rows, std::string_view line) {
    const std::string text = padded(line);
    if (!rows.read(std::string_view{text}.substr(0, line.size()))) return "refused";
    std::string out;
    for (std::size_t i = 0; i < rows.columns().size(); ++i) out += shown(rows.cell(i)) + " ";
    for (const auto& note : rows.notes()) out += note.code + std::to_string(note.column) + " ";
    return out;
}

/// The answer of a reader that has seen no other line.
std::string first_answer(std::string_view line) {
    RowReader rows{depth};
    learn(rows);
    return answer(rows, line);
}

/// A reader that has learned the shape.
RowReader taught() {
    RowReader rows{depth};
    learn(rows);
    for (int i = 0; i < 3; ++i) answer(rows, shape);
    return rows;
}

std::string line_of(const std::string& a, const std::string& c, const std::string& d, const std::string& e) {
    return R"({"a":)" + a + R"(,"b":{"c":)" + c + R"(,"d":)" + d + R"(},"e":)" + e + R"(,"f":true})";
}

} // namespace

BOOST_AUTO_TEST_SUITE(alike_rows)

BOOST_AUTO_TEST_CASE(a_line_of_the_shape_of_others_needs_no_parser) {
    RowReader rows = taught();
    const auto before = rows.alike();
    BOOST_TEST(answer(rows, line_of("-7.25", R"("a \"b\" \\ \n")", "null", "[0.5,3]")) ==
               first_answer(line_of("-7.25", R"("a \"b\" \\ \n")", "null", "[0.5,3]")));
    BOOST_TEST(rows.alike() == before + 1);
}

BOOST_AUTO_TEST_CASE(whatever_stands_in_place_of_a_value_gives_what_it_gives_alone) {
    const std::vector<std::string> values{"0",
                                          "-0",
                                          "01",
                                          "-01",
                                          "1.50",
                                          "1.",
                                          ".5",
                                          "1e3",
                                          "12345678901234567890",
                                          "+1",
                                          "--1",
                                          "1-",
                                          "1 ",
                                          "",
                                          "null",
                                          "nul",
                                          "nullx",
                                          "true",
                                          "falsey",
                                          "\"\"",
                                          "\"x",
                                          "x\"",
                                          "\"\\u0041\"",
                                          "\"\\x\"",
                                          "\"\\\"",
                                          "\"\t\"",
                                          "\"\xC3\xA4\"",
                                          "\"\xFF\"",
                                          "\"a\\/b\\\\\"",
                                          "[]",
                                          "[1]",
                                          "[1,]",
                                          "[1 ,2]",
                                          "[[1]]",
                                          "[\"x\"]",
                                          "[01]",
                                          "[1.5,-2,3e1]",
                                          "{}",
                                          "{\"z\":1}",
                                          "9007199254740993",
                                          "1,\"a\":2",
                                          "\"123456789012345678901234567890\"",
                                          "\"1234567\"",
                                          "\"12345678\"",
                                          "123456789012345",
                                          "1234567890123456",
                                          "1.2.3",
                                          "0x1",
                                          "NaN",
                                          "\"a\"b\"",
                                          "[1]]",
                                          "1}"};
    RowReader rows = taught();
    for (const std::string& a : values)
        for (const std::string& other : values)
            for (const std::string& line : {line_of(a, other, "2.5", "[1]"), line_of("3", "\"y\"", a, other),
                                            line_of(a, "\"y\"", "1", "[1,2]") + other}) {
                BOOST_REQUIRE_MESSAGE(answer(rows, line) == first_answer(line), line);
                answer(rows, shape);
            }
    BOOST_TEST(rows.alike() > 5'000U);
}

BOOST_AUTO_TEST_CASE(a_character_changed_anywhere_gives_what_it_gives_alone) {
    std::mt19937_64 random{5};
    RowReader rows = taught();
    for (int round = 0; round < 20'000; ++round) {
        std::string line{shape};
        const std::size_t at = random() % line.size();
        constexpr std::string_view characters = "{}[]\",:\\ 019.-eantf\t\n\x01\x80";
        switch (random() % 3) {
        case 0: line[at] = characters[random() % characters.size()]; break;
        case 1: line.insert(at, 1, characters[random() % characters.size()]); break;
        default: line.erase(at, 1 + random() % 3);
        }
        BOOST_REQUIRE_MESSAGE(answer(rows, line) == first_answer(line), line);
        if (round % 4 == 0) answer(rows, shape);
    }
    BOOST_TEST(rows.alike() > 4'000U);
}

BOOST_AUTO_TEST_CASE(another_shape_is_learned_when_lines_stay_with_it) {
    RowReader rows = taught();
    const std::string other = R"({"a":1,"f":false})";
    for (int i = 0; i < 10; ++i) BOOST_TEST(answer(rows, other) == first_answer(other));
    BOOST_TEST(rows.alike() >= 6U);
}

BOOST_AUTO_TEST_CASE(what_is_told_of_a_line_is_told_of_each_that_is_alike) {
    RowReader rows = taught();
    const std::string twice = R"({"a":1,"a":2,"f":false})", big = R"({"a":12345678901234567890})";
    for (int i = 0; i < 10; ++i) {
        BOOST_TEST(answer(rows, twice) == first_answer(twice));
        BOOST_TEST(answer(rows, big) == first_answer(big));
        BOOST_TEST(answer(rows, shape) == first_answer(shape));
    }
}

BOOST_AUTO_TEST_SUITE_END()
