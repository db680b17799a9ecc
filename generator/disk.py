"""What is asked of the disk: that one process at a time changes a folder, and that what was written outlives a power cut.

Imports nothing of the package. Locks are the kernel's own and end with the process that holds them, however it ends, so
that none is ever left over. Where a file system knows no locks, there are none.
"""

import ctypes
import errno
import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

_UNKNOWN = {errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL, errno.EBADF, errno.EISDIR}


@contextmanager
def unchanging(folder: Path) -> Iterator[None]:
    """Keep a folder from being changed by `changing` while it is read; others may read it too.

    Args:
        folder: a folder; one that cannot be opened is not locked.
    """
    with _locked(folder, fcntl.LOCK_SH):
        yield


@contextmanager
def changing(folder: Path) -> Iterator[None]:
    """Wait until nobody reads or changes a folder, and keep it for oneself.

    Args:
        folder: a folder; one that cannot be opened is not locked.
    """
    with _locked(folder, fcntl.LOCK_EX):
        yield


@contextmanager
def alone(lock: Path, waiting: Callable[[], object] = lambda: None) -> Iterator[None]:
    """Hold a lock that has a file of its own, which is there only as long as somebody holds it or was killed.

    Args:
        lock: the file; its folder exists.
        waiting: called once if another process holds the lock.
    """
    file = _taken(lock, waiting)
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)
        os.close(file)


def _taken(lock: Path, waiting: Callable[[], object]) -> int:
    """The open and locked file, which the one who held it before may take away, and a third make anew."""
    told = False
    while True:
        file = os.open(lock, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            if not _lock(file, fcntl.LOCK_EX | fcntl.LOCK_NB):
                if not told:
                    told = True
                    waiting()
                _lock(file, fcntl.LOCK_EX)
            if os.path.samestat(lock.stat(), os.fstat(file)):
                return file
        except FileNotFoundError:
            pass
        except BaseException:
            os.close(file)
            raise
        os.close(file)


def write(path: Path, content: bytes) -> None:
    """Write a file, and wait until its content is on the disk.

    Args:
        path: the file.
        content: its bytes.
    """
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def settle(folder: Path) -> None:
    """Wait until the names in a folder are on the disk: what was made, moved to another name, or removed.

    Args:
        folder: the folder; not those in it.
    """
    place = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(place)
    finally:
        os.close(place)


def settle_all(folder: Path) -> None:
    """Wait until everything written to the file system of a folder is on the disk.

    For very many files: one call for all takes a fraction of the time of one call a file.

    Args:
        folder: a folder of that file system.

    Raises:
        OSError: something could not be written.
    """
    syncfs = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
    if syncfs is None:
        os.sync()
        return
    place = os.open(folder, os.O_RDONLY)
    try:
        if syncfs(place) != 0:
            code = ctypes.get_errno()
            raise OSError(code, os.strerror(code), str(folder))
    finally:
        os.close(place)


@contextmanager
def _locked(folder: Path, how: int) -> Iterator[None]:
    try:
        place = os.open(folder, os.O_RDONLY)
    except OSError:
        yield
        return
    try:
        _lock(place, how)
        yield
    finally:
        # At once, though a process that was forked meanwhile may still have the folder open.
        _lock(place, fcntl.LOCK_UN)
        os.close(place)


def _lock(file: int, how: int) -> bool:
    """Lock an open file; tell whether it is locked, or cannot be."""
    try:
        fcntl.flock(file, how)
    except BlockingIOError:
        return False
    except OSError as error:
        if error.errno not in _UNKNOWN:
            raise
    return True
