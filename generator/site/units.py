"""All that is published of a unit: its page, its record, its badge, its file of the API and its calendar."""

from collections.abc import Iterable, Iterator

from generator import badges, urls
from generator.exports.encoding import as_json
from generator.exports.factories import factory
from generator.exports.factory import by_unit, factory_file
from generator.site.calendars import calendar
from generator.site.press import File, Made, Page, Press
from generator.views import words
from generator.views.badges import Frame, badge
from generator.views.expiries import unit_calendar
from generator.views.extract import Extract
from generator.views.linked import unit_statement
from generator.views.units import unit_page


def units(press: Press, extract: Extract, size: Frame, some: Iterable[str]) -> Iterator[Page | File | Made]:
    """Yield everything of some units, one unit after the other.

    Args:
        press: makes the pages.
        extract: what there is to tell of them.
        size: the measures that all badges have in common.
        some: the numbers of the units.
    """
    book = extract.book
    changes = by_unit(book.ledger.changes(as_of=book.as_of))
    for unit in map(book.registry.units.__getitem__, some):
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
        told = factory_file(book, factory(book, unit), changes, press.base)
        yield File(path=urls.factory(unit.id), content=as_json(told))
        found = unit_calendar(book, unit)
        if found:
            yield calendar(book, found, press.base)
