#!/usr/bin/env python3
"""An application from its first apply to its return from the bin: renamed, protected, refused, pruned."""
import copy
import json

from support import harness
from support.manifests import application, project
from support.tenant import LiveApplication, edited_state, instantiate, portal

PRUNE = ["--prune", "--max-deletes", "9"]


class Lifecycle(harness.Scenario):
    def manifest(self, name, display_name=None, lifecycle="", gallery="Dropbox", jobs=None):
        text = application(name, display_name or name.capitalize(), gallery, "paused",
                           f"  lifecycle: {{{lifecycle}}}\n" if lifecycle else "")
        if jobs:
            text = text.replace("{default: {state: paused}}", jobs)
        self.write(f"manifests/{name}.yaml", text)

    def drop(self, name):
        (self.folder / f"manifests/{name}.yaml").unlink()

    def apply(self, *flags, expect=0):
        return self.emulated("apply", "--auto-approve", *flags, expect=expect)

    def changes(self, *flags):
        plan = self.emulated("plan", "--format", "json", *flags).json()
        return [(change["id"], change["type"], change["status"]) for change in plan["changes"]]

    def refusal(self, *flags):
        """The only refused change, which an apply refuses with its words."""
        plan = self.emulated("plan", "--format", "json", *flags).json()
        change, = plan["changes"]
        said = self.apply(*flags, expect=3).err
        for part in (change["blocked"]["code"], change["blocked"]["message"], change["blocked"]["advice"]):
            self.assertIn(part, said)
        return change["blocked"]

    def look(self, display_name):
        with portal(self) as server:
            live = LiveApplication(server, display_name)
            return {"id": live.principal["id"], "application": live.application()["id"],
                    "uniqueName": live.application()["uniqueName"], "tags": live.own_tags,
                    "names": {live.principal["displayName"], live.application()["displayName"]}}

    def names(self):
        with portal(self) as server:
            return sorted(one["displayName"] for one in server.graph("GET", "/applications")["value"])


