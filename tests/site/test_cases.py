"""Typical cases by year and by scene, each with its neighbours and what to read next."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from generator.problems import Report
from generator.records import Case
from generator.registry import load
from tests.conftest import AS_OF, ROOT


@pytest.fixture(scope="module")
def published() -> list[Case]:
    """The cases published by the day of the site, newest first."""
    registry = load(ROOT / "registry", Report())
    assert registry
    found = [case for case in registry.cases.values() if case.published.isoformat() <= AS_OF]
    return sorted(found, key=lambda case: (case.published, case.id), reverse=True)


def read(site: Path, address: str) -> str:
    return (site / address / "index.html").read_text(encoding="utf-8")


def listed(page: str) -> list[str]:
    found = re.search(r'<ul class="cases">.*', page, re.DOTALL)
    return re.findall(r'<h[23]><a href="[^"]*?(\d{4}-\d{4,})/"', found[0]) if found else []


def test_each_year_lists_its_cases_and_the_way_in_counts_them(site: Path, published: list[Case]) -> None:
    index = read(site, "cases/")
    assert listed(index) == [case.id for case in published]
    for year in (2025, 2026):
        expected = [case.id for case in published if case.published.year == year]
        assert listed(read(site, f"cases/{year}/")) == expected
        assert f'<a href="../cases/{year}/">{year} 年 <span class="n">{len(expected)}</span></a>' in index


def test_each_scene_lists_its_cases_and_the_way_in_counts_them(site: Path, published: list[Case]) -> None:
    index = read(site, "cases/")
    numbers = {int(at): int(n) for at, n in re.findall(r'scenes/(\d+)/">[^<]*<span class="n">(\d+)<', index)}
    for number in range(1, 41):
        expected = [case.id for case in published if number in case.scenes]
        assert listed(read(site, f"scenes/{number}/")) == expected
        assert numbers.get(number, 0) == len(expected)


def test_a_link_of_scenes_counts_a_case_once(site: Path, published: list[Case]) -> None:
    registry = load(ROOT / "registry", Report(), records=False)
    assert registry
    for link in registry.scenes.editions[-1].links:
        numbers = {scene.number for scene in link.scenes}
        expected = sum(bool(numbers & set(case.scenes)) for case in published)
        for address in ("cases/", "scenes/"):
            found = re.search(rf">{link.name} <span class=\"n\">(\d+)</span>", read(site, address))
            assert found
            assert int(found[1]) == expected
        assert f'id="link-{link.number}"' in read(site, "scenes/")


def test_cases_lead_to_the_one_before_and_the_one_after(site: Path, published: list[Case]) -> None:
    for later, earlier in pairwise(published):
        assert re.search(
            rf'<a rel="next" href="\.\./\.\./cases/{later.id}/"', read(site, f"cases/{earlier.id}/")
        )
        assert re.search(
            rf'<a rel="prev" href="\.\./\.\./cases/{earlier.id}/"', read(site, f"cases/{later.id}/")
        )
    assert 'rel="next"' not in re.sub(r"<link [^>]*>", "", read(site, f"cases/{published[0].id}/"))
    assert 'rel="prev"' not in re.sub(r"<link [^>]*>", "", read(site, f"cases/{published[-1].id}/"))


def test_at_most_three_more_and_none_that_was_withdrawn(site: Path, published: list[Case]) -> None:
    cases = {case.id: case for case in published}
    withdrawn = {case.id for case in published if case.withdrawn and case.withdrawn.date.isoformat() <= AS_OF}
    assert withdrawn
    some = 0
    for case in published:
        block = re.search(
            r'<section class="related".*?</section>', read(site, f"cases/{case.id}/"), re.DOTALL
        )
        others = re.findall(r'<h3><a href="\.\./\.\./cases/(\d{4}-\d+)/"', block[0]) if block else []
        some += len(others) == 3
        assert len(others) == len(set(others)) <= 3
        assert not {case.id, *withdrawn} & set(others)
        for other in others:
            assert set(cases[other].scenes) & set(case.scenes) or cases[other].factory == case.factory
    assert some


def test_a_withdrawn_case_is_marked_wherever_it_is_named(site: Path, published: list[Case]) -> None:
    at = next(place for place, case in enumerate(published) if case.withdrawn)
    case = published[at]
    assert "已撤下" in read(site, f"cases/{case.id}/")
    for neighbour in (published[at - 1], published[at + 1]):
        assert f"{case.title}（已撤下）" in read(site, f"cases/{neighbour.id}/")
    for address in ("cases/", f"cases/{case.published.year}/", f"scenes/{case.scenes[0]}/"):
        row = re.search(rf"<h[23]><a [^>]*>{case.title}</a>(.*?)</h[23]>", read(site, address), re.DOTALL)
        assert row
        assert "已撤下" in row[1]
