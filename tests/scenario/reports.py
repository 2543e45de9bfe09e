#!/usr/bin/env python3
"""--report: which command writes which format, every cell of that table, and what becomes of a report that cannot be."""
import json
import os
import re
import signal
import subprocess
import xml.etree.ElementTree

from support import harness
from support.manifests import application, started
from support.proxy import Proxy

REPORTS_HEADING = "Reports (--report FORMAT=FILE), and which command writes which:\n"
EVERY = "every command that prints a result"
SAMPLE = re.compile(r'(syncwright_[a-z_]+)\{((?:[a-z_]+="(?:[^"\\\n]|\\["\\n])*",?)+)\} -?\d+')


def table_of(text):
    """{format: "command, command"} of the help."""
    rows = text.split(REPORTS_HEADING)[1].split("\n\n")[0]
    return dict(re.findall(r"^  (\w+) +(.+)$", rows, re.MULTILINE))


class Reports(harness.Scenario):
    def check_text(self, text):
        self.assertNotEqual(text, "")
        self.assertNotIn("\x1b", text)

    def check_json(self, text):
        json.loads(text)

    def check_markdown(self, text):
        self.assertTrue(text.startswith("### "), text)

    def check_junit(self, text):
        root = xml.etree.ElementTree.fromstring(text)
        self.assertEqual(root.tag, "testsuites")
        cases = root.findall("./testsuite/testcase")
        self.assertEqual(int(root.get("tests")), len(cases))
        for kind, counted in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
            self.assertEqual(int(root.get(counted, 0)), len([case for case in cases if case.find(kind) is not None]))

    def check_sarif(self, text):
        log = json.loads(text)
        self.assertEqual(log["version"], "2.1.0")
        run, = log["runs"]
        self.assertEqual(run["originalUriBaseIds"]["%SRCROOT%"]["uri"], f"{self.folder.as_uri()}/")
        rules = run["tool"]["driver"]["rules"]
        for rule in rules:
            self.assertTrue(rule["help"]["text"] and rule["shortDescription"]["text"])
        prints = [result["partialFingerprints"]["syncwright/v1"] for result in run["results"]]
        self.assertEqual(len(set(prints)), len(prints))
        for result in run["results"]:
            self.assertEqual(rules[result["ruleIndex"]]["id"], result["ruleId"])
            self.assertIn(result["level"], ("error", "warning", "note"))
            place = result["locations"][0]["physicalLocation"]
            self.assertTrue((self.folder / place["artifactLocation"]["uri"]).exists())
            self.assertGreater(place["region"]["startLine"], 0)

    def check_html(self, text):
        self.assertTrue(text.startswith("<!DOCTYPE html>"), text[:80])
        self.assertIn("default-src 'none'", text)

    def check_openmetrics(self, text):
        lines = text.splitlines()
        self.assertEqual(lines.pop(), "# EOF")
        family, series = None, set()
        for line in lines:
            if line.startswith("# HELP "):
                family = line.split()[2]
            elif line.startswith("# TYPE "):
                self.assertEqual(line, f"# TYPE {family} gauge")
            elif line.startswith("# UNIT "):
                self.assertEqual(line, f"# UNIT {family} {family.split('_')[-1]}")
            else:
                sample = SAMPLE.fullmatch(line)
                self.assertIsNotNone(sample, line)
                self.assertEqual(sample[1], family)
                series.add(line.rsplit(" ", 1)[0])
        self.assertEqual(len(series), len([line for line in lines if not line.startswith("#")]))

    def results(self, name):
        return json.loads(self.read(name))["runs"][0]["results"]

    def test_the_table_of_the_help_is_the_one_of_the_docs(self):
        page = (harness.SOURCE / "docs/reports.md").read_text().split("\n## ")[0]
        documented = re.findall(r"^\| `(\w+)` \| ([^|]+) \|", page, re.MULTILINE)
        self.assertEqual([(form, commands.replace("`", "")) for form, commands in documented],
                         list(table_of(self.run_syncwright("--help").out).items()))

    def test_every_command_writes_what_the_table_says(self):
        self.use_quickstart()
        self.edit("salesforce.yaml", "[extensionAttribute10]", "[extensionAttribute7]")
        calls = {
            "validate": (["validate"], 0), "test": (["test"], 1), "eval": (["eval", 'ToUpper("a")'], 0),
            "plan": (["plan", "--emulator", "--out", "plan.json"], 0), "show": (["show", "plan.json"], 0),
            "apply": (["apply", "--auto-approve", "--emulator"], 0), "drift": (["drift", "--emulator"], 0),
            "status": (["status", "--emulator"], 0), "logs": (["logs", "--emulator"], 0),
            "catalog": (["catalog", "box", "--emulator"], 0), "whoami": (["whoami", "--emulator"], 0),
            "provision": (["provision", "--app", "salesforce-contoso", "--user", "ada@contoso.example", "--allow-skipped",
                           "--emulator"], 0),
            "job": (["job", "pause", "--app", "salesforce-contoso", "--emulator"], 0),
            "explain": (["explain", "SW1001"], 0), "schema": (["schema"], 0), "version": (["version"], 0),
            "export": (["export", "--managed", "--out", "exported", "--emulator"], 0),
        }
        table = table_of(self.run_syncwright("--help").out)
        formats = {command: [form for form, commands in table.items()
                             if (commands == EVERY and command != "export") or command in commands.split(", ")]
                   for command in calls}
        for form, commands in table.items():
            if commands != EVERY:
                self.assertLessEqual(set(commands.split(", ")), set(calls))
        for command, (arguments, code) in calls.items():
            flags = [word for form in formats[command] for word in ("--report", f"{form}=out/{command}.{form}")]
            if command == "provision":
                user = self.emulated("catalog", "--people", "--format", "json").json()["users"][0]
                arguments = [user["userPrincipalName"] if word == "ada@contoso.example" else word for word in arguments]
            printed = self.run_syncwright(*arguments, *flags, expect=code).out
            for form in formats[command]:
                with self.subTest(command=command, form=form):
                    getattr(self, f"check_{form}")(self.read(f"out/{command}.{form}"))
            if command not in ("apply", "validate", "export"):  # these print more, or less, or no result
                self.assertEqual(self.read(f"out/{command}.text"), printed, command)
        self.assertEqual({result["ruleId"] for result in self.results("out/test.sarif")}, {"mapping-test"})

    def test_what_a_command_does_not_write_is_a_usage_error(self):
        for arguments, said in (
                (["status", "--report", "sarif=x"], "`status` writes text, json, markdown, openmetrics, html; sarif is for "
                                                    "validate, test, plan and drift\n"),
                (["show", "x", "--report", "openmetrics=x"], "`show` writes text, json, markdown; openmetrics is for "
                                                             "drift and status\n"),
                (["completion", "bash", "--report", "json=x"], f"reports are for {EVERY}\n"),
                (["export", "--report", "text=-"], "`export` writes html\n"),
                (["plan", "--report", "sarif="], "is not FORMAT=FILE"),
                (["plan", "--report", "json=x", "--report", "text=./x"],
                 "--report json=x and --report text=./x would both write one file\n"),
                (["plan", "--out", "x", "--report", "json=x"],
                 "--out x and --report json=x would both write one file\n"),
                (["plan", "--report", "junit=-", "--report", "sarif=-"],
                 "--report sarif=- and junit=- would both go to standard output\n"),
                (["plan", "--format", "json", "--report", "sarif=-"],
                 "--report sarif=- and --format would both go to standard output\n")):
            outcome = self.run_syncwright(*arguments, expect=64)
            self.assertIn(said, outcome.err, arguments)
            self.assertEqual(outcome.out, "")
            self.assertFalse((self.folder / "x").exists())

    def test_a_hyphen_is_standard_output(self):
        self.use_quickstart()
        self.check_sarif(self.run_syncwright("validate", "--report", "sarif=-").out)
        both = self.run_syncwright("test", "--report", "junit=-", "--report", "json=out.json")
        self.check_junit(both.out)
        self.check_json(self.read("out.json"))
        self.assertFalse((self.folder / "-").exists())
        applied = self.emulated("apply", "--auto-approve", "--report", "junit=-").out
        self.check_junit(applied)
        self.check_openmetrics(self.emulated("status", "--report", "openmetrics=-").out)

    def test_findings_stand_at_their_place_in_utf_16(self):
        self.write("syncwright.yaml", "apiVersion: syncwright/v1\nkind: Project\nmetadata: {name: contoso}\n")
        self.write("manifests/ä b.yaml", "apiVersion: syncwright/v1\nkind: Application\nmetadata: {name: box}\n"
                   "spec: {displayName: \"\U0001F600\U0001F600\", galery: Box}\n")
        self.run_syncwright("validate", "--report", "sarif=x.sarif", expect=65)
        self.check_sarif_places("x.sarif")
        below = self.folder / "manifests"
        self.run_syncwright("validate", "--report", "sarif=../y.sarif", cwd=below, expect=65)
        self.check_sarif_places("y.sarif")

    def check_sarif_places(self, name):
        found, = [result for result in self.results(name) if result["ruleId"] == "SW1001"]
        self.assertEqual(found["locations"][0]["physicalLocation"],
                         {"artifactLocation": {"uri": "manifests/%C3%A4%20b.yaml", "uriBaseId": "%SRCROOT%"},
                          "region": {"startLine": 4, "startColumn": 29, "endColumn": 35}})

    def test_a_plan_and_a_drift_point_at_the_lines_that_cause_them(self):
        self.write("syncwright.yaml", "apiVersion: syncwright/v1\nkind: Project\nmetadata: {name: contoso}\n")
        self.write("manifests/good.yaml", application("good", "Good", gallery="Dropbox"))
        self.emulated("apply", "--auto-approve")
        self.edit("manifests/good.yaml", "displayName: Good", "displayName: Better")
        self.write("manifests/bad.yaml", application("bad", "Bad", gallery="Salesfroce"))
        line = next(number for number, text in enumerate(self.read("manifests/bad.yaml").splitlines(), 1)
                    if "Salesfroce" in text)
        self.emulated("plan", "--report", "sarif=plan.sarif", "--report", "junit=plan.xml")
        blocked, = [result for result in self.results("plan.sarif") if result["ruleId"] == "SW5001"]
        place = blocked["locations"][0]["physicalLocation"]
        self.assertEqual((blocked["level"], place["artifactLocation"]["uri"], place["region"]["startLine"]),
                         ("error", "manifests/bad.yaml", line))
        self.check_junit(self.read("plan.xml"))
        self.assertEqual(self.read("plan.xml").count("<failure"), 1)
        self.emulated("drift", "--report", "sarif=drift.sarif", "--report", "openmetrics=drift.prom", expect=2)
        pending = [result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
                   for result in self.results("drift.sarif") if result["ruleId"] == "pending"]
        self.assertIn("manifests/good.yaml", pending)
        self.assertIn('application="good"} 1\n', self.read("drift.prom"))

    def test_invalid_manifests_are_findings_of_every_command(self):
        self.use_quickstart()
        self.edit("aws.yaml", "kind: Application", "kind: Aplication")
        for command in (["plan", "--emulator"], ["drift", "--emulator"], ["test"]):
            name = command[0]
            self.run_syncwright(*command, "--report", f"sarif={name}.sarif", "--report", f"json={name}.json", expect=65)
            self.assertIn("error", [result["level"] for result in self.results(f"{name}.sarif")])
            self.assertFalse((self.folder / f"{name}.json").exists())

    def test_a_report_that_cannot_be_written_fails_what_would_have_ended_well(self):
        self.use_quickstart()
        self.write("file", "")
        lost = ("--report", "json=file/x.json", "--report", "text=kept.txt")
        for arguments, code in ((["validate"], 1), (["drift", "--emulator"], 1)):
            outcome = self.run_syncwright(*arguments, *lost, expect=code)
            self.assertIn(f"{self.folder}/file", outcome.err)
            self.assertNotEqual(self.read("kept.txt"), "")
            (self.folder / "kept.txt").unlink()
        self.edit("aws.yaml", "kind: Application", "kind: Aplication")
        self.run_syncwright("validate", *lost, expect=65)

    def test_an_apply_that_fails_is_told_change_by_change(self):
        self.environment["TOKEN"] = "invalid"
        self.write("manifests/box.yaml", application("box", "Dropbox", state="started", more=started()))
        reports = [word for form in ("json", "markdown", "junit", "text") for word in ("--report", f"{form}=apply.{form}")]
        outcome = self.emulated("apply", "--auto-approve", *reports, expect=5)
        told = json.loads(self.read("apply.json"))
        states = [change["state"] for change in told["outcomes"]]
        self.assertIn("done", states)
        self.assertIn("failed", states)
        self.check_junit(self.read("apply.junit"))
        self.assertIn("<failure type=\"failed\"", self.read("apply.junit"))
        self.assertIn("#### Not done\n", self.read("apply.markdown"))
        self.assertTrue(outcome.out.endswith(self.read("apply.text")))
        self.emulated("apply", "--auto-approve", "--report", "json=again.json", environment={"TOKEN": "any"})
        self.emulated("apply", "--auto-approve", "--report", "json=idle.json", "--report", "junit=idle.xml",
                      environment={"TOKEN": "any"})
        self.assertIn("is as the manifests say", self.read("idle.xml"))
        self.assertEqual(json.loads(self.read("idle.json"))["outcomes"], [])

    def test_an_apply_that_is_interrupted_is_told_as_well(self):
        self.environment["TOKEN"] = "any"
        self.write("manifests/box.yaml", application("box", "Dropbox", state="started", more=started()))
        server = self.serve()
        process = []

        def weather(method, path, headers):
            if method == "POST" and path.endswith("/synchronization/jobs"):
                os.kill(process[0].pid, signal.SIGINT)

        proxy = Proxy(self, server.url, weather)
        process.append(subprocess.Popen(
            [harness.BINARY, "apply", "--auto-approve", "--project", "contoso", "--report", "json=apply.json",
             "--report", "junit=apply.xml"], cwd=self.folder, env={**self.environment, **proxy.environment},
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True))
        out, err = process[0].communicate(timeout=harness.TIMEOUT)
        self.assertEqual(process[0].returncode, 130, out + err)
        told = json.loads(self.read("apply.json"))
        self.assertTrue(told["interrupted"])
        self.assertIn("skipped", [change["state"] for change in told["outcomes"]])
        self.check_junit(self.read("apply.xml"))


if __name__ == "__main__":
    harness.main()
