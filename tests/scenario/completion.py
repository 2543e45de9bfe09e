#!/usr/bin/env python3
"""Completion of commands, flags and their values: what the program offers, and what the shells make of it."""
import os
import shutil
import subprocess
import unittest

from support import harness

PROJECT = """\
apiVersion: syncwright/v1
kind: Project
metadata: {name: contoso}
spec:
  environments:
    prod: {tenant: 8b1025e4-1dd2-430b-a150-2ef79cd700f5, variables: {suffix: live}}
    test: {tenant: 9b1025e4-1dd2-430b-a150-2ef79cd700f5, variables: {suffix: trial}}
"""
APPLICATIONS = """\
apiVersion: syncwright/v1
kind: ApplicationSet
metadata: {name: boxes}
spec:
  forEach:
    - {team: legal}
    - {team: sales}
  template:
    metadata:
      name: box-${each.team}
      labels: {team: "${each.team}", "e$(touch evil)": "`touch evil`"}
    spec:
      gallery: Box
      displayName: Box ${each.team} ${var.suffix}
      jobs: {default: {state: started}}
---
apiVersion: syncwright/v1
kind: Application
metadata: {name: crm}
spec: {gallery: Salesforce, displayName: CRM, jobs: {default: {state: paused}, second: {template: sf}}}
"""


