#pragma once
// Reading cells: what text stands for no value, a number, a truth, a time. Shared by the host, which decides how a
// column is written, and by parsers, which then read it that way.
#include <assay/abi.h>
#include <assay/strings.hpp>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace assay::cell {

inline bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\v' || c == '\f'; }
inline bool is_digit(char c) { return c >= '0' && c <= '9'; }
inline char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

inline std::string_view trim(std::string_view text) {
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    return text;
}

inline bool is_blank(std::string_view text) { return text.empty() || (is_space(text.front()) && trim(text).empty()); }

inline bool equals_ignoring_case(std::string_view text, std::string_view lower_case) {
    if (text.size() != lower_case.size()) return false;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (lower(text[i]) != lower_case[i]) return false;
    return true;
}

namespace detail {
inline bool is_word_for_missing(std::string_view text) {
    if (is_space(text.front()) || is_space(text.back())) text = trim(text);
    switch (text.size()) {
    case 0: return true;
    case 1: return text == "-";
    case 2: return equals_ignoring_case(text, "na") || text == "--";
    case 3: return equals_ignoring_case(text, "n/a");
    case 4: return equals_ignoring_case(text, "null") || equals_ignoring_case(text, "none");
    case 5: return equals_ignoring_case(text, "[n/a]");
    case 13: return equals_ignoring_case(text, "<not counted>");
    case 15: return equals_ignoring_case(text, "[not supported]") || equals_ignoring_case(text, "<not supported>");
    default: return false;
    }
}
} // namespace detail

/// The ways tools write "no value". NaN is a number that is not one, and is kept apart.
inline bool is_missing(std::string_view text) {
    if (text.empty()) return true;
    switch (text.front()) { // tells most
    case '-':
    case 'n':
    case 'N':
    case '[':
    case '<': break;
    default:
        if (!is_space(text.front())) return false;
    }
    return detail::is_word_for_missing(text);
}

inline constexpr assay_cell_format plain_format{'.', 0, 0, 1.0, {nullptr, 0}};

