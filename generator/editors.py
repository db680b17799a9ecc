"""The fields of the files, told to editors: the JSON Schema (2020-12) of each kind of file, with Chinese titles and examples.

May import the tables of `parse`, and `policy`, `records` for the short vocabularies. What a schema says is what the
parser reads by; where a text comes from a short vocabulary of the registry, it is listed. A schema uses only what
draft-07 has too, and no references, since editors differ in what they follow; `errorMessage` is shown by VS Code.
"""

import json
from collections.abc import Mapping
from typing import Any

from generator.parse.policy_fields import PolicyFields
from generator.parse.publication_fields import CaseFields, DocumentFields, YearListFields
from generator.parse.shapes import JsonObject, OneOf
from generator.parse.tables import Field, RowField, RowsField, Table, Words
from generator.parse.unit_fields import UnitFields
from generator.parse.vocabulary_fields import CitiesFields, IndustriesFields, ScenesFields
from generator.policy import Policy
from generator.records import Cities

FOLDER = ".vscode/schemas"

# Kind of file, its fields, its Chinese name, and where in the registry such files lie.
KINDS: Mapping[str, tuple[type[Table], str, str]] = {
    "factory": (UnitFields, "单元记录", "factories/**/*.yml"),
    "document": (DocumentFields, "文件记录", "documents/**/*.yml"),
    "case": (CaseFields, "典型案例", "cases/**/*.yml"),
    "list": (YearListFields, "年度名单", "lists/*.yml"),
    "policy": (PolicyFields, "名录规则", "policy.yml"),
    "cities": (CitiesFields, "地市和县区", "cities.yml"),
    "industries": (IndustriesFields, "行业分类", "industries.yml"),
    "scenes": (ScenesFields, "典型场景", "scenes.yml"),
}


def words(policy: Policy, cities: Cities) -> Words:
    """Return the short vocabularies of a registry by the names that fields know them by.

    Args:
        policy: its rules, which name the titles.
        cities: its cities.
    """
    return {
        "titles": [title.name for title in policy.titles],
        "cities": [city.name for city in cities.prefectures],
    }


def schema(kind: str, known: Words) -> JsonObject:
    """Return the JSON Schema of a kind of file.

    Args:
        kind: one of `KINDS`.
        known: the short vocabularies; a field whose vocabulary is not there takes any text, as the parser does.
    """
    table, title, _ = KINDS[kind]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$comment": "由 python -m generator editors 按程序里的字段表写出，请不要直接修改。",
        "title": title,
        **_mapping(table, known),
    }


def files(known: Words) -> dict[str, str]:
    """Return the text of every schema by its path in the repository."""
    return {
        f"{FOLDER}/{kind}.json": json.dumps(schema(kind, known), ensure_ascii=False, indent=2) + "\n"
        for kind in KINDS
    }


def _mapping(table: type[Table], known: Words) -> JsonObject:
    parts = table.fields_by_key.values()
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {part.key: _part(part, known) for part in parts},
        "required": [part.key for part in parts if part.required],
        **table.bounds,
    }


def _part(part: Field[Any] | RowField | RowsField, known: Words) -> JsonObject:
    told = {"title": part.title, "description": part.note}
    if isinstance(part, Field):
        listed = known.get(part.words) if part.words else None
        # A list of words has no other; where it is empty any text would be wrong, which helps nobody.
        values: JsonObject = {"enum": [*listed]} if listed else part.form.schema(part.required)
        right = OneOf((*listed,)).right if listed else part.form.right
        example = {} if part.example is None else {"examples": [part.example]}
        # 文号要写成…, but 地市：应是….
        named = right if right.startswith(part.title) else f"{part.title}：{right}"
        wrong = {"errorMessage": f"{named}。"}
        items = {"items": {**values["items"], **wrong}} if "items" in values else {}
        return {**told, **values, **items, **example, **wrong}
    inside = _mapping(part.table, known)
    if isinstance(part, RowField):
        return {**told, **inside, "type": "object" if part.required else ["object", "null"]}
    return {
        **told,
        "type": "array" if part.required else ["array", "null"],
        **({"minItems": 1} if part.required else {}),
        "items": inside,
    }
