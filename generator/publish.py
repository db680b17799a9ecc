"""Build beside, then swap: how a finished tree takes the place of the last one in a single step.

Imports nothing of the package. A build that fails or is killed leaves the last good site as it was.
"""

import ctypes
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


class Tree:
    """A site on its way: files are written into a fresh folder, or taken over from the one whose place it will take.

    Paths are plain text here: there are hundreds of thousands of them, and making each a Path takes longer than writing.
    """

    def __init__(self, folder: Path, old: Path | None = None) -> None:
        """Begin with a folder.

        Args:
            folder: where the files go.
            old: the site that is there; a file that is the same in it keeps its inode and time, so that a host keeps
                its ETags.
        """
        self.folder = folder
        self.old = old
        self._folders: set[str] = set()

    def write(self, path: str, content: bytes) -> None:
        """Write a file at a path that is relative to the site."""
        folder, _, _ = path.rpartition("/")
        new = f"{self.folder}/{path}"
        if folder not in self._folders:
            os.makedirs(f"{self.folder}/{folder}", exist_ok=True)  # noqa: PTH103
            self._folders.add(folder)
        if self.old is not None and _same(f"{self.old}/{path}", content):
            os.link(f"{self.old}/{path}", new)
            return
        with open(new, "wb") as file:  # noqa: PTH123
            file.write(content)

    def keep_unchanged(self) -> None:
        """Take over what others wrote into the folder and what is the same as before."""
        if self.old is None:
            return
        for folder, _, names in os.walk(self.folder):
            for name in names:
                new = Path(folder, name)
                old = self.old / new.relative_to(self.folder)
                if _same(str(old), new.read_bytes()):
                    new.unlink()
                    os.link(old, new)


def _same(path: str, content: bytes) -> bool:
    """Whether a plain file is there that has this content."""
    try:
        with open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), "rb") as file:  # noqa: PTH123
            return os.fstat(file.fileno()).st_size == len(content) and file.read() == content
    except OSError:
        return False


@contextmanager
def replacing(site: Path) -> Iterator[Tree]:
    """Give a tree beside a site; where the block ends well, it takes the site's place.

    Args:
        site: the folder that is served; it need not exist yet.
    """
    site = site.absolute()
    site.parent.mkdir(parents=True, exist_ok=True)
    for left in site.parent.glob(f".{site.name}-*.building"):
        if not _running(left):
            shutil.rmtree(left, ignore_errors=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{site.name}-{os.getpid()}-", suffix=".building", dir=site.parent))
    there = site.is_dir()
    try:
        yield Tree(fresh, site if there else None)
        fresh.chmod(0o755)
        if there:
            _exchange(fresh, site)
        else:
            fresh.rename(site)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


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


def _running(left: Path) -> bool:
    """Whether the build that a folder belongs to is still at work; its name says which process that is."""
    found = re.search(r"-(\d+)-[^-]*\.building$", left.name)
    if not found or int(found[1]) == os.getpid():
        return False
    try:
        os.kill(int(found[1]), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _exchange(fresh: Path, site: Path) -> None:
    """Swap two folders in one step where the system can, else in two."""
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if renameat2 is not None:
        names = (os.fsencode(fresh), os.fsencode(site))
        if renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE) == 0:
            return
    aside = fresh.with_name(fresh.name + "-old")
    site.rename(aside)
    fresh.rename(site)
    aside.rename(fresh)
