#pragma once
// Gates: what a run must not find, and what it found that an earlier report did not have.
#include "report/model.hpp"
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace assay::report {

/// A finding that was waived passes every gate.
struct FailOn {
    std::string severity = "none"; ///< none, or fails on any finding of this severity or worse
    std::string fresh = "none";    ///< the same of findings that the baseline does not have
    std::vector<std::pair<std::string, std::int64_t>> rules = {}; ///< by id or slug: the largest k allowed, over all
};

/// Findings of an earlier report.
struct Baseline {
    struct Known {
        std::string rule, scope, message;
    };
    std::map<std::string, Known> findings; ///< by fingerprint
};

/// From the text of a report.json; `problem` says why there is none.
std::optional<Baseline> read_baseline(const std::string& report, std::string& problem);

struct Gate {
    std::string name;  ///< "severity high", "new high", "rule Z3"
    std::string about; ///< what `value` counts
    std::uint64_t value = 0, limit = 0;
    bool failed() const { return value > limit; }
};

/// Marks each finding as new or existing where there is a baseline, and adds `gates` and `baseline` to the model's
/// counts: what came of each gate, and the findings that are there no more.
std::vector<Gate> judge(Model& model, const FailOn& fail_on, const Baseline* baseline);

} // namespace assay::report
