#pragma once
// The report as data: JSON objects as texts, in the order that report.json gives them. Renderers read it through the
// ABI.
#include "report/texts.hpp"
#include <array>
#include <assay/abi.h>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::report {

inline constexpr std::size_t record_kinds = 8; ///< ASSAY_RECORD_* are 1 to 7

struct Model {
    std::string run, inventory, counts; ///< JSON objects; `run` holds all that varies between runs
    std::array<std::vector<std::string_view>, record_kinds> records;
    Texts texts; ///< what the records look into

    void add(std::int32_t kind, std::string_view record) {
        records[static_cast<std::size_t>(kind)].push_back(texts.keep(record));
    }
};

/// Gives rows to a renderer: the ABI's assay_report::rows.
using GiveRows = std::function<std::int32_t(assay_row_receiver& to, assay_error* error)>;

/// The model as the ABI shows it; borrows it.
class AbiReport {
  public:
    /// `rows` empty: for renderers that do not need them.
    explicit AbiReport(const Model& model, GiveRows rows = {});
    AbiReport(const AbiReport&) = delete;
    AbiReport& operator=(const AbiReport&) = delete;
    const assay_report* get() const { return &report_; }

  private:
    const Model& model_;
    GiveRows rows_;
    assay_report report_;
};

} // namespace assay::report
