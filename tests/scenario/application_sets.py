#!/usr/bin/env python3
"""A table of rows, and an application from each: from the first plan to the row that goes."""
import json
import re

from support import harness
from support.manifests import application, project

TENANT = "034a7209-e89f-449b-88ed-2e97639028e1"  # the emulator's
STATE = ".syncwright/emulator.db"

SET = """\
apiVersion: syncwright/v1
kind: ApplicationSet
metadata: {name: teams}
spec:
  from: ../teams.csv
  template:
    metadata: {name: "dropbox-${each.team}", labels: {region: "${each.region}"}}
    spec:
      gallery: Dropbox
      displayName: Dropbox ${each.title}
      deletions: {threshold: "${each.threshold}"}
      jobs:
        default:
          state: paused
          schema:
            mappings:
              - object: User
                attributes: {title: {constant: "${each.title}"}}
"""
CSV = """\
team,title,region,threshold
sales,Sales,eu,400
legal,"Legal, Paris",eu,500
ops,Ops,us,600
"""


def rows_of(csv_text):
    """The rows of a table without quotes, as a list of mappings."""
    header, *lines = csv_text.strip().split("\n")
    return [dict(zip(header.split(","), line.split(","))) for line in lines]


def places(outcome):
    """file:line:column and code of every diagnostic."""
    return re.findall(r"^(\S+:\d+:\d+): \w+\[(SW\d{4})\]", outcome.err, re.MULTILINE)


class Sets(harness.Scenario):
    def use(self, manifest=SET, rows=CSV):
        self.write("manifests/set.yaml", manifest)
        self.write("teams.csv", rows)

    def plan(self, *flags):
        return self.emulated("plan", "--format", "json", *flags).json()

    def apply(self, *flags):
        return self.emulated("apply", "--auto-approve", *flags)


