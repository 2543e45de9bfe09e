#!/usr/bin/env python3
"""Every operation of docs/graph.md's section 5 has a row in docs/emulator.md: answered, or said to be missing.

usage: operations.py SOURCE_DIR
"""
import pathlib
import re
import sys

METHODS = "GET|POST|PUT|PATCH|DELETE"


def normal(path):
    """Without body and query, with `*` for what is variable: `/jobs/{job}` and `jobs(appId='…')` alike."""
    path = re.split(r"[ ?]", path.strip())[0].replace("[", "").replace("]", "")
    return re.sub(r"\{[^}]*\}", "*", re.sub(r"\([^)]*\)", "/*", path)).rstrip("/")


def operations_of_reference(text):
    """(method, path) of each code span of section 5 that begins with a method; a path that begins with `…` is an end."""
    section = text[text.index("\n## 5. "):text.index("\n## 6. ")]
    for methods, path in re.findall(rf"`?((?:{METHODS})(?:, (?:{METHODS}))*)`? `?([/…{{][^`]*)`", section):
        for method in methods.split(", "):
            yield method, normal(path)


def rows_of_page(text):
    start = text.index("\n## What it answers\n")
    page = text[start:text.index("\n## ", start + 1)]
    return [(method, normal(path)) for method, path in re.findall(rf"^\| `({METHODS}) (/[^`]+)`", page, re.M)]


def is_covered(operation, rows):
    method, path = operation
    if path.startswith("…"):
        return any(held == method and row.endswith(path[1:]) for held, row in rows)
    return (method, path) in rows


def main(root):
    docs = pathlib.Path(root) / "docs"
    rows = rows_of_page((docs / "emulator.md").read_text())
    operations = sorted(set(operations_of_reference((docs / "graph.md").read_text())))
    missing = [f"{method} {path}" for method, path in operations
               if not is_covered((method, path), rows)]
    for operation in missing:
        print(f"docs/graph.md has `{operation}`; docs/emulator.md says nothing of it")
    print(f"{len(operations)} operations of docs/graph.md, {len(missing)} without a row in docs/emulator.md")
    return 1 if missing or len(operations) < 40 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
