"""What the program runs with: shared libraries, the Debian packages that they come from, which one needs which."""
import dataclasses
import json
import pathlib
import re

from commands import output, run
from fault import Fault

# Compiled into the program, of which no shared library tells.
HEADERS_ONLY = ("libcli11-dev", "libexpected-dev", "nlohmann-json3-dev")
CERTIFICATES = "ca-certificates"


@dataclasses.dataclass(frozen=True, order=True)
class Package:
    name: str  # as dpkg calls it, with the architecture where there may be several: libssl3:amd64
    version: str
    architecture: str
    maintainer: str

    @property
    def short_name(self):
        return self.name.partition(":")[0]

    @property
    def upstream_version(self):
        return self.version.rpartition("-")[0] or self.version


@dataclasses.dataclass(frozen=True, order=True)
class Library:
    name: str  # what a program asks for: libssl.so.3
    place: pathlib.Path  # where the loader finds that name
    file: pathlib.Path  # what lies there, links followed
    package: Package


def shared_libraries(binary):
    """All that the loader brings in for the program and for what it loads itself, the loader included."""
    loaded = loaded_later(binary)
    listed = output("ldd", binary, environment={"LD_PRELOAD": " ".join(loaded)})
    missing = re.findall(r"(\S+) => not found", listed) + [name for name in loaded if f"{name} (0x" not in listed]
    if missing:
        raise Fault(f"{binary} needs {', '.join(missing)}, which this machine does not have: tools/deps installs it")
    places = [pathlib.Path(path) for path in re.findall(r"(/\S+) \(0x", listed)]
    # /lib is a link to /usr/lib since Debian 12, but dpkg knows a file by the name under which its package has it.
    places = sorted({place.parent.resolve() / place.name for place in places})
    owners = owners_of({place.resolve() for place in places})
    return [Library(place.name, place, place.resolve(), owners[place.resolve()]) for place in places]


def owners_of(files):
    """{file: its Package}."""
    names = {}
    for file in files:
        names[str(file)] = file
        names[str(file).removeprefix("/usr")] = file
    found = run(["dpkg-query", "--search", *sorted(names)]).stdout.decode()
    owner = {names[path]: name for name, path in re.findall(r"(?m)^(\S+): (\S+)$", found) if path in names}
    if strange := sorted(str(file) for file in files if file not in owner):
        raise Fault(f"no Debian package has {', '.join(strange)}: the SBOM could not say what it is")
    known = packages(sorted(set(owner.values())))
    return {file: known[name] for file, name in owner.items()}


def packages(names):
    """{name: Package} of installed packages."""
    form = "${Version}\t${Architecture}\t${Maintainer}\n"
    found = {}
    for name in names:
        done = run(["dpkg-query", "--show", f"--showformat={form}", name])
        if done.returncode != 0:
            raise Fault(f"{name} is not installed, so the SBOM could not name its version: tools/deps installs it")
        found[name] = Package(name, *done.stdout.decode().rstrip("\n").split("\t"))
    return found


def loaded_later(file):
    """Names of the libraries that a file loads while it runs, which its .note.dlopen tells (src/http/libcurl.cpp)."""
    notes = re.findall(r"(?m)\[ *\w+\]  (\[\{.*\}\])$", output("readelf", "--string-dump=.note.dlopen", file))
    return sorted(name for note in notes for dependency in json.loads(note) for name in dependency["soname"])


def needed(file):
    """Names of the libraries that a file asks for itself."""
    linked = re.findall(r"\(NEEDED\).*\[(.+)\]", output("readelf", "--dynamic", "--wide", file))
    return {*linked, *loaded_later(file)}


@dataclasses.dataclass(frozen=True)
class Linkage:
    """The whole of it, which both packages and their SBOMs are made from."""
    libraries: list
    compiled_in: list  # Packages
    certificates: Package
    direct: set  # Packages whose libraries the program itself asks for
    loaded_later: set  # the Packages of those that it loads while it runs
    needs: dict  # Package: the Packages whose libraries its own ask for

    @property
    def packages(self):
        return sorted({library.package for library in self.libraries})


def linkage_of(binary):
    libraries = shared_libraries(binary)
    by_name = {library.name: library.package for library in libraries}

    def owners(names):
        return {by_name[name] for name in names if name in by_name}

    needs = {}
    for library in libraries:
        needs.setdefault(library.package, set()).update(owners(needed(library.file)) - {library.package})
    others = packages([*HEADERS_ONLY, CERTIFICATES])
    return Linkage(libraries, [others[name] for name in HEADERS_ONLY], others[CERTIFICATES],
                   owners(needed(binary)), owners(loaded_later(binary)), needs)