class Rows(Sets):
    def test_a_plan_names_the_row_beside_the_line_of_the_template(self):
        self.use()
        self.assertEqual(self.emulated("plan", "--only", "dropbox-legal").out, f"""\
Plan for default in tenant {TENANT}
Not complete: a part of the manifests or of the tenant was left out.

+ dropbox-legal   Dropbox Legal, Paris (Dropbox)   will be created
    + create application             the tenant has no application of this manifest
                                     (manifests/set.yaml:7, row teams.csv:3)
    + create job default             a new application has no job
                                     (manifests/set.yaml:13, row teams.csv:3)
    ~ save settings                  a new application has no settings
                                     (manifests/set.yaml:11, row teams.csv:3)
        + deletions.threshold  500
    ~ change schema of job default   1 change is laid over the template's schema as soon as the job
                                     exists  (manifests/set.yaml:15, row teams.csv:3)
        ~ User/title  constant "Legal, Paris"

Plan: 1 to create, 0 to update, 0 unchanged. 4 changes.
""")
        change = self.plan()["changes"][0]
        self.assertEqual(change["row"], {"file": "teams.csv", "line": 3, "column": 1})
        self.assertEqual(change["origin"], {"file": "manifests/set.yaml", "line": 7, "column": 22})

    def test_a_row_is_edited_another_one_goes(self):
        self.use()
        self.apply()
        self.assert_nothing_to_do("--emulator")
        self.edit("teams.csv", '"Legal, Paris"', "Legal")
        plan = self.plan()
        self.assertEqual([(change["id"], change["row"]["line"]) for change in plan["changes"]],
                         [("dropbox-legal/update", 3), ("dropbox-legal/jobs/default/schema", 3)])
        self.assertEqual(plan["summary"], {"create": 0, "update": 1, "delete": 0, "unchanged": 2,
                                           "orphaned": 0, "changes": 2, "blocked": 0, "held": 0})
        self.apply()
        self.assert_nothing_to_do("--emulator")

        self.edit("teams.csv", "ops,Ops,us,600\n", "")
        plan = self.plan("--detailed-exitcode")
        self.assertEqual([orphan["application"] for orphan in plan["orphans"]], ["dropbox-ops"])
        self.assertEqual(plan["changes"], [])
        self.assertIn("No changes. The tenant is as the manifests say, but for 1 orphan.",
                      self.emulated("plan").out)
        self.emulated("drift", expect=2)
        self.apply("--prune", "--max-deletes", "1")
        self.assert_nothing_to_do("--emulator", "--prune")
        self.emulated("drift")

    def test_every_form_of_a_table_means_the_same(self):
        rows = rows_of("team,title,region,threshold\nsales,Sales,eu,400\nops,Ops,us,600\n")
        listed = "".join(f"- {{team: {row['team']}, title: {row['title']}, region: {row['region']}, "
                         f"threshold: {row['threshold']}}}\n" for row in rows)
        inline = SET.replace("  from: ../teams.csv\n", "  forEach:\n" + "".join(
            "    " + line + "\n" for line in listed.splitlines()))
        forms = {"csv": (SET, "teams.csv", CSV.replace('legal,"Legal, Paris",eu,500\n', "")),
                 "crlf": (SET, "teams.csv", CSV.replace('legal,"Legal, Paris",eu,500\n', "").replace("\n", "\r\n")),
                 "yaml": (SET.replace("teams.csv", "teams.yaml"), "teams.yaml", listed),
                 "json": (SET.replace("teams.csv", "teams.json"), "teams.json", json.dumps(rows, indent=1)),
                 "inline": (inline, "unused.txt", "")}
        digests, lines = {}, {}
        for form, (manifest, name, text) in forms.items():
            self.write("manifests/set.yaml", manifest)
            (self.folder / name).write_text(text, newline="")
            plan = self.plan()
            self.assertEqual(plan["summary"]["create"], 2, form)
            digests[form] = plan["manifestDigest"]
            lines[form] = sorted({change["row"]["line"] for change in plan["changes"]})
        self.assertEqual(len(set(digests.values())), 1, digests)
        self.assertEqual(lines, {"csv": [2, 3], "crlf": [2, 3], "yaml": [1, 2], "json": [2, 8], "inline": [6, 7]})
        for form, (manifest, name, text) in forms.items():  # whichever it is applied from
            self.write("manifests/set.yaml", manifest)
            (self.folder / name).write_text(text, newline="")
            self.apply()
            self.assert_nothing_to_do("--emulator")

    def test_an_override_is_laid_over_one_application(self):
        self.use(SET + """\
  overrides:
    dropbox-ops:
      metadata: {labels: {tier: gold, region: "${each.region}-2"}}
      spec:
        lifecycle: {protect: true}
        deletions: {threshold: 7, skipOutOfScope: true}
        jobs: {default: {schema: {mappings: [{object: Group, enabled: false}]}}}
""")
        self.apply()
        self.assert_nothing_to_do("--emulator")
        self.assertEqual({"dropbox-legal": 500, "dropbox-ops": 7, "dropbox-sales": 400}, self.thresholds())
        for selector, names in (("tier=gold", ["dropbox-ops"]), ("region=us-2", ["dropbox-ops"]),
                                ("region=eu", ["dropbox-legal", "dropbox-sales"])):
            status = self.emulated("status", "--selector", selector, "--format", "json").json()
            self.assertEqual(sorted({one["application"] for one in self.listed(status)}), names)
        # A list is replaced whole: the template's mapping of User is not asked of this one.
        fields = self.schemas()
        self.assertEqual(fields["Dropbox Ops"]["title"], "[jobTitle]")
        self.assertEqual(fields["Dropbox Sales"]["title"], '"Sales"')
        self.edit("teams.csv", "ops,Ops,us,600\n", "")
        self.assertEqual(places(self.run_syncwright("validate", expect=65)), [("manifests/set.yaml:20:5", "SW2025")])

    @staticmethod
    def listed(status):
        return status["jobs"] if isinstance(status, dict) else status

    def thresholds(self):
        """By application, what the tenant holds."""
        server = self.serve(state=STATE)
        held = {}
        for principal in self.principals(server):
            secrets = server.graph("GET", f"/servicePrincipals/{principal['id']}/synchronization/secrets")["value"]
            settings = json.loads(next(each["value"] for each in secrets
                                       if each["key"] == "SyncNotificationSettings"))
            name = next(tag for tag in principal["tags"] if tag.startswith("syncwright-app:"))
            held[name.split(":")[1]] = settings["DeleteThresholdValue"]
        server.stop()
        return held

    @staticmethod
    def principals(server):
        return server.graph("GET", "/servicePrincipals?$filter=startswith(displayName,'Dropbox')")["value"]

    def schemas(self):
        """By display name, the expression of every target attribute of the users' mapping."""
        server = self.serve(state=STATE)
        held = {}
        for principal in self.principals(server):
            jobs = f"/servicePrincipals/{principal['id']}/synchronization/jobs"
            job = server.graph("GET", jobs)["value"][0]
            schema = server.graph("GET", f"{jobs}/{job['id']}/schema")
            users = next(mapping for mapping in schema["synchronizationRules"][0]["objectMappings"]
                         if mapping["sourceObjectName"] == "User")
            held[principal["displayName"]] = {
                each["targetAttributeName"]: (each["source"] or {}).get("expression")
                for each in users["attributeMappings"]}
        server.stop()
        return held


