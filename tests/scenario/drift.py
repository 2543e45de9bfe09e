#!/usr/bin/env python3
"""drift: what differs, who changed it, whether that is pending, and how the jobs fare. It writes nothing."""
import datetime
import json

from support import harness
from support.manifests import application, project, started
from support.tenant import STATE, LiveApplication, edited_state, only_roles, portal, state_of

INGRID, INES = "ingrid.falk@contoso.example", "ines.valdes@contoso.example"
INES_ID = "54595e9a-0c26-469b-ac80-43b5e2d302c4"
OURS = "5c1e2b7a-94d3-4f60-8a1d-3e7b0c92f645"  # whom the embedded emulator's token is for
TENANT = "034a7209-e89f-449b-88ed-2e97639028e1"
MAPPED = """\
      schema:
        mappings:
          - object: User
            attributes: {name.givenName: "[givenName]", name.familyName: "%s"}
"""
PATH = "USER_OUTBOUND_USER/User->urn:ietf:params:scim:schemas:extension:enterprise:2.0:User/name."


def earlier(time, **delta):
    moment = datetime.datetime.fromisoformat(time.replace("Z", "+00:00")) - datetime.timedelta(**delta)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Drift(harness.Scenario):
    def setUp(self):
        super().setUp()
        self.environment["TOKEN"] = "any"
        self.manifest()
        self.emulated("apply", "--auto-approve")
        self.emulated("drift")

    def manifest(self, family_name="[surname]", display_name="App", more="", job="default", first="state: started"):
        """`first`: the first line of the job, beside its schema."""
        text = application("app", display_name, more=started(more=more))
        jobs = f"  jobs:\n    {job}:\n" + (f"      {first}\n" if first else "") + MAPPED % family_name
        self.write("manifests/app.yaml", text.replace("  jobs: {default: {state: paused}}\n", jobs))

    def drift(self, *flags, expect=2):
        return self.emulated("drift", "--format", "json", *flags, expect=expect).json()

    def somebody(self, work, user=INES):
        with portal(self) as server:
            work(LiveApplication(server, "App", user))

    def edit_a_mapping(self, user=INES):
        self.somebody(lambda live: live.edit_mapping("name.givenName", "[mailNickname]"), user)

    def differences(self, *flags):
        return [(change["type"], change["cause"]) for change in self.drift(*flags)["changes"]]

    def foreign_edits(self, *flags):
        return [(edit["by"], edit["activity"]) for edit in self.drift(*flags)["edits"] if not edit["ours"]]

    def assert_mended(self, *flags):
        self.emulated("apply", "--auto-approve", *flags)
        self.emulated("drift", *flags)
        self.assert_nothing_to_do(self.emulator, *flags)


