#include "data_tables.hpp"
#include <algorithm>

namespace assay {

namespace {

/// A column of a type that all tables of the dataset give it; SQLite would turn other values into that type.
std::string declared_type(const std::string& type) {
    if (type == "int" || type == "bool") return " INTEGER";
    return type == "float" ? " REAL" : type.empty() ? "" : " TEXT";
}

/// Notes the columns of tables that are not as their dataset's, which alone the report tells.
void look_at_tables(const Report& report, std::vector<DataTable>& tables) {
    std::map<std::string_view, std::map<std::string_view, std::size_t>> places;
    std::map<std::string_view, DataTable*> by_id;
    for (auto& table : tables) {
        by_id.emplace(table.dataset.id, &table);
        for (std::size_t i = 0; i < table.types.size(); ++i)
            places[table.dataset.id].emplace(table.dataset.columns[i].name, i);
    }
    flat::each_record(report, ASSAY_RECORD_ARTIFACT, [&](const simdjson::dom::element& artifact) {
        detail::each(artifact, "tables", [&](const detail::Json& table) {
            const auto known = by_id.find(detail::text(table, "dataset"));
            if (known == by_id.end()) return;
            DataTable& data = *known->second;
            const auto& columns = places[data.dataset.id];
            detail::each(table, "columns", [&](const detail::Json& column) {
                const auto place = columns.find(detail::text(column, "name"));
                if (place == columns.end()) return;
                if (data.types[place->second] != detail::text(column, "type")) data.types[place->second].clear();
                if (flat::labels(detail::text(column, "role"))) data.labels[place->second] = true;
            });
        });
    });
}

/// SQLite joins at most 500 SELECTs in one statement.
constexpr std::size_t most_joined = 400;
/// json_object takes at most 127 arguments.
constexpr std::size_t most_labels = 60;

} // namespace

DataTables::DataTables(const Report& report, NewDatabase& database, flat::Names& taken)
    : database_{database}, metrics_{std::in_place, database, "table_metrics", 3}, places_{report} {
    RecordReader reader;
    std::map<std::string, flat::LabelNames> dimensions;
    std::uint64_t n_tables = 0;
    for (std::size_t i = 0; i < report.size(ASSAY_RECORD_ARTIFACT); ++i) {
        const auto artifact = reader.artifact(report.record(ASSAY_RECORD_ARTIFACT, i));
        first_table_.push_back(n_tables + 1);
        n_tables += artifact.tables.size();
        if (!artifact.duplicate_of.empty()) continue;
        for (const auto& table : artifact.tables)
            if (!table.dataset.empty())
                for (const auto& [name, value] : artifact.dimensions) dimensions[table.dataset].add(name);
    }
    for (std::size_t i = 0; i < report.size(ASSAY_RECORD_DATASET); ++i) {
        DataTable table;
        table.number = i + 1;
        table.dataset = reader.dataset(report.record(ASSAY_RECORD_DATASET, i));
        table.dimensions = std::move(dimensions[table.dataset.id].all);
        for (const auto& column : table.dataset.columns) {
            table.types.push_back(column.type);
            table.labels.push_back(flat::labels(column.role));
        }
        table.observed.resize(table.dataset.columns.size());
        table.table = taken.fresh("data_" + table.dataset.id);
        tables_.push_back(std::move(table));
    }
    look_at_tables(report, tables_);
    for (auto& table : tables_) {
        table.view_name = taken.fresh(table.dataset.title.empty() ? table.dataset.id : table.dataset.title);
        by_id_.emplace(table.dataset.id, table.number - 1);
        make(table);
    }
}

void DataTables::make(DataTable& table) {
    std::erase_if(table.dimensions, [&](const std::string& name) {
        return std::any_of(table.dataset.columns.begin(), table.dataset.columns.end(),
                           [&](const auto& column) { return column.name == name; });
    });
    if (table.dimensions.size() > most_labels) {
        table.left_out += table.dimensions.size() - most_labels;
        table.dimensions.resize(most_labels);
    }
    table.left_out += table.dataset.columns.size() - std::min(table.dataset.columns.size(), most_own_columns);
    flat::Names names;
    // "path" is the view's.
    for (const char* fixed : {"row_id", "artifact", "table_id", "path", "table", "row", "line", "status"})
        names.fresh(fixed);
    std::string columns =
        "row_id INTEGER PRIMARY KEY, artifact INTEGER NOT NULL REFERENCES artifacts(id), "
        "table_id INTEGER NOT NULL REFERENCES tables(id), row INTEGER NOT NULL, line INTEGER, status TEXT NOT NULL";
    for (const auto& name : table.dimensions) {
        table.dimension_names.push_back(names.fresh(name));
        columns += ", " + quoted_name(table.dimension_names.back()) + " TEXT";
    }
    const auto& own = table.dataset.columns;
    for (std::size_t i = 0; i < std::min(own.size(), most_own_columns); ++i) {
        table.column_names.push_back(names.fresh(own[i].name));
        columns += ", " + quoted_name(table.column_names.back()) + declared_type(table.types[i]);
    }
    database_.run("CREATE TABLE " + quoted_name(table.table) + "(" + columns + ")");
    table.insert =
        std::make_unique<Insert>(database_, table.table, 6 + table.dimension_names.size() + table.column_names.size());
}

void DataTables::table(const RowTable& table) {
    const auto found = by_id_.find(places_.table(table).dataset);
    current_ = found == by_id_.end() ? nullptr : &tables_[found->second];
    if (!current_) return;
    artifact_ = table.artifact + 1;
    table_ = first_table_.at(table.artifact) + table.table;
    plan_ = &table.plan;
    sources_ = flat::label_sources(current_->dimensions, table.plan, places_.artifact(table.artifact));
    std::map<std::string_view, std::size_t> places;
    const auto plans = columns(table.plan);
    for (std::size_t i = 0; i < plans.size(); ++i) places.emplace(view(plans[i].name), i);
    column_of_.clear();
    for (std::size_t i = 0; i < current_->column_names.size(); ++i) {
        const auto place = places.find(current_->dataset.columns[i].name);
        column_of_.push_back(place == places.end() ? SIZE_MAX : place->second);
    }
    row_ = 0;
    // A column may be a metric in one table of the dataset, and something else in another.
    for (std::size_t i = 0; i < column_of_.size(); ++i) {
        if (column_of_[i] == SIZE_MAX || !flat::is_observed(plans[column_of_[i]])) continue;
        current_->observed[i] = true;
        metrics_->integer(static_cast<std::int64_t>(table_));
        metrics_->integer(static_cast<std::int64_t>(i + 1));
        const auto unit = view(plans[column_of_[i]].unit);
        unit.empty() ? metrics_->null() : metrics_->text(unit);
        metrics_->end_row();
    }
}

void DataTables::rows(const Batch& batch) {
    if (!current_) return;
    Insert& out = *current_->insert;
    const auto cells = flat::columns_of(batch, plan_->n_columns);
    for (std::size_t row = 0; row < batch.rows(); ++row) {
        out.null(); // SQLite counts
        out.integer(static_cast<std::int64_t>(artifact_));
        out.integer(static_cast<std::int64_t>(table_));
        out.integer(static_cast<std::int64_t>(++row_));
        const std::uint64_t line = batch.line(row);
        line == ASSAY_UNKNOWN ? out.null() : out.integer(static_cast<std::int64_t>(line));
        out.text(flat::name_of_status(batch.status()[row]));
        flat::put_labels(out, sources_, cells, row);
        for (const auto column : column_of_) column == SIZE_MAX ? out.null() : flat::put(out, cells[column], row);
        out.end_row();
    }
}

void DataTables::lost(std::size_t artifact, std::string_view code, std::string_view reason) {
    database_.run("UPDATE artifacts SET rows_lost = " + quoted_text(std::string{code} + ": " + std::string{reason}) +
                  " WHERE id = " + std::to_string(artifact + 1));
}

std::size_t DataTables::labels_left_out(const DataTable& table) {
    const auto of_columns = static_cast<std::size_t>(std::count(
        table.labels.begin(), table.labels.begin() + static_cast<std::ptrdiff_t>(table.column_names.size()), true));
    const std::size_t all = table.dimensions.size() + of_columns;
    return all - std::min(all, most_labels);
}

std::string DataTables::observations_of(const DataTable& table) const {
    std::string labels, value;
    std::size_t n_labels = 0;
    const auto add_label = [&](const std::string& name, const std::string& column) {
        if (n_labels++ < most_labels)
            labels += (labels.empty() ? "" : ", ") + quoted_text(name) + ", d." + quoted_name(column);
    };
    for (std::size_t i = 0; i < table.dimensions.size(); ++i) add_label(table.dimensions[i], table.dimension_names[i]);
    for (std::size_t i = 0; i < table.column_names.size(); ++i) {
        const ReportColumn& column = table.dataset.columns[i];
        if (table.labels[i]) add_label(column.name, table.column_names[i]);
        if (table.observed[i])
            value += " WHEN " + std::to_string(i + 1) + " THEN d." + quoted_name(table.column_names[i]);
    }
    return "SELECT " + quoted_text(table.dataset.id) +
           " AS dataset, a.path AS path, t.name AS \"table\", d.row AS row, d.line AS line, d.status AS status, "
           "json_object(" +
           labels + ") AS dimensions, c.name AS metric, " +
           (value.empty() ? "NULL" : "CASE c.number" + value + " END") + " AS value, m.unit AS unit FROM " +
           quoted_name(table.table) +
           " d JOIN tables t ON t.id = d.table_id JOIN table_metrics m ON m.table_id = t.id "
           "JOIN columns c ON c.dataset = " +
           std::to_string(table.number) + " AND c.number = m.number JOIN artifacts a ON a.id = d.artifact";
}

void DataTables::finish() {
    metrics_.reset();
    std::vector<std::string> selects;
    for (auto& table : tables_) {
        table.insert.reset();
        const std::string name = quoted_name(table.table);
        database_.run("CREATE INDEX " + quoted_name(table.table + "_artifact") + " ON " + name + "(artifact)");
        std::string columns = "a.path AS path, t.name AS \"table\", d.row, d.line, d.status";
        for (const auto& column : table.dimension_names) columns += ", d." + quoted_name(column);
        for (const auto& column : table.column_names) columns += ", d." + quoted_name(column);
        database_.run("CREATE VIEW " + quoted_name(table.view_name) + " AS SELECT " + columns + " FROM " + name +
                      " d JOIN tables t ON t.id = d.table_id JOIN artifacts a ON a.id = d.artifact");
        selects.push_back(observations_of(table));
    }
    // Views of views where there are very many datasets.
    for (std::size_t level = 1; selects.size() > most_joined; ++level) {
        std::vector<std::string> joined;
        for (std::size_t i = 0; i < selects.size(); i += most_joined) {
            const std::string name = "observations_" + std::to_string(level) + "_" + std::to_string(joined.size() + 1);
            std::string sql = "CREATE VIEW " + name + " AS " + selects[i];
            for (std::size_t k = i + 1; k < std::min(i + most_joined, selects.size()); ++k)
                sql += " UNION ALL " + selects[k];
            database_.run(sql);
            joined.push_back("SELECT * FROM " + name);
        }
        selects = std::move(joined);
    }
    std::string all;
    for (const auto& select : selects) all += (all.empty() ? "" : " UNION ALL ") + select;
    if (all.empty())
        all = "SELECT NULL AS dataset, NULL AS path, NULL AS \"table\", NULL AS row, NULL AS line, NULL AS status, "
              "NULL AS dimensions, NULL AS metric, NULL AS value, NULL AS unit WHERE 0";
    database_.run("CREATE VIEW observations AS " + all);
}

} // namespace assay
