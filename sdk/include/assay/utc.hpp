#pragma once
// Times as text, in UTC: what cell::time reads back.
#include <cstdint>
#include <string>

namespace assay {

struct UtcTime {
    std::int64_t year;
    int month, day, hour, minute, second, microsecond;
};

/// Of microseconds since 1970-01-01; any year (Hinnant, "chrono-Compatible Low-Level Date Algorithms").
inline UtcTime utc_time(std::int64_t microseconds) {
    constexpr std::int64_t second = 1'000'000, day = 86'400 * second;
    const std::int64_t days = microseconds / day - (microseconds % day < 0 ? 1 : 0);
    const std::int64_t within = microseconds % day + (microseconds % day < 0 ? day : 0);
    const std::int64_t shifted = days + 719468, era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    const std::int64_t day_of_era = shifted - era * 146097;
    const std::int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const auto day_of_year = static_cast<int>(day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100));
    const int from_march = (5 * day_of_year + 2) / 153;
    const int month = from_march < 10 ? from_march + 3 : from_march - 9;
    const auto seconds = static_cast<int>(within / second);
    return {.year = year_of_era + era * 400 + (month <= 2 ? 1 : 0),
            .month = month,
            .day = day_of_year - (153 * from_march + 2) / 5 + 1,
            .hour = seconds / 3600,
            .minute = seconds / 60 % 60,
            .second = seconds % 60,
            .microsecond = static_cast<int>(within % second)};
}

namespace detail {
/// With zeros in front, to at least so many characters.
inline void append_padded(std::string& out, std::int64_t number, std::size_t width) {
    const std::string digits = std::to_string(number < 0 ? -number : number);
    const std::size_t size = digits.size() + (number < 0 ? 1 : 0);
    if (number < 0) out += '-';
    if (size < width) out.append(width - size, '0');
    out += digits;
}
inline void append_date(std::string& out, const UtcTime& time) {
    append_padded(out, time.year, 4);
    append_padded(out += '-', time.month, 2);
    append_padded(out += '-', time.day, 2);
}
} // namespace detail

/// "2025-10-02"
inline std::string utc_date(std::int64_t microseconds) {
    std::string out;
    detail::append_date(out, utc_time(microseconds));
    return out;
}

/// "2025-10-02T19:12:04Z", "2025-10-02T19:12:04.5Z"
inline std::string utc(std::int64_t microseconds) {
    const UtcTime time = utc_time(microseconds);
    std::string out;
    out.reserve(32);
    detail::append_date(out, time);
    detail::append_padded(out += 'T', time.hour, 2);
    detail::append_padded(out += ':', time.minute, 2);
    detail::append_padded(out += ':', time.second, 2);
    if (time.microsecond != 0) detail::append_padded(out += '.', time.microsecond, 6);
    while (time.microsecond != 0 && out.back() == '0') out.pop_back();
    return out += 'Z';
}

} // namespace assay
