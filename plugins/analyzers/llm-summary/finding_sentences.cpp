// Sentences of findings: by rule where one has words of its own, else by the finding's message.
#include "llm-summary/rules.hpp"
#include "llm-summary/templates.hpp"
#include "llm-summary/wording.hpp"
#include <algorithm>
#include <set>

namespace assay::narrative {

namespace {

constexpr std::size_t most_scopes = 3, most_tail = 160;

/// A message is "SCOPE: what was found: details"; the head is what was found.
struct Parts {
    std::string head, tail;
};

Parts parts_of(const Found& found) {
    std::string text = found.message;
    if (!found.scope.empty() && text.starts_with(found.scope + ": ")) text.erase(0, found.scope.size() + 2);
    const auto colon = text.find(": ");
    Parts out{text.substr(0, colon), colon == std::string::npos ? "" : text.substr(colon + 2)};
    if (const auto errors = out.head.find("; errors"); errors != std::string::npos) out.head.resize(errors);
    while (!out.head.empty() && out.head.back() == '.') out.head.pop_back();
    return out;
}

/// As many items of a list as are short enough to read, cut at a comma that is in no bracket.
std::string cut_list(const std::string& text, std::size_t most) {
    if (text.size() <= most) return text;
    std::size_t depth = 0, end = 0;
    for (std::size_t i = 0; i < most; ++i) {
        if (text[i] == '(') ++depth;
        if (text[i] == ')' && depth > 0) --depth;
        if (text[i] == ',' && depth == 0) end = i;
    }
    return end == 0 ? std::string{} : text.substr(0, end) + ", …";
}

std::string scope_and_count(const Found& found) {
    const std::string count = k_of_n(found);
    return in_quotes(found.scope) + (count.empty() ? "" : " (" + count + ')');
}

std::string also(const Gap& gap) {
    std::vector<std::string> others;
    for (std::size_t i = 1; i < gap.found.size(); ++i) others.push_back(scope_and_count(gap.found[i]));
    return others.empty() ? "" : "; likewise " + listed(others, most_scopes);
}

std::string capital(std::string text) {
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
    return text;
}

/// "temperature" of "gemma3 param tuning, temperature": what a rule about a parameter gives as its scope.
struct Parameter {
    std::string dataset, name;
};
Parameter parameter_of(const std::string& scope) {
    const auto comma = scope.rfind(", ");
    if (comma == std::string::npos) return {scope, ""};
    return {scope.substr(0, comma), scope.substr(comma + 2)};
}

/// "on a (why) (3), b (why)": the metrics, and why if it is the same of all.
struct Effects {
    std::vector<std::string> metrics;
    std::string why;
};
Effects effects_of(const std::string& message) {
    static constexpr std::string_view start = ", on ";
    const auto on = message.find(start);
    if (on == std::string::npos) return {};
    Effects out;
    std::string_view rest = std::string_view{message}.substr(on + start.size());
    while (!rest.empty()) {
        const auto open = rest.find(" ("), close = rest.find(')');
        if (open == std::string_view::npos || close == std::string_view::npos || close < open) return {};
        const std::string why{rest.substr(open + 2, close - open - 2)};
        if (!out.why.empty() && why != out.why) return {};
        out.why = why;
        out.metrics.emplace_back(rest.substr(0, open));
        rest.remove_prefix(close + 1);
        if (rest.starts_with(" (")) rest.remove_prefix(std::min(rest.size(), rest.find(')') + 1)); // how often
        if (rest.starts_with(", ")) rest.remove_prefix(2);
    }
    return out;
}

/// Classes of the errors that a message lists; what is of no class is not told.
std::vector<std::string> error_classes(const std::string& message) {
    std::vector<std::string> out;
    const auto errors = message.find("errors: ");
    if (errors == std::string::npos) return out;
    std::string_view rest = std::string_view{message}.substr(errors + 8);
    while (!rest.empty()) {
        const auto end = rest.find("), ");
        const std::string one = error_class(rest.substr(0, end));
        if (!one.empty() && std::find(out.begin(), out.end(), one) == out.end()) out.push_back(one);
        rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 3);
    }
    return out;
}

std::vector<std::string> scopes_of(const Gap& gap) {
    std::vector<std::string> out;
    for (const Found& found : gap.found) out.push_back(scope_and_count(found));
    return out;
}

Sentence single_observations(const Gap& gap) {
    Sentence out{"No best configuration can be named in " + listed(scopes_of(gap), most_scopes) +
                     ": each of these configurations was measured once.",
                 {}};
    cite(out, &gap);
    return out;
}

Sentence no_interval(const Gap& gap) {
    Sentence out{"Single configurations have too few observations for an interval of their own in " +
                     listed(scopes_of(gap), most_scopes) + '.',
                 {}};
    cite(out, &gap);
    return out;
}

} // namespace

