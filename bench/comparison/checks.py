"""Holds what the entries of a part answered against exact figures, which DuckDB computes once a corpus."""
import json
import subprocess

from . import agreement, answers, peers
from .settings import DATA, note

POOLED = ("n", "min", "max", "mean")  # what groups can be put together to


def exact(kind, path, name):
    """Kept beside the corpus: this takes long."""
    kept = DATA / f"{name}.exact-{peers.VERSIONS['@duckdb/node-api']}.json"
    if not kept.exists():
        note(f"computing the exact figures of {name}")
        command = peers.command("duckdb_exact.cjs", kind, path, kept)
        subprocess.run([str(part) for part in command], check=True, stdin=subprocess.DEVNULL)
    return answers.of_peer(kept)


class Verdict:
    def __init__(self):
        self.agreed, self.lines, self.lacks = {}, [], {}

    def add(self, program, columns, reference, only=None):
        agreed, lines, lacks = agreement.compare(program, columns, reference, only)
        self.agreed[program] = self.agreed.get(program, 0) + agreed
        self.lines += lines
        for stat, names in lacks.items():
            self.lacks.setdefault(program, {}).setdefault(stat, []).extend(names)


def check_big_file(part, verdict):
    reference = exact(part.kind, part.path, part.path.name)
    for entry in part.entries:
        if entry.failure or not entry.check:
            continue
        if entry.check == "peer":
            verdict.add(entry.program, answers.of_peer(entry.out), reference)
        elif entry.check == "assay":
            verdict.add("assay", answers.of_assay(entry.out), reference)
        elif answers.failed_rows(entry.out) == 0:  # else it has left out the failed rows
            columns = {name: each for name, each in answers.of_assay(entry.out).items() if "mean" in each}
            verdict.add("assay", columns, reference, [s for s in agreement.STATS if s != "distinct"])


def check_small_files(part, verdict):
    references = {kind: exact(kind, part.path / f"**/*.{kind}", f"{part.path.name}-{kind}") for kind in ("json", "csv")}
    for entry in part.entries:
        if entry.failure or not entry.check:
            continue
        if entry.check.startswith("peer "):
            verdict.add(entry.program, answers.of_peer(entry.out), references[entry.check.removeprefix("peer ")])
        elif entry.check == "script":
            told = json.loads(entry.out.read_text())
            for kind, reference in references.items():
                columns = {figures["column"]: figures for figures in told[kind]}
                verdict.add(entry.program, columns, reference)
        else:
            verdict.add("assay", answers.pooled_by_assay(entry.out, "document"), references["json"], POOLED)
            verdict.add("assay", answers.pooled_by_assay(entry.out, "rows"), references["csv"], POOLED)


def check_reports(part, verdict):
    first = {}
    for entry in part.entries:
        if entry.failure or not entry.same_report:
            continue
        made = answers.fingerprint(entry.out)
        name, expected = first.setdefault(entry.same_report, (entry.name, made))
        if made != expected:
            verdict.lines.append(f"the report of '{entry.name}' is not that of '{name}'")


def check(part, with_peers):
    verdict = Verdict()
    check_reports(part, verdict)
    if with_peers and part.kind == "tree":
        check_small_files(part, verdict)
    elif with_peers and part.kind:
        check_big_file(part, verdict)
    return verdict
