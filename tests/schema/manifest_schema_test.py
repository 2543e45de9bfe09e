"""Runs every manifest of tests/cases/validate and manifests/ through an independent JSON Schema
validator and demands the verdict of our own decoder, which expected.txt holds.

YAML_TO_JSON names the program built from tests/tools/yaml_to_json.cpp.
"""

import json
import os
import pathlib
import re
import subprocess
import sys

import jsonschema

ROOT = pathlib.Path(__file__).resolve().parents[2]
CASES = ROOT / "tests" / "cases" / "validate"

# What no JSON Schema of one document can say. A file whose errors are all of these may pass.
BEYOND_A_SCHEMA = {
    "SW1014": "a Project beside other manifests: depends on the file's place",
    "SW1018": "equal names under different keys",
    "SW1019": "what the command line chooses",
    "SW2001": "names of other files and documents",
    "SW2002": "which variables there are",
    "SW2003": "references are legal texts of YAML",
    "SW2009": "where a path leads",
    "SW2010": "equal values under different keys",
    "SW2011": "equal identities in a list",
    "SW2012": "names of other documents",
    "SW2013": "mappings of other documents",
    "SW2014": "attributes of other documents",
    "SW2020": "what the command line chooses",
    "SW2021": "what the command line chooses",
    "SW2023": "which columns other files have",
    "SW2024": "names of other documents",
    "SW2025": "names that rows make",
    "SW2026": "names of other documents",
    "SW2027": "equal identities in a list",
    "SW2028": "which diagnostics there are",
    "SW1017": "what is in a file that is named",
    "SW3001": "the grammar of expressions",
    "SW3101": "the functions of expressions",
    "SW3103": "the functions of expressions",
    "SW3104": "arguments within an expression",
    "SW3105": "arguments within an expression",
    "SW3108": "arguments within an expression",
    "SW3116": "arguments within an expression",
    "SW3132": "the nesting of an expression",
    "SW3133": "an expression and the key beside it",
    "SW3204": "all attributes of a mapping together",
    "SW3205": "what is in a file that is named",
    "SW3206": "what is in a file that is named",
    "SW3207": "what is in a file that is named",
}
# The same, where the code is one that a schema expresses elsewhere.
BEYOND_A_SCHEMA_HERE = {
    ("027-unknown-kind", "syncwright.yaml"): "an Application in the project's file",
    ("041-path-out-of-project", "inner/syncwright.yaml"): "whether a path is there",
    ("250-ways-out", "manifests/columns.yaml"): "names that rows make",
    ("228-severity-applied", "manifests/a.yaml"): "the level that the project gives to a remark",
    ("053-keys-equal-after-variables", "manifests/aws.yaml"): "keys are equal after variables",
}
# Fixtures that are there in order not to be read.
NOT_MANIFESTS = {
    ("003-accepted-project", "apps/.hidden/broken.yaml"),
    ("003-accepted-project", "shared/unused.yaml"),
    ("202-accepted-rows", "data/rows.yaml"),
    ("213-unknown-columns", "rows.yaml"),
    ("244-data-among-manifests", "manifests/prod.yaml"),
    ("244-data-among-manifests", "manifests/rows.yaml"),
    ("279-accepted-own-manifests", "deployment.yaml"),
    ("279-accepted-own-manifests", "docker-compose.yaml"),
}
ERROR = re.compile(r"^(?P<file>[^:\s]+)(?::\d+:\d+)?: error\[(?P<code>SW\d{4})\]")


def errors_by_file(case):
    codes = {}
    for line in (case / "expected.txt").read_text(encoding="utf-8").splitlines():
        found = ERROR.match(line)
        if found:
            codes.setdefault(found["file"], set()).add(found["code"])
    return codes


def manifests(folder):
    files = [path for path in folder.rglob("*") if path.suffix in (".yaml", ".yml")]
    return sorted(path for path in files if not path.name.startswith("vars."))


def documents_of(files):
    """None for a file that is no YAML: a schema has no say in it."""
    command = [os.environ["YAML_TO_JSON"], *map(str, files)]
    output = subprocess.run(command, check=True, capture_output=True).stdout
    return [json.loads(line).get("documents") for line in output.splitlines()]


def first_fault(validator, documents):
    for document in documents:
        for error in validator.iter_errors(document):
            return f"{error.json_path}: {error.message}"
    return None


def check(validator, name, path, codes, documents):
    """The disagreement in words, or None."""
    if documents is None:
        return None if codes else "is no YAML, and no error was expected"
    fault = first_fault(validator, documents)
    if fault and not codes:
        return f"the schema refuses what the decoder accepts: {fault}"
    excused = codes <= BEYOND_A_SCHEMA.keys() or (name, path) in BEYOND_A_SCHEMA_HERE
    if not fault and not excused:
        return f"the schema accepts what the decoder refuses with {', '.join(sorted(codes))}"
    return None


def main():
    schema = json.loads((ROOT / "schemas" / "manifest.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    subjects = []
    for case in sorted(CASES.iterdir()):
        codes = errors_by_file(case)
        for file in manifests(case):
            path = file.relative_to(case).as_posix()
            if (case.name, path) not in NOT_MANIFESTS:
                subjects.append((case.name, path, file, codes.get(path, set())))
    for file in manifests(ROOT / "manifests"):
        subjects.append(("manifests", file.relative_to(ROOT).as_posix(), file, set()))

    failures = []
    all_documents = documents_of([file for _, _, file, _ in subjects])
    for (name, path, _, codes), documents in zip(subjects, all_documents, strict=True):
        words = check(validator, name, path, codes, documents)
        if words:
            failures.append(f"{name}/{path}: {words}")
    print("\n".join(failures) or f"{len(subjects)} files: schema and decoder agree")
    if len(subjects) < 40:
        failures.append("too few fixtures were found")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
