#include "llm-summary/narrator.hpp"
#include "llm-summary/rules.hpp"
#include "llm-summary/templates.hpp"
#include "llm-summary/wording.hpp"
#include <algorithm>
#include <set>

namespace assay::narrative {

namespace {

constexpr std::size_t most_rankings = 4, most_risks = 8, most_advice = 8;

void add(Part& part, Sentence sentence) {
    if (!sentence.text.empty()) part.sentences.push_back(std::move(sentence));
}

bool is_told(const Gap& gap, std::string_view least) { return severity_rank(gap.severity) <= severity_rank(least); }

/// Worst first, among equals what changes conclusions.
std::vector<const Gap*> chosen(const Material& material, std::string_view least, const std::vector<Topic>& topics) {
    std::vector<const Gap*> out;
    for (const Gap& gap : material.gaps)
        if (is_told(gap, least) &&
            std::find(topics.begin(), topics.end(), words_of_rule(gap.slug).topic) != topics.end())
            out.push_back(&gap);
    std::stable_sort(out.begin(), out.end(), [](const Gap* a, const Gap* b) {
        const bool x = is_told(*a, "high"), y = is_told(*b, "high");
        if (x != y) return x;
        const RuleWords &p = words_of_rule(a->slug), &q = words_of_rule(b->slug);
        if ((p.topic == Topic::conclusion) != (q.topic == Topic::conclusion)) return p.topic == Topic::conclusion;
        return words_of_rule(a->slug).weight < words_of_rule(b->slug).weight;
    });
    return out;
}

Part summary(const Material& material) {
    Part part{"summary", "Executive summary", {}};
    add(part, failed_rows_in_short(material));
    add(part, best_of_all(rankings(material)));
    add(part, about_rule(material, "one-observation-per-configuration"));
    add(part, not_identifiable(material));
    add(part, in_short(material, "no-telemetry"));
    return part;
}

Part data(const Material& material) {
    Part part{"data", "Data ingested", {}};
    add(part, files_claimed(material));
    add(part, files_without_data(material));
    add(part, files_unclaimed(material));
    add(part, rows_read(material));
    add(part, copies(material));
    return part;
}

Part comparisons(const Material& material) {
    Part part{"comparisons", "Performance analysis", {}};
    const auto families = rankings(material);
    for (std::size_t i = 0; i < families.size() && i < most_rankings; ++i) add(part, ranking(*families[i]));
    return part;
}

/// Rules whose findings are told elsewhere, or in one sentence with another's.
std::set<std::string_view> told_elsewhere() {
    return {"one-observation-per-configuration", "effect-not-identifiable", "unclaimed",
            "error-message-as-artifact",         "few-repetitions",         "identical-copies"};
}

Part findings(const Material& material) {
    Part part{"findings", "Key findings", {}};
    std::set<std::string_view> told = told_elsewhere();
    told.insert({"failed-rows-as-values", "failed-runs", "cause-of-failures", "extension-contradicts-content"});
    add(part, failed_rows(material));
    for (auto& sentence : causes_of_failure(material)) add(part, std::move(sentence));
    const auto gaps = chosen(material, "high", {Topic::conclusion});
    for (const Gap* gap : gaps) {
        if (told.contains(gap->slug) || told_with_another(material, *gap)) continue;
        add(part, sentence_of(*gap));
    }
    return part;
}

Part risks(const Material& material) {
    Part part{"risks", "Gaps and risks", {}};
    std::set<std::string_view> told = told_elsewhere();
    told.insert("extension-contradicts-content");
    for (const Gap* gap : chosen(material, "medium", {Topic::absence}))
        if (!told.contains(gap->slug)) add(part, sentence_of(*gap));
    for (const Gap* gap : chosen(material, "medium", {Topic::risk})) {
        if (told.contains(gap->slug)) continue;
        if (part.sentences.size() >= most_risks && !is_told(*gap, "high")) break;
        add(part, sentence_of(*gap));
    }
    return part;
}

Part recommendations(const Material& material) {
    Part part{"recommendations", "Recommendations", {}};
    for (auto& sentence : advice(chosen(material, "medium", {Topic::conclusion, Topic::risk, Topic::absence})))
        if (part.sentences.size() < most_advice) add(part, std::move(sentence));
    return part;
}

Part limits(const Material& material) {
    Part part{"limits", "Limits", {}};
    add(part, about_rule(material, "few-repetitions"));
    add(part, pooled(material));
    return part;
}

/// Findings that no sentence shows.
Sentence count_untold(const Material& material, const std::set<std::string>& told) {
    Sentence out;
    for (const Gap& gap : material.gaps)
        for (const Found& found : gap.found)
            if (!told.contains(found.fingerprint)) out.sources.push_back(found.fingerprint);
    const std::size_t n = out.sources.size();
    if (n > 0)
        out.text = counted(n, "finding of less weight is", "findings of less weight are") +
                   " not told here; the report lists " + (n == 1 ? "it" : "all of them") + ".";
    return out;
}

} // namespace

std::vector<const Family*> rankings(const Material& material) {
    std::vector<const Family*> out;
    std::set<std::string> seen;
    for (const Family& family : material.families) {
        std::string content = family.metric;
        std::size_t repeated = 0;
        for (const Figure& figure : family.figures) {
            content += '\n' + name_of(family, figure) + ' ' + figure.display + ' ' + figure.interval;
            repeated += figure.n.value_or(0) > 1 ? 1U : 0U;
        }
        if (family.figures.size() < 2 || 2 * repeated < family.figures.size() || family.direction.empty()) continue;
        if (seen.insert(content).second) out.push_back(&family);
    }
    // Files are compared behind what a column or folder names: a sweep's pool over its configurations.
    const auto by_name = [](const Family* family) {
        return !family->dimensions.empty() && family->dimensions.front() != "file" &&
               family->dimensions.front() != "artifact";
    };
    std::vector<std::string> metrics; // one after another, as the first dataset has them
    for (const Family* family : out)
        if (std::find(metrics.begin(), metrics.end(), family->metric) == metrics.end())
            metrics.push_back(family->metric);
    const auto place = [&](const Family* family) {
        return std::make_pair(!by_name(family), std::find(metrics.begin(), metrics.end(), family->metric));
    };
    std::stable_sort(out.begin(), out.end(), [&](auto* a, auto* b) { return place(a) < place(b); });
    return out;
}

std::vector<const Figure*> best_set(const Family& family) {
    std::vector<const Figure*> out;
    if (family.figures.empty() || family.direction.empty()) return out;
    const Figure& best = family.figures.front();
    if (!best.low || !best.high) return out;
    for (const Figure& figure : family.figures) {
        if (!figure.low || !figure.high) return {};
        if (*figure.low <= *best.high && *figure.high >= *best.low) out.push_back(&figure);
    }
    return out;
}

std::vector<Part> template_parts(const Material& material) {
    return {summary(material),         data(material),  comparisons(material), findings(material), risks(material),
            recommendations(material), limits(material)};
}

std::vector<Part> close_parts(const Material& material, std::vector<Part> parts, const std::set<std::string>& told) {
    for (Part& part : parts) {
        if (part.id != "limits") continue;
        add(part, waived(material));
        add(part, count_untold(material, told));
    }
    std::erase_if(parts, [](const Part& part) { return part.sentences.empty(); });
    return parts;
}

std::vector<Part> narrate(const Material& material) {
    auto parts = template_parts(material);
    std::set<std::string> told;
    for (const Part& part : parts)
        for (const auto& sentence : part.sentences) told.insert(sentence.sources.begin(), sentence.sources.end());
    return close_parts(material, std::move(parts), told);
}

} // namespace assay::narrative
