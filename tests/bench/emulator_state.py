#!/usr/bin/env python3
"""What the emulator's state costs: time of an apply, memory, start, answers a second.

usage: emulator_state.py BINARY [ROWS]      (default: 200; BENCH_FOLDER names where the files lie, 1.5 GB with the default)

Prints what was counted and measured, each beside its target; asserts nothing, and no machine promises the times.
"""
import hashlib
import http.client
import json
import multiprocessing
import os
import pathlib
import sqlite3
import sys
import tempfile
import time
import urllib.parse
import uuid

import measure
from measure import Emulator, line
from requests import write_project

LARGE_STATE = 2000  # applications
SCHEMA_BYTES = 500_000
CLIENTS = 4
REQUESTS = 2000  # of each client


def seconds_of_apply(binary, folder, rows):
    """Also what the tenant of that many applications takes."""
    folder.mkdir()
    write_project(folder, rows)
    emulator = Emulator(binary, folder)
    fresh = emulator.memory("VmRSS")
    seconds = measure.run(binary, "apply", "--auto-approve", folder=folder, environment=emulator.environment()).seconds
    used, peak = emulator.memory("VmRSS"), emulator.memory("VmHWM")
    emulator.stop()
    measure.run(binary, "emulator", "--state", "state.db", "--export", "state.json", folder=folder)
    exported = (folder / "state.json").stat().st_size / 1e6
    database = (folder / "state.db").stat().st_size / 1e6
    line(f"apply of {rows}", f"{seconds:.1f} s")
    line("  state as JSON, as database", f"{exported:.1f}, {database:.1f} MB")
    line("  memory: of a fresh emulator, then, at most", f"{fresh:.0f}, {used:.0f}, {peak:.0f} MB")
    line("  memory over a fresh one's / JSON", f"{(used - fresh) / exported:.2f}", "<= 1.50")
    return seconds


def multiplied(database, applications):
    """Copies of the first application of a state, each with a large schema of its own."""
    rows = {}
    for table in ("applications", "servicePrincipals", "jobs"):
        rows[table] = database.execute(f"SELECT id, value FROM {table} ORDER BY place LIMIT 1").fetchone()
    app_id = json.loads(rows["applications"][1])["versions"][-1]["value"]["appId"]
    large = {"directories": [{"name": f"attribute{number}", "description": "x" * 400} for number in range(SCHEMA_BYTES // 440)]}
    names = {}
    for number in range(applications):
        fresh = {rows["applications"][0]: str(uuid.uuid4()), rows["servicePrincipals"][0]: str(uuid.uuid4()),
                 app_id: str(uuid.uuid4()), rows["jobs"][0]: f"bench.{uuid.uuid4()}"}
        document = json.dumps({**large, "id": str(number)}, sort_keys=True, separators=(",", ":"))
        digest = "sha256:" + hashlib.sha256(document.encode()).hexdigest()
        database.execute("INSERT INTO documents (digest, text) VALUES (?, ?)", (digest, document))
        for table, (old, text) in rows.items():
            for before, after in fresh.items():
                text = text.replace(before, after)
            value = json.loads(text)
            if table == "jobs":
                value["schema"], value["nextCycle"] = digest, None
            database.execute(f"INSERT INTO {table} (id, value) VALUES (?, ?)", (fresh[old], json.dumps(value)))
            names[table] = fresh[old]
    database.commit()
    return names


def client(url, token, path, requests):
    host = urllib.parse.urlsplit(url)
    connection = http.client.HTTPConnection(host.hostname, host.port)
    for _ in range(requests):
        connection.request("GET", path, headers={"Authorization": f"Bearer {token}"})
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            sys.exit(f"{path}: {answer.status} {body[:200]}")


def answers_a_second(url, token, path):
    clients = [multiprocessing.Process(target=client, args=(url, token, path, REQUESTS))
               for _ in range(CLIENTS)]
    began = time.monotonic()
    for each in clients:
        each.start()
    for each in clients:
        each.join()
    return CLIENTS * REQUESTS / (time.monotonic() - began)


def large_state(binary, folder):
    folder.mkdir()
    write_project(folder, 1)
    emulator = Emulator(binary, folder)
    measure.run(binary, "apply", "--auto-approve", folder=folder, environment=emulator.environment())
    emulator.stop()
    database = sqlite3.connect(folder / "state.db")
    last = multiplied(database, LARGE_STATE)
    database.close()
    line(f"{LARGE_STATE} applications, schemas of {SCHEMA_BYTES // 1000} KB",
         f"{(folder / 'state.db').stat().st_size / 1e6:.0f} MB")
    emulator = Emulator(binary, folder)
    token = emulator.token  # signing in does not count
    began = time.monotonic()
    emulator.graph("GET", f"/v1.0/applications/{last['applications']}")
    line("  start, and the first answer",
         f"{emulator.seconds_to_start:.2f}, {time.monotonic() - began:.3f} s", "<= 2.00 s")
    line("  memory then", f"{emulator.memory('VmRSS'):.0f} MB")
    began = time.monotonic()
    jobs = f"/v1.0/servicePrincipals/{last['servicePrincipals']}/synchronization/jobs"
    schema = emulator.graph("GET", f"{jobs}/{last['jobs']}/schema")
    line(f"  one schema ({len(schema) // 1000} KB)", f"{time.monotonic() - began:.3f} s")
    line("  GETs of an application a second",
         f"{answers_a_second(emulator.url, token, '/v1.0/applications/' + last['applications']):.0f}", ">= 1000")
    line("  memory at most", f"{emulator.memory('VmHWM'):.0f} MB")
    emulator.stop()


def main():
    binary = str(pathlib.Path(sys.argv[1]).resolve())
    rows = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    with tempfile.TemporaryDirectory(prefix="syncwright-bench-", dir=os.environ.get("BENCH_FOLDER")) as name:
        folder = pathlib.Path(name)
        once = seconds_of_apply(binary, folder / "once", rows)
        twice = seconds_of_apply(binary, folder / "twice", 2 * rows)
        line(f"time of {2 * rows} / time of {rows}", f"{twice / once:.2f}", "<= 2.20")
        large_state(binary, folder / "large")


if __name__ == "__main__":
    main()
