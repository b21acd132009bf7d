#pragma once
// The host's own part of the report: artifacts, datasets, inventory and counts as JSON.
#include "engine/corpus.hpp"
#include <assay/json_writer.hpp>
#include <cstdint>
#include <string>

namespace assay::engine {

/// Which tables tell their columns: all, or only those whose dataset does not tell them.
enum class TellColumns : std::uint8_t { always, unless_of_dataset };
void write_artifact(JsonWriter& json, const Corpus& corpus, std::size_t artifact, TellColumns columns);
void write_dataset(JsonWriter& json, const Corpus& corpus, std::size_t dataset);

struct LeftOut {
    std::uint64_t excluded = 0;       ///< files that the pipeline's patterns exclude
    std::uint64_t hidden_folders = 0; ///< not entered
};
std::string inventory_json(const Corpus& corpus, const LeftOut& left_out);

/// Conservation: artifacts seen = parsed + failed + skipped + unclaimed; rows read = ok + failed + suspect +
/// rejected + published.
struct Counts {
    std::uint64_t seen = 0, parsed = 0, failed = 0, skipped = 0, unclaimed = 0, duplicates = 0;
    std::uint64_t rows_ok = 0, rows_failed = 0, rows_suspect = 0, rows_rejected = 0, rows_published = 0;
    std::uint64_t rows() const { return rows_ok + rows_failed + rows_suspect + rows_rejected + rows_published; }
};
/// Rows are those of data tables.
Counts counts_of(const Corpus& corpus);

std::string_view name_of_outcome(std::int32_t outcome);

} // namespace assay::engine
