"""The tables with their rows and the day they speak of, as every form of download takes them.

May import `exports`, `views` and `policy`.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from msgspec import Struct

from generator import urls
from generator.exports import rows, tables
from generator.exports.tables import Rows, Table
from generator.views.book import Book
from generator.views.lists import Standings


class Sheet(Struct, frozen=True, kw_only=True):
    """A table with its rows, as they are on the day `as_of`.

    `next_transition` is the first day on which they are no longer true, None where that never comes. `member` is what
    the rows are called in a JSON document.
    """

    table: Table
    member: str
    rows: Sequence[Any]
    as_of: date
    next_transition: date | None

    def address(self, form: str) -> str:
        """Return the address of its file of a form."""
        return urls.download(self.table.name, form)


class Download(Struct, frozen=True, kw_only=True):
    """A finished file, by its address."""

    address: str
    content: bytes


class Imprint(Struct, frozen=True, kw_only=True):
    """Whose facts these are: what every file that can say so says of itself.

    `base` is the address of the site with a closing slash; `licence` and `licence_url` are None where none is given.
    """

    name: str
    keeper: str | None
    base: str
    licence: str | None
    licence_url: str | None
    demonstration: bool


def imprint(book: Book, base: str) -> Imprint:
    """Return whose facts the files hold.

    Args:
        book: the registry on its day.
        base: the address of the site with a closing slash.
    """
    site = book.policy.site
    return Imprint(
        name=book.policy.name,
        keeper=site.organizer,
        base=base,
        licence=site.licence,
        licence_url=site.licence_url,
        demonstration=book.policy.demonstration,
    )


def sheets(book: Book, found: Rows) -> list[Sheet]:
    """Return the tables of the day.

    Args:
        book: the registry on its day.
        found: the rows of the tables by name; a table that is not named has none.
    """
    coming = book.ledger.next_transition(as_of=book.as_of)
    return [
        Sheet(
            table=table,
            member=table.name,
            rows=found.get(table.name, ()),
            as_of=book.as_of,
            next_transition=coming,
        )
        for table in tables.TABLES
    ]


def year_lists(book: Book, published: Iterable[Standings], base: str) -> list[Sheet]:
    """Return the yearly lists, each of its own day: nothing that comes later alters one.

    Args:
        book: the registry on its day.
        published: who stood in each list, in the order wanted.
        base: the address of the site with a closing slash.
    """
    return [
        Sheet(
            table=tables.year_list(standings.list.year),
            member="list",
            rows=list(rows.listed_rows(book, standings, base)),
            as_of=standings.list.date,
            next_transition=None,
        )
        for standings in published
    ]
