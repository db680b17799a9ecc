"""Each piece of news once: its permanent identifier, its address and its text, whatever number of feeds it is in.

May import `views`, `render` and `urls`.
"""

from datetime import date, datetime, time, timedelta, timezone

from msgspec import Struct

from generator.render import Renderer
from generator.views.book import Book
from generator.views.news import CaseStory, News
from generator.views.tags import tag

CHINA = timezone(timedelta(hours=8))
# A feed that has never had an entry must name a moment all the same, and may not name that of the build.
NEVER = datetime(1970, 1, 1, tzinfo=CHINA)


class Entry(Struct, frozen=True, kw_only=True):
    """A piece of news ready for any form of feed: `id` is a tag: address, `url` absolute, `html` its full text.

    `published` is the day it was published or came true, and dates it for good. `updated` is the day its text was
    altered, if any; feeds of XML leave it out, because readers take a later Atom `updated` for news.
    """

    id: str
    url: str
    title: str
    summary: str
    html: str
    categories: tuple[str, ...]
    published: datetime
    updated: datetime | None


class Keeper(Struct, frozen=True, kw_only=True):
    """Who publishes the feeds: a name, the address of the site, and the licence of what is told, if any."""

    name: str
    base: str
    licence: str | None


def keeper(book: Book, base: str) -> Keeper:
    """Return who keeps the registry: the organizer where the policy names one, the registry itself otherwise."""
    site = book.policy.site
    return Keeper(name=site.organizer or book.policy.name, base=base, licence=site.licence)


def moment(day: date) -> datetime:
    """Return the beginning of a day in China."""
    return datetime.combine(day, time(), CHINA)


class Desk:
    """Makes the entries of one build."""

    def __init__(self, book: Book, renderer: Renderer, base: str) -> None:
        """Begin without entries.

        Args:
            book: the registry on its day.
            renderer: gives the texts; what it has parsed for a page is not parsed again.
            base: the address of the site, with a closing slash.
        """
        self._book, self._renderer, self._base = book, renderer, base
        self._made: dict[str, Entry] = {}

    def entry(self, news: News) -> Entry:
        """Return the entry of a piece of news, the same one for every feed that tells it."""
        if news.key not in self._made:
            self._made[news.key] = self._make(news)
        return self._made[news.key]

    def _make(self, news: News) -> Entry:
        template = "feed_case.html" if isinstance(news.story, CaseStory) else "feed_changes.html"
        return Entry(
            id=tag(self._book, self._base, news.key),
            url=self._base + news.address,
            title=news.title,
            summary=news.summary,
            html=self._renderer.story(template, news.story, here=news.address),
            categories=news.categories,
            published=moment(news.day),
            updated=moment(news.updated) if news.updated else None,
        )