class Causes(Drift):
    def test_the_tenant_changed_and_the_log_says_who_did_it_and_when(self):
        self.edit_a_mapping()
        self.assertEqual(self.differences(), [("schema.put", "tenant")])
        self.assertEqual(self.foreign_edits(), [(INES, "Update attribute mappings or scope")])
        with edited_state(self) as memory:
            at = memory["directoryAudits"][-1]["activityDateTime"]
        text = self.emulated("drift", expect=2).out
        self.assertIn("the tenant changed", text)
        self.assertIn(f"{at}  Update attribute mappings or scope by {INES}", text)
        self.assert_mended()

    def test_the_application_registration_was_renamed_alone(self):
        with portal(self) as server:  # as Terraform does: the service principal keeps its name
            registration = LiveApplication(server, "App").application()
            server.graph("PATCH", f"/applications/{registration['id']}", {"displayName": "App of another tool"})
        change, = self.drift()["changes"]
        self.assertEqual((change["type"], change["cause"], change["reason"]),
                         ("application.update", "tenant", "the display name of the application registration differs"))
        self.assertEqual(change["fields"], [{"path": "application.displayName", "before": "App of another tool",
                                             "after": "App"}])
        self.assertIn("application.displayName  App of another tool", self.emulated("plan").out)
        self.assert_mended()

    def test_the_manifest_changed_and_is_not_applied_yet(self):
        self.manifest("[mailNickname]")
        self.assertEqual(self.differences(), [("schema.put", "manifest")])
        self.assertEqual(self.foreign_edits(), [])
        text = self.emulated("drift", expect=2).out
        self.assertIn("the manifest changed, not applied yet", text)
        self.assertIn("1 difference in 1 application, 1 of them pending", text)
        self.assert_mended()

    def test_both_changed(self):
        self.edit_a_mapping()
        self.manifest("[mailNickname]")
        self.assertEqual(self.differences(), [("schema.put", "both")])
        self.assertIn("both the manifest and the tenant changed", " ".join(self.emulated("drift", expect=2).out.split()))
        self.assert_mended()

    def test_an_edit_that_the_manifest_caught_up_with_and_one_after_it(self):
        self.edit_a_mapping()
        self.edit("manifests/app.yaml", '"[givenName]"', '"[mailNickname]"')
        self.emulated("drift")
        self.assert_nothing_to_do("--emulator")
        self.somebody(lambda live: live.edit_mapping("name.familyName", "[city]"))
        self.assertEqual(self.differences(), [("schema.put", "both")])  # since the last apply, they did
        self.assert_mended()

    def test_the_cause_of_each_difference(self):
        settings = "  deletions: {threshold: %d}\n"
        self.manifest(first="state: paused", more=settings % 10)
        self.emulated("apply", "--auto-approve")
        self.edit_a_mapping()
        for word in ("start", "pause"):  # ours, and none of it mends a mapping
            self.emulated("job", word, "--app", "app")
        self.manifest(first="state: paused", more=settings % 20)
        self.assertEqual(self.differences(), [("credentials.validate", "manifest"), ("credentials.save", "manifest"),
                                              ("schema.put", "both")])
        self.somebody(lambda live: live.call("PATCH", body={"displayName": "App Renamed"}))
        self.assertEqual(self.differences(), [("application.update", "both"), ("credentials.validate", "manifest"),
                                              ("credentials.save", "manifest"), ("schema.put", "both")])
        self.assertIn("3 differences in 1 application, 1 of them pending", self.emulated("drift", expect=2).out)
        self.assert_mended()
        self.manifest("[city]", first="state: paused", more=settings % 30)
        self.assertEqual(self.differences(), [("credentials.validate", "manifest"), ("credentials.save", "manifest"),
                                              ("schema.put", "manifest")])
        self.assert_mended()

    def test_a_writer_of_the_environment_is_one_of_ours(self):
        self.emulator = f"--emulator={STATE}"
        self.write("syncwright.yaml", project(f"  environments:\n    prod: {{writers: [{INES.upper()}]}}\n"))
        self.emulated("apply", "--auto-approve", "-e", "prod", "--only", "app", expect=3)  # another project's
        self.manifest(display_name="Prod")
        self.emulated("apply", "--auto-approve", "-e", "prod")
        with portal(self) as server:
            for user, attribute in ((INES, "[city]"), (INGRID, "[country]")):
                LiveApplication(server, "Prod", user).edit_mapping("name.givenName", attribute)
        edits = [(edit["by"], edit["ours"]) for edit in self.drift("-e", "prod")["edits"]][-2:]
        self.assertEqual(edits, [(INES, True), (INGRID, False)])
        text = self.emulated("drift", "-e", "prod", expect=2).out
        self.assertIn(f"by {INES} (ours)", " ".join(text.split()))

        with portal(self) as server:
            LiveApplication(server, "Prod", INES).edit_mapping("name.givenName", "[givenName]")
        self.manifest("[mailNickname]", display_name="Prod")
        self.assertEqual(self.differences("-e", "prod"), [("schema.put", "manifest")])  # ours came last
        self.assert_mended("-e", "prod")

    def test_names_and_assignments_have_their_editors_as_well(self):
        self.manifest(more=f"  assignments: {{mode: exact, members: [{{user: {INGRID}}}]}}\n")
        self.emulated("apply", "--auto-approve")

        def work(live):
            assigned, = live.call("GET", "/appRoleAssignedTo")["value"]
            live.call("DELETE", f"/appRoleAssignedTo/{assigned['id']}")
            live.call("PATCH", body={"displayName": "App Renamed"})
        self.somebody(work)
        self.assertEqual(self.differences(), [("application.update", "tenant"), ("assignment.add", "tenant")])
        self.assertEqual(self.foreign_edits(), [(INES, "Remove app role assignment from service principal"),
                                                (INES, "Update service principal")])
        self.assert_mended()

    def test_what_is_gone_and_what_nobody_names_differs_too(self):
        self.somebody(lambda live: live.server.graph("DELETE", f"/applications/{live.application()['id']}", user=INES))
        self.assertIn("application is missing", self.emulated("drift", expect=2).out)
        self.assert_mended()
        (self.folder / "manifests/app.yaml").unlink()
        self.write("manifests/other.yaml", application("other", "Other"))
        self.emulated("apply", "--auto-approve")
        drift = self.drift()
        self.assertEqual((drift["changes"], [orphan["application"] for orphan in drift["orphans"]]), ([], ["app"]))
        self.assertIn("1 orphan", self.emulated("drift", expect=2).out)
        self.emulated("apply", "--auto-approve", "--prune", "--max-deletes", "1")
        self.emulated("drift")
        self.assert_nothing_to_do("--emulator", "--prune")


