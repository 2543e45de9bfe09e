#!/usr/bin/env python3
"""Every page of docs/diagnostics has the form that its README.md gives, and every code that anything names has a page.

usage: diagnostic_pages.py SOURCE_DIR
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(sys.argv[1])
FOLDER = ROOT / "docs/diagnostics"
CODE = re.compile(r"\bSW\d{4}\b")
# What Markdown shows otherwise than `syncwright explain` prints it.
MARKUP = re.compile(r"^([#>|]|[-+*] |\d+[.)] )|(?<!\\)[*<~]|\]\(")

# Nothing reports these any more; who has an old log may still ask what they mean.
GONE = {"SW2008", "SW5013", "SW5050", "SW9003"}


def sections(lines):
    """(number, heading or None, prose or None, fence or None) of each line; what is in a fence is left out."""
    fenced = False
    for number, line in enumerate(lines, 1):
        if line.startswith("```"):
            fenced = not fenced
            if fenced:
                yield number, None, None, line[3:]
        elif not fenced and line.startswith("#"):
            yield number, line, None, None
        elif not fenced and line:
            yield number, None, line, None
    if fenced:
        yield len(lines), "a fence that does not end", None, None


def faults_of(page):
    lines = page.read_text(encoding="utf-8").splitlines()
    if not re.fullmatch(rf"# {page.stem}: .+[^.]", lines[0]):
        yield 1, f"the first line is not `# {page.stem}: TITLE`"
    if lines[1:4:2] != ["", ""] or lines[2] not in ("Level: error", "Level: warning", "Level: note"):
        yield 3, "the third line is not `Level: error`, `warning` or `note`"
    in_links, in_code = False, False
    for number, heading, prose, fence in list(sections(lines))[2:]:
        if heading:
            if heading not in ("## Wrong", "## Right", "## See also"):
                yield number, f"`{heading}` is none of Wrong, Right, See also"
            if in_links:
                yield number, "something stands behind See also"
            in_links = heading == "## See also"
        elif fence is not None:
            if not re.fullmatch(r"text|\w+ fragment", fence):
                yield number, f"`{fence}`: examples are `text` or `LANGUAGE fragment`"
        elif in_links:
            if not re.match(r"- \[[^\]]+\]\([^)]+\)", prose) and not prose.startswith("  "):
                yield number, "See also is a list of links"
        else:
            # Code spans print as they are; one may go on in the next line.
            parts = prose.split("`")
            outside = "``".join(part for at, part in enumerate(parts) if at % 2 == in_code)
            in_code ^= len(parts) % 2 == 0
            if MARKUP.search(outside) or prose != prose.strip():
                yield number, "Markdown that `syncwright explain` would print as it stands"


def codes_in(folder, *endings):
    for path in sorted((ROOT / folder).rglob("*")):
        if path.suffix in endings and path.is_file() and "__pycache__" not in path.parts:
            for code in CODE.findall(path.read_text(encoding="utf-8", errors="replace")):
                yield path, code


def main():
    pages = {page.stem: page for page in sorted(FOLDER.glob("*.md")) if page.name != "README.md"}
    faults = [f"docs/diagnostics/{page.name}:{number}: {fault}"
              for page in pages.values() for number, fault in faults_of(page)]
    faults += [f"docs/diagnostics/{page.name} is not named by a code" for code, page in pages.items()
               if not CODE.fullmatch(code)]
    ranges = set(re.findall(r"^\| `(SW\d\d)`", (FOLDER / "README.md").read_text(encoding="utf-8"), re.MULTILINE))
    faults += [f"docs/diagnostics/README.md has no row for {code[:4]}" for code in pages if code[:4] not in ranges]
    used = {code for folder in ("src", "include") for _, code in codes_in(folder, ".cpp", ".h")}
    faults += [f"{code} has a page, and nothing in src reports it" for code in pages if code not in used | GONE]
    faults += [f"{code} is reported, so it is not gone" for code in sorted(GONE & used)]
    for folder in ("src", "include", "docs", "tests/cases"):
        for path, code in codes_in(folder, ".cpp", ".h", ".md", ".txt", ".yaml", ".json"):
            if code not in pages:
                faults.append(f"{path.relative_to(ROOT)} names {code}, which has no page")
    print("\n".join(faults) or f"{len(pages)} diagnostics: every page is well formed and every code has one")
    return 1 if faults or not pages else 0


if __name__ == "__main__":
    sys.exit(main())
