"""The downloads of a build: each table in every form, the database, and what describes and seals them all.

May import the other modules of this room. Tables need nothing of each other, so that they can be made beside each other;
what describes them goes by their sizes and fingerprints alone.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

from generator import urls
from generator.cache import Cache
from generator.downloads.described import checksums, data_package
from generator.downloads.plain import as_csv, as_json_document, as_json_lines
from generator.downloads.sheets import Download, Imprint, Sheet, imprint
from generator.downloads.workbook import as_workbook
from generator.exports.manifest import PublishedFile, published_file
from generator.views.book import Book

# How a table is made in each form.
FORMS: Mapping[str, Callable[[Sheet, Imprint, Cache | None], bytes]] = {
    "csv": lambda sheet, *_: as_csv(sheet),
    "xlsx": as_workbook,
    "json": lambda sheet, *_: as_json_document(sheet),
    "jsonl": lambda sheet, *_: as_json_lines(sheet),
}


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
