#include "claims/quantity.hpp"
#include "claims/number_word.hpp"
#include "claims/words.hpp"
#include <algorithm>
#include <array>
#include <assay/cell.hpp>
#include <charconv>
#include <cmath>
#include <optional>

namespace assay::claims {

namespace {

constexpr std::array<std::string_view, 12> months{"jan", "feb", "mar", "apr", "may", "jun",
                                                  "jul", "aug", "sep", "oct", "nov", "dec"};

/// 1 to 12; 0 where the word names no month.
int month_of(std::string_view word) {
    const std::string name = lower(word);
    if (name.size() < 3) return 0;
    static constexpr std::array<std::string_view, 12> whole{"january",   "february", "march",    "april",
                                                            "may",       "june",     "july",     "august",
                                                            "september", "october",  "november", "december"};
    for (std::size_t i = 0; i < months.size(); ++i)
        if (name == months[i] || name == whole[i] || (i == 8 && name == "sept")) return static_cast<int>(i) + 1;
    return 0;
}

class Scanner {
  public:
    explicit Scanner(std::string_view text) : text_{text} {}

    std::vector<Quantity> run() {
        while (at_ < text_.size()) {
            if (!is_digit(text_[at_]) && !(text_[at_] == '.' && digit(at_ + 1) && !word(at_ - 1) && !dot(at_ - 1))) {
                if (const auto word = number_word_at(text_, at_))
                    take_word(*word);
                else
                    ++at_;
                continue;
            }
            if (in_name()) {
                skip_name();
                continue;
            }
            if (take_date() || take_clock() || take_version()) continue;
            take_number();
        }
        join_ranges();
        share_units();
        return std::move(found_);
    }

  private:
    char at(std::size_t i) const { return i < text_.size() ? text_[i] : '\0'; }
    bool digit(std::size_t i) const { return is_digit(at(i)); }
    bool letter(std::size_t i) const { return is_letter(at(i)); }
    bool word(std::size_t i) const { return is_word(at(i)); }
    bool dot(std::size_t i) const { return at(i) == '.'; }

    /// Is the digit part of a word: q4_0, i9-13980HX, run/20251002-1, llama3.1:8b?
    bool in_name() const {
        if (at_ == 0) return false;
        const char before = at(at_ - 1);
        // results[2] is an index.
        if (before == '[' && at_ > 1 && is_word(at(at_ - 2))) return true;
        if (is_word(before)) return true;
        const bool joint = before == '-' || before == '.' || before == ':' || before == '/' || before == '\\';
        if (!joint || at_ < 2) return false;
        const char earlier = at(at_ - 2);
        if (before == '/' || before == '\\') return is_letter(earlier) || earlier == '.' || earlier == '_';
        if (before == ':') return is_word(earlier) && !letter_label();
        return is_letter(earlier) || earlier == '_' || (before == '.' && earlier == '.');
    }
    /// "mean:5": a label before a number that ends there.
    bool letter_label() const {
        std::size_t begin = at_;
        while (begin > 0 && at(begin - 1) != ' ' && at(begin - 1) != '(') --begin;
        const std::string_view token = text_.substr(begin, at_ - begin);
        if (token.find("//") != token.npos || token.find("localhost") != token.npos) return false; // a port
        std::size_t end = at_;
        while (digit(end) || (dot(end) && digit(end + 1))) ++end;
        return !word(end) && at(end) != '-' && at(end) != ':' && is_letter(at(at_ - 2));
    }
    void skip_name() {
        while (at_ < text_.size()) {
            const char c = text_[at_];
            const bool joint = (c == '.' || c == ':' || c == '-' || c == '/' || c == '\\' || c == '+') && word(at_ + 1);
            if (!is_word(c) && !joint) break;
            ++at_;
        }
    }
    int number_at(std::size_t i, std::size_t length) const {
        int value = 0;
        for (std::size_t k = i; k < i + length; ++k) {
            if (!digit(k)) return -1;
            value = value * 10 + (at(k) - '0');
        }
        return digit(i + length) && length < 8 ? -1 : value;
    }

