#include "plan/predicate.hpp"
#include "plan/outcomes.hpp"
#include <algorithm>
#include <assay/cell.hpp>

namespace assay::plan {

namespace {

constexpr std::size_t deepest = 100;
constexpr std::uint8_t no = 0, yes = 1, unknown = 2;

/// Recursive descent over the grammar in the header.
class Reader {
  public:
    explicit Reader(std::string_view text) : text_{text} { out_.text = text; }

    std::variant<Predicate, PredicateError> read() {
        skip();
        if (at_ == text_.size()) return PredicateError{0, "an empty condition; write for instance: error != ''"};
        if (!either(0)) return error_;
        skip();
        if (at_ != text_.size()) {
            fail("'and', 'or' or the end");
            return error_;
        }
        return std::move(out_);
    }

  private:
    using Index = std::optional<std::size_t>;
    void skip() {
        while (at_ < text_.size() && cell::is_space(text_[at_])) ++at_;
    }
    std::nullopt_t fail(const std::string& expected) {
        const auto rest = text_.substr(at_, 20);
        error_ = {at_,
                  "expected " + expected + (rest.empty() ? ", found the end" : ", found '" + std::string{rest} + "'")};
        return std::nullopt;
    }
    static bool name_char(char c) {
        return cell::is_digit(c) || cell::lower(c) != c || (c >= 'a' && c <= 'z') || c == '_' || c == '.' ||
               static_cast<unsigned char>(c) >= 0x80;
    }
    bool symbol(std::string_view wanted) {
        skip();
        if (text_.substr(at_, wanted.size()) != wanted) return false;
        at_ += wanted.size();
        return true;
    }
    bool word(std::string_view wanted) {
        skip();
        if (!cell::equals_ignoring_case(text_.substr(at_, wanted.size()), wanted)) return false;
        const std::size_t end = at_ + wanted.size();
        if (end < text_.size() && name_char(text_[end])) return false;
        at_ = end;
        return true;
    }
    Index push(PredicateNode node) {
        out_.nodes.push_back(std::move(node));
        return out_.nodes.size() - 1;
    }
    Index join(PredicateNode::Kind kind, std::size_t left, std::size_t right) {
        PredicateNode node;
        node.kind = kind;
        node.left = left;
        node.right = right;
        return push(std::move(node));
    }
    Index either(std::size_t depth) {
        Index left = both(depth);
        while (left && (symbol("||") || word("or"))) {
            const Index right = both(depth);
            left = right ? join(PredicateNode::either, *left, *right) : std::nullopt;
        }
        return left;
    }
    Index both(std::size_t depth) {
        Index left = one(depth);
        while (left && (symbol("&&") || word("and"))) {
            const Index right = one(depth);
            left = right ? join(PredicateNode::both, *left, *right) : std::nullopt;
        }
        return left;
    }
    Index one(std::size_t depth) {
        if (depth > deepest) return fail("fewer nested conditions");
        skip();
        const bool bang = at_ + 1 < text_.size() && text_[at_] == '!' && text_[at_ + 1] != '=';
        if (bang) ++at_;
        if (bang || word("not")) {
            const Index inner = one(depth + 1);
            return inner ? join(PredicateNode::negation, *inner, 0) : std::nullopt;
        }
        if (symbol("(")) {
            const Index inner = either(depth + 1);
            if (inner && !symbol(")")) return fail("')'");
            return inner;
        }
        return comparison();
    }
    Index comparison() {
        PredicateNode node;
        skip();
        if (symbol("`")) {
            const auto end = text_.find('`', at_);
            if (end == std::string_view::npos) return fail("a closing '`'");
            node.column = text_.substr(at_, end - at_);
            at_ = end + 1;
        } else {
            const std::size_t first = at_;
            while (at_ < text_.size() && name_char(text_[at_])) ++at_;
            node.column = text_.substr(first, at_ - first);
        }
        if (node.column.empty()) return fail("a column's name");
        if (symbol("=="))
            node.compare = Compare::equal;
        else if (symbol("!="))
            node.compare = Compare::not_equal;
        else if (symbol("<="))
            node.compare = Compare::less_equal;
        else if (symbol(">="))
            node.compare = Compare::greater_equal;
        else if (symbol("<"))
            node.compare = Compare::less;
        else if (symbol(">"))
            node.compare = Compare::greater;
        else if (symbol("="))
            node.compare = Compare::equal;
        else if (word("in"))
            node.compare = Compare::among;
        else
            return fail("one of == != < <= > >= in");
        if (!(node.compare == Compare::among ? list(node.literals) : literal(node.literals.emplace_back())))
            return std::nullopt;
        return push(std::move(node));
    }
    bool list(std::vector<Literal>& out) {
        if (word("failures")) {
            for (const auto failure : failure_words()) out.push_back({Literal::text, 0, std::string{failure}, false});
            return true;
        }
        if (!symbol("(")) return fail("'(' and values, or 'failures'"), false;
        do
            if (!literal(out.emplace_back())) return false;
        while (symbol(","));
        return symbol(")") || (fail("',' or ')'"), false);
    }
    bool literal(Literal& out) {
        skip();
        if (at_ < text_.size() && (text_[at_] == '\'' || text_[at_] == '"')) {
            const char quote = text_[at_];
            const auto end = text_.find(quote, at_ + 1);
            if (end == std::string_view::npos) return fail("a closing quote"), false;
            out.kind = Literal::text;
            out.string = text_.substr(at_ + 1, end - at_ - 1);
            at_ = end + 1;
            return true;
        }
        if (word("true") || word("false")) {
            out.kind = Literal::boolean;
            out.truth = cell::lower(text_[at_ - 2]) == 'u';
            return true;
        }
        if (word("null")) return true;
        const std::size_t first = at_;
        while (at_ < text_.size() && (name_char(text_[at_]) || text_[at_] == '-' || text_[at_] == '+')) ++at_;
        const auto number = cell::number(text_.substr(first, at_ - first));
        if (!number) {
            at_ = first;
            return fail("a number, a 'text', true, false or null"), false;
        }
        out.kind = Literal::number;
        out.real = *number;
        return true;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    Predicate out_;
    PredicateError error_{};
};

template <class T> bool compared(const T& a, const T& b, Compare how) {
    switch (how) {
    case Compare::among:
    case Compare::equal: return a == b;
    case Compare::not_equal: return a != b;
    case Compare::less: return a < b;
    case Compare::less_equal: return a <= b;
    case Compare::greater: return a > b;
    case Compare::greater_equal: return a >= b;
    }
    return false;
}

std::uint8_t compare_text(std::string_view cell_text, Compare how, const Literal& literal) {
    switch (literal.kind) {
    case Literal::text:
        if (how == Compare::among) return same_word(cell_text, literal.string) ? yes : no;
        return compared(cell_text, std::string_view{literal.string}, how) ? yes : no;
    case Literal::number:
        if (const auto number = cell::number(cell_text)) return compared(*number, literal.real, how) ? yes : no;
        return unknown;
    case Literal::boolean:
        if (const auto truth = cell::truth(cell_text)) return compared(*truth, literal.truth, how) ? yes : no;
        return unknown;
    case Literal::null: break;
    }
    return unknown;
}

std::uint8_t compare_cell(const ColumnView& column, std::size_t row, Compare how, const Literal& literal) {
    if (literal.kind == Literal::null) return how == Compare::not_equal ? yes : no;
    switch (column.type()) {
    case Type::text: return compare_text(column.text(row), how, literal);
    case Type::boolean: {
        const bool truth = column.boolean(row);
        if (literal.kind == Literal::text) return compare_text(truth ? "true" : "false", how, literal);
        if (literal.kind == Literal::number) return compared(truth ? 1.0 : 0.0, literal.real, how) ? yes : no;
        return compared(truth, literal.truth, how) ? yes : no;
    }
    default: break;
    }
    if (literal.kind == Literal::number) return compared(column.number(row), literal.real, how) ? yes : no;
    if (literal.kind == Literal::boolean) return compared(column.number(row) != 0, literal.truth, how) ? yes : no;
    if (literal.kind == Literal::text && literal.string.empty()) return compared(1, 0, how) ? yes : no;
    return unknown;
}

std::uint8_t compare_missing(Compare how, const Literal& literal) {
    const bool missing = literal.kind == Literal::null || (literal.kind == Literal::text && literal.string.empty());
    if (!missing) return unknown;
    return how == Compare::equal || how == Compare::among ? yes : no;
}

bool missing(const ColumnView& column, std::size_t row) {
    return column.is_null(row) || (column.type() == Type::text && cell::is_missing(column.text(row)));
}

/// Of `among` yes where one of them is, else unknown where one of them cannot be told.
std::uint8_t compare(const ColumnView& column, std::size_t row, const PredicateNode& node) {
    const bool absent = missing(column, row);
    std::uint8_t out = no;
    for (const Literal& literal : node.literals) {
        const auto one =
            absent ? compare_missing(node.compare, literal) : compare_cell(column, row, node.compare, literal);
        if (one == yes) return yes;
        out = std::max(out, one);
    }
    return out;
}

std::vector<std::uint8_t> compare_column(const PredicateNode& node, std::span<const NamedColumn> columns,
                                         std::size_t rows) {
    std::vector<std::uint8_t> out(rows, unknown);
    const auto found = std::find_if(columns.begin(), columns.end(), [&](auto& c) { return c.name == node.column; });
    if (found == columns.end()) return out;
    for (std::size_t row = 0; row < rows; ++row) out[row] = compare(found->values, row, node);
    return out;
}

} // namespace

std::vector<std::string> Predicate::columns() const {
    std::vector<std::string> names;
    for (const auto& node : nodes)
        if (node.kind == PredicateNode::comparison && std::find(names.begin(), names.end(), node.column) == names.end())
            names.push_back(node.column);
    return names;
}

std::variant<Predicate, PredicateError> parse_predicate(std::string_view text) { return Reader{text}.read(); }

std::vector<std::uint8_t> holds(const Predicate& predicate, std::span<const NamedColumn> columns, std::size_t rows) {
    std::vector<std::vector<std::uint8_t>> values(predicate.nodes.size());
    for (std::size_t i = 0; i < predicate.nodes.size(); ++i) {
        const PredicateNode& node = predicate.nodes[i];
        if (node.kind == PredicateNode::comparison) {
            values[i] = compare_column(node, columns, rows);
            continue;
        }
        auto& out = values[i] = values[node.left];
        if (node.kind == PredicateNode::negation) {
            for (auto& v : out) v = v == unknown ? unknown : static_cast<std::uint8_t>(1 - v);
            continue;
        }
        const auto& right = values[node.right];
        const std::uint8_t decides = node.kind == PredicateNode::both ? no : yes;
        for (std::size_t row = 0; row < rows; ++row) {
            if (out[row] == decides || right[row] == decides)
                out[row] = decides;
            else if (out[row] == unknown || right[row] == unknown)
                out[row] = unknown;
        }
    }
    auto& root = values.back();
    for (auto& v : root) v = v == yes ? 1 : 0;
    return std::move(root);
}

} // namespace assay::plan
