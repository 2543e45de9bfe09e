#!/usr/bin/env python3
"""Deleting is a separate intent: an orphan is listed, and goes only with --prune and its number."""
import json

from support import harness
from support.manifests import application, project

STATE = ".syncwright/emulator.db"


class Prune(harness.Scenario):
    def setUp(self):
        super().setUp()
        for name in ("one", "two", "three"):
            self.manifest(name)
        self.emulated("apply", "--auto-approve")

    def manifest(self, name, more=""):
        self.write(f"manifests/{name}.yaml", application(name, f"Dropbox {name}", more=more))

    def drop(self, *names):
        for name in names:
            (self.folder / f"manifests/{name}.yaml").unlink()

    def live(self):
        server = self.serve(state=STATE)
        names = sorted(one["displayName"] for one in server.graph("GET", "/applications")["value"])
        server.stop()
        return names

    def test_an_orphan_goes_with_its_number_and_is_kept(self):
        self.drop("two")
        drift = self.emulated("drift", "--format", "json", expect=2).json()
        self.assertEqual([orphan["application"] for orphan in drift["orphans"]], ["two"])
        self.emulated("apply", "--auto-approve")
        self.assertEqual(len(self.live()), 3)
        plan = self.emulated("plan", "--prune", "--format", "json").json()
        self.assertEqual([change["id"] for change in plan["changes"]], ["two/delete"])
        self.assertEqual((plan["summary"]["delete"], plan["orphans"]), (1, []))
        outcome = self.emulated("apply", "--auto-approve", "--prune", expect=3)
        self.assertIn("maxDeletes", outcome.err)
        self.assertIn("--max-deletes 1", outcome.err)
        self.assertEqual(len(self.live()), 3)
        self.emulated("apply", "--auto-approve", "--prune", "--max-deletes", "1")
        self.assertEqual(self.live(), ["Dropbox one", "Dropbox three"])
        self.assert_nothing_to_do("--emulator", "--prune")
        self.emulated("drift")
        self.assertEqual(len(list((self.folder / ".syncwright/backup").glob("*/two-*/*/schema.json"))), 1)

    def test_what_was_pruned_can_come_back(self):
        self.drop("two")
        self.emulated("apply", "--auto-approve", "--prune", "--max-deletes", "1")
        self.manifest("two")
        self.emulated("apply", "--auto-approve")
        self.assert_nothing_to_do("--emulator", "--prune")
        self.assertEqual(len(self.live()), 3)

    def test_a_part_of_the_project_prunes_nothing(self):
        self.drop("two")
        for part in (["manifests/one.yaml"], ["--only", "one"]):
            with self.subTest(part):
                outcome = self.emulated("apply", "--auto-approve", "--prune", "--max-deletes", "9", *part)
                self.assertIn("Nothing is pruned", outcome.err)
        self.assertEqual(len(self.live()), 3)

    def test_a_manifest_that_cannot_be_read_prunes_nothing(self):
        manifest = self.folder / "manifests/two.yaml"
        for spoil in (lambda: manifest.write_text(""), lambda: manifest.symlink_to("nowhere.yaml"), manifest.mkdir):
            manifest.unlink()
            spoil()
            with self.subTest(manifest.lstat().st_mode):
                outcome = self.emulated("apply", "--auto-approve", "--prune", "--max-deletes", "9")
                self.assertIn("manifests/two.yaml: note[SW0111]", outcome.err)
                self.assertIn("Nothing is pruned", outcome.err)
        self.assertEqual(len(self.live()), 3)

    def test_what_is_protected_stays(self):
        self.manifest("two", "  lifecycle: {protect: true}\n")
        self.emulated("apply", "--auto-approve")
        self.assert_nothing_to_do("--emulator")
        self.drop("two", "three")
        outcome = self.emulated("apply", "--auto-approve", "--prune", "--max-deletes", "9", expect=3)
        self.assertIn("SW5027", outcome.err)
        outcome = self.emulated("apply", "--auto-approve", "--prune", "--max-deletes", "9", "--skip-blocked", expect=5)
        self.assertIn("left out: two", outcome.err)
        self.assertEqual(self.live(), ["Dropbox one", "Dropbox two"])

    def test_an_empty_project_needs_a_word_of_its_own(self):
        self.drop("one", "two", "three")
        self.write("syncwright.yaml", project(name="default"))
        self.write("manifests/empty.yaml", "apiVersion: syncwright/v1\nkind: ApplicationSet\n"
                   "metadata: {name: none}\nspec:\n  forEach: []\n  template:\n"
                   "    metadata: {name: '${each.name}'}\n    spec: {gallery: Box, displayName: '${each.name}'}\n")
        arguments = ["apply", "--auto-approve", "--prune", "--max-deletes", "3"]
        outcome = self.emulated(*arguments, expect=3)
        self.assertIn("--allow-empty", outcome.err)
        self.assertEqual(len(self.live()), 3)
        self.emulated(*arguments, "--allow-empty")
        self.assertEqual(self.live(), [])
        self.assert_nothing_to_do("--emulator", "--prune")

    def test_a_job_goes_where_it_is_absent_and_pruned(self):
        self.edit("manifests/one.yaml", "state: paused", "absent: true")
        self.assert_nothing_to_do("--emulator")
        for part in (["manifests/one.yaml"], ["--only", "one"]):  # a part of the project prunes nothing
            self.assert_nothing_to_do("--emulator", "--prune", *part)
            outcome = self.emulated("apply", "--auto-approve", "--prune", "--max-deletes", "1", *part)
            self.assertIn("Nothing is pruned", outcome.err)
        drift = self.emulated("plan", "--prune", "--only", "one", "--format", "json").json()
        self.assertEqual([item["state"] for item in drift["health"]], ["surplus"])
        self.emulated("plan", "--prune", "--out", "plan.json")
        self.write("plan.json", json.dumps(json.loads(self.read("plan.json")) | {"complete": False}))
        self.assertIn("not complete", self.emulated("apply", "--plan", "plan.json", "--max-deletes", "1", expect=65).err)
        self.emulated("apply", "--auto-approve", "--prune", "--max-deletes", "1")
        self.assert_nothing_to_do("--emulator", "--prune")
        server = self.serve(state=STATE)
        sp = server.service_principal("Dropbox one")
        self.assertEqual(server.graph("GET", f"/servicePrincipals/{sp['id']}/synchronization/jobs")["value"], [])

    def test_a_saved_plan_that_deletes_needs_the_number_as_well(self):
        self.drop("two")
        self.emulated("plan", "--prune", "--out", "plan.json")
        self.assertIn("--max-deletes 1", self.emulated("apply", "--plan", "plan.json", expect=3).err)
        self.emulated("apply", "--plan", "plan.json", "--max-deletes", "1")
        self.assert_nothing_to_do("--emulator", "--prune")


if __name__ == "__main__":
    harness.main()
