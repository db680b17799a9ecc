"""Calendars of expiry days, iCalendar (RFC 5545) with the properties for subscription of RFC 7986.

The only importer of icalendar. May import `views`. Says when the facts changed, never when the site was built.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from uuid import NAMESPACE_URL, uuid5

from icalendar import Alarm, Calendar, Component, Event, Timezone, TimezoneStandard, vDuration, vText

from generator.views.book import Book
from generator.views.expiries import REMINDERS, ExpiryCalendar, ExpiryEvent
from generator.views.tags import tag

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
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("uid", _uid(book, base, found.address))
    # The names of RFC 7986 and those that came before it; programs know the one or the other.
    for name in ("name", "x-wr-calname"):
        calendar.add(name, vText(found.name))
    calendar.add("description", found.description)
    calendar.add("url", base + found.page)
    calendar.add("source", base + found.address, parameters={"value": "URI"})
    calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    if found.told:
        calendar.add("last-modified", _moment(found.told))
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
    rendered = b""
    for days in REMINDERS:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", f"{days} 天后有效期届满")
        alarm.add("trigger", _RINGS_AT - timedelta(days=days))
        rendered += alarm.to_ical()
    return rendered


def _uid(book: Book, base: str, name: str) -> str:
    """A UUID made from the permanent name, as RFC 7986 (5.3) wants identifiers that hold no name of a host."""
    return str(uuid5(NAMESPACE_URL, tag(book, base, name)))


def _event(book: Book, found: ExpiryEvent, base: str) -> Event:
    event = Event()
    event.add("uid", _uid(book, base, found.name))
    event.add("dtstamp", _moment(found.told))
    event.add("last-modified", _moment(found.told))
    event.add("dtstart", found.day)
    event.add("dtend", found.day + timedelta(days=1))
    event.add("summary", found.summary)
    event.add("description", _description(found, base))
    event.add("url", base + (found.rows[0].address if len(found.rows) == 1 else found.page))
    event.add("categories", list(found.tiers))
    event.add("transp", "TRANSPARENT")
    return event


def _description(found: ExpiryEvent, base: str) -> str:
    lines = [found.lead]
    for row in found.rows:
        lines += ["", row.text, base + row.address]
    if found.more:
        lines += ["", f"另有 {found.more} 个单元，见：", base + found.page]
    return "\n".join(lines)


def _china() -> Timezone:
    china, standard = Timezone(), TimezoneStandard()
    standard.add("dtstart", datetime(1970, 1, 1))  # noqa: DTZ001  a local time, as RFC 5545 (3.6.5) wants it
    standard.add("tzoffsetfrom", timedelta(hours=8))
    standard.add("tzoffsetto", timedelta(hours=8))
    standard.add("tzname", "CST")
    china.add("tzid", "Asia/Shanghai")
    china.add_component(standard)
    return china


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
