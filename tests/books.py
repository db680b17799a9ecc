"""A registry on a day, for tests of what is made from it without building a site."""

from datetime import date

from generator.checks.desk import examine
from generator.views.book import Book
from tests.conftest import ROOT


def book(as_of: str = "2026-11-24", name: str = "registry") -> Book:
    """Return a registry of the project on a day; `name` is its folder."""
    examined = examine(ROOT / name, as_of=date.fromisoformat(as_of))
    assert examined.registry
    assert examined.ledger
    return Book(examined.registry, examined.ledger, examined.as_of)
