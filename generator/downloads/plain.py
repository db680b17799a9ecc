"""The forms that are text: CSV, JSON and JSON Lines.

May import `sheets` and `exports`.
"""

import csv
import io
import re
from datetime import date
from operator import attrgetter

from generator.downloads.sheets import Sheet
from generator.exports.encoding import as_json

SEPARATOR = ";"
_FORMULA = re.compile(r"[=+\-@\t\r]")


def as_csv(sheet: Sheet) -> bytes:
    """Return a sheet as CSV (RFC 4180): UTF-8 with its mark, CRLF, one row of names, then the rows.

    Days are ISO 8601, truths `true` or `false`, parts of a list joined by `;`, and what is absent is empty. A text that a
    spreadsheet would take for a formula has an apostrophe before it, by the rule of the directory's own CSV.
    """
    columns = sheet.table.columns
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(column.name for column in columns)
    cells = attrgetter(*(column.attribute for column in columns))
    writer.writerows(map(_written, cells(row)) for row in sheet.rows)
    return out.getvalue().encode("utf-8-sig")


def _written(value: object) -> str:
    """Return a value as a cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int):
        return str(value)
    return guarded(joined(value))


def joined(value: object) -> str:
    """Return a text as it is, and a list as one text."""
    return SEPARATOR.join(map(str, value)) if isinstance(value, tuple) else str(value)


def guarded(text: str) -> str:
    """Return a text with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def as_json_document(sheet: Sheet) -> bytes:
    """Return a sheet as one JSON document: its day, the next day with a change, and the rows."""
    return as_json({"as_of": sheet.as_of, "next_transition": sheet.next_transition, sheet.member: sheet.rows})


def as_json_lines(sheet: Sheet) -> bytes:
    """Return a sheet as JSON Lines: UTF-8 without a mark, one row a line."""
    return b"".join(map(as_json, sheet.rows))