class Completion(harness.Scenario):
    def use_project(self):
        self.write("syncwright.yaml", PROJECT)
        self.write("manifests/apps.yaml", APPLICATIONS)

    def offered(self, *words):
        """The words without what they mean; the kind of paths first, where there is one."""
        outcome = self.run_syncwright("__complete", *words)
        self.assertEqual(outcome.err, "")
        kind, *lines = outcome.out.splitlines()
        return ([] if kind == "words" else [kind]) + [line.split("\t")[0] for line in lines]

    def test_commands_and_flags(self):
        self.assertEqual(self.offered("dri"), ["drift"])
        self.assertEqual(self.offered("e"), ["eval", "export", "emulator", "explain"])
        self.assertEqual(self.offered("job", "re"), ["restart"])
        self.assertEqual(self.offered("help", "dri"), ["drift"])
        self.assertEqual(self.offered("help", "job", ""), ["start", "pause", "restart"])
        self.assertEqual(self.offered("plan", "--det"), ["--detailed-exitcode"])
        self.assertEqual(self.offered("job", "restart", "--acc"), ["--accept-deletes"])
        self.assertEqual(self.offered("apply", "--det"), [])
        self.assertEqual(self.offered("--no-c"), ["--no-color"])
        self.assertNotIn("__complete", self.run_syncwright("--help").out)

    def test_values_of_the_project(self):
        self.use_project()
        self.assertEqual(self.offered("plan", "-e", ""), ["prod", "test"])
        self.assertEqual(self.offered("plan", "--environment=t"), ["--environment=test"])
        self.assertEqual(self.offered("plan", "--only", ""), ["box-legal", "box-sales", "crm"])
        self.assertEqual(self.offered("job", "pause", "-e", "test", "--app", "box-s"), ["box-sales"])
        told = self.run_syncwright("__complete", "status", "-e", "test", "--only", "").out
        self.assertIn("box-sales\tBox sales trial\n", told)
        self.assertEqual(self.offered("job", "start", "--app", "crm", "--job", ""), ["default", "second"])
        self.assertEqual(self.offered("job", "start", "--app", "box-legal", "--job", ""), ["default"])
        self.assertEqual(self.offered("plan", "--selector", "team"), ["team=legal", "team=sales"])
        self.assertEqual(self.offered("export", "--app", ""), [])
        elsewhere = self.folder / "elsewhere"
        elsewhere.mkdir()
        self.assertEqual(self.run_syncwright("__complete", "plan", "..", "-e", "", cwd=elsewhere).out,
                         "words\nprod\ntest\n")

    def test_values_of_the_program(self):
        self.assertEqual(self.offered("plan", "--format", ""), ["text", "json", "markdown"])
        self.assertEqual(self.offered("status", "--format", ""), ["text", "json", "markdown"])
        self.assertEqual(self.offered("test", "--report", ""), ["text=", "json=", "markdown=", "junit=",
                                                                "sarif=", "html="])
        self.assertEqual(self.offered("plan", "--report", "json=x"), ["files"])
        self.assertEqual(self.offered("completion", ""), ["bash", "zsh", "fish"])
        self.assertEqual(self.offered("catalog", "aws"), ["AWS Single-Account Access"])
        self.assertEqual(self.offered("explain", "sw200"), ["SW2001", "SW2002", "SW2003", "SW2004", "SW2005", "SW2006",
                                                            "SW2007", "SW2008", "SW2009"])
        self.assertEqual(self.offered("explain", "ApplicationS"), ["ApplicationSet"])
        self.assertEqual(self.offered("explain", "spec.guards.maxD"), ["spec.guards.maxDeletes"])
        self.assertEqual(self.offered("explain", "ToUp"), ["ToUpper"])
        self.assertEqual(self.offered("show", ""), ["files"])
        self.assertEqual(self.offered("plan", "man"), ["files"])
        self.assertEqual(self.offered("apply", "--backup", ""), ["folders"])
        self.assertEqual(self.offered("apply", "--max-deletes", ""), [])

    def test_it_never_fails(self):
        self.use_project()
        self.edit("manifests/apps.yaml", "metadata: {name: crm}", "metadata: {name: crm}\nsurprise: 1")
        self.assertEqual(self.offered("plan", "--only", ""), ["box-legal", "box-sales", "crm"])
        self.write("manifests/broken.yaml", "kind: [")
        self.assertIn("crm", self.offered("plan", "--only", ""))
        self.write("syncwright.yaml", "kind: [")
        for words in (["plan", "-e", ""], ["plan", "-e", "nowhere", "--only", ""], ["nonsense", "--such", "x", ""], [],
                      ["plan", "--", ""], ["plan", "nowhere/at/all", "--only", ""], ["--=", ""], ["-"], ["plan", "-e"]):
            self.offered(*words)
        self.assertFalse((self.folder / ".syncwright").exists())

    def in_shell(self, shell, text, *flags):
        if not shutil.which(shell):
            raise unittest.SkipTest(f"no {shell} on this machine")
        done = subprocess.run([shell, *flags, "-c", text], cwd=self.folder, capture_output=True, text=True,
                              env={**self.environment, "SYNCWRIGHT": harness.BINARY, "TERM": "dumb"}, check=False)
        self.assertEqual((done.returncode, done.stderr), (0, ""), done.stdout)
        self.assertFalse((self.folder / "evil").exists())
        return done.stdout

    def test_bash(self):
        self.use_project()
        self.write("plans/last.json", "{}")
        script = self.run_syncwright("completion", "bash").out

        def completed(*words):
            quoted = " ".join("'" + word.replace("'", "'\\''") + "'" for word in words)
            return self.in_shell("bash", f'{script}\nCOMP_WORDS=("$SYNCWRIGHT" {quoted}) COMP_CWORD={len(words)}\n'
                                         "_syncwright\nprintf '%s\\n' \"${COMPREPLY[@]}\"", "--norc").splitlines()

        self.assertEqual(completed("dri"), ["drift"])
        self.assertEqual(completed("plan", "-e", ""), ["prod", "test"])
        self.assertEqual(completed("plan", "--environment", "=", "t"), ["test"])
        self.assertEqual(completed("plan", "--environment", "="), ["prod", "test"])
        self.assertEqual(completed("plan", "--report", "j"), ["json=", "junit="])
        self.assertEqual(completed("plan", "--report", "json", "=", "plans/l"), ["plans/last.json"])
        self.assertEqual(completed("show", "plans/"), ["plans/last.json"])
        self.assertEqual(completed("catalog", "AWS"), ["AWS\\ Single-Account\\ Access"])
        self.assertEqual(completed("catalog", '"AWS'), ["AWS Single-Account Access"])
        self.assertEqual(completed("catalog", "AWS\\ S"), ["AWS\\ Single-Account\\ Access"])
        self.assertEqual(completed("plan", "--selector", "e$"), ["e\\$\\(touch\\ evil\\)=\\`touch\\ evil\\`"])

    def test_zsh(self):
        self.use_project()
        script = self.run_syncwright("completion", "zsh").out
        # The parts of zsh's completion that need a terminal, printing what they are given.
        stubs = ("compdef() { }\n_files() { print files }\ncompset() { }\n"
                 "compadd() { print -rl -- ${(P)4} }\n_describe() { print -rl -- ${(P)4} }\n")

        def completed(*words):
            quoted = " ".join("'" + word.replace("'", "'\\''") + "'" for word in words)
            return self.in_shell("zsh", f'{stubs}{script}\nask() {{\n  local -a words=("$@")\n  local CURRENT=$#\n'
                                        f'  _syncwright\n}}\nask "$SYNCWRIGHT" {quoted}\n', "-f").splitlines()

        self.assertEqual(completed("plan", "-e", ""), ["prod", "test"])
        self.assertEqual(completed("plan", "--environment=t"), ["--environment=test"])
        self.assertEqual(completed("plan", "--report", "j"), ["json=", "junit="])
        self.assertEqual(completed("show", ""), ["files"])
        self.assertEqual(completed("catalog", "AWS\\ S"), ["AWS Single-Account Access"])
        self.assertEqual(completed("plan", "--selector", "e"), ["e$(touch evil)=`touch evil`"])

    def test_fish(self):
        self.use_project()
        script = self.run_syncwright("completion", "fish").out
        os.symlink(harness.BINARY, self.folder / "syncwright")

        def completed(line):
            text = self.in_shell("fish", f"set -x PATH {self.folder} $PATH\n{script}\ncomplete -C '{line}'\n")
            return [each.split("\t")[0] for each in text.splitlines()]

        self.assertEqual(completed("syncwright dri"), ["drift"])
        self.assertEqual(completed("syncwright plan -e "), ["prod", "test"])
        self.assertEqual(completed("syncwright catalog AWS"), ["AWS Single-Account Access"])
        self.assertEqual(completed("syncwright plan --selector e"), ["e$(touch evil)=`touch evil`"])

    def test_other_shells_are_a_usage_error(self):
        self.run_syncwright("completion", "tcsh", expect=64)


if __name__ == "__main__":
    harness.main()
