"""A folder of files to a `Registry`: every record by its id, with the file it came from.

May import `recall`, `journal` and what stands before them. Files that cannot be read are reported and left out; what
they would have been called is kept, so that one fault is not told many times.
"""

import os
import stat
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

from msgspec import Struct, field

from generator import journal
from generator.cache import Cache
from generator.disk import unchanging
from generator.policy import Policy
from generator.problems import Problem, Report, visible
from generator.reading import (
    MAX_LEVELS,
    PLACES,
    VOCABULARY_FILES,
    Reading,
    Record,
    misplaced,
)
from generator.recall import Found, readings
from generator.records import Case, Cities, City, Document, Edition, Industries, Scenes, Unit, YearList
from generator.source import MAX_BYTES, SourceFile, too_large

Progress = Callable[[Iterable[Reading], int], Iterable[Reading]]

_UNFINISHED = (
    "有一次写入没有做完，程序中途被停止了，各个文件可能有新有旧；请由能改动名录的人运行一次 check，会自动撤销。"
    "撤销不了的，请用 git status 核对各个文件，再删去这个文件夹。"
)

# The files of a registry that lies in no folder, by the parts of their paths; None is a symbolic link.
Stored: TypeAlias = Mapping[tuple[str, ...], bytes | None]


class Registry(Struct, dict=True):
    """All records of one registry, by id; iteration is in the order of the ids."""

    policy: Policy
    cities: Cities
    industries: Industries
    scenes: Scenes
    units: dict[str, Unit] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    cases: dict[str, Case] = field(default_factory=dict)
    lists: dict[int, YearList] = field(default_factory=dict)
    files: dict[tuple[str, str], SourceFile] = field(default_factory=dict)
    unreadable: set[tuple[str, str]] = field(default_factory=set)

    @cached_property
    def _cities(self) -> dict[str, City]:
        return {city.name: city for city in self.cities.prefectures}

    @cached_property
    def _industries(self) -> dict[str, str]:
        named: dict[str, str] = {}
        for section in self.industries.sections:
            for division in section.divisions:
                named[division.code] = division.name
                named.update({group.code: group.name for group in division.groups})
        return named

    @cached_property
    def _scene_names(self) -> dict[str, dict[int, str]]:
        return {edition.edition: edition.names for edition in self.scenes.editions}

    def city(self, name: str) -> City | None:
        """Return the city of this name, or None."""
        return self._cities.get(name)

    def industry(self, code: str) -> str | None:
        """Return the name of a division or group of the classification, or None."""
        return self._industries.get(code)

    def edition(self, edition: str) -> Edition | None:
        """Return an edition of the scenes, or None."""
        return next((found for found in self.scenes.editions if found.edition == edition), None)

    def scene_names(self, edition: str) -> dict[int, str]:
        """Return the names of the scenes of an edition by number; none where there is no such edition."""
        return self._scene_names.get(edition, {})

    def file(self, kind: str, key: str) -> SourceFile:
        """Return the file of a record.

        Args:
            kind: `factories`, `documents`, `cases`, `lists`, or `vocabulary`.
            key: the record's id, number or year as text, or the file's name.
        """
        return self.files[kind, key]

    def record(self, kind: str, key: str) -> Record | None:
        """Return a record by its kind and key as `files` has them, or None."""
        if kind == "lists":
            return self.lists.get(int(key))
        tables: dict[str, Mapping[str, Record]] = {
            "factories": self.units,
            "documents": self.documents,
            "cases": self.cases,
        }
        return tables[kind].get(key) if kind in tables else None

    def add(self, kind: str, key: str, record: Record, file: SourceFile) -> None:
        """Put a record in its table under its key, with the file it came from."""
        self.files[kind, key] = file
        if isinstance(record, Unit):
            self.units[key] = record
        elif isinstance(record, Document):
            self.documents[key] = record
        elif isinstance(record, Case):
            self.cases[key] = record
        else:
            self.lists[int(key)] = record


def load(
    root: Path,
    report: Report,
    progress: Progress | None = None,
    *,
    records: bool = True,
    cache: Cache | None = None,
) -> Registry | None:
    """Return the registry in a folder, or None where its policy or vocabularies cannot be read.

    Args:
        root: the folder that holds policy.yml.
        report: where every problem goes; paths in it are relative to the working directory.
        progress: wraps the walk over the files and is told their number, to show how far it is.
        records: whether to read more than the policy and the vocabularies.
        cache: where it is kept what files say, so that those that are the same are not parsed again.
    """
    loader = _Folder(root, report)
    if not root.is_dir():
        loader.problem(
            "missing-file", (), f"没有“{loader.shown}”这个目录；请用 --registry 指明名录所在的目录。"
        )
        return None
    with unchanging(root):
        if journal.pending(root):
            loader.problem("unfinished-write", (journal.FOLDER,), _UNFINISHED)
        registry = loader.vocabularies(cache)
        if records:
            found = (place for place in _walk(str(root), "") if not journal.ours(place[0]))
            _read_all(loader, registry, sorted(found), progress, cache)
    return registry


