// node polars.cjs PACKAGES csv PATH THREADS OUT: what `describe` gives, and what it lacks (counts, quartiles, distinct
// values) by expressions. The number of threads is read by Polars from POLARS_MAX_THREADS.
const { createRequire } = require("node:module");
const { writeFileSync } = require("node:fs");
const { join } = require("node:path");

const [packages, , path, , out] = process.argv.slice(2);
const polars = createRequire(join(packages, "package.json"))("nodejs-polars").default;

const frame = polars.readCSV(path, { inferSchemaLength: 10_000 });
const numeric = frame.columns.filter((name) => frame.getColumn(name).isNumeric());
const of = (frame) => frame.toRecords()[0];
const all = frame.columns.map((name) => polars.col(name));
const numbers = numeric.map((name) => polars.col(name));
const figures = {
    n: of(frame.select(...all.map((c) => c.count()))),
    missing: of(frame.nullCount()),
    distinct: of(frame.select(...all.map((c) => c.dropNulls().nUnique()))),
    min: of(frame.select(...numbers.map((c) => c.min()))),
    max: of(frame.select(...numbers.map((c) => c.max()))),
    mean: of(frame.select(...numbers.map((c) => c.mean()))),
    sd: of(frame.select(...numbers.map((c) => c.std()))),
    p25: of(frame.select(...numbers.map((c) => c.quantile(0.25, "linear")))),
    median: of(frame.select(...numbers.map((c) => c.median()))),
    p75: of(frame.select(...numbers.map((c) => c.quantile(0.75, "linear")))),
};
writeFileSync(out, JSON.stringify(frame.columns.map((column) =>
    Object.fromEntries([["column", column],
        ...Object.entries(figures).map(([name, values]) => [name, values[column] ?? null])])), null, 1));
