#!/usr/bin/env python3
"""The floors of docs/architecture.md: a file may include only its own floor and those above it, and what it
declares stands in its floor's namespace.

usage: include_arrows.py SOURCE_DIR
"""
import pathlib
import re
import sys

# Each floor and what it may use, as docs/architecture.md says.
MAY_USE = {
    "core": [],
    "http": ["core"],
    "expression": ["core"],
    "schema": ["core", "expression"],
    "provisioning": ["core", "expression", "schema"],
    "model": ["core", "expression", "schema"],
    "manifest": ["core", "expression", "schema", "model"],
    "mapping_tests": ["core", "expression", "schema", "model", "manifest", "provisioning"],
    "export": ["core", "expression", "schema", "model", "manifest"],
    "plan": ["core", "expression", "schema", "model"],
    "graph_read": ["core", "expression", "schema", "model", "http"],
    "graph_write": ["core", "expression", "schema", "model", "http", "graph_read"],
    "apply": ["core", "expression", "schema", "model", "http", "graph_read", "graph_write", "plan"],
    "operations": ["core", "expression", "schema", "model", "http", "graph_read", "graph_write", "plan", "apply"],
    "report": ["core", "expression", "schema", "model", "plan", "provisioning", "mapping_tests"],
    "emulator": ["core", "expression", "schema", "provisioning", "http"],
}
# The commands that must not write cannot name the writer.
WRITING_COMMANDS = {"applying.cpp", "job.cpp", "provision.cpp"}
NAMESPACE_OF = {"core": "syncwright", "export": "syncwright::exporting"}  # of others syncwright::<floor>
NAMESPACE = re.compile(r"^namespace (syncwright[\w:]*) {", re.M)
FORWARD = re.compile(r"^namespace syncwright::\w+ {\n(?:(?:class|struct|enum class) \w+;\n)+}\n", re.M)
INCLUDE = re.compile(r'^\s*#include\s+[<"](?:syncwright/)?([a-z_]+)/', re.M)


def floor_of(path, source):
    parts = path.relative_to(source).parts
    return parts[2] if parts[0] == "include" else parts[1]


def stray_namespaces(text, floor):
    own = NAMESPACE_OF.get(floor, f"syncwright::{floor}")
    of_others = {f"syncwright::{name}" for name in [*MAY_USE, "cli"]} if floor == "core" else set()
    for name in NAMESPACE.findall(FORWARD.sub("", text)):
        if not f"{name}::".startswith(f"{own}::") or name in of_others:
            yield name


def main():
    source = pathlib.Path(sys.argv[1])
    faults = []
    files = [*source.glob("include/**/*.h"), *source.glob("src/**/*.h"), *source.glob("src/**/*.cpp")]
    for path in files:
        floor, text = floor_of(path, source), path.read_text()
        faults += [f"{path}: {name} is not the namespace of {floor}" for name in stray_namespaces(text, floor)]
        included = {name for name in INCLUDE.findall(text) if name in MAY_USE}
        if floor == "cli":
            if "graph_write" in included and path.name not in WRITING_COMMANDS:
                faults.append(f"{path}: only {sorted(WRITING_COMMANDS)} may include graph_write")
            continue
        if floor not in MAY_USE:
            faults.append(f"{path}: unknown floor {floor}")
            continue
        for name in sorted(included - {floor} - set(MAY_USE[floor])):
            faults.append(f"{path}: floor {floor} must not include {name}")
    for fault in faults:
        print(fault)
    print(f"{len(files)} files, {len(faults)} wrong arrows")
    return 1 if faults or not files else 0


if __name__ == "__main__":
    sys.exit(main())
