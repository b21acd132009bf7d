#include "shape.hpp"
#include "idle.hpp"
#include "likeness.hpp"
#include <algorithm>
#include <assay/cell.hpp>
#include <assay/failure.hpp>
#include <assay/json_writer.hpp>
#include <map>
#include <set>
#include <unordered_set>

namespace assay::json {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::element_type;
using simdjson::dom::object;

constexpr std::size_t short_list = 8, short_list_bytes = 160;

bool is_container(element e) { return e.type() == element_type::ARRAY || e.type() == element_type::OBJECT; }

/// What the items of an array are, as far as it matters here.
struct Contents {
    std::size_t size = 0, texts = 0, containers = 0;
};
Contents contents(array items) {
    Contents found;
    for (const element item : items) {
        ++found.size;
        found.texts += item.is_string() ? 1U : 0U;
        found.containers += is_container(item) ? 1U : 0U;
    }
    return found;
}

/// Where a row is.
struct Place {
    std::size_t table = 0;
    std::uint32_t row = 0;
};

/// Scalar arrays of one object that have one length.
struct Parallel {
    std::size_t length;
    std::vector<std::string_view> names;
    std::vector<array> arrays;
    bool numeric;
};

bool is_called_value(std::string_view name) {
    constexpr std::string_view value = "value";
    constexpr std::string_view marks = "_-. ";
    return name.ends_with(value) &&
           (name.size() == value.size() || marks.find(name[name.size() - value.size() - 1]) != marks.npos);
}

/// Digits alone, beyond 2^53.
bool is_big_whole(std::string_view text) {
    text = cell::trim(text);
    if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
    if (text.empty() || !std::all_of(text.begin(), text.end(), cell::is_digit)) return false;
    const auto number = cell::integer(text);
    return !number || is_big(*number);
}

std::string common_name(const std::vector<std::string_view>& names) {
    std::string_view common = names.front();
    for (const auto name : names) {
        const auto differ = std::mismatch(common.begin(), common.end(), name.begin(), name.end()).first;
        common = common.substr(0, static_cast<std::size_t>(differ - common.begin()));
    }
    if (common.size() < names.front().size() || names.size() > 1) {
        const auto word = common.find_last_of("_.- ");
        common = word == common.npos ? "" : common.substr(0, word);
    }
    return std::string{common.size() >= 2 ? common : names.front()};
}

class Shaper {
  public:
    explicit Shaper(Remarks& remarks) : remarks_{remarks} {
        add_table({.name = "document", .last = "document"});
        document().rows = 1;
    }

    Shape run(element root) {
        if (root.is_array()) {
            list(root, {}, "rows");
        } else if (root.is_object()) {
            const object members = root;
            if (const int levels = collection_levels(members))
                collect(members, levels, {}, "rows");
            else
                fill(members, {});
        } else {
            set({}, "value", root);
        }
        settle_lists();
        settle_nulls();
        settle_values();
        settle_numerals();
        if (!refused_.empty())
            remarks_.add({.code = "too-many-tables",
                          .message = "more than " + std::to_string(max_tables) + " tables; the rest is left out",
                          .severity = ASSAY_SEVERITY_ERROR,
                          .count = refused_.size()});
        return std::move(shape_);
    }

  private:
    struct Step {
        std::string_view key;
        std::size_t index = none; ///< of an array; else the key counts
        bool row = false;         ///< what differs from row to row
    };

    /// A step down the document while it lives.
    struct Descent {
        std::vector<Step>& path;
        std::size_t depth;
        Descent(std::vector<Step>& steps, Step step) : path{steps}, depth{steps.size()} { path.push_back(step); }
        Descent(const Descent&) = delete;
        Descent& operator=(const Descent&) = delete;
        ~Descent() { path.erase(path.begin() + static_cast<std::ptrdiff_t>(std::min(depth, path.size())), path.end()); }
    };

    // ---- members of an object become cells of a row, and tables beneath it

