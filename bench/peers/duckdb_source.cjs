// How DuckDB reads a corpus.
const quoted = (text) => "'" + text.replaceAll("'", "''") + "'";
const name = (text) => '"' + text.replaceAll('"', '""') + '"';

const readers = {
    csv: (path) => `read_csv(${path})`,
    ndjson: (path) => `read_json(${path}, format = 'newline_delimited')`,
    json: (path) => `read_json(${path}, union_by_name = true)`,
};
exports.source = (kind, path) => readers[kind](quoted(path));

/// A list of columns for SELECT: each member of a nested object, as `a.b.c`.
exports.flattened = async (connection, kind, path) => {
    const head = await connection.run(`SELECT * FROM ${exports.source(kind, path)} LIMIT 0`);
    const columns = [];
    const add = (names, type) => {
        if (type.entryNames && type.entryTypes)
            type.entryNames.forEach((each, i) => add([...names, each], type.entryTypes[i]));
        else columns.push(`${names.map(name).join(".")} AS ${name(names.join("."))}`);
    };
    head.columnNames().forEach((each, i) => add([each], head.columnType(i)));
    return columns.join(", ");
};
