"""Plain values to the text of a record, in the style of the registry; what `source` reads back is the same.

May import `source`, for the words that YAML takes for nothing.
"""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeAlias

from generator.source import NULLS

Plain: TypeAlias = "str | int | bool | date | Sequence[Plain] | Mapping[str, Plain]"

_PLAIN_SAFE = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`~=][^\n,\[\]{}]*")


def dump(fields: Mapping[str, Plain]) -> str:
    """Return a record as YAML text in the style of the registry, fields in the order given.

    Rows of short facts stand on one line each, text of several lines as a block, whose one closing line end does
    not count; all other text reads back exactly.

    Args:
        fields: text, whole numbers, truth values, days, and lists and mappings of these.
    """
    lines: list[str] = []
    for key, value in fields.items():
        _dump_field(lines, key, value)
    return "\n".join(lines) + "\n"


def _dump_field(lines: list[str], key: str, value: Plain) -> None:
    if isinstance(value, str) and _fits_block(value):
        lines.append(f"{key}: |")
        lines.extend(f"  {line}".rstrip() for line in value.removesuffix("\n").split("\n"))
    elif (
        isinstance(value, Sequence)
        and not isinstance(value, str)
        and any(isinstance(v, Mapping) for v in value)
    ):
        lines.append(f"{key}:")
        lines.extend(f"  - {_flow(row)}" for row in value)
    else:
        lines.append(f"{key}: {_flow(value)}")


def _fits_block(text: str) -> bool:
    lines = text.removesuffix("\n").split("\n")
    plain = "\n" in text and "\r" not in text and lines[0][:1].strip() != "" and lines[-1] != ""
    return plain and all(line == line.rstrip() for line in lines)


def _flow(value: Plain) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_flow(part)}" for key, part in value.items()) + "}"
    return "[" + ", ".join(_flow(part) for part in value) + "]"


def _quoted(text: str) -> str:
    if "\n" in text or "\r" in text or "\t" in text:
        return json.dumps(text, ensure_ascii=False)
    safe = (
        _PLAIN_SAFE.fullmatch(text)
        and ": " not in text
        # libyaml stumbles over this one within braces.
        and ":?" not in text
        and " #" not in text
        and not text.endswith((":", " "))
        and text not in NULLS
    )
    return text if safe else "'" + text.replace("'", "''") + "'"
