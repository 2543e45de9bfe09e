"""Manual pages out of the program's help, so that no page can say anything else than `--help` does.

The help of every command has one shape, which CLI11 and src/cli/command_line.cpp give it: a line that says what it does,
`Usage:`, lists under `Options:` and the like whose descriptions stand in a column, and blocks under any other heading
that are shown as they are. Each becomes the section of that meaning in roff's man macros.
"""
import datetime
import re

from file_tree import gzipped

# A heading of the help: the section it becomes, and whether it is a list of terms.
SECTIONS = {
    "Positionals:": ("ARGUMENTS", True),
    "Options:": ("OPTIONS", True),
    "Subcommands:": ("COMMANDS", True),
    "Exit codes:": ("EXIT STATUS", True),
    "Examples:": ("EXAMPLES", False),
}
USAGE = "Usage: "
HEADING = re.compile(r"[A-Z][A-Za-z ]*:")
TERM = re.compile(r"  (\S.*?)(?:\s{2,}(\S.*))?")
# What roff reads as something else than itself.
SPECIAL = {"\\": r"\e", "-": r"\-", "'": r"\(aq", "`": r"\(ga", "^": r"\(ha", "~": r"\(ti"}


def escaped(text):
    return "".join(SPECIAL.get(each) or (each if each.isascii() else rf"\[u{ord(each):04X}]") for each in text)


def line(text):
    """A line of text, which is no request even where it begins with a dot."""
    return (r"\&" if text.startswith(".") else "") + escaped(text)


def blocks(help_text):
    """(heading or None, lines) of each part that blank lines and headings separate."""
    heading, lines = None, []
    for each in [*help_text.splitlines(), ""]:
        begins = HEADING.fullmatch(each)
        ends = begins or (not each and (heading is None or lines))
        if ends and (heading or lines):
            yield heading, lines
            heading, lines = None, []
        if begins:
            heading = each
        elif each:
            lines.append(each)


def terms(lines):
    """(term, description) of a list; what stands deeper than a term goes on with its description."""
    found = []
    for each in lines:
        matched = TERM.fullmatch(each)
        if matched and not each.startswith("   "):
            found.append([matched[1], matched[2] or ""])
        elif found:
            found[-1][1] = f"{found[-1][1]} {each.strip()}".strip()
    return [tuple(each) for each in found]


def listed(lines):
    for term, description in terms(lines):
        yield from (".TP", rf"\fB{escaped(term)}\fR", line(description or "-"))


def shown(lines):
    yield from (".nf", *(line(each.removeprefix("  ")) for each in lines), ".fi")


def subcommands(help_text):
    """The commands that a help lists, as (name, what it does)."""
    return [term for heading, lines in blocks(help_text) if heading == "Subcommands:" for term in terms(lines)]


def page(words, help_text, version, date, see_also):
    """The page of `syncwright WORDS`."""
    plain = "-".join(["syncwright", *words])
    name = escaped(plain)
    day = datetime.datetime.fromtimestamp(date, datetime.UTC).strftime("%Y-%m-%d")
    description, *rest = help_text.splitlines()
    usage = next(each for each in rest if each.startswith(USAGE)).removeprefix(USAGE)
    out = [f'.TH "{escaped(plain.upper())}" 1 "{day}" "syncwright {escaped(version)}" "User Commands"',
           ".SH NAME", rf"{name} \- {escaped(description.removeprefix('syncwright '))}",
           ".SH SYNOPSIS", rf"\fB{escaped(usage)}\fR"]
    notes = []
    for heading, lines in blocks("\n".join(each for each in rest if not each.startswith(USAGE))):
        if heading is None:
            notes += lines
            continue
        title, is_list = SECTIONS.get(heading, (heading.removesuffix(":").upper(), False))
        out += [f".SH {escaped(title)}", *(listed(lines) if is_list else shown(lines))]
    if notes:
        out += [".SH NOTES", *map(line, notes)]
    out += [".SH SEE ALSO"]
    pages = [rf"\fB{escaped(each)}\fR(1)" for each in see_also]
    out += [f"{each}," for each in pages] + ["the pages under", r"\fI/usr/share/doc/syncwright\fR"]
    return "\n".join(out) + "\n"


def pages(ask, version, date):
    """{"syncwright-job-pause.1.gz": its bytes}; `ask` gives what the program prints for the words it is given."""
    found = {}

    def add(words, parents):
        help_text = ask(*words, "--help")
        below = [name for name, _ in subcommands(help_text)]
        name = "-".join(["syncwright", *words])
        see_also = [*parents, *(f"{name}-{each}" for each in below)]
        found[f"{name}.1.gz"] = gzipped(page(words, help_text, version, date, see_also).encode())
        for each in below:
            add([*words, each], [*parents, name])

    add([], [])
    return found
