#!/usr/bin/env python3
"""A starter project: it is valid, its tests pass, its plan is as expected, and nothing that is there is written over."""
import json

from support import harness
from support.manifests import application, project
from support.tenant import instantiate
from support.terminal import CTRL_C, END_OF_INPUT, converse

TENANT = "034a7209-e89f-449b-88ed-2e97639028e1"  # the emulator's
OTHER = "00000000-1111-2222-3333-444444444444"
COMPANIONS = [".gitignore", ".vscode/settings.json", "manifest.schema.json"]
EXAMPLE = ["manifests/salesforce-tests.yaml", "manifests/salesforce.yaml"]
SCRIPTS = [f"tools/ci/{name}" for name in ("drift", "install", "lib.sh", "merge", "pull-request")]
# What --ci writes, and where its source lies.
PIPELINES = {
    "github": {".github/workflows/syncwright.yml": "github/syncwright.yml",
               ".github/workflows/syncwright-drift.yml": "github/syncwright-drift.yml",
               "tools/ci/github/action.yml": "github/action.yml", "tools/ci/github/github.sh": "github/github.sh"},
    "azure-devops": {"azure-pipelines.yml": "azure-devops/azure-pipelines.yml",
                     "tools/ci/azure-devops/azure-devops.sh": "azure-devops/azure-devops.sh"},
    "gitlab": {".gitlab-ci.yml": "gitlab/gitlab-ci.yml", "tools/ci/gitlab/gitlab.sh": "gitlab/gitlab.sh"},
}