class Machines(Drift):
    def test_the_whole_document(self):
        self.edit_a_mapping()
        drift = self.drift()
        with portal(self) as server:
            principal = LiveApplication(server, "App").principal["id"]
            own = [(edit["activityDisplayName"], edit["activityDateTime"])
                   for edit in server.graph("GET", "/auditLogs/directoryAudits?$orderby=activityDateTime")["value"]
                   if edit["loggedByService"] == "Account Provisioning"]
        for name in ("createdAt", "manifestDigest"):
            self.assertTrue(drift.pop(name))
        self.assertTrue(drift["changes"][0].pop("basis").startswith("sha256:"))
        directory = [edit for edit in drift["edits"] if edit["activity"] == "Update service principal"]
        self.assertTrue(directory and all(edit["ours"] for edit in directory))  # the apply's own: name and tags
        drift["edits"] = [edit for edit in drift["edits"] if edit not in directory]
        self.assertEqual(drift, {
            "formatVersion": 1, "project": "default", "environment": "", "tenantId": TENANT, "complete": True,
            "summary": {"create": 0, "update": 1, "delete": 0, "unchanged": 0, "orphaned": 0, "changes": 1,
                        "blocked": 0, "held": 0},
            "changes": [{
                "id": "app/jobs/default/schema", "type": "schema.put", "application": "app", "job": "default",
                "status": "planned", "cause": "tenant", "reason": "the live schema differs in 1 place", "risk": None,
                "after": [], "provisional": False, "sends": [], "row": None, "assignment": None, "target": None, "blocked": None,
                "origin": {"file": "manifests/app.yaml", "line": 10, "column": 7},
                "fields": [{"path": PATH + "givenName", "before": {"expression": "[mailNickname]"},
                            "after": {"expression": "[givenName]"}}]}],
            "orphans": [], "guards": [], "health": [], "diagnostics": [],
            "edits": [{"application": "app", "servicePrincipalId": principal, "activity": activity, "at": at,
                       "by": INES if last else "", "byId": INES_ID if last else OURS, "modified": [], "ours": not last}
                      for (activity, at), last in zip(own, [False, False, False, True], strict=True)],
            "unmanagedEdits": []})

    def test_equal_runs_print_equal_bytes(self):
        self.edit_a_mapping()
        documents = [self.drift() for _ in range(2)]
        for document in documents:
            del document["createdAt"]
        self.assertEqual(*map(json.dumps, documents))
        self.assertEqual(list(documents[0]), sorted(documents[0]))

    def test_a_comment_for_people(self):
        self.edit_a_mapping()
        text = self.emulated("drift", "--format", "markdown", expect=2).out
        for part in ("### Drift of `default`", "1 application differs, 0 missing",
                     "| `~` | change schema of job default | the live schema differs in 1 place | tenant | "
                     "`manifests/app.yaml:10` |",
                     f"- {PATH}givenName: [mailNickname]\n+ {PATH}givenName: [givenName]",
                     "| Update attribute mappings or scope | ines.valdes&#64;contoso.example |"):
            self.assertIn(part, text)
        self.assert_mended()
        self.assertIn("No drift.", self.emulated("drift", "--format", "markdown").out)

    def test_it_reads_and_nothing_else(self):
        self.edit_a_mapping()
        before = state_of(self)
        server = self.serve("--refuse-writes", state=STATE)
        server.clear_requests()
        server.run("drift", expect=2)
        requests = [request for request in server.requests() if not request[1].endswith("/token")]
        server.stop()
        self.assertEqual({method for method, _ in requests}, {"GET"})
        self.assertLessEqual(len([path for _, path in requests if "directoryAudits" in path]), 2)
        self.assertEqual(state_of(self)["directoryAudits"], before["directoryAudits"])
        self.assertFalse(list((self.folder / ".syncwright").glob("plan*")))

    def test_the_log_is_asked_twice_also_where_nothing_differs(self):
        server = self.serve(state=STATE)
        server.clear_requests()
        server.run("drift")
        self.assertEqual(len([path for _, path in server.requests() if "auditLogs" in path]), 2)

    def test_without_the_permission_for_the_log_it_goes_on(self):
        self.edit_a_mapping()
        server = self.serve(state=STATE)
        outcome = server.run("drift", "--format", "json", expect=2, environment=only_roles(
            server, "Application.Read.All", "Synchronization.Read.All"))
        self.assertIn("Who edited the tenant is not known", outcome.err)
        self.assertEqual([change["cause"] for change in outcome.json()["changes"]], ["tenant"])
        self.assertEqual((outcome.json()["edits"], outcome.json()["unmanagedEdits"]), ([], None))
        # Where the manifest changed as well, nothing tells whose the difference is.
        self.manifest("[mailNickname]")
        outcome = server.run("drift", "--format", "json", expect=2, environment=only_roles(
            server, "Application.Read.All", "Synchronization.Read.All"))
        self.assertEqual([change["cause"] for change in outcome.json()["changes"]], ["unknown"])


