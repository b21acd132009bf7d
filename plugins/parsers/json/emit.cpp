#include "emit.hpp"
#include "documented_units.hpp"
#include "measured_name.hpp"
#include <algorithm>
#include <bit>
#include <set>

namespace assay::json {
namespace {

constexpr std::uint32_t longest_repeated = 120; ///< bytes of text
constexpr std::size_t most_repeated = 32;       ///< columns

struct Typed {
    const Column* column;
    Census census;
    Type type;
};
using TypedTable = std::vector<Typed>;

TypedTable typed(const ShapedTable& table) {
    TypedTable columns;
    for (const Column& column : table.columns) {
        Census census;
        for (const Cell& cell : column.cells) census.add(cell);
        columns.push_back({&column, census, census.type()});
    }
    return columns;
}

/// Cells of one column in the order of the rows that want them.
struct Source {
    Type type;
    const Column* column;
    const std::vector<std::uint32_t>* row_of = nullptr; ///< which row to repeat; null: the row itself
    bool of_document = false;                           ///< row 0
    std::size_t at = 0;

    void write_cell(Table& table, std::uint32_t row) {
        const std::uint32_t wanted = of_document ? 0 : row_of ? (*row_of)[row] : row;
        const auto& cells = column->cells;
        while (at < cells.size() && cells[at].row < wanted) ++at;
        if (at < cells.size() && cells[at].row == wanted)
            write(table, cells[at], type);
        else
            table.null();
    }
};

bool is_date(const Typed& c) {
    if (c.type == Type::time) return true;
    if (c.type != Type::integer) return false;
    const std::string_view path = c.column->name;
    const auto name = path.substr(path.find_last_of('.') + 1); // npos + 1 is 0
    bool named = name == "time" || name == "ts" || name == "created" || name == "modified";
    for (const std::string_view part : {"timestamp", "datetime", "date", "epoch", "_at", "_time"})
        named = named || name.find(part) != name.npos;
    const auto since_2001 = [](const Cell& cell) { return cell.kind == Kind::integer && cell.integer >= 978'307'200; };
    return named && std::all_of(c.column->cells.begin(), c.column->cells.end(), since_2001);
}

/// Many large whole numbers of a measurement's name, all different and in no order. Whatever could have been chosen,
/// such as small numbers and powers of two, is not: without a setting, what it sets apart would be pooled.
bool looks_measured(const Typed& c) {
    constexpr std::size_t fewest = 6, most = 1024; // of the first that many
    constexpr std::int64_t small = 4096;
    if (c.type != Type::integer || c.column->use != Column::Use::data || c.column->cells.size() < fewest ||
        !names_measurement(c.column->name))
        return false;
    std::vector<std::int64_t> numbers;
    for (const Cell& cell : c.column->cells)
        if (cell.kind == Kind::integer && numbers.size() < most) numbers.push_back(cell.integer);
    const auto is_power = [](std::int64_t n) { return n > 0 && std::has_single_bit(static_cast<std::uint64_t>(n)); };
    if (numbers.size() < fewest || std::is_sorted(numbers.begin(), numbers.end()) ||
        std::is_sorted(numbers.rbegin(), numbers.rend()) || std::all_of(numbers.begin(), numbers.end(), is_power))
        return false;
    std::sort(numbers.begin(), numbers.end());
    return numbers.front() > small && std::adjacent_find(numbers.begin(), numbers.end()) == numbers.end();
}

bool identifies(const Typed& c) {
    if (c.column->dropped || c.census.values() == 0 || looks_measured(c)) return false;
    if (c.type == Type::text) return c.census.longest <= longest_repeated && !c.census.mixed();
    return c.type != Type::real;
}

/// Whether any of the rows, which ascend, has a value.
bool any(const Column& column, const std::vector<std::uint32_t>& rows) {
    auto cell = column.cells.begin();
    for (const std::uint32_t row : rows) {
        while (cell != column.cells.end() && cell->row < row) ++cell;
        if (cell == column.cells.end()) return false;
        if (cell->row == row && cell->kind != Kind::null) return true;
    }
    return false;
}

class Emitter {
  public:
    Emitter(const Shape& shape, const Origin& source, Remarks& remarks, Sink& out)
        : shape_{shape}, source_{source}, remarks_{remarks}, out_{out} {
        for (const auto& table : shape.tables) typed_.push_back(typed(*table));
    }
    void run() {
        for (std::size_t i = 0; i < shape_.tables.size(); ++i) {
            const ShapedTable& table = *shape_.tables[i];
            if (table.dropped || (i == 0 && table.columns.empty())) continue;
            send(i);
        }
    }

