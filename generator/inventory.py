"""What is in a site that was published: every file with what it was made of, and how the file on disk is known again.

May import `cache`. An inventory is only a memory: a file counts as it says while it is the same plain file, of the same
size and time of writing; any other is made anew.
"""

import os
import stat
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TypeAlias

import msgspec
from msgspec import Struct

from generator.cache import Cache

_NAME = "inventory.msgpack"


class Entry(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """A file: its path, the SHA-256 and size of its content, the digest of what it was made of where that is told, and
    by what it is known on disk: its number (inode) and the time it was written, in nanoseconds. `rows` is how many rows it
    holds, where it is a table.
    """

    path: str
    sha256: bytes
    size: int
    made_of: bytes | None
    number: int
    written: int
    rows: int | None = None

    def matches(self, found: os.stat_result) -> bool:
        """Tell whether a file on disk is the one that was written."""
        return (
            found.st_ino == self.number
            and found.st_mtime_ns == self.written
            and found.st_size == self.size
            and stat.S_ISREG(found.st_mode)
        )


# The files that one part of a site has published, by the digest of what the part was made of, None where that is not told.
Kept: TypeAlias = tuple[bytes | None, Sequence[Entry]]


class Inventory(Struct, frozen=True, dict=True):
    """All files of a site, in parts."""

    parts: Sequence[Kept] = ()

    @cached_property
    def by_digest(self) -> dict[bytes, Sequence[Entry]]:
        """The files of each part whose digest is told."""
        return {made_of: entries for made_of, entries in self.parts if made_of is not None}

    @cached_property
    def by_path(self) -> dict[str, Entry]:
        """Each file by its path."""
        return {entry.path: entry for _, entries in self.parts for entry in entries}


def load(cache: Cache) -> Inventory:
    """Return the inventory of the site that a cache belongs to; an empty one where there is none."""
    try:
        parts = msgspec.msgpack.decode(
            cache.get(_NAME) or b"\x90", type=list[tuple[bytes | None, list[Entry]]]
        )
    except msgspec.MsgspecError:
        return Inventory()
    return Inventory(parts)


def keep(cache: Cache, parts: Iterable[Kept]) -> None:
    """Keep the inventory of a site once it is published."""
    cache.put(_NAME, msgspec.msgpack.encode(list(parts)))
