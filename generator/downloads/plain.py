"""The forms that are text: CSV, JSON and JSON Lines.

May import `sheets` and `exports`.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
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
    cells = (_WRITTEN[column.form](_values(sheet, column)) for column in columns)
    writer.writerows(zip(*cells, strict=True))
    return out.getvalue().encode("utf-8-sig")


def _values(sheet: Sheet, column: Column) -> Iterator[Any]:
    return map(attrgetter(column.attribute), sheet.rows)


def guarded(texts: Iterable[str | None]) -> list[str]:
    """Return texts as cells: one that a spreadsheet would take for a formula has an apostrophe before it."""
    return [(f"'{text}" if text[0] in _FORMULA else text) if text else "" for text in texts]


def _days(values: Iterable[date | None]) -> list[str]:
    return ["" if value is None else value.isoformat() for value in values]


def _wholes(values: Iterable[int | None]) -> list[str]:
    return ["" if value is None else str(value) for value in values]


def _truths(values: Iterable[bool | None]) -> list[str]:
    return ["" if value is None else "true" if value else "false" for value in values]


def _lists(values: Iterable[tuple[object, ...] | None]) -> list[str]:
    return guarded(None if value is None else joined(value) for value in values)


# How the values of a column are written as cells, by its form.
_WRITTEN: Mapping[Form, Callable[[Iterable[Any]], list[str]]] = {
    "text": guarded,
    "day": _days,
    "whole": _wholes,
    "truth": _truths,
    "list": _lists,
}


def joined(value: object) -> str:
    """Return a text as it is, and a list as one text."""
    return SEPARATOR.join(map(str, value)) if isinstance(value, tuple) else str(value)


def as_json_document(sheet: Sheet) -> bytes:
    """Return a sheet as one JSON document: its day, the next day with a change, and the rows."""
    return as_json({"as_of": sheet.as_of, "next_transition": sheet.next_transition, sheet.member: sheet.rows})


def as_json_lines(sheet: Sheet) -> bytes:
    """Return a sheet as JSON Lines: UTF-8 without a mark, one row a line."""
    return b"".join(map(as_json, sheet.rows))
