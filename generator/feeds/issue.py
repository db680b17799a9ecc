"""All feeds of a build: a subscription document a topic and form, and the yearly archives of the two that tell everything.

May import `views.news`, `render`, `urls` and the modules of this room.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, partial
from itertools import groupby

from msgspec import Struct

from generator import urls
from generator.cache import digest
from generator.feeds.entries import Desk, Entry, keeper
from generator.feeds.json_feed import json
from generator.feeds.syndication import Chain, Channel, Item, atom, item, rss
from generator.render import Renderer
from generator.views.book import Book
from generator.views.news import NEWEST, News, Stream
from generator.views.tags import tag


class Document(Struct, frozen=True):
    """A document of a feed: its address, the digest of the news in it, and how it is made."""

    address: str
    made_of: bytes
    make: Callable[[], bytes]


def feeds(book: Book, renderer: Renderer, base: str, streams: Iterable[Stream]) -> Iterator[Document]:
    """Yield every document of some streams.

    Args:
        book: the registry on its day.
        renderer: gives the texts of the entries.
        base: the address of the site, with a closing slash; links in a feed are absolute.
        streams: the news by topic.
    """
    issue = _Issue(book, renderer, base)
    for stream in streams:
        yield from issue.documents(stream)


class _Issue:
    """What the feeds of one build have in common: every entry is made once."""

    def __init__(self, book: Book, renderer: Renderer, base: str) -> None:
        self._book, self._base = book, base
        self._keeper = keeper(book, base)
        self._desk = Desk(book, renderer, base)
        self._items: dict[str, Item] = {}

    def documents(self, stream: Stream) -> Iterator[Document]:
        """Yield the documents of one topic."""
        topic = stream.topic
        channel = Channel(
            id=tag(self._book, self._base, f"feeds/{topic.key}"),
            title=stream.title,
            description=stream.description,
            page=self._base + topic.page,
            keeper=self._keeper,
        )
        shelf = _Shelf(self._desk, stream, digest(channel, stream))
        yield self._document(shelf, "xml", lambda at: rss(channel, self._newest(shelf), address=at))
        everything = topic.dimension == "all"
        chained = partial(self._back, topic.key, shelf) if everything else Chain
        yield self._document(
            shelf, "atom", lambda at: atom(channel, self._newest(shelf), address=at, chain=chained())
        )
        if everything:
            yield self._document(shelf, "json", lambda at: json(channel, shelf.entries[:NEWEST], address=at))
            yield from self._archives(channel, shelf)

    def _document(self, shelf: "_Shelf", form: str, make: Callable[[str], bytes]) -> Document:
        address = urls.feed(shelf.stream.topic.key, form)
        return Document(address, shelf.made_of, partial(make, self._base + address))

    def _newest(self, shelf: "_Shelf") -> list[Item]:
        return [self._item(entry) for entry in shelf.entries[:NEWEST]]

    def _item(self, entry: Entry) -> Item:
        if entry.id not in self._items:
            self._items[entry.id] = item(entry)
        return self._items[entry.id]

    def _back(self, key: str, shelf: "_Shelf") -> Chain:
        """Where the past of a subscription document begins.

        Archives of past years are whole (RFC 5005, section 4: their content should not change), so the chain leads to
        them. That of the present year still grows and is in the chain only once the document does not hold all of it.
        """
        told = {news.key for news in shelf.stream.news[:NEWEST]}
        for year, found in shelf.years.items():
            if year < self._book.as_of.year or any(news.key not in told for news in found):
                return Chain(older=self._base + urls.archive(key, year))
        return Chain()

    def _archives(self, channel: Channel, shelf: "_Shelf") -> Iterator[Document]:
        key, order = shelf.stream.topic.key, list(shelf.years)
        for place, (year, found) in enumerate(shelf.years.items()):
            address = urls.archive(key, year)
            neighbours = Chain(
                older=self._base + urls.archive(key, order[place + 1]) if place + 1 < len(order) else None,
                newer=self._base + urls.archive(key, order[place - 1]) if place else None,
                current=self._base + urls.feed(key, "atom"),
            )
            make = partial(self._archive, channel, found, address=self._base + address, chain=neighbours)
            yield Document(address, digest(channel, neighbours, found), make)

    def _archive(self, channel: Channel, found: Sequence[News], *, address: str, chain: Chain) -> bytes:
        items = [self._item(self._desk.entry(news)) for news in found]
        return atom(channel, items, address=address, chain=chain)


class _Shelf(Struct, frozen=True, dict=True):
    """The news of one topic on their way into its documents, each made into an entry when a document asks for it."""

    desk: Desk
    stream: Stream
    made_of: bytes

    @cached_property
    def entries(self) -> list[Entry]:
        """The newest entries, as many as a document can hold."""
        return [self.desk.entry(news) for news in self.stream.news[:NEWEST]]

    @cached_property
    def years(self) -> dict[int, list[News]]:
        """All news by year, newest first."""
        return {
            year: list(group) for year, group in groupby(self.stream.news, key=lambda news: news.day.year)
        }
