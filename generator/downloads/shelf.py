"""All downloads of a build, made once.

May import the other modules of this room.
"""

from collections.abc import Iterator, Sequence

from generator import urls
from generator.downloads.database import as_database
from generator.downloads.described import checksums, data_package, datasette_metadata
from generator.downloads.plain import as_csv, as_json_document, as_json_lines
from generator.downloads.sheets import Download, Imprint, Sheet, imprint
from generator.downloads.workbook import as_workbook
from generator.views.book import Book


def downloads(book: Book, base: str, sheets: Sequence[Sheet], lists: Sequence[Sheet]) -> list[Download]:
    """Return every download, the list of their SHA-256 last.

    Args:
        book: the registry on its day.
        base: the address of the site with a closing slash.
        sheets: the four tables of the day.
        lists: the yearly lists.
    """
    owner = imprint(book, base)
    every = [*sheets, *lists]
    made = [file for sheet in every for file in _forms(sheet, owner)]
    content = {file.address: file.content for file in made}
    made += [
        Download(address=urls.DATABASE, content=as_database(book, owner, sheets)),
        Download(address=urls.DATABASE_LABELS, content=datasette_metadata(owner, sheets)),
        Download(address=urls.PACKAGE, content=data_package(owner, book.policy.region, every, content)),
    ]
    return [*made, Download(address=urls.CHECKSUMS, content=checksums(made))]


def _forms(sheet: Sheet, owner: Imprint) -> Iterator[Download]:
    yield Download(address=sheet.address("csv"), content=as_csv(sheet))
    yield Download(address=sheet.address("xlsx"), content=as_workbook(sheet, owner))
    yield Download(address=sheet.address("json"), content=as_json_document(sheet))
    yield Download(address=sheet.address("jsonl"), content=as_json_lines(sheet))
