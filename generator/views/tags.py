"""Permanent identifiers of what is published, for feeds and calendars.

May import `views.book`. An identifier names its thing for ever; it tells neither when nor where the site was built.
"""

from urllib.parse import urlsplit

from generator.views.book import Book

_YEAR = "2025"


def tag(book: Book, base: str, name: str) -> str:
    """Return a `tag:` identifier (RFC 4151).

    Args:
        book: whose policy names the tagging entity.
        base: the address of the site, whose host tags where the policy names nobody.
        name: what is named, unique on the site and for ever its own, such as `cases/2026-0003`.
    """
    entity = book.policy.site.tag or f"{urlsplit(base).hostname or 'localhost'},{_YEAR}"
    return f"tag:{entity}:{name}"
