#!/usr/bin/env python3
"""Mappings that several jobs share, and everything that a mapping can say, down to the live schema."""
import copy
import json

from support import harness
from support.manifests import application
from support.proxy import Proxy
from support.schemas import attribute_mapping, definitions, live_schema, named, object_mapping, put_schema

USERS = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
GROUPS = "urn:ietf:params:scim:schemas:core:2.0:Group"
TO_USERS = f"USER_OUTBOUND_USER/User->{USERS}"
TO_GROUPS = f"USER_OUTBOUND_USER/Group->{GROUPS}"
BADGE = "extension_0123456789abcdef0123456789abcdef_badge"
LEVEL = "extension_0123456789abcdef0123456789abcdef_level"
URN = "urn:ietf:params:scim:schemas:extension:contoso:2.0:User:badge"
DEFINITION = {"anchor": False, "apiExpressions": [], "caseExact": False, "defaultValue": None,
              "flowNullValues": False, "metadata": [], "multivalued": False, "mutability": "ReadWrite",
              "referencedObjects": [], "required": False, "type": "String"}
MAPPING = {"defaultValue": None, "exportMissingReferences": False, "flowBehavior": "FlowWhenChanged",
           "flowType": "Always", "matchingPriority": 0}


def attribute(name):
    return {"expression": f"[{name}]", "name": name, "parameters": [], "type": "Attribute"}


def constant(text):
    return {"expression": f'"{text}"', "name": text, "parameters": [], "type": "Constant"}


def new_mapping(target, source, **more):
    return {**MAPPING, "targetAttributeName": target, "source": source, **more}


def mapping_set(name, spec):
    """`spec`: its lines, indented by two."""
    return f"---\napiVersion: syncwright/v1\nkind: MappingSet\nmetadata: {{name: {name}}}\nspec:\n{spec}"


def users(attributes, more="", indent="  "):
    """A spec's one mapping of users, or that of a job's schema with another indent."""
    return f"{indent}mappings:\n{indent}  - {{object: User{more}, attributes: {attributes}}}\n"


class Stories(harness.Scenario):
    """An application is there, untouched; a manifest customizes it."""

    def setUp(self):
        super().setUp()
        self.server = self.serve()
        self.write("manifests/app.yaml", application("app", "App"))
        self.server.run("apply", "--auto-approve")

    def manifest(self, schema, sets=""):
        """`schema`: lines beneath the job's schema, indented by eight."""
        text = application("app", "App", more="").replace(
            "  jobs: {default: {state: paused}}\n", f"  jobs:\n    default:\n      schema:\n{schema}")
        self.write("manifests/app.yaml", text + sets)

    def fields(self, *flags):
        """What the plan changes, path by path: (before, after)."""
        changes = self.server.run("plan", "--format", "json", *flags).json()["changes"]
        self.assertEqual([change["id"] for change in changes], ["app/jobs/default/schema"])
        return {field["path"]: (field["before"], field["after"]) for field in changes[0]["fields"]}

    def settle(self):
        self.server.run("apply", "--auto-approve")
        self.server.run("plan", "--detailed-exitcode")

    def live(self):
        schema = live_schema(self.server, "App")
        del schema["version"]  # set by the service
        return schema

    def story(self, schema, sets, fields, edit):
        """The plan says `fields`, and afterwards the live schema is what it was but for `edit`."""
        wanted = copy.deepcopy(self.live())
        self.manifest(schema, sets)
        self.server.run("validate")
        self.assertEqual(self.fields(), fields)
        self.settle()
        edit(wanted)
        for rule in wanted["synchronizationRules"]:
            for mapping in rule["objectMappings"]:  # the service sorts them
                mapping["attributeMappings"].sort(key=lambda each: each["targetAttributeName"])
        self.assertEqual(self.live(), wanted)


