#include "plan/known_bytes.hpp"
#include "plan/table_plan.hpp"
#include <algorithm>
#include <mutex>

namespace assay::plan {

namespace {

void encode_text(ByteWriter& out, const std::optional<Predicate>& predicate) {
    out.put(static_cast<std::uint8_t>(predicate ? 1 : 0));
    if (predicate) out.put(predicate->text);
}

std::optional<Predicate> decode_predicate(ByteReader& in) {
    if (in.get<std::uint8_t>() == 0) return std::nullopt;
    auto parsed = parse_predicate(in.text());
    if (auto* predicate = std::get_if<Predicate>(&parsed)) return std::move(*predicate);
    return std::nullopt;
}

/// False of what only a damaged plan could hold.
bool is_known(const ColumnPlan& c) {
    const auto within = [](std::int32_t value, std::int32_t low, std::int32_t high) {
        return value >= low && value <= high;
    };
    return within(static_cast<std::int32_t>(c.type), ASSAY_TYPE_BOOL, ASSAY_TYPE_TIME) &&
           within(c.role, 0, ASSAY_ROLE_TEXT) && within(c.direction, ASSAY_DIRECTION_UNKNOWN, ASSAY_DIRECTION_LOWER) &&
           within(c.role_source, ASSAY_SOURCE_NONE, ASSAY_SOURCE_INFERRED) &&
           within(c.unit_source, ASSAY_SOURCE_NONE, ASSAY_SOURCE_INFERRED);
}

/// Each column's cells are one for all repetitions, one each, or none.
bool fits(const TablePlan& plan) {
    const std::size_t repetitions = plan.repetitions.size();
    if (repetitions == 0 || plan.sources.size() != plan.columns.size()) return false;
    return std::all_of(plan.sources.begin(), plan.sources.end(), [&](const auto& from) {
        return (from.size() <= 1 || from.size() == repetitions) &&
               std::all_of(from.begin(), from.end(), [&](auto i) { return i < plan.written->columns.size(); });
    });
}

void encode_repetitions(ByteWriter& out, const TablePlan& plan) {
    out.put(plan.written ? encode(*plan.written) : std::string{});
    if (!plan.written) return;
    out.put(static_cast<std::uint64_t>(plan.repetitions.size()));
    for (const auto number : plan.repetitions) out.put(number);
    for (const auto& from : plan.sources) {
        out.put(static_cast<std::uint64_t>(from.size()));
        for (const auto column : from) out.put(column);
    }
}

std::optional<TablePlan> read_plan(std::string_view bytes, bool as_written = false);

/// False where they are damaged.
bool read_repetitions(ByteReader& in, TablePlan& plan, bool as_written) {
    const auto bytes = in.text();
    if (bytes.empty()) return true;
    auto written = as_written ? std::nullopt : read_plan(bytes, true);
    if (!written) return false;
    plan.written = std::make_shared<const TablePlan>(std::move(*written));
    for (auto n = in.count(sizeof(std::int64_t)); n > 0 && in.ok(); --n)
        plan.repetitions.push_back(in.get<std::int64_t>());
    for (std::size_t i = 0; i < plan.columns.size() && in.ok(); ++i) {
        auto& from = plan.sources.emplace_back();
        for (auto n = in.count(sizeof(std::uint32_t)); n > 0 && in.ok(); --n) from.push_back(in.get<std::uint32_t>());
    }
    return in.ok() && fits(plan);
}

std::optional<TablePlan> read_plan(std::string_view bytes, bool as_written) {
    ByteReader in{bytes};
    TablePlan plan;
    plan.name = in.text();
    plan.kind = in.get<std::int32_t>();
    if (plan.kind < ASSAY_TABLE_DATA || plan.kind > ASSAY_TABLE_DIAGNOSTICS) return std::nullopt;
    const auto n = in.count(60);
    plan.columns.reserve(n);
    for (std::uint64_t i = 0; i < n && in.ok(); ++i) {
        ColumnPlan& c = plan.columns.emplace_back();
        c.name = in.text();
        c.label = in.text();
        c.unit = in.text();
        c.unit_reason = in.text();
        c.role_reason = in.text();
        c.pointer = in.text();
        c.type = static_cast<Type>(in.get<std::int32_t>());
        c.role = in.get<std::int32_t>();
        c.direction = in.get<std::int32_t>();
        c.role_source = in.get<std::int32_t>();
        c.unit_source = in.get<std::int32_t>();
        c.document_scope = in.get<std::uint8_t>() != 0;
        c.aggregate = in.get<std::uint8_t>() != 0;
        c.dimension = in.get<std::uint8_t>() != 0;
        c.ambiguous_numbers = in.get<std::uint8_t>() != 0;
        c.no_zone = in.get<std::uint8_t>() != 0;
        c.format.decimal = in.get<char>();
        c.format.grouping = in.get<char>();
        c.format.suffix = in.text();
        c.format.scale = in.get<double>();
        if (!is_known(c)) return std::nullopt;
    }
    plan.failed = decode_predicate(in);
    plan.suspect = decode_predicate(in);
    plan.published = decode_predicate(in);
    plan.status_inferred = in.get<std::uint8_t>() != 0;
    if (!read_repetitions(in, plan, as_written) || !in.at_end()) return std::nullopt;
    return plan;
}

} // namespace

std::string encode(const TablePlan& plan) {
    std::string bytes;
    ByteWriter out{bytes};
    out.put(plan.name).put(plan.kind).put(static_cast<std::uint64_t>(plan.columns.size()));
    for (const auto& c : plan.columns) {
        out.put(c.name).put(c.label).put(c.unit).put(c.unit_reason).put(c.role_reason).put(c.pointer);
        out.put(static_cast<std::int32_t>(c.type)).put(c.role).put(c.direction).put(c.role_source).put(c.unit_source);
        out.put(static_cast<std::uint8_t>(c.document_scope)).put(static_cast<std::uint8_t>(c.aggregate));
        out.put(static_cast<std::uint8_t>(c.dimension)).put(static_cast<std::uint8_t>(c.ambiguous_numbers));
        out.put(static_cast<std::uint8_t>(c.no_zone));
        out.put(c.format.decimal).put(c.format.grouping).put(c.format.suffix).put(c.format.scale);
    }
    encode_text(out, plan.failed);
    encode_text(out, plan.suspect);
    encode_text(out, plan.published);
    out.put(static_cast<std::uint8_t>(plan.status_inferred));
    encode_repetitions(out, plan);
    return bytes;
}

SharedPlan decode_plan(std::string_view bytes) {
    static std::mutex one_at_a_time;
    static KnownBytes<SharedPlan> known;
    const std::lock_guard lock{one_at_a_time};
    return known.of(bytes, [&]() -> SharedPlan {
        auto plan = read_plan(bytes);
        return plan ? std::make_shared<const TablePlan>(std::move(*plan)) : nullptr;
    });
}

} // namespace assay::plan
