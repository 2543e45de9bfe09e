#!/usr/bin/env python3
"""A hand-made tenant becomes manifests; taking them over changes nothing but who owns them."""
import json
import os
import pty
import subprocess

from support import harness, manifests
from support.proxy import Answer, Proxy


# Display names that YAML, the manifests' references or a file system read as something else.
ODD_NAMES = ["yes", "no", "true", "null", "~", "123", "0x1F", "1.5e3", "2024-01-01", "  leading", "trailing  ",
             "\ttab", "line\nbreak", "quo\"te's", "'", "\\", "co:lon # hash", "key: value", "- dash", "{brace}",
             "[bracket]", "&anchor *alias", "!tag", "%dir", "@at", "`tick`", "|", "> fold", "a/b", "..", "con",
             "${var.x} ${each.y}", "emoji \U0001f680", "\u65e5\u672c\u8a9e", "\u00dcn\u00efc\u00f6d\u00e9 \u00df",
             "\u00e9", "e\u0301", "\u200b", "\u202eabc", "x" * 120, "Twin", "Twin", "twin", "TWIN"]

SALESFORCE = """\
apiVersion: syncwright/v1
kind: Application
metadata: {name: everything}
spec:
  gallery: Salesforce
  displayName: Everything
  lifecycle: {adopt: SERVICE-PRINCIPAL}
  assignments:
    mode: additive
    members:
      - {user: ingrid.falk@contoso.example, role: System Administrator}
      - {user: ingrid.falk@contoso.example, role: User}
      - {user: "victor.aumont_atelier-nord.example#EXT#@contoso.example", role: Read Only}
      - {group: Sales, role: msiam_access}
  scope: all
  notifications: {enabled: true}
  deletions: {skipOutOfScope: false}
  # the recipient of notifications is not one mail address, and stays as it is
  # the deletion threshold is switched off, which stays so until a manifest sets one
  jobs:
    default:
      id: JOB-1
      state: started
      schema:
        mappings:
          - object: User
            enabled: false
            flowTypes: [Add, Update]
            scopingFilter:
              any:
                - name: g one
                  all:
                    - {attribute: accountEnabled, operator: IS TRUE}
                    - {attribute: department, operator: EQUALS, values: ["yes"]}
                    - {attribute: mail, operator: REGEX MATCH, values: ['^.*@contoso\\.com$']}
                - all:
                    - {attribute: city, operator: IS NOT NULL}
            attributes:
              Alias: {flowType: ObjectAddOnly}
              City: {flowBehavior: FlowAlways}
              CommunityNickname: {defaultValue: "yes"}
              CompanyName: {defaultValue: ""}
              Country: {constant: "null"}
              Department: {constant: ""}
              Email: {constant: "  a\\nb\\t$${each.x} \\"q\\" 'r' # c: d"}
              EmailEncodingKey: {matchingPriority: 2}
    default-2:
      id: JOB-2
      state: paused
      schema:
        mappings:
          - object: User
            attributes:
              Alias: {absent: true}
  # Credentials are left out, since secrets cannot be read. To manage them, adopt first: apply once,
  # then uncomment in a few applications at a time, or raise guards.maxUpdatesPercent:
  # credentials:
  #   # Change it whenever a secret changes: then all are saved again
  #   revision: "1"
  #   values:
  #     Password: {env: EVERYTHING_PASSWORD}
  #     SecretToken: {env: EVERYTHING_SECRETTOKEN}
  #     UserName: admin@contoso.com
"""


MODELINE = "# yaml-language-server: $schema=../manifest.schema.json"


