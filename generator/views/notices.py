"""Notices: what expires and when, what has expired, what was revoked, and the yearly reports.

May import the other views and `urls`.
"""

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from msgspec import Struct

from generator import urls
from generator.records import Unit
from generator.rules.engine import ONE_DAY
from generator.rules.terms import Bar
from generator.views import words
from generator.views.book import Book
from generator.views.tables import ROWS_A_PAGE, Count, Link, Pager, UnitRow, counted, parts, unit_row
from generator.views.units import ReportRow, document_link, reports
from generator.views.words import TierMark

MONTHS_AHEAD = 36


class Month(Struct, frozen=True, kw_only=True):
    """The units of this page whose listing ends in one month; `anchor` is `m2027-03`."""

    anchor: str
    name: str
    rows: tuple[UnitRow, ...]


class ExpiringPage(Struct, frozen=True, kw_only=True):
    """One page of the units whose listing ends in the next 36 months; `index` leads to where each month begins."""

    within_days: int
    soon: int
    index: tuple[Count, ...]
    months: tuple[Month, ...]
    pager: Pager


class ExpiredRow(Struct, frozen=True, kw_only=True):
    """A unit whose last listing ran to its end."""

    unit: UnitRow
    tier: TierMark
    last: date


class ExpiredPage(Struct, frozen=True, kw_only=True):
    """One page of the units that dropped off by themselves, newest first."""

    rows: tuple[ExpiredRow, ...]
    pager: Pager


class RevokedRow(Struct, frozen=True, kw_only=True):
    """One cancelled title and what it took along."""

    unit: Link
    enterprise: str
    title: str
    day: date
    document: Link
    authority: str
    reason: str | None
    barred_through: date | None
    sisters: tuple[Link, ...]


class BarRow(Struct, frozen=True, kw_only=True):
    """An enterprise that may not be listed for the time being."""

    enterprise: str
    first: date
    last: date
    units: tuple[Link, ...]


class RevokedPage(Struct, frozen=True, kw_only=True):
    """The cancelled titles, newest first, and the bars that hold on this day."""

    bar_years: int
    barring: tuple[str, ...]
    revocable: tuple[str, ...]
    rows: tuple[RevokedRow, ...]
    bars: tuple[BarRow, ...]


class ReportsRow(Struct, frozen=True, kw_only=True):
    """A unit in a tier that owes yearly reports, with its years."""

    unit: Link
    enterprise: str
    tier: TierMark
    years: tuple[ReportRow, ...]


class ReportsPage(Struct, frozen=True, kw_only=True):
    """The yearly reports given and owed."""

    tiers: tuple[str, ...]
    rows: tuple[ReportsRow, ...]


def _through(book: Book, unit: Unit) -> date:
    through = book.standing(unit).valid_through
    assert through is not None
    return through


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def ending(book: Book) -> list[Unit]:
    """Return the listed units whose tier ends in this month or the next 35, by day, then by number."""
    beyond = _month(book.as_of) + MONTHS_AHEAD
    found = [
        unit
        for unit in book.registry.units.values()
        if book.standing(unit).valid_through and _month(_through(book, unit)) < beyond
    ]
    return sorted(found, key=lambda unit: (_through(book, unit), unit.id))


