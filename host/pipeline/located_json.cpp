#include "pipeline/located_json.hpp"
#include <assay/utf8.hpp>
#include <charconv>
#include <cmath>
#include <unordered_map>
#include <utility>

namespace assay::pipeline {
namespace {

constexpr std::size_t max_problems = 100;
struct Stop {}; // thrown inside this file only: the structure is lost

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '+' || c == '-' ||
           c == '.' || static_cast<unsigned char>(c) >= 0x80;
}

// RFC 8259, section 6.
bool is_json_number(std::string_view s) {
    std::size_t i = 0;
    const auto digits = [&] {
        const std::size_t from = i;
        while (i < s.size() && is_digit(s[i])) ++i;
        return i > from;
    };
    if (i < s.size() && s[i] == '-') ++i;
    if (i < s.size() && s[i] == '0') {
        ++i;
    } else if (!digits()) {
        return false;
    }
    if (i < s.size() && s[i] == '.') {
        ++i;
        if (!digits()) return false;
    }
    if (i < s.size() && (s[i] == 'e' || s[i] == 'E')) {
        ++i;
        if (i < s.size() && (s[i] == '+' || s[i] == '-')) ++i;
        if (!digits()) return false;
    }
    return i == s.size() && !s.empty();
}

std::string in_quotes(std::string_view s) {
    std::string text = "'"; // appended to, because GCC 12 warns wrongly of overlap in "'" + std::string(...)
    text.append(s.substr(0, s.size() > 60 ? 57 : s.size()));
    text += s.size() > 60 ? "...'" : "'";
    return text;
}

struct Reader {
    const SourcePtr& source;
    std::string_view text;
    std::vector<Problem>& problems;
    std::size_t at = 0;
    std::uint32_t line = 1, column = 1;

    bool done() const { return at >= text.size(); }
    char peek(std::size_t ahead = 0) const { return at + ahead < text.size() ? text[at + ahead] : '\0'; }

    void advance(std::size_t bytes = 1) {
        for (; bytes > 0 && at < text.size(); --bytes, ++at) {
            if (text[at] == '\n') {
                ++line;
                column = 1;
            } else if ((static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U) {
                ++column;
            }
        }
    }

    Place here(std::size_t length = 1) const { return {source, at, length, line, column}; }

    Problem& complain(const Place& place, Code code, std::string message) {
        if (problems.size() >= max_problems) {
            report(problems, place, Code::syntax, "too many mistakes; the rest of the file was not read");
            throw Stop{};
        }
        return report(problems, place, code, std::move(message));
    }
    [[noreturn]] void fail(const Place& place, std::string message) {
        complain(place, Code::syntax, std::move(message));
        throw Stop{};
    }

    void skip_line() {
        while (!done() && peek() != '\n') advance();
    }

    void space() {
        while (!done()) {
            const char c = peek();
            if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
                advance();
            } else if (c == '/' && peek(1) == '/') {
                skip_line();
            } else if (c == '/' && peek(1) == '*') {
                const Place opening = here(2);
                const std::size_t close = text.find("*/", at + 2);
                if (close == std::string_view::npos) fail(opening, "this comment is never closed with '*/'");
                advance(close + 2 - at);
            } else if (c == '#') {
                complain(here(), Code::syntax, "comments are written // or /* */");
                skip_line();
            } else {
                return;
            }
        }
    }

    Node value(int depth) {
        switch (peek()) {
        case '{': return container(Kind::map, depth);
        case '[': return container(Kind::list, depth);
        case '"':
        case '\'': return string();
        default: return word();
        }
    }

