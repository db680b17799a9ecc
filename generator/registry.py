"""A folder of files to a `Registry`: every record by its id, with the file it came from.

May import `source`, `parse`, `records`, `policy`, `problems`. Files that cannot be read are reported and left out;
what they would have been called is kept, so that one fault is not told many times.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from generator import privacy, source
from generator.parse.publications import parse_case, parse_document, parse_list
from generator.parse.rulebook import parse_policy
from generator.parse.units import parse_unit
from generator.parse.vocabularies import parse_cities, parse_industries, parse_scenes
from generator.policy import Policy
from generator.problems import Problem, Report
from generator.records import Case, Cities, City, Document, Edition, Industries, Scenes, Unit, YearList
from generator.source import SourceFile, Text

Progress = Callable[[list[Path]], Iterable[Path]]

VOCABULARY_FILES = ("policy.yml", "cities.yml", "industries.yml", "scenes.yml")
UNIT_ID = re.compile(r"\d{4}-\d{4,}", re.ASCII)
_STEM = re.compile(r"[a-z0-9][a-z0-9-]*", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)


@dataclass(slots=True)
class Registry:
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
    _cities: dict[str, City] = field(default_factory=dict)
    _industries: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._cities = {city.name: city for city in self.cities.prefectures}
        for section in self.industries.sections:
            for division in section.divisions:
                self._industries[division.code] = division.name
                self._industries.update({group.code: group.name for group in division.groups})

    def city(self, name: str) -> City | None:
        """Return the city of this name, or None."""
        return self._cities.get(name)

    def industry(self, code: str) -> str | None:
        """Return the name of a division or group of the classification, or None."""
        return self._industries.get(code)

    def edition(self, edition: str) -> Edition | None:
        """Return an edition of the scenes, or None."""
        return next((found for found in self.scenes.editions if found.edition == edition), None)

    def file(self, kind: str, key: str) -> SourceFile:
        """Return the file of a record.

        Args:
            kind: `factories`, `documents`, `cases`, `lists`, or `vocabulary`.
            key: the record's id, number or year as text, or the file's name.
        """
        return self.files[kind, key]

    def add(self, kind: str, key: str, record: "Unit | Document | Case | YearList", file: SourceFile) -> None:
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


def _unit(stem: str, _folder: str, file: SourceFile, report: Report) -> Unit | None:
    return parse_unit(stem, file, report)


def _document(_stem: str, folder: str, file: SourceFile, report: Report) -> Document | None:
    return parse_document(folder, file, report)


def _case(stem: str, _folder: str, file: SourceFile, report: Report) -> Case | None:
    return parse_case(stem, file, report)


def _list(_stem: str, _folder: str, file: SourceFile, report: Report) -> YearList | None:
    return parse_list(file, report)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a kind of record lies, what its name must look like, and what reads it."""

    folder: str
    folder_form: re.Pattern[str] | None
    stem_form: re.Pattern[str]
    naming: str
    parse: Callable[[str, str, SourceFile, Report], Unit | Document | Case | YearList | None]


PLACES = {
    "documents": Place("机关编号", _STEM, _STEM, "小写字母、数字和短横，例如 2025-88.yml", _document),
    "factories": Place(
        "六位地市代码",
        re.compile(r"\d{6}", re.ASCII),
        UNIT_ID,
        "地市代码前四位加编号，例如 2301-0007.yml",
        _unit,
    ),
    "cases": Place("四位年份", _YEAR, UNIT_ID, "年份加编号，例如 2026-0003.yml", _case),
    "lists": Place("", None, _YEAR, "年份，例如 2026.yml", _list),
}


def load(
    root: Path, report: Report, progress: Progress | None = None, *, records: bool = True
) -> Registry | None:
    """Return the registry in a folder, or None where its policy or vocabularies cannot be read.

    Args:
        root: the folder that holds policy.yml.
        report: where every problem goes; paths in it are relative to the working directory.
        progress: wraps the walk over the files, to show how far it is.
        records: whether to read more than the policy and the vocabularies.
    """
    loader = _Loader(root, report)
    if not root.is_dir():
        loader.problem(
            "missing-file", root, f"没有“{shown(root)}”这个目录；请用 --registry 指明名录所在的目录。"
        )
        return None
    registry = loader.vocabularies()
    if not records:
        return registry
    paths = [path for path in sorted(_walk(root)) if loader.placed(path)]
    for path in progress(paths) if progress else paths:
        loader.record(registry, path)
    return registry


def shown(path: Path) -> str:
    """Return a path as problems name it: relative to the working directory, with forward slashes."""
    return Path(os.path.relpath(path)).as_posix()


