#!/usr/bin/env python3
"""What many applications cost the client: seconds, CPU, memory, schema a CPU second, and how fast that grows. The
emulator's share of the machine is told beside it.

usage: scale.py BINARY [APPLICATIONS...] [--schema-bytes N] [--unlike] [--folder FOLDER]
       (default: 100 300 1000 applications, live schemas of 566 000 bytes; 0 leaves the template's)

For each number it writes that many manifests, creates the applications on `syncwright emulator` over HTTP, makes each live
schema as large as asked for, edits one mapping of every manifest, and plans and applies that. The schemas have the same
attributes, as those of one gallery template do; with --unlike no two of them have a list of attributes in common. Prints one table a number and
the growth exponent of each command over all of them; asserts nothing but the exit codes, and no machine promises the times.
"""
import argparse
import concurrent.futures
import http.client
import json
import math
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

SCHEMA_BYTES = 566_000
CLIENTS = 4
COLUMNS = ("seconds", "cpu_seconds", "emulator_cpu_seconds")

PROJECT = """\
apiVersion: syncwright/v1
kind: Project
metadata: {name: scale}
spec:
  guards: {maxUpdatesPercent: 100}
"""

MANIFEST = """\
apiVersion: syncwright/v1
kind: Application
metadata: {name: "app-%(number)05d"}
spec:
  gallery: Dropbox
  displayName: Scale %(number)05d
  jobs:
    default:
      schema:
        mappings:
          - object: User
            attributes:
              externalId: {expression: "%(expression)s"}
"""


def write_manifests(folder, count, expression):
    manifests = folder / "manifests"
    manifests.mkdir(exist_ok=True)
    (folder / "syncwright.yaml").write_text(PROJECT)
    for number in range(count):
        (manifests / f"app-{number:05}.yaml").write_text(MANIFEST % {"number": number, "expression": expression})


