#pragma once
// Conditions on rows: `error != ''`, `success == false and not (exit_code == 0)`, `` `Exit Code` >= 1 ``.
//
//   condition := comparison | condition (and | && | or | ||) condition | (not | !) condition | '(' condition ')'
//   comparison := column (== | = | != | < | <= | > | >=) value | column in list
//   list := '(' value (, value)* ')' | failures                      value := number | 'text' | true | false | null
// `in` takes texts as words, in any case: `state in ('out of memory')` holds for OUT_OF_MEMORY. `failures` are the
// words that tools have for it. Three-valued: a comparison with a missing cell is neither true nor false, except `==
// null`, `!= null`, and text comparisons with '', for which a missing cell is ''. Of a column that a table lacks
// nothing can be told.
#include "plan/sample.hpp"
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace assay::plan {

struct Literal {
    enum Kind { null, number, text, boolean } kind = null;
    double real = 0;
    std::string string = {};
    bool truth = false;
};

enum class Compare { equal, not_equal, less, less_equal, greater, greater_equal, among };

/// One node; children are indexes of earlier nodes.
struct PredicateNode {
    enum Kind { comparison, both, either, negation } kind = comparison;
    std::string column = {};
    Compare compare = Compare::equal;
    std::vector<Literal> literals = {}; ///< one; of `among` those it may be
    std::size_t left = 0, right = 0;
};

struct Predicate {
    std::string text;                 ///< as written
    std::vector<PredicateNode> nodes; ///< the last is the root
    std::vector<std::string> columns() const;
    bool operator==(const Predicate& other) const { return text == other.text; } ///< which says all
};

struct PredicateError {
    std::size_t offset; ///< in bytes
    std::string message;
};

/// A predicate, or where and why the text is none.
std::variant<Predicate, PredicateError> parse_predicate(std::string_view text);

/// A column of a batch as a predicate sees it.
struct NamedColumn {
    std::string_view name;
    ColumnView values;
};

/// 1 where the predicate holds, 0 where it does not or cannot be told; one per row.
std::vector<std::uint8_t> holds(const Predicate&, std::span<const NamedColumn> columns, std::size_t rows);

} // namespace assay::plan