    void fill(object members, Place at) {
        check_keys(members);
        const auto groups = parallel(members);
        const auto levels = levels_of_members(members);
        const auto idle = idle_members(members);
        std::size_t objects = 0;
        for (const auto [key, value] : members) {
            const Descent down{path_, {key}};
            if (value.is_array()) {
                member_list(key, value, at, groups);
            } else if (value.is_object()) {
                member_object(key, value, at, levels[objects], !idle.empty() && idle[objects]);
                ++objects;
            } else {
                set(at, dotted(key), value);
            }
        }
    }

    void member_object(std::string_view key, object members, Place at, int levels, bool idle) {
        if (members.begin() == members.end()) return;
        if (levels > 0) return collect(members, levels, at, dotted(key));
        if (idle) return remark_idle();
        const std::size_t size = prefix_.size();
        prefix_.append(key).append(".");
        fill(members, at);
        prefix_.resize(size);
    }

    void remark_idle() {
        if (!remarks_.wants("ran-for-no-time")) return remarks_.count("ran-for-no-time");
        remarks_.add({.code = "ran-for-no-time",
                      .message = "its duration and all its numbers are 0: nothing was measured; left out",
                      .severity = ASSAY_SEVERITY_INFO,
                      .pointer = pointer(false)});
    }

    void member_list(std::string_view key, array items, Place at, const std::vector<Parallel>& groups) {
        for (const Parallel& group : groups) {
            if (std::find(group.names.begin(), group.names.end(), key) == group.names.end()) continue;
            if (group.names.front() == key) columns(group, at);
            return;
        }
        const Contents found = contents(items);
        if (found.size == 0) return;
        const std::string name = dotted(key);
        const bool texts = found.texts == found.size && at.table != 0;
        const std::size_t table = list(items, at, name);
        if (table == none) return;
        if (!texts) {
            shape_.tables[table]->only_short_lists = false;
            return;
        }
        const std::string text = simdjson::minify(items);
        if (found.size > short_list || text.size() > short_list_bytes) shape_.tables[table]->only_short_lists = false;
        shape_.texts.push_back(std::make_unique<std::string>(text));
        ++shape_.tables[table]->lists;
        shape_.tables[table]->list_column = put(at, name, Cell::of(std::string_view{*shape_.texts.back()}));
    }

    // ---- tables

    std::size_t list(array items, Place parent, const std::string& name) {
        const std::size_t table = child(parent, name);
        if (table == none) return none;
        constexpr std::size_t most_expected = 64; // of more, growing costs little
        ShapedTable& rows = *shape_.tables[table];
        rows.expected = std::clamp(items.size(), rows.expected, most_expected);
        rows.parent_row.reserve(rows.expected);
        rows_of(items, table, parent, {});
        return table;
    }

    void rows_of(array items, std::size_t table, Place parent, std::vector<std::size_t> outer) {
        std::size_t i = 0;
        outer.push_back(0);
        for (const element item : items) {
            const Descent down{path_, {.key = {}, .index = i, .row = true}};
            outer.back() = i++;
            if (item.is_array()) {
                shape_.tables[table]->plain_objects = false;
                rows_of(item, table, parent, outer);
                continue;
            }
            const Place row = add_row(table, parent, outer);
            if (item.is_object()) {
                fill_row(item, row);
            } else {
                shape_.tables[table]->plain_objects = false;
                set(row, "value", item);
            }
        }
    }

    void collect(object entries, int levels, Place parent, const std::string& name) {
        const std::size_t table = child(parent, name);
        if (table != none) rows_of(entries, levels, table, parent, {});
    }

    void rows_of(object entries, int levels, std::size_t table, Place parent, std::vector<std::string_view> outer) {
        check_keys(entries);
        outer.emplace_back();
        for (const auto [key, value] : entries) {
            const Descent down{path_, {.key = key, .row = true}};
            outer.back() = key;
            if (levels > 1 && value.is_object()) {
                rows_of(value, levels - 1, table, parent, outer);
                continue;
            }
            const Place row = add_row(table, parent, {});
            for (std::size_t level = 0; level < outer.size(); ++level)
                put(row, special("key", level), Cell::of(outer[level]), Column::Use::key);
            if (value.is_object()) fill_row(value, row);
        }
    }

