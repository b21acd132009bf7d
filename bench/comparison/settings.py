"""What the environment says: see the head of bench/compare."""
import os
import pathlib
import sys

BENCH = pathlib.Path(__file__).resolve().parents[1]
PROJECT = BENCH.parent
DATA = BENCH / ".data"
PEERS = BENCH / ".peers"


def note(text):
    print(text, file=sys.stderr, flush=True)


def whole_number(name, default):
    text = os.environ.get(name, str(default))
    if not text.isdigit() or int(text) < 1:
        sys.exit(f"compare: {name} must be a whole number from 1 on, not '{text}'")
    return int(text)


def positive(name, default):
    text = os.environ.get(name, str(default))
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value <= 100:
        sys.exit(f"compare: {name} must be a number above 0, not '{text}'")
    return value


SCALE = positive("SCALE", 1)
RUNS = whole_number("RUNS", 3)
SHORT_RUNS = whole_number("SHORT_RUNS", 20)
TIMEOUT = whole_number("TIMEOUT", 1800)
TREE = pathlib.Path(os.environ.get("TREE", PROJECT / "examples")).resolve()
THREADS = 2
