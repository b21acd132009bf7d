#include "sqlite_export.hpp"
#include "data_tables.hpp"
#include "database.hpp"
#include <assay/observations.hpp>
#include <span>

namespace assay {
namespace {

constexpr const char* report_tables = R"(
    CREATE TABLE report(name TEXT PRIMARY KEY, json TEXT NOT NULL);
    CREATE TABLE artifacts(id INTEGER PRIMARY KEY, path TEXT NOT NULL, bytes INTEGER, modified TEXT, sha256 TEXT,
                           parser TEXT, status TEXT NOT NULL, reason_code TEXT, reason TEXT, duplicate_of TEXT,
                           rows_lost TEXT);
    CREATE TABLE artifact_dimensions(artifact INTEGER NOT NULL REFERENCES artifacts(id), name TEXT NOT NULL,
                                     value TEXT NOT NULL);
    CREATE TABLE tables(id INTEGER PRIMARY KEY, artifact INTEGER NOT NULL REFERENCES artifacts(id), name TEXT NOT NULL, kind TEXT NOT NULL,
                        dataset TEXT, rows_ok INTEGER, rows_failed INTEGER, rows_suspect INTEGER,
                        rows_rejected INTEGER, rows_published INTEGER, failed_when TEXT);
    CREATE TABLE datasets(id INTEGER PRIMARY KEY, dataset TEXT NOT NULL UNIQUE, title TEXT, rows_ok INTEGER,
                          rows_failed INTEGER, rows_suspect INTEGER, rows_rejected INTEGER, rows_published INTEGER,
                          table_name TEXT,
                          view_name TEXT, left_out INTEGER NOT NULL);
    CREATE TABLE columns(dataset INTEGER NOT NULL REFERENCES datasets(id), number INTEGER NOT NULL, name TEXT NOT NULL,
                         type TEXT, role TEXT, unit TEXT, unit_source TEXT, direction TEXT,
                         column_name TEXT, PRIMARY KEY(dataset, number));
    CREATE TABLE table_metrics(table_id INTEGER NOT NULL REFERENCES tables(id), number INTEGER NOT NULL, unit TEXT,
                               PRIMARY KEY(table_id, number)) WITHOUT ROWID;
    CREATE TABLE fact_subjects(fact TEXT NOT NULL, key TEXT NOT NULL, value TEXT);
    CREATE TABLE finding_evidence(fingerprint TEXT NOT NULL, artifact TEXT, row INTEGER, line INTEGER, pointer TEXT,
                                  excerpt TEXT);
)";

constexpr const char* report_indices = R"(
    CREATE INDEX artifacts_path ON artifacts(path);
    CREATE INDEX artifact_dimensions_value ON artifact_dimensions(name, value);
    CREATE INDEX artifact_dimensions_artifact ON artifact_dimensions(artifact);
    CREATE INDEX tables_artifact ON tables(artifact);
    CREATE INDEX facts_id ON facts(id);
    CREATE INDEX facts_metric ON facts(metric, stat);
    CREATE INDEX fact_subjects_fact ON fact_subjects(fact);
    CREATE INDEX fact_subjects_value ON fact_subjects(key, value);
    CREATE INDEX findings_severity ON findings(severity, rule);
    CREATE INDEX finding_evidence_finding ON finding_evidence(fingerprint);
)";

/// Absent where it is empty.
void put_text(Insert& out, const std::string& text) { text.empty() ? out.null() : out.text(text); }
void put_count(Insert& out, Count count) { count ? out.integer(static_cast<std::int64_t>(*count)) : out.null(); }
void put_counts(Insert& out, const RowCounts& rows) {
    for (const Count count : {rows.ok, rows.failed, rows.suspect, rows.rejected, rows.published}) put_count(out, count);
}

void make_table(NewDatabase& database, const std::string& name,
                std::initializer_list<std::span<const flat::RecordColumn>> parts) {
    std::string columns;
    for (const auto part : parts)
        for (const auto& column : part) columns += (columns.empty() ? "" : ", ") + quoted_name(column.name);
    database.run("CREATE TABLE " + name + "(" + columns + ")");
}

void add_artifacts(const Report& report, NewDatabase& database) {
    Insert artifacts{database, "artifacts", 11}, dimensions{database, "artifact_dimensions", 3};
    Insert tables{database, "tables", 11};
    RecordReader reader;
    for (std::size_t i = 0; i < report.size(ASSAY_RECORD_ARTIFACT); ++i) {
        const auto artifact = reader.artifact(report.record(ASSAY_RECORD_ARTIFACT, i));
        const auto id = static_cast<std::int64_t>(i + 1);
        artifacts.integer(id);
        artifacts.text(artifact.path);
        put_count(artifacts, artifact.bytes);
        for (const auto* text : {&artifact.modified, &artifact.sha256, &artifact.parser, &artifact.status,
                                 &artifact.reason_code, &artifact.reason, &artifact.duplicate_of})
            put_text(artifacts, *text);
        artifacts.end_row();
        for (const auto& [name, value] : artifact.dimensions) {
            dimensions.integer(id);
            dimensions.text(name);
            dimensions.text(value);
            dimensions.end_row();
        }
        for (const auto& table : artifact.tables) {
            tables.null(); // SQLite counts
            tables.integer(id);
            tables.text(table.name);
            tables.text(table.kind);
            put_text(tables, table.dataset);
            put_counts(tables, table.rows);
            put_text(tables, table.failed_when);
            tables.end_row();
        }
    }
}

