"""What changed, month by month, and the yearly lists: the pages against the data file and the ledger."""

import html
import json
import re
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from generator.problems import Report
from generator.registry import Registry, load
from generator.rules.ledger import Ledger
from tests.conftest import AS_OF, ROOT, run

ONE_DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def registry() -> Registry:
    found = load(ROOT / "registry", Report())
    assert found
    return found


def read(site: Path, address: str) -> str:
    return (site / address / "index.html").read_text(encoding="utf-8")


def pages_of(site: Path, address: str) -> list[str]:
    """The pages of a paged list, in order."""
    further = sorted((path for path in (site / address).glob("[0-9]*/")), key=lambda path: int(path.name))
    return [read(site, address), *(read(site, f"{address}{path.name}/") for path in further)]


def rows(page: str) -> list[tuple[str, list[str]]]:
    """The rows of the tables of a page: the heading above, and the cells as text."""
    found = []
    for heading, table in re.findall(r"<h2[^>]*>(.*?)</h2>\s*<table.*?<tbody>(.*?)</tbody>", page, re.DOTALL):
        for row in re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL):
            found.append((text(heading), re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.DOTALL)))
    return found


def text(markup: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", markup)).strip()


def unit_of(cell: str) -> str:
    found = re.search(r"factories/(\d{4}-\d{4,})/", cell)
    assert found, cell
    return found[1]


def day_of(cell: str) -> date | None:
    found = re.search(r'datetime="([\d-]+)"', cell)
    return date.fromisoformat(found[1]) if found else None


def recounted(unit: dict[str, Any], closed: date | None, rank: dict[str, int]) -> list[tuple[date, str]]:
    """What happened to a unit up to the day of the file, from its listings in the data file alone."""

    def top(day: date) -> dict[str, Any] | None:
        covering = [
            one
            for one in unit["listings"]
            if one["from"] <= day.isoformat() and (one["through"] or "9999") >= day.isoformat()
        ]
        return max(covering, key=lambda one: rank[one["tier"]], default=None)

    days = {date.fromisoformat(one["from"]) for one in unit["listings"]}
    days |= {date.fromisoformat(one["through"]) + ONE_DAY for one in unit["listings"] if one["through"]}
    days |= {closed} if closed else set()
    found = []
    for day in sorted(day for day in days if day.isoformat() <= AS_OF):
        was, now = top(day - ONE_DAY), top(day)
        if day == closed:
            found.append((day, "退出"))
        elif was is None and now is not None:
            earlier = [one for one in unit["listings"] if one["from"] < day.isoformat()]
            found.append((day, "重新列入" if earlier else "新列入"))
        elif was is not None and now is None:
            found.append((day, "撤销" if was["ended_by"] == "revoked" else "到期"))
        elif was is not None and now is not None and was != now:
            step = rank[now["tier"]] - rank[was["tier"]]
            found.append((day, "晋级" if step > 0 else "层级调整" if step < 0 else "续期"))
    return found


@pytest.fixture(scope="module")
def happened(site: Path, registry: Registry) -> set[tuple[str, date, str]]:
    """Every change as (unit, day, kind), recounted from the data file."""
    rank = {tier.id: tier.rank for tier in registry.policy.tiers}
    factories = json.loads((site / "api/v1/factories.json").read_text(encoding="utf-8"))["factories"]
    found = set()
    for unit in factories:
        closing = registry.units[unit["id"]].closed
        for day, kind in recounted(unit, closing.date if closing else None, rank):
            found.add((unit["id"], day, kind))
    return found


def test_the_index_of_changes_counts_what_the_data_file_says(
    site: Path, happened: set[tuple[str, date, str]]
) -> None:
    page = read(site, "changes/")
    table = re.search(r'<table class="numbers">(.*?)</table>', page, re.DOTALL)
    assert table
    columns = [text(cell) for cell in re.findall(r"<th scope=\"col\"[^>]*>(.*?)</th>", table[1])]
    told: dict[str, Counter[str]] = {}
    for row in re.findall(r"<tr>(<th scope=\"row\".*?)</tr>", table[1]):
        month = re.search(r'href="\.\./changes/(\d{4}-\d{2})/"', row)
        assert month
        numbers = [int(text(cell)) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row)]
        assert numbers[-1] == sum(numbers[:-1])
        told[month[1]] = +Counter(dict(zip(columns[1:-1], numbers[:-1], strict=True)))
    expected: dict[str, Counter[str]] = {}
    for _, day, kind in happened:
        expected.setdefault(f"{day:%Y-%m}", Counter())[kind] += 1
    assert told == expected
    assert list(told) == sorted(told, reverse=True)
    assert {"新列入", "晋级", "续期", "到期", "撤销", "退出"} <= {kind for _, _, kind in happened}
    assert f"共 {len(happened)} 项变动" in page


