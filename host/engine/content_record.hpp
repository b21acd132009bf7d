#pragma once
// What the host itself keeps of an artifact's content: the claim, the tables with their plans and counts, the
// diagnostics. Saved and joined like an analyzer's partial; holds no path.
#include "engine/plan_numbers.hpp"
#include "plan/dimensions.hpp"
#include <assay/abi.h>
#include <assay/bytes.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::engine {

struct Remark {
    std::int32_t severity = ASSAY_SEVERITY_WARNING;
    std::string code, message, table, column_name, pointer;
    std::uint64_t line = ASSAY_UNKNOWN, column = ASSAY_UNKNOWN, offset = ASSAY_UNKNOWN;
    std::uint64_t count = 1;
};

struct TableContent {
    plan::SharedPlan plan = std::make_shared<const plan::TablePlan>(); ///< never null
    std::uint64_t rows_ok = 0, rows_failed = 0, rows_suspect = 0, rows_rejected = 0, rows_published = 0;
    std::uint64_t rows() const { return rows_ok + rows_failed + rows_suspect + rows_rejected + rows_published; }
    /// Values that hold for the whole document: candidates for the dimensions of its siblings.
    std::vector<plan::Dimension> constants = {};
};

/// Diagnostics kept one by one; what is more is counted.
inline constexpr std::size_t most_remarks = 100;

struct ContentRecord {
    std::string sha256; ///< empty where the content could not be read
    std::string parser; ///< id; empty where nobody claimed it
    std::string claim_reason;
    std::uint64_t bytes = 0;
    std::int32_t outcome = ASSAY_OUTCOME_UNCLAIMED;
    std::string reason_code, reason; ///< why it is not parsed
    std::vector<TableContent> tables;
    std::vector<Remark> remarks;
    std::uint64_t remarks_left_out = 0;

    void add(Remark remark);
};

/// As analyzers are told of it; borrowed.
assay_content content_of(const ContentRecord& record);

/// With those of its plans that have no number yet.
void encode(const ContentRecord& record, PlanNumbers& plans, std::string& out);
/// Puts the plans that came with a record to those that came before. False where they are damaged.
bool take_plans(std::string_view record, Plans& plans);
/// Once its plans are taken. Nothing where the bytes are short, or of another version.
std::optional<ContentRecord> decode_record(std::string_view bytes, const Plans& plans);

/// All that is kept of one artifact's content.
struct Partial {
    ContentRecord record;
    std::vector<std::string> states; ///< saved state of each analyzer stage, in pipeline order; empty where it has none
};

void put_states(const std::vector<std::string>& states, std::string& out);
std::vector<std::string> get_states(ByteReader& in);

/// One of a row, as a record.
void encode(const Partial& partial, PlanNumbers& plans, std::string& out);
bool take_plans_of(std::string_view partial, Plans& plans);
std::optional<Partial> decode_partial(std::string_view bytes, const Plans& plans);

/// One that stands alone, with all its plans.
void encode(const Partial& partial, std::string& out);
std::optional<Partial> decode_partial(std::string_view bytes);

} // namespace assay::engine
