#include "claims/kept.hpp"
#include <algorithm>
#include <assay/bytes.hpp>
#include <tuple>

namespace assay::claims {

namespace {

Cell cell_of(const ColumnView& column, std::size_t row) {
    if (column.is_null(row)) return {};
    switch (column.type()) {
    case Type::text: return std::string{column.text(row)};
    case Type::boolean: return std::string{column.boolean(row) ? "true" : "false"};
    default: return column.number(row);
    }
}

std::uint64_t bytes_of(const Cell& cell) {
    const auto* text = std::get_if<std::string>(&cell);
    return text ? 8 + text->size() : 8;
}

void put(ByteWriter& out, const Cell& cell) {
    out.put(static_cast<std::uint8_t>(cell.index()));
    if (const auto* number = std::get_if<double>(&cell)) out.put(*number);
    if (const auto* text = std::get_if<std::string>(&cell)) out.put(*text);
}

Cell get(ByteReader& in) {
    switch (in.get<std::uint8_t>()) {
    case 1: return in.get<double>();
    case 2: return std::string{in.text()};
    default: return {};
    }
}

void put(ByteWriter& out, const KeptTable& table) {
    out.put(table.name).put(table.kind).put(table.bytes).put(table.n_rows);
    out.put(static_cast<std::uint64_t>(table.columns.size()));
    for (const auto& c : table.columns) {
        out.put(c.name).put(c.unit).put(c.type).put(c.role).put(c.direction);
        out.put(c.aggregate).put(c.dimension).put(c.document_scope);
    }
    out.put(static_cast<std::uint64_t>(table.rows.size()));
    for (const auto& row : table.rows) {
        out.put(row.chunk).put(row.index).put(row.line).put(row.status);
        for (const auto& cell : row.cells) put(out, cell);
    }
}

KeptTable get_table(ByteReader& in) {
    KeptTable table;
    table.name = in.text();
    table.kind = in.get<std::int32_t>();
    table.bytes = in.get<std::uint64_t>();
    table.n_rows = in.get<std::uint64_t>();
    table.columns.resize(in.count(28));
    for (auto& c : table.columns) {
        c.name = in.text();
        c.unit = in.text();
        c.type = in.get<std::int32_t>();
        c.role = in.get<std::int32_t>();
        c.direction = in.get<std::int32_t>();
        c.aggregate = in.get<bool>();
        c.dimension = in.get<bool>();
        c.document_scope = in.get<bool>();
    }
    table.rows.resize(in.count(25 + table.columns.size()));
    for (auto& row : table.rows) {
        row.chunk = in.get<std::uint64_t>();
        row.index = in.get<std::uint64_t>();
        row.line = in.get<std::uint64_t>();
        row.status = in.get<std::uint8_t>();
        for (std::size_t i = 0; i < table.columns.size() && in.ok(); ++i) row.cells.push_back(get(in));
    }
    return table;
}

} // namespace

void KeptTable::add(const Batch& batch) {
    n_rows += batch.rows();
    for (std::size_t r = 0; r < batch.rows(); ++r) {
        KeptRow row{batch.chunk(), batch.first_row() + r, batch.line(r), batch.status()[r], {}};
        if (row.line == ASSAY_UNKNOWN) row.line = 0;
        for (std::size_t c = 0; c < columns.size(); ++c) {
            // Past the limit the rows are counted only: text is not copied for nothing.
            if (bytes > most_bytes) {
                bytes += 8;
                continue;
            }
            row.cells.push_back(cell_of(batch.column(c), r));
            bytes += bytes_of(row.cells.back());
        }
        if (bytes <= most_bytes) rows.push_back(std::move(row));
    }
    bound();
}

void KeptTable::bound() {
    if (bytes <= most_bytes) return;
    bytes = most_bytes + 1; // how much too large depends on where it was cut
    rows.clear();
    rows.shrink_to_fit();
}

void Kept::merge(Kept other) {
    nodes.insert(nodes.end(), std::make_move_iterator(other.nodes.begin()), std::make_move_iterator(other.nodes.end()));
    std::stable_sort(nodes.begin(), nodes.end(), [](const auto& a, const auto& b) { return a.line < b.line; });
    for (auto& theirs : other.tables) {
        auto mine = std::find_if(tables.begin(), tables.end(), [&](const auto& t) { return t.name == theirs.name; });
        if (mine == tables.end()) {
            tables.push_back(std::move(theirs));
            continue;
        }
        mine->bytes += theirs.bytes;
        mine->n_rows += theirs.n_rows;
        mine->rows.insert(mine->rows.end(), std::make_move_iterator(theirs.rows.begin()),
                          std::make_move_iterator(theirs.rows.end()));
        std::sort(mine->rows.begin(), mine->rows.end(),
                  [](const auto& a, const auto& b) { return std::tie(a.chunk, a.index) < std::tie(b.chunk, b.index); });
        mine->bound();
    }
}

void add_nodes(const Batch& batch, std::vector<KeptNode>& nodes) {
    // index, type, level, line, text, info, section: see the Markdown parser.
    const auto text = [&](std::size_t column, std::size_t row) {
        const ColumnView view = batch.column(column);
        return view.is_null(row) ? std::string{} : std::string{view.text(row)};
    };
    const auto number = [&](std::size_t column, std::size_t row) {
        const ColumnView view = batch.column(column);
        return view.is_null(row) ? std::int64_t{0} : view.integer(row);
    };
    for (std::size_t r = 0; r < batch.rows(); ++r)
        nodes.push_back(
            {text(1, r), text(4, r), text(5, r), text(6, r), number(2, r), static_cast<std::uint64_t>(number(3, r))});
}

void encode(std::string& out, const Kept& kept) {
    ByteWriter writer{out};
    writer.put(static_cast<std::uint64_t>(kept.nodes.size()));
    for (const auto& n : kept.nodes) writer.put(n.type).put(n.text).put(n.info).put(n.section).put(n.level).put(n.line);
    writer.put(static_cast<std::uint64_t>(kept.tables.size()));
    for (const auto& table : kept.tables) put(writer, table);
}

std::optional<Kept> decode(std::string_view bytes) {
    ByteReader in{bytes};
    Kept kept;
    kept.nodes.resize(in.count(48));
    for (auto& n : kept.nodes) {
        n.type = in.text();
        n.text = in.text();
        n.info = in.text();
        n.section = in.text();
        n.level = in.get<std::int64_t>();
        n.line = in.get<std::uint64_t>();
    }
    const auto tables = in.count(36);
    for (std::uint64_t i = 0; i < tables && in.ok(); ++i) kept.tables.push_back(get_table(in));
    if (!in.at_end()) return std::nullopt;
    return kept;
}

std::optional<Kept> read_partial(std::string_view partial) {
    for (int line = 0; line < 2; ++line) {
        const auto end = partial.find('\n');
        if (end == partial.npos) return std::nullopt;
        partial.remove_prefix(end + 1);
    }
    return decode(partial);
}

} // namespace assay::claims
