"""Rows of facts to a workbook in the template's form: drop-down lists, notes, formats; with no rows it is the template.

The writing half of XlsxWriter, whose fonts and widths are those of `downloads.workbook`. May import `columns`, `examples`,
`wordlists` and `registry`.
"""

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from generator import forms
from generator.downloads.cells import DAY_ZERO
from generator.downloads.workbook import FONT, width
from generator.registry import Registry
from generator.sheets.columns import NOTES_SHEET, WORDS_SHEET, Column, SheetForm
from generator.sheets.examples import example
from generator.sheets.layouts import EXTRA_FORMS, FORMS
from generator.sheets.recognising import EXAMPLE, SERIAL
from generator.sheets.wordlists import TITLES, county_lists, scene_lists, word_lists

Cells = Mapping[str, str | int | date]
ROOM_FOR = 1000
_MESSAGE = 255


def as_book(registry: Registry, rows: Mapping[str, Sequence[Cells]] | None, *, as_of: date) -> bytes:
    """Return a workbook with one sheet per act; the same registry, rows and day give the same bytes.

    Args:
        registry: whose vocabularies fill the drop-down lists.
        rows: the rows of each kind of act by the fields of its columns; None for the template, which has an example in each.
        as_of: the day it is made on.
    """
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_urls": False,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "default_format_properties": dict(FONT),
    }
    book = xlsxwriter.Workbook(out, options)
    book.set_properties(
        {
            "title": f"{registry.policy.name}：{'导入模板' if rows is None else '登记的事实'}",
            "author": registry.policy.site.organizer or registry.policy.name,
            "created": datetime.combine(as_of, time()),
        }
    )
    _Writer(book, registry, as_of).write(rows)
    book.close()
    return out.getvalue()


