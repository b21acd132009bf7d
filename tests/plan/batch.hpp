#pragma once
// Columns of text as Arrow batches, released with the object.
#include <assay/column.hpp>
#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace assay::test {

using Cells = std::vector<std::optional<std::string>>;

class Batch {
  public:
    explicit Batch(const std::vector<Cells>& columns) {
        std::vector<ArrowArray> arrays;
        for (const auto& cells : columns) {
            ColumnBuilder builder{Type::text};
            for (const auto& cell : cells)
                if (cell)
                    builder.text(*cell);
                else
                    builder.null();
            arrays.push_back(builder.finish());
        }
        array_ = make_batch(std::move(arrays), static_cast<std::int64_t>(columns.empty() ? 0 : columns[0].size()));
    }
    explicit Batch(std::vector<ArrowArray> columns, std::int64_t rows) : array_{make_batch(std::move(columns), rows)} {}
    ~Batch() { array_.release(&array_); }
    Batch(const Batch&) = delete;
    Batch& operator=(const Batch&) = delete;
    const ArrowArray& array() const { return array_; }
    ColumnView column(std::size_t index, Type type = Type::text) const { return {array_, index, type}; }

  private:
    ArrowArray array_{};
};

} // namespace assay::test

BOOST_TEST_DONT_PRINT_LOG_VALUE(assay::Type)
