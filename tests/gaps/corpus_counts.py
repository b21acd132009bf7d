"""usage: corpus_counts.py CORPUS: counts in the corpus that tests/gaps/corpus.cpp expects, taken from the files by
Python's csv, json and hashlib alone. Prints one line a rule: what is counted, k, n."""

import collections
import csv
import hashlib
import json
import pathlib
import re
import statistics
import sys

corpus = pathlib.Path(sys.argv[1])
files = sorted(p for root in ("reports", "csv_data") for p in (corpus / root).rglob("*") if p.is_file())
by_digest = collections.defaultdict(list)
for path in files:
    by_digest[hashlib.sha256(path.read_bytes()).hexdigest()].append(path)
# A content counts once, at its first path as reports order them: csv_data before reports.
key = lambda path: str(path.relative_to(corpus))
firsts = sorted((min(paths, key=key) for paths in by_digest.values()), key=key)


def say(rule, what, k, n=""):
    print(f"{rule:4} {what}: {k} of {n}" if n != "" else f"{rule:4} {what}: {k}")


def rows_of(path):
    try:
        with open(path, newline="", encoding="utf-8-sig") as file:
            return list(csv.DictReader(file))
    except (UnicodeDecodeError, csv.Error):
        return []


def number(text):
    try:
        return float(text)
    except (TypeError, ValueError):
        return None


tables = {path: rows for path in firsts if path.suffix == ".csv" and (rows := rows_of(path))}
documents = {path: json.loads(path.read_text(encoding="utf-8-sig")) for path in firsts if path.suffix == ".json"}

say("I3", "files that are neither csv, json nor md", sum(p.suffix not in (".csv", ".json", ".md") for p in files), len(files))
say("I7", "copies, groups", sum(len(p) - 1 for p in by_digest.values()), sum(len(p) > 1 for p in by_digest.values()))
say("I4", "files called .csv or .json; one of them is no table", "", sum(p.suffix in (".csv", ".json") for p in files))

runs = {p: r for p, r in tables.items() if {"prompt_index", "tokens_s", "error"} <= set(r[0])}
failed = {p: [row for row in r if row["error"]] for p, r in runs.items()}
say("Z3", "failed rows of prompt runs", sum(map(len, failed.values())), sum(map(len, runs.values())))
say("N6", "files of them in which all failed", sum(len(failed[p]) == len(runs[p]) for p in runs))

told = 0
for path in runs:
    summaries = [json.loads(s.read_text()) for s in path.parent.glob("*summary.json")]
    host = next((s["ollama_host"] for s in summaries if "ollama_host" in s), None)
    if host and "0.0.0.0" in host:
        told += len(failed[path])
say("K1", "failed rows in files whose summary gives the host 0.0.0.0", told)

backends = {p: d["backends"] for p, d in documents.items() if isinstance(d.get("backends"), dict)}
cuda = [p for p in backends if re.search(r"(conv|mlp|transformer)_cuda_bench_", p.name)]
broken = [b for p in cuda for b in backends[p].values() if (b.get("compilation") or {}).get("success") is False]
say("Z3", "backends of the cuda benchmarks that failed, with mean 0",
    sum(b["benchmark"]["mean_time_ms"] == 0 for b in broken), sum(len(backends[p]) for p in cuda))
declared, ran_on = [], []
for path, all_backends in backends.items():
    model = documents[path]["model"]
    for name, b in all_backends.items():
        meta = (b.get("compilation") or {}).get("metadata") or {}
        if "providers" in meta:
            ran_on.append(("cuda" in model["device"], meta["providers"] == ["CPUExecutionProvider"]))
        if "enabled_precisions" in meta and (b["compilation"]["success"]):
            declared.append((model["dtype"], meta["enabled_precisions"]))
say("K3", "onnx on the CPU where the model's device is cuda", sum(c and cpu for c, cpu in ran_on), len(ran_on))
say("K3", "tensorrt in float16 where the model's dtype is float32",
    sum("float32" in d and "float16" in str(p) for d, p in declared), len(declared))

passed = errors = 0
for document in documents.values():
    for result in document.get("results", []) if isinstance(document, dict) else []:
        if not isinstance(result, dict) or result.get("success") is False or result.get("error"):
            continue
        passed += 1
        errors += str(result.get("banter_text", "")).startswith("Error generating banter")
say("Z4", "results that passed, with an error for text", errors, passed)

