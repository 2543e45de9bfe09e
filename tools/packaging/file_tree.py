"""A folder as a value: what is in it, in one order, owned by whom it says; no clock, umask or user of this machine."""
import dataclasses
import gzip
import io
import os
import pathlib
import tarfile


@dataclasses.dataclass(frozen=True)
class Entry:
    type: bytes  # tarfile's: REGTYPE, DIRTYPE, SYMTYPE
    mode: int
    content: bytes = b""
    target: str = ""
    owner: int = 0


class FileTree:
    def __init__(self):
        self.entries = {}

    def file(self, path, content, mode=0o644):
        self.add(path, Entry(tarfile.REGTYPE, mode, content=content))

    def link(self, path, target):
        self.add(path, Entry(tarfile.SYMTYPE, 0o777, target=target))

    def folder(self, path, mode=0o755, owner=0):
        self.add(path, Entry(tarfile.DIRTYPE, mode, owner=owner))

    def copy(self, source, path):
        """A folder of this machine with all below it, links followed."""
        for entry in sorted(source.iterdir()):
            # A run in the sources leaves its state there.
            if entry.name == ".syncwright":
                continue
            if entry.is_dir():
                self.copy(entry, f"{path}/{entry.name}")
            else:
                self.file(f"{path}/{entry.name}", entry.read_bytes())

    def add(self, path, entry):
        """Under a path from the tree's root, without a leading slash; folders above it come along."""
        parent = str(pathlib.PurePosixPath(path).parent)
        if parent != "." and parent not in self.entries:
            self.folder(parent)
        self.entries[path] = entry

    def sorted(self):
        """(path, entry), a folder before what is in it."""
        return sorted(self.entries.items(), key=lambda item: item[0].split("/"))

    def write(self, root, date):
        """Onto disk. Folders last: writing into one changes its time."""
        for path, entry in self.sorted():
            place = root / path
            if entry.type == tarfile.DIRTYPE:
                place.mkdir()
            elif entry.type == tarfile.SYMTYPE:
                place.symlink_to(entry.target)
            else:
                place.write_bytes(entry.content)
        for path, entry in reversed(self.sorted()):
            if entry.type != tarfile.SYMTYPE:
                os.chmod(root / path, entry.mode)
            os.utime(root / path, (date, date), follow_symlinks=False)
        os.chmod(root, 0o755)
        os.utime(root, (date, date))

    def tar(self, date=0):
        stream = io.BytesIO()
        with tarfile.open(fileobj=stream, mode="w", format=tarfile.USTAR_FORMAT) as archive:
            for path, entry in self.sorted():
                member = tarfile.TarInfo(path)
                member.type, member.mode, member.mtime = entry.type, entry.mode, date
                member.uid = member.gid = entry.owner
                member.linkname, member.size = entry.target, len(entry.content)
                archive.addfile(member, io.BytesIO(entry.content))
        return stream.getvalue()


def gzipped(content, level=9):
    """Without a name and a time in its head."""
    return gzip.compress(content, compresslevel=level, mtime=0)
