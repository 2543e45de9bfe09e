#!/usr/bin/env python3
"""What was made by hand comes under management: seen first, taken over, renamed, never by mistake."""
from support import harness
from support.manifests import application
from support.tenant import edited_state

STATE = ".syncwright/emulator.db"
INGRID = "08b39f2f-0578-41a6-af44-385afbd9c1fe"


class Adopt(harness.Scenario):
    def make_by_hand(self, display_name, times=1):
        server = self.serve(state=STATE)
        templates = server.graph("GET", "/applicationTemplates?$filter=displayName eq 'Dropbox'")["value"]
        made = [server.graph("POST", f"/applicationTemplates/{templates[0]['id']}/instantiate",
                             {"displayName": display_name}) for _ in range(times)]
        server.stop()
        return made

    def manifest(self, lifecycle, name="dropbox", display_name="Dropbox Contoso"):
        self.write("manifests/dropbox.yaml",
                   application(name, display_name, more=f"  lifecycle: {{{lifecycle}}}\n"))

    def look(self, read):
        server = self.serve(state=STATE)
        answer = read(server)
        server.stop()
        return answer

    def planned(self, expect_blocked=None):
        plan = self.emulated("plan", "--format", "json").json()
        codes = [change["blocked"]["code"] for change in plan["changes"] if change.get("blocked")]
        self.assertEqual(codes, [expect_blocked] if expect_blocked else [])
        return plan

    def test_a_plan_shows_what_taking_over_would_change(self):
        made = self.make_by_hand("Dropbox Contoso")[0]
        self.manifest("adopt: refuse")
        self.planned(expect_blocked="SW5004")
        self.manifest("adopt: by-name")
        adoption = self.planned()["changes"][0]
        self.assertEqual((adoption["type"], adoption["id"]), ("application.adopt", "dropbox/adopt"))
        self.assertEqual(sorted(field["path"] for field in adoption["fields"]), ["tags", "uniqueName"])
        self.emulated("apply", "--auto-approve")
        self.assert_nothing_to_do("--emulator")
        live = self.look(lambda server: server.graph("GET", f"/applications/{made['application']['id']}"))
        self.assertEqual(live["uniqueName"], "syncwright/contoso/-/dropbox".replace("contoso", "default"))
        self.assertEqual(len(self.look(lambda server: server.graph("GET", "/applications"))["value"]), 1)

    def test_an_old_application_whose_two_names_differ(self):
        made = self.make_by_hand("Dropbox by hand")[0]
        self.look(lambda server: server.graph("PATCH", f"/applications/{made['application']['id']}",
                                              {"displayName": "Its registration"}))
        with edited_state(self) as memory:  # of a young one an apply reads both names again
            for version in memory["applications"][0]["versions"]:
                version["value"]["createdDateTime"] = "2020-01-01T00:00:00Z"
        self.manifest(f"adopt: {made['servicePrincipal']['id']}")
        fields = self.planned()["changes"][0]["fields"]
        self.assertEqual({field["path"]: field["before"] for field in fields if "isplayName" in field["path"]},
                         {"displayName": "Dropbox by hand", "application.displayName": "Its registration"})
        self.emulated("apply", "--auto-approve")
        self.assert_nothing_to_do("--emulator")

    def test_by_id_and_by_app_id(self):
        made = self.make_by_hand("Anything at all", times=2)
        for number, how in ((0, "adopt: {id}"), (1, "adopt: {{appId: {app_id}}}")):
            with self.subTest(how):
                principal = made[number]["servicePrincipal"]
                self.manifest(how.format(id=principal["id"], app_id=principal["appId"]),
                              name=f"dropbox-{number}", display_name=f"Dropbox {number}")
                self.emulated("apply", "--auto-approve", "--only", f"dropbox-{number}")
                self.assert_nothing_to_do("--emulator", "--only", f"dropbox-{number}")
                live = self.look(lambda server: server.service_principal(f"Dropbox {number}"))
                self.assertEqual(live["id"], principal["id"])

    def test_two_candidates_are_listed_and_an_unknown_id_is_named(self):
        made = self.make_by_hand("Dropbox Contoso", times=2)
        self.manifest("adopt: by-name")
        refusal = self.planned(expect_blocked="SW5004")["changes"][0]["blocked"]
        for one in made:
            self.assertIn(one["servicePrincipal"]["id"], " ".join(refusal["candidates"]))
        self.manifest("adopt: 00000000-aaaa-bbbb-cccc-000000000000")
        self.planned(expect_blocked="SW5020")
        self.manifest(f"adopt: {made[0]['servicePrincipal']['id']}")
        self.emulated("apply", "--auto-approve")
        for another in (made[1]["servicePrincipal"]["id"], "00000000-aaaa-bbbb-cccc-000000000000",
                        f"{{appId: {made[1]['servicePrincipal']['appId']}}}"):
            self.manifest(f"adopt: {another}")
            self.planned(expect_blocked="SW5005")
        self.emulated("apply", "--auto-approve", expect=3)

    def test_two_manifests_do_not_take_over_one_application(self):
        made = self.make_by_hand("Dropbox Contoso")[0]
        for how in ("by-name", made["servicePrincipal"]["id"], f"{{appId: {made['servicePrincipal']['appId']}}}"):
            with self.subTest(how):
                for name in ("one", "two"):
                    self.write(f"manifests/{name}.yaml",
                               application(name, "Dropbox Contoso", more=f"  lifecycle: {{adopt: {how}}}\n"))
                changes = self.emulated("plan", "--format", "json").json()["changes"]
                self.assertEqual([(change["id"], change["blocked"]["code"]) for change in changes],
                                 [("one/adopt", "SW5021"), ("two/adopt", "SW5021")])
                self.assertIn("two takes over", changes[0]["blocked"]["message"])
                self.emulated("apply", "--auto-approve", expect=3)
        self.manifest("adopt: by-name", name="one")
        (self.folder / "manifests/one.yaml").unlink()
        (self.folder / "manifests/two.yaml").unlink()
        self.emulated("apply", "--auto-approve")
        self.manifest("adopt: by-name", name="two")
        self.planned(expect_blocked="SW5021")  # no twin, and the orphan's name is there for `previously`
        self.assertIn("previously: [one]", self.emulated("plan").out)
        self.manifest("adopt: by-name, previously: [one]", name="two")
        self.planned()

    def test_a_unique_name_that_is_somebody_elses_stays(self):
        made = self.make_by_hand("Dropbox Contoso")[0]
        path = f"/applications/{made['application']['id']}"
        self.look(lambda server: server.graph("PATCH", path, {"uniqueName": "bicep-box"}))
        self.manifest("adopt: by-name")
        adoption = self.planned()["changes"][0]
        self.assertEqual([field["path"] for field in adoption["fields"]], ["tags"])
        self.assertIn("it keeps its unique name bicep-box", adoption["reason"])
        self.emulated("apply", "--auto-approve")
        self.assert_nothing_to_do("--emulator")

    def test_never_makes_another_one(self):
        self.make_by_hand("Dropbox Contoso")
        self.manifest("adopt: never")
        self.emulated("apply", "--auto-approve")
        self.assert_nothing_to_do("--emulator")
        self.assertEqual(len(self.look(lambda server: server.graph("GET", "/applications"))["value"]), 2)

    def test_a_rename_keeps_the_application(self):
        self.manifest("adopt: refuse")
        self.emulated("apply", "--auto-approve")
        before = self.look(lambda server: server.service_principal("Dropbox Contoso"))
        self.manifest("previously: [dropbox]", name="files", display_name="Files Contoso")
        plan = self.planned()
        self.assertEqual([change["type"] for change in plan["changes"]], ["application.adopt"])
        self.assertEqual(plan["orphans"], [])
        self.emulated("apply", "--auto-approve")
        self.assert_nothing_to_do("--emulator")
        after = self.look(lambda server: server.service_principal("Files Contoso"))
        self.assertEqual(after["id"], before["id"])
        named = self.look(lambda server: server.graph("GET", "/applications"))["value"]
        self.assertEqual([one["displayName"] for one in named], ["Files Contoso"])

    def rows(self):
        return self.emulated("status", "--format", "json").json()["jobs"]

    def assert_found(self, note):
        """status, logs, job and provision work on it, all of them with one word for it."""
        name, = {row["application"] for row in self.rows()}
        self.assertEqual([(row["job"], row["state"], row["note"]) for row in self.rows()],
                         [("default", "paused", note)])
        self.assertIn("started job DropboxSCIMOutDelta.", self.emulated("job", "start", "--app", name).out)
        self.assertEqual([row["state"] for row in self.rows()], ["started"])
        self.emulated("job", "pause", "--app", name)
        self.emulated("logs", "--app", name)
        outcome = self.emulated("provision", "--app", name, "--user", INGRID, expect=1)  # it has no credentials
        self.assertIn("could not be provisioned", outcome.out)

    def assert_refused(self, codes):
        self.assertEqual({row["state"] for row in self.rows()}, {"refused"})
        for row, code in zip(self.rows(), codes, strict=True):
            self.assertIn("a plan refuses it: ", row["note"])
            self.assertIn(f"({code})", row["note"])
            said = self.emulated("job", "pause", "--app", row["application"], expect=3).err
            self.assertIn(f"({code})", said)
            self.assertIn(f"({code})", self.emulated("logs", "--app", row["application"], expect=3).err)

    def make_with_job(self, display_name):
        principal = self.make_by_hand(display_name)[0]["servicePrincipal"]
        self.look(lambda server: server.graph("POST", f"/servicePrincipals/{principal['id']}/synchronization/jobs",
                                              {"templateId": "DropboxSCIMOutDelta"}))
        return principal

    def test_every_command_finds_what_drift_would_take_over(self):
        made = self.make_with_job("Dropbox Contoso")
        for how, why in (("by-name", "it is the only application of this template and display name"),
                         (made["id"], "the manifest names this application"),
                         (f"{{appId: {made['appId']}}}", "the manifest names this application")):
            with self.subTest(how):
                self.manifest(f"adopt: {how}")
                self.assert_found(f"not taken over yet: {why}")
        self.emulated("apply", "--auto-approve")
        self.assert_found(None)
        self.look(lambda server: server.graph("PATCH", f"/servicePrincipals/{made['id']}", {"tags": ["HideApp"]}))
        self.assert_found("its ownership tags are not there; `syncwright plan` says why")
        self.emulated("apply", "--auto-approve")
        self.manifest("previously: [dropbox]", name="files", display_name="Files Contoso")
        self.assert_found("not taken over yet: `dropbox` is called `files` now")
        self.emulated("apply", "--auto-approve")
        self.assert_nothing_to_do("--emulator")

    def test_status_says_of_an_application_without_jobs_whose_it_is(self):
        self.make_by_hand("Dropbox Contoso")
        self.manifest("adopt: by-name")
        row, = self.emulated("status", "--format", "json").json()["jobs"]
        self.assertEqual(row["note"], "no such job yet; not taken over yet: it is the only application of this template "
                                      "and display name")

    def test_no_command_works_on_what_a_plan_refuses(self):
        made = self.make_with_job("Dropbox Contoso")
        self.manifest("adopt: refuse")
        self.assert_refused(["SW5004"])
        self.look(lambda server: server.graph("PATCH", f"/servicePrincipals/{made['id']}",
                                              {"tags": ["syncwright:other/prod", "syncwright-app:theirs"]}))
        self.manifest(f"adopt: {made['id']}")
        self.assert_refused(["SW5003"])
        self.look(lambda server: server.graph("PATCH", f"/servicePrincipals/{made['id']}", {"tags": []}))
        self.write("manifests/other.yaml",
                   application("other", "Other", more=f"  lifecycle: {{adopt: {made['id']}}}\n"))
        self.assert_refused(["SW5021", "SW5021"])
        (self.folder / "manifests/other.yaml").unlink()
        self.assert_found("not taken over yet: the manifest names this application")
        self.manifest("adopt: 00000000-aaaa-bbbb-cccc-000000000000")
        self.assert_refused(["SW5020"])

    def test_a_saved_adoption_is_stale_once_its_application_is_renamed(self):
        made = self.make_by_hand("Dropbox Contoso")[0]
        self.manifest(f"adopt: {made['servicePrincipal']['id']}")
        self.emulated("plan", "--out", "plan.json")
        server = self.serve(state=STATE)
        server.graph("PATCH", f"/servicePrincipals/{made['servicePrincipal']['id']}", {"displayName": "Theirs"})
        server.stop()
        self.assertIn("dropbox/adopt", self.emulated("apply", "--plan", "plan.json", expect=4).err)


if __name__ == "__main__":
    harness.main()
