"""The yearly lists as published: who stood in which tier at the end of a day, and the document of each list.

May import `views.book`, `views.tables`, `views.units`, `rules` and `urls`. A list follows from
the facts up to its own day alone, so that nothing that came later alters it: not even the last day of a term.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import groupby

from msgspec import Struct

from generator import urls
from generator.policy import Tier
from generator.records import Unit, YearList
from generator.rules.engine import highest
from generator.rules.terms import Standing
from generator.views import words
from generator.views.book import Book
from generator.views.corrections import CorrectionRow, correction_rows
from generator.views.tables import ROWS_A_PAGE, Count, Link, Pager, counted, parts
from generator.views.units import document_link
from generator.views.words import TierMark


class ListRow(Struct, frozen=True, kw_only=True):
    """A yearly list as one row of the index, with its number of units by tier in the order of the columns."""

    list: Link
    day: date
    document: Link
    numbers: tuple[int, ...]
    total: int


class ListsPage(Struct, frozen=True, kw_only=True):
    """The yearly lists, newest first; `columns` are the tiers, highest first."""

    columns: tuple[str, ...]
    rows: tuple[ListRow, ...]


class ListedRow(Struct, frozen=True, kw_only=True):
    """A unit as it stood in a yearly list."""

    unit: Link
    enterprise: str
    city: Link
    title: str
    since: date
    through: date | None


class ListedTier(Struct, frozen=True, kw_only=True):
    """The units of one tier on this page, of so many in the list."""

    anchor: str
    tier: TierMark
    number: int
    rows: tuple[ListedRow, ...]


class YearListPage(Struct, frozen=True, kw_only=True):
    """One page of a yearly list, by tier from high to low, then by city."""

    year: int
    day: date
    title: str
    document: Link
    authority: str
    index: tuple[Count, ...]
    tiers: tuple[ListedTier, ...]
    corrections: tuple[CorrectionRow, ...]
    earlier: Link | None
    later: Link | None
    pager: Pager


class Standings(Struct, frozen=True, kw_only=True):
    """Who stood in a yearly list at the end of its day, and by which title, in the order of the page."""

    list: YearList
    rows: tuple[tuple[Tier, Unit, Standing, str], ...]

    @property
    def numbers(self) -> Counter[str]:
        """The number of units by tier."""
        return Counter(tier.id for tier, *_ in self.rows)


def published_lists(book: Book) -> list[YearList]:
    """Return the yearly lists dated on or before the day of the book, newest first."""
    found = [one for one in book.registry.lists.values() if one.date <= book.as_of]
    return sorted(found, key=lambda one: one.year, reverse=True)


def list_link(found: YearList) -> Link:
    """Return the link to a yearly list."""
    return Link(text=f"{found.year} 年度名单", address=urls.year_list(found.year))


def standings_of(book: Book, found: YearList) -> Standings:
    """Return who stood in a list at the end of its day: higher tiers first, then by city, then by number."""
    cities = {city.name: place for place, city in enumerate(book.registry.cities.prefectures)}
    ledger = book.ledger.back_to(found.date)
    rows = []
    for unit in book.registry.units.values():
        listing = highest(ledger.accounts[unit.id].listings, found.date, book.policy)
        if listing is None:
            continue
        standing = ledger.standing(unit.id, as_of=found.date)
        if standing.tier:
            rows.append((book.policy.tier(standing.tier), unit, standing, listing.award.title.name))
    rows.sort(key=lambda row: (-row[0].rank, cities[row[1].city], row[1].id))
    return Standings(list=found, rows=tuple(rows))


def lists_page(book: Book, lists: list[Standings]) -> ListsPage:
    """Return the index of the yearly lists.

    Args:
        book: the registry on its day.
        lists: the published lists, newest first.
    """
    tiers = tuple(reversed(book.policy.tiers))
    rows = []
    for found in lists:
        numbers = found.numbers
        rows.append(
            ListRow(
                list=list_link(found.list),
                day=found.list.date,
                document=document_link(book, found.list.document)[0],
                numbers=tuple(numbers[tier.id] for tier in tiers),
                total=len(found.rows),
            )
        )
    return ListsPage(columns=tuple(tier.name for tier in tiers), rows=tuple(rows))


def year_list_pages(
    book: Book, found: Standings, *, earlier: YearList | None, later: YearList | None
) -> Iterator[YearListPage]:
    """Yield the pages of one yearly list.

    Args:
        book: the registry on its day.
        found: who stood in the list.
        earlier: the published list before it.
        later: the published list after it.
    """
    address = urls.year_list(found.list.year)
    document, authority = document_link(book, found.list.document)
    numbers = found.numbers
    index, first = [], 0
    for tier in reversed(book.policy.tiers):
        page = urls.numbered(address, first // ROWS_A_PAGE + 1)
        index.append((Link(text=tier.name, address=f"{page}#{_anchor(tier)}"), numbers[tier.id]))
        first += numbers[tier.id]
    for pager in parts(address, len(found.rows)):
        shown = found.rows[pager.first_row - 1 : pager.last_row]
        yield YearListPage(
            year=found.list.year,
            day=found.list.date,
            title=book.registry.documents[found.list.document].title,
            document=document,
            authority=authority,
            index=counted(index),
            tiers=tuple(
                ListedTier(
                    anchor=_anchor(tier),
                    tier=words.tier_mark(book, tier.id),
                    number=numbers[tier.id],
                    rows=tuple(
                        _row(book, unit, standing, title, on=found.list.date)
                        for _, unit, standing, title in group
                    ),
                )
                for tier, group in groupby(shown, key=lambda row: row[0])
            ),
            corrections=correction_rows(found.list.corrections),
            earlier=list_link(earlier) if earlier else None,
            later=list_link(later) if later else None,
            pager=pager,
        )


def _anchor(tier: Tier) -> str:
    return f"tier-{tier.id}"


def _row(book: Book, unit: Unit, standing: Standing, title: str, *, on: date) -> ListedRow:
    city = book.city(unit)
    assert standing.since is not None
    return ListedRow(
        unit=Link(text=unit.name, address=urls.unit(unit.id)),
        enterprise=enterprise_on(unit, on),
        city=Link(text=city.short, address=urls.city(city.code)),
        title=title,
        since=standing.since,
        through=standing.valid_through,
    )


def enterprise_on(unit: Unit, day: date) -> str:
    """Return the name that a unit's enterprise had on a day."""
    names = sorted((former.until, former.name) for former in unit.former_names if former.until >= day)
    return names[0][1] if names else unit.enterprise
