#!/usr/bin/env python3
"""People of the emulator: listed, written over Graph, and seen by the next cycle."""
import urllib.error

from support import harness
from support.manifests import application, project, started
from support.tenant import STATE, edited_state, portal

SUPPORT = """\
Contoso (contoso.example), 034a7209-e89f-449b-88ed-2e97639028e1

Users: 0

Groups and their members: 1
  Support
    callum.baird@contoso.example
    ines.valdes@contoso.example
    noor.haddad@contoso.example
"""
FALK = """\
Contoso (contoso.example), 034a7209-e89f-449b-88ed-2e97639028e1

Users: 1
  Ingrid Falk        Executive              ingrid.falk@contoso.example

Groups and their members: 0
"""
INTERVAL = 40 * 60 * 1000  # between two cycles, in milliseconds


def person(alias, **more):
    return {"accountEnabled": True, "displayName": alias.title(), "mailNickname": alias,
            "userPrincipalName": f"{alias}@contoso.example", "passwordProfile": {"password": "hunter2-hunter2"},
            "preferredLanguage": "en-GB", **more}


class Listing(harness.Scenario):
    def test_the_built_in_people_need_no_tenant_and_no_project(self):
        self.assertEqual(self.run_syncwright("catalog", "--people", "support").out, SUPPORT)
        self.assertEqual(self.run_syncwright("catalog", "--people", "INGRID.f").out, FALK)
        everybody = self.run_syncwright("catalog", "--people").out
        self.assertIn("\nUsers: 24\n", everybody)
        self.assertIn("  Noor Haddad        Support      disabled  noor.haddad@contoso.example\n", everybody)
        self.assertIn("  Victor Aumont      Marketing    guest     victor.aumont_atelier-nord.example#EXT#@", everybody)
        people = self.run_syncwright("catalog", "--people", "--format", "json").json()
        self.assertEqual([group["displayName"] for group in people["groups"]],
                         ["Sales", "Engineering", "Marketing", "Finance", "Support", "Team Leads"])
        self.assertEqual(people["users"][0], {
            "id": "08b39f2f-0578-41a6-af44-385afbd9c1fe", "displayName": "Ingrid Falk",
            "userPrincipalName": "ingrid.falk@contoso.example", "department": "Executive",
            "jobTitle": "Chief Executive Officer", "userType": "Member", "accountEnabled": True})
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_the_page_lists_the_groups_as_they_are(self):
        people = self.run_syncwright("catalog", "--people", "--format", "json").json()
        names = {user["userPrincipalName"]: user["displayName"] for user in people["users"]}
        page = (harness.SOURCE / "docs/emulator.md").read_text()
        for group in people["groups"]:
            members = ", ".join(names[member] for member in group["members"])
            self.assertIn(f"\n| {group['displayName']} | {members} |\n", page)
        self.assertIn(f"{len(names)} people and {len(people['groups'])} groups", page)

    def test_a_state_has_people_of_its_own(self):
        with portal(self, state="state.json") as server:
            server.graph("POST", "/users", person("eve"))
            gone = server.graph("GET", "/users/ingrid.falk@contoso.example")
            server.graph("DELETE", f"/users/{gone['id']}")
        self.write("syncwright.yaml", project("  environments: {test: {}, prod: {}}\n"))
        listed = self.run_syncwright("catalog", "--people", "--emulator=state.json").out
        self.assertIn("  Eve                                       eve@contoso.example\n", listed)
        self.assertNotIn("ingrid.falk", listed)
        self.assertIn("ingrid.falk", self.run_syncwright("catalog", "--people").out)
        self.assertIn("ingrid.falk", self.emulated("catalog", "--people", "-e", "test").out)
        self.emulated("catalog", "--people", expect=65)  # which environment's?

    def test_what_it_cannot_list(self):
        outcome = self.run_syncwright("catalog", "--people", "--endpoint", "http://127.0.0.1:9", expect=64)
        self.assertIn("the people of the embedded emulator only", outcome.err)
        self.run_syncwright("catalog", "--people", "--app", "x", expect=64)


class Cycles(harness.Scenario):
    def setUp(self):
        super().setUp()
        self.environment["TOKEN"] = "any"
        self.write("syncwright.yaml", project())
        self.write("manifests/app.yaml", application("app", "App", state="started", more=started(
            more="  assignments: {members: [{group: Night}]}\n")))

    def later(self):
        """The log after one more cycle, oldest first."""
        with edited_state(self) as memory:
            for job in memory["jobs"]:
                job["nextCycle"] -= INTERVAL
        self.emulated("status")
        entries = self.emulated("logs", "--app", "app", "--format", "json").json()["entries"]
        return sorted((entry["action"], entry["status"], entry["source"]) for entry in entries)

    def test_who_comes_and_goes_is_provisioned_and_disabled(self):
        with portal(self) as server:
            eve = server.graph("POST", "/users", person("eve"))
            server.graph("POST", "/groups", {
                "displayName": "Night", "mailEnabled": False, "mailNickname": "night", "securityEnabled": True,
                "members@odata.bind": [f"{server.url}/v1.0/users/{eve['id']}"]})
        self.emulated("apply", "--auto-approve")
        self.assert_nothing_to_do("--emulator")
        self.assertIn(("create", "success", "Eve"), self.later())
        with portal(self) as server:
            group = server.graph("GET", "/groups?$filter=displayName eq 'Night'")["value"][0]
            finn = server.graph("POST", "/users", person("finn"))
            server.graph("POST", f"/groups/{group['id']}/members/$ref",
                         {"@odata.id": f"{server.url}/v1.0/directoryObjects/{finn['id']}"})
            server.graph("DELETE", f"/groups/{group['id']}/members/{eve['id']}/$ref")
        after = self.later()
        self.assertIn(("create", "success", "Finn"), after)
        self.assertTrue({("disable", "success", "Eve"), ("delete", "success", "Eve")} & set(after), after)
        self.assertNotIn(b"hunter2", (self.folder / STATE).read_bytes())
        with portal(self) as server:
            with self.assertRaises(urllib.error.HTTPError) as refused:
                server.graph("POST", "/users", person("finn"))
            self.assertEqual(refused.exception.code, 400)
            refused.exception.close()


if __name__ == "__main__":
    harness.main()
