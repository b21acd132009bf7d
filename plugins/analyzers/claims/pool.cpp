#include "claims/pool.hpp"
#include <algorithm>

namespace assay::claims {

namespace {

constexpr std::size_t most_pooled_rows = 200'000; ///< bounds the memory: larger datasets are judged file by file

struct JoinedColumn {
    SourceColumn column;
    bool agrees = true;                    ///< in type and unit, in all tables
    std::map<std::size_t, std::size_t> at; ///< by member
};

Cell dimension_of(const DataTable& table, const std::string& name) {
    for (const Dimension& dimension : table.dimensions)
        if (dimension.name == name) return dimension.value;
    return {};
}

std::vector<JoinedColumn> join_columns(const World& world, const std::vector<std::size_t>& members) {
    std::vector<JoinedColumn> out;
    const auto named = [&](const std::string& name) {
        return std::find_if(out.begin(), out.end(), [&](const auto& joined) { return joined.column.name == name; });
    };
    for (const std::size_t member : members) {
        const auto& columns = world.tables[member].columns;
        for (std::size_t c = 0; c < columns.size(); ++c) {
            const SourceColumn& column = columns[c].source;
            auto joined = named(column.name);
            if (joined == out.end()) joined = out.insert(out.end(), {column, true, {}});
            const SourceColumn& first = joined->column;
            const bool same = first.type == column.type || (first.is_number() && column.is_number());
            joined->agrees = joined->agrees && same && first.unit == column.unit;
            joined->at.emplace(member, c);
        }
    }
    // What not all files say tells no rows apart: those of the others would be missing.
    std::erase_if(out, [&](const JoinedColumn& joined) {
        return !joined.agrees || (joined.column.role != ASSAY_ROLE_METRIC && joined.at.size() < members.size());
    });
    for (const Dimension& dimension : world.tables[members[0]].dimensions) {
        const bool everywhere = std::all_of(members.begin(), members.end(), [&](std::size_t member) {
            return std::holds_alternative<std::string>(dimension_of(world.tables[member], dimension.name));
        });
        if (!everywhere || named(dimension.name) != out.end()) continue;
        SourceColumn column{dimension.name, "", ASSAY_TYPE_TEXT, ASSAY_ROLE_PARAMETER};
        column.dimension = true;
        out.push_back({std::move(column), true, {}});
    }
    return out;
}

} // namespace

void add_pool(World& world, const std::string& title, const std::vector<std::size_t>& members) {
    world.families.push_back({title, members});
    std::size_t rows = 0;
    for (const std::size_t member : members) rows += world.tables[member].rows->size();
    if (rows > most_pooled_rows) {
        ++world.pools_left_out;
        return;
    }
    SourceTable joined;
    joined.name = title;
    const auto columns = join_columns(world, members);
    for (const auto& column : columns) joined.columns.push_back(column.column);
    DataTable pool;
    pool.members = members;
    pool.artifact = SIZE_MAX;
    pool.path = title + ", " + std::to_string(members.size()) + " tables together";
    std::vector<std::size_t> parts = world.tables[members[0]].parts; // that all have
    for (const std::size_t member : members) {
        const DataTable& table = world.tables[member];
        std::erase_if(
            parts, [&](std::size_t part) { return !std::binary_search(table.parts.begin(), table.parts.end(), part); });
        for (const SourceRow& row : *table.rows) {
            SourceRow& out = joined.rows.emplace_back();
            out.status = row.status;
            for (const auto& column : columns) {
                const auto at = column.at.find(member);
                out.cells.push_back(at != column.at.end() ? row.cells[at->second]
                                                          : dimension_of(table, column.column.name));
            }
        }
    }
    world.sources.push_back({std::move(joined)});
    world.pools.push_back(described(world, std::move(pool), world.sources.back()[0], {parts.begin(), parts.end()}));
}

void add_pools(World& world, const Corpus& corpus) {
    std::map<std::pair<std::size_t, std::string>, std::size_t> places; // by artifact and name
    for (std::size_t t = 0; t < world.tables.size(); ++t)
        places.emplace(std::pair{world.tables[t].artifact, world.tables[t].name}, t);
    const auto artifacts = corpus.artifacts();
    for (const assay_dataset& dataset : corpus.datasets()) {
        std::vector<std::size_t> members;
        bool whole = true; // a part of a dataset gives no statistic of it
        for (std::size_t i = 0; i < dataset.n_tables; ++i) {
            const auto [artifact, table] = dataset.tables[i];
            if (artifacts[artifact].duplicate_of != SIZE_MAX) continue;
            const assay_table_record& record = tables(artifacts[artifact])[table];
            const auto at = places.find({artifact, std::string{view(record.plan->name)}});
            if (at != places.end())
                members.push_back(at->second);
            else
                whole = whole && record.rows_ok + record.rows_failed + record.rows_suspect + record.rows_published == 0;
        }
        if (members.size() < 2) continue;
        if (whole)
            add_pool(world, std::string{view(dataset.title)}, members);
        else
            ++world.pools_left_out;
    }
}

} // namespace assay::claims
