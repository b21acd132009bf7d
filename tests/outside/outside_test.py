"""Installs the build, builds plugins of an outside author against the installed SDK and uses them with no host change.

usage: outside_test.py BUILD [unittest arguments]
"""

import json
import os
import pathlib
import struct
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
BUILD = pathlib.Path(sys.argv.pop(1)).resolve()
NAN = float("nan")
START = 1760000000000000  # 2025-10-09T08:53:20Z in microseconds


def run(*command, **more):
    """Answers exit status, stdout and stderr."""
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, **more)
    return done.returncode, done.stdout, done.stderr


def must(*command, **more):
    status, out, err = run(*command, **more)
    if status != 0:
        raise AssertionError(f"{command} exits {status}\n{out}{err}")
    return out


def word(text):
    return bytes([len(text)]) + text.encode()


def brec(rows, version=1, kind=b"d"):
    """BREC as its documentation in cpp/brec.cpp says, written by other means."""
    head = b"BREC" + struct.pack("<HH", version, 3)
    head += b"t" + word("at") + word("") + kind + word("latency") + word("ms") + b"s" + word("exit_code") + word("")
    return head + b"".join(
        struct.pack("<qdi", START + 1000000 * i, latency, code) for i, (latency, code) in enumerate(rows)
    )


class Outside(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        temporary = tempfile.TemporaryDirectory(prefix="assay-outside-")
        cls.addClassCleanup(temporary.cleanup)
        cls.root = pathlib.Path(temporary.name)
        cls.prefix = cls.root / "prefix"
        cls.env = {"PATH": os.environ["PATH"], "HOME": str(cls.root), "LC_ALL": "C.UTF-8"}
        must("cmake", "--install", BUILD, "--prefix", cls.prefix)
        for project in ("c", "cpp", "mistakes"):
            cls.build(project)
        cls.drop = cls.root / "drop"
        cls.drop.mkdir()
        for plugin in ("c/ticks.so", "cpp/brec.so"):
            (cls.root / "build" / plugin).rename(cls.drop / pathlib.Path(plugin).name)
        cls.samples = cls.root / "samples"
        cls.samples.mkdir()
        (cls.samples / "run.brec").write_bytes(brec([(2.5, 0), (2.25, 0), (NAN, 1), (2.75, 0)]))
        (cls.samples / "run.ticks").write_text("#ticks ns\nalpha 10.5\nbeta 12\nbroken\ngamma 11.25\n")

    @classmethod
    def build(cls, project):
        must("cmake", "-S", HERE / project, "-B", cls.root / "build" / project, f"-DCMAKE_PREFIX_PATH={cls.prefix}")
        must("cmake", "--build", cls.root / "build" / project)

    def assay(self, *words, plugins=None):
        command = [self.prefix / "bin/assay", *words, "--plugin-path", plugins or self.drop]
        return must(*command, cwd=self.root, env=self.env)

    def explain(self, content, name="sample", plugins=None):
        path = self.root / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return json.loads(self.assay("explain", path, "--format", "json", plugins=plugins))["artifact"]

    def explain_mistake(self, content):
        return self.explain(content, plugins=self.root / "build/mistakes")

    # ---- installed, and used ----

    def test_the_installed_program_finds_the_installed_plugins_and_no_others(self):
        listed = json.loads(must(self.prefix / "bin/assay", "plugins", "--json", cwd=self.root, env=self.env))
        folders = {str(pathlib.Path(plugin["path"]).parent) for plugin in listed["plugins"]}
        self.assertEqual(len(folders), 1)
        self.assertTrue(folders.pop().startswith(str(self.prefix)))
        built = {path.name for path in (BUILD / "lib/assay/plugins").glob("*.so")}
        self.assertEqual({pathlib.Path(plugin["path"]).name for plugin in listed["plugins"]}, built)

    def test_a_binary_format_read_by_a_plugin_in_cpp_is_claimed_by_content(self):
        artifact = self.explain((self.samples / "run.brec").read_bytes(), name="no-extension")
        self.assertEqual(artifact["parser"], "brec")
        self.assertEqual(artifact["claim_reason"], "begins with BREC")
        (table,) = artifact["tables"]
        self.assertEqual((table["rows"], table["rows_ok"], table["rows_failed"]), (4, 3, 1))
        self.assertEqual([column["type"] for column in table["columns"]], ["time", "float", "int"])
        self.assertEqual([column["role"] for column in table["columns"]], ["timestamp", "metric", "status"])
        latency = table["columns"][1]
        self.assertEqual((latency["unit"], latency["unit_source"], latency["direction"]), ("ms", "parser", "lower"))

    def test_a_text_format_read_by_a_plugin_in_c_is_claimed_by_content(self):
        artifact = self.explain((self.samples / "run.ticks").read_bytes(), name="no-extension")
        self.assertEqual(artifact["parser"], "ticks")
        (table,) = artifact["tables"]
        self.assertEqual((table["rows"], table["rows_ok"], table["rows_rejected"]), (4, 3, 1))
        self.assertEqual([column["unit"] for column in table["columns"]], [None, "ns"])
        self.assertEqual([(d["code"], d["line"]) for d in artifact["diagnostics"]], [("bad-line", 4)])

    def test_more_rows_than_one_batch_holds_all_arrive(self):
        lines = "".join(f"n{i} {i}\n" for i in range(10000))
        self.assertEqual(self.explain("#ticks s\n" + lines)["tables"][0]["rows_ok"], 10000)
        self.assertEqual(self.explain(brec([(1.0, 0)] * 10000))["tables"][0]["rows_ok"], 10000)

    def test_the_report_holds_the_values_of_both(self):
        report = json.loads(self.assay("scan", self.samples, "--format", "json"))
        self.assertEqual(report["counts"]["artifacts"]["parsed"], 2)
        self.assertEqual(
            {artifact["path"]: artifact["parser"] for artifact in report["artifacts"]},
            {"samples/run.brec": "brec", "samples/run.ticks": "ticks"},
        )

        def values(metric, unit):
            facts = [f for f in report["facts"] if f["metric"] == metric and f["unit"] == unit]
            return {(f["stat"], f["value"]) for f in facts}

        self.assertLessEqual({("median", 2.5), ("min", 2.25), ("max", 2.75)}, values("latency", "ms"))
        self.assertLessEqual({("median", 11.25), ("min", 10.5), ("max", 12)}, values("value", "ns"))

    def test_its_options_are_listed_with_type_default_and_choices(self):
        said = self.assay("plugins", "brec")
        self.assertIn('better (choice, default "lower"; one of lower, higher)', said)

    def test_a_failing_file_says_why_and_the_others_live(self):
        whole = brec([(2.5, 0)])
        for content, code, reason in (
            (brec([], version=2), "bad-version", "BREC version 2, expected 1"),
            (brec([], kind=b"?"), "bad-column", "column 'latency' is of an unknown kind"),
            (whole[:20], "truncated", "the file ends within its header"),
            ("#ticks \n", "bad-unit", "the first line names no unit"),
        ):
            artifact = self.explain(content)
            self.assertEqual((artifact["status"], artifact["reason_code"]), ("failed", code))
            self.assertEqual(artifact["reason"], reason)
        cut = self.explain(whole[:-3])
        self.assertEqual((cut["status"], cut["tables"][0]["rows_rejected"]), ("parsed", 1))
        self.assertEqual([d["code"] for d in cut["diagnostics"]], ["truncated"])

    def test_a_header_cut_anywhere_fails_and_never_crashes(self):
        header = brec([])
        for size in range(4, len(header)):
            self.assertEqual(self.explain(header[:size])["status"], "failed", size)

    # ---- mistakes ----

    def test_an_exception_fails_its_artifact_with_its_words_and_no_other(self):
        folder = self.root / "mixed"
        folder.mkdir()
        (folder / "a.throws").write_text("THROW exception\n")
        (folder / "b.csv").write_text("x,y\n1,2\n3,4\n")
        report = json.loads(
            self.assay("scan", folder, "--format", "json", plugins=self.root / "build/mistakes")
        )
        failed, parsed = report["artifacts"]
        self.assertEqual((failed["status"], failed["reason_code"]), ("failed", "exception"))
        self.assertEqual(failed["reason"], "vector::at: 7 is beyond 3")
        self.assertEqual(failed["tables"], [])
        self.assertEqual((parsed["status"], parsed["tables"][0]["rows_ok"]), ("parsed", 2))

    def test_failure_and_not_mine_are_kept_apart(self):
        failed = self.explain_mistake("THROW failure\n")
        self.assertEqual((failed["status"], failed["reason_code"]), ("failed", "bad-header"))
        declined = self.explain_mistake("THROW not mine\n")
        self.assertEqual(declined["status"], "unclaimed")
        self.assertIn("throws declined it: it only looks like mine", declined["reason"])

    def test_batches_that_do_not_fit_their_table_fail_the_artifact(self):
        for mistake, code, reason in (
            ("columns", "bad-batch", "the batch has 1 columns, the table has 2"),
            ("rows", "bad-batch", "column 0 has 1 rows, its batch has 2"),
            ("buffers", "bad-batch", "column 1 has 2 buffers, expected 3"),
            ("offsets", "bad-batch", "column 1 has text offsets that go back at row 1"),
            ("released", "bad-batch", "the batch was released already"),
            ("twice", "table-open", "table 'more' begins before table 'rows' ended"),
            ("no-table", "no-table", "a batch without a table"),
        ):
            artifact = self.explain_mistake(f"UNFIT {mistake}\n")
            self.assertEqual((artifact["status"], artifact["reason_code"]), ("failed", code), mistake)
            self.assertIn(reason, artifact["reason"])

    def test_a_table_that_is_never_ended_keeps_its_rows(self):
        artifact = self.explain_mistake("UNFIT open\n")
        self.assertEqual((artifact["status"], artifact["tables"][0]["rows_ok"]), ("parsed", 2))

    def test_a_plugin_that_cannot_be_used_is_listed_with_the_reason(self):
        said = self.assay("plugins", plugins=self.root / "build/mistakes")
        for file, reason in (
            ("wrong_abi.so", "built for ABI 9.0, this host speaks 0.1: rebuild it with this version's SDK"),
            ("bad_manifest.so", "manifest, line 1, column 29: a value is missing before '}'"),
        ):
            self.assertRegex(said, f"refused .*/{file}\n  [^\n]*{reason}")
        self.assertRegex(said, "\n  throws ")

    def test_a_forgotten_entry_and_an_undefined_function_fail_the_build(self):
        for target, reason in (
            ("forgotten", "exports no 'assay_plugin_entry'; is ASSAY_PLUGIN(...) missing?"),
            ("undefined", "undefined reference to `elsewhere()'"),
        ):
            status, out, err = run("cmake", "--build", self.root / "build/mistakes", "--target", target)
            self.assertNotEqual(status, 0)
            self.assertIn(reason, out + err)


if __name__ == "__main__":
    unittest.main()
