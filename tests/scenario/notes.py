#!/usr/bin/env python3
"""spec.notes: a property of the service principal that a manifest may leave out."""
from support import harness
from support.manifests import application
from support.tenant import LiveApplication, portal

NOTES = "Owned by \"IT\": call 555-0100 # before a change\nwiki/app"


class Notes(harness.Scenario):
    def setUp(self):
        super().setUp()
        self.manifest("  notes: \"Owned by \\\"IT\\\": call 555-0100 # before a change\\nwiki/app\"\n")
        self.emulated("apply", "--auto-approve")

    def manifest(self, more=""):
        self.write("manifests/app.yaml", application("app", "App", more=more))

    def live(self):
        with portal(self) as server:
            return LiveApplication(server, "App").principal["notes"]

    def somebody_writes(self, notes):
        with portal(self) as server:
            LiveApplication(server, "App").call("PATCH", body={"notes": notes})

    def fields(self, command, expect=0):
        found = self.emulated(command, "--format", "json", expect=expect).json()
        return [(change["type"], change["cause"] if "cause" in change else None, field["path"], field["before"],
                 field["after"]) for change in found["changes"] for field in change["fields"]]

    def test_a_creation_writes_them_and_nothing_is_left_to_do(self):
        self.assertEqual(self.live(), NOTES)
        self.assert_nothing_to_do("--emulator")

    def test_an_edit_is_drift_and_is_taken_back(self):
        self.somebody_writes("mine")
        self.assertEqual(self.fields("drift", expect=2), [("application.update", "tenant", "notes", "mine", NOTES)])
        self.assertIn("the notes field differs", " ".join(self.emulated("plan").out.split()))
        self.emulated("apply", "--auto-approve")
        self.assertEqual(self.live(), NOTES)

    def test_left_out_they_are_not_managed(self):
        self.manifest()
        self.assert_nothing_to_do("--emulator")
        self.somebody_writes("mine")
        self.emulated("drift")
        self.assertEqual(self.live(), "mine")

    def test_an_export_has_them_again(self):
        exported = self.emulated("export", "--managed", "--project", "default").out
        self.assertIn("notes: ", exported)
        self.write("manifests/app.yaml", exported)
        self.assert_nothing_to_do("--emulator")
        self.somebody_writes("mine")
        self.assertEqual(self.fields("plan")[0][2:], ("notes", "mine", NOTES))

    def test_they_have_a_page_and_a_length(self):
        self.assertIn("1024", self.run_syncwright("explain", "Application.spec.notes").out)
        self.manifest(f"  notes: {'é' * 1024}\n")  # counted in characters
        self.emulated("apply", "--auto-approve")
        self.manifest(f"  notes: {'x' * 1025}\n")
        self.assertIn("`notes` has 1025 characters, and Graph takes at most 1024",
                      self.run_syncwright("validate", expect=65).err)


if __name__ == "__main__":
    harness.main()
