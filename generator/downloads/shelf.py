"""All downloads of a build, made once.

May import the other modules of this room.
"""

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from generator import urls
from generator.downloads.database import as_database
from generator.downloads.described import DATABASE, checksums, data_package, datasette_metadata, file_name
from generator.downloads.plain import as_csv, as_json_document, as_json_lines
from generator.downloads.sheets import Download, Sheet, imprint
from generator.downloads.workbook import as_workbook
from generator.views.book import Book


def downloads(book: Book, base: str, sheets: Sequence[Sheet], lists: Sequence[Sheet]) -> list[Download]:
    """Return every file of the folder of downloads, the list of their SHA-256 last.

    Args:
        book: the registry on its day.
        base: the address of the site with a closing slash.
        sheets: the four tables of the day.
        lists: the yearly lists.
    """
    made = list(_tables(book, base, sheets, lists))
    content = {file.name: file.content for file in made}
    owner = imprint(book, base)
    made += [
        _file(DATABASE, "sqlite", as_database(book, owner, sheets)),
        _file("metadata", "json", datasette_metadata(owner, sheets)),
        _file("datapackage", "json", data_package(owner, book.policy.region, [*sheets, *lists], content)),
    ]
    return [*made, Download(name=PurePosixPath(urls.CHECKSUMS).name, content=checksums(made))]


def _tables(book: Book, base: str, sheets: Sequence[Sheet], lists: Sequence[Sheet]) -> Iterator[Download]:
    owner = imprint(book, base)
    for sheet in (*sheets, *lists):
        yield Download(name=file_name(sheet, "csv"), content=as_csv(sheet))
        yield Download(name=file_name(sheet, "xlsx"), content=as_workbook(sheet, owner))
        yield Download(name=file_name(sheet, "json"), content=as_json_document(sheet))
        yield Download(name=file_name(sheet, "jsonl"), content=as_json_lines(sheet))


def _file(name: str, form: str, content: bytes) -> Download:
    return Download(name=PurePosixPath(urls.download(name, form)).name, content=content)
