// Grid: which cells of a sweep were not measured, and what failed.
#include "gaps/design.hpp"
#include "gaps/family.hpp"
#include "gaps/wording.hpp"
#include <algorithm>
#include <array>

namespace assay::gaps {

namespace {

// ---- N4

std::string say_incomplete_grid(const Group& group, double) {
    return k_of_n(group, "cells of the grid") + " hold no measurement: " + most_frequent(group, 20);
}

Severity grade_incomplete_grid(const Group& group) {
    return group.k * 10 > group.n ? Severity::high : Severity::medium;
}

const Rule incomplete_grid{.id = "N4",
                           .slug = "incomplete-grid",
                           .severity = Severity::medium,
                           .definition =
                               "A table holds most combinations of its parameters' levels, but some failed or "
                               "were never run; high above a tenth.",
                           .fix = "Run the missing cells again, or leave their levels out of every comparison.",
                           .looks_at = "tables that hold two thirds of the combinations of their parameters",
                           .statement = say_incomplete_grid,
                           .answer = Answer::missing,
                           .grade = grade_incomplete_grid};

using Cell = std::vector<std::uint32_t>; ///< a level of each parameter, by its place among its dimension's

struct Grid {
    std::vector<std::string> names;  ///< of the parameters that vary
    std::vector<std::size_t> places; ///< theirs, among the dataset's dimensions
    std::vector<std::set<std::uint32_t>> levels;
    std::map<Cell, RowCounts> seen;
    const data::Dataset* dataset = nullptr;
    std::uint64_t size = 1;

