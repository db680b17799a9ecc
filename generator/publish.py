"""Build beside, then swap: how a finished tree takes the place of the last one in a single step.

May import `standby`, `inventory` and `disk`. A build that fails or is killed leaves the last good site as it was, and only one is at
work (decision 17). The tree that was replaced is kept as a standby: its files are the same ones (hard links) but for those that
changed, so that the next build need only change those, not name all files again.
"""

import ctypes
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from generator.disk import alone, settle, settle_all
from generator.inventory import Entry, Inventory
from generator.standby import Looked, Standby, clear, place

R = TypeVar("R")

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_BUILDING, _OLD = ".building", "-old"
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL

# The sites that this process builds.
_claimed: set[Path] = set()


class Tree:
    """A site on its way: files are written into a folder, or taken over from the one whose place it will take.

    Paths are plain text here: there are hundreds of thousands of them, and making each a Path takes longer than writing.
    A file is never written into: it may be a link to one that is being served.
    """

    def __init__(self, folder: Path, old: Path | None = None, held: Inventory | None = None) -> None:
        """Begin with a folder.

        Args:
            folder: where the files go.
            old: the site that is there; a file that is the same in it keeps its inode and time, so that a host keeps
                its ETags.
            held: what the old site holds.
        """
        self.folder = folder
        self.old = old
        self.held = held or Inventory()
        self._standing: set[str] = set()

    def adopt(self, looked: Looked) -> None:
        """Take what is in the folder for the old site's own files, but for what is not right there, and delete that."""
        clear(self.folder, looked)
        self._standing.update(self.held.by_path)
        self._standing.difference_update(looked.lost)

    def stands(self, entry: Entry) -> bool:
        """Tell whether a file of the old site is in the tree already."""
        return entry.path in self._standing

    def keep(self, entry: Entry) -> bool:
        """Take over a file of the old site; tell whether it was there as its entry says."""
        if entry.path in self._standing:
            return True
        source = f"{self.old}/{entry.path}"
        try:
            if self.old is None or not entry.matches(os.lstat(source)):
                return False
        except OSError:
            return False
        self._put(entry.path, lambda path: os.link(source, path))
        return True

    def unchanged(self, path: str, made_of: bytes) -> Entry | None:
        """Take over the old site's file of a path where it was made of the same, and return its entry, else None.

        Args:
            path: relative to the site.
            made_of: the digest of what the file is made of now.
        """
        held = self.held.by_path.get(path)
        return held if held is not None and held.made_of == made_of and self.keep(held) else None

    def write(self, path: str, content: bytes, *, made_of: bytes | None = None) -> Entry:
        """Write a file, or take it over where the old site has the same.

        Args:
            path: relative to the site.
            content: its bytes.
            made_of: the digest of what it was made of.
        """
        told = sha256(content).digest()
        held = self.held.by_path.get(path)
        if held is not None:
            if held.sha256 == told and self.keep(held):
                return Entry(path, told, len(content), made_of, held.number, held.written)
        elif self.old is not None and _same(f"{self.old}/{path}", content):
            self._put(path, lambda new: os.link(f"{self.old}/{path}", new))
            found = os.lstat(f"{self.folder}/{path}")
            return Entry(path, told, len(content), made_of, found.st_ino, found.st_mtime_ns)
        file = self._put(path, lambda new: os.open(new, _NEW, 0o644))
        # Without a buffer: nothing else is written.
        with open(file, "wb", buffering=0) as new:  # noqa: PTH123
            rest = memoryview(content)
            while rest:
                rest = rest[new.write(rest) :]
            found = os.fstat(file)
        return Entry(path, told, len(content), made_of, found.st_ino, found.st_mtime_ns)

    def read(self, path: str) -> bytes:
        """Return the content of a file that was written or taken over."""
        with open(f"{self.folder}/{path}", "rb") as file:  # noqa: PTH123
            return file.read()

    def close(self, paths: set[str]) -> None:
        """Delete what stands in the tree and is not among the files of the new site."""
        for path in self._standing - paths:
            os.unlink(f"{self.folder}/{path}")  # noqa: PTH108
            folder = path
            with suppress(OSError):
                while folder := folder.rpartition("/")[0]:
                    os.rmdir(f"{self.folder}/{folder}")  # noqa: PTH106

    def _put(self, path: str, into: Callable[[str], R]) -> R:
        """Make a file in place of the one that stands there."""
        new = f"{self.folder}/{path}"
        if path in self._standing:
            os.unlink(new)  # noqa: PTH108
        try:
            return into(new)
        except FileNotFoundError:
            os.makedirs(new.rpartition("/")[0], exist_ok=True)  # noqa: PTH103
            return into(new)