class Init(harness.Scenario):
    def files(self, folder="."):
        """Every file but what runs leave behind."""
        root = self.folder / folder
        found = (str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())
        return sorted(name for name in found
                      if not name.startswith((".syncwright/", "emulator.db")) and name != "requests.jsonl")

    def init(self, *arguments, **options):
        return self.run_syncwright("init", *arguments, **options)

    def test_the_example_is_valid_its_tests_pass_and_its_plan_is_a_creation(self):
        told = self.init("--project", "contoso").out
        self.assertEqual(self.files(), sorted([*COMPANIONS, *EXAMPLE, "syncwright.yaml"]))
        self.assertEqual(told.splitlines(), [
            "Wrote 6 files in this folder:", *(f"  {name}" for name in COMPANIONS), "  manifests/salesforce.yaml",
            "  manifests/salesforce-tests.yaml", "  syncwright.yaml", "", "Next:", "  syncwright validate",
            "  syncwright test", "  syncwright plan --emulator   on a tenant inside the program"])
        valid = self.run_syncwright("validate")
        self.assertEqual((valid.out, valid.err), ("Valid: 1 application in 2 files.\n", ""))
        self.assertIn("3 cases in 1 test passed.", self.run_syncwright("test").out)
        plan = self.emulated("plan", "--format", "json").json()
        self.assertEqual([change["type"] for change in plan["changes"]],
                         ["application.instantiate", "job.create", "schema.put"])
        self.assertEqual(plan["project"], "contoso")
        self.emulated("apply", "--auto-approve")
        self.assert_nothing_to_do("--emulator")

    def test_the_editor_finds_the_schema(self):
        self.init("--project", "contoso")
        settings = json.loads(self.read(".vscode/settings.json"))
        self.assertEqual(list(settings["yaml.schemas"]), ["./manifest.schema.json"])
        self.assertEqual(self.read("manifest.schema.json"), self.run_syncwright("schema").out)
        for name in EXAMPLE:
            self.assertEqual(self.read(name).splitlines()[0],
                             "# yaml-language-server: $schema=../manifest.schema.json")

    def test_each_tenant_is_an_environment(self):
        told = self.init("made/here", "--project", "contoso", "--tenant", f"test={OTHER}", "--tenant", TENANT).out
        self.assertIn("Wrote 6 files in made/here:\n", told)
        self.assertIn("  cd made/here\n  syncwright validate -e test\n", told)
        self.assertTrue(self.read("made/here/syncwright.yaml").endswith(
            "metadata: {name: contoso}\nspec:\n  environments:\n"
            f"    test: {{tenant: {OTHER}}}\n    prod: {{tenant: {TENANT}}}\n"))
        for name, tenant in (("test", OTHER), ("prod", TENANT)):
            plan = self.emulated("plan", "-e", name, "--format", "json", cwd=self.folder / "made/here").json()
            self.assertEqual((plan["environment"], plan["tenantId"]), (name, tenant))

    def test_the_folder_may_be_called_like_a_flag(self):
        for name, place in (("-dash", "./-dash"), ("a b", "'a b'"), ("it's", "'it'\\''s'")):
            told = self.init("--project", "contoso", "--", name).out
            self.assertIn(f"\n  cd {place}\n", told)
            self.assertIn("syncwright.yaml", self.files(f"./{name}"))

    def test_what_is_wrong_with_the_flags_is_told_before_anything_is_written(self):
        self.write("a-file", "")
        for arguments, said in (
                ([], "name it with --project NAME"),
                (["--project", "No Name"], "a project's name is small letters"),
                (["--project", "a", "--tenant", "contoso.com"], "`contoso.com` is no directory (tenant) id"),
                (["--project", "a", "--tenant", f"A B={TENANT}"], "`A B` is no environment's name"),
                (["--project", "a", "--tenant", TENANT, "--tenant", f"prod={OTHER}"], "`prod` is named twice"),
                (["--project", "a", "--ci", "jenkins"], "jenkins"),
                (["--project", "a", "--example", "--from-tenant"], "excludes"),
                (["--project", "a", "--from-tenant", "-e", "prod"], "no --tenant names the environment `prod`"),
                (["--project", "a", "--from-tenant", "--tenant", f"x={TENANT}", "--tenant", f"y={OTHER}"],
                 "choose one of them with -e"),
                (["--project", "a", "--format", "json"], "--format is for commands that print a result"),
                (["a-file", "--project", "a"], "name a folder"),
                (["", "--project", "a"], "is given an empty text; leave it out for the working folder"),
                (["--", "-dash", "--project", "a"],
                 "error: `--project` stands behind `--`, where no flag is read; write flags before it")):
            with self.subTest(arguments):
                self.assertIn(said, " ".join(self.init(*arguments, expect=64).err.split()))
        self.assertEqual(self.files(), ["a-file"])

    # What is there

    def test_nothing_is_written_over_and_nothing_is_written_by_halves(self):
        self.write("manifests/salesforce.yaml", "ours\n")
        self.write("tools/ci/drift", "ours too\n")
        refused = self.init("--project", "contoso", "--ci", "gitlab", expect=1)
        self.assertIn("2 files are there", refused.err)
        self.assertIn("manifests/salesforce.yaml, tools/ci/drift", refused.err)
        self.assertIn("nothing was written; move them away, or name another folder", refused.err)
        self.assertEqual(self.files(), ["manifests/salesforce.yaml", "tools/ci/drift"])
        self.assertEqual(self.read("tools/ci/drift"), "ours too\n")

    def test_a_link_that_leads_nowhere_is_there_as_well(self):
        (self.folder / "manifests").mkdir()
        (self.folder / "manifests/salesforce.yaml").symlink_to("elsewhere")
        self.init("--project", "contoso", expect=1)
        self.assertEqual([path.name for path in self.folder.rglob("*")], ["manifests", "salesforce.yaml"])

    def test_what_a_folder_has_of_its_own_stays_and_what_belongs_into_it_is_told(self):
        self.write(".gitignore", "build/\n")
        self.write(".vscode/settings.json", "{}\n")
        told = self.init("--project", "contoso")
        self.assertIn("Wrote 4 files", told.out)
        self.assertIn(".gitignore is there, and is left as it is: add the lines .syncwright/ and syncwright-results/",
                      told.err)
        self.assertIn(".vscode/settings.json is there, and is left as it is: name ./manifest.schema.json in it", told.err)
        self.assertEqual((self.read(".gitignore"), self.read(".vscode/settings.json")), ("build/\n", "{}\n"))
        self.write(".gitignore", ".syncwright/\nsyncwright-results/\nbuild/\n")
        self.assertNotIn(".gitignore", self.init("--ci", "none").err)

    def test_what_a_run_that_was_killed_left_is_finished_by_the_same_command(self):
        self.init("--project", "contoso")
        (self.folder / "syncwright.yaml").unlink()  # it is written last
        (self.folder / "manifest.schema.json").unlink()
        self.assertIn("Wrote 2 files", self.init("--project", "contoso").out)
        self.run_syncwright("validate")

    def test_a_project_gets_what_stands_around_one(self):
        self.write("syncwright.yaml", project())
        self.write("manifests/box.yaml", application("box", "Box"))
        before = self.read("syncwright.yaml")
        for flags in (["--project", "x"], ["--tenant", TENANT], ["--from-tenant"], ["--example"]):
            self.assertIn("syncwright.yaml is there already", self.init(*flags, expect=64).err)
        files = self.files()
        told = self.init("--ci", "github")
        self.assertIn("  what the pipeline needs stands at the head of .github/workflows/syncwright.yml\n", told.out)
        self.assertEqual(sorted(set(self.files()) - set(files)),
                         sorted([*COMPANIONS, *SCRIPTS, *PIPELINES["github"]]))
        self.assertEqual(self.read("syncwright.yaml"), before)
        self.run_syncwright("validate")
        self.assertEqual(self.init("--ci", "github").out.splitlines()[0], "Nothing to write: all is there.")

    def test_a_pipeline_is_not_put_where_it_would_be_a_manifest(self):
        self.use_quickstart()  # whose manifests are all that lies below it
        before = self.files()
        for name, file in (("github", "tools/ci/github/action.yml"), ("azure-devops", "azure-pipelines.yml")):
            refused = " ".join(self.init("--ci", name, expect=1).err.split())
            self.assertIn(f"spec.manifests of syncwright.yaml takes in {file}, which is no manifest", refused)
            self.assertEqual(self.files(), before)
        self.init("--ci", "gitlab")
        self.run_syncwright("validate")

    def refuse(self, *arguments, expect=1):
        """What is said, in one line; nothing is written, not even a folder."""
        def everything():
            return sorted(str(path) for path in self.folder.rglob("*"))
        before = everything()
        said = " ".join(self.init(*arguments, expect=expect).err.split())
        self.assertEqual(everything(), before)
        return said

    def test_manifests_that_count_without_a_project_file_do_not_stop_counting(self):
        self.write("box.yaml", application("box", "Box"))
        self.write("values.yaml", "no: manifest\n")
        self.assertEqual(self.run_syncwright("validate").out, "Valid: 1 application in 1 file.\n")
        for flags in ([], ["--ci", "github"], ["--tenant", TENANT]):
            said = self.refuse("--project", "contoso", *flags)
            self.assertIn("has manifests that would not count any longer beside a folder manifests/: box.yaml; "
                          "nothing was written", said)
            self.assertIn("move them to manifests/, or write a syncwright.yaml with `spec.manifests: [.]`", said)
        # Both ways out.
        self.write("syncwright.yaml", project("  manifests: [.]\n"))
        (self.folder / "values.yaml").unlink()
        self.init("--ci", "gitlab")
        self.assertEqual(self.run_syncwright("validate").out, "Valid: 1 application in 1 file.\n")
        self.write("moved/manifests/box.yaml", self.read("box.yaml"))
        (self.folder / "syncwright.yaml").unlink()
        self.init("moved", "--project", "contoso")
        self.assertEqual(self.run_syncwright("validate", cwd=self.folder / "moved").out,
                         "Valid: 2 applications in 3 files.\n")

    def test_inside_another_project_none_is_begun(self):
        self.write("syncwright.yaml", project())
        self.write("manifests/box.yaml", application("box", "Box"))
        for place in ("manifests", "manifests/deeper", "elsewhere/new"):
            said = self.refuse(place, "--project", "inner")
            self.assertIn(f"{self.folder / place} lies inside the project in {self.folder}: nothing was written", said)
            self.assertIn("name a folder outside of it", said)
        self.write("nearer/syncwright.yaml", project())
        self.assertIn(f"inside the project in {self.folder / 'nearer'}:", self.refuse("nearer/new", "--project", "inner"))

    def test_around_a_project_file_with_faults_nothing_is_written(self):
        for text, fault in (("a: [", "error[SW0101]"), ("", "the file holds no document of kind Project"),
                            (application("box", "Box"), "syncwright.yaml holds the Project alone")):
            self.write("syncwright.yaml", text)
            said = self.refuse("--ci", "github", expect=65)
            self.assertIn(fault, said)
            self.assertIn("syncwright.yaml has faults: nothing was written", said)
        (self.folder / "syncwright.yaml").unlink()
        (self.folder / "syncwright.yaml").symlink_to("nowhere")
        self.assertIn("syncwright.yaml is no file that can be read: nothing was written", self.refuse("--ci", "none"))

    def test_a_project_with_environments_needs_none_of_them_named(self):
        self.write("syncwright.yaml", project(f"  environments: {{prod: {{tenant: {TENANT}}}}}\n"))
        self.write("manifests/box.yaml", application("box", "Box"))
        self.assertIn(".gitlab-ci.yml", self.init("--ci", "gitlab").out)

    def test_a_file_where_a_folder_belongs_is_told_before_the_first_write(self):
        for place, below in (("manifests", "manifests/salesforce.yaml"), (".vscode", ".vscode/settings.json"),
                             ("tools/ci/gitlab", "tools/ci/gitlab/gitlab.sh")):
            path = self.write(place, "")
            self.assertIn(f"{path} is no folder, and {below} belongs below it: nothing was written",
                          self.refuse("--project", "contoso", "--ci", "gitlab"))
            path.unlink()
        path = self.write("a-file", "")
        self.assertIn(f"{path} is no folder", self.refuse("a-file/below", "--project", "contoso"))

    def test_a_folder_that_cannot_be_written_is_told_before_the_first_write(self):
        for place, target in (("manifests", "."), ("frozen", "frozen/new")):
            folder = self.folder / place
            folder.mkdir()
            folder.chmod(0o555)
            self.addCleanup(folder.chmod, 0o755)
            self.assertIn(f"the folder {folder} cannot be written", self.refuse(target, "--project", "contoso"))

    # The pipeline

    def test_a_pipeline_is_the_one_of_tools_ci_byte_for_byte(self):
        for name, files in PIPELINES.items():
            with self.subTest(name):
                self.init(name, "--project", "contoso", "--ci", name)
                self.assertEqual(self.files(name),
                                 sorted([*COMPANIONS, *EXAMPLE, "syncwright.yaml", *SCRIPTS, *files]))
                for place, source in {**files, **{each: each.removeprefix("tools/ci/") for each in SCRIPTS}}.items():
                    self.assertEqual((self.folder / name / place).read_bytes(),
                                     (harness.SOURCE / "tools/ci" / source).read_bytes(), place)
                self.run_syncwright("validate", cwd=self.folder / name)

    def test_below_the_root_of_a_repository_no_pipeline_is_read(self):
        (self.folder / ".git").mkdir()
        told = self.init("sub", "--project", "contoso", "--ci", "gitlab").err
        self.assertIn(f"the repository begins at {self.folder}: a pipeline is read there, so move .gitlab-ci.yml there",
                      " ".join(told.split()))
        self.assertNotIn("repository", self.init("other", "--project", "contoso").err)
        self.assertNotIn("repository", self.init("--project", "contoso", "--ci", "gitlab").err)

    # From the tenant

    def make(self, server, name):
        """An application of somebody's own, with a job."""
        principal = instantiate(server, name)["servicePrincipal"]["id"]
        template = server.graph("GET", f"/servicePrincipals/{principal}/synchronization/templates")["value"][0]
        server.graph("POST", f"/servicePrincipals/{principal}/synchronization/jobs", {"templateId": template["id"]})

    def test_from_the_tenant_the_plan_is_the_taking_over_and_nothing_else(self):
        server = self.serve()
        self.make(server, "Our Dropbox")
        server.clear_requests()
        told = server.run("init", "--project", "contoso", "--tenant", f"prod={TENANT}", "--from-tenant",
                          environment={"AZURE_TENANT_ID": TENANT}).out
        self.assertEqual({method for method, path in server.requests() if "oauth2" not in path}, {"GET"})
        self.assertEqual(self.files(), sorted([*COMPANIONS, "manifests/our-dropbox.yaml", "syncwright.yaml"]))
        self.assertIn("  syncwright plan -e prod   shows what taking them over means\n", told)
        self.assertEqual(self.run_syncwright("validate", "-e", "prod").out, "Valid: 1 application in 1 file.\n")
        signed_in = {"AZURE_TENANT_ID": TENANT}
        plan = server.run("plan", "-e", "prod", "--format", "json", environment=signed_in).json()
        self.assertEqual([change["type"] for change in plan["changes"]], ["application.adopt"])
        server.run("apply", "-e", "prod", "--auto-approve", environment=signed_in)
        server.run("plan", "-e", "prod", "--detailed-exitcode", environment=signed_in)

    def test_where_the_tenant_cannot_be_read_nothing_is_written(self):
        server = self.serve()
        nothing = server.run("init", "--project", "contoso", "--from-tenant", expect=1).err
        self.assertIn("the tenant has no application with a provisioning job: nothing was written", nothing)
        self.assertIn("begin with --example", nothing)
        self.make(server, "Our Dropbox")
        foreign = server.run("init", "--project", "contoso", "--tenant", OTHER, "--from-tenant",
                             environment={"AZURE_TENANT_ID": TENANT}, expect=3).err
        self.assertIn(OTHER, foreign)
        self.write("manifests/our-dropbox.yaml", "ours\n")
        server.run("init", "--project", "contoso", "--from-tenant", expect=1)
        self.assertEqual(self.files(), ["manifests/our-dropbox.yaml"])

    def test_where_others_own_all_of_it_the_error_says_so(self):
        server = self.serve()
        self.make(server, "Their Box\u202e\x1b[2J")
        listed = server.graph("GET", "/servicePrincipals")["value"]
        theirs = next(each for each in listed if each["displayName"].startswith("Their Box"))
        server.graph("PATCH", f"/servicePrincipals/{theirs['id']}", {"tags": ["syncwright:other/-"]})
        told = server.run("init", "--project", "contoso", "--from-tenant", expect=1).err
        self.assertIn("the tenant has nothing to take over, since 1 application belongs to a project already: "
                      "nothing was written", told)
        self.assertNotIn("has no application with a provisioning job", told)
        self.assertEqual(self.files(), [])
        # What would not be seen of a name is spelled out.
        left_out = f"left out: `Their Box\\u202e\\x1b[2J` ({theirs['id']}) belongs to `syncwright:other/-`\n"
        self.assertIn(left_out, told)
        self.assertIn(left_out, server.run("export").err)

    # On a terminal

    def test_on_a_terminal_it_asks_and_shows_what_an_empty_answer_means(self):
        said = converse(self, [("Name: ", "No Name"), ("Name: ", "contoso"), ("Tenant: ", "contoso.com"),
                               ("Tenant: ", f"test={OTHER} prod={TENANT}"),
                               ("Begin with example or tenant [example]: ", ""), ("Pipeline [none]: ", "jenkins"),
                               ("Pipeline [none]: ", "gitlab")], "init")
        self.assertIn("That is no name.", said)
        self.assertIn("is no directory (tenant) id", said)
        self.assertIn("That is none of github, azure-devops, gitlab, none.", said)
        self.assertEqual(self.files(), sorted([*COMPANIONS, *EXAMPLE, "syncwright.yaml", *SCRIPTS, *PIPELINES["gitlab"]]))
        self.assertIn(f"    prod: {{tenant: {TENANT}}}\n", self.read("syncwright.yaml"))

    def test_what_flags_say_is_not_asked(self):
        converse(self, [("Tenant: ", "")], "init", "--project", "contoso", "--example", "--ci", "none")
        self.assertEqual(self.files(), sorted([*COMPANIONS, *EXAMPLE, "syncwright.yaml"]))
        converse(self, [("Pipeline [none]: ", "")], "init")

    def test_from_a_terminal_the_tenant_is_read_as_well(self):
        server = self.serve()
        self.make(server, "Our Dropbox")
        converse(self, [("Begin with example or tenant [example]: ", "tenant")], "init", "--project", "contoso",
                 "--tenant", TENANT, "--ci", "none", environment={**server.environment, "AZURE_TENANT_ID": TENANT})
        self.assertTrue((self.folder / "manifests/our-dropbox.yaml").exists())

    def test_who_breaks_off_leaves_nothing_behind(self):
        for last, code in ((END_OF_INPUT, 64), (CTRL_C, 130)):
            said = converse(self, [("Name: ", "contoso"), ("Tenant: ", last)], "init", expect=code)
            if code == 64:
                self.assertIn("nothing was written", said)
            converse(self, [("Name: ", last)], "init", expect=code)
        self.assertEqual(self.files(), [])


if __name__ == "__main__":
    harness.main()