class Interpolation(Sets):
    TEMPLATE = """\
apiVersion: syncwright/v1
kind: ApplicationSet
metadata: {{name: "set-${{var.suffix}}"}}
spec:
  from: ../teams.csv
  template:
    metadata: {{name: "${{each.name}}"}}
    spec:
      gallery: ${{var.gallery}}
      displayName: {display}
      notifications: {{enabled: "${{each.notify}}", recipient: idm@contoso.com}}
      deletions: {{threshold: "${{each.threshold}}"}}
      jobs:
        default:
          state: paused
          schema: {{mappings: [{{object: User, attributes: {attributes}}}]}}
"""
    VARIABLES = ("--var", "suffix=x", "--var", "gallery=Dropbox")

    def first(self, display, attributes, rows, *flags):
        self.use(self.TEMPLATE.format(display=display, attributes=attributes), rows)
        fields = {}
        for change in self.plan(*self.VARIABLES, *flags)["changes"]:
            fields.update({field["path"]: field["after"] for field in change["fields"]})
        return fields

    ROWS = "name,notify,threshold,attribute,value\na,true,12,title,{}\n"

    def test_a_whole_reference_takes_the_type_of_its_field(self):
        fields = self.first("App", "{title: {constant: '${each.value}'}}", self.ROWS.format("0012"))
        self.assertEqual(fields["deletions.threshold"], 12)
        self.assertIs(fields["notifications.enabled"], True)
        self.assertEqual(fields["User/title"], {"constant": "0012"})

    def test_references_stand_in_keys_and_inside_of_texts(self):
        fields = self.first('"${each.name} of ${var.suffix}"',
                            "{'${each.attribute}': '[${each.value}]'}", self.ROWS.format("mail"))
        self.assertEqual(fields["displayName"], "a of x")
        self.assertEqual(fields["User/title"], {"expression": "[mail]"})

    def test_one_pass_a_literal_and_other_dollars(self):
        fields = self.first("'$${each.name} $${var.x} ${1} $ {each.name}'",
                            "{title: {constant: '${each.value}'}}", self.ROWS.format("${var.suffix}"))
        self.assertEqual(fields["displayName"], "${each.name} ${var.x} ${1} $ {each.name}")
        self.assertEqual(fields["User/title"], {"constant": "${var.suffix}"})

    def test_an_empty_cell_is_an_empty_text(self):
        fields = self.first("App", "{title: {source: none, defaultValue: '${each.value}'}}", self.ROWS.format(""))
        self.assertEqual(fields["User/title"], {"source": "none", "defaultValue": ""})

    def test_what_is_not_there_is_an_error_at_its_place(self):
        self.use(self.TEMPLATE.format(display='"${each.nam} ${var.suffx}"', attributes="{title: '${each.value'}"),
                 self.ROWS.format("x"))
        outcome = self.run_syncwright("validate", *self.VARIABLES, expect=65)
        self.assertEqual(places(outcome), [("manifests/set.yaml:10:21", "SW2023"), ("manifests/set.yaml:10:33", "SW2002"),
                                           ("manifests/set.yaml:16:67", "SW2003")])
        for advice in ("did you mean `name`?", "did you mean `suffix`?"):
            self.assertIn(advice, outcome.err)
        self.write("manifests/set.yaml", application("a", "'${each.name}'"))
        self.assertIn("stands outside an ApplicationSet", self.run_syncwright("validate", expect=65).err)
        self.write("manifests/set.yaml", application("a", "A").replace("Application\n", "${var.kind}\n"))
        self.assertIn("SW1008", self.run_syncwright("validate", "--var", "kind=Application", expect=65).err)

    def test_applied(self):
        self.first('"${each.name} of ${var.suffix}"', "{title: {constant: '${each.value}'}}",
                   self.ROWS.format("$1 ${x}"))
        self.apply(*self.VARIABLES)
        self.assert_nothing_to_do("--emulator", *self.VARIABLES)


