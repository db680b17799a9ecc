"""The rows of a workbook: cells as XML poured into a workbook that has one row in their place.

May import `sheets`, `plain` and `exports`. XlsxWriter makes an object of each cell, which takes five times as long as all
else about a large table; what it writes once for a workbook stays its own: formats, widths, filters, relations.
"""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from operator import attrgetter
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from generator.downloads.plain import joined
from generator.downloads.sheets import Sheet
from generator.exports.tables import Form

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
# Day 0 of a workbook's count, so that the leap day of 1900 which never was falls before every day of a register.
DAY_ZERO = date(1899, 12, 30).toordinal()
_ROWS_A_TIME = 1000
# How hard is sought for repetitions: one step more takes twice the time and saves a fiftieth.
_PACKED = 5
LONGEST = 32767  # UTF-16 units in a cell
# A text of so many characters has no more of them.
_CERTAIN = LONGEST // 2
_DIMENSION = re.compile(r'(<dimension ref="A1:[A-Z]+)\d+')
_LETTERS = re.compile(r'<c r="([A-Z]+)1"')
_SAMPLE = re.compile(r'<row r="2".*?(?=</sheetData>)', re.DOTALL)
_STYLE = re.compile(r'<c r="A2" s="(\d+)"')
_TOTALS = re.compile(r'count="(\d+)" uniqueCount="(\d+)"')
# What XML takes for markup or cannot hold; with it, what looks like the escape for that, and blanks that it would leave out.
_MARKED = re.compile(r"[&<>\x00-\x1f\ufffe\uffff]")
_SPECIAL = re.compile(rf"{_MARKED.pattern}|_x[0-9A-Fa-f]{{4}}_|\A\s|\s\Z")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]")


class _Texts(dict[str, str]):
    """What follows the name of a cell that holds a text: its place in the table of strings; a new text gets the next."""

    def __init__(self, first: int) -> None:
        super().__init__()
        self._first = first

    def __missing__(self, text: str) -> str:
        self[text] = rest = f'" t="s"><v>{self._first + len(self)}</v></c>'
        return rest


class _Days(dict[date, str]):
    """What follows the name of a cell that holds a day."""

    def __init__(self, style: str) -> None:
        super().__init__()
        self._style = style

    def __missing__(self, day: date) -> str:
        self[day] = rest = f'" s="{self._style}"><v>{day.toordinal() - DAY_ZERO}</v></c>'
        return rest


def poured(frame: bytes, sheet: Sheet) -> bytes:
    """Return a workbook with the rows of a sheet in place of the one that its first worksheet has below the head.

    Args:
        frame: the workbook of XlsxWriter; A2 has the format of days.
        sheet: the rows; there is at least one.
    """
    out = io.BytesIO()
    with ZipFile(io.BytesIO(frame)) as found, ZipFile(out, "w", ZIP_DEFLATED) as made:
        page, strings = found.read(SHEET).decode(), found.read(STRINGS).decode()
        totals, style = _TOTALS.search(strings), _STYLE.search(page)
        assert totals
        assert style
        used, first = map(int, totals.groups())
        texts, cells = _Texts(first), 0
        for name in found.namelist():
            if name == SHEET:
                whole = _DIMENSION.sub(rf"\g<1>{len(sheet.rows) + 1}", page, count=1)
                head, foot = _SAMPLE.split(whole)
                part = bytearray(head.encode())
                for rows, filled in _blocks(sheet, _LETTERS.findall(head), texts, style[1]):
                    part += rows.encode()
                    cells += filled
                part += foot.encode()
                made.writestr(_entry(name), part, compresslevel=_PACKED)
                del part
            elif name != STRINGS:
                made.writestr(_entry(name), found.read(name))
        told = _TOTALS.sub(f'count="{used + cells}" uniqueCount="{first + len(texts)}"', strings, count=1)
        told = told.replace("</sst>", "".join(_entries(list(texts))) + "</sst>")
        made.writestr(_entry(STRINGS), told, compresslevel=_PACKED)
    return out.getvalue()


def _entry(name: str) -> ZipInfo:
    """A part with the time that XlsxWriter gives to every part, so that the same facts give the same bytes."""
    entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type = ZIP_DEFLATED
    return entry


def _blocks(sheet: Sheet, letters: Sequence[str], texts: _Texts, style: str) -> Iterator[tuple[str, int]]:
    """Yield the rows as XML, many at a time, each time with the number of cells that hold a text."""
    columns = [
        (f'<c r="{letter}', column.form, attrgetter(column.attribute))
        for letter, column in zip(letters, sheet.table.columns, strict=True)
    ]
    days = _Days(style)
    spans = f'" spans="1:{len(columns)}">'
    for begin in range(0, len(sheet.rows), _ROWS_A_TIME):
        rows = sheet.rows[begin : begin + _ROWS_A_TIME]
        numbers = [str(number) for number in range(begin + 2, begin + 2 + len(rows))]
        filled = 0
        cells = []
        for cell, form, value in columns:
            made = _column(cell, numbers, form, map(value, rows), texts, days)
            if form not in ("day", "whole"):
                filled += len(made) - made.count("")
            cells.append(made)
        yield (
            "".join(
                [
                    f'<row r="{number}{spans}{"".join(row)}</row>'
                    for number, row in zip(numbers, zip(*cells, strict=True), strict=True)
                ]
            ),
            filled,
        )


def _column(
    cell: str, numbers: Sequence[str], form: Form, values: Iterable[Any], texts: _Texts, days: _Days
) -> list[str]:
    """The cells of a column in rows of these numbers, "" where nothing is given: its form says how, once for all rows."""
    numbered = zip(numbers, values, strict=True)
    if form == "text":
        return [cell + number + texts[value] if value else "" for number, value in numbered]
    if form == "day":
        return [cell + number + days[value] if value else "" for number, value in numbered]
    if form == "whole":
        return ["" if value is None else f'{cell}{number}"><v>{value}</v></c>' for number, value in numbered]
    if form == "truth":
        return [
            "" if value is None else cell + number + texts["是" if value else "否"]
            for number, value in numbered
        ]
    return [cell + number + texts[joined(value)] if value else "" for number, value in numbered]


def _entries(texts: list[str]) -> Iterator[str]:
    for begin in range(0, len(texts), _ROWS_A_TIME):
        yield _strings(texts[begin : begin + _ROWS_A_TIME])


def _strings(texts: list[str]) -> str:
    """Return texts as entries of the table of strings, many at once where none of them needs to be looked at."""
    together = "".join(texts)
    marked = _MARKED.search(together) or "_x" in together or list(map(str.strip, texts)) != texts
    if marked or max(map(len, texts)) > _CERTAIN:
        return "".join(map(_string, texts))
    return f"<si><t>{'</t></si><si><t>'.join(texts)}</t></si>"


def _string(text: str) -> str:
    """Return a text as an entry of the table of strings (ECMA-376, part 1, 18.4 and 22.9.2.19)."""
    if len(text) > _CERTAIN:
        # What is cut in the middle of a pair loses the half of it.
        text = text.encode("utf-16-le")[: LONGEST * 2].decode("utf-16-le", "ignore")
    if not _SPECIAL.search(text):
        return f"<si><t>{text}</t></si>"
    plain = _CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", _ESCAPE.sub("_x005F_", text))
    escaped = plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    kept = ' xml:space="preserve"' if plain != plain.strip() else ""
    return f"<si><t{kept}>{escaped}</t></si>"