void add_datasets(NewDatabase& database, const std::vector<DataTable>& data) {
    Insert datasets{database, "datasets", 11}, columns{database, "columns", 9};
    for (const DataTable& table : data) {
        datasets.integer(static_cast<std::int64_t>(table.number));
        datasets.text(table.dataset.id);
        put_text(datasets, table.dataset.title);
        put_counts(datasets, table.dataset.rows);
        datasets.text(table.table);
        datasets.text(table.view_name);
        datasets.integer(static_cast<std::int64_t>(table.left_out));
        datasets.end_row();
        std::size_t number = 0;
        for (const ReportColumn& c : table.dataset.columns) {
            ++number;
            columns.integer(static_cast<std::int64_t>(table.number));
            columns.integer(static_cast<std::int64_t>(number));
            columns.text(c.name);
            for (const auto* text : {&c.type, &c.role, &c.unit, &c.unit_source, &c.direction}) put_text(columns, *text);
            number <= table.column_names.size() ? columns.text(table.column_names[number - 1]) : columns.null();
            columns.end_row();
        }
    }
}

void add_facts(const Report& report, NewDatabase& database) {
    Insert facts{database, "facts", flat::fact_front.size() + flat::fact_back.size()};
    Insert subjects{database, "fact_subjects", 3};
    flat::each_record(report, ASSAY_RECORD_FACT, [&](const simdjson::dom::element& fact) {
        flat::put(facts, fact, flat::fact_front);
        flat::put(facts, fact, flat::fact_back);
        facts.end_row();
        detail::each_field(fact, "subject", [&](std::string_view key, const detail::Json& value) {
            flat::put(subjects, fact["id"]);
            subjects.text(key);
            subjects.text(detail::scalar(value));
            subjects.end_row();
        });
    });
}

void add_findings(const Report& report, NewDatabase& database) {
    Insert findings{database, "findings", flat::finding_columns.size()};
    Insert evidence{database, "finding_evidence", 6};
    flat::each_record(report, ASSAY_RECORD_FINDING, [&](const simdjson::dom::element& finding) {
        flat::put(findings, finding, flat::finding_columns);
        findings.end_row();
        detail::each(finding, "evidence", [&](const detail::Json& place) {
            flat::put(evidence, finding["fingerprint"]);
            for (const char* key : {"artifact", "row", "line", "pointer", "excerpt"}) flat::put(evidence, place[key]);
            evidence.end_row();
        });
    });
}

void add_claims(const Report& report, NewDatabase& database) {
    Insert claims{database, "claims", flat::claim_columns.size()};
    flat::each_record(report, ASSAY_RECORD_CLAIM, [&](const simdjson::dom::element& claim) {
        flat::put(claims, claim, flat::claim_columns);
        claims.end_row();
    });
}

void add_texts(const Report& report, NewDatabase& database) {
    Insert texts{database, "report", 2};
    const auto add = [&](std::string_view name, std::string_view json) {
        texts.text(name);
        texts.text(json);
        texts.end_row();
    };
    add("inventory", report.inventory());
    add("counts", report.summary());
}

} // namespace

void SqliteExport::render(const Report& report, Output& out) {
    NewDatabase database;
    database.run("PRAGMA user_version = " + std::to_string(sqlite_export_version));
    database.run(report_tables);
    make_table(database, "facts", {flat::fact_front, flat::fact_back});
    make_table(database, "findings", {flat::finding_columns});
    make_table(database, "claims", {flat::claim_columns});
    add_texts(report, database);
    add_artifacts(report, database);
    add_facts(report, database);
    add_findings(report, database);
    add_claims(report, database);
    flat::Names taken;
    for (const char* name :
         {"report", "artifacts", "artifact_dimensions", "tables", "table_metrics", "datasets", "columns", "facts",
          "fact_subjects", "findings", "finding_evidence", "claims", "observations"})
        taken.fresh(name);
    DataTables data{report, database, taken};
    add_datasets(database, data.all());
    if (*rows) read_rows(report, data);
    data.finish();
    for (const DataTable& table : data.all()) {
        const auto warn = [&](std::size_t n, const char* what) {
            if (n > 0)
                host().log(ASSAY_LOG_WARNING,
                           "sqlite: dataset '" + table.dataset.title + "': " + std::to_string(n) + what);
        };
        warn(table.left_out, " columns have no place in its table; those without a column_name in 'columns'");
        warn(DataTables::labels_left_out(table), " parameters are not among the dimensions of 'observations'");
    }
    database.run(report_indices);
    database.write_to(out);
}

} // namespace assay
