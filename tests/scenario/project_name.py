#!/usr/bin/env python3
"""Whose an application is hangs on the project's name: nobody writes under one that nobody chose, and a later name
takes over what the earlier one owned."""
from support import harness
from support.manifests import application, project

STATE = ".syncwright/emulator.db"
TO_SAY = ("needs a project's name", "syncwright.yaml", "--project NAME", "previously: [default]")


class ProjectName(harness.Scenario):
    project = None  # nothing is added for the test's convenience

    def setUp(self):
        super().setUp()
        self.write("manifests/box.yaml", application("box", "Box Contoso"))

    def tags(self, display_name="Box Contoso"):
        server = self.serve(state=STATE)
        found = server.service_principal(display_name)["tags"]
        server.stop()
        return [tag for tag in found if tag.startswith("syncwright:")]

    def test_without_a_name_nothing_is_written_and_both_ways_out_are_named(self):
        server = self.serve()
        self.emulated("plan", "--out", "plan.json")
        for arguments in (["apply", "--auto-approve"], ["apply", "--plan", "plan.json"], ["plan", "--prune"]):
            with self.subTest(arguments):
                refused = server.run(*arguments, expect=64)
                for said in TO_SAY:
                    self.assertIn(said, " ".join(refused.err.split()))
                self.assertEqual(refused.out, "")
        self.assertEqual(server.requests(), [])
        self.assertIn("Nobody named the project, and `apply` needs a name", self.emulated("plan").err)
        for reading in ("drift", "status"):
            self.assertNotEqual(self.emulated(reading, expect=None).code, 64)

    def test_the_flag_names_it_for_every_command(self):
        named = ["--project", "contoso"]
        self.assertNotIn("Nobody named", self.emulated("plan", *named, "--out", "plan.json").err)
        other = self.emulated("apply", "--plan", "plan.json", "--project", "other", expect=3)
        self.assertIn("the plan is for project contoso, --project names other", other.err)
        self.emulated("apply", "--plan", "plan.json")  # the plan says whose it is
        self.assert_nothing_to_do("--emulator", *named)
        self.assertIn("No drift", self.emulated("drift", *named).out)
        self.assertEqual(self.tags(), ["syncwright:contoso/-"])
        self.emulated("apply", "--auto-approve", "--project", "a b", expect=64)
        self.write("syncwright.yaml", project(name="contoso"))
        self.assert_nothing_to_do("--emulator")
        self.assert_nothing_to_do("--emulator", *named)
        self.assertIn("SW1019", self.emulated("plan", "--project", "other", expect=65).err)

    def test_a_second_folder_does_not_plan_to_prune_the_first(self):
        self.emulated("apply", "--auto-approve", "--project", "default")
        self.write("other/manifests/crm.yaml", application("crm", "Crm"))
        second = self.folder / "other"
        emulator = f"--emulator={self.folder / STATE}"
        refused = self.run_syncwright("plan", "--prune", emulator, cwd=second, expect=64)
        self.assertEqual(refused.out, "")
        plan = self.run_syncwright("plan", "--prune", "--project", "second", "--format", "json", emulator, cwd=second)
        self.assertEqual({change["application"] for change in plan.json()["changes"]}, {"crm"})
        self.assertEqual(plan.json()["orphans"], [])

    def test_a_name_given_later_takes_over_what_was_owned_without_one(self):
        self.write("manifests/crm.yaml", application("crm", "Crm Contoso"))
        self.emulated("apply", "--auto-approve", "--project", "default")
        (self.folder / "manifests/crm.yaml").unlink()
        self.write("syncwright.yaml", project(name="contoso"))
        locked = self.emulated("plan", "--format", "json").json()["changes"]
        self.assertEqual([change["blocked"]["code"] for change in locked], ["SW5003"])
        self.write("syncwright.yaml", project(name="contoso").replace("name: contoso",
                                                                      "name: contoso, previously: [default]"))
        change, = self.emulated("plan", "--format", "json").json()["changes"]
        self.assertEqual((change["id"], change["type"]), ("box/adopt", "application.adopt"))
        self.assertEqual(change["reason"], "the project `default` is called `contoso` now")
        self.assertEqual([(field["path"], field["before"], field["after"]) for field in change["fields"]],
                         [("tags", ["syncwright:default/-", "syncwright-app:box"],
                           ["syncwright:contoso/-", "syncwright-app:box"])])
        row, = self.emulated("status", "--format", "json").json()["jobs"]
        self.assertEqual(row["note"], "not taken over yet: the project `default` is called `contoso` now")
        # What no manifest here describes may be another folder's: it is neither taken nor pruned.
        pruned = self.emulated("plan", "--prune", "--format", "json").json()
        self.assertEqual([each["id"] for each in pruned["changes"]], ["box/adopt"])
        self.emulated("plan", "--out", "plan.json")
        self.emulated("apply", "--plan", "plan.json")
        self.assertEqual(self.tags(), ["syncwright:contoso/-"])
        self.assertEqual(self.tags("Crm Contoso"), ["syncwright:default/-"])
        self.assert_nothing_to_do("--emulator")
        self.write("syncwright.yaml", project(name="contoso"))
        self.assert_nothing_to_do("--emulator")


if __name__ == "__main__":
    harness.main()