    const Level& level(const Cell& cell, std::size_t i) const { return dataset->dimensions[places[i]].levels[cell[i]]; }
    std::string text(const Cell& cell) const {
        std::string out;
        for (std::size_t i = 0; i < names.size(); ++i)
            out += (i > 0 ? ", " : "") + names[i] + "=" + level(cell, i).value_or("(none)");
        return out;
    }
};

/// Of the cells of one table. Not a grid: fewer than two parameters, or a third of the combinations never tried - then
/// parameters go with each other, and what is not there was not meant to be.
std::optional<Grid> grid_of(const DatasetView& view, const data::Source& source) {
    const auto parts = view.dataset->parts_of(source);
    Grid grid;
    grid.dataset = view.dataset;
    for (std::size_t d = 0; d < view.dataset->dimensions.size(); ++d) {
        const auto& dimension = view.dataset->dimensions[d];
        if (!dimension.in_table || is_repeat(dimension.name)) continue;
        std::set<std::uint32_t> levels;
        for (const auto& part : parts) levels.insert(part.levels[d]);
        if (levels.size() < 2) continue;
        if (grid.size > 3 * parts.size()) return std::nullopt;
        grid.size *= levels.size();
        grid.names.push_back(dimension.name);
        grid.places.push_back(d);
        grid.levels.push_back(std::move(levels));
    }
    for (const auto& part : parts) {
        Cell cell;
        for (const auto d : grid.places) cell.push_back(part.levels[d]);
        grid.seen[std::move(cell)].add(part.rows);
    }
    if (grid.names.size() < 2 || grid.size < 6 || grid.seen.size() * 3 < grid.size * 2) return std::nullopt;
    return grid;
}

/// The first failed row with these levels; SIZE_MAX where it was not kept.
std::size_t failed_row(const TableView& table, const Grid& grid, const Cell& cell) {
    if (table.rows == nullptr) return SIZE_MAX;
    std::vector<std::size_t> columns;
    for (const auto& name : grid.names) columns.push_back(table.rows->find(name));
    for (std::size_t row = 0; row < table.rows->rows.size(); ++row) {
        if (table.rows->rows[row].status != ASSAY_ROW_FAILED) continue;
        bool same = true;
        for (std::size_t i = 0; same && i < columns.size(); ++i)
            same = columns[i] != SIZE_MAX &&
                   text_of(table.rows->cell(row, columns[i])) == grid.level(cell, i).value_or("");
        if (same) return row;
    }
    return SIZE_MAX;
}

/// All combinations of levels that no row has.
std::vector<Cell> cells_not_run(const Grid& grid) {
    std::vector<Cell> all{{}};
    for (const auto& levels : grid.levels) {
        std::vector<Cell> longer;
        for (const Cell& cell : all)
            for (const auto level : levels) {
                longer.push_back(cell);
                longer.back().push_back(level);
            }
        all = std::move(longer);
    }
    std::erase_if(all, [&](const Cell& cell) { return grid.seen.contains(cell); });
    return all;
}

void look_at_grid(const DatasetView& view, const data::Source& source, Hits& hits) {
    const auto grid = grid_of(view, source);
    if (!grid) return;
    const auto measured = [](const auto& cell) { return cell.second.ok > 0; };
    // Where nothing was measured at all failed runs tell it.
    if (std::none_of(grid->seen.begin(), grid->seen.end(), measured)) return;
    const std::string& title = view.dataset->title;
    const std::string in = view.dataset->sources.size() > 1 ? source.path + ": " : "";
    hits.looked(incomplete_grid, title, grid->size);
    const auto not_run = cells_not_run(*grid);
    if (not_run.empty() && std::all_of(grid->seen.begin(), grid->seen.end(), measured)) return;
    const auto at = view.member(source);
    for (const auto& [cell, rows] : grid->seen) {
        if (rows.ok > 0) continue;
        const std::size_t row = failed_row(*at.table, *grid, cell);
        const std::string error = row == SIZE_MAX ? "" : error_of(*at.table, row);
        hits.add(incomplete_grid, {title, row == SIZE_MAX ? at.artifact->file() : at.artifact->row(*at.table, row, {}),
                                   1, in + grid->text(cell) + (error.empty() ? " (failed)" : " (" + error + ")"), 1});
    }
    for (const Cell& cell : not_run)
        hits.add(incomplete_grid,
                 {title, at.artifact->file(grid->text(cell)), 1, in + grid->text(cell) + " (never run)"});
}

// ---- N6

constexpr std::string_view all_of_it = "all of ";

std::string say_failures(const Group& group, double) {
    std::uint64_t whole = 0;
    for (const auto& [detail, times] : group.details) whole += detail.starts_with(all_of_it) ? 1U : 0U;
    return k_of_n(group, "rows") + " failed" +
           (whole > 0 ? ", and " + counted(whole, "file holds", "files hold") + " nothing else" : "") + ": " +
           most_frequent(group, 8);
}

/// A share of a few rows says little.
Severity grade_failures(const Group& group) { return group.n < 4 ? Severity::medium : by_share(group); }

const Rule failures{.id = "N6",
                    .slug = "failed-runs",
                    .severity = Severity::medium,
                    .definition = "Rows of a dataset failed. Files in which all failed are listed.",
                    .fix =
                        "Find why they failed and run them again; until then say how many failed beside every number.",
                    .looks_at = "data tables with rows",
                    .statement = say_failures,
                    .answer = Answer::missing,
                    .grade = grade_failures};

/// Rows without metrics that failed because their document did: the document's own row tells.
bool only_document_failed(const TableView& table) {
    if (!table.where<is_metric>().empty()) return false;
    bool inherited = false;
    for (const assay_column& column : table.columns) {
        if (column.role != ASSAY_ROLE_STATUS) continue;
        if (column.document_scope == 0) return false;
        inherited = true;
    }
    return inherited;
}

void look_at_failures(const Member& at, Hits& hits) {
    const TableView& table = *at.table;
    const RowCounts& rows = table.profile->rows;
    const std::uint64_t all = rows.ok + rows.failed + rows.suspect;
    if (all == 0 || only_document_failed(table)) return;
    hits.looked(failures, table.title, all);
    if (rows.failed == 0) return;
    const bool wholly = rows.failed == all;
    Evidence where = at.artifact->file();
    for (std::size_t row = 0; table.rows != nullptr && row < table.rows->rows.size(); ++row)
        if (table.rows->rows[row].status == ASSAY_ROW_FAILED) {
            where = at.artifact->row(table, row, {});
            where.excerpt = error_of(table, row);
            break;
        }
    hits.add(failures, {table.title, std::move(where), rows.failed,
                        (wholly ? std::string{all_of_it} : "part of ") + at.artifact->path, wholly ? 1.0 : 0.0});
}

void look_at_cells(const DatasetView& view, Hits& hits) {
    // A summary has the cells that its raw rows gave.
    const bool raw = std::any_of(view.dataset->metrics.begin(), view.dataset->metrics.end(),
                                 [](auto& metric) { return !metric.aggregate; });
    if (!raw || view.dataset->not_split) return;
    for (const auto& source : view.dataset->sources) look_at_grid(view, source, hits);
}

constexpr std::array grid_rules{&incomplete_grid, &failures};

} // namespace

const Family grid_family{
    .name = "Grid and failures", .rules = grid_rules, .table = look_at_failures, .dataset = look_at_cells};

} // namespace assay::gaps