    void add_date(std::size_t begin, std::size_t end, int year, int month, int day) {
        Quantity q;
        q.kind = Kind::date;
        q.begin = begin;
        q.number_end = q.end = end;
        q.value = year;
        q.day_span = day > 0 ? 1 : month > 0 ? 31 : 366;
        q.day = cell::days_from_civil(year, static_cast<unsigned>(std::max(month, 1)),
                                      static_cast<unsigned>(std::max(day, 1)));
        found_.push_back(q);
        at_ = end;
    }
    static bool is_year(int year) { return year >= 1970 && year < 2100; }
    /// The word before, its begin in `begin`.
    std::string_view word_before(std::size_t i, std::size_t& begin) const {
        std::size_t end = i;
        while (end > 0 && (at(end - 1) == ' ' || at(end - 1) == '.' || at(end - 1) == ',')) --end;
        begin = end;
        while (begin > 0 && is_letter(at(begin - 1))) --begin;
        return text_.substr(begin, end - begin);
    }
    std::string_view word_after(std::size_t i, std::size_t& end) const {
        while (at(i) == ' ' || at(i) == '-') ++i;
        end = i;
        while (letter(end)) ++end;
        return text_.substr(i, end - i);
    }
    bool take_date() {
        const int year = number_at(at_, 4);
        if (is_year(year) && (at(at_ + 4) == '-' || at(at_ + 4) == '/') && number_at(at_ + 5, 2) > 0) {
            const int month = number_at(at_ + 5, 2), day = at(at_ + 7) == at(at_ + 4) ? number_at(at_ + 8, 2) : -1;
            if (month <= 12) {
                std::size_t end = at_ + (day > 0 ? 10 : 7);
                if (day > 0 && (at(end) == 'T' || at(end) == ' ') && number_at(end + 1, 2) >= 0 && at(end + 3) == ':')
                    for (++end; digit(end) || at(end) == ':' || dot(end) || at(end) == '+' || at(end) == 'Z';) ++end;
                if (!word(end)) return add_date(at_, end, year, month, day), true;
            }
        }
        // 31.10.2025, and 10/31/2025 as in American English.
        if (number_at(at_, 2) > 0 && (at(at_ + 2) == '.' || at(at_ + 2) == '/') && number_at(at_ + 3, 2) > 0 &&
            at(at_ + 5) == at(at_ + 2) && is_year(number_at(at_ + 6, 4)) && !word(at_ + 10)) {
            int day = number_at(at_, 2), month = number_at(at_ + 3, 2);
            if (at(at_ + 2) == '/' || month > 12) std::swap(day, month);
            if (month <= 12 && day <= 31) return add_date(at_, at_ + 10, number_at(at_ + 6, 4), month, day), true;
        }
        const int stamp = number_at(at_, 8);
        if (stamp > 0 && !digit(at_ + 8) && is_year(stamp / 10000) && stamp / 100 % 100 >= 1 &&
            stamp / 100 % 100 <= 12 && stamp % 100 >= 1 && stamp % 100 <= 31) {
            std::size_t end = at_ + 8;
            if ((at(end) == '-' || at(end) == '_' || at(end) == 'T') && digit(end + 1))
                for (++end; digit(end);) ++end;
            return add_date(at_, end, stamp / 10000, stamp / 100 % 100, stamp % 100), true;
        }
        std::size_t begin = 0, end = 0;
        const int before = month_of(word_before(at_, begin));
        const bool taken = !found_.empty() && begin < found_.back().end; // "2 October, 5 runs"
        if (before > 0 && !taken) {
            if (is_year(year)) return add_date(begin, at_ + 4, year, before, 0), true;
            const std::size_t length = digit(at_ + 1) ? 2 : 1;
            const int day = number_at(at_, length);
            std::size_t next = at_ + length;
            if (letter(next)) word_after(next, next); // 8th
            while (at(next) == ',' || at(next) == ' ') ++next;
            const int then = number_at(next, 4);
            if (day >= 1 && day <= 31 && is_year(then)) return add_date(begin, next + 4, then, before, day), true;
            if (day >= 1 && day <= 31) {
                const std::size_t here = at_ + length;
                Quantity q;
                q.kind = Kind::date;
                q.begin = begin, q.number_end = q.end = here;
                q.day_span = 0; // no year
                q.value = before * 100 + day;
                found_.push_back(q);
                at_ = here;
                return true;
            }
        }
        const std::size_t length = digit(at_ + 1) ? 2 : 1;
        const int after = digit(at_ + length) ? 0 : month_of(word_after(at_ + length, end));
        if (after > 0) {
            while (at(end) == ' ' || at(end) == ',') ++end;
            const int then = number_at(end, 4);
            const int day = number_at(at_, length);
            if (is_year(then) && day >= 1) return add_date(at_, end + 4, then, after, day), true;
            if (day >= 1 && day <= 31) {
                word_after(at_ + length, end);
                Quantity q;
                q.kind = Kind::date;
                q.begin = at_, q.number_end = q.end = end;
                q.day_span = 0;
                q.value = after * 100 + day;
                found_.push_back(q);
                at_ = end;
                return true;
            }
        }
        // A year alone: four digits and nothing that makes them a count.
        if (is_year(year) && year >= 1990 && year < 2040 && !word(at_ + 4) && !(dot(at_ + 4) && digit(at_ + 5)) &&
            at(at_ + 4) != ',' && at(at_ + 4) != '%' && !unit_at(text_, at_ + 4) && plain_year())
            return add_date(at_, at_ + 4, year, 0, 0), true;
        return false;
    }
    bool plain_year() const {
        std::size_t begin = 0, end = 0;
        const std::string before = lower(word_before(at_, begin));
        const char mark = at_ > 0 ? at(at_ - 1) : '\0';
        if (mark == '=' || mark == '~' || mark == '<' || mark == '>') return false;
        const std::string_view after = word_after(at_ + 4, end);
        return after.empty() || before == "in" || before == "of" || before == "since" || mark == '(';
    }
    bool take_clock() {
        std::size_t end = at_;
        while (digit(end)) ++end;
        if (end - at_ > 2 || at(end) != ':' || number_at(end + 1, 2) < 0) return false;
        end += 3;
        if (at(end) == ':' && number_at(end + 1, 2) >= 0) end += 3;
        if (word(end)) return false;
        return add_plain(Kind::clock, end), true;
    }
    void add_plain(Kind kind, std::size_t end) {
        Quantity q;
        q.kind = kind;
        q.begin = at_;
        q.number_end = q.end = end;
        found_.push_back(q);
        at_ = end;
    }
    bool take_version() {
        std::size_t end = at_;
        int dots = 0;
        while (digit(end) || (dot(end) && digit(end + 1))) dots += dot(end++) ? 1 : 0;
        if (dots < 2) return false;
        while (is_word(at(end)) || ((at(end) == '+' || at(end) == '-' || at(end) == ':') && word(end + 1))) ++end;
        return add_plain(Kind::version, end), true;
    }

