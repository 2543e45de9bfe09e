#!/usr/bin/env python3
"""One set of manifests, several tenants: what is planned for one is not carried out in another."""
import json

from support import harness
from support.manifests import application, project

TENANT = "034a7209-e89f-449b-88ed-2e97639028e1"  # the emulator's
OTHER = "00000000-1111-2222-3333-444444444444"


class Environments(harness.Scenario):
    def setUp(self):
        super().setUp()
        self.write("syncwright.yaml", project(
            "  environments:\n"
            f"    test: {{tenant: {TENANT}, variables: {{suffix: Test}}}}\n"
            f"    prod: {{tenant: {TENANT}, variables: {{suffix: Prod}}}}\n"
            f"    elsewhere: {{tenant: {OTHER}, variables: {{suffix: Else}}}}\n"))
        self.write("manifests/app.yaml", application("app", "'Dropbox ${var.suffix}'"))

    def test_the_same_manifests_promote_from_one_environment_to_the_next(self):
        for name, suffix in (("test", "Test"), ("prod", "Prod")):
            first = self.emulated("plan", "-e", name).out.splitlines()[0]
            self.assertIn(name, first)
            self.assertIn(TENANT, first)
            self.emulated("apply", "--auto-approve", "-e", name)
            self.assert_nothing_to_do("--emulator", "-e", name, "--prune")
        server = self.serve(state=".syncwright/emulator.json")
        tags = {one["displayName"]: [tag for tag in one["tags"] if tag.startswith("syncwright:")]
                for one in server.graph("GET", "/servicePrincipals?$filter=tags/any(t:t eq 'x') or "
                                        "startswith(displayName,'Dropbox')")["value"]}
        self.assertEqual(tags, {"Dropbox Test": ["syncwright:contoso/test"],
                                "Dropbox Prod": ["syncwright:contoso/prod"]})

    def test_one_has_to_be_chosen(self):
        self.assertIn("SW2020", self.emulated("plan", expect=65).err)
        self.assertIn("SW2021", self.emulated("plan", "-e", "dev", expect=65).err)

    def test_a_token_of_another_tenant_is_refused_before_the_first_read(self):
        server = self.serve()
        server.clear_requests()
        for command in (["plan"], ["apply", "--auto-approve"], ["drift"], ["status"]):
            outcome = server.run(*command, "-e", "elsewhere", expect=3)
            self.assertIn(OTHER, outcome.err)
        self.assertEqual([path for method, path in server.requests() if method == "GET"], [])

    def test_a_plan_for_one_environment_is_not_applied_for_another(self):
        self.emulated("plan", "-e", "test", "--out", "plan.json")
        outcome = self.emulated("apply", "--plan", "plan.json", "-e", "prod", expect=3)
        self.assertIn("the plan is for environment test, -e names prod", outcome.err)
        self.emulated("apply", "--plan", "plan.json", "-e", "test")
        self.assert_nothing_to_do("--emulator", "-e", "test")

    def test_a_plan_says_itself_what_it_is_for(self):
        self.emulated("plan", "-e", "test", "--out", "plan.json")
        self.emulated("apply", "--plan", "plan.json")
        self.assert_nothing_to_do("--emulator", "-e", "test")

    def test_a_plan_for_another_tenant_is_refused(self):
        self.emulated("plan", "-e", "test", "--out", "plan.json")
        document = json.loads(self.read("plan.json"))
        document["tenantId"] = OTHER
        self.write("plan.json", json.dumps(document))
        outcome = self.emulated("apply", "--plan", "plan.json", "-e", "test", expect=3)
        self.assertIn(OTHER, outcome.err)

    def test_writers_of_the_environment_are_not_foreign(self):
        self.emulated("apply", "--auto-approve", "-e", "test")
        self.assertIsInstance(self.emulated("drift", "-e", "test", "--format", "json").json()["edits"], list)


if __name__ == "__main__":
    harness.main()
