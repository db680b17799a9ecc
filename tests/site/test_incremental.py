"""A build that takes over what has not changed ends with the same bytes as one that makes everything."""

import filecmp
import json
import re
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from generator import building, cache
from generator.cache import Cache
from generator.checks.desk import examine
from generator.cli.options import CONFIG
from generator.output import Output
from generator.problems import as_text
from generator.publish import Tree
from generator.site.press import Page, Press
from generator.site.units import units
from generator.views.badges import frame
from generator.views.extract import Extract
from tests.books import AS_OF_DAY, book, demonstration
from tests.conftest import ROOT
from tests.site.test_site import differences

HEILONGJIANG = ROOT / "registry"
MANIFEST = "api/v1/manifest.json"


class Place:
    """A registry, the site that is built from it again and again, and the cache between."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.registry = folder / "registry"
        self.site = folder / "site"
        self.as_of = AS_OF_DAY
        self.times = 0

    @property
    def cache(self) -> Cache:
        return Cache(self.folder / "cache", self.site)

    def build(self) -> Path:
        examined = examine(self.registry, as_of=self.as_of, cache=Cache(self.folder / "cache", self.registry))
        assert examined.publishable, as_text(examined.report.errors)
        building.build(CONFIG, self.site, examined, cache=self.cache)
        return self.site

    def cold(self) -> Path:
        self.times += 1
        site = self.folder / f"cold-{self.times}" / "site"
        building.build(CONFIG, site, examine(self.registry, as_of=self.as_of))
        return site

    def check(self) -> None:
        """Compare with a cold build, in which alone the chain of manifests begins anew."""
        cold = self.cold()
        assert [
            path for path in differences(filecmp.dircmp(cold, self.site)) if path != "manifest.json"
        ] == []
        manifests = [json.loads((site / MANIFEST).read_bytes()) for site in (cold, self.site)]
        for manifest in manifests:
            del manifest["previous"]
        assert manifests[0] == manifests[1]
        shutil.rmtree(cold.parent)

    def unit(self, holding: str, *, without: str = "\0") -> Path:
        """The first record that has a line and not another."""
        paths = sorted((self.registry / "factories").rglob("*.yml"))
        return next(
            path
            for path in paths
            if holding in (text := path.read_text(encoding="utf-8")) and without not in text
        )


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    found = Place(tmp_path_factory.mktemp("incremental"))
    demonstration(found.registry, units=45, seed=5)
    found.build()
    return found


def replaced(path: Path, pattern: str, by: str) -> None:
    text, count = re.subn(pattern, by, path.read_text(encoding="utf-8"), count=1, flags=re.MULTILINE)
    assert count == 1, path
    path.write_text(text, encoding="utf-8")


def added(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8").rstrip("\n") + "\n" + text, encoding="utf-8")


def renamed(place: Place) -> None:
    replaced(place.unit("titles:"), "^name: (.*)$", r"name: \1（一期）")


def county(place: Place) -> None:
    replaced(place.unit("county:"), "^county: .*\n", "")


def enterprise(place: Place) -> None:
    """All units of an enterprise with a code stay together, whatever they are called."""
    replaced(place.unit("uscc:"), "^enterprise: (.*)$", r"enterprise: 新\1")


def parted(place: Place) -> None:
    """A unit that loses its code leaves its enterprise."""
    replaced(place.unit("uscc:"), "^uscc: .*\n", "")


def revoked(place: Place) -> None:
    path = place.unit("titles:", without="revocations:")
    found = re.search(r"title: ([^,}\n]+), document: ([^,}\n]+)", path.read_text(encoding="utf-8"))
    assert found
    revocation = f"{{title: {found[1]}, document: {found[2]}, date: {AS_OF_DAY}, reason: 核查}}"
    added(path, f"revocations:\n  - {revocation}\n")


def closed(place: Place) -> None:
    other = sorted((place.registry / "factories").rglob("*.yml"))[-1].stem
    path = place.unit("titles:", without="closed:")
    added(path, f"closed: {{date: {AS_OF_DAY}, reason: 合并, successor: {other}}}\n")


def successor(place: Place) -> None:
    """The page of a closed unit names the one that goes on."""
    replaced(sorted((place.registry / "factories").rglob("*.yml"))[-1], "^name: (.*)$", r"name: \1（承接）")


def new_unit(place: Place) -> None:
    last = sorted((place.registry / "factories").rglob("*.yml"))[-1]
    text = re.sub("^(uscc|website).*\n", "", last.read_text(encoding="utf-8"), flags=re.MULTILINE)
    number = int(last.stem[5:]) + 1
    last.with_name(f"{last.stem[:5]}{number:04}.yml").write_text(text, encoding="utf-8")


def case_text(place: Place) -> None:
    path = sorted((place.registry / "cases").rglob("*.yml"))[0]
    replaced(path, "^title: (.*)$", r"title: \1（增补）")


def case_withdrawn(place: Place) -> None:
    path = next(
        path
        for path in sorted((place.registry / "cases").rglob("*.yml"))
        if "withdrawn:" not in path.read_text(encoding="utf-8")
    )
    added(path, f"withdrawn: {{date: {AS_OF_DAY}, reason: 内容有误}}\n")


def case_gone(place: Place) -> None:
    sorted((place.registry / "cases").rglob("*.yml"))[-1].unlink()


def named_document(place: Place) -> Path:
    """The file of a document that a unit rests on."""
    found = re.search(r"document: ([^,}\n]+)}", place.unit("titles:").read_text(encoding="utf-8"))
    assert found
    return next(
        path
        for path in sorted((place.registry / "documents").rglob("*.yml"))
        if f"number: {found[1]}\n" in path.read_text(encoding="utf-8")
    )


def document(place: Place) -> None:
    replaced(named_document(place), "^title: (.*)$", r"title: \1（更正）")


def document_dated(place: Place) -> None:
    """The units that rest on it are listed since another day, with records of their own that stay."""
    path = named_document(place)
    found = re.search("^date: (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert found
    replaced(path, "^date: .*$", f"date: {date.fromisoformat(found[1]) + timedelta(days=1)}")


def policy(place: Place) -> None:
    replaced(place.registry / "policy.yml", r"^(expiring_within_days:) \d+", r"\1 120")


def city(place: Place) -> None:
    replaced(place.registry / "cities.yml", "short: 哈尔滨", "short: 冰城")


def comment(place: Place) -> None:
    added(place.unit("titles:"), "# 已与企业核对\n")


def next_day(place: Place) -> None:
    place.as_of += timedelta(days=1)


def years_later(place: Place) -> None:
    place.as_of = date(2028, 2, 29)


def tomorrow(place: Place) -> None:
    """The next change of the lists comes sooner; pages of other units say until when they are true."""
    added(
        place.unit("titles:", without="closed:"),
        f"closed: {{date: {place.as_of + timedelta(days=1)}, reason: 注销}}\n",
    )


def nothing(place: Place) -> None:
    pass


@pytest.mark.parametrize(
    "change",
    [
        nothing,
        renamed,
        county,
        enterprise,
        parted,
        revoked,
        closed,
        successor,
        new_unit,
        case_text,
        case_withdrawn,
        case_gone,
        document,
        document_dated,
        comment,
        policy,
        city,
        tomorrow,
        next_day,
        years_later,
    ],
)
def test_after_a_change_the_site_is_that_of_a_cold_build(
    place: Place, change: Callable[[Place], None]
) -> None:
    change(place)
    place.build()
    place.check()


def marks(site: Path) -> dict[str, tuple[int, int]]:
    return {
        path.relative_to(site).as_posix(): ((found := path.stat()).st_ino, found.st_mtime_ns)
        for path in site.rglob("*")
        if path.is_file()
    }


def test_only_changed_files_are_written(place: Place) -> None:
    place.build()
    before, content = (
        marks(place.site),
        {path: (place.site / path).read_bytes() for path in marks(place.site)},
    )
    replaced(place.unit("titles:"), "^name: (.*)$", r"name: \1（二期）")
    place.build()
    after = marks(place.site)
    changed = {path for path in after if content.get(path) != (place.site / path).read_bytes()}
    assert {path for path in after if after[path] != before.get(path)} == changed
    assert 10 < len(changed) < len(after) / 4


def test_where_no_record_changed_no_part_is_made(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    place.build()
    place.build()

    def made(*_: object) -> bytes:
        raise AssertionError("a part is made")

    monkeypatch.setattr(Output, "_carry_out", made)
    place.build()
    renamed(place)
    with pytest.raises(AssertionError, match="a part is made"):
        place.build()


def test_the_parts_of_units_are_made_from_their_extracts_alone(place: Place) -> None:
    """What an extract leaves out is told of none of its units."""
    found = book()
    press, size, every = (
        Press(found, base="https://registry.example/"),
        frame(found),
        tuple(found.registry.units),
    )

    def made(some: tuple[str, ...]) -> dict[str, str | bytes]:
        pieces = units(press, Extract.around(found, some), size, some)
        return {
            piece.address if isinstance(piece, Page) else piece.path: piece.body
            if isinstance(piece, Page)
            else piece.content
            for piece in pieces
        }

    whole = made(every)
    single = {path: content for unit in every for path, content in made((unit,)).items()}
    assert single == whole


@pytest.mark.parametrize("where", ["site", ".site.standby"])
def test_what_was_altered_by_hand_is_made_again(place: Place, where: str) -> None:
    place.build()
    place.build()
    there = place.folder / where
    changed, gone, linked = (there / name for name in ("index.html", "about/index.html", "robots.txt"))
    changed.write_bytes(b"defaced")
    gone.unlink()
    linked.unlink()
    linked.symlink_to("index.html")
    (there / "stray").mkdir()
    (there / "stray" / "evil.html").write_text("<script>")
    (there / "rules" / "more.html").write_text("<script>")
    place.build()
    place.check()
    place.build()
    place.check()


def test_a_lost_or_damaged_cache_costs_time_alone(place: Place) -> None:
    place.build()
    for path in (place.folder / "cache").rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            path.write_bytes(content[: len(content) // 2])
    before = marks(place.site)
    place.build()
    place.check()
    assert marks(place.site) == before
    shutil.rmtree(place.folder / "cache")
    place.build()
    place.check()
    assert marks(place.site) == before


def test_an_inventory_of_another_version_is_not_asked(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    place.build()
    monkeypatch.setattr(cache, "program", lambda: "f" * 64)
    assert place.cache.get("inventory.msgpack") is None
    place.build()
    place.check()


def test_a_killed_build_is_cleared_and_the_next_one_is_whole(place: Place) -> None:
    place.build()
    place.build()
    standby = place.folder / ".site.standby"
    left = standby.rename(place.folder / ".site-abc.building")
    (left / "index.html").unlink()
    place.build()
    assert not left.exists()
    place.check()


def test_a_failing_build_keeps_the_site_and_gives_up_the_standby(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.build()
    before = marks(place.site)
    replaced(place.unit("titles:"), "^name: (.*)$", r"name: \1（三期）")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Tree, "write", full)
        with pytest.raises(OSError, match="No space left"):
            place.build()
    assert marks(place.site) == before
    assert sorted(path.name for path in place.folder.iterdir()) == ["cache", "registry", "site"]
    place.build()
    place.check()
