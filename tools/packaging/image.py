"""The container image: an OCI image layout in a tar file, made without a container engine.

Two layers. The lower one is the root file system that the program needs: its shared libraries, the certificate
authorities that Debian trusts, a user who is not root, and for scanners what dpkg knows of these packages. It has no shell
and no package manager. The upper one is the program, so that a new release of it shares the lower one with the last.

https://github.com/opencontainers/image-spec has the format: blobs are named by their SHA-256, index.json names the
manifest, the manifest names the configuration and the layers, and the configuration names the layers before compression.
"""
import json
import os
import pathlib

import sbom
from commands import output
from fault import Fault
from file_tree import FileTree, gzipped

USER = 65532
HOME = "home/nonroot"
WORK = "project"  # where users mount their manifests
CERTIFICATES = pathlib.Path("/usr/share/ca-certificates/mozilla")
# /bin, /lib and the like are links into /usr, as on Debian: the loader is asked for as /lib64/….
MERGED = ("bin", "lib", "lib64", "sbin")
OCI = "application/vnd.oci.image"


def name_of(release):
    return f"syncwright-{release.version}-{release.architecture}.oci.tar"


def relative(path):
    return str(path).removeprefix("/")


def root_file_system(linkage):
    tree = FileTree()
    for name in MERGED:
        tree.folder(f"usr/{name}")
        tree.link(name, f"usr/{name}")
    for library in linkage.libraries:
        tree.file(relative(library.file), library.file.read_bytes(), 0o755)
        if library.place != library.file:
            tree.link(relative(library.place), os.path.relpath(library.file, library.place.parent))
    tree.file("etc/ssl/certs/ca-certificates.crt", trusted_certificates())
    tree.link("usr/lib/ssl/cert.pem", "../../../etc/ssl/certs/ca-certificates.crt")
    tree.file("etc/passwd", f"root:x:0:0:root:/root:/sbin/nologin\n"
              f"nonroot:x:{USER}:{USER}:nonroot:/{HOME}:/sbin/nologin\n".encode())
    tree.file("etc/group", f"root:x:0:\nnonroot:x:{USER}:\n".encode())
    tree.file("etc/nsswitch.conf", b"passwd: files\ngroup: files\nhosts: files dns\n")
    tree.file("usr/lib/os-release", pathlib.Path("/etc/os-release").read_bytes())
    tree.link("etc/os-release", "../usr/lib/os-release")
    tree.folder("tmp", 0o1777)
    tree.folder(HOME, 0o700, USER)
    tree.folder(WORK, 0o755, USER)
    for package in [*linkage.packages, linkage.certificates]:
        add_package(tree, package)
    return tree


def trusted_certificates():
    """What the package ca-certificates brings; not what somebody has added to this machine."""
    found = sorted(CERTIFICATES.glob("*.crt"))
    if not found:
        raise Fault(f"{CERTIFICATES} has no certificates: tools/deps installs ca-certificates")
    return b"".join(each.read_bytes().rstrip() + b"\n" for each in found)


def add_package(tree, package):
    """What scanners look for where dpkg's database would be, and the licence, which has to go along."""
    tree.file(f"var/lib/dpkg/status.d/{package.short_name}", output("dpkg-query", "--status", package.name).encode())
    licence = pathlib.Path("/usr/share/doc") / package.short_name / "copyright"
    if licence.is_file():
        tree.file(relative(licence), licence.read_bytes())


def program_layer(release):
    tree = FileTree()
    tree.file("usr/bin/syncwright", release.program, 0o755)
    for licence in release.licences:
        tree.file(f"usr/share/doc/syncwright/{licence.name}", licence.read_bytes())
    return tree


def labels(release):
    said = {"title": "syncwright", "description": release.summary[1], "version": release.version,
            "created": release.timestamp, "revision": release.revision}
    return {f"org.opencontainers.image.{name}": value for name, value in sorted(said.items()) if value}


def configuration(release, layers):
    return {
        "created": release.timestamp,
        "architecture": release.architecture,
        "os": "linux",
        "config": {
            "User": f"{USER}:{USER}",
            "Env": ["PATH=/usr/bin", f"HOME=/{HOME}"],
            "Entrypoint": ["/usr/bin/syncwright"],
            "Cmd": ["--help"],
            "WorkingDir": f"/{WORK}",
            "Labels": labels(release),
        },
        "rootfs": {"type": "layers", "diff_ids": [digest(each) for each in layers]},
        "history": [{"created": release.timestamp, "created_by": "tools/package", "comment": each}
                    for each in ("shared libraries and certificates of Debian", "the program")],
    }


def digest(content):
    return f"sha256:{sbom.sha256(content)}"


class Layout:
    """The folder that the tar file holds."""

    def __init__(self):
        self.tree = FileTree()
        self.tree.file("oci-layout", as_json({"imageLayoutVersion": "1.0.0"}))

    def blob(self, media_type, content):
        """Keeps it, and gives the descriptor that names it."""
        self.tree.file(f"blobs/sha256/{sbom.sha256(content)}", content)
        return {"mediaType": f"{OCI}.{media_type}", "digest": digest(content), "size": len(content)}


def as_json(document):
    return json.dumps(document, separators=(",", ":"), ensure_ascii=False).encode()


def build(release, linkage):
    """(the bytes of the tar file, the manifest's digest)."""
    layout = Layout()
    layers = [root_file_system(linkage).tar(), program_layer(release).tar()]
    manifest = layout.blob("manifest.v1+json", as_json({
        "schemaVersion": 2,
        "mediaType": f"{OCI}.manifest.v1+json",
        "config": layout.blob("config.v1+json", as_json(configuration(release, layers))),
        "layers": [layout.blob("layer.v1.tar+gzip", gzipped(each, 6)) for each in layers],
        "annotations": labels(release),
    }))
    layout.tree.file("index.json", as_json({
        "schemaVersion": 2,
        "mediaType": f"{OCI}.index.v1+json",
        "manifests": [{**manifest, "platform": {"architecture": release.architecture, "os": "linux"}, "annotations": {
            # skopeo and podman read the first, containerd and docker the second.
            "org.opencontainers.image.ref.name": release.version,
            "io.containerd.image.name": f"docker.io/library/syncwright:{release.version}",
        }}],
    }))
    return layout.tree.tar(), manifest["digest"]


def bill(release, linkage, manifest_digest):
    algorithm, _, value = manifest_digest.partition(":")
    subject = {"type": "container", "bom-ref": "package", "name": "syncwright", "version": release.version,
               "purl": f"pkg:oci/syncwright@{algorithm}%3A{value}?arch={release.architecture}",
               "hashes": [{"alg": "SHA-256", "content": value}]}
    return sbom.bill(release, linkage, subject)
