"""The downloads of a build: each table in every form, the database, and what describes and seals them all.

May import the other modules of this room. Tables need nothing of each other, so that they can be made beside each other;
what describes them goes by their sizes and fingerprints alone.
"""

from collections.abc import Iterator, Mapping, Sequence

from generator import urls
from generator.downloads.database import as_database
from generator.downloads.described import checksums, data_package, datasette_metadata
from generator.downloads.plain import as_csv, as_json_document, as_json_lines
from generator.downloads.sheets import Download, Imprint, Sheet, imprint
from generator.downloads.workbook import as_workbook
from generator.exports.manifest import PublishedFile, published_file
from generator.views.book import Book

FORMS = ("csv", "xlsx", "json", "jsonl")


def forms(sheet: Sheet, owner: Imprint) -> Iterator[Download]:
    """Yield a table in every form.

    Args:
        sheet: the table with its rows.
        owner: whose facts they are.
    """
    yield Download(address=sheet.address("csv"), content=as_csv(sheet))
    yield Download(address=sheet.address("xlsx"), content=as_workbook(sheet, owner))
    yield Download(address=sheet.address("json"), content=as_json_document(sheet))
    yield Download(address=sheet.address("jsonl"), content=as_json_lines(sheet))


def databases(book: Book, base: str, sheets: Sequence[Sheet]) -> Iterator[Download]:
    """Yield the database, and what Datasette says of it.

    Args:
        book: the registry on its day.
        base: the address of the site with a closing slash.
        sheets: the tables of the day with their rows.
    """
    owner = imprint(book, base)
    yield Download(address=urls.DATABASE, content=as_database(book, owner, sheets))
    yield Download(address=urls.DATABASE_LABELS, content=datasette_metadata(owner, sheets))


def seals(
    book: Book, base: str, sheets: Sequence[Sheet], made: Mapping[str, PublishedFile]
) -> Iterator[Download]:
    """Yield the description of the tables, then the list of the SHA-256 of every download.

    Args:
        book: the registry on its day.
        base: the address of the site with a closing slash.
        sheets: the tables of the day and the yearly lists; no rows are looked at.
        made: the finished downloads by address.
    """
    package = data_package(imprint(book, base), book.policy.region, sheets, made)
    yield Download(address=urls.PACKAGE, content=package)
    tables = [made[sheet.address(form)] for sheet in sheets for form in FORMS]
    beside = [made[urls.DATABASE], made[urls.DATABASE_LABELS], published_file(urls.PACKAGE, package)]
    yield Download(address=urls.CHECKSUMS, content=checksums([*tables, *beside]))
