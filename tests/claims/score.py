#!/usr/bin/env python3
"""Scores `assay verify` against labelled claims.

    score.py ASSAY CORPUS LABELS.tsv [--ranges RANGES.tsv] [--list] [--minimum NAME=SHARE]...

CORPUS is the folder that holds llm-bench; documents/... stand beside this file. LABELS has the columns document, line, text, label, expected, source, reason;
`also=a,b` at the end of the reason names other answers that a fair judge would accept (`none`: not found is fine).
Shares are of firm rows, those without another answer; exit status 1 where one is below its minimum.
"""
import argparse
import collections
import csv
import json
import os
import re
import subprocess
import sys

STATUSES = ["supported", "contradicted", "unsupported", "not_checkable"]
FLAGGED = {"contradicted", "unsupported"}
WORST = ["supported", "not_checkable", "unsupported", "contradicted"]


WORDS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
         "twelve": 12, "fifteen": 15, "sixteen": 16, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60}


def key(text):
    """What makes two spellings of a number the same: its digits, grouping taken off."""
    word = text.lower().strip()
    if word in WORDS:
        return (str(WORDS[word]),)
    return tuple(re.findall(r"\d+(?:\.\d+)?", re.sub(r"(?<=\d),(?=\d{3})", "", text)))


def spelled(text):
    """A number with its unit, without the marks that labels leave off."""
    return text.lower().strip("~<>≈≤≥±+-−= ").replace(" ", "")


def verify(assay, corpus, document):
    data = [f"{corpus}/llm-bench/reports", f"{corpus}/llm-bench/csv_data"]
    own = document.startswith("documents/")  # written for these tests, beside this file
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)) if own else corpus, document)
    run = subprocess.run([assay, "verify", path, "--format", "json", "--no-cache", "--quiet",
                          "--against", *data], capture_output=True)
    if run.returncode not in (0, 1):
        sys.exit(f"{document}: exit {run.returncode}: {run.stderr.decode()}")
    report = json.loads(run.stdout)
    facts = {fact["id"]: fact for fact in report["facts"]}
    found = collections.defaultdict(list)
    for claim in report["claims"]:
        claim["value_of_fact"] = facts.get(claim["fact"], {}).get("value")
        found[claim["line"], key(claim["text"])].append(claim)
    return found


def first_number(text):
    match = re.search(r"-?\d+(?:\.\d+)?(?:e-?\d+)?", text.replace(",", ""))
    return float(match.group()) if match else None


def same_fact(row, claim):
    """Does the fact give what the label expects? Units may differ; None where that cannot be said."""
    expected, value = first_number(row["expected"]), claim["value_of_fact"]
    if expected is None or value is None or re.search(r"[a-z]{4}|, |>", row["expected"]):
        return None
    return any(abs(abs(value) * scale - abs(expected)) <= 0.006 * abs(expected) + 1e-9
               for scale in (1, 100, 1000, 1e-3, 1e6, 1e-6, 1e-2))


def score(rows, found):
    for row in rows:
        also = re.search(r"also=([\w,]+)", row["reason"])
        row["also"] = set(also.group(1).split(",")) if also else set()
        row["firm"] = not (row["also"] - {"none"})
        text, _, standing = row["text"].partition("#")
        claims = found[row["document"]][int(row["line"]), key(text)]
        alike = [claim for claim in claims if spelled(claim["text"]) == spelled(text)]
        claims = alike or claims
        index = int(standing) - 1 if standing else 0
        parts = key(text)
        if not claims and len(parts) == 2 and re.search(r" of |/", text):  # "10 of 12" is two claims of a document
            both = [found[row["document"]][int(row["line"]), (part,)] for part in parts]
            claims = [max((claim[0] for claim in both), key=lambda claim: WORST.index(claim["status"]))] if all(both) else []
        row["claim"] = claims[index] if key(text) and index < len(claims) else None
        row["got"] = row["claim"]["status"] if row["claim"] else "none"
        row["right"] = row["got"] == row["label"] or row["got"] in row["also"]


def shares(rows):
    rows = [row for row in rows if not (row["got"] == "none" and "none" in row["also"])]
    firm = [row for row in rows if row["firm"]]
    wrong = [row for row in firm if row["label"] in FLAGGED]
    flagged = [row for row in firm if row["got"] in FLAGGED]
    sound = [row for row in firm if row["label"] == "supported"]
    facts = [same_fact(row, row["claim"]) for row in sound if row["got"] == "supported"]
    facts = [fact for fact in facts if fact is not None]
    contradicted = [row for row in firm if row["got"] == "contradicted"]
    supported = [row for row in firm if row["got"] == "supported"]

    def share(part, whole):
        return (sum(part), len(whole), sum(part) / len(whole) if whole else 1.0)
    return {
        "flagged-recall": share([row["got"] in FLAGGED for row in wrong], wrong),
        "flagged-precision": share([row["label"] in FLAGGED for row in flagged], flagged),
        "supported-recall": share([row["got"] == "supported" for row in sound], sound),
        "supported-precision": share([row["label"] == "supported" for row in supported], supported),
        "contradicted-precision": share([row["label"] == "contradicted" for row in contradicted], contradicted),
        "right-fact": share(facts, facts),
        "accepted": share([row["right"] for row in rows], rows),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("assay")
    parser.add_argument("corpus")
    parser.add_argument("labels")
    parser.add_argument("--list", action="store_true", help="list the disagreements")
    parser.add_argument("--minimum", action="append", default=[], metavar="NAME=SHARE")
    wanted = parser.parse_args()
    with open(wanted.labels, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    found = {document: verify(wanted.assay, wanted.corpus, document)
             for document in sorted({row["document"] for row in rows})}
    score(rows, found)
    print("label \\ got".ljust(16) + "".join(name.rjust(15) for name in STATUSES + ["none"]))
    for label in STATUSES:
        counts = collections.Counter(row["got"] for row in rows if row["label"] == label)
        print(label.ljust(16) + "".join(str(counts[name]).rjust(15) for name in STATUSES + ["none"]))
    result = shares(rows)
    print()
    for name, (part, whole, value) in result.items():
        print(f"{name:24}{part:5} of {whole:5}  {value:6.1%}")
    if wanted.list:
        for row in rows:
            fact = same_fact(row, row["claim"]) if row["claim"] and row["got"] == "supported" else None
            if row["right"] and fact is not False:
                continue
            reason = row["claim"]["reason"] if row["claim"] else ""
            print("{}:{}: {!r} {} ({}; {}) {}got {}: {}".format(
                row["document"].split("/")[-1][:40], row["line"], row["text"], row["label"], row["expected"],
                row["reason"][:60], "" if row["firm"] else "[soft] ", row["got"], reason))
    failed = [minimum for minimum in wanted.minimum
              if result[minimum.split("=")[0]][2] < float(minimum.split("=")[1])]
    for minimum in failed:
        print("below its minimum:", minimum)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
