"""All feeds of a build: a subscription document a topic and form, and the yearly archives of the two that tell everything.

May import `views.news`, `render`, `urls` and the modules of this room.
"""

from collections.abc import Iterator
from itertools import chain, groupby

from generator import urls
from generator.feeds.entries import Desk, Entry, keeper
from generator.feeds.json_feed import json
from generator.feeds.syndication import Chain, Channel, Item, atom, item, rss
from generator.render import Renderer
from generator.views.book import Book
from generator.views.news import NEWEST, Stream, case_streams, change_streams
from generator.views.tags import tag


def feeds(book: Book, renderer: Renderer, base: str) -> Iterator[tuple[str, bytes]]:
    """Yield every document with its address.

    Args:
        book: the registry on its day.
        renderer: gives the texts of the entries.
        base: the address of the site, with a closing slash; links in a feed are absolute.
    """
    press = _Issue(book, renderer, base)
    for stream in chain(case_streams(book), change_streams(book)):
        yield from press.documents(stream)


class _Issue:
    """What the feeds of one build have in common: every entry is made once."""

    def __init__(self, book: Book, renderer: Renderer, base: str) -> None:
        self._book, self._base = book, base
        self._keeper = keeper(book, base)
        self._desk = Desk(book, renderer, base)
        self._items: dict[str, Item] = {}

    def documents(self, stream: Stream) -> Iterator[tuple[str, bytes]]:
        """Yield the documents of one topic."""
        topic = stream.topic
        channel = Channel(
            id=tag(self._book, self._base, f"feeds/{topic.key}"),
            title=stream.title,
            description=stream.description,
            page=self._base + topic.page,
            keeper=self._keeper,
        )
        entries = [self._desk.entry(news) for news in stream.news]
        newest = entries[:NEWEST]
        items = [self._item(entry) for entry in newest]
        address = urls.feed(topic.key, "xml")
        yield address, rss(channel, items, address=self._base + address)
        address = urls.feed(topic.key, "atom")
        everything = topic.dimension == "all"
        years = self._years(entries) if everything else {}
        yield (
            address,
            atom(channel, items, address=self._base + address, chain=self._back(topic.key, newest, years)),
        )
        if everything:
            address = urls.feed(topic.key, "json")
            yield address, json(channel, newest, address=self._base + address)
            yield from self._archives(channel, topic.key, years)

    def _item(self, entry: Entry) -> Item:
        if entry.id not in self._items:
            self._items[entry.id] = item(entry)
        return self._items[entry.id]

    def _years(self, entries: list[Entry]) -> dict[int, list[Entry]]:
        """The entries by year, newest first."""
        return {year: list(group) for year, group in groupby(entries, key=lambda entry: entry.published.year)}

    def _back(self, key: str, newest: list[Entry], years: dict[int, list[Entry]]) -> Chain:
        """Where the past of a subscription document begins.

        Archives of past years are whole (RFC 5005, section 4: their content should not change), so the chain leads to
        them. That of the present year still grows and is in the chain only once the document does not hold all of it.
        """
        told = {entry.id for entry in newest}
        for year, entries in years.items():
            if year < self._book.as_of.year or any(entry.id not in told for entry in entries):
                return Chain(older=self._base + urls.archive(key, year))
        return Chain()

    def _archives(
        self, channel: Channel, key: str, years: dict[int, list[Entry]]
    ) -> Iterator[tuple[str, bytes]]:
        order = list(years)
        for place, (year, entries) in enumerate(years.items()):
            address = urls.archive(key, year)
            neighbours = Chain(
                older=self._base + urls.archive(key, order[place + 1]) if place + 1 < len(order) else None,
                newer=self._base + urls.archive(key, order[place - 1]) if place else None,
                current=self._base + urls.feed(key, "atom"),
            )
            items = [self._item(entry) for entry in entries]
            yield address, atom(channel, items, address=self._base + address, chain=neighbours)
