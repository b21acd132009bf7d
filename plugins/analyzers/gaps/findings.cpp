#include "gaps/findings.hpp"
#include "gaps/family.hpp"
#include <algorithm>
#include <cmath>
#include <map>

namespace assay::gaps {

namespace {

constexpr std::size_t most_sentences = 12, most_fixes = 6;

struct Ranked {
    const Rule* rule;
    const Group* group;
    Severity severity;
    std::string message, waived;
    std::string_view family;
    /// How much it changes conclusions: the share that it concerns, and how much that is.
    double weight() const {
        const auto k = static_cast<double>(group->k), n = static_cast<double>(group->n);
        return n > 0 ? k / n * std::log2(1 + k) : 0;
    }
};

void look_at_waivers(Hits& hits, const Terms& terms) {
    for (const Waiver& waiver : terms.waivers) {
        hits.looked(expired_waiver, "");
        if (waiver.expires_us > terms.now_us) continue;
        std::string what{waiver.rule->id};
        what += (waiver.subject.empty() ? "" : " " + waiver.subject) + " (until " + waiver.until + ")";
        hits.add(expired_waiver, {.detail = std::move(what)});
    }
}

std::string waived_by(const Terms& terms, const Rule& rule, const std::string& subject) {
    for (const Waiver& waiver : terms.waivers)
        if (waiver.covers(rule, subject) && waiver.expires_us > terms.now_us)
            return waiver.reason + " (until " + waiver.until + ")";
    return {};
}

void rank_rule(const Rule& rule, std::string_view family, const Hits& hits, const Terms& terms,
               std::vector<Ranked>& out) {
    const Hits::ByRule* found = hits.of(rule);
    if (found == nullptr) return;
    for (const auto& [subject, group] : found->groups) {
        if (group.k == 0) continue;
        out.push_back({&rule, &group, rule.grade ? rule.grade(group) : rule.severity,
                       in_subject(group) + rule.statement(group, hits.threshold(rule)), waived_by(terms, rule, subject),
                       family});
    }
}

/// What was waived last; else worst first, and among these what weighs most.
void sort_by_rank(std::vector<Ranked>& all) {
    std::stable_sort(all.begin(), all.end(), [](const Ranked& a, const Ranked& b) {
        if (a.waived.empty() != b.waived.empty()) return a.waived.empty();
        if (a.severity != b.severity) return a.severity > b.severity;
        return a.weight() > b.weight();
    });
}

Finding finding_of(const Ranked& ranked, const Hits& hits) {
    const Rule& rule = *ranked.rule;
    const Group& group = *ranked.group;
    Finding out{.rule = std::string{rule.id},
                .slug = std::string{rule.slug},
                .severity = std::string{name_of(ranked.severity)},
                .family = std::string{ranked.family},
                .scope = group.subject,
                .message = ranked.message,
                .k = group.k,
                .n = group.n,
                .places = group.places,
                .sampled = group.sampled,
                .evidence = group.where,
                .fix = std::string{rule.fix},
                .waived = ranked.waived};
    if (!rule.threshold.meaning.empty()) {
        out.threshold_meaning = rule.threshold.meaning;
        out.threshold = hits.threshold(rule);
    }
    return out;
}

/// One sentence for a rule: its worst finding, and where else it fired.
struct AnswerOfRule {
    std::string text;
    std::vector<std::string> likewise;

