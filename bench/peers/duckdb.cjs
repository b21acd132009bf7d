// node duckdb.cjs PACKAGES KIND PATH THREADS OUT: DuckDB's SUMMARIZE, each column's figures as JSON.
// KIND: csv, ndjson or json (PATH may be a pattern; objects in objects become columns).
const { createRequire } = require("node:module");
const { writeFileSync } = require("node:fs");
const { join } = require("node:path");
const { source, flattened } = require("./duckdb_source.cjs");

const [packages, kind, path, threads, out] = process.argv.slice(2);
const { DuckDBInstance } = createRequire(join(packages, "package.json"))("@duckdb/node-api");

const number = (text) => (text === null || text === "" || isNaN(text) ? null : Number(text));

async function main() {
    const instance = await DuckDBInstance.create(":memory:", { threads });
    const connection = await instance.connect();
    const columns = kind === "csv" ? "*" : await flattened(connection, kind, path);
    const result = await connection.runAndReadAll(`SUMMARIZE SELECT ${columns} FROM ${source(kind, path)}`);
    const figures = result.getRowObjectsJson().map((row) => {
        const rows = Number(row.count);
        // SUMMARIZE tells missing cells as a percentage of two decimals only: no count can be had from it.
        return { column: row.column_name, rows, missing_percent: Number(row.null_percentage), min: number(row.min),
            max: number(row.max), mean: number(row.avg), sd: number(row.std), p25: number(row.q25),
            median: number(row.q50), p75: number(row.q75), distinct: number(row.approx_unique) };
    });
    writeFileSync(out, JSON.stringify(figures, null, 1));
}
main().catch((error) => { console.error(String(error.message ?? error)); process.exit(1); });
