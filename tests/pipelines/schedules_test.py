#!/usr/bin/env python3
"""The schedules of tools/schedules: a finding (exit code 2) is told and is no crash, whatever runs them."""
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

from files import SCHEDULES, read_yaml

CODES = {0: 0, 1: 1, 2: 0, 3: 3, 6: 6, 65: 65}  # what a run ends with, and what its scheduler sees


class Systemd(unittest.TestCase):
    def setUp(self):
        self.service = (SCHEDULES / "syncwright-drift.service").read_text()

    def value(self, key):
        value, = re.findall(rf"^{key}=(.*)$", self.service, re.MULTILINE)
        return value

    def test_systemd_understands_the_units(self):
        if not shutil.which("systemd-analyze"):
            self.skipTest("no systemd-analyze")
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            # It looks whether the program is there.
            (folder / "syncwright-drift.service").write_text(self.service.replace("/usr/bin/syncwright", "/bin/true"))
            shutil.copy(SCHEDULES / "syncwright-drift.timer", folder)
            done = subprocess.run(["systemd-analyze", "verify", *sorted(folder.iterdir())], capture_output=True, text=True)
            self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))

    def test_a_finding_is_a_success_with_a_warning(self):
        self.assertEqual(self.value("SuccessExitStatus"), "2")
        self.assertTrue(self.value("ExecStart").startswith("/usr/bin/syncwright drift "))
        script = re.fullmatch(r"/bin/sh -c '(.*)'", self.value("ExecStopPost"))[1].replace("$$", "$")
        for status, said in (("0", ""), ("2", "<4>the tenant differs from the manifests\n"), ("6", ""), ("TERM", "")):
            done = subprocess.run(["/bin/sh", "-c", script], env={"EXIT_STATUS": status}, capture_output=True, text=True)
            self.assertEqual((done.returncode, done.stdout), (0, said), done.stderr)

    def test_what_it_writes_lies_in_the_folder_that_it_may_write(self):
        written = re.findall(r"=(/\S+)", self.value("ExecStart"))
        self.assertEqual(len(written), 2)
        for path in written:
            self.assertTrue(path.startswith(f"/var/lib/{self.value('StateDirectory')}/"), path)


class Kubernetes(unittest.TestCase):
    def setUp(self):
        self.account, self.cron_job = read_yaml(SCHEDULES / "kubernetes-cronjob.yaml")
        self.job = self.cron_job["spec"]["jobTemplate"]["spec"]
        self.pod = self.job["template"]["spec"]
        self.container, = self.pod["containers"]

    def test_it_signs_in_with_workload_identity(self):
        self.assertIn("azure.workload.identity/client-id", self.account["metadata"]["annotations"])
        self.assertEqual(self.pod["serviceAccountName"], self.account["metadata"]["name"])
        self.assertEqual(self.job["template"]["metadata"]["labels"], {"azure.workload.identity/use": "true"})

    def test_a_finding_ends_the_job_as_done_and_is_told(self):
        *shell, script, name = self.container["command"]
        with tempfile.TemporaryDirectory() as folder:
            message = pathlib.Path(folder, "message")
            program = pathlib.Path(folder, "syncwright")
            program.write_text("#!/bin/sh\necho \"$@\" >&2\nexit $CODE\n")
            program.chmod(0o755)
            for code, seen in CODES.items():
                message.write_text("")
                done = subprocess.run([*shell, script.replace("/dev/termination-log", str(message)), name,
                                       *self.container["args"]], capture_output=True, text=True,
                                      env={"PATH": f"{folder}:{os.environ['PATH']}", "CODE": str(code)})
                self.assertEqual((done.returncode, done.stderr), (seen, "drift -e prod\n"))
                self.assertEqual(message.read_text(),
                                 "finding: the tenant differs from the manifests\n" if code == 2 else "")

    def test_what_would_fail_again_is_not_tried_again(self):
        rule, = self.job["podFailurePolicy"]["rules"]
        self.assertEqual((rule["action"], rule["onExitCodes"]["containerName"], rule["onExitCodes"]["values"]),
                         ("FailJob", self.container["name"], [3, 64, 65]))
        self.assertEqual(self.pod["restartPolicy"], "Never")  # a pod failure policy wants it
        self.assertEqual(self.cron_job["spec"]["concurrencyPolicy"], "Forbid")

    def test_it_may_do_nothing_on_its_node(self):
        self.assertTrue(self.pod["securityContext"]["runAsNonRoot"])
        self.assertEqual(self.container["securityContext"], {
            "allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]}})


if __name__ == "__main__":
    unittest.main(verbosity=2)
