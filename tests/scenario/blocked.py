#!/usr/bin/env python3
"""What only the tenant can tell is a blocked change: the plan names it, apply writes nothing."""
from support import harness

APPLICATION = """\
apiVersion: syncwright/v1
kind: Application
metadata: {{name: {name}}}
spec:
  gallery: {gallery}
  displayName: {display_name}
  jobs: {{default: {{state: paused}}}}
"""


class Blocked(harness.Scenario):
    def manifest(self, name, gallery, display_name, file=None):
        self.write(file or f"manifests/{name}.yaml",
                   APPLICATION.format(name=name, gallery=gallery, display_name=display_name))

    def blocked_code(self, name):
        plan = self.emulated("plan", "--format", "json").json()
        blocked = [change for change in plan["changes"]
                   if change["application"] == name and change["status"] == "blocked"]
        self.assertEqual(len(blocked), 1, plan)
        return blocked[0]["blocked"]

    def assert_apply_refuses(self, code):
        outcome = self.emulated("apply", "--auto-approve", expect=3)
        self.assertIn(code, outcome.out + outcome.err)

    def test_an_unknown_gallery_name(self):
        self.manifest("app", "Salesfroce", "App")
        blocked = self.blocked_code("app")
        self.assertEqual(blocked["code"], "SW5001")
        self.assertTrue(blocked["advice"].startswith("did you mean `Salesforce`? "), blocked)
        self.assert_apply_refuses("SW5001")

    def test_one_blocked_application_stops_all(self):
        self.manifest("bad", "Salesfroce", "Bad")
        self.manifest("good", "Dropbox", "Good")
        self.assert_apply_refuses("SW5001")
        server = self.serve(state=".syncwright/emulator.db")
        self.assertEqual(server.graph("GET", "/applications")["value"], [])

    def test_a_blocked_change_is_no_green_check(self):
        self.manifest("good", "Dropbox", "Good")
        self.emulated("plan", "--detailed-exitcode", expect=2)
        self.manifest("bad", "Salesfroce", "Bad")
        plan = self.emulated("plan", "--detailed-exitcode", "--format", "json", expect=3).json()
        self.assertEqual(plan["summary"], {"create": 2, "update": 0, "delete": 0, "unchanged": 0, "orphaned": 0,
                                           "changes": 3, "blocked": 1, "held": 0})
        for form in ("text", "markdown"):
            said = self.emulated("plan", "--detailed-exitcode", "--format", form, expect=3).out
            self.assertIn("3 changes, 1 of them refused: apply would write nothing", said)
        self.emulated("plan")  # without the flag a plan that was made is a success
        self.emulated("apply", "--auto-approve", "--skip-blocked", expect=5)
        self.emulated("plan", "--detailed-exitcode", expect=3)

    def test_what_is_left_out_beside_a_refused_change_is_told(self):
        self.manifest("app", "Dropbox", "App")
        self.manifest("good", "Dropbox", "Good")
        self.emulated("apply", "--auto-approve")
        for name in ("app", "good"):
            self.edit(f"manifests/{name}.yaml", "spec:\n", "spec:\n  notes: new\n")
        self.edit("manifests/app.yaml", "spec:\n", "spec:\n  assignments: {members: [{group: Nobody}]}\n")
        outcome = self.emulated("apply", "--auto-approve", "--skip-blocked", "--format", "json", expect=5)
        self.assertEqual([(each["id"], each["state"], each["detail"]) for each in outcome.json()["outcomes"]],
                         [("good/update", "done", ""),
                          ("app/update", "skipped", "left out by --skip-blocked"),
                          ("app/assignments/group:Nobody/User", "skipped", "left out by --skip-blocked")])
        self.assertEqual(outcome.err.count("left out: app: "), 1, outcome.err)
        again = self.emulated("apply", "--auto-approve", "--skip-blocked", expect=3)
        self.assertTrue(again.out.endswith("Apply: 0 of 2 changes done, 2 skipped; 0 writes sent.\n"
                                           "Settle what is refused and apply again: it goes on where this run stopped.\n"),
                        again.out)

    def test_an_unmanaged_neighbour_of_the_same_name(self):
        server = self.serve(state=".syncwright/emulator.db")
        template = server.graph("GET", "/applicationTemplates?$filter=displayName eq 'Dropbox'")["value"][0]
        made = server.graph("POST", f"/applicationTemplates/{template['id']}/instantiate",
                            {"displayName": "Dropbox Contoso"})
        server.stop()
        self.manifest("dropbox", "Dropbox", "Dropbox Contoso")
        refusal = self.blocked_code("dropbox")
        self.assertEqual(refusal["code"], "SW5004")
        self.assertIn(made["servicePrincipal"]["id"], " ".join(refusal["candidates"]))
        self.assert_apply_refuses("SW5004")

    def test_an_application_of_another_project(self):
        self.write("one/syncwright.yaml", "apiVersion: syncwright/v1\nkind: Project\nmetadata: {name: one}\n")
        self.manifest("dropbox", "Dropbox", "Dropbox Contoso", "one/manifests/dropbox.yaml")
        state = f"--emulator={self.folder}/state.json"
        self.run_syncwright("apply", "--auto-approve", state, cwd=self.folder / "one")
        self.write("two/syncwright.yaml", "apiVersion: syncwright/v1\nkind: Project\nmetadata: {name: two}\n")
        self.manifest("box", "Dropbox", "Dropbox Contoso", "two/manifests/box.yaml")
        outcome = self.run_syncwright("apply", "--auto-approve", state, cwd=self.folder / "two", expect=3)
        self.assertIn("SW5003", outcome.out + outcome.err)

    def test_a_changed_gallery(self):
        self.manifest("app", "Dropbox", "App")
        self.emulated("apply", "--auto-approve")
        self.manifest("app", "Box", "App")
        self.assertEqual(self.blocked_code("app")["code"], "SW5006")
        self.assert_apply_refuses("SW5006")

    def test_a_narrowed_scope_is_a_named_risk(self):
        text = APPLICATION.format(name="app", gallery="Dropbox", display_name="App").replace(
            "paused", "started") + """\
  scope: all
  credentials:
    values: {BaseAddress: "https://scim.example.com/", SecretToken: {env: TOKEN}}
"""
        self.environment["TOKEN"] = "any"
        self.write("manifests/app.yaml", text)
        self.emulated("apply", "--auto-approve")
        self.assert_nothing_to_do("--emulator")
        self.write("manifests/app.yaml", text.replace("scope: all", "scope: assigned"))
        plan = self.emulated("plan", "--format", "json").json()
        risky = [change for change in plan["changes"] if change["risk"] == "deprovision"]
        self.assertEqual([(change["type"], change["status"]) for change in risky],
                         [("credentials.save", "planned")])
        self.assert_apply_refuses("--allow-deprovision 1")
        self.emulated("apply", "--auto-approve", "--allow-deprovision", "1")
        self.assert_nothing_to_do("--emulator")


if __name__ == "__main__":
    harness.main()
