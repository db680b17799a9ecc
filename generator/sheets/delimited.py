"""A list as text (CSV) to a grid: any encoding and separator that spreadsheets in use write.

May import `grid`. UTF-8 and UTF-16 are known by their marks, UTF-8 without one by its form; what is neither is GB 18030.
"""

import csv
import io
from collections import Counter

from generator.sheets.grid import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    Cell,
    Grid,
    Line,
    Unreadable,
    address,
    without_blank_end,
)

SEPARATORS = (",", "\t", ";")
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_LOOKED_AT = 200
_LONGEST_CELL = 32_767


def read_delimited(name: str, content: bytes) -> Grid:
    """Return the table in a text file.

    Args:
        name: how the table is called.
        content: the bytes of the file.

    Raises:
        Unreadable: the bytes are no text, or quotation marks do not pair.
    """
    text = _decoded(content)
    rows = _rows(text, _separator(text))
    lines = []
    for number, row in enumerate(rows, start=1):
        cells = [Cell(at=address(place, number), text=value) for place, value in enumerate(row)]
        lines.append(Line(number=number, cells=without_blank_end(cells)))
    return Grid(name=name, lines=tuple(lines))


def _decoded(content: bytes) -> str:
    encoding = next((name for mark, name in _MARKS if content.startswith(mark)), None)
    for attempt in (encoding,) if encoding else ("utf-8", "gb18030"):
        try:
            return content.decode(attempt)
        except UnicodeDecodeError:
            continue
    raise Unreadable(
        "文件的编码认不出来，既不是 UTF-8，也不是 GB 18030；请在表格软件里打开后另存为 .xlsx，或另存为“CSV UTF-8”。"
    )


def _separator(text: str) -> str:
    """The separator that cuts most rows into one number of cells, at least two."""

    def score(separator: str) -> tuple[int, int]:
        sample = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        widths: Counter[int] = Counter()
        try:
            for _, row in zip(range(_LOOKED_AT), sample, strict=False):
                widths[len(row)] += 1
        except csv.Error:
            pass
        cut = {width: number for width, number in widths.items() if width > 1}
        width = max(cut, key=lambda found: (cut[found], found), default=1)
        return cut.get(width, 0), width

    return max(SEPARATORS, key=score)


def _rows(text: str, separator: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    csv.field_size_limit(_LONGEST_CELL * 4)
    rows: list[list[str]] = []
    cells = 0
    try:
        for row in reader:
            cells += len(row)
            if len(rows) == MAX_ROWS or len(row) > MAX_COLUMNS or cells > MAX_CELLS:
                raise Unreadable(
                    f"表太大（第 {len(rows) + 1} 行，{len(row)} 列），上限是 {MAX_ROWS} 行、{MAX_COLUMNS} 列、共 {MAX_CELLS} 格；"
                    "请删去多余的行和列，或分成几个文件。"
                )
            rows.append(row)
    except csv.Error as error:
        raise Unreadable(
            f"从第 {len(rows) + 1} 行起读不懂（文件的第 {reader.line_num} 行前后）：双引号没有成对，或一格里的字太多；"
            "请补上引号，单元格里本来就有的双引号要写两个。"
        ) from error
    return rows