class Faults(Sets):
    def refused(self):
        outcome = self.run_syncwright("validate", expect=65)
        self.assertEqual(self.emulated("plan", expect=65).out, "")
        return outcome

    def test_a_fault_of_a_cell_is_told_in_the_cell(self):
        self.use(rows="team,title,region,threshold\nsales,Sales,eu,many\nOps,Ops,us,600\n")
        self.assertEqual(self.refused().err, """\
manifests/set.yaml:7:22: error[SW1006]: `dropbox-Ops` is no name (row teams.csv:3:1)
     7 |     metadata: {name: "dropbox-${each.team}", labels: {region: "${each.region}"}}
       |                      ^^^^^^^^^^^^^^^^^^^^^^
       = use small letters, digits and hyphens, at most 63, a letter or digit first
teams.csv:2:16: error[SW1002]: `threshold` must be a whole number, found the text `many`
     2 | sales,Sales,eu,many
       |                ^^^^
2 errors
""")

    def test_a_table_that_is_none(self):
        self.use(rows="team,title,region,threshold\nsales,Sales,eu\nops,\"Ops,us,600\n")
        self.assertEqual(places(self.refused()), [("teams.csv:3:5", "SW1015")])
        self.edit("teams.csv", '"', "")
        self.assertEqual(places(self.refused()), [("teams.csv:2:13", "SW1015")])
        self.use(rows="team,team,region,threshold\n")
        self.assertEqual(places(self.refused()), [("teams.csv:1:6", "SW1016")])

    def test_generated_names_collide(self):
        self.use(rows=CSV + "sales,Other,us,1\n")
        self.write("manifests/app.yaml", application("dropbox-ops", "Mine"))
        outcome = self.refused()
        self.assertEqual(places(outcome), [("teams.csv:4:1", "SW2001"), ("teams.csv:5:1", "SW2001")])

    def test_display_names_may_be_equal(self):
        self.use(rows=CSV + "other,Sales,us,1\n")
        self.apply()
        self.assert_nothing_to_do("--emulator")


