#!/usr/bin/env python3
"""The emulator's files as somebody may leave them: no file at all, or one that holds what cannot be."""
import contextlib
import http.client
import json
import os
import pathlib
import sqlite3
import threading
import urllib.error

from support import harness
from support.manifests import application
from support.tenant import STATE, state_of

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
        (self.folder / "link.db").symlink_to(STATE)
        self.write("manifests/second.yaml", application("second", "Second"))
        self.run_syncwright("apply", "--auto-approve", "--emulator=link.db")
        self.assertTrue((self.folder / "link.db").is_symlink())
        self.assert_nothing_to_do("--emulator")

    def test_times_that_no_tenant_can_have(self):
        self.emulated("apply", "--auto-approve")
        whole = state_of(self)

        def refused(part, memory):
            self.write("state.json", json.dumps(memory))
            outcome = self.run_syncwright("emulator", "--state", "other.db", "--import", "state.json", expect=65)
            self.assertIn(f"state.json: the emulator's state has a broken '{part}'\n"
                          "  mend it, or remove it to begin with a new tenant", outcome.err)
            self.assertFalse((self.folder / "other.db").exists())
        for time in (YEAR_10000, 2 ** 63 - 1, -2 ** 63, 2 ** 64 - 1):
            refused("savedAt", {**whole, "savedAt": time})
            for member in ("created", "deleted", "nextCycle"):
                refused("jobs", {**whole, "jobs": [{**whole["jobs"][0], member: time}]})
        self.write("state.json", '{"formatVersion": 1')
        outcome = self.run_syncwright("emulator", "--state", "other.db", "--import", "state.json", expect=65)
        self.assertIn("state.json: not valid JSON", outcome.err)


