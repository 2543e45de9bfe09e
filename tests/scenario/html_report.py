#!/usr/bin/env python3
"""--report html: one page of plan, apply, drift, status, test and export, whole in one file and asking nobody for more."""
import base64
import hashlib
import html.parser
import json

from support import harness
from support.manifests import application, project, started
from support.tenant import LiveApplication, portal

INES = "ines.valdes@contoso.example"
MAPPED = """\
      schema:
        mappings:
          - object: User
            attributes: {name.givenName: "[givenName]", name.familyName: "[surname]"}
"""
TEST = """\
apiVersion: syncwright/v1
kind: MappingTest
metadata: {name: people}
spec:
  application: app
  cases:
    - name: names go over as they are
      object: User
      source: {userPrincipalName: ada@contoso.example, givenName: Ada-of-the-tests, surname: Lovelace}
      expect: {target: {name.givenName: Ada-of-the-tests}}
"""


class Page(html.parser.HTMLParser):
    """What a page holds: its data, its words, its scripts and styles, and what it may run."""

    def __init__(self, text):
        super().__init__()
        self.open, self.words, self.inside, self.addresses = [], [], {"style": [], "script": [], "data": []}, []
        self.policy = ""
        self.feed(text)
        self.data = json.loads("".join(self.inside["data"]))
        self.text = " ".join(" ".join(self.words).split())

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.addresses += [value for name, value in attributes if name in ("src", "href", "action", "style", "srcset")]
        if given.get("http-equiv") == "Content-Security-Policy":
            self.policy = given["content"]
        self.open.append("data" if given.get("type") == "application/json" else tag)

    def handle_endtag(self, tag):
        self.open.append("")

    def handle_data(self, data):
        kind = self.open[-1] if self.open else ""
        (self.inside[kind] if kind in self.inside else self.words).append(data)


class HtmlReport(harness.Scenario):
    def setUp(self):
        super().setUp()
        self.environment["TOKEN"] = "any"
        self.write("syncwright.yaml", project())
        text = application("app", "App <script>", more=started())
        jobs = "  jobs:\n    default:\n      state: started\n" + MAPPED
        self.write("manifests/app.yaml", text.replace("  jobs: {default: {state: paused}}\n", jobs)
                   .replace("App <script>", "'App <script>'"))
        self.write("manifests/tests.yaml", TEST)

    def page(self, command, *flags, expect=0):
        """The page of a command; what holds of every page is held against it."""
        run = self.run_syncwright if command == "test" else self.emulated
        run(command, *flags, "--report", f"html=out/{command}.html", expect=expect)
        page = Page(self.read(f"out/{command}.html"))
        self.assertEqual(page.data["command"], command)
        self.assertEqual(page.data["project"], "contoso")
        self.assertEqual([address for address in page.addresses if not address.startswith("#")], [])
        for kind in ("style", "script"):
            content = "".join(page.inside[kind]).encode()
            allowed = base64.b64encode(hashlib.sha256(content).digest()).decode()
            self.assertIn(f"{kind}-src 'sha256-{allowed}'", page.policy)
        self.assertTrue(page.policy.startswith("default-src 'none'; "), page.policy)
        return page

    def test_a_page_of_every_command(self):
        plan = self.page("plan")
        self.assertEqual(plan.data["state"], "differs")
        self.assertEqual([each["name"] for each in plan.data["applications"]], ["app"])
        for words in ("1 application will change", "will be created", "App <script>", "Order of the plan",
                      "create application", "change schema of job default", "Ada-of-the-tests"):
            self.assertIn(words, plan.text)
        apply = self.page("apply", "--auto-approve")
        self.assertEqual([apply.data["state"], apply.data["applications"][0]["state"]], ["applied", "applied"])
        for words in ("1 application changed", "done"):
            self.assertIn(words, apply.text)
        drift = self.page("drift")
        self.assertEqual((drift.data["state"], drift.data["complete"]), ("in-step", True))
        self.assertIn("Job default", drift.text)
        status = self.page("status")
        self.assertIn("1 of 1 job run.", status.text)
        export = self.page("export", "--managed")
        self.assertIn("1 application exported", export.text)
        self.assertIn("name.familyName", export.text)
        self.assertIn("every attribute mapping that the tenant has", export.text)
        test = self.page("test")
        for words in ("1 case passed", "names go over as they are", "Ada-of-the-tests"):
            self.assertIn(words, test.text)

    def test_drift_has_both_sides_and_who_edited(self):
        self.emulated("apply", "--auto-approve")
        with portal(self) as server:
            LiveApplication(server, "App <script>", INES).edit_mapping("name.givenName", "[mailNickname]")
        drift = self.page("drift", expect=2)
        self.assertEqual(drift.data["state"], "differs")
        for words in ("1 application drifted", INES, "edited in the tenant", "tenant Direct [mailNickname]",
                      "manifest Direct [givenName]"):
            self.assertIn(words, drift.text)

    def test_other_commands_have_no_page(self):
        self.assertIn("html is for plan, apply", self.run_syncwright("validate", "--report", "html=x", expect=64).err)
        self.assertIn("FORMAT=FILE", self.run_syncwright("test", "--report", "html=", expect=64).err)

    def test_a_page_that_cannot_be_written_is_a_failure(self):
        self.write("taken", "")
        self.assertIn("taken", self.run_syncwright("test", "--report", "html=taken/page.html", expect=1).err)


if __name__ == "__main__":
    harness.main()
