"""What lies in .vscode: schemas that are up to date, and the settings that map them to the files of the registry."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from generator import editors
from generator.parse.shapes import JsonObject
from generator.parse.tables import Field, RowField, RowsField, Table
from generator.problems import Report
from generator.registry import Registry, load
from tests.conftest import ROOT, run
from tests.editors.eye import assert_agreed, kind_of, seen

SETTINGS = json.loads((ROOT / ".vscode/settings.json").read_text(encoding="utf-8"))
MAPPED = {
    schema.removeprefix("./.vscode/schemas/").removesuffix(".json"): pattern
    for schema, pattern in SETTINGS["yaml.schemas"].items()
}
RENEW = "请运行 python -m generator editors 重新写出。\n"


@pytest.fixture(scope="module")
def shipped() -> Registry:
    found = load(ROOT / "registry", Report(), records=False)
    assert found is not None
    return found


def test_the_committed_schemas_are_up_to_date(shipped: Registry) -> None:
    made = editors.files(editors.words(shipped.policy, shipped.cities))
    for path, text in made.items():
        assert (ROOT / path).read_text(encoding="utf-8") == text, f"{path}: {RENEW}"
    there = {path.relative_to(ROOT).as_posix() for path in (ROOT / editors.FOLDER).iterdir()}
    assert there == set(made)


def test_every_kind_of_file_is_mapped_to_its_place() -> None:
    assert {kind: f"registry/{place}" for kind, (_, _, place) in editors.KINDS.items()} == MAPPED


def test_every_file_of_the_registry_is_mapped_once() -> None:
    for path in (ROOT / "registry").rglob("*.yml"):
        name = path.relative_to(ROOT).as_posix()
        # `**` stands for any folders, none among them; `*` for a name.
        kinds = [
            kind
            for kind, pattern in MAPPED.items()
            if re.fullmatch(
                pattern.replace(".", r"\.").replace("*", "[^/]*").replace("[^/]*[^/]*/", "(?:.*/)?"), name
            )
        ]
        assert kinds == [kind_of(name.removeprefix("registry/"))], name


def test_the_extension_is_recommended() -> None:
    found = json.loads((ROOT / ".vscode/extensions.json").read_text(encoding="utf-8"))
    assert found == {"recommendations": ["redhat.vscode-yaml"]}


def test_only_what_is_shared_of_the_editor_is_kept_by_git() -> None:
    lines = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    at = lines.index("/.vscode/*")
    assert lines[at + 1 : at + 4] == [
        "!/.vscode/extensions.json",
        "!/.vscode/settings.json",
        "!/.vscode/schemas/",
    ]


def fields(table: type[Table]) -> list[Field[Any] | RowField | RowsField]:
    found = list(table.fields_by_key.values())
    for part in tuple(found):
        if isinstance(part, RowField | RowsField):
            found += fields(part.table)
    return found


@pytest.mark.parametrize("kind", editors.KINDS)
def test_every_field_has_a_chinese_title_and_says_what_to_write(kind: str) -> None:
    for part in fields(editors.KINDS[kind][0]):
        assert re.search("[一-鿿]", part.title), part.key
        assert part.note.endswith("。"), part.key
        if isinstance(part, Field) and part.key != "change":
            assert part.example is not None, part.key


def filled(table: type[Table]) -> JsonObject:
    """A mapping of all examples."""
    found: JsonObject = {}
    for part in table.fields_by_key.values():
        if isinstance(part, Field):
            if part.example is not None:
                found[part.key] = part.example
        else:
            inner = filled(part.table)
            found[part.key] = inner if isinstance(part, RowField) else [inner]
    return found


@pytest.mark.parametrize("kind", editors.KINDS)
def test_all_examples_together_are_accepted(kind: str) -> None:
    value = filled(editors.KINDS[kind][0])
    if kind == "policy":
        # References between the parts of the rules, which the examples of single fields leave open.
        value["titles"][0]["needs"] = [value["titles"][0]["name"]]
        del value["tiers"][0]["requires"]
    if kind == "cities":
        value["prefectures"][0]["counties"][0]["name"] = "香坊区"
    assert assert_agreed(kind, json.dumps(value, ensure_ascii=False).encode())


@pytest.mark.parametrize("kind", editors.KINDS)
def test_the_schemas_are_schemas(kind: str, shipped: Registry) -> None:
    made = editors.schema(kind, editors.words(shipped.policy, shipped.cities))
    Draft202012Validator.check_schema(made)
    # Read by editors that know draft-07 alone.
    assert not re.search(r'"\$(?:ref|defs|dynamicRef)"|unevaluated|prefixItems', json.dumps(made))


UNIT = """\
name: 车间
kind: 数字化车间
enterprise: 示例公司
city: 哈尔滨市
industry: 341
titles: [{title: 先进级数字化车间, document: 工信发〔2025〕88号}]
"""


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ("", "", {}),
        ("哈尔滨市", "北京市", {"$.city": "地市：应是 哈尔滨市、"}),
        ("先进级数字化车间", "先进车间", {"$.titles[0].title": "称号：应是 基础级数字化车间、"}),
        ("kind: 数字化车间", "kind: 车间", {"$.kind": "类别：应是 数字化车间、智能工厂 之一。"}),
        (
            "〔2025〕",
            "[2025]",
            {"$.titles[0].document": "文号要写成“发文机关代字〔年份〕序号号”，例如 工信发〔2025〕88号。"},
        ),
    ],
)
def test_short_vocabularies_are_listed_and_wrong_ones_told(
    shipped: Registry, old: str, new: str, wrong: dict[str, str]
) -> None:
    made = editors.schema("factory", editors.words(shipped.policy, shipped.cities))
    value = seen(UNIT.replace(old, new.replace("[", "【").replace("]", "】")))
    errors = list(Draft202012Validator(made).iter_errors(value))
    assert [error.json_path for error in errors] == list(wrong)
    for error in errors:
        assert error.schema["errorMessage"].startswith(wrong[error.json_path])


def test_the_vocabularies_are_those_of_the_registry(shipped: Registry) -> None:
    known = editors.words(shipped.policy, shipped.cities)
    properties = editors.schema("factory", known)["properties"]
    assert properties["city"]["enum"] == [city.name for city in shipped.cities.prefectures]
    awarded = properties["titles"]["items"]["properties"]["title"]
    assert awarded["enum"] == [title.name for title in shipped.policy.titles]
    assert properties["revocations"]["items"]["properties"]["title"]["enum"] == awarded["enum"]


def test_the_command_checks_and_renews(tmp_path: Path) -> None:
    options = ("--registry", ROOT / "registry", "--root", tmp_path)
    names = "、".join(f".vscode/schemas/{kind}.json" for kind in editors.KINDS)
    done = run("editors", "--check", *options)
    assert (done.code, done.out, done.err) == (1, "", f"{names} 与名录不一致；{RENEW}")
    assert run("editors", *options).out == f"已写出 {names}。\n"
    stale = tmp_path / ".vscode/schemas/list.json"
    stale.write_text("{}\n", encoding="utf-8")
    assert run("editors", *options).out == "已写出 .vscode/schemas/list.json。\n"
    done = run("editors", "--check", *options)
    assert (done.code, done.out, done.err) == (0, ".vscode/schemas 与名录一致。\n", "")


def test_a_registry_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    done = run("editors", "--registry", tmp_path, "--root", tmp_path)
    assert done.code == 1
    assert "missing-file" in done.err
    assert not (tmp_path / ".vscode").exists()
