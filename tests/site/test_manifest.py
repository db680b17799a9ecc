"""The manifest answers for every published file, is the last word of a build, and leads to the one before it."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import history
from generator.exports import manifest
from generator.exports.encoding import as_json
from generator.views.book import Book
from tests.books import book, files
from tests.conftest import AS_OF, ROOT, run
from tests.site.api_files import Json, read

QINGDAO = ROOT / "tests/registries/qingdao-2024"


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def manifest_of(site: Path) -> Json:
    found: Json = read(site / "api/v1/manifest.json")
    return found


def hashes(site: Path) -> dict[str, tuple[int, str]]:
    """What the manifest and its lists say of every file, lists looked up through the manifest alone."""
    told = manifest_of(site)["files"]
    rows = list(told)
    for row in told:
        if row["path"].startswith("api/v1/files/"):
            rows += read(site / row["path"])["files"]
    assert len({row["path"] for row in rows}) == len(rows)
    return {row["path"]: (row["bytes"], row["sha256"]) for row in rows}


@pytest.mark.parametrize("name", ["registry", "qingdao-2024"])
def test_every_published_file_is_in_it_as_it_is(built: Callable[..., Path], name: str) -> None:
    site = built(name)
    there = {
        path.relative_to(site).as_posix(): (path.stat().st_size, sha256(path))
        for path in site.rglob("*")
        if path.is_file()
    }
    del there["api/v1/manifest.json"]
    assert hashes(site) == there


def test_it_stays_small_and_in_order(site: Path) -> None:
    told = manifest_of(site)
    paths = [row["path"] for row in told["files"]]
    assert paths == sorted(paths)
    assert not [path for path in paths if "2301-0001" in path]
    for family in ("factories", "badges", "records", "calendars", "pages", "assets"):
        found = read(site / f"api/v1/files/{family}.json")
        assert found["family"] == family
        assert [row["path"] for row in found["files"]] == sorted(row["path"] for row in found["files"])
    assert len(read(site / "api/v1/files/records.json")["files"]) == 340
    assert len(read(site / "api/v1/files/factories.json")["files"]) == 340


def test_it_says_what_was_published(site: Path) -> None:
    told = manifest_of(site)
    units = read(site / "api/v1/factories.json")["factories"]
    assert (told["as_of"], told["next_transition"], told["previous"]) == (AS_OF, "2026-12-09", None)
    assert told["commit"] == history.commit(ROOT / "registry")
    assert told["counts"] == {
        "units": len(units),
        "listed": sum(unit["status"] == "listed" for unit in units),
        "listings": sum(len(unit["listings"]) for unit in units),
        "cases": len(read(site / "api/v1/cases.json")["cases"]),
        "documents": len(read(site / "api/v1/documents.json")["documents"]),
        "changes": sum(month["number"] for month in read(site / "api/v1/changes/index.json")["months"]),
    }


def test_it_is_the_last_file_of_a_build() -> None:
    made = [file.path for file in files(book(), "https://registry.example/")]
    assert made[-1] == "api/v1/manifest.json"
    assert len(set(made)) == len(made)


@pytest.mark.parametrize(
    ("path", "family"),
    [
        ("api/v1/factories.json", None),
        ("api/v1/factories/2301-0001.json", "factories"),
        ("api/v1/factories/2301-12345.json", "factories"),
        ("api/v1/files/factories.json", None),
        ("badges/2301-0001.svg", "badges"),
        ("factories/2301-0001/record.yml", "records"),
        ("data/units.csv", None),
        ("feeds/cases.xml", None),
        ("calendar/expiry.ics", None),
        ("calendar/expiry-city-230100.ics", None),
        ("calendar/unit-2301-0001.ics", "calendars"),
        ("schema/factory.schema.json", None),
        ("sitemap.xml", None),
        ("directory/index/units.json", None),
        ("factories/2301-0001/index.html", "pages"),
        ("404.html", "pages"),
        ("assets/register.js", "assets"),
    ],
)
def test_the_family_of_a_file(path: str, family: str | None) -> None:
    assert manifest.family_of(path) == family


@pytest.fixture(scope="module")
def present() -> Book:
    return book(name="tests/registries/qingdao-2024")


def made(
    present: Book, replaced: bytes | None, *, commit: str | None = None, content: bytes = b"x"
) -> manifest.Manifest:
    found = [manifest.published_file("data/units.csv", content)]
    return manifest.manifest(present, found, commit=commit, replaced=replaced)


def test_the_first_has_none_before_it(present: Book) -> None:
    assert made(present, None).previous is None


def test_the_same_once_more_is_the_same_manifest(present: Book) -> None:
    first = as_json(made(present, None))
    assert as_json(made(present, first)) == first
    second = as_json(made(present, first, content=b"y"))
    assert as_json(made(present, second, content=b"y")) == second


@pytest.mark.parametrize("change", [{"commit": "0" * 40}, {"content": b"y"}])
def test_whatever_is_not_the_same_leads_to_the_one_before(present: Book, change: dict[str, str]) -> None:
    first = as_json(made(present, None))
    following = made(present, first, **change)  # type: ignore[arg-type]
    assert following.previous == hashlib.sha256(first).hexdigest()


@pytest.mark.parametrize(
    "damaged",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b"{}",
        b"\xff\xfe",
        b'{"as_of": "2026-11-24"}',
        b"[" * 100_000,
        "名录".encode("gb18030"),
    ],
)
def test_a_damaged_one_begins_a_new_chain(present: Book, damaged: bytes) -> None:
    assert made(present, damaged).previous is None


def test_one_of_an_earlier_form_is_still_the_one_before(present: Book) -> None:
    fewer = json.loads(as_json(made(present, None)))
    del fewer["counts"]
    old = json.dumps(fewer).encode()
    assert made(present, old).previous == hashlib.sha256(old).hexdigest()


def test_one_of_a_later_form_is_not_the_same(present: Book) -> None:
    """Going back to an older generator leaves a field out, which is a change too."""
    more = json.dumps({**json.loads(as_json(made(present, None))), "gained": 1}).encode()
    assert made(present, more).previous == hashlib.sha256(more).hexdigest()


def test_a_chain_over_three_builds(tmp_path: Path) -> None:
    """The first day, the second with what changed on it, and the second once more."""
    registry, site = tmp_path / "registry", tmp_path / "site"
    shutil.copytree(QINGDAO, registry)

    def build(day: str) -> bytes:
        done = run("build", "--registry", registry, "--as-of", day, "--site", site)
        assert done.code == 0, done.err
        return (site / "api/v1/manifest.json").read_bytes()

    first = build("2026-11-24")
    assert json.loads(first)["previous"] is None
    record = registry / "factories/370200/3702-0001.yml"
    text = record.read_text(encoding="utf-8")
    record.write_text(text + "website: https://enterprise.example/\n", encoding="utf-8")
    second = build("2026-11-25")
    assert json.loads(second)["previous"] == hashlib.sha256(first).hexdigest()
    assert build("2026-11-25") == second
    (site / "api/v1/manifest.json").write_bytes(b"damaged")
    assert json.loads(build("2026-11-25"))["previous"] is None


def test_plain_mkdocs_leads_to_the_manifest_it_replaces(tmp_path: Path) -> None:
    site = tmp_path / "site"

    def build(day: str) -> bytes:
        done = subprocess.run(
            [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", site],
            cwd=ROOT,
            env={**os.environ, "AS_OF": day, "REGISTRY": str(QINGDAO), "NO_MKDOCS_2_WARNING": "1"},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return (site / "api/v1/manifest.json").read_bytes()

    first = build("2026-11-24")
    second = build("2026-11-25")
    assert json.loads(second)["previous"] == hashlib.sha256(first).hexdigest()
    assert build("2026-11-25") == second
