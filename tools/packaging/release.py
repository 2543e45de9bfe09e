"""What is packaged: a built program, and the sources beside it as git knows them."""
import dataclasses
import datetime
import functools
import json
import os
import pathlib
import shutil
import tempfile

from commands import output, run
from fault import Fault

ROOT = pathlib.Path(__file__).resolve().parents[2]


@dataclasses.dataclass(frozen=True)
class Release:
    binary: pathlib.Path
    # Seconds of the epoch: the only time that stands anywhere in a package.
    date: int

    @functools.cached_property
    def version(self):
        """CMakeLists.txt has it, and the program was built with it."""
        return json.loads(self.ask("version", "--format", "json"))["version"]

    @functools.cached_property
    def architecture(self):
        """Debian's word for it, which for the two that matter (amd64, arm64) is the word of OCI as well."""
        return output("dpkg", "--print-architecture").strip()

    @functools.cached_property
    def summary(self):
        """What the program is, in the words of its help: (one line, a sentence)."""
        sentence = self.ask("--help").splitlines()[0]
        return sentence.removeprefix("syncwright ").partition(":")[0], sentence

    @functools.cached_property
    def program(self):
        """The program's bytes without the symbols that only a debugger reads."""
        with tempfile.TemporaryDirectory(prefix="syncwright-package-") as folder:
            stripped = pathlib.Path(folder) / "syncwright"
            shutil.copyfile(self.binary, stripped)
            output("strip", "--strip-unneeded", "--remove-section=.comment", stripped)
            content = stripped.read_bytes()
        if os.fsencode(f"{ROOT}/") in content:
            raise Fault(f"{self.binary} holds the name of this folder, {ROOT}: a build elsewhere would have other "
                        "bytes (CMakeLists.txt maps it away in release builds)")
        return content

    @property
    def timestamp(self):
        return datetime.datetime.fromtimestamp(self.date, datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    @functools.cached_property
    def revision(self):
        """The commit; None outside a git checkout."""
        done = run(["git", "-C", str(ROOT), "rev-parse", "HEAD"])
        return done.stdout.decode().strip() if done.returncode == 0 else None

    @property
    def is_edited(self):
        """Whether the checkout has files as no commit has them."""
        return bool(run(["git", "-C", str(ROOT), "status", "--porcelain"]).stdout)

    @functools.cached_property
    def licences(self):
        return sorted(path for path in ROOT.iterdir() if path.name.startswith(("LICENSE", "LICENCE", "COPYING")))

    def ask(self, *arguments):
        """What the program prints, run where no project and no tenant is."""
        with tempfile.TemporaryDirectory(prefix="syncwright-package-") as folder:
            return output(self.binary, *arguments, cwd=folder)


def source_date():
    """SOURCE_DATE_EPOCH (reproducible-builds.org), or else when the sources were committed."""
    said = os.environ.get("SOURCE_DATE_EPOCH")
    if said is None:
        done = run(["git", "-C", str(ROOT), "log", "-1", "--format=%ct"])
        if done.returncode != 0:
            raise Fault("this is no git checkout, so nothing says when the sources are from: "
                        "set SOURCE_DATE_EPOCH to seconds since 1970")
        said = done.stdout.decode().strip()
    if not said.isascii() or not said.isdigit():
        raise Fault(f"SOURCE_DATE_EPOCH is `{said}`, and has to be seconds since 1970")
    return int(said)


def release_of(binary):
    binary = pathlib.Path(binary).resolve()
    if not binary.is_file() or not os.access(binary, os.X_OK):
        raise Fault(f"{binary} is no program: build it with `tools/build release syncwright`")
    return Release(binary, source_date())
