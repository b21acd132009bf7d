"""The page of renderer html in a real browser.

usage: html_test.py ASSAY [unittest arguments]      exit status 77: there is no browser here

ASSAY_SCREENSHOTS=FOLDER keeps pictures; AXE=FILE is axe.min.js of axe-core, else looked for among npm's modules.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import unittest

from chromium import Page, program

ASSAY = pathlib.Path(sys.argv.pop(1)).resolve()
HOSTILE = "<img src=x onerror=window.harmed=1>"
BIDI = "a\u202etxt.exe"


def write_tree(root):
    """Repeated runs of three models, one of which failed; a sweep with gaps; hostile names and cells."""
    for night, drift in (("20260101-000000", 0), ("20260102-000000", 1), ("20260103-000000", 2)):
        folder = root / night
        folder.mkdir(parents=True)
        lines = ["model,prompt,tokens_s,ttft_s,error"]
        for prompt in range(6):
            lines.append(f"{HOSTILE},{prompt},{50 + drift + prompt / 8},0.{prompt + 1},")
            lines.append(f"small,{prompt},{90 + drift + prompt / 4},0.0{prompt + 1},")
            lines.append(f"broken,{prompt},0.0,0,connection refused {BIDI}")
        (folder / "runs.csv").write_text("\n".join(lines) + "\n")
    sweep = ["threads,batch,tokens_s"]
    sweep += [f"{t},{b},{t * 3 + b / 10}" for t in (1, 2, 4, 8) for b in (8, 16, 32) if (t, b) != (8, 32)]
    (root / "sweep.csv").write_text("\n".join(sweep) + "\n")
    (root / f"{HOSTILE.replace('/', '')}.csv").write_text(f"name,seconds\n{HOSTILE},1.5\n{BIDI},2.5\n")


def render(inputs, folder):
    pipeline = folder / "pipeline.json"
    pipeline.write_text(json.dumps({
        "inputs": [{"path": str(path)} for path in inputs],
        "columns": {"tokens_s": {"role": "metric", "unit": "{token}/s", "direction": "higher"},
                    "ttft_s": {"role": "metric", "unit": "s", "direction": "lower"},
                    "threads": {"role": "parameter"}, "batch": {"role": "parameter"}},
        "dimensions": [{"path": "{run:time}/*"}],
        "analyzers": [{"use": name} for name in ("inventory", "statistics", "gaps")],
        "renderers": [{"use": "html", "to": "report.html"}, {"use": "json", "to": "report.json"}]}))
    subprocess.run([ASSAY, "run", pipeline, "--output", folder, "--no-cache", "--quiet"], check=True)
    return folder / "report.html", json.loads((folder / "report.json").read_text())


def axe():
    """Text of axe-core, or None."""
    places = [os.environ.get("AXE", "")]
    places += [str(folder / "node_modules/axe-core/axe.min.js") for folder in pathlib.Path(__file__).resolve().parents]
    return next((pathlib.Path(place).read_text() for place in places if place and pathlib.Path(place).is_file()), None)


class InBrowser(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        temporary = tempfile.TemporaryDirectory(prefix="assay-html-")
        cls.addClassCleanup(temporary.cleanup)
        cls.folder = pathlib.Path(temporary.name)
        write_tree(cls.folder / "tree")
        cls.html, cls.report = render([cls.folder / "tree"], cls.folder)
        cls.page = Page()
        cls.addClassCleanup(cls.page.close)
        cls.page.size(1400)

    def open(self, hash=""):
        self.page.size(1400)
        return self.page.open(self.html, hash)

    def test_opens_without_a_complaint_and_asks_nothing_of_the_network(self):
        self.open()
        self.assertEqual(self.page.complaints, [])
        self.assertEqual({url.split(":")[0] for url in self.page.requests}, {"file"})
        self.assertEqual(len(set(self.page.requests)), 1)

    def test_hostile_names_and_cells_do_nothing(self):
        self.open()
        self.assertIsNone(self.page.evaluate("window.harmed"))
        self.assertEqual(self.page.evaluate("document.querySelectorAll('img, iframe, object, embed').length"), 0)
        self.assertIn(HOSTILE, self.page.evaluate("document.body.textContent"))
        self.assertNotIn("\u202e", self.page.evaluate("document.documentElement.outerHTML"))

    def test_charts_have_a_mark_for_each_datum(self):
        self.open()
        charts = self.page.evaluate("JSON.parse(document.getElementById('charts').textContent)")
        self.assertTrue({"strip", "heat", "series", "bars"} <= {chart["kind"] for chart in charts})
        for chart in charts:
            def marks(name):
                return self.page.evaluate(
                    f"document.querySelectorAll('#{chart['id']} .{name} > path, #{chart['id']} .{name} > line, "
                    f"#{chart['id']} .{name} > text').length")
            data = chart["data"]
            with self.subTest(chart["title"]):
                if chart["kind"] == "strip":
                    self.assertEqual(marks("observation"), sum(len(group["observations"]) for group in data["groups"]))
                    self.assertEqual(marks("centre"), sum(group["value"] is not None for group in data["groups"]))
                    self.assertEqual(marks("label"), len(data["groups"]))
                elif chart["kind"] == "heat":
                    self.assertEqual(marks("cell"), len(data["cells"]))
                elif chart["kind"] == "series":
                    self.assertEqual(marks("centre") + marks("failed"), len(data["points"]))
                elif chart["kind"] == "bars":
                    self.assertEqual(marks("bar"), len(data["bars"]))
                else:
                    self.assertEqual(marks("bin"), len(data["bins"]))

    def test_numbers_in_charts_are_facts_of_the_report(self):
        self.open()
        facts = {fact["id"]: fact for fact in self.report["facts"]}
        compared = 0
        for chart in self.page.evaluate("JSON.parse(document.getElementById('charts').textContent)"):
            data = chart["data"]
            for one in data.get("groups", []) + data.get("points", []):
                fact = facts[one["fact"]]
                interval = fact["ci"] or {"low": None, "high": None}
                if one["value"] is None:
                    self.assertEqual(fact["n"], 0)
                else:
                    self.assertEqual((one["value"], one["low"], one["high"]),
                                     (fact["value"], interval["low"], interval["high"]))
                self.assertEqual((one["n"], one["failed"]), (fact["n"], fact["n_failed"]))
                if one.get("sample"):
                    self.assertEqual(one["observations"], facts[one["sample"]]["values"])
                compared += 1
            for cell in data.get("cells", []):
                if cell["state"] != "missing":
                    self.assertEqual(cell["value"], facts[cell["fact"]]["value"])
                    compared += 1
            for place, one in enumerate(data.get("bins", [])):
                fact = facts[one["fact"]]
                self.assertEqual((one["from"], one["to"], one["count"]),
                                 (fact["edges"][place], fact["edges"][place + 1], fact["values"][place]))
        self.assertGreater(compared, 20)
        states = [cell["state"] for chart in self.page.evaluate(
            "JSON.parse(document.getElementById('charts').textContent)") for cell in chart["data"].get("cells", [])]
        self.assertEqual(states.count("missing"), 1)

    def test_a_number_leads_to_its_evidence(self):
        self.open()
        self.page.evaluate("document.querySelectorAll('#say a.fact')[4].click()")
        self.assertTrue(self.page.evaluate("document.getElementById('evidence').open"))
        self.assertIn("method", self.page.evaluate("document.getElementById('evidence').textContent"))
        self.assertIn("runs.csv", self.page.evaluate("document.getElementById('evidence').textContent"))
        self.page.key("Escape", 27)
        self.assertFalse(self.page.evaluate("document.getElementById('evidence').open"))
        fact = next(fact for fact in self.report["facts"] if fact["stat"] == "median")
        self.open("#" + fact["id"])
        self.assertIn(fact["display"], self.page.evaluate("document.querySelector('#evidence .figure').textContent"))

    def test_every_link_lands(self):
        self.open()
        lost = self.page.evaluate("""(() => {
            const facts = new Set(JSON.parse(document.getElementById('facts-data').textContent).facts.map((f) => f[0]));
            return [...document.querySelectorAll('a[href^="#"]')].map((a) => a.getAttribute('href').slice(1))
                .filter((id) => !document.getElementById(id) && !facts.has(id));
        })()""")
        self.assertEqual(lost, [])
        finding = self.report["findings"][-1]["fingerprint"]
        self.open("#" + finding)
        self.assertTrue(self.page.evaluate(f"document.getElementById('{finding}').open"))

    def test_findings_can_be_filtered(self):
        self.open()
        severities = [finding["severity"] for finding in self.report["findings"]]
        shown = "[...document.querySelectorAll('.finding')].filter((one) => !one.hidden)"
        self.assertEqual(self.page.evaluate(shown + ".length"), len(severities))
        self.page.evaluate(f"document.querySelector('#finding-filters [value={severities[0]}]').click()")
        self.assertEqual(self.page.evaluate(shown + ".length"), len(severities) - severities.count(severities[0]))
        self.page.evaluate(f"document.querySelector('#finding-filters [value={severities[0]}]').click()")
        family = self.report["findings"][0]["family"]
        self.page.evaluate(f"""(() => {{ const select = document.querySelector('[name=family]');
            select.value = {json.dumps(family)}; select.dispatchEvent(new Event('input', {{bubbles: true}})); }})()""")
        self.assertEqual(self.page.evaluate(shown + ".length"),
                         sum(finding["family"] == family for finding in self.report["findings"]))

    def test_facts_can_be_searched_and_tables_sorted(self):
        self.open()
        self.page.evaluate("""(() => { const box = document.querySelector('#fact-search [name=words]');
            box.value = 'tokens_s median small'; box.dispatchEvent(new Event('input', {bubbles: true})); })()""")
        found = sum(fact["metric"] == "tokens_s" and fact["stat"] == "median" and "small" in fact["subject"].values()
                    for fact in self.report["facts"])
        self.assertGreater(found, 0)
        self.assertEqual(self.page.evaluate("document.querySelectorAll('#fact-results tbody tr').length"), found)
        column = """[...document.querySelector('#say table').tBodies[0].rows].map((row) => row.cells[%d].textContent)"""
        titles = self.page.evaluate("[...document.querySelectorAll('#say table th')].map((th) => th.textContent)")
        at = titles.index("n")
        self.page.evaluate(f"document.querySelectorAll('#say table th')[{at}].querySelector('button').click()")
        counts = [int(cell) for cell in self.page.evaluate(column % at) if cell]
        self.assertEqual(counts, sorted(counts))

    def test_approximate_figures_are_sorted_by_value(self):
        with tempfile.TemporaryDirectory(prefix="assay-html-") as folder:
            root = pathlib.Path(folder)
            rows = [f"{model},{centre + row % 100 / 1000}"  # more of a model than are kept as they are, but for one
                    for model, centre, times in (("a", 9.5, 4200), ("b", 9.25, 4200), ("c", 5.0, 20), ("d", 9.0, 4200))
                    for row in range(times)]
            (root / "runs.csv").write_text("\n".join(["model,tokens_s", *rows]) + "\n")
            html, _ = render([root / "runs.csv"], root)
            self.page.open(html, "")
            titles = self.page.evaluate("[...document.querySelectorAll('#say table th')].map((th) => th.textContent)")
            at = titles.index("median")
            self.page.evaluate(f"document.querySelectorAll('#say table th')[{at}].querySelector('button').click()")
            shown = self.page.evaluate(
                f"[...document.querySelector('#say table').tBodies[0].rows].map((row) => row.cells[{at}].textContent)")
            self.assertEqual([text[0] == "\u2248" for text in shown], [False, True, True, True])
            values = [float(text.strip("\u2248")) for text in shown]
            self.assertEqual(values, sorted(values))

    def test_fits_a_phone_a_tablet_and_a_desk_in_the_light_and_in_the_dark(self):
        kept = os.environ.get("ASSAY_SCREENSHOTS")
        for width in (360, 900, 1400):
            for dark in (False, True):
                with self.subTest(width=width, dark=dark):
                    self.page.dark(dark)
                    self.page.size(width)
                    self.page.open(self.html)
                    self.assertEqual(self.page.evaluate("document.documentElement.scrollWidth"), width)
                    wide = self.page.evaluate(f"""[...document.querySelectorAll('main *')].filter((one) =>
                        !one.closest('.scroll') && one.getBoundingClientRect().right > {width} + 1).length""")
                    self.assertEqual(wide, 0)
                    if kept:
                        self.page.screenshot(pathlib.Path(kept) / f"{width}-{'dark' if dark else 'light'}.png")
        self.page.dark(False)

    def test_axe_finds_no_serious_violation(self):
        text = axe()
        if text is None:
            self.skipTest("axe-core is not here: AXE=FILE, or npm install axe-core")
        for dark in (False, True):
            self.page.dark(dark)
            self.open()
            self.page.evaluate(text + "; null")
            found = self.page.evaluate("axe.run().then((result) => result.violations.filter((one) => "
                                       "['serious', 'critical'].includes(one.impact)).map((one) => "
                                       "[one.id, one.nodes.length, one.nodes[0].html.slice(0, 200)]))")
            self.assertEqual(found, [])
        self.page.dark(False)

    def test_the_answers_can_be_read_without_scripts(self):
        self.page.call("Emulation.setScriptExecutionDisabled", value=True)
        self.addCleanup(lambda: self.page.call("Emulation.setScriptExecutionDisabled", value=False))
        self.page.size(1400)
        self.page.call("Page.navigate", url=self.html.as_uri())
        height = 0
        for _ in range(200):  # until it has been laid out
            try:
                root = self.page.call("DOM.getDocument", depth=0)["root"]["nodeId"]
                table = self.page.call("DOM.querySelector", nodeId=root, selector="#say table")["nodeId"]
                height = self.page.call("DOM.getBoxModel", nodeId=table)["model"]["height"]
                break
            except RuntimeError:
                time.sleep(0.05)
        self.assertGreater(height, 60)


@unittest.skipUnless(os.environ.get("ASSAY_CORPUS"), "ASSAY_CORPUS names no corpus")
class Corpus(unittest.TestCase):
    def test_the_corpus_opens_clean_and_soon(self):
        corpus = pathlib.Path(os.environ["ASSAY_CORPUS"]) / "llm-bench"
        with tempfile.TemporaryDirectory() as folder:
            html, report = render([corpus / "reports", corpus / "csv_data"], pathlib.Path(folder))
            self.assertLess(html.stat().st_size, 2_000_000)
            page = Page()
            self.addCleanup(page.close)
            page.size(1400)
            page.open(html)
            self.assertEqual(page.complaints, [])
            self.assertGreater(page.evaluate("document.querySelectorAll('.chart svg').length"), 10)


if __name__ == "__main__":
    if program() is None:
        print("SKIPPED: no browser here (Debian: chromium-headless-shell)")
        sys.exit(77)
    unittest.main()
