"""usage: findings_doc.py ASSAY DOCUMENT [--write]: docs/findings.md says of each rule what the rule itself declares.

Everything behind the marker line is made from `assay plugins gaps --format json`; --write brings it up to date."""

import json
import pathlib
import subprocess
import sys

MARKER = "<!-- Made from the rules' own declarations: tests/docs/findings_doc.py --write -->\n"


def rules_of(assay):
    text = subprocess.run([assay, "plugins", "--format", "json"], check=True, capture_output=True, text=True).stdout
    components = [c for plugin in json.loads(text)["plugins"] for c in plugin["components"]]
    return next(c["rules"] for c in components if c["id"] == "gaps" and c["kind"] == "analyzer")


def made_from(rules):
    lines, family = [], None
    for rule in rules:
        if rule["family"] != family:
            family = rule["family"]
            lines += [f"\n## {family}\n"]
        lines += [f"\n### {rule['id']} {rule['slug']}\n", f"\nSeverity: {rule['severity']}."]
        if rule["threshold"]:
            lines += [f" Threshold: {rule['threshold']}."]
        lines += [f"\n\n{rule['definition']}\n", f"\n*To mend:* {rule['fix']}\n"]
    return "".join(lines)


def main():
    assay, path = sys.argv[1], pathlib.Path(sys.argv[2])
    text = path.read_text()
    if MARKER not in text:
        sys.exit(f"{path} lacks the line {MARKER}")
    wanted = text[: text.index(MARKER)] + MARKER + made_from(rules_of(assay))
    if "--write" in sys.argv:
        path.write_text(wanted)
    elif wanted != text:
        sys.exit(f"{path} is not what the rules declare; bring it up to date:\n"
                 f"  python3 tests/docs/findings_doc.py ASSAY docs/findings.md --write")


main()
