"""What a picture is taken of where it is no page of the site: a sheet, a terminal, a comment; each set as plain HTML."""

from datetime import datetime
from html import escape
from pathlib import Path

import openpyxl
from markdown_it import MarkdownIt
from openpyxl.utils import column_index_from_string

_STYLE = """
* { box-sizing: border-box; }
body { margin: 0; background: #fff; color: #1c2429; font: 15px/1.6 "Noto Sans CJK SC", sans-serif; }
#frame { width: 480px; overflow: hidden; background: #fff; border: 1px solid #c9d0d4; }
.bar { padding: 4px 12px; background: #eef1f2; border-bottom: 1px solid #c9d0d4; color: #55626b; font-size: 13px; }
pre { margin: 0; padding: 10px 12px; font: 14px/1.65 "Noto Sans Mono CJK SC", monospace; white-space: pre-wrap;
  overflow-wrap: anywhere; }
pre b { color: #1d5a8a; font-weight: 600; }
table { border-collapse: collapse; }
.sheet table { table-layout: fixed; width: 100%; }
.sheet td, .sheet th { border: 1px solid #d9dee1; padding: 2px 5px; font-size: 13.5px; line-height: 1.45; text-align: left;
  font-weight: 400; overflow-wrap: anywhere; vertical-align: top; white-space: pre-line; }
.sheet .side { background: #f1f3f4; color: #55626b; text-align: center; }
.sheet .marked { outline: 3px solid #a32020; outline-offset: -3px; }
.tabs { padding: 3px 10px; background: #f1f3f4; border-top: 1px solid #c9d0d4; font-size: 13px; color: #55626b; }
.tabs b { color: #1c2429; background: #fff; padding: 1px 8px; }
.told { padding: 4px 16px 12px; overflow-wrap: anywhere; }
.told h2 { font-size: 20px; margin: 8px 0; } .told h3 { font-size: 17px; margin: 14px 0 6px; } .told p { margin: 8px 0; }
.told td, .told th { border: 1px solid #d1d9e0; padding: 3px 6px; font-size: 13.5px; overflow-wrap: normal; }
.told code { background: #f0f2f3; padding: 0 3px; font-size: 13px; } .told ul { padding-left: 20px; margin: 6px 0; }
"""


def _document(title: str, body: str) -> str:
    bar = f'<div class="bar">{escape(title)}</div>' if title else ""
    return (
        f'<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><style>{_STYLE}</style>'
        f'<div id="frame">{bar}{body}</div></html>'
    )


def terminal(*shown: tuple[str, str], rows: tuple[int, int] | None = None) -> str:
    """Return commands and what the screen showed.

    Args:
        shown: a command and its words, one after the other.
        rows: how many lines of each are shown from its beginning and from its end; all where it is not said.
    """
    parts = []
    for command, words in shown:
        lines = words.rstrip("\n").split("\n")
        if rows and len(lines) > sum(rows):
            left = len(lines) - sum(rows)
            lines = [*lines[: rows[0]], f"……（中间 {left} 行略）", *lines[len(lines) - rows[1] :]]
        parts.append(f"<b>$ {escape(command)}</b>\n{escape(chr(10).join(lines))}\n")
    return _document("终端", f"<pre>{''.join(parts)}</pre>")


def sheet(
    file: Path,
    name: str,
    columns: str,
    last: int,
    *,
    first: int = 1,
    marked: frozenset[str] = frozenset(),
) -> str:
    """Return a part of a sheet, drawn from the workbook's own cells, fills and widths.

    Args:
        file: the workbook.
        name: the sheet.
        columns: the letters of the columns that are shown, without blanks between them.
        last: the last row that is shown.
        first: the first row that is shown below the heads, which always are.
        marked: the addresses of cells that are framed.
    """
    book = openpyxl.load_workbook(file)
    found = book[name]
    widths = [float(found.column_dimensions[letter].width or 9) for letter in columns]
    whole = sum(widths)
    cols = "".join(f'<col style="width:{444 * width / whole:.1f}px">' for width in widths)
    heads = "".join(f'<th class="side">{letter}</th>' for letter in columns)
    body = []
    for row in (1, *range(max(first, 2), last + 1)):
        cells = []
        for letter in columns:
            cell = found.cell(row, column_index_from_string(letter))
            fill = cell.fill.fgColor.rgb if cell.fill.fill_type == "solid" else None
            style = f' style="background:#{fill[-6:]}"' if isinstance(fill, str) else ""
            mark = ' class="marked"' if cell.coordinate in marked else ""
            cells.append(f"<td{mark}{style}>{escape(_shown(cell.value))}</td>")
        body.append(f'<tr><th class="side">{row}</th>{"".join(cells)}</tr>')
    table = (
        f'<table><col style="width:34px">{cols}<tr><th class="side"></th>{heads}</tr>{"".join(body)}</table>'
    )
    names = book.sheetnames
    place = names.index(name)
    near = names[max(0, place - 1) : place + 4]
    tabs = " ".join(f"<b>{escape(one)}</b>" if one == name else escape(one) for one in near)
    return _document(file.name, f'<div class="sheet">{table}<div class="tabs">{tabs}</div></div>')


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    return f"{value:.5E}" if isinstance(value, float) else str(value)


def comment(markdown: str, *, beginning: str = "", sections: int | None = None) -> str:
    """Return a telling as the code host sets it in a comment.

    Args:
        markdown: the telling.
        beginning: the heading of the first section that is shown; from the top where it is not said.
        sections: how many sections are shown; all where it is not said.
    """
    parts = markdown.split("\n### ")
    start = (
        next(number for number, part in enumerate(parts) if part.startswith(beginning)) if beginning else 0
    )
    chosen = parts[start : start + sections] if sections else parts[start:]
    text = "\n### ".join(chosen)
    text = f"### {text}" if start else text
    return _document(
        "合并请求 · 评论", f'<div class="told">{MarkdownIt("commonmark").enable("table").render(text)}</div>'
    )
