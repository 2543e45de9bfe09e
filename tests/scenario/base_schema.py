#!/usr/bin/env python3
"""A whole schema document, saved from one job, beneath the mappings of another."""
import copy
import json

from support import harness
from support.manifests import application
from support.schemas import (attribute_mapping, definitions, directory, jobs_path, live_schema, object_mapping,
                             put_schema, schema_path)

CUSTOMIZED = """\
      schema:
        attributes:
          - {directory: salesforce.com, object: User, name: officeCode, type: String, caseExact: true}
        mappings:
          - object: User
            flowTypes: [Add, Update]
            scopingFilter: {any: [{all: [{attribute: department, operator: EQUALS, values: [Sales]}]}]}
            attributes:
              officeCode: {expression: "[extensionAttribute10]", flowType: ObjectAddOnly}
              Title: 'Join(" ", [jobTitle], "of Contoso")'
              City: {absent: true}
"""
CHANGED = ["USER_OUTBOUND_USER/User->User/City", "USER_OUTBOUND_USER/User->User/Title",
           "USER_OUTBOUND_USER/User->User/officeCode", "USER_OUTBOUND_USER/User->User:flowTypes",
           "USER_OUTBOUND_USER/User->User:scopingFilter", "salesforce.com/User.officeCode"]


def manifest(name, display_name, schema="", gallery="Salesforce"):
    """`schema`: lines beneath the job, indented by six."""
    return application(name, display_name, gallery).replace(
        "  jobs: {default: {state: paused}}\n", f"  jobs:\n    default:\n      state: paused\n{schema}")


class Documents(harness.Scenario):
    """`one` is customized in the tenant; its document is saved in the project."""

    def setUp(self):
        super().setUp()
        self.server = self.serve()
        self.write("manifests/one.yaml", manifest("one", "One", CUSTOMIZED))
        self.server.run("apply", "--auto-approve")
        self.saved = live_schema(self.server, "One")
        self.save(self.saved)

    def save(self, schema, name="schemas/saved.json"):
        self.write(name, json.dumps(schema, indent=2))

    def use(self, more="", name="two", display_name="Two", gallery="Salesforce"):
        self.write(f"manifests/{name}.yaml", manifest(
            name, display_name, f"      schema:\n        file: ../schemas/saved.json\n{more}", gallery))

    def change(self):
        """The one change that the plan holds."""
        changes = self.server.run("plan", "--format", "json").json()["changes"]
        self.assertEqual(len(changes), 1, changes)
        return changes[0]

    def settle(self, *flags):
        self.server.run("apply", "--auto-approve", *flags)
        self.server.run("plan", "--detailed-exitcode")


