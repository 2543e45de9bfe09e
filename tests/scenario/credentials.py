#!/usr/bin/env python3
"""Credentials: by reference, tried before they are saved, saved again only when there is a reason to."""
import json

from support import harness
from support.manifests import application, project
from support.proxy import Proxy
from support.tenant import LiveApplication, edited_state, portal

ADDRESS = "BaseAddress: 'https://scim.example.com/'"


class Credentials(harness.Scenario):
    def manifest(self, values="SecretToken: {env: TOKEN}", more="", name="app", gallery="Dropbox", state="started"):
        self.write(f"manifests/{name}.yaml", application(
            name, name.capitalize(), gallery, state,
            f"  credentials: {{{more}values: {{{ADDRESS}, {values}}}}}\n"))

    def apply(self, expect=0, **environment):
        return self.emulated("apply", "--auto-approve", expect=expect, environment=environment)

    def saved(self, name="App"):
        """What the tenant really holds, masked keys too."""
        with portal(self) as server:
            principal = LiveApplication(server, name).principal["id"]
        with edited_state(self) as memory:
            return {pair["key"]: pair["value"] for pair in memory["secrets"].get(principal, {"pairs": []})["pairs"]}

    def tags(self, name="App"):
        with portal(self) as server:
            return LiveApplication(server, name).own_tags

    def changes(self, *flags):
        plan = self.emulated("plan", "--format", "json", *flags).json()
        return [(change["type"], change["status"]) for change in plan["changes"]]

    def test_a_new_revision_saves_them_again_and_its_tag_says_so(self):
        self.manifest(more="revision: '2026-11', ")
        self.apply(TOKEN="one")
        self.assertIn("syncwright-credentials:2026-11", self.tags())
        self.assert_nothing_to_do("--emulator")
        self.assertEqual(self.apply(TOKEN="two").out.count("save settings"), 0)
        self.assertEqual(self.saved()["SecretToken"], "one")  # nobody can see that the value is another
        self.manifest(more="revision: '2026-12', ")
        self.assertIn("from \"2026-11\" to \"2026-12\"", self.emulated("plan").out)
        self.apply(TOKEN="two")
        self.assertEqual(self.saved()["SecretToken"], "two")
        self.assertEqual([tag for tag in self.tags() if "credentials" in tag], ["syncwright-credentials:2026-12"])
        self.assert_nothing_to_do("--emulator")

    def test_without_a_revision_presence_decides(self):
        self.manifest()
        self.apply(TOKEN="one")
        self.assert_nothing_to_do("--emulator")
        with portal(self) as server:
            LiveApplication(server, "App").put_secrets({"SecretToken": ""})
        self.assertIn("SecretToken is not set", self.emulated("plan").out)
        self.apply(TOKEN="two")
        self.assertEqual(self.saved()["SecretToken"], "two")
        self.assert_nothing_to_do("--emulator")

    def test_what_the_target_refuses_is_never_saved(self):
        self.manifest(more="revision: '1', ")
        self.apply(TOKEN="works")
        self.manifest(more="revision: '2', ")
        outcome = self.apply(expect=1, TOKEN="invalid")
        self.assertIn("validation failed", outcome.out)
        self.assertNotIn("in vain", outcome.out)
        self.assertIn("0 writes sent", outcome.out)
        self.assertEqual(self.saved()["SecretToken"], "works")
        self.assertIn("syncwright-credentials:1", self.tags())
        self.manifest(more="revision: '2', validate: false, ")
        self.assertEqual(self.changes(), [("credentials.save", "planned")])
        self.manifest(more="revision: '2', ")
        self.apply(TOKEN="works too")
        self.assert_nothing_to_do("--emulator")

    def test_refused_credentials_stop_a_new_application_before_its_job_starts(self):
        self.manifest()
        self.assertIn("start job default", self.apply(expect=5, TOKEN="invalid").out)
        self.assertEqual(self.saved(), {})
        with portal(self) as server:
            job, = LiveApplication(server, "App").jobs()
        self.assertEqual(job["schedule"]["state"], "Disabled")
        self.apply(TOKEN="works")
        self.assert_nothing_to_do("--emulator")

    def test_a_live_secret_without_a_reference_blocks_unless_it_is_left_to_the_tenant(self):
        self.manifest()
        self.apply(TOKEN="one")
        with portal(self) as server:
            LiveApplication(server, "App").put_secrets({"Oauth2ClientSecret": "theirs"})
        self.assert_nothing_to_do("--emulator")
        self.manifest(more="revision: '1', ")
        refusal = self.emulated("plan", "--format", "json").json()["changes"][0]["blocked"]
        self.assertEqual((refusal["code"], refusal["candidates"]), ("SW5012", ["Oauth2ClientSecret"]))
        said = self.apply(expect=3, TOKEN="two").err
        self.assertIn("Oauth2ClientSecret", said)
        self.assertIn("secretsPut: merge", said)
        self.assertEqual(self.saved()["SecretToken"], "one")

        self.write("syncwright.yaml", project("  guards: {secretsPut: merge}\n", name="default"))
        with portal(self) as server:
            proxy = Proxy(self, server.url)
            self.run_syncwright("apply", "--auto-approve", environment={**proxy.environment, "TOKEN": "two"})
        put, = [json.loads(body)["value"] for method, path, body in proxy.bodies if method == "PUT"]
        self.assertEqual({pair["key"]: pair["value"] for pair in put},
                         {"BaseAddress": "https://scim.example.com/", "SecretToken": "two"})
        self.assertFalse([path for _, path, _ in proxy.bodies if path.endswith("/validateCredentials")])
        self.assertEqual(self.saved()["Oauth2ClientSecret"], "theirs")
        self.assert_nothing_to_do("--emulator")

    def test_values_come_from_the_environment_from_files_and_from_commands(self):
        self.write("manifests/token.txt", "from a file\n")
        for reference, value in (("{env: TOKEN}", "from the environment"),
                                 ("{file: token.txt}", "from a file"),
                                 (f"{{file: '{self.write('elsewhere/token', 'anywhere')}'}}", "anywhere"),
                                 ("{command: [sh, -c, 'echo from $0; echo noise >&2', a command]}", "from a command")):
            with self.subTest(reference):
                self.manifest(f"SecretToken: {reference}", more=f"revision: '{len(value)}', ")
                outcome = self.apply(TOKEN="from the environment")
                self.assertNotIn(value, outcome.out + outcome.err)
                self.assertEqual(self.saved()["SecretToken"], value)
                self.assert_nothing_to_do("--emulator")

    def test_every_missing_value_is_named_before_the_first_write(self):
        self.manifest("SecretToken: {env: TOKEN}", name="one")
        self.manifest("SecretToken: {file: nowhere.txt}", name="two")
        self.manifest("SecretToken: {command: [sh, -c, 'echo hush >&2; exit 3']}", name="three")
        self.manifest("SecretToken: {command: [no-such-program]}", name="four")
        self.manifest("SecretToken: {env: GIVEN}", name="five")
        said = self.apply(expect=65, GIVEN="value").err
        for part in ("SecretToken of one: secret env TOKEN", "SecretToken of two", "nowhere.txt",
                     "SecretToken of three", "status 3", "SecretToken of four", "no-such-program",
                     "Nothing was written"):
            self.assertIn(part, said)
        self.assertNotIn("of five", said)
        self.assertNotIn("hush", said)
        self.assertFalse((self.folder / ".syncwright/emulator.db").exists())  # a tenant that nobody changed

    def test_only_what_the_plan_needs_is_resolved(self):
        self.manifest()
        self.apply(TOKEN="one")
        self.edit("manifests/app.yaml", "displayName: App", "displayName: App Contoso")
        self.apply()
        self.assert_nothing_to_do("--emulator")

    def test_a_secret_in_a_manifest_is_refused_and_not_repeated(self):
        for value, code in (("SecretToken: hush-hush", "SW2004"), ("SyncAll: 'true'", "SW2005"),
                            ("SyncNotificationSettings: '{}'", "SW2005"), ("SkipOutOfScopeDeletions: 'true'", "SW2005"),
                            ("secretToken: {env: TOKEN}", "SW2006")):
            with self.subTest(value):
                self.manifest(value)
                said = self.run_syncwright("validate", expect=65).err
                self.assertIn(code, said)
                self.assertNotIn("hush-hush", said)
                self.assertEqual(self.apply(expect=65).out, "")
        self.assertIn("did you mean `SecretToken`", said)

    def test_another_connector_has_other_keys(self):
        self.write("manifests/crm.yaml", application(
            "crm", "Crm", "Salesforce", "started",
            "  credentials:\n    values: {UserName: sync@contoso.com, Password: {env: PASSWORD}, "
            "SecretToken: {env: TOKEN}}\n"))
        self.apply(PASSWORD="p", TOKEN="t")
        self.assertEqual(self.saved("Crm"), {"UserName": "sync@contoso.com", "Password": "p", "SecretToken": "t"})
        self.edit("manifests/crm.yaml", "sync@", "robot@")
        plan = self.emulated("plan", "--format", "json").json()
        self.assertEqual([(field["path"], field["before"], field["after"])
                          for field in plan["changes"][-1]["fields"]],
                         [("credentials.UserName", "sync@contoso.com", "robot@contoso.com"),
                          *[("credentials." + key, {"saved": True}, {"reference": "env " + name, "sentAgain": True})
                            for key, name in (("Password", "PASSWORD"), ("SecretToken", "TOKEN"))]])
        self.apply(PASSWORD="p", TOKEN="t")
        self.assert_nothing_to_do("--emulator")

    def test_a_clear_value_that_was_missing_ends_the_quarantine_as_well(self):
        self.environment["TOKEN"] = "works"

        def manifest(values):
            self.write("manifests/app.yaml", application(
                "app", "App", state="started",
                more=f"  credentials: {{validate: false, values: {{{values}SecretToken: {{env: TOKEN}}}}}}\n"))
        manifest("")
        self.apply()
        with portal(self) as server:
            self.assertEqual(LiveApplication(server, "App").job_call("GET")["status"]["code"], "Quarantine")
        manifest(ADDRESS + ", ")
        self.assertEqual(self.changes(), [("credentials.save", "planned"), ("job.restart", "planned")])
        self.apply()
        self.emulated("drift")

    def test_credentials_are_tried_through_any_job_that_is_there(self):
        self.manifest()
        self.apply(TOKEN="works")
        self.manifest(more="revision: '2', ")
        self.edit("manifests/app.yaml", "  jobs: {default: {state: started}}\n", "")
        self.assertEqual([kind for kind, _ in self.changes()], ["credentials.validate", "credentials.save"])
        self.assertIn("validation failed", self.apply(expect=1, TOKEN="invalid").out)
        self.apply(TOKEN="works")
        self.assert_nothing_to_do("--emulator")


if __name__ == "__main__":
    harness.main()
