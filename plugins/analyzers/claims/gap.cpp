#include "claims/gap.hpp"
#include "claims/world.hpp"
#include <algorithm>
#include <assay/stats/display.hpp>
#include <cmath>

namespace assay::claims {

namespace {

constexpr std::size_t least_rows = 8, least_side = 2;
constexpr double least_ratio = 3;

struct Row {
    double value;
    std::size_t row;
};

/// Of the rows that are ok, by value.
std::vector<Row> sorted(const DataTable& table, std::size_t column) {
    std::vector<Row> out;
    for (const std::size_t row : table.ok)
        if (const auto* x = std::get_if<double>(&(*table.rows)[row].cells[column]); x && std::isfinite(*x))
            out.push_back({*x, row});
    std::sort(out.begin(), out.end(), [](const Row& a, const Row& b) { return a.value < b.value; });
    return out;
}

/// How many values stand below the widest gap; 0: none is wide.
std::size_t below_gap(const std::vector<Row>& values) {
    if (values.size() < least_rows || values.front().value <= 0) return 0;
    std::size_t at = 0;
    double widest = least_ratio;
    for (std::size_t i = least_side; i + least_side <= values.size(); ++i)
        if (const double ratio = values[i].value / values[i - 1].value; ratio >= widest) widest = ratio, at = i;
    return at;
}

} // namespace

std::vector<GapSide> gap_sides(const DataTable& table) {
    std::vector<GapSide> out;
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
        if (!table.columns[c].measured || table.columns[c].source.type != ASSAY_TYPE_FLOAT) continue;
        const auto values = sorted(table, c);
        const std::size_t at = below_gap(values);
        if (at == 0) continue;
        for (const bool upper : {false, true}) {
            GapSide side{c, values[at - 1].value, values[at].value, upper, {}, {}};
            for (std::size_t i = upper ? at : 0; i < (upper ? values.size() : at); ++i)
                side.rows.push_back(values[i].row);
            std::sort(side.rows.begin(), side.rows.end());
            side.text = table.columns[c].source.name + (upper ? " >= " : " <= ") +
                        stats::display(upper ? side.above : side.below);
            out.push_back(std::move(side));
        }
    }
    return out;
}

} // namespace assay::claims
