"""The packages under test: tools/package makes them out of the program that SYNCWRIGHT_BINARY names."""
import hashlib
import json
import os
import pathlib
import subprocess
import tarfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = pathlib.Path(os.environ["SYNCWRIGHT_BINARY"]).resolve()
QUICKSTART = ROOT / "manifests/quickstart"
TOOL = ROOT / "tools/package"
TIMEOUT = 600


def run(*command, expect=0, **how):
    """What it prints to standard output, as text."""
    command = [str(word) for word in command]
    done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT, check=False,
                          stdin=subprocess.DEVNULL, **how)
    if done.returncode != expect:
        raise AssertionError(f"{' '.join(command)}\nended with exit code {done.returncode}, not {expect}:\n"
                             f"{done.stdout}{done.stderr}")
    return done.stdout


def syncwright(*arguments):
    return run(BINARY, *arguments, cwd="/")


def sha256(content):
    return hashlib.sha256(content).hexdigest()


def only(folder, pattern):
    """The one file of that pattern."""
    found = list(folder.glob(pattern))
    if len(found) != 1:
        raise AssertionError(f"{folder} has {len(found)} files {pattern}")
    return found[0]


class Image:
    """An OCI image layout in a tar file, read as the specification says."""

    def __init__(self, path):
        with tarfile.open(path) as archive:
            self.files = {member.name: archive.extractfile(member).read()
                          for member in archive.getmembers() if member.isfile()}
        self.index = json.loads(self.files["index.json"])
        self.descriptor = self.index["manifests"][0]
        self.manifest = json.loads(self.blob(self.descriptor))
        self.configuration = json.loads(self.blob(self.manifest["config"]))

    def blob(self, descriptor):
        return self.files["blobs/" + descriptor["digest"].replace(":", "/")]

    @property
    def descriptors(self):
        return [self.descriptor, self.manifest["config"], *self.manifest["layers"]]
