"""Every manifest key is accepted, described and explained: tests/cases/validate/243-every-key, which `validate`
accepts, uses every field that `syncwright explain` lists, which explains each of the case's keys; and the schema,
where those texts come from, has one for every key.

YAML_TO_JSON names the program built from tests/tools/yaml_to_json.cpp, SYNCWRIGHT_BINARY syncwright.
"""

import functools
import json
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
CASE = ROOT / "tests" / "cases" / "validate" / "243-every-key"

# What stands directly below these is the user's own: names of jobs, environments, labels, attributes, columns.
CHOSEN_BELOW = {
    "metadata.labels", "spec.jobs", "spec.environments", "spec.environments.variables", "spec.severity", "spec.overrides",
    "spec.overrides.metadata.labels", "spec.forEach", "spec.cases.source", "spec.cases.account", "spec.cases.parameters",
    "spec.cases.expect.target", "spec.jobs.schema.mappings.attributes", "spec.mappings.attributes",
}
# A few stand for Graph's many, and the keys of a MappingSet are those of a job's schema.
STANDS_FOR_MANY = ("spec.credentials.values.", "spec.mappings.", "spec.attributes.")


def explain(*path):
    command = [os.environ["SYNCWRIGHT_BINARY"], "explain", *path]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.splitlines() if done.returncode == 0 else []


@functools.cache
def page_of(path):
    """The field that a path of a manifest means; None: `explain` does not know it."""
    return next(iter(explain(path)), None)


def documents():
    files = [CASE / "syncwright.yaml", *sorted((CASE / "manifests").iterdir())]
    output = subprocess.run([os.environ["YAML_TO_JSON"], *map(str, files)], check=True, capture_output=True).stdout
    return [document for line in output.splitlines() for document in json.loads(line)["documents"]]


def keys_of(node, path=""):
    """The path of every key of a document, as somebody who reads the manifest would write it."""
    for item in node if isinstance(node, list) else []:
        yield from keys_of(item, path)
    for key, value in node.items() if isinstance(node, dict) else []:
        below = f"{path}.{key}" if path else key
        if path == "" or page_of(path) not in CHOSEN_BELOW:
            yield below
        yield from keys_of(value, below)


def undescribed(node, place="#"):
    """The properties of a JSON Schema that have no description, neither here nor where they point to."""
    if isinstance(node, list):
        for number, item in enumerate(node):
            yield from undescribed(item, f"{place}/{number}")
    if not isinstance(node, dict):
        return
    for key, value in node.items():
        if key == "properties":
            for name, below in value.items():
                bare = isinstance(below, dict) and not below.keys() & {"description", "$ref", "const", "enum"}
                if bare and not any(f"/{branch}" in place for branch in ("if", "then", "else")):
                    yield f"{place}/{name}"
        yield from undescribed(value, f"{place}/{key}")


def main():
    fields = explain()
    fields = {line.strip() for line in fields[fields.index("Manifest fields:") + 1:]}
    written = {path for document in documents() for path in keys_of(document)}
    used = {page_of(path) for path in written}
    schema = json.loads((ROOT / "schemas" / "manifest.schema.json").read_text(encoding="utf-8"))
    failures = [f"{path}: `explain` does not know it" for path in sorted(written) if page_of(path) is None]
    failures += [f"{field}: no manifest of the case uses it" for field in sorted(fields - used)
                 if not field.startswith(STANDS_FOR_MANY)]
    failures += [f"{place}: the schema does not describe it" for place in undescribed(schema)]
    print("\n".join(failures) or f"{len(written)} keys, {len(fields)} fields: used, described and explained")
    return 1 if failures or len(fields) < 150 else 0


if __name__ == "__main__":
    sys.exit(main())
