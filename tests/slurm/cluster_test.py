"""One report by a real Slurm, on this machine: four nodes, scripts/slurm-run and the job files of pipelines/slurm.

usage: cluster_test.py ASSAY [unittest arguments]      exit status 77: no Slurm can be started here
"""

import pathlib
import shlex
import signal
import subprocess
import sys
import tempfile
import unittest

import tree
from cluster import Cluster, wait_until, why_not

ASSAY = pathlib.Path(sys.argv.pop(1)).resolve()


class OnCluster(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        temporary = tempfile.TemporaryDirectory(prefix="assay-slurm-")
        cls.addClassCleanup(temporary.cleanup)
        root = pathlib.Path(temporary.name).resolve()
        root.chmod(0o755)
        cls.cluster = Cluster(root)
        cls.addClassCleanup(cls.cluster.stop)
        try:
            cls.cluster.start()
        except Exception:
            print(cls.cluster.logs(), file=sys.stderr)
            raise
        cls.root = root
        cls.folder = root / tree.ODD
        cls.pipeline = tree.make(cls.folder)
        done = tree.run(ASSAY, "run", cls.pipeline, "--output", "once", cwd=cls.folder)
        assert done.returncode == 0, done.stderr
        cls.once = tree.report(cls.folder / "once")

    def setUp(self):
        self.gate = self.root / self.id().rpartition(".")[2]
        self.gate.mkdir()
        gate = shlex.quote(str(self.gate))
        # A task tells that it began, and goes on when it may; where it never may, the folder is gone one day.
        self.waiting_assay = tree.wrapper(
            self.root / f"{self.gate.name} waits", ASSAY,
            f'if [ "$1" = run ]; then\n'
            f'  : >{gate}/"$SLURM_ARRAY_TASK_ID $SLURMD_NODENAME ${{SLURM_RESTART_COUNT:-0}}"\n'
            f'  until [ -e {gate}/go ]; do [ -d {gate} ] || exit 1; sleep 0.1; done\n'
            f'fi')
        self.addCleanup(self.no_jobs)

    def no_jobs(self):
        self.cluster.ask("scancel", "--user=root")
        wait_until("no job is left", lambda: not self.cluster.ask("squeue", "-h"))

    def begun(self):
        """Task, node and number of restarts of what has begun."""
        return {tuple(file.name.split()) for file in self.gate.iterdir() if file.name != "go"}

    def slurm_run(self, *words):
        return self.cluster.run("bash", tree.SLURM_RUN, self.pipeline, *words, cwd=self.folder)

    def start(self, *words):
        """slurm-run --wait as a process of its own; the tasks stand at the gate."""
        process = subprocess.Popen(
            ["bash", tree.SLURM_RUN, self.pipeline, "--wait", "--assay", self.waiting_assay, *map(str, words)],
            cwd=self.folder, env=self.cluster.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True)
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)
        wait_until("four tasks have begun", lambda: len(self.begun()) >= 4 or process.poll() is not None)
        self.assertIsNone(process.poll())
        return process

    def test_a_node_is_lost_and_the_report_is_that_of_one_run(self):
        process = self.start("--shards", 6, "--output", f"out {tree.ODD}")
        [lost] = [task for task, node, _ in self.begun() if node == "n3"]
        self.cluster.ask("scontrol", "update", "nodename=n3", "state=down", "reason=test")
        (self.gate / "go").touch()
        out, err = process.communicate()
        self.assertEqual(process.returncode, 0, err + self.cluster.logs())
        self.assertEqual(tree.report(self.folder / f"out {tree.ODD}"), self.once)
        self.assertIn("report.json", out)
        self.assertRegex(err, r"\Ashards [0-9]+\nmerge [0-9]+\n")
        again = {(task, restarts) for task, node, restarts in self.begun() if node != "n3"}
        self.assertIn((lost, "1"), again)
        self.assertEqual(len(self.begun()), 7)
        log = (self.folder / f"out {tree.ODD}.work" / "log" / f"{lost}.log").read_text()
        self.assertIn(f"shard {lost} of 6 on n3\n", log)
        self.assertIn(f"shard {lost} of 6: ", log)
        self.cluster.ask("scontrol", "update", "nodename=n3", "state=resume")
        wait_until("n3 is back", lambda: self.cluster.states() == {"idle"})

    def test_a_failed_task_is_named_and_can_be_run_again_alone(self):
        fails = tree.wrapper(self.root / "fails", ASSAY, '[ "${SLURM_ARRAY_TASK_ID:-}" != 2 ] || exit 9')
        done = self.slurm_run("--shards", 3, "--output", "again", "--wait", "--assay", fails)
        self.assertEqual((done.returncode, done.stdout), (3, ""), done.stderr)
        self.assertIn("the merge did not run; tasks that did not end well: 2 (FAILED); see ", done.stderr)
        self.assertFalse((self.folder / "again").exists())
        # The merge's exit status and words are those of the command.
        (self.folder / "again.work" / "3.partial").unlink()
        done = self.slurm_run("--shards", 3, "--output", "again", "--wait", "--assay", ASSAY, "--only", 2)
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertIn("3.partial': No such file or directory\n", done.stderr)
        done = self.slurm_run("--shards", 3, "--output", "again", "--wait", "--assay", ASSAY, "--only", 3, "--strict")
        self.assertEqual(done.returncode, 3, done.stderr)  # a file is broken
        self.assertIn("report.json\n", done.stdout)
        self.assertNotIn("slurm-run:", done.stderr)
        self.assertEqual(tree.report(self.folder / "again"), self.once)

    def test_interrupted_it_cancels_what_it_submitted(self):
        process = self.start("--shards", 5, "--output", "interrupted")
        process.send_signal(signal.SIGTERM)
        process.communicate()
        self.assertEqual(process.returncode, 143)
        wait_until("no job is left", lambda: not self.cluster.ask("squeue", "-h"))
        self.assertFalse((self.folder / "interrupted").exists())

    def test_what_sbatch_refuses_leaves_no_job(self):
        done = self.slurm_run("--shards", 5000, "--assay", ASSAY)
        self.assertEqual(done.returncode, 3)
        self.assertIn("slurm-run: sbatch refused the array (arrays here end at 1000)", done.stderr)
        done = self.slurm_run("--shards", 2, "--assay", ASSAY, "--merge-time", "nonsense")
        self.assertEqual(done.returncode, 3)
        self.assertIn("slurm-run: sbatch refused the merge; the array is cancelled", done.stderr)
        wait_until("no job is left", lambda: not self.cluster.ask("squeue", "-h"))

    def test_the_job_files_work_without_the_script(self):
        bin_folder = self.gate / "bin"
        bin_folder.mkdir()
        (bin_folder / "assay").symlink_to(ASSAY)
        environment = dict(self.cluster.environment, PATH=f"{bin_folder}:{self.cluster.environment['PATH']}")
        files = tree.SOURCE / "pipelines" / "slurm"

        def sbatch(*words):
            done = self.cluster.run("sbatch", "--parsable", "--output=/dev/null", *words, cwd=self.folder,
                                    env=environment)
            self.assertEqual(done.returncode, 0, done.stderr)
            return done.stdout.strip()

        array = sbatch("--array=1-3", files / "shards.sbatch", self.pipeline, f"by hand {tree.ODD}")
        sbatch("--wait", f"--dependency=afterok:{array}", files / "merge.sbatch", self.pipeline,
               f"by hand {tree.ODD}", "by hand")
        self.assertEqual(tree.report(self.folder / "by hand"), self.once)


if __name__ == "__main__":
    if reason := why_not():
        print(f"skipped: {reason}")
        sys.exit(77)
    unittest.main()