class Precedence(Stories):
    def test_later_sets_over_earlier_and_the_job_over_all(self):
        sets = (mapping_set("one", users("{title: {constant: one, flowType: ObjectAddOnly}, displayName: {constant: one}, "
                                         "externalId: {constant: one}}", ", flowTypes: [Add]"))
                + mapping_set("two", users("{title: {constant: two}, displayName: {constant: two}}",
                                           ", flowTypes: [Add, Update]")))

        def edit(schema):
            attribute_mapping(schema, "title")["source"] = constant("job")
            attribute_mapping(schema, "displayName")["source"] = constant("two")
            attribute_mapping(schema, "externalId")["source"] = constant("one")
            object_mapping(schema, "User")["flowTypes"] = "Add,Update"

        self.story("        include: [one, two]\n" + users("{title: {constant: job}}", indent=" " * 8), sets, {
            f"{TO_USERS}:flowTypes": (["Add", "Update", "Delete"], ["Add", "Update"]),
            f"{TO_USERS}/displayName": ({"expression": "[displayName]"}, {"constant": "two"}),
            f"{TO_USERS}/externalId": ({"expression": "[objectId]"}, {"constant": "one"}),
            f"{TO_USERS}/title": ({"expression": "[jobTitle]"}, {"constant": "job"}),
        }, edit)
        self.edit("manifests/app.yaml", "[one, two]", "[two, one]")
        self.assertEqual(self.fields(), {
            f"{TO_USERS}:flowTypes": (["Add", "Update"], ["Add"]),
            f"{TO_USERS}/displayName": ({"constant": "two"}, {"constant": "one"})})
        self.settle()

    def test_an_entry_is_replaced_whole_however_its_mapping_is_spelled(self):
        beneath = users("{title: {expression: '[department]', flowType: ObjectAddOnly, defaultValue: none, "
                        "matchingPriority: 2}}", f", rule: USER_OUTBOUND_USER, target: '{USERS}'")

        def edit(schema):
            attribute_mapping(schema, "title")["source"] = attribute("city")

        self.story("        include: [one]\n" + users("{title: '[city]'}", indent=" " * 8),
                   mapping_set("one", beneath),
                   {f"{TO_USERS}/title": ({"expression": "[jobTitle]"}, {"expression": "[city]"})}, edit)

    def test_two_jobs_of_two_applications_share_a_set(self):
        self.write("manifests/other.yaml", application("other", "Other").replace(
            "{default: {state: paused}}", "{default: {schema: {include: [one]}}}"))
        self.manifest("        include: [one]\n", mapping_set("one", users("{title: {constant: one}}")))
        self.settle()
        for name in ("App", "Other"):
            self.assertEqual(attribute_mapping(live_schema(self.server, name), "title")["source"], constant("one"))
        self.edit("manifests/app.yaml", "constant: one", "constant: two")
        plan = self.server.run("plan", "--format", "json").json()
        self.assertEqual([change["application"] for change in plan["changes"]], ["app", "other"])
        self.assertEqual({change["origin"]["file"] for change in plan["changes"]},
                         {"manifests/app.yaml", "manifests/other.yaml"})
        self.settle()

    def test_exact_removes_what_is_not_named_where_a_mapping_is(self):
        def edit(schema):
            mapping = object_mapping(schema, "User")
            mapping["attributeMappings"] = [each for each in mapping["attributeMappings"]
                                            if each["targetAttributeName"] in ("userName", "title", "active")]
            attribute_mapping(schema, "title")["source"] = attribute("department")

        before = {each["targetAttributeName"] for each in object_mapping(self.live(), "User")["attributeMappings"]}
        kept = mapping_set("kept", users("{userName: {matchingPriority: 1}, active: {flowType: Always}}"))
        self.manifest("        mode: exact\n        include: [kept]\n"
                      + users("{title: '[department]'}", indent=" " * 8), kept)
        removed = {path.split("/", 2)[-1] for path, (_, after) in self.fields().items() if after is None}
        self.assertEqual(len(removed), len(before) - 3)
        self.story("        mode: exact\n        include: [kept]\n"
                   + users("{title: '[department]'}", indent=" " * 8), kept, self.fields(), edit)

    def test_exact_keeps_a_matching_attribute(self):
        self.manifest("        mode: exact\n" + users("{title: '[department]'}", indent=" " * 8))
        self.assertIn("SW3204", self.server.run("validate").err)
        plan = self.server.run("plan", "--format", "json").json()
        self.assertEqual([change["blocked"]["code"] for change in plan["changes"]], ["SW5011"])
        self.assertIn("SW5011", self.server.run("apply", "--auto-approve", expect=3).err)

    def test_merge_leaves_what_is_not_named_and_so_does_a_set_that_goes(self):
        self.manifest("        include: [one]\n", mapping_set("one", users("{title: {constant: one}}")))
        self.settle()
        settled = self.live()
        self.write("manifests/app.yaml", application("app", "App"))
        self.server.run("plan", "--detailed-exitcode")
        self.assertEqual(self.live(), settled)

    def test_an_unknown_set_and_one_that_is_included_twice(self):
        self.manifest("        include: [ones]\n", mapping_set("one", users("{title: {constant: one}}")))
        self.assertIn("did you mean `one`?", self.server.run("validate", expect=65).err)
        self.edit("manifests/app.yaml", "[ones]", "[one, one]")
        self.assertIn("SW2011", self.server.run("validate", expect=65).err)


