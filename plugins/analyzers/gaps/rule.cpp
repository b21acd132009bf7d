#include "gaps/rule.hpp"
#include <algorithm>
#include <array>
#include <assay/stats/display.hpp>

namespace assay::gaps {

std::string_view name_of(Severity severity) {
    static constexpr std::array<std::string_view, 5> names{"info", "low", "medium", "high", "critical"};
    return names[static_cast<std::size_t>(severity)];
}

Severity by_share(const Group& group) {
    return by_share(group.n > 0 ? static_cast<double>(group.k) / static_cast<double>(group.n) : 0.0);
}

Severity by_share(double share) {
    if (share >= 0.5) return Severity::critical;
    if (share >= 0.1) return Severity::high;
    return share >= 0.01 ? Severity::medium : Severity::low;
}

std::string counted(std::uint64_t n, std::string_view one, std::string_view many) {
    std::string text = std::to_string(n) + ' ';
    if (n == 1) return text.append(one);
    return many.empty() ? text.append(one) + 's' : text.append(many);
}

std::string k_of_n(const Group& group, std::string_view what) {
    return std::to_string(group.k) + " of " + std::to_string(group.n) + (group.sampled ? " sampled " : " ") +
           std::string{what};
}

std::string in_subject(const Group& group) { return group.subject.empty() ? "" : group.subject + ": "; }

std::string most_frequent(const Group& group, std::size_t most) {
    std::vector<std::pair<std::string_view, std::uint64_t>> order{group.details.begin(), group.details.end()};
    std::stable_sort(order.begin(), order.end(), [](auto& a, auto& b) { return a.second > b.second; });
    std::string text;
    for (std::size_t i = 0; i < std::min(most, order.size()); ++i) {
        text.append(text.empty() ? "" : ", ").append(order[i].first);
        if (order[i].second > 1) text += " (" + std::to_string(order[i].second) + ")";
    }
    if (order.size() > most) text += ", and " + std::to_string(order.size() - most) + " more";
    return text;
}

std::string number_text(double value) { return stats::display(value); }

} // namespace assay::gaps
