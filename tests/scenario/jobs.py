#!/usr/bin/env python3
"""Several jobs on one service principal, of a gallery application with two synchronization templates: which is which."""
import copy
import json

from support import harness
from support.manifests import application
from support.tenant import LiveApplication, edited_state, portal


class Jobs(harness.Scenario):

    def setUp(self):
        super().setUp()
        entry = json.loads((harness.SOURCE / "src/emulator/resources/catalog/dropbox.json").read_text())
        entry["applicationTemplate"].update(id="0f1d6f0e-8a57-4f0f-9d55-2f2f9a7b1c01", displayName="Both Ways")
        back = copy.deepcopy(entry["synchronizationTemplates"][0])
        back.update(id="BothWaysBack", factoryTag="BothWaysBack", default=False)
        entry["synchronizationTemplates"].append(back)
        self.write("catalog/both.json", json.dumps(entry))

    def on_server(self, *arguments, expect=0):
        with portal(self, "--catalog", "catalog") as server:
            return server.run(*arguments, expect=expect)

    def apply(self, *flags, expect=0):
        return self.on_server("apply", "--auto-approve", *flags, expect=expect)

    def plan(self, *flags):
        return self.on_server("plan", "--format", "json", *flags).json()

    def assert_settled(self, *flags):
        self.on_server("plan", "--detailed-exitcode", *flags)

    def jobs(self):
        with portal(self, "--catalog", "catalog") as server:
            return LiveApplication(server, "Hr").jobs()

    def describe(self, jobs):
        self.write("manifests/hr.yaml", application("hr", "Hr", "Both Ways").replace("{default: {state: paused}}", jobs))

    def grow_old(self):
        """Long ago: the executor need not wait for another run's job."""
        with edited_state(self) as memory:
            for kind in ("applications", "servicePrincipals"):
                for version in memory[kind][0]["versions"]:
                    version["value"]["createdDateTime"] = "2020-01-01T00:00:00Z"

    def assert_blocked(self, codes, advice):
        refusals = [change["blocked"] for change in self.plan()["changes"]]
        self.assertEqual({refusal["code"] for refusal in refusals}, codes)
        self.assertTrue(all(advice in refusal["advice"] for refusal in refusals), refusals)
        self.apply(expect=3)

    def test_each_key_finds_its_job_whatever_was_made_first(self):
        self.describe("{default: {state: paused}, back: {template: BothWaysBack, state: paused}}")
        self.apply()  # `back` goes first, and `default` must not take it for the only job there is
        self.assertEqual(sorted(job["templateId"] for job in self.jobs()), ["BothWaysBack", "DropboxSCIMOutDelta"])
        self.assert_settled()
        self.describe("{DropboxSCIMOutDelta: {state: paused}, BothWaysBack: {state: paused}}")
        self.assert_settled()
        first, second = (job["id"] for job in self.jobs())
        self.describe(f"{{one: {{id: {first}}}, two: {{id: {second}}}}}")
        self.assert_settled()

    def test_a_job_whose_template_is_echoed_otherwise_is_told_by_its_id(self):
        self.describe("{default: {state: paused}, BothWaysBack: {state: paused}}")
        self.apply()
        with edited_state(self) as memory:
            for job in memory["jobs"]:
                if job["templateId"] == "BothWaysBack":
                    job["templateId"] = "BothWaysBackV2"
        self.assert_settled()

    def test_what_cannot_be_told_is_blocked_with_the_ids(self):
        self.describe("{default: {state: paused}}")
        self.apply()
        with portal(self, "--catalog", "catalog") as server:
            LiveApplication(server, "Hr").call("POST", "/synchronization/jobs", {"templateId": "DropboxSCIMOutDelta"})
        ids = sorted(job["id"] for job in self.jobs())
        change, = self.plan()["changes"]
        self.assertEqual((change["blocked"]["code"], change["blocked"]["candidates"]), ("SW5007", ids))
        self.assertIn("id: ID", change["blocked"]["advice"])
        self.assertIn("SW5007", self.apply(expect=3).err)
        self.describe(f"{{default: {{id: {ids[1]}, state: paused}}}}")
        self.assert_settled()
        health, = self.plan()["health"]
        self.assertEqual((health["job"], health["state"], health["drift"]), (ids[0], "unmanaged", False))

    def test_two_keys_that_turn_out_to_mean_one_job(self):
        self.describe("{one: {template: BothWaysBack}, two: {template: BothWaysBack}}")
        self.assertIn("SW2010", self.run_syncwright("validate", expect=65).err)
        self.describe("{default: {state: paused}, more: {template: DropboxSCIMOutDelta, state: paused}}")
        outcome = self.apply(expect=5)  # only the live templates tell what `default` is
        self.assertIn("default, more all come from the synchronization template", " ".join(outcome.out.split()))
        self.assertEqual(self.jobs(), [])
        self.assert_blocked({"SW5007"}, "describe it once")
        self.describe("{default: {state: paused}}")
        self.grow_old()
        self.apply()
        self.assert_settled()
        self.describe("{default: {state: paused}, more: {template: DropboxSCIMOutDelta, state: paused}}")
        self.assert_blocked({"SW5007"}, "describe it once: a second job")

    def test_a_template_that_is_not_offered_is_told_at_once(self):
        self.describe("{Nonesuch: {state: paused}}")
        said = " ".join(self.apply(expect=5).out.split())
        self.assertIn("no synchronization template Nonesuch; it has DropboxSCIMOutDelta, BothWaysBack", said)
        self.assertNotIn("in vain", said)
        self.assert_blocked({"SW5008"}, "the id of its template")
        self.describe("{BothWaysBack: {state: paused}}")
        self.grow_old()
        self.apply()
        self.assert_settled()

    def test_an_absent_job_goes_with_prune_only_and_the_other_stays(self):
        self.describe("{default: {state: paused}, BothWaysBack: {state: paused}}")
        self.apply()
        self.describe("{default: {state: paused}, BothWaysBack: {absent: true}}")
        plan = self.plan()
        self.assertEqual(plan["changes"], [])
        self.assertEqual([(item["job"], item["state"], item["drift"]) for item in plan["health"]],
                         [("BothWaysBack", "surplus", True)])
        self.on_server("drift", expect=2)
        self.apply()
        self.assertEqual(len(self.jobs()), 2)
        self.assertIn("--max-deletes 1", self.apply("--prune", expect=3).err)
        self.apply("--prune", "--max-deletes", "1")
        self.assertEqual([job["templateId"] for job in self.jobs()], ["DropboxSCIMOutDelta"])
        self.assert_settled("--prune")
        self.assertEqual(len(list((self.folder / ".syncwright/backup").rglob("schema.json"))), 1)

    def test_the_only_job_left_is_not_default_where_it_is_to_go(self):
        self.describe("{BothWaysBack: {state: paused}}")
        self.apply()
        self.describe("{default: {absent: true}, BothWaysBack: {state: paused}}")
        self.assert_settled("--prune")


if __name__ == "__main__":
    harness.main()
