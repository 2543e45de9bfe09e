#!/usr/bin/env python3
"""An application from its first apply to its return from the bin: renamed, protected, refused, pruned."""
from support import harness
from support.manifests import application, project
from support.tenant import STATE, LiveApplication, edited_state, instantiate, portal

PRUNE = ["--prune", "--max-deletes", "9"]


class Lifecycle(harness.Scenario):
    def manifest(self, name, display_name=None, lifecycle="", gallery="Dropbox"):
        self.write(f"manifests/{name}.yaml", application(
            name, display_name or name.capitalize(), gallery, "paused",
            f"  lifecycle: {{{lifecycle}}}\n" if lifecycle else ""))

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
        self.manifest("crm")  # a key that is missing is not managed
        self.assert_nothing_to_do("--emulator")
        self.manifest("crm", lifecycle="protect: false")
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
        self.emulator = f"--emulator={STATE}"
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

    def exchange_tags(self):
        with portal(self) as server:
            crm, other = (LiveApplication(server, name).principal for name in ("Crm", "Other"))
            server.graph("PATCH", f"/servicePrincipals/{crm['id']}", {"tags": other["tags"]})
            server.graph("PATCH", f"/servicePrincipals/{other['id']}", {"tags": crm["tags"]})

    def assert_an_exchange_is_refused(self):
        """And its advice, to put the tags right, leads out."""
        self.exchange_tags()
        crm, other = self.emulated("plan", "--format", "json").json()["changes"]
        self.assertEqual((crm["blocked"]["code"], other["blocked"]["code"]), ("SW5005", "SW5005"))
        self.assertEqual(crm["blocked"]["candidates"], [f"{self.look('Other')['id']}  Other: by its tags",
                                                        f"{self.look('Crm')['id']}  Crm: by its unique name"])
        self.apply(expect=3)
        self.exchange_tags()
        self.assert_nothing_to_do("--emulator")

    def test_tags_of_two_that_were_exchanged(self):
        self.manifest("crm")
        self.manifest("other")
        self.apply()
        self.assert_an_exchange_is_refused()

    def test_tags_that_were_exchanged_after_the_project_got_another_name(self):
        self.manifest("crm")
        self.manifest("other")
        self.write("syncwright.yaml", project(name="contoso"))
        self.apply()
        self.write("syncwright.yaml", project(name="contoso").replace("name: contoso",
                                                                      "name: fabrikam, previously: [contoso]"))
        self.apply()
        self.assert_an_exchange_is_refused()

    def test_tags_that_were_moved_to_an_application_without_a_unique_name(self):
        self.manifest("crm")
        self.apply()
        with portal(self) as server:
            tags = LiveApplication(server, "Crm").principal["tags"]
            made = instantiate(server, "Somebody's")["servicePrincipal"]
            server.graph("PATCH", f"/servicePrincipals/{made['id']}", {"tags": tags})
        self.assertEqual(self.refusal()["code"], "SW5005")
        with portal(self) as server:
            crm = LiveApplication(server, "Crm").principal["id"]
            server.graph("PATCH", f"/servicePrincipals/{crm}", {"tags": []})
        self.assertEqual(self.refusal()["candidates"], [f"{made['id']}  Somebody's: by its tags",
                                                        f"{crm}  Crm: by its unique name"])


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
        change, = self.emulated("plan", "--format", "json").json()["changes"]
        self.assertEqual((change["status"], change["reason"], change["blocked"]["code"]),
                         ("blocked", "its enterprise application was deleted", "SW5028"))
        change, = self.emulated("drift", "--format", "json", expect=2).json()["changes"]
        self.assertEqual(change["cause"], "tenant")
        said = " ".join(self.apply(expect=3).err.split())
        self.assertIn(f"application {gone['application']} has no service principal", said)
        self.assertIn("restore the deleted enterprise application", said)
        with portal(self) as server:
            server.graph("POST", f"/directory/deletedItems/{gone['id']}/restore")
        self.apply()
        self.assertEqual(self.look("Crm")["id"], gone["id"])
        self.assert_nothing_to_do("--emulator", "--prune")

    def assert_tags_are_put_back(self, display_name):
        """Somebody takes the tags off, and that is all that a run finds and mends."""
        before = self.look(display_name)
        with portal(self) as server:
            kept = [tag for tag in before["tags"] if not tag.startswith("syncwright")]
            server.graph("PATCH", f"/servicePrincipals/{before['id']}", {"tags": kept})
        change, = self.emulated("drift", "--format", "json", expect=2).json()["changes"]
        self.assertEqual((change["type"], change["reason"], change["cause"]),
                         ("application.update", "its ownership tags were removed", "tenant"))
        self.apply()
        self.assertEqual(self.look(display_name)["id"], before["id"])
        self.assert_nothing_to_do("--emulator", "--prune")

    def test_tags_that_somebody_took_off_are_put_back(self):
        self.manifest("crm")
        self.apply()
        self.assert_tags_are_put_back("Crm")

    def test_tags_that_somebody_took_off_one_that_was_renamed_are_put_back(self):
        self.manifest("crm")
        self.apply()
        self.drop("crm")
        self.manifest("sales", lifecycle="previously: [crm]")
        self.apply()
        self.assert_tags_are_put_back("Sales")
        self.assertEqual(self.names(), ["Sales"])

    def test_tags_that_somebody_took_off_one_that_came_back_are_put_back(self):
        self.manifest("other")
        for _ in range(2):
            self.manifest("crm")
            self.apply()
            self.drop("crm")
            self.apply(*PRUNE)
        self.manifest("crm")
        self.apply()
        self.assert_tags_are_put_back("Crm")
        self.assertEqual(self.names(), ["Crm", "Other"])

    def test_tags_that_were_moved_delete_nobody_elses_application(self):
        self.manifest("other")
        self.manifest("crm")
        self.apply()
        crm = self.look("Crm")
        with portal(self) as server:
            somebodys = instantiate(server, "Somebody's")["servicePrincipal"]["id"]
            server.graph("PATCH", f"/servicePrincipals/{somebodys}", {"tags": crm["tags"]})
            server.graph("PATCH", f"/servicePrincipals/{crm['id']}", {"tags": []})
        self.drop("crm")
        applied = self.apply(*PRUNE, expect=3)
        said = applied.out + applied.err
        self.assertIn(f"its tags are on service principal {somebodys}, and application {crm['application']} has its "
                      "unique name", " ".join(said.split()))
        self.assertEqual(self.names(), ["Crm", "Other", "Somebody's"])

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


if __name__ == "__main__":
    harness.main()