class Renames(Lifecycle):
    def setUp(self):
        super().setUp()
        self.manifest("crm")
        self.apply()
        self.before = self.look("Crm")

    def rename(self, name, *previously):
        for path in (self.folder / "manifests").iterdir():
            path.unlink()
        self.manifest(name, lifecycle=f"previously: [{', '.join(previously)}]" if previously else "")

    def test_a_rename_keeps_the_application_its_key_and_nothing_of_its_old_name(self):
        self.rename("sales", "crm")
        self.assertEqual(self.changes(), [("sales/adopt", "application.adopt", "planned")])
        self.apply()
        after = self.look("Sales")
        self.assertEqual((after["id"], after["uniqueName"]), (self.before["id"], "syncwright/default/-/crm"))
        self.assertEqual(after["names"], {"Sales"})
        self.assertIn("syncwright-app:sales", after["tags"])
        self.assertNotIn("syncwright-app:crm", after["tags"])
        self.assert_nothing_to_do("--emulator", "--prune")
        self.rename("sales")  # `previously` has done its work
        self.assert_nothing_to_do("--emulator", "--prune")

    def test_a_rename_is_taken_back(self):
        self.rename("sales", "crm")
        self.apply()
        self.rename("crm")
        self.assertIn("previously: [sales]", self.refusal()["advice"])
        self.rename("crm", "sales")
        change, = self.emulated("plan", "--format", "json").json()["changes"]
        self.assertEqual((change["type"], change["reason"]), ("application.adopt", "`sales` is called `crm` now"))
        self.apply()
        self.assertEqual(self.look("Crm")["id"], self.before["id"])
        self.assert_nothing_to_do("--emulator", "--prune")

    def test_a_chain_of_renames_is_followed_from_any_link(self):
        self.rename("sales", "marketing", "crm")
        self.apply()
        self.rename("deals", "sales", "marketing", "crm")
        self.apply()
        self.assertEqual(self.look("Deals")["id"], self.before["id"])
        self.assert_nothing_to_do("--emulator", "--prune")

    def test_two_that_have_an_earlier_name_are_refused_and_kept(self):
        self.manifest("deals")
        self.apply()
        self.rename("sales", "crm", "deals")
        refusal = self.refusal("--prune")
        self.assertEqual((refusal["code"], refusal["message"]),
                         ("SW5005", "2 applications carry an earlier name of this one"))
        self.assertEqual(sorted(name.split()[-1] for name in refusal["candidates"]), ["Crm", "Deals"])
        self.rename("sales", "crm")
        self.apply(*PRUNE)
        self.assertEqual((self.look("Sales")["id"], self.names()), (self.before["id"], ["Sales"]))
        self.assert_nothing_to_do("--emulator", "--prune")

    def test_an_earlier_name_that_is_in_use_is_told_offline(self):
        self.manifest("sales", lifecycle="previously: [crm]")
        said = self.run_syncwright("validate", expect=65).err
        self.assertIn("SW2026", said)
        self.assertIn("manifests/sales.yaml:8", said)

    def test_the_earlier_name_stays_the_renamed_applications_own(self):
        self.rename("sales", "crm")
        self.apply()
        self.rename("sales")
        self.manifest("crm")
        refusal = self.refusal()
        self.assertEqual(refusal["code"], "SW5021")
        self.assertIn("`sales` was called `crm`", refusal["message"])
        self.assertIn("metadata.name", refusal["advice"])
        self.drop("crm")
        self.manifest("crm-2", "Crm")
        self.apply()
        self.assert_nothing_to_do("--emulator", "--prune")

    def test_a_rename_in_a_run_that_prunes_deletes_nothing(self):
        self.rename("sales", "crm")
        self.apply(*PRUNE)
        self.assertEqual(self.look("Sales")["id"], self.before["id"])
        self.assert_nothing_to_do("--emulator", "--prune")


class Protection(Lifecycle):
    def test_a_protected_application_is_pruned_only_after_its_protection_is_taken_back(self):
        self.manifest("crm", lifecycle="protect: true")
        self.apply()
        self.assertIn("syncwright-protected", self.look("Crm")["tags"])
        self.assert_nothing_to_do("--emulator")
        self.manifest("other")
        self.apply()
        self.drop("crm")
        refusal = self.refusal("--prune")
        self.assertEqual(refusal["code"], "SW5027")
        self.assertEqual(self.names(), ["Crm", "Other"])
        self.manifest("crm")
        self.assertEqual(self.changes(), [("crm/update", "application.update", "planned")])
        self.apply()
        self.assertNotIn("syncwright-protected", self.look("Crm")["tags"])
        self.drop("crm")
        self.apply(*PRUNE)
        self.assertEqual(self.names(), ["Other"])
        self.assert_nothing_to_do("--emulator", "--prune")


