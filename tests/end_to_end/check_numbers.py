#!/usr/bin/env python3
"""Every number that a report for people shows stands in report.json, too.

    check_numbers.py ASSAY PATH...      exit status 1 and the numbers that do not, with their lines
    check_numbers.py ASSAY              the corpus that ASSAY_CORPUS names; exit status 77 where it names none

Scans the paths with every renderer for people, and looks at each number in what they write, and in the data of charts.
Left alone is only what counts what is not shown ("5 more", "(5 of 15)" behind a heading).
"""
import html.parser
import json
import os
import re
import subprocess
import sys
import tempfile

NUMBER = re.compile(r"(?<![\w.])\d+(?:[.,]\d+)*(?![\w…])")
LEFT_OUT = re.compile(r"\d+ (?:[a-z]+ )?more\b|\b\d+ parts? not shown|^[A-Z][A-Z ]* \(\d+ of \d+\)$", re.M)
OTHER = re.compile(r"SHA-256|&#\d+;")  # no figures


class Visible(html.parser.HTMLParser):
    """What a page shows: each piece of text in a line of its own."""

    BLOCK = {"p", "li", "td", "th", "h1", "h2", "h3", "h4", "summary", "caption", "figcaption", "div", "a", "section"}

    def __init__(self, page):
        super().__init__()
        self.text, self.hidden = "", 0
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.hidden += tag in ("script", "style", "head")
        if tag in self.BLOCK:
            self.text += "\n"

    def handle_endtag(self, tag):
        self.hidden -= tag in ("script", "style", "head")

    def handle_data(self, data):
        if not self.hidden:
            self.text += data


def of_facts(report):
    """Every number that a fact holds."""
    for fact in report["facts"]:
        bounds = fact.get("ci") or {}
        yield from [fact["value"], bounds.get("low"), bounds.get("high"), fact.get("n"), fact.get("n_failed")]
        yield from fact.get("values", [])
        yield from fact.get("edges", [])


def drawn(chart):
    """The numbers that a chart draws; where something stands in it (row, run) is the chart's own."""
    for rows in chart["data"].values():
        for row in rows:
            for key in ("value", "low", "high", "n", "failed", "count", "from", "to"):
                if chart["kind"] != "bars":
                    yield row.get(key)
            yield from row.get("observations", [])
            yield row["time"] / 1000 if chart["kind"] == "time" else None


def check_charts(page, report):
    known = {number for number in of_facts(report) if number is not None}
    charts = json.loads(re.search(r'<script type="application/json" id="charts">(.*?)</script>', page, re.S)[1])
    checked = wrong = 0
    for chart in charts:
        for number in drawn(chart):
            if number is None:
                continue
            checked += 1
            if number not in known:
                wrong += 1
                print(f"chart {chart['title']!r}: {number} is no fact's")
    print(f"{checked} numbers of {len(charts)} charts checked")
    return wrong + (0 if checked else 1)


def numbers(text):
    return set(NUMBER.findall(text))


def scan(assay, paths, folder, width):
    files = {name: os.path.join(folder, "report." + name) for name in ("json", "markdown", "html")}
    command = [assay, "scan", *paths, "--quiet", "--no-cache"]
    for renderer, file in files.items():
        command += ["--" + renderer, file]
    environment = dict(os.environ, COLUMNS=str(width), LC_ALL="C.UTF-8")
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=False, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}: exit status {done.returncode}")
    shown = {name: open(file, encoding="utf-8").read() for name, file in files.items()}
    wrong = check_charts(shown["html"], json.loads(shown["json"]))
    shown["html"] = Visible(shown["html"]).text
    shown[f"terminal, {width} columns"] = done.stdout
    return shown, wrong


def main(assay, paths):
    checked = wrong = 0
    with tempfile.TemporaryDirectory(prefix="assay-numbers-") as folder:
        for width in (80, 120):
            shown, of_charts = scan(assay, paths, folder, width)
            wrong += of_charts
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
