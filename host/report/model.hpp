#pragma once
// The report as data: JSON objects as texts, in the order that report.json gives them. Renderers read it through the
// ABI.
#include <array>
#include <assay/abi.h>
#include <cstdint>
#include <string>
#include <vector>

namespace assay::report {

inline constexpr std::size_t record_kinds = 8; ///< ASSAY_RECORD_* are 1 to 7

struct Model {
    std::string run, inventory, counts; ///< JSON objects; `run` holds all that varies between runs
    std::array<std::vector<std::string>, record_kinds> records;
};

/// The model as the ABI shows it; borrows it.
class AbiReport {
  public:
    explicit AbiReport(const Model& model);
    AbiReport(const AbiReport&) = delete;
    AbiReport& operator=(const AbiReport&) = delete;
    const assay_report* get() const { return &report_; }

  private:
    assay_report report_;
};

/// Times as reports show them: "2025-10-02T19:12:04Z", with a fraction if there is one; empty for INT64_MIN.
std::string utc(std::int64_t microseconds);

} // namespace assay::report
