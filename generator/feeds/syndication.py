"""Entries to RSS 2.0 and Atom (RFC 4287), and the links between archives (RFC 5005); the only importer of feedgen.

Knows no registry. A feed's `updated` is the day of its newest entry, an entry's that of its publication: a correction
reaches readers under the same identifier and date and makes nothing new or unread (RFC 4287, 4.2.15 leaves it to the
publisher what counts as an update).
"""

from collections.abc import Sequence
from typing import Any, TypeAlias

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseExtension
from feedgen.feed import FeedGenerator
from msgspec import Struct

from generator.feeds.entries import NEVER, Entry, Keeper

Item: TypeAlias = FeedEntry

_HISTORY = "http://purl.org/syndication/history/1.0"
_ATOM = "application/atom+xml"
_RSS = "application/rss+xml"


class Channel(Struct, frozen=True, kw_only=True):
    """What a feed says of itself; `id` is a tag: address, `page` the absolute address of the page with the same."""

    id: str
    title: str
    description: str
    page: str
    keeper: Keeper


class Chain(Struct, frozen=True, kw_only=True):
    """Absolute addresses of an Atom document's neighbours in time; an archive has `current`, the feed it belongs to."""

    older: str | None = None
    newer: str | None = None
    current: str | None = None


class _Archive(BaseExtension):  # type: ignore[misc]  # feedgen has no types
    """Marks a document as an archive (RFC 5005, section 4)."""

    def extend_ns(self) -> dict[str, str]:
        return {"fh": _HISTORY}

    def extend_atom(self, feed: Any) -> Any:
        feed.append(feed.makeelement(f"{{{_HISTORY}}}archive"))
        return feed


def item(entry: Entry) -> Item:
    """Return an entry as feedgen has it, for any number of feeds."""
    made = Item()
    made.guid(entry.id, permalink=False)
    made.title(entry.title)
    made.link(href=entry.url, rel="alternate", type="text/html")
    made.summary(entry.summary)
    made.content(entry.html, type="html")
    made.category([{"term": name} for name in entry.categories])
    made.published(entry.published)
    made.updated(entry.published)
    return made


def rss(channel: Channel, items: Sequence[Item], *, address: str) -> bytes:
    """Return an RSS 2.0 document.

    Args:
        channel: the feed.
        items: its entries, newest first.
        address: its own absolute address.
    """
    feed = _feed(channel, items)
    # RSS asks for a mail address with every name; the Dublin Core asks for none.
    feed.load_extension("dc", atom=False, rss=True)
    feed.dc.dc_publisher(channel.keeper.name)
    feed.link(href=address, rel="self", type=_RSS)
    feed.link(href=channel.page, rel="alternate", type="text/html")
    if items:
        feed.pubDate(_newest(items))
    return bytes(feed.rss_str(pretty=True, encoding="utf-8")) + b"\n"


def atom(channel: Channel, items: Sequence[Item], *, address: str, chain: Chain) -> bytes:
    """Return an Atom document: the subscription document of a feed, or one of its archives.

    Args:
        channel: the feed; its archives have the same identifier.
        items: the entries of this document, newest first.
        address: its own absolute address.
        chain: its neighbours.
    """
    feed = _feed(channel, items)
    feed.author(name=channel.keeper.name, uri=channel.keeper.base)
    feed.link(href=address, rel="self", type=_ATOM)
    if chain.current:
        feed.register_extension("archive", _Archive, rss=False)
        feed.link(href=chain.current, rel="current", type=_ATOM)
    for relation, there in (("prev-archive", chain.older), ("next-archive", chain.newer)):
        if there:
            feed.link(href=there, rel=relation, type=_ATOM)
    feed.link(href=channel.page, rel="alternate", type="text/html")
    return bytes(feed.atom_str(pretty=True, encoding="utf-8")) + b"\n"


def _feed(channel: Channel, items: Sequence[Item]) -> FeedGenerator:
    feed = FeedGenerator()
    feed.id(channel.id)
    feed.title(channel.title)
    feed.description(channel.description)
    feed.language("zh-CN")
    feed.generator("")
    feed.docs("")
    if channel.keeper.licence:
        feed.rights(channel.keeper.licence)
    feed.updated(_newest(items) if items else NEVER)
    for made in items:
        feed.add_entry(made, order="append")
    return feed


def _newest(items: Sequence[Item]) -> Any:
    return max(made.published() for made in items)
