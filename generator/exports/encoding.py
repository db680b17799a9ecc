"""Values to JSON: the same bytes for the same value.

Imports nothing of the package. Fields stand in the order of their types.
"""

import msgspec


def as_json(value: object) -> bytes:
    """Return a value as JSON in UTF-8 with a closing line break, for programs."""
    return msgspec.json.encode(value) + b"\n"


def as_text(value: object) -> bytes:
    """Return a value as JSON in UTF-8, indented, with a closing line break, for people who look into it."""
    return msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"
