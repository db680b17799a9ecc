"""A folder of results that can be worked out again: never needed, never believed over what it was worked out from.

Imports nothing of the package. Every entry begins with the SHA-256 of its content, so that one that is half written or
damaged is not there; whoever asks for it compares what it was worked out from. Entries of another version of the program
are in another folder. Where nothing can be written, nothing is kept.
"""

import os
import platform
import re
import shutil
import sys
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import msgspec

_PACKAGE = Path(__file__).parent
_DIGEST = 32
# How many registries and how many versions of the program are remembered beside each other.
_REMEMBERED = 8
_NAME = 16
_OURS = re.compile(f"[0-9a-f]{{{_NAME}}}")


def digest(*values: object) -> bytes:
    """Return the SHA-256 of values: of texts, bytes, numbers, days, and whatever is built of them as structs or rows.

    A struct counts by the names of its fields and by what they hold.
    """
    return sha256(msgspec.msgpack.encode(values)).digest()


def program() -> str:
    """Return what stands for this version of the program: the SHA-256 of its files, of its libraries and of Python.

    A library is known by the name of its metadata folder, which tells its version.
    """
    told = sha256(f"{sys.version}\0{platform.machine()}".encode())
    for folder, folders, names in os.walk(_PACKAGE):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(names):
            path = Path(folder, name)
            told.update(f"\0{path.relative_to(_PACKAGE)}\0".encode())
            told.update(sha256(path.read_bytes()).digest())
    for place in sys.path:
        # Nothing is imported from one that cannot be looked into.
        with suppress(OSError):
            found = (name for name in os.listdir(place or ".") if name.endswith(".dist-info"))  # noqa: PTH208
            told.update("\0".join(sorted(found)).encode())
    return told.hexdigest()


class Cache:
    """The results kept for one registry, or one site, by one version of the program."""

    def __init__(self, folder: Path, whose: Path, version: str | None = None) -> None:
        """Open a folder of results.

        Args:
            folder: where all results are kept; it need not exist, and may be deleted at any time.
            whose: the folder of the registry or of the site they belong to.
            version: what `program` gave, where it has been asked already.
        """
        self.program = version or program()
        self._all = folder
        self._version = folder / self.program[:_NAME]
        self._own = self._version / sha256(os.fsencode(os.path.realpath(whose))).hexdigest()[:_NAME]

    def get(self, name: str) -> bytes | None:
        """Return an entry as it was put, or None where there is none that is whole.

        Args:
            name: its name; it may have folders.
        """
        try:
            found = (self._own / name).read_bytes()
        except OSError:
            return None
        content = found[_DIGEST:]
        return content if found[:_DIGEST] == sha256(content).digest() else None

    def put(self, name: str, content: bytes) -> None:
        """Keep an entry in place of the one of this name; it is there whole or not at all."""
        path = self._own / name
        part = path.with_name(f"{path.name}.{os.getpid()}.part")
        try:
            if not path.parent.is_dir():
                path.parent.mkdir(parents=True, exist_ok=True)
                _forget(self._all, self._version)
                _forget(self._version, self._own)
            part.write_bytes(sha256(content).digest() + content)
            part.replace(path)
        except OSError:
            with suppress(OSError):
                part.unlink()

    def made(self, name: str, made_of: bytes, make: Callable[[], bytes]) -> bytes:
        """Return a result that is kept under a name, made again where it was made of something else.

        Args:
            name: its name; it may have folders.
            made_of: the digest of all that it is made of, but for the program.
            make: gives the result.
        """
        kept = self.get(name)
        if kept is not None and kept[:_DIGEST] == made_of:
            return kept[_DIGEST:]
        content = make()
        self.put(name, made_of + content)
        return content


def _forget(folder: Path, newest: Path) -> None:
    """Delete the folders of results that were longest not used, but for a few; whatever else is there stays."""
    os.utime(newest)
    ours = (found for found in folder.iterdir() if _OURS.fullmatch(found.name))
    used = sorted(ours, key=lambda found: found.stat().st_mtime, reverse=True)
    for found in used[_REMEMBERED:]:
        shutil.rmtree(found, ignore_errors=True)