namespace detail {
/// Removes grouping and makes the decimal mark a point. False if it does not fit `size` or grouping stands wrongly.
inline bool normalise(std::string_view text, const assay_cell_format& format, char* out, std::size_t size,
                      std::size_t& length) {
    length = 0;
    bool fraction = false;
    char before = 0;
    for (const char c : text) {
        if (length == size) return false;
        if (format.grouping != 0 && c == format.grouping) {
            if (fraction || !is_digit(before)) return false;
        } else if (c == format.decimal) {
            fraction = true;
            out[length++] = '.';
        } else {
            out[length++] = c;
        }
        before = c;
    }
    return before != format.grouping || format.grouping == 0;
}

inline std::string_view without_suffix(std::string_view text, const assay_cell_format& format) {
    const std::string_view suffix = view(format.suffix);
    if (!suffix.empty() && text.size() > suffix.size() && text.substr(text.size() - suffix.size()) == suffix)
        return trim(text.substr(0, text.size() - suffix.size()));
    return text;
}

template <class T> std::optional<T> read(std::string_view text) {
    if (!text.empty() && text.front() == '+') text.remove_prefix(1);
    T value{};
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (code != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}
} // namespace detail

/// A finite or non-finite number ("nan", "inf" included), as the format says it is written.
inline std::optional<double> number(std::string_view text, const assay_cell_format& format = plain_format) {
    text = detail::without_suffix(trim(text), format);
    std::optional<double> value;
    if (format.decimal == '.' && format.grouping == 0) {
        value = detail::read<double>(text);
    } else {
        char buffer[64];
        std::size_t length = 0;
        if (!detail::normalise(text, format, buffer, sizeof buffer, length)) return std::nullopt;
        value = detail::read<double>({buffer, length});
    }
    if (value && format.scale != 1.0) *value *= format.scale;
    return value;
}

inline std::optional<std::int64_t> integer(std::string_view text, const assay_cell_format& format = plain_format) {
    text = detail::without_suffix(trim(text), format);
    if (format.grouping == 0) return detail::read<std::int64_t>(text);
    char buffer[64];
    std::size_t length = 0;
    if (!detail::normalise(text, format, buffer, sizeof buffer, length)) return std::nullopt;
    return detail::read<std::int64_t>({buffer, length});
}

inline std::optional<bool> truth(std::string_view text) {
    text = trim(text);
    if (equals_ignoring_case(text, "true")) return true;
    if (equals_ignoring_case(text, "false")) return false;
    return std::nullopt;
}

struct Time {
    std::int64_t microseconds; ///< since 1970-01-01 UTC
    bool has_zone;             ///< false: no zone was written, UTC assumed
    bool is_date = false;      ///< a day without a time
};

/// Days since 1970-01-01 of a date in the proleptic Gregorian calendar (Hinnant, "chrono-Compatible Low-Level Date
/// Algorithms").
inline std::int64_t days_from_civil(std::int64_t year, unsigned month, unsigned day) {
    year -= month <= 2 ? 1 : 0;
    const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
    const auto year_of_era = static_cast<unsigned>(year - era * 400);
    const unsigned day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    const unsigned day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + static_cast<std::int64_t>(day_of_era) - 719468;
}

/// ISO 8601: `2025-10-02`, `2025-10-02T19:12:04.495331+00:00`, a blank in place of the T; `2025/10/02` likewise; and
/// without marks, a day with a time: `20251002-191204`.
inline std::optional<Time> time(std::string_view text) {
    text = trim(text);
    char marked[19];
    if (text.size() == 15 && (text[8] == '-' || text[8] == '_' || text[8] == 'T')) {
        constexpr std::string_view places = "....-..-..T..:..:.."; // the digits go to the points
        std::size_t at = 0;
        for (std::size_t i = 0; i < places.size(); ++i) {
            at += at == 8 ? 1U : 0U;
            marked[i] = places[i] == '.' ? text[at++] : places[i];
        }
        text = {marked, sizeof marked};
    }
    const auto digits = [&](std::size_t at, std::size_t count) -> int {
        if (at + count > text.size()) return -1;
        int value = 0;
        for (std::size_t i = at; i < at + count; ++i) {
            if (!is_digit(text[i])) return -1;
            value = value * 10 + (text[i] - '0');
        }
        return value;
    };
    const auto is = [&](std::size_t at, char c) { return at < text.size() && text[at] == c; };
    static constexpr int month_days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const int year = digits(0, 4), month = digits(5, 2), day = digits(8, 2);
    const bool dashes = is(4, '-') && is(7, '-'), slashes = is(4, '/') && is(7, '/');
    if (year < 1 || month < 1 || month > 12 || day < 1 || !(dashes || slashes)) return std::nullopt;
    const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    if (day > month_days[month - 1] + (month == 2 && leap ? 1 : 0)) return std::nullopt;
    std::int64_t seconds = days_from_civil(year, static_cast<unsigned>(month), static_cast<unsigned>(day)) * 86400;
    if (text.size() == 10) return Time{seconds * 1'000'000, false, true};
    if (!is(10, 'T') && !is(10, ' ') && !is(10, 't')) return std::nullopt;
    const int hour = digits(11, 2), minute = digits(14, 2);
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || !is(13, ':')) return std::nullopt;
    std::size_t at = 16;
    int second = 0;
    std::int64_t fraction = 0;
    if (is(at, ':')) {
        second = digits(at + 1, 2);
        if (second < 0 || second > 60) return std::nullopt;
        at += 3;
        if (is(at, '.') || is(at, ',')) {
            std::int64_t scale = 100'000;
            const std::size_t first = ++at;
            for (; at < text.size() && is_digit(text[at]); ++at, scale /= 10) fraction += (text[at] - '0') * scale;
            if (at == first) return std::nullopt;
        }
    }
    seconds += hour * 3600 + minute * 60 + second;
    if (at == text.size()) return Time{seconds * 1'000'000 + fraction, false};
    if ((is(at, 'Z') || is(at, 'z')) && at + 1 == text.size()) return Time{seconds * 1'000'000 + fraction, true};
    if (!is(at, '+') && !is(at, '-')) return std::nullopt;
    const int sign = is(at, '+') ? 1 : -1;
    const int zone_hour = digits(at + 1, 2);
    const bool colon = is(at + 3, ':');
    const int zone_minute = at + 3 == text.size() ? 0 : digits(at + (colon ? 4 : 3), 2);
    if (zone_hour < 0 || zone_hour > 18 || zone_minute < 0 || zone_minute > 59) return std::nullopt;
    if (at + 3 != text.size() && at + (colon ? 6U : 5U) != text.size()) return std::nullopt;
    seconds -= std::int64_t{sign} * (zone_hour * 3600 + zone_minute * 60);
    return Time{seconds * 1'000'000 + fraction, true};
}

} // namespace assay::cell
