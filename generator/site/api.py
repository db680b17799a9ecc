"""The API with its schemas and its description."""

from collections.abc import Iterator

from generator import urls
from generator.exports import catalogue, changes, schemas
from generator.exports.api import index, tables
from generator.exports.encoding import as_json, as_text
from generator.exports.factories import factories
from generator.exports.factory import by_unit, factory_file
from generator.exports.openapi import openapi
from generator.exports.statistics import statistics
from generator.exports.tables import Rows
from generator.site.press import File
from generator.views.book import Book
from generator.views.tally import tally


def api(book: Book, base: str, rows: Rows) -> Iterator[File]:
    """Yield the files of the API but for those of single units and those that tell what was published.

    Args:
        book: the registry on its day.
        base: the address of the site with a closing slash.
        rows: the rows of the published tables by name.
    """
    told = book.ledger.changes(as_of=book.as_of)
    units = factories(book)
    yield _file("factories", units)
    for name, table in tables(book, rows).items():
        yield _file(name, table)
    yield _file("statistics", statistics(book, tally(book)))
    months = []
    for month in changes.months(book, told, base):
        months.append(changes.month_entry(month, base))
        yield File(path=changes.address(month.month), content=as_json(month))
    yield _file("months", changes.months_index(book, months))
    yield File(path=catalogue.BY_NAME["index"].path, content=as_text(index(book, base)))
    first = units.factories[0] if units.factories else None
    example = factory_file(book, first, by_unit(told), base) if first else None
    described = openapi(book.policy, base, unit=example, month=months[0].month if months else None)
    yield File(path=catalogue.BY_NAME["openapi"].path, content=as_text(described))
    for name, schema in schemas.schemas(base).items():
        yield File(path=urls.schema(name), content=as_text(schema))


def _file(name: str, value: object) -> File:
    return File(path=catalogue.BY_NAME[name].path, content=as_json(value))
