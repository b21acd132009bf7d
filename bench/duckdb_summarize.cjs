// node duckdb_summarize.cjs PEERS CSV THREADS OUT: DuckDB's SUMMARIZE of a CSV, as JSON. PEERS holds node_modules.
const { createRequire } = require("node:module");
const { writeFileSync } = require("node:fs");
const { join } = require("node:path");

const [peers, csv, threads, out] = process.argv.slice(2);
const { DuckDBInstance } = createRequire(join(peers, "package.json"))("@duckdb/node-api");

async function main() {
    const instance = await DuckDBInstance.create(":memory:", { threads });
    const connection = await instance.connect();
    const path = csv.replaceAll("'", "''");
    const result = await connection.runAndReadAll(`SUMMARIZE SELECT * FROM read_csv('${path}')`);
    writeFileSync(out, JSON.stringify(result.getRowObjectsJson(), null, 1));
}
main().catch((error) => { console.error(error); process.exit(1); });