def _same(path: str, content: bytes) -> bool:
    """Whether a plain file is there that has this content."""
    try:
        with open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), "rb") as file:  # noqa: PTH123
            return os.fstat(file.fileno()).st_size == len(content) and file.read() == content
    except OSError:
        return False


@contextmanager
def claimed(site: Path, waiting: Callable[[], object] = lambda: None) -> Iterator[None]:
    """Be the only one who builds a site: whoever else wants to waits. Within it, the same process may claim it again.

    Args:
        site: the folder that is served; it need not exist yet.
        waiting: called once if another process is at work.
    """
    site = Path(os.path.realpath(site))
    if site in _claimed:
        yield
        return
    site.parent.mkdir(parents=True, exist_ok=True)
    with alone(site.with_name(f".{site.name}.lock"), waiting):
        _claimed.add(site)
        try:
            yield
        finally:
            _claimed.discard(site)


@contextmanager
def replacing(site: Path, standby: Standby | None = None, *, lasting: bool = True) -> Iterator[Tree]:
    """Give a tree beside a site; where the block ends well, it takes the site's place.

    Args:
        site: the folder that is served; it need not exist yet. Where it is a link, what it leads to is replaced.
        standby: what the site holds, where that is known; the site that is replaced is then kept as its standby.
        lasting: whether the site must be whole after a power cut; that of a preview need not.
    """
    site = Path(os.path.realpath(site))
    with claimed(site), _readable():
        _clear(site)
        fresh = Path(tempfile.mkdtemp(prefix=f".{site.name}-", suffix=_BUILDING, dir=site.parent))
        there = site.is_dir()
        try:
            tree = Tree(fresh, site if there else None, standby.held if standby else None)
            if there and standby is not None:
                # While it still has its name: whoever looks may begin only now.
                looked = standby.looked()
                if _renamed(place(site), fresh):
                    tree.adopt(looked)
            yield tree
            fresh.chmod(0o755)
            if lasting:
                settle_all(fresh)
            if there:
                _exchange(fresh, site)
            else:
                fresh.rename(site)
            if there and standby is not None:
                # At once: a page that was read before the swap has its scripts and index from there.
                _renamed(fresh, place(site))
            if lasting:
                settle(site.parent)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)


@contextmanager
def _readable() -> Iterator[None]:
    """Let everybody read the files that are made: they are there to be served."""
    mask = os.umask(0o022)
    try:
        yield
    finally:
        os.umask(mask)


def _clear(site: Path) -> None:
    """Delete what killed builds left; where one was killed while it swapped, the old site gets its name back first."""
    for aside in site.parent.glob(f".{site.name}-*{_BUILDING}{_OLD}"):
        if not os.path.lexists(site):
            aside.rename(site)
        shutil.rmtree(aside, ignore_errors=True)
    for left in site.parent.glob(f".{site.name}-*{_BUILDING}"):
        shutil.rmtree(left, ignore_errors=True)


def published(site: Path, address: str) -> bytes | None:
    """Return a file of a site as it is published, or None where there is none that can be read.

    Args:
        site: the folder that is served; it need not exist.
        address: the file's address.
    """
    try:
        return (site / address).read_bytes()
    except OSError:
        return None


def _renamed(folder: Path, name: Path) -> bool:
    """Rename a folder, in place of an empty one if there is any; tell whether it could be."""
    try:
        folder.rename(name)
    except OSError:
        return False
    return True


def _exchange(fresh: Path, site: Path) -> None:
    """Swap two folders in one step where the system can, else in two."""
    if not _exchanged(fresh, site):
        aside = fresh.with_name(fresh.name + _OLD)
        site.rename(aside)
        fresh.rename(site)
        aside.rename(fresh)


def _exchanged(fresh: Path, site: Path) -> bool:
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    names = (os.fsencode(fresh), os.fsencode(site))
    return (
        renameat2 is not None and renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE) == 0
    )