def months_ahead(book: Book) -> list[date]:
    """Return the first day of this month and of the next 35."""
    months = range(_month(book.as_of), _month(book.as_of) + MONTHS_AHEAD)
    return [date(number // 12, number % 12 + 1, 1) for number in months]


def by_month(book: Book, found: list[Unit]) -> list[tuple[date, Link, list[Unit]]]:
    """Return ending units by month: its first day, where it begins in the notices, and its units.

    Args:
        book: the registry on its day.
        found: what `ending` returns.
    """
    months = []
    for number, group in groupby(enumerate(found), key=lambda row: _month(_through(book, row[1]))):
        members = list(group)
        page = members[0][0] // ROWS_A_PAGE + 1
        address = f"{urls.numbered(urls.NOTICES, page)}#{_anchor(number)}"
        first = date(number // 12, number % 12 + 1, 1)
        months.append((first, Link(text=words.month(first), address=address), [unit for _, unit in members]))
    return months


def expiring_pages(book: Book) -> Iterator[ExpiringPage]:
    """Yield the expiry notices: listed units by the month in which their tier ends, for the next 36 months."""
    found = ending(book)
    soon = sum(book.standing(unit).expiring for unit in found)
    index = counted((month, len(units)) for _, month, units in by_month(book, found))
    for pager in parts(urls.NOTICES, len(found)):
        shown = found[pager.first_row - 1 : pager.last_row]
        yield ExpiringPage(
            within_days=book.policy.expiring_within_days,
            soon=soon,
            index=index,
            months=tuple(
                Month(
                    anchor=_anchor(number),
                    name=_month_name(number),
                    rows=tuple(unit_row(book, unit) for unit in group),
                )
                for number, group in groupby(shown, key=lambda unit: _month(_through(book, unit)))
            ),
            pager=pager,
        )


def _anchor(number: int) -> str:
    return f"m{number // 12}-{number % 12 + 1:02d}"


def _month_name(number: int) -> str:
    return words.month(date(number // 12, number % 12 + 1, 1))


def next_expiries(book: Book, count: int) -> tuple[UnitRow, ...]:
    """Return the listed units whose tier ends next."""
    return tuple(unit_row(book, unit) for unit in ending(book)[:count])


def expired_pages(book: Book) -> Iterator[ExpiredPage]:
    """Yield the units that stand in no list because their term ran out."""
    found = []
    for unit in book.registry.units.values():
        ended = book.last_listing(unit)
        if book.standing(unit).status == "expired" and ended and ended.last:
            found.append((ended.last, ended.tier, unit))
    found.sort(key=lambda row: row[0], reverse=True)
    for pager in parts(urls.EXPIRED, len(found)):
        yield ExpiredPage(
            rows=tuple(
                ExpiredRow(unit=unit_row(book, unit), tier=words.tier_mark(book, tier), last=last)
                for last, tier, unit in found[pager.first_row - 1 : pager.last_row]
            ),
            pager=pager,
        )


def revoked_page(book: Book) -> RevokedPage:
    """Return the cancelled titles up to this day, and the bars that hold on it."""
    rows = []
    running: dict[tuple[str, ...], Bar] = {}
    for unit in book.registry.units.values():
        account = book.account(unit)
        for bar in account.bars:
            held = running.get(account.enterprise)
            if bar.covers(book.as_of) and (held is None or bar.last > held.last):
                running[account.enterprise] = bar
        for found in unit.revocations:
            day = book.day_of(found)
            if day > book.as_of:
                continue
            document, authority = document_link(book, found.document)
            bar_days = [
                bar.last
                for bar in account.bars
                if bar.unit == unit.id and bar.title == found.title and bar.first == day
            ]
            rows.append(
                RevokedRow(
                    unit=Link(text=unit.name, address=urls.unit(unit.id)),
                    enterprise=unit.enterprise,
                    title=found.title,
                    day=day,
                    document=document,
                    authority=authority,
                    reason=found.reason,
                    barred_through=max(bar_days, default=None),
                    sisters=_taken_along(book, unit, day) if bar_days else (),
                )
            )
    rows.sort(key=lambda row: row.day, reverse=True)
    bars = [
        BarRow(
            enterprise=book.registry.units[bar.unit].enterprise,
            first=bar.first,
            last=bar.last,
            units=tuple(
                Link(text=book.registry.units[member].name, address=urls.unit(member))
                for member in enterprise
            ),
        )
        for enterprise, bar in running.items()
    ]
    bars.sort(key=lambda row: row.last)
    return RevokedPage(
        bar_years=book.policy.bar_years,
        barring=tuple(title.name for title in book.policy.titles if title.bars),
        revocable=tuple(tier.name for tier in book.policy.tiers if tier.revocable),
        rows=tuple(rows),
        bars=tuple(bars),
    )


def _taken_along(book: Book, unit: Unit, day: date) -> tuple[Link, ...]:
    """The enterprise's other units that left a list with this revocation."""
    return tuple(
        Link(text=book.registry.units[other].name, address=urls.unit(other))
        for other in book.account(unit).enterprise
        if other != unit.id
        and any(
            listing.ended_by == "revoked" and listing.last == day - ONE_DAY
            for listing in book.ledger.accounts[other].listings
        )
    )


def reports_page(book: Book) -> ReportsPage:
    """Return the yearly reports of the units now in a tier that owes them."""
    rows = []
    for unit in book.in_order(book.registry.units.values()):
        tier = book.tier(unit)
        if tier and tier.report:
            rows.append(
                ReportsRow(
                    unit=Link(text=unit.name, address=urls.unit(unit.id)),
                    enterprise=unit.enterprise,
                    tier=words.tier_mark(book, tier.id),
                    years=reports(book, unit),
                )
            )
    return ReportsPage(tiers=tuple(t.name for t in book.policy.tiers if t.report), rows=tuple(rows))