    void take_word(const NumberWord& word) {
        Quantity q;
        q.begin = at_;
        q.number_end = q.end = at_ = word.end;
        q.value = word.value;
        q.digits = word.value > 9 ? 2 : 1;
        q.spelled = true;
        if (const auto unit = unit_at(text_, q.end)) q.unit = unit->unit, q.end = at_ = unit->end;
        noun_behind(q);
        words_before(q, q.begin);
        found_.push_back(std::move(q));
    }
    void take_number() {
        Quantity q;
        q.begin = at_;
        std::string digits;
        std::size_t i = at_;
        const auto group = [&](std::size_t k) {
            return at(k) == ',' && digit(k + 1) && digit(k + 2) && digit(k + 3) && !digit(k + 4);
        };
        while (digit(i)) digits += at(i++);
        const bool groups = digits.size() <= 3 && digits != "0";
        while (groups && group(i)) digits.append(text_.substr(i + 1, 3)), i += 4;
        int decimals = 0;
        if (dot(i) && digit(i + 1))
            for (digits += '.', ++i; digit(i); ++decimals) digits += at(i++);
        int exponent = 0;
        if ((at(i) == 'e' || at(i) == 'E') &&
            (digit(i + 1) || ((at(i + 1) == '-' || at(i + 1) == '+') && digit(i + 2)))) {
            std::size_t k = i + (digit(i + 1) ? 1 : 2);
            std::size_t stop = k;
            while (digit(stop)) ++stop;
            if (!word(stop) && stop - k < 4) {
                std::from_chars(text_.data() + k, text_.data() + stop, exponent);
                if (at(i + 1) == '-') exponent = -exponent;
                i = stop;
            }
        }
        if (std::from_chars(digits.data(), digits.data() + digits.size(), q.value).ec != std::errc{})
            q.value = HUGE_VAL;
        q.value *= std::pow(10.0, exponent);
        q.step = std::pow(10.0, exponent - decimals);
        q.digits = significant(digits);
        q.number_end = q.end = i;
        if (!take_tail(q)) return;
        take_head(q);
        if (!std::isfinite(q.value) || !std::isfinite(q.step)) q.kind = Kind::name;
        at_ = q.end;
        found_.push_back(std::move(q));
    }
    static int significant(std::string_view digits) {
        int n = 0;
        for (const char c : digits)
            if (is_digit(c) && (n > 0 || c != '0')) ++n;
        return n;
    }
    /// Unit, multiplier, noun. False where the number turned out to begin a name.
    bool take_tail(Quantity& q) {
        std::size_t i = q.number_end;
        if (at(i) == '+' && !digit(i + 1)) {
            q.bound = '>';
            q.end = q.number_end = ++i;
        }
        static constexpr std::array<std::pair<char, double>, 4> multipliers{
            {{'K', 1e3}, {'k', 1e3}, {'M', 1e6}, {'B', 1e9}}};
        for (const auto& [mark, factor] : multipliers)
            if (at(i) == mark && !word(i + 1) && at(i + 1) != '/') {
                q.value *= factor, q.step *= factor;
                q.end = q.number_end = ++i;
            }
        if (const auto unit = unit_at(text_, i)) {
            q.unit = unit->unit;
            q.end = unit->end;
            if (at(q.end) == '+') q.bound = '>', ++q.end;
            noun_behind(q);
            return true;
        }
        if (letter(i) || at(i) == '_') {
            const std::string suffix = lower(text_.substr(i, 2));
            if (!word(i + 2) && (suffix == "st" || suffix == "nd" || suffix == "rd" || suffix == "th")) {
                q.kind = Kind::ordinal;
                q.end = i + 2;
                noun_behind(q);
                return true;
            }
            skip_name();
            Quantity name;
            name.kind = Kind::name;
            name.begin = q.begin;
            name.number_end = name.end = at_;
            found_.push_back(name);
            return false;
        }
        noun_behind(q);
        return true;
    }
    void noun_behind(Quantity& q) const {
        std::size_t i = q.end;
        while (at(i) == ' ' || at(i) == '-') ++i;
        if (i > q.end + 1 || i == q.end) return;
        std::size_t end = i;
        while (word(end) || (at(end) == '-' && letter(end + 1))) ++end;
        q.noun = lower(text_.substr(i, end - i));
    }
    void take_head(Quantity& q) const {
        std::size_t i = q.begin;
        const auto back = [&](char c) { return i > 0 && at(i - 1) == c; };
        for (bool more = true; more && i > 0;) {
            more = true;
            const bool free = i < 2 || (!word(i - 2) && at(i - 2) != ')' && at(i - 2) != '%');
            if ((back('-') || back('+')) && free) {
                q.signed_ = true;
                if (back('-')) q.value = -q.value;
                q.begin = --i;
            } else if (back('~')) {
                q.about = true;
                q.begin = --i;
            } else if (back('>') && i > 1 && (at(i - 2) == '-' || at(i - 2) == '=')) {
                more = false; // an arrow
            } else if (back('<') || back('>')) {
                q.bound = at(i - 1);
                q.begin = --i;
            } else if (back('=') && i > 1 && (at(i - 2) == '<' || at(i - 2) == '>')) {
                q.bound = at(i - 2);
                q.begin = i -= 2;
            } else if (back(' ') && i > 1 && (at(i - 2) == '~' || at(i - 2) == '<' || at(i - 2) == '>')) {
                --i;
            } else {
                more = false;
            }
        }
        words_before(q, i);
    }
    void words_before(Quantity& q, std::size_t i) const {
        std::size_t begin = 0;
        const std::string last = lower(word_before(i, begin));
        std::size_t earlier = 0;
        const std::string first = begin > 0 ? lower(word_before(begin, earlier)) : std::string{};
        const auto is = [&](std::initializer_list<std::string_view> words) {
            return std::find(words.begin(), words.end(), last) != words.end();
        };
        if (is({"about", "around", "approximately", "roughly", "nearly", "almost", "approx", "circa"})) q.about = true;
        const bool counted = !q.unit.known() && q.step >= 1 && q.value <= 20; // "over 10 runs" are as many
        if (is({"over"}) && counted) return;
        if (is({"over", "above", "exceeding", "exceeds", "exceeded"})) q.bound = '>';
        if (is({"under", "below"})) q.bound = '<';
        std::size_t begin_before = 0;
        const auto before = lower(word_before(earlier, begin_before)); // what "adds up to" is the sum
        if (last == "to" && first == "up" && !before.starts_with("add") && !before.starts_with("sum")) q.bound = '<';
        if (last == "than")
            q.bound = first == "more" || first == "greater" || first == "higher" || first == "larger" ? '>'
                      : first == "less" || first == "fewer" || first == "lower" || first == "smaller" ? '<'
                                                                                                      : q.bound;
        if (last == "least" && first == "at") q.bound = '>';
        if (last == "most" && first == "at") q.bound = '<';
    }

