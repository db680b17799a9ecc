"""The cache: whole or not there, of this version alone, and never needed."""

import os
from pathlib import Path

import pytest

from generator import cache
from generator.cache import Cache


@pytest.fixture
def kept(tmp_path: Path) -> Cache:
    found = Cache(tmp_path / "cache", tmp_path / "registry")
    found.put("records/one.msgpack", b"what was worked out")
    return found


def entry(folder: Path) -> Path:
    (found,) = (path for path in folder.rglob("*") if path.is_file())
    return found


def test_an_entry_is_given_back_as_it_was_put(kept: Cache, tmp_path: Path) -> None:
    assert kept.get("records/one.msgpack") == b"what was worked out"
    assert (
        Cache(tmp_path / "cache", tmp_path / "registry").get("records/one.msgpack") == b"what was worked out"
    )
    kept.put("records/one.msgpack", b"")
    assert kept.get("records/one.msgpack") == b""


def test_an_entry_is_of_one_registry(kept: Cache, tmp_path: Path) -> None:
    assert kept.get("records/other.msgpack") is None
    assert Cache(tmp_path / "cache", tmp_path / "other").get("records/one.msgpack") is None
    (tmp_path / "registry").mkdir()
    (tmp_path / "same").symlink_to(tmp_path / "registry")
    assert Cache(tmp_path / "cache", tmp_path / "same").get("records/one.msgpack") == b"what was worked out"


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content[:-1],
        lambda content: content[:20],
        lambda content: b"",
        lambda content: content + b"x",
        lambda content: content[:40] + b"X" + content[41:],
        lambda content: b"\0" * len(content),
    ],
)
def test_a_damaged_entry_is_not_there(kept: Cache, tmp_path: Path, damage: object) -> None:
    path = entry(tmp_path / "cache")
    path.write_bytes(damage(path.read_bytes()))  # type: ignore[operator]
    assert kept.get("records/one.msgpack") is None


def test_another_version_of_the_program_knows_nothing(
    kept: Cache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "program", lambda: "f" * 64)
    assert Cache(tmp_path / "cache", tmp_path / "registry").get("records/one.msgpack") is None


def test_the_version_is_that_of_every_file_and_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "engine.py").write_text("YEARS = 3\n")
    monkeypatch.setattr(cache, "_PACKAGE", tmp_path)
    first = cache.program()
    assert cache.program() == first
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "engine.pyc").write_bytes(b"compiled")
    assert cache.program() == first
    (tmp_path / "rules" / "engine.py").write_text("YEARS = 4\n")
    second = cache.program()
    assert second != first
    library = tmp_path / "lib" / "jinja2-3.2.0.dist-info"
    library.mkdir(parents=True)
    monkeypatch.syspath_prepend(str(tmp_path / "lib"))
    third = cache.program()
    monkeypatch.syspath_prepend("")  # as an interactive interpreter has it
    library.rename(library.with_name("jinja2-3.2.1.dist-info"))
    assert len({first, second, third, cache.program()}) == 4


def test_a_place_of_libraries_that_cannot_be_looked_into_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the home of another user is, which Python passes over as well."""
    first = cache.program()
    closed = tmp_path / "closed"
    closed.mkdir()
    listdir = os.listdir

    def refused(path: str) -> list[str]:
        if str(path).startswith(str(closed)):
            raise PermissionError(13, "Permission denied", str(path))
        return listdir(path)

    monkeypatch.setattr(os, "listdir", refused)
    monkeypatch.syspath_prepend(str(closed))
    assert cache.program() == first


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file in the way")
    found = Cache(tmp_path / "cache", tmp_path / "registry")
    found.put("one", b"1")
    assert found.get("one") is None


def test_what_was_longest_not_used_is_forgotten(tmp_path: Path) -> None:
    for number in range(12):
        found = Cache(tmp_path / "cache", tmp_path / f"registry-{number}")
        found.put("one", b"1")
        own = entry_folder(tmp_path / "cache", found)
        os.utime(own, (number, number))
    left = [
        number
        for number in range(12)
        if Cache(tmp_path / "cache", tmp_path / f"registry-{number}").get("one") is not None
    ]
    assert left == [4, 5, 6, 7, 8, 9, 10, 11]


def test_what_is_not_of_the_cache_is_left_alone(tmp_path: Path) -> None:
    """The folder may be one that others use as well, and a preview lies in it."""
    folder = tmp_path / "cache"
    for name in ("preview", "pip", "notes.txt"):
        (folder / name).mkdir(parents=True)
        os.utime(folder / name, (0, 0))
    for number in range(10):
        (folder / f"{number:016x}").mkdir()
    Cache(folder, tmp_path / "registry").put("one", b"1")
    assert {"preview", "pip", "notes.txt"} < {path.name for path in folder.iterdir()}
    assert len(list(folder.iterdir())) == 3 + 8


def entry_folder(folder: Path, found: Cache) -> Path:
    (version,) = folder.iterdir()
    return max(version.iterdir(), key=lambda path: path.stat().st_mtime_ns)


def test_a_result_is_made_again_when_it_was_made_of_something_else(kept: Cache) -> None:
    made: list[str] = []

    def result(name: str) -> bytes:
        made.append(name)
        return name.encode()

    assert kept.made("initials.json", cache.digest("哈"), lambda: result("first")) == b"first"
    assert kept.made("initials.json", cache.digest("哈"), lambda: result("never")) == b"first"
    assert kept.made("initials.json", cache.digest("尔"), lambda: result("second")) == b"second"
    kept.put("initials.json", b"short")
    assert kept.made("initials.json", cache.digest("尔"), lambda: result("third")) == b"third"
    assert made == ["first", "second", "third"]


def test_a_digest_is_of_what_values_hold() -> None:
    assert cache.digest("a", 1) == cache.digest("a", 1)
    different = [("a", 1), ("a1",), ("a", "1"), (["a", 1],), ("a", None), ("a", 1, ())]
    assert len({cache.digest(*values) for values in different}) == len(different)
