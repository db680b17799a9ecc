"""Compressed copies: of every large file and of no other, the same content, and only of what has changed made again."""

import gzip
import json
import re
from pathlib import Path

import pytest

from generator import building, crew, urls
from generator.cache import Cache
from generator.checks.desk import examine
from generator.cli.options import CONFIG
from generator.packing import KINDS, SMALLEST
from tests.books import AS_OF_DAY, demonstration
from tests.conftest import run


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fictional registry whose lists are long enough."""
    place = tmp_path_factory.mktemp("registry") / "registry"
    demonstration(place, units=60, seed=3)
    return place


def build(registry: Path, place: Path, *, packed: bool = True) -> Path:
    site, cache = place / "site", place / "cache"
    examined = examine(registry, as_of=AS_OF_DAY, cache=Cache(cache, registry))
    building.build(CONFIG, site, examined, cache=Cache(cache, site), packed=packed)
    return site


def files(site: Path) -> dict[str, Path]:
    return {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}


def copies(site: Path) -> dict[str, Path]:
    return {name: path for name, path in files(site).items() if name.endswith(urls.PACKED)}


def content(site: Path) -> dict[str, bytes]:
    """All files; the manifest without its link to the one before."""
    found = {name: path.read_bytes() for name, path in files(site).items()}
    told = {**json.loads(found[urls.MANIFEST]), "previous": None}
    for name in (urls.MANIFEST, urls.MANIFEST + urls.PACKED):
        if name in found:
            found[name] = json.dumps(told).encode()
    return found


def test_every_large_text_has_one_and_nothing_else(registry: Path, tmp_path: Path) -> None:
    site = build(registry, tmp_path)
    large = {
        name for name, path in files(site).items() if path.stat().st_size >= SMALLEST and path.suffix in KINDS
    }
    assert {"data/units.json", "data/registry.sqlite", "index.html"} & large == {
        "data/units.json",
        "data/registry.sqlite",
    }
    assert copies(site).keys() == {name + urls.PACKED for name in large}
    for name, path in copies(site).items():
        packed = path.read_bytes()
        assert gzip.decompress(packed) == (site / name.removesuffix(urls.PACKED)).read_bytes()
        # No name, no time.
        assert packed[3:8] == bytes(5), name


def test_the_site_is_the_same_with_and_without(registry: Path, tmp_path: Path) -> None:
    with_copies = content(build(registry, tmp_path / "with"))
    without = content(build(registry, tmp_path / "without", packed=False))
    assert {name: with_copies[name] for name in without} == without
    assert all(name.endswith(urls.PACKED) for name in with_copies.keys() - without.keys())


def test_only_copies_of_what_has_changed_are_made_again(registry: Path, tmp_path: Path) -> None:
    """After three builds, so that a standby is changed and not a new folder filled; then as if made from nothing."""
    state = tmp_path / "registry"
    demonstration(state, units=60, seed=3)
    site = build(state, tmp_path)
    build(state, tmp_path)
    before = {name: (path.stat().st_ino, path.read_bytes()) for name, path in copies(site).items()}
    record = next(iter(sorted(state.glob("factories/*/*.yml"))))
    text = re.sub("^name: (.*)$", r"name: \1（一期）", record.read_text(encoding="utf-8"), flags=re.M)
    record.write_text(text, encoding="utf-8")
    build(state, tmp_path)
    after = {name: (path.stat().st_ino, path.read_bytes()) for name, path in copies(site).items()}
    assert after.keys() == before.keys()
    changed = {name for name in after if after[name][1] != before[name][1]}
    assert "data/units.json.gz" in changed
    assert {name for name in after if after[name][0] != before[name][0]} == changed
    assert any(name.startswith("assets/") for name in after.keys() - changed)
    assert content(site) == content(build(state, tmp_path / "anew"))
    assert run("verify", site).code == 0


def test_a_build_without_copies_leaves_none(registry: Path, tmp_path: Path) -> None:
    build(registry, tmp_path)
    build(registry, tmp_path)
    assert copies(build(registry, tmp_path, packed=False)) == {}
    assert len(copies(build(registry, tmp_path))) > 10


def test_a_damaged_copy_is_made_again(registry: Path, tmp_path: Path) -> None:
    copy = build(registry, tmp_path) / "data/units.json.gz"
    good = copy.read_bytes()
    copy.write_bytes(b"damaged")
    build(registry, tmp_path)
    assert copy.read_bytes() == good


def test_the_bytes_do_not_depend_on_the_number_of_workers(
    registry: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = content(build(registry, tmp_path / "alone"))
    monkeypatch.setattr(crew, "_wanted", 3)
    monkeypatch.setattr(crew, "may_fork", lambda: True)
    assert content(build(registry, tmp_path / "together")) == alone


def test_the_command_makes_them(registry: Path, tmp_path: Path) -> None:
    done = run(
        "build", "--gzip", "--registry", registry, "--as-of", str(AS_OF_DAY), "--site", tmp_path / "site"
    )
    assert (done.code, done.err) == (0, "")
    assert "data/units.json.gz" in copies(tmp_path / "site")