class Database(harness.Scenario):
    """The state as a file: out of it, into it, and what it outlives."""

    def setUp(self):
        super().setUp()
        self.write("manifests/app.yaml", application("app", "App"))

    def test_it_goes_out_as_json_and_comes_in_again(self):
        self.emulated("apply", "--auto-approve")
        outcome = self.run_syncwright("emulator", "--export", "state.json")
        self.assertEqual(outcome.err, f"{self.folder / 'state.json'} holds in clear the credentials that were saved to the "
                                      "emulator; only you may read it (mode 0600)\n")
        self.assertEqual((self.folder / "state.json").stat().st_mode & 0o077, 0)
        self.run_syncwright("emulator", "--state", "copy.db", "--import", "state.json")
        first, second = state_of(self), state_of(self, "copy.db")
        for memory in (first, second):
            self.assertGreater(memory.pop("savedAt"), 0)
        self.assertEqual(first, second)
        self.assert_nothing_to_do("--emulator=copy.db")

        before = (self.folder / "copy.db").read_bytes()
        outcome = self.run_syncwright("emulator", "--state", "copy.db", "--import", "state.json", expect=65)
        self.assertIn("copy.db has a state already\n  name another file with --state, or move this one away",
                      outcome.err)
        self.assertEqual((self.folder / "copy.db").read_bytes(), before)
        outcome = self.run_syncwright("emulator", "--state", "none.db", "--export", "none.json", expect=65)
        self.assertIn("none.db has no state yet", outcome.err)
        self.assertFalse((self.folder / "none.json").exists())
        self.run_syncwright("emulator", "--export", "a.json", "--import", "b.json", expect=64)

    def test_a_state_in_use_is_neither_exported_nor_imported(self):
        server = self.serve(state=STATE)
        for flag in ("--export", "--import"):
            outcome = self.run_syncwright("emulator", flag, "state.json", expect=1)
            self.assertIn("emulator.db is in use by another process", outcome.err)
        server.stop()

    def test_the_json_of_an_earlier_version_is_taken_over_once(self):
        self.emulated("apply", "--auto-approve")
        memory = json.dumps(state_of(self))
        (self.folder / STATE).unlink()
        self.write(".syncwright/emulator.json", memory)
        note = "emulator.db is made of emulator.json, which stays as it is and is not read again\n"
        self.assertIn(note, self.emulated("plan", "--detailed-exitcode").err)
        self.assertNotIn(note, self.emulated("plan", "--detailed-exitcode").err)
        self.assertEqual(self.read(".syncwright/emulator.json"), memory)

        self.write("named.json", memory)
        note = "named.json is a database from now on; the JSON that it was is kept as named.json.old\n"
        self.assertIn(note, self.run_syncwright("plan", "--detailed-exitcode", "--emulator=named.json").err)
        self.assertNotIn(note, self.run_syncwright("plan", "--detailed-exitcode", "--emulator=named.json").err)
        self.assertEqual(self.read("named.json.old"), memory)
        self.assertTrue((self.folder / "named.json").read_bytes().startswith(b"SQLite format 3"))

        self.write("broken.json", '{"formatVersion": 1')
        outcome = self.run_syncwright("plan", "--emulator=broken.json", expect=65)
        self.assertIn("broken.json: not valid JSON", outcome.err)
        self.assertEqual(self.read("broken.json"), '{"formatVersion": 1')

    def test_a_file_that_is_no_state_of_this_version_stays_as_it_is(self):
        self.emulated("apply", "--auto-approve")
        for change, said in (("PRAGMA user_version = 9", "has the emulator's state in version 9"),
                             ("PRAGMA application_id = 1", "is the database of another program"),
                             (None, "file is not a database")):
            path = self.folder / "strange.db"
            if change:
                path.write_bytes((self.folder / STATE).read_bytes())
                with contextlib.closing(sqlite3.connect(path)) as database:
                    database.execute(change)
            else:
                path.write_bytes(b"anything" * 1000)
            before = path.read_bytes()
            for command in (["plan", "--emulator=strange.db"], [*SERVED, "--state", "strange.db"]):
                outcome = self.run_syncwright(*command, expect=65)
                self.assertIn("strange.db", outcome.err)
                self.assertIn(said, outcome.err)
            self.assertEqual(path.read_bytes(), before)

    def test_a_full_disk_is_told_and_nothing_of_the_request_happened(self):
        server = self.serve(state=STATE)
        person = {"accountEnabled": True, "displayName": "Ada King", "mailNickname": "ada",
                  "userPrincipalName": "ada@contoso.example", "passwordProfile": {"password": "any"}}
        server.graph("PATCH", f"/users/{server.graph('GET', '/users')['value'][0]['id']}", {"jobTitle": "Analyst"})
        with contextlib.closing(sqlite3.connect(self.folder / STATE)) as database:
            database.execute("CREATE TRIGGER full BEFORE INSERT ON users "
                             "BEGIN SELECT RAISE(ABORT, 'no room'); END")
            with self.assertRaises(urllib.error.HTTPError) as refused:
                server.graph("POST", "/users", person)
            self.assertEqual(refused.exception.code, 500)
            self.assertIn("emulator.db: no room", json.load(refused.exception)["error"]["message"])
            database.execute("DROP TRIGGER full")
        self.assertEqual(server.graph("POST", "/users", person)["displayName"], "Ada King")

    def test_a_killed_emulator_has_every_write_that_it_answered(self):
        for after in (1, 15, 60):
            server = self.serve(state=STATE)
            answered = self.write_until_killed(server, after)
            server.stop()
            self.assertGreaterEqual(len(answered), after)
            again = self.serve(state=STATE)
            known = {group["id"] for group in again.graph("GET", "/groups?$top=999&$select=id")["value"]}
            self.assertLessEqual(set(answered), known)
            again.stop()

    def write_until_killed(self, server, after):
        """Four clients make groups; the server is killed while they do. The ids of those that were answered."""
        answered, lock = [], threading.Lock()

        def client(name):
            while server.process.poll() is None:
                try:
                    made = server.graph("POST", "/groups", {"displayName": name, "mailNickname": name,
                                                            "mailEnabled": False, "securityEnabled": True})
                except (OSError, http.client.HTTPException):
                    return  # this one may be saved or not: nobody was told
                with lock:
                    answered.append(made["id"])
                    if len(answered) == after:
                        server.process.kill()
        server.token()
        threads = [threading.Thread(target=client, args=(f"group{number}",)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return answered


if __name__ == "__main__":
    harness.main()
