// "Rank 3": that the number beside it is the third largest, or smallest, of its column.
#include "claims/judging.hpp"
#include "claims/words.hpp"
#include <algorithm>
#include <assay/stats/display.hpp>

namespace assay::claims {

namespace {

constexpr std::size_t most_ranked = 100'000; ///< rows; bounds the time

/// Places of a value among others, the first from the top, the second from the bottom; ties share theirs.
struct Places {
    std::size_t least, most;
    bool hold(double place) const { return place >= static_cast<double>(least) && place <= static_cast<double>(most); }
};
Places from_top(const std::vector<double>& all, double value) {
    const auto above =
        static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [&](double x) { return x > value; }));
    const auto same = static_cast<std::size_t>(std::count(all.begin(), all.end(), value));
    return {above + 1, above + std::max<std::size_t>(same, 1)};
}

bool is_of_a_row(const Datum& datum) {
    return datum.line > 0 || datum.n == 1 || datum.stat == "max" || datum.stat == "min";
}

} // namespace

std::optional<Verdict> Judging::rank(std::size_t index) {
    const Claim& claim = document_.claims[index];
    const Statement& s = document_.statements[claim.statement];
    const Quantity& q = claim.quantity;
    if (s.form != Statement::Form::row || claim.cell >= s.columns->size() || q.unit.known() || q.step < 1)
        return std::nullopt;
    const std::string header = lower((*s.columns)[claim.cell]);
    if (header != "rank" && header != "#" && header != "place" && header != "position") return std::nullopt;
    for (std::size_t i = index + 1; i < document_.claims.size() && document_.claims[i].statement == claim.statement;
         ++i) {
        const Verdict& beside = measured(i);
        if (beside.status != Status::supported || !beside.datum || !is_of_a_row(*beside.datum)) continue;
        const auto at = place_of(*beside.datum);
        if (!at || !world_.tables[at->table].columns[at->column].measured) continue;
        const DataTable& table = world_.tables[at->table];
        if (table.ok.size() > most_ranked) continue;
        const auto all = numbers(table, at->column, table.ok);
        const Places top = from_top(all, beside.datum->value);
        const Places bottom{all.size() + 1 - top.most, all.size() + 1 - top.least};
        const bool largest = top.hold(q.value);
        if (!largest && !bottom.hold(q.value)) continue;
        Verdict v;
        v.status = Status::supported;
        v.expected = q.value;
        v.datum = beside.datum;
        v.datum->stat = "rank";
        v.datum->value = q.value;
        v.datum->unit.clear();
        v.datum->selector = v.reason = stats::display(beside.datum->value) + " is number " + stats::display(q.value) +
                                       (largest ? " from the top" : " from the bottom") + " of " +
                                       std::to_string(all.size()) + " in " + table.columns[at->column].source.name +
                                       " of " + table.path;
        return v;
    }
    return std::nullopt;
}

} // namespace assay::claims
