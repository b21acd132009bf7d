#include "claims/world.hpp"
#include "claims/quantity.hpp"
#include "claims/words.hpp"
#include <algorithm>
#include <array>
#include <cmath>
#include <set>

namespace assay::claims {

namespace {

constexpr std::array<std::string_view, 12> statistics{"mean", "median", "max",   "min",   "best", "worst",
                                                      "sd",   "total",  "count", "range", "sum",  "cv"};
/// Words of names that are units or say nothing.
constexpr std::array<std::string_view, 27> empty_words{
    "none", "s",   "ms",    "us", "ns",  "sec", "second",  "gb",   "mb", "kb", "mib", "gib", "byte",       "percent",
    "pct",  "per", "value", "of", "the", "in",  "overall", "stat", "w",  "hz", "mhz", "avg", "millisecond"};

/// Words of file names that say what sort of file it is, not what it is about.
constexpr std::array<std::string_view, 18> file_words{
    "report", "benchmark", "bench", "result", "summary", "data",        "test",     "run",  "output",
    "metric", "analysis",  "log",   "file",   "csv",     "performance", "document", "rows", "info"};

std::string text_of(const Cell& cell) {
    const auto* text = std::get_if<std::string>(&cell);
    return text ? *text : std::string{};
}

/// A dotted name in two: `timing_stats.latency_percentiles.p95`.
std::pair<std::string, std::string> last_name(std::string_view name) {
    const auto dot = name.rfind('.');
    if (dot == name.npos) return {{}, std::string{name}};
    return {std::string{name.substr(0, dot)}, std::string{name.substr(dot + 1)}};
}

void add_words(DataColumn& column, std::string_view name) {
    for (auto& word : concepts(name)) {
        if (std::find(empty_words.begin(), empty_words.end(), word) != empty_words.end()) continue;
        const std::string stat = statistic(word);
        if (!stat.empty() && stat != "count" && column.source.role != ASSAY_ROLE_PARAMETER) { // top_p is no best p
            if (column.stat.empty()) column.stat = stat;
            continue;
        }
        column.words.push_back(std::move(word));
    }
}

void describe(DataColumn& column, const std::string& table_name) {
    const auto& source = column.source;
    column.unit = ucum_unit(source.unit);
    if (!column.unit.known()) column.unit = unit_in_heading(source.name);
    const auto [parents, leaf] = last_name(source.name);
    add_words(column, leaf);
    // "mb_s" is a rate, whatever of.
    if (column.unit.measure == Measure::bandwidth) column.words.emplace_back("rate");
    if (column.words.empty()) add_words(column, parents);
    if (column.words.empty()) add_words(column, table_name);
    column.parents = concepts(parents);
    if (column.unit.measure == Measure::rate) {
        if (!holds(column.words, "rate")) column.words.emplace_back("rate");
        if (!column.unit.noun.empty() && !holds(column.words, column.unit.noun))
            column.words.push_back(column.unit.noun);
    }
    column.measured = source.is_number() && !source.document_scope &&
                      (source.role == ASSAY_ROLE_METRIC || source.aggregate) && !column.words.empty();
}

void find_kinds(World& world) {
    std::map<std::string, std::size_t> kinds;
    std::map<std::string, std::uint32_t> names;
    for (auto& table : world.tables) {
        std::string columns;
        for (auto& column : table.columns) {
            columns += column.source.name + '\n';
            column.name_id = names.emplace(column.source.name, static_cast<std::uint32_t>(names.size())).first->second;
        }
        world.kinds.push_back(kinds.emplace(columns, kinds.size()).first->second);
    }
    for (const auto& family : world.families)
        for (const std::size_t member : family.members) {
            const std::size_t old = world.kinds[member], one = world.kinds[family.members[0]];
            for (std::size_t& kind : world.kinds) kind = kind == old ? one : kind;
        }
}

std::string key_text(const Cell& cell) {
    if (const auto* number = std::get_if<double>(&cell)) {
        char text[40];
        std::snprintf(text, sizeof text, "%.10g", *number);
        return text;
    }
    return text_of(cell);
}

/// Parts that all values share name the table: they are added to `table_parts`.
void find_values(World& world, DataTable& table, std::size_t c, std::set<std::size_t>& table_parts) {
    DataColumn& column = table.columns[c];
    if (column.measured || column.source.role == ASSAY_ROLE_TIMESTAMP || column.source.role == ASSAY_ROLE_STATUS)
        return;
    std::map<std::string, std::size_t> index;
    for (std::size_t r = 0; r < table.rows->size(); ++r) {
        const std::string text = key_text((*table.rows)[r].cells[c]);
        if (text.empty() || text.size() > 300) continue;
        const auto [at, fresh] = index.emplace(text, column.values.size());
        if (fresh) {
            if (column.values.size() == DataColumn::most_values) {
                column.values.clear();
                return;
            }
            column.values.push_back({text, {}, {}, column.source.is_number() ? std::strtod(text.c_str(), nullptr) : 0});
        }
        column.values[at->second].rows.push_back(r);
    }
    if (column.source.is_number()) return;
    std::map<std::string, std::size_t> shared;
    for (const auto& value : column.values)
        for (const auto& part : name_parts(value.text, false)) ++shared[part];
    const auto own = name_parts(column.source.name, true); // "the prompt" is no prompt that has the word in it
    for (auto& value : column.values)
        for (const auto& part : name_parts(value.text, false)) {
            const bool prose = value.text.find(' ') != std::string::npos;
            if (prose && (says_nothing(part) || std::find(own.begin(), own.end(), part) != own.end())) continue;
            if (column.values.size() == 1 || shared[part] < column.values.size())
                value.parts.push_back(world.part(part));
            else if (name_parts(value.text, false).size() <= 6)
                table_parts.insert(world.part(part));
        }
}

/// What columns that divide the rows alike call them: "jit" and "torchscript".
void find_aliases(DataTable& table) {
    std::map<std::vector<std::size_t>, std::set<std::size_t>> by_rows;
    for (const auto& column : table.columns)
        for (const auto& value : column.values)
            if (column.values.size() > 1 && !column.source.is_number() && !value.is_prose())
                by_rows[value.rows].insert(value.parts.begin(), value.parts.end());
    for (const auto& [rows, parts] : by_rows)
        for (const std::size_t part : parts)
            for (const std::size_t other : parts)
                if (other != part) table.aliases[part].push_back(other);
}

/// Names that stand for each other's place: values of one column, and what tells files with the same columns apart.
void find_slots(World& world) {
    world.slots.resize(world.parts.size());
    std::size_t slot = 0;
    const auto add = [&](const std::set<std::size_t>& parts) {
        for (const std::size_t part : parts) world.slots[part].push_back(slot);
        ++slot;
    };
    std::map<std::string, std::vector<const DataTable*>> alike;
    for (const auto& table : world.tables) {
        std::string columns;
        for (const auto& column : table.columns) {
            columns += column.source.name + '\n';
            std::set<std::size_t> parts;
            if (column.values.size() < 2 || column.values.size() > 40) continue;
            for (const auto& value : column.values)
                if (value.parts.size() <= 3) parts.insert(value.parts.begin(), value.parts.end());
            add(parts);
        }
        alike[columns].push_back(&table);
    }
    for (const auto& [columns, tables] : alike) {
        std::map<std::size_t, std::size_t> holders;
        for (const auto* table : tables)
            for (const std::size_t part : table->parts) ++holders[part];
        std::set<std::size_t> parts;
        for (const auto& [part, count] : holders)
            if (count < tables.size() && world.entity[part]) parts.insert(part);
        add(parts);
    }
}

std::vector<std::int64_t> days_in(std::string path) {
    std::replace_if(
        path.begin(), path.end(), [](char c) { return c == '_' || c == '/'; }, ' ');
    std::vector<std::int64_t> days;
    for (const auto& q : quantities(path))
        if (q.kind == Kind::date && q.day_span == 1) days.push_back(q.day);
    return days;
}

} // namespace

std::size_t World::part(const std::string& name) {
    const auto [at, fresh] = part_ids.emplace(name, parts.size());
    if (fresh) parts.push_back(name);
    return at->second;
}

std::string statistic(const std::string& word) {
    if (word == "sum") return "total";
    if (std::find(statistics.begin(), statistics.end(), word) != statistics.end()) return word;
    const bool percentile = (word.size() >= 3 || word == "p1" || word == "p5") && word.size() <= 5 && word[0] == 'p' &&
                            std::all_of(word.begin() + 1, word.end(), is_digit);
    return percentile ? word : std::string{};
}

std::vector<double> numbers(const DataTable& table, std::size_t column, const std::vector<std::size_t>& rows) {
    std::vector<double> out;
    for (const std::size_t row : rows)
        if (const auto* number = std::get_if<double>(&(*table.rows)[row].cells[column]);
            number && std::isfinite(*number))
            out.push_back(*number);
    return out;
}

DataTable described(World& world, DataTable table, const SourceTable& source, std::set<std::size_t> parts) {
    table.name = source.name;
    table.rows = &source.rows;
    for (std::size_t r = 0; r < source.rows.size(); ++r)
        if (source.rows[r].status != ASSAY_ROW_PUBLISHED) // no statistic is of statistics
            (source.rows[r].went_wrong() ? table.failed : table.ok).push_back(r);
    for (std::size_t c = 0; c < source.columns.size(); ++c) {
        table.columns.emplace_back().source = source.columns[c];
        describe(table.columns.back(), source.name);
        find_values(world, table, c, parts);
        // What is the same in every row names the table.
        const DataColumn& column = table.columns.back();
        if (column.values.size() == 1 && !column.source.is_number()) {
            const auto& own = column.values[0].parts;
            parts.insert(own.begin(), own.end());
            if (column.source.role != ASSAY_ROLE_TEXT)
                table.path_parts.insert(table.path_parts.end(), own.begin(), own.end());
        }
        if (column.source.type == ASSAY_TYPE_TIME)
            for (const SourceRow& row : source.rows)
                if (const auto* time = std::get_if<double>(&row.cells[c])) {
                    const double day = std::floor(*time / 86'400e6);
                    world.days.emplace(static_cast<std::int64_t>(day), table.path);
                    table.days.insert(static_cast<std::int64_t>(day));
                    const auto second = static_cast<std::int64_t>((*time - day * 86'400e6) / 1e6);
                    world.seconds.emplace(second, table.path);
                    if (table.minutes.size() < 60) table.minutes.insert(second / 60);
                }
    }
    find_aliases(table);
    table.parts.assign(parts.begin(), parts.end());
    std::sort(table.path_parts.begin(), table.path_parts.end());
    table.path_parts.erase(std::unique(table.path_parts.begin(), table.path_parts.end()), table.path_parts.end());
    return table;
}

void add_tables(World& world, std::size_t artifact, const std::vector<std::string>& paths,
                const std::vector<Dimension>& dimensions, std::vector<SourceTable> sources) {
    world.sources.push_back(std::move(sources));
    world.paths.resize(std::max(world.paths.size(), artifact + 1));
    world.paths[artifact] = paths.front();
    for (const SourceTable& source : world.sources.back()) {
        if (source.rows.empty()) continue;
        DataTable table;
        table.artifact = artifact;
        table.path = paths.front();
        table.dimensions = dimensions;
        for (const auto& path : paths)
            for (const std::int64_t day : days_in(path)) table.days.insert(day);
        std::set<std::size_t> parts;
        for (const auto& path : paths)
            for (const auto& part : name_parts(path, true)) parts.insert(world.part(part));
        for (const auto& dimension : dimensions)
            for (const auto& part : name_parts(dimension.value, false)) parts.insert(world.part(part));
        table.path_parts.assign(parts.begin(), parts.end());
        world.tables.push_back(described(world, std::move(table), source, std::move(parts)));
    }
}

void weigh(World& world) {
    std::vector<std::size_t> holders(world.parts.size(), 0);
    for (const auto& table : world.tables) {
        std::set<std::size_t> all{table.parts.begin(), table.parts.end()};
        for (const auto& column : table.columns)
            for (const auto& value : column.values) all.insert(value.parts.begin(), value.parts.end());
        for (const std::size_t part : all) ++holders[part];
    }
    world.rarity.resize(world.parts.size());
    for (std::size_t i = 0; i < holders.size(); ++i)
        world.rarity[i] = std::log(static_cast<double>(world.tables.size() + 3) /
                                   static_cast<double>(std::max<std::size_t>(holders[i], 1)));
    world.entity.resize(world.parts.size());
    for (std::size_t i = 0; i < world.parts.size(); ++i) {
        const auto& part = world.parts[i];
        const bool digits = std::any_of(part.begin(), part.end(), is_digit);
        world.entity[i] = digits && std::any_of(part.begin(), part.end(), is_letter);
        if (std::find(file_words.begin(), file_words.end(), part) != file_words.end()) world.rarity[i] *= 0.2;
    }
    for (const auto& table : world.tables)
        for (const auto& column : table.columns)
            for (const auto& value : column.values)
                if (value.parts.size() <= 4)
                    for (const std::size_t part : value.parts) world.entity[part] = true;
    find_slots(world);
    find_kinds(world);
    std::map<std::string, std::size_t> ids;
    const auto id_of = [&](const std::string& word) {
        const auto [at, fresh] = ids.emplace(word, world.vocabulary.size());
        if (fresh) world.vocabulary.push_back(word);
        return at->second;
    };
    for (auto* tables : {&world.tables, &world.pools})
        for (auto& table : *tables)
            for (auto& column : table.columns) {
                for (const auto& word : column.words) column.word_ids.push_back(id_of(word));
                for (const auto& word : column.parents) column.parent_ids.push_back(id_of(word));
            }
    std::set<std::string> words;
    for (const auto& table : world.tables)
        for (const auto& column : table.columns)
            if (column.measured) words.insert(column.words.begin(), column.words.end());
    world.metric_words.assign(words.begin(), words.end());
    for (const auto& file : world.files)
        for (const std::int64_t day : days_in(file.path)) world.days.emplace(day, file.path);
    world.index = std::make_shared<const ValueIndex>(world);
}

} // namespace assay::claims
