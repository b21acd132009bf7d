"""A Slurm of one's own on this machine: an authentication daemon, a controller and nodes n1, n2, ..., without systemd
and beside any Slurm that is here already. All files are in one folder; nothing runs on after `stop`."""

import ctypes
import os
import random
import shutil
import signal
import socket
import subprocess
import time

PROGRAMS = ("munged", "slurmctld", "slurmd", "sbatch", "scontrol", "squeue", "scancel")
PATH = os.environ.get("PATH", "/usr/bin:/bin") + ":/usr/sbin:/sbin"
PATIENCE = 300  # seconds until something is given up that takes a second on an idle machine
PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36
libc = ctypes.CDLL(None, use_errno=True)


def why_not():
    """Why no cluster can be started here; empty where one can."""
    missing = [program for program in PROGRAMS if not shutil.which(program, path=PATH)]
    if missing:
        return f"needs Slurm and munge (scripts/dependencies cluster), without {', '.join(missing)}"
    return "" if os.geteuid() == 0 else "needs root, as whom the daemons of this Slurm run"


def wait_until(what, true, meanwhile=lambda: None):
    """Polls; what `true` answers in the end."""
    last = time.monotonic() + PATIENCE
    while not (answer := true()):
        meanwhile()
        if time.monotonic() > last:
            raise TimeoutError(f"waited {PATIENCE} s until {what}")
        time.sleep(0.05)
    return answer


def free_ports(number):
    """Ports that were free a moment ago, below those that the system hands out by itself."""
    found = []
    for port in random.sample(range(20000, 32000), 1000):
        with socket.socket() as one:
            try:
                one.bind(("0.0.0.0", port))
            except OSError:
                continue
        found.append(port)
        if len(found) == number:
            return found
    raise RuntimeError("no free ports")


def descendants():
    """Process ids of all that this process started, children first."""
    children = {}
    for entry in os.listdir("/proc"):
        try:
            with open(f"/proc/{entry}/stat", "rb") as file:
                children.setdefault(int(file.read().rpartition(b")")[2].split()[1]), []).append(int(entry))
        except (OSError, ValueError):
            pass  # no process, or one that has just ended
    found = list(children.get(os.getpid(), []))
    for pid in found:
        found += children.get(pid, [])
    return found


class Cluster:
    def __init__(self, folder, nodes=4):
        self.folder = folder  # a pathlib.Path; others than root must be able to enter it
        self.nodes = [f"n{i + 1}" for i in range(nodes)]
        self.environment = dict(os.environ, PATH=PATH, SLURM_CONF=str(folder / "slurm.conf"))
        for name in [name for name in self.environment if name.startswith(("SBATCH_", "SQUEUE_", "SLURM_JOB"))]:
            del self.environment[name]
        self.daemons = []

    def start(self):
        # What a daemon leaves behind (Slurm's step daemons outlive theirs) becomes our child, and is found by `stop`.
        libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        for name in ("log", "state", "spool"):
            (self.folder / name).mkdir()
        key = self.folder / "munge.key"
        key.write_bytes(os.urandom(128))
        key.chmod(0o400)
        munge = {name: self.folder / f"munge.{name}" for name in ("socket", "key", "pid", "log", "seed")}
        self.daemon("munged", "--foreground", "--force", f"--socket={munge['socket']}", f"--key-file={munge['key']}",
                    f"--pid-file={munge['pid']}", f"--log-file={munge['log']}", f"--seed-file={munge['seed']}")
        wait_until("munged listens", munge["socket"].exists, self.look_after)
        (self.folder / "slurm.conf").write_text(self.configuration(munge["socket"]))
        self.daemon("slurmctld", "-D")
        for node in self.nodes:
            self.daemon("slurmd", "-D", "-N", node)
        wait_until("all nodes are idle", lambda: self.states() == {"idle"}, self.look_after)

    def configuration(self, munge_socket):
        controller, *ports = free_ports(1 + len(self.nodes))
        host = socket.gethostname()
        lines = [f"NodeName={node} NodeHostname={host} NodeAddr=127.0.0.1 Port={port} CPUs=1"
                 for node, port in zip(self.nodes, ports)]
        # ReturnToService: a node that was set down stays so until it is resumed. cred_expire: a job whose node was
        # lost begins again once its old credential is void, which takes 120 s unless told.
        return f"""\
ClusterName=assay-test
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={controller}
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket={munge_socket},cred_expire=5
StateSaveLocation={self.folder}/state
SlurmdSpoolDir={self.folder}/spool/%n
SlurmctldPidFile={self.folder}/slurmctld.pid
SlurmdPidFile={self.folder}/slurmd-%n.pid
SlurmctldLogFile={self.folder}/log/slurmctld
SlurmdLogFile={self.folder}/log/%n
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SwitchType=switch/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerType=sched/builtin
SchedulerParameters=sched_interval=1,batch_sched_delay=0
ReturnToService=0
JobRequeue=1
KillWait=1
SlurmdParameters=config_overrides
""" + "\n".join(lines) + "\nPartitionName=all Nodes=ALL Default=YES State=UP MaxTime=INFINITE\n"

    def daemon(self, *command):
        def ends_with_us():
            libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)

        with open(self.folder / "log" / "daemons", "ab") as log:
            self.daemons.append(subprocess.Popen(command, env=self.environment, stdin=subprocess.DEVNULL, stdout=log,
                                                 stderr=log, preexec_fn=ends_with_us))

    def look_after(self):
        for daemon in self.daemons:
            if daemon.poll() is not None:
                raise RuntimeError(f"{daemon.args[0]} ended with {daemon.returncode}")

    def run(self, *command, **more):
        """Answers the finished process; its output is text."""
        more.setdefault("env", self.environment)
        return subprocess.run([str(word) for word in command], stdin=subprocess.DEVNULL, capture_output=True,
                              text=True, timeout=PATIENCE, **more)

    def ask(self, *command):
        done = self.run(*command)
        if done.returncode != 0:
            raise RuntimeError(f"{command} ended with {done.returncode}: {done.stderr}")
        return done.stdout

    def states(self):
        """Of the nodes. A controller that does not answer yet says nothing."""
        done = self.run("sinfo", "-h", "-N", "-o", "%T")
        return set(done.stdout.split()) if done.returncode == 0 else set()

    def logs(self):
        texts = [f"--- {file.name}\n{file.read_text(errors='replace')[-4000:]}"
                 for file in sorted((self.folder / "log").glob("*")) if file.is_file()]
        return "\n".join(texts)

    def stop(self):
        """Ends all that was started, by its id, and waits for it."""
        last = time.monotonic() + 20
        while left := descendants():
            for pid in left:
                try:
                    os.kill(pid, signal.SIGTERM if time.monotonic() < last - 15 else signal.SIGKILL)
                except ProcessLookupError:
                    pass
            for daemon in self.daemons:
                daemon.poll()
            try:
                while os.waitpid(-1, os.WNOHANG)[0]:
                    pass
            except ChildProcessError:
                pass
            if time.monotonic() > last:
                raise RuntimeError(f"these do not end: {left}")
            time.sleep(0.05)