    Node container(Kind kind, int depth) {
        Node node;
        node.kind = kind;
        node.place = here();
        if (depth >= max_depth) {
            complain(here(), Code::too_deep, "values nested more than " + std::to_string(max_depth) + " deep");
            throw Stop{};
        }
        const char close = kind == Kind::map ? '}' : ']';
        std::unordered_map<std::string, std::uint32_t> lines; // of the keys so far
        advance();
        space();
        while (peek() != close || done()) {
            if (done()) unclosed(node, close);
            if (peek() == '}' || peek() == ']') {
                fail(here(), std::string("expected '") + close + "' for the bracket opened in line " +
                                 std::to_string(node.place.line));
            }
            if (kind == Kind::map) {
                member(node, lines, depth);
            } else {
                node.items.push_back(value(depth + 1));
            }
            separator(node, close);
        }
        advance();
        node.end = at;
        return node;
    }

    [[noreturn]] void unclosed(const Node& node, char close) {
        fail(node.place, std::string("the text ends before this bracket is closed with '") + close + "'");
    }

    // What stands between two items: a comma, and no comma before the closing bracket.
    void separator(const Node& node, char close) {
        const Place behind{source, at, 1, line, column};
        space();
        if (done()) unclosed(node, close);
        if (peek() == ',') {
            const Place comma = here();
            advance();
            space();
            if (peek() == close) {
                complain(comma, Code::trailing_comma,
                         std::string("trailing comma: nothing follows before '") + close + "'");
            }
        } else if (peek() == ':' || peek() == '=') {
            fail(here(), std::string("unexpected '") + peek() + "'");
        } else if (peek() != '}' && peek() != ']') {
            complain(behind, Code::missing_comma, "missing ',' here, before the next value");
        }
    }

    void member(Node& map, std::unordered_map<std::string, std::uint32_t>& lines, int depth) {
        Node key = key_of_member();
        space();
        if (peek() == '=') {
            complain(here(), Code::syntax, "a key is followed by ':', not '='");
            advance();
        } else if (peek() == ':') {
            advance();
        } else {
            fail(key.place, "expected \"key\": value; there is no ':' behind this");
        }
        space();
        if (done()) unclosed(map, '}');
        Node item = value(depth + 1);
        item.key = std::move(key.text);
        item.key_place = key.place;
        const auto [found, fresh] = lines.emplace(item.key, key.place.line);
        if (fresh || key.broken) {
            map.items.push_back(std::move(item));
        } else {
            complain(item.key_place, Code::duplicate_key,
                     "duplicate key " + in_quotes(item.key) + ", already in line " + std::to_string(found->second));
        }
    }

    Node key_of_member() {
        if (peek() == '"' || peek() == '\'') return string();
        Node key;
        std::size_t length = 0;
        while (is_word(peek(length))) ++length;
        if (length == 0) fail(here(), "expected a key in double quotes, found " + found_here());
        key.text = std::string(text.substr(at, length));
        key.place = here(length);
        complain(key.place, Code::syntax, "keys stand in double quotes: \"" + key.text + "\"");
        advance(length);
        return key;
    }

    std::string found_here() const {
        if (done()) return "the end";
        const CodePoint c = code_point(text, at);
        return in_quotes(text.substr(at, c.length));
    }

    // true, false, null and numbers.
    Node word() {
        Node node;
        std::size_t length = 0;
        while (is_word(peek(length))) ++length;
        const std::string token(text.substr(at, length));
        node.place = here(length == 0 ? 1 : length);
        if (length == 0) {
            if (peek() != ',' && peek() != ']' && peek() != '}')
                fail(here(), "expected a value, found " + found_here());
            complain(here(), Code::syntax, "a value is missing before " + found_here());
            node.broken = true;
        } else if (token == "true" || token == "false") {
            node.kind = Kind::boolean;
            node.boolean = token == "true";
        } else if (is_json_number(token)) {
            number(node, token);
        } else if (token != "null") {
            node.broken = true;
            not_a_value(node.place, token);
        }
        advance(length);
        node.end = at;
        return node;
    }

