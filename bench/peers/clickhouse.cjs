// node clickhouse.cjs PACKAGES KIND PATH THREADS OUT: figures of each column by ClickHouse's engine, with sketches for
// quartiles (t-digest) and distinct values (uniq), in one query. KIND: csv or ndjson.
const { createRequire } = require("node:module");
const { writeFileSync } = require("node:fs");
const { join } = require("node:path");

const [packages, kind, path, threads, out] = process.argv.slice(2);
const { query } = createRequire(join(packages, "package.json"))("chdb");

const file = `file('${path.replaceAll("'", "\\'")}', '${kind === "csv" ? "CSVWithNames" : "JSONEachRow"}')`;
const rows = (sql) => JSON.parse(query(sql, "JSONCompact")).data;

/// [name, type] of each scalar: `Tuple(a Tuple(b Int64))` of x is x.a.b.
function scalars(name, type) {
    if (!type.startsWith("Tuple(")) return [[name, type]];
    const found = [];
    for (let at = 6, depth = 0, begin = 6; at < type.length; ++at) {
        if (depth === 0 && (type[at] === "," || at === type.length - 1)) {
            const [, member, rest] = type.slice(begin, at).trim().match(/^`?([^` ]+)`?\s+(.*)$/s);
            found.push(...scalars(`${name}.${member}`, rest));
            begin = at + 1;
        } else if (type[at] === "(") ++depth;
        else if (type[at] === ")") --depth;
    }
    return found;
}

// Without the first, 1.5e-9 is text.
const settings = `input_format_try_infer_exponent_floats = 1, max_threads = ${threads},
    output_format_json_quote_64bit_integers = 0`;
const columns = rows(`DESCRIBE ${file} SETTINGS ${settings}`).flatMap(([name, type]) => scalars(name, type))
    .filter(([, type]) => !type.startsWith("Array("));
const select = columns.map(([name, type]) => {
    const x = name.split(".").map((part) => "`" + part + "`").join(".");
    const numeric = /Int|Float/.test(type);
    const list = [`count(${x})`, `countIf(isNull(${x}))`, `uniq(${x})`];
    if (numeric) list.push(`min(${x})`, `max(${x})`, `avg(${x})`, `stddevSamp(${x})`,
                           `quantilesTDigest(0.25, 0.5, 0.75)(${x})`);
    return `tuple(${list.join(", ")})`;
});
const [row] = rows(`SELECT ${select.join(", ")} FROM ${file} SETTINGS ${settings}`);
writeFileSync(out, JSON.stringify(columns.map(([column], i) => {
    const [n, missing, distinct, min, max, mean, sd, quartiles] = row[i];
    const [p25, median, p75] = quartiles ?? [];
    return { column, n, missing, distinct, min, max, mean, sd, p25, median, p75 };
}), null, 1));
