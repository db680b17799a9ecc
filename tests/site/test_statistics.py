"""Every number of the statistics is the number one gets by counting the published data."""

import json
import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from generator.checks.desk import examine
from tests.conftest import AS_OF, ROOT

RANKS = {"basic": 0, "advanced": 1, "excellent": 2, "leading": 3}


class _Tables(HTMLParser):
    """The cells of every table, by the id of the heading above it."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, list[list[str]]] = {}
        self.links: dict[str, list[str]] = {}
        self.heading = ""
        self.cell: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "h2":
            self.heading = given.get("id") or ""
        elif tag == "tr":
            self.found.setdefault(self.heading, []).append([])
        elif tag in ("th", "td"):
            self.cell = []
        elif tag == "a" and self.cell is not None:
            self.links.setdefault(self.heading, []).append(given.get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("th", "td") and self.cell is not None:
            self.found[self.heading][-1].append("".join(self.cell).strip())
            self.cell = None

    def handle_data(self, data: str) -> None:
        if self.cell is not None:
            self.cell.append(data)


def tables(site: Path) -> _Tables:
    found = _Tables()
    found.feed((site / "statistics/index.html").read_text(encoding="utf-8"))
    return found


def factories(site: Path) -> list[dict[str, Any]]:
    text = (site / "api/v1/factories.json").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = json.loads(text)["factories"]
    return found


@pytest.fixture(params=["registry", "qingdao-2024"])
def place(request: pytest.FixtureRequest, built: Callable[..., Path]) -> tuple[Path, Path]:
    name = request.param
    return (ROOT / "registry" if name == "registry" else ROOT / "tests/registries" / name, built(name))


def tiers(root: Path) -> list[str]:
    """The ids of the tiers, highest first."""
    registry = examine(root, as_of=_day(AS_OF)).registry
    assert registry
    return [tier.id for tier in reversed(registry.policy.tiers)]


def _day(text: str) -> date:
    return date.fromisoformat(text)


def numbers(row: list[str]) -> list[int]:
    return [int(cell) for cell in row[1:]]


def expected(units: list[dict[str, Any]], order: list[str]) -> list[int]:
    held = Counter(unit["tier"] for unit in units)
    return [*(held[tier] for tier in order), sum(held[tier] for tier in order)]


def test_cities_and_industries(place: tuple[Path, Path]) -> None:
    root, site = place
    order = tiers(root)
    units = [unit for unit in factories(site) if unit["tier"]]
    found = tables(site)
    for anchor, field, length in (("cities", "city", 6), ("industries", "industry", 2)):
        _, *rows, last = found.found[anchor]
        codes = [link.split("/")[2] for link in found.links[anchor] if link.startswith(f"../{anchor}/")]
        assert len(codes) == len(rows)
        for code, row in zip(codes, rows, strict=True):
            assert numbers(row) == expected(
                [unit for unit in units if unit[field][:length] == code], order
            ), code
        assert numbers(last) == expected(units, order)
        assert {unit[field][:length] for unit in units} <= set(codes)
    totals = [numbers(row)[-1] for row in found.found["industries"][1:-1]]
    assert totals == sorted(totals, reverse=True)
    assert 0 not in totals


def test_standings(place: tuple[Path, Path]) -> None:
    _, site = place
    _, *rows, last = tables(site).found["standings"]
    statuses = Counter("expiring" if unit["expiring"] else unit["status"] for unit in factories(site))
    keys = {
        "有效": "listed",
        "即将到期": "expiring",
        "已到期": "expired",
        "已撤销": "revoked",
        "已退出": "closed",
        "待列入": "upcoming",
        "未列入": "unlisted",
    }
    assert {row[0]: int(row[1]) for row in rows} == {word: statuses[key] for word, key in keys.items()}
    assert int(last[1]) == len(factories(site))


def test_expiries_by_month(place: tuple[Path, Path]) -> None:
    root, site = place
    order = tiers(root)
    ending = [
        unit for unit in factories(site) if unit["valid_through"] and unit["valid_through"] < "2029-11-01"
    ]
    rows = tables(site).found.get("expiries", [])[1:]
    if not ending:
        assert rows == []
        return
    months = sorted({unit["valid_through"][:7] for unit in ending})
    assert [row[0] for row in rows] == [
        *(f"{month[:4]}年{int(month[5:])}月" for month in months),
        "合计",
    ]
    for month, row in zip(months, rows, strict=False):
        own = [unit for unit in ending if unit["valid_through"].startswith(month)]
        assert numbers(row) == expected(own, order)
    assert numbers(rows[-1]) == expected(ending, order)


def test_listed_over_time(place: tuple[Path, Path]) -> None:
    root, site = place
    order = tiers(root)
    rows = tables(site).found["history"][1:]
    days = [
        "{}-{:0>2}-{:0>2}".format(*re.fullmatch(r"(\d+)年(\d+)月(\d+)日", row[0]).groups())  # type: ignore[union-attr]
        for row in rows
    ]
    assert days[-1] == AS_OF
    assert all(day.endswith("-12-31") for day in days[:-1])
    for day, row in zip(days, rows, strict=True):
        held: Counter[str] = Counter()
        for unit in factories(site):
            covering = [
                listing["tier"]
                for listing in unit["listings"]
                if listing["from"] <= day and (listing["through"] is None or day <= listing["through"])
            ]
            if covering:
                held[max(covering, key=lambda tier: RANKS[tier])] += 1
        assert numbers(row) == [*(held[tier] for tier in order), held.total()], day


def test_awards_by_year(place: tuple[Path, Path]) -> None:
    root, site = place
    order = tiers(root)
    registry = examine(root, as_of=_day(AS_OF)).registry
    assert registry
    given: Counter[tuple[int, str | None]] = Counter()
    for unit in registry.units.values():
        for award in unit.titles:
            day = award.date or registry.documents[award.document].date
            title = registry.policy.title(award.title)
            if day <= _day(AS_OF) and title:
                given[day.year, title.tier] += 1
    assert {tier for _, tier in given} <= set(order)
    _, *rows, last = tables(site).found["awards"]
    assert [row[0] for row in rows] == [f"{year}年" for year in range(min(given)[0], 2027)]
    for row in rows:
        own = [given[int(row[0][:4]), tier] for tier in order]
        assert numbers(row) == [*own, sum(own)]
    assert numbers(last)[-1] == given.total()


def test_the_home_page_says_the_same(place: tuple[Path, Path]) -> None:
    root, site = place
    text = (site / "index.html").read_text(encoding="utf-8")
    listed = [unit for unit in factories(site) if unit["tier"]]
    assert f"现有 <strong>{len(listed)}</strong> 个" in text
    cards = [int(number) for number in re.findall(r'<span class="number">(\d+)</span>', text)]
    assert cards == list(reversed(expected(listed, tiers(root))[:-1]))
    tiles = re.findall(r'href="cities/(\d+)/"><span>[^<]*</span><strong>(\d+)</strong>', text)
    assert {code: int(number) for code, number in tiles if number != "0"} == Counter(
        unit["city"] for unit in listed
    )


def test_pictures_carry_their_alternative_and_no_style(site: Path) -> None:
    for address, pictures in (("statistics", 6), ("", 1)):
        text = (site / address / "index.html").read_text(encoding="utf-8")
        body = text[text.index('id="content"') :]
        found = re.findall(r'<svg [^>]*role="img" aria-labelledby="([^"]+)" aria-describedby="([^"]+)"', body)
        assert len(found) == pictures
        for title, words in found:
            assert re.search(rf'<title id="{title}">[^<]+</title><desc id="{words}">[^<]+</desc>', body)
        assert " style=" not in body
    assert f"2026年11月24日 {len([u for u in factories(site) if u['tier']])} 个" in text
