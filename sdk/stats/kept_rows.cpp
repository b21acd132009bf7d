#include <algorithm>
#include <assay/kept_rows.hpp>
#include <assay/stats/bytes.hpp>
#include <assay/stats/sample.hpp>
#include <cmath>
#include <tuple>

namespace assay {

namespace {

using stats::put, stats::take;

constexpr std::size_t entry_weight = 8; ///< of a row beside its cells

std::uint64_t zigzag(std::int64_t value) {
    return (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63);
}
std::int64_t unzigzag(std::uint64_t value) {
    return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
}

std::string_view cut_text(std::string_view text) {
    if (text.size() <= KeptRows::text_limit) return text;
    std::size_t end = KeptRows::text_limit;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80) --end; // not within a character
    return text.substr(0, end);
}

void put_kept_cell(std::string& out, const ColumnView& column, std::size_t row) {
    switch (column.type()) {
    case Type::boolean: return put(out, static_cast<std::uint8_t>(column.boolean(row)));
    case Type::integer:
    case Type::time: return put(out, zigzag(column.integer(row)));
    case Type::real: return put(out, column.real(row));
    case Type::text: return put(out, cut_text(column.text(row)));
    }
}

bool take_kept_cell(std::string_view& in, KeptCell& out) {
    std::uint8_t truth = 0;
    std::uint64_t whole = 0, size = 0;
    switch (out.type) {
    case Type::boolean:
        if (!take(in, truth)) return false;
        out.integer = truth;
        return true;
    case Type::integer:
    case Type::time:
        if (!take(in, whole)) return false;
        out.integer = unzigzag(whole);
        return true;
    case Type::real: return take(in, out.real);
    case Type::text:
        if (!take(in, size) || size > in.size()) return false;
        out.text = in.substr(0, size);
        in.remove_prefix(size);
        return true;
    }
    return false;
}

struct Heading {
    std::string name;
    std::int32_t kind = 0;
    std::vector<std::pair<std::string, Type>> columns;
    std::uint64_t content = 0, n_seen = 0, end_key = 0, n_rows = 0;
};

bool take_heading(std::string_view& in, Heading& out) {
    std::uint64_t n = 0;
    if (!stats::take_tag(in, "KRW1") || !take(in, out.name) || !take(in, out.kind) || !stats::take_count(in, n, 2))
        return false;
    out.columns.reserve(n);
    for (std::uint64_t i = 0; i < n; ++i) {
        std::uint8_t type = 0;
        auto& [name, kind] = out.columns.emplace_back();
        if (!take(in, name) || !take(in, type) || type > static_cast<std::uint8_t>(Type::time)) return false;
        kind = static_cast<Type>(type);
    }
    return take(in, out.content) && take(in, out.n_seen) && take(in, out.end_key) &&
           stats::take_count(in, out.n_rows, 5);
}

bool take_row(std::string_view& in, KeptRow& row, std::string_view& cells) {
    std::uint64_t line = 0, size = 0;
    if (!take(in, row.at.chunk) || !take(in, row.at.row) || !take(in, line) || !take(in, row.status) ||
        !take(in, size) || size > in.size())
        return false;
    row.line = line - 1; // 0: not known
    cells = in.substr(0, size);
    in.remove_prefix(size);
    return true;
}

bool read_cells(std::string_view in, const Heading& heading, KeptCell* out) {
    const std::size_t n = heading.columns.size(), mask_size = (n + 7) / 8;
    if (in.size() < mask_size) return false;
    const std::string_view mask = in.substr(0, mask_size);
    in.remove_prefix(mask_size);
    for (std::size_t c = 0; c < n; ++c) {
        KeptCell& cell = out[c];
        cell.type = heading.columns[c].second;
        cell.present = (static_cast<unsigned>(static_cast<unsigned char>(mask[c / 8])) >> (c % 8) & 1U) != 0;
        if (cell.present && !take_kept_cell(in, cell)) return false;
    }
    return in.empty();
}

} // namespace

