"""What scripts/slurm-run submits, without a Slurm: the job scripts that it shows run here, one after another.

usage: scripts_test.py ASSAY [unittest arguments]
"""

import pathlib
import shutil
import sys
import tempfile
import unittest

import tree

ASSAY = pathlib.Path(sys.argv.pop(1)).resolve()


class Scripts(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory(prefix="assay-slurm-")
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name).resolve() / tree.ODD
        self.pipeline = tree.make(self.folder)

    def slurm_run(self, *words, **more):
        more.setdefault("cwd", self.folder)
        return tree.run("bash", tree.SLURM_RUN, *words, **more)

    def scripts(self, *words):
        """The submission and the script of either job."""
        done = self.slurm_run(self.pipeline, "--dry-run", "--assay", ASSAY, *words)
        self.assertEqual(done.returncode, 0, done.stderr)
        shards, merge = done.stdout[2:].split("\n# sbatch ")
        return [part.split("\n", 1) for part in (shards, "sbatch " + merge)]

    def script(self, text, task=""):
        return tree.run("bash", "-c", text, cwd="/", env=tree.clean_environment(SLURM_ARRAY_TASK_ID=str(task)))

    def once(self, *words):
        """The report of one run, without Slurm."""
        tree.run(ASSAY, "run", self.pipeline, "--output", "once", *words, cwd=self.folder)
        return tree.report(self.folder / "once")

    def test_the_scripts_give_the_report_of_one_run_whatever_the_names(self):
        words = ["--set", "analyzers.statistics.confidence=0.9"]
        odd = f"out {tree.ODD}"
        (_, shards), (_, merge) = self.scripts("--shards", 3, "--output", odd, *words)
        work = self.folder / f"{odd}.work"
        work.mkdir()
        for task in (3, 1, 2):
            done = self.script(shards, task)
            self.assertEqual(done.returncode, 0, done.stderr)
        done = self.script(merge)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual((work / "merge.exit").read_text(), "0\n")
        self.assertEqual(tree.report(self.folder / odd), self.once(*words))

    def test_a_task_that_runs_again_replaces_its_partials(self):
        (_, shards), (_, merge) = self.scripts("--shards", 1)
        work = self.folder / "assay-report.work"
        work.mkdir()
        (work / "1.partial").write_text("half")
        self.assertEqual(self.script(merge).returncode, 2)
        for _ in range(2):
            self.assertEqual(self.script(shards, 1).returncode, 0)
        self.assertEqual(sorted(file.name for file in work.iterdir()), ["1.partial", "merge.exit"])
        self.assertEqual(self.script(merge).returncode, 0)
        self.assertEqual(tree.report(self.folder / "assay-report"), self.once())

    def test_a_missing_input_fails_the_merge_and_not_the_task(self):
        (_, shards), (_, merge) = self.scripts("--shards", 1, "--input", "nowhere", "--input", f"tree {tree.ODD}")
        work = self.folder / "assay-report.work"
        work.write_text("no folder, so nothing can be written")
        self.assertEqual(self.script(shards, 1).returncode, 3)
        work.unlink()
        work.mkdir()
        self.assertEqual(self.script(shards, 1).returncode, 0)
        done = self.script(merge)
        self.assertEqual(done.returncode, 3)
        self.assertIn("nowhere", done.stderr)
        self.assertTrue((self.folder / "assay-report" / "report.md").exists())

    def test_options_reach_sbatch_and_the_last_word_is_the_users(self):
        (shards, text), (merge, merge_text) = self.scripts(
            "--shards=9", "--only", "2,4-5", "--at-once=2", "--cpus", "3", "--partition=p q", "--time", "10", "--mem=1G",
            "--merge-mem", "64G", "--merge-time=60", "--no-requeue", "--strict", "--fail-on=high", "--", "--nice=7")
        for option in ("--array=2,4-5%2", "--cpus-per-task=3", "--partition=p\\ q", "--time=10", "--mem=1G",
                       "--no-requeue", "--nice=7"):
            self.assertIn(option + " ", shards.replace("\\,", ",") + " ")
        self.assertIn("--mem=1G --nice=7 --time=60 --mem=64G --dependency=afterok:ARRAY", merge)
        self.assertNotIn("--strict", text)
        self.assertIn("--strict --fail-on=high", merge_text)
        (shards, _), _ = self.scripts("--shards=9")
        self.assertIn("--array=1-9 ", shards)
        self.assertIn("--requeue ", shards)
        self.assertIn("%%a", shards)  # of the folder's name, not sbatch's

    def test_mistakes_are_told_in_a_line_and_nothing_is_submitted(self):
        bin_folder = self.folder / "bin"
        bin_folder.mkdir()
        for tool in ("bash", "dirname", "sed"):
            (bin_folder / tool).symlink_to(shutil.which(tool))
        submitted = self.folder / "submitted"
        bare = tree.clean_environment(PATH=str(bin_folder))
        fake = self.folder / "fake"
        fake.mkdir()
        tree.wrapper(fake / "sbatch", "/bin/true", f"touch {submitted.name}")
        with_sbatch = tree.clean_environment(PATH=f"{fake}:/usr/bin:/bin")
        (self.folder / "bad.json").write_text('{"analyzers": [{"use": "statistcs"}]}')
        for words, environment, message in (
            ([], with_sbatch, "slurm-run: the pipeline is missing"),
            ([self.pipeline], with_sbatch, "slurm-run: the number of shards is missing"),
            ([self.pipeline, "--shards"], with_sbatch, "slurm-run: --shards needs a value"),
            ([self.pipeline, "--shards", "0"], with_sbatch, "--shards takes a whole number from 1 on, not '0'"),
            ([self.pipeline, "--shards", "2", "--only", "x"], with_sbatch, "--only takes tasks such as 3,7-9, not 'x'"),
            ([self.pipeline, "--shards", "2", "--jobs", "x"], with_sbatch, "unknown option '--jobs'"),
            ([self.pipeline, "--shards", "2", "--fail-on=x"], with_sbatch, "--fail-on takes none, info"),
            ([self.pipeline, "other", "--shards", "2"], with_sbatch, "one pipeline at a time"),
            (["-", "--shards", "2"], with_sbatch, "must be a file"),
            (["nowhere.json", "--shards", "2"], with_sbatch, "no pipeline 'nowhere.json'"),
            ([self.pipeline, "--shards", "2", "--assay", "nothing"], with_sbatch, "nothing' is no program"),
            ([self.pipeline, "--shards", "2", "--work", "a\\b"], with_sbatch, "backslash"),
            ([self.pipeline, "--shards", "2", "--assay", ASSAY], bare, "slurm-run: no sbatch here"),
            (["bad.json", "--shards", "2", "--assay", ASSAY], with_sbatch, "did you mean 'statistics'?"),
        ):
            with self.subTest(words=words):
                done = self.slurm_run(*words, env=environment)
                self.assertEqual((done.returncode, done.stdout), (2, ""), done.stderr)
                self.assertIn(message, done.stderr)
                self.assertFalse(submitted.exists())
        # Beside the script there is no build either.
        copy = self.folder / "scripts"
        copy.mkdir()
        shutil.copy(tree.SLURM_RUN, copy)
        done = tree.run("bash", copy / "slurm-run", self.pipeline, "--shards", 2, cwd=self.folder, env=bare)
        self.assertEqual((done.returncode, done.stderr), (2, "slurm-run: no assay on the PATH; name it with --assay FILE\n"))

    def test_help_lists_every_option_that_is_taken(self):
        done = self.slurm_run("--help")
        self.assertEqual(done.returncode, 0)
        text = tree.SLURM_RUN.read_text()
        for option in set(word for word in text.split() if word.startswith("--") and word.endswith(")")) - {"--)", "--*=*)", "--help)"}:
            self.assertIn(option.rstrip(")"), done.stdout)


if __name__ == "__main__":
    unittest.main()
