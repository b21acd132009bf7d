#pragma once
// Times as text, in UTC: what cell::time reads back.
#include <cstdint>
#include <cstdio>
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

/// "2025-10-02"
inline std::string utc_date(std::int64_t microseconds) {
    const UtcTime time = utc_time(microseconds);
    char text[64];
    const int size =
        std::snprintf(text, sizeof text, "%04lld-%02d-%02d", static_cast<long long>(time.year), time.month, time.day);
    return {text, static_cast<std::size_t>(size)};
}

/// "2025-10-02T19:12:04Z", "2025-10-02T19:12:04.5Z"
inline std::string utc(std::int64_t microseconds) {
    const UtcTime time = utc_time(microseconds);
    char text[64];
    int size =
        std::snprintf(text, sizeof text, "T%02d:%02d:%02d.%06d", time.hour, time.minute, time.second, time.microsecond);
    while (text[size - 1] == '0' && time.microsecond != 0) --size;
    if (time.microsecond == 0) size -= 7;
    return utc_date(microseconds).append(text, static_cast<std::size_t>(size)) + 'Z';
}

} // namespace assay
