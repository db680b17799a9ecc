"""The lock files read: what is pinned, under which condition, with which hashes."""

import re
from dataclasses import dataclass
from pathlib import Path

from packaging.markers import Marker

ROOT = Path(__file__).parent.parent.parent
LOCKS = (
    "requirements-build.lock",
    "requirements.lock",
    "requirements-dev.lock",
    "requirements-properdocs.lock",
)
_PIN = re.compile(r"([a-z0-9]+(?:[.-][a-z0-9]+)*)==([^\s;\\]+)(?: ; ([^\\]+?))? ?\\?")
_HASH = re.compile(r"    --hash=sha256:([0-9a-f]{64})(?: \\)?")


@dataclass(frozen=True, slots=True)
class Pin:
    """A package at a version, where its marker holds; any of its files has one of the hashes."""

    name: str
    version: str
    marker: Marker | None
    hashes: tuple[str, ...]


def pins(lock: Path) -> list[Pin]:
    """Return what a lock file pins; a line that is neither pin, hash nor comment is refused."""
    found: list[tuple[re.Match[str], list[str]]] = []
    for number, line in enumerate(lock.read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.lstrip().startswith("#"):
            continue
        if pin := _PIN.fullmatch(line):
            found.append((pin, []))
        elif (told := _HASH.fullmatch(line)) and found:
            found[-1][1].append(told[1])
        else:
            raise ValueError(f"{lock.name}:{number}: {line}")
    return [Pin(pin[1], pin[2], Marker(pin[3]) if pin[3] else None, tuple(hashes)) for pin, hashes in found]