class Absent(Stories):
    def test_a_mapping_a_default_value_a_filter_and_a_definition(self):
        sales = "{any: [{all: [{attribute: department, operator: EQUALS, values: [Sales]}]}]}"
        self.manifest(f"        attributes:\n          - {{directory: target, object: '{USERS}', name: '{URN}'}}\n"
                      + users(f"{{'{URN}': '[employeeId]', displayName: {{defaultValue: nobody}}}}",
                              f", scopingFilter: {sales}", indent=" " * 8))
        self.settle()

        def edit(schema):
            mapping = object_mapping(schema, "User")
            mapping["scope"] = None
            mapping["attributeMappings"] = [
                each for each in mapping["attributeMappings"] if each["targetAttributeName"] not in (URN, "title")]
            attribute_mapping(schema, "displayName")["defaultValue"] = None
            attributes = definitions(schema, "Dropbox", USERS)
            attributes.remove(named(attributes, URN))

        self.story(f"        attributes:\n          - {{directory: target, object: '{USERS}', name: '{URN}', absent: true}}\n"
                   + users(f"{{'{URN}': {{absent: true}}, title: {{absent: true}}, "
                           "displayName: {defaultValue: {absent: true}}}",
                           ", scopingFilter: {absent: true}", indent=" " * 8), "", {
                       f"Dropbox/{USERS}.{URN}": ({"type": "String"}, None),
                       f"{TO_USERS}:scopingFilter": (
                           {"any": [{"all": [{"attribute": "department", "operator": "EQUALS", "values": ["Sales"]}]}]},
                           None),
                       f"{TO_USERS}/displayName": ({"expression": "[displayName]", "defaultValue": "nobody"},
                                                   {"expression": "[displayName]"}),
                       f"{TO_USERS}/title": ({"expression": "[jobTitle]"}, None),
                       f"{TO_USERS}/{URN}": ({"expression": "[employeeId]"}, None)}, edit)

    def test_the_job_takes_away_what_a_set_asks_for(self):
        sets = mapping_set("one", users("{title: {constant: one}, displayName: {constant: one}}"))

        def edit(schema):
            mapping = object_mapping(schema, "User")["attributeMappings"]
            mapping.remove(named(mapping, "title", "targetAttributeName"))
            attribute_mapping(schema, "displayName")["source"] = constant("one")

        self.story("        include: [one]\n" + users("{title: {absent: true}}", indent=" " * 8), sets, {
            f"{TO_USERS}/displayName": ({"expression": "[displayName]"}, {"constant": "one"}),
            f"{TO_USERS}/title": ({"expression": "[jobTitle]"}, None)}, edit)

    def test_what_must_not_exist_and_does_not_is_no_change(self):
        self.manifest(f"        attributes:\n          - {{directory: source, object: User, name: {BADGE}, absent: true}}\n"
                      + users("{noSuch: {absent: true}, title: {defaultValue: {absent: true}}}",
                              ", scopingFilter: {absent: true}", indent=" " * 8))
        self.server.run("plan", "--detailed-exitcode")

    def test_the_last_matching_attribute_is_not_taken_away(self):
        self.manifest(users("{userName: {absent: true}}", indent=" " * 8))
        self.assertIn("SW5011", self.server.run("apply", "--auto-approve", expect=3).err)


