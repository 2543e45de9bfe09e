#!/usr/bin/env python3
"""Files and streams: what is written where, what is refused, and what a reader's leaving means."""
import json
import os
import pathlib
import resource
import signal
import stat
import subprocess

from support import harness
from support.manifests import application, project, started

FULL = "cannot write the result to standard output: No space left on device\n"


class Streams(harness.Scenario):
    def setUp(self):
        super().setUp()
        self.write("syncwright.yaml", project())
        self.write("manifests/dropbox.yaml", application("dropbox", "Dropbox", state="started", more=started()))
        self.environment["TOKEN"] = "a-token-of-the-target"

    def into(self, stdout, *arguments, stderr=subprocess.PIPE):
        """The program with a standard output of the test's choice."""
        return subprocess.run([harness.BINARY, *arguments], cwd=self.folder, env=self.environment,
                              stdin=subprocess.DEVNULL, stdout=stdout, stderr=stderr, text=True,
                              timeout=harness.TIMEOUT)

    def into_full(self, *arguments):
        with open("/dev/full", "w") as full:
            return self.into(full, *arguments)

    def into_closed_pipe(self, *arguments):
        reader, writer = os.pipe()
        os.close(reader)
        try:
            return self.into(writer, *arguments)
        finally:
            os.close(writer)

    def pipe(self, name):
        os.mkfifo(self.folder / name)
        return self.folder / name

    def reader_of(self, path):
        reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        self.addCleanup(os.close, reader)
        return reader

    # Files

    def test_a_link_stays_and_what_it_leads_to_is_written(self):
        (self.folder / "reviewed").mkdir()
        for name in ("plan.json", "plan.md"):
            os.symlink(f"reviewed/{name}", self.folder / name)
        for _ in range(2):
            self.emulated("plan", "--out", "plan.json", "--report", "markdown=plan.md")
            for name in ("plan.json", "plan.md"):
                self.assertTrue((self.folder / name).is_symlink())
                self.assertTrue((self.folder / "reviewed" / name).is_file())
        self.run_syncwright("show", "reviewed/plan.json")
        self.assertEqual(sorted(path.name for path in (self.folder / "reviewed").iterdir()),
                         ["plan.json", "plan.md"])

    def test_a_file_keeps_its_rights_and_a_frozen_one_its_content(self):
        private = self.write("private.json", "")
        private.chmod(0o600)
        self.emulated("plan", "--out", "private.json")
        self.assertEqual(stat.S_IMODE(private.stat().st_mode), 0o600)
        frozen = self.write("frozen", "somebody froze this")
        frozen.chmod(0o444)
        for flags in (["plan", "--out", "frozen"], ["plan", "--report", "json=frozen"],
                      ["apply", "--auto-approve", "--journal", "frozen"]):
            outcome = self.emulated(*flags, expect=1)
            self.assertIn(f"cannot write {frozen}: Permission denied\n"
                          "  make it writable, or name another file\n", outcome.err)
            self.assertEqual(frozen.read_text(), "somebody froze this")
        self.emulated("plan", "--detailed-exitcode", expect=2)  # what is not journalled is not done

    def test_a_device_and_a_pipe_are_written(self):
        master, slave = os.openpty()  # a device that no mistake can replace, unlike /dev/null
        self.addCleanup(os.close, master)
        self.addCleanup(os.close, slave)
        terminal = pathlib.Path(os.ttyname(slave))
        self.emulated("plan", "--report", f"markdown={terminal}")
        self.assertTrue(terminal.is_char_device())
        self.assertIn("dropbox", os.read(master, 1 << 16).decode())
        pipe = self.pipe("plan.pipe")
        reader = self.reader_of(pipe)
        self.emulated("plan", "--out", "plan.pipe")
        self.assertTrue(pipe.is_fifo())
        self.assertEqual(json.loads(os.read(reader, 1 << 20))["project"], "contoso")

    def test_a_pipe_that_nobody_reads_is_no_reason_to_wait(self):
        pipe = self.pipe("nobody.pipe")
        for flags in (["plan", "--out", "nobody.pipe"], ["plan", "--report", "text=nobody.pipe"],
                      ["apply", "--auto-approve", "--journal", "nobody.pipe"]):
            outcome = self.emulated(*flags, expect=1)
            self.assertIn(f"cannot write {pipe}: nobody reads this pipe\n  start its reader first\n",
                          outcome.err)
        self.emulated("plan", "--detailed-exitcode", expect=2)

    def test_a_journal_goes_into_a_pipe_that_is_read(self):
        reader = self.reader_of(self.pipe("journal.pipe"))
        self.emulated("apply", "--auto-approve", "--journal", "journal.pipe")
        kinds = [json.loads(line)["kind"] for line in os.read(reader, 1 << 20).splitlines()]
        self.assertEqual(kinds.count("intent"), kinds.count("outcome"))
        self.assertGreater(len(kinds), 0)

    def test_export_does_not_read_a_pipe_in_its_way(self):
        self.emulated("apply", "--auto-approve")
        self.emulated("export", "--app", "Dropbox", "--out", "exported")
        names = [path.name for path in (self.folder / "exported").iterdir()]
        self.assertGreater(len(names), 0)
        for name in names:
            (self.folder / "exported" / name).unlink()
            self.pipe(f"exported/{name}")
        outcome = self.emulated("export", "--app", "Dropbox", "--out", "exported", expect=None)
        self.assertNotEqual(outcome.code, 0)
        self.assertIn("not what would be written", outcome.err)

    # Standard output

    def test_a_result_that_could_not_be_written_is_a_failure(self):
        for arguments in (["version"], ["--help"], ["plan", "--help"], ["completion", "bash"],
                          ["explain"], ["explain", "SW2004"], ["validate"], ["test"],
                          ["eval", "[mail]", "--set", "mail=ada@contoso.com"],
                          ["plan", "--emulator"], ["drift", "--emulator"], ["status", "--emulator"],
                          ["status", "--watch", "--emulator"], ["whoami", "--emulator"],
                          ["catalog", "--emulator"], ["logs", "--emulator"],
                          ["apply", "--auto-approve", "--emulator"],
                          ["export", "--app", "Dropbox", "--emulator"],
                          ["plan", "--emulator", "--format", "json", "--detailed-exitcode"],
                          ["emulator", "--listen", "127.0.0.1:0", "--state", "served.json"]):
            with self.subTest(" ".join(arguments)):
                done = self.into_full(*arguments)
                self.assertEqual(done.returncode, 1, done.stderr)
                self.assertTrue(done.stderr.endswith("error: " + FULL), done.stderr)

    def test_a_plan_that_was_not_shown_is_not_asked_about(self):
        master, slave = os.openpty()
        try:
            with open("/dev/full", "w") as full:
                apply = subprocess.Popen([harness.BINARY, "apply", "--emulator"], cwd=self.folder,
                                         env=self.environment, stdin=slave, stdout=full, stderr=slave)
                os.write(master, b"yes\n")
                self.assertEqual(apply.wait(timeout=harness.TIMEOUT), 1)
            said = os.read(master, 65536).decode()
        finally:
            os.close(slave)
            os.close(master)
        self.assertIn("No space left on device", said)
        self.assertNotIn("carry out", said)
        self.run_syncwright("plan", "--emulator", "--detailed-exitcode", expect=2)

    def test_what_says_more_than_a_failed_write_stays(self):
        self.write("manifests/broken.yaml", "kind: [")
        self.assertEqual(self.into_full("validate").returncode, 65)
        self.assertEqual(self.into_closed_pipe("validate").returncode, 65)

    def test_a_closed_standard_output_is_no_place_for_results(self):
        done = subprocess.run(["sh", "-c", 'exec "$0" plan --emulator --out plan.json >&-', harness.BINARY],
                              cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL,
                              stderr=subprocess.PIPE, text=True, timeout=harness.TIMEOUT)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("cannot write the result to standard output: Bad file descriptor\n", done.stderr)
        self.run_syncwright("show", "plan.json")  # whole, and nothing else in it

    def test_what_stderr_does_not_take_is_nobodys_failure(self):
        with open("/dev/full", "w") as full:
            done = self.into(subprocess.PIPE, "plan", "--emulator", stderr=full)
        self.assertEqual(done.returncode, 0)
        self.assertIn("dropbox", done.stdout)

    def test_a_reader_that_has_gone_ends_the_program_quietly(self):
        for arguments in (["version"], ["--help"], ["plan", "--emulator"],
                          ["status", "--watch", "--emulator"]):
            with self.subTest(" ".join(arguments)):
                done = self.into_closed_pipe(*arguments)
                self.assertEqual(done.returncode, -signal.SIGPIPE, done.stderr)
                self.assertNotIn("error", done.stderr)

    def test_a_backup_folder_that_cannot_be_is_told_before_the_first_write(self):
        self.write("kept", "x")
        outcome = self.emulated("apply", "--auto-approve", "--backup", "kept", expect=1)
        self.assertIn("cannot make a backup folder in", outcome.err)
        self.assertEqual(self.emulated("plan", "--format", "json").json()["summary"]["create"], 1)

    def test_a_plan_that_went_nowhere_is_not_offered(self):
        self.assertNotIn("Saved to", self.emulated("plan", "--out", "/dev/null").err)
        self.assertIn("Saved to", self.emulated("plan", "--out", "plan.json").err)

    def test_an_apply_whose_reader_has_gone_is_carried_out(self):
        done = self.into_closed_pipe("apply", "--auto-approve", "--emulator")
        self.assertEqual(done.returncode, -signal.SIGPIPE, done.stderr)
        self.assert_nothing_to_do("--emulator")

    # Memory

    def test_a_crash_leaves_no_core(self):
        (self.folder / "crash").mkdir()
        is_root = os.geteuid() == 0
        hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
        process = subprocess.Popen(
            [harness.BINARY, "emulator", "--listen", "127.0.0.1:0", "--state", "../served.json"],
            cwd=self.folder / "crash", env=self.environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, group=65534 if is_root else None,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CORE, (hard, hard)))
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.wait, harness.TIMEOUT)
        self.addCleanup(process.kill)
        self.assertTrue(process.stdout.readline().startswith("listening on "))
        limits = pathlib.Path(f"/proc/{process.pid}/limits").read_text().splitlines()
        core = next(line for line in limits if line.startswith("Max core file size"))
        self.assertEqual(core.split()[4:6], ["0", "0"])
        # The files in /proc of what is not dumpable belong to root, whoever runs it.
        owner = os.stat(f"/proc/{process.pid}/environ")
        self.assertEqual((owner.st_uid, owner.st_gid), (0, 0))
        process.send_signal(signal.SIGABRT)
        self.assertEqual(process.wait(harness.TIMEOUT), -signal.SIGABRT)
        self.assertEqual(list((self.folder / "crash").iterdir()), [])

    def test_an_interrupt_just_ends_what_looks_at_no_tenant(self):
        process = subprocess.Popen([harness.BINARY, "eval", "-"], cwd=self.folder, env=self.environment,
                                   stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                                   preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
        self.addCleanup(process.stdin.close)
        self.addCleanup(process.stderr.close)
        def catches_interrupts():
            masks = dict(line.split(":", 1) for line in pathlib.Path(f"/proc/{process.pid}/status").read_text().splitlines())
            return int(masks["SigCgt"], 16) >> (signal.SIGINT - 1) & 1

        while not catches_interrupts():
            self.assertIsNone(process.poll())
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.wait(harness.TIMEOUT), 130)
        self.assertEqual(process.stderr.read(), "")


if __name__ == "__main__":
    harness.main()
