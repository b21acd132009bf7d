#include "claims/output.hpp"
#include "claims/words.hpp"
#include <array>
#include <assay/stats/display.hpp>

namespace assay::claims {

namespace {

constexpr std::array<const char*, 4> names{"supported", "contradicted", "unsupported", "not_checkable"};

const char* name_of(Status status) { return names[static_cast<std::size_t>(status)]; }

Fact fact_of(const Datum& datum, const std::vector<std::string>& paths) {
    Fact fact;
    fact.kind = "claimed";
    if (datum.artifact < paths.size()) {
        fact.subject = {{"artifact", paths[datum.artifact]}, {"table", datum.table}};
        if (!datum.rows.empty()) fact.subject.emplace_back("rows", datum.rows);
        if (datum.line > 0) fact.subject.emplace_back("line", std::to_string(datum.line));
    } else {
        fact.subject = {{"scope", datum.selector}};
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

} // namespace

void give(const World& world, const std::vector<std::string>& paths, const std::vector<Judged>& all, Fragment& out) {
    std::set<std::string> given;
    JsonWriter json;
    (void)world;
    for (const Judged& judged : all) {
        for (std::size_t i = 0; i < judged.verdicts.size(); ++i) {
            const Claim& claim = judged.document.claims[i];
            const Verdict& v = judged.verdicts[i];
            if (claim.quantity.kind == Kind::name) continue;
            std::string id;
            if (v.datum) {
                const Fact fact = fact_of(*v.datum, paths);
                id = fact_id(out.stage(), fact);
                if (given.insert(id).second) out.add(fact, 200);
            }
            json.clear();
            json.object().field("document", judged.path).field("line", claim.line).field("text", claim.text);
            json.key("value");
            if (claim.quantity.kind == Kind::number)
                json.value(claim.quantity.value);
            else
                json.null();
            json.field("status", name_of(v.status)).key("fact");
            if (id.empty())
                json.null();
            else
                json.value(id);
            json.field("reason", v.reason).end();
            out.add(ASSAY_RECORD_CLAIM, json.text());
        }
    }
}

} // namespace assay::claims