class Definitions(Stories):
    def test_of_the_source_of_the_target_and_beside_a_mapping(self):
        sets = mapping_set("badges", f"""\
  attributes:
    - {{directory: source, object: User, name: {BADGE}, type: String}}
    - {{directory: Azure Active Directory, object: User, name: {LEVEL}, type: Integer}}
    - {{directory: Dropbox, object: "{USERS}", name: "{URN}", type: String, caseExact: true, required: false}}
  mappings:
    - object: User
      attributes:
        "{URN}": "[{BADGE}]"
        level: {{expression: "[{LEVEL}]", define: {{type: Integer, mutability: WriteOnly, flowNullValues: true}}}}
""")

        def edit(schema):
            source = definitions(schema, "Azure Active Directory", "User")
            source += [{**DEFINITION, "name": BADGE}, {**DEFINITION, "name": LEVEL, "type": "Integer"}]
            target = definitions(schema, "Dropbox", USERS)
            target += [{**DEFINITION, "name": URN, "caseExact": True},
                       {**DEFINITION, "name": "level", "type": "Integer", "mutability": "WriteOnly",
                        "flowNullValues": True}]
            object_mapping(schema, "User")["attributeMappings"] += [
                new_mapping(URN, attribute(BADGE)), new_mapping("level", attribute(LEVEL))]

        self.story("        include: [badges]\n", sets, {
            f"Azure Active Directory/User.{BADGE}": (None, {"type": "String"}),
            f"Azure Active Directory/User.{LEVEL}": (None, {"type": "Integer"}),
            f"Dropbox/{USERS}.{URN}": (None, {"type": "String", "caseExact": True}),
            f"Dropbox/{USERS}.level": (None, {"type": "Integer", "mutability": "WriteOnly", "flowNullValues": True}),
            f"{TO_USERS}/{URN}": (None, {"expression": f"[{BADGE}]"}),
            f"{TO_USERS}/level": (None, {"expression": f"[{LEVEL}]"})}, edit)

    def test_a_definition_is_changed_where_it_says_something(self):
        def edit(schema):
            named(definitions(schema, "Dropbox", USERS), "title").update(required=True, defaultValue="-")

        self.story(f"        attributes:\n          - {{directory: target, rule: USER_OUTBOUND_USER, object: '{USERS}', "
                   "name: title, required: true, defaultValue: '-'}\n", "",
                   {f"Dropbox/{USERS}.title": ({"type": "String"},
                                               {"type": "String", "required": True, "defaultValue": "-"})}, edit)

    def test_both_brands_of_the_directory_are_one(self):
        self.manifest(f"        attributes:\n          - {{directory: Microsoft Entra ID, object: User, name: {BADGE}}}\n")
        self.assertEqual(list(self.fields()), [f"Azure Active Directory/User.{BADGE}"])
        self.settle()

    def test_a_directory_an_object_or_a_rule_that_is_not_there(self):
        for entry, said in ((f"directory: Dropbocks, object: '{USERS}'", "did you mean `Dropbox`?"),
                            ("directory: Dropbox, object: User", "has no object `User`"),
                            ("directory: target, rule: OUT, object: User", "no rule is named")):
            self.manifest(f"        attributes:\n          - {{{entry}, name: x}}\n")
            change = self.server.run("plan", "--format", "json").json()["changes"][0]
            self.assertEqual(change["blocked"]["code"], "SW5017")
            self.assertIn(said, change["blocked"]["message"])
            self.assertEqual(change["origin"]["line"], 11)