class Outside(Drift):
    """Edits of what no manifest names: the tenant is as the manifests say, and was edited all the same."""

    def edit_outside(self, user=INES):
        self.somebody(lambda live: live.edit_mapping("title", "[companyName]"), user)

    def outside(self, *flags, expect=0):
        return [(edit["by"], edit["activity"]) for edit in self.drift(*flags, expect=expect)["unmanagedEdits"]]

    def test_it_is_told_under_a_heading_of_its_own_and_counts_where_that_is_asked_for(self):
        self.emulated("drift", "--strict")
        self.edit_outside()
        with edited_state(self) as memory:
            at = memory["directoryAudits"][-1]["activityDateTime"]
        text = self.emulated("drift").out
        self.assertIn("\nEdits outside what the manifests manage\n"
                      f"  app  {at}  {INES}  Update attribute mappings or scope\n", text)
        self.assertTrue(text.endswith("\nNo drift in what the manifests manage. 1 edit outside it.\n"), text)
        self.assertNotIn("as the manifests say", text)
        comment = self.emulated("drift", "--format", "markdown").out
        self.assertIn("\n#### Edits outside what the manifests manage\n", comment)
        self.assertIn("No drift in what the manifests manage. 1 edit outside it.", comment)
        drift = self.drift(expect=0)
        edit, = drift["unmanagedEdits"]
        self.assertEqual((edit["application"], edit["by"], edit["byId"], edit["at"], edit["ours"]),
                         ("app", INES, INES_ID, at, False))
        self.assertEqual((drift["edits"], drift["changes"]), ([], []))
        self.assertEqual(self.emulated("drift", "--strict", expect=2).out, text)
        self.assert_nothing_to_do("--emulator")

    def test_an_edit_that_a_difference_can_come_from_is_told_beside_it(self):
        self.edit_a_mapping()
        self.edit_outside(INGRID)
        self.assertEqual(self.outside(expect=2), [])
        self.assertEqual([who for who, _ in self.foreign_edits()], [INES, INGRID])
        self.somebody(lambda live: live.call("PATCH", body={"notes": "by hand"}))
        drift = self.drift()
        self.assertEqual([edit["modified"] for edit in drift["unmanagedEdits"]],
                         [[{"property": "notes", "before": "null", "after": '"by hand"'}]])
        self.assertEqual([who for who, _ in self.foreign_edits()], [INES, INGRID])
        text = self.emulated("drift", expect=2).out
        self.assertTrue(text.endswith(
            "Drift: 1 difference in 1 application, 1 edit outside what the manifests manage.\n"), text)

    def test_the_next_apply_that_writes_settles_it(self):
        self.edit_outside()
        self.manifest("[mailNickname]")
        self.emulated("apply", "--auto-approve")
        self.emulated("drift", "--strict")
        self.edit_outside(INGRID)
        self.assertEqual(self.outside(), [(INGRID, "Update attribute mappings or scope")])

    def test_our_own_edits_and_a_pause_that_the_manifest_leaves_alone(self):
        self.manifest(first="")
        self.emulated("job", "pause", "--app", "app")
        self.emulated("drift", "--strict")
        self.somebody(lambda live: live.job_call("POST", "/start"))
        self.assertEqual(self.outside(), [(INES, "Enable/start provisioning configuration")])

    def test_how_far_back_it_looks(self):
        self.edit_outside()
        with edited_state(self) as memory:
            for entry in memory["directoryAudits"]:
                entry["activityDateTime"] = earlier(entry["activityDateTime"], hours=5)
                two_days_ago = earlier(entry["activityDateTime"], hours=48)[:10]
        self.emulated("drift", "--strict", "--since", "4h")
        self.emulated("drift", "--strict", "--since", "6h", expect=2)
        self.emulated("drift", "--strict", "--since", two_days_ago, expect=2)
        self.emulated("drift", "--strict", expect=2)
        self.assertIn("is no time", self.emulated("drift", "--since", "yesterday", expect=64).err)

    def test_without_the_log_nothing_is_claimed_and_strict_is_refused(self):
        server = self.serve(state=STATE)
        roles = only_roles(server, "Application.Read.All", "Synchronization.Read.All")
        outcome = server.run("drift", environment=roles)
        self.assertIn("Who edited the tenant is not known", outcome.err)
        self.assertTrue(outcome.out.endswith(
            "No drift in what the manifests manage. Whether somebody edited the rest is not known.\n"))
        self.assertIn("--strict needs the audit log", server.run("drift", "--strict", expect=6, environment=roles).err)

    def test_what_the_log_says_moves_no_terminal(self):
        self.edit_outside()
        with edited_state(self) as memory:
            entry = memory["directoryAudits"][-1]
            entry["initiatedBy"]["user"]["userPrincipalName"] = "eve\u001b[2J\n| @all"
            entry["targetResources"][0]["modifiedProperties"] = [
                {"displayName": f"p{i}\u0007", "oldValue": None, "newValue": "x" * 5000} for i in range(1000)]
        text = self.emulated("drift").out
        self.assertNotIn("\u001b", text)
        self.assertNotIn("\u0007", text)
        self.assertLess(len(text), 5000)
        edit, = self.drift(expect=0)["unmanagedEdits"]
        self.assertEqual((edit["by"], len(edit["modified"])), ("eve [2J | @all", 20))
        self.assertNotIn(" @all", self.emulated("drift", "--format", "markdown").out)


