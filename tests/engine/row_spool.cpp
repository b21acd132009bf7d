// Rows come back out of the spool as they went in, whatever their offsets, and side by side.
#include "engine/row_spool.hpp"
#include <boost/test/unit_test.hpp>
#include <filesystem>

using namespace assay;
using namespace assay::engine;

namespace {

std::vector<TableContent> tables_of(const std::vector<Type>& types) {
    plan::TablePlan plan;
    plan.name = "rows";
    for (const auto type : types) {
        plan.columns.emplace_back();
        plan.columns.back().name = "c" + std::to_string(plan.columns.size());
        plan.columns.back().type = type;
    }
    TableContent content;
    content.plan = std::make_shared<const plan::TablePlan>(std::move(plan));
    return {content};
}

std::string text_of(const assay_batch& batch, const std::vector<Type>& types) {
    std::string out;
    for (std::size_t row = 0; row < static_cast<std::size_t>(batch.rows->length); ++row) {
        out += std::to_string(batch.status[row]) + "/" + (batch.line ? std::to_string(batch.line[row]) : "-");
        for (std::size_t i = 0; i < types.size(); ++i) {
            const ColumnView column{*batch.rows, i, types[i]};
            out += column.is_null(row)      ? " null"
                   : types[i] == Type::text ? " '" + std::string{column.text(row)} + "'"
                                            : " " + std::to_string(column.number(row));
        }
        out += '\n';
    }
    return out;
}

/// Twenty rows with nulls, of which the last `rows` are kept by an offset in every column.
ArrowArray rows_at(std::int64_t offset, std::int64_t rows) {
    std::vector<ColumnBuilder> builders;
    for (const auto type : {Type::boolean, Type::integer, Type::real, Type::text}) builders.emplace_back(type);
    for (int i = 0; i < 20; ++i) {
        if (i % 3 == 0)
            for (auto& builder : builders) builder.null();
        else
            builders[0].boolean(i % 2 == 0), builders[1].integer(i), builders[2].real(i + 0.5),
                builders[3].text("t" + std::to_string(i));
    }
    std::vector<ArrowArray> columns;
    for (auto& builder : builders) columns.push_back(builder.finish());
    for (auto& column : columns) column.offset = offset, column.length = rows;
    return make_batch(std::move(columns), rows);
}

const std::vector<Type> four_types{Type::boolean, Type::integer, Type::real, Type::text};

} // namespace

BOOST_AUTO_TEST_SUITE(row_spool)

BOOST_AUTO_TEST_CASE(rows_come_back_as_they_went_in_from_any_offset) {
    const auto tables = tables_of(four_types);
    for (const std::int64_t offset : {0, 1, 7, 8, 11}) {
        RowSpool spool{std::filesystem::temp_directory_path().string()};
        ArrowArray rows = rows_at(offset, 9);
        const std::vector<std::uint8_t> status{0, 1, 2, 0, 1, 2, 0, 1, 2};
        const std::vector<std::uint64_t> line{2, 3, 4, 5, 6, 7, 8, 9, 10};
        const assay_batch with_lines{sizeof(assay_batch), &rows, status.data(), line.data(), 3, 40};
        const assay_batch without{sizeof(assay_batch), &rows, status.data(), nullptr, 4, 0};
        SpoolWriter writer{spool};
        writer.table_begin(0, *tables[0].plan);
        writer.batch(with_lines);
        writer.start_over();
        writer.table_begin(0, *tables[0].plan);
        writer.batch(with_lines);
        writer.batch(without);
        writer.table_end();
        const auto extents = decode_extents(encode(writer.finish()));
        std::string expected = text_of(with_lines, four_types) + text_of(without, four_types), found;
        std::vector<std::uint64_t> chunks;
        const SpoolTaker taker{[&](std::size_t place, const assay_table& table) {
                                   BOOST_TEST(place == 0U);
                                   BOOST_TEST(view(table.name) == "rows");
                                   return ASSAY_OK;
                               },
                               [&](const assay_batch& batch) {
                                   found += text_of(batch, four_types);
                                   chunks.insert(chunks.end(), {batch.chunk, batch.first_row});
                                   return ASSAY_OK;
                               },
                               [] { return ASSAY_OK; }};
        BOOST_TEST(take_rows(spool, extents, tables, taker) == ASSAY_OK);
        BOOST_TEST_CONTEXT("offset " << offset) BOOST_TEST(found == expected);
        BOOST_TEST((chunks == std::vector<std::uint64_t>{3, 40, 4, 0}));
        rows.release(&rows);
    }
}

BOOST_AUTO_TEST_CASE(bytes_that_no_writer_wrote_are_refused) {
    RowSpool spool{std::filesystem::temp_directory_path().string()};
    const auto tables = tables_of({Type::text});
    const SpoolTaker nobody{[](std::size_t, const assay_table&) { return ASSAY_OK; },
                            [](const assay_batch&) { return ASSAY_OK; }, [] { return ASSAY_OK; }};
    const auto taken = [&](const std::vector<std::uint64_t>& words) {
        const Extent extent = spool.append({reinterpret_cast<const char*>(words.data()), words.size() * 8});
        return take_rows(spool, {extent}, tables, nobody);
    };
    BOOST_TEST(taken({1, 8, 0, 3, 0}) == ASSAY_OK);
    BOOST_CHECK_THROW(taken({1, 8, 7}), std::runtime_error);                            // no such table
    BOOST_CHECK_THROW(taken({9, 0}), std::runtime_error);                               // no such entry
    BOOST_CHECK_THROW(taken({2, 8, 1}), std::runtime_error);                            // a batch without a table
    BOOST_CHECK_THROW(taken({1, 800, 0}), std::runtime_error);                          // longer than all there is
    BOOST_CHECK_THROW(taken({1, 8, 0, 2, 32, 1u << 30U, 0, 0, 0}), std::runtime_error); // too many rows
    BOOST_CHECK_THROW(taken({1, 8, 0, 2, 72, 1, 0, 0, 0, 0, 0, 5, 6ULL << 32U, 0}), std::runtime_error); // cut short
}

BOOST_AUTO_TEST_SUITE_END()