    void join_ranges() {
        for (std::size_t k = 0; k + 1 < found_.size(); ++k) {
            Quantity &a = found_[k], &b = found_[k + 1];
            if (a.kind != Kind::number || b.kind != Kind::number) continue;
            const std::string_view between = b.begin >= a.end ? text_.substr(a.end, b.begin - a.end) : "";
            const bool sign = b.signed_ && b.value < 0 && b.begin == a.end && at(b.begin) == '-';
            const std::string joint = lower(between);
            if (a.unit.measure == Measure::time && b.unit.measure == Measure::time && a.unit.scale > b.unit.scale &&
                (joint == " " || joint == " and ")) { // 3 hours 15 minutes
                const double factor = b.unit.scale / a.unit.scale;
                a.value += b.value * factor, a.step = b.step * factor, a.end = b.end, b.low = k;
                continue;
            }
            if (joint == " to " || (joint == " and " && text_.substr(0, a.begin).ends_with("between "))) {
                a.edge = -1, b.edge = 1; // each end may be right or wrong
                if (!a.unit.known()) a.unit = b.unit;
                if (a.noun.empty()) a.noun = b.noun;
            } else if (sign || joint == "-" || joint == " - ") {
                if (sign) b.value = -b.value, b.signed_ = false, ++b.begin;
                if (b.value < a.value) continue;
                if (!a.unit.known()) a.unit = b.unit;
                if (a.noun.empty()) a.noun = b.noun;
                a.high = k + 1, b.low = k;
                b.about = b.about || a.about;
            } else if (joint == " vs " || joint == " vs. " || joint == " versus ") {
                if (!a.unit.known()) a.unit = b.unit; // "102.85 vs 76.59 tok/s"
            } else if (joint == " of " || joint == " out of " || joint == "/" || joint == " of the ") {
                if (!a.unit.known() && (b.value >= a.value)) a.of = k + 1;
                if (a.noun.empty() || joint != "/") a.noun = b.noun;
            }
        }
    }

