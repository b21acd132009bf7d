#pragma once
// Cells of a column before its type is known, and the type that holds them all.
#include <algorithm>
#include <assay/cell.hpp>
#include <assay/column.hpp>
#include <assay/parser.hpp>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::json {

enum class Kind : std::uint8_t { null, boolean, integer, real, text };

/// One value; text is borrowed from the parsed document.
struct Cell {
    union {
        bool truth;
        std::int64_t integer;
        double real;
        const char* text;
    };
    std::uint32_t length = 0; ///< of text, bytes
    std::uint32_t row = 0;
    Kind kind = Kind::null;

    Cell() : integer{0} {}
    template <class T> static Cell of(T value) {
        Cell c;
        c.set(value);
        return c;
    }
    // In place: a cell that is made and then copied waits for its own parts to be stored.
    void set(bool v) { truth = v, kind = Kind::boolean; }
    void set(std::int64_t v) { integer = v, kind = Kind::integer; }
    void set(double v) { real = v, kind = Kind::real; }
    void set(std::string_view v) { text = v.data(), length = static_cast<std::uint32_t>(v.size()), kind = Kind::text; }
    std::string_view view() const { return {text, length}; }
};

/// How programs write, as text too, the numbers that JSON has no literals for.
inline std::optional<double> nonfinite(std::string_view text) {
    if (text.size() < 3 || text.size() > 9) return std::nullopt;
    const auto value = cell::number(text);
    return value && !std::isfinite(*value) ? value : std::nullopt;
}

/// Among texts, truths and times it stands for no value, as pandas writes it.
inline bool is_nan(std::string_view text) {
    if (text.size() > 4) return false;
    const auto value = nonfinite(text);
    return value && std::isnan(*value);
}

/// Counts what a column holds.
struct Census {
    std::uint64_t nulls = 0, booleans = 0, integers = 0, reals = 0, texts = 0;
    std::uint64_t missing = 0;  ///< texts that stand for no value, such as "N/A"
    std::uint64_t nans = 0;     ///< texts such as "NaN"
    std::uint64_t infinite = 0; ///< texts such as "inf"
    std::uint64_t times = 0;    ///< texts that are times
    std::uint64_t zoneless = 0; ///< times that name no zone
    std::uint32_t longest = 0;  ///< text, bytes

    void add(const Cell& c) {
        switch (c.kind) {
        case Kind::null: ++nulls; break;
        case Kind::boolean: ++booleans; break;
        case Kind::integer: ++integers; break;
        case Kind::real: ++reals; break;
        case Kind::text:
            ++texts;
            longest = std::max(longest, c.length);
            if (cell::is_missing(c.view()))
                ++missing;
            else if (const auto number = nonfinite(c.view()))
                ++(std::isnan(*number) ? nans : infinite);
            else if (const auto time = cell::time(c.view())) {
                ++times;
                zoneless += !time->has_zone && !time->is_date ? 1U : 0U;
            }
        }
    }
    std::uint64_t numbers() const { return integers + reals; }
    std::uint64_t values() const { return booleans + numbers() + texts; }
    void add(const Census& other) {
        nulls += other.nulls;
        booleans += other.booleans;
        integers += other.integers;
        reals += other.reals;
        texts += other.texts;
        missing += other.missing;
        nans += other.nans;
        infinite += other.infinite;
        times += other.times;
        longest = std::max(longest, other.longest);
    }
    /// Whether the type is text whatever else comes.
    bool settled() const { return type() == Type::text && values() > missing + nans; }
    bool mixed() const { return type() == Type::text && texts != values() && values() > 0; }

    /// The narrowest type that loses nothing; text where there is no value at all, which claims least.
    Type type() const {
        const std::uint64_t nonfinites = nans + infinite;
        if (numbers() + nonfinites > 0 && booleans == 0 && texts == missing + nonfinites)
            return reals + nonfinites == 0 ? Type::integer : Type::real;
        if (booleans > 0 && numbers() == 0 && texts == missing + nans) return Type::boolean;
        if (times > 0 && times + missing + nans == texts && values() == texts) return Type::time;
        return Type::text;
    }
    /// Texts that are null in a column of its type.
    std::uint64_t hidden() const {
        const Type held = type();
        return held == Type::text ? nans : held == Type::real || held == Type::integer ? missing : missing + nans;
    }
};

/// `Out`: a Table, or the builder of the column.
template <class Out> void write(Out& table, const Cell& c, Type type) {
    char digits[32];
    const auto print = [&](auto value) -> std::string_view {
        return {digits, static_cast<std::size_t>(std::to_chars(digits, digits + sizeof digits, value).ptr - digits)};
    };
    switch (c.kind) {
    case Kind::null: table.null(); return;
    case Kind::boolean:
        if (type == Type::boolean)
            table.boolean(c.truth);
        else
            table.text(c.truth ? "true" : "false");
        return;
    case Kind::integer:
        if (type == Type::integer)
            table.integer(c.integer);
        else if (type == Type::real)
            table.real(static_cast<double>(c.integer));
        else
            table.text(print(c.integer));
        return;
    case Kind::real:
        if (type == Type::real)
            table.real(c.real);
        else
            table.text(print(c.real));
        return;
    case Kind::text:
        if (type == Type::text && !is_nan(c.view())) {
            table.text(c.view());
        } else if (const auto when = type == Type::time ? cell::time(c.view()) : std::nullopt) {
            table.time(when->microseconds);
        } else if (const auto number = type == Type::real ? nonfinite(c.view()) : std::nullopt) {
            table.real(*number);
        } else {
            table.null();
        }
    }
}

} // namespace assay::json