class Rebased(Documents):
    def like_the_saved_one(self, display_name):
        """The live schema with the ids of the saved one, which are all that may differ."""
        live = live_schema(self.server, display_name)
        for member in ("@odata.context", "id", "version", "directories@odata.context"):
            if member in self.saved:
                live[member] = self.saved[member]
        return live

    def test_a_new_application_gets_what_another_has(self):
        self.use()
        plan = self.server.run("plan", "--format", "json").json()
        schema = plan["changes"][-1]
        self.assertTrue(schema["provisional"])
        self.assertEqual([(field["path"], field["after"]) for field in schema["fields"]],
                         [("document", {"file": "../schemas/saved.json"})])
        self.settle()
        job = self.server.graph("GET", jobs_path(self.server, "Two"))["value"][0]
        self.assertNotEqual(job["id"], self.saved["id"])
        self.assertEqual(live_schema(self.server, "Two")["id"], job["id"])
        self.assertEqual(self.like_the_saved_one("Two"), self.saved)

    def test_a_live_one_is_changed_mapping_by_mapping(self):
        self.write("manifests/two.yaml", manifest("two", "Two"))
        self.server.run("apply", "--auto-approve")
        self.use()
        change = self.change()
        self.assertEqual(change["origin"], {"file": "manifests/two.yaml", "line": 10, "column": 7})
        self.assertEqual(sorted(field["path"] for field in change["fields"]), CHANGED)
        self.settle()
        self.assertEqual(self.like_the_saved_one("Two"), self.saved)

    def test_ids_of_rules_and_directories_stay_the_live_ones(self):
        self.write("manifests/two.yaml", manifest("two", "Two"))
        self.server.run("apply", "--auto-approve")
        before = live_schema(self.server, "Two")
        foreign = copy.deepcopy(self.saved)
        foreign["synchronizationRules"][0]["id"] = "11111111-2222-3333-4444-555555555555"
        directory(foreign, "salesforce.com")["id"] = "66666666-7777-8888-9999-000000000000"
        self.save(foreign)
        self.use()
        self.settle()
        after = live_schema(self.server, "Two")
        for part in ("directories", "synchronizationRules"):
            self.assertEqual([each["id"] for each in after[part]], [each["id"] for each in before[part]])
        self.assertEqual(attribute_mapping(after, "Title"), attribute_mapping(self.saved, "Title"))

    def test_mappings_and_sets_lie_over_the_document(self):
        self.use('        include: [codes]\n'
                 '        mappings: [{object: User, attributes: {officeCode: "[extensionAttribute11]"}}]\n')
        self.write("manifests/codes.yaml", "apiVersion: syncwright/v1\nkind: MappingSet\nmetadata: {name: codes}\n"
                   "spec:\n  mappings:\n    - object: User\n      attributes:\n"
                   "        officeCode: {constant: set}\n        Title: {constant: set}\n")
        self.settle()
        live = live_schema(self.server, "Two")
        self.assertEqual(attribute_mapping(live, "officeCode"),
                         {**attribute_mapping(self.saved, "officeCode"),
                          "source": {**attribute_mapping(self.saved, "officeCode")["source"],
                                     "name": "extensionAttribute11", "expression": "[extensionAttribute11]"}})
        self.assertEqual(attribute_mapping(live, "Title")["source"]["name"], "set")
        self.assertNotIn("City", {each["targetAttributeName"]
                                  for each in object_mapping(live, "User")["attributeMappings"]})

    def test_a_document_that_changes_is_a_change(self):
        self.use()
        self.settle()
        attribute_mapping(self.saved, "Title")["flowBehavior"] = "FlowAlways"
        self.save(self.saved)
        self.assertEqual([field["path"] for field in self.change()["fields"]],
                         ["USER_OUTBOUND_USER/User->User/Title"])
        self.settle()

    def test_a_saved_plan_carries_the_document(self):
        self.use()
        self.server.run("plan", "--out", "plan.json")
        (self.folder / "elsewhere").mkdir()
        (self.folder / "plan.json").rename(self.folder / "elsewhere/plan.json")
        self.server.run("apply", "--plan", "plan.json", cwd=self.folder / "elsewhere")
        self.server.run("plan", "--detailed-exitcode")

    def test_both_brand_names_are_one_directory(self):
        renamed = json.loads(json.dumps(self.saved).replace('"Azure Active Directory"', '"Microsoft Entra ID"'))
        self.assertNotEqual(renamed, self.saved)
        self.save(renamed)
        self.use()
        self.settle()
        live = live_schema(self.server, "Two")
        self.assertEqual([each["name"] for each in live["directories"]],
                         [each["name"] for each in self.saved["directories"]])
        self.assertEqual(live["synchronizationRules"][0]["sourceDirectoryName"], "Azure Active Directory")

    def test_objects_of_one_name_are_told_apart_by_their_place(self):
        self.write("manifests/one.yaml", manifest("one", "One"))
        self.write("manifests/two.yaml", manifest("two", "Two"))
        self.server.run("apply", "--auto-approve")
        for name in ("One", "Two"):
            schema = live_schema(self.server, name)
            objects = directory(schema, "salesforce.com")["objects"]
            user = next(each for each in objects if each["name"] == "User")
            objects.append({**copy.deepcopy(user), "attributes": [{**copy.deepcopy(user["attributes"][0])}]})
            put_schema(self.server, name, schema)
        self.saved = live_schema(self.server, "One")
        twins = [each for each in directory(self.saved, "salesforce.com")["objects"] if each["name"] == "User"]
        twins[1]["attributes"][0]["caseExact"] = not twins[1]["attributes"][0]["caseExact"]
        self.save(self.saved)
        self.use()
        paths = [field["path"] for field in self.change()["fields"]]
        self.assertEqual([path for path in paths if path.startswith("salesforce.com/")],
                         ["salesforce.com/User.officeCode",
                          f"salesforce.com/User#2.{twins[1]['attributes'][0]['name']}"])
        self.settle()
        live = [each for each in directory(live_schema(self.server, "Two"), "salesforce.com")["objects"]
                if each["name"] == "User"]
        self.assertEqual(live, twins)

    def test_a_job_may_have_what_the_document_lacks(self):
        self.write("manifests/two.yaml", manifest("two", "Two", """\
      schema:
        attributes: [{directory: salesforce.com, object: User, name: shoeSize, type: Integer}]
        mappings: [{object: User, attributes: {shoeSize: {constant: "42"}}}]
"""))
        self.server.run("apply", "--auto-approve")
        self.use()
        self.settle()
        live = live_schema(self.server, "Two")
        self.assertIn("shoeSize", {each["name"] for each in definitions(live, "salesforce.com", "User")})
        self.assertEqual(object_mapping(live, "User"), object_mapping(self.saved, "User"))


