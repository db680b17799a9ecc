"""The API's files of a built site with the schema each of them has, and a walk through both at once."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from generator.exports.catalogue import ENTRIES

Json = dict[str, Any]


def read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def name_of(path: str) -> str | None:
    """The kind of file an address belongs to; an address without a part in braces goes before one with it."""
    for entry in sorted(ENTRIES, key=lambda entry: len(entry.parameters)):
        if re.fullmatch(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(entry.path)), path):
            return entry.name
    return None


def files(site: Path) -> Iterator[tuple[str, Path]]:
    """Every file below `api/` with the name of its kind."""
    for path in sorted((site / "api").rglob("*")):
        if path.is_file():
            name = name_of(path.relative_to(site).as_posix())
            assert name, path
            yield name, path


def schemas(site: Path) -> dict[str, Json]:
    return {path.name.split(".")[0]: read(path) for path in sorted((site / "schema").iterdir())}


def validator(schema: Json) -> Draft202012Validator:
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


@dataclass(frozen=True, slots=True)
class Place:
    """An object met on the walk: where it is, what it holds, and the schema of its properties."""

    where: str
    value: Json
    schema: Json
    kind: str


def walk(value: Any, schema: Json, defs: Json, where: str = "", kind: str = "") -> Iterator[Place]:
    """Every object of a file together with its schema, from the outside in."""
    if "$ref" in schema:
        kind = schema["$ref"].rsplit("/", 1)[1]
        schema = defs[kind]
    if "anyOf" in schema:
        if value is not None:
            branch = next(found for found in schema["anyOf"] if found.get("type") != "null")
            yield from walk(value, branch, defs, where, kind)
    elif isinstance(value, dict):
        yield Place(where, value, schema, kind)
        for key, inner in value.items():
            yield from walk(inner, schema["properties"].get(key, {}), defs, f"{where}.{key}", kind)
    elif isinstance(value, list):
        for inner in value:
            yield from walk(inner, schema.get("items", {}), defs, f"{where}[]", kind)
