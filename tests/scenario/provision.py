#!/usr/bin/env python3
"""syncwright provision: one object on demand, its steps, and verdicts that come inside a 200."""
import json

from support import harness
from support.proxy import Answer, Proxy

JSON_TYPE = {"Content-Type": "application/json", "request-id": "req-7"}


ADA = "CN=Ada,OU=HR,DC=contoso,DC=com"
# A job that reads Active Directory: its objects have the names and the ids of that directory.
FROM_AD = {
    "id": "ad", "synchronizationRules": [
        {"id": "rule-1", "name": "FromAd", "sourceDirectoryName": "Active Directory",
         "targetDirectoryName": "Microsoft Entra ID", "objectMappings": [
             {"sourceObjectName": source, "targetObjectName": target, "enabled": True, "attributeMappings": []}
             for source, target in (("user", "User"), ("inetOrgPerson", "User"), ("group", "Group"), ("", "Change"))]}],
    "directories": [{"id": "d1", "name": "Active Directory", "objects": []},
                    {"id": "66e4a8cc-1b7b-435e-95f8-f06cea133828", "name": "Microsoft Entra ID", "objects": []}]}


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

    def provision(self, *arguments, **options):
        return self.server.run("provision", "--app", "salesforce-contoso", *arguments, **options)

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
        text = self.provision("--user", user["id"], "--allow-skipped").out  # it is in line already
        self.assertIn(f"User {user['id']} → salesforce-contoso", text)
        self.assertIn(f"User {user['id']} was skipped: RedundantExport: nothing is written: nothing changed",
                      " ".join(text.split()))
        posts = [path for method, path in self.server.requests() if method == "POST"]
        self.assertEqual(len([path for path in posts if path.endswith("/provisionOnDemand")]), 2)

    def test_who_is_not_assigned_is_skipped_and_that_is_exit_1(self):
        name = self.users[1]["userPrincipalName"]
        outcome = self.provision("--user", name, expect=1)
        reason = "nothing is written: not assigned to the application"
        self.assertIn(f"User {name} was skipped: NotEffectivelyEntitled: {reason}", " ".join(outcome.out.split()))
        self.assertIn("--allow-skipped", outcome.err)
        allowed = self.provision("--user", name, "--allow-skipped")
        self.assertEqual(allowed.out, outcome.out)
        self.assertNotIn("--allow-skipped", allowed.err)
        report = self.provision("--user", name, "--format", "json", expect=1).json()
        self.assertEqual((report["result"], report["errorCode"], report["errorMessage"]),
                         ("skipped", "NotEffectivelyEntitled", reason))

    def test_what_cannot_be_found(self):
        self.assertIn("there is no user `nobody@contoso.com`",
                      self.provision("--user", "nobody@contoso.com", expect=1).err)
        self.assertIn("did you mean", self.server.run("provision", "--app", "salesforce-contosso", "--user",
                                                      "x", expect=65).err)
        self.assertIn("has no job `other`", self.provision("--user", "x", "--job", "other", expect=65).err)
        self.assertIn("--rule takes one of", self.provision("--user", self.users[0]["id"], "--rule", "NONE",
                                                            expect=65).err)

        self.assertIn("takes one of: Group, Organization, Profile, User",
                      self.provision("--object", "Users", "--id", "x", expect=65).err)
        said = self.provision("--group", "Sales", expect=65).err
        self.assertIn("`Sales` is no object id, and rule USER_OUTBOUND_USER reads from", said)
        self.assertIn("a distinguished name is for sources such as Active Directory", said)

    def through(self, answer, *named, schema=None):
        def weather(method, path, headers):
            if schema and (method, path.endswith("/schema")) == ("GET", True):
                return Answer(200, json.dumps(schema).encode(), JSON_TYPE)
            return answer if path.endswith("/provisionOnDemand") else None
        self.proxy = Proxy(self, self.server.url, weather)
        return self.run_syncwright("provision", "--app", "salesforce-contoso",
                                   *(named or ("--user", self.users[0]["id"])),
                                   environment={**self.server.environment, **self.proxy.environment}, expect=None)

    def subject(self):
        """What the last on-demand call asked for."""
        bodies = [json.loads(body) for _, path, body in self.proxy.bodies if path.endswith("/provisionOnDemand")]
        parameter, = bodies[-1]["parameters"]
        return parameter

    def test_objects_have_the_names_and_ids_of_the_jobs_source(self):
        good = on_demand_answer({"result": "Success", "details": {}}, {})
        outcome = self.through(good, "--object", "user", "--id", ADA, schema=FROM_AD)
        self.assertEqual((outcome.code, outcome.out), (0, f"user {ADA} → salesforce-contoso, rule FromAd\n\n"
                                                          f"user {ADA} is provisioned.\n"))
        self.assertEqual(self.subject(), {"ruleId": "rule-1",
                                          "subjects": [{"objectId": ADA, "objectTypeName": "user"}]})
        outcome = self.through(good, "--object", "group", "--id", "CN=All", "--member", ADA, schema=FROM_AD)
        self.assertEqual(outcome.code, 0)
        self.assertEqual(self.subject()["subjects"], [{"objectId": "CN=All", "objectTypeName": "group", "links": {
            "members": [{"objectId": ADA, "objectTypeName": "user"}]}}])

    def test_a_name_that_the_schema_has_not_is_answered_with_those_that_it_has(self):
        for named in (("--user", "ada@contoso.com"), ("--object", "usr", "--id", ADA)):
            outcome = self.through(None, *named, schema=FROM_AD)
            self.assertEqual(outcome.code, 65)
            kind = "User" if named[0] == "--user" else "usr"
            self.assertIn(f"no rule of the job's schema maps an object named `{kind}`\n  did you mean `user`? "
                          "--object NAME --id ID-OR-DN takes one of: group, inetOrgPerson, user\n", outcome.err)
        self.assertEqual(self.proxy.count("POST"), 1)  # the token

    def test_a_skipped_verdict_says_what_its_key_says(self):
        details = {"errorCode": "NotInScope", "errorMessage": "outside of the\u001b[2J unit"}
        skipped = on_demand_answer({"result": "Skipped", "details": details}, {})
        outcome = self.through(skipped, "--object", "user", "--id", ADA, schema=FROM_AD)
        self.assertEqual((outcome.code, outcome.out), (
            1, f"user {ADA} → salesforce-contoso, rule FromAd\n\n"
               f"user {ADA} was skipped: NotInScope: outside of the [2J unit\n"))
        silent = on_demand_answer({"result": "Skipped", "details": {}}, {})
        outcome = self.through(silent, "--object", "user", "--id", ADA, "--allow-skipped", schema=FROM_AD)
        self.assertEqual((outcome.code, outcome.out.splitlines()[-1]),
                         (0, f"user {ADA} was skipped: the service does not say why."))

    def test_the_documented_answer_is_a_whole_object(self):
        status = {"status": "Success", "errorCode": None, "reason": None, "additionalDetails": None,
                  "errorCategory": None, "recommendedAction": None}
        identity = {"id": "1", "type": "User", "displayName": None, "details": None}
        system = {"id": None, "name": "customappsso", "details": None}
        step = {"name": "EntryExportUpdate", "type": "Export", "status": "Success", "description": "Updated",
                "timestamp": "2026-04-21T18:40:09.5184649Z", "details": {}}
        whole = {"action": "Update", "changeId": "2", "startTime": "2026-04-21T18:40:07.8309453Z",
                 "endTime": "2026-04-21T18:40:09.5496702Z", "reportableIdentifier": ADA, "statusInfo": status,
                 "sourceIdentity": identity, "targetIdentity": identity, "sourceSystem": system,
                 "targetSystem": system, "provisioningSteps": [step],
                 "modifiedProperties": [{"displayName": "City", "newValue": "Lund"}]}
        outcome = self.through(on_demand_answer({"result": "Success", "details": {}}, whole),
                               "--object", "user", "--id", ADA, schema=FROM_AD)
        self.assertEqual(outcome.code, 0)
        lines = [" ".join(line.split()) for line in outcome.out.splitlines()]
        self.assertIn("EntryExportUpdate success Updated", lines)
        self.assertTrue(any("City" in line and "Lund" in line for line in lines), outcome.out)
        self.assertEqual(lines[-1], f"user {ADA} is provisioned.")

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
                                      "--emulator=emulator.db", "--allow-skipped")
        self.assertIn("skipped", outcome.out)

    def test_from_elsewhere_the_project_is_a_path(self):
        elsewhere = self.folder / "elsewhere"
        elsewhere.mkdir()
        self.provision("--user", self.users[1]["id"], "--allow-skipped", "..", cwd=elsewhere)


if __name__ == "__main__":
    harness.main()