class Parts(Sets):
    def setUp(self):
        super().setUp()
        self.use()
        self.write("manifests/one.yaml", application("single", "Single"))

    def test_only_and_selectors_narrow(self):
        everything = self.plan()
        self.assertTrue(everything["complete"])
        for flags, names in ((("--only", "dropbox-ops"), ["dropbox-ops"]),
                             (("--only", "dropbox-ops", "--only", "single"), ["dropbox-ops", "single"]),
                             (("--selector", "region=eu"), ["dropbox-legal", "dropbox-sales"]),
                             (("--selector", "region=eu", "--only", "dropbox-sales"), ["dropbox-sales"]),
                             (("manifests/one.yaml",), ["single"])):
            plan = self.plan(*flags)
            self.assertFalse(plan["complete"], flags)
            self.assertEqual(sorted({change["application"] for change in plan["changes"]}), names)
        for flags, code in ((("--only", "dropbox-op"), "SW2007"), (("--selector", "region=asia"), "SW2022"),
                            (("--selector", "eu"), "SW2022")):
            self.assertIn(code, self.emulated("plan", *flags, expect=65).err)

    def test_a_part_leaves_the_rest_alone(self):
        self.apply()
        self.edit("teams.csv", ",400", ",401")
        self.edit("teams.csv", ",600", ",601")
        self.apply("--selector", "region=us", "--prune", "--max-deletes", "9")
        plan = self.plan()
        self.assertEqual([change["application"] for change in plan["changes"]], ["dropbox-sales"])
        self.apply()
        self.assert_nothing_to_do("--emulator")

    def test_a_saved_plan_of_a_part_is_carried_out(self):
        for flags in (("--only", "dropbox-ops"), ("--selector", "region=eu"), ("manifests/one.yaml",)):
            self.emulated("plan", *flags, "--out", "plan.json")
            self.emulated("apply", "--plan", "plan.json")
        self.assert_nothing_to_do("--emulator")
        self.edit("teams.csv", ",600", ",601")
        self.emulated("plan", "--only", "dropbox-ops", "--out", "plan.json")
        self.edit("teams.csv", ",601", ",602")
        self.emulated("apply", "--plan", "plan.json", expect=4)
        self.edit("teams.csv", ",602", ",601")
        self.edit("teams.csv", "sales,Sales,eu,400", "sales,Sales,eu,444")  # no part of that plan
        self.emulated("apply", "--plan", "plan.json")
        self.assertEqual([change["application"] for change in self.plan()["changes"]], ["dropbox-sales"])


