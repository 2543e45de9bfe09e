"""The Debian package: what is where in it, its control fields, and dpkg-deb, which puts it together."""
import hashlib
import pathlib
import tarfile
import tempfile

import man_pages
import sbom
from commands import output
from fault import Fault
from file_tree import FileTree
from release import ROOT

DOCUMENTATION = "usr/share/doc/syncwright"
# Where each shell looks for completions of packages.
COMPLETIONS = {
    "bash": "usr/share/bash-completion/completions/syncwright",
    "zsh": "usr/share/zsh/vendor-completions/_syncwright",
    "fish": "usr/share/fish/vendor_completions.d/syncwright.fish",
}
# dpkg-shlibdeps reads the source package's control file, of which it wants no more than this.
SOURCE_CONTROL = "Source: syncwright\n\nPackage: syncwright\nArchitecture: any\n"


def name_of(release):
    return f"syncwright_{release.version}_{release.architecture}.deb"


def contents(release):
    tree = FileTree()
    tree.file("usr/bin/syncwright", release.program, 0o755)
    for name, content in man_pages.pages(release.ask, release.version, release.date).items():
        tree.file(f"usr/share/man/man1/{name}", content)
    for shell, path in COMPLETIONS.items():
        tree.file(path, release.ask("completion", shell).encode())
    tree.file("usr/share/syncwright/manifest.schema.json", release.ask("schema").encode())
    tree.file("usr/share/syncwright/plan.schema.json", (ROOT / "schemas/plan.schema.json").read_bytes())
    tree.file(f"{DOCUMENTATION}/README.md", (ROOT / "README.md").read_bytes())
    tree.copy(ROOT / "docs", f"{DOCUMENTATION}/docs")
    tree.copy(ROOT / "manifests", f"{DOCUMENTATION}/examples")
    tree.copy(ROOT / "tools/schedules", f"{DOCUMENTATION}/examples/schedules")
    for licence in release.licences:
        tree.file(f"{DOCUMENTATION}/{licence.name}", licence.read_bytes())
    return tree


def depends(binary, linkage):
    """Names and versions of the packages whose libraries the program needs, and the certificates it trusts.

    Of a library that it loads while it runs no symbol tells how old it may be: as old as the one it was compiled for.
    """
    with tempfile.TemporaryDirectory(prefix="syncwright-package-") as folder:
        control = pathlib.Path(folder) / "debian/control"
        control.parent.mkdir()
        control.write_text(SOURCE_CONTROL, encoding="utf-8")
        said = output("dpkg-shlibdeps", "-O", f"-e{binary}", cwd=folder).strip()
    field = "shlibs:Depends="
    if not said.startswith(field):
        raise Fault(f"dpkg-shlibdeps found no dependencies of {binary}: {said}")
    loaded = [f"{each.short_name} (>= {each.upstream_version})" for each in linkage.loaded_later]
    return ", ".join(sorted([*said.removeprefix(field).split(", "), *loaded, linkage.certificates.short_name]))


def control(release, linkage, tree, maintainer):
    # As Debian's policy counts (5.6.20): files in whole KiB, one for anything else.
    size = sum((len(entry.content) + 1023) // 1024 if entry.type == tarfile.REGTYPE else 1
               for _, entry in tree.sorted())
    line, sentence = release.summary
    fields = {"Package": "syncwright", "Version": release.version, "Architecture": release.architecture,
              "Maintainer": maintainer, "Installed-Size": size, "Depends": depends(release.binary, linkage),
              "Section": "admin", "Priority": "optional", "Description": f"{line}\n {sentence}"}
    return "".join(f"{name}: {value}\n" for name, value in fields.items()).encode()


def checksums(tree):
    """What `dpkg --verify` compares an installation with; MD5 is what dpkg reads."""
    return "".join(f"{hashlib.md5(entry.content, usedforsecurity=False).hexdigest()}  {path}\n"
                   for path, entry in tree.sorted() if entry.type == tarfile.REGTYPE).encode()


def build(release, linkage, maintainer):
    """The bytes of the package."""
    tree = contents(release)
    listed = checksums(tree)
    fields = control(release, linkage, tree, maintainer)
    tree.file("DEBIAN/control", fields)
    tree.file("DEBIAN/md5sums", listed)
    with tempfile.TemporaryDirectory(prefix="syncwright-package-") as folder:
        root, package = pathlib.Path(folder) / "root", pathlib.Path(folder) / "package.deb"
        root.mkdir()
        tree.write(root, release.date)
        # One thread: where xz splits its blocks depends on how many there are.
        output("dpkg-deb", "--root-owner-group", "--uniform-compression", "-Zxz", "--threads-max=1", "--build",
               root, package, environment={"SOURCE_DATE_EPOCH": str(release.date)})
        return package.read_bytes()


def bill(release, linkage, content):
    subject = {"type": "application", "bom-ref": "package", "name": name_of(release), "version": release.version,
               "hashes": [{"alg": "SHA-256", "content": sbom.sha256(content)}]}
    return sbom.bill(release, linkage, subject)
