"""One file of the registry: where it may lie, and its bytes to a record or a vocabulary with all problems of its own.

May import `source`, `parse`, `records`, `policy`, `privacy`, `problems`. What a file says depends on its path and its
bytes alone, so that files can be read on all cores and in any order.
"""

import re
from collections.abc import Callable, Sequence
from typing import TypeAlias

from msgspec import Struct

from generator import privacy, source
from generator.parse.publications import parse_case, parse_document, parse_list
from generator.parse.rulebook import parse_policy
from generator.parse.units import parse_unit
from generator.parse.vocabularies import parse_cities, parse_industries, parse_scenes
from generator.policy import Policy
from generator.problems import Problem, Report, visible
from generator.records import Case, Cities, Document, Industries, Scenes, Unit, YearList
from generator.source import SourceFile, Text

Record: TypeAlias = Unit | Document | Case | YearList

Vocabulary: TypeAlias = Policy | Cities | Industries | Scenes

VOCABULARIES: dict[str, Callable[[SourceFile, Report], Vocabulary | None]] = {
    "policy.yml": parse_policy,
    "cities.yml": parse_cities,
    "industries.yml": parse_industries,
    "scenes.yml": parse_scenes,
}
VOCABULARY_FILES = tuple(VOCABULARIES)
UNIT_ID = re.compile(r"\d{4}-\d{4,9}", re.ASCII)
# Addresses are made of these; a file system takes no names of more than 255 bytes.
_STEM = re.compile(r"[a-z0-9][a-z0-9-]{0,63}", re.ASCII)
# Records lie three levels deep; below so many nothing is looked for any more.
MAX_LEVELS = 10
_YEAR = re.compile(r"\d{4}", re.ASCII)


class Place(Struct, frozen=True):
    """Where one kind of record lies: the folder's form in words and as a pattern, and the file's."""

    folder: str
    folder_form: re.Pattern[str] | None
    stem_form: re.Pattern[str]
    naming: str
    parse: Callable[[str, str, SourceFile, Report], Record | None]


class Reading(Struct, frozen=True):
    """What one file says: its record under its key, None where it cannot be read, and its problems.

    The kind of a vocabulary is `vocabulary`, and its key the name of the file. `file` is None where not even its fields
    can be read; the fields are read again when a line is asked for.
    """

    kind: str
    key: str
    record: Record | Vocabulary | None
    file: SourceFile | None
    problems: tuple[Problem, ...]


def _unit(stem: str, _folder: str, file: SourceFile, report: Report) -> Unit | None:
    return parse_unit(stem, file, report)


def _document(_stem: str, folder: str, file: SourceFile, report: Report) -> Document | None:
    return parse_document(folder, file, report)


def _case(stem: str, _folder: str, file: SourceFile, report: Report) -> Case | None:
    return parse_case(stem, file, report)


def _list(_stem: str, _folder: str, file: SourceFile, report: Report) -> YearList | None:
    return parse_list(file, report)


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


def misplaced(parts: Sequence[str]) -> str | None:
    """Return why a file cannot lie where it does, in words, or None.

    Args:
        parts: the parts of its path from the folder of the registry.
    """
    place, name = PLACES.get(parts[0]), parts[-1]
    if len(parts) > MAX_LEVELS:
        return f"文件夹嵌套超过 {MAX_LEVELS} 层，没有再往里看；请移走这些文件夹。"
    if any(part.startswith(".") for part in parts):
        return "这是隐藏文件，名录里不能有；请删去。"
    if place is None:
        return "名录里没有放这个文件的地方；请删去，或移到 documents、factories、cases、lists 之一。"
    if not name.endswith(".yml"):
        better = visible(name.rsplit(".", 1)[0])
        return f"“{visible(name)}”的扩展名不是 .yml，不会被读取；请改名为 {better}.yml 或删去。"
    if len(parts) != (3 if place.folder_form else 2):
        where = f"{parts[0]}/<{place.folder}>/" if place.folder_form else f"{parts[0]}/"
        return f"文件放错了层级；这类文件应直接放在 {where} 下。"
    if place.folder_form and not place.folder_form.fullmatch(parts[1]):
        return f"文件夹“{visible(parts[1])}”的名称不对；应是{place.folder}，请改名。"
    return None


def kind_of(parts: Sequence[str]) -> str:
    """Return the kind of what a rightly placed file holds, by the parts of its path from the folder of the registry."""
    return parts[0] if len(parts) > 1 else "vocabulary"


def read_record(parts: Sequence[str], path: str, content: bytes) -> Reading:
    """Return what the file of a record or a vocabulary says, and every problem it has by itself.

    Args:
        parts: the parts of its path from the folder of the registry, rightly placed.
        path: how the file is named in problems.
        content: its bytes.
    """
    kind, name = kind_of(parts), parts[-1]
    key = name if kind == "vocabulary" else name.removesuffix(".yml")
    report = Report()
    file = read_file(path, content, report)
    if file is None:
        return Reading(kind, key, None, None, tuple(report))
    record: Record | Vocabulary | None
    if kind == "vocabulary":
        record = VOCABULARIES[name](file, report)
    else:
        record = PLACES[kind].parse(key, parts[-2], file, report)
    if kind == "documents":
        number = file.root.fields.get("number")
        if isinstance(record, Document):
            key = record.number
        elif isinstance(number, Text):
            key = number.value
    file.rest()
    return Reading(kind, key, record, file, tuple(report))


def read_file(path: str, content: bytes, report: Report) -> SourceFile | None:
    """Return any file of the registry as strings with lines, or None after reporting why it cannot be read.

    Args:
        path: how the file is named in problems.
        content: its bytes.
        report: where problems go, personal data anywhere in it included.
    """
    file = source.read(path, content, report)
    if file is None:
        return None
    text = content.decode("utf-8-sig")
    if privacy.suspicious(text):
        found = [
            (number, message)
            for number, line in enumerate(text.splitlines(), 1)
            for _, message in privacy.findings(line)
        ]
        fields = file.fields_at([number for number, _ in found])
        for number, message in found:
            report.add(
                Problem(
                    level="error",
                    code="personal-data",
                    path=path,
                    line=number,
                    field=fields[number],
                    message=message + "。",
                )
            )
    return file
