"""The standby beside a site: its files are looked at while something else is done, and taken for the next tree.

May import `inventory` and `crew`. A standby is the site before the one that is served, or what is left of it: a file in it
counts where it is the very one that the inventory of the served site tells of.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from msgspec import Struct

from generator.crew import beside
from generator.inventory import Inventory

# Looking at so many files takes no longer than a unit does elsewhere.
_FILES = 10


class Looked(Struct, frozen=True):
    """What is not right in a folder, by paths relative to it: files of an inventory that are `lost`, for they are not there
    or are others, and files and folders that are `strange`; folders end with a slash, and come after what is in them.
    """

    lost: list[str]
    strange: list[str]


class Standby(Struct, frozen=True):
    """What a site holds, and what its standby was found to hold of that."""

    held: Inventory
    looked: Callable[[], Looked]


def place(site: Path) -> Path:
    """Return the folder of a site's standby; it need not exist.

    Args:
        site: the folder that is served, no link.
    """
    return site.with_name(f".{site.name}.standby")


@contextmanager
def standing_by(site: Path, held: Inventory) -> Iterator[Standby]:
    """Begin to look at the standby of a site. Nobody else builds the site meanwhile.

    Args:
        site: the folder that is served, or a link to it; it need not exist yet.
        held: what it holds.
    """
    work = partial(look, place(Path(os.path.realpath(site))), held)
    with beside(work, len(held.by_path) // _FILES) as looked:
        yield Standby(held, looked)


def look(folder: Path, held: Inventory) -> Looked:
    """Return what is not right in a folder that should hold the files of an inventory; it need not exist.

    Paths are plain text: there are hundreds of thousands of them.
    """
    standing: set[str] = set()
    strange: list[str] = []
    with suppress(FileNotFoundError):
        _look(f"{folder}/", "", held, standing, strange)
    return Looked([path for path in held.by_path if path not in standing], strange)


def _look(folder: str, below: str, held: Inventory, standing: set[str], strange: list[str]) -> bool:
    """Look at what is in a folder; return whether any of it stands."""
    left = False
    with os.scandir(folder + below) as entries:
        for entry in entries:
            path = below + entry.name
            if entry.is_dir(follow_symlinks=False):
                kept = _look(folder, f"{path}/", held, standing, strange)
            else:
                told = held.by_path.get(path)
                kept = told is not None and told.matches(entry.stat(follow_symlinks=False))
                if kept:
                    standing.add(path)
            if kept:
                left = True
            else:
                strange.append(f"{path}/" if entry.is_dir(follow_symlinks=False) else path)
    return left


def clear(folder: Path, looked: Looked) -> None:
    """Delete what is strange in a folder."""
    for path in looked.strange:
        found = f"{folder}/{path}"
        with suppress(FileNotFoundError):
            if path.endswith("/"):
                shutil.rmtree(found)
            else:
                os.unlink(found)  # noqa: PTH108
