"""Calendars of expiry days, iCalendar (RFC 5545) with the properties for subscription of RFC 7986.

The only importer of icalendar. May import `views`. Says when the facts changed, never when the site was built.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import TypeVar
from uuid import NAMESPACE_URL, uuid5

from icalendar import Alarm, Calendar, Component, Event, Timezone, TimezoneStandard, vDuration, vText, vUri

from generator.views.book import Book
from generator.views.expiries import REMINDERS, ExpiryCalendar, ExpiryEvent
from generator.views.tags import tag

C = TypeVar("C", bound=Component)

PRODUCT = "-//smart-factory-registry//expiry calendar//ZH"
REFRESH = timedelta(days=1)

# An event of a whole day begins at midnight; a reminder should ring when people are at work.
_RINGS_AT = timedelta(hours=9)


def as_ical(book: Book, found: ExpiryCalendar, base: str) -> bytes:
    """Return a calendar as UTF-8 text in lines of at most 75 octets.

    Args:
        book: whose policy names the tagging entity of identifiers.
        found: what the calendar shows.
        base: the address of the site with a closing slash; links in a calendar are absolute.
    """
    calendar = _filled(
        Calendar(),
        {
            "prodid": PRODUCT,
            "version": "2.0",
            "uid": _uid(book, base, found.address),
            # The name of RFC 7986 and the one that came before it; programs know the one or the other.
            "name": vText(found.name),
            "x-wr-calname": vText(found.name),
            "description": found.description,
            "url": base + found.page,
            "source": vUri(base + found.address, params={"VALUE": "URI"}),
            "refresh-interval": vDuration(REFRESH, params={"VALUE": "DURATION"}),
            "x-published-ttl": vDuration(REFRESH),
            "last-modified": _moment(found.told) if found.told else None,
        },
    )
    events = b"".join(_inside(_event(book, event, base), _reminders()) for event in found.events)
    if not events:
        # RFC 5545 (3.6) wants at least one component. The file stays all the same when the last unit has lapsed: a
        # program that gets no answer for a calendar reports an error or drops the subscription. A time zone is a
        # component that shows nothing; no event has to be invented.
        calendar.add_component(_china())
    return _inside(calendar, events)


def _inside(outer: Component, inner: bytes) -> bytes:
    """A component with finished ones before its end. Reminders are alike in all events and are written once a build."""
    end = f"END:{outer.name}\r\n".encode()
    rendered: bytes = outer.to_ical()
    return rendered.removesuffix(end) + inner + end


@cache
def _reminders() -> bytes:
    alarms = (
        _filled(
            Alarm(),
            {
                "action": "DISPLAY",
                "description": f"{days} 天后有效期届满",
                "trigger": _RINGS_AT - timedelta(days=days),
            },
        )
        for days in REMINDERS
    )
    return b"".join(alarm.to_ical() for alarm in alarms)


def _uid(book: Book, base: str, name: str) -> str:
    """A UUID made from the permanent name, as RFC 7986 (5.3) wants identifiers that hold no name of a host."""
    return str(uuid5(NAMESPACE_URL, tag(book, base, name)))


def _event(book: Book, found: ExpiryEvent, base: str) -> Event:
    return _filled(
        Event(),
        {
            "uid": _uid(book, base, found.name),
            "dtstamp": _moment(found.told),
            "last-modified": _moment(found.told),
            "dtstart": found.day,
            "dtend": found.day + timedelta(days=1),
            "summary": found.summary,
            "description": _description(found, base),
            "url": base + (found.rows[0].address if len(found.rows) == 1 else found.page),
            "categories": list(found.tiers),
            "transp": "TRANSPARENT",
        },
    )


def _description(found: ExpiryEvent, base: str) -> str:
    lines = [found.lead]
    for row in found.rows:
        lines += ["", row.text, base + row.address]
    if found.more:
        lines += ["", f"另有 {found.more} 个单元，见：", base + found.page]
    return "\n".join(lines)


def _china() -> Timezone:
    china = _filled(Timezone(), {"tzid": "Asia/Shanghai"})
    standard = {
        "dtstart": datetime(1970, 1, 1),  # noqa: DTZ001  a local time, as RFC 5545 (3.6.5) wants it
        "tzoffsetfrom": timedelta(hours=8),
        "tzoffsetto": timedelta(hours=8),
        "tzname": "CST",
    }
    china.add_component(_filled(TimezoneStandard(), standard))
    return china


def _filled(component: C, properties: Mapping[str, object]) -> C:
    """A component with these properties; those that are None are left out."""
    for name, value in properties.items():
        if value is not None:
            component.add(name, value)
    return component


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
