#!/usr/bin/env python3
"""The story of the demo: from an empty tenant to running jobs, an edit behind our back, the repair."""
from support import harness


class Quickstart(harness.Scenario):
    def setUp(self):
        super().setUp()
        self.use_quickstart()

    def assign_sales(self, server):
        sp = server.service_principal("Salesforce Contoso")
        group = server.graph("GET", "/groups?$filter=displayName eq 'Sales'")["value"][0]
        role = next(role for role in sp["appRoles"] if role["displayName"] == "User")
        server.graph("POST", f"/servicePrincipals/{sp['id']}/appRoleAssignedTo",
                     {"principalId": group["id"], "resourceId": sp["id"], "appRoleId": role["id"]})
        return sp, group

    def test_the_whole_story_on_the_embedded_emulator(self):
        self.run_syncwright("validate")
        plan = self.emulated("plan", "--format", "json").json()
        self.assertEqual([(change["type"], change["application"]) for change in plan["changes"]], [
            ("application.instantiate", "aws-contoso"),
            ("job.create", "aws-contoso"),
            ("credentials.validate", "aws-contoso"),
            ("credentials.save", "aws-contoso"),
            ("job.start", "aws-contoso"),
            ("application.instantiate", "salesforce-contoso"),
            ("job.create", "salesforce-contoso"),
            ("credentials.validate", "salesforce-contoso"),
            ("credentials.save", "salesforce-contoso"),
            ("schema.put", "salesforce-contoso"),
            ("job.start", "salesforce-contoso"),
        ])
        self.assertEqual(plan["summary"], {"create": 2, "update": 0, "delete": 0, "unchanged": 0,
                                           "orphaned": 0, "changes": 11, "blocked": 0, "held": 0})
        self.emulated("plan", "--detailed-exitcode", expect=2)
        self.emulated("apply", "--auto-approve")
        self.assert_nothing_to_do("--emulator")
        self.emulated("drift")

        server = self.serve(state=".syncwright/emulator.db")
        _, group = self.assign_sales(server)
        members = [server.graph("GET", f"/users/{member['id']}?$select=displayName,accountEnabled")
                   for member in server.graph("GET", f"/groups/{group['id']}/members")["value"]]
        server.stop()
        self.emulated("job", "restart", "--app", "salesforce-contoso")

        jobs = {job["application"]: job for job in self.emulated("status", "--format", "json").json()["jobs"]}
        self.assertEqual({name: (job["state"], job["code"]) for name, job in jobs.items()},
                         {"aws-contoso": ("started", "Active"), "salesforce-contoso": ("started", "Active")})
        self.assertEqual(jobs["salesforce-contoso"]["cycle"]["state"], "Succeeded")

        entries = self.emulated("logs", "--app", "salesforce-contoso", "--format", "json").json()["entries"]
        created = [entry for entry in entries if (entry["action"], entry["status"]) == ("create", "success")]
        # The group itself and its members, but for those who are disabled (docs/graph.md#8.1).
        expected = ["Sales"] + [member["displayName"] for member in members if member["accountEnabled"]]
        self.assertGreater(len(expected), 5)
        self.assertLess(len(expected), len(members) + 1)
        self.assertEqual(sorted(entry["source"] for entry in created), sorted(expected))
        self.assertTrue(any(modified["attribute"] == "officeCode" for entry in created
                            for modified in entry["modified"]), created)
        self.assert_nothing_to_do("--emulator")

    def test_an_edit_behind_our_back_is_named_and_repaired(self):
        self.emulated("apply", "--auto-approve")
        server = self.serve(state=".syncwright/emulator.db")
        sp = server.service_principal("Salesforce Contoso")
        job = server.graph("GET", f"/servicePrincipals/{sp['id']}/synchronization/jobs")["value"][0]
        path = f"/servicePrincipals/{sp['id']}/synchronization/jobs/{job['id']}/schema"
        schema = server.graph("GET", path)
        for rule in schema["synchronizationRules"]:
            for mapping in rule["objectMappings"]:
                for attribute in mapping["attributeMappings"]:
                    if attribute["targetAttributeName"] == "officeCode":
                        attribute["source"] = {"type": "Attribute", "name": "extensionAttribute7",
                                               "expression": "[extensionAttribute7]", "parameters": []}
        server.graph("PUT", path, schema)
        server.stop()

        drift = self.emulated("drift", "--format", "json", expect=2).json()
        self.assertEqual([(change["type"], change["fields"]) for change in drift["changes"]], [
            ("schema.put", [{"path": "USER_OUTBOUND_USER/User->User/officeCode",
                             "before": {"expression": "[extensionAttribute7]"},
                             "after": {"expression": "[extensionAttribute10]"}}])])
        text = self.emulated("drift", expect=2).out
        self.assertIn("officeCode", text)
        self.assertIn("[extensionAttribute7]", text)
        self.emulated("apply", "--auto-approve")
        self.emulated("drift")
        self.assert_nothing_to_do("--emulator")

    def test_a_slow_eventually_consistent_tenant(self):
        server = self.serve("--latency", 50, "--replication-delay", 3000)
        server.run("apply", "--auto-approve")
        # At once: lists still lag, so the applications are found by key.
        self.assertEqual(server.run("plan", "--detailed-exitcode", expect=None).code, 0)
        applications = server.graph("GET", "/applications?$filter=startswith(displayName,'syncwright:')")
        self.assertEqual(applications["value"], [])

    def test_apply_asks_on_a_terminal_only(self):
        outcome = self.emulated("apply", expect=64)
        self.assertIn("--auto-approve", outcome.err)
        self.assertFalse((self.folder / ".syncwright/emulator.db").exists())


if __name__ == "__main__":
    harness.main()
