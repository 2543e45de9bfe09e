#!/usr/bin/env python3
"""Every document that the sources and the pages cite is in the repository, and so is the place in it.

A citation is `docs/PAGE.md` or `docs/PAGE.md#ANCHOR`, with further anchors of the same page behind it: `docs/graph.md#9.2, #9.3`.
Pages link to each other as Markdown does, `[text](PAGE.md#ANCHOR)`. An anchor is an `<a id="...">` or a heading.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(sys.argv[1])
CITATION = re.compile(r"docs/([\w-]+\.md)((?:#[\w.-]*\w)?(?:(?:,| and)\s+#[\w.-]*\w)*)")
LINK = re.compile(r"\]\(([^)\s:]*?)(#[^)\s]*)?\)")
# Documents that lie elsewhere: nobody who has the repository alone can follow them.
ELSEWHERE = re.compile(r"\b(?:API|SPEC|PRODUCT|ARCHITECTURE)\.md\b")
SKIPPED = ("src/emulator/resources/catalog/", "tests/arch/citations.py")


def anchors_of(page):
    text = page.read_text(encoding="utf-8")
    anchors = set(re.findall(r'<a id="([^"]+)">', text))
    for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE):
        words = re.sub(r"[^\w\- ]", "", heading.lower())
        anchors.add(words.strip().replace(" ", "-"))
    return anchors


def faults_of(path, text, pages):
    for match in ELSEWHERE.finditer(text):
        yield match.start(), f"{match[0]} is not in the repository"
    for match in CITATION.finditer(text):
        if match[1] not in pages:
            yield match.start(), f"there is no docs/{match[1]}"
            continue
        for anchor in re.findall(r"#([\w.-]+)", match[2]):
            if anchor.rstrip(".") not in pages[match[1]]:
                yield match.start(), f"docs/{match[1]} has no anchor {anchor}"
    if path.suffix == ".md":
        for match in LINK.finditer(re.sub(r"```.*?```", lambda block: " " * len(block[0]), text, flags=re.DOTALL)):
            target = (path.parent / match[1]).resolve() if match[1] else path
            if not target.exists():
                yield match.start(), f"the link {match[1]} leads nowhere"
            elif match[2] and target.suffix == ".md" and match[2][1:] not in anchors_of(target):
                yield match.start(), f"{target.name} has no anchor {match[2][1:]}"


def main():
    pages = {page.name: anchors_of(page) for page in (ROOT / "docs").glob("*.md")}
    files, faults = [], []
    for place in ("src", "include", "tests", "tools", "schemas", "manifests", "docs", "README.md", "CMakeLists.txt"):
        found = (ROOT / place).rglob("*") if (ROOT / place).is_dir() else [ROOT / place]
        files += sorted(str(path.relative_to(ROOT)) for path in found if path.is_file())
    for name in files:
        path = ROOT / name
        if name.startswith(SKIPPED) or "__pycache__" in path.parts:
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for at, fault in faults_of(path, text, pages):
            faults.append(f"{name}:{text.count(chr(10), 0, at) + 1}: {fault}")
    print("\n".join(faults) or f"{len(files)} files: every citation resolves")
    return 1 if faults or not files else 0


if __name__ == "__main__":
    sys.exit(main())
