#include "claims/output.hpp"
#include "claims/consistency.hpp"
#include <algorithm>
#include <array>
#include <assay/stats/display.hpp>

namespace assay::claims {

namespace {

constexpr std::array<const char*, 4> verdict_names{"supported", "contradicted", "unsupported", "not_checkable"};

const char* name_of(Status status) { return verdict_names[static_cast<std::size_t>(status)]; }

Fact fact_of(const Datum& datum, const std::vector<std::string>& paths) {
    Fact fact;
    fact.kind = "claimed";
    if (datum.artifact < paths.size()) {
        fact.subject = {{"artifact", paths[datum.artifact]}, {"table", datum.table}};
        if (!datum.rows.empty()) fact.subject.emplace_back("rows", datum.rows);
        if (datum.line > 0) fact.subject.emplace_back("line", std::to_string(datum.line));
    } else {
        fact.subject = {{"scope", datum.selector}};
        if (!datum.rows.empty()) fact.subject.emplace_back("rows", datum.rows);
    }
    fact.metric = datum.column;
    fact.stat = datum.stat;
    fact.value = datum.value;
    fact.display = stats::display(datum.value);
    fact.unit = datum.unit;
    if (datum.n > 0) fact.n = datum.n;
    fact.method = "computed for a claim from the rows that it names; failed rows left out";
    if (datum.artifact < paths.size()) {
        Evidence evidence{paths[datum.artifact], {}, {}, {}, {}};
        if (datum.line > 0) evidence.line = datum.line;
        fact.evidence.push_back(std::move(evidence));
    }
    return fact;
}

/// What the verdicts amount to, then what else is wrong with the document.
std::vector<Fired> all_fired(const Judged& judged) {
    Fired unsupported{&unsupported_numbers}, contradicted{&contradicted_numbers};
    std::uint64_t checked = 0;
    for (std::size_t i = 0; i < judged.verdicts.size(); ++i) {
        const Claim& claim = judged.document.claims[i];
        const Verdict& v = judged.verdicts[i];
        checked += v.status != Status::not_checkable ? 1U : 0U;
        if (v.status != Status::unsupported && v.status != Status::contradicted) continue;
        Fired& fired = v.status == Status::unsupported ? unsupported : contradicted;
        fired.places.emplace_back(claim.line, claim.text + ": " + v.reason);
    }
    std::vector<Fired> out;
    for (Fired* fired : {&contradicted, &unsupported}) {
        fired->n = checked;
        if (!fired->places.empty()) out.push_back(std::move(*fired));
    }
    out.insert(out.end(), judged.fired.begin(), judged.fired.end());
    for (auto& fired : inconsistencies(judged.document, judged.verdicts)) out.push_back(std::move(fired));
    return out;
}

std::string excerpt_of(const std::string& text) {
    constexpr std::size_t most = 160;
    if (text.size() <= most) return text;
    std::size_t end = most; // not within a character
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    return text.substr(0, end) + "...";
}

void give(const Fired& fired, const std::string& path, Fragment& out) {
    const Rule& rule = *fired.rule;
    Finding finding;
    finding.rule = rule.id;
    finding.slug = rule.slug;
    finding.severity = rule.severity;
    finding.scope = path;
    finding.k = finding.places = fired.places.size();
    finding.n = fired.n;
    finding.message = std::string{rule.definition} + ": " + std::to_string(finding.k);
    if (finding.n) finding.message += " of " + std::to_string(*finding.n);
    finding.fix = rule.fix;
    for (std::size_t i = 0; i < std::min<std::size_t>(fired.places.size(), 5); ++i)
        finding.evidence.push_back(
            {.artifact = path, .line = fired.places[i].first, .excerpt = excerpt_of(fired.places[i].second)});
    out.add(finding, rule.severity == "high" ? 20 : 40);
}

void give_claim(const Judged& judged, std::size_t index, const std::string& fact, Fragment& out) {
    const Claim& claim = judged.document.claims[index];
    const Verdict& v = judged.verdicts[index];
    JsonWriter json;
    json.object().field("document", judged.path).field("line", claim.line).field("text", claim.text).key("value");
    if (claim.quantity.kind == Kind::number)
        json.value(claim.quantity.value);
    else
        json.null();
    json.field("status", name_of(v.status)).key("fact");
    if (fact.empty())
        json.null();
    else
        json.value(fact);
    json.field("reason", v.reason).end();
    out.add(ASSAY_RECORD_CLAIM, json.text());
}

/// How many of each, by document: counts, which are facts too.
Section section_of(const std::vector<Judged>& all, Fragment& out) {
    Section section{.title = "Documents held against the data"};
    SectionTable table{"Numbers in documents", {{"document"}}, {}};
    for (const char* name : verdict_names) {
        std::string title = name;
        std::replace(title.begin(), title.end(), '_', ' ');
        table.columns.push_back({title, true});
    }
    for (const Judged& judged : all) {
        std::vector<SectionCell> row{{judged.path}};
        for (const Status status :
             {Status::supported, Status::contradicted, Status::unsupported, Status::not_checkable}) {
            Fact fact;
            fact.kind = "claims";
            fact.subject = {{"artifact", judged.path}};
            fact.metric = name_of(status);
            fact.stat = "count";
            const auto n = std::count_if(judged.verdicts.begin(), judged.verdicts.end(),
                                         [&](const Verdict& v) { return v.status == status; });
            fact.value = static_cast<double>(n);
            fact.display = std::to_string(n);
            fact.method = "numbers in the document, judged one by one";
            const std::string text = fact.display;
            row.push_back({text, out.add(fact, 50)});
        }
        table.rows.push_back(std::move(row));
    }
    section.tables.push_back(std::move(table));
    return section;
}

} // namespace

void give(const std::vector<std::string>& paths, const std::vector<Judged>& all,
          const std::vector<std::string>& left_out, Fragment& out) {
    std::set<std::string> given;
    for (const Judged& judged : all) {
        for (std::size_t i = 0; i < judged.verdicts.size(); ++i) {
            std::string id;
            if (judged.verdicts[i].datum) {
                const Fact fact = fact_of(*judged.verdicts[i].datum, paths);
                id = fact_id(out.stage(), fact);
                if (given.insert(id).second) out.add(fact, 200);
            }
            give_claim(judged, i, id, out);
        }
        for (const auto& fired : all_fired(judged)) give(fired, judged.path, out);
    }
    if (all.empty()) return;
    Section section = section_of(all, out);
    section.text = left_out;
    out.add(section);
}

} // namespace assay::claims
