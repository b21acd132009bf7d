#!/usr/bin/env python3
"""`assay run` with analyzer llm-summary, from outside: without a server, with one that answers from the facts it is
given or tells lies, and from cassettes.

    command_test.py ASSAY
"""
import http.server
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import threading
import unittest

ASSAY = sys.argv.pop(1)

ROWS = [("alpha", 100.5 + i / 10, "") for i in range(8)] + [("beta", 50 + i / 10, "") for i in range(8)]
ROWS += [("beta", 0.0, "timeout")] * 6
DATA = "model,tokens_s,error\n" + "".join(f"{model},{value},{error}\n" for model, value, error in ROWS)


def honest(facts):
    """A sentence about the best of a ranking, in the words that the checks let through."""
    best = next(fact for fact in facts if fact["kind"] == "ranking")["best"][0]
    return {"text": f"The median token rate of {{{best}.name}} is {{{best}}}.", "cites": [best], "claims": [],
            "action": "none"}


def lying(facts):
    return dict(honest(facts), text="Alpha gallops at 9000 tokens per second, see http://example.com <b>now</b>.")


class Model(http.server.BaseHTTPRequestHandler):
    """Ollama's protocol, as far as it is needed."""
    def do_GET(self):
        self.answer(json.dumps({"models": [{"name": "tiny", "model": "tiny", "digest": "d" * 64}]}))

    def do_POST(self):
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        server = self.server
        server.asked.append(request)
        canary = json.loads("{" + request["messages"][0]["content"].split("\n")[0] + "}")["echo"]
        given = request["messages"][1]["content"]
        if "sections" not in request["format"]["properties"]:
            return self.say(request, self.singly(request, canary))
        facts = json.loads(given[given.index("\n[{") + 1:])
        ids = [fact["id"] for fact in facts]
        if '"ids"' in given.split("\n")[0]:
            section = {"id": "summary", "ids": ids[:8]}
        else:
            section = {"id": "summary", "items": [server.says(facts)]}
        self.say(request, json.dumps({"echo": canary, "sections": [section]}))

    def singly(self, request, canary):
        """Chooses all that is offered, and phrases a note as its examples are."""
        asked = request["format"]["properties"]
        if "ids" in asked:
            return json.dumps({"ids": asked["ids"]["items"]["enum"], "echo": canary})
        note = request["messages"][-1]["content"].split("\n")[0]
        return json.dumps({"text": note[0].upper() + note[1:].replace(": ", ", ", 1) + ".", "echo": canary})

    def say(self, request, text):
        prompt_bytes = sum(len(message["content"]) for message in request["messages"])
        self.answer("".join(json.dumps({"message": {"role": "assistant", "content": part}, "done": False}) + "\n"
                            for part in re.findall(".{1,40}", text, re.S)) +
                    json.dumps({"message": {"role": "assistant", "content": ""}, "done": True, "done_reason": "stop",
                                "prompt_eval_count": prompt_bytes // 3, "eval_count": len(text) // 3,
                                "eval_duration": 10**9}) + "\n")

    def answer(self, body):
        self.send_response(200)
        self.send_header("Content-Type", "application/x-ndjson")
        self.send_header("Content-Length", str(len(body.encode())))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_):
        pass