def load_stored(
    files: Stored,
    shown: str,
    report: Report,
    progress: Progress | None = None,
    *,
    like: Registry | None = None,
) -> Registry | None:
    """Return the registry that some files in memory make, or None where its policy or vocabularies cannot be read.

    Args:
        files: its files.
        shown: its folder as problems name it.
        report: where every problem goes.
        progress: wraps the walk over the files and is told their number, to show how far it is.
        like: another registry; a file with the same path and bytes is not read again, nor its problems told again.
    """
    loader = _Memory(files, shown, report, like)
    registry = loader.vocabularies()
    placed = sorted((parts, content is None) for parts, content in files.items())
    _read_all(loader, registry, placed, progress)
    return registry


def _read_all(
    loader: "_Loader",
    registry: Registry | None,
    found: Iterable[tuple[tuple[str, ...], bool]],
    progress: Progress | None,
    cache: Cache | None = None,
) -> None:
    """Put the records of all rightly placed files in their tables, in the order of their paths."""
    paths = [parts for parts, link in found if loader.placed(parts, link=link)]
    unknown = [parts for parts in paths if loader.known(parts) is None]
    files = [file for parts in unknown if (file := loader.found(registry, parts))]
    told = readings(files, cache)
    shown = progress(told, len(files)) if progress else told
    fresh = {file.parts: reading for file, reading in zip(files, shown, strict=True)}
    for parts in paths:
        reading = loader.known(parts) or fresh.get(parts)
        if reading is not None:
            loader.keep(registry, parts, reading)
    if registry is not None:
        # A unit that has moved lies in the folder of another city than its number begins with.
        registry.units = dict(sorted(registry.units.items()))


def _walk(root: str, below: str) -> Iterator[tuple[tuple[str, ...], bool]]:
    """Every file in a folder: the parts of its path, and whether it is a link; links to folders are not followed.

    A folder that lies too deep is given in place of what is in it.
    """
    with os.scandir(f"{root}/{below}") as entries:
        for entry in entries:
            path = f"{below}{entry.name}"
            if entry.is_dir(follow_symlinks=False) and below.count("/") < MAX_LEVELS:
                yield from _walk(root, f"{path}/")
            else:
                yield tuple(path.split("/")), entry.is_symlink()


_LINKED = "这是一个符号链接，名录里只能放普通文件；请换成文件本身。"
_ODD = "这是设备、管道之类的特殊文件，名录里只能放普通文件；请删去。"
# A link is not followed, and opening a pipe does not wait for a writer.
_OPENING = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK


class _Loader(ABC):
    """Reads the files of one registry; `shown` is its folder as problems name it."""

    def __init__(self, shown: str, report: Report) -> None:
        self.shown = shown
        self.report = report

    @abstractmethod
    def content(self, parts: Sequence[str]) -> bytes | Problem | None:
        """Return the bytes of a file, why they cannot be read, or None where there is no such file."""

    def known(self, parts: tuple[str, ...]) -> Reading | None:
        """Return what a record file says where that is known without reading it."""
        return None

    def path(self, parts: Sequence[str]) -> str:
        """Return how a file is named in problems."""
        below = visible("/".join(parts))
        return below if self.shown == "." else f"{self.shown}/{below}" if below else self.shown

    def problem(self, code: str, parts: Sequence[str], message: str, *, line: int = 1) -> None:
        path = self.path(parts)
        self.report.add(Problem(level="error", code=code, path=path, line=line, field="", message=message))

    def placed(self, parts: tuple[str, ...], *, link: bool) -> bool:
        """Tell whether a file is a record in its right place; report it where it is neither that nor a vocabulary."""
        if link:
            self.problem("stray-file", parts, _LINKED)
            return False
        if len(parts) == 1 and parts[0] in VOCABULARY_FILES:
            return False
        wrong = misplaced(parts)
        if wrong is not None:
            self.problem("stray-file", parts, wrong)
            return False
        place, name = PLACES[parts[0]], parts[-1]
        if not place.stem_form.fullmatch(name.removesuffix(".yml")):
            self.problem("bad-id", parts, f"文件名“{visible(name)}”不合规则；应是{place.naming}。")
            return False
        return True

    def found(self, registry: Registry | None, parts: tuple[str, ...]) -> Found | None:
        """Return a record file with its bytes, or None after reporting why it cannot be opened."""
        content = self.content(parts)
        if isinstance(content, bytes):
            return Found(parts, self.path(parts), content)
        assert content is not None
        self.report.add(content)
        if registry is not None:
            registry.unreadable.add((parts[0], parts[-1].removesuffix(".yml")))
        return None

    def keep(self, registry: Registry | None, parts: tuple[str, ...], reading: Reading) -> None:
        """Put what a file says in its table, and report its problems."""
        self.report.extend(reading.problems)
        if registry is None:
            return
        kind, key = reading.kind, reading.key
        if reading.file is None or reading.record is None:
            registry.unreadable.add((kind, key))
            return
        earlier = registry.files.get((kind, key))
        if earlier is not None:
            code = "duplicate-document" if kind == "documents" else "duplicate-id"
            line = reading.file.line("number") if kind == "documents" else 1
            self.problem(
                code,
                parts,
                f"“{key}”与 {earlier.path} 重复；每个编号、文号只能有一份记录，请改号或删去其一。",
                line=line,
            )
            return
        assert isinstance(reading.record, Record)
        registry.add(kind, key, reading.record, reading.file)

    def vocabularies(self, cache: Cache | None = None) -> Registry | None:
        found = [file for name in VOCABULARY_FILES if (file := self._vocabulary(name))]
        told = {reading.key: reading for reading in readings(found, cache)}
        for reading in told.values():
            self.report.extend(reading.problems)
        policy, cities, industries, scenes = (
            told[name].record if name in told else None for name in VOCABULARY_FILES
        )
        if not (
            isinstance(policy, Policy)
            and isinstance(cities, Cities)
            and isinstance(industries, Industries)
            and isinstance(scenes, Scenes)
        ):
            return None
        registry = Registry(policy=policy, cities=cities, industries=industries, scenes=scenes)
        registry.files = {("vocabulary", name): one.file for name, one in told.items() if one.file}
        return registry

    def _vocabulary(self, name: str) -> Found | None:
        parts = (name,)
        content = self.content(parts)
        if content is None:
            message = f"缺少“{name}”；每个名录都要有这个文件，请从已有的名录复制一份再修改。"
            self.problem("missing-file", parts, message)
            return None
        if isinstance(content, Problem):
            self.report.add(content)
            return None
        return Found(parts, self.path(parts), content)


class _Folder(_Loader):
    """Reads from a folder; problems name it relative to the working directory."""

    def __init__(self, root: Path, report: Report) -> None:
        super().__init__(Path(os.path.relpath(root)).as_posix(), report)
        self.root = str(root)

    def content(self, parts: Sequence[str]) -> bytes | Problem | None:
        path = f"{self.root}/{'/'.join(parts)}"
        try:
            opened = os.open(path, _OPENING)
            try:
                return self._opened(parts, opened)
            finally:
                os.close(opened)
        except OSError:
            if Path(path).is_symlink():
                return self.refuse(parts, code="stray-file", message=_LINKED)
            if len(parts) == 1 and not Path(path).exists():
                return None
            closed = "文件打不开；请检查它是否存在、是否有读取权限。"
            return self.refuse(parts, code="file-unreadable", message=closed)

    def _opened(self, parts: Sequence[str], opened: int) -> bytes | Problem:
        """The bytes of a file, where it is one and within the limit; what is not read cannot fill the memory."""
        found = os.fstat(opened)
        if stat.S_ISDIR(found.st_mode):
            folder = "这里应是文件，现在是文件夹；请移走文件夹，换成同名的文件。"
            return self.refuse(parts, code="file-unreadable", message=folder)
        if not stat.S_ISREG(found.st_mode):
            return self.refuse(parts, code="stray-file", message=_ODD)
        if found.st_size > MAX_BYTES:
            return too_large(self.path(parts), found.st_size)
        return os.read(opened, MAX_BYTES + 1)

    def refuse(self, parts: Sequence[str], *, code: str, message: str) -> Problem:
        return Problem(level="error", code=code, path=self.path(parts), line=1, field="", message=message)


class _Memory(_Loader):
    """Reads from memory."""

    def __init__(self, files: Stored, shown: str, report: Report, like: Registry | None) -> None:
        super().__init__(shown, report)
        self._files = files
        self._known: dict[tuple[str, ...], Reading] = {}
        for (kind, key), file in like.files.items() if like else ():
            parts = tuple(file.path.split("/")[-3 if kind != "lists" else -2 :])
            record = like.record(kind, key) if like else None
            if record is not None and files.get(parts) == file.content:
                again = SourceFile(self.path(parts), file.content, dict(file.kept))
                self._known[parts] = Reading(kind, key, record, again, ())

    def content(self, parts: Sequence[str]) -> bytes | Problem | None:
        return self._files.get(tuple(parts))

    def known(self, parts: tuple[str, ...]) -> Reading | None:
        return self._known.get(parts)
