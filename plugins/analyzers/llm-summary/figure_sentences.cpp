// Sentences of figures and rankings.
#include "llm-summary/templates.hpp"
#include "llm-summary/wording.hpp"
#include <algorithm>
#include <set>

namespace assay::narrative {

namespace {

constexpr std::size_t most_figures = 5, most_bests = 3;

bool ends_with_percentage(const std::string& interval) { return interval.ends_with(" %)"); }

/// "238–299 (93.8 %)" is an interval that attains 93.8 %; without a percentage it attains what was asked for.
std::string interval_text(const Figure& figure) {
    if (!ends_with_percentage(figure.interval)) return "interval " + figure.interval;
    const auto open = figure.interval.rfind(" (");
    return figure.interval.substr(open + 2, figure.interval.size() - open - 3) + " interval " +
           figure.interval.substr(0, open);
}

std::string in_brackets(const Figure& figure) {
    std::string text;
    const auto clause = [&](const std::string& more) { text += (text.empty() ? "" : ", ") + more; };
    if (figure.n) clause(counted(*figure.n, "row", "rows"));
    if (!figure.interval.empty()) clause(interval_text(figure));
    if (figure.failed.value_or(0) > 0) clause(std::to_string(*figure.failed) + " failed");
    return text.empty() ? "" : " (" + text + ')';
}

std::string what(const Family& family) {
    const std::string label = metric_label(family.metric, family.unit);
    return label == family.metric ? label : label + " (" + family.metric + ')';
}

std::string by(const Family& family) {
    std::string text;
    for (const auto& name : family.dimensions) text += (text.empty() ? "" : ", ") + name;
    return text;
}

/// No two intervals from the figure `first` on overlap.
bool are_apart(const Family& family, std::size_t first) {
    for (std::size_t i = first; i < family.figures.size(); ++i)
        for (std::size_t j = i + 1; j < family.figures.size(); ++j) {
            const Figure &a = family.figures[i], &b = family.figures[j];
            if (!a.low || !a.high || !b.low || !b.high || (*a.low <= *b.high && *b.low <= *a.high)) return false;
        }
    return true;
}

/// "at 295 tokens/s with 5 rows and a 93.8 % interval of 238–299".
std::string in_words(const Figure& figure) {
    std::string text = "at " + with_unit(clean_name(figure.display), figure.unit);
    if (figure.n) text += " with " + counted(*figure.n, "row", "rows");
    if (figure.interval.empty()) return text;
    const auto open = figure.interval.rfind(" (");
    if (!ends_with_percentage(figure.interval)) return text + " and an interval of " + figure.interval;
    return text + " and a " + figure.interval.substr(open + 2, figure.interval.size() - open - 3) + " interval of " +
           figure.interval.substr(0, open);
}

bool is_better(const Family& family, double a, double b) { return family.direction == "higher" ? a > b : a < b; }

} // namespace

std::string name_of(const Family& family, const Figure& figure) {
    std::string name;
    for (const auto& level : figure.levels) name += (name.empty() ? "" : ", ") + level;
    return name.empty() ? family.dataset : name;
}

std::string figure_text(const Figure& figure) {
    return with_unit(clean_name(figure.display), figure.unit) + in_brackets(figure);
}

Sentence best_of_all(const std::vector<const Family*>& families) {
    Sentence out;
    if (families.empty()) return out;
    // The same metric over the same names, in whatever dataset: the best of each, the best of all first.
    std::vector<const Family*> alike;
    for (const Family* family : families)
        if (family->metric == families.front()->metric && family->unit == families.front()->unit &&
            family->dimensions == families.front()->dimensions && family->figures.front().value)
            alike.push_back(family);
    if (alike.empty()) return out;
    std::stable_sort(alike.begin(), alike.end(), [](const Family* a, const Family* b) {
        return is_better(*a, *a->figures.front().value, *b->figures.front().value);
    });
    for (std::size_t i = 0; i < alike.size() && i < most_bests; ++i) {
        const Family& family = *alike[i];
        const Figure& best = family.figures.front();
        const std::string high = family.direction == "higher" ? "highest" : "lowest";
        const bool alone = best_set(family).size() == 1;
        if (i == 0)
            out.text = "The " + high + " median " + what(family) + " is that of " + name_of(family, best) + " in " +
                       in_quotes(family.dataset);
        else
            out.text += " In " + in_quotes(family.dataset) + ", " + name_of(family, best) + " has the " + high;
        out.text += (alone ? ", " : ", though not apart from the next, ") + in_words(best) + '.';
        out.sources.push_back(best.fact);
    }
    return out;
}

Sentence ranking(const Family& family) {
    Sentence out;
    out.text = "Median " + what(family) + " in " + in_quotes(family.dataset) +
               (family.dimensions.empty() ? "" : " by " + by(family)) + ": ";
    std::vector<std::string> shown;
    for (const Figure& figure : family.figures) {
        if (shown.size() == most_figures) break;
        shown.push_back(in_quotes(name_of(family, figure)) + ' ' + figure_text(figure));
        out.sources.push_back(figure.fact);
    }
    const auto more = family.figures.size() - shown.size();
    for (std::size_t i = 0; i < shown.size(); ++i) out.text += (i == 0 ? "" : "; ") + shown[i];
    if (more > 0) out.text += "; and " + std::to_string(more) + " more";
    out.text += '.';
    const auto best = best_set(family);
    out.text += " Best first.";
    if (best.size() == 1)
        out.text += " The first interval reaches none of the others.";
    else if (best.size() == family.figures.size() && best.size() > 2 && are_apart(family, 1))
        out.text += " The first interval reaches all others; the others do not overlap.";
    else if (best.size() == family.figures.size())
        out.text += " Their intervals overlap, so that no order is shown.";
    else if (best.size() > 1)
        out.text += " The first cannot be told from " + in_quotes(name_of(family, *best[1])) +
                    (best.size() > 2 ? " and others" : "") + ": their intervals overlap.";
    return out;
}

Sentence pooled(const Material& material) {
    Sentence out;
    std::vector<std::string> said;
    std::set<std::string> seen;
    for (const Family* family : rankings(material)) {
        static constexpr std::string_view start = "each row pools ";
        if (!family->note.starts_with(start) || !seen.insert(family->dataset).second) continue;
        const std::string note = family->note.substr(start.size());
        said.push_back(in_quotes(family->dataset) + " over " + note.substr(0, note.find(';')));
    }
    if (said.empty()) return out;
    out.text = "Medians pool what was varied: " + listed(said, 3) + '.';
    return out;
}

} // namespace assay::narrative
