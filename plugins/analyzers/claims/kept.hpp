#pragma once
// What is kept of one artifact: a document's blocks as they are written, and the rows of its small data tables.
#include <assay/analyzer.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace assay::claims {

/// A block of a document, as the parser's table of nodes gives it.
struct KeptNode {
    std::string type, text, info, section;
    std::int64_t level = 0;
    std::uint64_t line = 0;
};

using Cell = std::variant<std::monostate, double, std::string>; ///< truths are text, times microseconds

struct KeptColumn {
    std::string name, unit;
    std::int32_t type = 0, role = 0, direction = 0;
    bool aggregate = false, dimension = false, document_scope = false;
    bool is_number() const { return type == ASSAY_TYPE_INT || type == ASSAY_TYPE_FLOAT; }
};
struct KeptRow {
    std::uint64_t chunk = 0, index = 0, line = 0; ///< where it stands; unknown lines are 0
    std::uint8_t status = 0;                      ///< ASSAY_ROW_*
    std::vector<Cell> cells;
};
struct KeptTable {
    static constexpr std::uint64_t most_bytes = std::uint64_t{256} * 1024;
    std::string name;
    std::int32_t kind = 0;
    std::vector<KeptColumn> columns;
    std::vector<KeptRow> rows; ///< none where `bytes` exceeds the limit
    std::uint64_t bytes = 0, n_rows = 0;
    void add(const Batch& batch);
    void bound(); ///< drops the rows of a table that is too large
};

struct Kept {
    std::vector<KeptNode> nodes;
    std::vector<KeptTable> tables;
    /// Joins what other chunks gave; any order gives the same.
    void merge(Kept other);
};

void add_nodes(const Batch& batch, std::vector<KeptNode>& nodes);
void encode(std::string& out, const Kept& kept);
std::optional<Kept> decode(std::string_view bytes);
/// From a partial as the host hands it out: skips what the SDK puts in front.
std::optional<Kept> read_partial(std::string_view partial);

} // namespace assay::claims
