#include "engine/repeat_rows.hpp"
#include <assay/column.hpp>

namespace assay::engine {

namespace {

void copy_cell(ColumnBuilder& to, const ColumnView& from, std::size_t row) {
    if (from.is_null(row)) return to.null();
    switch (to.type()) {
    case Type::boolean: return to.boolean(from.boolean(row));
    case Type::integer: return to.integer(from.integer(row));
    case Type::time: return to.time(from.integer(row));
    case Type::real: return to.real(from.number(row));
    case Type::text: return to.text(from.text(row));
    }
}

ArrowArray repeated_column(const plan::TablePlan& plan, std::size_t column, const ArrowArray& written,
                           std::size_t first, std::size_t count) {
    ColumnBuilder to{plan.columns[column].type};
    std::vector<ColumnView> from;
    for (const auto source : plan.sources[column])
        from.emplace_back(written, source, plan.written->columns[source].type);
    for (std::size_t row = first; row < first + count; ++row)
        for (std::size_t k = 0; k < plan.repetitions.size(); ++k)
            if (from.empty())
                to.integer(plan.repetitions[k]);
            else
                copy_cell(to, from[from.size() == 1 ? 0 : k], row);
    return to.finish();
}

} // namespace

ArrowArray repeat_rows(const plan::TablePlan& plan, const ArrowArray& written, std::size_t first, std::size_t count) {
    std::vector<ArrowArray> columns;
    for (std::size_t i = 0; i < plan.columns.size(); ++i)
        columns.push_back(repeated_column(plan, i, written, first, count));
    return make_batch(std::move(columns), static_cast<std::int64_t>(count * plan.repetitions.size()));
}

} // namespace assay::engine
