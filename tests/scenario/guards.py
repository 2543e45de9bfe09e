#!/usr/bin/env python3
"""Every refusal names the guard, the figure and the flag or setting that would let it through."""
from support import harness
from support.manifests import application, project, started

STATE = ".syncwright/emulator.json"


class Guards(harness.Scenario):
    def setUp(self):
        super().setUp()
        self.environment["TOKEN"] = "any"

    def manifests(self, count, display_name="Dropbox {}"):
        self.write("manifests/all.yaml", "---\n".join(
            application(f"app-{number}", display_name.format(number)) for number in range(count)))

    def refused(self, *flags):
        return self.emulated("apply", "--auto-approve", *flags, expect=3).err

    def test_too_many_updates_at_once(self):
        self.write("syncwright.yaml", project("  guards: {floor: 4}\n"))
        self.manifests(4)
        self.emulated("apply", "--auto-approve")
        self.manifests(4, display_name="Renamed {}")
        said = self.refused()
        for part in ("maxUpdatesPercent", "100 %", "30 %", "guards.maxUpdatesPercent: 100"):
            self.assertIn(part, said)
        self.write("syncwright.yaml", project("  guards: {floor: 4, maxUpdatesPercent: 100}\n"))
        self.emulated("apply", "--auto-approve")
        self.assert_nothing_to_do("--emulator")

    def test_too_many_assignments_removed(self):
        people = ["Ingrid Falk", "Marcus Adeyemi", "Bianca Pisani", "Tomasz Wrona"]

        def manifest(names):
            members = ", ".join(f"{{user: {name}}}" for name in names)
            self.write("manifests/crm.yaml", application(
                "crm", "CRM", more=f"  assignments: {{mode: exact, members: [{members}]}}\n"))

        guards = "  guards: {{maxAssignmentRemovals: {{percent: 100, count: {}}}}}\n"
        self.write("syncwright.yaml", project(guards.format(1)))
        manifest(people)
        self.emulated("apply", "--auto-approve")
        manifest(people[:2])
        said = self.refused("--allow-deprovision", "2")
        for part in ("maxAssignmentRemovals", "2 assignments are removed", "count: 2"):
            self.assertIn(part, said)
        self.write("syncwright.yaml", project(guards.format(2)))
        self.assertIn("--allow-deprovision 2", self.refused("--allow-deprovision", "1"))
        self.emulated("apply", "--auto-approve", "--allow-deprovision", "2")
        self.assert_nothing_to_do("--emulator")

    def test_a_narrowed_scope_restarts_also_a_job_that_was_paused_meanwhile(self):
        def manifest(scope, state):
            self.write("manifests/app.yaml", application("app", "App", state=state,
                                                         more=started(more=f"  scope: {scope}\n")))

        manifest("all", "started")
        self.emulated("apply", "--auto-approve")
        manifest("assigned", "paused")
        self.assertIn("--allow-deprovision 1", self.refused())
        self.emulated("apply", "--auto-approve", "--allow-deprovision", "1")
        self.assert_nothing_to_do("--emulator")
        manifest("assigned", "started")
        plan = self.emulated("plan", "--format", "json").json()
        self.assertEqual([change["type"] for change in plan["changes"]], ["job.restart"])
        self.emulated("apply", "--auto-approve")
        self.assert_nothing_to_do("--emulator")

    def test_what_is_blocked_is_left_out_and_the_rest_is_done(self):
        self.write("manifests/bad.yaml", application("bad", "Bad", gallery="Dropbocks"))
        self.assertIn("SW5001", self.refused())
        outcome = self.emulated("apply", "--auto-approve", "--skip-blocked", expect=3)
        self.assertIn("left out: bad", outcome.err)
        self.write("manifests/good.yaml", application("good", "Good"))
        outcome = self.emulated("apply", "--auto-approve", "--skip-blocked", expect=5)
        self.assertIn("left out: bad", outcome.err)
        report = self.emulated("apply", "--auto-approve", "--skip-blocked", "--format", "json", expect=3).json()
        self.assertEqual(report["changes"] if "changes" in report else report["outcomes"], [])
        (self.folder / "manifests/bad.yaml").unlink()
        self.assert_nothing_to_do("--emulator")

    def test_the_identity_that_the_program_runs_as_is_not_touched(self):
        server = self.serve(state=STATE)
        templates = server.graph("GET", "/applicationTemplates?$filter=displayName eq 'Dropbox'")["value"]
        made = server.graph("POST", f"/applicationTemplates/{templates[0]['id']}/instantiate", {"displayName": "Self"})
        self.write("manifests/self.yaml", application("self", "Self", more="  lifecycle: {adopt: by-name}\n"))
        itself = {"AZURE_CLIENT_ID": made["application"]["appId"]}
        outcome = server.run("apply", "--auto-approve", expect=3, environment=itself)
        self.assertIn("SW5023", outcome.err)
        server.run("apply", "--auto-approve")
        self.assert_nothing_to_do_on(server)

    def assert_nothing_to_do_on(self, server):
        server.run("plan", "--detailed-exitcode")


if __name__ == "__main__":
    harness.main()
