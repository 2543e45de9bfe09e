#!/usr/bin/env python3
"""A job stops before it deletes too many people: a plan leaves it alone, and a person settles it by the figure."""
import json

from support import harness
from support.manifests import application, started
from support.tenant import LiveApplication, edited_state, portal

EVERYBODY = 28  # people and groups of the emulator's directory that have an account


class Quarantine(harness.Scenario):
    def setUp(self):
        super().setUp()
        self.environment["TOKEN"] = "any"
        self.manifest("all")
        self.emulated("apply", "--auto-approve")

    def manifest(self, scope, threshold=5, state="started", more=""):
        self.write("manifests/app.yaml", application(
            "app", "App", state=state, more=started(
                more=f"  scope: {scope}\n  deletions: {{threshold: {threshold}}}\n{more}")))

    def apply(self, *flags, expect=0):
        return self.emulated("apply", "--auto-approve", "--allow-deprovision", "1", "--allow-expose", "1", *flags,
                             expect=expect)

    def restart(self, *flags, expect=0):
        return self.emulated("job", "restart", "--app", "app", *flags, expect=expect)

    def plan(self):
        return self.emulated("plan", "--format", "json").json()

    def changes(self):
        return [(change["type"], change["status"]) for change in self.plan()["changes"]]

    def status(self):
        with portal(self) as server:
            return LiveApplication(server, "App").job_call("GET")["status"]

    def accounts(self):
        with edited_state(self) as memory:
            target, = memory["targets"].values()
            active = [one for one in target["accounts"].values() if one["values"].get("active") not in (False, "False")]
            return len(active)

    def restarts(self):
        with edited_state(self) as memory:
            return [entry["activityDisplayName"] for entry in memory["directoryAudits"]].count(
                "Enable/restart provisioning configuration")


class Deletions(Quarantine):
    def quarantine(self):
        """The scope is narrowed from everybody to nobody."""
        self.assertEqual(self.accounts(), EVERYBODY)
        self.manifest("assigned")
        self.apply()
        self.assertEqual(self.status()["quarantine"]["reason"], "TooManyDeletes")
        self.assertEqual(self.accounts(), EVERYBODY)

    def test_a_plan_and_drift_name_it_and_how_it_is_settled(self):
        self.quarantine()
        self.assert_nothing_to_do("--emulator")  # a plan has nothing to do about it
        for command, code in ((["plan"], 0), (["drift"], 2)):
            said = " ".join(self.emulated(*command, expect=code).out.split())
            self.assertIn("TooManyDeletes", said)
            self.assertIn("`syncwright job restart --app app --emulator`", said)
        health, = self.plan()["health"]
        self.assertEqual((health["application"], health["job"], health["state"], health["drift"]),
                         ("app", "default", "quarantine", True))
        self.assertRegex(self.emulated("status").out, r"quarantine +TooManyDeletes\n")

    def test_what_would_restart_it_is_held_and_apply_leaves_it(self):
        self.quarantine()
        self.manifest("all")
        self.apply()
        self.manifest("assigned")
        self.assertEqual(self.changes(), [("credentials.validate", "planned"), ("credentials.save", "planned"),
                                          ("job.restart", "held")])
        restarts = self.restarts()
        self.apply()
        self.assertEqual(self.changes(), [("job.restart", "held")])
        held = self.plan()["changes"][0]["blocked"]
        self.assertEqual(held["code"], "SW5014")
        for part in ("--accept-deletes N", "--reject-deletes", "syncwright logs --app app"):
            self.assertIn(part, held["advice"])
        self.assertIn("what is left is held", self.apply().err)
        applied = json.loads(self.apply("--format", "json").out)
        self.assertEqual((applied["held"], applied["summary"]["held"]), (["app/jobs/default/restart"], 1))
        self.assertEqual((self.restarts(), self.status()["code"]), (restarts, "Quarantine"))
        self.restart("--accept-deletes", "28")
        self.assertEqual(self.changes(), [("job.restart", "planned")])  # for the scope that was saved meanwhile
        self.apply()
        self.assert_nothing_to_do("--emulator")
        self.emulated("drift")

    def test_the_figure_has_to_cover_what_would_go(self):
        self.quarantine()
        for flags in ([], ["--accept-deletes", "0"], ["--accept-deletes", "27"]):
            with self.subTest(flags):
                said = self.restart(*flags, expect=3).err
                self.assertIn("about to delete 28 objects", said)
                self.assertIn("--accept-deletes 28 lets it", said)
                self.assertIn("`syncwright job restart --app app --accept-deletes 28 --emulator` settles it", said)
                self.assertIn("--reject-deletes", said)
        self.assertEqual(self.restarts(), 1)
        self.restart("--accept-deletes", "28")
        self.assertEqual((self.status()["code"], self.status()["quarantine"]), ("Active", None))
        self.assertEqual(self.accounts(), 0)
        self.emulated("drift")
        self.assert_nothing_to_do("--emulator")

    def test_a_figure_above_is_accepted_as_well(self):
        self.quarantine()
        self.restart("--accept-deletes", "100")
        self.assertEqual(self.status()["code"], "Active")
        self.assert_nothing_to_do("--emulator")

    def test_rejecting_keeps_everybody_once_they_are_back_in_scope(self):
        self.quarantine()
        self.restart("--reject-deletes")  # nobody is back yet
        self.assertEqual(self.status()["quarantine"]["reason"], "TooManyDeletes")
        self.assertEqual(self.accounts(), EVERYBODY)
        self.manifest("all")
        self.apply()
        self.restart("--reject-deletes")
        self.assertEqual((self.status()["code"], self.accounts()), ("Active", EVERYBODY))
        self.emulated("drift")
        self.assert_nothing_to_do("--emulator")

    def test_a_verdict_without_a_question_is_refused(self):
        for flags in (["--accept-deletes", "1"], ["--reject-deletes"]):
            self.assertIn("not in quarantine for its deletions", self.restart(*flags, expect=65).err)
        self.assertEqual(self.restarts(), 0)
        self.restart()
        self.assertEqual(self.restarts(), 1)

    def test_a_higher_threshold_lets_the_next_cycle_through(self):
        self.quarantine()
        self.manifest("assigned", threshold=29)
        self.assertEqual(self.changes(), [("credentials.validate", "planned"), ("credentials.save", "planned")])
        self.apply()
        with edited_state(self) as memory:
            job, = memory["jobs"]
            job["nextCycle"] = job["created"]  # the next try is due
        self.assertEqual((self.status()["code"], self.accounts()), ("Active", 0))
        self.assert_nothing_to_do("--emulator")


