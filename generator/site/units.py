"""All that is published of a unit: its page, its record, its badge, its file of the API and its calendar."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator import badges, urls
from generator.calendars import as_ical
from generator.exports.encoding import as_json
from generator.exports.factories import factory
from generator.exports.factory import by_unit, factory_file
from generator.records import Unit
from generator.rules.changes import Change
from generator.site.press import File, Page, Press
from generator.views import words
from generator.views.badges import Frame, badge, frame
from generator.views.book import Book
from generator.views.expiries import unit_calendar
from generator.views.linked import unit_statement
from generator.views.units import unit_page


@dataclass(frozen=True, slots=True)
class Shared:
    """What is the same for all units: the size of badges, and what changed up to the day of the book by unit."""

    badges: Frame
    changes: Mapping[str, list[Change]]


def shared(book: Book) -> Shared:
    """Return what the pieces of every unit need; it takes a look at all units, and is made once a build."""
    return Shared(frame(book), by_unit(book.ledger.changes(as_of=book.as_of)))


def units(press: Press, common: Shared, found: Iterable[Unit]) -> Iterator[Page | File]:
    """Yield everything of some units, one unit after the other.

    Args:
        press: makes the pages.
        common: what is the same for all units.
        found: the units.
    """
    book, size = press.book, common.badges
    for unit in found:
        yield press.page(
            "unit.html",
            unit_page(book, unit, size),
            address=urls.unit(unit.id),
            section=urls.DIRECTORY,
            title=unit.name,
            description=f"{unit.enterprise}：{words.answer(book, unit)}",
            until=book.next_transition(unit),
            linked=unit_statement(book, unit, base=press.base),
        )
        record = book.registry.file("factories", unit.id)
        yield File(path=urls.record(unit.id), content=record.content)
        yield File(path=urls.badge(unit.id), content=badges.svg(badge(book, unit, size)))
        told = factory_file(book, factory(book, unit), common.changes, press.base)
        yield File(path=urls.factory(unit.id), content=as_json(told))
        calendar = unit_calendar(book, unit)
        if calendar:
            yield File(path=calendar.address, content=as_ical(book, calendar, press.base))