def test_each_month_tells_its_changes_and_no_other(site: Path, happened: set[tuple[str, date, str]]) -> None:
    told = set()
    months = sorted(path.name for path in (site / "changes").glob("*-*/"))
    assert months == sorted({f"{day:%Y-%m}" for _, day, _ in happened})
    paged = 0
    for month in months:
        pages = pages_of(site, f"changes/{month}/")
        paged += len(pages) > 1
        for page in pages:
            for kind, cells in rows(page):
                day = day_of(cells[3])
                assert day
                assert f"{day:%Y-%m}" == month
                told.add((unit_of(cells[0]), day, kind))
    assert told == happened
    assert paged


def test_months_lead_to_their_neighbours_over_gaps(site: Path) -> None:
    months = sorted(path.name for path in (site / "changes").glob("*-*/"))
    assert "2026-04" not in months
    for before, month, after in zip(["", *months], months, [*months[1:], ""], strict=False):
        page = read(site, f"changes/{month}/")
        for rel, there in (("prev", before), ("next", after)):
            found = re.search(
                rf'<nav class="turn".*?<a rel="{rel}" href="\.\./\.\./changes/([\d-]+)/"', page, re.DOTALL
            )
            assert (found[1] if found else "") == there, month


def test_a_kind_leads_to_the_page_it_begins_on(site: Path) -> None:
    month = site / "changes/2026-09"
    found = re.findall(
        r'<li><a href="([^"#]*)#([a-z]+)">[^<]*<span class="n">', (month / "index.html").read_text("utf-8")
    )
    assert len(found) == 6
    for address, anchor in found:
        assert f'<h2 id="{anchor}">' in (month / address / "index.html").read_text("utf-8")


def test_a_revocation_shows_its_document_and_what_it_took_along(site: Path) -> None:
    found = [cells for kind, cells in rows(read(site, "changes/2026-05/")) if kind == "撤销"]
    own, sister = (text(cells[4]) for cells in found)
    assert "〔2026〕38号" in own
    assert "撤销“先进级数字化车间”：" in own
    assert "〔2026〕38号" in sister
    assert "撤销同一企业的“先进级数字化车间”：" in sister
    assert unit_of(found[1][4]) == unit_of(found[0][0])


@pytest.mark.parametrize("year", [2025, 2026])
def test_a_yearly_list_is_the_standing_at_the_end_of_its_day(
    site: Path, registry: Registry, year: int
) -> None:
    published = registry.lists[year]
    ledger = Ledger.of(registry, through=published.date)
    assert any(
        ledger.standing(unit, as_of=published.date)
        != Ledger.of(registry).standing(unit, as_of=published.date)
        for unit in registry.units
    )
    expected = {}
    for unit in registry.units:
        standing = ledger.standing(unit, as_of=published.date)
        if standing.tier:
            tier = registry.policy.tier(standing.tier).name
            expected[unit] = (tier, standing.since, standing.valid_through)
    pages = pages_of(site, f"lists/{year}/")
    shown = [(unit_of(cells[0]), tier, cells) for page in pages for tier, cells in rows(page)]
    told = {unit: (tier, day_of(cells[4]), day_of(cells[5])) for unit, tier, cells in shown}
    assert told == expected
    assert len(shown) == len(told)
    ranks = {tier.name: tier.rank for tier in registry.policy.tiers}
    cities = [city.name for city in registry.cities.prefectures]
    order = [(-ranks[tier], cities.index(registry.units[unit].city), unit) for unit, tier, _ in shown]
    assert order == sorted(order)
    for page in pages:
        assert f"共 {len(expected)} 个单元" in page
        assert published.document in page
        assert f"{published.date.month}月{published.date.day}日结束时的名单" in page


