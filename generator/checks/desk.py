"""The one way into a registry, for `check` and `build` alike: read, check and derive.

May import `crew`, `registry`, `rules` and the checks.
"""

from datetime import date
from pathlib import Path

from msgspec import Struct

from generator.cache import Cache
from generator.checks.findings import Findings
from generator.checks.future import check_future
from generator.checks.references import check_references
from generator.checks.rulings import check_rulings
from generator.crew import uncollected
from generator.problems import Report
from generator.registry import Progress, Registry, load
from generator.rules.ledger import Ledger


class Examined(Struct, frozen=True):
    """A registry as found on a day: its problems, and its records and accounts where they could be read."""

    report: Report
    registry: Registry | None
    ledger: Ledger | None
    as_of: date
    root: Path

    @property
    def publishable(self) -> bool:
        """Whether there is no error, so that a site may be built from it."""
        return self.registry is not None and not self.report.errors


def examine(
    root: Path, *, as_of: date, progress: Progress | None = None, cache: Cache | None = None
) -> Examined:
    """Return a registry with every problem it has on a day.

    Args:
        root: the folder that holds policy.yml.
        as_of: the day looked at.
        progress: wraps the walk over the files, to show how far it is.
        cache: where it is kept what files say from one time to the next.
    """
    report = Report()
    with uncollected():
        registry = load(root, report, progress, cache=cache)
        if registry is None:
            return Examined(report, None, None, as_of, root)
        found = Findings(registry, report)
        check_references(found)
        ledger = Ledger.of(registry)
        check_day(found, ledger, as_of=as_of)
    return Examined(report, registry, ledger, as_of, root)


def check_day(found: Findings, ledger: Ledger, *, as_of: date) -> None:
    """Run every check that may depend on the day looked at.

    Args:
        found: what reading and references have shown already.
        ledger: what follows from the records.
        as_of: the day looked at.
    """
    check_rulings(found, ledger, as_of=as_of)
    check_future(found, as_of=as_of)