    void not_a_value(const Place& place, const std::string& token) {
        std::string lower;
        for (const char c : token) lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        const std::size_t sign = lower.find_first_not_of("+-");
        const std::string_view bare = std::string_view(lower).substr(sign == std::string::npos ? 0 : sign);
        if (bare == "nan" || bare == "inf" || bare == "infinity") {
            complain(place, Code::bad_number, in_quotes(token) + " is not a finite number");
        } else if (is_digit(token[0]) ||
                   ((token[0] == '+' || token[0] == '-' || token[0] == '.') && is_digit(peek(1)))) {
            complain(place, Code::bad_number, in_quotes(token) + " is not a JSON number");
        } else {
            offer(complain(place, Code::syntax, in_quotes(token) + " is not a value; texts stand in double quotes"),
                  token, "words", {"true", "false", "null"});
        }
    }

    void number(Node& node, const std::string& token) {
        const char* const last = token.data() + token.size();
        if (token.find_first_of(".eE") == std::string::npos) {
            node.kind = Kind::integer;
            if (std::from_chars(token.data(), last, node.integer).ec == std::errc{}) {
                node.number = static_cast<double>(node.integer);
                return;
            }
            complain(node.place, Code::bad_number, in_quotes(token) + " does not fit a 64-bit integer");
        } else {
            node.kind = Kind::real;
            if (std::from_chars(token.data(), last, node.number).ec == std::errc{} && std::isfinite(node.number)) {
                if (node.number == std::floor(node.number) && std::abs(node.number) < 9e15) {
                    node.integer = static_cast<std::int64_t>(node.number);
                }
                return;
            }
            complain(node.place, Code::bad_number, in_quotes(token) + " does not fit a finite 64-bit number");
        }
        node.kind = Kind::null;
        node.broken = true;
    }

    Node string() {
        Node node;
        node.kind = Kind::text;
        const Place start = here();
        const char quote = peek();
        advance();
        bool open = true;
        while (!done() && peek() != '\n' && open) {
            const char c = peek();
            if (c == quote) {
                open = false;
                advance();
            } else if (c == '\\') {
                escape(node);
            } else if (static_cast<unsigned char>(c) < 0x20 && !(c == '\r' && peek(1) == '\n')) {
                complain(here(), Code::bad_string,
                         c == '\t' ? "a tab in a text is written \\t"
                                   : "a control character in a text is written \\u00XX");
                node.broken = true;
                advance();
            } else {
                const CodePoint point = code_point(text, at);
                append_utf8(node.text,
                            point.valid ? point.value : U'\uFFFD'); // invalid bytes were reported for the whole file
                advance(point.length);
            }
        }
        node.place = start;
        node.place.length = at - start.offset;
        node.end = at;
        if (open) {
            complain(node.place, Code::bad_string, "this text is not closed on its line");
            node.broken = true;
        } else if (quote == '\'') {
            complain(node.place, Code::syntax, "texts stand in double quotes");
        }
        return node;
    }

    void escape(Node& node) {
        static constexpr std::string_view letters = "\"\\/bfnrt", values = "\"\\/\b\f\n\r\t";
        const Place start = here(2);
        const std::size_t which = letters.find(peek(1));
        if (which != std::string_view::npos) {
            node.text += values[which];
            advance(2);
            return;
        }
        if (peek(1) == 'u') {
            char32_t c = hex(2);
            std::size_t size = 6;
            if (c >= 0xD800 && c < 0xDC00 && peek(6) == '\\' && peek(7) == 'u') {
                const char32_t low = hex(8);
                if (low >= 0xDC00 && low < 0xE000) {
                    c = 0x10000 + ((c - 0xD800) << 10U) + (low - 0xDC00);
                    size = 12;
                }
            }
            if (c != 0 && c <= 0x10FFFF && !(c >= 0xD800 && c < 0xE000)) {
                append_utf8(node.text, c);
                advance(size);
                return;
            }
        }
        complain(start, Code::bad_string,
                 "not an escape; valid are \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\uXXXX (a character, not 0)");
        node.broken = true;
        advance(peek(1) == '\n' || peek(1) == '\r' || at + 1 >= text.size() ? 1 : 1 + code_point(text, at + 1).length);
    }