def test_a_list_names_enterprises_as_they_were(site: Path, registry: Registry) -> None:
    renamed = {
        unit.id: min((former.until, former.name) for former in unit.former_names)
        for unit in registry.units.values()
        if unit.former_names
    }
    seen = Counter[bool]()
    for year, published in registry.lists.items():
        for page in pages_of(site, f"lists/{year}/"):
            for _, cells in rows(page):
                unit = unit_of(cells[0])
                if unit in renamed:
                    until, name = renamed[unit]
                    assert (text(cells[1]) == name) == (until >= published.date)
                    seen[until >= published.date] += 1
    assert seen[False]


def test_a_document_leads_to_the_list_it_carried(site: Path) -> None:
    for year in (2025, 2026):
        found = re.search(r'class="printed" href="\.\./\.\./(documents/[^"]+)"', read(site, f"lists/{year}/"))
        assert found
        assert f'href="../../lists/{year}/"' in read(site, found[1])


@pytest.mark.parametrize(
    ("as_of", "years"), [("2026-06-29", {"2025"}), ("2026-06-30", {"2025", "2026"}), ("2024-01-01", set())]
)
def test_a_list_is_shown_from_its_day_on(tmp_path: Path, as_of: str, years: set[str]) -> None:
    done = run("build", "--as-of", as_of, "--site", tmp_path / "site")
    assert done.code == 0, done.err
    index = read(tmp_path / "site", "lists/")
    assert set(re.findall(r'href="\.\./lists/(\d{4})/"', index)) == years
    assert {path.name for path in (tmp_path / "site/lists").glob("2*/")} == years
    assert ("还没有公布过年度名单" in index) == (not years)
    months = {path.name for path in (tmp_path / "site/changes").glob("*-*/")}
    assert max(months) <= as_of[:7]


def test_who_stood_in_a_list_does_not_change_with_time(site: Path, tmp_path: Path) -> None:
    done = run("build", "--as-of", "2026-07-01", "--site", tmp_path / "site")
    assert done.code == 0, done.err
    then = [rows(page) for page in pages_of(tmp_path / "site", "lists/2026/")]
    assert then == [rows(page) for page in pages_of(site, "lists/2026/")]


def test_a_registry_without_lists_and_cases_says_so(built: Callable[..., Path]) -> None:
    there = built("qingdao-2024")
    assert "还没有公布过年度名单" in read(there, "lists/")
    assert "还没有发布典型案例" in read(there, "cases/")
    assert "本名录还没有采用场景分类" in read(there, "scenes/")
    assert rows(read(there, "changes/"))


CURRENT = {
    "notices/": ("到期预告", "page"),
    "notices/2/": ("到期预告", "true"),
    "notices/expired/": ("已到期", "page"),
    "notices/revoked/": ("撤销与限制", "page"),
    "notices/reports/": ("年度进展报告", "page"),
    "changes/": ("名单变动", "page"),
    "changes/2026-06/": ("名单变动", "true"),
    "changes/2025-05/2/": ("名单变动", "true"),
    "lists/": ("年度名单", "page"),
    "lists/2026/2/": ("年度名单", "true"),
    "documents/": ("文件", "page"),
}


@pytest.mark.parametrize("address", CURRENT)
def test_the_ways_between_notices_tell_where_one_is(site: Path, address: str) -> None:
    nav = re.search(r'<nav class="subnav".*?</nav>', read(site, address), re.DOTALL)
    assert nav
    assert re.findall(r'aria-current="(\w+)">(.*?)</a>', nav[0]) == [CURRENT[address][::-1]]
    assert nav[0].count("<a ") == 7


def test_a_document_is_among_the_notices(site: Path) -> None:
    one = next(path for path in sorted((site / "documents").glob("*-*/")))
    assert re.findall(r'aria-current="(\w+)">(.*?)</a>', read(site, f"documents/{one.name}/"))[-1] == (
        "true",
        "文件",
    )
