"""The picture of a unit's listings over the years, as geometry: the template only draws it.

May import `views.book`, `views.words` and `rules`. Widths are in units of the picture, which is `WIDTH` wide.
"""

from collections.abc import Callable
from datetime import date
from functools import cache, partial

from msgspec import Struct

from generator.records import Unit
from generator.rules.terms import Listing
from generator.views import words
from generator.views.book import Book

WIDTH = 400
LABELS = 56
ROW = 32
TOP = 22


class Stretch(Struct, frozen=True, kw_only=True):
    """One listing as a bar; `open` where it has no end."""

    x: float
    width: float
    step: int
    open: bool


class Row(Struct, frozen=True, kw_only=True):
    """The listings of one tier; `y` is the top of its bars."""

    name: str
    y: int
    stretches: tuple[Stretch, ...]


class Tick(Struct, frozen=True, kw_only=True):
    """The first day of a year."""

    x: float
    year: int
    label: bool


class Timeline(Struct, frozen=True, kw_only=True):
    """The picture: its size, its rows from the highest tier down, the years, today, and the same in words."""

    width: int
    height: int
    rows: tuple[Row, ...]
    ticks: tuple[Tick, ...]
    now: float
    text: str


def timeline(book: Book, unit: Unit) -> Timeline | None:
    """Return the picture of a unit's listings, or None where there is none."""
    listings = book.account(unit).listings
    if not listings:
        return None
    first = min(listing.first for listing in listings).year
    last = max((listing.last.year for listing in listings if listing.last), default=first)
    last = max(last, book.as_of.year)
    begin, end = date(first, 1, 1), date(last + 1, 1, 1)

    at = partial(_at, begin, (end - begin).days)
    tiers = [tier for tier in reversed(book.policy.tiers) if any(x.tier == tier.id for x in listings)]
    rows = tuple(
        Row(
            name=tier.name,
            y=TOP + number * ROW,
            stretches=tuple(_stretch(at, x, tier.rank + 1) for x in listings if x.tier == tier.id),
        )
        for number, tier in enumerate(tiers)
    )
    return Timeline(
        width=WIDTH,
        height=TOP + len(rows) * ROW + 4,
        rows=rows,
        ticks=_ticks(first, last),
        now=at(book.as_of),
        text="；".join(f"{book.policy.tier(x.tier).name}{words.term(x.first, x.last)}" for x in listings),
    )


def _at(begin: date, days: int, day: date) -> float:
    """Where a day lies in a picture of so many days."""
    return round(LABELS + (day - begin).days / days * (WIDTH - LABELS), 1)


@cache
def _ticks(first: int, last: int) -> tuple[Tick, ...]:
    """The years from the first to the last, of which six at most have a label. Most units share theirs with others."""
    begin = date(first, 1, 1)
    days = (date(last + 1, 1, 1) - begin).days
    every = max(1, -(-(last + 1 - first) // 6))
    return tuple(
        Tick(x=_at(begin, days, date(year, 1, 1)), year=year, label=(year - first) % every == 0)
        for year in range(first, last + 1)
    )


def _stretch(at: Callable[[date], float], listing: Listing, step: int) -> Stretch:
    x = at(listing.first)
    end = at(listing.last) if listing.last else float(WIDTH)
    return Stretch(x=x, width=round(max(2.0, end - x), 1), step=step, open=listing.last is None)