class Narrative(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.root = pathlib.Path(self.folder.name)
        (self.root / "data").mkdir()
        (self.root / "data" / "runs.csv").write_text(DATA)
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Model)
        self.server.asked, self.server.says = [], honest
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.listening = True

    def tearDown(self):
        self.stop()
        self.folder.cleanup()

    def stop(self):
        if self.listening:
            self.server.shutdown()
            self.server.server_close()
        self.listening = False

    def run_it(self, output, expected=0, **options):
        options = {"provider": "ollama", "model": "tiny", "endpoint": f"http://127.0.0.1:{self.server.server_port}",
                   "cassette_folder": "cassettes", **options}
        stages = [{"use": name} for name in ("inventory", "statistics", "gaps")]
        (self.root / "p.json").write_text(json.dumps({
            "name": "p", "inputs": ["data"], "analyzers": stages + [{"use": "llm-summary", "with": options}],
            "renderers": [{"use": "json", "to": "report.json"}, {"use": "markdown", "to": "report.md"}]}))
        run = subprocess.run([ASSAY, "run", "p.json", "--no-cache", "--output", output], cwd=self.root,
                             capture_output=True, timeout=300)
        self.assertEqual(run.returncode, expected, run.stderr.decode())
        self.said = run.stderr.decode()
        report = json.loads((self.root / output / "report.json").read_text())
        return report["narrative"]

    def sentences(self, narrative):
        return [sentence for section in narrative["sections"] for sentence in section["sentences"]]

    def test_what_a_model_phrases_and_the_facts_bear_out_is_told_as_verified(self):
        narrative = self.run_it("out")
        self.assertEqual(narrative["by"], "tiny")
        verified = [s for s in self.sentences(narrative) if s["status"] == "verified"]
        self.assertEqual([s["text"] for s in verified], ["The median token rate of alpha is 100.85 tokens/s."])
        self.assertTrue(verified[0]["facts"])
        self.assertEqual(len(self.server.asked), 2)
        self.assertLessEqual(sum(asked["options"]["num_predict"] for asked in self.server.asked), 600)

    def test_a_model_that_is_asked_for_each_fact_singly_stands_before_the_templates(self):
        narrative = self.run_it("out", phrasing="singly")
        self.assertEqual(narrative["by"], "tiny")
        statuses = [[s["status"] for s in section["sentences"]] for section in narrative["sections"]]
        written = [s for s in statuses if "verified" in s]
        self.assertTrue(written)
        for section in written:
            self.assertEqual(section, sorted(section, key=lambda status: status != "verified"))
        texts = [s["text"] for s in self.sentences(narrative) if s["status"] == "verified"]
        self.assertIn("In runs, 6 of 22 rows failed.", texts)
        told = [s["text"] for s in self.sentences(self.run_it("plain", provider="none"))]
        kept = [s["text"] for s in self.sentences(narrative) if s["status"] == "template"]
        self.assertEqual(kept, told)
        self.assertLessEqual(sum(asked["options"]["num_predict"] for asked in self.server.asked
                                 if "mended" not in asked["messages"][-1]["content"]), 600)

    def test_the_report_says_what_the_model_was_not_given(self):
        self.assertIsNone(self.run_it("all")["note"])
        given = self.server.asked[0]["messages"][1]["content"]
        whole = len(json.loads(given[given.index("\n[{") + 1:]))
        note = self.run_it("few", facts=whole - 1)["note"]
        self.assertRegex(note, "^[0-9]+ facts? of least relevance (was|were) beyond what a prompt may hold, and not given"
                               " to the model[.]$")
        self.assertIn(note, (self.root / "few" / "report.md").read_text())

    def test_a_prompt_is_made_to_fit_the_window_and_one_that_cannot_is_not_sent(self):
        narrative = self.run_it("narrow", num_ctx=1750)
        self.assertEqual(narrative["by"], "tiny")
        self.assertIn("of least relevance", narrative["note"])
        self.assertEqual({asked["options"]["num_ctx"] for asked in self.server.asked}, {1750})
        self.server.asked.clear()
        narrative = self.run_it("closed", num_ctx=200)
        self.assertEqual((narrative["by"], self.server.asked), ("template", []))
        self.assertIn("num_ctx is 200", narrative["note"])

    def test_no_lie_reaches_a_report(self):
        self.server.says = lying
        narrative = self.run_it("out")
        for name in ("report.json", "report.md"):
            text = (self.root / "out" / name).read_text()
            for lie in ("9000 tokens", "example.com", "<b>", "gallops"):  # 9000 alone may be part of a time
                self.assertFalse(lie in text, f"{lie} in {name}")
        self.assertFalse(any("9000" in sentence["text"] for sentence in self.sentences(narrative)))
        self.assertEqual(len(self.server.asked), 3)  # one turn to mend it
        self.assertEqual(narrative["counts"]["verified"], 0)

    def test_the_whole_exchange_is_kept_beside_the_report(self):
        self.run_it("out")
        kept = [json.loads(path.read_text()) for path in sorted((self.root / "out" / "llm").glob("*.json"))]
        self.assertEqual(len(kept), 2)
        self.assertIn("alpha", json.dumps(kept))

    def test_recorded_answers_are_told_again_without_a_server_with_the_same_bytes(self):
        self.run_it("first", cassettes="record")
        asked = len(self.server.asked)
        self.run_it("second", cassettes="record")
        self.assertEqual(len(self.server.asked), asked)
        self.stop()
        self.run_it("third", cassettes="replay")
        for name in ("second", "third"):
            first, other = (json.loads((self.root / out / "report.json").read_text()) for out in ("first", name))
            first.pop("run"), other.pop("run")
            self.assertEqual(first["narrative"], other["narrative"])

    def test_without_a_server_templates_tell_it_and_one_line_says_why(self):
        self.stop()
        narrative = self.run_it("out")
        self.assertEqual(narrative["by"], "template")
        self.assertIn("unreachable", narrative["note"])
        self.assertEqual({s["status"] for s in self.sentences(narrative)}, {"template"})
        self.assertEqual(len([line for line in self.said.splitlines() if "unreachable" in line]), 1, self.said)

    def test_where_that_is_asked_for_the_stage_fails_without_a_server(self):
        self.stop()
        self.assertIsNone(self.run_it("out", expected=3, on_error="fail"))

    def test_two_models_are_compared_on_the_same_facts(self):
        narratives = self.run_it("out", models={"one": "seed=1", "two": "seed=2 temperature=0.5"})
        self.assertEqual(len(narratives), 2)
        self.assertEqual({asked["options"]["seed"] for asked in self.server.asked}, {1, 2})
        report = json.loads((self.root / "out" / "report.json").read_text())
        shown = [json.dumps(s) for s in report["sections"] if s["stage"] == "llm-summary"]
        self.assertTrue(any('"one"' in text and '"two"' in text for text in shown), shown)

    def test_another_language_is_refused_before_anything_runs_with_the_reason(self):
        (self.root / "p.json").write_text(json.dumps({
            "inputs": ["data"], "analyzers": [{"use": "llm-summary", "with": {"language": "de"}}],
            "renderers": [{"use": "json", "to": "report.json"}]}))
        plan = subprocess.run([ASSAY, "plan", "p.json"], cwd=self.root, capture_output=True, timeout=300)
        self.assertEqual(plan.returncode, 2)
        self.assertIn("no model's sentence in another language could be verified", plan.stderr.decode())
        self.run_it("out", language="en")

    def test_a_mistaken_setting_of_a_model_is_said_before_anything_runs(self):
        (self.root / "p.json").write_text(json.dumps({
            "inputs": ["data"], "analyzers": [{"use": "llm-summary", "with": {"provider": "ollama",
                                                                              "models": {"a": "model=x sed=1"}}}],
            "renderers": [{"use": "json", "to": "report.json"}]}))
        run = subprocess.run([ASSAY, "run", "p.json"], cwd=self.root, capture_output=True, timeout=300)
        self.assertEqual(run.returncode, 2)
        self.assertIn("'sed=1' of 'a'", run.stderr.decode())


if __name__ == "__main__":
    unittest.main()
