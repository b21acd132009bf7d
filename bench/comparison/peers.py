"""The peers, at exact versions: from npm, under bench/.peers."""
import json
import shutil
import subprocess

from .settings import BENCH, PEERS, THREADS, note

VERSIONS = {"@duckdb/node-api": "1.5.6-r.1", "chdb": "3.4.0", "@chdb/lib-linux-x64-gnu": "26.5.3",
            "nodejs-polars": "0.26.1", "nodejs-polars-linux-x64-gnu": "0.26.1"}


def present(package):
    try:
        return json.loads((PEERS / "node_modules" / package / "package.json").read_text())["version"]
    except OSError:
        return None


def install():
    """Why the peers cannot be had; None if they are there."""
    if not shutil.which("npm") or not shutil.which("node"):
        return "there is no npm or no node here"
    missing = [f"{name}@{version}" for name, version in VERSIONS.items() if present(name) != version]
    if not missing:
        return None
    PEERS.mkdir(exist_ok=True)
    note(f"installing {' '.join(missing)}")
    done = subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", "--save-exact", "--prefix", PEERS,
                           *missing], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    return None if done.returncode == 0 else "npm could not install them"


def command(script, kind, path, out):
    return ["node", BENCH / "peers" / script, PEERS, kind, path, THREADS, out]
