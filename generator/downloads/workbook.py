"""A sheet as a workbook of Office Open XML, for people: titles in Chinese, days as days, codes as text.

May import `cells`, `sheets`, `plain`, `views.words`, `exports` and `cache`. The columns are explained on a second sheet.
XlsxWriter makes all but the rows, and is loaded only where that is another than the last time.
"""

import io
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from functools import partial
from operator import add, attrgetter
from typing import TYPE_CHECKING

from msgspec import Struct

from generator.cache import Cache, digest
from generator.downloads.cells import poured
from generator.downloads.plain import joined
from generator.downloads.sheets import Imprint, Sheet
from generator.exports.tables import Column
from generator.views import words

if TYPE_CHECKING:
    from xlsxwriter import Workbook

EXPLAINED = "说明"
WIDEST = 46
_NARROWEST = 6
_ROOM = 2  # beside the text, and for the arrow of the filter in the head
_DAY_WIDTH = 10
FONT = {"font_name": "Microsoft YaHei", "font_size": 10}


class _Cover(Struct, frozen=True, kw_only=True):
    """All that a workbook shows besides its rows, of which it needs the number and how wide each column is for them."""

    title: str
    description: str
    columns: tuple[Column, ...]
    widths: tuple[int, ...]
    rows: int
    as_of: date
    next_transition: date | None
    imprint: Imprint


def as_workbook(sheet: Sheet, imprint: Imprint, cache: Cache | None = None) -> bytes:
    """Return a sheet as a workbook; the same rows and day give the same bytes.

    Args:
        sheet: the rows.
        imprint: whose facts they are, for the sheet that explains them.
        cache: where it is kept what the workbook shows besides its rows.
    """
    columns = sheet.table.columns
    cover = _Cover(
        title=sheet.table.title,
        description=sheet.table.description,
        columns=columns,
        widths=tuple(_width(sheet, column) for column in columns),
        rows=len(sheet.rows),
        as_of=sheet.as_of,
        next_transition=sheet.next_transition,
        imprint=imprint,
    )
    make = partial(_bound, cover)
    bound = cache.made(f"workbooks/{sheet.table.name}", digest(cover), make) if cache else make()
    return poured(bound, sheet) if sheet.rows else bound


def _bound(cover: _Cover) -> bytes:
    """The workbook with one row in place of all."""
    import xlsxwriter

    out = io.BytesIO()
    # In memory every part gets the same fixed time. Addresses stay text: a sheet holds no more than 65,530 links.
    book = xlsxwriter.Workbook(
        out,
        {
            "in_memory": True,
            "strings_to_urls": False,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            # XlsxWriter writes into what it is given; the next workbook would begin otherwise.
            "default_format_properties": dict(FONT),
        },
    )
    book.set_properties(
        {
            "title": f"{cover.imprint.name}：{cover.title}",
            "author": cover.imprint.keeper or cover.imprint.name,
            "comments": f"数据截至{words.day(cover.as_of)}",
            "created": datetime.combine(cover.as_of, time()),
        }
    )
    _fill(book, cover)
    _explain(book, cover)
    book.close()
    return out.getvalue()


def _fill(book: "Workbook", cover: _Cover) -> None:
    from xlsxwriter.utility import xl_rowcol_to_cell

    page = book.add_worksheet(cover.title)
    head = book.add_format({**FONT, "bold": True, "bottom": 1, "bg_color": "#E8F0F6"})
    day = book.add_format({**FONT, "num_format": "yyyy-mm-dd", "align": "left"})
    last = (cover.rows, len(cover.columns) - 1)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, *last)
    page.ignore_errors({"number_stored_as_text": f"A1:{xl_rowcol_to_cell(*last)}"})
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.write_row(0, 0, [column.title for column in cover.columns], head)
    if cover.rows:
        page.write_number(1, 0, 0, day)  # where the rows go
    for place, width in enumerate(cover.widths):
        page.set_column(place, place, width)


def _width(sheet: Sheet, column: Column) -> int:
    """Return the width of a column in characters: of its longest text, but no wider than fits beside others."""
    head = width(column.title) + _ROOM
    if column.form == "day":
        longest = _DAY_WIDTH
    elif column.form in ("text", "list"):
        values = filter(None, map(attrgetter(column.attribute), sheet.rows))
        longest = widest(values if column.form == "text" else map(joined, values))
    else:
        longest = 0
    return min(WIDEST, max(_NARROWEST, head, longest) + _ROOM)


def width(text: str) -> int:
    """Return the width of a text in characters of a sheet: a Chinese one counts double.

    A Chinese character is three bytes in UTF-8 and an ASCII one is one, so half the bytes and the characters together
    are the width; that is much faster than asking for the width of each.
    """
    return widest((text,))


def widest(texts: Iterable[str]) -> int:
    """Return the width of the widest of some texts, 0 where there are none."""
    found = list(texts)
    return max(map(add, map(len, found), map(len, map(str.encode, found))), default=0) // 2


def _explain(book: "Workbook", cover: _Cover) -> None:
    page = book.add_worksheet(EXPLAINED)
    strong = book.add_format({**FONT, "bold": True, "valign": "top"})
    plain = book.add_format({**FONT, "text_wrap": True, "valign": "top"})
    page.set_column(0, 1, 20)
    page.set_column(2, 2, 80)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    number = 0
    for label, text in _about(cover):
        page.write_string(number, 0, label, strong)
        page.merge_range(number, 1, number, 2, "", plain)
        page.write_string(number, 1, text, plain)
        number += 1
    number += 1
    for place, title in enumerate(("列", "数据文件中的字段名", "含义")):
        page.write_string(number, place, title, strong)
    for column in cover.columns:
        number += 1
        for place, text in enumerate((column.title, column.name, column.description)):
            page.write_string(number, place, text, plain)


def _about(cover: _Cover) -> Iterator[tuple[str, str]]:
    """Yield what the second sheet says of the first, each with its label."""
    imprint = cover.imprint
    yield "内容", f"{imprint.name}：{cover.title}"
    yield "说明", cover.description
    if imprint.demonstration:
        yield "注意", "这是演示数据，其中的企业、单元和文件都是虚构的。"
    yield "数据截至", words.day(cover.as_of)
    if cover.next_transition:
        yield "下一次变动", f"{words.day(cover.next_transition)}，到这一天应重新下载"
    yield "行数", str(cover.rows)
    yield "来源", imprint.base
    if imprint.licence or imprint.licence_url:
        yield "许可", " ".join(filter(None, (imprint.licence, imprint.licence_url)))
    else:
        yield "许可", "没有规定许可，使用时请注明来源和数据截至日。"
