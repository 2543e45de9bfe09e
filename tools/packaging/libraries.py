"""What the program is linked with: shared libraries, the Debian packages that they come from, which one needs which."""
import dataclasses
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


@dataclasses.dataclass(frozen=True, order=True)
class Library:
    name: str  # what a program asks for: libssl.so.3
    place: pathlib.Path  # where the loader finds that name
    file: pathlib.Path  # what lies there, links followed
    package: Package


def shared_libraries(binary):
    """All that the loader brings in for the program, the loader included."""
    listed = output("ldd", binary)
    if missing := re.findall(r"(\S+) => not found", listed):
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


def needed(file):
    """Names of the libraries that a file asks for itself."""
    return set(re.findall(r"\(NEEDED\).*\[(.+)\]", output("readelf", "--dynamic", "--wide", file)))


@dataclasses.dataclass(frozen=True)
class Linkage:
    """The whole of it, which both packages and their SBOMs are made from."""
    libraries: list
    compiled_in: list  # Packages
    certificates: Package
    direct: set  # Packages whose libraries the program itself asks for
    needs: dict  # Package: the Packages whose libraries its own ask for

    @property
    def packages(self):
        return sorted({library.package for library in self.libraries})


def linkage_of(binary):
    libraries = shared_libraries(binary)
    by_name = {library.name: library.package for library in libraries}

    def owners_of_needed(file):
        return {by_name[name] for name in needed(file) if name in by_name}

    needs = {}
    for library in libraries:
        needs.setdefault(library.package, set()).update(owners_of_needed(library.file) - {library.package})
    others = packages([*HEADERS_ONLY, CERTIFICATES])
    return Linkage(libraries, [others[name] for name in HEADERS_ONLY], others[CERTIFICATES],
                   owners_of_needed(binary), needs)
