"""A sheet as a workbook of Office Open XML, for people: titles in Chinese, days as days, codes as text.

May import `cells`, `sheets`, `plain`, `views.words` and `exports`. The columns are explained on a second sheet.
"""

import io
from collections.abc import Iterable, Iterator
from datetime import datetime, time
from operator import add, attrgetter

import xlsxwriter

from generator.downloads.cells import poured
from generator.downloads.plain import joined
from generator.downloads.sheets import Imprint, Sheet
from generator.exports.tables import Column
from generator.views import words

EXPLAINED = "说明"
WIDEST = 46
_NARROWEST = 6
_ROOM = 2  # beside the text, and for the arrow of the filter in the head
_DAY_WIDTH = 10
FONT = {"font_name": "Microsoft YaHei", "font_size": 10}


def as_workbook(sheet: Sheet, imprint: Imprint) -> bytes:
    """Return a sheet as a workbook; the same rows and day give the same bytes.

    Args:
        sheet: the rows.
        imprint: whose facts they are, for the sheet that explains them.
    """
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
            "title": f"{imprint.name}：{sheet.table.title}",
            "author": imprint.keeper or imprint.name,
            "comments": f"数据截至{words.day(sheet.as_of)}",
            "created": datetime.combine(sheet.as_of, time()),
        }
    )
    _fill(book, sheet)
    _explain(book, sheet, imprint)
    book.close()
    return poured(out.getvalue(), sheet) if sheet.rows else out.getvalue()


def _fill(book: xlsxwriter.Workbook, sheet: Sheet) -> None:
    columns = sheet.table.columns
    page = book.add_worksheet(sheet.table.title)
    head = book.add_format({**FONT, "bold": True, "bottom": 1, "bg_color": "#E8F0F6"})
    day = book.add_format({**FONT, "num_format": "yyyy-mm-dd", "align": "left"})
    last = (len(sheet.rows), len(columns) - 1)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, *last)
    page.ignore_errors({"number_stored_as_text": f"A1:{xlsxwriter.utility.xl_rowcol_to_cell(*last)}"})
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.write_row(0, 0, [column.title for column in columns], head)
    if sheet.rows:
        page.write_number(1, 0, 0, day)  # where the rows go
    for place, column in enumerate(columns):
        page.set_column(place, place, _width(sheet, column))


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


def _explain(book: xlsxwriter.Workbook, sheet: Sheet, imprint: Imprint) -> None:
    page = book.add_worksheet(EXPLAINED)
    strong = book.add_format({**FONT, "bold": True, "valign": "top"})
    plain = book.add_format({**FONT, "text_wrap": True, "valign": "top"})
    page.set_column(0, 1, 20)
    page.set_column(2, 2, 80)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    number = 0
    for label, text in _about(sheet, imprint):
        page.write_string(number, 0, label, strong)
        page.merge_range(number, 1, number, 2, "", plain)
        page.write_string(number, 1, text, plain)
        number += 1
    number += 1
    for place, title in enumerate(("列", "数据文件中的字段名", "含义")):
        page.write_string(number, place, title, strong)
    for column in sheet.table.columns:
        number += 1
        for place, text in enumerate((column.title, column.name, column.description)):
            page.write_string(number, place, text, plain)


def _about(sheet: Sheet, imprint: Imprint) -> Iterator[tuple[str, str]]:
    """Yield what the second sheet says of the first, each with its label."""
    yield "内容", f"{imprint.name}：{sheet.table.title}"
    yield "说明", sheet.table.description
    if imprint.demonstration:
        yield "注意", "这是演示数据，其中的企业、单元和文件都是虚构的。"
    yield "数据截至", words.day(sheet.as_of)
    if sheet.next_transition:
        yield "下一次变动", f"{words.day(sheet.next_transition)}，到这一天应重新下载"
    yield "行数", str(len(sheet.rows))
    yield "来源", imprint.base
    if imprint.licence or imprint.licence_url:
        yield "许可", " ".join(filter(None, (imprint.licence, imprint.licence_url)))
    else:
        yield "许可", "没有规定许可，使用时请注明来源和数据截至日。"
