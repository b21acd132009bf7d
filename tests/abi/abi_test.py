"""Today's host with a plugin that was built for ABI 0.1.

usage: abi_test.py ASSAY PLUGINS [unittest arguments]
"""

import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

ASSAY, PLUGINS = sys.argv.pop(1), sys.argv.pop(1)


class Abi(unittest.TestCase):
    def explain(self, content):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "sample"
            path.write_text(content)
            command = [ASSAY, "explain", path, "--plugin-path", PLUGINS, "--format", "json"]
            done = subprocess.run(command, capture_output=True, text=True)
        return done

    def parsed(self, content):
        done = self.explain(content)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)["artifact"]

    def test_it_is_listed_and_not_refused(self):
        done = subprocess.run([ASSAY, "plugins", "--plugin-path", PLUGINS], capture_output=True, text=True)
        self.assertRegex(done.stdout, r"\n  whole ")
        self.assertNotIn("refused", done.stdout)

    def test_it_claims_and_parses(self):
        artifact = self.parsed("v0_1 whole")
        self.assertEqual((artifact["parser"], artifact["claim_reason"]), ("whole", "named"))
        self.assertEqual((artifact["status"], artifact["tables"][0]["rows_ok"]), ("parsed", 1))

    def test_calls_with_more_than_the_host_knows_are_used_as_far_as_known(self):
        artifact = self.parsed("v0_1 newer")
        self.assertEqual((artifact["parser"], artifact["status"]), ("newer", "parsed"))

    def test_calls_that_end_before_one_that_is_needed_are_named_and_the_others_live(self):
        done = self.explain("v0_1 older")
        self.assertEqual(done.returncode, 0)
        self.assertIn("'older' lacks the call parse()", done.stderr)
        self.assertEqual(json.loads(done.stdout)["artifact"]["status"], "unclaimed")
        self.assertEqual(self.parsed("v0_1 whole")["status"], "parsed")


if __name__ == "__main__":
    unittest.main()
