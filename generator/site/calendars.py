"""The calendars of expiry days: for all, for each city, for each unit that has or had one."""

from collections.abc import Iterator
from itertools import chain

from generator.calendars import as_ical
from generator.site.press import File
from generator.views.book import Book
from generator.views.expiries import topic_calendars, unit_calendars


def calendars(book: Book, base: str) -> Iterator[File]:
    """Yield every calendar.

    Args:
        book: the registry on its day.
        base: the address of the site with a closing slash.
    """
    for found in chain(topic_calendars(book), unit_calendars(book)):
        yield File(path=found.address, content=as_ical(book, found, base))
