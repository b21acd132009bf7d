#!/usr/bin/env python3
"""Every number that a report for people shows stands in report.json, too.

    check_numbers.py ASSAY PATH...      exit status 1 and the numbers that do not, with their lines
    check_numbers.py ASSAY              the corpus that ASSAY_CORPUS names; exit status 77 where it names none

Scans the paths with the terminal's and every other renderer for people, and looks at each number in what they write.
Left alone is only what counts what is not shown ("5 more", "(5 of 15)" behind a heading).
"""
import os
import re
import subprocess
import sys
import tempfile

NUMBER = re.compile(r"(?<![\w.])\d+(?:[.,]\d+)*(?![\w…])")
LEFT_OUT = re.compile(r"\d+ (?:[a-z]+ )?more\b|\b\d+ parts? not shown|^[A-Z][A-Z ]* \(\d+ of \d+\)$", re.M)
OTHER = re.compile(r"SHA-256|&#\d+;")  # no figures


def numbers(text):
    return set(NUMBER.findall(text))


def scan(assay, paths, folder, width):
    files = {name: os.path.join(folder, "report." + name) for name in ("json", "markdown")}
    command = [assay, "scan", *paths, "--quiet", "--no-cache"]
    for renderer, file in files.items():
        command += ["--" + renderer, file]
    environment = dict(os.environ, COLUMNS=str(width), LC_ALL="C.UTF-8")
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=False, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}: exit status {done.returncode}")
    shown = {name: open(file, encoding="utf-8").read() for name, file in files.items()}
    shown[f"terminal, {width} columns"] = done.stdout
    return shown


def main(assay, paths):
    checked = wrong = 0
    with tempfile.TemporaryDirectory(prefix="assay-numbers-") as folder:
        for width in (80, 120):
            shown = scan(assay, paths, folder, width)
            known = numbers(shown.pop("json"))
            for name, text in shown.items():
                text = OTHER.sub("", LEFT_OUT.sub("", text.replace("\\", "")))
                for line in text.splitlines():
                    found = numbers(line)
                    checked += len(found)
                    for number in sorted(found - known):
                        wrong += 1
                        print(f"{name}: {number} is not in report.json: {line[:200]}")
    print(f"{checked} numbers checked, {wrong} not in report.json")
    return 1 if wrong or checked == 0 else 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    program, trees = os.path.abspath(sys.argv[1]), sys.argv[2:]
    if not trees:
        if not os.environ.get("ASSAY_CORPUS"):
            print("skipped: ASSAY_CORPUS names no corpus")
            sys.exit(77)
        os.chdir(os.path.join(os.environ["ASSAY_CORPUS"], "llm-bench"))
        trees = ["reports", "csv_data"]
    sys.exit(main(program, trees))