def _walk(folder: Path) -> Iterator[Path]:
    """Every file below a folder; a link to a folder is a file here, so nothing outside is ever read."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(Path(entry.path))
            else:
                yield Path(entry.path)


class _Loader:
    def __init__(self, root: Path, report: Report) -> None:
        self.root = root
        self.report = report

    def problem(self, code: str, path: Path, message: str, *, line: int = 1) -> None:
        self.report.add(
            Problem(level="error", code=code, path=shown(path), line=line, field="", message=message)
        )

    def placed(self, path: Path) -> bool:
        """Tell whether a file is a record in its right place; report it where it is neither that nor a vocabulary."""
        parts = path.relative_to(self.root).parts
        if path.is_symlink():
            self.problem("stray-file", path, "这是一个符号链接，名录里只能放普通文件；请换成文件本身。")
            return False
        if len(parts) == 1 and parts[0] in VOCABULARY_FILES:
            return False
        place = PLACES.get(parts[0])
        wrong = _misplaced(place, parts)
        if wrong is not None:
            self.problem("stray-file", path, wrong)
            return False
        if place and not place.stem_form.fullmatch(path.stem):
            self.problem("bad-id", path, f"文件名“{path.name}”不合规则；应是{place.naming}。")
            return False
        return True

    def read(self, path: Path) -> SourceFile | None:
        try:
            content = path.read_bytes()
        except OSError:
            folder = "这里应是文件，现在是文件夹；请移走文件夹，换成同名的文件。"
            closed = "文件打不开；请检查它是否存在、是否有读取权限。"
            self.problem("file-unreadable", path, folder if path.is_dir() else closed)
            return None
        file = source.read(shown(path), content, self.report)
        if file is not None:
            self._scan(file, content)
        return file

    def _scan(self, file: SourceFile, content: bytes) -> None:
        """No personal data anywhere in a file, its comments included."""
        text = content.decode("utf-8-sig")
        if not privacy.suspicious(text):
            return
        for number, line in enumerate(text.splitlines(), 1):
            for _, message in privacy.findings(line):
                field = file.field_at(number)
                self.report.add(
                    Problem(
                        level="error",
                        code="personal-data",
                        path=file.path,
                        line=number,
                        field=field,
                        message=message + "。",
                    )
                )

    def vocabularies(self) -> Registry | None:
        files = {name: self._vocabulary(name) for name in VOCABULARY_FILES}
        policy_file, cities_file, industries_file, scenes_file = (files[name] for name in VOCABULARY_FILES)
        policy = policy_file and parse_policy(policy_file, self.report)
        cities = cities_file and parse_cities(cities_file, self.report)
        industries = industries_file and parse_industries(industries_file, self.report)
        scenes = scenes_file and parse_scenes(scenes_file, self.report)
        if not (policy and cities and industries and scenes):
            return None
        registry = Registry(policy=policy, cities=cities, industries=industries, scenes=scenes)
        registry.files = {("vocabulary", name): file for name, file in files.items() if file}
        return registry

    def _vocabulary(self, name: str) -> SourceFile | None:
        path = self.root / name
        if not path.exists():
            self.problem(
                "missing-file", path, f"缺少“{name}”；每个名录都要有这个文件，请从已有的名录复制一份再修改。"
            )
            return None
        return self.read(path)

    def record(self, registry: Registry | None, path: Path) -> None:
        """Read one record file and put what it says in its table."""
        kind, *folders = path.relative_to(self.root).parts[:-1]
        stem, folder = path.stem, folders[0] if folders else ""
        place = PLACES[kind]
        file = self.read(path)
        found: Unit | Document | Case | YearList | None = None
        if file is not None:
            found = place.parse(stem, folder, file, self.report)
        if registry is None:
            return
        key = stem
        if isinstance(found, Document):
            key = found.number
        elif found is None and file is not None and kind == "documents":
            number = file.root.fields.get("number")
            key = number.value if isinstance(number, Text) else stem
        if file is None or found is None:
            registry.unreadable.add((kind, key))
            return
        earlier = registry.files.get((kind, key))
        if earlier is not None:
            code = "duplicate-document" if kind == "documents" else "duplicate-id"
            line = file.line("number") if kind == "documents" else 1
            self.problem(
                code,
                path,
                f"“{key}”与 {earlier.path} 重复；每个编号、文号只能有一份记录，请改号或删去其一。",
                line=line,
            )
            return
        registry.add(kind, key, found, file)


def _misplaced(place: Place | None, parts: tuple[str, ...]) -> str | None:
    """Why a file cannot lie where it does, or None."""
    name = parts[-1]
    if any(part.startswith(".") for part in parts):
        return "这是隐藏文件，名录里不能有；请删去。"
    if place is None:
        return "名录里没有放这个文件的地方；请删去，或移到 documents、factories、cases、lists 之一。"
    if not name.endswith(".yml"):
        return f"“{name}”的扩展名不是 .yml，不会被读取；请改名为 {name.rsplit('.', 1)[0]}.yml 或删去。"
    if len(parts) != (3 if place.folder_form else 2):
        where = f"{parts[0]}/<{place.folder}>/" if place.folder_form else f"{parts[0]}/"
        return f"文件放错了层级；这类文件应直接放在 {where} 下。"
    if place.folder_form and not place.folder_form.fullmatch(parts[1]):
        return f"文件夹“{parts[1]}”的名称不对；应是{place.folder}，请改名。"
    return None
