"""The rows of a workbook: cells as XML poured into a workbook that has one row in their place.

May import `sheets`, `plain` and `exports`. XlsxWriter makes an object of each cell, which takes five times as long as all
else about a large table; what it writes once for a workbook stays its own: formats, widths, filters, relations.
"""

import io
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from operator import attrgetter
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from xlsxwriter.utility import xl_col_to_name, xl_range

from generator.downloads.plain import joined
from generator.downloads.sheets import Sheet
from generator.exports.tables import Form

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
# Day 0 of a workbook's count, so that the leap day of 1900 which never was falls before every day of a register.
DAY_ZERO = date(1899, 12, 30).toordinal()
_ROWS_A_TIME = 1000
LONGEST = 32767  # UTF-16 units in a cell
_DIMENSION = re.compile(r'(?<=<dimension ref=")[^"]*')
_SAMPLE = re.compile(r'<row r="2".*?(?=</sheetData>)', re.DOTALL)
_STYLE = re.compile(r'<c r="A2" s="(\d+)"')
_TOTALS = re.compile(r'count="(\d+)" uniqueCount="(\d+)"')
# What XML takes for markup or cannot hold, what looks like the escape for it, and blanks that it would leave out.
_SPECIAL = re.compile(r"[&<>\x00-\x1f\ufffe\uffff]|_x[0-9A-Fa-f]{4}_|\A\s|\s\Z")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]")


class _Places(dict[str, int]):
    """The place of each text in the table of strings; one that is new gets the next."""

    def __init__(self, first: int) -> None:
        super().__init__()
        self._first = first

    def __missing__(self, text: str) -> int:
        self[text] = place = self._first + len(self)
        return place


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
        places, cells = _Places(first), 0
        for name in found.namelist():
            if name == SHEET:
                cover = xl_range(0, 0, len(sheet.rows), len(sheet.table.columns) - 1)
                head, foot = _SAMPLE.split(_DIMENSION.sub(cover, page, count=1))
                with made.open(_entry(name), "w") as part:
                    part.write(head.encode())
                    for rows, filled in _blocks(sheet, places, style[1]):
                        part.write(rows.encode())
                        cells += filled
                    part.write(foot.encode())
            elif name != STRINGS:
                made.writestr(_entry(name), found.read(name))
        told = _TOTALS.sub(f'count="{used + cells}" uniqueCount="{first + len(places)}"', strings, count=1)
        told = told.replace("</sst>", "".join(map(_string, places)) + "</sst>")
        made.writestr(_entry(STRINGS), told)
    return out.getvalue()


def _entry(name: str) -> ZipInfo:
    """A part with the time that XlsxWriter gives to every part, so that the same facts give the same bytes."""
    entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type = ZIP_DEFLATED
    return entry


def _blocks(sheet: Sheet, places: _Places, style: str) -> Iterator[tuple[str, int]]:
    """Yield the rows as XML, many at a time, each time with the number of cells that hold a text."""
    columns = [
        (xl_col_to_name(place), column.form, attrgetter(column.attribute))
        for place, column in enumerate(sheet.table.columns)
    ]
    spans = f'" spans="1:{len(columns)}">'
    for begin in range(0, len(sheet.rows), _ROWS_A_TIME):
        rows = sheet.rows[begin : begin + _ROWS_A_TIME]
        first, texts = begin + 2, 0
        cells = []
        for letter, form, value in columns:
            made = _column(f'<c r="{letter}', first, form, map(value, rows), places, style)
            if form not in ("day", "whole"):
                texts += len(made) - made.count("")
            cells.append(made)
        yield (
            "".join(
                f'<row r="{number}{spans}{"".join(row)}</row>'
                for number, row in enumerate(zip(*cells, strict=True), first)
            ),
            texts,
        )


def _column(
    cell: str, first: int, form: Form, values: Iterable[Any], places: _Places, style: str
) -> list[str]:
    """The cells of a column from a row on, "" where nothing is given: its form says how, once for all rows."""
    numbered = enumerate(values, first)
    if form == "day":
        return [
            f'{cell}{number}" s="{style}"><v>{value.toordinal() - DAY_ZERO}</v></c>' if value else ""
            for number, value in numbered
        ]
    if form == "whole":
        return ["" if value is None else f'{cell}{number}"><v>{value}</v></c>' for number, value in numbered]
    if form == "truth":
        return [
            "" if value is None else f'{cell}{number}" t="s"><v>{places["是" if value else "否"]}</v></c>'
            for number, value in numbered
        ]
    written: Callable[[Any], str] = str if form == "text" else joined
    return [
        f'{cell}{number}" t="s"><v>{places[written(value)]}</v></c>' if value else ""
        for number, value in numbered
    ]


def _string(text: str) -> str:
    """Return a text as an entry of the table of strings (ECMA-376, part 1, 18.4 and 22.9.2.19)."""
    if len(text) > LONGEST // 2:
        # What is cut in the middle of a pair loses the half of it.
        text = text.encode("utf-16-le")[: LONGEST * 2].decode("utf-16-le", "ignore")
    if not _SPECIAL.search(text):
        return f"<si><t>{text}</t></si>"
    plain = _CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", _ESCAPE.sub("_x005F_", text))
    escaped = plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    kept = ' xml:space="preserve"' if plain != plain.strip() else ""
    return f"<si><t{kept}>{escaped}</t></si>"
