"""Figures as Markdown."""
import os
import pathlib
import platform
import re
import statistics
import subprocess

from . import peers
from .settings import PROJECT, RUNS, SCALE

BEGIN, END = "<!-- written by bench/compare: begin -->", "<!-- written by bench/compare: end -->"


def output(*command):
    try:
        return subprocess.run(command, capture_output=True, text=True, cwd=PROJECT, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def machine(assay, with_peers):
    processor = re.search(r"^model name\s*:\s*(.+)$", pathlib.Path("/proc/cpuinfo").read_text(), re.M)
    memory = int(re.search(r"^MemTotal:\s*(\d+)", pathlib.Path("/proc/meminfo").read_text(), re.M)[1]) * 1024
    revision = output("git", "describe", "--always", "--dirty") or "unknown"
    versions = [f"Python {platform.python_version()}"]
    if with_peers:
        versions += [f"{name} {version}" for name, version in peers.VERSIONS.items()] + [f"node {output('node', '-v')}"]
    return (f"{platform.machine()}, {os.cpu_count()} processors ({processor[1] if processor else 'unknown'}), "
            f"{memory / 2**30:.0f} GiB of memory. {output(assay, '--version').splitlines()[0]}, revision {revision}. "
            f"{', '.join(versions)}. SCALE={SCALE:g}, {RUNS} runs.")


def median(entry):
    return statistics.median(entry.runs)


def duration(seconds, short):
    return f"{seconds * 1000:.1f} ms" if short else f"{seconds:.2f} s"


def size(number):
    return "–" if not number else f"{number:.0f} MB"


def row(entry, first, short):
    if entry.failure:
        reason = re.sub(r"\s+", " ", entry.failure).replace("|", "\\|")
        return f"| {entry.name} | failed: {reason[:200]} | | | | |"
    low, high = (duration(each, short).rsplit(" ", 1) for each in (min(entry.runs), max(entry.runs)))
    ratio = "" if first.failure or short else f"{median(entry) / median(first):.2f}"
    together = None if short else entry.memory["pss_mb"]  # milliseconds are too short to look at it
    return (f"| {entry.name} | {duration(median(entry), short)} | {low[0]}–{high[0]} {high[1]} | {ratio} | "
            f"{size(together)} | {size(entry.memory['rss_mb'])} |")


def scaling(entries):
    medians = {entry.name: median(entry) for entry in entries if entry.program == "assay" and not entry.failure}
    found = [f"{name} {medians[f'assay {name}, 1 worker'] / medians[f'assay {name}, 2 workers']:.2f}"
             for name in ("minimal", "full") if {f"assay {name}, 1 worker", f"assay {name}, 2 workers"} <= medians.keys()]
    return f"Two workers are faster than one by a factor of: {', '.join(found)}." if found else None


def agreement(verdict):
    if not verdict.agreed:
        return []
    counts = ", ".join(f"{program} {n}" for program, n in verdict.agreed.items())
    lines = [f"Figures that agree with the exact ones: {counts}; that differ: {len(verdict.lines) or 'none'}."]
    for program, stats in verdict.lacks.items():
        lines.append(f"{program} does not give " + ", ".join(f"{stat} of {len(names)} columns"
                                                             for stat, names in stats.items()) + ".")
    return lines


def part(part, files, total, verdict):
    first = part.entries[0]
    lines = [f"### {part.title}", "", f"{files:,} file{'s' if files > 1 else ''}, {total / 1e6:,.1f} MB.", "",
             "| what | median | range | ratio | peak memory | largest process |", "|---|--:|--:|--:|--:|--:|"]
    lines += [row(entry, first, part.short) for entry in part.entries]
    notes = [*part.notes, *agreement(verdict)]
    if not part.short and not first.failure:
        speed = f"{files / median(first):,.0f} files/s" if files > 1 else f"{total / 1e6 / median(first):.0f} MB/s"
        notes.insert(0, f"assay minimal reads {speed}.")
        if scaled := scaling(part.entries):
            notes.insert(1, scaled)
    if notes:
        lines += ["", " ".join(notes)]
    return "\n".join(lines)


def write_into(document, text):
    old = document.read_text()
    head, begin, rest = old.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not begin or not end:
        raise SystemExit(f"compare: {document} lacks the lines\n{BEGIN}\n{END}")
    document.write_text(f"{head}{BEGIN}\n\n{text}\n\n{END}{tail}")
