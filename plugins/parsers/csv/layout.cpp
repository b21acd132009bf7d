#include "layout.hpp"
#include "dialect.hpp"
#include "documented_names.hpp"
#include <algorithm>
#include <assay/cell.hpp>
#include <assay/failure.hpp>
#include <map>

namespace assay::csv {

void Sample::add(const Record& record) {
    const std::size_t kept = std::min(record.count, max_columns + 1);
    records_.push_back({text_.size(), cells_.size(), record.count, record.size, record.line, record.offset,
                        record.ended, record.stray_quote});
    text_.append(record.text, record.size);
    text_.append(RecordReader::padding, '\0');
    cells_.insert(cells_.end(), record.cells, record.cells + kept);
}

Record Sample::record(std::size_t index) const {
    const Kept& kept = records_[index];
    return {text_.data() + kept.text,
            cells_.data() + kept.cells,
            kept.count,
            kept.line,
            kept.offset,
            static_cast<std::uint32_t>(kept.size),
            kept.ended,
            kept.stray_quote};
}

std::string_view Sample::cell(std::size_t index, std::size_t column) const {
    const Record found = record(index);
    return column < std::min(found.count, max_columns) ? found.cell(column) : std::string_view{};
}

void Sample::drop_front(std::size_t records) {
    records_.erase(records_.begin(), records_.begin() + static_cast<std::ptrdiff_t>(std::min(records, size())));
}

namespace {

/// What the cells of a column are, from record `first` on, but for those that are `except`: a header again.
struct Column {
    std::size_t values = 0, texts = 0;
    bool numeric() const { return values > 0 && values >= 9 * texts; }
};

Column look_at(const Sample& sample, std::size_t column, std::size_t first, std::string_view except = {}) {
    Column seen;
    const std::size_t last = std::min(sample.size(), first + 256);
    for (std::size_t i = first; i < last; ++i) {
        const std::string_view text = sample.cell(i, column);
        if (text != except && !cell::is_missing(text)) ++(looks_like_value(text) ? seen.values : seen.texts);
    }
    return seen;
}

/// `99%` above plain numbers is the name of a percentile.
bool names_percentile(const Sample& sample, std::size_t column, std::string_view top) {
    if (!cell::trim(top).ends_with('%')) return false;
    for (std::size_t i = 1; i < sample.size(); ++i)
        if (cell::trim(sample.cell(i, column)).ends_with('%')) return false;
    return true;
}

/// Evidence by column: a text above numbers is a name; a number above numbers is one of them.
bool has_header(const Sample& sample) {
    const std::size_t width = std::min(sample.width(0), max_columns);
    if (sample.size() == 1) {
        for (std::size_t c = 0; c < width; ++c)
            if (looks_like_value(sample.cell(0, c))) return false;
        return true;
    }
    std::size_t names = 0, values = 0;
    bool recurs = false;
    for (std::size_t c = 0; c < width; ++c) {
        const std::string_view top = sample.cell(0, c);
        if (cell::is_missing(top)) continue;
        if (look_at(sample, c, 1, top).numeric()) {
            ++(looks_like_value(top) && !names_percentile(sample, c, top) ? values : names);
        } else {
            // Below a header, no cell repeats it; the second record may, where files were joined.
            for (std::size_t i = 1; i < sample.size() && !recurs; ++i) recurs = sample.cell(i, c) == top;
        }
    }
    if (names + values > 0) return names > values;
    return !recurs;
}

/// Whether the record under the header names units: nothing in it is a value, while the columns below are numeric.
bool has_units_row(const Sample& sample, std::size_t row, std::size_t width) {
    if (row >= sample.size()) return false;
    std::size_t units = 0, known = 0, above_numbers = 0;
    for (std::size_t c = 0; c < width; ++c) {
        const std::string_view text = cell::trim(sample.cell(row, c));
        if (cell::is_missing(text)) continue;
        if (looks_like_value(text) || text.size() > 40) return false;
        const bool numeric = look_at(sample, c, row + 1).numeric();
        const bool is_known = is_known_unit(text);
        if (!is_known && !numeric && look_at(sample, c, row + 1).texts > 0) return false;
        ++units;
        known += is_known ? 1 : 0;
        above_numbers += numeric ? 1 : 0;
    }
    if (units == 0) return false;
    return row + 1 == sample.size() ? known == units : known > 0 || above_numbers == units;
}

/// The commonest number of cells of the data records; 0 where there are none.
std::size_t common_width(const Sample& sample, std::size_t first, std::size_t preferred) {
    std::map<std::size_t, std::size_t> times;
    for (std::size_t i = first; i < sample.size(); ++i) ++times[sample.width(i)];
    std::size_t best = 0, width = 0;
    for (const auto& [count, n] : times)
        if (n > best || (n == best && count == preferred)) best = n, width = count;
    return best * 10 >= (sample.size() - first) * 9 ? width : preferred;
}

bool last_cells_empty(const Sample& sample, std::size_t first, std::size_t width) {
    for (std::size_t i = first; i < sample.size(); ++i)
        if (sample.width(i) == width && !cell::trim(sample.cell(i, width - 1)).empty()) return false;
    return true;
}

/// Brings the header's width and the rows' together.
void settle_width(Layout& layout, const Sample& sample) {
    const std::size_t rows = common_width(sample, layout.first_row, layout.width());
    const bool any_rows = layout.first_row < sample.size();
    if (layout.header && layout.width() > 1 && layout.names.back().empty() &&
        (rows < layout.width() || last_cells_empty(sample, layout.first_row, layout.width()))) {
        layout.names.pop_back();
        layout.trailing = true;
    }
    layout.shortest = layout.width();
    if (!any_rows || rows == 0 || rows == layout.width()) return;
    if (rows < layout.width()) {
        layout.shortest = rows;
    } else if (last_cells_empty(sample, layout.first_row, rows) && rows == layout.width() + 1) {
        layout.trailing = true;
    } else {
        layout.row_names = rows == layout.width() + 1;
        if (layout.row_names) layout.names.insert(layout.names.begin(), "");
        layout.names.resize(rows);
        layout.shortest = rows;
    }
}

/// A name without line ends and control characters.
std::string one_line(std::string_view text) {
    std::string line{text};
    for (char& c : line)
        if ((c >= 0 && c < ' ') || c == 0x7F) c = ' ';
    return std::string{cell::trim(line)};
}

void check_width(std::size_t columns) {
    if (columns > max_columns)
        throw Failure{"too-many-columns", "records have " + std::to_string(columns) + " columns; at most " +
                                              std::to_string(max_columns) + " are read"};
}

} // namespace

Layout find_layout(const Sample& sample, Choice header, Choice units_row) {
    check_width(sample.width(0));
    Layout layout;
    layout.header = header == Choice::yes || (header == Choice::automatic && has_header(sample));
    layout.names.resize(layout.header ? sample.width(0) : common_width(sample, 0, sample.width(0)));
    for (std::size_t c = 0; layout.header && c < layout.width(); ++c) {
        layout.names[c] = one_line(sample.cell(0, c));
    }
    if (auto names = layout.header ? std::vector<std::string>{} : documented_names(sample, layout.width());
        !names.empty()) {
        layout.names = std::move(names);
        layout.documented = true;
    }
    layout.first_row = layout.header ? 1 : 0;
    layout.units_row = layout.header && layout.first_row < sample.size() &&
                       (units_row == Choice::yes ||
                        (units_row == Choice::automatic && has_units_row(sample, layout.first_row, layout.width())));
    if (layout.units_row) ++layout.first_row;
    check_width(common_width(sample, layout.first_row, layout.width()));
    settle_width(layout, sample);
    layout.units.resize(layout.width());
    for (std::size_t c = 0; layout.units_row && c < layout.width(); ++c) {
        const std::size_t from = layout.row_names && sample.width(1) < layout.width() ? c - 1 : c;
        layout.units[c] = to_ucum(sample.cell(1, from));
        if (layout.units[c] == "-") layout.units[c].clear();
    }
    return layout;
}

} // namespace assay::csv
