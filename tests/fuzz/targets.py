"""What must hold of any bytes whatever: no exception, a problem with a path and a line, and HTML that does nothing.

One function for each way in: `reader`, `parser`, `sheet`, `markdown`. They are called by the campaign (`campaign.py`), which
guides the bytes by the lines of the generator they reach, and by the tests, with the inputs that once broke something.
"""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from functools import cache
from html.parser import HTMLParser
from urllib.parse import urlsplit

import msgspec

from generator import source
from generator.parse.rulebook import parse_policy
from generator.parse.vocabularies import parse_cities, parse_industries, parse_scenes
from generator.problems import FORMATS, Problem, Report
from generator.reading import PLACES, VOCABULARY_FILES, read_file, read_record
from generator.registry import Registry, load_stored
from generator.render import Renderer
from generator.render.safe import ATTRIBUTES, CLASSES, ELEMENTS, SCHEMES
from generator.sheets.drafts import Given
from generator.sheets.grid import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Unreadable
from generator.sheets.opening import open_content
from generator.sheets.planning import plan
from tests.checks.base import FILES
from tests.sheets import files

AS_OF = date(2026, 11, 24)
PATHS = sorted(FILES)


def _told(problems: tuple[Problem, ...], content: bytes, path: str) -> None:
    """Every problem says where it is, and can be written in every form."""
    last = content.count(b"\n") + content.count(b"\r") + 1
    for problem in problems:
        assert problem.path == path
        assert 1 <= problem.line <= last
        assert problem.message.endswith("。")
        assert problem.code
    for name, form in FORMATS.items():
        lines = form(problems).encode().decode().split("\n")
        if name == "text":
            assert len(lines) == len(problems) + (2 if problems else 1)
            assert "\r" not in "".join(lines)


def reader(data: bytes) -> None:
    """Any bytes as a file: its fields, or problems; every field is found again by its line."""
    report = Report()
    found = source.read("x.yml", data, report)
    _told(tuple(report), data, "x.yml")
    assert (found is None) == (len(report) > 0)
    if found is not None:
        names = found.fields_at(range(1, data.count(b"\n") + 2))
        for name in set(names.values()):
            assert found.line(name) >= 1
    read_file("x.yml", data, Report())


def parser(data: bytes) -> None:
    """Any bytes as any file of a registry, chosen by the first one: its record, or problems; it is kept as it is."""
    path = PATHS[data[0] % len(PATHS)] if data else UNIT
    content, parts = data[1:], tuple(path.split("/"))
    if parts[0] in PLACES:
        reading = read_record(parts, path, content)
        _told(reading.problems, content, path)
        assert reading.record is not None or reading.problems
        if reading.record is not None:
            kind = type(reading.record)
            assert msgspec.msgpack.decode(msgspec.msgpack.encode(reading.record), type=kind) == reading.record
        return
    report = Report()
    file = read_file(path, content, report)
    if file is not None:
        read = dict(
            zip(VOCABULARY_FILES, (parse_policy, parse_cities, parse_industries, parse_scenes), strict=True)
        )
        found = read[parts[0]](file, report)
        assert found is not None or len(report)
    _told(tuple(report), content, path)


UNIT = "factories/230100/2301-0001.yml"


@cache
def _registry() -> Registry:
    stored = {tuple(path.split("/")): text.encode() for path, text in FILES.items()}
    found = load_stored(stored, "registry", Report())
    assert found is not None
    return found


@cache
def workbook_parts() -> dict[str, bytes]:
    content = files.workbook(("授予", [files.SHAPE, *files.LISTED]))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {part.filename: archive.read(part) for part in archive.infolist()}


PARTS = (
    "xl/worksheets/sheet1.xml",
    "xl/styles.xml",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "[Content_Types].xml",
)


def packed(part: str, xml: bytes) -> bytes:
    """A workbook with other bytes in one of its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, old in workbook_parts().items():
            archive.writestr(name, xml if name == part else old)
    return out.getvalue()


def sheet(data: bytes) -> None:
    """Any bytes as a list, as a workbook, or as a part of one, chosen by the first: a plan, or why there is none."""
    kind = data[0] % (len(PARTS) + 2) if data else 0
    content = data[1:] if kind < 2 else packed(PARTS[kind - 2], data[1:])
    if kind == 1:
        content = f"{','.join(files.SHAPE)}\n".encode() + content
    try:
        grids = open_content("名单", content)
    except Unreadable as reason:
        said = str(reason)
        if not said.endswith("。"):
            raise AssertionError(said) from reason
        return
    assert all(len(grid.lines) <= MAX_ROWS for grid in grids)
    assert all(len(line.cells) <= MAX_COLUMNS for grid in grids for line in grid)
    assert sum(len(line.cells) for grid in grids for line in grid) <= MAX_CELLS * max(1, len(grids))
    made = plan(
        grids, _registry(), Given(title="先进级数字化车间", document="黑示例发〔2025〕88号"), as_of=AS_OF
    )
    for complaint in made.wrong:
        str(complaint).encode()
    for change in made.changes:
        reading = read_record(tuple(change.path.split("/"))[-3:], change.path, change.now)
        assert reading.record is not None, reading.problems


class _Looking(HTMLParser):
    """Asserts that HTML holds what prose needs and nothing else."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at an element."""
        assert tag in ELEMENTS, tag
        for name, value in attrs:
            if name == "class":
                assert set((value or "").split()) <= CLASSES.get(tag, set()), (tag, value)
                continue
            assert name in ATTRIBUTES.get(tag, set()), (tag, name)
            if name == "href":
                scheme = urlsplit((value or "").strip()).scheme.lower()
                assert scheme in SCHEMES | {""}, value

    def handle_comment(self, data: str) -> None:
        """No comment comes from a record."""
        raise AssertionError(data)

    def handle_decl(self, decl: str) -> None:
        """No declaration does."""
        raise AssertionError(decl)

    def handle_pi(self, data: str) -> None:
        """No instruction does."""
        raise AssertionError(data)


def look_at(html: str) -> None:
    """Assert that HTML made from Markdown holds nothing that acts."""
    looking = _Looking(convert_charrefs=True)
    looking.feed(html)
    looking.close()


def markdown(data: bytes) -> None:
    """Any text as the body of a case, on its page and in the feeds."""
    text = source.FORBIDDEN.sub("", data.decode("utf-8", "replace")).replace("\r", "")
    renderer = Renderer(as_of=AS_OF, base="https://registry.example/")
    page = str(renderer._from_markdown(text))
    look_at(page)
    story = str(renderer._absolute(text, address="https://registry.example/cases/2026-0001/"))
    look_at(story)
    page.encode()
    story.encode()


TARGETS: dict[str, Callable[[bytes], None]] = {
    "reader": reader,
    "parser": parser,
    "sheet": sheet,
    "markdown": markdown,
}