  private:
    void send(std::size_t index) {
        const ShapedTable& table = *shape_.tables[index];
        sources_.clear();
        fields_.clear();
        names_.clear();
        ancestors_.clear();
        make_room(index);
        own(index);
        if (index != 0) {
            from_parents(index);
            if (source_.repeat.document) from_document(table);
        }
        if (sources_.empty()) add_index(table);
        give_documented_units(source_.file, fields_);
        Table rows = out_.table(table.name, std::move(fields_));
        if (table.lines.empty()) rows.without_lines();
        for (std::uint32_t row = 0; row < table.rows; ++row) {
            if (!table.lines.empty()) rows.at_line(table.lines[row]);
            for (Source& source : sources_) source.write_cell(rows, row);
            rows.end_row();
        }
        if (table.rejected > 0) rows.reject(table.rejected);
        rows.end();
    }

    /// For the table's own columns and those of what is around it.
    void make_room(std::size_t index) {
        std::size_t columns = typed_[index].size() + std::min(typed_.front().size(), most_repeated);
        for (std::size_t up = index; up != 0; up = shape_.tables[up]->parent)
            columns += std::min(typed_[shape_.tables[up]->parent].size(), most_repeated);
        fields_.reserve(columns);
        sources_.reserve(columns);
    }

    // ---- the table's own columns

    void own(std::size_t index) {
        const ShapedTable& table = *shape_.tables[index];
        for (const Typed& c : typed_[index])
            if (c.column->use == Column::Use::data && !c.column->dropped) names_.insert(c.column->name);
        const bool by_line = table.parent == 0 && table.plain_objects; // the row number is the index
        for (const Typed& c : typed_[index]) {
            if (c.column->dropped) continue;
            const Column::Use use = c.column->use;
            if (use == Column::Use::index) {
                if (!by_line) add(c, free_name(c.column->name, table.last), "identifier");
            } else if (use == Column::Use::key) {
                if (const auto name = key_name(index, c); !name.empty()) add(c, name, "parameter");
            } else {
                remark_on(remarks_, c.census, table.name, c.column->name, c.column->pointer);
                add(c, c.column->name, c.type == Type::time ? "timestamp" : "");
            }
        }
    }

    /// Empty where a column of the table says the same.
    std::string key_name(std::size_t index, const Typed& key) {
        const ShapedTable& table = *shape_.tables[index];
        const std::string level = key.column->name.substr(3); // "key", "key_2"
        const std::string name = (table.name == "rows" ? "key" : singular(table.last)) + level;
        for (const Typed& c : typed_[index])
            if (c.column->use == Column::Use::data && c.column->name == name && same(*c.column, *key.column)) return {};
        return names_.count(name) ? free_name(name + "_key", table.last) : free_name(name, table.last);
    }
    static bool same(const Column& a, const Column& b) {
        return std::equal(a.cells.begin(), a.cells.end(), b.cells.begin(), b.cells.end(),
                          [](const Cell& x, const Cell& y) {
                              return x.kind == Kind::text && y.kind == Kind::text && x.view() == y.view();
                          });
    }

    // ---- repeated columns

    void from_parents(std::size_t index) {
        std::size_t count = 0;
        const std::vector<std::uint32_t>* row_of = nullptr;
        for (std::size_t child = index; shape_.tables[child]->parent != 0; child = shape_.tables[child]->parent) {
            row_of = ancestor_rows(child, row_of);
            const std::size_t parent = shape_.tables[child]->parent;
            const ShapedTable& above = *shape_.tables[parent];
            for (const Typed& c : typed_[parent]) {
                if (!identifies(c) || c.column->list || count == most_repeated || !any(*c.column, *row_of)) continue;
                const Column::Use use = c.column->use;
                std::string own_name = c.column->name;
                if (use == Column::Use::key) own_name = key_name(parent, c);
                if (own_name.empty()) continue;
                if (use == Column::Use::index) own_name.insert(0, above.last + '.');
                const char* role = c.type == Type::time                                 ? "timestamp"
                                   : use == Column::Use::index                          ? "identifier"
                                   : use == Column::Use::key || c.type == Type::integer ? "parameter"
                                                                                        : "";
                add(c, free_name(own_name, above.last), role).row_of = row_of;
                ++count;
            }
        }
    }

