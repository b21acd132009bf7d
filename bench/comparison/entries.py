"""What is run, part by part: programs and their settings on one corpus each."""
import dataclasses
import os
import pathlib
import subprocess
import typing

from . import peers
from .settings import BENCH, THREADS, TREE


@dataclasses.dataclass
class Entry:
    name: str
    command: list
    program: str = "assay"
    before: typing.Callable = None  # not measured, as is `after`
    after: typing.Callable = None
    check: str = None  # which answers are looked at, and how: see checks.py
    out: pathlib.Path = None  # where they are
    same_report: str = None  # entries of the same mark give the same report
    environment: dict = None
    runs: list = dataclasses.field(default_factory=list)
    memory: dict = None
    failure: str = None


@dataclasses.dataclass
class Part:
    title: str
    path: pathlib.Path
    kind: str  # what DuckDB is told
    entries: list
    notes: list = dataclasses.field(default_factory=list)
    short: bool = False  # many runs, and milliseconds


class Assay:
    """Commands of the program under test."""

    def __init__(self, program, work):
        self.program, self.work = program, work
        help_text = subprocess.run([program, "run", "--help"], capture_output=True, text=True, check=True).stdout
        self.has_cache = "--cache" in help_text
        self.no_cache = ["--no-cache"] if "--no-cache" in help_text else []

    def run(self, pipeline, path, out, jobs, *more):
        return [self.program, "run", "--quiet", "--jobs", jobs, *(more or self.no_cache),
                BENCH / f"pipelines/{pipeline}.json", "--input", path, "--output", out]

    def entry(self, pipeline, path, jobs, check=None):
        out = self.work / f"{path.stem}-{pipeline}-{jobs}"
        workers = f"{jobs} worker" + ("s" if jobs > 1 else "")
        return Entry(f"assay {pipeline}, {workers}", self.run(pipeline, path, out, jobs), out=out, check=check,
                     same_report=pipeline)


def of_peer(name, program, script, kind, path, work, check="peer", environment=None):
    out = work / f"{pathlib.Path(script).stem}-{kind}.json"
    return Entry(name, peers.command(script, kind, path, out), program=program, check=check, out=out,
                 environment=environment)


def big_file(title, kind, path, assay, work, with_peers, polars, exactly=False):
    entries = [assay.entry("minimal", path, 2, "assay"), assay.entry("minimal", path, 1),
               assay.entry("full", path, 2, "metrics"), assay.entry("full", path, 1)]
    if with_peers:
        entries.append(of_peer(f"DuckDB `SUMMARIZE`, {THREADS} threads", "DuckDB", "duckdb.cjs", kind, path, work))
        entries.append(of_peer(f"ClickHouse, sketches, {THREADS} threads", "ClickHouse", "clickhouse.cjs", kind, path,
                               work))
    if with_peers and polars:
        entries.append(of_peer(f"Polars, {THREADS} threads", "Polars", "polars.cjs", kind, path, work,
                               environment={"POLARS_MAX_THREADS": str(THREADS)}))
    if exactly:
        entries.append(assay.entry("exact", path, 2, "assay"))
    if exactly and with_peers:
        entries.append(of_peer(f"DuckDB, exact figures in one query, {THREADS} threads", "DuckDB, exact",
                               "duckdb_exactly.cjs", kind, path, work))
    return Part(title, path, kind, entries)


class ChangedFile:
    """One file of the tree with another content in each run; restore() gives back the first, and its time."""

    def __init__(self, tree):
        self.path = next(path for path in sorted(tree.rglob("*.csv")))
        self.original, self.modified, self.times = self.path.read_bytes(), self.path.stat().st_mtime_ns, 0

    def change(self):
        self.times += 1
        last_row = self.original.splitlines(keepends=True)[-1]
        self.path.write_bytes(self.original + last_row * self.times)

    def restore(self):
        self.path.write_bytes(self.original)
        os.utime(self.path, ns=(self.modified, self.modified))


def cached(path, assay):
    """Re-runs with the cache."""
    cache, changed = assay.work / "cache", ChangedFile(path)
    again = assay.run("full", path, assay.work / "again", 2, "--cache", cache)
    once_more = assay.run("full", path, assay.work / "once-more", 2, "--cache", cache)

    def fill():
        subprocess.run([str(part) for part in again], check=True, stdout=subprocess.DEVNULL)

    return [Entry("assay full, 2 workers, again with the cache", again, out=assay.work / "again", before=fill,
                  same_report="full"),
            Entry("assay full, 2 workers, cache, one file changed", once_more, out=assay.work / "once-more",
                  before=changed.change, after=changed.restore)]


def small_files(path, assay, work, with_peers):
    entries = [assay.entry("minimal", path, 2), assay.entry("minimal", path, 1), assay.entry("full", path, 2, "pooled"),
               assay.entry("full", path, 1)]
    part = Part("Small files", path, "tree", entries)
    if assay.has_cache:
        entries += cached(path, assay)
    else:
        part.notes.append("Re-runs with a cache are left out: this assay has no option `--cache`.")
    if with_peers:
        for kind in ("json", "csv"):
            entries.append(of_peer(f"DuckDB `SUMMARIZE`, {THREADS} threads, only the {kind.upper()} files", "DuckDB",
                                   "duckdb.cjs", kind, path / f"**/*.{kind}", work, f"peer {kind}"))
    out = work / "usual_script.json"
    entries.append(Entry("a Python script (csv, json, statistics)",
                         ["python3", BENCH / "peers/usual_script.py", path, out], program="Python",
                         check="script", out=out))
    return part


def short_commands(assay, work):
    return Part(f"From start to end: {TREE.name}", TREE, None, [
        Entry(f"`assay scan {TREE.name} --json FILE`",
              [assay.program, "scan", "--quiet", *assay.no_cache, TREE, "--json", work / "scan.json"]),
        Entry("`assay --version`", [assay.program, "--version"])], short=True)
