"""The table of contents of a build: every page and every file, in parts that can be made beside each other.

May import everything but the faces. Each family of pages has a module beside this one; `output` carries out the
`parts` in any order, then asks for what tells of them and what closes the publication, and knows nothing else. What makes
a part is loaded when the part is made: most builds make few of them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, partial
from itertools import groupby
from typing import TYPE_CHECKING

from msgspec import Struct

from generator import urls
from generator.cache import Cache, digest
from generator.exports.manifest import PublishedFile, published_file
from generator.site.press import File, Made, Piece, Press
from generator.views.badges import Frame, frame
from generator.views.book import Book
from generator.views.extract import Extract
from generator.views.offers import FeedLink
from generator.views.topics import case_topics

if TYPE_CHECKING:
    from generator.exports.tables import Rows
    from generator.feeds.issue import Document

# The units of a part are those of a city whose numbers begin alike.
UNITS_A_PART = 50


class Part(Struct, frozen=True, kw_only=True):
    """A part of the site that needs no other part to be made.

    `made_of` is the digest of all records and values that `make` can look at besides the edition: the same digest is the
    same part. Of a part that is not the same, each page and file is looked at by itself where it is `loose`: most of
    them stay as they are when one of the records changes.
    """

    make: Callable[[], Iterator[Piece]]
    made_of: bytes
    loose: bool = False


class Site:
    """All that one registry publishes on one day."""

    def __init__(
        self,
        book: Book,
        *,
        base: str,
        commit: str | None = None,
        replaced: bytes | None = None,
        cache: Cache | None = None,
    ) -> None:
        """Prepare a build.

        Args:
            book: the registry on its day.
            base: the address of the site with a closing slash, for what must be absolute.
            commit: the commit that holds the registry as it is, or None, for the manifest.
            replaced: the manifest of the site that this one replaces, or None.
            cache: where it is kept what takes long and is seldom another.
        """
        self.book = book
        self.base = base
        self._commit = commit
        self._replaced = replaced
        self._cache = cache
        self._press = Press(book, base=base, cache=cache)

    @property
    def everywhere(self) -> tuple[FeedLink, ...]:
        """The feeds that every page names."""
        return self._press.everywhere

    def ready(self) -> None:
        """Derive what several parts ask for, but not the first: workers that are forked after this need not do so again."""
        self.book.ledger.changes(as_of=self.book.as_of)
        _ = self._rows

    def parts(self) -> list[Part]:
        """Return all parts, those that take longest first, so that none is left to one worker at the end.

        The first of all, and the first of those that are made of every record, need nothing of what `ready` derives.
        """
        whole: list[Callable[[], Iterator[Piece]]] = [
            self._lists,
            partial(self._tables, "units"),
            self._changes,
            self._database,
            self._directory,
            self._tiers,
            self._front,
            self._api,
            self._industries,
            self._cities,
            partial(self._tables, "listings"),
            self._notices,
            self._documents,
            partial(self._tables, "cases", "documents"),
        ]
        # Beside the same records, a part is known by its place among the others.
        parts = (
            Part(make=make, made_of=digest(place, self._every), loose=True)
            for place, make in enumerate(whole)
        )
        return [self._cases(), *parts, *self._units()]

    @cached_property
    def _every(self) -> bytes:
        """The digest of all records."""
        return digest([(key, file.digest) for key, file in self.book.registry.files.items()])

    def pieces(self) -> Iterator[Piece]:
        """Yield every page and file of all parts."""
        for part in self.parts():
            yield from part.make()

    def _units(self) -> Iterator[Part]:
        """Units some at a time, each time with an extract of the book that has what is told of them, and no more."""
        size = frame(self.book)
        every = self.book.registry.units.values()
        for _, group in groupby(every, key=lambda unit: (unit.id[:4], int(unit.id[5:]) // UNITS_A_PART)):
            some = tuple(unit.id for unit in group)
            extract = Extract.around(self.book, some)
            yield Part(
                make=partial(self._some, extract, size, some),
                made_of=digest(extract.made_of, size, some, self._press.until),
                loose=True,
            )

    def _some(self, extract: Extract, size: Frame, some: Iterable[str]) -> Iterator[Piece]:
        from generator.site.units import units

        yield from units(self._press, extract, size, some)

    def telling(self, noted: Iterable[PublishedFile], rows: Mapping[str, int]) -> Part:
        """Return what tells of other parts, and can be made only once those are: the page of downloads and their seals.

        Args:
            noted: every published file of all parts.
            rows: how many rows each table holds, by the address of the file.
        """
        # Nothing else is handed on: what is told of other files than downloads would stand in no digest.
        found = {file.path: file for file in noted if file.path.startswith(urls.DATA)}

        def make() -> Iterator[Piece]:
            from generator.site.downloads import told

            yield from told(self._press, found, rows)

        return Part(make=make, made_of=digest("telling", self._every, found, rows), loose=True)

    def closing(self, addresses: Iterable[str], noted: Iterable[PublishedFile]) -> Iterator[File]:
        """Yield what can be made only once all else is: the site map, and the account of what was published.

        Args:
            addresses: the addresses of all pages.
            noted: every published file but those of the site map.
        """
        from generator.site.closing import closing
        from generator.site.crawlers import site_maps

        maps = list(site_maps(addresses, base=self.base))
        yield from maps
        of_maps = [published_file(file.path, file.content) for file in maps]
        yield from closing(self.book, [*noted, *of_maps], commit=self._commit, replaced=self._replaced)

    def _front(self) -> Iterator[Piece]:
        from generator.site.calendars import calendars
        from generator.site.crawlers import robots, site_map
        from generator.site.front import front
        from generator.site.statistics import statistics
        from generator.site.subscribe import subscribe

        press = self._press
        yield from front(press)
        yield from subscribe(press, self.base)
        yield from statistics(press)
        yield from calendars(self.book, self.base)
        yield robots(base=self.base, demonstration=self.book.policy.demonstration)
        # Material takes every rel=alternate for a translation and asks for the site map beside it.
        yield File(path=urls.FEEDS_SITEMAP, content=site_map([urls.CASES_FEED], base=self.base))

    def _tiers(self) -> Iterator[Piece]:
        from generator.site.groups import tiers

        yield from tiers(self._press)

    def _cities(self) -> Iterator[Piece]:
        from generator.site.groups import cities

        yield from cities(self._press)

    def _industries(self) -> Iterator[Piece]:
        from generator.site.groups import industries

        yield from industries(self._press)

    def _documents(self) -> Iterator[Piece]:
        from generator.site.notices import documents

        yield from documents(self._press)

    def _notices(self) -> Iterator[Piece]:
        from generator.site.notices import notices

        yield from notices(self._press)

    def _directory(self) -> Iterator[Piece]:
        from generator import finder
        from generator.site.groups import directory

        index = finder.parts(self.book, self._cache)
        yield from directory(self._press, {part.name: part.path for part in index})
        for part in index:
            yield File(path=part.path, content=part.content)

    def _cases(self) -> Part:
        """The cases and their feeds, for which their texts are not parsed again, from an extract of the units that have any."""
        extract = Extract.around(self.book, sorted(self.book.cases_by_unit))
        topics = tuple(case_topics(self.book))

        def make() -> Iterator[Piece]:
            from generator.feeds.issue import feeds
            from generator.site.cases import cases, scenes
            from generator.views.news import case_streams

            book = extract.book
            press = self._press.showing(book)
            yield from cases(press)
            yield from scenes(press)
            yield from _fed(feeds(book, press.renderer, self.base, case_streams(book, topics)))

        return Part(make=make, made_of=digest(extract.made_of, topics, self._press.until))

    def _changes(self) -> Iterator[Piece]:
        from generator.feeds.issue import feeds
        from generator.site.changes import changes
        from generator.views.news import change_streams

        yield from changes(self._press)
        yield from _fed(feeds(self.book, self._press.renderer, self.base, change_streams(self.book)))

    def _lists(self) -> Iterator[Piece]:
        """The yearly lists, whose ledgers take long to make: their pages and their downloads."""
        from generator.site import downloads
        from generator.site.changes import lists
        from generator.views.lists import published_lists, standings_of

        published = [standings_of(self.book, found) for found in published_lists(self.book)]
        yield from lists(self._press, published)
        yield from downloads.lists(self._press, published, self._cache)

    @cached_property
    def _rows(self) -> "Rows":
        """The rows of the published tables."""
        from generator.exports import tables

        return tables.contents(self.book, self.base)

    def _tables(self, *wanted: str) -> Iterator[Piece]:
        from generator.site import downloads

        yield from downloads.tables(self._press, {name: self._rows[name] for name in wanted}, self._cache)

    def _database(self) -> Iterator[Piece]:
        from generator.site import downloads

        yield from downloads.database(self._press, self._rows)

    def _api(self) -> Iterator[Piece]:
        from generator.site.api import api

        yield from api(self.book, self.base, self._rows)


def _fed(documents: "Iterable[Document]") -> Iterator[Made]:
    for found in documents:
        yield Made(path=found.address, make=found.make, made_of=found.made_of)