    void columns(const Parallel& group, Place parent) {
        const std::size_t table = child(parent, dotted(common_name(group.names)));
        if (table == none) return;
        shape_.tables[table]->plain_objects = false;
        shape_.tables[table]->only_short_lists = false;
        std::vector<array::iterator> at;
        for (const array& items : group.arrays) at.push_back(items.begin());
        const Step own = path_.back();
        path_.pop_back();
        for (std::size_t i = 0; i < group.length; ++i) {
            const Place row = add_row(table, parent, {i});
            for (std::size_t k = 0; k < at.size(); ++k, ++at[k - 1]) {
                const Descent name{path_, {group.names[k]}};
                const Descent item{path_, {.key = {}, .index = i, .row = true}};
                set(row, group.names[k], *at[k]);
            }
        }
        path_.push_back(own);
    }

    void fill_row(object members, Place row) {
        std::string outer;
        outer.swap(prefix_);
        fill(members, row);
        prefix_.swap(outer);
    }

    std::vector<Parallel> parallel(object members) const {
        std::vector<Parallel> groups;
        for (const auto [key, value] : members) {
            if (!value.is_array()) continue;
            const array items = value;
            const Contents found = contents(items);
            if (found.size < 2 || found.containers > 0) continue;
            const bool numeric = found.texts < found.size;
            const auto group =
                std::find_if(groups.begin(), groups.end(), [&](const Parallel& g) { return g.length == found.size; });
            if (group == groups.end()) {
                groups.push_back({found.size, {key}, {items}, numeric});
            } else if (std::find(group->names.begin(), group->names.end(), key) == group->names.end()) {
                group->names.push_back(key);
                group->arrays.push_back(items);
                group->numeric = group->numeric || numeric;
            }
        }
        std::erase_if(groups, [](const Parallel& g) { return g.names.size() < 2 || !g.numeric; });
        return groups;
    }

    std::size_t child(Place parent, const std::string& path) {
        const std::string name = parent.table == 0 ? path : shape_.tables[parent.table]->name + "." + path;
        const auto known = children_.find({parent.table, path});
        if (known != children_.end()) return known->second;
        if (shape_.tables.size() > max_tables) {
            refused_.insert(name);
            return none;
        }
        std::string last{path_.empty() ? std::string_view{path} : last_key()};
        const std::size_t table = add_table({.name = unused(name), .last = std::move(last), .parent = parent.table});
        children_.emplace(std::pair{parent.table, path}, table);
        return table;
    }

    std::string_view last_key() const {
        for (auto step = path_.rbegin(); step != path_.rend(); ++step)
            if (step->index == none) return step->key;
        return "row";
    }

    std::string unused(const std::string& name) {
        std::string free = name;
        for (int n = 2; !names_.insert(free).second; ++n) free = name + "_" + std::to_string(n);
        return free;
    }

    std::size_t add_table(ShapedTable table) {
        if (shape_.tables.empty()) names_.insert(table.name);
        shape_.tables.push_back(std::make_unique<ShapedTable>(std::move(table)));
        return shape_.tables.size() - 1;
    }

    Place add_row(std::size_t table, Place parent, const std::vector<std::size_t>& indices) {
        ShapedTable& t = *shape_.tables[table];
        const Place row{table, t.rows++};
        t.parent_row.push_back(parent.row);
        for (std::size_t level = 0; level < indices.size(); ++level)
            put(row, special("index", level), Cell::of(static_cast<std::int64_t>(indices[level])), Column::Use::index);
        return row;
    }

    /// Names that no member of a document is looked up by: they begin with a NUL, which `put` takes off again.
    /// The answer stays until it is asked again.
    std::string_view special(std::string_view name, std::size_t level) {
        special_.assign(1, '\0').append(name);
        if (level > 0) special_.append("_").append(std::to_string(level + 1));
        return special_;
    }

    // ---- cells

    void set(Place at, std::string_view name, element value) {
        bool big = false;
        const Cell cell = scalar(value, &big);
        if (big && !remarks_.wants("big-integer"))
            remarks_.count("big-integer");
        else if (big)
            remarks_.add({.code = "big-integer", .message = fate_of_big(value.is_int64()), .pointer = pointer(false)});
        put(at, name, cell);
    }

