"""What tools/package makes: the same bytes twice, whole by the rules of each format, and a program that runs.

The image's root file system runs under chroot, which root may do; the bill of materials is held against CycloneDX's own
schema where the npm registry gives it. Anybody else is told what was skipped. installed_test.py installs the package.
"""
import gzip
import io
import json
import os
import pathlib
import re
import shutil
import subprocess
import tarfile
import tempfile
import unittest

import jsonschema
from packages import BINARY, QUICKSTART, ROOT, TIMEOUT, TOOL, Image, only, run, sha256, syncwright

MAINTAINER = "Ada Lovelace <ada@contoso.example>"
DATE = 1_767_225_600  # 2026-01-01
CYCLONEDX = "@cyclonedx/cyclonedx-library@10.3.0"
REGISTRY_TIMEOUT = 120


def start(folder, *packages, binary=BINARY, umask=0o022, **environment):
    return subprocess.Popen([TOOL, "--binary", binary, "--out", folder, "--maintainer", MAINTAINER, *packages], cwd="/",
                            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                            umask=umask, env={**os.environ, "SOURCE_DATE_EPOCH": str(DATE), **environment})


def setUpModule():
    """Both at once: one as usual; one package by package, by somebody with other habits, the program at another place."""
    global FIRST, SECOND, PACKAGE, IMAGE
    work = tempfile.TemporaryDirectory(prefix="syncwright-package-test-")
    unittest.addModuleCleanup(work.cleanup)
    folder = pathlib.Path(work.name)
    FIRST, SECOND, elsewhere = folder / "first", folder / "second", folder / "elsewhere"
    shutil.copy(BINARY, elsewhere)
    habits = {"binary": elsewhere, "umask": 0o077, "TZ": "Asia/Kolkata", "LC_ALL": "C", "HOME": "/nowhere"}
    builds = [start(FIRST), start(SECOND, "deb", **habits)]
    finish(builds.pop())
    alone = only(SECOND, "*.deb").name
    if sorted(path.name for path in SECOND.iterdir()) != [alone, f"{alone}.cdx.json"]:
        raise AssertionError("`tools/package deb` made something else than a Debian package and its SBOM")
    for build in [*builds, start(SECOND, "image", **habits)]:
        finish(build)
    PACKAGE = only(FIRST, "*.deb")
    IMAGE = Image(only(FIRST, "*.oci.tar"))


def finish(build):
    said, _ = build.communicate(timeout=TIMEOUT)
    if build.returncode != 0:
        raise AssertionError(f"tools/package ended with exit code {build.returncode}:\n{said}")


def commands(*words):
    """The words of every command that the help lists, with those below it."""
    listed = re.search(r"\nSubcommands:\n((?:  .*\n)+)", syncwright(*words, "--help"))
    names = re.findall(r"(?m)^  (\S+)", listed[1]) if listed else []
    return [[*words], *(below for name in names for below in commands(*words, name))]


class Reproducible(unittest.TestCase):
    def test_two_builds_have_the_same_bytes(self):
        version, architecture = syncwright("version").split()[1], run("dpkg", "--print-architecture").strip()
        package, image = f"syncwright_{version}_{architecture}.deb", f"syncwright-{version}-{architecture}.oci.tar"
        names = sorted([package, f"{package}.cdx.json", image, f"{image}.cdx.json"])
        for folder in (FIRST, SECOND):
            self.assertEqual(sorted(path.name for path in folder.iterdir()), names)
        for name in names:
            self.assertEqual(sha256((FIRST / name).read_bytes()), sha256((SECOND / name).read_bytes()), name)