std::string in_quotes(std::string_view name) {
    std::string clean = clean_name(name);
    if (clean.empty()) return clean;
    const bool plain = begins_with_letter(clean) && clean.find_first_of(" :,") == std::string::npos;
    return plain ? clean : "“" + clean + "”";
}

const Gap* find_gap(const Material& material, std::string_view slug) {
    for (const Gap& gap : material.gaps)
        if (gap.slug == slug) return &gap;
    return nullptr;
}

Sentence sentence_of(const Gap& gap) {
    if (gap.found.empty()) return {};
    if (gap.slug == "one-observation-per-configuration") return single_observations(gap);
    if (gap.slug == "few-repetitions") return no_interval(gap);
    const Found& worst = gap.found.front();
    const Parts parts = parts_of(worst);
    Sentence out;
    const std::string head = clean_line(parts.head);
    out.text = worst.scope.empty() ? capital(head) : "In " + in_quotes(worst.scope) + ", " + head;
    const bool told_in_full = gap.found.size() == 1 || words_of_rule(gap.slug).topic == Topic::conclusion;
    const std::string tail =
        told_in_full ? cut_list(parts.tail, gap.found.size() == 1 ? most_tail : most_tail / 2) : "";
    if (!tail.empty()) out.text += ": " + clean_line(tail);
    out.text += also(gap) + '.';
    cite(out, &gap);
    return out;
}

Sentence about_rule(const Material& material, std::string_view slug) {
    const Gap* gap = find_gap(material, slug);
    return gap ? sentence_of(*gap) : Sentence{};
}

Sentence in_short(const Material& material, std::string_view slug) {
    const Gap* gap = find_gap(material, slug);
    if (!gap) return {};
    Sentence out{capital(clean_line(parts_of(gap->found.front()).head)) + '.', {}};
    cite(out, gap);
    return out;
}

Sentence failed_rows(const Material& material) {
    Sentence out;
    if (material.failures.empty()) return out;
    const Failures& worst = material.failures.front();
    out.text = "In " + in_quotes(worst.dataset) + ", " + std::to_string(worst.failed.value) + " of " +
               counted(worst.rows.value, "row", "rows") + " failed";
    cite(out, worst.failed);
    cite(out, worst.rows);
    for (const Gap& gap : material.gaps) {
        if (gap.slug != "failed-rows-as-values" && gap.slug != "failed-runs") continue;
        cite(out, &gap);
        if (gap.slug != "failed-rows-as-values" || gap.found.front().scope != worst.dataset) continue;
        const auto errors = error_classes(gap.found.front().message);
        if (!errors.empty()) out.text += " (" + listed(errors) + ')';
        if (!gap.found.front().excerpt.empty()) out.text += " and yet hold values such as " + gap.found.front().excerpt;
    }
    out.text += ". Nothing was measured there, so failed rows are counted and left out of every figure";
    std::vector<std::string> others;
    for (std::size_t i = 1; i < material.failures.size(); ++i) {
        const Failures& one = material.failures[i];
        others.push_back(in_quotes(one.dataset) + " (" + std::to_string(one.failed.value) + " of " +
                         std::to_string(one.rows.value) + ')');
        cite(out, one.failed);
        cite(out, one.rows);
    }
    out.text += (others.empty() ? "" : "; so in " + listed(others, most_scopes)) + '.';
    return out;
}

