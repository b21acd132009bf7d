"""A small tree of artifacts with a pipeline, and how its report is compared."""

import json
import os
import pathlib
import shlex
import subprocess

SOURCE = pathlib.Path(__file__).resolve().parents[2]
SLURM_RUN = SOURCE / "scripts" / "slurm-run"
ODD = 'it\'s a "test" %a $HOME `x`\nof *names*'


def make(folder):
    """Inputs for more shards than one, some of them failing, in folders whose names no shell likes."""
    tree = folder / f"tree {ODD}"
    tree.mkdir(parents=True)
    for i in range(20):
        rows = "".join(f"m{row % 3},{i}.{row},{'timeout' if row == 5 else ''}\n" for row in range(12))
        (tree / f"run {i}.csv").write_text("model,tokens_s,error\n" + rows)
    (tree / "runs.json").write_text(json.dumps({"host": "h1", "runs": [{"n": n, "ms": n / 4} for n in range(9)]}))
    (tree / "notes.md").write_text("# Notes\n\n| a | b |\n|---|---|\n| 1 | 2 |\n")
    (tree / "broken.json").write_text('{"runs": [1,')
    pipeline = {"inputs": [f"tree {ODD}".replace("$", "$$")],
                "analyzers": [{"use": "inventory"}, {"use": "statistics"}],
                "renderers": [{"use": "json", "to": "report.json"}, {"use": "markdown", "to": "report.md"}]}
    name = f"p {ODD}.json"
    (folder / name).write_text(json.dumps(pipeline))
    return name


def report(folder):
    """report.json without its one volatile line."""
    lines = (folder / "report.json").read_text().splitlines()
    kept = [line for line in lines if not line.startswith('"run":')]
    assert len(kept) == len(lines) - 1
    return kept


def wrapper(file, assay, before):
    """A program that does what `before` says, in bash, and then is assay."""
    file.write_text(f"#!/bin/bash\n{before}\nexec {shlex.quote(str(assay))} \"$@\"\n")
    file.chmod(0o755)
    return file


def clean_environment(**more):
    """Nothing of a Slurm job that this test may itself be part of."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SLURM", "SBATCH", "ASSAY"))}
    return {**kept, **more}


def run(*command, **more):
    more.setdefault("env", clean_environment())
    return subprocess.run([str(word) for word in command], stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          **more)
