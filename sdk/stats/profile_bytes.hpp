#pragma once
// How a saved profile is laid out, for its two readers: the whole of it, and its figures.
#include <assay/profile.hpp>
#include <assay/stats/bytes.hpp>
#include <bit>
#include <cmath>

namespace assay::saved_profile {

using stats::put, stats::take, stats::put_word, stats::take_word, stats::put_tag, stats::take_tag, stats::take_count;

constexpr char tag[5] = "PRF6";

inline bool take_flag(std::string_view& in, bool& flag) {
    std::uint8_t byte = 0;
    if (!take(in, byte) || byte > 1) return false;
    flag = byte == 1;
    return true;
}
inline void put_flag(std::string& out, bool flag) { put(out, static_cast<std::uint8_t>(flag)); }

/// What a reader may pass over stands behind its size in bytes: eight of them.
template <class Encode> void put_sized(std::string& out, const Encode& encode_into) {
    const std::size_t at = out.size();
    put_word(out, 0);
    encode_into(out);
    const std::uint64_t size = out.size() - at - sizeof(std::uint64_t);
    std::memcpy(out.data() + at, &size, sizeof size);
}
inline bool take_sized(std::string_view& in, std::string_view& body) {
    std::uint64_t size = 0;
    if (!take_word(in, size) || size > in.size()) return false;
    body = in.substr(0, size);
    in.remove_prefix(size);
    return true;
}

inline bool take_counts(std::string_view& in, RowCounts& rows) {
    return take(in, rows.ok) && take(in, rows.failed) && take(in, rows.suspect) && take(in, rows.rejected);
}

/// How many different things follow: most tables are small, and many of their columns hold one value.
enum class Form : std::uint8_t { none, one, many };
inline void put_form(std::string& out, Form form) { put(out, static_cast<std::uint8_t>(form)); }
inline bool take_form(std::string_view& in, Form& form) {
    std::uint8_t byte = 0;
    if (!take(in, byte) || byte > static_cast<std::uint8_t>(Form::many)) return false;
    form = static_cast<Form>(byte);
    return true;
}

inline void put_extreme(std::string& out, const stats::Extreme& extreme, std::uint64_t line) {
    put(out, extreme.value), put(out, extreme.at.chunk), put(out, extreme.at.row);
    put(out, line + 1); // 0: not known
}
inline bool take_extreme(std::string_view& in, std::optional<stats::Extreme>& extreme, std::uint64_t& line) {
    auto& [value, at] = extreme.emplace();
    if (!take(in, value) || !take(in, at.chunk) || !take(in, at.row) || !take(in, line)) return false;
    --line;
    return true;
}

inline Form form_of(const Extremes& extremes) {
    const auto& [min, max] = extremes.extrema;
    if (!min) return Form::none;
    const bool same = std::bit_cast<std::uint64_t>(min->value) == std::bit_cast<std::uint64_t>(max->value) &&
                      min->at == max->at && extremes.min_line == extremes.max_line;
    return same ? Form::one : Form::many;
}
inline bool take_extremes(std::string_view& in, Extremes& extremes) {
    Form form{};
    auto& [min, max] = extremes.extrema;
    if (!take_form(in, form)) return false;
    if (form == Form::none) return true;
    if (!take_extreme(in, min, extremes.min_line)) return false;
    max = min, extremes.max_line = extremes.min_line;
    return (form == Form::one || take_extreme(in, max, extremes.max_line)) && min->value <= max->value;
}

/// One number in one row, which is all that its figures follow from.
struct OneNumber {
    Extremes at;
    std::uint64_t n_missing = 0;
    double value() const { return at.extrema.min->value; }
    stats::Moments moments() const {
        stats::Moments out;
        const double only = value();
        out.add({&only, 1});
        return out;
    }
};
inline bool take_one(std::string_view& in, OneNumber& one) {
    return take_extremes(in, one.at) && one.at.extrema.min && form_of(one.at) == Form::one &&
           std::isfinite(one.value()) && take(in, one.n_missing);
}

/// What stands in front of a column's figures.
struct ColumnHead : ColumnKind {
    std::string_view name;
    std::uint64_t n = 0, n_missing = 0, n_nonfinite = 0, n_failed = 0;
};
inline bool take_text(std::string_view& in, std::string_view& text) {
    std::uint64_t size = 0;
    if (!take_count(in, size, 1)) return false;
    text = in.substr(0, size);
    in.remove_prefix(size);
    return true;
}
inline bool take_head(std::string_view& in, ColumnHead& head) {
    std::int32_t type = 0;
    if (!take_text(in, head.name) || !take(in, type) || type < ASSAY_TYPE_BOOL || type > ASSAY_TYPE_TIME) return false;
    head.type = static_cast<Type>(type);
    return take(in, head.role) && take_flag(in, head.dimension) && take_flag(in, head.aggregate) &&
           take_flag(in, head.document_scope) && take(in, head.n) && take(in, head.n_missing) &&
           take(in, head.n_nonfinite) && take(in, head.n_failed);
}

/// Past what the SDK puts in front of a stage's partial; nothing where it is of another stage.
inline std::optional<std::string_view> body_of(std::string_view partial) {
    constexpr std::string_view provides = "profile/1\n";
    const auto id_end = partial.find('\n');
    if (id_end == std::string_view::npos || !partial.substr(id_end + 1).starts_with(provides)) return std::nullopt;
    return partial.substr(id_end + 1 + provides.size());
}

} // namespace assay::saved_profile