class Mappings(Stories):
    def test_every_key_of_an_attribute_mapping(self):
        def edit(schema):
            attribute_mapping(schema, "title").update(source=attribute("department"), flowType="MultiValueAddOnly",
                                                      flowBehavior="FlowAlways", defaultValue="none",
                                                      matchingPriority=2)
            attribute_mapping(schema, "displayName").update(source=constant("x \\\\ y"), flowType="ValueAddOnly")
            attribute_mapping(schema, "displayName")["source"]["name"] = "x \\ y"
            attribute_mapping(schema, "externalId").update(source=None, defaultValue="", flowType="AttributeAddOnly")
            attribute_mapping(schema, "preferredLanguage").update(defaultValue="de")
            attribute_mapping(schema, "userName").update(matchingPriority=3)

        self.story("""\
        mappings:
          - object: User
            attributes:
              title: {expression: "[department]", flowType: MultiValueAddOnly, flowBehavior: FlowAlways, \
defaultValue: none, matchingPriority: 2}
              displayName: {constant: 'x \\ y', flowType: ValueAddOnly}
              externalId: {source: none, defaultValue: "", flowType: AttributeAddOnly}
              preferredLanguage: {defaultValue: de}
              userName: {matchingPriority: 3}
""", "", {
            f"{TO_USERS}/displayName": ({"expression": "[displayName]"},
                                        {"constant": "x \\ y", "flowType": "ValueAddOnly"}),
            f"{TO_USERS}/externalId": ({"expression": "[objectId]"},
                                       {"source": "none", "defaultValue": "", "flowType": "AttributeAddOnly"}),
            f"{TO_USERS}/preferredLanguage": (
                {"expression": 'Replace([preferredLanguage], "-", , , "_", , )', "defaultValue": "en"},
                {"expression": 'Replace([preferredLanguage], "-", , , "_", , )', "defaultValue": "de"}),
            f"{TO_USERS}/title": ({"expression": "[jobTitle]"},
                                  {"expression": "[department]", "flowType": "MultiValueAddOnly",
                                   "flowBehavior": "FlowAlways", "defaultValue": "none", "matchingPriority": 2}),
            f"{TO_USERS}/userName": ({"expression": "[userPrincipalName]", "matchingPriority": 1},
                                     {"expression": "[userPrincipalName]", "matchingPriority": 3})}, edit)

    def test_a_plan_is_read_mapping_by_mapping(self):
        self.manifest(f"""\
        attributes:
          - {{directory: source, object: User, name: {BADGE}, type: String}}
        mappings:
          - {{object: Group, enabled: false}}
          - object: User
            flowTypes: [Add, Update]
            scopingFilter: {{any: [{{all: [{{attribute: accountEnabled, operator: IS TRUE}}]}}]}}
            attributes:
              title: {{expression: "[department]", flowType: ObjectAddOnly}}
              externalId: "[{BADGE}]"
              displayName: {{absent: true}}
""")
        self.assertEqual(self.server.run("plan").out.split("\n", 3)[3], f"""\
    ~ change schema of job default   the live schema differs in 7 places  (manifests/app.yaml:9)
        + Azure Active Directory/User.{BADGE}  String
        ~ {TO_GROUPS}:enabled
            - true
            + false
        {TO_USERS}
          ~ :flowTypes      Add, Update, Delete → Add, Update
          + :scopingFilter  accountEnabled IS TRUE
          ~ externalId      [objectId] → [{BADGE}]
          ~ title           [jobTitle] → [department], flowType "ObjectAddOnly"
          - displayName     [displayName]

Health
  - app/default  paused  the job is not running, and the manifest leaves its state alone

Plan: 0 to create, 1 to update, 0 unchanged. 1 change.
""")
        self.settle()

    def test_enabled_and_flow_types_of_an_object_mapping(self):
        def edit(schema):
            object_mapping(schema, "Group").update(enabled=False, flowTypes="Update")
            object_mapping(schema, "User").update(flowTypes="Add,Delete")

        self.story("""\
        mappings:
          - {object: Group, enabled: false, flowTypes: [Update]}
          - {object: User, flowTypes: [Delete, Add]}
""", "", {f"{TO_GROUPS}:enabled": (True, False), f"{TO_GROUPS}:flowTypes": (["Add", "Update", "Delete"], ["Update"]),
          f"{TO_USERS}:flowTypes": (["Add", "Update", "Delete"], ["Add", "Delete"])}, edit)

    def test_an_object_mapping_that_is_not_there_or_meant_by_two(self):
        self.manifest("        mappings: [{object: user, attributes: {title: {constant: x}}}]\n")
        change = self.server.run("plan", "--format", "json").json()["changes"][0]
        self.assertEqual(change["blocked"]["code"], "SW5009")
        self.assertIn("did you mean `User`?", change["blocked"]["message"])
        schema = live_schema(self.server, "App")
        mappings = schema["synchronizationRules"][0]["objectMappings"]
        mappings.append({**copy.deepcopy(object_mapping(schema, "User")), "targetObjectName": GROUPS,
                         "attributeMappings": [new_mapping("displayName", attribute("displayName"), matchingPriority=1)]})
        put_schema(self.server, "App", schema)
        self.edit("manifests/app.yaml", "object: user", "object: User")
        said = self.server.run("plan", "--format", "json").json()["changes"][0]["blocked"]["message"]
        for part in (f"`User` -> `{USERS}`", f"`User` -> `{GROUPS}`", "say which with `target:` or `rule:`"):
            self.assertIn(part, said)
        self.edit("manifests/app.yaml", "object: User", f"object: User, target: '{USERS}'")
        self.settle()

    def test_a_target_that_the_tenant_maps_twice_is_blocked_once_a_manifest_touches_it(self):
        schema = live_schema(self.server, "App")
        object_mapping(schema, "User")["attributeMappings"].append(new_mapping("title", attribute("city")))
        put_schema(self.server, "App", schema)
        self.manifest(users("{displayName: {constant: x}}", indent=" " * 8))
        self.settle()
        self.manifest(users("{title: {constant: x}}", indent=" " * 8))
        change = self.server.run("plan", "--format", "json").json()["changes"][0]
        self.assertEqual(change["blocked"]["code"], "SW5010")
        self.assertIn("maps the attribute `title` 2 times", change["blocked"]["message"])


