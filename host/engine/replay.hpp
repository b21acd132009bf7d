#pragma once
// The artifacts behind a report, read once more for renderers that need their rows.
#include "engine/corpus.hpp"
#include "engine/row_spool.hpp"
#include "engine/workers.hpp"
#include <assay/abi.h>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace assay::engine {

/// Why an artifact of the report has no rows to give.
struct LostRows {
    std::string reason_code, reason;
};

/// All rows of the data tables, but for copies; each artifact's as the report counts them, or not at all.
class Rows {
  public:
    Rows(const std::vector<Placed>& artifacts, const RowSpool& spool, std::map<std::size_t, std::vector<Extent>> places,
         std::map<std::size_t, LostRows> lost)
        : artifacts_{&artifacts}, spool_{&spool}, places_{std::move(places)}, lost_{std::move(lost)} {}
    /// In path order.
    std::int32_t give(assay_row_receiver& to, assay_error* error) const;
    const std::map<std::size_t, LostRows>& lost() const { return lost_; }

  private:
    std::int32_t give(std::size_t artifact, const std::vector<Extent>& extents, assay_row_receiver& to,
                      assay_error* error) const;
    const std::vector<Placed>* artifacts_;
    const RowSpool* spool_;
    std::map<std::size_t, std::vector<Extent>> places_; ///< by artifact
    std::map<std::size_t, LostRows> lost_;              ///< by artifact
};

/// Indices of the artifacts that are read again: parsed, with rows, and no copies.
std::vector<std::size_t> with_rows(const std::vector<Placed>& artifacts);

/// Reads what was parsed once more, in worker processes or here; `artifacts` in path order. Nothing where the watcher
/// stopped it. All must outlive the rows.
std::optional<Rows> read_again(const std::vector<Placed>& artifacts, Stages& stages, const FoldLimits& limits,
                               bool isolated, const WorkerLimits& worker, const Watcher& watcher, RowSpool& spool);

} // namespace assay::engine