std::optional<double> KeptCell::number() const {
    if (!present) return std::nullopt;
    if (type == Type::integer) return static_cast<double>(integer);
    return type == Type::real && std::isfinite(real) ? std::optional{real} : std::nullopt;
}

std::size_t KeptRows::find(std::string_view column) const {
    const auto found = std::find(columns.begin(), columns.end(), column);
    return found == columns.end() ? SIZE_MAX : static_cast<std::size_t>(found - columns.begin());
}

std::optional<std::vector<KeptRows>> read_kept_rows(std::string_view partial) {
    std::vector<KeptRows> tables;
    if (partial.empty()) return tables;
    const auto id_end = partial.find('\n');
    constexpr std::string_view provides = "rows/1\n";
    if (id_end == std::string_view::npos || !partial.substr(id_end + 1).starts_with(provides)) return std::nullopt;
    partial.remove_prefix(id_end + 1 + provides.size());
    std::uint64_t n = 0;
    if (!take(partial, n)) return std::nullopt;
    while (tables.size() < n) {
        KeptRows& table = tables.emplace_back();
        std::uint64_t size = 0;
        if (!take(partial, size) || size > partial.size()) return std::nullopt;
        table.bytes = partial.substr(0, size);
        partial.remove_prefix(size);
        std::string_view in = table.bytes;
        Heading heading;
        if (!take_heading(in, heading)) return std::nullopt;
        table.name = std::move(heading.name);
        table.kind = heading.kind;
        table.n_seen = heading.n_seen;
        table.rows.resize(heading.n_rows);
        const std::size_t width = heading.columns.size();
        table.cells.resize(heading.n_rows * width);
        std::string_view cells;
        for (std::uint64_t i = 0; i < heading.n_rows; ++i)
            if (!take_row(in, table.rows[i], cells) || !read_cells(cells, heading, table.cells.data() + i * width))
                return std::nullopt;
        table.columns.reserve(width);
        for (auto& column : heading.columns) table.columns.push_back(std::move(column.first));
        if (!in.empty()) return std::nullopt;
    }
    if (!partial.empty()) return std::nullopt;
    return tables;
}

KeptRowsFold::KeptRowsFold(const assay_table& table, std::uint64_t content_hash, std::size_t most_bytes)
    : budget{most_bytes}, name{view(table.name)}, kind{table.kind}, content{content_hash} {
    for (const assay_column& column : assay::columns(table))
        columns.emplace_back(view(column.name), static_cast<Type>(column.type));
}

void KeptRowsFold::update(const Batch& batch) {
    n_seen += batch.rows();
    std::vector<ColumnView> values;
    values.reserve(columns.size());
    for (std::size_t c = 0; c < columns.size(); ++c) values.push_back(batch.column(c));
    constexpr std::size_t usual = 8; // bytes of a cell
    const std::size_t room = std::min(batch.rows() * columns.size() * usual, 2 * budget);
    if (bytes.empty()) bytes.reserve(room), entries.reserve(room / (columns.size() * usual + 1));
    for (std::size_t row = 0; row < batch.rows(); ++row) {
        const std::uint64_t key = stats::sample_key(content, {batch.chunk(), batch.first_row() + row});
        if (key < end_key) add(batch, values, row, key);
    }
}

void KeptRowsFold::add(const Batch& batch, std::span<const ColumnView> values, std::size_t row, std::uint64_t key) {
    const std::size_t offset = bytes.size();
    bytes.append((columns.size() + 7) / 8, '\0');
    for (std::size_t c = 0; c < values.size(); ++c) {
        const ColumnView& column = values[c];
        if (column.is_null(row)) continue;
        bytes[offset + c / 8] = static_cast<char>(bytes[offset + c / 8] | 1 << (c % 8));
        put_kept_cell(bytes, column, row);
    }
    const std::size_t size = bytes.size() - offset;
    entries.push_back(
        {key, {{batch.chunk(), batch.first_row() + row}, batch.line(row), batch.status()[row]}, offset, size});
    weight += size + entry_weight;
    if (weight > 2 * budget) cut(); // twice as much, so that it is seldom done
}

