"""Build beside, then swap: how a finished tree takes the place of the last one in a single step.

Imports nothing of the package. A build that fails or is killed leaves the last good site as it was.
"""

import ctypes
import filecmp
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


@contextmanager
def replacing(site: Path) -> Iterator[Path]:
    """Give an empty folder beside a site; where the block ends well, it takes the site's place.

    Files whose bytes have not changed keep their inode and time, so that a host keeps its ETags.

    Args:
        site: the folder that is served; it need not exist yet.
    """
    site = site.absolute()
    site.parent.mkdir(parents=True, exist_ok=True)
    for left in site.parent.glob(f".{site.name}-*.building"):
        if not _running(left):
            shutil.rmtree(left, ignore_errors=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{site.name}-{os.getpid()}-", suffix=".building", dir=site.parent))
    try:
        yield fresh
        fresh.chmod(0o755)
        if site.is_dir():
            _keep_unchanged(fresh, site)
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


def _keep_unchanged(fresh: Path, site: Path) -> None:
    """Link each file that is the same as before to the one that is there."""
    for folder, _, names in os.walk(fresh):
        for name in names:
            new = Path(folder, name)
            old = site / new.relative_to(fresh)
            if old.is_file() and not old.is_symlink() and filecmp.cmp(new, old, shallow=False):
                new.unlink()
                os.link(old, new)


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
