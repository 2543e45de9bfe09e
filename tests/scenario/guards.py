#!/usr/bin/env python3
"""Every refusal names the guard, the figure and the flag or setting that would let it through."""
import json
import os
import pty
import subprocess

from support import harness
from support.manifests import application, project, started
from support.tenant import LiveApplication, portal

STATE = ".syncwright/emulator.db"


class Guards(harness.Scenario):
    def setUp(self):
        super().setUp()
        self.environment["TOKEN"] = "any"

    def manifests(self, count, display_name="Dropbox {}"):
        self.write("manifests/all.yaml", "---\n".join(
            application(f"app-{number}", display_name.format(number)) for number in range(count)))

    def refused(self, *flags):
        return self.emulated("apply", "--auto-approve", *flags, expect=3).err

    def test_percentages_count_from_the_floor_on(self):
        self.write("syncwright.yaml", project("  guards: {floor: 5}\n"))
        self.manifests(4)
        self.emulated("apply", "--auto-approve")
        self.manifests(4, display_name="Renamed {}")
        self.emulated("apply", "--auto-approve")
        self.assert_nothing_to_do("--emulator")

    def test_creations_and_adoptions_are_no_updates(self):
        self.write("syncwright.yaml", project("  guards: {floor: 1, maxUpdatesPercent: 0}\n"))
        self.manifests(3)
        self.emulated("apply", "--auto-approve")
        self.assert_nothing_to_do("--emulator")

    def test_too_many_updates_at_once(self):
        self.write("syncwright.yaml", project("  guards: {floor: 4}\n"))
        self.manifests(4)
        self.emulated("apply", "--auto-approve")
        self.manifests(4, display_name="Renamed {}")
        said = self.refused()
        for part in ("maxUpdatesPercent", "100 %", "30 %", "--max-updates 4"):
            self.assertIn(part, said)
        plan = self.emulated("plan", "--format", "json", "--out", "plan.json").json()
        self.assertEqual([(guard["guard"], guard["figure"], guard["limit"]) for guard in plan["guards"]],
                         [("maxUpdatesPercent", 100, 30)])
        self.assertIn("maxUpdatesPercent", self.emulated("apply", "--plan", "plan.json", expect=3).err)
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

    def test_too_large_a_part_of_the_assignments_removed(self):
        people = ["Ingrid Falk", "Marcus Adeyemi", "Bianca Pisani", "Tomasz Wrona"]

        def manifest(names):
            members = ", ".join(f"{{user: {name}}}" for name in names)
            self.write("manifests/crm.yaml", application(
                "crm", "CRM", more=f"  assignments: {{mode: exact, members: [{members}]}}\n"))

        guards = "  guards: {{floor: 4, maxAssignmentRemovals: {{percent: {}, count: 9}}}}\n"
        self.write("syncwright.yaml", project(guards.format(25)))
        manifest(people)
        self.emulated("apply", "--auto-approve")
        manifest(people[:2])
        said = self.refused("--allow-deprovision", "2")
        for part in ("maxAssignmentRemovals", "2 of 4 assignments are removed (50 %)", "lets 25 % through",
                     "guards.maxAssignmentRemovals.percent: 50"):
            self.assertIn(part, said)
        self.write("syncwright.yaml", project(guards.format(50)))
        self.emulated("apply", "--auto-approve", "--allow-deprovision", "2")
        self.assert_nothing_to_do("--emulator")

    def test_deletions_that_every_run_may_do_and_a_run_that_says_fewer(self):
        self.write("syncwright.yaml", project("  guards: {maxDeletes: 2}\n"))
        self.manifests(4)
        self.emulated("apply", "--auto-approve")
        self.manifests(1)
        said = self.refused("--prune")
        for part in ("guard maxDeletes", "3 deletions are planned, and the guard lets 2 through", "--max-deletes 3"):
            self.assertIn(part, said)
        self.manifests(2)
        said = self.refused("--prune", "--max-deletes", "1")
        for part in ("2 deletions are planned, and the guard lets 1 through", "--max-deletes 2"):
            self.assertIn(part, said)
        self.emulated("apply", "--auto-approve", "--prune")
        self.assert_nothing_to_do("--emulator", "--prune")

    def test_an_empty_file_of_rows_and_a_project_without_manifests(self):
        self.manifests(1)
        self.write("manifests/set.yaml", "apiVersion: syncwright/v1\nkind: ApplicationSet\nmetadata: {name: set}\nspec:\n"
                   "  from: rows.csv\n  template:\n    metadata: {name: 'set-${each.name}'}\n"
                   "    spec: {gallery: Dropbox, displayName: 'Set ${each.name}', jobs: {default: {state: paused}}}\n")
        self.write("manifests/rows.csv", "name\none\ntwo\n")
        self.emulated("apply", "--auto-approve")
        self.write("manifests/rows.csv", "name\n")
        said = self.refused("--prune", "--max-deletes", "2")
        for part in ("guard emptySet", "1 application set has no row: manifests/set.yaml:5", "--allow-empty lets it through"):
            self.assertIn(part, said)
        self.refused()  # without --prune nothing would be deleted, and the set is empty all the same
        self.emulated("apply", "--auto-approve", "--prune", "--max-deletes", "2", "--allow-empty")
        self.assert_nothing_to_do("--emulator", "--prune")
        for name in ("all.yaml", "set.yaml", "rows.csv"):
            (self.folder / "manifests" / name).unlink()
        self.assertIn("SW0107", self.emulated("apply", "--auto-approve", "--prune", expect=65).err)

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
        outcome, = report["outcomes"]
        self.assertEqual((outcome["id"], outcome["state"]), ("bad", "skipped"))
        self.assertIn("left out: [SW5001]", json.dumps(outcome))
        (self.folder / "manifests/bad.yaml").unlink()
        self.assert_nothing_to_do("--emulator")

    def test_what_a_refusal_leaves_out_needs_no_leave_of_a_guard(self):
        def members(names):
            return "  assignments: {mode: exact, members: [" + ", ".join(f"{{user: {name}}}" for name in names) + "]}\n"

        self.write("manifests/bad.yaml", application("bad", "Bad", more=members(["Ingrid Falk", "Marcus Adeyemi"])))
        self.write("manifests/good.yaml", application("good", "Good", more=members(["Ingrid Falk"])))
        self.emulated("apply", "--auto-approve")
        self.write("manifests/bad.yaml", application("bad", "Bad", more=members(["Ingrid Falk"])))
        self.edit("manifests/bad.yaml", "state: paused", "id: gone.1")
        self.write("manifests/good.yaml", application("good", "Good better", more=members(["Ingrid Falk"])))
        plan = self.emulated("plan", "--format", "json").json()
        self.assertIn(("assignment.remove", "bad"), [(one["type"], one["application"]) for one in plan["changes"]])
        self.assertEqual(plan["guards"], [])
        outcome = self.emulated("apply", "--auto-approve", "--skip-blocked", expect=5)
        self.assertIn("left out: bad", outcome.err)
        self.write("manifests/bad.yaml", application("bad", "Bad", more=members(["Ingrid Falk", "Marcus Adeyemi"])))
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
        server.run("plan", "--detailed-exitcode")
        (self.folder / "manifests/self.yaml").unlink()
        self.manifests(1)
        server.run("apply", "--auto-approve", environment=itself)
        outcome = server.run("apply", "--auto-approve", "--prune", "--max-deletes", "1", expect=3, environment=itself)
        self.assertIn("SW5023", outcome.err)
        server.run("apply", "--auto-approve", "--prune", "--max-deletes", "1")
        server.run("plan", "--detailed-exitcode", "--prune")


