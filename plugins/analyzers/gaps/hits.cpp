#include "gaps/hits.hpp"
#include <algorithm>

namespace assay::gaps {

Group& Hits::group(const Rule& rule, const std::string& subject) {
    ByRule& of = rules_[&rule];
    if (of.latest == nullptr || of.latest->subject != subject) {
        of.latest = &of.groups[subject];
        of.latest->subject = subject;
    }
    return *of.latest;
}

void Hits::looked(const Rule& rule, const std::string& subject, std::uint64_t n, bool sampled) {
    Group& seen = group(rule, subject);
    seen.n += n;
    seen.sampled |= sampled;
}

void Hits::add(const Rule& rule, Hit hit) {
    Group& seen = group(rule, hit.subject);
    seen.k += hit.k;
    ++seen.places;
    if (!hit.detail.empty()) seen.details[hit.detail] += hit.k;
    seen.worst = seen.places == 1 ? hit.weight : std::max(seen.worst, hit.weight);
    auto& weights = weights_[&seen];
    const auto at = std::upper_bound(weights.begin(), weights.end(), hit.weight, std::greater<>{});
    const auto index = at - weights.begin();
    if (index >= static_cast<std::ptrdiff_t>(most_exemplars)) return;
    weights.insert(at, hit.weight);
    seen.where.insert(seen.where.begin() + index, std::move(hit.at));
    if (weights.size() > most_exemplars) weights.pop_back(), seen.where.pop_back();
}

double Hits::threshold(const Rule& rule) const {
    const auto given = thresholds_.find(rule.id);
    return given == thresholds_.end() ? rule.threshold.standard : given->second;
}

const Hits::ByRule* Hits::of(const Rule& rule) const {
    const auto found = rules_.find(&rule);
    return found == rules_.end() ? nullptr : &found->second;
}

std::map<std::string, std::uint64_t> Hits::reasons(const Rule& rule) const {
    const auto found = reasons_.find(&rule);
    return found == reasons_.end() ? std::map<std::string, std::uint64_t>{} : found->second;
}

} // namespace assay::gaps
