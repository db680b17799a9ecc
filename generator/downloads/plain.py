"""The forms that are text: CSV, JSON and JSON Lines.

May import `sheets` and `exports`.
"""

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from operator import attrgetter
from typing import Any

from generator.downloads.sheets import Sheet
from generator.exports.encoding import as_json
from generator.exports.tables import Column, Form

SEPARATOR = ";"
_FORMULA = frozenset("=+-@\t\r")


def as_csv(sheet: Sheet) -> bytes:
    """Return a sheet as CSV (RFC 4180): UTF-8 with its mark, CRLF, one row of names, then the rows.

    Days are ISO 8601, truths `true` or `false`, parts of a list joined by `;`, and what is absent is empty. A text that a
    spreadsheet would take for a formula has an apostrophe before it, by the rule of the directory's own CSV.
    """
    columns = sheet.table.columns
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(column.name for column in columns)
    cells = (map(_WRITTEN[column.form], _values(sheet, column)) for column in columns)
    writer.writerows(zip(*cells, strict=True))
    return out.getvalue().encode("utf-8-sig")


def _values(sheet: Sheet, column: Column) -> Iterator[Any]:
    return map(attrgetter(column.attribute), sheet.rows)


def _day(value: date | None) -> str:
    return "" if value is None else value.isoformat()


def _whole(value: int | None) -> str:
    return "" if value is None else str(value)


def _truth(value: bool | None) -> str:
    return "" if value is None else "true" if value else "false"


def _list(value: tuple[object, ...] | None) -> str:
    return "" if value is None else guarded(joined(value))


# How a value is written as a cell, by the form of its column.
_WRITTEN: Mapping[Form, Callable[[Any], str]] = {
    "text": lambda value: guarded(value) if value else "",
    "day": _day,
    "whole": _whole,
    "truth": _truth,
    "list": _list,
}


def joined(value: object) -> str:
    """Return a text as it is, and a list as one text."""
    return SEPARATOR.join(map(str, value)) if isinstance(value, tuple) else str(value)


def guarded(text: str) -> str:
    """Return a text with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{text}" if text[:1] in _FORMULA else text


def as_json_document(sheet: Sheet) -> bytes:
    """Return a sheet as one JSON document: its day, the next day with a change, and the rows."""
    return as_json({"as_of": sheet.as_of, "next_transition": sheet.next_transition, sheet.member: sheet.rows})


def as_json_lines(sheet: Sheet) -> bytes:
    """Return a sheet as JSON Lines: UTF-8 without a mark, one row a line."""
    return b"".join(map(as_json, sheet.rows))