class Tenant:
    """`syncwright emulator` with a state of its own, and Graph calls to it."""

    def __init__(self, binary, folder):
        self.process = subprocess.Popen([binary, "emulator", "--listen", "127.0.0.1:0", "--state", "state.db"], cwd=folder,
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.url = self.process.stdout.readline().split()[-1]
        form = b"grant_type=client_credentials&client_id=bench&client_secret=bench"
        with urllib.request.urlopen(f"{self.url}/contoso/oauth2/v2.0/token", form) as answer:
            self.headers = {"Authorization": f"Bearer {json.load(answer)['access_token']}",
                            "Content-Type": "application/json"}

    def environment(self):
        return {**os.environ, "SYNCWRIGHT_ENDPOINT": self.url, "AZURE_AUTHORITY_HOST": self.url, "AZURE_TENANT_ID": "contoso",
                "AZURE_CLIENT_ID": "bench", "AZURE_CLIENT_SECRET": "bench"}

    def connect(self):
        return http.client.HTTPConnection(urllib.parse.urlsplit(self.url).netloc)

    def call(self, connection, method, path, body=None):
        connection.request(method, path, body, self.headers)
        answer = connection.getresponse()
        text = answer.read()
        if answer.status >= 300:
            raise RuntimeError(f"{method} {path}: {answer.status} {text[:300]!r}")
        return text

    def principals(self):
        connection, path, found = self.connect(), "/v1.0/servicePrincipals?$select=id,displayName&$top=999", []
        while path:
            page = json.loads(self.call(connection, "GET", path))
            found += [each["id"] for each in page["value"] if each["displayName"].startswith("Scale ")]
            link = urllib.parse.urlsplit(page.get("@odata.nextLink", ""))
            path = link.path and f"{link.path}?{link.query}"
        return found

    def enlarge_schemas(self, size, unlike=False):
        """The bytes of all live schemas, once each has at least `size`; 0 leaves them as they are."""
        principals = self.principals()
        shares = [principals[first::CLIENTS] for first in range(CLIENTS)]
        with concurrent.futures.ThreadPoolExecutor(CLIENTS) as pool:
            return sum(pool.map(lambda share: self.enlarge_share(share, size, unlike), shares))

    def enlarge_share(self, principals, size, unlike):
        connection, total, large = self.connect(), 0, None
        for principal in principals:
            jobs = f"/v1.0/servicePrincipals/{principal}/synchronization/jobs"
            job = json.loads(self.call(connection, "GET", jobs))["value"][0]["id"]
            text = self.call(connection, "GET", f"{jobs}/{job}/schema")
            if size > len(text):
                schema = json.loads(text)
                if large is None or unlike:
                    large = larger_directories(schema, size - len(text), principal[:8] if unlike else "scale")
                # Ids are the job's own; everything else of the directories is the same in all of them.
                ids = [each["id"] for each in schema["directories"]]
                schema["directories"] = [{**each, "id": own} for each, own in zip(large, ids)]
                self.call(connection, "PUT", f"{jobs}/{job}/schema", json.dumps(schema))
                text = self.call(connection, "GET", f"{jobs}/{job}/schema") if total == 0 else text
                length = max(len(text), size)
            else:
                length = len(text)
            total += length
        return total

    def cpu_seconds(self):
        """What the emulator itself has taken so far."""
        _, _, fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(") ")
        user, system = fields.split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    def stop(self):
        self.process.terminate()
        self.process.wait()


def larger_directories(schema, missing, word):
    """The schema's directories, the first object of each with definitions that nobody maps, as a portal export has them."""
    directories = json.loads(json.dumps(schema["directories"]))
    added = 0
    while added < missing:
        number = added
        for directory in directories:
            definition = {"name": f"urn:example:{word}:attribute{number:07}", "type": "String", "anchor": False,
                          "caseExact": False, "defaultValue": None, "flowNullValues": False, "multivalued": False,
                          "mutability": "ReadWrite", "required": False, "apiExpressions": [],
                          "metadata": [{"key": "IsCustomerDefined", "value": "true"}], "referencedObjects": []}
            directory["objects"][0]["attributes"].append(definition)
            added += len(json.dumps(definition, separators=(",", ":"))) + 1
    return directories


class Runs:
    """Commands of the program in one folder, each measured as one row."""

    def __init__(self, binary, folder, tenant, count):
        self.binary, self.folder, self.tenant, self.count = binary, folder, tenant, count
        self.rows = []

    def run(self, title, *arguments, schema_bytes=0, expect=(0,)):
        """`schema_bytes`: how much of live schemas the command has to read."""
        emulator_began, began = self.tenant.cpu_seconds(), time.monotonic()
        with (self.folder / "stdout").open("wb") as out, (self.folder / "stderr").open("wb") as err:
            process = subprocess.Popen([self.binary, *arguments], cwd=self.folder, env=self.tenant.environment(),
                                       stdout=out, stderr=err)
            _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in expect:
            sys.exit(f"{title}: exit {process.returncode}\n{(self.folder / 'stderr').read_text()[-3000:]}")
        cpu = usage.ru_utime + usage.ru_stime
        self.rows.append({"command": title, "applications": self.count, "seconds": seconds, "cpu_seconds": cpu,
                          "emulator_cpu_seconds": self.tenant.cpu_seconds() - emulator_began,
                          "peak_mb": usage.ru_maxrss / 1024, "schema_mb": schema_bytes / 1e6,
                          "schema_mb_per_cpu_second": schema_bytes / 1e6 / cpu if schema_bytes else None,
                          "output_bytes": (self.folder / "stdout").stat().st_size})


def measure(binary, count, folder, schema_bytes=SCHEMA_BYTES, unlike=False):
    """A row for each command at this number of applications, as dictionaries: command, applications, seconds, cpu_seconds,
    emulator_cpu_seconds, peak_mb, schema_mb (live schemas that had to be read), schema_mb_per_cpu_second (None where
    there were none)."""
    write_manifests(folder, count, "[mailNickname]")
    tenant = Tenant(binary, folder)
    try:
        runs = Runs(binary, folder, tenant, count)
        runs.run("validate", "validate")
        runs.run("apply, creation", "apply", "--auto-approve")
        total = tenant.enlarge_schemas(schema_bytes, unlike)
        runs.run("plan, unchanged", "plan", schema_bytes=total)
        write_manifests(folder, count, "[userPrincipalName]")
        runs.run("plan, one mapping each", "plan", schema_bytes=total)
        runs.run("plan --format json", "plan", "--format", "json", schema_bytes=total)
        runs.run("plan --out", "plan", "--out", "plan.json", schema_bytes=total)
        runs.run("apply, one mapping each", "apply", "--auto-approve", schema_bytes=total)
        return runs.rows
    finally:
        tenant.stop()


def growth_exponent(rows, command, column="cpu_seconds"):
    """The slope of log(column) over log(applications), by least squares; None where there are fewer than two numbers."""
    points = [(math.log(row["applications"]), math.log(max(row[column], 1e-3))) for row in rows if row["command"] == command]
    if len({x for x, _ in points}) < 2:
        return None
    mean_x = sum(x for x, _ in points) / len(points)
    mean_y = sum(y for _, y in points) / len(points)
    return sum((x - mean_x) * (y - mean_y) for x, y in points) / sum((x - mean_x) ** 2 for x, _ in points)


def measure_all(binary, counts, schema_bytes=SCHEMA_BYTES, unlike=False, parent=None):
    """The rows of every number of applications."""
    rows = []
    for count in counts:
        with tempfile.TemporaryDirectory(dir=parent) as name:
            rows += measure(binary, count, pathlib.Path(name), schema_bytes, unlike)
            print_rows(rows[-7:])
    return rows


def print_rows(rows):
    print(f"{rows[0]['applications']} applications")
    print(f"  {'command':<28}{'s':>9}{'CPU s':>9}{'emulator':>10}{'peak MB':>9}{'schema MB':>11}{'MB a CPU s':>12}")
    for row in rows:
        speed = "" if row["schema_mb_per_cpu_second"] is None else format(row["schema_mb_per_cpu_second"], ".0f")
        print(f"  {row['command']:<28}{row['seconds']:>9.2f}{row['cpu_seconds']:>9.2f}"
              f"{row['emulator_cpu_seconds']:>10.2f}{row['peak_mb']:>9.0f}{row['schema_mb']:>11.0f}{speed:>12}",
              flush=True)


def main():
    parser = argparse.ArgumentParser(usage=__doc__.split("usage: ")[1].split("\n")[0])
    parser.add_argument("binary")
    parser.add_argument("applications", nargs="*", type=int)
    parser.add_argument("--schema-bytes", type=int, default=SCHEMA_BYTES)
    parser.add_argument("--unlike", action="store_true")
    parser.add_argument("--folder")
    given = parser.parse_args()
    binary = str(pathlib.Path(given.binary).resolve())
    rows = measure_all(binary, given.applications or [100, 300, 1000], given.schema_bytes, given.unlike, given.folder)
    print("growth exponent of seconds, CPU and the emulator's CPU (1: twice the applications take twice as long)")
    for command in dict.fromkeys(row["command"] for row in rows):
        exponents = (growth_exponent(rows, command, column) for column in COLUMNS)
        words = ["-" if each is None else f"{each:.2f}" for each in exponents]
        print(f"  {command:<28}{words[0]:>9}{words[1]:>9}{words[2]:>10}")


if __name__ == "__main__":
    main()