    /// " (alpha), " is ", ".
    static std::string without_brackets(std::string_view joint) {
        const auto open = joint.find(" ("), close = joint.find(')');
        if (open != 0 || close == joint.npos) return std::string{joint};
        return std::string{joint.substr(close + 1)};
    }
    /// "70.7 / 73.4 / 80.6 ms", "102 (alpha) and 289 ms (beta)": the unit stands behind the last.
    void share_units() {
        for (std::size_t k = found_.size(); k-- > 1;) {
            Quantity &a = found_[k - 1], &b = found_[k];
            if (a.kind != Kind::number || b.kind != Kind::number || a.unit.known() || !b.unit.known()) continue;
            const bool counted = !a.noun.empty() && a.noun != "and" && a.noun != "or";
            if (counted || b.begin < a.end || b.unit.measure == Measure::ratio) continue;
            const std::string joint = without_brackets(text_.substr(a.end, b.begin - a.end));
            if (k > 1 && found_[k - 2].unit.known() && text_.substr(found_[k - 2].end).starts_with(" at ") &&
                a.begin == found_[k - 2].end + 4)
                continue; // "6.5 s at 0.2 and 93 ms at 0.8"
            for (const std::string_view known : {" / ", "/", ", ", " and ", ", and ", " or "})
                if (joint == known) a.unit = b.unit;
        }
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::vector<Quantity> found_;
};

} // namespace

void round_to_zeros(Quantity& q) {
    if (q.kind != Kind::number || !q.unit.known() || q.step != 1 || q.value == 0) return;
    int zeros = 0;
    for (double value = std::abs(q.value); std::fmod(value, 10) == 0 && zeros < 12; value /= 10) ++zeros;
    if (zeros == 0 || q.digits < zeros + 3) return;
    q.step = std::pow(10.0, zeros);
    q.digits -= zeros;
}

std::vector<Quantity> quantities(std::string_view text) { return Scanner{text}.run(); }

} // namespace assay::claims