class Filters(Stories):
    """Scoping filters: every operator of Graph, and the types that each takes."""

    UNARY = {"IS TRUE": "accountEnabled", "IS FALSE": "accountEnabled", "IS NULL": "mail", "IS NOT NULL": "mail"}
    BINARY = {"EQUALS": ("department", "Sales"), "NOT EQUALS": ("department", "Legal"),
              "REGEX MATCH": ("jobTitle", "^A.*[0-9]$"), "NOT REGEX MATCH": ("jobTitle", "(?i)intern"),
              "ENDS_WITH": ("mail", "@contoso.com"), "Includes": ("displayName", "(ext)"),
              "Greater_Than": (LEVEL, "7"), "Greater_Than_OR_EQUALS": (LEVEL, "-8"),
              "&": (LEVEL, "2"), "!&": (LEVEL, "512")}

    def lines(self, groups, more=""):
        """`groups`: lists of clauses in YAML."""
        text = "".join(f"                - {{all: [{', '.join(clauses)}]}}\n" for clauses in groups)
        return (f"        attributes:\n          - {{directory: source, object: User, name: {LEVEL}, type: Integer}}\n"
                f"        mappings:\n          - object: User\n            scopingFilter:\n              any:\n{text}{more}")

    @staticmethod
    def clause(operator, attribute_name, *values):
        listed = f", values: [{', '.join(json.dumps(value) for value in values)}]" if values else ""
        return f"{{attribute: {attribute_name}, operator: '{operator}'{listed}}}"

    def test_every_operator(self):
        unary = [self.clause(operator, name) for operator, name in self.UNARY.items()]
        binary = [self.clause(operator, name, value) for operator, (name, value) in self.BINARY.items()]
        operands = ([{"attribute": name, "operator": operator, "values": []} for operator, name in self.UNARY.items()],
                    [{"attribute": name, "operator": operator, "values": [value]}
                     for operator, (name, value) in self.BINARY.items()])

        def edit(schema):
            definitions(schema, "Azure Active Directory", "User").append(
                {**DEFINITION, "name": LEVEL, "type": "Integer"})
            object_mapping(schema, "User")["scope"] = {
                "categoryFilterGroups": [], "inputFilterGroups": [],
                "groups": [{"name": "", "clauses": [
                    {"sourceOperandName": each["attribute"], "operatorName": each["operator"],
                     "targetOperand": {"values": each["values"]} if each["values"] else None}
                    for each in group]} for group in operands]}

        self.story(self.lines([unary, binary]), "", {
            f"Azure Active Directory/User.{LEVEL}": (None, {"type": "Integer"}),
            f"{TO_USERS}:scopingFilter": (None, {"any": [{"all": self.as_planned(group)} for group in operands]})}, edit)

    @staticmethod
    def as_planned(clauses):
        """Their order means nothing, nor do no values: a plan sorts them and leaves these out."""
        told = [{key: value for key, value in each.items() if value != []} for each in clauses]
        return sorted(told, key=lambda each: (each["attribute"], each["operator"]))

    def test_the_order_of_groups_and_clauses_is_no_difference(self):
        first = [self.clause("EQUALS", "department", "Sales"), self.clause("IS TRUE", "accountEnabled")]
        second = [self.clause("IS NOT NULL", "mail")]
        self.manifest(self.lines([first, second]))
        self.settle()
        self.manifest(self.lines([second, first[::-1]]))
        self.server.run("plan", "--detailed-exitcode")
        self.manifest(self.lines([first]))
        self.server.run("plan", "--detailed-exitcode", expect=2)

    def test_numbers_may_be_written_as_numbers(self):
        self.manifest(self.lines([[f"{{attribute: {LEVEL}, operator: Greater_Than, values: [7]}}",
                                   f"{{attribute: {LEVEL}, operator: EQUALS, values: [0012]}}"]]))
        self.settle()
        scope = object_mapping(live_schema(self.server, "App"), "User")["scope"]
        self.assertEqual([clause["targetOperand"]["values"] for clause in scope["groups"][0]["clauses"]],
                         [["7"], ["0012"]])

    def test_other_parts_of_a_live_filter_stay(self):
        schema = live_schema(self.server, "App")
        beside = {"name": "cloud sync", "clauses": [
            {"sourceOperandName": "city", "operatorName": "IS NOT NULL", "targetOperand": None}]}
        object_mapping(schema, "User")["scope"] = {"groups": [], "categoryFilterGroups": [],
                                                   "inputFilterGroups": [beside]}
        put_schema(self.server, "App", schema)
        self.manifest(self.lines([[self.clause("IS TRUE", "accountEnabled")]]))
        self.settle()
        self.assertEqual(object_mapping(live_schema(self.server, "App"), "User")["scope"]["inputFilterGroups"], [beside])
        self.manifest(self.lines([[]], "").replace("                - {all: []}\n", "").replace(
            "scopingFilter:\n              any:\n", "scopingFilter: {absent: true}\n"))
        self.settle()
        scope = object_mapping(live_schema(self.server, "App"), "User")["scope"]
        self.assertEqual((scope["groups"], scope["inputFilterGroups"]), ([], [beside]))

    def test_how_many_values_and_of_which_kind(self):
        refused = {self.clause("IS TRUE", "accountEnabled", "x"): "SW4002",
                   self.clause("EQUALS", "department"): "SW4002",
                   self.clause("EQUALS", "department", "a", "b"): "SW4002",
                   self.clause("Greater_Than", LEVEL, "high"): "SW4004",
                   self.clause("&", LEVEL, "1.5"): "SW4004",
                   self.clause("Equals", "department", "x"): "SW4001",
                   self.clause("IsMemberOf", "groups", "x"): "SW4001"}
        for clause, code in refused.items():
            self.manifest(self.lines([[clause]]))
            outcome = self.server.run("validate", expect=65)
            self.assertIn(f"error[{code}]", outcome.err, clause)
            self.assertEqual(outcome.err.count("error["), 1, outcome.err)
        warned = {self.clause("IS TRUE", "department"): "SW3211", self.clause("EQUALS", "accountEnabled", "x"): "SW3211",
                  self.clause("Greater_Than", "department", "7"): "SW3211",
                  self.clause("ENDS_WITH", LEVEL, "7"): "SW3211", self.clause("IS NOT NULL", "manager"): "SW3210",
                  self.clause("EQUALS", "userType", "Guest"): "SW3210",
                  self.clause("REGEX MATCH", "mail", "("): "SW3106"}
        for clause, code in warned.items():
            self.manifest(self.lines([[clause]]))
            self.assertIn(f"warning[{code}]", self.server.run("validate").err, clause)


