"""The page of downloads: what can be taken, in which form for whom, and what every column means.

May import `views.book`, `views.words` and `urls`. Knows neither the files nor the tables: it is told their sizes and
columns.
"""

from collections.abc import Callable, Iterable
from datetime import date

from msgspec import Struct

from generator import urls
from generator.views.book import Book

FORMS = (("xlsx", "Excel"), ("csv", "CSV"), ("json", "JSON"), ("jsonl", "JSON Lines"))

# How many bytes the file at an address has.
SizeOf = Callable[[str], int]

_PYTHON = """\
import csv
import io
from urllib.request import urlopen

address = "{address}"
day = "{day}"

with urlopen(address) as answer:
    text = io.TextIOWrapper(answer, encoding="utf-8-sig", newline="")
    listed = {{
        row["unit"]
        for row in csv.DictReader(text)
        if row["from"] <= day and (not row["through"] or day <= row["through"])
    }}

print(f"{{day}} 在名单中的单元有 {{len(listed)}} 个。")
"""


class FileLink(Struct, frozen=True, kw_only=True):
    """A file to take away; `size` is in words, such as `1.2 MB`."""

    form: str
    name: str
    address: str
    size: str


class Offer(Struct, frozen=True, kw_only=True):
    """One table in every form, with its number of rows; `day` is that of a yearly list, else None."""

    title: str
    rows: int
    day: date | None
    files: tuple[FileLink, ...]


class Meaning(Struct, frozen=True, kw_only=True):
    """A column: its head in a workbook, its name in files for programs, and what it means."""

    title: str
    name: str
    description: str


class Explained(Struct, frozen=True, kw_only=True):
    """A table with the meaning of its columns."""

    anchor: str
    title: str
    description: str
    columns: tuple[Meaning, ...]


class Endpoint(Struct, frozen=True, kw_only=True):
    """A kind of file of the API; `path` may hold a part in braces, and then `address` is None."""

    path: str
    address: str | None
    title: str
    description: str


class DownloadsPage(Struct, frozen=True, kw_only=True):
    """Everything the page shows; `units` and `listings` are numbers of rows, `python`, `sql` and `verify` the
    examples.
    """

    units: int
    listings: int
    next_transition: date | None
    offers: tuple[Offer, ...]
    database: FileLink
    labels: FileLink
    package: FileLink
    checksums: FileLink
    manifest: str
    verify: str
    licence: str | None
    licence_url: str | None
    python: str
    sql: str
    explained: tuple[Explained, ...]
    endpoints: tuple[Endpoint, ...]
    promise: str


def downloads_page(
    book: Book,
    *,
    base: str,
    size_of: SizeOf,
    tables: Iterable[tuple[str, str, int, date | None]],
    explained: Iterable[Explained],
    endpoints: Iterable[Endpoint],
    promise: str,
    sql: str,
) -> DownloadsPage:
    """Return the page of downloads.

    Args:
        book: the registry on its day.
        base: the address of the site with a closing slash, for the examples that are run elsewhere.
        size_of: gives the bytes of the file at an address.
        tables: the name, title, number of rows and, of a yearly list, the day of each table; the first is that of the
            units, the second that of the listings.
        explained: the columns of each kind of table.
        endpoints: what the API offers.
        promise: what version 1 of the API promises.
        sql: the question for the list of a day.
    """

    def file(address: str, form: str) -> FileLink:
        name = address.removeprefix(urls.DATA)
        return FileLink(form=form, name=name, address=address, size=size(size_of(address)))

    offers = tuple(
        Offer(
            title=title,
            rows=rows,
            day=day,
            files=tuple(file(urls.download(name, ending), form) for ending, form in FORMS),
        )
        for name, title, rows, day in tables
    )
    site = book.policy.site
    return DownloadsPage(
        units=offers[0].rows,
        listings=offers[1].rows,
        next_transition=book.ledger.next_transition(as_of=book.as_of),
        offers=offers,
        database=file(urls.DATABASE, "SQLite"),
        labels=file(urls.DATABASE_LABELS, "JSON"),
        package=file(urls.PACKAGE, "JSON"),
        checksums=file(urls.CHECKSUMS, "文本"),
        manifest=urls.MANIFEST,
        verify=f"python -m generator verify {base} --sample 200 --kept manifests",
        licence=site.licence,
        licence_url=site.licence_url,
        python=_PYTHON.format(address=base + urls.download("listings", "csv"), day=book.as_of.isoformat()),
        sql=sql,
        explained=tuple(explained),
        endpoints=tuple(endpoints),
        promise=promise,
    )


def size(number: int) -> str:
    """Return a number of bytes in words: `512 B`, `44 KB`, `1.2 MB`; a KB is 1024 bytes."""
    if number < 1024:
        return f"{number} B"
    if number < 1024 * 1024 - 512:  # what would be rounded to 1024 KB is 1.0 MB
        return f"{(number + 512) // 1024} KB"
    return f"{number / 1024 / 1024:.1f} MB"