class DebianPackage(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        content = subprocess.run(["dpkg-deb", "--fsys-tarfile", PACKAGE], check=True, capture_output=True).stdout
        with tarfile.open(fileobj=io.BytesIO(content)) as archive:
            cls.members = archive.getmembers()
            cls.files = {member.name.removeprefix("./"): archive.extractfile(member).read()
                         for member in cls.members if member.isfile()}

    def page(self, words):
        return gzip.decompress(self.files[f"usr/share/man/man1/{'-'.join(['syncwright', *words])}.1.gz"])

    def field(self, name):
        return run("dpkg-deb", "--field", PACKAGE, name).strip()

    def test_its_fields(self):
        self.assertEqual(self.field("Package"), "syncwright")
        self.assertEqual(f"syncwright {self.field('Version')}\n", syncwright("version"))
        self.assertEqual(self.field("Maintainer"), MAINTAINER)
        self.assertEqual(self.field("Description"), "keeps Microsoft Entra ID app provisioning as code\n "
                         + syncwright("--help").splitlines()[0])
        names = [re.match(r"\S+", each)[0] for each in self.field("Depends").split(", ")]
        self.assertEqual(names, sorted(set(names)))
        for library in ("libc6", "libstdc++6", "libcurl4", "libssl3", "libsqlite3-0", "ca-certificates"):
            self.assertIn(library, names)
        self.assertEqual([name for name in names if name.endswith("-dev")], [])
        self.assertGreater(int(self.field("Installed-Size")), len(self.files["usr/bin/syncwright"]) // 1024)

    def test_everything_is_roots_and_of_one_time(self):
        for member in self.members:
            self.assertEqual((member.uid, member.gid, member.uname, member.gname, member.mtime),
                             (0, 0, "root", "root", DATE), member.name)
            executable = member.isdir() or member.name == "./usr/bin/syncwright"
            self.assertEqual(oct(member.mode), oct(0o755 if executable else 0o644), member.name)

    def test_what_is_in_it(self):
        files = dict(self.files)
        for shell, path in (("bash", "bash-completion/completions/syncwright"),
                            ("zsh", "zsh/vendor-completions/_syncwright"),
                            ("fish", "fish/vendor_completions.d/syncwright.fish")):
            self.assertEqual(files.pop(f"usr/share/{path}").decode(), syncwright("completion", shell))
        self.assertEqual(files.pop("usr/share/syncwright/manifest.schema.json").decode(), syncwright("schema"))
        self.assertEqual(files.pop("usr/share/syncwright/plan.schema.json"),
                         (ROOT / "schemas/plan.schema.json").read_bytes())
        documentation = "usr/share/doc/syncwright"
        for place, source in ((f"{documentation}/README.md", ROOT / "README.md"), (f"{documentation}/docs", ROOT / "docs"),
                              (f"{documentation}/examples/quickstart", QUICKSTART),
                              (f"{documentation}/examples/schedules", ROOT / "tools/schedules")):
            for path in [source] if source.is_file() else sorted(source.rglob("*")):
                if path.is_file() and ".syncwright" not in path.parts:
                    name = place if path == source else f"{place}/{path.relative_to(source)}"
                    self.assertEqual(files.pop(name), path.read_bytes(), name)
        pages = {f"usr/share/man/man1/{'-'.join(['syncwright', *words])}.1.gz" for words in commands()}
        self.assertGreater(len(pages), 20)
        licences = {f"{documentation}/{path.name}" for path in ROOT.iterdir()
                    if path.name.startswith(("LICENSE", "LICENCE", "COPYING"))}
        self.assertEqual(set(files), pages | licences | {"usr/bin/syncwright"})

    def test_the_program_names_no_folder_of_the_build(self):
        self.assertNotIn(f"{ROOT}/".encode(), self.files["usr/bin/syncwright"])

    def test_its_checksums_are_those_of_its_files(self):
        with tempfile.TemporaryDirectory() as folder:
            run("dpkg-deb", "--raw-extract", PACKAGE, folder)
            checked = run("md5sum", "--check", "DEBIAN/md5sums", cwd=folder).splitlines()
        self.assertEqual(sorted(checked), sorted(f"{name}: OK" for name in self.files))

    def test_a_manual_page_says_all_that_the_help_says(self):
        if not shutil.which("groff"):
            print("skipped: no groff, which reads the manual pages")
            return
        for words in commands():
            done = subprocess.run(["groff", "-man", "-ww", "-Tutf8", "-rLL=500n", "-rHY=0", "-P-cbou"], check=True,
                                  input=self.page(words), capture_output=True)
            self.assertEqual(done.stderr.decode(), "", words)
            shown = " ".join(done.stdout.decode().split())
            for part in parts_of(syncwright(*words, "--help")):
                self.assertIn(part, shown, words)


def parts_of(help_text):
    """What a help says, without headings and columns."""
    lines = [line.removeprefix("Usage: ").removeprefix("syncwright keeps ")
             for line in help_text.splitlines() if not re.fullmatch(r"[A-Z][A-Za-z ]*:", line)]
    return [part for line in lines for part in re.split(r"\s{2,}", line.strip()) if part]


class BillOfMaterials(unittest.TestCase):
    def bills(self):
        found = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in sorted(FIRST.glob("*.cdx.json"))}
        self.assertEqual(len(found), 2)
        return found

    def test_its_parts_are_named_once_and_lead_somewhere(self):
        for name, bill in self.bills().items():
            self.assertEqual((bill["bomFormat"], bill["specVersion"], bill["version"]), ("CycloneDX", "1.6", 1), name)
            self.assertRegex(bill["serialNumber"], r"^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")
            self.assertEqual(bill["metadata"]["timestamp"], "2026-01-01T00:00:00Z")
            refs = [each["bom-ref"] for each in [bill["metadata"]["component"], *bill["components"]]]
            self.assertEqual(len(refs), len(set(refs)), name)
            named = {each["ref"]: set(each["dependsOn"]) for each in bill["dependencies"]}
            self.assertEqual(set().union(named, *named.values()), set(refs), name)

    def test_its_packages_are_those_of_this_machine(self):
        for bill in self.bills().values():
            packages = [each for each in bill["components"] if each["purl"].startswith("pkg:deb/")]
            versions = dict(re.findall(r"(?m)^(\S+) (\S+)$", run(
                "dpkg-query", "--show", "--showformat=${Package} ${Version}\n", *(each["name"] for each in packages))))
            self.assertEqual({each["name"]: each["version"] for each in packages}, versions)
            # libssl for the shared, nlohmann-json3-dev for what is compiled in, libkrb5-3 for what curl brings along.
            self.assertLessEqual({"libc6", "libssl3", "nlohmann-json3-dev", "libkrb5-3", "ca-certificates"}, set(versions))

    def test_its_digests_are_those_of_what_is_packaged(self):
        for bill in self.bills().values():
            files = {part["name"]: part["hashes"][0]["content"]
                     for each in bill["components"] for part in each.get("components", [])}
            for layer in IMAGE.manifest["layers"]:
                with tarfile.open(fileobj=io.BytesIO(IMAGE.blob(layer))) as archive:
                    for member in archive.getmembers():
                        digest = files.pop(f"/{member.name}", None)
                        if digest:
                            self.assertEqual(sha256(archive.extractfile(member).read()), digest, member.name)
            self.assertEqual(files, {})
        subject = {name: bill["metadata"]["component"] for name, bill in self.bills().items()}
        self.assertEqual(subject[f"{PACKAGE.name}.cdx.json"]["hashes"][0]["content"], sha256(PACKAGE.read_bytes()))
        image = next(each for name, each in subject.items() if ".oci.tar" in name)
        self.assertEqual(f"sha256:{image['hashes'][0]['content']}", IMAGE.descriptor["digest"])

    def test_it_is_what_cyclonedx_requires(self):
        schemas = published_schemas()
        if schemas is None:
            return
        schema = schemas["http://cyclonedx.org/schema/bom-1.6.schema.json"]
        resolver = jsonschema.RefResolver(schema["$id"], schema, store=schemas)
        for name, bill in self.bills().items():
            faults = jsonschema.Draft7Validator(schema, resolver=resolver).iter_errors(bill)
            self.assertEqual([(list(fault.path), fault.message) for fault in faults], [], name)


def published_schemas():
    """{its $id: a schema} of CycloneDX's own library; None where it cannot be had, which is printed."""
    if not shutil.which("npm"):
        print("skipped: no npm, which has CycloneDX's schema")
        return None
    with tempfile.TemporaryDirectory() as folder:
        try:
            done = subprocess.run(["npm", "pack", "--fetch-retries=1", CYCLONEDX], cwd=folder, capture_output=True,
                                  text=True, timeout=REGISTRY_TIMEOUT, check=False)
        except subprocess.TimeoutExpired:
            done = None
        if done is None or done.returncode != 0:
            print("skipped: the npm registry does not give CycloneDX's schema")
            return None
        with tarfile.open(only(pathlib.Path(folder), "*.tgz")) as archive:
            found = [json.load(archive.extractfile(member)) for member in archive.getmembers()
                     if re.fullmatch(r"package/res/schema/[^/]*\.schema\.json", member.name)]
    return {schema["$id"]: schema for schema in found if "$id" in schema}


class ContainerImage(unittest.TestCase):
    def layers(self):
        for layer in IMAGE.manifest["layers"]:
            with tarfile.open(fileobj=io.BytesIO(IMAGE.blob(layer))) as archive:
                yield archive, archive.getmembers()

    def test_every_blob_is_named_by_its_digest_and_size(self):
        self.assertEqual(json.loads(IMAGE.files["oci-layout"]), {"imageLayoutVersion": "1.0.0"})
        for descriptor in IMAGE.descriptors:
            content = IMAGE.blob(descriptor)
            self.assertEqual((f"sha256:{sha256(content)}", len(content)), (descriptor["digest"], descriptor["size"]))
        named = {"blobs/" + each["digest"].replace(":", "/") for each in IMAGE.descriptors}
        self.assertEqual(set(IMAGE.files), named | {"oci-layout", "index.json"})
        self.assertEqual([each["mediaType"].removeprefix("application/vnd.oci.image.") for each in IMAGE.descriptors],
                         ["manifest.v1+json", "config.v1+json", "layer.v1.tar+gzip", "layer.v1.tar+gzip"])
        self.assertEqual(IMAGE.configuration["rootfs"]["diff_ids"],
                         [f"sha256:{sha256(gzip.decompress(IMAGE.blob(each)))}" for each in IMAGE.manifest["layers"]])

    def test_how_it_runs(self):
        self.assertEqual(IMAGE.descriptor["platform"], {"architecture": IMAGE.configuration["architecture"], "os": "linux"})
        self.assertEqual(IMAGE.configuration["created"], "2026-01-01T00:00:00Z")
        config = IMAGE.configuration["config"]
        self.assertEqual((config["User"], config["Entrypoint"], config["Cmd"], config["WorkingDir"]),
                         ("65532:65532", ["/usr/bin/syncwright"], ["--help"], "/project"))
        self.assertEqual(config["Labels"]["org.opencontainers.image.version"], syncwright("version").split()[1])
        self.assertEqual(IMAGE.descriptor["annotations"]["org.opencontainers.image.ref.name"],
                         syncwright("version").split()[1])

    def test_its_files_are_nobodys_of_this_machine(self):
        names = []
        for _, members in self.layers():
            for member in members:
                names.append(member.name)
                self.assertFalse(member.name.startswith(("/", "..")) or "/../" in member.name, member.name)
                self.assertEqual((member.mtime, member.uname, member.gname), (0, "", ""), member.name)
                self.assertEqual(member.uid, 65532 if member.name in ("home/nonroot", "project") else 0, member.name)
                self.assertFalse(member.mode & 0o6000, member.name)
                writable = {"tmp": 0o1777}.get(member.name)
                self.assertTrue(member.issym() or member.mode == writable or not member.mode & 0o022, member.name)
        programs = [name for name in names if re.match(r"usr/s?bin/", name)]
        self.assertEqual(programs, ["usr/bin/syncwright"])

    def test_it_trusts_whom_debian_trusts(self):
        bundle = next(archive.extractfile("etc/ssl/certs/ca-certificates.crt").read() for archive, _ in self.layers())
        shipped = sorted(pathlib.Path("/usr/share/ca-certificates/mozilla").glob("*.crt"))
        self.assertGreater(len(shipped), 50)
        self.assertEqual(bundle.count(b"-----BEGIN CERTIFICATE-----"), len(shipped))

    def extract(self):
        """The image's root file system; None, and a word about it, for whom cannot run anything in it."""
        if os.geteuid() != 0:
            print("skipped: only root may chroot into the image's root file system")
            return None
        work = tempfile.TemporaryDirectory(prefix="syncwright-image-")
        self.addCleanup(work.cleanup)
        root = pathlib.Path(work.name)
        for archive, _ in self.layers():
            archive.extractall(root)
        root.chmod(0o755)
        return root

    def inside(self, root, *arguments, **environment):
        return run("/usr/sbin/chroot", "--userspec=65532:65532", root, "/usr/bin/syncwright", *arguments,
                   env={"HOME": "/home/nonroot", "NO_COLOR": "1", **environment})

    def test_it_plans_and_applies_the_quickstart(self):
        if root := self.extract():
            shutil.copytree(QUICKSTART, root / "project", dirs_exist_ok=True,
                            ignore=shutil.ignore_patterns(".syncwright"))
            run("chown", "--recursive", "65532:65532", root / "project")
            # A container begins in /project, chroot in the root folder.
            project = ("--emulator=/project/.syncwright/emulator.db", "/project")
            self.assertEqual(self.inside(root, "version"), syncwright("version"))
            self.assertIn("Plan: 2 to create, 0 to update, 0 unchanged. 11 changes.",
                          self.inside(root, "plan", *project))
            self.inside(root, "apply", "--auto-approve", *project)
            self.inside(root, "plan", "--detailed-exitcode", *project)

    def test_the_program_reads_its_certificates(self):
        if root := self.extract():
            with tempfile.TemporaryDirectory() as folder:
                emulator = subprocess.Popen([BINARY, "emulator", "--tls", "--listen", "127.0.0.1:0", "--state", "t.db"],
                                            cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
                self.addCleanup(emulator.communicate)
                self.addCleanup(emulator.terminate)
                url = emulator.stdout.readline().removeprefix("listening on ").strip()
                with open(root / "etc/ssl/certs/ca-certificates.crt", "ab") as trusted:
                    trusted.write(only(pathlib.Path(folder), "*-ca.pem").read_bytes())
                said = self.inside(root, "whoami", "--endpoint", url, AZURE_AUTHORITY_HOST=url, AZURE_CLIENT_ID="any",
                                   AZURE_TENANT_ID="034a7209-e89f-449b-88ed-2e97639028e1", AZURE_CLIENT_SECRET="any")
            self.assertIn("client secret of app any", said)


class CommandLine(unittest.TestCase):
    def refused(self, *arguments, expect, **environment):
        done = subprocess.run([TOOL, *arguments], capture_output=True, text=True, check=False, cwd="/",
                              env={**os.environ, **environment}, timeout=TIMEOUT)
        self.assertEqual((done.returncode, done.stdout), (expect, ""))
        return done.stderr

    def test_help(self):
        shown = run(TOOL, "--help", cwd="/")
        for option in ("--binary FILE", "--out FOLDER", "--maintainer TEXT", "[deb] [image]"):
            self.assertIn(option, shown)

    def test_what_is_refused(self):
        hint = "; `tools/package --help` says what is\n"
        self.assertEqual(self.refused("rpm", expect=64),
                         "tools/package: `rpm` is neither an option nor a package" + hint)
        self.assertEqual(self.refused("--out", expect=64), "tools/package: --out has no value" + hint)
        self.assertEqual(self.refused("--maintainer", "me", expect=64),
                         'tools/package: --maintainer is not of the form "Name <name@example.com>"' + hint)
        with tempfile.TemporaryDirectory() as folder:
            out = ("--out", f"{folder}/out")
            self.assertEqual(self.refused("--binary", "/no/program", *out, expect=1), "tools/package: /no/program is no "
                             "program: build it with `tools/build release syncwright`\n")
            self.assertEqual(self.refused("--binary", str(BINARY), *out, expect=1, SOURCE_DATE_EPOCH="today"),
                             "tools/package: SOURCE_DATE_EPOCH is `today`, and has to be seconds since 1970\n")


if __name__ == "__main__":
    unittest.main(verbosity=2)
