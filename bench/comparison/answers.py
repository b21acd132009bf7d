"""What the programs answered, in one form: {column: {n, missing, min, max, mean, sd, p25, median, p75, distinct}}."""
import hashlib
import json


def of_peer(path):
    return {figures["column"]: figures for figures in json.loads(path.read_text())}


def report_of(folder):
    return json.loads((folder / "report.json").read_text())


def fingerprint(folder):
    """Of all of a report that must not depend on how it was made."""
    report = report_of(folder)
    report.pop("run")
    return hashlib.sha256(json.dumps(report).encode()).hexdigest()


def of_assay(folder):
    """Of the first data table of the only artifact: its facts by `profile`."""
    report = report_of(folder)
    table = next(each["name"] for each in report["artifacts"][0]["tables"] if each["kind"] == "data")
    columns = {}
    for fact in report["facts"]:
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
    report = report_of(folder)
    dataset = next(each["id"] for each in report["datasets"] if each["title"] == title)
    divisions = {}
    for fact in report["facts"]:
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
