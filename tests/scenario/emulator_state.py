#!/usr/bin/env python3
"""The emulator's files as somebody may leave them: no file at all, or one that holds what cannot be."""
import os
import pathlib

from support import harness
from support.manifests import application
from support.tenant import edited_state

SERVED = ["emulator", "--listen", "127.0.0.1:0"]
YEAR_10000 = 253_402_300_800_000  # milliseconds


class Files(harness.Scenario):
    def setUp(self):
        super().setUp()
        self.write("manifests/app.yaml", application("app", "App"))

    def fifo(self, name):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        os.mkfifo(path)
        return path

    def test_a_state_file_that_is_no_file_is_refused_and_not_waited_for(self):
        self.fifo("pipe")
        (self.folder / "folder").mkdir()
        for name, what in (("pipe", "a FIFO"), ("folder", "a folder"), ("/dev/null", "a device")):
            for command in (["plan", f"--emulator={name}"], ["apply", "--auto-approve", f"--emulator={name}"],
                            [*SERVED, "--state", name]):
                outcome = self.run_syncwright(*command, expect=65)
                self.assertIn(f"{name} is {what}, not a regular file\n  name a file for the emulator's state",
                              outcome.err)
                self.assertEqual(outcome.out, "")
        self.assertTrue((self.folder / "pipe").is_fifo())
        self.assertTrue(pathlib.Path("/dev/null").is_char_device())
        self.assertEqual(list(self.folder.glob("*.lock")), [])

    def test_a_catalog_holds_files(self):
        self.fifo("catalog/app.json")
        outcome = self.run_syncwright(*SERVED, "--catalog", "catalog", expect=65)
        self.assertIn("catalog/app.json is a FIFO, not a regular file", outcome.err)
        (self.folder / "catalog/app.json").unlink()
        self.write("catalog/app.json", "{")
        self.assertIn("catalog/app.json: not valid JSON",
                      self.run_syncwright(*SERVED, "--catalog", "catalog", expect=65).err)

    def test_a_request_log_needs_a_reader(self):
        self.fifo("requests")
        outcome = self.run_syncwright(*SERVED, "--request-log", "requests", expect=1)
        self.assertIn("requests: nobody reads this pipe", outcome.err)

    def test_a_linked_state_stays_linked(self):
        self.emulated("apply", "--auto-approve")
        (self.folder / "link.json").symlink_to(".syncwright/emulator.json")
        self.write("manifests/second.yaml", application("second", "Second"))
        self.run_syncwright("apply", "--auto-approve", "--emulator=link.json")
        self.assertTrue((self.folder / "link.json").is_symlink())
        self.assert_nothing_to_do("--emulator")

    def test_times_that_no_tenant_can_have(self):
        self.emulated("apply", "--auto-approve")
        whole = self.read(".syncwright/emulator.json")

        def refused(part):
            for command in (["plan", "--emulator"], [*SERVED, "--state", ".syncwright/emulator.json"]):
                outcome = self.run_syncwright(*command, expect=65)
                self.assertIn(f"emulator.json: the emulator's state has a broken '{part}'\n"
                              "  remove the state file to begin with a new tenant", outcome.err)
            self.write(".syncwright/emulator.json", whole)
        for time in (YEAR_10000, 2 ** 63 - 1, -2 ** 63, 2 ** 64 - 1):
            with edited_state(self) as memory:
                memory["savedAt"] = time
            refused("savedAt")
            for member in ("created", "deleted", "nextCycle"):
                with edited_state(self) as memory:
                    memory["jobs"][0][member] = time
                refused("jobs")
        self.write(".syncwright/emulator.json", '{"formatVersion": 1')
        self.assertIn("emulator.json: not valid JSON", self.emulated("plan", expect=65).err)
        self.write(".syncwright/emulator.json", whole)
        self.assert_nothing_to_do("--emulator")


if __name__ == "__main__":
    harness.main()
