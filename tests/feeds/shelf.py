"""Books to try the feeds on: the registries of the project on any day, with records altered in memory."""

import functools
from dataclasses import replace
from datetime import date, timedelta

from generator.checks.desk import examine
from generator.feeds.issue import feeds
from generator.records import Case, Unit
from generator.registry import Registry
from generator.render import Renderer
from generator.rules.ledger import Ledger
from generator.views.book import Book
from tests.conftest import AS_OF, ROOT

BASE = "https://registry.example/"
PRESENT = date.fromisoformat(AS_OF)
ONE_DAY = timedelta(days=1)


@functools.cache
def _read(name: str) -> tuple[Registry, Ledger]:
    examined = examine(ROOT / name, as_of=PRESENT)
    assert examined.registry
    assert examined.ledger
    return examined.registry, examined.ledger


def book(as_of: date = PRESENT, name: str = "registry") -> Book:
    """A registry on a day."""
    return Book(*_read(name), as_of)


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
    made = feeds(found, Renderer(as_of=found.as_of, base=base), base)
    return {document.address: document.make() for document in made}
