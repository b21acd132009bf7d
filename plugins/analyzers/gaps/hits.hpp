#pragma once
// What rules report while they look at a tree: grouped by rule and subject, so that one cause is one finding.
#include "gaps/rule.hpp"
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <typeindex>
#include <unordered_map>
#include <utility>

namespace assay::gaps {

struct Hit {
    std::string subject = {};
    Evidence at = {};
    std::uint64_t k = 1;
    std::string detail = {}; ///< what was seen there, in a few words
    double weight = 0;       ///< the larger, the more telling as an exemplar
};

class Hits {
  public:
    using Thresholds = std::map<std::string, double, std::less<>>; ///< by rule id, where not the standard one

    explicit Hits(Thresholds thresholds = {}) : thresholds_{std::move(thresholds)} {}

    /// The rule looked at n things of the subject, whatever it found. Without it a rule counts as not evaluated.
    void looked(const Rule& rule, const std::string& subject, std::uint64_t n = 1, bool sampled = false);
    void add(const Rule& rule, Hit hit);
    /// The rule could not be evaluated somewhere, for this reason.
    void not_evaluated(const Rule& rule, const std::string& reason) { ++reasons_[&rule][reason]; }
    double threshold(const Rule& rule) const;

    /// What a family noted of artifacts, for when it looks at the tree; by type.
    template <class Notes> Notes& notes() {
        auto& kept = notes_[std::type_index{typeid(Notes)}];
        if (!kept) kept = std::make_shared<Notes>();
        return *static_cast<Notes*>(kept.get());
    }

    struct ByRule {
        std::map<std::string, Group> groups; ///< by subject; also those without a hit
        Group* latest = nullptr;             ///< most often the next one, too
    };
    /// Nothing where the rule looked at nothing.
    const ByRule* of(const Rule& rule) const;
    /// Why it was not evaluated, and how often for this reason.
    std::map<std::string, std::uint64_t> reasons(const Rule& rule) const;

  private:
    Group& group(const Rule& rule, const std::string& subject);

    Thresholds thresholds_;
    std::unordered_map<const Rule*, ByRule> rules_;
    std::map<const Rule*, std::map<std::string, std::uint64_t>> reasons_;
    std::map<std::type_index, std::shared_ptr<void>> notes_;
    std::map<const Group*, std::vector<double>> weights_; ///< of a group's exemplars, largest first
};

} // namespace assay::gaps
