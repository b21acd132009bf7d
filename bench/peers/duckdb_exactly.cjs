// node duckdb_exactly.cjs PACKAGES KIND PATH THREADS OUT: each column's figures as JSON, quartiles and distinct values
// exact, in one query over the file.
const { createRequire } = require("node:module");
const { writeFileSync } = require("node:fs");
const { join } = require("node:path");
const { source, flattened } = require("./duckdb_source.cjs");

const [packages, kind, path, threads, out] = process.argv.slice(2);
const { DuckDBInstance } = createRequire(join(packages, "package.json"))("@duckdb/node-api");

const name = (text) => '"' + text.replaceAll('"', '""') + '"';
const isNumber = (type) => /^(DOUBLE|FLOAT|[A-Z]*INT|DECIMAL.*)$/.test(type);

function asked({ column_name: column, column_type: type }, at) {
    const x = name(column);
    const parts = [`count(${x}) AS n${at}`, `count(DISTINCT ${x}) AS distinct${at}`];
    if (isNumber(type))
        parts.push(`min(${x})::DOUBLE AS min${at}`, `max(${x})::DOUBLE AS max${at}`, `avg(${x}) AS mean${at}`,
            `stddev(${x}) AS sd${at}`, `quantile_cont(${x}::DOUBLE, [0.25, 0.5, 0.75]) AS quartiles${at}`);
    return parts.join(", ");
}

function answered(row, { column_name: column, column_type: type }, at) {
    const n = Number(row[`n${at}`]);
    const figures = { column, n, missing: Number(row.rows) - n, distinct: Number(row[`distinct${at}`]) };
    if (!isNumber(type)) return figures;
    const [p25, median, p75] = row[`quartiles${at}`] ?? [];
    return { ...figures, min: row[`min${at}`], max: row[`max${at}`], mean: row[`mean${at}`], sd: row[`sd${at}`], p25,
        median, p75 };
}

async function main() {
    const instance = await DuckDBInstance.create(":memory:", { threads });
    const connection = await instance.connect();
    const selected = kind === "csv" ? "*" : await flattened(connection, kind, path);
    const from = `(SELECT ${selected} FROM ${source(kind, path)})`;
    const types = (await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${from}`)).getRowObjectsJson();
    const columns = types.filter(({ column_type: type }) => !type.endsWith("[]")); // lists: not the same in any two programs
    const query = `SELECT count(*) AS rows, ${columns.map(asked).join(", ")} FROM ${from}`;
    const [row] = (await connection.runAndReadAll(query)).getRowObjectsJson();
    writeFileSync(out, JSON.stringify(columns.map((each, at) => answered(row, each, at)), null, 1));
}
main().catch((error) => { console.error(String(error.message ?? error)); process.exit(1); });
