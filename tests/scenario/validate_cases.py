#!/usr/bin/env python3
"""tests/cases/validate: manifests in, whole diagnostics out. SYNCWRIGHT_UPDATE_GOLDEN=1 rewrites.

A case is a folder: its manifests, an optional `args` file (one argument a line), and `expected.txt`:
the exit code, then standard output, then standard error, as they are.
"""
import os
import shutil

from support import harness

CASES = sorted(path for path in (harness.SOURCE / "tests/cases/validate").iterdir() if path.is_dir())


class ValidateCases(harness.Scenario):
    def run_case(self, case):
        folder = self.folder / case.name
        shutil.copytree(case, folder, ignore=shutil.ignore_patterns("expected.txt", "args", "desired.json"))
        arguments = case / "args"
        extra = arguments.read_text().split("\n")[:-1] if arguments.exists() else []
        outcome = self.run_syncwright("validate", *extra, cwd=folder, expect=None)
        return f"exit code {outcome.code}\n{outcome.out}{outcome.err}"

    def test_every_case(self):
        self.assertGreater(len(CASES), 30)
        for case in CASES:
            with self.subTest(case.name):
                got = self.run_case(case)
                expected = case / "expected.txt"
                if os.environ.get("SYNCWRIGHT_UPDATE_GOLDEN"):
                    expected.write_text(got)
                self.assertEqual(got, expected.read_text())


if __name__ == "__main__":
    harness.main()
