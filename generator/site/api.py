"""The API with its schemas and its description."""

from collections.abc import Iterator
from functools import partial

from generator import urls
from generator.cache import digest
from generator.exports import catalogue, changes
from generator.exports.api import TYPES, index, tables
from generator.exports.encoding import as_json, as_text
from generator.exports.factories import factories
from generator.exports.factory import by_unit, factory_file
from generator.exports.openapi import openapi
from generator.exports.schemas import schema
from generator.exports.statistics import statistics
from generator.exports.tables import Rows
from generator.site.press import File, Made
from generator.views.book import Book
from generator.views.tally import tally


def api(book: Book, base: str, rows: Rows) -> Iterator[File | Made]:
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
    latest = months[0].month if months else None
    yield Made(
        path=catalogue.BY_NAME["openapi"].path,
        make=lambda: as_text(openapi(book.policy, base, unit=example, month=latest)),
        made_of=digest(example, latest),
    )
    for name in TYPES:
        yield Made(path=urls.schema(name), make=partial(_schema, name, base), made_of=digest(name))


def _schema(name: str, base: str) -> bytes:
    return as_text(schema(catalogue.BY_NAME[name], base))


def _file(name: str, value: object) -> File:
    return File(path=catalogue.BY_NAME[name].path, content=as_json(value))
