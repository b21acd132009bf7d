#pragma once
// What a test asks of a parser, and what it sees of its work: settings, tables as text, diagnostics.
#include <assay/sdk.hpp>
#include <cstdint>
#include <map>
#include <stdexcept>
#include <variant>

namespace assay::testkit {

/// An option's value as a pipeline would give it.
using OptionValue = std::variant<bool, std::int64_t, double, std::string, TextList, TextMap>;
using Options = std::map<std::string, OptionValue>;

/// What the plan says of a column, in place of what the kit would decide from the sample.
struct ColumnPlan {
    Type type = Type::text;
    char decimal = '.', grouping = 0;
    double scale = 1;
    std::string suffix = {};
};

struct Settings {
    Options options = {};
    std::map<std::string, ColumnPlan> plan = {}; ///< by column name
    std::size_t read_limit = 0;                  ///< most bytes one read gives; 0 all that were asked for
    bool size_known = true;                      ///< false: as for a compressed artifact
    bool keep_rows = true;                       ///< false: count rows, for large inputs
    std::uint64_t stop_after = ASSAY_UNKNOWN;    ///< batches, then the host answers ASSAY_CANCELLED
};

using Cell = std::optional<std::string>;

struct FieldSeen {
    std::string name;
    Type type; ///< as declared
    Type planned;
    std::map<std::string, std::string> metadata;
};

struct MisfitSeen {
    std::size_t column;
    int could_be;
    std::uint64_t line;
    std::string cell;
};

struct TableSeen {
    std::string name;
    int kind = ASSAY_TABLE_DATA;
    std::vector<FieldSeen> fields;
    std::int64_t sample_rows = 0;
    std::uint64_t row_count = 0, batch_count = 0;
    std::vector<std::vector<Cell>> rows; ///< doubles shortest round trip, times ISO 8601 UTC, null: no value
    std::vector<std::uint64_t> lines;    ///< per row
    std::vector<std::uint64_t> chunks;   ///< per batch
    std::uint64_t rejected = 0;
    std::vector<MisfitSeen> misfits;
    bool ended = false;

    std::vector<std::string> names() const {
        std::vector<std::string> all;
        for (const auto& field : fields) all.push_back(field.name);
        return all;
    }
    /// Metadata of a column, empty where there is none.
    std::string metadata(std::size_t column, const std::string& key) const {
        const auto& all = fields.at(column).metadata;
        const auto found = all.find(key);
        return found == all.end() ? "" : found->second;
    }
};

struct DiagnosticSeen {
    std::string code, message;
    int severity;
    std::string table, column_name, pointer;
    std::uint64_t line, column, offset, count;
};

struct Parsed {
    std::int32_t code = ASSAY_OK;
    std::string reason, message; ///< of a failure
    std::vector<TableSeen> tables;
    std::vector<DiagnosticSeen> diagnostics;

    /// How often a diagnostic was given, counting what each stands for.
    std::uint64_t count(std::string_view diagnostic) const {
        std::uint64_t total = 0;
        for (const auto& d : diagnostics) total += d.code == diagnostic ? d.count : 0;
        return total;
    }
    /// The first diagnostic of a code; throws where there is none.
    const DiagnosticSeen& diagnostic(std::string_view wanted) const {
        for (const auto& d : diagnostics)
            if (d.code == wanted) return d;
        throw std::out_of_range{"no diagnostic '" + std::string{wanted} + "'"};
    }
};

} // namespace assay::testkit
