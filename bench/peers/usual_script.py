"""usual_script.py TREE OUT: what people write themselves: every file of a tree, the figures of each column, as JSON."""
import csv
import json
import pathlib
import re
import statistics
import sys


def number(text):
    try:
        return float(text)
    except ValueError:
        return text


def flattened(value, name=""):
    if isinstance(value, dict):
        for key, member in value.items():
            yield from flattened(member, f"{name}.{key}" if name else key)
    elif isinstance(value, list):
        for item in value:
            yield from flattened(item, name)
    else:
        yield name, value


def main(tree, out):
    values, files, table_rows = {"csv": {}, "json": {}}, {}, 0
    for path in sorted(pathlib.Path(tree).rglob("*")):
        if not path.is_file():
            continue
        files[path.suffix] = files.get(path.suffix, 0) + 1
        if path.suffix == ".csv":
            with open(path, newline="") as file:
                for row in csv.DictReader(file):
                    for name, text in row.items():
                        values["csv"].setdefault(name, []).append(number(text) if text else None)
        elif path.suffix == ".json":
            for name, value in flattened(json.loads(path.read_text())):
                values["json"].setdefault(name, []).append(value)
        elif path.suffix == ".md":
            table_rows += sum(1 for line in path.read_text().splitlines() if re.match(r"\|.*\|$", line))
    answers = {"files": files, "table_rows": table_rows}
    for kind, columns in values.items():
        answers[kind] = []
        for name, cells in columns.items():
            known = [cell for cell in cells if cell is not None]
            figures = {"column": name, "n": len(known), "missing": len(cells) - len(known), "distinct": len(set(known))}
            if known and all(isinstance(cell, (int, float)) for cell in known):
                p25, median, p75 = statistics.quantiles(known, n=4, method="inclusive")
                figures.update(min=min(known), max=max(known), mean=statistics.fmean(known), p25=p25, median=median,
                               p75=p75, sd=statistics.stdev(known))
            answers[kind].append(figures)
    pathlib.Path(out).write_text(json.dumps(answers, indent=1))


main(*sys.argv[1:])
