"""The calendars of expiry days: for all, and for each city; that of a unit is published with it."""

from collections.abc import Iterator
from functools import partial

from generator.cache import digest
from generator.calendars import as_ical
from generator.site.press import Made
from generator.views.book import Book
from generator.views.expiries import ExpiryCalendar, topic_calendars


def calendars(book: Book, base: str) -> Iterator[Made]:
    """Yield the calendars that tell of many units.

    Args:
        book: the registry on its day.
        base: the address of the site with a closing slash.
    """
    for found in topic_calendars(book):
        yield calendar(book, found, base)


def calendar(book: Book, found: ExpiryCalendar, base: str) -> Made:
    """Return the file of a calendar, made again where it shows something else.

    Args:
        book: the registry on its day.
        found: what the calendar shows.
        base: the address of the site with a closing slash.
    """
    return Made(path=found.address, make=partial(as_ical, book, found, base), made_of=digest(found))
