"""Makes the packages that tools/package was asked for; tools/package reads the command line.

    python3 tools/packaging BINARY FOLDER MAINTAINER PACKAGE...
"""
import pathlib
import sys
import time

import debian_package
import image
import sbom
from fault import Fault
from libraries import linkage_of
from release import release_of

STARTED = time.monotonic()


def say(text):
    print(f"[{time.monotonic() - STARTED:3.0f} s] {text}", flush=True)


def write(folder, name, content):
    # Whole or not at all: a run that is interrupted leaves the last package as it was.
    unfinished = folder / f".{name}.unfinished"
    unfinished.write_bytes(content)
    unfinished.rename(folder / name)
    say(f"{folder / name}  {len(content) / 1e6:.1f} MB  sha256:{sbom.sha256(content)}")


def make(binary, folder, maintainer, packages):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    release = release_of(binary)
    say(f"syncwright {release.version} for {release.architecture}, sources of {release.timestamp}")
    if release.is_edited:
        say("warning: the checkout has edits that no commit has, so nobody else can make the same bytes")
    linkage = linkage_of(release.binary)
    say(f"{len(linkage.libraries)} shared libraries of {len(linkage.packages)} Debian packages")
    if "deb" in packages:
        say("Debian package: manual pages, completions, schemas, compression")
        content = debian_package.build(release, linkage, maintainer)
        name = debian_package.name_of(release)
        write(folder, name, content)
        write(folder, f"{name}.cdx.json", debian_package.bill(release, linkage, content))
    if "image" in packages:
        say("OCI image: root file system, compression")
        content, digest = image.build(release, linkage)
        name = image.name_of(release)
        write(folder, name, content)
        write(folder, f"{name}.cdx.json", image.bill(release, linkage, digest))


def main(binary, folder, maintainer, *packages):
    try:
        make(binary, folder, maintainer, packages)
    except Fault as fault:
        print(f"tools/package: {fault}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"tools/package: {error.filename or 'a file'}: {error.strerror}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
