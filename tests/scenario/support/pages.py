"""Code blocks of a Markdown page, and the commands in them.

What a block is says the info string of its fence, of which GitHub shows the first word as the language:

    ```sh             commands; each ends with exit code 0
    ```sh exit=2      the same; the last ends with that code
    ```console        a session: lines after `$ ` are commands, the lines below are all that they print
                      to standard output (a line `...` stands for any number of lines)
    ```yaml NAME      a whole file (yaml, json, csv, ...): it lies in the page's folder from here on
    ```LANGUAGE fragment    not complete, so neither run nor kept
    ```text           a picture or an example of output

A block without an info string, or with another one, is a fault of the page.
"""
import dataclasses
import re
import subprocess


class PageFault(Exception):
    pass


@dataclasses.dataclass
class Command:
    line: int  # of the page
    text: str
    exit_code: int = 0
    prints: str | None = None  # None: anything


@dataclasses.dataclass
class Block:
    line: int  # of its fence
    language: str
    mark: str  # what follows the language: a file's name, `fragment`, `exit=N`
    text: str

    @property
    def is_fragment(self):
        return self.mark == "fragment" or self.language == "text"

    @property
    def is_session(self):
        return self.language in ("sh", "console") and not self.is_fragment

    def commands(self):
        if self.language == "console":
            return list(session(self.line + 1, self.text))
        found = [Command(line, text) for line, text in complete(self.line + 1, self.text.splitlines())]
        if self.mark.startswith("exit="):
            found[-1].exit_code = int(self.mark.removeprefix("exit="))
        return found


def blocks(name, text):
    """Every block of a page, in order; PageFault where one does not say what it is."""
    found, opened = [], None
    for number, line in enumerate(text.splitlines(), 1):
        if opened is None and line.startswith("```"):
            language, _, mark = line.removeprefix("```").strip().partition(" ")
            opened = Block(number, language, mark.strip(), "")
        elif opened is not None and line == "```":
            check(name, opened)
            found.append(opened)
            opened = None
        elif opened is not None:
            opened.text += line + "\n"
    if opened is not None:
        raise PageFault(f"{name}:{opened.line}: the block does not end")
    return found


def check(name, block):
    said = f"```{block.language} {block.mark}".rstrip()
    if block.is_fragment:
        known = block.language != "text" or not block.mark
    elif block.language == "sh":
        known = re.fullmatch(r"(exit=\d+)?", block.mark)
    elif block.language == "console":
        known = not block.mark
    else:
        known = block.language and block.mark and " " not in block.mark
    if not known:
        raise PageFault(f"{name}:{block.line}: `{said}` says neither whether the block runs nor which file it is "
                        "(tests/scenario/support/pages.py has the marks)")


def is_complete(text):
    """Whether bash can run it as it is: no open loop, quote, here-document or line that goes on."""
    if text.rstrip("\n").endswith("\\"):
        return False
    read = subprocess.run(["bash", "-n", "-c", text], capture_output=True, text=True)
    return read.returncode == 0 and "here-document" not in read.stderr


def complete(first_line, lines):
    """(line, text) of each command; blank lines and lines that are only a comment belong to none."""
    begun, pending = first_line, ""
    for number, line in enumerate(lines, first_line):
        if not pending and (not line.strip() or line.lstrip().startswith("#")):
            continue
        begun = begun if pending else number
        pending += line + "\n"
        if is_complete(pending):
            yield begun, pending.rstrip("\n")
            pending = ""
    if pending:
        yield begun, pending.rstrip("\n")  # bash says what is wrong with it


def session(first_line, text):
    command = None
    for number, line in enumerate(text.splitlines(), first_line):
        if line.startswith("$ "):
            if command:
                yield command
            command = Command(number, line.removeprefix("$ "), prints="")
        elif command is None:
            raise PageFault(f"line {number}: a session begins with `$ COMMAND`")
        else:
            command.prints += line + "\n"
    if command:
        yield command


def is_as_printed(printed, output):
    """Blank lines at the end count for nothing; `...` on a line of its own is any number of lines."""
    parts = [re.escape(part) for part in re.split(r"(?m)^\.\.\.\n", printed.strip("\n") + "\n")]
    return re.fullmatch("(?s:.*)".join(parts), output.strip("\n") + "\n") is not None
