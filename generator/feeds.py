"""The feed of newly published typical cases, RSS 2.0.

The only importer of feedgen. May import `views` and `urls`. Days are days of publication in +0800;
nothing in a feed tells when the site was built.
"""

from datetime import date, datetime, time, timedelta, timezone

from feedgen.feed import FeedGenerator

from generator import urls
from generator.records import Case
from generator.views.book import Book
from generator.views.tags import tag

NEWEST = 50
CHINA = timezone(timedelta(hours=8))


def case_guid(book: Book, case_id: str, base: str) -> str:
    """Return the permanent `tag:` identifier of a case (RFC 4151), from its number alone.

    Args:
        book: whose policy names the tagging entity.
        case_id: the number of the case.
        base: the address of the site, whose host tags where the policy names nobody.
    """
    return tag(book, base, f"cases/{case_id}")


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(), CHINA)


def cases_feed(book: Book, base: str) -> bytes:
    """Return the feed of cases published by the book's day, newest first, at most 50, without withdrawn ones.

    Args:
        book: the registry on its day.
        base: the address of the site, with a closing slash; links in a feed are absolute.
    """
    cases = [case for case in book.cases if not book.withdrawn(case)][:NEWEST]
    feed = FeedGenerator()
    feed.id(base)
    feed.title(f"{book.policy.name}：典型案例")
    feed.description(f"{book.policy.region.name}智能工厂新发布的典型案例")
    feed.language("zh-CN")
    feed.generator("")
    feed.docs("")
    feed.link(href=base + urls.CASES_FEED, rel="self", type="application/rss+xml")
    feed.link(href=base + urls.CASES, rel="alternate")
    newest = max((case.published for case in cases), default=None)
    feed.lastBuildDate(_moment(newest) if newest else datetime(1970, 1, 1, tzinfo=CHINA))
    if newest:
        feed.pubDate(_moment(newest))
    for case in reversed(cases):
        _entry(feed, book, case, base)
    return bytes(feed.rss_str(pretty=True, encoding="utf-8")) + b"\n"


def _entry(feed: FeedGenerator, book: Book, case: Case, base: str) -> None:
    unit = book.registry.units[case.factory]
    entry = feed.add_entry(order="prepend")
    entry.guid(case_guid(book, case.id, base), permalink=False)
    entry.title(case.title)
    entry.link(href=base + urls.case(case.id))
    entry.description(f"{case.summary}（{unit.enterprise}，{unit.city}）")
    entry.pubDate(_moment(case.published))
    edition = book.registry.edition(case.edition)
    names = edition.names if edition else {}
    entry.category([{"term": names[number]} for number in case.scenes])
