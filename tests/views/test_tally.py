"""The counts of one pass are those of asking unit by unit and day by day."""

from collections import Counter
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from generator.records import Unit
from generator.registry import Registry
from generator.render import Renderer
from generator.rules.ledger import Ledger
from generator.views.book import Book
from generator.views.notices import ending
from generator.views.statistics import Table, statistics_page
from generator.views.tally import tally
from tests.books import book as book_on

ONE_DAY = timedelta(days=1)


def book_of(registry: Registry, ledger: Ledger, as_of: date) -> Book:
    return Book(registry, ledger, as_of)


@pytest.fixture(scope="module", params=["registry", "tests/registries/qingdao-2024"])
def book(request: pytest.FixtureRequest) -> Book:
    return book_on(name=request.param)


@pytest.fixture(scope="module")
def shipped() -> Book:
    return book_on()


def recounted(book: Book, day: date) -> Counter[str]:
    held = (book.ledger.standing(unit, as_of=day).tier for unit in book.registry.units)
    return Counter(tier for tier in held if tier)


def test_listed_over_time_is_what_every_unit_says_on_its_boundary_days(book: Book) -> None:
    """The day before, the first, the last and the day after, of the listings of every twelfth unit."""
    days = {book.as_of - ONE_DAY, book.as_of, book.as_of + ONE_DAY}
    for account in list(book.ledger.accounts.values())[::12]:
        for listing in account.listings:
            days |= {listing.first - ONE_DAY, listing.first}
            if listing.last:
                days |= {listing.last, listing.last + ONE_DAY}
    ordered = sorted(days)
    for day, found in zip(ordered, tally(book).listed_on(ordered), strict=True):
        assert Counter(found) == recounted(book, day), day


def test_the_first_listing_is_the_first_day_anybody_is_listed(book: Book) -> None:
    first = tally(book).first_listing(as_of=book.as_of)
    assert first
    assert recounted(book, first - ONE_DAY).total() == 0
    assert recounted(book, first).total() > 0
    assert tally(book).first_listing(as_of=first) == first
    assert tally(book).first_listing(as_of=first - ONE_DAY) is None


def test_counts_of_the_day_agree_with_each_other(book: Book) -> None:
    counts = tally(book)
    assert counts.by_tier == recounted(book, book.as_of)
    assert counts.by_city.total() == counts.by_division.total() == counts.listed
    assert counts.by_mark.total() == counts.units == len(book.registry.units)
    assert counts.by_mark["valid"] + counts.by_mark["expiring"] == counts.listed
    assert counts.listed_on([book.as_of]) == [counts.by_tier]


def tables(book: Book) -> dict[str, Table]:
    return {table.anchor: table for table in statistics_page(book).tables}


def test_awards_count_from_their_own_day(shipped: Book) -> None:
    """Neither the day before nor for a title that lists nothing are they passed over or moved."""
    award = max(
        (award for account in shipped.ledger.accounts.values() for award in account.life.awards),
        key=lambda award: award.day,
    )
    for day, counted in ((award.day - ONE_DAY, False), (award.day, True), (award.day + ONE_DAY, True)):
        book = book_of(shipped.registry, shipped.ledger, day)
        expected = sum(
            shipped.day_of(title) <= day for unit in shipped.registry.units.values() for title in unit.titles
        )
        table = tables(book)["awards"]
        assert sum(row.total for row in table.rows) == expected
        assert (sum(table.totals or ()) == tally(shipped).awards.total()) is counted
        assert table.columns[-1].text != "其他"


def test_titles_that_list_nothing_have_a_column_of_their_own(shipped: Book) -> None:
    policy = shipped.policy
    honour = policy.titles[0].name
    plain = replace(
        policy, titles=tuple(replace(t, tier=None) if t.name == honour else t for t in policy.titles)
    )
    registry = replace(shipped.registry, policy=plain)
    book = Book(registry, Ledger.of(registry), shipped.as_of)
    table = tables(book)["awards"]
    given = sum(title.title == honour for unit in registry.units.values() for title in unit.titles)
    assert given
    assert table.columns[-1].text == "其他"
    assert table.totals
    assert table.totals[-1] == given
    assert sum(table.totals) == tally(shipped).awards.total()
    assert "不对应名单层级" in table.lead


def test_history_ends_with_the_day_itself(shipped: Book) -> None:
    first = tally(shipped).first_listing(as_of=shipped.as_of)
    assert first
    for day in (first - ONE_DAY, first, date(2025, 12, 30), date(2025, 12, 31), date(2026, 1, 1)):
        table = tables(book_of(shipped.registry, shipped.ledger, day))["history"]
        years = [date(year, 12, 31) for year in range(first.year, day.year)] if day >= first else []
        expected = [recounted(shipped, found).total() for found in [*years, day]] if day >= first else []
        assert [row.total for row in table.rows] == expected
        assert (table.chart is None) is (day < first)


def test_expiries_are_those_of_the_notices(shipped: Book) -> None:
    """Also on the last day of a unit's term, and on the day after, when it is gone."""
    last = shipped.standing(ending(shipped)[0]).valid_through
    assert last
    for day in (last - ONE_DAY, last, last + ONE_DAY):
        book = book_of(shipped.registry, shipped.ledger, day)
        table = tables(book)["expiries"]
        assert sum(row.total for row in table.rows) == len(ending(book))
        months = {row.head.text for row in table.rows}
        left = [unit for unit in ending(book) if book.standing(unit).valid_through == last]
        assert bool(left) is (day <= last)
        assert (f"{last.year}年{last.month}月" in months) is any(
            (through := book.standing(unit).valid_through)
            and (through.year, through.month) == (last.year, last.month)
            for unit in ending(book)
        )


def test_a_table_fits_a_page_and_sums_up(book: Book) -> None:
    for table in statistics_page(book).tables:
        assert len(table.rows) <= 100
        for row in table.rows:
            assert len(row.numbers) == len(table.columns)
            assert row.total == sum(row.numbers)
        if table.totals is not None:
            assert sum(table.totals) == sum(row.total for row in table.rows)


@pytest.mark.parametrize("cities", [True, False])
def test_a_registry_without_units_says_so(shipped: Book, cities: bool) -> None:
    units: dict[str, Unit] = {}
    places = shipped.registry.cities if cities else replace(shipped.registry.cities, prefectures=())
    registry = replace(shipped.registry, units=units, cases={}, cities=places)
    book = Book(registry, Ledger.of(registry), shipped.as_of)
    page = statistics_page(book)
    assert all(table.chart is None for table in page.tables)
    assert page.standings_chart is None
    html = Renderer(as_of=book.as_of, base="https://registry.example/").body(
        "statistics.html", page, here="statistics/", trail=()
    )
    for sentence in (
        "目前没有单元列在名单中。",
        "还没有授予过称号。",
        "还没有单元列入过名单。",
        "未来 36 个月内没有单元到期。",
        "名录里还没有单元。",
    ):
        assert sentence in html
    assert "<svg" not in html
