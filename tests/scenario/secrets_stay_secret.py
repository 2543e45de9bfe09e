#!/usr/bin/env python3
"""A secret's value is in no output, plan, journal, backup, log or command line."""
import base64
import json
import pathlib

from support import harness
from support.proxy import Answer, Proxy

SECRET = "correct-horse-battery-staple-4711"
CLIENT_SECRET = "the-client-secret-of-the-runner-0815"
MANIFEST = """\
apiVersion: syncwright/v1
kind: Application
metadata: {name: databricks}
spec:
  gallery: Azure Databricks SCIM Provisioning Connector
  displayName: Databricks
  scope: assigned
  credentials:
    revision: "1"
    values:
      BaseAddress: https://scim.example.com/
      SecretToken: {env: DATABRICKS_TOKEN}
  jobs: {default: {state: started}}
"""


class Secrets(harness.Scenario):
    def test_nothing_holds_the_value(self):
        self.write("manifests/databricks.yaml", MANIFEST)
        server = self.serve()
        command_lines = []

        def watch(method, path, headers):
            if method != "GET":
                for entry in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
                    try:
                        command_lines.append(entry.read_bytes())
                    except OSError:
                        pass
            return None
        proxy = Proxy(self, server.url, watch)
        environment = {**proxy.environment, "AZURE_CLIENT_SECRET": CLIENT_SECRET,
                       "DATABRICKS_TOKEN": SECRET}
        said = []
        for arguments in (["validate"], ["plan", "-v"], ["plan", "--format", "json", "--out", "plan.json"],
                          ["show", "plan.json"],
                          ["apply", "--auto-approve", "-v", "--report", "junit=apply.xml", "--report", "json=apply.json"],
                          ["drift", "-v", "--report", "sarif=drift.sarif", "--report", "junit=drift.xml"],
                          ["status", "--report", "openmetrics=status.prom"], ["logs"], ["whoami"],
                          ["plan", "--detailed-exitcode", "--log-format", "json"]):
            outcome = self.run_syncwright(*arguments, environment=environment)
            said.append(outcome.out + outcome.err)
        self.assertTrue(any(b"apply" in line for line in command_lines))
        for text in said:
            self.assertNotIn(SECRET, text)
            self.assertNotIn(CLIENT_SECRET, text)
        for line in command_lines:
            self.assertNotIn(SECRET.encode(), line)
        server.stop()
        for path in self.folder.rglob("*"):
            # The emulator's own state is the tenant: it keeps what was saved to it.
            if path.is_file() and path.name != "emulator.db":
                content = path.read_bytes()
                self.assertNotIn(SECRET.encode(), content, path)
                self.assertNotIn(CLIENT_SECRET.encode(), content, path)
        self.assertEqual((self.folder / "emulator.db").stat().st_mode & 0o077, 0)

    def test_what_the_target_says_of_a_secret_is_told_without_it(self):
        self.write("manifests/databricks.yaml", MANIFEST)
        server = self.serve()
        encoded = base64.b64encode(SECRET.encode()).decode()
        verdict = {"code": "SystemForCrossDomainIdentityManagementInvalidCredentials",
                   "message": f"401 for Bearer {SECRET} and {encoded}: ask the owner. {'x' * 400} {SECRET}"}
        refusal = json.dumps({"error": {"code": "UnknownError", "message": json.dumps(verdict)}}).encode()
        proxy = Proxy(self, server.url, lambda _, path, __: Answer(
            400, refusal, {"Content-Type": "application/json", "request-id": f"r-{SECRET}"})
            if path.endswith("/validateCredentials") else None)
        environment = {**proxy.environment, "DATABRICKS_TOKEN": SECRET}
        server.run("apply", "--auto-approve", environment={"DATABRICKS_TOKEN": SECRET})
        self.edit("manifests/databricks.yaml", 'revision: "1"', 'revision: "2"')
        outcome = self.run_syncwright("apply", "--auto-approve", "-v", expect=1, environment=environment)
        said = " ".join((outcome.out + outcome.err).split())
        self.assertIn("401 for Bearer (secret) and (secret): ask the owner", said)
        self.assertIn("; (secret) is a value that the answer repeated", said)
        self.assertIn("SystemForCrossDomainIdentityManagementInvalidCredentials", said)
        server.stop()
        for text in [said, *(path.read_text() for path in (self.folder / ".syncwright").rglob("*.jsonl"))]:
            for part in (SECRET[:8], SECRET[-8:], encoded[:8]):
                self.assertNotIn(part, text)

    def test_plan_needs_no_value_and_apply_resolves_before_the_first_write(self):
        self.write("manifests/databricks.yaml", MANIFEST)
        server = self.serve()
        server.run("validate")
        server.run("plan", "--detailed-exitcode", expect=2)
        outcome = server.run("apply", "--auto-approve", expect=65)
        self.assertIn("DATABRICKS_TOKEN", outcome.err)
        self.assertEqual([method for method, target in server.requests()
                          if method != "GET" and not target.endswith("/token")], [])


if __name__ == "__main__":
    harness.main()
