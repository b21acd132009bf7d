#include "scan.hpp"
#include <algorithm>
#include <assay/cell.hpp>
#include <assay/json_writer.hpp>
#include <assay/utf8.hpp>
#include <charconv>

namespace assay::json {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
bool is_hex(char c) { return cell::is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool is_word(char c) { return cell::is_digit(c) || (cell::lower(c) >= 'a' && cell::lower(c) <= 'z') || c == '_'; }

class Scanner {
  public:
    Scanner(std::string_view text, std::size_t max_depth) : text_{text}, max_depth_{max_depth} {}

    Scan run() {
        while (blanks(), at_ < text_.size()) {
            const std::size_t begin = at_;
            if (!document()) break;
            found_.documents.push_back({begin, at_});
        }
        return std::move(found_);
    }

  private:
    enum class Expect { value, value_or_end, key, key_or_end, colon, comma_or_end };

    bool document() {
        open_.clear();
        Expect expect = Expect::value;
        do {
            blanks();
            if (at_ == text_.size()) return ended();
            if (!step(expect)) return false;
        } while (!open_.empty());
        return true;
    }

    bool step(Expect& expect) {
        const char c = text_[at_];
        const bool in_object = !open_.empty() && open_.back() == '{';
        switch (expect) {
        case Expect::value_or_end:
            if (c == ']') return close(expect);
            [[fallthrough]];
        case Expect::value: return value(c, expect);
        case Expect::key_or_end:
            if (c == '}') return close(expect);
            [[fallthrough]];
        case Expect::key: expect = Expect::colon; return c == '"' ? string() : unexpected("a key in quotes");
        case Expect::colon:
            if (c != ':') return unexpected("':'");
            ++at_;
            expect = Expect::value;
            return true;
        case Expect::comma_or_end:
            if (c == (in_object ? '}' : ']')) return close(expect);
            if (c != ',') return unexpected(in_object ? "',' or '}'" : "',' or ']'");
            ++at_;
            expect = in_object ? Expect::key : Expect::value;
            return true;
        }
        return false;
    }

    bool value(char c, Expect& expect) {
        if (c == '{' || c == '[') {
            if (open_.size() >= max_depth_)
                return fault("too-deep", "nested deeper than " + std::to_string(max_depth_) + " levels");
            open_ += c;
            ++at_;
            expect = c == '{' ? Expect::key_or_end : Expect::value_or_end;
            return true;
        }
        expect = Expect::comma_or_end;
        if (c == '"') return string();
        if (cell::is_digit(c) || (c == '-' && at_ + 1 < text_.size() && cell::is_digit(text_[at_ + 1])))
            return number();
        return word();
    }

    bool close(Expect& expect) {
        open_.pop_back();
        ++at_;
        expect = Expect::comma_or_end;
        return true;
    }

    bool word() {
        const std::size_t begin = at_;
        std::size_t end = at_;
        if (text_[end] == '-') ++end;
        while (end < text_.size() && is_word(text_[end])) ++end;
        const std::string_view word = text_.substr(begin, end - begin);
        if (word.empty()) return unexpected("a value");
        at_ = end;
        if (word == "true" || word == "false" || word == "null") return true;
        for (const std::string_view literal : {"nan", "-nan", "inf", "-inf", "infinity", "-infinity"})
            if (cell::equals_ignoring_case(word, literal))
                return odd("nan-literal", begin, '"' + std::string{literal} + '"'); // read as the number it is
        at_ = begin;
        if (end == text_.size()) {
            for (const std::string_view literal : {"true", "false", "null", "NaN", "Infinity", "-Infinity"})
                if (literal.substr(0, word.size()) == word) return ended();
        }
        return unexpected("a value");
    }

    bool number() {
        const std::size_t begin = at_;
        const auto digits = [&] {
            const std::size_t first = at_;
            while (at_ < text_.size() && cell::is_digit(text_[at_])) ++at_;
            return at_ - first;
        };
        if (text_[at_] == '-') ++at_;
        const std::size_t first = at_, whole = digits();
        if (whole > 1 && text_[first] == '0') return at_ = first, unexpected("a number without leading zeros");
        bool integer = true, exponent = false;
        if (at_ < text_.size() && text_[at_] == '.') {
            integer = false;
            ++at_;
            if (digits() == 0) return at_ == text_.size() ? ended() : unexpected("a digit");
        }
        if (at_ < text_.size() && cell::lower(text_[at_]) == 'e') {
            integer = false;
            exponent = true;
            ++at_;
            if (at_ < text_.size() && (text_[at_] == '+' || text_[at_] == '-')) ++at_;
            if (digits() == 0) return at_ == text_.size() ? ended() : unexpected("a digit");
        }
        if (at_ < text_.size() && is_word(text_[at_])) return unexpected("the end of a number");
        const std::string_view written = text_.substr(begin, at_ - begin);
        constexpr std::size_t always_in_range = 300; // digits
        if (!exponent && written.size() <= (integer ? most_digits : always_in_range)) return true;
        return in_range(written, begin, integer);
    }

    static constexpr std::size_t most_digits = 18; ///< that 64 bits hold whatever they are

    bool in_range(std::string_view number, std::size_t begin, bool integer) {
        double real = 0;
        const auto code = std::from_chars(number.data(), number.data() + number.size(), real).ec;
        if (code == std::errc::result_out_of_range && number.find("e-") == number.npos &&
            number.find("E-") == number.npos)
            return odd("number-out-of-range", begin, "null");
        if (!integer || number.size() <= most_digits) return true;
        std::int64_t narrow = 0;
        std::uint64_t wide = 0;
        const char* end = number.data() + number.size();
        if (std::from_chars(number.data(), end, narrow).ec == std::errc{} ||
            (number[0] != '-' && std::from_chars(number.data(), end, wide).ec == std::errc{}))
            return true;
        return odd("big-integer", begin, std::string{number} + "e0"); // the fast parser takes it as a real then
    }

    bool string() {
        for (++at_; at_ < text_.size();) {
            const auto c = static_cast<unsigned char>(text_[at_]);
            if (c == '"') return ++at_, true;
            if (c == '\\') {
                if (!escape()) return false;
            } else if (c < 0x20) {
                std::string escaped;
                append_json_string(escaped, text_.substr(at_, 1));
                ++at_;
                odd("control-character", at_ - 1, escaped.substr(1, escaped.size() - 2));
            } else if (c < 0x80) {
                ++at_;
            } else if (const std::size_t length = utf8_length(text_, at_)) {
                at_ += length;
            } else {
                ++at_;
                odd("invalid-utf8", at_ - 1, "\xEF\xBF\xBD");
            }
        }
        return ended();
    }

    bool escape() {
        const std::size_t begin = at_;
        if (at_ + 1 >= text_.size()) return at_ = text_.size(), ended();
        const char c = text_[at_ + 1];
        if (c != 'u') {
            if (std::string_view{"\"\\/bfnrt"}.find(c) == std::string_view::npos)
                return unexpected("an escape that JSON knows");
            at_ += 2;
            return true;
        }
        const auto unit = code_unit(at_);
        if (!unit) return at_ + 6 > text_.size() ? (at_ = text_.size(), ended()) : unexpected("four hex digits");
        at_ += 6;
        if (*unit < 0xD800 || *unit > 0xDFFF) return true;
        if (*unit < 0xDC00) {
            const auto low = code_unit(at_);
            if (low && *low >= 0xDC00 && *low <= 0xDFFF) return at_ += 6, true;
        }
        return odd("lone-surrogate", begin, "\\uFFFD");
    }

    std::optional<unsigned> code_unit(std::size_t at) const {
        if (at + 6 > text_.size() || text_[at] != '\\' || text_[at + 1] != 'u') return std::nullopt;
        const auto hex = text_.substr(at + 2, 4);
        if (!std::all_of(hex.begin(), hex.end(), is_hex)) return std::nullopt;
        unsigned unit = 0;
        std::from_chars(hex.data(), hex.data() + 4, unit, 16);
        return unit;
    }

    bool odd(const char* code, std::size_t begin, std::string replacement) {
        found_.oddities.push_back({code, begin, at_ - begin, std::move(replacement)});
        return true;
    }
    bool unexpected(const char* expected) {
        std::string found;
        append_json_string(found, text_.substr(at_, 1));
        return fault("syntax", std::string{"expected "} + expected + ", found " + found);
    }
    bool ended() {
        at_ = text_.size();
        return fault("truncated", open_.empty() ? std::string{"the text ends inside a value"}
                                                : "the text ends with " + std::to_string(open_.size()) +
                                                      (open_.size() == 1 ? " bracket open" : " brackets open"));
    }
    bool fault(const char* reason, std::string message) {
        found_.fault = Fault{reason, std::move(message), at_};
        return false;
    }
    void blanks() {
        while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
    }

    std::string_view text_;
    std::size_t max_depth_, at_ = 0;
    std::string open_;
    Scan found_;
};

} // namespace

Scan scan(std::string_view text, std::size_t max_depth) { return Scanner{text, max_depth}.run(); }

std::string mend(std::string_view text, const Scan& scan) {
    const bool several = scan.documents.size() > 1;
    std::string out;
    out.reserve(text.size() + 16);
    if (several) out += '[';
    auto odd = scan.oddities.begin();
    for (const auto& [begin, end] : scan.documents) {
        if (begin != scan.documents.front().begin) out += ',';
        std::size_t at = begin;
        for (; odd != scan.oddities.end() && odd->offset < end; ++odd) {
            out.append(text.substr(at, odd->offset - at)).append(odd->replacement);
            at = odd->offset + odd->length;
        }
        out.append(text.substr(at, end - at));
    }
    if (several) out += ']';
    return out;
}

std::uint64_t line_of(std::string_view text, std::size_t offset) {
    const auto end = text.begin() + static_cast<std::ptrdiff_t>(std::min(offset, text.size()));
    return 1 + static_cast<std::uint64_t>(std::count(text.begin(), end, '\n'));
}

} // namespace assay::json
