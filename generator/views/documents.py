"""Official documents and the units each one named.

May import `views.book`, `views.lists`, `views.tables` and `urls`.
"""

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from generator.records import Award, Document
from generator.views.book import Book
from generator.views.corrections import CorrectionRow, correction_rows
from generator.views.lists import list_link, published_lists
from generator.views.tables import Link, Pager, UnitRow, parts, unit_row


class DocumentRow(Struct, frozen=True, kw_only=True):
    """A document as one row of a list."""

    document: Link
    title: str
    day: date
    units: int


class DocumentsPage(Struct, frozen=True, kw_only=True):
    """All documents by authority, newest first."""

    groups: tuple[tuple[str, tuple[DocumentRow, ...]], ...]


class Named(Struct, frozen=True, kw_only=True):
    """A unit that a document named, and for what."""

    unit: UnitRow
    title: str
    cancelled: bool


class DocumentPage(Struct, frozen=True, kw_only=True):
    """Everything the page of a document shows, with one page of the units it named; `lists` with their days."""

    number: str
    title: str
    day: date
    authority: str
    url: str | None
    entered: date | None
    named: tuple[Named, ...]
    lists: tuple[tuple[Link, date], ...]
    corrections: tuple[CorrectionRow, ...]
    pager: Pager


def documents_page(book: Book) -> DocumentsPage:
    """Return the list of all documents, by authority in the order of the policy."""
    groups = []
    for authority in book.policy.authorities:
        found = [known for known in book.registry.documents.values() if known.authority == authority.id]
        found.sort(key=lambda document: (document.date, document.number), reverse=True)
        if found:
            groups.append((authority.name, tuple(_row(book, document) for document in found)))
    return DocumentsPage(groups=tuple(groups))


def _row(book: Book, document: Document) -> DocumentRow:
    return DocumentRow(
        document=Link(text=document.number, address=book.document_address(document)),
        title=document.title,
        day=document.date,
        units=len({unit for unit, _ in book.named_by.get(document.number, ())}),
    )


def document_pages(book: Book, document: Document) -> Iterator[DocumentPage]:
    """Yield the pages of a document: more than one where it named many units."""
    authority = book.policy.authority(document.authority)
    facts = sorted(book.named_by.get(document.number, ()), key=lambda row: row[0])
    for pager in parts(book.document_address(document), len(facts)):
        yield DocumentPage(
            number=document.number,
            title=document.title,
            day=document.date,
            authority=authority.name if authority else "",
            url=document.url,
            entered=document.entered,
            named=tuple(
                Named(
                    unit=unit_row(book, book.registry.units[unit]),
                    title=fact.title,
                    cancelled=not isinstance(fact, Award),
                )
                for unit, fact in facts[pager.first_row - 1 : pager.last_row]
            ),
            lists=tuple(
                (list_link(found), found.date)
                for found in published_lists(book)
                if found.document == document.number
            ),
            corrections=correction_rows(document.corrections),
            pager=pager,
        )
