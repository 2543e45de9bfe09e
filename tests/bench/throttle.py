#!/usr/bin/env python3
"""How well a throttled service is used: `syncwright emulator --throttle 50` and an ApplicationSet of many rows.

usage: throttle.py BINARY [ROWS [REQUESTS-PER-SECOND]]      (default: 200 50)

Counts what reached the emulator (its --request-log) in a plan, an apply and a drift. Of each: the requests, how many were
answered 429, and the share of the budget that was used: granted requests by what the rate allows while the command runs. It
aims at 95 % of the budget and under 2 % of 429; exit code 1 where a run that is long enough to tell misses it.
"""
import pathlib
import sys
import tempfile

import measure
from requests import write_project

LONG_ENOUGH = 10  # seconds: a shorter run is all beginning


def tell(title, records, seconds, rate):
    """A line of the table; whether the aims are met, as far as the run can tell."""
    refused = sum(record["status"] == 429 for record in records)
    granted = len(records) - refused
    used = granted / (rate * seconds)
    share = refused / max(1, len(records))
    print(f"{title:<28}{len(records):>9}{granted:>9}{refused:>6}{share:>8.1%}{seconds:>8.1f}{used:>8.1%}", flush=True)
    return seconds < LONG_ENOUGH or (used >= 0.95 and share < 0.02)


def main():
    binary = str(pathlib.Path(sys.argv[1]).resolve())
    rows = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    rate = int(sys.argv[3]) if len(sys.argv) > 3 else 50
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        write_project(folder, rows)
        emulator = measure.Emulator(binary, folder, "--throttle", rate)
        try:
            print(f"{rows} rows, {rate} requests a second")
            print(f"{'command':<28}{'requests':>9}{'granted':>9}{'429':>6}{'share':>8}{'s':>8}{'used':>8}")
            met = True
            for title, arguments in (("plan, nothing there", ["plan"]), ("apply", ["apply", "--auto-approve"]),
                                     ("plan, all there", ["plan"]), ("drift", ["drift"])):
                done = measure.run(binary, *arguments, folder=folder, environment=emulator.environment(), expect=(0, 2))
                met = tell(title, emulator.take_log(), done.seconds, rate) and met
        finally:
            emulator.stop()
    sys.exit(0 if met else 1)


if __name__ == "__main__":
    main()