class Recorder(Proxy):
    """Shows schemas as another version of the service might print them, and keeps what is PUT."""

    def __init__(self, scenario, target_url):
        super().__init__(scenario, target_url)
        self.read, self.put = "", ""

    def _forward(self, handler, body):
        answer = super()._forward(handler, body)
        if handler.path.endswith("/schema") and handler.command == "PUT":
            self.put = body.decode()
        if handler.path.endswith("/schema") and handler.command == "GET":
            schema = json.loads(answer.body)
            schema["later"] = {"version": 1}
            text = json.dumps(schema, indent=3, sort_keys=False).replace('"version": 1', '"version" :\t1.50e+1')
            self.read = text.replace("[mail]", "[\\u006dail]")
            answer.body = self.read.encode()
        return answer


class Bytes(Stories):
    def test_what_nobody_manages_is_sent_back_byte_for_byte(self):
        self.manifest(users("{title: {constant: x}}", indent=" " * 8))
        proxy = Recorder(self, self.server.url)
        self.run_syncwright("plan", environment=proxy.environment)
        before = proxy.read
        self.run_syncwright("apply", "--auto-approve", environment=proxy.environment)
        old = self.block(before, '"name": "jobTitle"')
        self.assertEqual(json.loads(old), attribute("jobTitle"))
        begin = before.index(old)
        self.assertTrue(proxy.put.startswith(before[:begin]))
        self.assertTrue(proxy.put.endswith(before[begin + len(old):]))
        middle = proxy.put[begin:len(proxy.put) - len(before) + begin + len(old)]
        self.assertEqual(json.loads(middle), constant("x"))
        self.run_syncwright("plan", "--detailed-exitcode", environment=proxy.environment)

    @staticmethod
    def block(text, marker):
        """The innermost JSON object round the marker's last place."""
        place = text.rindex(marker)
        begin = text.rindex("{", 0, place)
        return text[begin:text.index("}", place) + 1]


if __name__ == "__main__":
    harness.main()
