"""Every file of the API is what its schema says, and its schema says all that it holds."""

import re
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from generator.exports.api import TYPES
from generator.exports.catalogue import BY_NAME, ENTRIES
from generator.exports.schemas import schema as made
from tests.site.api_files import Json, files, read, schemas, validator, walk

HAN = re.compile(r"[一-鿿]")
JSON_TYPES = {"string": "x", "number": 1.5, "boolean": True, "array": [1], "object": {"a": 1}, "null": None}


@pytest.fixture(scope="module")
def told(site: Path) -> dict[str, Json]:
    return schemas(site)


def test_there_is_one_schema_a_kind_of_file(told: dict[str, Json]) -> None:
    assert set(told) == {entry.name for entry in ENTRIES if entry.schema}
    assert told == {name: made(BY_NAME[name], "https://registry.example/") for name in TYPES}


def parts(schema: Json) -> dict[str, Json]:
    """The types of a schema by name; its own has the empty name."""
    return {"": schema, **schema.get("$defs", {})}


def test_a_schema_says_in_chinese_what_everything_means(told: dict[str, Json]) -> None:
    for name, schema in told.items():
        Draft202012Validator.check_schema(schema)
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        assert schema["$id"] == f"https://registry.example/schema/{name}.schema.json"
        assert HAN.search(schema["title"])
        for part, found in parts(schema).items():
            assert HAN.search(found["description"]), (name, part)
            # Version 1 may gain fields: nobody who checks against a schema of today is to refuse them.
            assert "additionalProperties" not in found, (name, part)
            assert found["required"] == list(found["properties"]), (name, part)
            for key, inner in found["properties"].items():
                assert inner["title"], (name, part, key)
                assert inner["description"].endswith("。"), (name, part, key)


def test_no_reference_leads_outside(told: dict[str, Json]) -> None:
    for schema in told.values():
        for reference in re.findall(r"'\$ref': '([^']*)'", str(schema)):
            assert reference.removeprefix("#/$defs/") in schema["$defs"]


@pytest.mark.parametrize("name", ["registry", "qingdao-2024"])
def test_every_file_is_as_its_schema_says_and_holds_nothing_else(
    built: Callable[..., Path], name: str
) -> None:
    site = built(name)
    told = schemas(site)
    checkers = {key: validator(schema) for key, schema in told.items()}
    seen = set()
    for key, path in files(site):
        seen.add(key)
        if key == "openapi":
            continue
        value, schema = read(path), told[key]
        checkers[key].validate(value)
        for place in walk(value, schema, schema.get("$defs", {})):
            assert list(place.value) == list(place.schema["properties"]), (path, place.where)
    assert seen == {entry.name for entry in ENTRIES}


@pytest.fixture(scope="module")
def samples(site: Path, told: dict[str, Json]) -> list[tuple[str, str, Json, Json]]:
    """One object of each type of each schema: names of schema and type, the object, and a schema for it alone."""
    found: dict[tuple[str, str], tuple[Json, Json]] = {}
    for name, path in files(site):
        if name == "openapi":
            continue
        schema = told[name]
        defs = schema.get("$defs", {})
        for place in walk(read(path), schema, defs):
            if (name, place.kind) in found:
                continue
            # What lies deeper is the business of its own type.
            plain = {
                key: [] if isinstance(value, list) and value and isinstance(value[0], dict) else value
                for key, value in place.value.items()
            }
            found[name, place.kind] = plain, {**place.schema, "$defs": defs}
    assert set(found) == {(name, part) for name, schema in told.items() for part in parts(schema)}
    return [(name, part, value, schema) for (name, part), (value, schema) in found.items()]


def types_of(schema: Json) -> set[str]:
    """The JSON types a property may have."""
    found: set[str] = set()
    for branch in schema.get("anyOf", [schema]):
        found.add("object" if "$ref" in branch else branch["type"])
    return found


def dates(schema: Json) -> bool:
    return any(branch.get("format") == "date" for branch in schema.get("anyOf", [schema]))


def refused(schema: Json, value: Json, key: str, instead: Any) -> bool:
    changed = deepcopy(value)
    changed[key] = instead
    return not validator(schema).is_valid(changed)


def test_a_file_that_lacks_a_field_is_refused(samples: list[tuple[str, str, Json, Json]]) -> None:
    for name, part, value, schema in samples:
        assert validator(schema).is_valid(value), (name, part)
        for key in schema["properties"]:
            fewer = {other: kept for other, kept in value.items() if other != key}
            assert not validator(schema).is_valid(fewer), (name, part, key)


def test_a_file_with_a_field_of_another_type_is_refused(samples: list[tuple[str, str, Json, Json]]) -> None:
    for name, part, value, schema in samples:
        for key, inner in schema["properties"].items():
            for kind, instead in JSON_TYPES.items():
                if kind not in types_of(inner):
                    assert refused(schema, value, key, instead), (name, part, key, instead)


def test_a_file_with_a_day_that_is_none_is_refused(samples: list[tuple[str, str, Json, Json]]) -> None:
    days = 0
    for name, part, value, schema in samples:
        for key, inner in schema["properties"].items():
            if dates(inner):
                days += 1
                for instead in ("2026-02-30", "2026年2月3日", "2026-2-3", "", "2026-11-24T00:00:00"):
                    assert refused(schema, value, key, instead), (name, part, key, instead)
    assert days > 30


@pytest.mark.parametrize(
    ("name", "key", "wrong"),
    [
        ("factory", "id", "2301-007"),
        ("factory", "city", "23010"),
        ("changes", "month", "2026-6"),
        ("changes", "number", -1),
        ("manifest", "commit", "HEAD"),
        ("manifest", "previous", "0" * 63),
    ],
)
def test_a_file_with_a_value_of_the_wrong_form_is_refused(
    samples: list[tuple[str, str, Json, Json]], name: str, key: str, wrong: object
) -> None:
    value, schema = next(
        (value, schema) for kind, part, value, schema in samples if (kind, part) == (name, "")
    )
    assert refused(schema, value, key, wrong)


def test_a_file_with_a_field_more_is_accepted(samples: list[tuple[str, str, Json, Json]]) -> None:
    for name, part, value, schema in samples:
        assert validator(schema).is_valid({**value, "gained": 1}), (name, part)