class Many(Sets):
    """What hundreds of rows look like: summed up first, like ones once, one of them in full."""

    MANIFEST = SET.replace("state: paused", "state: started").replace(
        "      jobs:", "      credentials: {values: {BaseAddress: 'https://${each.team}.example.com/', "
        "SecretToken: {env: TOKEN}}}\n      jobs:").replace(
        "{title: {constant: \"${each.title}\"}}",
        "{'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department': {constant: '${each.title}'}}")

    def rows(self, count, title="Team {}"):
        return CSV.splitlines(keepends=True)[0] + "".join(
            f"t{number:03},{title.format(number)},{'eu' if number % 2 else 'us'},{500 + number % 3}\n"
            for number in range(count))

    def test_five_hundred_rows_are_planned_on_one_page(self):
        self.use(self.MANIFEST, self.rows(500))
        self.assertEqual(self.emulated("plan").out, f"""\
Plan for default in tenant {TENANT}
Plan: 500 to create, 0 to update, 0 unchanged. 3000 changes.

+ 500 applications   <displayName> (Dropbox)   will be created
    + create application             the tenant has no application of this manifest
                                     (manifests/set.yaml:7, rows of teams.csv)
    + create job default             a new application has no job
                                     (manifests/set.yaml:14, rows of teams.csv)
    > test credentials               credentials are tried on the target system before they are
                                     saved  (manifests/set.yaml:12, rows of teams.csv)
    ~ save settings                  a new application has no settings
                                     (manifests/set.yaml:12, rows of teams.csv)
        + credentials.BaseAddress  <BaseAddress>
        + credentials.SecretToken  from env TOKEN
        + deletions.threshold      <threshold>
    ~ change schema of job default   1 change is laid over the template's schema as soon as the job
                                     exists  (manifests/set.yaml:16, rows of teams.csv)
        ~ User/urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department  <department>
    > start job default              a new job does not run until it is started
                                     (manifests/set.yaml:15, rows of teams.csv)
    application    displayName      BaseAddress                 threshold   department
    dropbox-t000   Dropbox Team 0   https://t000.example.com/   500         constant "Team 0"
    dropbox-t001   Dropbox Team 1   https://t001.example.com/   501         constant "Team 1"
    dropbox-t002   Dropbox Team 2   https://t002.example.com/   502         constant "Team 2"
    dropbox-t003   Dropbox Team 3   https://t003.example.com/   500         constant "Team 3"
    dropbox-t004   Dropbox Team 4   https://t004.example.com/   501         constant "Team 4"
    dropbox-t005   Dropbox Team 5   https://t005.example.com/   502         constant "Team 5"
    dropbox-t006   Dropbox Team 6   https://t006.example.com/   500         constant "Team 6"
    dropbox-t007   Dropbox Team 7   https://t007.example.com/   501         constant "Team 7"
    and 492 more (--format json lists them)

Plan: 500 to create, 0 to update, 0 unchanged. 3000 changes.
""")
        one = self.emulated("plan", "--only", "dropbox-t321").out
        for part in ("+ dropbox-t321   Dropbox Team 321 (Dropbox)   will be created", "row teams.csv:323",
                     "https://t321.example.com/", "constant \"Team 321\"", "1 to create"):
            self.assertIn(part, one)
        self.assertNotIn("<BaseAddress>", one)

    def test_five_hundred_rows_are_one_comment(self):
        self.use(self.MANIFEST, self.rows(500))
        comment = self.emulated("plan", "--format", "markdown").out
        lines = comment.splitlines()
        self.assertEqual(lines[2], "**Plan: 500 to create, 0 to update, 0 unchanged. 3000 changes.**")
        self.assertEqual([line for line in lines if line.startswith("#")],
                         [f"### Plan for `default` in tenant `{TENANT}`",
                          "#### `+` 500 applications will be created"])
        self.assertEqual([line for line in lines if line.startswith("| `")][:6], [
            line for line in lines if line.startswith(("| `+`", "| `~`", "| `>`"))])
        self.assertIn("| application | displayName | BaseAddress | threshold | department |", lines)
        for number in range(500):
            self.assertIn(f'| `dropbox-t{number:03}` | `Dropbox Team {number}` | `https://t{number:03}.example.com/` '
                          f'| `{500 + number % 3}` | `constant "Team {number}"` |', lines)
        self.assertIn("+ credentials.BaseAddress: <BaseAddress>", lines)
        self.assertNotIn("Too long", comment)
        self.assertLess(len(comment), 65536)

    def test_json_has_every_row(self):
        self.use(self.MANIFEST, self.rows(500))
        plan = self.plan()
        self.assertEqual(plan["summary"], {"create": 500, "update": 0, "delete": 0, "unchanged": 0,
                                           "orphaned": 0, "changes": 3000, "blocked": 0, "held": 0})
        self.assertEqual(sorted({change["row"]["line"] for change in plan["changes"]}), list(range(2, 502)))
        addresses = {field["after"] for change in plan["changes"] for field in change["fields"]
                     if field["path"] == "credentials.BaseAddress"}
        self.assertEqual(len(addresses), 500)

    def test_exceptions_stand_by_themselves(self):
        self.use(self.MANIFEST + "  overrides:\n    dropbox-t004: {spec: {scope: all}}\n"
                 "    dropbox-t009: {spec: {gallery: Dropbocks}}\n", self.rows(200))
        text = self.emulated("plan").out
        self.assertEqual([line for line in text.splitlines() if line[:2] in ("+ ", "! ")],
                         ["+ 198 applications   <displayName> (Dropbox)   will be created",
                          "+ dropbox-t004   Dropbox Team 4 (Dropbox)   will be created",
                          "! dropbox-t009   Dropbox Team 9 (Dropbocks)   cannot be created"])
        self.assertLess(len(text.splitlines()), 80)

    def test_updates_of_many_are_grouped_by_what_changes(self):
        self.write("syncwright.yaml", project("  guards: {maxUpdatesPercent: 100}\n", name="default"))
        self.use(SET, self.rows(24))
        self.apply()
        self.assert_nothing_to_do("--emulator")
        self.write("teams.csv", self.rows(24, "Equipe {}").replace("Equipe 3,", "Team 3,"))
        text = self.emulated("plan").out
        self.assertEqual(text, f"""\
Plan for default in tenant {TENANT}
Plan: 0 to create, 23 to update, 1 unchanged. 46 changes.

~ 23 applications   will be updated
    ~ update application             the display name differs
                                     (manifests/set.yaml:7, rows of teams.csv)
        ~ displayName              <old displayName> → <displayName>
        ~ application.displayName  <old displayName> → <displayName>
    ~ change schema of job default   the live schema differs in 1 place
                                     (manifests/set.yaml:15, rows of teams.csv)
        ~ USER_OUTBOUND_USER/User->urn:ietf:params:scim:schemas:extension:enterprise:2.0:User/title
            - <old title>
            + <title>
    application    old displayName   displayName        old title           title
    dropbox-t000   Dropbox Team 0    Dropbox Equipe 0   constant "Team 0"   constant "Equipe 0"
    dropbox-t001   Dropbox Team 1    Dropbox Equipe 1   constant "Team 1"   constant "Equipe 1"
    dropbox-t002   Dropbox Team 2    Dropbox Equipe 2   constant "Team 2"   constant "Equipe 2"
    dropbox-t004   Dropbox Team 4    Dropbox Equipe 4   constant "Team 4"   constant "Equipe 4"
    dropbox-t005   Dropbox Team 5    Dropbox Equipe 5   constant "Team 5"   constant "Equipe 5"
    dropbox-t006   Dropbox Team 6    Dropbox Equipe 6   constant "Team 6"   constant "Equipe 6"
    dropbox-t007   Dropbox Team 7    Dropbox Equipe 7   constant "Team 7"   constant "Equipe 7"
    dropbox-t008   Dropbox Team 8    Dropbox Equipe 8   constant "Team 8"   constant "Equipe 8"
    and 15 more (--format json lists them)

Plan: 0 to create, 23 to update, 1 unchanged. 46 changes.
""")
        self.apply()
        self.assert_nothing_to_do("--emulator")


