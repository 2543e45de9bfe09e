#!/usr/bin/env python3
"""syncwright provision: one object on demand, its steps, and failures that come inside a 200."""
import json

from support import harness
from support.proxy import Answer, Proxy

JSON_TYPE = {"Content-Type": "application/json", "request-id": "req-7"}


def on_demand_answer(key, value):
    body = {"key": key if isinstance(key, str) else json.dumps(key), "value": json.dumps(value)}
    return Answer(200, json.dumps(body).encode(), JSON_TYPE)


class Provision(harness.Scenario):
    def setUp(self):
        super().setUp()
        self.use_quickstart()
        self.server = self.serve()
        self.server.run("apply", "--auto-approve")
        self.users = self.server.graph("GET", "/users?$top=2")["value"]

    def provision(self, *arguments, expect=0):
        return self.server.run("provision", "--app", "salesforce-contoso", *arguments, expect=expect)

    def assign(self, user):
        principal = self.server.service_principal("Salesforce Contoso")
        role = next(role["id"] for role in principal["appRoles"] if role["displayName"] == "User")
        self.server.graph("POST", f"/servicePrincipals/{principal['id']}/appRoleAssignedTo",
                          {"principalId": user["id"], "resourceId": principal["id"], "appRoleId": role})

    def test_a_user_by_name_and_by_id(self):
        user = self.users[0]
        self.assign(user)
        report = self.provision("--user", user["userPrincipalName"], "--format", "json").json()
        self.assertEqual((report["result"], report["objectId"]), ("success", user["id"]))
        self.assertEqual(report["object"], f"User {user['userPrincipalName']}")
        self.assertIn("Import", report["steps"][0]["name"])
        self.assertTrue(report["changes"])
        text = self.provision("--user", user["id"]).out
        self.assertIn(f"User {user['id']} → salesforce-contoso", text)
        posts = [path for method, path in self.server.requests() if method == "POST"]
        self.assertEqual(len([path for path in posts if path.endswith("/provisionOnDemand")]), 2)

    def test_who_is_not_assigned_is_skipped(self):
        outcome = self.provision("--user", self.users[1]["userPrincipalName"])
        self.assertIn("was skipped", outcome.out)

    def test_what_cannot_be_found(self):
        self.assertIn("there is no user `nobody@contoso.com`",
                      self.provision("--user", "nobody@contoso.com", expect=1).err)
        self.assertIn("did you mean", self.server.run("provision", "--app", "salesforce-contosso", "--user",
                                                      "x", expect=65).err)
        self.assertIn("has no job `other`", self.provision("--user", "x", "--job", "other", expect=65).err)
        self.assertIn("--rule takes one of", self.provision("--user", self.users[0]["id"], "--rule", "NONE",
                                                            expect=65).err)

    def through(self, answer):
        def weather(method, path, headers):
            return answer if path.endswith("/provisionOnDemand") else None
        proxy = Proxy(self, self.server.url, weather)
        return self.run_syncwright("provision", "--app", "salesforce-contoso", "--user", self.users[0]["id"],
                                   environment={**self.server.environment, **proxy.environment}, expect=None)

    def test_a_failure_inside_the_answer_is_exit_1(self):
        steps = [{"name": "EntryImport", "type": "Import", "status": "Success", "description": "Retrieved"},
                 {"name": "EntryExportAdd", "type": "Export", "status": "Failure",
                  "description": "The target\u001b[2J said no", "details": {"errorCode": "Busy"}}]
        outcome = self.through(on_demand_answer("Some.Namespace.StatusInfo", [{"provisioningSteps": steps}]))
        self.assertEqual(outcome.code, 1)
        self.assertEqual(outcome.out.splitlines()[1:], [
            "  EntryImport     success  Retrieved",
            "  EntryExportAdd  failure  The target [2J said no",
            "                           errorCode: Busy",
            "",
            f"User {self.users[0]['id']} could not be provisioned: The target [2J said no"])

    def test_an_answer_of_another_shape_is_no_success(self):
        outcome = self.through(on_demand_answer("Some.Namespace.StatusInfo", "nothing"))
        self.assertEqual(outcome.code, 1)
        self.assertIn("neither a result nor a step", outcome.err)
        self.assertEqual(outcome.out, "")

    def test_on_the_embedded_emulator(self):
        self.server.stop()
        outcome = self.run_syncwright("provision", "--app", "salesforce-contoso", "--user", self.users[1]["id"],
                                      "--emulator=emulator.json")
        self.assertIn("skipped", outcome.out)


if __name__ == "__main__":
    harness.main()
