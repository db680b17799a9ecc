"""The JSON Schema (2020-12) of every kind of file, from the very types that write them.

May import `api` and `catalogue`. No schema forbids further properties: version 1 may gain fields.
"""

from collections.abc import Iterable
from typing import Any

import msgspec
from msgspec import Struct

from generator import urls
from generator.exports.api import TYPES
from generator.exports.catalogue import Entry

DIALECT = "https://json-schema.org/draft/2020-12/schema"

JsonObject = dict[str, Any]


def schema(entry: Entry, base: str) -> JsonObject:
    """Return the JSON Schema of a kind of file.

    Args:
        entry: the kind, one that has a schema.
        base: the address of the site with a closing slash, for the schema's own identifier.

    Raises:
        KeyError: where the kind has no schema.
    """
    kind = TYPES[entry.name]
    parts = components([kind], "#/$defs/{name}")
    root = parts.pop(kind.__name__)
    return {
        "$schema": DIALECT,
        "$id": base + urls.schema(entry.name),
        **titled(root, entry),
        **({"$defs": parts} if parts else {}),
    }


def titled(found: JsonObject, entry: Entry) -> JsonObject:
    """Return the schema of a whole file with the title and the description of the catalogue."""
    return {"title": entry.title, "description": entry.description} | {
        key: value for key, value in found.items() if key not in ("title", "description")
    }


def components(kinds: Iterable[type[Struct]], template: str) -> dict[str, JsonObject]:
    """Return the schemas of types and of all that they hold, sorted by name.

    Args:
        kinds: the types.
        template: how a reference to a schema is written, with `{name}` in it.
    """
    _, found = msgspec.json.schema_components(kinds, ref_template=template)
    # What the type is called in the code tells a reader nothing; its description is Chinese.
    return {
        name: {key: value for key, value in found[name].items() if key != "title"} for name in sorted(found)
    }
