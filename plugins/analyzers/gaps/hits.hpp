#pragma once
// What rules report while they look at a tree: grouped by rule and subject, so that one cause is one finding. Parts of
// a tree are looked at side by side; what they gave is appended in path order.
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
    std::string detail = {};  ///< what was seen there, in a few words
    double weight = 0;        ///< the larger, the more telling as an exemplar
    std::uint64_t places = 1; ///< that it stands for
};

class Hits {
  public:
    using Thresholds = std::map<std::string, double, std::less<>>; ///< by rule id, where not the standard one

    explicit Hits(Thresholds thresholds = {}) : thresholds_{std::move(thresholds)} {}
    /// Empty ones, of rules with the thresholds of these, whose notes they can read.
    Hits beside() const {
        Hits out{thresholds_};
        out.noted_ = &notes_;
        return out;
    }
    /// What was found later in the order of paths.
    void append(Hits later);

    /// The rule looked at n things of the subject, whatever it found. Without it a rule counts as not evaluated.
    void looked(const Rule& rule, const std::string& subject, std::uint64_t n = 1, bool sampled = false);
    void add(const Rule& rule, Hit hit);
    /// The rule could not be evaluated somewhere, for this reason.
    void not_evaluated(const Rule& rule, const std::string& reason) { ++reasons_[&rule][reason]; }
    double threshold(const Rule& rule) const;

    /// What a family notes of artifacts, for when it looks at datasets or the tree; by type, which has a member
    /// `void append(Notes later)`.
    template <class Notes> Notes& notes() {
        Kept& kept = notes_[std::type_index{typeid(Notes)}];
        if (!kept.notes) kept = {std::make_shared<Notes>(), append_notes<Notes>};
        return *static_cast<Notes*>(kept.notes.get());
    }
    /// What it noted of all artifacts; asked of hits beside these.
    template <class Notes> const Notes& noted() const {
        static const Notes none{};
        const auto found = noted_->find(std::type_index{typeid(Notes)});
        return found == noted_->end() ? none : *static_cast<const Notes*>(found->second.notes.get());
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
    struct Kept {
        std::shared_ptr<void> notes;
        void (*append)(void* into, void* later);
    };
    template <class Notes> static void append_notes(void* into, void* later) {
        static_cast<Notes*>(into)->append(std::move(*static_cast<Notes*>(later)));
    }
    Group& group(const Rule& rule, const std::string& subject);
    void add_exemplar(Group& group, Evidence at, double weight);

    Thresholds thresholds_;
    std::unordered_map<const Rule*, ByRule> rules_;
    std::map<const Rule*, std::map<std::string, std::uint64_t>> reasons_;
    using NotesByType = std::map<std::type_index, Kept>;
    NotesByType notes_;
    const NotesByType* noted_ = nullptr;                  ///< of those that these are beside
    std::map<const Group*, std::vector<double>> weights_; ///< of a group's exemplars, largest first
};

} // namespace assay::gaps
