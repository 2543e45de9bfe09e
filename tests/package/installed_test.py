"""The Debian package in a bare Debian 12: apt installs it with what it depends on, and the quickstart runs.

A minute's work that needs root, debootstrap and Debian's mirror, so it runs where SYNCWRIGHT_TEST_DEBOOTSTRAP=1 asks for
it; what is missing is printed. The bare root file system is kept in build/debootstrap for the next run.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

from packages import BINARY, ROOT, TIMEOUT, TOOL, only, run, syncwright

MIRROR = os.environ.get("SYNCWRIGHT_TEST_MIRROR", "http://deb.debian.org/debian")
KEPT = ROOT / "build/debootstrap/bookworm"
ENVIRONMENT = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "NO_COLOR": "1", "LC_ALL": "C.UTF-8",
               "DEBIAN_FRONTEND": "noninteractive"}


def missing():
    """Why the test cannot run here; None where it can."""
    if os.environ.get("SYNCWRIGHT_TEST_DEBOOTSTRAP") != "1":
        return "SYNCWRIGHT_TEST_DEBOOTSTRAP=1 does not ask for it"
    if os.geteuid() != 0:
        return "only root may chroot"
    if not KEPT.exists() and not shutil.which("debootstrap"):
        return "no debootstrap (apt-get install debootstrap)"
    return None


def bare_debian():
    """Makes KEPT unless it is there; why there is none, or None."""
    if KEPT.exists():
        return None
    unfinished = KEPT.with_name("unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.parent.mkdir(parents=True, exist_ok=True)
    print(f"debootstrap of {MIRROR}: about a minute", flush=True)
    try:
        done = subprocess.run(["debootstrap", "--variant=minbase", "bookworm", unfinished, MIRROR],
                              capture_output=True, text=True, timeout=TIMEOUT, check=False)
    except subprocess.TimeoutExpired:
        return f"{MIRROR} is too slow"
    if done.returncode != 0:
        return f"debootstrap of {MIRROR} failed: {(done.stderr or done.stdout).strip().splitlines()[-1:]}"
    unfinished.rename(KEPT)
    return None


class Installed(unittest.TestCase):
    def setUp(self):
        work = tempfile.TemporaryDirectory(prefix="syncwright-installed-")
        self.addCleanup(work.cleanup)
        self.folder = pathlib.Path(work.name)
        self.root = self.folder / "root"
        run("cp", "--archive", "--reflink=auto", KEPT, self.root)

    def inside(self, *command, expect=0):
        return run("/usr/sbin/chroot", self.root, *command, expect=expect, env=ENVIRONMENT)

    def packages(self):
        return set(self.inside("dpkg-query", "--show", "--showformat=${binary:Package}\n").split())

    def quickstart(self, command, expect=0):
        return self.inside("sh", "-c", f"cd /root/quickstart && syncwright {command}", expect=expect)

    def test_the_quickstart_runs_on_an_installed_package(self):
        run(TOOL, "--binary", BINARY, "--out", self.folder, "deb", cwd="/")
        shutil.copy(only(self.folder, "*.deb"), self.root / "root/syncwright.deb")
        before = self.packages()
        self.inside("apt-get", "update", "-qq")
        self.inside("apt-get", "install", "-y", "-qq", "--no-install-recommends", "/root/syncwright.deb")
        installed = self.packages() - before
        print(f"installed besides: {' '.join(sorted(installed))}")
        self.assertIn("syncwright", installed)
        self.assertEqual([name for name in self.packages() if "-dev" in name], [])
        self.assertEqual(self.inside("dpkg", "--verify", "syncwright"), "")

        self.assertEqual(self.inside("syncwright", "version"), syncwright("version"))
        self.inside("cp", "--recursive", "/usr/share/doc/syncwright/examples/quickstart", "/root")
        self.quickstart("validate")
        self.quickstart("test")
        self.assertIn("Plan: 2 to create, 0 to update, 0 unchanged. 11 changes.", self.quickstart("plan --emulator"))
        self.quickstart("apply --emulator --auto-approve")
        self.quickstart("plan --emulator --detailed-exitcode")
        self.quickstart("drift --emulator")

        self.inside("apt-get", "purge", "-y", "-qq", "syncwright")
        self.assertEqual([str(path) for path in self.root.glob("usr/**/*syncwright*")], [])


if __name__ == "__main__":
    reason = missing() or bare_debian()
    if reason:
        print(f"skipped: {reason}")
        sys.exit(0)
    unittest.main(verbosity=2)
