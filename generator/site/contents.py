"""The table of contents of a build: every page and every file, in the order they are made.

May import everything but the faces. Each family of pages has a module beside this one; the adapter asks for `pages`
and `files` and knows nothing else.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from generator import finder, urls
from generator.exports import api, tables
from generator.feeds.issue import feeds
from generator.site.calendars import calendars
from generator.site.cases import cases, scenes
from generator.site.changes import changes, lists
from generator.site.front import front
from generator.site.groups import directory, groups, units
from generator.site.notices import documents, notices
from generator.site.press import File, Page, Press
from generator.site.statistics import statistics
from generator.site.subscribe import subscribe
from generator.views.book import Book
from generator.views.offers import FeedLink


class Site:
    """All that one registry publishes on one day."""

    def __init__(self, book: Book, *, base: str) -> None:
        """Prepare a build.

        Args:
            book: the registry on its day.
            base: the address of the site with a closing slash, for what must be absolute.
        """
        self.book = book
        self.base = base
        self._index = finder.parts(book)
        self._rows = tables.contents(book, base)
        self._press = Press(book)

    @property
    def everywhere(self) -> tuple[FeedLink, ...]:
        """The feeds that every page names."""
        return self._press.everywhere

    def pages(self) -> Iterator[Page]:
        """Yield every page."""
        press = self._press
        yield from front(press)
        yield from subscribe(press, self.base)
        yield from directory(press, {part.name: part.path for part in self._index})
        yield from groups(press)
        yield from notices(press)
        yield from changes(press)
        yield from lists(press)
        yield from documents(press)
        yield from statistics(press)
        yield from cases(press)
        yield from scenes(press)
        yield from units(press)

    def count(self) -> int:
        """Return about how many pages there are, for showing how far a build is."""
        registry = self.book.registry
        return len(registry.units) + len(registry.documents) + len(self.book.cases) + 100

    def files(self, addresses: Iterable[str], root: Path) -> Iterator[File]:
        """Yield every file that is no page.

        Args:
            addresses: the addresses of all pages, for the site map.
            root: the folder of the registry, whose unit records are published as they are.
        """
        for address, content in feeds(self.book, self._press.renderer, self.base):
            yield File(path=address, content=content)
        yield File(path=urls.FACTORIES_API, content=api.as_json(api.factories(self.book)))
        yield File(path=urls.SITEMAP, content=self._sitemap(addresses))
        # Material takes every rel=alternate for a translation and asks for the site map beside it.
        yield File(path=urls.FEEDS_SITEMAP, content=self._sitemap([urls.CASES_FEED]))
        yield from calendars(self.book, self.base)
        for part in self._index:
            yield File(path=part.path, content=part.content)
        for unit in self.book.registry.units.values():
            path = root / "factories" / self.book.city(unit).code / f"{unit.id}.yml"
            yield File(path=urls.record(unit.id), content=path.read_bytes())

    def _sitemap(self, addresses: Iterable[str]) -> bytes:
        rows = "".join(
            f"<url><loc>{escape(self.base + address)}</loc></url>\n" for address in sorted(addresses)
        )
        head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        return f"{head}{rows}</urlset>\n".encode()
