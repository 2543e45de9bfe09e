#!/usr/bin/env python3
"""syncwright test: MappingTest manifests through the provisioning engine, offline."""
import json
import xml.etree.ElementTree as xml

from support import harness

APPLICATION = """\
apiVersion: syncwright/v1
kind: Application
metadata: {name: salesforce}
spec:
  gallery: Salesforce
  displayName: Salesforce
  scope: assigned
  jobs:
    default:
      schema:
        mappings:
          - object: User
            scopingFilter: {any: [{all: [{attribute: department, operator: EQUALS, values: [Sales]}]}]}
            attributes:
              Username: {expression: "[userPrincipalName]", matchingPriority: 1}
              IsActive: "Not([IsSoftDeleted])"
              Alias: 'Left([userPrincipalName], 3)'
              LanguageLocaleKey: {source: none, defaultValue: en_US}
"""

TESTS = """\
apiVersion: syncwright/v1
kind: MappingTest
metadata: {name: people}
spec:
  application: salesforce
  cases:
    - name: a person of Sales
      object: User
      source: {userPrincipalName: ada@contoso.com, department: Sales}
      expect:
        inScope: true
        action: create
        target: {Username: ada@contoso.com, Alias: ada, IsActive: true, LanguageLocaleKey: en_US}
    - name: somebody who moved to Marketing
      object: User
      source: {userPrincipalName: ada@contoso.com, department: Marketing}
      account: {Username: ada@contoso.com, IsActive: "True"}
      expect: {inScope: false, action: disable, target: {IsActive: false, Username: null}}
    - name: a new alias
      object: User
      source: {userPrincipalName: ada@contoso.com, department: Sales}
      account: {Username: ada@contoso.com, IsActive: "True", Alias: old}
      expect: {action: update, target: {Alias: ada, Username: ada@contoso.com}}
"""

SCHEMA = {
    "id": "job", "directories": [],
    "synchronizationRules": [{
        "id": "r1", "name": "OUT", "sourceDirectoryName": "Azure Active Directory",
        "targetDirectoryName": "salesforce.com", "editable": True, "priority": 1,
        "objectMappings": [{
            "name": "Users", "sourceObjectName": "User", "targetObjectName": "User", "enabled": True,
            "flowTypes": "Add, Update, Delete", "scope": None,
            "attributeMappings": [
                {"targetAttributeName": "Title", "matchingPriority": 0, "flowType": "Always",
                 "flowBehavior": "FlowWhenChanged", "defaultValue": None,
                 "source": {"name": "jobTitle", "type": "Attribute", "expression": "[jobTitle]",
                            "parameters": []}},
                {"targetAttributeName": "Alias", "matchingPriority": 0, "flowType": "Always",
                 "flowBehavior": "FlowWhenChanged", "defaultValue": None,
                 "source": {"name": "mailNickname", "type": "Attribute", "expression": "[mailNickname]",
                            "parameters": []}}]}]}]}


