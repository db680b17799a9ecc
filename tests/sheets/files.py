"""Files as departments hand them in, made anew for each test: fictional, in the shapes that are really published."""

import io
from collections.abc import Callable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

Line = Sequence[Any]

SHAPE = ["序号", "企业名称", "项目名称", "所在地"]
LISTED: list[list[Any]] = [
    [1, "哈尔滨示例轨道车辆股份有限公司", "数据驱动的轨道车辆智能工厂", "哈尔滨市"],
    [2, "大庆示例智慧电器设备有限公司", "热水器全链协同智能工厂", "大庆市"],
    [3, "齐齐哈尔示例制造智能技术（集团）有限公司", "基于5G+物联网的变频机智能工厂", "齐齐哈尔市"],
]


def workbook(*sheets: tuple[str, Sequence[Line]], change: Callable[[Any], None] | None = None) -> bytes:
    """A workbook with these sheets; `change` does to it what else staff do to workbooks."""
    book = Workbook()
    assert book.active is not None
    book.remove(book.active)
    for name, lines in sheets:
        sheet: Worksheet = book.create_sheet(name)
        for line in lines:
            sheet.append(list(line))
    if change:
        change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def text(lines: Sequence[Line], *, separator: str = ",", encoding: str = "utf-8") -> bytes:
    """A list as text."""
    rows = [separator.join("" if cell is None else str(cell) for cell in line) for line in lines]
    return "\r\n".join([*rows, ""]).encode(encoding)
