#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace assay::intake {

/// What is wrong with a pattern, and at which byte of it (from 0).
struct GlobError {
    std::size_t at = 0;
    std::string message;
};

/// A pattern over '/'-separated paths relative to an input, compiled once.
///
///   *       any characters of one name          **      any number of whole names, `a/**` is all below `a`
///   ?       one character                       [a-z]   one character of a set, [!a-z] one outside it
///   {a,b}   either; may be nested and hold '/'  \*      the character itself
///   tmp/    the same as tmp/**
///
/// Matching simulates an automaton over all its states at once: time is at most pattern length times path length,
/// whatever the pattern.
class Glob {
  public:
    /// How wildcards treat folders whose name begins with a dot (.git). `named_only`: only a literal dot in the pattern
    /// enters them; hidden files are matched as others.
    enum class Hidden { as_others, named_only };

    bool matches(std::string_view path, Hidden hidden = Hidden::as_others) const;
    /// True where the pattern matches the path or one of the folders it lies in.
    bool covers(std::string_view path) const;
    /// Could a path below this folder match, hidden folders entered only by name?
    bool reaches_into(std::string_view folder) const;

  private:
    friend class GlobCompiler;
    enum class Test : std::uint8_t { literal, name_character, any_character, set };
    struct Range {
        char32_t first, last;
    };
    struct Set {
        std::vector<Range> ranges;
        bool negated = false;
    };
    struct Edge {
        Test test;
        char32_t literal;
        std::uint32_t set;
        std::uint32_t to;
    };
    using States = std::vector<std::uint64_t>;

    bool passes(const Edge& edge, char32_t c) const;
    void step(const States& from, char32_t c, bool literal_only, States& to) const;
    bool accepts(const States& states) const;

    std::vector<std::vector<Edge>> edges; // by state
    std::vector<States> closure;          // by state: itself and what is reached without a character
    std::vector<Set> sets;
    std::uint32_t end = 0;
    bool everything = false; // the pattern is `**` or `**/*`
};

std::variant<Glob, GlobError> compile_glob(std::string_view pattern);

} // namespace assay::intake
