#!/usr/bin/env python3
"""`assay verify` from outside: exit statuses, formats, and documents that mean no good.

    command_test.py ASSAY
"""
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

ASSAY = sys.argv.pop(1)

DATA = "model,tokens_s,ttft_s,error\nalpha,100.5,0.50,\nalpha,101.5,0.70,\nbeta,50.0,1.00,\nbeta,0.0,0.0,timeout\n"
TRUE = "# alpha\n\nMean throughput: 101.0 tokens/s\n"
FALSE = "# alpha\n\nMean throughput: 123.4 tokens/s\n"
UNKNOWN = "# alpha\n\nModel size: 3.3 GB\n"


class Verify(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.root = pathlib.Path(self.folder.name)
        (self.root / "data").mkdir()
        (self.root / "data" / "runs.csv").write_text(DATA)

    def tearDown(self):
        self.folder.cleanup()

    def run_words(self, *words):
        return subprocess.run([ASSAY, "verify", *words], cwd=self.root, capture_output=True, timeout=600)

    def run_on(self, document, *words, name="report.md"):
        (self.root / name).write_bytes(document if isinstance(document, bytes) else document.encode())
        return self.run_words(name, "--against", "data", "--no-cache", *words)

    def claims_of(self, document, *words):
        run = self.run_on(document, "--format", "json", *words)
        self.assertIn(run.returncode, (0, 1), run.stderr.decode())
        return json.loads(run.stdout)

    def test_a_document_that_holds_exits_0(self):
        run = self.run_on(TRUE)
        self.assertEqual(run.returncode, 0, run.stderr.decode())
        self.assertIn("1 claim: 1 supported.", run.stdout.decode())

    def test_a_contradicted_number_exits_1_and_is_said(self):
        run = self.run_on(FALSE)
        self.assertEqual(run.returncode, 1)
        self.assertIn("contradicted; mean of tokens_s where model = alpha in data/runs.csv is 101", run.stdout.decode())

    def test_a_mark_stands_behind_the_number_and_not_in_a_name(self):
        run = self.run_on("| model | batch | tokens/s |\n|---|---|---|\n| alpha1.5x | 1 | 101.0 |\n")
        self.assertNotRegex(run.stdout.decode(), "alpha1[✔✖?·]")
        self.assertRegex(run.stdout.decode(), r"alpha1\.5x \| 1[✔?·] \| 101\.0[✔?]")

    def test_an_unsupported_number_exits_1_on_request(self):
        self.assertEqual(self.run_on(UNKNOWN).returncode, 0)
        self.assertEqual(self.run_on(UNKNOWN, "--fail-on", "unsupported").returncode, 1)
        self.assertEqual(self.run_on(FALSE, "--fail-on", "unsupported").returncode, 1)
        self.assertEqual(self.run_on(FALSE, "--fail-on", "none").returncode, 0)

    def test_mistakes_exit_2(self):
        for words in (["report.md"], ["--against", "data"], ["none.md", "--against", "data"], ["data", "--against", "data"],
                      ["report.md", "--against", "none"], ["report.md", "--against", "data", "--format", "xml"],
                      ["report.md", "--against", "data", "--fail-on", "anything"]):
            (self.root / "report.md").write_text(TRUE)
            run = self.run_words(*words)
            self.assertEqual(run.returncode, 2, words)
            self.assertEqual(run.stdout, b"")

    def test_what_cannot_be_read_exits_3(self):
        self.assertEqual(self.run_on(b"\x00\x01\x02" * 50).returncode, 3)
        self.assertEqual(self.run_on("", name="empty.md").returncode, 3)
        (self.root / "data" / "runs.csv").unlink()
        (self.root / "data" / "blob").write_bytes(b"\x00" * 64)
        run = self.run_on(TRUE)
        self.assertEqual(run.returncode, 3)
        self.assertIn("no data", run.stderr.decode())

    def test_json_names_the_fact_with_its_evidence(self):
        report = self.claims_of(TRUE)
        claim = report["claims"][0]
        self.assertEqual((claim["line"], claim["text"], claim["status"]), (3, "101.0 tokens/s", "supported"))
        fact = {fact["id"]: fact for fact in report["facts"]}[claim["fact"]]
        self.assertEqual((fact["metric"], fact["stat"], fact["value"], fact["n"]), ("tokens_s", "mean", 101, 2))
        self.assertEqual(fact["evidence"][0]["artifact"], "data/runs.csv")
        self.assertEqual(report["counts"]["supported"], 1)

    def test_markdown_is_the_document_with_notes(self):
        run = self.run_on(FALSE, "--format", "markdown")
        text = run.stdout.decode()
        self.assertIn("Mean throughput: 123.4 tokens/s [^assay-1]\n", text)
        self.assertIn("[^assay-1]: ", text)

    def test_a_table_has_a_line_for_each_claim(self):
        lines = self.run_on(TRUE + "\n" + UNKNOWN, "--format", "table").stdout.decode().splitlines()
        self.assertEqual(len(lines), 3)
        self.assertRegex(lines[0], r"^ +3  101\.0 tokens/s +supported ")

    def test_documents_are_no_data(self):
        (self.root / "data" / "old.md").write_text("# alpha\n\n| model | mean tokens/s |\n|---|---|\n| alpha | 123.4 |\n")
        self.assertEqual(self.claims_of(FALSE)["claims"][0]["status"], "contradicted")

    def test_a_document_among_the_data_is_judged_and_the_others_are_not(self):
        (self.root / "data" / "report.md").write_text(FALSE)
        (self.root / "data" / "other.md").write_text(UNKNOWN)
        run = self.run_words("data/report.md", "--against", "data", "--format", "json", "--no-cache")
        claims = json.loads(run.stdout)["claims"]
        self.assertEqual([claim["document"] for claim in claims], ["data/report.md"])

    def test_failed_rows_support_no_mean(self):
        self.assertNotEqual(self.claims_of("# beta\n\nMean throughput: 25.0 tokens/s\n")["claims"][0]["status"], "supported")
        self.assertEqual(self.claims_of("# beta\n\nMean throughput: 50.0 tokens/s\n")["claims"][0]["status"], "supported")

    def write_many(self, n, log=""):
        rows = [f"m{i % 3},{i % 1000}.5,{log}\n" for i in range(n)]
        (self.root / "data" / "many.csv").write_text("node,latency_ms,log\n" + "".join(rows))

    def test_means_of_a_large_table_and_of_its_groups_are_held_against_all_rows(self):
        self.write_many(60_000)
        document = "# many\n\nMean latency: 500.0 ms. The largest latency on m1 is 999.5 ms.\n"
        run = self.run_on(document, "--format", "table")
        self.assertEqual(run.stdout.decode().count(" supported "), 2, run.stdout.decode())
        self.assertIn("mean of latency_ms in data/many.csv is 500 ms", run.stdout.decode())

    def test_a_table_that_is_too_large_to_be_kept_is_named(self):
        self.write_many(70_000, log=1000 * "x")
        run = self.run_on("# many\n\nMean latency: 123.4 ms\n")
        self.assertIn("Not looked at: data/many.csv, which is larger", run.stderr.decode())
        self.assertIn("nothing in what was looked at of the data says so", run.stdout.decode())
        left_out = self.claims_of("Mean latency: 123.4 ms\n")["left_out"]
        self.assertTrue(any("data/many.csv" in sentence for sentence in left_out), left_out)

    def test_control_characters_do_not_reach_the_terminal(self):
        hostile = b"# alpha \x1b[2J\x1b]0;x\x07\n\nMean throughput: 123.4 tokens/s \xe2\x80\xae \xff\n"
        for kind in ("text", "table"):
            out = self.run_on(hostile, "--format", kind).stdout
            self.assertNotIn(b"\x1b", out)
            self.assertNotIn(b"\x07", out)
            self.assertNotIn(b"\xe2\x80\xae", out)

    def test_names_from_data_cannot_write_markup(self):
        (self.root / "data" / "runs.csv").write_text(DATA.replace("alpha", "alpha<img src=x>](http://x)"))
        text = self.run_on("# alpha img src\n\nMean throughput: 123.4 tokens/s\n", "--format", "markdown").stdout.decode()
        self.assertNotIn("<img", text.split("---")[-1])

    def test_html_in_a_document_is_no_number(self):
        report = self.claims_of("# alpha\n\n<div style=\"width: 55px\">\n</div>\n\nMean throughput: <b>101.0</b> tokens/s\n")
        self.assertEqual([claim["text"] for claim in report["claims"]], ["101.0  tokens/s"])

    def test_huge_numbers_are_survived(self):
        self.claims_of("# alpha\n\nValue " + "9" * 5000 + " and 1e400 and 1e-400 and 0." + "0" * 400 + "1 s\n")

    def test_a_large_document_is_read(self):
        line = "The mean throughput of alpha is 101.0 tokens/s, with 3.3 GB.\n\n"
        document = "# alpha\n\n" + line * (1 + 4_000_000 // len(line))
        report = self.claims_of(document)
        self.assertEqual(report["counts"]["supported"], 10_000)  # of the first 20,000 numbers
        self.assertEqual(sum(report["counts"].values()), 2 * document.count("101.0"))


if __name__ == "__main__":
    unittest.main(verbosity=1)