class Credentials(Quarantine):
    def quarantine(self):
        """Somebody saves what the target refuses, and the next cycle runs into it."""
        with portal(self) as server:
            live = LiveApplication(server, "App")
            live.put_secrets({"SecretToken": "invalid"})
            live.job_call("POST", "/restart", {"criteria": {"resetScope": "Watermark"}})
        self.assertEqual(self.status()["quarantine"]["reason"], "EncounteredQuarantineException")

    def test_status_says_why_and_since_when(self):
        self.quarantine()
        live = self.status()["quarantine"]
        reason = f"EncounteredQuarantineException ({live['error']['code']})"
        job, = self.emulated("status", "--format", "json").json()["jobs"]
        self.assertEqual((job["quarantine"], job["quarantineMessage"], job["quarantineSince"]),
                         (reason, live["error"]["message"], live["currentBegan"]))
        said = " ".join(self.emulated("status").out.split())
        self.assertIn(f"quarantine {reason} message {live['error']['message']} since {live['currentBegan']} next", said)

    def test_the_way_out_is_told_wherever_it_is_seen_until_a_plan_takes_it(self):
        with portal(self) as server:
            live = LiveApplication(server, "App")
            live.put_secrets({**live.secrets(), "SecretToken": "invalid"})  # nothing that a plan could see
            live.job_call("POST", "/restart", {"criteria": {"resetScope": "Watermark"}})
        self.assertEqual(self.status()["code"], "Quarantine")
        self.assertEqual(self.changes(), [])
        advice = r"add `credentials\.revision` \(manifests/app\.yaml:\d+\), and apply saves them again"
        for command, code in ((["plan"], 0), (["drift"], 2), (["status"], 0)):
            self.assertRegex(" ".join(self.emulated(*command, expect=code).out.split()), advice)
        self.edit("manifests/app.yaml", "  credentials:\n", "  credentials:\n    revision: again\n")
        self.assertNotRegex(" ".join(self.emulated("plan").out.split()), advice)
        self.apply()
        self.emulated("drift")

    def test_new_credentials_restart_it(self):
        self.quarantine()
        self.assertIn("EncounteredQuarantineException", self.emulated("drift", expect=2).out)
        self.edit("manifests/app.yaml", "  credentials:\n", "  credentials:\n    revision: again\n")
        self.assertEqual(self.changes(), [("credentials.validate", "planned"), ("credentials.save", "planned"),
                                          ("job.restart", "planned")])
        self.apply()
        self.emulated("drift")
        self.assert_nothing_to_do("--emulator")

    def test_after_28_days_it_is_disabled_and_blocked_until_a_person_restarts_it(self):
        self.quarantine()
        with edited_state(self) as memory:
            job, = memory["jobs"]
            job["status"]["quarantine"]["currentBegan"] = "2020-01-01T00:00:00Z"
            job["nextCycle"] = job["created"]  # the next try is due
        change, = self.plan()["changes"]
        self.assertEqual((change["type"], change["status"], change["blocked"]["code"]),
                         ("job.start", "blocked", "SW5015"))
        self.assertIn("`syncwright job restart --app app`", change["blocked"]["advice"])
        health, = self.plan()["health"]
        self.assertEqual((health["state"], health["drift"]), ("expired", True))
        self.assertIn("28 days", health["message"])
        self.assertIn("SW5015", self.apply(expect=3).err)
        self.edit("manifests/app.yaml", "  credentials:\n", "  credentials:\n    revision: again\n")
        self.assertIn("SW5015", self.apply(expect=3).err)  # mended credentials alone do not start it either
        with portal(self) as server:
            LiveApplication(server, "App").put_secrets({"SecretToken": "works"})
        self.edit("manifests/app.yaml", "    revision: again\n", "")
        self.restart()
        self.emulated("drift")
        self.assert_nothing_to_do("--emulator")

    def test_a_job_that_is_to_be_paused_anyway_is_nobodys_decision(self):
        self.quarantine()
        self.manifest("all", state="paused")
        self.assertEqual(self.changes(), [("job.pause", "planned")])
        self.apply()
        self.assert_nothing_to_do("--emulator")


if __name__ == "__main__":
    harness.main()
