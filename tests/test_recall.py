"""Readings at rest: the same as fresh ones, and only for the same bytes under the same path."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from generator import reading, recall
from generator.cache import Cache
from generator.problems import Report
from generator.reading import Reading
from generator.recall import Found, readings
from generator.registry import load
from tests.conftest import ROOT

GOOD = "name: 示例车间\nkind: 数字化车间\nenterprise: 示例有限公司\ncity: 哈尔滨市\nindustry: 341\n"
FILES = {
    "factories/230100/2301-0001.yml": GOOD,
    "factories/230100/2301-0002.yml": GOOD + "titles: [{title: 先进级数字化车间}]\n",
    "factories/230200/2302-0001.yml": "name: [",
    "cases/2026/2026-0001.yml": "title: 示例案例\n",
}


def found(files: dict[str, str], folder: str = "registry") -> list[Found]:
    return [
        Found(tuple(path.split("/")), f"{folder}/{path}", text.encode())
        for path, text in sorted(files.items())
    ]


def told(files: Sequence[Found], cache: Cache | None = None) -> list[tuple[object, ...]]:
    return [shown(found) for found in readings(files, cache)]


def shown(told: Reading) -> tuple[object, ...]:
    file = told.file
    return (
        told.kind,
        told.key,
        told.record,
        told.problems,
        file
        and (file.path, file.content, file.kept, file.line("titles[0].title"), file.as_written("titles[0]")),
    )


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of files that were parsed."""
    paths: list[str] = []
    real = reading.read_record

    def read_record(parts: Sequence[str], path: str, content: bytes) -> Reading:
        paths.append("/".join(parts))
        return real(parts, path, content)

    monkeypatch.setattr(recall, "read_record", read_record)
    return paths


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache", tmp_path)


def test_what_is_the_same_is_not_parsed_again(cache: Cache, parsed: list[str]) -> None:
    fresh = told(found(FILES))
    assert told(found(FILES), cache) == fresh
    parsed.clear()
    assert told(found(FILES), cache) == fresh
    assert parsed == []


def test_only_what_changed_is_parsed(cache: Cache, parsed: list[str]) -> None:
    told(found(FILES), cache)
    parsed.clear()
    changed = {**FILES, "factories/230100/2301-0002.yml": GOOD + "county: 香坊区\n"}
    changed["factories/230100/2301-0003.yml"] = changed.pop("factories/230100/2301-0001.yml")
    again = told(found(changed), cache)
    assert parsed == ["factories/230100/2301-0002.yml", "factories/230100/2301-0003.yml"]
    assert again == told(found(changed))
    parsed.clear()
    assert told(found(changed), cache) == again
    assert parsed == []


def test_problems_name_the_path_of_this_time(cache: Cache) -> None:
    told(found(FILES), cache)
    elsewhere = told(found(FILES, "elsewhere/registry"), cache)
    assert elsewhere == told(found(FILES, "elsewhere/registry"))


def test_a_damaged_cache_is_read_past_and_mended(cache: Cache, tmp_path: Path, parsed: list[str]) -> None:
    fresh = told(found(FILES), cache)
    for path in (tmp_path / "cache").rglob("*.msgpack"):
        path.write_bytes(path.read_bytes()[:-7])
    parsed.clear()
    assert told(found(FILES), cache) == fresh
    assert len(parsed) == len(FILES)
    parsed.clear()
    assert told(found(FILES), cache) == fresh
    assert parsed == []


@pytest.mark.parametrize("content", [b"", b"\xc1", b"\x81\xa1a", b"\x81\xad2301-0001.yml\xc0"])
def test_an_entry_that_says_something_else_is_not_believed(cache: Cache, content: bytes) -> None:
    cache.put("records/factories/230100.msgpack", content)
    assert told(found(FILES), cache) == told(found(FILES))


@pytest.mark.parametrize("name", ["registry", "tests/registries/qingdao-2024"])
def test_a_whole_registry_is_the_same_from_the_cache(cache: Cache, name: str) -> None:
    plain, first, second = (Report() for _ in range(3))
    fresh = load(ROOT / name, plain)
    assert load(ROOT / name, first, cache=cache) == fresh
    assert load(ROOT / name, second, cache=cache) == fresh
    assert list(first) == list(second) == list(plain)


def test_nothing_of_a_registry_that_is_the_same_is_parsed_again(cache: Cache, parsed: list[str]) -> None:
    load(ROOT / "registry", Report(), cache=cache)
    assert {"policy.yml", "cities.yml", "industries.yml", "scenes.yml"} < set(parsed)
    parsed.clear()
    load(ROOT / "registry", Report(), cache=cache)
    assert parsed == []


def test_a_vocabulary_that_changed_is_parsed_and_its_problems_are_told_each_time(
    cache: Cache, tmp_path: Path, parsed: list[str]
) -> None:
    registry = tmp_path / "registry"
    shutil.copytree(ROOT / "tests/registries/qingdao-2024", registry)
    load(registry, Report(), cache=cache)
    cities = registry / "cities.yml"
    cities.write_text(cities.read_text(encoding="utf-8") + "colour: red\n", encoding="utf-8")
    parsed.clear()
    for asked in (["cities.yml"], []):
        report = Report()
        assert load(registry, report, cache=cache)
        errors = [(problem.code, problem.field) for problem in report if problem.level == "error"]
        assert errors == [("unknown-field", "colour")]
        assert parsed == asked
        parsed.clear()