class Refused(Documents):
    def test_a_document_of_another_kind_of_application(self):
        self.use(gallery="Dropbox")
        outcome = self.server.run("apply", "--auto-approve", expect=5)
        self.assertIn("SW5017: the live schema lacks a directory of the document, `salesforce.com`", outcome.err)
        self.assertEqual(outcome.out.count("lacks a directory"), 1)
        change = self.change()
        self.assertEqual((change["status"], change["blocked"]["code"]), ("blocked", "SW5017"))
        puts = [path for method, path in self.server.requests() if method == "PUT" and "/schema" in path]
        self.assertEqual(len(puts), 1)  # of the first application

    def faults(self, path, name, text):
        """What validate says of `file: path`, with a file of that content below the manifests."""
        if text is not None:
            target = self.folder / "manifests" / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text if isinstance(text, bytes) else text.encode())
        self.write("manifests/two.yaml", manifest("two", "Two", f"      schema: {{file: {path}}}\n"))
        return self.run_syncwright("validate", expect=65).err

    def test_files_that_are_none(self):
        at = "manifests/two.yaml:10:22: error"
        broken = json.dumps(self.saved, indent=1).replace('"synchronizationRules": [', '"synchronizationRules": [,')
        line, text = next((number, line) for number, line in enumerate(broken.splitlines(), 1) if ": [," in line)
        said = self.faults("a.json", "a.json", broken)
        self.assertTrue(said.startswith(f"manifests/a.json:{line}:{text.index(',') + 1}: error[SW1017]"), said)
        self.assertIn("take it from the portal", said)
        cut = json.dumps(self.saved)[:-200]
        self.assertTrue(self.faults("a.json", "a.json", cut).startswith(f"manifests/a.json:1:{len(cut) + 1}"))
        for content, words in (("[]", "is not a JSON object"), ('{"name": "x"}', "has neither synchronizationRules nor"),
                               ('{"directories": 7}', "directories of the synchronization schema is not an array")):
            said = self.faults("a.json", "a.json", content)
            self.assertTrue(said.startswith(f"{at}[SW1017]"), said)
            self.assertIn(words, said)
        self.assertIn(f"{at}[SW0106]: manifests/a.json is larger than 16 MiB",
                      self.faults("a.json", "a.json", b" " * (17 << 20)))

    def test_files_that_are_elsewhere(self):
        at = "manifests/two.yaml:10:22: error"
        self.write("outside.json", json.dumps(self.saved))
        self.write("manifests/syncwright.yaml", "apiVersion: syncwright/v1\nkind: Project\nmetadata: {name: inner}\n"
                   "spec: {manifests: [two.yaml]}\n")
        self.write("manifests/two.yaml", manifest("two", "Two", "      schema: {file: ../outside.json}\n"))
        said = self.run_syncwright("validate", "manifests/two.yaml", expect=65).err
        self.assertTrue(said.startswith(f"{at}[SW2009]"), said)
        (self.folder / "manifests/link.json").symlink_to(self.folder / "outside.json")
        self.edit("manifests/two.yaml", "../outside.json", "link.json")
        said = self.run_syncwright("validate", "manifests/two.yaml", expect=65).err
        self.assertTrue(said.startswith(f"{at}[SW2009]"), said)
        self.edit("manifests/two.yaml", "link.json", "lost.json")
        said = self.run_syncwright("validate", "manifests/two.yaml", expect=65).err
        self.assertTrue(said.startswith(f"{at}[SW0106]: there is no file `lost.json`"), said)


class Known(Documents):
    """The document says which attributes there are, before any tenant is asked."""

    def test_names_are_held_against_it(self):
        self.use('        mappings: [{object: User, attributes: {officeCod: "[extensionAttribut11]"}}]\n')
        said = self.run_syncwright("validate", expect=65).err
        self.assertIn("error[SW3206]: the target has no attribute `officeCod`, as far as ../schemas/saved.json tells", said)
        self.assertIn("did you mean `officeCode`?", said)
        self.assertIn("error[SW3205]: the source has no attribute `extensionAttribut11`", said)
        self.edit("manifests/two.yaml", "officeCod:", "officeCode:")
        self.edit("manifests/two.yaml", "extensionAttribut11", "extensionAttribute11")
        self.assertEqual(self.run_syncwright("validate").err, "")

    def test_a_plan_does_not_warn_of_what_the_document_brings(self):
        self.write("manifests/two.yaml", manifest("two", "Two"))
        self.server.run("apply", "--auto-approve")
        self.use('        mappings: [{object: User, attributes: {officeCode: "[extensionAttribute11]"}}]\n')
        self.assertEqual(self.server.run("plan", "--format", "json").json()["diagnostics"], [])
        self.settle()

    def test_mapping_tests_run_on_it(self):
        self.use()
        self.write("manifests/tests.yaml", """\
apiVersion: syncwright/v1
kind: MappingTest
metadata: {name: two}
spec:
  application: two
  cases:
    - name: a seller
      object: User
      source: {userPrincipalName: ada@contoso.com, department: Sales, jobTitle: Head, extensionAttribute10: P7}
      expect: {inScope: true, action: create, target: {officeCode: P7, Title: Head of Contoso, Username: ada@contoso.com}}
    - name: somebody else
      object: User
      source: {userPrincipalName: bob@contoso.com, department: Legal}
      expect: {inScope: false}
""")
        self.assertIn("2 cases in 1 test passed", self.run_syncwright("test").out)
        self.edit("manifests/tests.yaml", "officeCode: P7,", "officeCode: P8,")
        self.run_syncwright("test", expect=1)


if __name__ == "__main__":
    harness.main()
