#pragma once
#include "pipeline/diagnostic.hpp"
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// JSON with comments, every value with its place.
// Own reader because nlohmann/json keeps no positions, is a token ahead of its SAX events, and stops at the first
// error.
namespace assay::pipeline {

enum class Kind { null, boolean, integer, real, text, list, map };
std::string_view describe(Kind); // "a list"

struct Node {
    Kind kind = Kind::null;
    bool boolean = false;
    std::int64_t integer = 0; // also set for a real that is whole
    double number = 0;        // also set for an integer
    std::string text;
    std::vector<Node> items; // of a list or map, in order
    std::string key;         // in a map
    Place key_place;
    Place place;              // the token; of lists and maps the opening bracket
    std::size_t end = 0;      // offset behind the value
    bool broken = false;      // a mistake stands here and has been reported: say nothing more about it
    bool substituted = false; // wholly one variable, or from --set: `text` is as given, the type is the target's choice

    const Node* find(std::string_view name) const; // null unless this is a map that has it
    Node* find(std::string_view name);
};

struct ParsedJson {
    std::optional<Node> root; // absent where reading had to stop
    std::vector<Problem> problems;
};

inline constexpr int max_depth = 128;

// `begin`: where in the source the JSON starts. Mistakes that leave the structure clear do not stop the reading.
ParsedJson parse_located(const SourcePtr&, std::size_t begin = 0);

// Gives a substituted value the wanted type if its text reads as one; true if the value now is of that type.
// An integer is also a real. Values that were not substituted are never converted, but for integer to real.
bool convert(Node&, Kind wanted);

} // namespace assay::pipeline
