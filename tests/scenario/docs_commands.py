#!/usr/bin/env python3
"""What README and docs print as commands runs as printed.

The blocks of a page run in order, in a folder of the page's own, in one shell session: `cd` and `export` carry over.
The reader sits at a terminal and answers `yes`. `syncwright` is the real binary; the environment variables name a
served emulator, so that a command without `--emulator` has a tenant, too. Whole files of a page lie in its folder from
where they stand; its manifests have to be valid together. support/pages.py says how a block is marked.

SITUATIONS has what each page's reader has at hand before the first command: a new page needs a row.
EXCEPTIONS has the commands that are not run.
"""
import json
import os
import pathlib
import pty
import shutil
import subprocess
import termios
import threading
import unittest

from support import harness
from support.manifests import application
from support.pages import Block, PageFault, blocks, complete, is_as_printed
from support.tenant import LiveApplication, instantiate

PAGES = ["README.md", "manifests/quickstart/README.md",
         *sorted(f"docs/{page.name}" for page in (harness.SOURCE / "docs").glob("*.md"))]

# What a command that is not run begins with, and why it is not.
BUILDS = "it builds the program, which this test is given"
EXCEPTIONS = {
    "tools/deps": "it installs Debian packages",
    "tools/demo": BUILDS,
    "tools/test": BUILDS,
    "tools/package": BUILDS,
    "cmake": BUILDS,
    "build/release/syncwright": BUILDS,
    "syncwright emulator": "it serves until somebody ends it; the one that the test serves answers in its place",
}

# A command, and what a session remembers: the folder, exported variables and functions.
SHELL = """\
cd "$(cat {memory}/folder)" && source {memory}/variables
{command}
code=$?
{{ export -p; declare -f; }} > {memory}/variables; pwd > {memory}/folder
exit $code
"""


def checkout(page):
    """A clone of the repository, as far as pages use it."""
    shutil.copytree(harness.QUICKSTART, page.folder / "manifests/quickstart",
                    ignore=shutil.ignore_patterns(".syncwright"))


def tenant_with_history(page):
    """The quickstart, applied; since then a secret and a mapping changed in the manifests."""
    page.use_quickstart()
    page.server.run("apply", "--auto-approve")
    page.edit("aws.yaml", 'revision: "2026-11"', 'revision: "2026-12"')
    page.edit("salesforce.yaml", "[extensionAttribute10]", "[extensionAttribute7]")


def hand_made_tenant(page):
    """No manifests, and an application that somebody made in the portal."""
    made = instantiate(page.server, "Dropbox")
    sp = made["servicePrincipal"]["id"]
    template = page.server.graph("GET", f"/servicePrincipals/{sp}/synchronization/templates")["value"][0]
    page.server.graph("POST", f"/servicePrincipals/{sp}/synchronization/jobs", {"templateId": template["id"]})


def environments(page):
    """A project with the environments that docs/manifests.md promotes through."""
    page.write("syncwright.yaml", "apiVersion: syncwright/v1\nkind: Project\nmetadata: {name: contoso}\n"
               "spec:\n  environments:\n"
               + "".join(f"    {name}: {{tenant: {number}f8b5a4e-1dd2-430b-a150-2ef79cd700f5}}\n"
                         for number, name in enumerate(("dev", "test", "prod"))))
    page.write("manifests/box.yaml", application("box", "Box", gallery="Box"))


def quickstart_with_a_saved_schema(page):
    """A project of one's own, begun from the quickstart and applied, and Salesforce's schema beside it."""
    page.use_quickstart()
    page.server.run("apply", "--auto-approve")
    schema = LiveApplication(page.server, "Salesforce Contoso").job_call("GET", "/schema")
    page.write("schemas/salesforce.json", json.dumps(schema))


def nothing(page):
    """An empty folder."""


SITUATIONS = {
    "README.md": tenant_with_history,
    "manifests/quickstart/README.md": checkout,
    "docs/architecture.md": nothing,
    "docs/contract.md": nothing,
    "docs/contributing.md": nothing,
    "docs/emulator.md": nothing,
    "docs/exit-codes.md": nothing,
    "docs/expressions.md": nothing,
    "docs/export.md": hand_made_tenant,
    "docs/from-terraform.md": hand_made_tenant,
    "docs/graph.md": nothing,
    "docs/html-report.md": tenant_with_history,
    "docs/manifests.md": environments,
    "docs/ownership.md": nothing,
    "docs/packages.md": nothing,
    "docs/pipelines.md": nothing,
    "docs/performance.md": nothing,
    "docs/real-tenant.md": checkout,
    "docs/reports.md": nothing,
    "docs/testing-mappings.md": quickstart_with_a_saved_schema,
}


class Reader:
    """Somebody at a terminal in the page's folder, who does what the page says."""

    def __init__(self, page):
        self.folder = page.folder
        self.memory = page.folder.parent / "session"
        self.memory.mkdir()
        (self.memory / "folder").write_text(str(page.folder))
        (self.memory / "variables").write_text("")
        commands = self.memory / "bin"
        commands.mkdir()
        (commands / "syncwright").symlink_to(pathlib.Path(harness.BINARY).resolve())
        self.environment = {**page.environment, **page.server.environment, "TERM": "dumb", "NO_COLOR": "1",
                            "PATH": f"{commands}:{os.environ['PATH']}"}

    def run(self, command):
        """(exit code, standard output, what came on the terminal besides)."""
        terminal, other_end = pty.openpty()
        attributes = termios.tcgetattr(other_end)
        attributes[1] &= ~termios.OPOST
        attributes[3] &= ~termios.ECHO
        termios.tcsetattr(other_end, termios.TCSANOW, attributes)
        os.write(terminal, b"yes\n" * 4)
        process = subprocess.Popen(
            ["bash", "-c", SHELL.format(memory=self.memory, command=command)], cwd=self.folder,
            env=self.environment, stdin=other_end, stdout=subprocess.PIPE, stderr=other_end)
        os.close(other_end)
        seen = []
        watching = threading.Thread(target=watch, args=(terminal, seen))
        watching.start()
        try:
            out, _ = process.communicate(timeout=harness.TIMEOUT)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
        watching.join()
        os.close(terminal)
        return process.returncode, out.decode(), b"".join(seen).decode()


