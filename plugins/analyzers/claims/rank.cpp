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

bool Judging::is_rank(const Claim& claim) const {
    const Statement& s = document_.statements[claim.statement];
    if (s.form != Statement::Form::row || claim.cell >= s.columns->size() || claim.quantity.unit.known() ||
        claim.quantity.step < 1)
        return false;
    const std::string header = lower((*s.columns)[claim.cell]);
    return header == "rank" || header == "place";
}

const std::optional<Judging::Standing>& Judging::standing(std::size_t index, std::size_t cell) {
    const auto [at, fresh] = standings_.try_emplace({index, cell});
    if (fresh) at->second = stands(index, cell);
    return at->second;
}

/// By the number in a cell of its row; nothing where the data do not have it as that of one row.
std::optional<Judging::Standing> Judging::stands(std::size_t index, std::size_t cell) {
    const Claim& claim = document_.claims[index];
    for (std::size_t i = index + 1; i < document_.claims.size() && document_.claims[i].statement == claim.statement;
         ++i) {
        if (document_.claims[i].cell != cell) continue;
        const Verdict& beside = measured(i);
        if (beside.status != Status::supported || !beside.datum || !is_of_a_row(*beside.datum)) return std::nullopt;
        const auto at = place_of(*beside.datum);
        if (!at || !world_.tables[at->table].columns[at->column].measured) return std::nullopt;
        const DataTable& table = world_.tables[at->table];
        if (table.ok.size() > most_ranked) return std::nullopt;
        const auto all = numbers(table, at->column, table.ok);
        const Places top = from_top(all, beside.datum->value);
        const Places bottom{all.size() + 1 - top.most, all.size() + 1 - top.least};
        const int direction = table.columns[at->column].source.direction;
        return Standing{direction != ASSAY_DIRECTION_LOWER && top.hold(claim.quantity.value),
                        direction != ASSAY_DIRECTION_HIGHER && bottom.hold(claim.quantity.value), all.size(),
                        *beside.datum};
    }
    return std::nullopt;
}

std::optional<Verdict> Judging::rank(std::size_t index) {
    constexpr std::size_t around = 200; ///< claims before and behind
    const Claim& claim = document_.claims[index];
    if (!is_rank(claim)) return std::nullopt;
    const Statement& s = document_.statements[claim.statement];
    for (std::size_t cell = claim.cell + 1; cell < s.columns->size(); ++cell) {
        const auto& own = standing(index, cell);
        if (!own || !(own->top || own->bottom)) continue;
        // One column and one direction hold for the table.
        std::size_t rows = 0, top = 0, bottom = 0;
        const std::size_t first = index > around ? index - around : 0;
        for (std::size_t i = first; i < document_.claims.size() && i < index + around; ++i) {
            const Claim& other = document_.claims[i];
            if (other.cell != claim.cell || document_.statements[other.statement].table != s.table || !is_rank(other))
                continue;
            const auto& there = standing(i, cell);
            if (!there) continue;
            ++rows, top += there->top ? 1U : 0U, bottom += there->bottom ? 1U : 0U;
        }
        const bool from_top = own->top && 2 * top > rows, from_bottom = own->bottom && 2 * bottom > rows;
        if (!from_top && !from_bottom) continue;
        Verdict v;
        v.status = Status::supported;
        v.expected = claim.quantity.value;
        v.datum = own->datum;
        v.reason = stats::display(own->datum.value) + " is number " + stats::display(claim.quantity.value) +
                   (from_top ? " from the top" : " from the bottom") + " of " + std::to_string(own->of) + " in " +
                   own->datum.column + " of " + world_.paths[own->datum.artifact];
        v.datum->selector = v.reason;
        v.datum->stat = "rank";
        v.datum->value = claim.quantity.value;
        v.datum->unit.clear();
        return v;
    }
    return std::nullopt;
}

} // namespace assay::claims