    /// For each row of the table being sent, the row of `child`'s parent above it.
    const std::vector<std::uint32_t>* ancestor_rows(std::size_t child, const std::vector<std::uint32_t>* row_of) {
        const auto& up = shape_.tables[child]->parent_row;
        if (row_of == nullptr) return &up;
        auto& rows = *ancestors_.emplace_back(std::make_unique<std::vector<std::uint32_t>>());
        for (const std::uint32_t row : *row_of) rows.push_back(up[row]);
        return &rows;
    }

    void from_document(const ShapedTable& table) {
        std::set<const Column*> chosen;
        for (const bool around : {true, false})
            for (const Typed& c : typed_.front())
                if (identifies(c) && !is_date(c) && chosen.size() < most_repeated &&
                    is_around(c.column->name, table.name) == around)
                    chosen.insert(c.column);
        for (const Typed& c : typed_.front()) {
            if (!chosen.count(c.column)) continue;
            Source& source = add(c, free_name(c.column->name, "document"), "");
            source.of_document = fields_.back().document_scope = true;
        }
    }
    /// The object that holds the scalar also holds the table, at some depth.
    static bool is_around(std::string_view scalar, std::string_view table) {
        const auto dot = scalar.rfind('.');
        return dot == scalar.npos || table.substr(0, dot + 1) == scalar.substr(0, dot + 1);
    }

    // ---- sources

    Source& add(const Typed& c, const std::string& key, const char* role) {
        Field& field = fields_.emplace_back();
        field.name = column_name(key);
        field.type = c.type;
        field.role = role;
        field.pointer = c.column->pointer;
        names_.insert(field.name);
        return sources_.emplace_back(Source{c.type, c.column});
    }
    /// Rows of nothing but empty objects still are rows.
    void add_index(const ShapedTable& table) {
        fields_.push_back({.name = "index", .type = Type::integer, .role = "identifier"});
        sources_.push_back({Type::integer, &table.columns.front()});
    }
    std::string free_name(const std::string& name, const std::string& owner) const {
        if (!names_.count(name)) return name;
        const std::string base = owner + "." + name + "_";
        std::string free = base.substr(0, base.size() - 1);
        for (int n = 2; names_.count(free); ++n) free.assign(base).append(std::to_string(n));
        return free;
    }

    const Shape& shape_;
    Origin source_;
    Remarks& remarks_;
    Sink& out_;
    std::vector<TypedTable> typed_;
    std::vector<Field> fields_;
    std::vector<Source> sources_; ///< parallel to fields_
    std::set<std::string> names_;
    std::vector<std::unique_ptr<std::vector<std::uint32_t>>> ancestors_;
};

} // namespace

void remark_on(Remarks& remarks, const Census& census, const std::string& table, const std::string& column,
               const std::string& pointer) {
    if (!census.mixed() && census.zoneless == 0 && census.hidden() == 0) return;
    const std::string all = " of " + std::to_string(census.values()) + " values are ";
    if (census.mixed())
        remarks.add({.code = "mixed-types",
                     .message = std::to_string(census.values() - census.texts) + all +
                                "numbers or truths among texts; all are read as text",
                     .table = table,
                     .column = column,
                     .pointer = pointer});
    if (census.type() == Type::time && census.zoneless > 0)
        remarks.add({.code = "no-zone",
                     .message = "its times name no time zone and are read as UTC",
                     .severity = ASSAY_SEVERITY_INFO,
                     .table = table,
                     .column = column,
                     .pointer = pointer});
    if (census.hidden() > 0)
        remarks.add({.code = "text-for-no-value",
                     .message = std::to_string(census.hidden()) + all + "text such as N/A or NaN; read as null",
                     .severity = ASSAY_SEVERITY_INFO,
                     .table = table,
                     .column = column,
                     .pointer = pointer});
}

void emit(const Shape& shape, const Origin& source, Remarks& remarks, Sink& out) {
    Emitter{shape, source, remarks, out}.run();
}

} // namespace assay::json
