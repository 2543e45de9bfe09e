#!/usr/bin/env python3
"""The way out that a refusal prints is one: typed as it stands, with the run's own flags in it, it goes on."""
import html
import re
import shlex

from support import harness
from support.manifests import application, project, started

EMULATOR = "--emulator=tenants/the prod.json"
PLACE = ["-e", "prod", EMULATOR, "--var", "note=it's a word"]  # what no way out may lose


def environments(guards=""):
    return project("  environments: {prod: {}, test: {}}\n" + (f"  guards: {{{guards}}}\n" if guards else ""))


class WaysOut(harness.Scenario):
    def setUp(self):
        super().setUp()
        self.environment["TOKEN"] = "any"
        self.write("syncwright.yaml", environments())

    def manifests(self, *names, display_name="Dropbox {}", more=""):
        self.write("manifests/all.yaml", "---\n".join(
            application(name, display_name.format(name), more=more) for name in names))

    def members(self, *people):
        self.manifests("crm", more="  assignments: {mode: exact, members: ["
                       + ", ".join(f"{{user: {one}}}" for one in people) + "]}\n")

    def run_here(self, *arguments, expect=0):
        return self.run_syncwright(*arguments, *PLACE, expect=expect)

    def apply(self, *flags, expect=0):
        return self.run_here("apply", "--auto-approve", *flags, expect=expect)

    def commands(self, said):
        return [shlex.split(command) for command in re.findall(r"`(syncwright [^`]*)`", said)]

    def goes_on(self, refused, *flags, expect=0):
        """Types the last command of the refusal; `flags` is what it adds to the run's own."""
        command = self.commands(refused.err)[-1]
        self.assertEqual(command, ["syncwright", "apply", "--auto-approve", *self.given, *PLACE, *flags])
        return self.run_syncwright(*command[1:], expect=expect)

    def refused(self, *given):
        self.given = given
        return self.apply(*given, expect=3)

    def assert_settled(self, *flags):
        self.assert_nothing_to_do(*PLACE, *flags)

    def test_deletions(self):
        self.manifests("one", "two", "three")
        self.apply()
        self.manifests("one")
        self.goes_on(self.refused("--prune"), "--max-deletes", "2")
        self.assert_settled("--prune")

    def test_a_number_that_is_too_small_takes_the_right_one(self):
        self.write("syncwright.yaml", environments("maxDeletes: 5"))
        self.manifests("one", "two")
        self.apply()
        self.manifests("one", display_name="Renamed {}")
        refused = self.apply("--prune", "--max-deletes=0", "--max-updates", "0", expect=3)
        self.given = ["--prune"]
        self.goes_on(refused, "--max-deletes", "1", "--max-updates", "1")
        self.assert_settled("--prune")

    def test_updates(self):
        self.write("syncwright.yaml", environments("floor: 2"))
        self.manifests("one", "two")
        self.apply()
        self.manifests("one", "two", display_name="Renamed {}")
        refused = self.refused("manifests/all.yaml")
        self.assertIn("--max-updates 2 lets it through", refused.err)
        self.apply("manifests/all.yaml", "--max-updates", "1", expect=3)
        self.goes_on(refused, "--max-updates", "2")
        self.assert_settled()

    def test_updates_of_a_saved_plan(self):
        self.write("syncwright.yaml", environments("floor: 2"))
        self.manifests("one", "two")
        self.apply()
        self.manifests("one", "two", display_name="Renamed {}")
        self.run_here("plan", "--out", "the plan.json")
        refused = self.run_here("apply", "--plan", "the plan.json", expect=3)
        command = self.commands(refused.err)[-1]
        self.assertEqual(command, ["syncwright", "apply", "--plan", "the plan.json", *PLACE, "--max-updates", "2"])
        self.run_syncwright(*command[1:])
        self.assert_settled()

    def test_assignments_removed(self):
        for guards in ("maxAssignmentRemovals: {count: 1, percent: 100}",
                       "floor: 2, maxAssignmentRemovals: {percent: 40}"):
            with self.subTest(guards):
                self.write("syncwright.yaml", environments(guards))
                self.members("Ingrid Falk", "Marcus Adeyemi", "Bianca Pisani", "Tomasz Wrona")
                self.apply()
                self.members("Ingrid Falk", "Marcus Adeyemi")
                refused = self.refused()
                name, value = re.search(r"write guards\.maxAssignmentRemovals\.(\w+): (\d+) in syncwright\.yaml; then `",
                                        refused.err).groups()
                self.edit("syncwright.yaml", re.search(name + r": \d+", guards).group(), f"{name}: {value}")
                self.goes_on(refused, "--allow-deprovision", "2")
                self.assert_settled()

    def test_assignments_removed_by_a_saved_plan(self):
        self.write("syncwright.yaml", environments("maxAssignmentRemovals: {count: 1}"))
        self.members("Ingrid Falk", "Marcus Adeyemi", "Bianca Pisani")
        self.apply()
        self.members("Ingrid Falk")
        self.run_here("plan", "--out", "plan.json")
        refused = self.run_here("apply", "--plan", "plan.json", expect=3)
        self.write("syncwright.yaml", environments("maxAssignmentRemovals: {count: 2}"))
        again, carry_out = self.commands(refused.err)[-2:]
        self.assertEqual(again, ["syncwright", "plan", "--out", "plan.json", *PLACE])
        self.assertEqual(carry_out, ["syncwright", "apply", "--plan", "plan.json", *PLACE])
        self.run_syncwright(*again[1:])
        self.run_syncwright(*carry_out[1:])
        self.assert_settled()

    def test_deprovisioning(self):
        self.members("Ingrid Falk", "Marcus Adeyemi")
        self.apply()
        self.members("Ingrid Falk")
        self.goes_on(self.refused(), "--allow-deprovision", "1")
        self.assert_settled()

    def test_no_application_at_all_and_what_that_deletes(self):
        self.write("manifests/set.yaml", "apiVersion: syncwright/v1\nkind: ApplicationSet\nmetadata: {name: set}\nspec:\n"
                   "  from: rows.csv\n  template:\n    metadata: {name: 'set-${each.name}'}\n"
                   "    spec: {gallery: Dropbox, displayName: 'Set ${each.name}', jobs: {default: {state: paused}}}\n")
        self.write("manifests/rows.csv", "name\none\ntwo\n")
        self.apply()
        self.write("manifests/rows.csv", "name\n")
        self.goes_on(self.refused(), "--allow-empty")
        self.goes_on(self.refused("--prune"), "--allow-empty", "--max-deletes", "2")
        self.write("manifests/rows.csv", "name\none\ntwo\n")
        self.assertEqual(self.run_here("plan", "--format", "json").json()["summary"]["create"], 2)

    def test_refused_changes_beside_others_and_their_guards(self):
        self.manifests("old")
        self.apply()
        self.manifests("good")
        self.write("manifests/bad.yaml", application("bad", "Bad", gallery="Dropbocks"))
        refused = self.refused("--prune")
        self.assertIn("`syncwright catalog WORD -e prod '--emulator=tenants/the prod.json'`", refused.err)
        self.goes_on(refused, "--skip-blocked", "--max-deletes", "1", expect=5)
        (self.folder / "manifests/bad.yaml").unlink()
        self.assert_settled("--prune")

    def test_refused_changes_alone(self):
        self.write("manifests/bad.yaml", application("bad", "Bad", gallery="Dropbocks"))
        refused = self.refused()
        self.assertNotIn("--skip-blocked", refused.err)
        self.edit("manifests/bad.yaml", "Dropbocks", "Dropbox")
        self.goes_on(refused)
        self.assert_settled()

    def test_a_plan_for_another_environment(self):
        self.manifests("one")
        self.run_here("plan", "--out", "plan.json")
        other = ["-e", "test", "--emulator"]
        refused = self.run_syncwright("apply", "--plan", "plan.json", *other, expect=3)
        again, = self.commands(refused.err)
        self.assertEqual(again, ["syncwright", "plan", "--out", "plan.json", *other])
        self.run_syncwright(*again[1:])
        self.run_syncwright("apply", "--plan", "plan.json", *other)

    def test_a_stale_plan(self):
        self.manifests("one")
        self.run_here("plan", "--out", "plan.json")
        self.apply()
        stale = self.run_here("apply", "--plan", "plan.json", expect=4)
        again, = self.commands(stale.err)
        self.assertEqual(again, ["syncwright", "plan", "--out", "plan.json", *PLACE])
        self.run_syncwright(*again[1:])
        self.run_here("apply", "--plan", "plan.json")

    def test_nobody_to_ask(self):
        self.manifests("one")
        refused = self.run_here("apply", expect=64)
        command, = self.commands(refused.err)
        self.assertEqual(command, ["syncwright", "apply", *PLACE, "--auto-approve"])
        self.run_syncwright(*command[1:])
        self.assert_settled()

    def hold_job(self):
        self.write("manifests/app.yaml", application("app", "App", state="started", more=started()))
        self.apply()
        self.run_here("job", "pause", "--app", "app", "--hold", "the target is moved")

    def release_told_by(self, teller):
        told = self.run_here(teller)
        command, = self.commands(" ".join(told.out.split()))
        self.assertEqual(command, ["syncwright", "job", "start", "--app", "app", "--release", *PLACE])
        return command

    def test_what_a_plan_says_of_a_held_job(self):
        self.hold_job()
        command = self.release_told_by("plan")
        self.run_syncwright(*command[1:])
        self.assert_settled()
        # JSON says what holds for every run of the plan.
        self.run_here("job", "pause", "--app", "app", "--hold", "again")
        held, = self.run_here("plan", "--format", "json").json()["changes"]
        self.assertEqual(held["blocked"]["advice"], "`syncwright job start --app app --release` lets go of it")

    def test_a_saved_plan_knows_its_environment(self):
        self.hold_job()
        self.edit("manifests/app.yaml", "displayName: App", "displayName: Renamed")
        self.run_here("plan", "--out", "plan.json")
        self.run_syncwright("apply", "--plan", "plan.json", EMULATOR, "--report", "junit=report.xml")
        told = html.unescape((self.folder / "report.xml").read_text())
        self.assertIn(["syncwright", "job", "start", "--app", "app", "--release", "-e", "prod", EMULATOR],
                      self.commands(told))

    def test_what_a_saved_plan_is_for(self):
        self.manifests("one")
        saved = self.run_here("plan", "--out", "the plan.json").err
        command, = self.commands(saved)
        self.assertEqual(command, ["syncwright", "apply", "--plan", "the plan.json", "-e", "prod", EMULATOR])
        self.run_syncwright(*command[1:], "--auto-approve")
        self.assert_settled()
        # Nothing to carry out, and nothing that may be.
        self.assertTrue(self.run_here("plan", "--out", "plan.json").err.endswith("\nSaved to plan.json.\n"))
        self.members("nobody@contoso.example")
        self.assertTrue(self.run_here("plan", "--out", "plan.json").err.endswith("\nSaved to plan.json.\n"))

    def test_what_a_status_says_of_a_held_job(self):
        self.hold_job()
        self.release_told_by("status")
        row, = self.run_here("status", "--format", "json").json()["jobs"]
        self.assertEqual(row["note"], "held: the target is moved; `syncwright job start --app app --release` lets go of it")

    def test_what_an_export_leads_to(self):
        self.manifests("one")
        self.apply()
        place = ["-e", "prod", EMULATOR]
        told = self.run_syncwright("export", "--managed", "--out", "its manifests", *place).err
        command, = self.commands(told)
        self.assertEqual(command, ["syncwright", "plan", "its manifests", *place])
        self.run_syncwright(*command[1:], "--detailed-exitcode")

    def test_a_word_that_is_a_secret_of_the_run_is_not_repeated(self):
        server = self.serve()
        secret = "a-client-secret-of-some-length"
        self.write("syncwright.yaml", project())
        self.manifests("one")
        server.run("apply", "--auto-approve")
        self.manifests()
        self.write("manifests/all.yaml", application("two", "Two"))
        refused = server.run("apply", "--auto-approve", "--prune", "--var", f"x={secret}", expect=3,
                             environment={"AZURE_CLIENT_SECRET": secret})
        self.assertNotIn(secret, refused.err)
        self.assertIn("`syncwright apply --auto-approve --prune --var (secret) --max-deletes 1`", refused.err)


if __name__ == "__main__":
    harness.main()
