"""What the benches share: an emulator to measure against, one command measured, and the words for several runs."""
import collections
import dataclasses
import functools
import json
import os
import pathlib
import platform
import signal
import statistics
import subprocess
import sys
import time
import urllib.request


class Emulator:
    """`syncwright emulator` over HTTP, with its state and the log of its requests in `folder`."""

    def __init__(self, binary, folder, *flags):
        self.log = folder / "requests.jsonl"
        began = time.monotonic()
        self.process = subprocess.Popen(
            [binary, "emulator", "--listen", "127.0.0.1:0", "--state", "state.db", "--request-log", str(self.log),
             *map(str, flags)],
            cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        line = self.process.stdout.readline()
        if not line.startswith("listening on"):
            sys.exit(f"the emulator did not start: {' '.join(self.process.args)}")
        self.url = line.split()[-1]
        self.seconds_to_start = time.monotonic() - began

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def environment(self, **more):
        """Of a command that is to talk to it."""
        return {**os.environ, "SYNCWRIGHT_ENDPOINT": self.url, "AZURE_AUTHORITY_HOST": self.url, "AZURE_TENANT_ID": "contoso",
                "AZURE_CLIENT_ID": "bench", "AZURE_CLIENT_SECRET": "bench", "TOKEN": "dummy", **more}

    @functools.cached_property
    def token(self):
        form = b"grant_type=client_credentials&client_id=bench&client_secret=bench"
        with urllib.request.urlopen(f"{self.url}/contoso/oauth2/v2.0/token", form) as answer:
            return json.load(answer)["access_token"]

    def graph(self, method, path, body=None):
        """The answer's bytes."""
        request = urllib.request.Request(self.url + path.replace(" ", "%20"), method=method,
                                         data=None if body is None else json.dumps(body).encode(),
                                         headers={"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"})
        with urllib.request.urlopen(request) as answer:
            return answer.read()

    def json(self, method, path, body=None):
        return json.loads(self.graph(method, path, body))

    def advance(self, seconds):
        """Moves its clock on, which a command with SYNCWRIGHT_CLOCK=virtual follows (docs/emulator.md#its-clock)."""
        body = json.dumps({"advanceMilliseconds": seconds * 1000}).encode()
        with urllib.request.urlopen(f"{self.url}/_emulator/clock", body) as answer:
            answer.read()

    def take_log(self):
        """The records since the last call, without sign-ins."""
        records = [json.loads(line) for line in self.log.read_text().splitlines()]
        self.log.write_text("")
        return [record for record in records if not record["path"].endswith("/token")]

    def memory(self, name):
        """VmRSS or VmHWM, in MB."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return next(int(row.split()[1]) for row in status.splitlines() if row.startswith(name + ":")) / 1024

    def stop(self):
        """Its peak memory in MB; 0 where it was stopped before."""
        if self.process.returncode is not None:
            return 0
        self.process.send_signal(signal.SIGTERM)
        _, status, usage = os.wait4(self.process.pid, 0)
        self.process.returncode = os.waitstatus_to_exitcode(status)
        self.process.stdout.close()
        return usage.ru_maxrss / 1024


@dataclasses.dataclass
class Run:
    """How one command went. `printed`: the file with its standard output."""

    seconds: float
    cpu_seconds: float
    peak_mb: float
    printed: pathlib.Path


def run(binary, *arguments, folder, environment=None, expect=(0,)):
    """One command in `folder`; the bench ends where it does not end as expected."""
    printed, errors = folder / "printed", folder / "stderr"
    with printed.open("wb") as out, errors.open("wb") as err:
        began = time.monotonic()
        process = subprocess.Popen([binary, *map(str, arguments)], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                                   stdout=out, stderr=err)
        # Linux counts what this process held before it became the other one: it is kept small.
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in expect:
        sys.exit(f"{' '.join(map(str, arguments))}: exit {process.returncode}\n"
                 f"{printed.read_text()[-2000:]}{errors.read_text()[-2000:]}")
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, printed)


def methods(records):
    """How many requests of each method a log has, as words."""
    counted = collections.Counter(record["method"] for record in records)
    return " ".join(f"{method} {count}" for method, count in sorted(counted.items()))


def replace(path, old, new):
    text = path.read_text()
    assert old in text, old
    path.write_text(text.replace(old, new))


def line(title, value, target=""):
    print(f"{title:<58}{value:>16}{target:>24}", flush=True)


def median_and_spread(values):
    """(median, half of the distance from the least to the greatest)."""
    return statistics.median(values), (max(values) - min(values)) / 2


def machine():
    """What the figures were measured on, without its name."""
    model = next((row.split(":", 1)[1].strip() for row in pathlib.Path("/proc/cpuinfo").read_text().splitlines()
                  if row.startswith("model name")), platform.processor())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {"cpu": model, "cores": len(os.sched_getaffinity(0)), "memoryGb": round(memory / 1e9, 1),
            "system": f"{platform.system()} {platform.release()}"}