    std::string sentence() const {
        constexpr std::size_t named = 3;
        std::string out = text + ".";
        for (std::size_t i = 0; i < std::min(named, likewise.size()); ++i)
            out += (i == 0 ? " Likewise: " : ", ") + likewise[i];
        if (likewise.size() > named) out += ", and " + std::to_string(likewise.size() - named) + " more";
        return out + (likewise.empty() ? "" : ".");
    }
};

std::string subject_and_counts(const Group& group) {
    return group.subject + " (" + std::to_string(group.k) + (group.n > 0 ? " of " + std::to_string(group.n) : "") + ")";
}

/// What to do, and for what: the worst finding, and how many more.
struct Advice {
    const Rule* rule;
    std::string about;
    std::size_t more = 0;
    std::string sentence() const {
        std::string out = about + (about.empty() || more == 0 ? "" : " and " + std::to_string(more) + " more");
        out += out.empty() ? "" : ": ";
        return out.append(rule->fix).append(" (").append(rule->id).append(")");
    }
};

std::vector<Advice> advice(const std::vector<Ranked>& ranked) {
    std::vector<Advice> out;
    for (const Ranked& one : ranked) {
        if (!one.waived.empty() || one.severity < Severity::high) continue;
        const auto same =
            std::find_if(out.begin(), out.end(), [&](const Advice& known) { return known.rule->fix == one.rule->fix; });
        if (same != out.end())
            ++same->more;
        else if (one.rule->answer == Answer::next)
            out.push_back({one.rule, one.message});
        else
            out.push_back({one.rule, one.group->subject.empty() ? "" : subject_and_counts(*one.group)});
    }
    std::stable_partition(out.begin(), out.end(), [](auto& one) { return one.rule->answer == Answer::next; });
    out.resize(std::min(out.size(), most_fixes));
    return out;
}

void give_answers(const std::vector<Ranked>& ranked, Fragment& out) {
    Section not_to_say{.title = "Findings", .place = "not"}, missing{.title = "Not there", .place = "missing"},
        next{.title = "To mend", .place = "next"};
    std::vector<AnswerOfRule> told_not, told_missing;
    std::map<const Rule*, std::size_t> first;
    for (const Ranked& one : ranked) {
        if (!one.waived.empty() || one.severity < Severity::medium) continue;
        std::vector<AnswerOfRule>* told = one.rule->answer == Answer::must_not_say ? &told_not
                                          : one.rule->answer == Answer::missing    ? &told_missing
                                                                                   : nullptr;
        if (told) {
            const auto [at, fresh] = first.try_emplace(one.rule, told->size());
            if (fresh)
                told->push_back({one.message, {}});
            else
                (*told)[at->second].likewise.push_back(subject_and_counts(*one.group));
        }
    }
    for (const Advice& one : advice(ranked)) next.text.push_back(one.sentence());
    for (const auto& [section, told] : {std::pair{&not_to_say, &told_not}, std::pair{&missing, &told_missing}})
        for (std::size_t i = 0; i < std::min(most_sentences, told->size()); ++i)
            section->text.push_back((*told)[i].sentence());
    for (const Section* section : {&not_to_say, &missing, &next})
        if (!section->text.empty()) out.add(*section, 10);
}

void give_not_evaluated(const Hits& hits, const Terms& terms, Fragment& out) {
    SectionTable table{"Rules that could not be evaluated", {{"rule"}, {"why"}}, {}};
    SectionTable off{"Rules that are switched off", {{"rule"}}, {}};
    for (const Family* family : families())
        for (const Rule* rule : family->rules) {
            const std::string name = std::string{rule->id} + " " + std::string{rule->slug};
            if (terms.off.contains(rule)) {
                off.rows.push_back({{name}});
                continue;
            }
            const auto reasons = hits.reasons(*rule);
            std::string why;
            for (const auto& [reason, times] : reasons)
                why += (why.empty() ? "" : "; ") + reason + (times > 1 ? " (" + std::to_string(times) + ")" : "");
            if (hits.of(*rule) == nullptr)
                table.rows.push_back({{name}, {why.empty() ? "there are no " + std::string{rule->looks_at} : why}});
            else if (!why.empty())
                table.rows.push_back({{name}, {"in part: " + why}});
        }
    Section section{.title = "Rules"};
    for (SectionTable* one : {&table, &off})
        if (!one->rows.empty()) section.tables.push_back(std::move(*one));
    if (!section.tables.empty()) out.add(section, 400);
}

} // namespace

void give_findings(Hits& hits, const Terms& terms, Fragment& out) {
    look_at_waivers(hits, terms);
    std::vector<Ranked> ranked;
    for (const Family* family : families())
        for (const Rule* rule : family->rules)
            if (!terms.off.contains(rule)) rank_rule(*rule, family->name, hits, terms, ranked);
    rank_rule(expired_waiver, "Waivers", hits, terms, ranked);
    sort_by_rank(ranked);
    std::uint32_t rank = 0;
    for (const Ranked& one : ranked) out.add(finding_of(one, hits), rank++);
    give_answers(ranked, out);
    give_not_evaluated(hits, terms, out);
}

} // namespace assay::gaps
