#include "plan/types.hpp"
#include "plan/units.hpp"
#include <algorithm>
#include <array>
#include <assay/cell.hpp>

namespace assay::plan {

namespace {

assay_cell_format to_abi_format(const CellFormat& format) {
    return {format.decimal, format.grouping, 0, format.scale, to_abi(format.suffix)};
}

/// What follows the last digit of a number, with a known unit or a percent sign: "88 %" gives "%".
std::string_view suffix_of(std::string_view text) {
    text = cell::trim(text);
    if (text.empty() || (!cell::is_digit(text.front()) && text.front() != '-' && text.front() != '+')) return {};
    std::size_t end = text.size();
    while (end > 0 && !cell::is_digit(text[end - 1])) --end;
    const auto suffix = cell::trim(text.substr(end));
    return !suffix.empty() && unit_symbol(suffix) ? suffix : std::string_view{};
}

/// `1,234,567` or `5,03,31,648`: groups of two or three digits, the last of three. No number of several groups begins
/// with 0: `0,211` is a fraction.
bool is_grouped(std::string_view text, char mark) {
    text = cell::trim(text);
    if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
    const auto point = text.find(mark == ',' ? '.' : ',');
    const auto whole = text.substr(0, point);
    std::size_t digits = 0, groups = 0;
    for (std::size_t i = 0; i <= whole.size(); ++i) {
        if (i == whole.size() || whole[i] == mark) {
            const bool last = i == whole.size();
            if (digits == 0 || digits > 3 || (groups == 0 && !last && whole.starts_with('0')) ||
                (groups > 0 && digits < 2) || (last && groups > 0 && digits != 3))
                return false;
            digits = 0;
            ++groups;
        } else if (cell::is_digit(whole[i])) {
            ++digits;
        } else {
            return false;
        }
    }
    return groups > 1;
}

template <class Reads> bool any(const ColumnSample& sample, Reads reads) {
    return std::any_of(sample.cells.begin(), sample.cells.end(), reads);
}

/// All but one in a hundred, and there is one. Most columns tell with their first cells.
template <class Reads> bool nearly_all(const ColumnSample& sample, Reads reads) {
    const std::size_t spared = sample.cells.size() / 100;
    std::size_t others = 0;
    return std::all_of(sample.cells.begin(), sample.cells.end(),
                       [&](std::string_view cell) { return reads(cell) || ++others <= spared; }) &&
           others < sample.cells.size();
}

/// Of digits with at most one point among them: as most numbers are written, and told without reading their value.
std::optional<Type> plain_number(std::string_view text) {
    constexpr std::size_t safe = 18; // digits that an integer holds whatever they are
    if (!text.empty() && text.front() == '-') text.remove_prefix(1);
    if (text.empty() || text.size() > safe || !cell::is_digit(text.front()) || !cell::is_digit(text.back()))
        return std::nullopt;
    std::size_t points = 0;
    for (const char c : text) {
        if (!cell::is_digit(c) && c != '.') return std::nullopt;
        points += c == '.' ? 1U : 0U;
    }
    if (points > 1) return std::nullopt;
    return points == 0 ? Type::integer : Type::real;
}

std::optional<Reading> as_number(const ColumnSample& sample, const CellFormat& format) {
    const auto abi = to_abi_format(format);
    const bool plain = format.decimal == '.' && format.suffix.empty();
    bool fractions = false;
    if (!nearly_all(sample, [&](std::string_view text) {
            if (const auto type = plain ? plain_number(text) : std::nullopt) {
                fractions = fractions || type == Type::real;
                return true;
            }
            if (cell::integer(text, abi)) return true;
            const bool real = cell::number(text, abi).has_value();
            fractions = fractions || real;
            return real;
        }))
        return std::nullopt;
    Reading reading;
    // One fraction makes a column real: an integer column would lose it.
    reading.type = fractions ? Type::real : Type::integer;
    reading.format = format;
    return reading;
}

} // namespace

Reading reading_of(const ColumnSample& sample, std::optional<char> decimal) {
    Reading text;
    if (sample.cells.empty()) return text;
    if (nearly_all(sample, [](auto c) { return cell::truth(c).has_value(); })) {
        text.type = Type::boolean;
        return text;
    }
    CellFormat format;
    format.suffix = suffix_of(sample.cells.front());
    if (!format.suffix.empty() && !nearly_all(sample, [&](auto c) { return suffix_of(c) == format.suffix; }))
        format.suffix.clear();
    struct Marks {
        char decimal, grouping;
    };
    for (const Marks marks : {Marks{'.', 0}, Marks{'.', ','}, Marks{',', 0}, Marks{',', '.'}}) {
        if (decimal && *decimal != marks.decimal) continue;
        format.decimal = marks.decimal;
        format.grouping = marks.grouping;
        if (marks.grouping != 0 && any(sample, [&](auto c) {
                return c.find(marks.grouping) != std::string::npos &&
                       !is_grouped(cell::trim(c).substr(0, c.find_last_of("0123456789") + 1), marks.grouping);
            }))
            continue;
        auto reading = as_number(sample, format);
        if (!reading) continue;
        if (!format.suffix.empty()) reading->unit = unit_symbol(format.suffix).value_or("");
        // `1,234` alone may be a thousand or one and a bit.
        reading->ambiguous = !decimal && marks.grouping == ',' && !any(sample, [](auto c) {
            return c.find(',') != c.rfind(',') || c.find('.') != std::string::npos;
        });
        return *reading;
    }
    if (nearly_all(sample, [](auto c) { return cell::time(c).has_value(); })) {
        text.type = Type::time;
        text.no_zone = any(sample, [](auto c) {
            const auto time = cell::time(c);
            return time && !time->has_zone && !time->is_date;
        });
    }
    return text;
}

Type widened(Type type, Type needed) {
    if (type == needed) return type;
    const auto numeric = [](Type t) { return t == Type::integer || t == Type::real; };
    return numeric(type) && numeric(needed) ? Type::real : Type::text;
}

Type type_of_cell(std::string_view text) {
    if (cell::integer(text)) return Type::integer;
    if (cell::number(text)) return Type::real;
    if (cell::truth(text)) return Type::boolean;
    if (cell::time(text)) return Type::time;
    return Type::text;
}

} // namespace assay::plan
