#include "profile_bytes.hpp"
#include <algorithm>
#include <array>
#include <cstdlib>
#include <tuple>

namespace assay {

using namespace stats; // encode and decode of the accumulators
using namespace saved_profile;

namespace {

// Used by put_all and take_all before they are defined.
void encode(std::string& out, const Level&);
void encode(std::string& out, const NumberProfile&);
void encode(std::string& out, const ColumnProfile&);
void encode(std::string& out, const TableProfile&);
bool decode(std::string_view& in, Level&);
bool decode(std::string_view& in, NumberProfile&, ProfileDetail = ProfileDetail::all);
bool decode(std::string_view& in, ColumnProfile&, ProfileDetail);
bool decode(std::string_view& in, CellProfile&, bool whole);
bool decode(std::string_view& in, TableProfile&, ProfileDetail);

template <class Item> void put_all(std::string& out, const std::vector<Item>& items) {
    put(out, std::uint64_t{items.size()});
    for (const auto& item : items) encode(out, item);
}
template <class Item, class... How>
bool take_all(std::string_view& in, std::vector<Item>& items, std::size_t item_size, How... how) {
    std::uint64_t count = 0;
    if (!take_count(in, count, item_size)) return false;
    items.resize(count);
    return std::all_of(items.begin(), items.end(), [&](Item& item) { return decode(in, item, how...); });
}

void encode(std::string& out, const RowCounts& rows) {
    put(out, rows.ok), put(out, rows.failed), put(out, rows.suspect), put(out, rows.rejected);
}

void encode(std::string& out, const Extremes& extremes) {
    const Form form = form_of(extremes);
    put_form(out, form);
    if (form != Form::none) put_extreme(out, *extremes.extrema.min, extremes.min_line);
    if (form == Form::many) put_extreme(out, *extremes.extrema.max, extremes.max_line);
}

void encode(std::string& out, const FailedValues& failed) {
    put_flag(out, failed.min.has_value());
    if (!failed.min) return;
    put(out, *failed.min), put(out, *failed.max);
    encode(out, failed.moments);
}
/// Of columns alone nobody asks for moments.
bool take_moments(std::string_view& in, MomentTree& moments, ProfileDetail detail) {
    if (detail == ProfileDetail::all) return decode(in, moments);
    Moments passed_over;
    return MomentTree::decode_total(in, passed_over);
}
bool decode(std::string_view& in, FailedValues& failed, ProfileDetail detail) {
    bool any = false;
    if (!take_flag(in, any)) return false;
    if (!any) return true;
    failed.min.emplace(), failed.max.emplace();
    return take(in, *failed.min) && take(in, *failed.max) && take_moments(in, failed.moments, detail);
}

Form number_form(const NumberProfile& numbers) {
    if (!numbers.values.exact() || numbers.failed.min || numbers.n() > 1) return Form::many;
    if (numbers.n() == 0) return Form::none;
    double only = 0;
    numbers.values.each([&](double value, std::uint64_t) { only = value; });
    const bool told =
        form_of(numbers.extremes) == Form::one &&
        std::bit_cast<std::uint64_t>(numbers.extremes.extrema.min->value) == std::bit_cast<std::uint64_t>(only);
    return told ? Form::one : Form::many; // not of -0.0, which is 0.0 among the values
}

void encode(std::string& out, const NumberProfile& numbers) {
    const Form form = number_form(numbers);
    put_form(out, form);
    if (form != Form::many) {
        put(out, numbers.values.most());
        if (form == Form::one) encode(out, numbers.extremes);
        put(out, numbers.n_missing);
        return;
    }
    encode(out, numbers.moments);
    encode(out, numbers.values);
    encode(out, numbers.extremes);
    encode(out, numbers.failed);
    put(out, numbers.n_missing);
}
bool decode(std::string_view& in, NumberProfile& numbers, ProfileDetail detail) {
    Form form{};
    std::uint64_t cap = 0;
    if (!take_form(in, form) || (form != Form::many && !take(in, cap))) return false;
    if (form != Form::many) numbers.values = Values{cap};
    if (form == Form::none) return take(in, numbers.n_missing);
    if (form == Form::one) {
        OneNumber one;
        if (!take_one(in, one)) return false;
        numbers.extremes = one.at;
        numbers.n_missing = one.n_missing;
        numbers.values.add(one.value());
        return detail == ProfileDetail::columns || numbers.moments.insert(one.at.extrema.min->at.chunk, one.moments());
    }
    return take_moments(in, numbers.moments, detail) && decode(in, numbers.values) &&
           take_extremes(in, numbers.extremes) && decode(in, numbers.failed, detail) && take(in, numbers.n_missing);
}

/// The only value, how often it occurs being told by the column; nothing where its text is counted otherwise.
const TextCount* only_text(const ColumnProfile& column) {
    const auto& texts = column.top.entries();
    const bool only = column.top.complete() && texts.size() == 1 && texts.front().hash == column.distinct.only() &&
                      texts.front().count == column.n;
    return only ? &texts.front() : nullptr;
}

bool numbers_tell(const ColumnProfile& column) { return column.is_metric() && column.numbers.values.exact(); }

/// Of its values: of metrics and times the texts are not counted.
void encode_counts(std::string& out, const ColumnProfile& column) {
    if (numbers_tell(column)) return;
    const bool texts = !column.is_metric();
    const auto* text = texts ? only_text(column) : nullptr;
    const bool one = text != nullptr || (column.distinct.only() && (!texts || column.top.n() == 0));
    put_form(out, one ? Form::one : Form::many);
    if (!one) {
        if (texts) encode(out, column.top);
        encode(out, column.distinct);
        return;
    }
    put(out, column.distinct.most());
    put_word(out, *column.distinct.only());
    put_flag(out, text != nullptr);
    if (text) put(out, std::string_view{text->text});
}
bool decode_counts(std::string_view in, ColumnProfile& column) {
    if (numbers_tell(column)) {
        column.distinct = Distinct{column.numbers.values.most()};
        return in.empty();
    }
    Form form{};
    std::uint64_t cap = 0, hash = 0;
    bool text = false;
    if (!take_form(in, form) || form == Form::none) return false;
    if (form == Form::many)
        return (column.is_metric() || decode(in, column.top)) && decode(in, column.distinct) && in.empty();
    if (!take(in, cap) || !take_word(in, hash) || !take_flag(in, text)) return false;
    column.distinct = Distinct{cap};
    column.distinct.add(hash);
    std::string_view only;
    if (text && (!take_text(in, only) || only.size() > Top::text_limit)) return false;
    if (text) column.top.add(only, hash, column.n);
    return in.empty();
}

void encode(std::string& out, const ColumnProfile& column) {
    put(out, std::string_view{column.name});
    put(out, static_cast<std::int32_t>(column.type)), put(out, column.role);
    put_flag(out, column.dimension), put_flag(out, column.aggregate), put_flag(out, column.document_scope);
    put(out, column.n), put(out, column.n_missing), put(out, column.n_nonfinite), put(out, column.n_failed);
    if (column.is_metric())
        encode(out, column.numbers);
    else
        encode(out, column.extremes);
    put_sized(out, [&](std::string& to) {
        if (column.sample.size() > 0) encode(to, column.sample);
    });
    put_sized(out, [&](std::string& to) { encode_counts(to, column); });
}
bool decode(std::string_view& in, ColumnProfile& column, ProfileDetail detail) {
    ColumnHead head;
    if (!take_head(in, head)) return false;
    static_cast<ColumnKind&>(column) = head;
    column.name = head.name;
    column.n = head.n, column.n_missing = head.n_missing;
    column.n_nonfinite = head.n_nonfinite, column.n_failed = head.n_failed;
    std::string_view sample, counts;
    if (!(column.is_metric() ? decode(in, column.numbers, detail) : take_extremes(in, column.extremes)) ||
        !take_sized(in, sample) || !take_sized(in, counts))
        return false;
    if (detail == ProfileDetail::columns)
        sample = {};
    else if (!sample.empty() && !decode(sample, column.sample))
        return false;
    return decode_counts(counts, column) && sample.empty();
}

void encode(std::string& out, const Level& level) {
    put_flag(out, level.has_value());
    if (level) put(out, std::string_view{*level});
}
bool decode(std::string_view& in, Level& level) {
    bool any = false;
    if (!take_flag(in, any)) return false;
    return !any || take(in, level.emplace());
}

/// The only cell holds all rows of its table: with every value kept, its figures are the columns' own.
bool is_whole(const TableProfile& table) {
    if (table.cells.size() != 1 || table.overflowed()) return false;
    const auto cap = table.cell_cap();
    return std::all_of(table.columns.begin(), table.columns.end(), [&](const ColumnProfile& column) {
        return !column.is_metric() || (column.numbers.values.exact() && (cap == 0 || column.numbers.n() <= cap));
    });
}

void encode(std::string& out, const CellProfile& cell, bool whole) {
    put_word(out, cell.key);
    put_all(out, cell.levels);
    encode(out, cell.rows);
    if (!whole) put_all(out, cell.metrics);
}
bool decode(std::string_view& in, CellProfile& cell, bool whole) {
    return take_word(in, cell.key) && take_all(in, cell.levels, 1) && take_counts(in, cell.rows) &&
           (whole || take_all(in, cell.metrics, 3));
}

void encode_table(std::string& out, const TableProfile& table) {
    put(out, std::string_view{table.name});
    put(out, table.kind);
    put_flag(out, table.exact);
    encode(out, table.rows);
    put_all(out, table.columns);
    std::vector<const CellProfile*> cells;
    for (const auto& cell : table.cells) cells.push_back(&cell);
    std::sort(cells.begin(), cells.end(), [](auto* a, auto* b) { return a->key < b->key; });
    const bool whole = is_whole(table);
    put_flag(out, table.overflowed());
    put_flag(out, whole);
    put(out, std::uint64_t{cells.size()});
    for (const auto* cell : cells) encode(out, *cell, whole);
    encode(out, table.dropped_cells);
}
void encode(std::string& out, const TableProfile& table) {
    put_sized(out, [&](std::string& to) { encode_table(to, table); });
}

/// Gives the only cell the columns' figures.
bool fill_whole(TableProfile& table) {
    if (table.cells.size() != 1) return false;
    for (const ColumnProfile& column : table.columns)
        if (column.is_metric()) {
            NumberProfile& numbers = table.cells.front().metrics.emplace_back(column.numbers);
            numbers.values = with_cap(std::move(numbers.values), table.cell_cap());
        }
    return is_whole(table);
}

bool decode(std::string_view& in, TableProfile& table, ProfileDetail detail) {
    bool overflowed = false, whole = false;
    std::string_view body;
    if (!take_sized(in, body) || !take(body, table.name) || !take(body, table.kind) || !take_flag(body, table.exact) ||
        !take_counts(body, table.rows) || !take_all(body, table.columns, 16, detail))
        return false;
    if (detail == ProfileDetail::columns) return true;
    if (!take_flag(body, overflowed) || !take_flag(body, whole) || !take_all(body, table.cells, 7, whole) ||
        !decode(body, table.dropped_cells) || !body.empty() || overflowed != table.overflowed() ||
        (whole && !fill_whole(table)))
        return false;
    if (table.cells.empty()) return true;
    const std::size_t dividing = table.dividing().size(), metrics = table.metrics().size();
    return table.cells.size() <= TableProfile::most_cells &&
           std::all_of(table.cells.begin(), table.cells.end(), [&](const CellProfile& cell) {
               return cell.levels.size() == dividing && cell.metrics.size() == metrics;
           });
}

bool alike(const TableProfile& a, const TableProfile& b) {
    const auto same = [](const ColumnProfile& x, const ColumnProfile& y) {
        return x.name == y.name && x.type == y.type && x.role == y.role && x.dimension == y.dimension;
    };
    return a.name == b.name && a.kind == b.kind && a.exact == b.exact &&
           std::equal(a.columns.begin(), a.columns.end(), b.columns.begin(), b.columns.end(), same);
}

void add_hashes(const Values& values, Distinct& out) {
    values.each([&](double value, std::uint64_t) { out.add(stats::hash(value)); });
}

/// Whether so many more values of a metric are more than `numbers` keeps: then `distinct` has those it kept till now.
bool outgrows(ColumnProfile& column, std::uint64_t more) {
    if (column.numbers.values.keeps(more)) return false;
    if (column.numbers.values.exact()) add_hashes(column.numbers.values, column.distinct);
    return true;
}

bool merge(ColumnProfile& into, const ColumnProfile& other) {
    into.n += other.n, into.n_missing += other.n_missing;
    into.n_nonfinite += other.n_nonfinite, into.n_failed += other.n_failed;
    into.sample.merge(other.sample);
    if (into.is_metric()) {
        if (outgrows(into, other.numbers.n())) {
            into.distinct.merge(other.distinct);
            if (numbers_tell(other)) add_hashes(other.numbers.values, into.distinct);
        }
        return into.numbers.merge(other.numbers);
    }
    into.distinct.merge(other.distinct);
    into.extremes.merge(other.extremes);
    into.top.merge(other.top);
    return true;
}

bool merge(CellProfile& into, const CellProfile& other) {
    into.rows.add(other.rows);
    for (std::size_t i = 0; i < into.metrics.size(); ++i)
        if (!into.metrics[i].merge(other.metrics[i])) return false;
    return true;
}

bool merge_cells(TableProfile& into, TableProfile other) {
    const auto by_key = [](const CellProfile& a, const CellProfile& b) { return a.key < b.key; };
    std::sort(into.cells.begin(), into.cells.end(), by_key);
    const std::size_t known = into.cells.size();
    for (CellProfile& cell : other.cells) {
        const auto end = into.cells.begin() + static_cast<std::ptrdiff_t>(known);
        const auto at = std::lower_bound(into.cells.begin(), end, cell, by_key);
        if (at == end || at->key != cell.key)
            into.cells.push_back(std::move(cell));
        else if (!merge(*at, cell))
            return false;
    }
    // A cell that either side dropped is beyond the limit for both.
    into.dropped_cells.merge(other.dropped_cells);
    into.keep_smallest_cells();
    return true;
}

bool merge(TableProfile& into, TableProfile other) {
    if (!alike(into, other)) return false;
    into.rows.add(other.rows);
    other.rows = into.rows;
    into.fit_cells();
    other.fit_cells();
    for (std::size_t i = 0; i < into.columns.size(); ++i)
        if (!merge(into.columns[i], other.columns[i])) return false;
    return merge_cells(into, std::move(other));
}

} // namespace

void RowCounts::add(const RowCounts& other) {
    ok += other.ok, failed += other.failed, suspect += other.suspect, rejected += other.rejected;
}

void Extremes::merge(const Extremes& other) {
    extrema.merge(other.extrema);
    if (!other.extrema.min) return;
    if (extrema.min->at == other.extrema.min->at) min_line = other.min_line;
    if (extrema.max->at == other.extrema.max->at) max_line = other.max_line;
}

void FailedValues::add(std::uint64_t chunk, std::span<const double> values) {
    if (values.empty()) return;
    const auto [low, high] = std::minmax_element(values.begin(), values.end());
    min = min ? std::min(*min, *low) : *low;
    max = max ? std::max(*max, *high) : *high;
    moments.add(chunk, values);
}

stats::DistinctCount ColumnProfile::count_distinct() const {
    return numbers_tell(*this) ? stats::DistinctCount{numbers.values.distinct(), false, 0} : distinct.count(n);
}

void ColumnProfile::add_distinct(std::span<const double> values) {
    if (!outgrows(*this, values.size())) return;
    std::array<std::uint64_t, 4096> hashes; // they stay in the first-level cache
    for (std::size_t first = 0; first < values.size(); first += hashes.size()) {
        const auto part = values.subspan(first, std::min(hashes.size(), values.size() - first));
        stats::hash(part, hashes.data());
        distinct.add(std::span{hashes}.first(part.size()));
    }
}

bool FailedValues::merge(const FailedValues& other) {
    if (!other.min) return true;
    min = min ? std::min(*min, *other.min) : *other.min;
    max = max ? std::max(*max, *other.max) : *other.max;
    return moments.merge(other.moments);
}

bool NumberProfile::merge(const NumberProfile& other) {
    if (!moments.merge(other.moments) || !failed.merge(other.failed)) return false;
    values.merge(other.values);
    extremes.merge(other.extremes);
    n_missing += other.n_missing;
    return true;
}

std::vector<std::size_t> TableProfile::dividing() const {
    std::vector<std::size_t> out;
    out.reserve(columns.size());
    for (std::size_t i = 0; i < columns.size(); ++i)
        if (columns[i].divides()) out.push_back(i);
    return out;
}

std::vector<std::size_t> TableProfile::metrics() const {
    std::vector<std::size_t> out;
    out.reserve(columns.size());
    for (std::size_t i = 0; i < columns.size(); ++i)
        if (columns[i].is_metric()) out.push_back(i);
    return out;
}

std::uint64_t TableProfile::column_cap() const { return exact ? stats::Values::no_cap : stats::Values::column_cap; }

std::uint64_t TableProfile::cell_cap() const {
    const auto n =
        std::count_if(columns.begin(), columns.end(), [](const ColumnProfile& column) { return column.is_metric(); });
    return cell_cap(exact, rows.ok, static_cast<std::uint64_t>(n));
}

std::uint64_t TableProfile::cell_cap(bool exact, std::uint64_t rows_ok, std::uint64_t n_metrics) {
    if (exact) return stats::Values::no_cap;
    const bool crowded = rows_ok > crowd / std::max<std::uint64_t>(1, n_metrics);
    return crowded ? crowded_cap : stats::Values::cell_cap;
}

void TableProfile::fit_cells() {
    if (cell_cap() != crowded_cap) return;
    for (auto& cell : cells)
        for (auto& numbers : cell.metrics) numbers.values = with_cap(std::move(numbers.values), crowded_cap);
}

void TableProfile::keep_smallest_cells() {
    if (cells.size() <= most_cells) return;
    const auto by_key = [](const CellProfile& a, const CellProfile& b) { return a.key < b.key; };
    std::sort(cells.begin(), cells.end(), by_key);
    for (std::size_t i = most_cells; i < cells.size(); ++i) dropped_cells.add(cells[i].key);
    cells.erase(cells.begin() + most_cells, cells.end());
}

bool merge(Profile& into, Profile other) {
    for (std::size_t i = 0; i < other.tables.size(); ++i) {
        if (i == into.tables.size())
            into.tables.push_back(std::move(other.tables[i]));
        else if (!merge(into.tables[i], std::move(other.tables[i])))
            return false;
    }
    return true;
}

void encode(std::string& out, const Profile& profile) {
    constexpr std::size_t of_small_column = 96; // bytes, about
    std::size_t columns = 1;
    for (const TableProfile& table : profile.tables) columns += table.columns.size();
    out.reserve(out.size() + of_small_column * columns);
    put_tag(out, saved_profile::tag);
    put_all(out, profile.tables);
}

std::optional<Profile> decode_profile(std::string_view body, ProfileDetail detail) {
    Profile profile;
    if (!take_tag(body, saved_profile::tag) || !take_all(body, profile.tables, 16, detail) || !body.empty())
        return std::nullopt;
    return profile;
}

std::optional<Profile> read_profile(std::string_view partial, ProfileDetail detail) {
    if (partial.empty()) return Profile{};
    const auto body = saved_profile::body_of(partial);
    return body ? decode_profile(*body, detail) : std::nullopt;
}

// A sketch knows nothing of the cap but its number, which stands behind the tag.
Values with_cap(Values values, std::uint64_t cap) {
    if (values.exact()) {
        Values out{cap};
        values.each([&](double value, std::uint64_t times) {
            for (; times > 0; --times) out.add(value);
        });
        return out;
    }
    std::string bytes, capped;
    encode(bytes, values);
    std::string_view rest = bytes;
    std::uint64_t old_cap = 0;
    if (!take_tag(rest, "VAL1") || !take(rest, old_cap)) std::abort(); // as written above
    put_tag(capped, "VAL1");
    put(capped, cap);
    rest = capped.append(rest);
    if (!decode(rest, values)) std::abort(); // a sketch holds more values than a lower cap
    return values;
}

const TableProfile* find_table(const Profile& profile, std::size_t index, std::string_view name) {
    if (index < profile.tables.size() && profile.tables[index].name == name) return &profile.tables[index];
    for (const auto& table : profile.tables)
        if (table.name == name) return &table;
    return nullptr;
}

} // namespace assay