samples = [g for p, d in documents.items() if p.name == "baseline_system_metrics.json" for m in d["metrics"] for g in m["gpu"]]
say("Z2", "samples of the fan, all 0", sum(g["fan_speed"] == 0 for g in samples), len(samples))

sweeps = {p: r for p, r in tables.items() if p.name.endswith("param_tuning.csv")}
for family in ("gemma3", "ollama"):
    rows = [row for p, r in sweeps.items() if p.name.startswith(family) for row in r]
    ok = [row for row in rows if not row["error"]]
    rates = [float(row["tokens_s"]) for row in ok]
    say("N2", f"{family} sweeps, ok rows, all configurations once; from {min(rates):.2f} to {max(rates):.2f}", len(ok), len(rows))
    cold = [row for row in ok if float(row["load_s"]) > 0.5]
    say("N13", f"{family} cold loads (> 0.5 s) at temperature 0.2", sum(float(r["temperature"]) == 0.2 for r in cold), len(cold))
for path, rows in sweeps.items():
    lines = [(i + 2, r["num_gpu"], r["num_ctx"], r["temperature"]) for i, r in enumerate(rows) if r["error"]]
    if lines:
        say("N4", f"{path.name} failed at {lines}", len(lines))
        summary = path.with_name(path.name.replace(".csv", "_summary.csv"))
        say("X3", f"rows missing in {summary.name}", len(rows) - len(rows_of(summary)), len(rows))

sums = rows_checked = 0
for rows in list(tables.values()) + [d["results"] for d in documents.values() if isinstance(d, dict) and "results" in d]:
    for row in rows:
        parts = [number(row.get(c)) for c in ("ttft_s", "load_s", "prompt_eval_s")]
        if None in parts or parts[0] == 0 or row.get("error"):
            continue
        rows_checked += 1
        sums += abs(parts[0] - parts[1] - parts[2]) < 1.6e-4
say("K2", "rows in which ttft_s = load_s + prompt_eval_s", sums, rows_checked)

kernels = next(d for p, d in documents.items() if p.name == "kernel_benchmarks.json")
cells = [cell for group in kernels.values() for cell in group.values()]
say("K4", "means with max > 100 min or sd > mean",
    sum(c["max_time_ms"] > 100 * c["min_time_ms"] or c["std_time_ms"] > c["mean_time_ms"] for c in cells), len(cells))

same = [p.name for p, d in documents.items() if p.with_suffix(".csv") in tables and "results" in d
        and sorted(number(r["ttft_s"]) for r in d["results"]) == sorted(number(r["ttft_s"]) for r in tables[p.with_suffix(".csv")])]
say("K5", f"json files with the rows of the csv beside them: {same}", len(same))

timing = [d["timing_stats"] for p, d in documents.items() if p.parent.name == "baselines" and "timing_stats" in d]
published = [run for t in timing for run in t.get("run_results", [])]
say("N3", "runs whose p99 has less than one observation beyond it", sum(r["samples"] * 0.01 < 1 for r in published), len(published))
say("N3", "runs that publish p95 = p99", sum(r["p95_ms"] == r["p99_ms"] for r in published), len(published))

raw = next(p for p in files if p.name == "ncu_ollama_raw.csv")
with open(raw, newline="") as file:
    header, units, *data = list(csv.reader(file))
either = sum(re.fullmatch(r"\d{1,3},\d{3}", cell) is not None for cell in data[0])
numeric = sum(number(cell.replace(",", "")) is not None for cell in data[0])
say("P4", "cells of the one data row such as 1,234, of those that are numbers", either, numeric)

cold = rows = 0
for path, of_run in runs.items():
    models = collections.defaultdict(list)
    for row in of_run:
        if not row["error"]:
            models[row["model"]].append([float(row[c]) for c in ("ttft_s", "load_s")])
    for times in models.values():
        usual = statistics.median(load for _, load in times)
        rows += len(times)
        cold += sum(load > 3 * usual and load > 0.1 * ttft for ttft, load in times)
say("N8", "prompt runs with a load 3 times the usual of file and model, and over a tenth of ttft_s", cold, rows)
fixed = rows_of(next(p for p in files if p.name == "gemma3_benchmark_fixed_runs.csv"))
say("N8", f"first ttft_s of the fixed runs {fixed[0]['ttft_s']}, then {[r['ttft_s'] for r in fixed[1:]]}", 1)