class Health(Drift):
    """Everything is as the manifests say, and yet the jobs may fare badly."""

    def job_is(self, **status):
        with edited_state(self) as memory:
            memory["jobs"][0]["status"].update(status)

    def execution(self, **members):
        with edited_state(self) as memory:
            last = memory["jobs"][0]["status"]["lastExecution"]
        return {**last, **members}

    def assert_health(self, expect, state, *said, drift):
        outcome = self.emulated("drift", expect=expect)
        for part in said:
            self.assertIn(part, " ".join(outcome.out.split()))
        health, = self.drift(expect=expect)["health"]
        self.assertEqual((health["state"], health["drift"]), (state, drift))
        self.assert_nothing_to_do("--emulator")  # a plan has nothing to write

    def test_a_quarantine(self):
        self.job_is(code="Quarantine", quarantine={
            "reason": "EncounteredEscrowProportionThreshold", "currentBegan": "2026-01-02T03:04:05Z",
            "error": {"code": "TooManyFailures", "message": "half of them"}, "nextAttempt": "2026-01-03T00:00:00Z",
            "seriesBegan": "2026-01-02T03:04:05Z", "seriesCount": 1})
        self.assert_health(2, "quarantine", "in quarantine since 2026-01-02T03:04:05Z", "TooManyFailures: half of them",
                           "next attempt 2026-01-03T00:00:00Z", "Drift: 1 job in bad health.", drift=True)
        comment = self.emulated("drift", "--format", "markdown", expect=2).out
        self.assertIn("\n**No change to apply; 1 job in bad health.**\n", comment)

    def test_a_failing_job(self):
        error = {"code": "TargetUnreachable", "message": "no answer", "tenantActionable": True}
        self.job_is(lastExecution=self.execution(state="Failed", error=error, timeEnded="2026-01-02T03:04:05Z"))
        self.assert_health(2, "failing", "the last cycle failed at 2026-01-02T03:04:05Z: TargetUnreachable: no answer",
                           drift=True)

    def test_a_job_that_never_ran_only_looks_like_failing(self):
        error = {"code": "None", "message": "", "tenantActionable": False}
        self.job_is(lastExecution=self.execution(state="Failed", error=error))
        self.assertEqual(self.drift(expect=0)["health"], [])

    def test_objects_that_failed_are_shown_and_do_not_count(self):
        self.job_is(lastExecution=self.execution(state="EntryLevelErrors", countEscrowed=3))
        self.assert_health(0, "entry-errors", "3 objects failed in the last cycle", "logs --app app --failed",
                           "No drift.", drift=False)

    def test_a_paused_job_whose_state_the_manifest_leaves_alone(self):
        self.manifest(first="")
        self.assertEqual(self.drift(expect=0)["health"], [])
        self.somebody(lambda live: live.job_call("POST", "/pause"))
        self.assert_health(0, "paused", "the job is not running", drift=False)

    def test_a_paused_job_that_is_to_run(self):
        self.somebody(lambda live: live.job_call("POST", "/pause"))
        self.assertEqual(self.differences(), [("job.start", "tenant")])
        self.assertEqual(self.foreign_edits(), [(INES, "Disable/pause provisioning configuration")])
        self.assert_mended()

    def test_a_job_that_no_manifest_names(self):
        self.manifest(job="DropboxSCIMOutDelta")
        self.somebody(lambda live: live.call("POST", "/synchronization/jobs", {"templateId": "DropboxSCIMOutDelta"}))
        with edited_state(self) as memory:
            newest = max(memory["jobs"], key=lambda job: job["created"])
            newest["templateId"] = "Other"
            newest["id"] = "Other.1"
        health, = self.drift(expect=0)["health"]
        self.assertEqual((health["job"], health["state"], health["drift"]), ("Other.1", "unmanaged", False))


if __name__ == "__main__":
    harness.main()
