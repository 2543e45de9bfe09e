#!/usr/bin/env python3
"""An application that Terraform's azuread provider made comes under management: what docs/from-terraform.md promises.

The provider's side is its requests (tests/conformance/terraform_replay.py has them in full): what it sends when it creates, and
what it reads when it plans.
"""
from support import harness
from support.tenant import LiveApplication, instantiate

GALLERY = "Azure Databricks SCIM Provisioning Connector"
SENT = [{"key": "BaseAddress", "value": "https://dbx.example/scim"}, {"key": "SecretToken", "value": "token-0"}]
MANIFEST = "manifests/databricks-contoso.yaml"
CREDENTIALS = """\
  credentials:
    revision: "1"
    values:
      BaseAddress: https://dbx.example/scim
      SecretToken: {env: TOKEN}
"""
MAPPING = """\
      schema:
        mappings:
          - object: User
            attributes:
              displayName: "[mailNickname]"
"""


class FromTerraform(harness.Scenario):
    def setUp(self):
        super().setUp()
        self.server = self.serve()
        self.made = instantiate(self.server, "Databricks Contoso", gallery=GALLERY)
        self.principal = f"/servicePrincipals/{self.made['servicePrincipal']['id']}"
        self.synchronization = self.principal + "/synchronization"
        self.server.graph("PUT", self.synchronization + "/secrets", {"value": SENT})
        job = self.server.graph("POST", self.synchronization + "/jobs", {"templateId": "dataBricks"})
        self.job = f"{self.synchronization}/jobs/{job['id']}"
        self.server.graph("POST", self.job + "/start")

    def refreshed(self):
        """What the provider compares with its state: of the application, the secrets in their order, the job."""
        application = self.server.graph("GET", f"/applications/{self.made['application']['id']}")
        secrets = self.server.graph("GET", self.synchronization + "/secrets")["value"]
        job = self.server.graph("GET", self.job)
        return application["displayName"], secrets, (job["id"], job["templateId"], job["schedule"])

    def adopt(self):
        self.server.run("export", "--out", "manifests", "--project", "contoso")
        plan = self.server.run("plan", "--format", "json").json()
        self.assertEqual([change["type"] for change in plan["changes"]], ["application.adopt"])
        self.server.run("apply", "--auto-approve")
        self.server.run("plan", "--detailed-exitcode")

    def apply_with(self, old, new):
        self.edit(MANIFEST, old, new)
        self.server.run("apply", "--auto-approve", "--allow-expose", "1", environment={"TOKEN": "token-1"})
        self.server.run("plan", "--detailed-exitcode")

    def tags(self):
        return self.server.graph("GET", self.principal)["tags"]

    def test_adopting_changes_nothing_that_the_state_knows(self):
        before = self.refreshed()
        self.adopt()
        self.assertEqual(self.refreshed(), before)

    def test_mappings_can_be_managed_while_the_settings_are_terraforms(self):
        before = self.refreshed()
        self.adopt()
        self.apply_with("      state: started\n", "      state: started\n" + MAPPING)
        self.assertEqual(self.refreshed(), before)

    def test_a_setting_is_a_key_that_the_provider_did_not_send(self):
        self.adopt()
        self.apply_with("  jobs:\n", CREDENTIALS + "  notifications: {enabled: true, recipient: idm@contoso.example}\n  jobs:\n")
        keys = [pair["key"] for pair in self.refreshed()[1]]
        self.assertGreater(len(keys), len(SENT))  # it waits until the two numbers are equal
        self.assertIn("SyncNotificationSettings", keys)

    def test_tags_that_terraform_wiped_are_put_back_and_the_job_goes_on(self):
        own = self.tags()
        self.adopt()
        ours = self.tags()
        job = self.refreshed()[2]
        self.server.graph("PATCH", self.principal, {"tags": own})
        plan = self.server.run("plan").out
        self.assertIn("its ownership tags were removed", plan)
        self.server.run("apply", "--auto-approve")
        # Nobody knows any more whether it was protected (docs/ownership.md).
        self.assertEqual(sorted(self.tags()), sorted([*ours, "syncwright-protected"]))
        self.assertEqual(self.refreshed()[2], job)

    def test_tags_of_terraforms_stay(self):
        self.server.graph("PATCH", self.principal, {"tags": [*self.tags(), "terraform", "HideApp"]})
        before = self.tags()
        self.adopt()
        self.assertEqual([tag for tag in self.tags() if not tag.startswith("syncwright")], before)
        self.assertEqual(len(LiveApplication(self.server, "Databricks Contoso").own_tags), 3)


if __name__ == "__main__":
    harness.main()