class NoRows(Sets):
    HEADER = CSV.splitlines(keepends=True)[0]

    def test_a_set_without_rows_needs_a_word(self):
        self.use()
        self.write("manifests/one.yaml", application("single", "Single"))
        self.apply()
        self.write("teams.csv", self.HEADER)
        said = "emptySet  1 application set has no row: manifests/set.yaml:5"
        self.assertIn(said, self.emulated("plan").out)
        outcome = self.emulated("apply", "--auto-approve", "--prune", "--max-deletes", "3", expect=3)
        self.assertIn("guard emptySet: 1 application set has no row: manifests/set.yaml:5", outcome.err)
        self.assertIn("--allow-empty lets it through", outcome.err)
        self.apply("--prune", "--max-deletes", "3", "--allow-empty")
        self.apply("--allow-empty")
        self.assert_nothing_to_do("--emulator", "--prune")
        self.assertEqual(self.plan()["summary"]["unchanged"], 1)

    def test_a_project_without_any_row(self):
        self.use()
        self.apply()
        self.write("teams.csv", self.HEADER)
        plan = self.plan()
        self.assertFalse(plan["complete"])
        self.assertEqual([(guard["guard"], guard["message"], guard["acknowledge"]) for guard in plan["guards"]],
                         [("emptySet", "the manifests name no application at all", "--allow-empty")])
        self.assertNotIn("as the manifests say", self.emulated("plan").out)
        self.emulated("apply", "--auto-approve", expect=3)
        self.emulated("apply", "--auto-approve", "--prune", "--max-deletes", "3", expect=3)
        self.assertEqual(self.emulated("plan", "--prune", "--format", "json").json()["changes"], [])
        self.apply("--prune", "--max-deletes", "3", "--allow-empty")
        self.write("syncwright.yaml", project(name="default"))
        self.write("teams.csv", CSV)
        self.assertEqual(self.plan()["summary"]["create"], 3)


if __name__ == "__main__":
    harness.main()
