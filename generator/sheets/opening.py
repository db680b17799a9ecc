"""A file of the department to grids, by what is in it and not by how it is called.

May import `grid`, `delimited` and `workbook`.
"""

from collections.abc import Sequence
from pathlib import Path

from generator.sheets.delimited import read_delimited
from generator.sheets.grid import Grid, Unreadable
from generator.sheets.workbook import read_workbook

MAX_BYTES = 16 * 1024 * 1024

_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS = (
    (b"%PDF", "PDF"),
    (b"{\\rtf", "RTF"),
    (b"<html", "网页"),
    (b"<!doctype", "网页"),
    (b"<table", "网页"),
)


def open_file(path: Path) -> Sequence[Grid]:
    """Return the tables of a file.

    Args:
        path: a workbook (.xlsx) or a list as text (.csv, .txt).

    Raises:
        Unreadable: the file is too large, or neither of the two.
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        content = file.read(MAX_BYTES + 1)
    return open_content(path.stem, content)


def open_content(name: str, content: bytes) -> Sequence[Grid]:
    """Return the tables in the bytes of a file.

    Args:
        name: how a table is called that has no name of its own.
        content: the bytes.

    Raises:
        Unreadable: they are too many, or neither a workbook nor text.
    """
    if len(content) > MAX_BYTES:
        raise Unreadable(
            f"文件超过 {MAX_BYTES // 1024 // 1024} MiB，没有打开；请只留下要导入的表，删去图片。"
        )
    if not content.strip():
        raise Unreadable("文件是空的。")
    if content.startswith(b"PK"):
        return read_workbook(content)
    if content.startswith(_OLD):
        raise Unreadable(
            "这是旧格式的工作簿（.xls、.et），或者是加了密码的；请在表格软件里打开，另存为不加密的 .xlsx 后再导入。"
        )
    begin = content[:200].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for mark, what in _OTHERS:
        if begin.startswith(mark.lower()):
            raise Unreadable(f"这是{what}文件，不是表格；请把其中的表复制到表格软件里，存为 .xlsx 后再导入。")
    return [read_delimited(name, content)]
