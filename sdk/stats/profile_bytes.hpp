#pragma once
// How a saved profile is laid out, for its two readers: the whole of it, and its figures.
#include <assay/profile.hpp>
#include <assay/stats/bytes.hpp>

namespace assay::saved_profile {

using stats::put, stats::take, stats::put_word, stats::take_word, stats::put_tag, stats::take_tag, stats::take_count;

constexpr char tag[5] = "PRF4";

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

inline bool take_extremes(std::string_view& in, Extremes& extremes) {
    if (!stats::decode(in, extremes.extrema) || !take(in, extremes.min_line) || !take(in, extremes.max_line))
        return false;
    --extremes.min_line, --extremes.max_line;
    return true;
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
