"""A CycloneDX 1.6 bill of materials: what a package holds and leans on, as scanners of vulnerabilities read it.

Debian's packages are named by their package URLs, with the version that was linked and the digest of each library. Nothing
in a bill comes from a clock or from chance: its serial number is made from what it says.
"""
import hashlib
import json
import pathlib
import re
import uuid
from urllib.parse import quote

VERSION = "1.6"


def sha256(content):
    return hashlib.sha256(content).hexdigest()


def distribution():
    """(Debian, bookworm) of this machine, as package URLs want them."""
    said = dict(re.findall(r'(?m)^([A-Z_]+)="?([^"\n]*)"?$', pathlib.Path("/etc/os-release").read_text("utf-8")))
    return said["ID"], said.get("VERSION_CODENAME") or said.get("VERSION_ID", "")


def package_url(package):
    namespace, release = distribution()
    return (f"pkg:deb/{namespace}/{quote(package.short_name, safe='')}@{quote(package.version, safe=':~')}"
            f"?arch={package.architecture}&distro={release}")


def file_component(path, content):
    return {"type": "file", "name": str(path), "hashes": [{"alg": "SHA-256", "content": sha256(content)}]}


def package_component(package, libraries=(), kind="library"):
    """A Debian package, with those of its files that the program loads."""
    component = {"type": kind, "bom-ref": package_url(package), "publisher": package.maintainer,
                 "name": package.short_name, "version": package.version, "scope": "required",
                 "purl": package_url(package)}
    if libraries:
        component["components"] = [file_component(each.file, each.file.read_bytes()) for each in libraries]
    return component


def program_component(release):
    return {"type": "application", "bom-ref": "program", "name": "syncwright", "version": release.version,
            "description": release.summary[1], "scope": "required", "purl": f"pkg:generic/syncwright@{release.version}",
            "components": [file_component("/usr/bin/syncwright", release.program)]}


def bill(release, linkage, subject):
    """The bytes of the bill of `subject`, the component that is the package: its `bom-ref` is `package`."""
    components = [program_component(release), package_component(linkage.certificates, kind="data"),
                  *(package_component(each) for each in linkage.compiled_in)]
    for package in linkage.packages:
        components.append(package_component(package, [each for each in linkage.libraries if each.package == package]))
    depends = {"package": {"program", package_url(linkage.certificates)},
               "program": {package_url(each) for each in [*linkage.direct, *linkage.compiled_in]},
               **{package_url(package): {package_url(each) for each in needed}
                  for package, needed in linkage.needs.items()}}
    document = {
        "$schema": f"http://cyclonedx.org/schema/bom-{VERSION}.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": VERSION,
        "version": 1,
        "metadata": {
            "timestamp": release.timestamp,
            "lifecycles": [{"phase": "build"}],
            "tools": {"components": [{"type": "application", "name": "tools/package", "version": release.version}]},
            "component": subject,
        },
        "components": sorted(components, key=lambda each: each["bom-ref"]),
        "dependencies": [{"ref": ref, "dependsOn": sorted(on)} for ref, on in sorted(depends.items())],
    }
    text = json.dumps(document, sort_keys=True)
    document["serialNumber"] = f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, sha256(text.encode()))}"
    return (json.dumps(document, indent=2, ensure_ascii=False) + "\n").encode()
