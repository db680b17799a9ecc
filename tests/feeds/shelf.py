"""Books to try the feeds on: the registries of the project on any day, with records altered in memory."""

from datetime import date, timedelta

from msgspec.structs import replace

from generator.feeds.issue import feeds
from generator.records import Case, Unit
from generator.render import Renderer
from generator.rules.ledger import Ledger
from generator.views.book import Book
from generator.views.news import case_streams, change_streams

BASE = "https://registry.example/"
ONE_DAY = timedelta(days=1)


def with_cases(found: Book, *cases: Case, as_of: date | None = None) -> Book:
    """The same with cases added, or put in the place of those with the same number."""
    registry = replace(found.registry, cases={**found.registry.cases, **{case.id: case for case in cases}})
    return Book(registry, found.ledger, as_of or found.as_of)


def with_units(found: Book, *units: Unit, as_of: date | None = None) -> Book:
    """The same with units added, or put in the place of those with the same number."""
    registry = replace(found.registry, units={**found.registry.units, **{unit.id: unit for unit in units}})
    return Book(registry, Ledger.of(registry), as_of or found.as_of)


def issued(found: Book, base: str = BASE) -> dict[str, bytes]:
    """Every document of a build, by its address."""
    streams = [*case_streams(found), *change_streams(found)]
    made = feeds(found, Renderer(as_of=found.as_of, base=base), base, streams)
    return {document.address: document.make() for document in made}
