"""Running other programs: what they print, or a Fault that says what they said."""
import os
import subprocess

from fault import Fault

# Their words do not depend on who builds where.
PLAIN = {"LC_ALL": "C.UTF-8", "TZ": "UTC", "NO_COLOR": "1"}


def output(*command, cwd=None, environment=None):
    command = [str(word) for word in command]
    done = run(command, cwd, environment)
    if done.returncode != 0:
        said = (done.stderr or done.stdout).decode(errors="replace").strip()
        raise Fault(f"`{' '.join(command)}` ended with exit code {done.returncode}: {said}")
    return done.stdout.decode()


def run(command, cwd=None, environment=None):
    try:
        return subprocess.run(command, cwd=cwd, env={**os.environ, **PLAIN, **(environment or {})},
                              stdin=subprocess.DEVNULL, capture_output=True, check=False)
    except OSError as error:
        raise Fault(f"`{command[0]}` does not run: {error.strerror}; tools/deps installs what is needed") from error
