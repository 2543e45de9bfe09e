#!/usr/bin/env python3
"""What one ApplicationSet of many rows costs: requests, bytes on the wire, output, memory.

usage: requests.py BINARY [ROWS...]      (default: 500; BENCH_PATHS=1 tells the requests by path)

Prints two tables for each number of rows; asserts nothing but the exit codes, and no machine promises the times. Each row is a
Databricks workspace with credentials, a group, an included mapping set and a mapping of its own, on
`syncwright emulator` over HTTP.
"""
import collections
import os
import pathlib
import re
import sys
import tempfile

import measure

PROJECT = """\
apiVersion: syncwright/v1
kind: Project
metadata: {name: bench}
spec:
  guards: {maxUpdatesPercent: 100}      # an edited mapping set changes every application
"""

MAPPING_SET = """\
apiVersion: syncwright/v1
kind: MappingSet
metadata: {name: names}
spec:
  mappings:
    - object: User
      attributes:
        displayName: {expression: "[mailNickname]"}
"""

APPLICATION_SET = """\
apiVersion: syncwright/v1
kind: ApplicationSet
metadata: {name: workspaces}
spec:
  from: workspaces.csv
  template:
    metadata: {name: "workspace-${each.number}", labels: {team: "${each.group}"}}
    spec:
      gallery: Azure Databricks SCIM Provisioning Connector
      displayName: Workspace ${each.number}
      assignments: {members: [{group: "${each.group}"}]}
      scope: assigned
      credentials:
        revision: "1"
        values:
          BaseAddress: "https://workspace-${each.number}.example.com/scim"
          SecretToken: {env: TOKEN}
      deletions: {threshold: "${each.threshold}"}
      jobs:
        default:
          state: started
          schema:
            include: [names]
            mappings:
              - object: User
                attributes:
                  "name.familyName": {constant: "${each.title}"}
"""


def write_project(folder, rows):
    manifests = folder / "manifests"
    manifests.mkdir()
    (folder / "syncwright.yaml").write_text(PROJECT)
    (manifests / "names.yaml").write_text(MAPPING_SET)
    (manifests / "workspaces.yaml").write_text(APPLICATION_SET)
    lines = [f"{row:03},{'Sales' if row % 2 else 'Engineering'},500,Member {row:03}" for row in range(rows)]
    (manifests / "workspaces.csv").write_text("\n".join(["number,group,threshold,title", *lines]) + "\n")


def shapes(records):
    """How many requests, by (method, path without ids)."""
    counted = collections.Counter()
    for record in records:
        path = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "ID", record["path"])
        counted[record["method"], re.sub(r"\d{3}", "NNN", re.sub(r"/jobs/[^/]+", "/jobs/JOB", path))] += 1
    return counted


class Bench:
    def __init__(self, binary, folder, emulator):
        self.binary, self.folder, self.emulator = binary, folder, emulator

    def run(self, title, *arguments, expect=(0, 2)):
        """One line of the table; the size of what the command printed."""
        done = measure.run(self.binary, *arguments, folder=self.folder, environment=self.emulator.environment(), expect=expect)
        records = self.emulator.take_log()
        print(f"{title:<34}{len(records):>7}  {measure.methods(records):<42}{done.peak_mb:>8.0f}{done.seconds:>8.1f}", flush=True)
        if os.environ.get("BENCH_PATHS"):  # for whoever looks for waste
            for (method, path), count in shapes(records).most_common(30):
                print(f"        {count:>6} {method} {path}")
        return size(done.printed)


def size(path):
    lines = 0
    with path.open("rb") as text:
        for _ in text:
            lines += 1
    return f"{lines:>8}{path.stat().st_size:>12}"


def story(bench, folder):
    print(f"{'command':<34}{'all':>7}  {'by method':<42}{'peak MB':>8}{'s':>8}")
    outputs = {}
    outputs["text"] = bench.run("plan, nothing there", "plan", "--out", "plan.json")
    outputs["plan file (--out)"] = size(folder / "plan.json")
    outputs["JSON"] = bench.run("plan --format json", "plan", "--format", "json")
    outputs["markdown"] = bench.run("plan --format markdown", "plan", "--format", "markdown")
    bench.run("show of the plan file", "show", "plan.json")
    bench.run("apply", "apply", "--auto-approve")
    bench.run("plan, all there", "plan")
    bench.run("drift", "drift")
    bench.run("export --app of one", "export", "--app", "Workspace 000")
    measure.replace(folder / "manifests/workspaces.csv", "Member 000", "Leader 000")
    outputs["text, one row edited"] = bench.run("plan, one row edited", "plan")
    bench.run("plan --only of one", "plan", "--only", "workspace-000")
    bench.run("apply, one row edited", "apply", "--auto-approve")
    measure.replace(folder / "manifests/names.yaml", "[mailNickname]", "[userPrincipalName]")
    outputs["text, mapping set edited"] = bench.run("plan, mapping set edited", "plan")
    outputs["markdown, mapping set edited"] = bench.run("same, markdown", "plan", "--format", "markdown")
    outputs["drift, mapping set edited"] = bench.run("drift, mapping set edited", "drift")
    bench.run("apply, mapping set edited", "apply", "--auto-approve")
    bench.run("plan again", "plan", "--detailed-exitcode", expect=(0,))
    bench.run("export (all managed already)", "export")
    print(f"\n{'size of the plan':<34}{'lines':>8}{'bytes':>12}")
    for title, measured in outputs.items():
        print(f"{title:<34}{measured}")


def bench(binary, rows):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        write_project(folder, rows)
        emulator = measure.Emulator(binary, folder)
        try:
            print(f"{rows} rows")
            story(Bench(binary, folder, emulator), folder)
        finally:
            print(f"the emulator's peak: {emulator.stop():.0f} MB")


def main():
    binary = str(pathlib.Path(sys.argv[1]).resolve())
    for rows in map(int, sys.argv[2:] or ["500"]):
        bench(binary, rows)


if __name__ == "__main__":
    main()
