"""The API with its schemas and its description, and the account of what was published."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from generator import urls
from generator.exports import catalogue, changes, manifest, schemas
from generator.exports.api import index, tables
from generator.exports.encoding import as_json, as_text
from generator.exports.factories import factories
from generator.exports.factory import FactoryFile, by_unit, factory_file
from generator.exports.openapi import openapi
from generator.exports.statistics import statistics
from generator.exports.tables import Rows
from generator.site.press import File
from generator.views.book import Book
from generator.views.tally import tally


def api(book: Book, base: str, rows: Rows) -> Iterator[File]:
    """Yield the files of the API but for those that tell what was published.

    Args:
        book: the registry on its day.
        base: the address of the site with a closing slash.
        rows: the rows of the published tables by name.
    """
    told = book.ledger.changes(as_of=book.as_of)
    units = factories(book)
    yield _file("factories", units)
    changed = by_unit(told)
    first: FactoryFile | None = None
    for unit in units.factories:
        found = factory_file(book, unit, changed, base)
        first = first or found
        yield File(path=urls.factory(unit.id), content=as_json(found))
    for name, table in tables(book, rows).items():
        yield _file(name, table)
    yield _file("statistics", statistics(book, tally(book)))
    months = []
    for month in changes.months(book, told, base):
        months.append(changes.month_entry(month, base))
        yield File(path=changes.address(month.month), content=as_json(month))
    yield _file("months", changes.months_index(book, months))
    yield File(path=catalogue.BY_NAME["index"].path, content=as_text(index(book, base)))
    described = openapi(book.policy, base, unit=first, month=months[0].month if months else None)
    yield File(path=catalogue.BY_NAME["openapi"].path, content=as_text(described))
    for name, schema in schemas.schemas(base).items():
        yield File(path=urls.schema(name), content=as_text(schema))


def _file(name: str, value: object) -> File:
    return File(path=catalogue.BY_NAME[name].path, content=as_json(value))


class Publication:
    """The account of what a build publishes: files are noted as they pass, and the manifest closes it."""

    def __init__(self, book: Book, *, commit: str | None, replaced: bytes | None) -> None:
        """Begin an account.

        Args:
            book: the registry on its day.
            commit: the commit that holds the registry as it is, or None.
            replaced: the manifest of the site that this one replaces, or None.
        """
        self._book = book
        self._commit = commit
        self._replaced = replaced
        self._families: defaultdict[str, list[manifest.PublishedFile]] = defaultdict(list)
        self._files: list[manifest.PublishedFile] = []

    def noting(self, files: Iterable[File]) -> Iterator[File]:
        """Yield files as they are, and note those that the manifest answers for."""
        for file in files:
            if manifest.covered(file.path):
                family = manifest.family_of(file.path)
                noted = manifest.published_file(file.path, file.content)
                (self._families[family] if family else self._files).append(noted)
            yield file

    def closing(self, rows: Rows) -> Iterator[File]:
        """Yield the list of each family of files, then the manifest.

        Args:
            rows: the rows of the published tables by name, for their numbers.
        """
        yield from self.noting(
            File(
                path=manifest.family_address(family),
                content=as_json(manifest.family_files(family, self._families[family])),
            )
            for family in manifest.FAMILIES
        )
        made = manifest.manifest(
            self._book,
            rows,
            self._files,
            commit=self._commit,
            replaced=self._replaced,
        )
        yield File(path=urls.MANIFEST, content=as_json(made))
