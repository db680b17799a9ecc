"""What the files of a registry said the last time: one whose path and bytes are the same is not parsed again.

May import `reading`, `crew` and `cache`. The files of a folder share an entry of the cache; each is known by the SHA-256
of its path and its bytes, which are read every time.
"""

from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import groupby
from typing import Any, TypeAlias

import msgspec
from msgspec import Struct

from generator.cache import Cache
from generator.crew import spread
from generator.policy import Policy
from generator.problems import Problem
from generator.reading import Reading, kind_of, read_record
from generator.records import Case, Cities, Document, Industries, Scenes, Unit, YearList
from generator.source import SourceFile


class Found(Struct, frozen=True):
    """A file in its right place: the parts of its path in the registry, its path in problems, and its bytes."""

    parts: tuple[str, ...]
    path: str
    content: bytes

    @property
    def digest(self) -> bytes:
        """The SHA-256 of all that its reading depends on."""
        return sha256(f"{self.path}\0{'/'.join(self.parts)}\0".encode() + self.content).digest()


class _Told(msgspec.Struct, array_like=True, frozen=True):
    """A reading at rest. `kept` is that of the file, None where not even its fields could be read."""

    digest: bytes
    key: str
    record: msgspec.Raw
    kept: dict[str, list[int]] | None
    problems: tuple[Problem, ...]


# By what the paths of their files begin with.
_RECORDS: dict[str, msgspec.msgpack.Decoder[Any]] = {
    "documents": msgspec.msgpack.Decoder(Document | None),
    "factories": msgspec.msgpack.Decoder(Unit | None),
    "cases": msgspec.msgpack.Decoder(Case | None),
    "lists": msgspec.msgpack.Decoder(YearList | None),
    "policy.yml": msgspec.msgpack.Decoder(Policy | None),
    "cities.yml": msgspec.msgpack.Decoder(Cities | None),
    "industries.yml": msgspec.msgpack.Decoder(Industries | None),
    "scenes.yml": msgspec.msgpack.Decoder(Scenes | None),
}
_ENCODER = msgspec.msgpack.Encoder()
_TOLD = msgspec.msgpack.Decoder(_Told)
_FOLDER = msgspec.msgpack.Decoder(dict[str, msgspec.Raw])


def readings(files: Sequence[Found], cache: Cache | None = None) -> Iterator[Reading]:
    """Yield what each file says, in order; those that are not known are read on all cores.

    Args:
        files: files in the order of their paths.
        cache: where readings are kept from one time to the next, if anywhere.
    """
    known = _known(files, cache) if cache else [None] * len(files)
    unknown = [file for file, told in zip(files, known, strict=True) if told is None]
    fresh = spread(_read, unknown)
    kept: dict[tuple[str, ...], bytes] = {}
    changed = {file.parts[:-1] for file in unknown}
    for file, old in zip(files, known, strict=True):
        found, told = old or _decoded(next(fresh))
        if cache and file.parts[:-1] in changed:
            kept[file.parts] = found
        yield _reading(file, told)
    if cache:
        for folder, names in groupby(sorted(kept), key=lambda parts: parts[:-1]):
            content = {parts[-1]: msgspec.Raw(kept[parts]) for parts in names}
            cache.put(_name(folder), _ENCODER.encode(content))


_Known: TypeAlias = tuple[bytes, _Told]


def _known(files: Sequence[Found], cache: Cache) -> list[_Known | None]:
    """The reading at rest of each file, None where it is not known or the file is another now."""
    known: list[_Known | None] = []
    for folder, found in groupby(files, key=lambda file: file.parts[:-1]):
        told = _folder(cache.get(_name(folder)))
        for file in found:
            old = told.get(file.parts[-1])
            known.append(old if old is not None and old[1].digest == file.digest else None)
    return known


def _folder(content: bytes | None) -> dict[str, _Known]:
    try:
        found = _FOLDER.decode(content) if content is not None else {}
        return {name: _decoded(told) for name, told in found.items()}
    except msgspec.MsgspecError:
        return {}


def _decoded(told: bytes | msgspec.Raw) -> _Known:
    return bytes(told), _TOLD.decode(told)


def _name(folder: Sequence[str]) -> str:
    return "/".join(("records", *folder)) + ".msgpack"


def _read(file: Found) -> bytes:
    """A file's reading at rest, in which form it also travels between processes."""
    reading = read_record(file.parts, file.path, file.content)
    return _ENCODER.encode(
        _Told(
            digest=file.digest,
            key=reading.key,
            record=msgspec.Raw(_ENCODER.encode(reading.record)),
            kept=reading.file.kept if reading.file else None,
            problems=reading.problems,
        )
    )


def _reading(file: Found, told: _Told) -> Reading:
    source = None if told.kept is None else SourceFile(file.path, file.content, told.kept, told.digest)
    record = _RECORDS[file.parts[0]].decode(told.record)
    return Reading(kind_of(file.parts), told.key, record, source, told.problems)
