"""Runs a command and measures the whole of it, the processes it starts included."""
import contextlib
import os
import pathlib
import signal
import subprocess
import tempfile
import threading
import time


def session_of(pid):
    try:
        fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return int(fields[3])


def proportional_kb(pid):
    """Memory of a process; what it shares with others is divided among them."""
    try:
        for line in pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    except (OSError, ValueError):
        pass  # it has ended
    return 0


class MemorySampler(threading.Thread):
    """Largest sum of proportional set sizes over the processes of a session, looked at every 20 ms."""

    def __init__(self, session):
        super().__init__(daemon=True)
        self.session, self.peak_kb, self.ended = session, 0, threading.Event()

    def run(self):
        while not self.ended.wait(0.02):
            pids = [name for name in os.listdir("/proc") if name.isdigit() and session_of(name) == self.session]
            self.peak_kb = max(self.peak_kb, sum(map(proportional_kb, pids)))


def end_session(session):
    for name in os.listdir("/proc"):
        if name.isdigit() and session_of(name) == session:
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(name), signal.SIGKILL)


def measured(command, timeout, look_at_memory=False, environment=None):
    """Seconds from start to end; or `failed`, and why. Looking at memory slows it down a little, and gives in MB of
    10^6 bytes pss_mb, of all processes together, and rss_mb, GNU time's maximum resident set size: of the largest."""
    with tempfile.TemporaryFile("w+") as messages, tempfile.NamedTemporaryFile("r") as largest:
        if look_at_memory:
            command = ["/usr/bin/time", "--quiet", "-f", "%M", "-o", largest.name, *command]
        begin = time.perf_counter()
        process = subprocess.Popen([str(part) for part in command], stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, stderr=messages, start_new_session=True,
                                   env={**os.environ, **(environment or {})})
        sampler = MemorySampler(process.pid) if look_at_memory else None
        if sampler:
            sampler.start()
        guard = threading.Timer(timeout, end_session, [process.pid])
        guard.start()
        try:
            process.wait()
            seconds = time.perf_counter() - begin
        finally:  # Ctrl-C does not reach another session
            guard.cancel()
            if process.returncode is None:
                end_session(process.pid)
        if sampler:
            sampler.ended.set()
            sampler.join()
        if process.returncode != 0:
            messages.seek(0)
            why = messages.read().strip()[-2000:]
            late = f"stopped after {timeout} s" if seconds >= timeout else ""
            return {"failed": late or why or f"exit status {process.returncode}"}
        if not sampler:
            return {"seconds": seconds}
        return {"seconds": seconds, "rss_mb": int(largest.read()) * 1024 / 1e6, "pss_mb": sampler.peak_kb * 1024 / 1e6}