class Refused(Lifecycle):
    def test_a_changed_gallery(self):
        self.manifest("crm")
        self.apply()
        self.manifest("crm", gallery="Box")
        refusal = self.refusal()
        self.assertEqual(refusal["code"], "SW5006")
        self.assertIn("`Box`", refusal["message"])
        self.manifest("crm", gallery="a6e85289-a36a-40e0-bfa9-2555a8ef598d")  # the same by its id
        self.assert_nothing_to_do("--emulator")

    def test_what_another_project_or_environment_owns(self):
        environments = "  environments: {test: {}, prod: {}}\n"
        self.write("syncwright.yaml", project(environments))
        self.manifest("crm")
        self.apply("-e", "test")
        self.assertIn("syncwright:contoso/test", self.look("Crm")["tags"])
        self.assertIn("`syncwright:contoso/test`", self.refusal("-e", "prod")["message"])
        self.write("syncwright.yaml", project(name="fabrikam"))
        self.assertEqual(self.refusal()["code"], "SW5003")
        self.manifest("crm", lifecycle=f"adopt: {self.look('Crm')['id']}")
        refusal = self.refusal()
        self.assertEqual(refusal["code"], "SW5003")
        self.assertIn("removing the tag `syncwright:contoso/test`", refusal["advice"])
        self.drop("crm")
        self.manifest("other")
        self.apply(*PRUNE)
        self.assertEqual(self.names(), ["Crm", "Other"])  # another project's is nobody's orphan here
        self.assert_nothing_to_do("--emulator", "--prune")

    def test_the_tags_of_two_owners(self):
        self.manifest("crm")
        self.manifest("other")
        self.apply()
        with portal(self) as server:
            live = LiveApplication(server, "Crm")
            live.call("PATCH", body={"tags": live.principal["tags"] + ["syncwright:fabrikam/-"]})
        self.assertIn("`syncwright:fabrikam/-`", self.refusal()["message"])
        self.drop("crm")
        self.assertIn("`syncwright:fabrikam/-`", self.refusal("--prune")["message"])
        self.assertEqual(self.names(), ["Crm", "Other"])

    def test_a_second_application_of_the_same_template_and_name(self):
        with portal(self) as server:
            made = instantiate(server, "Crm")
        self.manifest("crm")
        refusal = self.refusal()
        self.assertEqual(refusal["code"], "SW5004")
        self.assertEqual(refusal["candidates"], [f"{made['servicePrincipal']['id']}  Crm"])
        self.manifest("crm", lifecycle="adopt: never")
        self.apply()
        self.assertEqual(self.names(), ["Crm", "Crm"])
        self.assert_nothing_to_do("--emulator", "--prune")

    def test_two_that_say_to_be_one(self):
        self.manifest("crm")
        self.apply()
        with portal(self) as server:
            tags = LiveApplication(server, "Crm").principal["tags"]
            made = instantiate(server, "Twin")
            server.graph("PATCH", f"/servicePrincipals/{made['servicePrincipal']['id']}", {"tags": tags})
        refusal = self.refusal()
        self.assertEqual(refusal["code"], "SW5005")
        self.assertEqual(sorted(name.split()[-1] for name in refusal["candidates"]), ["Crm", "Twin"])


class Pruned(Lifecycle):
    def test_a_part_of_the_project_prunes_nothing(self):
        self.manifest("crm")
        self.manifest("other")
        self.apply()
        self.drop("crm")
        for part in (["manifests/other.yaml"], ["--only", "other"]):
            with self.subTest(part):
                outcome = self.emulated("plan", "--prune", "--format", "json", *part)
                plan = outcome.json()
                self.assertEqual((plan["complete"], plan["changes"], plan["orphans"]), (False, [], []))
                self.assertIn("Nothing is pruned", outcome.err)
                self.assertIn("Nothing is pruned", self.apply(*PRUNE, *part).err)
        self.assertEqual(self.names(), ["Crm", "Other"])

    def test_what_comes_back_is_named_after_the_one_in_the_bin(self):
        self.manifest("other")
        self.manifest("crm")
        self.apply()
        gone = []
        for generation in range(2):  # the second one follows the first in the bin
            gone.append(self.look("Crm"))
            self.drop("crm")
            self.apply(*PRUNE)
            self.assert_nothing_to_do("--emulator", "--prune")
            self.manifest("crm")
            self.apply()
            self.assert_nothing_to_do("--emulator", "--prune")
        names = [one["uniqueName"] for one in (*gone, self.look("Crm"))]
        self.assertEqual(names, ["syncwright/default/-/crm",
                                 f"syncwright/default/-/crm/after-{gone[0]['application']}",
                                 f"syncwright/default/-/crm/after-{gone[1]['application']}"])

    def test_an_application_without_its_service_principal_says_what_to_do(self):
        self.manifest("crm")
        self.apply()
        gone = self.look("Crm")
        with edited_state(self) as memory:  # long ago: a young one would be waited for
            for version in memory["applications"][0]["versions"]:
                version["value"]["createdDateTime"] = "2020-01-01T00:00:00Z"
        with portal(self) as server:
            server.graph("DELETE", f"/servicePrincipals/{gone['id']}")
        said = " ".join(self.apply(expect=1).out.split())
        self.assertIn(f"application {gone['application']} has no service principal", said)
        self.assertIn("Restore the deleted enterprise application", said)
        with portal(self) as server:
            server.graph("POST", f"/directory/deletedItems/{gone['id']}/restore")
        self.apply()
        self.assertEqual(self.look("Crm")["id"], gone["id"])
        self.assert_nothing_to_do("--emulator", "--prune")

    def test_a_service_principal_without_an_application_is_left_to_a_person(self):
        self.manifest("crm")
        self.manifest("other")
        self.apply()
        gone = self.look("Crm")
        with edited_state(self) as memory:
            memory["applications"] = [one for one in memory["applications"]
                                      if one["versions"][-1]["value"]["id"] != gone["application"]]
        self.drop("crm")
        outcome = self.apply(*PRUNE, expect=1)
        self.assertIn("no application registration in this tenant", " ".join(outcome.out.split()))
        self.assertIn("by hand", outcome.out)
        with portal(self) as server:
            server.graph("DELETE", f"/servicePrincipals/{gone['id']}")
        self.assert_nothing_to_do("--emulator", "--prune")


