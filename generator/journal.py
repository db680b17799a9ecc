"""Changes to several files of a registry: all of them or none, whenever the program or the machine stops.

May import `disk` and `reading`. What is changed is written down first, with the bytes before and after; only then are the
files replaced, one by one. As long as that journal lies there, the change is not done, and `undo` takes it back
(decision 17). It counts only in the folder that it was made in, so that one that comes with somebody's files does nothing.
"""

import errno
import json
import os
import re
import shutil
from collections.abc import Iterable, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from msgspec import Struct

from generator.disk import changing, settle, write
from generator.reading import misplaced

FOLDER = ".writing"
_PLAN = "plan.json"
_OURS = re.compile(r"\d+\.(?:new|old)|plan\.json(?:\.part)?", re.ASCII)


class Replacement(Struct, frozen=True):
    """A file to change: its path in the registry, and its bytes before, None where it is new, and after."""

    path: str
    before: bytes | None
    now: bytes


class Undone(Struct, frozen=True):
    """A change that was taken back; `left` are the files that somebody changed since, which stay as they are."""

    left: tuple[str, ...] = ()


def ours(parts: Sequence[str]) -> bool:
    """Tell whether a file of a registry belongs to the journal.

    Args:
        parts: the parts of its path from the folder of the registry.
    """
    return len(parts) == 2 and parts[0] == FOLDER and _OURS.fullmatch(parts[1]) is not None


def pending(root: Path) -> bool:
    """Tell whether a change of a registry was begun and neither ended nor taken back.

    Args:
        root: the folder that holds policy.yml.
    """
    return os.path.lexists(root / FOLDER / _PLAN)


def replace(root: Path, files: Sequence[Replacement]) -> None:
    """Replace files of a registry: all of them, or none where it fails or is stopped.

    The caller holds the registry by `disk.changing`, has taken back what was left, and knows the files to be as they were.

    Args:
        root: the folder that holds policy.yml.
        files: what becomes of each.

    Raises:
        OSError: a file cannot be written; all are as they were, unless `pending` says otherwise.
    """
    try:
        _begin(root, files)
        for number, file in enumerate(files):
            _replace(root / FOLDER / f"{number}.new", root / file.path)
        _settle(root, (file.path for file in files))
        (root / FOLDER / _PLAN).unlink()
    except BaseException:
        _undo(root)
        raise
    settle(root / FOLDER)
    _clear(root)


def undo(root: Path) -> Undone | None:
    """Take back a change that was begun and not ended, and clear away what it left; None where there is none.

    Args:
        root: the folder that holds policy.yml.

    Raises:
        OSError: a file cannot be written; `undo` may be asked again.
    """
    if not os.path.lexists(root / FOLDER):
        return None
    with changing(root):
        return _undo(root)


def _begin(root: Path, files: Sequence[Replacement]) -> None:
    """Write everything down, and make the folders that are wanting; the last step makes the journal count."""
    folder = root / FOLDER
    folder.mkdir()
    for number, file in enumerate(files):
        new = folder / f"{number}.new"
        write(new, file.now)
        if file.before is not None:
            shutil.copymode(root / file.path, new)
            _keep(root / file.path, folder / f"{number}.old", file.before)
    wanting = _wanting(root, files)
    plan = {
        "folder": folder.stat().st_ino,
        "folders": [path.relative_to(root).as_posix() for path in wanting],
        "files": [
            {
                "path": file.path,
                "before": None if file.before is None else sha256(file.before).hexdigest(),
                "now": sha256(file.now).hexdigest(),
            }
            for file in files
        ],
    }
    part = folder / f"{_PLAN}.part"
    write(part, json.dumps(plan, ensure_ascii=False).encode())
    settle(folder)
    part.rename(folder / _PLAN)
    settle(folder)
    settle(root)
    for path in wanting:
        path.mkdir()


def _keep(path: Path, old: Path, content: bytes) -> None:
    """Keep a file under another name too, so that it can be put back without room on the disk."""
    try:
        old.hardlink_to(path)
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EXDEV):
            raise
        write(old, content)
        shutil.copymode(path, old)


def _settle(root: Path, paths: Iterable[str]) -> None:
    """Wait until the names of files of the registry are on the disk, and those of the folders they lie in."""
    for folder in sorted(
        {above for path in paths for above in (root / path).parents if root in (above, *above.parents)}
    ):
        if folder.is_dir():
            settle(folder)


def _replace(part: Path, path: Path) -> None:
    part.replace(path)


def _wanting(root: Path, files: Iterable[Replacement]) -> list[Path]:
    """The folders of the files that are not there, the highest first."""
    return sorted({above for file in files for above in (root / file.path).parents if not above.exists()})


def _undo(root: Path) -> Undone | None:
    plan = _plan(root)
    if plan is None:
        if not pending(root):
            _clear(root)
        return None
    left = []
    for number, (path, before, now) in enumerate(plan.files):
        found = _digest(root / path)
        if found == before:
            continue
        if found != now:
            left.append(path)
        elif before is None:
            (root / path).unlink()
        else:
            (root / FOLDER / f"{number}.old").replace(root / path)
    for path in reversed(plan.folders):
        with suppress(OSError):
            (root / path).rmdir()
    _settle(root, (path for path, _, _ in plan.files))
    (root / FOLDER / _PLAN).unlink()
    settle(root / FOLDER)
    _clear(root)
    return Undone(tuple(left))


class _Plan(Struct, frozen=True):
    """What the journal says: each file with the digests of its bytes before and after, and the folders that were made."""

    files: list[tuple[str, str | None, str]]
    folders: list[str]


def _plan(root: Path) -> _Plan | None:
    """The journal of a registry, None where there is none that was made in this folder."""
    folder = root / FOLDER
    try:
        content = json.loads((folder / _PLAN).read_bytes())
        if content["folder"] != folder.stat(follow_symlinks=False).st_ino:
            return None
        plan = _Plan(
            [(str(file["path"]), file["before"], str(file["now"])) for file in content["files"]],
            [str(path) for path in content["folders"]],
        )
    except (FileNotFoundError, NotADirectoryError, ValueError, KeyError, TypeError):
        return None
    whole = all(_within(root, path) for path, _, _ in plan.files)
    above = all(any(path.startswith(f"{one}/") for path, _, _ in plan.files) for one in plan.folders)
    return plan if whole and above else None


def _within(root: Path, path: str) -> bool:
    """Whether a path is that of a record, and leads to it through no link."""
    straight = os.path.join(os.path.realpath(root), path)  # noqa: PTH118 - not to be tidied up
    return misplaced(path.split("/")) is None and os.path.realpath(root / path) == straight


def _digest(path: Path) -> str | None:
    try:
        return sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return None


def _clear(root: Path) -> None:
    """Delete what a journal leaves once it does not count, and nothing else."""
    folder = root / FOLDER
    if folder.is_symlink():
        return  # somebody else's, wherever it leads
    with suppress(OSError):
        for name in os.listdir(folder):  # noqa: PTH208
            if _OURS.fullmatch(name):
                (folder / name).unlink()
        folder.rmdir()