std::vector<Sentence> causes_of_failure(const Material& material) {
    std::vector<Sentence> out;
    const Gap* gap = find_gap(material, "cause-of-failures");
    if (!gap) return out;
    const Parts parts = parts_of(gap->found.front());
    Sentence lead{
        "Look first at what differs: in " + in_quotes(gap->found.front().scope) + ", " + clean_line(parts.head), {}};
    std::vector<std::string> others;
    for (std::size_t i = 1; i < gap->found.size(); ++i) others.push_back(in_quotes(gap->found[i].scope));
    lead.text += (others.empty() ? "" : "; something differs likewise in " + listed(others)) + '.';
    cite(lead, gap);
    out.push_back(std::move(lead));
    return out;
}

Sentence not_identifiable(const Material& material) {
    const Gap* gap = find_gap(material, "effect-not-identifiable");
    if (!gap) return {};
    const Parameter lead = parameter_of(gap->found.front().scope);
    const Effects effects = effects_of(gap->found.front().message);
    if (effects.metrics.empty() || lead.name.empty()) return sentence_of(*gap);
    std::vector<std::string> metrics, datasets;
    for (const auto& metric : effects.metrics) {
        const std::string label = metric_label(metric, "s");
        std::string shown = label;
        if (label != metric) shown.append(" (").append(metric).append(")");
        metrics.push_back(std::move(shown));
    }
    Sentence out;
    for (const Found& found : gap->found) {
        const Parameter one = parameter_of(found.scope);
        if (one.name == lead.name) datasets.push_back(in_quotes(one.dataset));
    }
    out.text = "What " + lead.name + " does to " + listed(metrics) + " cannot be told in " + listed(datasets) +
               ", because it is confounded: " + clean_line(effects.why) + '.';
    cite(out, gap);
    // The rule that finds them side by side says the same of the same parameters.
    for (const Gap& other : material.gaps)
        if (told_with_another(material, other)) cite(out, &other);
    return out;
}

bool told_with_another(const Material& material, const Gap& gap) {
    if (gap.slug != "confounding") return false;
    const Gap* effects = find_gap(material, "effect-not-identifiable");
    return effects && std::all_of(gap.found.begin(), gap.found.end(), [&](const Found& found) {
               return std::any_of(effects->found.begin(), effects->found.end(),
                                  [&](const Found& other) { return other.scope == found.scope; });
           });
}

std::vector<Sentence> advice(const std::vector<const Gap*>& gaps) {
    std::vector<Sentence> out;
    std::set<std::string> given;
    const auto has = [&](std::string_view slug) {
        return std::any_of(gaps.begin(), gaps.end(), [&](const Gap* gap) { return gap->slug == slug; });
    };
    for (const Gap* gap : gaps) {
        const std::string& fix = gap->found.front().fix;
        // Rows that failed and runs that failed are mended alike.
        if (gap->slug == "failed-runs" && has("failed-rows-as-values")) continue;
        if (fix.empty() || words_of_rule(gap->slug).action == "none" || !given.insert(fix).second) continue;
        std::vector<std::string> scopes;
        Sentence one;
        for (const Gap* other : gaps) {
            if (other->found.front().fix != fix) continue;
            cite(one, other);
            for (const Found& found : other->found)
                if (!found.scope.empty()) scopes.push_back(in_quotes(found.scope));
        }
        std::string text = fix;
        while (!text.empty() && text.back() == '.') text.pop_back();
        one.text = text + " (" + gap->rule + (scopes.empty() ? "" : ", " + listed(scopes, 2)) + ").";
        out.push_back(std::move(one));
    }
    return out;
}

Sentence waived(const Material& material) {
    Sentence out;
    std::vector<std::string> rules;
    for (const auto& [rule, fingerprints] : material.waived) {
        rules.push_back(rule + " (" + std::to_string(fingerprints.size()) + ')');
        out.sources.insert(out.sources.end(), fingerprints.begin(), fingerprints.end());
    }
    if (!rules.empty()) out.text = "Findings that were waived are not told: " + listed(rules) + '.';
    return out;
}

} // namespace assay::narrative
