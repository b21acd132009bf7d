"""What the programs answered, in one form: {column: {n, missing, min, max, mean, sd, p25, median, p75, distinct}}."""
import hashlib
import json


def of_peer(path):
    return {figures["column"]: figures for figures in json.loads(path.read_text())}


def lines_of(folder):
    with open(folder / "report.json", encoding="utf-8") as report:
        yield from report


def records(folder, section):
    """The records of a list in the report, line by line: with many files it is too large to hold."""
    inside = False
    for line in lines_of(folder):
        if inside and line.startswith("]"):
            return
        if inside:
            yield json.loads(line.rstrip().rstrip(","))
        inside = inside or line.startswith(f'"{section}":[') and line.rstrip().endswith("[")


def failed_rows(folder):
    counts = next(line for line in lines_of(folder) if line.startswith('"counts":'))
    return json.loads("{" + counts.rstrip().rstrip(",") + "}")["counts"]["rows"]["failed"]


def fingerprint(folder):
    """Of all of a report that must not depend on how it was made."""
    digest = hashlib.sha256()
    for line in lines_of(folder):
        if not line.startswith('"run":'):
            digest.update(line.encode())
    return digest.hexdigest()


def of_assay(folder):
    """Of the first data table of the only artifact: its facts by `profile`."""
    table = next(each["name"] for each in next(records(folder, "artifacts"))["tables"] if each["kind"] == "data")
    columns = {}
    for fact in records(folder, "facts"):
        if fact["kind"] != "profile" or fact["subject"].get("table") != table:
            continue
        figures = columns.setdefault(fact["metric"], {"n": fact["n"], "missing": fact["n_missing"], "approx": []})
        for stat in ("min", "max", "mean", "median") if fact["stat"] == "value" else (fact["stat"],):
            figures[stat] = fact["value"]
            if fact["approx"]:
                figures["approx"].append(stat)
    return columns


def pooled_by_assay(folder, title):
    """Of a dataset: the groups that `statistics` gives, put together again, so far as that can be done."""
    dataset = next(each["id"] for each in records(folder, "datasets") if each["title"] == title)
    divisions = {}
    for fact in records(folder, "facts"):
        if fact["kind"] != "statistic" or fact["subject"].get("dataset") != dataset:
            continue
        group = tuple(sorted(fact["subject"].items()))
        division = divisions.setdefault((fact["metric"], tuple(sorted(fact["subject"]))), {})
        division.setdefault(group, {"n": fact["n"]})[fact["stat"]] = fact["value"]
    columns = {}
    for (metric, _), groups in divisions.items():
        for figures in groups.values():
            if figures["n"] == 1:  # of one value there is nothing but the value
                value = figures.get("value", figures.get("median"))
                figures.update(min=value, max=value, mean=value)
        whole = [figures for figures in groups.values() if {"min", "max", "mean"} <= figures.keys()]
        n = sum(figures["n"] for figures in whole)
        if n > columns.get(metric, {"n": 0})["n"]:
            columns[metric] = {"n": n, "min": min(f["min"] for f in whole), "max": max(f["max"] for f in whole),
                               "mean": sum(f["mean"] * f["n"] for f in whole) / n}
    return columns
