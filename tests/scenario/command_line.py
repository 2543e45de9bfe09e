#!/usr/bin/env python3
"""The command line: help, usage errors with a way out, exit codes, completion, explain."""
import json
import re
import resource
import subprocess

from support import harness

COMMANDS = ["validate", "test", "eval", "plan", "show", "apply", "drift", "status", "logs", "catalog", "export",
            "provision", "job", "emulator", "explain", "schema", "whoami", "completion", "help", "version"]


class CommandLine(harness.Scenario):
    def test_help_has_examples(self):
        text = self.run_syncwright("--help").out
        for command in COMMANDS:
            self.assertIn(f"\n  {command}", text)
            help = self.run_syncwright(command, "--help").out
            self.assertIn("Examples:", help, command)
            self.assertIn("Global flags (-e, ", help)

    def test_the_exit_codes_of_the_help_are_those_of_the_docs(self):
        help = self.run_syncwright("--help").out
        shown = re.findall(r"^  (\d+) +(.+)$", help.split("Exit codes:\n")[1], re.MULTILINE)
        documented = re.findall(r"^\| (\d+) \| (.+) \|$", (harness.SOURCE / "docs/exit-codes.md").read_text(), re.MULTILINE)
        self.assertEqual(shown, documented)
        self.assertEqual([int(code) for code, _ in shown], [0, 1, 2, 3, 4, 5, 6, 64, 65, 70, 130])
        self.assertLessEqual(max(map(len, help.split("Exit codes:\n")[1].splitlines())), 80)

    def test_usage_errors(self):
        for arguments, said in ((["plann"], "did you mean `plan`"),
                                (["inventory"], "unknown command `inventory`\n"),
                                (["plan", "--detailed-exitcod"], "did you mean `--detailed-exitcode`"),
                                (["--formt", "json", "plan"], "did you mean `--format`"),
                                (["plan", "--format", "yaml"], "--format"),
                                (["show"], "FILE"),
                                (["eval"], "EXPR"),
                                (["eval", "[mail]", "--atributes", "x"], "did you mean `--attributes`"),
                                (["provision", "--app", "x"], "--user"),
                                (["provision", "--app", "x", "--user", "a", "--group", "b"], "--user"),
                                (["provision", "--app", "x", "--user", "a", "--member", "b"], "--member"),
                                (["provision", "--app", "x", "--object", "user"], "give both"),
                                (["provision", "--app", "x", "--id", "a"], "give both"),
                                (["provision", "--app", "x", "--user", "a", "--object", "b", "--id", "c"], "--user"),
                                (["validate", "--auto-approv"], "did you mean `--auto-approve`, a flag of `apply`?"),
                                (["plna", "--prun"], "did you mean `plan`"),
                                (["--versoin"], "did you mean `--version`"),
                                (["job"], "subcommand"),
                                (["job", "stop", "--app", "x"], "unknown command `job stop`; there is `start`, "
                                                                "`pause`, `restart`"),
                                ([], "subcommand")):
            outcome = self.run_syncwright(*arguments, expect=64)
            self.assertIn(said, outcome.err, arguments)
            self.assertEqual(outcome.out, "")

    def test_a_usage_error_is_an_object_where_the_log_is_json(self):
        for arguments, fault in ((["plan", "--prun"], {
            "message": "unknown flag `--prun`; did you mean `--prune`?",
            "advice": "`syncwright --help` lists the commands, `syncwright COMMAND --help` its flags."}),
                (["plan", "--emulator", "--endpoint", "http://x"], {
                    "message": "--emulator and --endpoint name two tenants; leave --endpoint away for the embedded "
                               "emulator, or --emulator for a served one"})):
            outcome = self.run_syncwright(*arguments, "--log-format", "json", expect=64)
            self.assertEqual((json.loads(outcome.err), outcome.out), ({"level": "error", **fault}, ""))

    def test_no_result_is_written_over_a_manifest(self):
        self.use_quickstart()
        manifests = {path: path.read_bytes() for path in self.folder.rglob("*.yaml")}
        self.assertGreater(len(manifests), 1)
        for path in manifests:
            for flags in (["--out", str(path)], ["--report", f"json={path}"]):
                self.assertIn("would write over what is there", self.emulated("plan", *flags, expect=64).err)
        self.assertEqual({path: path.read_bytes() for path in manifests}, manifests)
        self.emulated("plan", "--out", "new.yaml")  # nobody's yet

    def test_a_file_over_its_limit_is_an_error_of_the_write(self):
        self.use_quickstart()
        self.emulated("plan")
        limited = subprocess.run([harness.BINARY, "plan", "--out", "plan.json", self.emulator],
                                 cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False,
                                 preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (2048, 2048)))
        self.assertEqual(limited.returncode, 1, limited)
        self.assertIn("error: ", limited.stderr)

    def test_a_report_that_a_command_does_not_write_is_refused_with_what_it_writes(self):
        outcome = self.run_syncwright("plan", "--report", "openmetrics=x", expect=64)
        self.assertIn("`plan` writes text, json, markdown, junit, sarif, html; openmetrics is for drift and status\n",
                      outcome.err)
        self.assertIn("html=report.html", self.run_syncwright("plan", "--report", "html=-", expect=64).err)

    def test_reports_beside_the_output(self):
        self.use_quickstart()
        reports = {name: ("--report", f"{name}=out/{name}") for name in ("text", "json", "markdown")}
        every = [word for flags in reports.values() for word in flags]
        shown = {}
        plan = self.emulated("plan", "--out", "plan.json", *every).out
        for name in reports:
            shown[name] = self.run_syncwright("show", "plan.json", "--format", name).out
            self.assertEqual(self.read(f"out/{name}"), shown[name])
        self.assertEqual(plan, shown["text"])
        self.run_syncwright("show", "plan.json", "--report", "markdown=shown.md")
        self.assertEqual(self.read("shown.md"), shown["markdown"])
        text = self.emulated("drift", *every, expect=2).out
        self.assertEqual(self.read("out/text"), text)
        self.assertEqual(len(json.loads(self.read("out/json"))["edits"]), 0)
        self.assertIn("### Drift of", self.read("out/markdown"))
        self.assertEqual(self.run_syncwright("validate", "--report", "text=valid.txt").out, self.read("valid.txt"))
        self.edit("salesforce.yaml", "kind: Application", "kind: Aplication")
        outcome = self.run_syncwright("validate", *reports["text"], *reports["json"], expect=65)
        self.assertEqual((outcome.out, outcome.err), ("", self.read("out/text")))
        self.assertFalse(json.loads(self.read("out/json"))["valid"])

    def test_markdown_is_for_every_command_that_prints_a_result(self):
        self.use_quickstart()
        self.assertEqual(self.run_syncwright("validate", "--format", "markdown").out,
                         "### Validation\n\n**Valid: 2 applications in 3 files.**\n")
        self.assertIn("### Status of `contoso`\n", self.emulated("status", "--format", "markdown").out)
        plan = self.emulated("plan", "--format", "markdown", "--out", "plan.json").out
        self.assertIn("aws-contoso", plan)
        self.assertEqual(self.run_syncwright("show", "plan.json", "--format", "markdown").out, plan)
        self.assertIn("aws-contoso", self.emulated("drift", "--format", "markdown", expect=2).out)

    def test_a_comment_says_where_its_plan_comes_from(self):
        self.use_quickstart()
        commit = {"GITHUB_SHA": "1f2e3d4c5b6a"}
        comment = self.emulated("plan", "--format", "markdown", "--out", "plan.json", environment=commit).out
        saved = json.loads(self.read("plan.json"))
        lines = comment.splitlines()
        self.assertEqual(lines[4:7], [
            f"- plan `{saved['digest']}`",
            f"- manifests `{saved['manifestDigest']}` of commit `1f2e3d4c5b6a`",
            f"- made `{saved['createdAt']}` by {self.run_syncwright('version').out.strip()}"])
        # Whoever shows it later works on another commit, maybe.
        shown = self.run_syncwright("show", "plan.json", "--format", "markdown",
                                    environment={"CI_COMMIT_SHA": "later"}).out
        self.assertEqual(shown, comment.replace(" of commit `1f2e3d4c5b6a`", ""))
        drift = self.emulated("drift", "--format", "markdown", expect=2,
                              environment={"BUILD_SOURCEVERSION": "abc"}).out.splitlines()
        self.assertEqual(drift[4], f"- manifests `{saved['manifestDigest']}` of commit `abc`")
        self.assertFalse([line for line in drift if line.startswith("- plan")])

    def test_a_flag_that_would_do_nothing_is_refused(self):
        for arguments, said in ((["export", "--format", "json"], "commands that print a result"),
                                (["export", "--format", "markdown"], "commands that print a result"),
                                (["completion", "bash", "--format", "json"], "commands that print a result"),
                                (["export", "--only", "box"], "--only is for commands on the applications of the "
                                                              "manifests; name live ones with --app"),
                                (["export", "--selector", "a=b"], "--selector is for commands"),
                                (["whoami", "--only", "box"], "leave it away"),
                                (["emulator", "--emulator"], "name the file with --state\n"),
                                (["emulator", "--emulator=other.db"], "name the file with --state\n"),
                                (["plan", "--emulator", "--endpoint", "http://127.0.0.1:1"],
                                 "leave --endpoint away for the embedded emulator, or --emulator for a served one\n")):
            outcome = self.run_syncwright(*arguments, expect=64)
            self.assertIn(said, outcome.err, arguments)
            self.assertEqual(outcome.out, "")
        self.assertIn("complete", self.run_syncwright("completion", "bash", "--format", "text").out)

    def test_flags_of_the_lifecycle_say_what_they_take(self):
        for arguments, said in ((["apply", "--max-delets", "3"], "did you mean `--max-deletes`"),
                                (["plan", "--max-deletes", "3"], "`--max-deletes` is a flag of `apply`\n"),
                                (["apply", "--out", "x"], "`--out` is a flag of `plan`, `export`\n"),
                                (["apply", "--max-deletes", "-1"],
                                 "--max-deletes: takes a whole number, 0 or more, not `-1`\n"),
                                (["apply", "--max-updates", "-1"],
                                 "--max-updates: takes a whole number, 0 or more, not `-1`\n"),
                                (["apply", "--allow-deprovision", "many"],
                                 "--allow-deprovision: takes a whole number, 0 or more, not `many`\n"),
                                (["apply", "--max-deletes", "9" * 30], "takes a whole number"),
                                (["job", "restart", "--app", "x", "--accept-deletes", "-3"], "a whole number"),
                                (["apply", "--plan", "p", "--only", "x"], "give --only to `syncwright plan --out`"),
                                (["apply", "--plan", "p", "--selector", "a=b"], "--selector says what to plan"),
                                (["apply", "--plan", "p", "--prune"], "--prune says what to plan"),
                                (["apply", "--auto-approve", "--plan", ""], "--plan: is given an empty text\n"),
                                (["plan", "--out", ""], "--out: is given an empty text\n"),
                                (["plan", "-e", ""], "--environment: is given an empty text\n"),
                                (["job", "pause", "--app", "", "--job", "x"], "--app: is given an empty text\n"),
                                (["job", "pause", "--app", "x", "--hold", ""], "a reason is"),
                                (["job", "pause", "--app", "x", "--hold", "a:b"], "a reason is"),
                                (["job", "restart", "--app", "x", "--accept-deletes", "1", "--reject-deletes"],
                                 "excludes")):
            self.assertIn(said, self.run_syncwright(*arguments, expect=64).err, arguments)
        flags = self.run_syncwright("__complete", "apply", "--").out
        for flag in ("--prune", "--max-deletes", "--skip-blocked", "--allow-empty"):
            self.assertIn(f"\n{flag}\t", flags)

    def test_no_manifests(self):
        outcome = self.emulated("plan", expect=65)
        self.assertIn("SW0107", outcome.err)

    def test_no_credentials(self):
        self.use_quickstart()
        outcome = self.run_syncwright("plan", expect=6)
        self.assertIn("AZURE_CLIENT_SECRET", outcome.err)
        self.assertIn("--emulator", outcome.err)

    def test_flags_before_and_after_the_command_and_paths(self):
        self.use_quickstart()
        self.run_syncwright("--format", "json", "validate", "aws.yaml")
        outcome = self.run_syncwright("validate", "aws.yaml", "--format=json").json()
        self.assertEqual(outcome, {"valid": True, "diagnostics": []})
        plan = self.run_syncwright("--emulator=state.json", "plan", "aws.yaml", "--format", "json").json()
        self.assertFalse(plan["complete"])
        self.assertTrue((self.folder / "state.json").exists() or plan["summary"]["create"] == 1)
        only = self.emulated("plan", "--only", "aws-contoso", "--format", "json").json()
        self.assertEqual({change["application"] for change in only["changes"]}, {"aws-contoso"})
        self.emulated("plan", "--only", "aws-contosso", expect=65)

    def test_the_environment_and_the_selector_limit_what_is_loaded(self):
        self.use_quickstart()
        self.assertIn("SW2021", self.run_syncwright("validate", "-e", "prod", expect=65).err)
        self.assertIn("SW2022", self.run_syncwright("validate", "--selector", "env=none", expect=65).err)
        project = self.folder / "syncwright.yaml"
        project.write_text("apiVersion: syncwright/v1\nkind: Project\nmetadata: {name: contoso}\n"
                           "spec: {manifests: ., environments: {prod: {variables: {suffix: one}}}}\n")
        self.assertIn("SW2020", self.run_syncwright("validate", expect=65).err)
        self.assertIn("did you mean `prod`", self.run_syncwright("validate", "-e", "prd", expect=65).err)
        self.run_syncwright("validate", "-e", "prod")
        self.run_syncwright("--environment=prod", "validate")

    def test_the_version_by_command_and_by_flag(self):
        for format in ("text", "json"):
            said = self.run_syncwright("version", "--format", format).out
            for arguments in (["--version", "--format", format], ["--format", format, "--version"],
                              ["plan", "--version", "--format", format]):
                outcome = self.run_syncwright(*arguments)
                self.assertEqual((outcome.out, outcome.err), (said, ""), arguments)
        self.assertRegex(self.run_syncwright("--version").out, r"^syncwright \d+\.\d+\.\d+\n$")

    def test_every_command_on_the_applications_takes_paths(self):
        self.use_quickstart()
        self.emulated("apply", "--auto-approve")
        elsewhere = self.folder / "elsewhere"
        elsewhere.mkdir()
        for command in (["validate"], ["test"], ["plan"], ["drift"], ["status"], ["logs"],
                        ["job", "pause", "--app", "aws-contoso"], ["job", "restart", "--app", "aws-contoso"],
                        ["job", "start", "--app", "aws-contoso"], ["apply", "--auto-approve"]):
            with self.subTest(command):
                self.emulated(*command, "..", cwd=elsewhere)
                self.assertIn("PATH", self.run_syncwright(*command, "--help").out)
        self.assertFalse((elsewhere / ".syncwright").exists())
        self.assertIn("PATH", self.run_syncwright("provision", "--help").out)
        self.emulated("job", "pause", "--app", "salesforce-contoso", "../aws.yaml", cwd=elsewhere, expect=65)

    def test_explain(self):
        listing = self.run_syncwright("explain").out
        codes = [line.split()[0] for line in listing.splitlines() if line.startswith("  SW")]
        self.assertGreater(len(codes), 50)
        for code in codes:
            self.assertGreater(len(self.run_syncwright("explain", code).out.splitlines()), 3, code)
        self.assertIn("assigned", self.run_syncwright("explain", "spec.scope").out)
        self.assertIn("nothing is written", self.run_syncwright("explain", "spec.cases.expect.target").out)
        self.assertIn("strict", self.run_syncwright("explain", "spec.expressions.scopeNullRule").out)
        self.assertIn("did you mean", self.run_syncwright("explain", "spec.scop", expect=64).err)

    def test_explain_kinds_and_their_fields(self):
        schema = json.loads((harness.SOURCE / "schemas/manifest.schema.json").read_text())
        for kind in schema["properties"]["kind"]["enum"]:
            page = self.run_syncwright("explain", kind).out.splitlines()
            self.assertEqual(page[0], kind)
            fields = [line.strip() for line in page if line.startswith("  ") and not line.startswith("   ")]
            self.assertIn("metadata.name", fields)
            for field in fields:
                self.assertEqual(self.run_syncwright("explain", f"{kind}.{field}").out.splitlines()[0], field)
        self.assertIn("\n  spec.forEach\n      The rows themselves.\n",
                      self.run_syncwright("explain", "applicationset").out)
        # The same path means another field in another kind.
        self.assertIn("the test is called", self.run_syncwright("explain", "MappingTest.metadata").out)
        self.assertIn("the project is called", self.run_syncwright("explain", "Project.metadata").out)
        said = self.run_syncwright("explain", "ApplicationSet.spec.template.spec.jobs.default.state").out
        self.assertEqual(said.splitlines()[0], "spec.jobs.state")
        for word, meant in (("ApplicationSte", "ApplicationSet"), ("Joni", "Join"),
                            ("ApplicationSet.spec.form", "ApplicationSet.spec.from")):
            outcome = self.run_syncwright("explain", word, expect=64)
            self.assertEqual(outcome.err, f"error: nothing is known about `{word}`\n  did you mean `{meant}`?\n")
        self.run_syncwright("explain", "Project.spec.from", expect=64)

    def test_explain_functions(self):
        self.assertTrue(self.run_syncwright("explain", "toupper").out.startswith("ToUpper(source, [culture])\n\n"))
        self.assertEqual(self.run_syncwright("explain", "Len", "--format", "json").json()["title"], "Len(source)")

    def test_help_is_what_the_flag_prints(self):
        self.assertEqual(self.run_syncwright("help").out, self.run_syncwright("--help").out)
        for command in ([name] for name in COMMANDS):
            self.assertEqual(self.run_syncwright("help", *command).out, self.run_syncwright(*command, "--help").out)
        for words in (["job", "pause"], ["job"]):
            self.assertEqual(self.run_syncwright("--no-color", "help", *words).out,
                             self.run_syncwright(*words, "--help").out)
        for words, said in ((["plann"], "unknown command `plann`\n  did you mean `plan`?"),
                            (["job", "stop"], "unknown command `job stop`\n  there is `start`, `pause`, `restart`"),
                            (["plan", "out"], "`plan` has no command `out`"),
                            (["xyzzy"], "unknown command `xyzzy`")):
            outcome = self.run_syncwright("help", *words, expect=64)
            self.assertEqual((outcome.out, outcome.err), ("", f"error: {said}\n"))

    def test_the_schema_is_the_published_one(self):
        published = (harness.SOURCE / "schemas/manifest.schema.json").read_text()
        self.assertEqual(self.run_syncwright("schema").out, published)
        self.assertIn("leave it away", self.run_syncwright("schema", "--only", "a", expect=64).err)

    def test_version_and_whoami(self):
        self.assertRegex(self.run_syncwright("version").out, r"^syncwright \d+\.\d+\.\d+\n$")
        claims = self.emulated("whoami", "--format", "json").json()
        self.assertTrue(all(feature["granted"] for feature in claims["features"]))

    def test_catalog(self):
        self.assertIn("8b1025e4-1dd2-430b-a150-2ef79cd700f5", self.emulated("catalog", "aws").out)
        self.use_quickstart()
        self.emulated("apply", "--auto-approve")
        self.assertIn("(default)", self.emulated("catalog", "--app", "Salesforce Contoso").out)
        self.assertIn("(default)", self.emulated("catalog", "--app", "salesforce-contoso").out)

    def test_job_pause_and_start(self):
        self.use_quickstart()
        self.emulated("apply", "--auto-approve")
        self.emulated("job", "pause", "--app", "aws-contoso")
        drift = self.emulated("drift", "--format", "json", expect=2).json()
        self.assertEqual([change["type"] for change in drift["changes"]], ["job.start"])
        self.emulated("job", "start", "--app", "aws-contoso")
        self.assert_nothing_to_do("--emulator")
        self.emulated("job", "start", "--app", "aws-contosso", expect=65)

    def test_the_state_file_is_locked(self):
        self.use_quickstart()
        server = self.serve(state=".syncwright/emulator.db")
        outcome = self.emulated("plan", expect=1)
        self.assertIn("emulator.db", outcome.err)
        server.stop()
        self.emulated("plan")


if __name__ == "__main__":
    harness.main()