class Jobs(Lifecycle):
    """A gallery application with two synchronization templates, which the built-in catalog lacks."""

    def setUp(self):
        super().setUp()
        entry = json.loads((harness.SOURCE / "src/emulator/catalog/dropbox.json").read_text())
        entry["applicationTemplate"].update(id="0f1d6f0e-8a57-4f0f-9d55-2f2f9a7b1c01", displayName="Both Ways")
        back = copy.deepcopy(entry["synchronizationTemplates"][0])
        back.update(id="BothWaysBack", factoryTag="BothWaysBack", default=False)
        entry["synchronizationTemplates"].append(back)
        self.write("catalog/both.json", json.dumps(entry))

    def on_server(self, *arguments, expect=0):
        with portal(self, "--catalog", "catalog") as server:
            return server.run(*arguments, expect=expect)

    def apply(self, *flags, expect=0):
        return self.on_server("apply", "--auto-approve", *flags, expect=expect)

    def plan(self, *flags):
        return self.on_server("plan", "--format", "json", *flags).json()

    def assert_settled(self, *flags):
        self.on_server("plan", "--detailed-exitcode", *flags)

    def jobs(self):
        with portal(self, "--catalog", "catalog") as server:
            return LiveApplication(server, "Hr").jobs()

    def describe(self, jobs):
        self.manifest("hr", gallery="Both Ways", jobs=jobs)

    def test_each_key_finds_its_job_whatever_was_made_first(self):
        self.describe("{default: {state: paused}, back: {template: BothWaysBack, state: paused}}")
        self.apply()  # `back` goes first, and `default` must not take it for the only job there is
        self.assertEqual(sorted(job["templateId"] for job in self.jobs()), ["BothWaysBack", "DropboxSCIMOutDelta"])
        self.assert_settled()
        self.describe("{DropboxSCIMOutDelta: {state: paused}, BothWaysBack: {state: paused}}")
        self.assert_settled()
        first, second = (job["id"] for job in self.jobs())
        self.describe(f"{{one: {{id: {first}}}, two: {{id: {second}}}}}")
        self.assert_settled()

    def test_a_job_whose_template_is_echoed_otherwise_is_told_by_its_id(self):
        self.describe("{default: {state: paused}, BothWaysBack: {state: paused}}")
        self.apply()
        with edited_state(self) as memory:
            for job in memory["jobs"]:
                if job["templateId"] == "BothWaysBack":
                    job["templateId"] = "BothWaysBackV2"
        self.assert_settled()

    def test_what_cannot_be_told_is_blocked_with_the_ids(self):
        self.describe("{default: {state: paused}}")
        self.apply()
        with portal(self, "--catalog", "catalog") as server:
            LiveApplication(server, "Hr").call("POST", "/synchronization/jobs", {"templateId": "DropboxSCIMOutDelta"})
        ids = sorted(job["id"] for job in self.jobs())
        change, = self.plan()["changes"]
        self.assertEqual((change["blocked"]["code"], change["blocked"]["candidates"]), ("SW5007", ids))
        self.assertIn("id: ID", change["blocked"]["advice"])
        self.assertIn("SW5007", self.apply(expect=3).err)
        self.describe(f"{{default: {{id: {ids[1]}, state: paused}}}}")
        self.assert_settled()
        health, = self.plan()["health"]
        self.assertEqual((health["job"], health["state"], health["drift"]), (ids[0], "unmanaged", False))

    def test_two_keys_that_turn_out_to_mean_one_job(self):
        self.describe("{one: {template: BothWaysBack}, two: {template: BothWaysBack}}")
        self.assertIn("SW2010", self.run_syncwright("validate", expect=65).err)
        self.describe("{default: {state: paused}, more: {template: DropboxSCIMOutDelta, state: paused}}")
        outcome = self.apply(expect=5)  # only the live templates tell what `default` is
        self.assertIn("default and more both mean the live job", " ".join(outcome.out.split()))
        self.assertEqual(len(self.jobs()), 1)
        self.assertEqual({change["blocked"]["code"] for change in self.plan()["changes"]}, {"SW5007"})
        self.describe("{default: {state: paused}}")
        self.assert_settled()

    def test_a_template_that_is_not_offered_is_told_at_once(self):
        self.describe("{Nonesuch: {state: paused}}")
        said = " ".join(self.apply(expect=5).out.split())
        self.assertIn("no synchronization template Nonesuch; it has DropboxSCIMOutDelta, BothWaysBack", said)
        self.assertNotIn("in vain", said)
        self.describe("{BothWaysBack: {state: paused}}")
        with edited_state(self) as memory:  # long ago: the executor need not wait for another run's job
            for kind in ("applications", "servicePrincipals"):
                for version in memory[kind][0]["versions"]:
                    version["value"]["createdDateTime"] = "2020-01-01T00:00:00Z"
        self.apply()
        self.assert_settled()

    def test_an_absent_job_goes_with_prune_only_and_the_other_stays(self):
        self.describe("{default: {state: paused}, BothWaysBack: {state: paused}}")
        self.apply()
        self.describe("{default: {state: paused}, BothWaysBack: {absent: true}}")
        plan = self.plan()
        self.assertEqual(plan["changes"], [])
        self.assertEqual([(item["job"], item["state"], item["drift"]) for item in plan["health"]],
                         [("BothWaysBack", "surplus", True)])
        self.on_server("drift", expect=2)
        self.apply()
        self.assertEqual(len(self.jobs()), 2)
        self.assertIn("--max-deletes 1", self.apply("--prune", expect=3).err)
        self.apply("--prune", "--max-deletes", "1")
        self.assertEqual([job["templateId"] for job in self.jobs()], ["DropboxSCIMOutDelta"])
        self.assert_settled("--prune")
        self.assertEqual(len(list((self.folder / ".syncwright/backup").rglob("schema.json"))), 1)

    def test_the_only_job_left_is_not_default_where_it_is_to_go(self):
        self.describe("{BothWaysBack: {state: paused}}")
        self.apply()
        self.describe("{default: {absent: true}, BothWaysBack: {state: paused}}")
        self.assert_settled("--prune")


if __name__ == "__main__":
    harness.main()
