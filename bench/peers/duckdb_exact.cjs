// node duckdb_exact.cjs PACKAGES KIND PATH THREADS OUT: exact figures of each column, which the answers of all
// programs are held against. Through a database on disk beside OUT, column by column, so that memory
// suffices.
const { createRequire } = require("node:module");
const { rmSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const { source, flattened } = require("./duckdb_source.cjs");

const [packages, kind, path, threads, out] = process.argv.slice(2);
const { DuckDBInstance } = createRequire(join(packages, "package.json"))("@duckdb/node-api");
const database = out + ".duckdb";

async function main() {
    rmSync(database, { force: true });
    const instance = await DuckDBInstance.create(database, { threads, memory_limit: "6GB" });
    const connection = await instance.connect();
    const columns = kind === "csv" ? "*" : await flattened(connection, kind, path);
    await connection.run(`CREATE TABLE t AS SELECT ${columns} FROM ${source(kind, path)}`);
    const types = (await connection.runAndReadAll("DESCRIBE t")).getRowObjectsJson();
    const figures = [];
    for (const { column_name: column, column_type: type } of types) {
        if (type.endsWith("[]")) continue; // lists: not the same thing in any two programs
        const x = '"' + column.replaceAll('"', '""') + '"';
        const numeric = /^(DOUBLE|FLOAT|[A-Z]*INT|DECIMAL.*)$/.test(type);
        const more = numeric ? `, min(${x})::DOUBLE AS min, max(${x})::DOUBLE AS max, favg(${x}) AS mean, stddev(${x}) AS sd,
            quantile_cont(${x}::DOUBLE, [0.25, 0.5, 0.75, 0.24, 0.26, 0.49, 0.51, 0.74, 0.76]) AS quantiles` : "";
        const query = `SELECT count(*) AS rows, count(${x}) AS n, count(DISTINCT ${x}) AS distinct ${more} FROM t`;
        const [row] = (await connection.runAndReadAll(query)).getRowObjectsJson();
        const [p25, median, p75, a, b, c, d, e, f] = row.quantiles ?? [];
        const around = { p25: [a, b], median: [c, d], p75: [e, f] }; // 1 % of the ranks to either side
        const figure = { column, type, n: Number(row.n), missing: row.rows - row.n, distinct: Number(row.distinct) };
        figures.push(numeric ? { ...figure, min: row.min, max: row.max, mean: row.mean, sd: row.sd, p25, median, p75, around }
                             : figure);
    }
    writeFileSync(out, JSON.stringify(figures, null, 1));
}
main().catch((error) => { console.error(String(error.message ?? error)); process.exitCode = 1; })
    .finally(() => rmSync(database, { force: true }));
