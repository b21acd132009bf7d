#include "claims.hpp"
#include <assay/cell.hpp>

namespace assay::markdown {
namespace {

constexpr std::size_t batch_rows = 4096, chunk_rows = 65536, sample_rows = 1024;

/// The section's column, named so that no column of the table has its name.
std::string section_name(const PipeTable& table) {
    std::string name = "section";
    while (std::find(table.columns.begin(), table.columns.end(), name) != table.columns.end()) name += "_";
    return name;
}

std::vector<Field> fields_of(const PipeTable& table) {
    std::vector<Field> fields;
    for (const auto& name : table.columns) fields.push_back({.name = name, .untyped = true});
    if (!table.section.empty()) fields.push_back({.name = section_name(table), .document_scope = true});
    return fields;
}

std::int32_t type_of(std::string_view text, const assay_cell_format& format) {
    if (cell::truth(text)) return ASSAY_TYPE_BOOL;
    if (cell::integer(text, format)) return ASSAY_TYPE_INT;
    if (cell::number(text, format)) return ASSAY_TYPE_FLOAT;
    return cell::time(text) ? ASSAY_TYPE_TIME : ASSAY_TYPE_TEXT;
}

bool put(ColumnBuilder& cells, std::string_view text, const assay_cell_format& format) {
    switch (cells.type()) {
    case Type::text: cells.text(text); return true;
    case Type::boolean:
        if (const auto value = cell::truth(text)) return cells.boolean(*value), true;
        return false;
    case Type::integer:
        if (const auto value = cell::integer(text, format)) return cells.integer(*value), true;
        return false;
    case Type::real:
        if (const auto value = cell::number(text, format)) return cells.real(*value), true;
        return false;
    case Type::time:
        if (const auto value = cell::time(text)) return cells.time(value->microseconds), true;
        return false;
    }
    return false;
}

class Writer {
  public:
    Writer(const PipeTable& table, assay_table_sink& sink) : table_{table}, sink_{sink} {}

    void run() {
        begin();
        const auto planned = assay::columns(*plan_);
        for (std::size_t first = 0; first < table_.rows.size(); first += batch_rows) {
            std::vector<ColumnBuilder> columns;
            for (const assay_column& column : planned) columns.emplace_back(static_cast<Type>(column.type));
            const std::size_t end = std::min(table_.rows.size(), first + batch_rows);
            for (std::size_t row = first; row < end; ++row) add(row, columns);
            send(columns, first, end);
        }
        detail::ErrorText error;
        error.check(sink_.end(&sink_, &error.error));
    }

  private:
    void begin() {
        const auto fields = fields_of(table_);
        std::vector<ArrowArray> arrays;
        const std::size_t rows = std::min(table_.rows.size(), sample_rows);
        for (std::size_t c = 0; c < fields.size(); ++c) {
            ColumnBuilder cells{Type::text};
            for (std::size_t row = 0; row < rows; ++row) {
                const std::string_view text = cell_at(row, c);
                if (text.empty())
                    cells.null();
                else
                    cells.text(text);
            }
            arrays.push_back(cells.finish());
        }
        ArrowArray sample = make_batch(std::move(arrays), static_cast<std::int64_t>(rows));
        ArrowSchema schema = make_schema(fields);
        detail::ErrorText error;
        const int code =
            sink_.begin(&sink_, to_abi(table_.name), ASSAY_TABLE_CLAIMS, &schema, &sample, &plan_, &error.error);
        schema.release(&schema);
        sample.release(&sample);
        error.check(code);
    }
    std::string_view cell_at(std::size_t row, std::size_t column) const {
        return column < table_.columns.size() ? std::string_view{table_.rows[row][column]} : table_.section;
    }
    void add(std::size_t row, std::vector<ColumnBuilder>& columns) {
        const auto planned = assay::columns(*plan_);
        for (std::size_t c = 0; c < columns.size(); ++c) {
            const std::string_view text = cell_at(row, c);
            if (cell::is_missing(text)) {
                columns[c].null();
            } else if (!put(columns[c], text, planned[c].format)) {
                columns[c].null();
                const int code =
                    sink_.misfit(&sink_, c, type_of(text, planned[c].format), table_.lines[row], to_abi(text));
                if (code != ASSAY_OK) throw HostStopped{code, "stopped", "the host asked to stop"};
            }
        }
    }
    void send(std::vector<ColumnBuilder>& columns, std::size_t first, std::size_t end) {
        std::vector<ArrowArray> arrays;
        for (auto& column : columns) arrays.push_back(column.finish());
        ArrowArray batch = make_batch(std::move(arrays), static_cast<std::int64_t>(end - first));
        detail::ErrorText error;
        error.check(sink_.batch(&sink_, &batch, first / chunk_rows, table_.lines.data() + first, &error.error));
    }

    const PipeTable& table_;
    assay_table_sink& sink_;
    const assay_table* plan_ = nullptr;
};

} // namespace

void send(const PipeTable& table, Sink& out) { Writer{table, out.raw()}.run(); }

} // namespace assay::markdown