    // Four hexadecimal digits; beyond Unicode where they are not.
    char32_t hex(std::size_t ahead) const {
        std::uint32_t value = 0;
        if (at + ahead + 4 > text.size()) return 0xFFFFFFFF;
        const char* const from = text.data() + at + ahead;
        const auto [stop, error] = std::from_chars(from, from + 4, value, 16);
        return error == std::errc{} && stop == from + 4 ? value : 0xFFFFFFFF;
    }
};

// One problem for the file: the first bad byte, and how many more.
void check_encoding(const SourcePtr& source, std::vector<Problem>& problems) {
    const std::string& text = source->text;
    std::size_t first = 0, bad = 0;
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint point = code_point(text, at);
        if (!point.valid && bad++ == 0) first = at;
        at += point.length;
    }
    if (bad == 0) return;
    static constexpr char digits[] = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(text[first]);
    std::string message = std::string("not UTF-8: byte 0x") + digits[byte >> 4U] + digits[byte & 15U];
    if (bad > 1) message += ", and " + std::to_string(bad - 1) + " more";
    report(problems, place_in(source, first, 1), Code::bad_encoding, message);
}

} // namespace

std::string_view describe(Kind kind) {
    switch (kind) {
    case Kind::null: return "null";
    case Kind::boolean: return "true or false";
    case Kind::integer: return "a whole number";
    case Kind::real: return "a number";
    case Kind::text: return "a text";
    case Kind::list: return "a list";
    case Kind::map: return "an object";
    }
    return "";
}

const Node* Node::find(std::string_view name) const {
    if (kind != Kind::map) return nullptr;
    for (const Node& item : items) {
        if (item.key == name) return &item;
    }
    return nullptr;
}

Node* Node::find(std::string_view name) { return const_cast<Node*>(std::as_const(*this).find(name)); }

ParsedJson parse_located(const SourcePtr& source, std::size_t begin) {
    ParsedJson result;
    const std::string_view text = source->text;
    if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
        report(result.problems, place_in(source, 0, 1), Code::bad_encoding, "this is UTF-16; save it as UTF-8");
        return result;
    }
    check_encoding(source, result.problems);
    Reader reader{source, text, result.problems};
    reader.advance(begin);
    if (begin == 0 && text.starts_with("\xEF\xBB\xBF")) reader.at = 3;
    try {
        reader.space();
        if (reader.done()) reader.fail(reader.here(0), "expected a value, found nothing");
        Node root = reader.value(0);
        reader.space();
        if (!reader.done()) {
            reader.complain(reader.here(), Code::syntax, "unexpected " + reader.found_here() + " behind the end");
        }
        result.root = std::move(root);
    } catch (const Stop&) {
        // Said why in the problems.
    }
    return result;
}

bool convert(Node& node, Kind wanted) {
    if (wanted == Kind::text && node.substituted && node.kind != Kind::list && node.kind != Kind::map) {
        node.kind = Kind::text;
    }
    if (node.substituted && node.kind == Kind::text && wanted != Kind::text) {
        const auto source = std::make_shared<Source>(Source{"", "", node.text});
        const ParsedJson parsed = parse_located(source);
        const bool scalar = parsed.root && parsed.problems.empty() && parsed.root->items.empty();
        const Kind kind = scalar ? parsed.root->kind : Kind::null;
        if (kind == Kind::boolean || kind == Kind::integer || kind == Kind::real) {
            node.kind = kind;
            node.boolean = parsed.root->boolean;
            node.integer = parsed.root->integer;
            node.number = parsed.root->number;
        }
    }
    if (wanted == Kind::real && node.kind == Kind::integer) node.kind = Kind::real;
    return node.kind == wanted;
}

} // namespace assay::pipeline
