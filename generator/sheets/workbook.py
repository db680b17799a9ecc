"""A workbook (Office Open XML) to grids, with nothing in it trusted.

The reading half of openpyxl. May import `grid` and `scanning`, which looks through a file before the library sees it.
"""

import io
import warnings
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

import openpyxl
from msgspec.structs import replace
from openpyxl.cell.cell import MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from generator.sheets.grid import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    Cell,
    Grid,
    Line,
    Unreadable,
    address,
    letters,
    without_blank_end,
)
from generator.sheets.scanning import DAMAGED, look_through

# Excel keeps fifteen digits of a number; what stood behind them is lost.
_KEPT_DIGITS = 15
_ERRORS = {
    "#REF!": "引用的格子不在了",
    "#N/A": "没有查到",
    "#VALUE!": "算式的值不对",
    "#DIV/0!": "除数为零",
    "#NAME?": "算式里有不认识的名称",
    "#NUM!": "数字算不出来",
    "#NULL!": "算式的区域没有相交",
}


def read_workbook(content: bytes) -> list[Grid]:
    """Return the sheets of a workbook in their order.

    Args:
        content: the bytes of the file.

    Raises:
        Unreadable: the file is none, is damaged, or is larger inside than any list would be.
    """
    formulas = look_through(content)
    shown = _opened(content, values=True)
    written = _opened(content, values=False) if formulas else None
    return [
        _grid(sheet, written[sheet.title] if written else None)
        for sheet in shown.worksheets
        if isinstance(sheet, Worksheet)
    ]


def _opened(content: bytes, *, values: bool) -> Any:
    with warnings.catch_warnings():
        # What the library leaves aside (pictures, extensions) is none of the facts.
        warnings.simplefilter("ignore")
        try:
            return openpyxl.load_workbook(io.BytesIO(content), data_only=values, keep_links=False)
        except Exception as error:
            # The library raises whatever its parts do: KeyError, ValueError, TypeError, ParseError and more.
            raise Unreadable(DAMAGED) from error


def _grid(sheet: Worksheet, written: Worksheet | None) -> Grid:
    _refuse_excess(sheet)
    above = dict(_merged(sheet))
    wide = {(area.min_row, area.min_col) for area in sheet.merged_cells.ranges if area.max_col > area.min_col}
    hidden = frozenset(_hidden_columns(sheet))
    lines = []
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells = []
        for place, cell in enumerate(row):
            source = above.get((number, place + 1))
            at = address(place, number)
            if source is not None:
                value = sheet.cell(*source)
                formula = written.cell(*source).value if written else None
                cells.append(_cell(at, value, formula, repeated=True))
            elif isinstance(cell, MergedCell):
                cells.append(Cell(at=at))
            else:
                formula = written.cell(number, place + 1).value if written else None
                found = _cell(at, cell, formula)
                cells.append(replace(found, wide=True) if (number, place + 1) in wide else found)
        dimension = sheet.row_dimensions.get(number)
        lines.append(
            Line(
                number=number,
                cells=without_blank_end(cells),
                hidden=bool(dimension is not None and dimension.hidden),
            )
        )
    return Grid(
        name=sheet.title, lines=tuple(lines), hidden_columns=hidden, hidden=sheet.sheet_state != "visible"
    )


def _refuse_excess(sheet: Worksheet) -> None:
    rows, columns = sheet.max_row, sheet.max_column
    if rows > MAX_ROWS or columns > MAX_COLUMNS or rows * columns > MAX_CELLS:
        raise Unreadable(
            f"工作表“{sheet.title}”用到了第 {rows} 行、{letters(columns - 1)} 列，上限是 {MAX_ROWS} 行、"
            f"{MAX_COLUMNS} 列、共 {MAX_CELLS} 格；多半是空白处留有格式，请删去多余的行和列。"
        )


def _merged(sheet: Worksheet) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Cells below another that they are merged with, and that one: a text says itself downwards, not sideways."""
    for area in sheet.merged_cells.ranges:
        for row in range(area.min_row + 1, area.max_row + 1):
            yield (row, area.min_col), (area.min_row, area.min_col)


def _hidden_columns(sheet: Worksheet) -> Iterator[int]:
    for dimension in sheet.column_dimensions.values():
        if dimension.hidden and dimension.min and dimension.max:
            yield from (place - 1 for place in range(dimension.min, min(dimension.max, MAX_COLUMNS) + 1))


def _cell(at: str, cell: Any, formula: Any, *, repeated: bool = False) -> Cell:
    value = cell.value
    if value is None:
        if str(formula or "").startswith("=") or type(formula).__name__.endswith("Formula"):
            fault = "这一格是公式，文件里没有存下它的结果；请在表格软件里打开并保存一次，或改成文字"
            return Cell(at=at, fault=fault, repeated=repeated)
        return Cell(at=at)
    if cell.data_type == "e":
        fault = f"这一格显示 {value}（{_ERRORS.get(str(value), '公式出错')}）；请改成文字"
        return Cell(at=at, text=str(value), fault=fault, repeated=repeated)
    if isinstance(value, datetime):
        # A time of day beside the day is what some programs add; a list has days.
        return Cell(at=at, text=value.date().isoformat(), day=value.date(), repeated=repeated)
    if isinstance(value, date):
        return Cell(at=at, text=value.isoformat(), day=value, repeated=repeated)
    if isinstance(value, bool):
        return Cell(at=at, text="是" if value else "否", repeated=repeated)
    if isinstance(value, int | float):
        return _number(at, value, repeated=repeated)
    if isinstance(value, time) or not isinstance(value, str):
        fault = f"这一格是时间或时长（{value}），不是文字也不是日期；请改正"
        return Cell(at=at, text=str(value), fault=fault, repeated=repeated)
    return Cell(at=at, text=value, repeated=repeated)


def _number(at: str, value: int | float, *, repeated: bool) -> Cell:
    whole = isinstance(value, int) or value.is_integer()
    if abs(value) >= 10**_KEPT_DIGITS:
        fault = (
            f"这一格存成了数字 {float(value):.5E}，表格软件只保留前 {_KEPT_DIGITS} 位，后面的已经丢失；"
            "请先把这一列的格式改为“文本”，再照原件重新输入"
        )
        return Cell(at=at, text=f"{float(value):.5E}", number=True, fault=fault, repeated=repeated)
    return Cell(at=at, text=str(int(value)) if whole else repr(value), number=True, repeated=repeated)
