"""Entries to JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/). Knows no registry."""

from collections.abc import Sequence

import msgspec

from generator.feeds.entries import Entry
from generator.feeds.syndication import Channel


class _Author(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    url: str


class _Item(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    id: str
    url: str
    title: str
    summary: str
    content_html: str
    date_published: str
    date_modified: str | None = None
    tags: tuple[str, ...]


class _Feed(msgspec.Struct, frozen=True, kw_only=True):
    version: str
    title: str
    home_page_url: str
    feed_url: str
    description: str
    language: str
    authors: tuple[_Author, ...]
    items: tuple[_Item, ...]


def json(channel: Channel, entries: Sequence[Entry], *, address: str) -> bytes:
    """Return a JSON Feed document.

    Args:
        channel: the feed.
        entries: newest first.
        address: its own absolute address.
    """
    feed = _Feed(
        version="https://jsonfeed.org/version/1.1",
        title=channel.title,
        home_page_url=channel.page,
        feed_url=address,
        description=channel.description,
        language="zh-CN",
        authors=(_Author(name=channel.keeper.name, url=channel.keeper.base),),
        items=tuple(_item(entry) for entry in entries),
    )
    return msgspec.json.format(msgspec.json.encode(feed), indent=1) + b"\n"


def _item(entry: Entry) -> _Item:
    return _Item(
        id=entry.id,
        url=entry.url,
        title=entry.title,
        summary=entry.summary,
        content_html=entry.html,
        date_published=entry.published.isoformat(),
        date_modified=entry.updated.isoformat() if entry.updated else None,
        tags=entry.categories,
    )
