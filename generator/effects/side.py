"""One side of a change: a registry as it was or will be, with what follows from it.

May import `registry`, `rules`, `problems` and `views.book`.
"""

from dataclasses import dataclass
from datetime import date

from generator.problems import Report
from generator.registry import Registry
from generator.rules.ledger import Ledger
from generator.views.book import Book


@dataclass(frozen=True, slots=True)
class Side:
    """A registry that could be read; `name` is what the telling calls it, `report` has its problems."""

    name: str
    registry: Registry
    ledger: Ledger
    report: Report
    as_of: date

    @property
    def sound(self) -> bool:
        """Whether there is no error, so that pages and feeds can be made of it."""
        return not self.report.errors

    def book(self) -> Book:
        """Return the registry on the day; asked of sound sides alone."""
        return Book(self.registry, self.ledger, self.as_of)


def place_of(path: str) -> str:
    """Return the last two parts of a file's path, which say where in a registry it lies whatever the registry is called."""
    return "/".join(path.split("/")[-2:])
