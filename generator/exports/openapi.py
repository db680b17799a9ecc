"""The description of the API in OpenAPI 3.1, from the catalogue and the types of the files.

May import `api`, `catalogue` and `schemas`. Nothing in it points outside but the licence.
"""

from typing import Any

from msgspec import to_builtins

from generator.exports.api import TYPES, VERSION
from generator.exports.catalogue import BY_NAME, ENTRIES, PROMISE, Entry
from generator.exports.factory import FactoryFile
from generator.exports.manifest import FAMILIES
from generator.exports.schemas import JsonObject, components, titled
from generator.policy import Policy

_COMPONENTS = "#/components/schemas/{name}"


def openapi(policy: Policy, base: str, *, unit: FactoryFile | None, month: str | None) -> JsonObject:
    """Return the description of the API.

    Args:
        policy: names the register and the licence of its facts.
        base: the address of the site with a closing slash.
        unit: a unit to show as an example, or None where there is none.
        month: a month with a change, `2026-06`, or None.
    """
    examples = {"id": unit.id if unit else None, "month": month, "family": next(iter(FAMILIES))}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{policy.name}数据接口",
            "description": "名录的数据，每个网址是一个 JSON 文件，不需要注册和密钥。日期按 ISO 8601，没有的值为 null。"
            + PROMISE,
            "version": VERSION,
            **_licence(policy),
        },
        "servers": [{"url": base.rstrip("/")}],
        "paths": {f"/{entry.path}": {"get": _operation(entry, examples, unit)} for entry in ENTRIES},
        "components": {"schemas": _schemas()},
    }


def _licence(policy: Policy) -> JsonObject:
    name, url = policy.site.licence, policy.site.licence_url
    return {"license": {"name": name, **({"url": url} if url else {})}} if name else {}


def _schemas() -> dict[str, JsonObject]:
    found = components(TYPES.values(), _COMPONENTS)
    for name, kind in TYPES.items():
        found[kind.__name__] = titled(found[kind.__name__], BY_NAME[name])
    return found


def _operation(entry: Entry, examples: dict[str, str | None], unit: FactoryFile | None) -> JsonObject:
    kind = TYPES.get(entry.name)
    content: JsonObject = {
        "schema": {"$ref": _COMPONENTS.format(name=kind.__name__)} if kind else {"type": "object"}
    }
    if kind is FactoryFile and unit:
        content["example"] = to_builtins(unit)
    operation: JsonObject = {
        "operationId": entry.name,
        "summary": entry.title,
        "description": entry.description,
    }
    if entry.parameters:
        operation["parameters"] = [_parameter(name, examples[name]) for name in entry.parameters]
    missing = "没有这个文件。" if not entry.parameters else "没有这个编号、月份或种类的文件。"
    operation["responses"] = {
        "200": {"description": entry.title, "content": {"application/json": content}},
        "404": {"description": missing},
    }
    return operation


def _parameter(name: str, example: str | None) -> JsonObject:
    described: dict[str, tuple[str, dict[str, Any]]] = {
        "id": ("单元的编号。", {"type": "string", "pattern": r"^\d{4}-\d{4,}$"}),
        "month": (
            "年和月，有哪些月份见 changes/index.json。",
            {"type": "string", "pattern": r"^\d{4}-\d{2}$"},
        ),
        "family": ("文件的种类。", {"type": "string", "enum": list(FAMILIES)}),
    }
    description, form = described[name]
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": description,
        "schema": form,
        **({"example": example} if example else {}),
    }