def watch(terminal, seen):
    """Reads until nobody has the other end any more."""
    try:
        while part := os.read(terminal, 65536):
            seen.append(part)
    except OSError:
        pass


class Pages(harness.Scenario):
    def test_every_page_has_a_situation(self):
        self.assertEqual(sorted(SITUATIONS), sorted(PAGES))

    def test_every_exception_is_in_a_page(self):
        commands = [command.text for name in PAGES for block in blocks_of(name) if block.is_session
                    for command in block.commands()]
        self.assertEqual([beginning for beginning in EXCEPTIONS
                          if not any(command.startswith(beginning) for command in commands)], [])

    def check_page(self, name):
        self.server = self.serve(state="served.db")
        self.folder = self.folder / "page"
        self.folder.mkdir()
        SITUATIONS[name](self)
        reader = Reader(self)
        manifests = []
        for block in blocks_of(name):
            if block.is_session:
                for command in block.commands():
                    self.check_command(name, reader, command)
            elif not block.is_fragment:
                self.write(block.mark, block.text)
                manifests.append(block)
        self.check_manifests(name, reader, manifests)

    def check_command(self, name, reader, command):
        if command.text.startswith(tuple(EXCEPTIONS)):
            return
        code, out, err = reader.run(command.text)
        place = f"\n{name}:{command.line}: $ {command.text}\n"
        if code != command.exit_code:
            self.fail(f"{place}ended with exit code {code}, not {command.exit_code}, and printed\n{out}{err}")
        if command.prints is not None and not is_as_printed(command.prints, out):
            self.fail(f"{place}printed\n{out}\nand not, as the page says,\n{command.prints}")

    def check_manifests(self, name, reader, manifests):
        """Whole manifests of a page are valid, together with what the page's reader has."""
        if not any(block.language == "yaml" for block in manifests):
            return
        code, out, err = reader.run(f"cd '{self.folder}' && syncwright validate {validate_flags(self)}")
        if code != 0:
            places = ", ".join(f"{block.mark} (line {block.line})" for block in manifests)
            self.fail(f"\n{name}: {places}\n$ syncwright validate\nended with exit code {code} and printed\n{out}{err}")


def validate_flags(page):
    """A project with environments wants one named."""
    project = page.folder / "syncwright.yaml"
    return "-e test" if project.exists() and "environments:" in project.read_text() else ""


def blocks_of(name):
    return blocks(name, (harness.SOURCE / name).read_text())


def add_page_tests():
    for name in PAGES:
        words = name.removesuffix(".md").replace("/", "_").replace("-", "_").lower()
        setattr(Pages, f"test_{words}", lambda self, page=name: self.check_page(page))


class Extraction(unittest.TestCase):
    """The rules that support/pages.py states."""

    def test_commands_may_span_lines(self):
        lines = ["# a remark", "", "for x in a b; do", "  echo $x", "done", "echo 'one", "two'  # said", "cat <<END",
                 "echo no command", "END", "echo a \\", "  b"]
        self.assertEqual(list(complete(10, lines)), [
            (12, "for x in a b; do\n  echo $x\ndone"), (15, "echo 'one\ntwo'  # said"),
            (17, "cat <<END\necho no command\nEND"), (20, "echo a \\\n  b")])

    def test_a_session_has_commands_and_what_they_print(self):
        first, second = Block(4, "console", "", "$ a\nx\n\n$ b --c\n").commands()
        self.assertEqual((first.line, first.text, first.prints), (5, "a", "x\n\n"))
        self.assertEqual((second.line, second.text, second.prints), (8, "b --c", ""))
        self.assertTrue(is_as_printed(first.prints, "x\n"))
        self.assertFalse(is_as_printed(first.prints, "x\ny\n"))
        self.assertTrue(is_as_printed("a\n...\nd (.*)\n", "a\nb\nc\nd (.*)\n"))
        self.assertFalse(is_as_printed("a\n...\nd\n", "a\nb\n"))

    def test_every_block_says_what_it_is(self):
        page = "```sh exit=2\nfalse\n```\n```yaml a.yaml\n```\n```yaml fragment\n```\n```text\n```\n"
        found = blocks("p.md", page)
        self.assertEqual([(block.line, block.language, block.mark) for block in found],
                         [(1, "sh", "exit=2"), (4, "yaml", "a.yaml"), (6, "yaml", "fragment"), (8, "text", "")])
        self.assertEqual(found[0].commands()[0].exit_code, 2)
        for fault, line in (("```\n```\n", 1), ("x\n```yaml\n```\n", 2), ("```sh maybe\n```\n", 1), ("```sh\n", 1)):
            with self.assertRaisesRegex(PageFault, f"^p.md:{line}: "):
                blocks("p.md", fault)


add_page_tests()

if __name__ == "__main__":
    harness.main()
