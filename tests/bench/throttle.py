#!/usr/bin/env python3
"""How well a throttled service is used: `syncwright emulator --throttle 50` and an ApplicationSet of many rows.

usage: throttle.py BINARY [ROWS [REQUESTS-PER-SECOND]]      (default: 200 50)

Counts what reached the emulator (its --request-log) in a plan, an apply and a drift. Of each: the requests, how many were
answered 429, and the share of the budget that was used: granted requests by what the rate allows while the command runs. It aims at 95 % of the budget and under 2 % of 429; exit code 1 where a run that is long enough to tell misses it.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

import requests as bench  # the set of manifests beside

LONG_ENOUGH = 10  # seconds: a shorter run is all beginning


class ThrottledEmulator:
    def __init__(self, binary, folder, rate):
        self.log = folder / "requests.jsonl"
        self.process = subprocess.Popen(
            [binary, "emulator", "--listen", "127.0.0.1:0", "--state", "state.db", "--throttle", str(rate),
             "--request-log", str(self.log)], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        line = self.process.stdout.readline()
        if not line.startswith("listening on"):
            sys.exit("the emulator did not start; is --throttle there?")
        self.url = line.split()[-1]

    def take_log(self):
        """The records since the last call, without sign-ins."""
        records = [json.loads(line) for line in self.log.read_text().splitlines()]
        self.log.write_text("")
        return [record for record in records if not record["path"].endswith("/token")]

    def stop(self):
        self.process.terminate()
        self.process.wait()


def measure(title, records, seconds, rate):
    """A line of the table; whether the aims are met, as far as the run can tell."""
    refused = sum(record["status"] == 429 for record in records)
    granted = len(records) - refused
    used = granted / (rate * seconds)
    share = refused / max(1, len(records))
    print(f"{title:<28}{len(records):>9}{granted:>9}{refused:>6}{share:>8.1%}{seconds:>8.1f}{used:>8.1%}", flush=True)
    return seconds < LONG_ENOUGH or (used >= 0.95 and share < 0.02)


def run(binary, folder, emulator, *arguments):
    """How long the command took."""
    environment = {**os.environ, "SYNCWRIGHT_ENDPOINT": emulator.url, "AZURE_AUTHORITY_HOST": emulator.url,
                   "AZURE_TENANT_ID": "contoso", "AZURE_CLIENT_ID": "bench", "AZURE_CLIENT_SECRET": "bench",
                   "TOKEN": "dummy"}
    started = time.monotonic()
    done = subprocess.run([binary, *arguments], cwd=folder, env=environment, capture_output=True, text=True)
    if done.returncode not in (0, 2):
        sys.exit(f"{' '.join(arguments)}: exit {done.returncode}\n{done.stderr}")
    return time.monotonic() - started


def main():
    binary = str(pathlib.Path(sys.argv[1]).resolve())
    rows = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    rate = int(sys.argv[3]) if len(sys.argv) > 3 else 50
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        bench.write_project(folder, rows)
        emulator = ThrottledEmulator(binary, folder, rate)
        try:
            print(f"{rows} rows, {rate} requests a second")
            print(f"{'command':<28}{'requests':>9}{'granted':>9}{'429':>6}{'share':>8}{'s':>8}{'used':>8}")
            met = True
            for title, arguments in (("plan, nothing there", ["plan"]), ("apply", ["apply", "--auto-approve"]),
                                     ("plan, all there", ["plan"]), ("drift", ["drift"])):
                seconds = run(binary, folder, emulator, *arguments)
                met = measure(title, emulator.take_log(), seconds, rate) and met
        finally:
            emulator.stop()
    sys.exit(0 if met else 1)


if __name__ == "__main__":
    main()
