"""What the tables of units, the counts and the further pages of long lists have in common.

May import `views.book`, `views.words` and `urls`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from msgspec import Struct

from generator import urls
from generator.records import Unit
from generator.views import words
from generator.views.book import Book, once
from generator.views.words import Mark, TierMark

ROWS_A_PAGE = 100


class Link(Struct, frozen=True, kw_only=True):
    """A text that leads somewhere on the site."""

    text: str
    address: str


class Count(Struct, frozen=True, kw_only=True):
    """A number with what it counts; `share` is its part of the largest, 0 to 100."""

    link: Link
    number: int
    share: int = 0


class UnitRow(Struct, frozen=True, kw_only=True):
    """A unit as one row of a table."""

    unit: Link
    enterprise: str
    city: Link
    tier: TierMark | None
    mark: Mark
    then: Mark | None
    through: date | None
    endless: bool


class Pager(Struct, frozen=True, kw_only=True):
    """Where a page stands in a long list: addresses of its neighbours and of all pages."""

    number: int
    total: int
    rows: int
    first_row: int
    last_row: int
    before: str | None
    after: str | None
    pages: tuple[Link, ...]


class Slice(Struct, frozen=True, kw_only=True):
    """One page of a long list of units."""

    address: str
    rows: tuple[UnitRow, ...]
    pager: Pager


@once
def unit_row(book: Book, unit: Unit) -> UnitRow:
    """Return a unit as a row."""
    standing = book.standing(unit)
    city = book.city(unit)
    ended = None if standing.tier else book.last_listing(unit)
    return UnitRow(
        unit=Link(text=unit.name, address=urls.unit(unit.id)),
        enterprise=unit.enterprise,
        city=Link(text=city.short, address=urls.city(city.code)),
        tier=words.tier_mark(book, standing.tier) if standing.tier else None,
        mark=words.mark(standing),
        then=words.mark_after(book, unit),
        through=standing.valid_through if standing.tier else (ended.last if ended else None),
        endless=standing.tier is not None and standing.valid_through is None,
    )


def slices(book: Book, address: str, units: Sequence[Unit]) -> Iterator[Slice]:
    """Yield a long list page by page; an empty list has one empty page.

    Args:
        book: the registry on its day.
        address: where the list begins.
        units: all its rows in order.
    """
    for part in parts(address, len(units)):
        rows = tuple(unit_row(book, unit) for unit in units[part.first_row - 1 : part.last_row])
        yield Slice(address=urls.numbered(address, part.number), rows=rows, pager=part)


def parts(address: str, rows: int) -> Iterator[Pager]:
    """Yield where each page of a list of so many rows stands."""
    total = max(1, -(-rows // ROWS_A_PAGE))
    pages = tuple(Link(text=str(n), address=urls.numbered(address, n)) for n in range(1, total + 1))
    for number in range(1, total + 1):
        yield Pager(
            number=number,
            total=total,
            rows=rows,
            first_row=(number - 1) * ROWS_A_PAGE + 1,
            last_row=min(number * ROWS_A_PAGE, rows),
            before=pages[number - 2].address if number > 1 else None,
            after=pages[number].address if number < total else None,
            pages=pages,
        )


def counted(numbers: Iterable[tuple[Link, int]], *, empty: bool = False) -> tuple[Count, ...]:
    """Return counts with their share of the largest; those of nothing are left out unless `empty`."""
    kept = [(link, number) for link, number in numbers if number or empty]
    most = max((number for _, number in kept), default=0)
    return tuple(
        Count(link=link, number=number, share=round(100 * number / most) if most else 0)
        for link, number in kept
    )


def by_tier(book: Book, units: Iterable[Unit]) -> tuple[Count, ...]:
    """Return how many of these units hold each tier, highest first."""
    held = Counter(book.standing(unit).tier for unit in units)
    return counted(
        (
            (Link(text=tier.name, address=urls.tier(tier.id)), held[tier.id])
            for tier in reversed(book.policy.tiers)
        ),
        empty=True,
    )


def by_city(book: Book, units: Iterable[Unit]) -> tuple[Count, ...]:
    """Return how many of these units each city has, in the order of cities.yml."""
    found = Counter(unit.city for unit in units)
    return counted(
        (Link(text=city.name, address=urls.city(city.code)), found[city.name])
        for city in book.registry.cities.prefectures
    )


def by_division(book: Book, units: Iterable[Unit]) -> tuple[Count, ...]:
    """Return how many of these units each division has, most first."""
    found = Counter(unit.industry[:2] for unit in units)
    rows = [
        (Link(text=f"{code} {book.registry.industry(code)}", address=urls.industry(code)), number)
        for code, number in sorted(found.items(), key=lambda row: (-row[1], row[0]))
    ]
    return counted(rows)
