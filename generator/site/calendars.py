"""The calendars of expiry days: for all, and for each city; that of a unit is published with it."""

from collections.abc import Iterator

from generator.calendars import as_ical
from generator.site.press import File
from generator.views.book import Book
from generator.views.expiries import topic_calendars


def calendars(book: Book, base: str) -> Iterator[File]:
    """Yield the calendars that tell of many units.

    Args:
        book: the registry on its day.
        base: the address of the site with a closing slash.
    """
    for found in topic_calendars(book):
        yield File(path=found.address, content=as_ical(book, found, base))
