#!/usr/bin/env python3
"""The operator's hand: hold and release, and a deletion quarantine that a person settles."""
from support import harness
from support.manifests import application, started
from support.proxy import Proxy
from support.tenant import LiveApplication

STATE = ".syncwright/emulator.db"
INGRID = "08b39f2f-0578-41a6-af44-385afbd9c1fe"


class Hold(harness.Scenario):
    def setUp(self):
        super().setUp()
        self.environment["TOKEN"] = "any"
        self.manifest()
        self.emulated("apply", "--auto-approve")

    def manifest(self, more="", display_name="App"):
        self.write("manifests/app.yaml", application("app", display_name, state="started", more=started(more=more)))

    def changes(self, *flags):
        plan = self.emulated("plan", "--format", "json", *flags).json()
        return [(change["type"], change["status"]) for change in plan["changes"]]

    def test_a_hold_outlives_applies_until_it_is_released(self):
        self.emulated("job", "pause", "--app", "app", "--hold", "the HR data moves")
        self.assertEqual(self.changes(), [("job.start", "held")])
        self.assertIn("the HR data moves", self.emulated("plan").out)
        self.assertIn("held: the HR data moves", " ".join(self.emulated("status").out.split()))
        outcome = self.emulated("apply", "--auto-approve")
        self.assertIn("what is left is held", outcome.err)
        self.assertEqual(self.changes(), [("job.start", "held")])

        self.manifest(display_name="App Contoso")
        self.emulated("apply", "--auto-approve")  # the rest of the application goes on
        self.assertEqual(self.changes(), [("job.start", "held")])
        drift = self.emulated("drift", "--format", "json", expect=2).json()
        self.assertEqual([change["cause"] for change in drift["changes"]], ["tenant"])

        self.assertIn("The hold stays", self.emulated("job", "start", "--app", "app").err)
        self.assertIn("The hold stays", self.emulated("job", "restart", "--app", "app").err)
        self.emulated("job", "pause", "--app", "app")
        self.assertEqual(self.changes(), [("job.start", "held")])
        self.emulated("job", "start", "--app", "app", "--release")
        self.assert_nothing_to_do("--emulator")

    def test_an_emergency_pause_needs_no_journal(self):
        self.emulated("job", "start", "--app", "app")
        self.assertIn('"operation":"job.start"', (self.folder / ".syncwright/journal.jsonl").read_text())
        (self.folder / ".syncwright/journal.jsonl").unlink()
        (self.folder / ".syncwright/journal.jsonl").mkdir()  # as a file that cannot be written
        outcome = self.emulated("job", "pause", "--app", "app")
        self.assertIn("not journalled: ", outcome.err)
        self.assertEqual(self.changes(), [("job.start", "planned")])

    def test_a_hold_that_is_set_during_an_apply_is_kept(self):
        server = self.serve(state=STATE)
        server.run("job", "pause", "--app", "app")

        def weather(method, path, _):
            if (method, path.endswith("/secrets")) == ("PUT", True):
                server.run("job", "pause", "--app", "app", "--hold", "audit")
        proxy = Proxy(self, server.url, weather)
        self.manifest("  deletions: {threshold: 5}\n")
        outcome = self.run_syncwright("apply", "--auto-approve", expect=5, environment=proxy.environment)
        self.assertIn("an operator holds the application's jobs: audit", " ".join(outcome.out.split()))
        self.assertNotIn("Active", [job["schedule"]["state"] for job in LiveApplication(server, "App").jobs()])
        plan = server.run("plan", "--format", "json").json()
        self.assertEqual([(change["type"], change["status"]) for change in plan["changes"]], [("job.start", "held")])

    def test_a_hold_is_let_go_of_where_its_job_is_gone(self):
        self.emulated("job", "pause", "--app", "app", "--hold", "audit")
        server = self.serve(state=STATE)
        path = f"/servicePrincipals/{server.service_principal('App')['id']}/synchronization/jobs/"
        server.graph("DELETE", path + server.graph("GET", path)["value"][0]["id"])
        server.stop()
        self.assertEqual(self.changes(), [("job.create", "planned"), ("job.start", "held")])
        self.emulated("job", "start", "--app", "app", expect=65)
        self.assertIn("released app", self.emulated("job", "start", "--app", "app", "--release").out)
        self.assertEqual(self.changes(), [("job.create", "planned"), ("job.start", "planned")])

    def take_tags_off(self):
        """As another tool does that writes the whole tag list."""
        server = self.serve(state=STATE)
        sp = server.service_principal("App")
        server.graph("PATCH", f"/servicePrincipals/{sp['id']}", {"tags": ["HideApp"]})
        server.stop()

    def state(self):
        server = self.serve(state=STATE)
        job, = LiveApplication(server, "App").jobs()
        server.stop()
        return job["schedule"]["state"]

    def test_a_held_job_whose_tags_were_removed_is_not_started(self):
        self.emulated("job", "pause", "--app", "app", "--hold", "incident 42")
        self.take_tags_off()
        self.assertEqual(self.changes(), [("application.update", "planned"), ("job.start", "held")])
        said = " ".join(self.emulated("plan").out.split())
        self.assertIn("its ownership tags were removed", said)
        self.assertIn("SW5031", said)
        self.assertIn("syncwright job start --app app --release", said)
        for _ in range(2):
            self.emulated("apply", "--auto-approve")
            self.assertNotEqual(self.state(), "Active")
            self.assertEqual(self.changes(), [("job.start", "held")])
        self.emulated("job", "start", "--app", "app", "--release")
        self.assertEqual(self.state(), "Active")
        self.assert_nothing_to_do("--emulator")

    def test_a_job_is_released_before_its_tags_are_back(self):
        self.emulated("job", "pause", "--app", "app", "--hold", "incident 42")
        self.take_tags_off()
        self.emulated("job", "start", "--app", "app", "--release")
        self.assertEqual(self.changes(), [("application.update", "planned")])
        self.emulated("apply", "--auto-approve")
        self.assertEqual(self.state(), "Active")
        self.assert_nothing_to_do("--emulator")

    def test_removed_tags_leave_the_protection_on(self):
        self.take_tags_off()
        self.emulated("apply", "--auto-approve")
        self.write("manifests/app.yaml", application("other", "Other", state="paused"))
        plan = self.emulated("plan", "--prune", "--format", "json").json()
        refused, = [change for change in plan["changes"] if change["type"] == "application.delete"]
        self.assertEqual((refused["status"], refused["blocked"]["code"]), ("blocked", "SW5027"))

    def test_a_released_job_is_started_by_the_next_apply(self):
        self.emulated("job", "pause", "--app", "app", "--hold", "first")
        self.emulated("job", "pause", "--app", "app", "--hold", "second")
        self.assertIn("second", self.emulated("plan").out)
        self.emulated("job", "start", "--app", "app", "--release")
        self.emulated("job", "pause", "--app", "app")
        self.assertEqual(self.changes(), [("job.start", "planned")])
        self.emulated("apply", "--auto-approve")
        self.assert_nothing_to_do("--emulator")

    def quarantine(self):
        """The only user in scope leaves, and the threshold is one."""
        self.manifest("  deletions: {threshold: 1}\n")
        self.emulated("apply", "--auto-approve")
        server = self.serve(state=STATE)
        sp = server.service_principal("App")
        path = f"/servicePrincipals/{sp['id']}"
        made = server.graph("POST", path + "/appRoleAssignedTo",
                            {"principalId": INGRID, "resourceId": sp["id"], "appRoleId": sp["appRoles"][0]["id"]})
        job = path + "/synchronization/jobs/" + server.graph("GET", path + "/synchronization/jobs")["value"][0]["id"]
        restart = {"criteria": {"resetScope": "Watermark, Escrows, QuarantineState"}}
        server.graph("POST", job + "/restart", restart)
        self.assertEqual(server.graph("GET", job)["status"]["code"], "Active")
        server.graph("DELETE", f"{path}/appRoleAssignedTo/{made['id']}")
        server.graph("POST", job + "/restart", restart)
        status = server.graph("GET", job)["status"]
        self.assertEqual(status["code"], "Quarantine", status)
        self.assertEqual(status["quarantine"]["reason"], "TooManyDeletes")
        server.stop()

    def test_a_deletion_quarantine_is_accepted_with_its_figure(self):
        self.quarantine()
        self.assertIn("TooManyDeletes", self.emulated("drift", expect=2).out)
        outcome = self.emulated("job", "restart", "--app", "app", expect=3)
        self.assertIn("about to delete 1 object", outcome.err)
        self.assertIn("--accept-deletes 1", outcome.err)
        self.emulated("job", "restart", "--app", "app", "--accept-deletes", "0", expect=3)
        self.emulated("job", "restart", "--app", "app", "--accept-deletes", "1")
        self.emulated("drift")
        self.assert_nothing_to_do("--emulator")
        self.emulated("job", "restart", "--app", "app", "--accept-deletes", "1", expect=65)

    def test_a_deletion_quarantine_is_rejected(self):
        self.quarantine()
        server = self.serve(state=STATE)
        sp = server.service_principal("App")
        server.graph("POST", f"/servicePrincipals/{sp['id']}/appRoleAssignedTo",
                     {"principalId": INGRID, "resourceId": sp["id"], "appRoleId": sp["appRoles"][0]["id"]})
        server.stop()
        self.emulated("job", "restart", "--app", "app", "--reject-deletes")
        self.emulated("drift")
        self.assert_nothing_to_do("--emulator")


if __name__ == "__main__":
    harness.main()
