#include <algorithm>
#include <array>
#include <assay/stats/display.hpp>
#include <charconv>
#include <cmath>

namespace assay::stats {
namespace {

constexpr int default_digits = 4, interval_digits = 2;
constexpr double plain_from = 1e-4, plain_to = 1e9;
constexpr double whole_limit = 9007199254740992; // 2^53

std::string text_of(double value, std::chars_format format, int precision) {
    std::array<char, 512> buffer; // the widest: 309 digits before the point
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, format, precision).ptr;
    return {buffer.data(), end};
}

// Power of ten of the first digit once `value` is rounded to so many digits: 0.0996 to two digits is 0.10, so -1.
int decade(double value, int digits) {
    const std::string text = text_of(std::fabs(value), std::chars_format::scientific, digits - 1);
    int exponent = 0;
    const char* sign = text.data() + text.find('e') + 1;
    std::from_chars(*sign == '+' ? sign + 1 : sign, text.data() + text.size(), exponent);
    return exponent;
}

bool has_digit(const std::string& text) { return text.find_first_of("123456789") != std::string::npos; }

std::string fixed(double value, int decimals) {
    std::string text;
    if (decimals >= 0) {
        text = text_of(value, std::chars_format::fixed, decimals);
    } else { // to tens, hundreds, ...: rounded in decimal, once
        const int digits = decade(value, 17) + 1 + decimals;
        if (digits <= 0) {
            const double unit = std::pow(10.0, -decimals);
            value = std::fabs(value) > unit / 2 ? std::copysign(unit, value) : 0;
        } else {
            const std::string rounded = text_of(value, std::chars_format::scientific, digits - 1);
            std::from_chars(rounded.data(), rounded.data() + rounded.size(), value);
        }
        text = text_of(value, std::chars_format::fixed, 0);
    }
    if (text.front() == '-' && !has_digit(text)) text.erase(0, 1);
    return text;
}

std::string scientific(double value, int digits) {
    return text_of(value, std::chars_format::scientific, std::clamp(digits, 1, 17) - 1);
}

// 1.500e-05 is 1.5e-05, 2.50 is 2.5, 100 stays.
std::string without_trailing_zeros(std::string text) {
    const std::size_t point = text.find('.'), exponent = std::min(text.find('e'), text.size());
    if (point == std::string::npos) return text;
    std::size_t end = text.find_last_not_of('0', exponent - 1);
    if (end != point) ++end;
    return text.erase(end, exponent - end);
}

bool is_plain(double magnitude) { return magnitude >= plain_from && magnitude < plain_to; }

} // namespace

std::string display(double value) {
    if (!std::isfinite(value)) return std::isnan(value) ? "nan" : value < 0 ? "-inf" : "inf";
    const double magnitude = std::fabs(value);
    if (magnitude < whole_limit && magnitude == std::floor(magnitude)) return fixed(value, 0);
    if (!is_plain(magnitude)) return without_trailing_zeros(scientific(value, default_digits));
    return without_trailing_zeros(fixed(value, std::max(0, default_digits - 1 - decade(value, default_digits))));
}

std::string display(double value, double half_width) {
    if (!std::isfinite(value) || !std::isfinite(half_width) || !(half_width > 0)) return display(value);
    const int last = decade(half_width, interval_digits) - (interval_digits - 1); // decade of the last digit shown
    const double magnitude = std::max(std::fabs(value), half_width);
    if (is_plain(magnitude) || value == 0) return fixed(value, -last);
    return scientific(value, decade(value, 17) - last + 1);
}

std::string display_half_width(double half_width) {
    if (!std::isfinite(half_width) || !(half_width > 0)) return display(half_width);
    if (!is_plain(half_width)) return scientific(half_width, interval_digits);
    return fixed(half_width, interval_digits - 1 - decade(half_width, interval_digits));
}

std::string approximately(std::string display) { return "≈" + std::move(display); }

} // namespace assay::stats
