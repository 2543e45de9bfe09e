#!/usr/bin/env python3
"""Requests of plan and apply for 1, 20 and more applications, counted by the emulator.

usage: requests.py BINARY [COUNT...]      (default counts: 1 20)

Prints a table; asserts nothing. Each application is a Databricks workspace with credentials and one
custom mapping, so that every kind of change occurs.
"""
import collections
import json
import os
import pathlib
import subprocess
import sys
import tempfile

MANIFEST = """\
apiVersion: syncwright/v1
kind: Application
metadata: {{name: workspace-{number:03}}}
spec:
  gallery: Azure Databricks SCIM Provisioning Connector
  displayName: Workspace {number:03}
  scope: assigned
  credentials:
    revision: "1"
    values:
      BaseAddress: https://workspace-{number:03}.example.com/scim
      SecretToken: {{env: TOKEN}}
  jobs:
    default:
      state: started
      schema:
        mappings:
          - object: User
            attributes:
              displayName: {{expression: "[mailNickname]"}}
"""


class Emulator:
    def __init__(self, binary, folder):
        self.log = folder / "requests.jsonl"
        self.process = subprocess.Popen([binary, "emulator", "--listen", "127.0.0.1:0", "--state", "state.json",
                                         "--request-log", str(self.log)], cwd=folder,
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.url = self.process.stdout.readline().split()[-1]

    def count(self):
        """Requests since the last call, by method."""
        records = [json.loads(line) for line in self.log.read_text().splitlines()]
        self.log.write_text("")
        return collections.Counter(record["method"] for record in records
                                   if not record["path"].endswith("/token"))

    def stop(self):
        self.process.terminate()
        self.process.wait()


def run(binary, folder, url, *arguments):
    environment = {**os.environ, "SYNCWRIGHT_ENDPOINT": url, "AZURE_AUTHORITY_HOST": url, "AZURE_TENANT_ID": "contoso",
                   "AZURE_CLIENT_ID": "bench", "AZURE_CLIENT_SECRET": "bench", "TOKEN": "dummy"}
    subprocess.run([binary, *arguments], cwd=folder, env=environment, check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def measure(binary, number):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "manifests").mkdir()
        for application in range(number):
            path = folder / "manifests" / f"{application:03}.yaml"
            path.write_text(MANIFEST.format(number=application))
        emulator = Emulator(binary, folder)
        try:
            for title, arguments in (("plan, nothing there", ["plan"]), ("apply", ["apply", "--auto-approve"]),
                                     ("plan, all there", ["plan"])):
                run(binary, folder, emulator.url, *arguments)
                count = emulator.count()
                by_method = ", ".join(f"{method} {times}" for method, times in sorted(count.items()))
                print(f"{number:>5}  {title:<20} {sum(count.values()):>6}  {by_method}")
        finally:
            emulator.stop()


def main():
    binary = str(pathlib.Path(sys.argv[1]).resolve())
    print(f"{'apps':>5}  {'command':<20} {'all':>6}  by method")
    for number in map(int, sys.argv[2:] or ["1", "20"]):
        measure(binary, number)


if __name__ == "__main__":
    main()