class _Writer:
    """Writes one workbook."""

    def __init__(self, book: Any, registry: Registry, as_of: date) -> None:
        self.book = book
        self.registry = registry
        self.as_of = as_of
        head = {**FONT, "bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"}
        self.head = book.add_format({**head, "bg_color": "#E8F0F6"})
        self.needed = book.add_format({**head, "bg_color": "#CFE0EC"})
        self.strong = book.add_format({**FONT, "bold": True, "valign": "top"})
        self.plain = book.add_format({**FONT, "text_wrap": True, "valign": "top"})
        grey = {**FONT, "italic": True, "font_color": "#767676", "valign": "top"}
        self.kinds = {
            "text": book.add_format({**FONT, "num_format": "@", "valign": "top"}),
            "wrapped": book.add_format({**FONT, "num_format": "@", "valign": "top", "text_wrap": True}),
            "day": book.add_format({**FONT, "num_format": "yyyy-mm-dd", "align": "left", "valign": "top"}),
            "number": book.add_format({**FONT, "valign": "top"}),
        }
        self.examples = {
            "text": book.add_format({**grey, "num_format": "@"}),
            "wrapped": book.add_format({**grey, "num_format": "@"}),
            "day": book.add_format({**grey, "num_format": "yyyy-mm-dd", "align": "left"}),
            "number": book.add_format(grey),
        }
        self.ranges: dict[str, str] = {}
        self.counties = ("", "", 0)
        self.forms: tuple[SheetForm, ...] = FORMS

    def write(self, rows: Mapping[str, Sequence[Cells]] | None) -> None:
        notes = self.book.add_worksheet(NOTES_SHEET)
        self.forms = (*FORMS, *(form for form in EXTRA_FORMS if (rows or {}).get(form.kind)))
        sheets = [(form, self.book.add_worksheet(form.title)) for form in self.forms]
        self._words(self.book.add_worksheet(WORDS_SHEET))
        self._notes(notes, template=rows is None)
        for form, sheet in sheets:
            self._sheet(sheet, form, None if rows is None else rows.get(form.kind, ()))

    def _sheet(self, sheet: Any, form: SheetForm, rows: Sequence[Cells] | None) -> None:
        sheet.freeze_panes(1, 1)
        sheet.set_row(0, 32)
        _printed(sheet)
        sheet.repeat_rows(0)
        sheet.set_column(0, 0, 6, self.kinds["number"])
        sheet.write_string(0, 0, SERIAL, self.head)
        last = max(ROOM_FOR, len(rows or ()) + 200)
        for place, column in enumerate(form.columns, start=1):
            mark = "*" if column.required or column.key in _ALWAYS.get(form.kind, ()) else ""
            sheet.write_string(0, place, f"{column.title}{mark}", self.needed if mark else self.head)
            sheet.set_column(place, place, column.wide, self.kinds[_kind(column)])
            self._valid(sheet, form, place, column, last)
        sheet.ignore_errors({"number_stored_as_text": f"A1:{xl_col_to_name(len(form.columns))}{last + 1}"})
        if rows is None:
            sheet.write_string(1, 0, EXAMPLE, self.examples["text"])
            self._row(sheet, 1, form, example(form.kind, self.registry, self.as_of), self.examples)
            return
        for number, row in enumerate(rows, start=1):
            sheet.write_number(number, 0, number)
            self._row(sheet, number, form, row, self.kinds)

    def _row(self, sheet: Any, number: int, form: SheetForm, row: Cells, formats: Mapping[str, Any]) -> None:
        for place, column in enumerate(form.columns, start=1):
            value = row.get(column.key)
            if value in (None, ""):
                continue
            style = formats[_kind(column)]
            if isinstance(value, date):
                sheet.write_number(number, place, value.toordinal() - DAY_ZERO, style)
            elif isinstance(value, int):
                sheet.write_number(number, place, value, style)
            else:
                sheet.write_string(number, place, str(value), style)

    def _valid(self, sheet: Any, form: SheetForm, place: int, column: Column, last: int) -> None:
        rule: dict[str, Any] = {
            "validate": "any",
            "input_title": column.title[:32],
            "input_message": column.note[:_MESSAGE],
        }
        wrong = {
            "error_title": "请核对",
            "error_message": f"{column.note}"[:_MESSAGE],
            "error_type": "warning",
        }
        if column.choice == "counties":
            rule |= {"validate": "list", "source": self._county_source(form), **wrong}
        elif column.choice is not None and self.ranges.get(column.choice):
            strict = column.choice not in ("documents", "industries", "levels")
            rule |= {"validate": "list", "source": self.ranges[column.choice], **wrong}
            rule["error_type"] = "stop" if strict else "warning"
        elif column.form == "day":
            rule |= {
                "validate": "date",
                "criteria": "between",
                "minimum": date(forms.FIRST_YEAR, 1, 1),
                "maximum": date(forms.LAST_YEAR, 12, 31),
                **wrong,
            }
        elif column.form == "uscc":
            rule |= {"validate": "length", "criteria": "==", "value": 18, **wrong}
        sheet.data_validation(1, place, last, place, rule)

    def _county_source(self, form: SheetForm) -> str:
        """The counties of the city in the same row: a column of the words' sheet, found by its head."""
        city = 1 + next(n for n, column in enumerate(form.columns) if column.key == "city")
        first, heads, most = self.counties
        match = f"MATCH(${xl_col_to_name(city)}2,{heads},0)-1"
        return f"=OFFSET({first},1,{match},MAX(1,COUNTA(OFFSET({first},1,{match},{most},1))),1)"

    def _words(self, sheet: Any) -> None:
        """The lists that columns are chosen from: too long for the 255 characters that a rule may hold itself."""
        _printed(sheet)
        place = 0
        for key, words in word_lists(self.registry).items():
            self._list(sheet, place, TITLES[key], words)
            if words:
                column = xl_col_to_name(place)
                self.ranges[key] = f"={WORDS_SHEET}!${column}$2:${column}${len(words) + 1}"
            place += 1
        counties = county_lists(self.registry)
        first, final = xl_col_to_name(place), xl_col_to_name(place + max(len(counties), 1) - 1)
        most = max((len(names) for names in counties.values()), default=1)
        self.counties = (f"{WORDS_SHEET}!${first}$1", f"{WORDS_SHEET}!${first}$1:${final}$1", max(most, 1))
        for city, names in counties.items():
            self._list(sheet, place, city, names)
            place += 1
        for edition, scenes in scene_lists(self.registry).items():
            self._list(sheet, place, f"{edition} 版场景", scenes)
            place += 1
        sheet.freeze_panes(1, 0)

    def _list(self, sheet: Any, place: int, title: str, words: Sequence[str]) -> None:
        sheet.write_string(0, place, title, self.head)
        for number, word in enumerate(words, start=1):
            sheet.write_string(number, place, word, self.kinds["text"])
        sheet.set_column(place, place, min(40, max(map(width, (title, *words))) + 2))

    def _notes(self, sheet: Any, *, template: bool) -> None:
        _printed(sheet)
        sheet.set_column(0, 0, 14)
        sheet.set_column(1, 1, 22)
        sheet.set_column(2, 2, 8)
        sheet.set_column(3, 3, 90)
        number = 0
        lines = _TEMPLATE_NOTES if template else _EXPORT_NOTES
        sheet.write_string(number, 0, f"{self.registry.policy.name}：怎样填写", self.strong)
        for text in (*lines, *_NOTES):
            number += 1
            sheet.merge_range(number, 0, number, 3, "", self.plain)
            sheet.write_string(number, 0, text, self.plain)
            sheet.set_row(number, 15 * (1 + width(text) // 128))
        number += 2
        for place, head in enumerate(("工作表", "列", "必填", "怎样写")):
            sheet.write_string(number, place, head, self.head)
        for form in self.forms:
            number += 1
            sheet.write_string(number, 0, form.title, self.strong)
            sheet.merge_range(number, 1, number, 3, "", self.plain)
            sheet.write_string(number, 1, form.about, self.plain)
            for column in form.columns:
                number += 1
                needed = column.required or column.key in _ALWAYS.get(form.kind, ())
                sheet.write_string(number, 1, column.title, self.plain)
                sheet.write_string(number, 2, "必填" if needed else "", self.plain)
                sheet.write_string(number, 3, column.note, self.plain)


# What a row of the template needs that a published list may say once, above its head or by an option.
_ALWAYS = {
    "award": ("enterprise", "name", "title", "document"),
    "renewal": ("title", "document"),
    "revocation": ("title", "document"),
}
_TEMPLATE_NOTES = (
    "每件事填一行，填在对应的工作表里；用不到的工作表空着。第 2 行是示例，序号写着“示例”的行不会导入。",
)
_EXPORT_NOTES = (
    "这里是名录里登记的事实，格式与导入模板相同；原样导入不会改变任何记录。可以在下面接着填写。",
)
_NOTES = (
    "带 * 的列必填。日期写成 2025-12-05；编号、代码和文号的列是文本格式，不要改成数字。不要改动列标题；列的先后可以调整。",
    "认定单元的次序：填了编号的按编号；否则先按统一社会信用代码，再按企业现在的名称，再按曾用名，并对照单元名称。能指两个单元的不会猜，会请您在编号列写明。",
    "有相近名称、但确实是新单元的，请在编号列写“新建”。",
    "导入前先试运行（--dry-run），看清将要改动什么。有一处不对，整份表都不会写入。",
)


def _printed(sheet: Any) -> None:
    """Make a sheet as wide as a page of A4 on its side."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _kind(column: Column) -> str:
    if column.form == "day":
        return "day"
    if column.form == "number":
        return "number"
    return "wrapped" if column.form == "lines" or column.key == "summary" else "text"
