"""Changed records to files: all of them or none.

May import `desk`. A file that is no longer as it was read stops everything before anything is written.
"""

import os
from collections.abc import Iterable
from pathlib import Path

from generator.sheets.desk import Changed


class Overtaken(Exception):
    """A file that somebody else has changed since it was read; the message says which, in Chinese."""


def store(root: Path, changes: Iterable[Changed]) -> None:
    """Write changed records into the folder of a registry.

    Args:
        root: the folder that holds policy.yml.
        changes: the records.

    Raises:
        Overtaken: a record changed meanwhile, or a new one's place is taken.
        OSError: a file cannot be written; those written before are as they were.
    """
    todo = list(changes)
    for change in todo:
        path = root / change.path
        now = path.read_bytes() if path.exists() else None
        if now != change.before:
            raise Overtaken(f"{path} 在读取之后被别人改过，没有写入；请重新导入。")
    beside: list[tuple[Path, Path]] = []
    done: list[Changed] = []
    folders: list[Path] = []
    try:
        for change in todo:
            path = root / change.path
            folders += _make(path.parent)
            part = path.with_name(f".{path.name}.part")
            beside.append((part, path))
            with part.open("wb") as file:
                file.write(change.now)
                file.flush()
                os.fsync(file.fileno())
        for change, (part, path) in zip(todo, beside, strict=True):
            done.append(change)
            _replace(part, path)
    except BaseException:
        for change in done:
            path = root / change.path
            if change.before is None:
                path.unlink(missing_ok=True)
            else:
                path.write_bytes(change.before)
        for part, _ in beside:
            part.unlink(missing_ok=True)
        for folder in reversed(folders):
            folder.rmdir()
        raise


def _replace(part: Path, path: Path) -> None:
    part.replace(path)


def _make(folder: Path) -> list[Path]:
    """Make a folder and what stands above it; return those that were not there, the highest first."""
    lacking = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return lacking[::-1]