class Deprovisioning(harness.Scenario):
    """What may take people's accounts away needs a number, or somebody who has seen it."""

    def setUp(self):
        super().setUp()
        self.environment["TOKEN"] = "any"
        self.mapped("attributes: {name.givenName: '[givenName]'}")
        self.emulated("apply", "--auto-approve")

    def mapped(self, mapping):
        text = application("app", "App", more=started(more="  scope: all\n"))
        self.write("manifests/app.yaml", text.replace(
            "  jobs: {default: {state: paused}}\n",
            "  jobs:\n    default:\n      state: started\n      schema:\n        mappings:\n"
            f"          - object: User\n            {mapping}\n"))

    def filter(self, department):
        self.mapped(f"scopingFilter: {{any: [{{all: [{{attribute: department, operator: EQUALS, "
                    f"values: [{department}]}}]}}]}}")

    def on_a_terminal(self, *arguments, answer, expect):
        """Runs with a terminal of its own as standard input and error."""
        ours, theirs = pty.openpty()
        process = subprocess.Popen([harness.BINARY, *self.named(arguments), "--emulator"], cwd=self.folder,
                                   env=self.environment, stdin=theirs, stdout=subprocess.PIPE, stderr=theirs, text=True)
        os.close(theirs)
        said = b""
        while b"accepted: " not in said:
            said += os.read(ours, 4096)
        os.write(ours, answer.encode() + b"\n")
        out, _ = process.communicate(timeout=harness.TIMEOUT)
        os.close(ours)
        self.assertEqual(process.returncode, expect, out + said.decode())
        return out

    def test_each_change_that_may_do_so_carries_the_risk_and_needs_its_number(self):
        for mapping in ("scopingFilter: {any: [{all: [{attribute: city, operator: EQUALS, values: [Lyon]}]}]}",
                        "attributes: {userName: {expression: '[mail]', matchingPriority: 1}}", "enabled: false"):
            with self.subTest(mapping):
                self.mapped(mapping)
                change, = self.emulated("plan", "--format", "json").json()["changes"]
                self.assertEqual((change["type"], change["risk"]), ("schema.put", "deprovision"))
                for flags in ([], ["--allow-deprovision", "0"]):
                    said = self.emulated("apply", "--auto-approve", *flags, expect=3).err
                    for part in ("guard deprovision: 1 change may deprovision", "--allow-deprovision 1 lets it through",
                                 "nothing was written"):
                        self.assertIn(part, said)
                self.emulated("apply", "--auto-approve", "--allow-deprovision", "1")
                self.assert_nothing_to_do("--emulator")

    def test_a_change_that_takes_nothing_away_needs_none(self):
        self.mapped("attributes: {name.givenName: '[mailNickname]'}")
        self.emulated("apply", "--auto-approve")
        self.assert_nothing_to_do("--emulator")

    def test_a_reviewed_plan_file_is_leave_enough(self):
        self.filter("Sales")
        self.emulated("plan", "--out", "plan.json")
        self.emulated("apply", "--plan", "plan.json")
        self.assert_nothing_to_do("--emulator")

    def test_who_says_yes_on_a_terminal_has_seen_it(self):
        self.filter("Sales")
        self.assertIn("may be disabled or deleted", self.on_a_terminal("apply", answer="no", expect=1))
        with portal(self) as server:
            schema = LiveApplication(server, "App").job_call("GET", "/schema")
        self.assertNotIn("Sales", str(schema))
        self.on_a_terminal("apply", answer="yes", expect=0)
        self.assert_nothing_to_do("--emulator")

    def test_without_a_terminal_somebody_has_to_say_so(self):
        self.filter("Sales")
        said = self.emulated("apply", expect=64).err
        self.assertIn("--auto-approve", said)
        self.assertIn("--plan FILE", said)


if __name__ == "__main__":
    harness.main()
