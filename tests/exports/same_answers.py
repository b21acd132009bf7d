#!/usr/bin/env python3
"""Loads one run's exports the ways their readers would, and holds them against one another and against the report.

usage: same_answers.py FOLDER     with report.json, observations.csv, observations.jsonl, report.sqlite

The CSV is read by Python's csv, by SQLite (from Python) and, where it is installed, by DuckDB; then JSON Lines and the
SQLite file. All must hold the same observations, and every median of the report that is about a table or about a
dataset by its dimensions must be the median of the observations it stands for. Exit status 0: all of it is so.
"""

import collections
import csv
import json
import math
import pathlib
import sqlite3
import statistics
import sys

FIXED = ["dataset", "artifact", "table", "row", "line", "status"]
LAST = ["metric", "value", "unit"]


def fail(message):
    sys.exit("same_answers: " + message)


def rows_of_csv(path):
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file, strict=True))
    header, rows = rows[0], rows[1:]
    if header[:6] != FIXED or header[-3:] != LAST:
        fail(f"the header is {header}")
    if any(len(row) != len(header) for row in rows):
        fail("a row has another number of cells than the header")
    return header, rows


def key_of(dataset, path, table, row, metric, unit):
    return (dataset, path, table, int(row), metric, unit or "")


def number(text):
    return None if text in ("", None) else float(text)


def same(a, b):
    return a == b or (a is not None and b is not None and (math.isnan(a) and math.isnan(b)))


def hold_together(name, expected, found):
    if expected.keys() != found.keys():
        fail(f"{name}: {len(found)} observations, the CSV has {len(expected)}: "
             f"{sorted(map(str, expected.keys() ^ found.keys()))[:3]}")
    for key, value in expected.items():
        if not same(value, found[key]):
            fail(f"{name}: {key}: {found[key]!r}, the CSV has {value!r}")
    print(f"{name}: {len(found)} observations, as in the CSV")


def sums_by(rows):
    sums = collections.defaultdict(list)
    for dataset, metric, status, value in rows:
        if value is not None:
            sums[dataset, metric, status].append(value)
    return {key: (len(values), math.fsum(values)) for key, values in sums.items()}


def check_sqlite_import(header, rows, expected):
    database = sqlite3.connect(":memory:")
    names = ",".join('"' + name.replace('"', '""') + '"' for name in header)
    database.execute(f"CREATE TABLE o({names})")
    database.executemany(f"INSERT INTO o VALUES({','.join('?' * len(header))})", rows)
    found = sums_by(database.execute(
        "SELECT dataset, metric, status, CASE WHEN value = '' THEN NULL ELSE CAST(value AS REAL) END FROM o"))
    if found.keys() != expected.keys() or any(
            found[k][0] != expected[k][0] or not math.isclose(found[k][1], expected[k][1]) for k in found):
        fail("SQLite reads other numbers out of the CSV than Python")
    print(f"SQLite: the CSV's {len(found)} groups have the same counts and sums")


def check_duckdb(path, expected):
    try:
        import duckdb
    except ImportError:
        print("skipped: DuckDB is not installed (pip install duckdb)")
        return
    # As anybody would load it: delimiter, quotes, header and types are found by DuckDB itself.
    found = {}
    for dataset, metric, status, n, total in duckdb.sql(
            f"SELECT dataset, metric, status, count(value), sum(value::DOUBLE) FROM read_csv('{path}', "
            "sample_size=-1) GROUP BY ALL").fetchall():
        if n:
            found[dataset, metric, status] = (n, total)
    if found.keys() != expected.keys():
        fail(f"DuckDB finds other groups: {sorted(found.keys() ^ expected.keys())[:3]}")
    for key in found:
        if found[key][0] != expected[key][0] or not math.isclose(found[key][1], expected[key][1], rel_tol=1e-9):
            fail(f"DuckDB: {key}: {found[key]}, Python {expected[key]}")
    print(f"DuckDB: the CSV's {len(found)} groups have the same counts and sums")


def as_level(text):
    if text == "(none)":  # as facts name a dimension that a row lacks
        return ""
    try:
        return float(text)
    except ValueError:
        return text


def column_of(key, of_dataset, place):
    """A name that the export, or in any case another dimension, has already got `_` behind it."""
    taken = key in FIXED + LAST and not (key == "dataset" or (not of_dataset and key in ("artifact", "table")))
    for name in (key + "_",) if taken else (key, key + "_", key + "__"):
        if name in place:
            return name
    return None


