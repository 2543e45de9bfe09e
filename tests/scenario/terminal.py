#!/usr/bin/env python3
"""On a terminal: no line wider than it, no word broken, ages instead of times; and what is asked before it is done."""

from support import harness
from support.manifests import application, project
from support.terminal import on_terminal

NAMES = ("dropbox-eu", "dropbox-us", "dropbox-asia")
ROWS = """\
apiVersion: syncwright/v1
kind: ApplicationSet
metadata: {name: accounts}
spec:
  from: of-the-company/accounts-of-2026.csv
  template:
    metadata: {name: "row-${each.name}"}
    spec:
      gallery: Dropbox
      displayName: Dropbox of the accounts ${each.name}
      jobs: {default: {state: paused}}
"""


class Terminal(harness.Scenario):
    def setUp(self):
        super().setUp()
        self.write("syncwright.yaml", project())
        for name in NAMES:
            text = application(name, f"The Dropbox {name}")
            label = "labels: {cloud: box}" if name != "dropbox-asia" else "labels: {cloud: other}"
            self.write(f"manifests/{name}.yaml", text.replace(f"{{name: {name}}}", f"{{name: {name}, {label}}}"))

    def use_rows(self):
        self.write("manifests/of-the-company/accounts-of-2026.csv", "name\none\ntwo\n")
        self.write("manifests/set.yaml", ROWS)

    def assert_fits(self, screen, columns):
        """An id alone may be wider than any terminal."""
        for line in screen.lines:
            if len(line.split()) > 1:
                self.assertLessEqual(len(line), columns, screen.out)

    def test_no_line_is_wider_than_the_terminal_and_no_word_is_broken(self):
        self.use_rows()
        for command in (["plan"], ["plan", "--only", "row-one"], ["validate"], ["drift"]):
            expect = 2 if command[0] == "drift" else 0
            words = self.emulated(*command, expect=expect).out.split()
            for columns in (80, 60):
                with self.subTest(f"{command} at {columns}"):
                    screen = on_terminal(self, columns, *command, "--emulator", expect=expect)
                    self.assert_fits(screen, columns)
                    if command[0] != "validate":  # it says the count twice
                        self.assertEqual(screen.words(), words)

    def test_in_a_pipe_a_line_stays_whole(self):
        self.use_rows()
        out = self.emulated("plan", "--only", "row-one").out
        self.assertIn("(manifests/set.yaml:7, row manifests/of-the-company/accounts-of-2026.csv:2)", out)

    def test_status_at_80_columns(self):
        self.emulated("apply", "--auto-approve", "--only", "dropbox-eu")
        self.emulated("job", "start", "--app", "dropbox-eu")
        screen = on_terminal(self, 80, "status", "--only", "dropbox-eu", "--emulator")
        self.assert_fits(screen, 80)
        self.assertNotRegex(screen.out, r"\d{4}-\d\d-\d\dT")
        self.assertRegex(screen.out, r"now|ago")
        both = on_terminal(self, 80, "status", "--only", "dropbox-eu", "--emulator", "-v")
        self.assertRegex(" ".join(both.words()), r"\d{4}-\d\d-\d\dT\S+Z \((now|\d+ s ago|\d+ min ago)\)")
        self.assertRegex(self.emulated("status", "--only", "dropbox-eu").out, r"\d{4}-\d\d-\d\dT\S+Z")

    def test_who_is_asked_reads_where_and_how_much(self):
        screen = on_terminal(self, 80, "apply", "--emulator", answer="no", expect=1)
        self.assert_fits(screen, 80)
        asked = screen.out[screen.out.index("\ncontoso in tenant"):]
        self.assertRegex(asked, r"\A\ncontoso in tenant [0-9a-f-]{36}: 3 to create, 6 changes\.\n")
        self.assertIn("\nDo you want to carry out these changes?\n  Only 'yes' is accepted: ", asked)
        self.assertIn("Declined: nothing was written.", asked)

    def test_an_apply_fits(self):
        for columns, name in ((80, "dropbox-eu"), (60, "dropbox-us")):
            screen = on_terminal(self, columns, "apply", "--emulator", "--only", name, answer="yes")
            self.assert_fits(screen, columns)
            self.assertIn("2 of 2 changes done", screen.out)

    # Which applications

    def test_a_name_means_the_same_everywhere(self):
        self.emulated("apply", "--auto-approve")
        told = set()
        for command in (["plan"], ["apply", "--auto-approve"], ["drift"], ["status"], ["logs"], ["validate"],
                        ["test"], ["provision", "--user", "ada@contoso.com"], ["job", "pause"]):
            for flag in ("--app", "--only"):
                with self.subTest(f"{command} {flag}"):
                    outcome = self.run_syncwright(*command, flag, "dropbox-uk", "--emulator", expect=65)
                    self.assertIn("error[SW2007]: no manifest is named `dropbox-uk`\n"
                                  "       = did you mean `dropbox-us`?\n", outcome.err + outcome.out)
                    told.add(next(line for line in (outcome.err + outcome.out).splitlines() if "SW2007" in line))
        self.assertEqual(len(told), 1)
        for flag in ("--app", "--only"):
            self.assertEqual([row["application"] for row in
                              self.emulated("status", flag, "dropbox-us", "--format", "json").json()["jobs"]],
                             ["dropbox-us"])
        for command in (["job", "pause"], ["provision", "--user", "ada@contoso.com"]):
            self.assertIn("no application is named", self.emulated(*command, expect=64).err)
        self.assertIn("an object is provisioned by one application, and 2 are named",
                      self.emulated("provision", "--user", "ada@contoso.com", "--selector", "cloud=box", expect=64).err)

    # Several jobs at once

    def states(self):
        return {row["application"]: row["state"] for row in self.emulated("status", "--format", "json").json()["jobs"]}

    def test_several_jobs_are_listed_and_asked_about(self):
        self.emulated("apply", "--auto-approve")
        screen = on_terminal(self, 80, "job", "start", "--selector", "cloud=box", "--emulator", answer="no", expect=1)
        self.assert_fits(screen, 80)
        words = " ".join(screen.words())
        self.assertRegex(words, r"2 jobs of contoso in tenant [0-9a-f-]{36}: dropbox-eu \S+ \(paused\) "
                                r"dropbox-us \S+ \(paused\) Do you want to start these jobs\?")
        self.assertIn("Declined: nothing was written.", screen.out)
        self.assertEqual(set(self.states().values()), {"paused"})
        screen = on_terminal(self, 80, "job", "start", "--selector", "cloud=box", "--emulator", answer="yes")
        self.assert_fits(screen, 80)
        self.assertEqual(" ".join(screen.words()).count("started job "), 2)
        self.assertEqual(self.states(), {"dropbox-eu": "started", "dropbox-us": "started", "dropbox-asia": "paused"})

    def test_without_a_terminal_several_jobs_need_a_word(self):
        self.emulated("apply", "--auto-approve")
        refused = self.emulated("job", "start", "--selector", "cloud=box", expect=64)
        self.assertIn("2 applications are named, and there is no terminal to ask for approval on; pass --auto-approve",
                      refused.err)
        self.assertEqual(set(self.states().values()), {"paused"})
        done = self.emulated("job", "start", "--only", "dropbox-us", "--app", "dropbox-asia", "--auto-approve",
                             "--format", "json").json()
        self.assertEqual([(job["application"], job["action"]) for job in done["jobs"]],
                         [("dropbox-asia", "started"), ("dropbox-us", "started")])
        self.assertEqual(self.states(), {"dropbox-eu": "paused", "dropbox-us": "started", "dropbox-asia": "started"})
        self.assertIn("the deletions of one application are settled at a time, and 2 are named",
                      self.emulated("job", "restart", "--selector", "cloud=box", "--auto-approve",
                                    "--accept-deletes", "3", expect=64).err)

    def test_what_has_no_job_is_named_and_the_others_are_done(self):
        self.emulated("apply", "--auto-approve", "--only", "dropbox-eu")
        outcome = self.emulated("job", "start", "--selector", "cloud=box", "--auto-approve", expect=5)
        self.assertIn("`dropbox-us` does not exist in the tenant yet", outcome.err)
        self.assertRegex(outcome.out, r"\Astarted job \S+ of dropbox-eu\n\Z")
        self.emulated("job", "start", "--app", "dropbox-us", expect=65)

    # A stale plan

    def test_many_differences_are_told_by_application(self):
        many = [f"app-{i:02}" for i in range(12)]
        for name in many:
            self.write(f"manifests/{name}.yaml", application(name, f"Dropbox {name}"))
        only = [word for name in many for word in ("--only", name)]
        self.emulated("plan", *only, "--out", "plan.json")
        self.emulated("apply", "--auto-approve", *only)
        outcome = self.emulated("apply", "--plan", "plan.json", expect=4)
        stale = [line for line in outcome.err.splitlines() if "stale:" in line]
        self.assertEqual(stale, ["  stale: 12 applications: " + ", ".join(many)])
        self.assertRegex(outcome.err, r"  \d+ differences; -v names each\n")
        every = self.emulated("apply", "--plan", "plan.json", "-v", expect=4).err
        self.assertIn("  stale: app-03/jobs/default: not called for any more\n", every)


if __name__ == "__main__":
    harness.main()