class MappingTests(harness.Scenario):
    def use_tests(self):
        self.write("manifests/salesforce.yaml", APPLICATION)
        self.write("manifests/tests.yaml", TESTS)

    def test_the_quickstart_passes(self):
        self.use_quickstart()
        outcome = self.run_syncwright("test")
        self.assertEqual(outcome.out, "ok    salesforce-people  3 cases  (tests.yaml:7)\n\n"
                                      "3 cases in 1 test passed.\n")
        self.run_syncwright("test", cwd="/", expect=65)

    def test_every_case_is_named_on_demand(self):
        self.use_tests()
        outcome = self.run_syncwright("test", "-v")
        self.assertEqual(outcome.out, "ok    people  3 cases  (manifests/tests.yaml:3)\n"
                                      "      ok    a person of Sales\n"
                                      "      ok    somebody who moved to Marketing\n"
                                      "      ok    a new alias\n\n"
                                      "3 cases in 1 test passed.\n")

    def test_a_failure_in_full(self):
        self.use_tests()
        self.edit("manifests/tests.yaml", "target: {Alias: ada, Username", "target: {Alias: bob, LanguageLocaleKey: de, Username")
        self.edit("manifests/tests.yaml", "expect: {inScope: false, action: disable,",
                  "expect: {inScope: true, action: update,")
        outcome = self.run_syncwright("test", expect=1)
        self.assertEqual(outcome.err, "")
        self.assertEqual(outcome.out, self.read_golden("failure.txt", outcome.out))
        every = self.run_syncwright("test", "-v", expect=1).out
        self.assertIn("Username <- [userPrincipalName]: 'ada@contoso.com' (unchanged)", every)
        self.assertNotIn("shown with -v", every)

    def read_golden(self, name, got):
        golden = harness.SOURCE / "tests/cases/test" / name
        if harness.os.environ.get("SYNCWRIGHT_UPDATE_GOLDEN"):
            golden.parent.mkdir(parents=True, exist_ok=True)
            golden.write_text(got)
        return golden.read_text()

    def test_json(self):
        self.use_tests()
        self.edit("manifests/tests.yaml", "action: update", "action: create")
        outcome = self.run_syncwright("test", "--format", "json", expect=1).json()
        self.assertEqual((outcome["passed"], outcome["failed"]), (2, 1))
        (test,) = outcome["tests"]
        self.assertEqual((test["name"], test["application"], test["job"], test["file"], test["line"]),
                         ("people", "salesforce", "default", "manifests/tests.yaml", 3))
        failed = [case for case in test["cases"] if not case["passed"]]
        self.assertEqual([case["name"] for case in failed], ["a new alias"])
        self.assertEqual(failed[0]["faults"], [{"what": "action", "expected": "create", "actual": "update",
                                                "why": ""}])
        self.assertEqual([step["name"] for step in failed[0]["steps"]],
                         ["import", "scoping", "matching", "mapping", "export"])

    def test_junit(self):
        self.use_tests()
        self.edit("manifests/tests.yaml", "Alias: ada, IsActive", "Alias: \"<&\\\"ada\", IsActive")
        self.run_syncwright("test", "--report", "junit=out/results.xml", expect=1)
        suites = xml.parse(self.folder / "out/results.xml").getroot()
        self.assertEqual((suites.tag, suites.get("tests"), suites.get("failures")), ("testsuites", "3", "1"))
        cases = suites.findall("testsuite/testcase")
        self.assertEqual([case.get("classname") for case in cases], ["people"] * 3)
        failures = suites.findall("testsuite/testcase/failure")
        self.assertEqual(len(failures), 1)
        self.assertIn("target Alias: expected", failures[0].get("message"))
        self.assertIn("<&", failures[0].text)
        self.assertIn("export", failures[0].text)

    def test_markdown_sums_up_and_names_each_fault(self):
        self.use_tests()
        passed = self.run_syncwright("test", "--format", "markdown").out
        self.assertEqual(passed, "### Mapping tests\n\n**3 cases in 1 test passed.**\n\n#### Tests\n\n"
                                 "| test | application | cases | failed |\n|---|---|---|---|\n"
                                 "| `people` | `salesforce` | 3 | 0 |\n")
        self.edit("manifests/tests.yaml", "Alias: ada, IsActive", "Alias: \"<b>@ada\", IsActive")
        self.run_syncwright("test", "--report", "markdown=summary.md", expect=1)
        failed = self.read("summary.md")
        self.assertIn("**1 of 3 cases in 1 test failed.**\n\n#### Failed\n\n", failed)
        self.assertIn("| `people` | `salesforce` | 3 | 1 |", failed)
        self.assertEqual(failed.count("target Alias"), 1)
        self.assertNotIn("<b>", failed)  # foreign text formats nothing
        self.assertNotIn("@ada", failed)

    def test_other_reports_are_refused(self):
        self.use_tests()
        self.run_syncwright("test", "--report", "json=out/results.json", "--report", "text=out/results.txt")
        self.assertEqual(json.loads(self.read("out/results.json")), self.run_syncwright("test", "--format", "json").json())
        self.assertEqual(self.read("out/results.txt"), self.run_syncwright("test").out)
        for report, said in (("sarif=x", "SW9003"), ("junit", "FORMAT=FILE"),
                             ("xml=x", "FORMAT=FILE")):
            self.assertIn(said, self.run_syncwright("test", "--report", report, expect=64).err)

    def test_a_saved_schema_lies_beneath_the_manifest(self):
        self.use_tests()
        self.write("schemas/salesforce.json", json.dumps(SCHEMA))
        self.write("manifests/tests.yaml", """\
apiVersion: syncwright/v1
kind: MappingTest
metadata: {name: saved}
spec:
  application: salesforce
  schema: ../schemas/salesforce.json
  cases:
    - name: the connector's own mapping and the manifest's
      object: User
      rule: OUT
      source: {userPrincipalName: ada@contoso.com, department: Sales, jobTitle: Countess, mailNickname: x}
      expect: {target: {Title: Countess, Alias: ada}}
""")
        self.run_syncwright("test")
        self.edit("manifests/tests.yaml", "Title: Countess, Alias", "Titel: Countess, Alias")
        outcome = self.run_syncwright("test", expect=65)
        self.assertIn("manifests/tests.yaml:12:25: error[SW2014]: no attribute mapping writes `Titel`",
                      outcome.err)
        self.assertIn("did you mean `Title`?", outcome.err)
        self.edit("manifests/tests.yaml", "object: User", "object: Device")
        self.assertIn("SW2013", self.run_syncwright("test", expect=65).err)
        self.write("schemas/salesforce.json", "{")
        self.assertIn("SW2015", self.run_syncwright("test", expect=65).err)
        self.run_syncwright("validate")

    def test_entries_that_mean_one_mapping_are_tested_as_one(self):
        self.use_tests()
        self.edit("manifests/salesforce.yaml", "      schema:\n", "      schema:\n        include: [aliases]\n")
        self.write("manifests/aliases.yaml", """\
apiVersion: syncwright/v1
kind: MappingSet
metadata: {name: aliases}
spec:
  mappings:
    - {object: User, rule: OUT, target: User, attributes: {Alias: "[mail]", Title: "[jobTitle]"}}
""")
        self.edit("manifests/tests.yaml", "department: Sales}\n      expect:\n        inScope: true",
                  "department: Sales, jobTitle: Countess}\n      expect:\n        inScope: true")
        self.edit("manifests/tests.yaml", "Alias: ada, IsActive", "Alias: ada, Title: Countess, IsActive")
        self.run_syncwright("test")
        self.edit("manifests/tests.yaml", "object: User", "object: User\n      rule: OUT")
        self.run_syncwright("test")
        self.edit("manifests/aliases.yaml", "  mappings:\n", "  mappings:\n    - {object: User, rule: IN, enabled: true}\n")
        self.run_syncwright("test")
        self.edit("manifests/tests.yaml", "\n      rule: OUT", "")
        self.assertIn("2 mappings of `User`", self.run_syncwright("test", expect=65).err)

    def test_null_is_expected_of_what_the_manifest_removes(self):
        self.use_tests()
        self.edit("manifests/salesforce.yaml", "              Alias:", "              Gone: {absent: true}\n              Alias:")
        self.edit("manifests/tests.yaml", "Alias: ada, IsActive", "Alias: ada, Gone: null, IsActive")
        self.run_syncwright("test")
        self.edit("manifests/tests.yaml", "Gone: null", "Gone: x")
        self.assertIn("no source for `Gone`", self.run_syncwright("test", expect=65).err)
        self.edit("manifests/tests.yaml", "Gone: x", "Title: null")
        self.assertIn("no source for `Title`", self.run_syncwright("test", expect=65).err)
        self.edit("manifests/salesforce.yaml", "      schema:\n", "      schema:\n        mode: exact\n")
        self.run_syncwright("test")

    def test_null_is_expected_of_what_is_removed_from_a_saved_schema(self):
        self.use_tests()
        self.write("schemas/salesforce.json", json.dumps(SCHEMA))
        self.edit("manifests/tests.yaml", "  application: salesforce\n",
                  "  application: salesforce\n  schema: ../schemas/salesforce.json\n")
        self.edit("manifests/tests.yaml", "Alias: ada, IsActive", "Alias: ada, Title: null, IsActive")
        self.run_syncwright("test")  # nothing to write: the object has no job title
        self.edit("manifests/salesforce.yaml", "              Alias:", "              Title: {absent: true}\n              Alias:")
        self.run_syncwright("test")
        self.edit("manifests/salesforce.yaml", "              Title: {absent: true}\n", "")
        self.edit("manifests/salesforce.yaml", "      schema:\n", "      schema:\n        mode: exact\n")
        self.run_syncwright("test")

    def test_an_account_is_disabled_in_any_case_of_false(self):
        self.use_tests()
        self.edit("manifests/tests.yaml", "department: Sales}\n      expect:\n        inScope: true\n        action: create",
                  "department: Sales, accountEnabled: \"false\"}\n      expect:\n        action: create")
        for written in ("false", "FALSE", "False"):
            self.edit("manifests/tests.yaml", 'accountEnabled: "false"', f'accountEnabled: "{written}"')
            with self.subTest(written):
                outcome = self.run_syncwright("test", "--format", "json", expect=None).json()
                self.assertIn("IsActive", json.dumps(outcome["tests"][0]["cases"][0]["faults"]))
            self.edit("manifests/tests.yaml", f'accountEnabled: "{written}"', 'accountEnabled: "false"')

    def test_one_file_is_tested_with_the_applications_of_the_others(self):
        self.use_tests()
        self.write("manifests/more.yaml", TESTS.replace("{name: people}", "{name: more}"))
        outcome = self.run_syncwright("test", "manifests/more.yaml")
        self.assertEqual(outcome.out, "ok    more  3 cases  (manifests/more.yaml:3)\n\n3 cases in 1 test passed.\n")
        self.run_syncwright("test", "manifests/none.yaml", expect=65)

    def test_no_tests(self):
        self.write("manifests/salesforce.yaml", APPLICATION)
        self.assertEqual(self.run_syncwright("test").out,
                         "No tests: the manifests hold no document of kind MappingTest.\n")

    def test_tests_have_no_effect_on_a_plan(self):
        self.use_quickstart()
        before = self.emulated("plan", "--format", "json").json()
        (self.folder / "tests.yaml").unlink()
        after = self.emulated("plan", "--format", "json").json()
        self.assertEqual(before["manifestDigest"], after["manifestDigest"])
        self.assertEqual(before["changes"], after["changes"])

    def test_settings_of_the_project(self):
        self.use_tests()
        self.edit("manifests/salesforce.yaml", "operator: EQUALS, values: [Sales]",
                  "operator: NOT EQUALS, values: [Marketing]")
        self.edit("manifests/tests.yaml", "source: {userPrincipalName: ada@contoso.com, department: Sales}\n"
                  "      expect:", "source: {userPrincipalName: ada@contoso.com}\n      expect:")
        self.run_syncwright("test", expect=1)
        self.write("syncwright.yaml", "apiVersion: syncwright/v1\nkind: Project\nmetadata: {name: p}\n"
                   "spec: {expressions: {scopeNullRule: lenient}}\n")
        self.run_syncwright("test")

    def test_a_green_case_that_the_service_may_fail_at(self):
        self.use_tests()
        self.edit("manifests/salesforce.yaml", "'Left([userPrincipalName], 3)'",
                  """'IIF(Count([userPrincipalName])="1", "ada", CDate([userPrincipalName]))'""")
        warned = self.run_syncwright("test")
        self.assertIn("3 cases in 1 test passed.", warned.out)
        self.assertIn("manifests/tests.yaml:7:13: warning[SW3140]: `Alias` in the case `a person of Sales` and 1 more: ",
                      warned.err)
        self.assertEqual(warned.err.count("SW3140"), 1)
        cases = self.run_syncwright("test", "--format", "json").json()["tests"][0]["cases"]
        self.assertEqual([[each["code"] for each in case["warnings"]] for case in cases], [["SW3140"], [], ["SW3140"]])
        project = "apiVersion: syncwright/v1\nkind: Project\nmetadata: {name: p}\nspec: {%s}\n"
        self.write("syncwright.yaml", project % "severity: {SW3140: error}")
        self.assertIn("error[SW3140]", self.run_syncwright("test", expect=1).err)
        self.write("syncwright.yaml", project % "expressions: {branches: eager}")
        self.run_syncwright("test", expect=1)

    def test_a_redacted_value_is_shown_nowhere(self):
        self.use_tests()
        self.edit("manifests/tests.yaml", "Alias: ada, IsActive", "Alias: bob, IsActive")
        self.edit("manifests/tests.yaml", "{userPrincipalName: ada@contoso.com, department: Sales}",
                  "{userPrincipalName: ada@contoso.com, mailNickname: private-7, department: Sales}")
        for expression, got in (("Redact([mailNickname])", "[Redact]"), ("Redact(CDate([mailNickname]))", None)):
            self.write("manifests/salesforce.yaml", APPLICATION.replace("Left([userPrincipalName], 3)", expression))
            outcome = self.run_syncwright("test", expect=1)
            self.assertNotIn("private-7", outcome.out + outcome.err)
            cases = self.run_syncwright("test", "--format", "json", expect=1)
            self.assertNotIn("private-7", cases.out + cases.err)
            faults = {fault["what"]: fault for fault in cases.json()["tests"][0]["cases"][0]["faults"]}
            if got is None:
                self.assertIn("Alias: [Redact]", faults["action"]["why"])
            else:
                self.assertEqual(faults["target Alias"]["actual"], got)

    def test_chance_is_the_same_every_time(self):
        self.use_tests()
        self.edit("manifests/salesforce.yaml", "'Left([userPrincipalName], 3)'", "'Guid()'")
        self.edit("manifests/tests.yaml", "Alias: ada, IsActive", "Alias: 00000000-0000-4000-8000-000000000001, IsActive")
        self.edit("manifests/tests.yaml", "Alias: ada, Username", "Username")
        self.run_syncwright("test")


if __name__ == "__main__":
    harness.main()