/// By key, those before the first that does not fit.
void KeptRowsFold::cut() {
    if (weight <= budget) return;
    std::sort(entries.begin(), entries.end(),
              [](const Entry& a, const Entry& b) { return std::tie(a.key, a.row.at) < std::tie(b.key, b.row.at); });
    std::string kept;
    std::size_t n = 0;
    weight = 0;
    for (; n < entries.size() && weight + entries[n].size + entry_weight <= budget; ++n) {
        Entry& entry = entries[n];
        weight += entry.size + entry_weight;
        kept.append(bytes, entry.offset, entry.size);
        entry.offset = kept.size() - entry.size;
    }
    if (n < entries.size()) end_key = entries[n].key;
    entries.resize(n);
    bytes = std::move(kept);
}

bool KeptRowsFold::merge(const KeptRowsFold& other) {
    if (name != other.name || kind != other.kind || columns != other.columns || content != other.content) return false;
    n_seen += other.n_seen;
    end_key = std::min(end_key, other.end_key);
    for (const Entry& entry : other.entries) {
        entries.push_back(entry);
        entries.back().offset = bytes.size();
        bytes.append(other.bytes, entry.offset, entry.size);
        weight += entry.size + entry_weight;
    }
    std::erase_if(entries, [&](const Entry& entry) {
        if (entry.key < end_key) return false;
        weight -= entry.size + entry_weight;
        return true;
    });
    cut();
    return true;
}

void encode(std::string& out, const KeptRowsFold& fold) {
    const auto in_order = [](auto& a, auto& b) { return a.row.at < b.row.at; };
    if (fold.weight > fold.budget || !std::is_sorted(fold.entries.begin(), fold.entries.end(), in_order)) {
        KeptRowsFold kept = fold;
        kept.cut();
        std::sort(kept.entries.begin(), kept.entries.end(), in_order);
        return put_kept(out, kept);
    }
    put_kept(out, fold); // as nearly all are
}

void put_kept(std::string& out, const KeptRowsFold& kept) {
    std::string body;
    body.reserve(kept.bytes.size() + 16 * kept.entries.size() + 32 * (kept.columns.size() + 2));
    stats::put_tag(body, "KRW1");
    put(body, std::string_view{kept.name});
    put(body, kept.kind);
    put(body, std::uint64_t{kept.columns.size()});
    for (const auto& [name, type] : kept.columns) {
        put(body, std::string_view{name});
        put(body, static_cast<std::uint8_t>(type));
    }
    put(body, kept.content);
    put(body, kept.n_seen);
    put(body, kept.end_key);
    put(body, std::uint64_t{kept.entries.size()});
    for (const auto& [key, row, offset, size] : kept.entries) {
        put(body, row.at.chunk);
        put(body, row.at.row);
        put(body, row.line + 1); // unknown: 0
        put(body, row.status);
        put(body, std::string_view{kept.bytes}.substr(offset, size));
    }
    put(out, std::string_view{body});
}

bool decode(std::string_view& in, KeptRowsFold& fold) {
    std::string body;
    Heading heading;
    std::string_view rest = in;
    if (!take(rest, body)) return false;
    std::string_view from = body;
    if (!take_heading(from, heading)) return false;
    KeptRowsFold read{fold.budget};
    read.name = std::move(heading.name);
    read.kind = heading.kind;
    read.columns = std::move(heading.columns);
    read.content = heading.content;
    read.n_seen = heading.n_seen;
    read.end_key = heading.end_key;
    std::string_view cells;
    for (std::uint64_t i = 0; i < heading.n_rows; ++i) {
        KeptRow row;
        if (!take_row(from, row, cells)) return false;
        read.entries.push_back({stats::sample_key(read.content, row.at), row, read.bytes.size(), cells.size()});
        read.bytes.append(cells);
        read.weight += cells.size() + entry_weight;
    }
    if (!from.empty()) return false;
    fold = std::move(read);
    in = rest;
    return true;
}

} // namespace assay
