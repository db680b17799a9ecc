"""Calendars of expiry days, iCalendar (RFC 5545) with the properties for subscription of RFC 7986.

The only importer of icalendar, which it loads when a line is wanted that icalendar writes: most builds make no calendar
again. May import `views`. Says when the facts changed, never when the site was built.
"""

import re
from collections.abc import Hashable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from uuid import NAMESPACE_URL, uuid5

from generator.views.book import Book
from generator.views.expiries import REMINDERS, ExpiryCalendar, ExpiryEvent
from generator.views.tags import tag

PRODUCT = "-//smart-factory-registry//expiry calendar//ZH"
REFRESH = timedelta(days=1)

# An event of a whole day begins at midnight; a reminder should ring when people are at work.
_RINGS_AT = timedelta(hours=9)

# The properties whose texts are addresses, in which nothing is escaped.
_ADDRESSES = ("url", "source")
# What icalendar escapes in a text, and what it keeps together with the octet behind it.
_SPECIAL = re.compile(r"[\\;,\r\n]").search
_ESCAPES = b"\\^"
_OCTETS = 74
_BREAK = b"\r\n"


def as_ical(book: Book, found: ExpiryCalendar, base: str) -> bytes:
    """Return a calendar as UTF-8 text in lines of at most 75 octets.

    Args:
        book: whose policy names the tagging entity of identifiers.
        found: what the calendar shows.
        base: the address of the site with a closing slash; links in a calendar are absolute.
    """
    events = b"".join(_event(book, event, base) for event in found.events)
    return _component(
        "Calendar",
        {
            "prodid": PRODUCT,
            "version": "2.0",
            "uid": _uid(book, base, found.address),
            # The name of RFC 7986 and the one that came before it; programs know the one or the other.
            "name": found.name,
            "x-wr-calname": found.name,
            "description": found.description,
            "url": base + found.page,
            "source": base + found.address,
            # RFC 7986 wants the type of the value said; those who made the other name did not.
            "refresh-interval": _every(REFRESH, "DURATION"),
            "x-published-ttl": _every(REFRESH),
            "last-modified": _moment(found.told) if found.told else None,
        },
        # RFC 5545 (3.6) wants at least one component. The file stays all the same when the last unit has lapsed: a
        # program that gets no answer for a calendar reports an error or drops the subscription. A time zone is a
        # component that shows nothing; no event has to be invented.
        events or _china(),
    )


@cache
def _reminders() -> bytes:
    """The same in all events."""
    return b"".join(
        _component(
            "Alarm",
            {
                "action": "DISPLAY",
                "description": f"{days} 天后有效期届满",
                "trigger": _RINGS_AT - timedelta(days=days),
            },
        )
        for days in REMINDERS
    )


def _uid(book: Book, base: str, name: str) -> str:
    """A UUID made from the permanent name, as RFC 7986 (5.3) wants identifiers that hold no name of a host."""
    return str(uuid5(NAMESPACE_URL, tag(book, base, name)))


def _event(book: Book, found: ExpiryEvent, base: str) -> bytes:
    return _component(
        "Event",
        {
            "uid": _uid(book, base, found.name),
            "dtstamp": _moment(found.told),
            "last-modified": _moment(found.told),
            "dtstart": found.day,
            "dtend": found.day + timedelta(days=1),
            "summary": found.summary,
            "description": _description(found, base),
            "url": base + (found.rows[0].address if len(found.rows) == 1 else found.page),
            "categories": found.tiers,
            "transp": "TRANSPARENT",
        },
        _reminders(),
    )


def _description(found: ExpiryEvent, base: str) -> str:
    lines = [found.lead]
    for row in found.rows:
        lines += ["", row.text, base + row.address]
    if found.more:
        lines += ["", f"另有 {found.more} 个单元，见：", base + found.page]
    return "\n".join(lines)


@cache
def _china() -> bytes:
    standard = {
        "dtstart": datetime(1970, 1, 1),  # noqa: DTZ001  a local time, as RFC 5545 (3.6.5) wants it
        "tzoffsetfrom": timedelta(hours=8),
        "tzoffsetto": timedelta(hours=8),
        "tzname": "CST",
    }
    return _component("Timezone", {"tzid": "Asia/Shanghai"}, _component("TimezoneStandard", standard))


@cache
def _every(time: timedelta, kind: str | None = None) -> Hashable:
    """A duration as icalendar has it, with the type of the value said or not."""
    from icalendar import vDuration

    return vDuration(time, params={"VALUE": kind} if kind else {})


@lru_cache(maxsize=4096)
def _moment(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _component(kind: str, properties: Mapping[str, object], inner: bytes = b"") -> bytes:
    """A component as icalendar writes it: the library says how it begins and ends and in which order its lines stand.

    It also writes every line but those of plain texts, which differ from calendar to calendar: there are a million of
    them in a register of fifty thousand units, and the library takes longer over them than all else takes together.

    Args:
        kind: what it is, by the name of its class in icalendar.
        properties: texts, addresses, or what icalendar makes of other values; those that are None are left out.
        inner: the components within it, finished.
    """
    begin, order, end = _form(kind, tuple(name for name, value in properties.items() if value is not None))
    lines = []
    for name in order:
        value = properties[name]
        lines.append(_text(name, value) if type(value) is str else _property(name, value))
    return b"".join([begin, *lines, inner, end])


@cache
def _form(kind: str, names: tuple[str, ...]) -> tuple[bytes, tuple[str, ...], bytes]:
    """How a component begins, the order of its properties, and how it ends."""
    import icalendar

    component: icalendar.Component = getattr(icalendar, kind)()
    begin, end = component.to_ical().splitlines(keepends=True)
    for name in names:
        component[name] = ""
    return begin, tuple(name.lower() for name in component.sorted_keys()), end


@lru_cache(maxsize=4096)
def _property(name: str, value: Hashable) -> bytes:
    """A line as icalendar writes it. Days and tiers are few, and come again and again."""
    from icalendar import Component

    component = Component()
    component.add(name, list(value) if isinstance(value, tuple) else value)
    return bytes(component.content_line(name.upper(), component[name]).to_ical()) + _BREAK


def _text(name: str, value: str) -> bytes:
    """The line of a text, as icalendar would write it."""
    if name not in _ADDRESSES and _SPECIAL(value):
        from icalendar import vText

        value = vText(value).to_ical().decode()
    return _folded(_start(name) + value.encode()) + _BREAK


@cache
def _start(name: str) -> bytes:
    """What stands before a text: the name, and the type of the value where RFC 7986 wants it said."""
    from icalendar import vText, vUri

    value = vUri("", params={"VALUE": "URI"}) if name == "source" else vText("")
    return _property(name, value).removesuffix(_BREAK)


def _folded(line: bytes) -> bytes:
    """A line folded where icalendar folds it: after at most 74 octets, neither within a character nor after an escape."""
    pieces, start = [], 0
    while len(line) - start > _OCTETS:
        end = start + _OCTETS
        while line[end] & 0xC0 == 0x80:  # the second or a later octet of a character in UTF-8
            end -= 1
        if line[end - 1] in _ESCAPES:
            end -= 1
        pieces.append(line[start:end])
        start = end
    pieces.append(line[start:])
    return (_BREAK + b" ").join(pieces)
