#!/usr/bin/env python3
"""Scope, notifications and deletions are clear keys of the secrets collection, beside the credentials."""
import json
import os
import signal
import subprocess

from support import harness
from support.manifests import application, started
from support.proxy import Proxy
from support.tenant import LiveApplication, edited_state, portal, state_of

SECRET = "a-token-of-the-target"
TYPED = ("  scope: assigned\n"
         "  notifications: {enabled: true, recipient: idm@contoso.com}\n"
         "  deletions: {threshold: 50, skipOutOfScope: false}\n")
AGAIN = ({"saved": True}, {"reference": "env TOKEN", "sentAgain": True})


class Settings(harness.Scenario):
    def setUp(self):
        super().setUp()
        self.environment["TOKEN"] = SECRET
        self.manifest(TYPED)
        self.emulated("apply", "--auto-approve")

    def manifest(self, more="", credentials=True, state="started"):
        self.write("manifests/app.yaml", application(
            "app", "App", state=state, more=started(more=more) if credentials else more))

    def live(self):
        with portal(self) as server:
            return LiveApplication(server, "App").secrets()

    def somebody_saves(self, values):
        with portal(self) as server:
            LiveApplication(server, "App").put_secrets(values)

    def fields(self):
        plan = self.emulated("plan", "--format", "json").json()
        return {field["path"]: (field["before"], field["after"]) for change in plan["changes"]
                for field in change["fields"]}

    def assert_refused_without_a_write(self, code, *said):
        before = state_of(self)
        err = self.emulated("apply", "--auto-approve", expect=code).err
        for part in said:
            self.assertIn(part, err)
        self.assertEqual(state_of(self)["directoryAudits"], before["directoryAudits"])

    def test_they_are_saved_in_graphs_words_and_nothing_is_left_to_do(self):
        saved = self.live()
        settings = json.loads(saved.pop("SyncNotificationSettings"))
        self.assertEqual(saved, {"BaseAddress": "https://scim.example.com/", "SecretToken": "*", "SyncAll": "false",
                                 "SkipOutOfScopeDeletions": "False"})
        self.assertEqual(settings, {"Enabled": True, "Recipients": "idm@contoso.com", "DeleteThresholdEnabled": True,
                                    "DeleteThresholdValue": 50})
        self.assert_nothing_to_do("--emulator")

    def test_another_spelling_of_the_same_value_is_no_difference(self):
        self.manifest(TYPED.replace("assigned", "all").replace("skipOutOfScope: false", "skipOutOfScope: true"))
        self.emulated("apply", "--auto-approve", "--allow-expose", "1")
        for spelled in ({"SyncAll": "TRUE", "SkipOutOfScopeDeletions": "true"},
                        {"SyncNotificationSettings": '{ "DeleteThresholdValue" : 50, "Recipients": "idm@contoso.com",\n'
                                                     '  "DeleteThresholdEnabled": true, "Enabled": true }'},
                        {"SyncNotificationSettings": '{"Enabled":"True","Recipients":"idm@contoso.com",'
                                                     '"DeleteThresholdValue":"50"}'}):
            with self.subTest(spelled):
                self.somebody_saves(spelled)
                self.assert_nothing_to_do("--emulator")
        self.emulated("drift")

    def test_another_value_is_one_and_each_is_named(self):
        self.somebody_saves({"SyncAll": "TRUE", "SkipOutOfScopeDeletions": "TRUE",
                             "SyncNotificationSettings": '{"Enabled":false,"Recipients":"x@contoso.com",'
                                                         '"DeleteThresholdEnabled":false,"DeleteThresholdValue":50}'})
        self.assertEqual(self.fields(), {
            "scope": ("all", "assigned"), "deletions.skipOutOfScope": (True, False),
            "deletions.threshold": (None, 50), "notifications.enabled": (False, True),
            "notifications.recipient": ("x@contoso.com", "idm@contoso.com"), "credentials.SecretToken": AGAIN})
        self.emulated("apply", "--auto-approve", "--allow-deprovision", "1")
        self.assert_nothing_to_do("--emulator")

    def test_an_absent_scope_counts_as_assigned_and_a_missing_key_is_not_managed(self):
        self.somebody_saves({"SyncAll": "", "SkipOutOfScopeDeletions": "True"})
        self.manifest("  scope: assigned\n")
        self.assert_nothing_to_do("--emulator")

    def test_a_put_is_complete_and_never_carries_a_mask(self):
        self.somebody_saves({"Oauth2ClientId": "somebody's", "SyncNotificationSettings":
                             '{"Enabled":true,"HumanResourcesLookaheadQueryEnabled":true}'})
        self.manifest("  deletions: {threshold: 60}\n")
        with portal(self) as server:
            proxy = Proxy(self, server.url)
            self.run_syncwright("apply", "--auto-approve", environment=proxy.environment)
        puts = [body for method, path, body in proxy.bodies if method == "PUT" and path.endswith("/secrets")]
        self.assertEqual(len(puts), 1)
        sent = {pair["key"]: pair["value"] for pair in json.loads(puts[0])["value"]}
        settings = json.loads(sent.pop("SyncNotificationSettings"))
        self.assertEqual(sent, {"BaseAddress": "https://scim.example.com/", "SecretToken": SECRET,
                                "SyncAll": "false", "SkipOutOfScopeDeletions": "False",
                                "Oauth2ClientId": "somebody's"})
        self.assertEqual(settings, {"Enabled": True, "HumanResourcesLookaheadQueryEnabled": True,
                                    "DeleteThresholdEnabled": True, "DeleteThresholdValue": 60})
        self.assertEqual(set(self.live()), {*sent, "SyncNotificationSettings"})
        self.assertFalse([body for _, _, body in proxy.bodies if b'"*"' in body])
        self.assert_nothing_to_do("--emulator")

    def test_a_plan_lists_every_key_that_it_sends(self):
        self.manifest("  scope: assigned\n  notifications: {enabled: true, recipient: new@contoso.com}\n")
        change, = [change for change in self.emulated("plan", "--format", "json").json()["changes"]
                   if change["type"] == "credentials.save"]
        sends = {sent["key"]: sent["how"] for sent in change["sends"]}
        self.assertEqual(sends, {"BaseAddress": "unchanged", "SecretToken": "again", "SyncAll": "unchanged",
                                 "SkipOutOfScopeDeletions": "unchanged", "SyncNotificationSettings": "changed"})
        text = self.emulated("plan").out
        self.assertIn("sent again from env TOKEN\n", text)
        self.assertIn("sent as well, unchanged: BaseAddress, SkipOutOfScopeDeletions, SyncAll\n", text)
        comment = self.emulated("plan", "--format", "markdown").out
        self.assertIn("+ credentials.SecretToken: sent again from env TOKEN\n", comment)
        self.assertIn("  sent as well, unchanged: BaseAddress, SkipOutOfScopeDeletions, SyncAll\n", comment)
        with portal(self) as server:
            proxy = Proxy(self, server.url)
            self.run_syncwright("apply", "--auto-approve", environment=proxy.environment)
        body, = [body for method, path, body in proxy.bodies if method == "PUT" and path.endswith("/secrets")]
        self.assertEqual({pair["key"] for pair in json.loads(body)["value"]}, set(sends))

    def test_a_setting_waits_for_the_secret_values_that_go_with_it(self):
        self.manifest(TYPED.replace("50", "60"))
        del self.environment["TOKEN"]
        self.assertEqual(self.fields(), {"deletions.threshold": (50, 60), "credentials.SecretToken": AGAIN})
        self.assert_refused_without_a_write(65, "SecretToken of app", "TOKEN", "saved together", "Nothing was written")
        self.manifest(TYPED.replace("50", "60"), credentials=False)
        self.assert_refused_without_a_write(3, "SW5012", "SecretToken", "credentials.values", "secretsPut: merge")
        self.manifest(TYPED, credentials=False)
        self.assert_nothing_to_do("--emulator")  # without a difference nobody asks

    def test_a_narrowed_scope_restarts_the_job_also_after_a_killed_run(self):
        self.manifest("  scope: all\n")
        self.emulated("apply", "--auto-approve", "--allow-expose", "1")
        self.manifest("  scope: assigned\n")
        plan = self.emulated("plan", "--format", "json").json()
        self.assertEqual([change["type"] for change in plan["changes"]],
                         ["credentials.validate", "credentials.save", "job.restart"])
        with portal(self) as server:
            self.apply_until(server, "/restart")
            live = LiveApplication(server, "App")
            self.assertEqual(live.secrets()["SyncAll"], "false")
            self.assertIn("syncwright-pending:restart", live.own_tags)
        plan = self.emulated("plan", "--format", "json").json()
        self.assertEqual([change["type"] for change in plan["changes"]], ["job.restart"])
        self.assertEqual(plan["changes"][0]["status"], "planned")
        self.emulated("apply", "--auto-approve")
        self.assert_nothing_to_do("--emulator")
        with portal(self) as server:
            self.assertNotIn("syncwright-pending:restart", LiveApplication(server, "App").own_tags)

    def test_a_scope_narrowed_without_jobs_names_the_restart_that_is_due(self):
        self.manifest("  scope: all\n")
        self.emulated("apply", "--auto-approve", "--allow-expose", "1")
        self.manifest("  scope: assigned\n")
        self.edit("manifests/app.yaml", "  jobs: {default: {state: started}}\n", "")
        for command in (["plan"], ["apply", "--auto-approve", "--allow-deprovision", "1"], ["drift"]):
            outcome = self.emulated(*command, expect=None)
            self.assertIn("syncwright job restart --app app", " ".join(outcome.out.split()))
        self.assertEqual(outcome.code, 2)
        self.emulated("job", "restart", "--app", "app")
        self.emulated("drift")
        with portal(self) as server:
            self.assertNotIn("syncwright-pending:restart", LiveApplication(server, "App").own_tags)

    def test_an_operators_restart_settles_the_one_that_is_due(self):
        self.manifest("  scope: all\n")
        self.emulated("apply", "--auto-approve", "--allow-expose", "1")
        self.emulated("job", "pause", "--app", "app", "--hold", "audit")
        self.manifest("  scope: assigned\n")
        self.emulated("apply", "--auto-approve", "--allow-deprovision", "1")
        plan = self.emulated("plan", "--format", "json").json()
        self.assertEqual([(change["type"], change["status"]) for change in plan["changes"]], [("job.restart", "held")])
        self.emulated("job", "start", "--app", "app", "--release")
        self.emulated("job", "restart", "--app", "app")
        self.assert_nothing_to_do("--emulator")

    def test_a_scope_is_narrowed_without_a_restart_where_nothing_was_provisioned(self):
        self.manifest("  scope: all\n", state="paused")
        with edited_state(self) as memory:
            memory["jobs"][0].update(active=False, nextCycle=None)
            memory["jobs"][0]["status"].update(code="Paused", lastExecution=None, lastSuccessfulExecution=None,
                                               steadyStateFirstAchievedTime="0001-01-01T00:00:00Z",
                                               steadyStateLastAchievedTime="0001-01-01T00:00:00Z")
        self.emulated("apply", "--auto-approve")
        self.manifest("  scope: assigned\n", state="paused")
        self.emulated("apply", "--auto-approve")  # nobody can lose an account: no guard asks
        self.assert_nothing_to_do("--emulator")
        self.manifest("  scope: assigned\n")
        self.emulated("apply", "--auto-approve")
        self.assert_nothing_to_do("--emulator")

    def apply_until(self, server, end_of_path):
        """Kills the apply as soon as it sends a request whose path ends so."""
        process = []

        def weather(method, path, headers):
            if method != "GET" and path.endswith(end_of_path):
                os.kill(process[0].pid, signal.SIGKILL)

        proxy = Proxy(self, server.url, weather)
        process.append(subprocess.Popen(
            [harness.BINARY, *self.named(["apply", "--auto-approve", "--allow-deprovision", "1"])], cwd=self.folder,
            env={**self.environment, **proxy.environment}, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL))
        self.assertEqual(process[0].wait(timeout=harness.TIMEOUT), -signal.SIGKILL)

    def test_an_interrupt_ends_the_command_of_a_secret(self):
        os.mkfifo(self.folder / "started")
        self.write("manifests/app.yaml", self.read("manifests/app.yaml").replace(
            "{env: TOKEN}", '{command: [sh, -c, "echo started > started; sleep 3600"]}').replace(
            "  credentials:\n", "  credentials:\n    revision: again\n"))
        apply = self.named(["apply", "--auto-approve", "--emulator"])
        process = subprocess.Popen([harness.BINARY, *apply], cwd=self.folder, stdin=subprocess.DEVNULL,
                                   env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.assertEqual(self.read("started"), "started\n")
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=harness.TIMEOUT)
        self.assertEqual(process.returncode, 130, err)
        self.assertIn("interrupted while the secrets were read", err)


if __name__ == "__main__":
    harness.main()
