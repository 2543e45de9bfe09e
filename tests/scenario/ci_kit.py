#!/usr/bin/env python3
"""The scripts of tools/ci as a runner runs them, against the emulator, and what they tell on each platform."""
import json
import os
import pathlib
import subprocess

from support import harness
from support.forges import FORGES, AzureDevOps, GitHub, GitLab
from support.tenant import LiveApplication

TENANT = "034a7209-e89f-449b-88ed-2e97639028e1"  # the emulator's
MARKER = "<!-- syncwright plan prod -->\n"
TITLE = "syncwright: the tenant differs from the manifests (prod)"


class Scripts(harness.Scenario):
    """A project as `init` leaves it, and a runner that has the program."""

    def setUp(self):
        super().setUp()
        self.runner = self.folder / "runner"
        (self.runner / "bin").mkdir(parents=True)
        (self.runner / "bin/syncwright").symlink_to(pathlib.Path(harness.BINARY).resolve())
        self.project = self.folder / "project"
        self.run_syncwright("init", "project", "--project", "contoso", "--tenant", f"prod={TENANT}", "--ci", "github")
        for name in ("azure-devops", "gitlab"):
            self.run_syncwright("init", "--ci", name, cwd=self.project)
        self.server = self.serve()

    def script(self, *words, forge, number=None, expect=0, environment=None, clean=True):
        """Runs tools/ci/WORDS of the project as the forge's runner does."""
        if clean:
            subprocess.run(["rm", "-rf", self.project / "syncwright-results"], check=True)
        done = subprocess.run(
            ["sh", f"tools/ci/{words[0]}", *map(str, words[1:])], cwd=self.project, text=True, capture_output=True,
            stdin=subprocess.DEVNULL, timeout=harness.TIMEOUT,
            env={**self.environment, **self.server.environment, "AZURE_TENANT_ID": TENANT,
                 "SYNCWRIGHT_ENVIRONMENT": "prod", "PATH": f"{self.runner / 'bin'}:{os.environ['PATH']}",
                 **(forge.environment(self.runner, number) if forge else {}), **(environment or {})})
        if expect is not None:
            self.assertEqual(done.returncode, expect, done.stdout + done.stderr)
        return harness.Outcome(done.returncode, done.stdout, done.stderr)

    def results(self, name):
        return (self.project / "syncwright-results" / name).read_text()

    def edit_project(self, name, old, new):
        self.edit(f"project/{name}", old, new)

    def outputs(self):
        return dict(line.split("=", 1) for line in (self.runner / "output").read_text().splitlines())

    # A pull request

    def test_a_pull_request_has_one_comment_that_is_kept_up_to_date(self):
        for kind in FORGES:
            with self.subTest(kind.__name__):
                forge = kind(self)
                self.script("pull-request", forge=forge, number=7)
                text, = forge.texts()
                self.assertTrue(text.startswith(MARKER + "**An apply carries out this plan.**\n\n### Plan for "), text)
                self.assertIn("1 to create", text)
                self.edit_project("manifests/salesforce.yaml", "displayName: Salesforce ", "displayName: Another ")
                self.script("pull-request", forge=forge, number=7)
                text, = forge.texts()
                self.assertIn("Another", text)
                self.edit_project("manifests/salesforce.yaml", "displayName: Another ", "displayName: Salesforce ")

    def test_the_results_are_what_a_pipeline_keeps(self):
        self.script("pull-request", forge=None)
        for name in ("validate.sarif", "test.sarif", "plan.sarif"):
            self.assertEqual(json.loads(self.results(name))["version"], "2.1.0", name)
        self.assertIn("<testsuite", self.results("test.xml"))
        plan = json.loads(self.results("plan.json"))
        self.assertEqual((plan["project"], plan["environment"]), ("contoso", "prod"))
        self.assertTrue(self.results("review.md").startswith("**An apply carries out this plan.**"))

    def test_what_is_invalid_is_told_where_the_plan_would_stand(self):
        forge = GitHub(self)
        self.edit_project("manifests/salesforce.yaml", "scope: assigned ", "scope: everybody ")
        told = self.script("pull-request", forge=forge, number=7, expect=65)
        text, = forge.texts()
        self.assertTrue(text.startswith(MARKER + "**`validate` is given something invalid.**\n\n    "), text)
        self.assertIn("everybody", text)
        self.assertEqual(self.outputs(), {"changes": "false"})
        self.assertIn("::error title=syncwright::`validate` is given something invalid.\n", told.out)
        self.edit_project("manifests/salesforce.yaml", "scope: everybody ", "scope: assigned ")
        self.script("pull-request", forge=forge, number=7)
        self.assertIn("**An apply carries out this plan.**", forge.texts()[0])
        self.assertEqual(self.outputs(), {"changes": "true"})

    def test_failing_tests_fail_the_check_and_the_plan_is_shown_all_the_same(self):
        forge = GitHub(self)
        self.edit_project("manifests/salesforce-tests.yaml", "officeCode: LON-3}", "officeCode: PAR-1}")
        self.script("pull-request", forge=forge, number=7, expect=1)
        self.assertIn("**Mapping tests fail. An apply carries out this plan.**", forge.texts()[0])
        self.assertIn("PAR-1", forge.texts()[0])

    def test_a_refused_change_fails_the_check(self):
        self.edit_project("manifests/salesforce.yaml", "gallery: Salesforce", "gallery: No Such Thing")
        forge = GitHub(self)
        self.script("pull-request", forge=forge, number=7, expect=3)
        self.assertIn("**The plan holds a refused change: an apply would write nothing.**", forge.texts()[0])
        self.assertEqual(self.outputs(), {"changes": "false"})

    def test_who_is_not_signed_in_is_told_and_the_comment_says_so(self):
        forge = GitHub(self)
        self.script("pull-request", forge=forge, number=7, expect=6,
                    environment={"SYNCWRIGHT_ACCESS_TOKEN": "", "AZURE_CLIENT_SECRET": ""})
        self.assertIn("**`plan` cannot read the tenant: sign-in or a permission is missing.**", forge.texts()[0])

    def test_a_pull_request_from_a_fork_is_validated_and_tested(self):
        forge = GitHub(self)
        self.server.clear_requests()
        self.script("pull-request", forge=forge, number=7, environment={"SYNCWRIGHT_OFFLINE": "true"})
        self.assertEqual((forge.calls, self.server.requests()), ([], []))
        self.assertIn("The manifests are valid.", (self.runner / "summary").read_text())

    def test_the_comment_is_found_among_many_and_is_nobody_elses(self):
        forge = GitHub(self)
        for number in range(120):
            forge.add_comment(None, {"body": f"chat {number}"}, 7)
        forge.add_comment(None, {"body": MARKER + "mine"}, 7, author="mallory")
        forge.add_comment(None, {"body": MARKER + "old"}, 7)
        self.script("pull-request", forge=forge, number=7)
        self.assertEqual(len(forge.comments), 122)
        self.assertEqual(forge.texts()[120], MARKER + "mine")
        self.assertIn("An apply carries out this plan.", forge.texts()[121])

    def test_a_comment_holds_65536_characters(self):
        rows = "".join(f"    - {{name: \"{number:04}\"}}\n" for number in range(700))
        self.write("project/manifests/many.yaml",
                   "apiVersion: syncwright/v1\nkind: ApplicationSet\nmetadata: {name: many}\nspec:\n  forEach:\n" + rows
                   + "  template:\n    metadata: {name: \"many-${each.name}\"}\n    spec:\n      gallery: Dropbox\n"
                   "      displayName: \"Überall ${each.name} \U0001f600 " + "ä" * 200 + "\"\n")
        forge = GitHub(self)
        self.script("pull-request", forge=forge, number=7)
        text, = forge.texts()
        self.assertLessEqual(len(text), 65536)
        self.assertTrue(text.startswith(MARKER))
        # The program's Markdown may fit by itself: what is longer is cut between two lines, and says so.
        long = self.runner / "long.md"
        long.write_text(MARKER + "".join(f"line {number} ä\U0001f600\n" for number in range(20000)))
        cut = subprocess.run(["sh", "-c", f". tools/ci/lib.sh; fit_comment {long}", f"{self.project}/tools/ci/x"],
                             cwd=self.project, env=self.environment, capture_output=True, text=True)
        self.assertEqual(cut.returncode, 0, cut.stderr)
        lines = long.read_text().splitlines()
        self.assertLessEqual(len(long.read_text()), 65536)
        self.assertGreater(len(long.read_text()), 65000)
        self.assertEqual(lines[0] + "\n", MARKER)
        self.assertIn("the whole text is in the artifact", lines[1])
        self.assertRegex(lines[-1], r"^line \d+ ä\U0001f600$")

    def test_a_comment_that_cannot_be_written_fails_the_check(self):
        for kind, path in ((GitHub, "comments"), (AzureDevOps, "threads"), (GitLab, "notes")):
            with self.subTest(kind.__name__):
                forge = kind(self)
                forge.refuse = path
                told = self.script("pull-request", forge=forge, number=7, expect=1)
                self.assertIn("403. Has the pipeline's token the permission for it?", told.out + told.err)

    def test_no_token_is_on_a_command_line_or_in_the_log(self):
        forge = GitHub(self)
        curl = self.runner / "bin/curl"
        curl.write_text("#!/bin/sh\necho \"$@\" >>" + str(self.runner / "curl.log") + f"\nPATH='{os.environ['PATH']}' exec curl \"$@\"\n")
        curl.chmod(0o755)
        told = self.script("pull-request", forge=forge, number=7)
        self.assertIn("--config -", (self.runner / "curl.log").read_text())
        for text in ((self.runner / "curl.log").read_text(), told.out, told.err):
            self.assertNotIn("forge-token", text)

    def test_what_the_tenant_holds_is_no_command_to_the_runner(self):
        self.edit_project("manifests/salesforce.yaml", "displayName: Salesforce ",
                          "displayName: \"##vso[task.setvariable variable=x]y\" ")
        told = self.script("pull-request", forge=AzureDevOps(self), number=7)
        self.assertNotIn("##vso[task.setvariable variable=x]", told.out)
        told = self.script("pull-request", forge=GitHub(self), number=7)
        stops = [line for line in told.out.splitlines() if line.startswith("::stop-commands::")]
        self.assertEqual(len(stops), len(set(stops)))
        for stop in stops:
            self.assertIn("\n::" + stop.removeprefix("::stop-commands::") + "::\n", told.out)

    # What is merged

    def test_what_was_approved_is_applied_and_nothing_else(self):
        forge = GitHub(self)
        self.script("merge", "plan", forge=forge)
        self.assertEqual(self.outputs(), {"changes": "true"})
        self.assertEqual(forge.calls, [])
        self.assertIn("1 to create", (self.runner / "summary").read_text())
        approved = self.folder / "approved.json"
        approved.write_text(self.results("plan.json"))
        self.script("merge", "apply", approved, forge=forge)
        self.assertIn("**`apply` is done.**", (self.runner / "summary").read_text())
        self.assertIn("3 of 3 changes done", self.results("apply.txt"))
        self.assertIn("application.instantiate", self.results("journal.jsonl"))
        stale = self.script("merge", "apply", approved, forge=forge, expect=4)
        self.assertIn("The plan is stale", stale.out)
        self.script("merge", "plan", forge=forge)
        self.assertEqual(self.outputs(), {"changes": "false"})
        self.assertIn("**Nothing to change: the tenant is as the manifests say.**", (self.runner / "summary").read_text())

    def test_guards_are_opened_by_flags_of_the_pipeline(self):
        self.script("merge", "plan", forge=None)
        approved = self.folder / "approved.json"
        approved.write_text(self.results("plan.json"))
        told = self.script("merge", "apply", approved, "--max-updates", "3", forge=None)
        self.assertIn("--max-updates 3 -e prod", told.out)
        self.script("merge", "elsewhere", forge=None, expect=64)
        self.script("merge", "apply", forge=None, expect=2)  # the shell's own word for a missing argument

    def test_later_steps_of_azure_devops_and_gitlab_know_whether_there_is_something_to_do(self):
        told = self.script("merge", "plan", forge=AzureDevOps(self))
        self.assertIn("##vso[task.setvariable variable=changes;isOutput=true]true\n", told.out)
        self.assertRegex(told.out, r"##vso\[task.uploadsummary\]/.*/syncwright-results/review.md\n")
        self.script("merge", "plan", forge=GitLab(self))
        self.assertEqual(self.results("outputs.env"), "changes=true\n")

    # Drift

    def test_drift_opens_one_issue_keeps_it_up_to_date_and_closes_it(self):
        self.script("merge", "plan", forge=None)
        self.script("merge", "apply", "syncwright-results/plan.json", forge=None, clean=False)
        for kind in FORGES:
            with self.subTest(kind.__name__):
                forge = kind(self)
                self.script("drift", forge=forge)
                self.assertEqual(forge.drift(), [])
                crm = LiveApplication(self.server, "Salesforce")
                crm.edit_mapping("officeCode", "[extensionAttribute7]")
                self.script("drift", forge=forge)
                (is_open, title, text), = forge.drift()
                self.assertEqual((is_open, title), (True, TITLE))
                self.assertIn("extensionAttribute7", text)
                crm.edit_mapping("officeCode", "[extensionAttribute8]")
                self.script("drift", forge=forge, expect=2, environment={"SYNCWRIGHT_FAIL_ON_FINDING": "true"})
                (is_open, _, text), = forge.drift()
                self.assertTrue(is_open)
                self.assertIn("extensionAttribute8", text)
                crm.edit_mapping("officeCode", "[extensionAttribute10]")
                self.script("drift", forge=forge)
                self.assertEqual([is_open for is_open, _, _ in forge.drift()], [False])
                crm.edit_mapping("officeCode", "[extensionAttribute7]")
                self.script("drift", forge=forge)
                self.assertEqual([is_open for is_open, _, _ in forge.drift()], [False, True])
                crm.edit_mapping("officeCode", "[extensionAttribute10]")

    def test_a_drift_that_could_not_look_is_a_failure_and_touches_no_issue(self):
        forge = GitHub(self)
        told = self.script("drift", forge=forge, expect=6,
                           environment={"SYNCWRIGHT_ACCESS_TOKEN": "", "AZURE_CLIENT_SECRET": ""})
        self.assertEqual(forge.calls, [])
        self.assertIn("::error title=syncwright::`drift` cannot read the tenant", told.out)
        self.assertEqual(self.outputs(), {"finding": "false"})
        self.script("drift", "--nonsense", forge=forge, expect=64)

    def test_every_exit_code_is_an_outcome(self):
        program = ". tools/ci/lib.sh; for code in 0 1 2 3 4 5 6 64 65 70 130 143; do outcome_of $code; done"
        told = subprocess.run(["sh", "-c", program, f"{self.project}/tools/ci/x"], cwd=self.project,
                              env=self.environment, capture_output=True, text=True, check=True)
        self.assertEqual(told.stdout.split(), ["done", "failed", "finding", "refused", "stale", "partly", "sign-in",
                                               "invalid", "invalid", "failed", "interrupted", "interrupted"])

    # Signing in

    def test_a_token_in_a_variable_signs_in_and_leaves_nothing_behind(self):
        program = self.runner / "bin/syncwright"
        program.unlink()
        program.write_text("#!/bin/sh\n[ -z \"$AZURE_FEDERATED_TOKEN_FILE\" ] || ls -l \"$AZURE_FEDERATED_TOKEN_FILE\" >"
                        f"{self.folder}/seen && cat \"$AZURE_FEDERATED_TOKEN_FILE\" >>{self.folder}/seen\n"
                        f"exec {pathlib.Path(harness.BINARY).resolve()} \"$@\"\n")
        program.chmod(0o755)
        told = self.script("pull-request", forge=GitLab(self), number=7,
                           environment={"SYNCWRIGHT_ID_TOKEN": "id.token.x", "TMPDIR": str(self.runner)})
        self.assertRegex((self.folder / "seen").read_text(), r"\A-rw------- .*\nid\.token\.x\Z")
        self.assertNotIn("id.token.x", told.out + told.err)
        self.assertEqual([path.name for path in self.runner.iterdir()], ["bin"])

    def test_what_a_runner_needs_is_put_on_it_only_where_it_is_missing(self):
        told = self.script("install", forge=None)
        self.assertTrue(told.out.startswith("syncwright "))
        (self.runner / "bin/syncwright").unlink()
        self.assertIn("name its Debian package in SYNCWRIGHT_PACKAGE", self.script("install", forge=None, expect=2).err)
        package = self.write("package.deb", "not what was promised")
        self.script("install", forge=None, expect=1, environment={"SYNCWRIGHT_PACKAGE": str(package),
                                                                  "SYNCWRIGHT_PACKAGE_SHA256": "0" * 64})
        self.script("install", forge=None, expect=64, environment={"SYNCWRIGHT_PACKAGE": "http://packages.example/x",
                                                                   "SYNCWRIGHT_PACKAGE_SHA256": "0" * 64})


if __name__ == "__main__":
    harness.main()
