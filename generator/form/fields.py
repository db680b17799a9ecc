"""A table of fields, told to Decap CMS: each field as a widget, with its Chinese title, note and what is right.

May import `shapes`, `tables`. What a widget lets pass is what the parser reads: the pattern is that of the JSON Schema.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct, field

from generator.parse.shapes import Block, Day, Form, JsonObject, Many, OneOf, Whole, Wholes
from generator.parse.tables import Field, RowField, RowsField, Table, Words
from generator.parse.unit_fields import CorrectionFields

# Up to so many whole numbers are chosen from a list.
_FEW = 10
# Registered by the form's own script: a text that is compared with a list of known ones while it is written.
SUGGESTED = "suggested"


class Known(Struct, frozen=True, kw_only=True):
    """What a registry knows: short vocabularies by name, and for fields by key the choices, or the list to suggest from.

    `notes` are what to write in the form, for fields by key, where it is another thing than in a file.
    """

    words: Words = field(default_factory=dict)
    choices: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    suggested: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)


def widgets(table: type[Table], known: Known, *, without: Iterable[str] = ()) -> list[JsonObject]:
    """Return the fields of a table as Decap CMS has them.

    Args:
        table: the table that the parser reads by.
        known: what the registry knows.
        without: keys of fields that are not to be shown; they are kept as they are.
    """
    left = set(without)
    return [_part(part, table, known) for part in table.fields_by_key.values() if part.key not in left]


def lists(table: type[Table]) -> JsonObject:
    """Return which fields of a table hold several plain values, and which hold one mapping.

    In the form both are lists; a record may have a single value instead of the first, and has no list for the second.
    """
    parts = table.fields_by_key.values()
    rows = [lists(part.table) for part in parts if isinstance(part, RowField | RowsField)]
    plain = {
        part.key for part in parts if isinstance(part, Field) and isinstance(part.form, Many | Wholes)
    }.union(*(row["plain"] for row in rows))
    return {
        "plain": sorted(plain),
        "single": sorted(part.key for part in parts if isinstance(part, RowField)),
    }


def _part(part: Field[Any] | RowField | RowsField, table: type[Table], known: Known) -> JsonObject:
    told: JsonObject = {
        "name": part.key,
        "label": part.title,
        "hint": known.notes.get(part.key) or _by_title(part.note, table),
        "required": part.required,
    }
    if isinstance(part, Field):
        if isinstance(part.form, Many) and table is CorrectionFields:
            # Which fields these are depends on the kind of record; `_rows` fills them in.
            return {**told, "widget": "select", "multiple": True, "options": []}
        return {**told, **_widget(part, known)}
    return {**told, **_rows(part, table, known)}


def _by_title(note: str, table: type[Table]) -> str:
    """A note in which other fields of the table are named as the form names them."""
    keys = "|".join(map(re.escape, table.fields_by_key))
    return re.sub(
        rf" ?(?<![A-Za-z_.])({keys})(?![A-Za-z_.]) ?",
        lambda key: f"“{table.fields_by_key[key[1]].title}”",
        note,
    )


def _rows(part: RowField | RowsField, table: type[Table], known: Known) -> JsonObject:
    inside = widgets(part.table, known)
    if part.table is CorrectionFields:
        named = {other.key: other.title for other in table.fields_by_key.values() if other is not part}
        inside = [
            {**one, "options": _options(named)} if one["name"] == CorrectionFields.fields.key else one
            for one in inside
        ]
    summary = " · ".join(f"{{{{fields.{one['name']}}}}}" for one in inside[:3])
    return {
        "widget": "list",
        "label_singular": part.title,
        "summary": summary,
        "collapsed": True,
        # Else a row is there from the start where one of its fields has a default.
        "default": [],
        "minimize_collapsed": False,
        "fields": inside,
        **({"max": 1} if isinstance(part, RowField) else {}),
        **({"min": 1} if part.required else {}),
    }


def _widget(part: Field[Any], known: Known) -> JsonObject:
    """The widget of a field of one value, or of several plain ones."""
    form = part.form
    listed = known.words.get(part.words) if part.words else None
    if listed:
        return {"widget": "select", "options": _options({word: word for word in listed})}
    if choices := known.choices.get(part.key):
        several = {"multiple": True} if isinstance(form, Wholes) else {}
        return {"widget": "select", **several, "options": _options(choices)}
    if isinstance(form, Wholes):
        # Where there is nothing to choose from, one writes the numbers with commas between them.
        return {"widget": "list", "default": []}
    if isinstance(form, OneOf):
        return {"widget": "select", "options": _options({word: word for word in form.choices})}
    if isinstance(form, Whole):
        numbers = range(form.low, form.high + 1)
        if len(numbers) <= _FEW:
            return {"widget": "select", "options": _options({str(one): str(one) for one in numbers})}
        return {"widget": "number", "value_type": "int", "min": form.low, "max": form.high, "step": 1}
    if isinstance(form, Day):
        return {"widget": "datetime", "date_format": "YYYY-MM-DD", "time_format": False, "default": ""}
    if isinstance(form, Block):
        return {"widget": "text", **_pattern(form, part)}
    if part.key in known.suggested:
        return {"widget": SUGGESTED, "suggest": known.suggested[part.key], **_pattern(form, part)}
    return {"widget": "string", **_pattern(form, part)}


def _pattern(form: Form[Any], part: Field[Any]) -> JsonObject:
    # An empty text is not compared with a pattern; whether it may be empty is said by `required`.
    right = form.right
    named = right if right.startswith(part.title) else f"{part.title}：{right}"
    return {"pattern": [form.schema(True)["pattern"], named]}


def _options(named: Mapping[str, str]) -> list[JsonObject]:
    return [{"value": value, "label": label} for value, label in named.items()]
