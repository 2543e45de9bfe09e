#!/usr/bin/env python3
"""Who may use an application: by name, UPN or id, with a role; added, taken away, never guessed."""
import json

from support import harness
from support.manifests import application

STATE = ".syncwright/emulator.db"
SALESFORCE = "5af0c3d1-7b92-4e68-9c14-d36e8b20f57a"
MARCUS = "ef48780a-17fb-49a2-9f66-70e80e103c3a"


class Assignments(harness.Scenario):
    def manifest(self, members, mode="additive"):
        lines = "".join(f"      - {{{member}}}\n" for member in members)
        more = f"  assignments:\n    mode: {mode}\n    members:\n{lines}"
        self.write("manifests/crm.yaml", application("crm", "CRM", gallery="Salesforce", more=more))

    def assigned(self):
        server = self.serve(state=STATE)
        sp = server.service_principal("CRM")
        roles = {role["id"]: role["displayName"] for role in sp["appRoles"]}
        listed = server.graph("GET", f"/servicePrincipals/{sp['id']}/appRoleAssignedTo")["value"]
        server.stop()
        return sorted((entry["principalDisplayName"], roles[entry["appRoleId"]]) for entry in listed)

    def test_members_of_a_new_application_and_after_it(self):
        self.manifest(["group: Sales, role: Standard User", "user: ingrid.falk@contoso.example",
                       f"user: {MARCUS}, role: System Administrator"])
        self.emulated("apply", "--auto-approve")
        self.assert_nothing_to_do("--emulator")
        self.assertEqual(self.assigned(), [("Ingrid Falk", "User"), ("Marcus Adeyemi", "System Administrator"),
                                           ("Sales", "Standard User")])
        self.manifest(["user: Bianca Pisani, role: Read Only"])
        plan = self.emulated("plan", "--format", "json").json()
        self.assertEqual([change["type"] for change in plan["changes"]], ["assignment.add"])
        self.emulated("apply", "--auto-approve")
        self.assert_nothing_to_do("--emulator")
        self.assertEqual(len(self.assigned()), 4, "an entry taken out of the manifest is not managed any more")

    def test_ids_in_capital_letters_are_found(self):
        self.manifest(["user: Marcus Adeyemi, role: Read Only"])
        self.edit("manifests/crm.yaml", "gallery: Salesforce", f"gallery: {SALESFORCE.upper()}")
        self.emulated("apply", "--auto-approve")
        server = self.serve(state=STATE)
        roles = server.service_principal("CRM")["appRoles"]
        server.stop()
        (read_only,) = [role["id"] for role in roles if role["displayName"] == "Read Only"]
        self.manifest([f"user: {MARCUS.upper()}, role: {read_only.upper()}"])
        self.assert_nothing_to_do("--emulator")

    def test_exact_takes_out_who_is_not_named_and_keeps_what_it_was(self):
        self.manifest(["group: Sales, role: Standard User", "user: Ingrid Falk"])
        self.emulated("apply", "--auto-approve")
        self.manifest(["group: Sales, role: Standard User"], mode="exact")
        change = self.emulated("plan", "--format", "json").json()["changes"][0]
        self.assertEqual((change["type"], change["risk"]), ("assignment.remove", "deprovision"))
        self.assertIn("--allow-deprovision 1", self.emulated("apply", "--auto-approve", expect=3).err)
        self.emulated("apply", "--auto-approve", "--allow-deprovision", "1")
        self.assert_nothing_to_do("--emulator")
        self.assertEqual(self.assigned(), [("Sales", "Standard User")])
        kept = list((self.folder / ".syncwright/backup").glob("*/crm/assignments.json"))
        self.assertEqual(len(kept), 1)
        self.assertEqual(len(json.loads(kept[0].read_text())["value"]), 2)

    def test_absent_takes_one_out_and_leaves_the_others(self):
        self.manifest(["group: Sales", "user: Ingrid Falk", "user: Marcus Adeyemi"])
        self.emulated("apply", "--auto-approve")
        self.manifest(["user: Ingrid Falk, absent: true"])
        self.emulated("plan", "--out", "plan.json")
        self.emulated("apply", "--plan", "plan.json")  # reviewed: needs no --allow-deprovision
        self.assert_nothing_to_do("--emulator")
        self.assertEqual([name for name, _ in self.assigned()], ["Marcus Adeyemi", "Sales"])

    def test_what_cannot_be_told_is_blocked_with_what_there_is(self):
        self.write("manifests/crm.yaml", application("crm", "CRM", gallery="Salesforce"))
        self.emulated("apply", "--auto-approve")
        for member, code, named in (("user: Nobody", "SW5024", "Nobody"),
                                    ("user: Ingrid Falk, role: Chief", "SW5025", "Read Only")):
            with self.subTest(member):
                self.manifest([member])
                refusal = self.emulated("plan", "--format", "json").json()["changes"][0]["blocked"]
                self.assertEqual(refusal["code"], code)
                self.assertIn(named, refusal["message"] + " ".join(refusal["candidates"]))
                self.emulated("apply", "--auto-approve", expect=3)

    def test_a_role_that_a_new_application_lacks_fails_before_it_is_assigned(self):
        self.manifest(["user: Ingrid Falk, role: Chief"])
        outcome = self.emulated("apply", "--auto-approve", expect=5)
        self.assertIn("no usable role `Chief`", outcome.out + outcome.err)
        self.manifest(["user: Ingrid Falk"])
        self.emulated("apply", "--auto-approve")
        self.assert_nothing_to_do("--emulator")


if __name__ == "__main__":
    harness.main()
