#include "profile_bytes.hpp"
#include <algorithm>
#include <assay/figures.hpp>

namespace assay {

namespace {

using namespace saved_profile;

bool take_values(std::string_view& in, FigureMemory& memory, Figures& out) {
    if (const auto doubles = stats::Values::take_exact(in)) {
        const auto values = memory.array<double>(doubles->size() / sizeof(double));
        if (!values.empty()) std::memcpy(values.data(), doubles->data(), doubles->size());
        out.values = values;
        return true;
    }
    stats::Values many;
    if (!decode(in, many)) return false;
    out.many = memory.keep(std::move(many));
    return true;
}

bool take_failed(std::string_view& in, FigureMemory& memory, Figures& out) {
    bool any = false;
    if (!take_flag(in, any)) return false;
    if (!any) return true;
    FailedFigures& failed = memory.array<FailedFigures>(1).front();
    out.failed = &failed;
    return take(in, failed.min) && take(in, failed.max) && stats::MomentTree::decode_total(in, failed.moments);
}

bool take_figures(std::string_view& in, FigureMemory& memory, Figures& out) {
    Form form{};
    std::uint64_t cap = 0;
    if (!take_form(in, form) || (form != Form::many && !take(in, cap))) return false;
    if (form == Form::none) return take(in, out.n_missing);
    if (form == Form::one) {
        OneNumber one;
        if (!take_one(in, one)) return false;
        const auto values = memory.array<double>(1);
        values.front() = one.value();
        out.values = values;
        out.moments = one.moments();
        out.extremes = one.at;
        out.n_missing = one.n_missing;
        return true;
    }
    return stats::MomentTree::decode_total(in, out.moments) && take_values(in, memory, out) &&
           take_extremes(in, out.extremes) && take_failed(in, memory, out) && take(in, out.n_missing) &&
           out.n() == (out.many ? out.many->count() : out.values.size());
}

/// The columns of a table: figures of its metrics, and samples.
bool take_columns(std::string_view& in, std::size_t n_columns, FigureMemory& memory, TableFigures& out,
                  std::size_t& dividing) {
    std::vector<Figures> metrics;
    const auto samples = memory.array<std::string_view>(n_columns);
    for (auto& kept : samples) {
        ColumnHead head;
        std::string_view sample, counts;
        Extremes extremes;
        if (!take_head(in, head) ||
            !(head.is_metric() ? take_figures(in, memory, metrics.emplace_back()) : take_extremes(in, extremes)) ||
            !take_sized(in, sample) || !take_sized(in, counts))
            return false;
        dividing += head.divides() ? 1U : 0U;
        const auto copy = memory.array<char>(sample.size());
        std::copy(sample.begin(), sample.end(), copy.begin());
        kept = {copy.data(), copy.size()};
    }
    const auto kept = memory.array<Figures>(metrics.size());
    std::copy(metrics.begin(), metrics.end(), kept.begin());
    out.metrics = kept;
    out.samples = samples;
    return true;
}

bool take_levels(std::string_view& in, std::size_t dividing, FigureMemory& memory, CellFigures& out) {
    std::uint64_t count = 0;
    if (!take(in, count) || count != dividing) return false;
    const auto levels = memory.array<std::optional<std::string_view>>(dividing);
    for (auto& level : levels) {
        bool any = false;
        if (!take_flag(in, any) || (any && !take_text(in, level.emplace()))) return false;
    }
    out.levels = levels;
    return true;
}

bool take_cell_metrics(std::string_view& in, FigureMemory& memory, std::size_t n, CellFigures& out) {
    std::uint64_t count = 0;
    if (!take(in, count) || count != n) return false;
    const auto metrics = memory.array<Figures>(n);
    out.metrics = metrics;
    return std::all_of(metrics.begin(), metrics.end(), [&](Figures& one) { return take_figures(in, memory, one); });
}

bool take_cells(std::string_view& in, std::size_t dividing, FigureMemory& memory, TableFigures& out) {
    bool whole = false;
    std::uint64_t count = 0;
    if (!take_flag(in, out.overflowed) || !take_flag(in, whole) || !take_count(in, count, 7) ||
        count > TableProfile::most_cells || (whole && count != 1))
        return false;
    const auto cells = memory.array<CellFigures>(count);
    out.cells = cells;
    for (CellFigures& cell : cells) {
        std::uint64_t key = 0;
        if (!take_word(in, key) || !take_levels(in, dividing, memory, cell) || !take_counts(in, cell.rows))
            return false;
        cell.metrics = out.metrics;
        if (!whole && !take_cell_metrics(in, memory, out.metrics.size(), cell)) return false;
    }
    return true;
}

struct TableHead {
    std::string_view name, rest;
};

/// The table that a plan speaks of: the one at its place if names agree, else the first of that name.
std::optional<TableHead> choose_table(std::string_view& in, std::size_t index, std::string_view name, bool& found) {
    std::uint64_t count = 0;
    if (!take_count(in, count, sizeof(std::uint64_t))) return std::nullopt;
    TableHead best;
    for (std::size_t i = 0; i < count; ++i) {
        TableHead head;
        if (!take_sized(in, head.rest) || !take_text(head.rest, head.name)) return std::nullopt;
        if (head.name != name || (found && i != index)) continue;
        best = head;
        found = true;
    }
    return best;
}

bool take_table(std::string_view in, std::size_t n_columns, FigureMemory& memory, TableFigures& out, bool& fits) {
    std::int32_t kind = 0;
    bool exact = false;
    std::uint64_t count = 0;
    std::size_t dividing = 0;
    if (!take(in, kind) || !take_flag(in, exact) || !take_counts(in, out.rows) || !take_count(in, count, 16))
        return false;
    fits = count == n_columns;
    if (!fits) return true;
    if (!take_columns(in, n_columns, memory, out, dividing) || !take_cells(in, dividing, memory, out)) return false;
    out.column_cap = exact ? stats::Values::no_cap : stats::Values::column_cap;
    out.cell_cap = TableProfile::cell_cap(exact, out.rows.ok, out.metrics.size());
    return true;
}

} // namespace

FiguresRead read_figures(std::string_view partial, std::size_t index, std::string_view name, std::size_t n_columns,
                         FigureMemory& memory, TableFigures& out) {
    if (partial.empty()) return FiguresRead::no_table;
    auto body = body_of(partial);
    bool found = false, fits = false;
    if (!body || !take_tag(*body, tag)) return FiguresRead::damaged;
    const auto table = choose_table(*body, index, name, found);
    if (!table) return FiguresRead::damaged;
    if (!found) return FiguresRead::no_table;
    if (!take_table(table->rest, n_columns, memory, out, fits)) return FiguresRead::damaged;
    return fits ? FiguresRead::found : FiguresRead::no_table;
}

std::vector<stats::Sample<double>::Entry> sample_of(std::string_view saved) {
    stats::Sample<double> sample;
    if (!saved.empty() && !decode(saved, sample)) throw BadState{"a saved sample is damaged"};
    return sample.sorted();
}

} // namespace assay
