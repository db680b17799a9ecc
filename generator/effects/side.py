"""One side of a change: a registry as it was or will be, with what follows from it.

May import `registry`, `rules`, `checks`, `problems` and `views.book`.
"""

from datetime import date

from msgspec import Struct

from generator.checks.desk import check_day
from generator.checks.findings import Findings
from generator.checks.references import check_references
from generator.problems import Report
from generator.registry import Registry
from generator.rules.ledger import Ledger
from generator.views.book import Book


class Side(Struct, frozen=True):
    """A registry that could be read; `name` is what the telling calls it, `report` has its problems.

    `sound` tells that every record could be read and every reference leads somewhere, so that pages and feeds can be
    made of it; awards that break a rule do not stand in the way.
    """

    name: str
    registry: Registry
    ledger: Ledger
    report: Report
    as_of: date
    sound: bool

    def book(self) -> Book:
        """Return the registry on the day; asked of sound sides alone."""
        return Book(self.registry, self.ledger, self.as_of)


def side(
    name: str,
    registry: Registry,
    report: Report,
    *,
    as_of: date,
    known: Side | None = None,
    rules: bool = True,
) -> Side:
    """Return one side of a change with its problems.

    Args:
        name: what the telling calls it.
        registry: its records.
        report: what was found in reading them; what the checks find is added.
        as_of: the day looked at.
        known: the other side, to spare what comes out the same.
        rules: whether to check the rules as well: they bind the new side, not what stood before.
    """
    found = Findings(registry, report)
    check_references(found)
    sound = not report.errors
    same = known.ledger if known and known.registry.policy == registry.policy else None
    ledger = Ledger.of(registry, known=same)
    if rules:
        check_day(found, ledger, as_of=as_of)
    return Side(name, registry, ledger, report, as_of, sound)


def place_of(path: str) -> str:
    """Return the last two parts of a file's path, which say where in a registry it lies whatever the registry is called."""
    return "/".join(path.split("/")[-2:])
