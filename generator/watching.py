"""Who tells a preview that a file has changed: the system where it can, else somebody who looks at every file again and again.

The only importer of watchdog. Imports nothing of the package. The system tells at once and at no cost, but only of what is
changed on this machine: of a folder that a host shares with a virtual machine, or that lies on another computer, it may
tell nothing. So it is relied on only for file systems that are known to be this machine's own.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from watchdog.events import (
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingObserver

# How often every file is looked at, in seconds.
_INTERVAL = 0.25
_CHANGES = [FileCreatedEvent, FileDeletedEvent, FileModifiedEvent, FileMovedEvent]
_OWN = frozenset(("bcachefs", "btrfs", "ext2", "ext3", "ext4", "f2fs", "overlay", "tmpfs", "xfs", "zfs"))
_MOUNTS = Path("/proc/self/mountinfo")


def observer(watched: Iterable[Path], mounts: Path = _MOUNTS) -> BaseObserver:
    """Return an observer, not yet started and looking after nothing, that is told of changes to files and folders.

    Args:
        watched: what it will look after.
        mounts: where the system lists its file systems, as proc(5) describes mountinfo.
    """
    paths = [path.resolve() for path in watched]
    return (
        _Told()
        if all(_own(path, mounts) for path in paths) and _tells(paths)
        else PollingObserver(timeout=_INTERVAL)
    )


class _Told(Observer):  # type: ignore[misc, valid-type]
    """Is told by the system, of changes alone: a build that reads a file would else lead to the next build."""

    def schedule(self, event_handler: FileSystemEventHandler, path: str, **options: Any) -> Any:
        return super().schedule(event_handler, path, **{**options, "event_filter": _CHANGES})


def _tells(paths: Iterable[Path]) -> bool:
    """Whether the system agrees to tell of so many folders: there is a limit for each user."""
    trial = _Told()
    for path in paths:
        trial.schedule(FileSystemEventHandler(), str(path), recursive=True)
    try:
        trial.start()
    except OSError:
        return False
    trial.stop()
    return True


def _own(path: Path, mounts: Path) -> bool:
    """Whether a path lies on a file system of this machine alone."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return False
    kinds = dict(map(_mount, lines))
    return next((kinds[place] for place in (path, *path.parents) if place in kinds), "") in _OWN


def _mount(line: str) -> tuple[Path, str]:
    """Where a file system is mounted, and its kind; of several at one place the last is the one that is seen."""
    about, _, kind = line.partition(" - ")
    # A blank in a path is written as \040.
    place = re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), about.split(" ")[4])
    return Path(place), kind.split(" ")[0]