    std::size_t put(Place at, std::string_view name, Cell cell, Column::Use use = Column::Use::data) {
        ShapedTable& table = *shape_.tables[at.table];
        lookup_.assign(name);
        auto found = table.by_name.find(lookup_);
        if (found == table.by_name.end()) {
            if (table.columns.size() >= max_columns)
                throw Failure{"too-wide", "table '" + table.name + "' has more than " + std::to_string(max_columns) +
                                              " columns; first beyond: " + pointer(false)};
            if (table.columns.empty()) table.columns.reserve(16);
            table.columns.push_back({std::string{name.substr(use == Column::Use::data ? 0 : 1)}, pointer(true), use});
            table.columns.back().cells.reserve(table.expected);
            found = table.by_name.emplace(lookup_, table.columns.size() - 1).first;
        }
        auto& cells = table.columns[found->second].cells;
        cell.row = at.row;
        if (cells.empty() || cells.back().row != at.row) {
            cells.push_back(cell);
            return found->second;
        }
        if (use == Column::Use::data && table.columns[found->second].pointer != pointer(true))
            return put(at, std::string{name} + "_2", cell); // `a.b` is both a key and a path
        cells.back() = cell;                                // a duplicate key: the last one counts, as in most readers
        return found->second;
    }

    void check_keys(object members) {
        const auto report = [&](std::string_view key) {
            if (!remarks_.wants("duplicate-key")) return remarks_.count("duplicate-key");
            const Descent down{path_, {key}};
            remarks_.add({.code = "duplicate-key",
                          .message = "the key stands twice in one object; the last scalar counts",
                          .pointer = pointer(false)});
        };
        if (members.size() > 16) {
            std::unordered_set<std::string_view> seen;
            for (const auto field : members)
                if (!seen.insert(field.key).second) report(field.key);
            return;
        }
        seen_.clear();
        for (const auto field : members) {
            if (std::find(seen_.begin(), seen_.end(), field.key) != seen_.end()) report(field.key);
            seen_.push_back(field.key);
        }
    }

    std::string dotted(std::string_view key) const { return prefix_ + std::string{key}; }

    /// Where we are, as a JSON pointer; as a pattern with `*` for rows.
    std::string pointer(bool pattern) const {
        std::string out;
        for (const Step& step : path_) {
            out += '/';
            if (pattern && step.row) {
                out += '*';
            } else if (step.index != none) {
                out += std::to_string(step.index);
            } else {
                for (const char c : step.key) c == '~' ? out += "~0" : c == '/' ? out += "~1" : out += c;
            }
        }
        return out;
    }

    /// Of a list of texts and its table, one stays.
    void settle_lists() {
        for (auto& table : shape_.tables) {
            if (table->list_column == none) continue;
            table->dropped = table->only_short_lists;
            Column& column = shape_.tables[table->parent]->columns[table->list_column];
            const auto values = std::count_if(column.cells.begin(), column.cells.end(),
                                              [](const Cell& c) { return c.kind != Kind::null; });
            column.list = true;
            column.dropped = !table->only_short_lists && static_cast<std::uint64_t>(values) == table->lists;
        }
    }

    /// `"compilation": null` in one row says nothing where others have `compilation.*`.
    void settle_nulls() {
        for (std::size_t i = 0; i < shape_.tables.size(); ++i) {
            std::set<std::string_view> objects;
            for (const Column& column : shape_.tables[i]->columns)
                for (auto dot = column.name.find('.'); dot != std::string::npos; dot = column.name.find('.', dot + 1))
                    objects.insert(std::string_view{column.name}.substr(0, dot));
            for (Column& column : shape_.tables[i]->columns) {
                const bool null = std::all_of(column.cells.begin(), column.cells.end(),
                                              [](const Cell& c) { return c.kind == Kind::null; });
                column.dropped =
                    column.dropped || (null && (objects.count(column.name) || children_.count({i, column.name})));
            }
        }
    }

