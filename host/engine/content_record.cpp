#include "engine/content_record.hpp"
#include <algorithm>

namespace assay::engine {

namespace {

constexpr std::uint32_t version = 5;

void put(ByteWriter& out, const Remark& r) {
    out.put(r.severity).put(r.code).put(r.message).put(r.table).put(r.column_name).put(r.pointer);
    out.put(r.line).put(r.column).put(r.offset).put(r.count);
}

Remark get_remark(ByteReader& in) {
    Remark r;
    r.severity = in.get<std::int32_t>();
    r.code = in.text();
    r.message = in.text();
    r.table = in.text();
    r.column_name = in.text();
    r.pointer = in.text();
    r.line = in.get<std::uint64_t>();
    r.column = in.get<std::uint64_t>();
    r.offset = in.get<std::uint64_t>();
    r.count = in.get<std::uint64_t>();
    return r;
}

void put(ByteWriter& out, const TableContent& t, std::uint64_t plan) {
    out.put(plan).put(t.rows_ok).put(t.rows_failed).put(t.rows_suspect).put(t.rows_rejected);
    out.put(t.rows_published);
    out.put(static_cast<std::uint64_t>(t.constants.size()));
    for (const auto& c : t.constants) out.put(c.name).put(c.value);
}

std::optional<TableContent> get_table(ByteReader& in, const Plans& plans) {
    const auto number = in.get<std::uint64_t>();
    if (number >= plans.size()) return std::nullopt;
    TableContent t{.plan = plans[number]};
    t.rows_ok = in.get<std::uint64_t>();
    t.rows_failed = in.get<std::uint64_t>();
    t.rows_suspect = in.get<std::uint64_t>();
    t.rows_rejected = in.get<std::uint64_t>();
    t.rows_published = in.get<std::uint64_t>();
    const auto n = in.count(16);
    t.constants.reserve(n);
    for (std::uint64_t i = 0; i < n && in.ok(); ++i) {
        plan::Dimension& c = t.constants.emplace_back();
        c.name = in.text();
        c.value = in.text();
    }
    return in.ok() ? std::optional{std::move(t)} : std::nullopt;
}

} // namespace

void ContentRecord::add(Remark remark) {
    if (remarks.size() < most_remarks)
        remarks.push_back(std::move(remark));
    else
        ++remarks_left_out;
}

assay_content content_of(const ContentRecord& record) {
    return {sizeof(assay_content), to_abi(record.sha256), to_abi(record.parser), record.bytes};
}

void encode(const ContentRecord& r, PlanNumbers& plans, std::string& bytes) {
    std::vector<std::uint64_t> numbers;
    numbers.reserve(r.tables.size());
    for (const auto& table : r.tables) numbers.push_back(plans.of(table.plan));
    ByteWriter out{bytes};
    out.put(plans.take_new());
    out.put(version).put(r.sha256).put(r.parser).put(r.claim_reason).put(r.bytes).put(r.outcome);
    out.put(r.reason_code).put(r.reason).put(static_cast<std::uint64_t>(r.tables.size()));
    for (std::size_t i = 0; i < r.tables.size(); ++i) put(out, r.tables[i], numbers[i]);
    out.put(static_cast<std::uint64_t>(r.remarks.size()));
    for (const auto& remark : r.remarks) put(out, remark);
    out.put(r.remarks_left_out);
}

bool take_plans(std::string_view record, Plans& plans) {
    ByteReader in{record};
    const auto bytes = in.text();
    return in.ok() && add_plans(bytes, plans);
}

std::optional<ContentRecord> decode_record(std::string_view bytes, const Plans& plans) {
    ByteReader in{bytes};
    in.text(); // its plans, which are among these
    if (in.get<std::uint32_t>() != version) return std::nullopt;
    ContentRecord r;
    r.sha256 = in.text();
    r.parser = in.text();
    r.claim_reason = in.text();
    r.bytes = in.get<std::uint64_t>();
    r.outcome = in.get<std::int32_t>();
    if (r.outcome < ASSAY_OUTCOME_PARSED || r.outcome > ASSAY_OUTCOME_UNCLAIMED) return std::nullopt;
    r.reason_code = in.text();
    r.reason = in.text();
    const auto tables = in.count(40);
    r.tables.reserve(tables);
    for (std::uint64_t i = 0; i < tables && in.ok(); ++i) {
        auto table = get_table(in, plans);
        if (!table) return std::nullopt;
        r.tables.push_back(std::move(*table));
    }
    const auto remarks = in.count(70);
    for (std::uint64_t i = 0; i < remarks && in.ok(); ++i) r.remarks.push_back(get_remark(in));
    r.remarks_left_out = in.get<std::uint64_t>();
    return in.at_end() ? std::optional{std::move(r)} : std::nullopt;
}

void put_states(const std::vector<std::string>& states, std::string& bytes) {
    // They can be large: room is made once.
    std::size_t size = bytes.size() + sizeof(std::uint64_t);
    for (const auto& state : states) size += sizeof(std::uint64_t) + state.size();
    if (size > bytes.capacity()) bytes.reserve(std::max(size, 2 * bytes.capacity()));
    ByteWriter out{bytes};
    out.put(static_cast<std::uint64_t>(states.size()));
    for (const auto& state : states) out.put(state);
}

std::vector<std::string> get_states(ByteReader& in) {
    const auto n = in.count(8);
    std::vector<std::string> states;
    states.reserve(n);
    for (std::uint64_t i = 0; i < n && in.ok(); ++i) states.emplace_back(in.text());
    return states;
}

void encode(const Partial& partial, PlanNumbers& plans, std::string& bytes) {
    ByteWriter{bytes}.put_written([&](std::string& out) { encode(partial.record, plans, out); });
    put_states(partial.states, bytes);
}

void encode(const Partial& partial, std::string& bytes) {
    PlanNumbers plans;
    encode(partial, plans, bytes);
}

bool take_plans_of(std::string_view partial, Plans& plans) {
    ByteReader in{partial};
    const auto record = in.text();
    return in.ok() && take_plans(record, plans);
}

std::optional<Partial> decode_partial(std::string_view bytes) {
    Plans plans;
    return take_plans_of(bytes, plans) ? decode_partial(bytes, plans) : std::nullopt;
}

std::optional<Partial> decode_partial(std::string_view bytes, const Plans& plans) {
    ByteReader in{bytes};
    auto record = decode_record(in.text(), plans);
    if (!record) return std::nullopt;
    Partial partial{std::move(*record), {}};
    partial.states = get_states(in);
    return in.at_end() ? std::optional{std::move(partial)} : std::nullopt;
}

} // namespace assay::engine
