"""The site map in parts: within the protocol's bounds, whole, and steady when a page is added."""

from collections.abc import Iterable
from xml.etree import ElementTree

import pytest

from generator.site import crawlers
from generator.site.crawlers import robots, site_map, site_maps

BASE = "https://registry.example/"
XML = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def addresses(units: int, cases: int) -> list[str]:
    """So many units over thirteen cities and cases over ten years, and some other pages."""
    return [
        *(f"factories/{2301 + number % 13}-{number // 13 + 1:04d}/" for number in range(units)),
        *(f"cases/{2017 + number % 10}-{number // 10 + 1:04d}/" for number in range(cases)),
        *(f"directory/{number}/" for number in range(2, 1000)),
        "",
        "about/",
        "statistics/",
    ]


def parts(found: Iterable[str]) -> dict[str, list[str]]:
    """The addresses of each part that the index names, in order."""
    index, *files = site_maps(found, base=BASE)
    assert index.path == "sitemap.xml"
    root = ElementTree.fromstring(index.content)
    assert root.tag == f"{XML}sitemapindex"
    named = [loc.text for loc in root.iter(f"{XML}loc")]
    assert named == [BASE + file.path for file in files]
    assert [file.path for file in files] == [f"sitemap-{n}.xml" for n in range(1, len(files) + 1)]
    listed = {}
    for file in files:
        assert len(file.content) <= 50 * 1024 * 1024
        tree = ElementTree.fromstring(file.content)
        assert tree.tag == f"{XML}urlset"
        listed[file.path] = [loc.text or "" for loc in tree.iter(f"{XML}loc")]
        assert 0 < len(listed[file.path]) <= 50_000
    return listed


def test_more_addresses_than_one_map_may_hold() -> None:
    given = addresses(110_000, 9_000)
    assert len(given) == 120_001
    found = parts(given)
    assert 3 <= len(found) <= 4
    listed = [address for part in found.values() for address in part]
    assert len(listed) == len(set(listed)) == len(given)
    assert set(listed) == {BASE + address for address in given}
    # The order in which pages were made does not matter.
    assert parts(reversed(given)) == found


@pytest.mark.parametrize(
    "new", ["factories/2301-9999/", "factories/2313-9999/", "cases/2026-9999/", "news/", "directory/1000/"]
)
def test_a_new_page_changes_its_own_part_alone(new: str) -> None:
    given = addresses(110_000, 9_000)
    before, after = parts(given), parts([*given, new])
    assert before.keys() == after.keys()
    assert [set(after[name]) - set(before[name]) for name in after if after[name] != before[name]] == [
        {BASE + new}
    ]


def test_a_shelf_larger_than_a_map_is_cut_by_number() -> None:
    given = [f"factories/2301-{number:06d}/" for number in range(100_001)]
    assert [len(part) for part in parts(given).values()] == [50_000, 50_000, 1]


@pytest.mark.parametrize(("number", "count"), [(49_999, 1), (50_000, 1), (50_001, 2)])
def test_the_bound_itself(number: int, count: int) -> None:
    assert len(parts(f"factories/2301-{at:05d}/" for at in range(number))) == count


def test_a_part_stays_within_its_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crawlers, "BYTES", 2_000)
    _, *files = site_maps([f"factories/2301-{at:04d}/" for at in range(100)], base=BASE)
    assert len(files) > 3
    assert max(len(file.content) for file in files) <= 2_000


def test_a_small_site_has_one_part() -> None:
    assert list(parts(["", "about/", "factories/2301-0001/"])) == ["sitemap-1.xml"]


def test_addresses_are_escaped() -> None:
    found = ElementTree.fromstring(site_map(["a/?x=1&y=<2>"], base=BASE))
    assert [loc.text for loc in found.iter(f"{XML}loc")] == [f"{BASE}a/?x=1&y=<2>"]


def test_robots() -> None:
    assert robots(base=BASE, demonstration=True).content == b"User-agent: *\nDisallow: /\n"
    open_to_all = b"User-agent: *\nAllow: /\n\nSitemap: https://registry.example/sitemap.xml\n"
    assert robots(base=BASE, demonstration=False).content == open_to_all