    /// Records of a key and a value hold a number of one key and a text of another: the texts have a column of their
    /// own, and the numbers stay numbers.
    void settle_values() {
        for (auto& table : shape_.tables) {
            const auto key = table->by_name.find("key"), value = table->by_name.find("value");
            if (key == table->by_name.end() || value == table->by_name.end()) continue;
            auto& cells = table->columns[value->second].cells;
            const auto is_number = [](const Cell& cell) {
                return cell.kind == Kind::integer || cell.kind == Kind::real;
            };
            const auto is_word = [](const Cell& cell) {
                return cell.kind == Kind::boolean || (cell.kind == Kind::text && !cell::is_missing(cell.view()));
            };
            if (std::none_of(cells.begin(), cells.end(), is_number) ||
                std::none_of(cells.begin(), cells.end(), is_word))
                continue;
            std::string name = "value.text";
            for (int n = 2; table->by_name.contains(name); ++n) name = "value.text_" + std::to_string(n);
            Column words{std::move(name), table->columns[value->second].pointer};
            std::copy_if(cells.begin(), cells.end(), std::back_inserter(words.cells), is_word);
            std::erase_if(cells, is_word);
            table->columns.push_back(std::move(words));
        }
    }

    /// `"counter-value": "10175.3"`: what calls itself a value and is a number throughout, but for texts for no value.
    /// Whole numbers whose digits a real number would lose are names, and stay texts.
    void settle_numerals() {
        const auto is_number = [](const Cell& cell) {
            return cell.kind == Kind::text && cell::number(cell.view()).has_value() && !is_big_whole(cell.view());
        };
        const auto is_none = [](const Cell& cell) {
            return cell.kind == Kind::null || (cell.kind == Kind::text && cell::is_missing(cell.view()));
        };
        for (auto& table : shape_.tables)
            for (Column& column : table->columns) {
                auto& cells = column.cells;
                if (column.use != Column::Use::data || !is_called_value(column.name) ||
                    std::none_of(cells.begin(), cells.end(), is_number) ||
                    !std::all_of(cells.begin(), cells.end(), [&](const Cell& c) { return is_number(c) || is_none(c); }))
                    continue;
                for (Cell& cell : cells)
                    if (is_number(cell)) cell.set(*cell::number(cell.view()));
            }
    }

    ShapedTable& document() { return *shape_.tables.front(); }

    Remarks& remarks_;
    Shape shape_;
    std::map<std::pair<std::size_t, std::string>, std::size_t> children_;
    std::set<std::string> names_, refused_;
    std::vector<Step> path_;
    std::vector<std::string_view> seen_;
    std::string prefix_, lookup_;
    std::string special_;
};

} // namespace

Cell scalar(element value, bool* big) {
    switch (value.type()) {
    case element_type::BOOL: return Cell::of(bool{value});
    case element_type::DOUBLE: return Cell::of(double{value});
    case element_type::STRING: return Cell::of(std::string_view{value});
    case element_type::INT64: {
        const std::int64_t n = value;
        if (big) *big = is_big(n);
        return Cell::of(n);
    }
    case element_type::UINT64:
        if (big) *big = true;
        return Cell::of(static_cast<double>(std::uint64_t{value}));
    default: return Cell{};
    }
}

const char* fate_of_big(bool in_64_bits) {
    return in_64_bits ? "an integer beyond 2^53; kept exactly as a 64-bit integer"
                      : "an integer beyond 64 bits; read as a real number";
}

Shape shape(element root, Remarks& remarks) { return Shaper{remarks}.run(root); }

std::string singular(std::string_view plural) {
    const auto ends = [&](std::string_view tail) {
        return plural.size() > tail.size() + 1 && plural.substr(plural.size() - tail.size()) == tail;
    };
    if (ends("ies")) return std::string{plural.substr(0, plural.size() - 3)} + "y";
    if (ends("sses") || ends("xes") || ends("ches") || ends("shes"))
        return std::string{plural.substr(0, plural.size() - 2)};
    if (ends("ss") || ends("us") || ends("is") || !ends("s")) return std::string{plural};
    return std::string{plural.substr(0, plural.size() - 1)};
}

} // namespace assay::json
