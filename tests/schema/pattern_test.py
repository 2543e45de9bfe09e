"""Every `pattern` of schemas/ is a regular expression of ECMAScript's Unicode mode, which editors and ajv compile with.

Python's validator takes escapes that this mode forbids, so that a schema may pass every other test and not compile in
an editor. The rules are checked here by hand, which needs nothing, and by node where there is one. The schema's
examples of gallery names are those of the built-in catalog.
"""

import json
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]

# What may stand behind a backslash in Unicode mode (ECMA-262, "Patterns"): characters of the syntax, classes, control
# letters, and numbers of characters.
SYNTAX = r"[\^$\\.*+?()\[\]{}|/]"
NUMBER = r"0(?![0-9])|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|u\{[0-9A-Fa-f]+\}"
ESCAPE = rf"\\(?:{SYNTAX}|[dDsSwWfnrtv]|c[A-Za-z]|{NUMBER}|[pP]\{{\w+(?:=\w+)?\}})"
CLASS = re.compile(rf"\[\^?(?:{ESCAPE}|\\[-b]|[^\\\]])*\]")
QUANTIFIER = re.compile(r"\{[0-9]+(?:,[0-9]*)?\}")
ATOM = re.compile(rf"{ESCAPE}|\\[bB]|\\k<\w+>|\\[1-9]|[^\\\[\]{{}}]")


def fault_of(pattern):
    """The first place that Unicode mode does not take; None: there is none."""
    at = 0
    while at < len(pattern):
        found = CLASS.match(pattern, at) or QUANTIFIER.match(pattern, at) or ATOM.match(pattern, at)
        if not found:
            return pattern[at:at + 10]
        at = found.end()
    return None


def patterns(node, place="#"):
    for key, value in (enumerate(node) if isinstance(node, list) else node.items() if isinstance(node, dict) else []):
        if key == "pattern" and isinstance(value, str):
            yield place, value
        if key == "patternProperties" and isinstance(value, dict):
            yield from ((f"{place}/{key}", each) for each in value)
        yield from patterns(value, f"{place}/{key}")


def refused_by_node(found):
    """What node does not compile; without node nothing, which is said."""
    node = shutil.which("node")
    if node is None:
        print("skipped: no node to compile the patterns with")
        return []
    program = ("for (const [place, pattern] of JSON.parse(require('fs').readFileSync(0, 'utf8'))) {"
               " try { new RegExp(pattern, 'u'); } catch (error) { console.log(place + ': ' + error.message); } }")
    done = subprocess.run([node, "-e", program], input=json.dumps(found), capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def gallery_names():
    for file in (ROOT / "src/emulator/resources/catalog").glob("*.json"):
        entry = json.loads(file.read_text(encoding="utf-8"))
        if "applicationTemplate" in entry:
            yield entry["applicationTemplate"]["displayName"]


def main():
    failures, found = [], []
    for good in (r"^[a-z][a-z-]{0,62}$", r'[\["(%]', r"\$\{(var|each)\.", r"[\w\-]+\/\u{1F600}"):
        if fault_of(good):
            failures.append(f"this test takes the legal {good} for a fault")
    for bad in (r'[\"]', r"\-", r"a{", r"a}", r"]", r"\a", r"[a"):
        if not fault_of(bad):
            failures.append(f"this test does not notice {bad}")
    for file in sorted((ROOT / "schemas").glob("*.json")):
        schema = json.loads(file.read_text(encoding="utf-8"))
        found += [(f"{file.name}{place}", pattern) for place, pattern in patterns(schema)]
    failures += [f"{place}: not in Unicode mode: {fault_of(pattern)}" for place, pattern in found if fault_of(pattern)]
    failures += refused_by_node(found)
    manifest = json.loads((ROOT / "schemas/manifest.schema.json").read_text(encoding="utf-8"))
    examples = manifest["definitions"]["applicationKeys"]["properties"]["gallery"].get("examples")
    if examples != sorted(gallery_names()):
        failures.append(f"gallery's examples {examples} are not the catalog's {sorted(gallery_names())}")
    print("\n".join(failures) or f"{len(found)} patterns compile in Unicode mode")
    return 1 if failures or len(found) < 20 else 0


if __name__ == "__main__":
    sys.exit(main())
