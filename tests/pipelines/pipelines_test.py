#!/usr/bin/env python3
"""The pipelines of tools/ci: what they run is there, they write only behind an approval, and strangers' code is named."""
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

from files import CI, WORKFLOWS, read_yaml

ACTIONS = {"actions/checkout@v4", "actions/upload-artifact@v4", "actions/download-artifact@v4",
           "github/codeql-action/upload-sarif@v3", "./tools/ci/github"}
SCRIPT = re.compile(r"\bsh tools/ci/(\S+)(?: (\w+))?")
COMMANDS = {"install": {None}, "pull-request": {None}, "merge": {"plan", "apply"}, "drift": {None}}


def steps_of(jobs):
    return [(name, step) for name, job in jobs.items() for step in job["steps"]]


class GitHub(unittest.TestCase):
    def setUp(self):
        self.workflows = {name: read_yaml(CI / "github" / name)[0] for name in WORKFLOWS}
        self.action, = read_yaml(CI / "github/action.yml")

    def steps(self):
        return [found for workflow in self.workflows.values() for found in steps_of(workflow["jobs"])]

    def test_strangers_code_is_what_is_needed_and_pinned(self):
        used = {step["uses"] for _, step in self.steps()} | {
            step["uses"] for step in self.action["runs"]["steps"] if "uses" in step}
        self.assertEqual(used, ACTIONS)

    def test_each_step_of_ours_gives_the_action_inputs_that_it_has(self):
        inputs = self.action["inputs"]
        for job, step in self.steps():
            if step["uses"] != "./tools/ci/github":
                continue
            with self.subTest(job):
                self.assertEqual(set(step["with"]) - set(inputs), set())
                words = step["with"]["command"].split()
                self.assertIn(words[1] if len(words) > 1 else None, COMMANDS[words[0]])

    def test_the_action_runs_the_script_that_its_command_names(self):
        run = next(step["run"] for step in self.action["runs"]["steps"] if step.get("id") == "run")
        with tempfile.TemporaryDirectory() as folder:
            for name in COMMANDS:
                pathlib.Path(folder, name).write_text(f'echo {name} "$@"\n')
            pathlib.Path(folder, "github").mkdir()
            for command, flags, code, said in (
                    ("pull-request", "", 0, "pull-request\n"),
                    ("merge apply approved/plan.json", "--max-deletes 2", 0, "merge apply approved/plan.json --max-deletes 2\n"),
                    ("drift", "--selector team=*", 0, "drift --selector team=*\n"),
                    ("../elsewhere", "", 64, "::error::unknown command: ../elsewhere\n")):
                done = subprocess.run(["sh", "-e", "-c", run], cwd=folder, capture_output=True, text=True, env={
                    "PATH": os.environ["PATH"], "GITHUB_ACTION_PATH": f"{folder}/github", "COMMAND": command,
                    "FLAGS": flags})
                self.assertEqual((done.returncode, done.stdout, done.stderr), (code, said, ""))

    def test_rights_are_given_job_by_job_and_writing_wants_an_approval(self):
        for workflow in self.workflows.values():
            self.assertEqual(workflow["permissions"], {})
            self.assertNotIn("pull_request_target", workflow["on"])
            for name, job in workflow["jobs"].items():
                self.assertEqual(job["permissions"]["contents"], "read", name)
                self.assertEqual(job.get("environment"), "production" if name == "apply" else None)
                applies = any("apply" in step.get("with", {}).get("command", "") for step in job["steps"])
                self.assertEqual(applies, name == "apply")
                for step in job["steps"]:
                    if step["uses"].startswith("actions/checkout"):
                        self.assertIs(step["with"]["persist-credentials"], False)

    def test_the_plan_that_is_applied_is_the_artifact_of_the_plan_job(self):
        kept = next(step for step in self.action["runs"]["steps"] if step.get("uses", "").startswith("actions/upload"))
        self.assertEqual(kept["with"]["name"],
                         "syncwright-${{ github.job }}${{ inputs.environment && format('-{0}', inputs.environment) }}")
        apply = self.workflows["syncwright.yml"]["jobs"]["apply"]
        fetched = next(step["with"] for step in apply["steps"] if step["uses"].startswith("actions/download"))
        self.assertTrue(fetched["name"].startswith("syncwright-plan$"))
        self.assertEqual(apply["steps"][-1]["with"]["command"], f"merge apply {fetched['path']}/plan.json")


class Elsewhere(unittest.TestCase):
    def check_scripts(self, texts):
        found = [match.groups() for text in texts for match in SCRIPT.finditer(text)]
        self.assertGreater(len(found), 4)
        for script, word in found:
            self.assertTrue((CI / script).is_file(), script)
            self.assertIn(word, COMMANDS[script])

    def test_azure_devops_writes_only_in_a_deployment(self):
        pipeline, = read_yaml(CI / "azure-devops/azure-pipelines.yml")
        texts = []
        for stage in pipeline["stages"]:
            for job in stage["jobs"]:
                steps = job["strategy"]["runOnce"]["deploy"]["steps"] if "deployment" in job else job["steps"]
                scripts = [step["script"] for step in steps if "script" in step]
                texts += scripts
                self.assertEqual(any("merge apply" in text for text in scripts), "deployment" in job)
                self.assertEqual("environment" in job, "deployment" in job)
                for step in steps:  # no other step has the job's token
                    self.assertEqual("SYSTEM_ACCESSTOKEN" in step.get("env", {}),
                                     "script" in step and "install" not in step["script"])
                    if "merge apply" in step.get("script", ""):
                        self.assertEqual(step["env"]["AZURE_CLIENT_ID"], "$(writerClientId)")
                    elif "env" in step:
                        self.assertEqual(step["env"]["AZURE_CLIENT_ID"], "$(readerClientId)")
        self.check_scripts(texts)

    def test_gitlab_writes_only_in_its_environment_by_hand(self):
        pipeline, = read_yaml(CI / "gitlab/gitlab-ci.yml")
        base = pipeline[".syncwright"]
        jobs = {name: job for name, job in pipeline.items() if isinstance(job, dict) and "script" in job}
        self.assertEqual(sorted(jobs), ["apply", "drift", "plan", "pull-request"])
        for name, job in jobs.items():
            self.assertEqual(job["extends"], ".syncwright")
            self.assertIn(job["stage"], pipeline["stages"])
            self.assertEqual(any("merge apply" in line for line in job["script"]), name == "apply")
            self.assertEqual("environment" in job, name == "apply")
        self.assertEqual(jobs["apply"]["rules"][0]["when"], "manual")
        self.check_scripts([line for job in (base | {"script": base["before_script"]}, *jobs.values())
                            for line in job["script"]])


if __name__ == "__main__":
    unittest.main(verbosity=2)
