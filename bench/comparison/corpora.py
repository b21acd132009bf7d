"""The corpora: made once, the same bytes on every machine, kept in bench/.data."""
import shutil
import subprocess

from .settings import DATA, SCALE, note


def megabytes(full):
    return max(1, round(full * SCALE))


def made_file(name, command):
    """The path of bench/.data/NAME, written by COMMAND to its stdout."""
    DATA.mkdir(exist_ok=True)
    path = DATA / name
    if not path.exists():
        note(f"making {name}")
        part = path.with_name(name + ".part")
        with open(part, "wb") as file:
            subprocess.run(command, stdout=file, check=True)
        part.rename(path)
    return path


def csv(tools):
    size = megabytes(1000)
    return made_file(f"requests-{size}mb.csv", [tools / "make_csv", "--mb", str(size), "--logs", "10"])


def numbers(tools):
    size = megabytes(500)
    return made_file(f"numbers-{size}mb.csv", [tools / "make_numbers", "--mb", str(size)])


def ndjson(tools):
    size = megabytes(1000)
    return made_file(f"requests-{size}mb.ndjson", [tools / "make_ndjson", "--mb", str(size)])


def tree(tools):
    files = max(100, round(100_000 * SCALE))
    path = DATA / f"tree-{files}"
    if not path.exists():
        note(f"making {path.name}")
        part = path.with_name(path.name + ".part")
        shutil.rmtree(part, ignore_errors=True)
        DATA.mkdir(exist_ok=True)
        subprocess.run([tools / "make_tree", part, "--files", str(files)], check=True)
        part.rename(path)
    return path


def files_below(path):
    return [path] if path.is_file() else [each for each in sorted(path.rglob("*")) if each.is_file()]


def read_once(path):
    """So that every program reads from the system's cache. The number of files and their bytes."""
    files, total = files_below(path), 0
    for each in files:
        with open(each, "rb") as file:
            while piece := file.read(1 << 24):
                total += len(piece)
    return len(files), total
