#!/usr/bin/env python3
"""docs/graph.md#2.1 has each AADSTS number once, with the OAuth word that the emulator sends; both tables of the sources are in it.

The emulator's says how it refuses (src/emulator/sign_in/aadsts), the client's what a refusal means (src/graph_read/sign_in/aadsts).
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(sys.argv[1])


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


def documented():
    """[(number, word)]; a dash is no word."""
    page = read("docs/graph.md")
    section = page[page.index('<a id="2.1">'):page.index('<a id="2.2">')]
    return re.findall(r"^\| (\d+) \| (-|`\w+`)", section, re.MULTILINE)


def emulated():
    """{number: word}"""
    numbers = dict(re.findall(r"^  (\w+) = (\d+),$", read("src/emulator/sign_in/aadsts.h"), re.MULTILINE))
    rows = re.findall(r'RefusalRow\{\s*(\w+),\s*"(\w+)"', read("src/emulator/sign_in/aadsts.cpp"))
    assert sorted(numbers) == sorted(name for name, _ in rows), "an enumerator without a row, or twice"
    return {numbers[name]: word for name, word in rows}


def explained():
    """[number]"""
    text = read("src/graph_read/sign_in/aadsts.cpp")
    names = dict(re.findall(r"(k\w+) = ([\d']+);", text))
    return [names.get(row, row).replace("'", "") for row in re.findall(r"AadstsRow\{([\w']+),", text)]


def main():
    rows, refusals, explanations = documented(), emulated(), explained()
    words = {number: word.strip("`") for number, word in rows}
    faults = [f"{number} stands twice" for number in words if [row[0] for row in rows].count(number) > 1]
    faults += [f"{number} is explained twice" for number in set(explanations) if explanations.count(number) > 1]
    for number, word in refusals.items():
        if words.get(number) != word:
            faults.append(f"{number} is {word} in the emulator, and {words.get(number, 'not there')} in the page")
    faults += [f"{number} is explained, and not in the page" for number in explanations if number not in words]
    for number, word in words.items():
        if number not in refusals and (word != "-" or number not in explanations):
            faults.append(f"{number} is in the page, and nobody sends or explains it so")
    print("\n".join(faults) or f"{len(words)} AADSTS numbers, {len(refusals)} emulated, {len(explanations)} explained")
    return 1 if faults or not explanations else 0


if __name__ == "__main__":
    sys.exit(main())
