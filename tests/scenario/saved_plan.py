#!/usr/bin/env python3
"""A reviewed plan file: what it holds, and when it is refused."""
import json
import xml.etree.ElementTree

from support import harness
from support.manifests import application, started
from support.tenant import LiveApplication, portal


class SavedPlan(harness.Scenario):
    def setUp(self):
        super().setUp()
        self.use_quickstart()

    def test_plan_show_apply(self):
        planned = self.emulated("plan", "--out", "plan.json").out
        shown = self.run_syncwright("show", "plan.json").out
        self.assertEqual(shown, planned)
        self.emulated("apply", "--plan", "plan.json")
        self.assert_nothing_to_do("--emulator")

    def test_the_places_that_were_planned_are_told(self):
        places = {}
        for name, command in (("plan", ("plan", "--out", "plan.json")), ("apply", ("apply", "--plan", "plan.json"))):
            self.emulated(*command, "--report", f"junit={name}.xml")
            cases = xml.etree.ElementTree.parse(self.folder / f"{name}.xml").iter("testcase")
            places[name] = {(case.get("name"), case.get("file"), case.get("line")) for case in cases}
        self.assertEqual(places["apply"], places["plan"])
        self.assertNotIn(None, {line for _, _, line in places["plan"]})

    def test_equal_input_gives_equal_plans_but_for_the_time(self):
        first = self.emulated("plan", "--format", "json").json()
        second = self.emulated("plan", "--format", "json").json()
        self.assertNotEqual(first.pop("createdAt"), "")
        second.pop("createdAt")
        self.assertEqual(json.dumps(first), json.dumps(second))

    def test_a_plan_file_suffices_without_manifests(self):
        self.emulated("plan", "--out", "plan.json")
        secrets = self.folder / "secrets"
        for name in ("aws.yaml", "salesforce.yaml", "syncwright.yaml"):
            (self.folder / name).unlink()
        self.assertTrue(secrets.exists())
        self.emulated("apply", "--plan", "plan.json")

    def test_a_path_says_where_the_manifests_are(self):
        self.emulated("plan", "--out", "plan.json")
        self.emulated("apply", "--plan", "plan.json", ".")
        self.assert_nothing_to_do("--emulator")

    def test_changed_manifests_make_it_stale(self):
        self.emulated("plan", "--out", "plan.json")
        self.edit("salesforce.yaml", "displayName: Salesforce Contoso", "displayName: Salesforce Fabrikam")
        outcome = self.emulated("apply", "--plan", "plan.json", expect=4)
        self.assertIn("manifests changed", outcome.err)

    def test_a_changed_tenant_makes_it_stale_before_the_first_write(self):
        self.emulated("apply", "--auto-approve")
        self.edit("salesforce.yaml", "[extensionAttribute10]", "[extensionAttribute9]")
        self.edit("salesforce.yaml", "displayName: Salesforce Contoso", "displayName: Salesforce Fabrikam")
        self.emulated("plan", "--out", "plan.json")
        server = self.serve(state=".syncwright/emulator.db")
        sp = server.service_principal("Salesforce Contoso")
        server.graph("PATCH", f"/servicePrincipals/{sp['id']}", {"displayName": "Renamed by hand"})
        server.clear_requests()
        outcome = server.run("apply", "--plan", "plan.json", expect=4)
        self.assertIn("salesforce-contoso/update", outcome.err)
        self.assertEqual([request for request in server.requests()
                          if request[0] not in ("GET",) and not request[1].endswith("/token")], [])

    def test_a_risk_that_came_up_since_the_review_makes_it_stale(self):
        self.environment["TOKEN"] = "any"

        def manifest(scope):
            self.write("only/app.yaml", application("app", "App", more=started(more=f"  scope: {scope}\n")))
        manifest("all")
        self.emulated("apply", "--auto-approve", "only")
        manifest("assigned")
        plan = self.emulated("plan", "--out", "plan.json", "--format", "json", "only").json()
        self.assertEqual({change["risk"] for change in plan["changes"]}, {None})
        with portal(self) as server:
            app = LiveApplication(server, "App")
            app.job_call("POST", "/start")
            self.assertEqual(app.job_call("GET")["status"]["code"], "Active")
            app.job_call("POST", "/pause")
        self.assertIn("app/credentials", self.emulated("apply", "--plan", "plan.json", "only", expect=4).err)
        self.emulated("plan", "--out", "plan.json", "only")
        self.emulated("apply", "--plan", "plan.json", "only")

    def edited(self, edit):
        """The saved plan after `edit`, under another name."""
        document = json.loads(self.read("plan.json"))
        edit(document)
        self.write("edited.json", json.dumps(document))
        return "edited.json"

    def change(self, document, kind):
        return next(change for change in document["changes"] if change["type"] == kind)

    def test_a_head_or_summary_that_was_edited_contradicts_the_file(self):
        self.emulated("plan", "--out", "plan.json")
        for key, value in (("project", "other"), ("environment", "prod"), ("complete", False),
                           ("summary", {"create": 0, "update": 0, "delete": 0, "unchanged": 0, "orphaned": 0,
                                        "changes": 0, "blocked": 0, "held": 0}),
                           ("orphans", [{"application": "a", "servicePrincipalId": "b", "displayName": "c"}])):
            with self.subTest(key):
                path = self.edited(lambda document: document.update({key: value}))
                self.assertIn("the plan file was changed", self.run_syncwright("show", path, expect=65).err)
                self.emulated("apply", "--plan", path, expect=65)
        path = self.edited(lambda document: document.update({"tenantId": ""}))
        self.assertIn("which tenant", " ".join(self.emulated("apply", "--plan", path, expect=65).err.split()))
        self.assertEqual(self.emulated("plan", "--format", "json").json()["summary"],
                         json.loads(self.read("plan.json"))["summary"])

    def test_what_was_edited_in_a_change_is_not_what_a_plan_says_now(self):
        self.emulated("apply", "--auto-approve")
        self.edit("salesforce.yaml", "[extensionAttribute10]", "[extensionAttribute9]")
        self.emulated("plan", "--out", "plan.json")
        schema = "salesforce-contoso/jobs/default/schema"

        def empty(document):
            self.change(document, "schema.put").update({"fields": [], "basis": None})

        def reworded(document):
            self.change(document, "schema.put")["fields"][0]["after"] = {"expression": "[mail]"}

        def explained(document):
            self.change(document, "schema.put")["reason"] = "nothing to see here"

        def provisional(document):
            self.change(document, "schema.put").update({"provisional": True, "basis": None})

        def left_out(document):
            document["changes"].clear()
            document["summary"].update({"update": 0, "unchanged": document["summary"]["unchanged"] + 1, "changes": 0})
        for edit in (empty, reworded, explained, provisional, left_out):
            with self.subTest(edit.__name__):
                path = self.edited(edit)
                self.run_syncwright("show", path)
                said = " ".join(self.emulated("apply", "--plan", path, expect=4).err.split())
                self.assertIn(f"stale: {schema}: ", said)
        path = self.edited(lambda document: self.change(document, "schema.put").update({"fields": []}))
        self.emulated("apply", "--plan", path, expect=65)
        self.emulated("apply", "--plan", "plan.json")
        self.assert_nothing_to_do("--emulator")

    def test_a_place_that_was_edited_is_no_plan_of_ours(self):
        self.emulated("plan", "--out", "plan.json")

        def elsewhere(document):
            self.change(document, "job.create")["origin"]["file"] = "reviewed-by-security.yaml"

        def nowhere(document):
            self.change(document, "job.create")["origin"] = None

        def unsigned(document):
            del document["digest"]
        for edit in (elsewhere, nowhere, unsigned):
            with self.subTest(edit.__name__):
                path = self.edited(edit)
                self.assertIn("was edited", self.run_syncwright("show", path).err)
                self.assertIn("the plan file was edited", self.emulated("apply", "--plan", path, expect=65).err)
        # Another layout of the same document is no edit.
        self.emulated("apply", "--plan", self.edited(lambda document: None))

    def test_a_plan_file_that_was_tampered_with_is_refused(self):
        self.emulated("plan", "--out", "plan.json")
        document = json.loads(self.read("plan.json"))
        document["desired"]["applications"][0]["displayName"] = "Something else"
        self.write("plan.json", json.dumps(document))
        self.run_syncwright("show", "plan.json", expect=65)
        for text in ("", "{}", "[]", "null", "{\"formatVersion\": 99}", "[" * 100_000):
            self.write("plan.json", text)
            self.emulated("apply", "--plan", "plan.json", expect=65)
        self.emulated("apply", "--plan", "missing.json", expect=65)


if __name__ == "__main__":
    harness.main()
