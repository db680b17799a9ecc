"""The feeds that pages offer: those of what a page shows, and those that every page names.

May import `views.book`, `views.topics` and `urls`.
"""

from msgspec import Struct

from generator import urls
from generator.views.book import Book
from generator.views.topics import Topic, case_topics, change_topics

CASES, CHANGES = "典型案例", "名单变动"
FORMS = (
    ("xml", "RSS", "application/rss+xml"),
    ("atom", "Atom", "application/atom+xml"),
    ("json", "JSON Feed", "application/feed+json"),
)


class FeedLink(Struct, frozen=True, kw_only=True):
    """A feed as pages offer it: `form` is what readers call its form, `media` its media type."""

    title: str
    form: str
    media: str
    address: str


class Offer(Struct, frozen=True, kw_only=True):
    """The feeds of a topic in their forms; `subject` says in a word what they tell."""

    subject: str
    links: tuple[FeedLink, ...]


def offers(book: Book) -> dict[str, tuple[Offer, ...]]:
    """Return what can be followed, by the address of the page that shows the same."""
    found: dict[str, tuple[Offer, ...]] = {}
    for subject, topics in ((CASES, case_topics(book)), (CHANGES, change_topics(book))):
        for topic in topics:
            name = title(book, subject, topic)
            links = (
                FeedLink(title=f"{name} {form}", form=form, media=media, address=urls.feed(topic.key, ending))
                for ending, form, media in FORMS
                if ending != "json" or topic.dimension == "all"
            )
            found[topic.page] = (*found.get(topic.page, ()), Offer(subject=subject, links=tuple(links)))
    return found


def everywhere(offered: dict[str, tuple[Offer, ...]]) -> tuple[FeedLink, ...]:
    """Return the feeds that every page names: all cases in RSS and Atom, all list changes in Atom.

    Args:
        offered: what `offers` returned.
    """
    (cases,), (changes,) = offered[urls.CASES], offered[urls.CHANGES]
    return (*cases.links[:2], changes.links[1])


def title(book: Book, subject: str, topic: Topic) -> str:
    """Return the title of a topic's feeds."""
    whole = f"{book.policy.name}：{subject}"
    return whole if topic.dimension == "all" else f"{whole}（{topic.title}）"
