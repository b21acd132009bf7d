#include "engine/arrow_check.hpp"

namespace assay::engine {

namespace {

std::string problem_of_column(const ArrowArray& column, Type type, std::int64_t rows) {
    const std::int64_t buffers = type == Type::text ? 3 : 2;
    if (column.n_buffers != buffers || !column.buffers)
        return "has " + std::to_string(column.n_buffers) + " buffers, expected " + std::to_string(buffers);
    if (column.length != rows)
        return "has " + std::to_string(column.length) + " rows, its batch has " + std::to_string(rows);
    if (column.offset < 0 || column.n_children != 0 || column.dictionary) return "is not a plain column";
    if (rows == 0) return {};
    if (column.null_count > 0 && !column.buffers[0]) return "has nulls and no validity bits";
    if (!column.buffers[1]) return "has no values";
    if (type != Type::text) return {};
    const auto* offsets = static_cast<const std::int32_t*>(column.buffers[1]) + column.offset;
    if (offsets[0] < 0) return "has a negative text offset";
    for (std::int64_t row = 0; row < rows; ++row)
        if (offsets[row + 1] < offsets[row]) return "has text offsets that go back at row " + std::to_string(row);
    if (offsets[rows] > offsets[0] && !column.buffers[2]) return "has text offsets and no text";
    return {};
}

} // namespace

std::string problem_of(const ArrowArray& batch, std::span<const Type> types) {
    if (!batch.release) return "the batch was released already";
    if (batch.n_children != static_cast<std::int64_t>(types.size()) || (batch.n_children > 0 && !batch.children))
        return "the batch has " + std::to_string(batch.n_children) + " columns, the table has " +
               std::to_string(types.size());
    if (batch.length < 0 || batch.length > most_batch_rows)
        return "the batch has " + std::to_string(batch.length) + " rows; at most " + std::to_string(most_batch_rows) +
               " are taken";
    if (batch.offset != 0) return "the batch begins at an offset";
    for (std::size_t i = 0; i < types.size(); ++i) {
        if (!batch.children[i]) return "column " + std::to_string(i) + " is null";
        const auto problem = problem_of_column(*batch.children[i], types[i], batch.length);
        if (!problem.empty()) return "column " + std::to_string(i) + " " + problem;
    }
    return {};
}

} // namespace assay::engine
