#!/usr/bin/env python3
"""A first apply that was stopped goes on: what the project made and never finished is no update to a guard."""
import os
import signal
import subprocess
import threading

from support import harness
from support.manifests import application, project, started
from support.proxy import Proxy
from support.tenant import LiveApplication, portal

COUNT = 12  # more than the floor, from which on the guard counts in percent


class InterruptedFirstApply(harness.Scenario):
    def setUp(self):
        super().setUp()
        self.environment["TOKEN"] = "any"
        self.write("syncwright.yaml", project())
        self.manifests()

    def manifests(self, display_name="Dropbox {}"):
        self.write("manifests/all.yaml", "---\n".join(
            application(f"app-{number:02}", display_name.format(number), state="started", more=started())
            for number in range(COUNT)))

    def guards(self):
        return [guard["guard"] for guard in self.emulated("plan", "--format", "json").json()["guards"]]

    def test_after_wrong_tokens_the_next_run_goes_on(self):
        said = self.emulated("apply", "--auto-approve", environment={"TOKEN": "invalid"}, expect=5).out
        self.assertIn(f"{COUNT} failed", said)
        self.assertIn("apply again: it goes on where this run stopped", said)
        plan = self.emulated("plan", "--format", "json").json()
        self.assertEqual((plan["summary"]["update"], plan["guards"]), (COUNT, []))
        self.emulated("apply", "--auto-approve")
        self.assert_nothing_to_do("--emulator")
        self.manifests("Renamed {}")  # finished once, they count
        self.assertEqual(self.guards(), ["maxUpdatesPercent"])

    def test_after_an_interrupt_the_next_run_goes_on(self):
        server = self.serve()
        process = []
        # Every application has come as far as its job when the signal is sent.
        everybody = threading.Barrier(COUNT, lambda: os.kill(process[0].pid, signal.SIGINT), harness.TIMEOUT)

        def weather(method, path, headers):
            if method == "POST" and path.endswith("/synchronization/jobs"):
                everybody.wait()

        proxy = Proxy(self, server.url, weather)
        process.append(subprocess.Popen(
            [harness.BINARY, "apply", "--auto-approve"], cwd=self.folder,
            env={**self.environment, **proxy.environment}, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True))
        out, err = process[0].communicate(timeout=harness.TIMEOUT)
        self.assertEqual(process[0].returncode, 130, out + err)
        self.assertEqual(server.run("plan", "--format", "json").json()["guards"], [])
        server.run("apply", "--auto-approve")
        server.run("plan", "--detailed-exitcode")

    def test_what_lost_its_tags_was_finished_and_counts(self):
        self.emulated("apply", "--auto-approve")
        with portal(self) as server:
            for number in range(COUNT):
                LiveApplication(server, f"Dropbox {number}").call("PATCH", body={"tags": ["HideApp"]})
        self.assertEqual(self.guards(), ["maxUpdatesPercent"])
        self.emulated("apply", "--auto-approve", expect=3)
        self.emulated("apply", "--auto-approve", "--max-updates", str(COUNT))


if __name__ == "__main__":
    harness.main()
