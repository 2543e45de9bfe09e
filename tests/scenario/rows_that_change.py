#!/usr/bin/env python3
"""A row that got another name, a group that took another one's place: the plan says what that means."""
from support import harness
from support.manifests import application, project

SET = """\
apiVersion: syncwright/v1
kind: ApplicationSet
metadata: {name: teams}
spec:
  from: teams.csv
  template:
    metadata: {name: "dropbox-${each.team}"}
    spec:
      gallery: Dropbox
      displayName: "Dropbox ${each.team}"
      assignments: {members: [{group: "${each.group}"}]}
      jobs: {default: {state: paused}}
"""


class RowsThatChange(harness.Scenario):
    def setUp(self):
        super().setUp()
        self.write("syncwright.yaml", project("  manifests: [set.yaml]\n"))
        self.write("set.yaml", SET)
        self.rows("sales,Sales", "legal,Sales")
        self.emulated("apply", "--auto-approve")

    def rows(self, *rows):
        self.write("teams.csv", "\n".join(["team,group", *rows]) + "\n")

    def findings(self, *flags):
        """What the plan remarks, as JSON has it; text and Markdown say it as well."""
        plan = self.emulated("plan", "--format", "json", *flags).json()
        text = " ".join(self.emulated("plan", *flags).out.split())
        markdown = self.emulated("plan", "--format", "markdown", *flags).out
        for finding in plan["diagnostics"]:
            self.assertIn(finding["message"], text)
            self.assertIn(finding["code"], markdown)
        return [(one["code"], one["severity"], one["message"], one["advice"]) for one in plan["diagnostics"]]

    def renamed(self, old, likeness, new, fate=""):
        return [("SW5040", "warning", f"`{new}` is created {likeness} `{old}`, which no manifest names any more{fate}",
                 f"if `{old}` was renamed, write `lifecycle: {{previously: [{old}]}}` (for a row of a set: under its "
                 "`overrides`)")]

    def test_a_renamed_row_with_the_settings_it_had(self):
        self.rows("sales,Sales", "law,Sales")
        self.assertEqual(self.findings(), self.renamed("dropbox-legal", "with the settings of", "dropbox-law"))
        self.assertEqual(self.findings("--prune"), self.renamed("dropbox-legal", "with the settings of", "dropbox-law",
                                                                " and which is deleted"))
        # A reviewed plan that says so is carried out like any other.
        self.emulated("plan", "--out", "plan.json")
        self.emulated("apply", "--plan", "plan.json")
        self.assertEqual(self.findings(), [])

    def test_the_way_out_is_one(self):
        self.rows("sales,Sales", "law,Sales")
        self.write("set.yaml", SET + "  overrides:\n    dropbox-law: {spec: {lifecycle: {previously: [dropbox-legal]}}}\n")
        plan = self.emulated("plan", "--format", "json").json()
        self.assertEqual((plan["diagnostics"], plan["orphans"], plan["summary"]["create"]), ([], [], 0))
        self.emulated("apply", "--auto-approve")
        self.assert_nothing_to_do("--emulator", "--prune")

    def test_a_renamed_row_with_other_settings(self):
        self.rows("sales,Sales", "law,Finance")
        self.assertEqual(self.findings(),
                         self.renamed("dropbox-legal", "from the gallery application of", "dropbox-law"))

    def test_a_manifest_of_the_same_display_name(self):
        self.write("syncwright.yaml", project("  manifests: [set.yaml, one.yaml]\n"))
        self.write("one.yaml", application("files", "Dropbox legal"))
        self.rows("sales,Sales")
        self.assertEqual(self.findings(), self.renamed("dropbox-legal", "under the display name of", "files"))

    def test_rows_that_come_and_go_are_one_question(self):
        self.rows("law,Finance", "ops,Finance")
        (code, severity, message, advice), = self.findings()
        self.assertEqual((code, severity), ("SW5040", "warning"))
        self.assertEqual(message, "`dropbox-law` and `dropbox-ops` are created from the gallery application of "
                                  "`dropbox-legal` and `dropbox-sales`, which no manifest names any more")
        self.assertIn("`lifecycle: {previously: [OLD]}`", advice)

    def test_a_part_of_the_project_asks_nothing(self):
        self.rows("sales,Sales", "law,Sales")
        self.assertEqual(self.findings("--only", "dropbox-law"), [])
        self.rows("sales,Sales", "legal,Sales", "law,Sales")
        self.assertEqual(self.findings(), [])

    def test_a_group_in_the_place_of_another_one(self):
        self.rows("sales,Finance", "legal,Sales")
        (code, severity, message, advice), = self.findings()
        self.assertEqual((code, severity), ("SW5041", "note"))
        self.assertRegex(message, r"^dropbox-sales: group `Sales` as .+ stays assigned: no member names it, and mode "
                                  r"`additive` takes nobody out$")
        self.assertRegex(advice, r"^the member `\{group: [0-9a-f-]{36}, absent: true\}` takes it out, `mode: exact` as well$")
        self.emulated("apply", "--auto-approve")
        self.assertEqual(self.findings(), [])  # what is assigned beside a settled list is nobody's slip
        self.assert_nothing_to_do("--emulator")


if __name__ == "__main__":
    harness.main()
