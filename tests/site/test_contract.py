"""Version 1 of the API as it was promised, field by field, in `api_v1.json`: it may gain fields, and lose none.

The record is kept, not made: no change of the code changes it. `addresses` holds where each kind of file is, `fields` what each holds: `a[].b` is the
field b of every row of the list a.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.exports.api import TYPES
from generator.exports.catalogue import BY_NAME, ENTRIES
from generator.exports.schemas import schema as made
from tests.site.api_files import Json, read

RECORD = Path(__file__).parent / "api_v1.json"
LOST = "version 1 promises these; what is lost or changes its type needs a version 2:\n"
GAINED = "version 1 may gain these; add them to tests/site/api_v1.json, and from then on they are promised:\n"


def fields(schema: Json, defs: Json, where: str = "") -> Iterator[tuple[str, str]]:
    """Every field of a file with its type in words, those of inner objects as well."""
    for key, found in schema["properties"].items():
        said, inner = form(found)
        optional = "" if key in schema["required"] else ", may be absent"
        yield f"{where}{key}", said + optional
        if inner:
            yield from fields(
                defs[inner], defs, f"{where}{key}{'[]' if found.get('type') == 'array' else ''}."
            )


def form(found: Json) -> tuple[str, str | None]:
    """The type of a field in words, and the name of the type of the objects in it."""
    branches = found.get("anyOf", [found])
    empty = " or null" if any(branch.get("type") == "null" for branch in branches) else ""
    kept = [branch for branch in branches if branch.get("type") != "null"]
    assert len(kept) == 1, found
    if "$ref" in kept[0]:
        return f"object{empty}", kept[0]["$ref"].rsplit("/", 1)[1]
    if kept[0]["type"] == "array":
        said, inner = form(kept[0]["items"])
        return f"list of {said}{empty}", inner
    return kept[0].get("format", kept[0]["type"]) + empty, None


def present() -> dict[str, dict[str, str]]:
    told = {name: made(BY_NAME[name], "https://registry.example/") for name in TYPES}
    return {name: dict(fields(found, found.get("$defs", {}))) for name, found in told.items()}


def flat(record: dict[str, dict[str, str]]) -> set[str]:
    return {f"{name}: {key}: {value}" for name, found in record.items() for key, value in found.items()}


def compared(promised: set[str], found: set[str]) -> None:
    lost, gained = sorted(promised - found), sorted(found - promised)
    assert not lost, LOST + "\n".join(lost)
    assert not gained, GAINED + "\n".join(gained)


def test_no_field_is_lost_or_changed() -> None:
    compared(flat(read(RECORD)["fields"]), flat(present()))


def test_no_address_is_lost_or_changed() -> None:
    promised: dict[str, str] = read(RECORD)["addresses"]
    compared(set(map(str, promised.items())), {str((entry.name, entry.path)) for entry in ENTRIES})


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda factory: factory.pop("uscc"), "version 1 promises these.*factory: uscc: string or null"),
        (lambda factory: factory.update(since="date"), "version 1 promises these.*since: date or null"),
        (lambda factory: factory.pop("closed.day"), r"version 1 promises these.*closed\.day: date"),
        (lambda factory: factory.update(gained="string"), "version 1 may gain these.*gained: string"),
    ],
)
def test_a_broken_promise_is_noticed(change: Any, said: str) -> None:
    promised, changed = present(), present()
    change(changed["factory"])
    with pytest.raises(AssertionError, match=f"(?s){said}"):
        compared(flat(promised), flat(changed))
