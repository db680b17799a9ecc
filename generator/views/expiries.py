"""Expiry days as calendars show them: for all, for a city, for one unit.

May import the other views and `urls`. The day of an expiry is the last one on which the unit still holds its tier.
Nothing here changes from one day to the next but what the facts and the passing of an expiry day change: a calendar
that is fetched daily must not look new daily.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby

from msgspec import Struct

from generator import urls
from generator.records import Unit
from generator.rules.engine import highest
from generator.views import words
from generator.views.book import Book
from generator.views.tables import Link
from generator.views.topics import Topic, expiry_topics

REMINDERS = (180, 90, 30)
"""How many days ahead a calendar reminds of an expiry."""

UNITS_A_DAY = 30
"""The most units that the text of one day names."""

NAMES_A_SUMMARY = 3
"""The most units that the headline of one day names."""


class Expiry(Struct, frozen=True, kw_only=True):
    """A listed unit whose tier ends on `day`; `told` is the day of the latest fact about the unit."""

    unit: Unit
    tier: str
    day: date
    told: date


class ExpiryEvent(Struct, frozen=True, kw_only=True):
    """One day in a calendar: its headline, the units behind it and the address of the page with more.

    `name` identifies it for ever, `told` is the day of the latest fact behind it, `more` the number of units left out.
    """

    name: str
    day: date
    summary: str
    lead: str
    rows: tuple[Link, ...]
    more: int
    page: str
    tiers: tuple[str, ...]
    told: date


class ExpiryCalendar(Struct, frozen=True, kw_only=True):
    """One calendar: its own address, its name and description, the page it belongs to, and its days in order.

    `told` is the day of the latest fact about any unit it may speak of, None where there is no such unit.
    """

    address: str
    name: str
    description: str
    page: str
    events: tuple[ExpiryEvent, ...]
    told: date | None


def told(book: Book, unit: Unit) -> date | None:
    """Return the day of the latest fact about a unit by this day, or None where all lie ahead."""
    life = book.account(unit).life
    days = [award.day for award in life.awards]
    days += [revocation.day for revocation in life.revocations]
    days += [assessment.date for assessment in life.maturity]
    days += [correction.date for correction in unit.corrections]
    if life.closed:
        days.append(life.closed)
    return max((day for day in days if day <= book.as_of), default=None)


def expiry(book: Book, unit: Unit) -> Expiry | None:
    """Return when a unit's tier ends, or None where it holds none or has no last day."""
    standing = book.standing(unit)
    latest = told(book, unit)
    if standing.tier is None or standing.valid_through is None or latest is None:
        return None
    return Expiry(
        unit=unit, tier=book.policy.tier(standing.tier).name, day=standing.valid_through, told=latest
    )


def calendar_address(book: Book, unit: Unit) -> str | None:
    """Return the address of a unit's calendar where it holds a day to follow, or None."""
    return urls.unit_calendar(unit.id) if book.standing(unit).valid_through else None


def topic_calendars(book: Book) -> Iterator[ExpiryCalendar]:
    """Yield the calendar of all expiry days, then of each city."""
    found: dict[str, list[Expiry]] = {"": []}
    latest: dict[str, date] = {}
    for unit in book.registry.units.values():
        code = book.city(unit).code
        day = told(book, unit)
        if day is not None:
            latest[""] = max(day, latest.get("", day))
            latest[code] = max(day, latest.get(code, day))
        ends = expiry(book, unit)
        if ends:
            found[""].append(ends)
            found.setdefault(code, []).append(ends)
    notice = "演示数据，企业均为虚构。" if book.policy.demonstration else ""
    for topic in expiry_topics(book):
        place = topic.title if topic.value else book.policy.region.name
        name = f"{place}智能工厂到期日"
        yield ExpiryCalendar(
            address=urls.calendar(topic.key),
            name=name,
            description=f"{book.policy.name}中{place}各单元有效期的最后一日。当天仍然有效，次日移出该层级名单。{notice}",
            page=topic.page,
            events=tuple(_days(topic, found.get(topic.value, ()))),
            told=latest.get(topic.value),
        )


def _days(topic: Topic, found: Iterable[Expiry]) -> Iterator[ExpiryEvent]:
    ordered = sorted(found, key=lambda ends: (ends.day, ends.unit.id))
    for day, group in groupby(ordered, key=lambda ends: ends.day):
        members = list(group)
        shown = members[:UNITS_A_DAY]
        yield ExpiryEvent(
            name=f"{topic.key}/{day}",
            day=day,
            summary=_summary(members),
            lead=f"以下 {len(members)} 个单元的有效期至{words.day(day)}，当天仍然有效，次日移出该层级名单。",
            rows=tuple(
                Link(
                    text=f"{ends.unit.name}（{ends.unit.enterprise}），{ends.tier}",
                    address=urls.unit(ends.unit.id),
                )
                for ends in shown
            ),
            more=len(members) - len(shown),
            page=urls.NOTICES,
            tiers=tuple(sorted({ends.tier for ends in members})),
            told=max(ends.told for ends in members),
        )


def _summary(members: Sequence[Expiry]) -> str:
    names = [ends.unit.name for ends in members]
    if len(names) == 1:
        return f"{names[0]}有效期届满"
    told_names = "、".join(names[:NAMES_A_SUMMARY])
    return f"{len(names)} 个单元有效期届满：{told_names}{'等' if len(names) > NAMES_A_SUMMARY else ''}"


def unit_calendar(book: Book, unit: Unit) -> ExpiryCalendar | None:
    """Return the calendar of a unit that has, or once had, a last day to follow, or None.

    A unit that has dropped off, or has risen to a tier without a term, keeps its calendar, empty: whoever follows the
    address finds no day there, and not a missing file.
    """
    limited = {tier.id for tier in book.policy.tiers if tier.term_years}
    listings = book.account(unit).listings
    ends = expiry(book, unit)
    if not ends and not any(found.tier in limited and found.first <= book.as_of for found in listings):
        return None
    return ExpiryCalendar(
        address=urls.unit_calendar(unit.id),
        name=f"{unit.name}有效期",
        description=f"{unit.enterprise}{unit.name}在{book.policy.name}中的有效期。没有日程的，表示现在没有到期日。",
        page=urls.unit(unit.id),
        events=(_own(book, ends),) if ends else (),
        told=told(book, unit),
    )


def _own(book: Book, ends: Expiry) -> ExpiryEvent:
    """The one day of a unit. It is the end of what an award opened: another award makes another event."""
    unit = ends.unit
    listing = highest(book.account(unit).listings, ends.day, book.policy)
    assert listing is not None
    return ExpiryEvent(
        name=f"{urls.unit(unit.id)}{listing.award.document}/{listing.award.title.name}",
        day=ends.day,
        summary=f"{unit.name}有效期届满",
        lead=f"{ends.tier}有效期至{words.day(ends.day)}，当天仍然有效，次日移出该层级名单。",
        rows=(Link(text=f"{unit.name}（{unit.enterprise}）", address=urls.unit(unit.id)),),
        more=0,
        page=urls.unit(unit.id),
        tiers=(ends.tier,),
        told=ends.told,
    )
