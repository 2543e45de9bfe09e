"""The program on a terminal of so many columns, as a person sees it."""
import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import termios

from support import harness

COLOUR = re.compile(r"\x1b\[[0-9;]*m")
ANEW = "\r\x1b[K"  # the status line is cleared and written again
ASKED = "Only 'yes' is accepted: "


class Screen:
    """What one command showed. `lines`: each line that stood there at any time, without colours."""

    def __init__(self, code, text):
        self.code = code
        plain = COLOUR.sub("", text).replace("\r\n", "\n")
        rows = [row.split(ANEW) for row in plain.split("\n")]
        self.lines = [line for row in rows for line in row]
        self.out = "\n".join(row[-1] for row in rows)  # what is left at the end

    def words(self):
        return self.out.split()


def on_terminal(scenario, columns, *arguments, answer=None, expect=0):
    """`answer`: what is typed where the program asks."""
    master, slave = os.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    process = subprocess.Popen([harness.BINARY, *map(str, arguments)], cwd=scenario.folder,
                               env={**scenario.environment, "TERM": "xterm"},
                               stdin=slave, stdout=slave, stderr=slave)
    os.close(slave)
    text, typed = "", False
    try:
        while select.select([master], [], [], harness.TIMEOUT)[0]:
            try:
                part = os.read(master, 1 << 16)
            except OSError:  # the program was the last one that had it open
                break
            if not part:
                break
            text += part.decode()
            if answer is not None and not typed and text.endswith(ASKED):
                os.write(master, (answer + "\n").encode())
                typed = True
    finally:
        os.close(master)
    screen = Screen(process.wait(timeout=harness.TIMEOUT), text)
    scenario.assertEqual(screen.code, expect, screen.out)
    return screen


END_OF_INPUT = "\x04"
CTRL_C = signal.SIGINT


def converse(scenario, steps, *arguments, expect=0, environment=None):
    """Answers each prompt in its turn: `steps` are (how the prompt ends, what is typed). All that was shown."""
    ours, theirs = os.openpty()
    process = subprocess.Popen([harness.BINARY, *map(str, arguments)], cwd=scenario.folder, stdin=theirs, stdout=theirs,
                               stderr=theirs, env={**scenario.environment, "TERM": "dumb", **(environment or {})})
    os.close(theirs)
    said, left = "", list(steps)
    try:
        while select.select([ours], [], [], harness.TIMEOUT)[0]:
            part = os.read(ours, 1 << 16)
            if not part:
                break
            said += part.decode()
            if left and said.endswith(left[0][0]):
                answer = left.pop(0)[1]
                if answer is CTRL_C:
                    process.send_signal(CTRL_C)
                else:
                    os.write(ours, answer.encode() + (b"" if answer == END_OF_INPUT else b"\n"))
    except OSError:
        pass  # the program was the last one that had it open
    finally:
        os.close(ours)
    scenario.assertEqual(process.wait(timeout=harness.TIMEOUT), expect, said)
    scenario.assertEqual(left, [], said)
    return said.replace("\r\n", "\n")
