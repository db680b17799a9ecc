"""The table of contents of a build: every page and every file, in the order they are made.

May import everything but the faces. Each family of pages has a module beside this one; the adapter asks for `pages`
and `files` and knows nothing else.
"""

from collections.abc import Iterable, Iterator

from generator import badges, finder, urls
from generator.exports import tables
from generator.feeds.issue import feeds
from generator.site.api import Publication, api
from generator.site.calendars import calendars
from generator.site.cases import cases, scenes
from generator.site.changes import changes, lists
from generator.site.crawlers import robots, site_map, site_maps
from generator.site.downloads import Shelf
from generator.site.front import front
from generator.site.groups import directory, groups, units
from generator.site.notices import documents, notices
from generator.site.press import File, Page, Press
from generator.site.statistics import statistics
from generator.site.subscribe import subscribe
from generator.views.badges import badge, frame
from generator.views.book import Book
from generator.views.lists import published_lists, standings_of
from generator.views.offers import FeedLink


class Site:
    """All that one registry publishes on one day."""

    def __init__(
        self, book: Book, *, base: str, commit: str | None = None, replaced: bytes | None = None
    ) -> None:
        """Prepare a build.

        Args:
            book: the registry on its day.
            base: the address of the site with a closing slash, for what must be absolute.
            commit: the commit that holds the registry as it is, or None, for the manifest.
            replaced: the manifest of the site that this one replaces, or None.
        """
        self.book = book
        self.base = base
        self._commit = commit
        self._replaced = replaced
        self._index = finder.parts(book)
        self._rows = tables.contents(book, base)
        self._press = Press(book, base=base)
        # A list has a ledger of its own, which takes long to make.
        self._lists = [standings_of(book, found) for found in published_lists(book)]
        self._shelf = Shelf(book, base, self._rows, self._lists)

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
        yield from lists(press, self._lists)
        yield from documents(press)
        yield from statistics(press)
        yield from self._shelf.page(press)
        yield from cases(press)
        yield from scenes(press)
        yield from units(press)

    def count(self) -> int:
        """Return about how many pages there are, for showing how far a build is."""
        registry = self.book.registry
        return len(registry.units) + len(registry.documents) + len(self.book.cases) + 100

    def files(self, addresses: Iterable[str]) -> Iterator[File]:
        """Yield every file that is no page, the manifest of the published facts last.

        Args:
            addresses: the addresses of all pages, for the site map.
        """
        publication = Publication(self.book, commit=self._commit, replaced=self._replaced)
        yield from publication.noting(self._files(addresses))
        yield from publication.closing(self._rows)

    def _files(self, addresses: Iterable[str]) -> Iterator[File]:
        for address, content in feeds(self.book, self._press.renderer, self.base):
            yield File(path=address, content=content)
        yield from api(self.book, self.base, self._rows)
        yield from self._shelf.files()
        yield from site_maps(addresses, base=self.base)
        yield robots(base=self.base, demonstration=self.book.policy.demonstration)
        # Material takes every rel=alternate for a translation and asks for the site map beside it.
        yield File(path=urls.FEEDS_SITEMAP, content=site_map([urls.CASES_FEED], base=self.base))
        yield from calendars(self.book, self.base)
        for part in self._index:
            yield File(path=part.path, content=part.content)
        size = frame(self.book)
        for unit in self.book.registry.units.values():
            yield File(path=urls.badge(unit.id), content=badges.svg(badge(self.book, unit, size)))
            record = self.book.registry.file("factories", unit.id)
            yield File(path=urls.record(unit.id), content=record.content)
