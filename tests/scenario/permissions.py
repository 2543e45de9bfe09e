#!/usr/bin/env python3
"""What the token lacks is told feature by feature, before the first write."""
from support import harness
from support.manifests import application, started
from support.proxy import Answer, Proxy
from support.tenant import LiveApplication, only_roles

READ = ["Application.Read.All", "Synchronization.Read.All"]
APPLICATIONS = "Application.ReadWrite.OwnedBy or Application.ReadWrite.All (to create and change applications)"
PROVISIONING = "Synchronization.ReadWrite.All or Application.ReadWrite.OwnedBy (to change provisioning)"
ASSIGNMENTS = "AppRoleAssignment.ReadWrite.All (to assign users and groups)"


class Permissions(harness.Scenario):
    def setUp(self):
        super().setUp()
        self.environment["TOKEN"] = "any"
        self.server = self.serve()
        self.manifest()

    def manifest(self, display_name="App", more=""):
        self.write("manifests/app.yaml", application("app", display_name, state="started", more=started(more=more)))

    def run_as(self, roles, *arguments, expect):
        return self.server.run(*arguments, expect=expect, environment=only_roles(self.server, *roles))

    def assert_lacking(self, roles, *lacking):
        self.server.clear_requests()
        said = self.run_as(roles, "apply", "--auto-approve", expect=6).err
        self.assertIn("the token lacks " + "; ".join(lacking) + "\n", said)
        self.assertIn("nothing was written", said)
        self.assertEqual({method for method, _ in self.server.requests()}, {"GET"})

    def assert_settled(self):
        self.server.run("plan", "--detailed-exitcode")

    def test_a_new_application_needs_both_kinds_of_writing(self):
        self.run_as(READ, "plan", expect=0)
        self.assert_lacking(READ, APPLICATIONS, PROVISIONING)
        self.assert_lacking([*READ, "Application.ReadWrite.All"], PROVISIONING)
        self.assert_lacking([*READ, "Synchronization.ReadWrite.All"], APPLICATIONS)
        self.run_as([*READ, "Application.ReadWrite.OwnedBy"], "apply", "--auto-approve", expect=0)
        self.assert_settled()

    def test_only_what_the_plan_does_is_asked_for(self):
        self.server.run("apply", "--auto-approve")
        self.manifest("App Contoso")
        self.run_as([*READ, "Application.ReadWrite.All"], "apply", "--auto-approve", expect=0)
        self.run_as(READ, "apply", "--auto-approve", expect=0)  # nothing to do needs nothing
        self.assert_settled()

    def test_assignments_are_a_permission_of_their_own(self):
        self.server.run("apply", "--auto-approve")
        writing = [*READ, "Application.ReadWrite.All", "Synchronization.ReadWrite.All"]
        self.manifest(more="  assignments: {members: [{user: Ingrid Falk}, {group: Sales}]}\n")
        for roles, feature, permission in ((writing, "look up users", "User.Read.All"),
                                           ([*writing, "User.Read.All"], "look up groups", "GroupMember.Read.All")):
            said = self.run_as(roles, "apply", "--auto-approve", expect=6).err
            self.assertIn(f"to {feature}, grant the application permission {permission}", said)
        writing += ["User.Read.All", "GroupMember.Read.All"]
        self.assert_lacking(writing, ASSIGNMENTS)
        self.manifest()  # whoever describes none, needs none
        self.edit("manifests/app.yaml", "displayName: App", "displayName: App Contoso")
        self.run_as(writing, "apply", "--auto-approve", expect=0)
        self.manifest("App Contoso", more="  assignments: {members: [{user: Ingrid Falk}, {group: Sales}]}\n")
        self.run_as([*writing, "AppRoleAssignment.ReadWrite.All"], "apply", "--auto-approve", expect=0)
        self.assert_settled()

    def test_what_one_application_lacks_leaves_the_others_to_skip_blocked(self):
        self.manifest(more="  assignments: {members: [{user: Ingrid Falk}]}\n")
        self.write("manifests/other.yaml", application("other", "Other"))
        roles = [*READ, "Application.ReadWrite.OwnedBy"]
        plan = self.run_as(roles, "plan", "--format", "json", expect=0).json()
        self.assertEqual([(change["application"], change["status"]) for change in plan["changes"]],
                         [("app", "blocked"), ("other", "planned"), ("other", "planned")])
        self.assertIn("User.Read.All", plan["changes"][0]["blocked"]["message"] + plan["changes"][0]["blocked"]["advice"])
        self.run_as(roles, "plan", "--detailed-exitcode", expect=3)
        self.run_as(roles, "apply", "--auto-approve", expect=6)
        self.run_as(roles, "apply", "--auto-approve", "--skip-blocked", expect=5)
        self.run_as(roles, "plan", "--detailed-exitcode", "--only", "other", expect=0)
        self.run_as(roles, "plan", "--only", "app", expect=6)

    def test_a_token_that_cannot_read_stops_at_the_first_look(self):
        self.server.run("apply", "--auto-approve")
        for roles, feature in (([], "read applications"), (["Application.Read.All"], "read provisioning")):
            for command in (["plan"], ["drift"], ["apply", "--auto-approve"]):
                said = self.run_as(roles, *command, expect=6).err
                self.assertIn(f"to {feature}, grant the application permission", said)

    def test_an_operators_job_command_needs_provisioning_alone(self):
        self.server.run("apply", "--auto-approve")
        said = self.run_as(READ, "job", "pause", "--app", "app", expect=6).err
        self.assertIn("Synchronization.ReadWrite.All", said)
        self.run_as([*READ, "Synchronization.ReadWrite.All"], "job", "pause", "--app", "app", expect=0)
        self.assertEqual(LiveApplication(self.server, "App").job_call("GET")["schedule"]["state"], "Disabled")

    def test_the_advice_to_a_refused_restart_never_offers_what_the_token_has(self):
        self.server.run("apply", "--auto-approve")
        refused = Answer(401, b'{"error": {"code": "UnknownError", "message": ""}}', {"Content-Type": "application/json"})
        proxy = Proxy(self, self.server.url, lambda _, path, __: refused if path.endswith("/restart") else None)
        for roles, said in (
                (["Application.ReadWrite.OwnedBy"],
                 "Application.ReadWrite.OwnedBy, which the token has, is not enough here: to change provisioning, "
                 "grant the application permission Synchronization.ReadWrite.All with admin consent"),
                (["Synchronization.ReadWrite.All"],
                 "the token has Synchronization.ReadWrite.All already: granting more does not help")):
            environment = {**only_roles(self.server, *READ, *roles), "SYNCWRIGHT_ENDPOINT": proxy.url}
            outcome = self.server.run("job", "restart", "--app", "app", expect=6, environment=environment)
            self.assertIn(f"\n  {said}", outcome.err)

    def test_whoami_lists_the_features(self):
        said = self.run_as([*READ, "User.Read.All"], "whoami", expect=0).out
        self.assertRegex(said, r"(?m)^  ok       look up users$")
        self.assertRegex(said, r"(?m)^  lacking  look up groups                  needs GroupMember.Read.All or ")
        document = self.run_as(READ, "whoami", "--format", "json", expect=0).json()
        self.assertEqual({feature["feature"] for feature in document["features"] if feature["granted"]},
                         {"read applications", "read provisioning"})


if __name__ == "__main__":
    harness.main()
