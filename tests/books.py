"""A registry on a day, for tests of what is made from it without building a site."""

from datetime import date

from generator.checks.desk import examine
from generator.views.book import Book
from tests.conftest import AS_OF, ROOT

AS_OF_DAY = date.fromisoformat(AS_OF)


def book(as_of: str = AS_OF, name: str = "registry") -> Book:
    """Return a registry of the project on a day; `name` is its folder."""
    examined = examine(ROOT / name, as_of=date.fromisoformat(as_of))
    assert examined.registry
    assert examined.ledger
    return Book(examined.registry, examined.ledger, examined.as_of)