class Export(harness.Scenario):
    def setUp(self):
        super().setUp()
        self.server = self.serve()

    def make(self, gallery, display_name, start=True, jobs=1):
        """By the guide's raw requests: application, jobs, settings."""
        found = self.server.graph("GET", f"/applicationTemplates?$filter=displayName eq '{gallery}'")["value"]
        made = self.server.graph("POST", f"/applicationTemplates/{found[0]['id']}/instantiate",
                                 {"displayName": display_name})
        sp = made["servicePrincipal"]["id"]
        base = f"/servicePrincipals/{sp}/synchronization"
        template = self.server.graph("GET", f"{base}/templates")["value"][0]["id"]
        ids = [self.server.graph("POST", f"{base}/jobs", {"templateId": template})["id"] for _ in range(jobs)]
        if start:
            for job in ids:
                self.server.graph("POST", f"{base}/jobs/{job}/start")
        return sp, base, ids

    def edit_schema(self, base, job, change):
        path = f"{base}/jobs/{job}/schema"
        schema = self.server.graph("GET", path)
        change(schema)
        self.server.graph("PUT", path, schema)

    def users(self, schema):
        return next(mapping for rule in schema["synchronizationRules"] for mapping in rule["objectMappings"]
                    if mapping["sourceObjectName"] == "User")

    def salesforce_by_hand(self):
        sp, base, (job,) = self.make("Salesforce", "Salesforce: \"Contoso\" #1")

        def change(schema):
            attributes = self.users(schema)["attributeMappings"]
            for attribute in attributes:
                if attribute["targetAttributeName"] == "CompanyName":
                    attribute["source"] = {"type": "Constant", "name": "yes: ${var.x}", "parameters": []}
            attributes[:] = [each for each in attributes if each["targetAttributeName"] != "Street"]
            target = next(each for each in schema["directories"] if each["name"] == "salesforce.com")
            user = next(each for each in target["objects"] if each["name"] == "User")
            user["attributes"].append({"name": "officeCode", "type": "String"})
            attributes.append({"targetAttributeName": "officeCode", "source": {
                "type": "Attribute", "name": "extensionAttribute10", "expression": "[extensionAttribute10]",
                "parameters": []}})
            self.users(schema)["scope"] = {"groups": [{"name": "no", "clauses": [
                {"sourceOperandName": "department", "operatorName": "EQUALS",
                 "targetOperand": {"values": ["0123"]}}]}]}

        self.edit_schema(base, job, change)
        self.server.graph("PUT", f"{base}/secrets", {"value": [
            {"key": "UserName", "value": "admin@contoso.com"}, {"key": "Password", "value": "hunter2"},
            {"key": "SecretToken", "value": "hunter3"}, {"key": "SyncAll", "value": "false"},
            {"key": "SkipOutOfScopeDeletions", "value": "True"},
            {"key": "SyncNotificationSettings", "value": json.dumps(
                {"Enabled": True, "Recipients": "idm@contoso.com", "DeleteThresholdEnabled": True,
                 "DeleteThresholdValue": 500})}]})
        roles = self.server.graph("GET", f"/servicePrincipals/{sp}")["appRoles"]
        role = next(each for each in roles if each["displayName"] == "User")["id"]
        group = self.server.graph("GET", "/groups?$filter=displayName eq 'Sales'")["value"][0]
        user = self.server.graph("GET", "/users?$top=1")["value"][0]
        for principal in (group, user):
            self.server.graph("POST", f"/servicePrincipals/{sp}/appRoleAssignedTo",
                              {"principalId": principal["id"], "resourceId": sp, "appRoleId": role})
        return sp, user["userPrincipalName"]

    def plan(self, *arguments, expect=2):
        return self.server.run("plan", "--detailed-exitcode", "--format", "json", *arguments, expect=expect).json()

    def take_over(self, *applications):
        """The property that export promises."""
        self.server.run("validate")
        changes = self.plan()["changes"]
        self.assertEqual([(change["type"], change["status"]) for change in changes],
                         [("application.adopt", "planned")] * len(applications), changes)
        self.assertEqual([change["application"] for change in changes], sorted(applications))
        self.server.clear_requests()
        self.server.run("apply", "--auto-approve")
        written = [path for method, path in self.server.requests() if method != "GET" and "/oauth2/" not in path]
        self.assertFalse([path for path in written if "synchronization" in path], written)
        self.assertEqual(self.plan(expect=0)["changes"], [])

    def says_the_same_again(self, service_principals):
        """What is managed by now is told as it was told before."""
        flags = [word for each in service_principals for word in ("--app", each)]
        self.server.run("export", "--out", "again", *flags)
        first, again = ({path.relative_to(folder): path.read_text() for path in folder.rglob("*.*")}
                        for folder in (self.folder / "manifests", self.folder / "again"))
        self.assertEqual(again, first)

    def test_a_hand_made_tenant_is_taken_over(self):
        sp, upn = self.salesforce_by_hand()
        self.make("Box", "Box Zürich", start=False)
        self.make("Dropbox", "yes")
        before = len(self.server.requests())
        outcome = self.server.run("export", "--out", "manifests")
        self.assertEqual({method for method, path in self.server.requests()[before:] if "/oauth2/" not in path},
                         {"GET"})
        self.assertIn("Exported 3 applications to manifests: 3 manifests.", outcome.err)
        self.assertEqual(outcome.out, "")
        text = self.read("manifests/salesforce-contoso-1.yaml")
        for expected in (f"lifecycle: {{adopt: {sp}}}", "gallery: Salesforce\n", "- {group: Sales, role: User}",
                         f"- {{user: {upn}, role: User}}", 'CompanyName: {constant: "yes: $${var.x}"}',
                         'officeCode: "[extensionAttribute10]"', "Street: {absent: true}", 'values: ["0123"]',
                         "notifications: {enabled: true, recipient: idm@contoso.com}",
                         "deletions: {threshold: 500, skipOutOfScope: true}",
                         "#     UserName: admin@contoso.com",
                         "#     Password: {env: SALESFORCE_CONTOSO_1_PASSWORD}"):
            self.assertIn(expected, text)
        self.assertNotIn("hunter", text)
        self.assertLess(len(text.splitlines()), 60)
        self.assertIn("state: paused", self.read("manifests/box-zurich.yaml"))
        self.assertIn('displayName: "yes"', self.read("manifests/yes.yaml"))
        self.take_over("box-zurich", "salesforce-contoso-1", "yes")

        # What is managed already stays away; a second run of the first command would lose nothing.
        again = self.server.run("export")
        self.assertEqual(again.out, "")
        self.assertIn("3 applications belong to this project already", again.err)
        self.assertIn("Nothing to export", again.err)
        one = self.server.run("export", "--app", "yes")
        self.assertIn("metadata: {name: \"yes\"}", one.out)

    def test_the_same_tenant_gives_the_same_bytes(self):
        self.salesforce_by_hand()
        self.make("Box", "Box")
        first = self.server.run("export", "--out", "a", "--schemas")
        self.server.run("export", "--out", "a", "--schemas")
        self.server.run("export", "--out", "b", "--schemas", "--parallelism", 1)
        self.assertIn("2 schema documents", first.err)
        for path in (self.folder / "a").rglob("*.*"):
            self.assertEqual(path.read_bytes(), (self.folder / "b" / path.relative_to(self.folder / "a")).read_bytes())
        document = json.loads(self.read("a/schemas/box.default.json"))
        self.assertIn("synchronizationRules", document)
        self.assertNotIn("file:", self.read("a/box.yaml"))
        printed = self.server.run("export").out
        written = [self.read(f"a/{name}.yaml") for name in ("box", "salesforce-contoso-1")]
        self.assertEqual({text.splitlines()[0] for text in written}, {MODELINE})
        self.assertEqual(printed, "---\n".join(text.removeprefix(MODELINE + "\n") for text in written))

        # Nothing of the user's is overwritten.
        self.edit("a/box.yaml", "state: started", "state: paused")
        refused = self.server.run("export", "--out", "a", expect=1)
        self.assertIn("box.yaml", refused.err)
        self.assertIn("state: paused", self.read("a/box.yaml"))

    def test_what_no_key_can_say_comes_as_a_document(self):
        _, base, (job,) = self.make("Box", "Box")

        def change(schema):
            schema["directories"][-1]["objects"].append({"name": "Extra", "attributes": [
                {"name": "id", "type": "String", "anchor": True}]})

        self.edit_schema(base, job, change)
        self.server.run("export", "--out", "manifests")
        self.assertIn("file: schemas/box.default.json", self.read("manifests/box.yaml"))
        self.take_over("box")

    def test_every_setting_that_a_key_can_say(self):
        sp, base, jobs = self.make("Salesforce", "Everything", jobs=2)
        jobs.sort()

        def change(schema):
            user = self.users(schema)
            alias, city, nickname, company, country, department, mail, encoding = user["attributeMappings"][:8]
            alias["flowType"] = "ObjectAddOnly"
            city["flowBehavior"] = "FlowAlways"
            nickname["defaultValue"] = "yes"
            company["defaultValue"] = ""
            for mapping, value in ((country, "null"), (department, ""),
                                   (mail, "  a\nb\t${each.x} \"q\" 'r' # c: d")):
                mapping["source"] = {"type": "Constant", "name": value, "parameters": []}
            encoding["matchingPriority"] = 2
            user.update(enabled=False, flowTypes="Add, Update")

            def clause(attribute, operator, *values):
                return {"sourceOperandName": attribute, "operatorName": operator,
                        "targetOperand": {"values": list(values)}}

            user["scope"] = {"groups": [
                {"name": "g one", "clauses": [clause("department", "EQUALS", "yes"),
                                              clause("mail", "REGEX MATCH", "^.*@contoso\\.com$"),
                                              clause("accountEnabled", "IS TRUE")]},
                {"name": "", "clauses": [clause("city", "IS NOT NULL")]}]}

        self.edit_schema(base, jobs[0], change)
        self.edit_schema(base, jobs[1], lambda schema: self.users(schema)["attributeMappings"].pop(0))
        self.server.graph("POST", f"{base}/jobs/{jobs[1]}/pause")
        self.server.graph("PUT", f"{base}/secrets", {"value": [
            {"key": "UserName", "value": "admin@contoso.com"}, {"key": "Password", "value": "hunter2"},
            {"key": "SecretToken", "value": "hunter3"}, {"key": "SyncAll", "value": "True"},
            {"key": "SkipOutOfScopeDeletions", "value": "false"},
            {"key": "SyncNotificationSettings", "value": json.dumps(
                {"Enabled": "True", "Recipients": "a@contoso.com;b@contoso.com", "DeleteThresholdEnabled": False,
                 "DeleteThresholdValue": "500"})}]})
        roles = {role["displayName"]: role["id"]
                 for role in self.server.graph("GET", f"/servicePrincipals/{sp}")["appRoles"]}
        people = {user["displayName"]: user["id"] for user in self.server.graph("GET", "/users?$top=999")["value"]}
        people["Sales"] = self.server.graph("GET", "/groups?$filter=displayName eq 'Sales'")["value"][0]["id"]
        for name, role in (("Ingrid Falk", "User"), ("Ingrid Falk", "System Administrator"),
                           ("Victor Aumont", "Read Only"), ("Sales", "msiam_access")):
            self.server.graph("POST", f"/servicePrincipals/{sp}/appRoleAssignedTo",
                              {"principalId": people[name], "resourceId": sp, "appRoleId": roles[role]})
        self.server.run("export", "--out", "manifests")
        text = self.read("manifests/everything.yaml")
        for number, job in enumerate(jobs, 1):
            text = text.replace(job, f"JOB-{number}")
        self.assertEqual(text.replace(sp, "SERVICE-PRINCIPAL"), f"{MODELINE}\n{SALESFORCE}")
        self.take_over("everything")
        self.says_the_same_again([sp])

    def test_editors_find_the_schema_beside_the_project_file(self):
        self.make("Box", "Box")
        self.server.run("export", "--out", "deep/down")
        self.assertEqual(self.read("deep/down/box.yaml").splitlines()[0],
                         "# yaml-language-server: $schema=../../manifest.schema.json")
        self.assertEqual(self.read("manifest.schema.json"), self.run_syncwright("schema").out)
        # It is the user's from here on, and so are manifests that an earlier release wrote without the line.
        self.write("manifest.schema.json", "{}")
        self.write("deep/down/box.yaml", self.read("deep/down/box.yaml").split("\n", 1)[1])
        again = self.server.run("export", "--out", "deep/down")
        self.assertIn("1 manifest, all there already", again.err)
        self.assertEqual(self.read("manifest.schema.json"), "{}")
        # Outside of the project it lies beside the manifests.
        elsewhere = self.folder / "elsewhere"
        elsewhere.mkdir()
        self.server.run("export", "--out", "../outside", cwd=elsewhere)
        self.assertEqual(self.read("outside/box.yaml").splitlines()[0],
                         "# yaml-language-server: $schema=manifest.schema.json")
        self.assertEqual(self.read("outside/manifest.schema.json"), self.run_syncwright("schema").out)
        self.server.run("validate", "outside")

    def test_odd_display_names(self):
        galleries = ["Dropbox", "Box", "AWS Single-Account Access"]
        made = [self.make(galleries[number % 3], name, start=False)[0] for number, name in enumerate(ODD_NAMES)]
        self.server.run("export", "--out", "manifests")
        names = [path.stem for path in (self.folder / "manifests").iterdir()]
        self.assertEqual(len(names), len(ODD_NAMES))
        self.assertEqual(len({name.lower() for name in names}), len(ODD_NAMES))
        self.assertIn('displayName: "2024-01-01"', self.read("manifests/2024-01-01.yaml"))
        self.take_over(*names)
        self.says_the_same_again(made)
        live = self.server.graph("GET", "/servicePrincipals?$top=999")["value"]
        self.assertEqual(sorted(each["displayName"] for each in live), sorted(ODD_NAMES))

    def test_what_is_there_stays(self):
        box, _, _ = self.make("Box", "Box")
        self.make("Dropbox", "Dropbox")
        first = self.server.run("export", "--out", "manifests", "--app", "Box", "--app", box)
        self.assertIn("Exported 1 application to manifests: 1 manifest. ", first.err)
        second = self.server.run("export", "--out", "manifests")
        self.assertIn("Exported 2 applications to manifests: 2 manifests, 1 of them there already. ", second.err)
        third = self.server.run("export", "--out", "manifests")
        self.assertIn("2 manifests, all there already. ", third.err)
        refused = self.server.run("export", "--out", "manifests/box.yaml", expect=64)
        self.assertIn("--out manifests/box.yaml is a file", refused.err)
        unknown = self.server.run("export", "--app", "Nobody", "--app", "Box", "--app", "Nothing", expect=65)
        self.assertIn("the tenant has no application `Nobody`, `Nothing`", unknown.err)
        self.assertEqual(unknown.out, "")

    def test_names_of_manifests_are_taken(self):
        self.make("Box", "Box")
        self.server.run("export", "--out", "manifests")
        second, _, _ = self.make("Dropbox", "box!")
        outcome = self.server.run("export", "--out", "manifests")
        self.assertIn("Exported 2 applications to manifests: 2 manifests, 1 of them there already. ", outcome.err)
        names = ["box", f"box-{second[:8]}"]
        self.assertEqual(sorted(path.stem for path in (self.folder / "manifests").iterdir()), names)
        self.take_over(*names)

    def test_an_application_that_another_file_describes_is_left_out(self):
        self.make("Box", "Box")
        other, _, _ = self.make("Box", "Crm")
        self.write("manifests/all.yaml", manifests.application("box", "Something") + "---\n" + manifests.application(
            "crm-of-ours", "Crm", gallery="Box", more=f"  lifecycle: {{adopt: {other.upper()}}}\n"))
        outcome = self.server.run("export", "--out", "manifests")
        self.assertIn("left out: 1 application that manifests describe already: "
                      "`Crm` (crm-of-ours in manifests/all.yaml)", outcome.err)
        box, = (path.stem for path in (self.folder / "manifests").iterdir() if path.stem != "all")
        self.assertRegex(box, "^box-[0-9a-f]{8}$")
        self.server.run("validate")
        # Beside the project nothing is described twice; the name stays.
        self.server.run("export", "--out", "elsewhere", "--app", other)
        self.assertIn("name: crm-of-ours", self.read("elsewhere/crm-of-ours.yaml"))
        self.assertIn("name: crm-of-ours", self.server.run("export", "--app", other).out)
        # What the project lacks can only be told once it can be read.
        self.write("manifests/broken.yaml", "kind: Aplication\n")
        self.assertIn("broken.yaml", self.server.run("export", "--out", "manifests", expect=65).err)

    def test_names_and_ids(self):
        first, _, _ = self.make("Box", "Twin")
        second, _, _ = self.make("Box", "Twin")
        ambiguous = self.server.run("export", "--app", "Twin", expect=65)
        self.assertIn(first, ambiguous.err)
        self.assertIn(second, ambiguous.err)
        self.assertIn("no application `Nobody`", self.server.run("export", "--app", "Nobody", expect=65).err)
        app_id = self.server.graph("GET", f"/servicePrincipals/{second}")["appId"]
        by_id = self.server.run("export", "--app", first).out
        by_app_id = self.server.run("export", "--app", app_id, "--app", second).out
        self.assertIn(f"adopt: {first}", by_id)
        self.assertEqual(by_app_id.count("kind: Application"), 1)
        self.assertIn(f"adopt: {second}", by_app_id)
        self.server.run("export", "--out", "manifests")
        names = [f"twin-{sp[:8]}" for sp in (first, second)]
        self.assertEqual(sorted(path.stem for path in (self.folder / "manifests").iterdir()), sorted(names))
        self.take_over(*names)
        self.assertIn("--out", self.server.run("export", "--schemas", expect=64).err)

    def test_export_writes_the_project_that_somebody_named(self):
        self.make("Box", "Box")
        nameless = self.server.run("export", "--out", "manifests")
        self.assertIn("Nobody named the project, and `apply` needs a name: `export --project NAME` writes "
                      "syncwright.yaml.", nameless.err)
        self.assertFalse((self.folder / "syncwright.yaml").exists())
        self.assertIn("a project's name is small letters",
                      self.server.run("export", "--out", "manifests", "--project", "My Team", expect=64).err)
        named = self.server.run("export", "--out", "manifests", "--project", "contoso")
        self.assertIn("Wrote syncwright.yaml: the project is `contoso`.", named.err)
        written = self.read("syncwright.yaml")
        self.assertEqual([line for line in written.splitlines() if not line.startswith("#")],
                         ["apiVersion: syncwright/v1", "kind: Project", "metadata: {name: contoso}"])
        self.take_over("box")
        self.assertIn("syncwright:contoso/-", self.server.service_principal("Box")["tags"])
        # The file is the user's from here on.
        self.write("syncwright.yaml", written + "spec: {guards: {floor: 12}}\n")
        self.assertNotIn("Wrote", self.server.run("export", "--out", "manifests", "--managed").err)
        self.assertIn("SW1019", self.server.run("export", "--out", "manifests", "--project", "other", expect=65).err)
        self.assertIn("floor: 12", self.read("syncwright.yaml"))

    def test_an_application_called_as_the_program_leaves_the_project_its_file(self):
        self.make("Box", "Syncwright")
        for out in (".", "manifests"):
            with self.subTest(out):
                self.server.run("export", "--out", out, "--project", "contoso")
                self.assertTrue((self.folder / out / "syncwright.application.yaml").exists())
                self.server.run("validate", out)
                self.assertIn("1 to update", self.server.run("plan", out).out)
                (self.folder / out / "syncwright.application.yaml").unlink()

    def test_the_project_file_names_the_folder_that_is_not_the_usual_one(self):
        self.make("Box", "Box")
        self.write("manifests/crm.yaml", manifests.application("crm", "Crm"))
        self.server.run("export", "--out", "tenant", "--project", "contoso")
        self.assertIn("spec: {manifests: [manifests, tenant]}\n", self.read("syncwright.yaml"))
        self.assertEqual(self.server.run("validate").out, "Valid: 2 applications in 2 files.\n")
        elsewhere = self.folder / "elsewhere"
        elsewhere.mkdir()
        (self.folder / "syncwright.yaml").unlink()
        self.server.run("export", "--out", "../outside", "--project", "contoso", cwd=elsewhere)
        self.assertNotIn("spec", self.read("outside/syncwright.yaml"))
        self.assertEqual(self.server.run("validate", cwd=self.folder / "outside").out,
                         "Valid: 1 application in 1 file.\n")

    def on_a_terminal(self, *arguments, answers, expect=0):
        """Runs with a terminal of its own as standard input and error; everything that it says."""
        ours, theirs = pty.openpty()
        process = subprocess.Popen([harness.BINARY, *arguments], cwd=self.folder, stdin=theirs, stdout=subprocess.PIPE,
                                   stderr=theirs, text=True, env={**self.environment, **self.server.environment})
        os.close(theirs)
        said = b""
        for answer in answers:
            asked = said.count(b"Name: ")
            while said.count(b"Name: ") == asked:
                said += os.read(ours, 4096)
            os.write(ours, answer.encode() + b"\n")
        try:
            while chunk := os.read(ours, 4096):
                said += chunk
        except OSError:
            pass  # the other end is closed
        process.communicate(timeout=harness.TIMEOUT)
        os.close(ours)
        self.assertEqual(process.returncode, expect, said.decode())
        return said.decode()

    def test_on_a_terminal_it_asks_for_the_name(self):
        self.make("Box", "Box")
        self.on_a_terminal("export", "--out", "manifests", answers=["No Name", "contoso"])
        self.assertIn("metadata: {name: contoso}\n", self.read("syncwright.yaml"))
        self.on_a_terminal("export", "--out", "manifests", answers=[])  # a project is there
        (self.folder / "syncwright.yaml").unlink()
        self.on_a_terminal("export", "--out", "again", answers=["", "A", "b c"], expect=64)
        self.assertFalse((self.folder / "again").exists())
        self.assertFalse((self.folder / "syncwright.yaml").exists())

    def test_pinned_every_edit_of_a_mapping_is_drift(self):
        _, base, (job,) = self.make("Salesforce", "Crm", start=False)
        for arguments in (["--pin"], ["--pin", "--out", "manifests", "--sets"]):
            self.server.run("export", *arguments, expect=64)
        self.server.run("export", "--out", "manifests", "--pin", "--project", "contoso")
        self.assertIn("        file: schemas/crm.default.json\n", self.read("manifests/crm.yaml"))
        self.take_over("crm")
        path = f"{base}/jobs/{job}/schema"
        reviewed = json.dumps(self.server.graph("GET", path))
        self.assertIn("No drift", self.server.run("drift").out)

        def added(schema):
            attributes = self.users(schema)["attributeMappings"]
            attributes.append({"targetAttributeName": "Fax", "source": {
                "type": "Attribute", "name": "companyName", "expression": "[companyName]", "parameters": []}})

        edits = {
            "another default": lambda schema: self.users(schema)["attributeMappings"][3].update(defaultValue="zz"),
            "one more": added,
            "one less": lambda schema: self.users(schema)["attributeMappings"].pop(3),
            "switched off": lambda schema: self.users(schema).update(enabled=False),
            "a filter": lambda schema: self.users(schema).update(scope={"groups": [{"name": "g", "clauses": [
                {"sourceOperandName": "department", "operatorName": "EQUALS", "targetOperand": {"values": ["x"]}}]}]}),
        }
        for what, edit in edits.items():
            with self.subTest(what):
                schema = json.loads(reviewed)
                edit(schema)
                self.server.graph("PUT", path, schema)
                self.assertIn("schema of job default", self.server.run("drift", expect=2).out)

    def test_a_lost_repository_comes_back(self):
        self.use_quickstart()
        self.server.run("apply", "--auto-approve")
        for path in self.folder.glob("*.yaml"):
            path.unlink()
        refused = self.server.run("export", "--managed", "--out", "manifests", expect=64)
        self.assertIn("name it with --project NAME", refused.err)
        self.assertIn("belongs to `syncwright:contoso/-`",
                      self.server.run("export", "--out", "other", "--project", "other").err)
        self.server.run("export", "--managed", "--out", "manifests", "--project", "contoso")
        names = sorted(path.stem for path in (self.folder / "manifests").glob("*.yaml"))
        self.assertEqual(names, ["aws-contoso", "salesforce-contoso"])
        self.assertEqual(self.plan(expect=0)["changes"], [])
        self.assertEqual(self.plan(expect=0)["orphans"], [])

    def test_an_expression_stands_as_its_author_wrote_it(self):
        _, base, (job,) = self.make("Salesforce", "Crm", start=False)

        def change(schema):
            attributes = self.users(schema)["attributeMappings"]
            source = {"expression": "ToUpper([jobTitle], )", "name": "ToUpper", "type": "Function", "parameters": [
                {"key": "source", "value": {"expression": "[jobTitle]", "name": "jobTitle", "type": "Attribute",
                                            "parameters": []}}]}
            attributes.append({"targetAttributeName": "Fax", "source": source})

        self.edit_schema(base, job, change)
        self.server.run("export", "--out", "manifests", "--project", "contoso")
        self.assertIn('Fax: "ToUpper([jobTitle])"\n', self.read("manifests/crm.yaml"))
        self.take_over("crm")

    def test_several_jobs_of_one_template(self):
        self.make("Box", "Box", jobs=2)
        self.server.run("export", "--out", "manifests")
        self.assertIn("default-2:", self.read("manifests/box.yaml"))
        self.take_over("box")

    def test_another_project_keeps_what_it_owns(self):
        self.use_quickstart()
        self.server.run("apply", "--auto-approve")
        (self.folder / "syncwright.yaml").write_text(
            "apiVersion: syncwright/v1\nkind: Project\nmetadata: {name: other}\nspec: {manifests: mine}\n")
        self.make("Box", "Box")
        outcome = self.server.run("export", "--out", "mine")
        self.assertIn("`AWS Contoso`", outcome.err)
        self.assertIn("belongs to `syncwright:contoso/-`", outcome.err)
        self.assertEqual([path.name for path in (self.folder / "mine").iterdir()], ["box.yaml"])
        self.assertIn("syncwright:contoso/-",
                      self.server.run("export", "--app", "AWS Contoso", expect=3).err)
        self.take_over("box")

        # Given up by its project: taken over as it is, the customization told from the template.
        sp = self.server.service_principal("Salesforce Contoso")
        tags = [tag for tag in sp["tags"] if not tag.startswith("syncwright")]
        self.server.graph("PATCH", f"/servicePrincipals/{sp['id']}", {"tags": tags})
        self.server.run("export", "--out", "mine", "--app", "Salesforce Contoso")
        text = self.read("mine/salesforce-contoso.yaml")
        self.assertIn('officeCode: "[extensionAttribute10]"', text)
        self.assertLess(len(text.splitlines()), 35)
        changes = self.plan()["changes"]
        self.assertEqual([change["id"] for change in changes], ["salesforce-contoso/adopt"])

    def test_equal_applications_are_one_set(self):
        for place in ("Rome", "Oslo", "Bern"):
            base = self.make("Box", f"Box {place}")[1]
            self.server.graph("PUT", f"{base}/secrets", {"value": [
                {"key": "BaseAddress", "value": f"https://{place.lower()}.example.com/"},
                {"key": "SecretToken", "value": "x"}]})
        hint = self.server.run("export", "--out", "single")
        self.assertIn("3 applications differ only in names and single values: box-bern, box-oslo, box-rome", hint.err)
        self.assertIn("export --sets", hint.err)
        self.server.run("export", "--out", "manifests", "--sets")
        self.assertEqual([path.name for path in (self.folder / "manifests").iterdir()], ["box.yaml"])
        text = self.read("manifests/box.yaml")
        self.assertIn("kind: ApplicationSet", text)
        for place in ("rome", "oslo", "bern"):
            self.assertIn(f"      BaseAddress: https://{place}.example.com/\n", text)
        self.assertIn('      #     BaseAddress: "${each.BaseAddress}"\n'
                      '      #     SecretToken: {env: "${each.variable}_SECRETTOKEN"}\n', text)
        again = self.server.run("export", "--out", "manifests")
        self.assertIn("left out: 3 applications that manifests describe already: `Box Bern` (box-bern in "
                      "manifests/box.yaml), ", again.err)
        self.take_over("box-bern", "box-oslo", "box-rome")
        self.server.run("export", "--out", "single", "--sets")
        self.assertEqual(len(list((self.folder / "single").iterdir())), 3)
        self.server.run("validate", "single")

    def test_who_is_assigned_is_left_out_where_it_cannot_be_read(self):
        self.salesforce_by_hand()

        def weather(method, path, headers):
            if "/appRoleAssignedTo" not in path:
                return None
            return Answer(403, json.dumps({"error": {"code": "Authorization_RequestDenied",
                                                     "message": "Insufficient privileges"}}).encode(),
                          {"Content-Type": "application/json"})

        proxy = Proxy(self, self.server.url, weather)
        outcome = self.run_syncwright("export", "--out", "manifests", environment=proxy.environment)
        self.assertIn("Exported 1 application ", outcome.err)
        text = self.read("manifests/salesforce-contoso-1.yaml")
        self.assertNotIn("assignments:", text)
        self.assertIn("# Assignments are not all here: who is assigned cannot be read", text)
        self.take_over("salesforce-contoso-1")

    def test_an_application_without_a_job_is_exported_where_it_is_named(self):
        found = self.server.graph("GET", "/applicationTemplates?$filter=displayName eq 'Box'")["value"][0]
        self.server.graph("POST", f"/applicationTemplates/{found['id']}/instantiate", {"displayName": "Bare"})
        self.assertIn("1 gallery application has no provisioning job", self.server.run("export").err)
        self.server.run("export", "--out", "manifests", "--app", "Bare")
        self.assertNotIn("jobs:", self.read("manifests/bare.yaml"))
        self.take_over("bare")


if __name__ == "__main__":
    harness.main()
