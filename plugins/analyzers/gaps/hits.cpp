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
    if (!hit.detail.empty()) seen.details[hit.detail] += hit.k;
    seen.worst = seen.places == 0 ? hit.weight : std::max(seen.worst, hit.weight);
    seen.places += hit.places;
    add_exemplar(seen, std::move(hit.at), hit.weight);
}

void Hits::add_exemplar(Group& group, Evidence at, double weight) {
    auto& weights = weights_[&group];
    const auto place = std::upper_bound(weights.begin(), weights.end(), weight, std::greater<>{});
    const auto index = place - weights.begin();
    if (index >= static_cast<std::ptrdiff_t>(most_exemplars)) return;
    weights.insert(place, weight);
    group.where.insert(group.where.begin() + index, std::move(at));
    if (weights.size() > most_exemplars) weights.pop_back(), group.where.pop_back();
}

void Hits::append(Hits later) {
    for (auto& [rule, found] : later.rules_)
        for (auto& [subject, more] : found.groups) {
            Group& seen = group(*rule, subject);
            seen.k += more.k, seen.n += more.n;
            seen.sampled |= more.sampled;
            for (const auto& [detail, times] : more.details) seen.details[detail] += times;
            if (more.places == 0) continue;
            seen.worst = seen.places == 0 ? more.worst : std::max(seen.worst, more.worst);
            seen.places += more.places;
            const auto& weights = later.weights_[&more];
            for (std::size_t i = 0; i < weights.size(); ++i) add_exemplar(seen, std::move(more.where[i]), weights[i]);
        }
    for (const auto& [rule, reasons] : later.reasons_)
        for (const auto& [reason, times] : reasons) reasons_[rule][reason] += times;
    for (auto& [type, more] : later.notes_) {
        Kept& kept = notes_[type];
        if (kept.notes)
            kept.append(kept.notes.get(), more.notes.get());
        else
            kept = std::move(more);
    }
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