def check_medians(report, header, rows):
    """Groups by every set of dimensions that facts name."""
    place = {name: i for i, name in enumerate(header)}
    facts = [f for f in report["facts"] if f["stat"] == "median" and f["value"] is not None]
    by_subject = collections.defaultdict(list)
    for fact in facts:
        by_subject[tuple(sorted(fact["subject"]))].append(fact)
    compared = collections.Counter()
    for keys, group in by_subject.items():
        columns = [column_of(key, "dataset" in keys, place) for key in keys]
        if None in columns:
            fail(f"the export has no column for {keys}")
        values = collections.defaultdict(list)
        for row in rows:
            value = row[place["value"]]
            if row[place["status"]] == "ok" and value != "":
                levels = tuple(as_level(row[place[column]]) for column in columns)
                values[levels, row[place["metric"]], row[place["unit"]]].append(float(value))
        for fact in group:
            levels = tuple(as_level(fact["subject"][key]) for key in keys)
            found = values.get((levels, fact["metric"], fact["unit"] or ""))
            if found is None:
                fail(f"no observations for {fact['subject']} {fact['metric']}")
            if fact["approx"]:
                compared["approximate"] += 1
                continue
            if len(found) != fact["n"] or not math.isclose(statistics.median(found), fact["value"], rel_tol=1e-12):
                fail(f"median of {fact['subject']} {fact['metric']}: the report has {fact['value']} of {fact['n']}, "
                     f"the export {statistics.median(found)} of {len(found)}")
            compared["dataset" if "dataset" in keys else "table"] += 1
    print("medians:", dict(compared))
    return compared


def check_sqlite_file(path, report, expected):
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    if database.execute("PRAGMA integrity_check").fetchone() != ("ok",):
        fail("the SQLite file is damaged")
    if database.execute("PRAGMA user_version").fetchone() != (1,):
        fail("the SQLite file has another user_version")
    counts = {table: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
              for table in ("artifacts", "datasets", "facts", "findings", "claims")}
    if counts != {table: len(report[table]) for table in counts}:
        fail(f"the SQLite file has {counts}")
    found = {key_of(d, p, t, r, m, u): None if v is None else float(v) for d, p, t, r, m, u, v in database.execute(
        'SELECT dataset, path, "table", row, metric, unit, value FROM observations')}
    hold_together("report.sqlite", expected, found)
    for dataset, view, title in database.execute("SELECT dataset, view_name, title FROM datasets").fetchall():
        quoted = view.replace('"', '""')
        rows = database.execute(f'SELECT status, count(*) FROM "{quoted}" GROUP BY status').fetchall()
        of = next(d for d in report["datasets"] if d["id"] == dataset)
        for status in ("ok", "failed", "suspect"):
            if dict(rows).get(status, 0) != of["rows_" + status]:
                fail(f"{title}: {rows}, the report has {of['rows_' + status]} {status}")
    facts = {f["id"]: f["value"] for f in report["facts"]}
    if facts != dict(database.execute("SELECT id, value FROM facts")):
        fail("the SQLite file has other facts")
    print(f"report.sqlite: {counts}, and the rows of each dataset as the report counts them")


def main(folder):
    folder = pathlib.Path(folder)
    report = json.loads((folder / "report.json").read_text())
    header, rows = rows_of_csv(folder / "observations.csv")
    place = {name: i for i, name in enumerate(header)}
    expected, sums = {}, []
    for row in rows:
        key = key_of(*(row[place[name]] for name in ("dataset", "artifact", "table", "row", "metric", "unit")))
        if key in expected:
            fail(f"{key} is there twice")
        expected[key] = number(row[place["value"]])
        sums.append((row[place["dataset"]], row[place["metric"]], row[place["status"]], expected[key]))
    print(f"csv: {len(rows)} observations of {len(header)} columns")
    sums = sums_by(sums)
    check_sqlite_import(header, rows, sums)
    check_duckdb(folder / "observations.csv", sums)
    found = {}
    with open(folder / "observations.jsonl", encoding="utf-8") as file:
        for line in file:
            o = json.loads(line)
            found[key_of(o["dataset"], o["artifact"], o["table"], o["row"], o["metric"], o["unit"])] = (
                None if o["value"] is None else float(o["value"]))
    hold_together("observations.jsonl", expected, found)
    check_sqlite_file(folder / "report.sqlite", report, expected)
    compared = check_medians(report, header, rows)
    if compared["dataset"] + compared["table"] == 0:
        fail("no median could be compared")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
