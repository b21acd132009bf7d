"""A headless Chromium, driven over the pipe of its debugging protocol: nothing but Python and the browser is needed."""

import base64
import json
import os
import shutil
import subprocess
import tempfile
import time

PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def program():
    """Path of a browser, or None."""
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


class Page:
    """One tab. What it complains of and what it asks of the network is kept."""

    def __init__(self):
        self.profile = tempfile.TemporaryDirectory(prefix="assay-browser-", ignore_cleanup_errors=True)
        to_child, to_browser = os.pipe()
        from_browser, from_child = os.pipe()

        def in_child():  # Chromium reads from descriptor 3 and writes to 4; neither end may lie there beforehand
            read, write = os.dup(to_child), os.dup(from_child)
            high = max(read, write, 10) + 1
            os.dup2(read, high)
            os.dup2(write, high + 1)
            os.dup2(high, 3)
            os.dup2(high + 1, 4)

        # Root may not use the browser's own sandbox; the page is ours, and the test has no other.
        self.process = subprocess.Popen(
            [program(), "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--remote-debugging-pipe",
             f"--user-data-dir={self.profile.name}", "about:blank"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            preexec_fn=in_child, close_fds=False)
        os.close(to_child)
        os.close(from_child)
        self.out, self.inp = os.fdopen(to_browser, "wb", buffering=0), os.fdopen(from_browser, "rb", buffering=0)
        self.buffer, self.last, self.session = b"", 0, None
        self.complaints, self.requests, self.events = [], [], []
        target = self.call("Target.getTargets")["targetInfos"][0]["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def close(self):
        self.out.close()
        self.process.terminate()
        self.process.wait()
        self.inp.close()
        self.profile.cleanup()

    def _message(self):
        while b"\0" not in self.buffer:
            piece = self.inp.read(1 << 16)
            if not piece:
                raise RuntimeError("the browser ended")
            self.buffer += piece
        message, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(message)

    def _note(self, event):
        method, about = event.get("method"), event.get("params", {})
        self.events.append(method)
        if method == "Runtime.exceptionThrown":
            self.complaints.append(about["exceptionDetails"].get("exception", {}).get("description", "exception"))
        elif method == "Runtime.consoleAPICalled":
            self.complaints.append(f"console.{about['type']}: {about['args']}")
        elif method == "Log.entryAdded":
            self.complaints.append(about["entry"]["text"])
        elif method == "Network.requestWillBeSent":
            self.requests.append(about["request"]["url"])

    def call(self, method, **arguments):
        self.last += 1
        message = {"id": self.last, "method": method, "params": arguments}
        if self.session:
            message["sessionId"] = self.session
        self.out.write(json.dumps(message).encode() + b"\0")
        while True:
            answer = self._message()
            if answer.get("id") != self.last:
                self._note(answer)
            elif "error" in answer:
                raise RuntimeError(f"{method}: {answer['error']}")
            else:
                return answer["result"]

    def evaluate(self, expression):
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            raise RuntimeError(result["exceptionDetails"]["exception"].get("description"))
        return result["result"].get("value")

    def size(self, width, height=900):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def dark(self, wanted):
        self.call("Emulation.setEmulatedMedia",
                  features=[{"name": "prefers-color-scheme", "value": "dark" if wanted else "light"}])

    def open(self, path, hash=""):
        """Answers the seconds until all charts were drawn."""
        self.complaints, self.requests, self.events = [], [], []
        start = time.monotonic()
        self.call("Page.navigate", url="about:blank")
        self.call("Page.navigate", url=path.as_uri() + hash)
        while time.monotonic() - start < 60:
            if self.evaluate("document.documentElement?.dataset.drawn === 'all'"):
                return time.monotonic() - start
            time.sleep(0.05)
        raise RuntimeError(f"the charts were not drawn in time; {self.complaints}")

    def key(self, name, code):
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key=name, code=name, windowsVirtualKeyCode=code)

    def screenshot(self, path):
        path.write_bytes(base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"]))
