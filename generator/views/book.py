"""The registry as one reader finds it on one day: standings and the indexes the pages are made from.

May import `registry`, `rules` and `urls`. Built once a build; every view is a function of it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, wraps
from typing import Protocol, TypeVar

from generator import urls
from generator.policy import Policy, Tier
from generator.records import Award, Case, City, Document, Revocation, Unit
from generator.registry import Registry
from generator.rules.engine import last_ended
from generator.rules.ledger import Account, Ledger, day_of
from generator.rules.terms import Listing, Standing


class _Known(Protocol):
    @property
    def id(self) -> str: ...


K = TypeVar("K", bound=_Known)
V = TypeVar("V")


def once(view: Callable[["Book", K], V]) -> Callable[["Book", K], V]:
    """Make a view of a unit or a case once for all pages of a book that show it."""
    name = view.__name__

    @wraps(view)
    def seen(book: "Book", of: K) -> V:
        known = book.seen
        key = name, of.id
        if key not in known:
            known[key] = view(book, of)
        return known[key]  # type: ignore[return-value]

    return seen


@dataclass
class Book:
    """A registry, its ledger and a day, with what follows for a unit on that day, worked out when first asked for.

    `cases` are those published by this day, newest first; withdrawn ones stay, marked. `cases_by_scene` has them by
    edition and number. `seen` holds views that more than one page shows.
    """

    registry: Registry
    ledger: Ledger
    as_of: date
    cases: list[Case] = field(init=False)
    cases_by_unit: dict[str, list[Case]] = field(default_factory=dict)
    cases_by_scene: dict[tuple[str, int], list[Case]] = field(default_factory=dict)
    seen: dict[tuple[str, str], object] = field(default_factory=dict, repr=False, compare=False)
    _standings: dict[str, Standing] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        published = [case for case in self.registry.cases.values() if case.published <= self.as_of]
        self.cases = sorted(published, key=lambda case: (case.published, case.id), reverse=True)
        for case in self.cases:
            self.cases_by_unit.setdefault(case.factory, []).append(case)
            for number in dict.fromkeys(case.scenes):
                self.cases_by_scene.setdefault((case.edition, number), []).append(case)

    @cached_property
    def standings(self) -> dict[str, Standing]:
        """What is true of each unit on this day, by its number."""
        return {unit: self._standing(unit) for unit in self.ledger.accounts}

    def _standing(self, unit: str) -> Standing:
        known = self._standings.get(unit)
        if known is None:
            known = self._standings[unit] = self.ledger.standing(unit, as_of=self.as_of)
        return known

    @cached_property
    def named_by(self) -> dict[str, list[tuple[str, Award | Revocation]]]:
        """The awards and revocations that name a document, each with its unit, by the document's number."""
        found: dict[str, list[tuple[str, Award | Revocation]]] = {}
        for unit in self.registry.units.values():
            facts: list[Award | Revocation] = [*unit.titles, *unit.revocations]
            for fact in facts:
                found.setdefault(fact.document, []).append((unit.id, fact))
        return found

    @cached_property
    def units_by_city(self) -> dict[str, list[Unit]]:
        """The units of each city, by its name."""
        return self._grouped(lambda unit: unit.city)

    @cached_property
    def units_by_division(self) -> dict[str, list[Unit]]:
        """The units of each division of the classification, by its code."""
        return self._grouped(lambda unit: unit.industry[:2])

    def _grouped(self, by: Callable[[Unit], str]) -> dict[str, list[Unit]]:
        found: dict[str, list[Unit]] = {}
        for unit in self.registry.units.values():
            found.setdefault(by(unit), []).append(unit)
        return found

    @property
    def policy(self) -> Policy:
        """The rules."""
        return self.registry.policy

    def withdrawn(self, case: Case) -> bool:
        """Tell whether a case no longer stands on this day."""
        return case.withdrawn is not None and case.withdrawn.date <= self.as_of

    def account(self, unit: Unit) -> Account:
        """Return what follows for a unit from all facts."""
        return self.ledger.accounts[unit.id]

    def standing(self, unit: Unit) -> Standing:
        """Return what is true of a unit on this day."""
        return self._standing(unit.id)

    def tier(self, unit: Unit) -> Tier | None:
        """Return the tier a unit holds on this day, or None."""
        held = self._standing(unit.id).tier
        return self.policy.tier(held) if held else None

    def day_of(self, fact: Award | Revocation) -> date:
        """Return the day of an award or revocation; every one of a registry without errors has one."""
        day = day_of(fact, self.registry.documents)
        assert day is not None
        return day

    def award_years(self, unit: Unit) -> tuple[int, ...]:
        """Return the years in which a unit was awarded a title by this day, in order."""
        days = (self.day_of(award) for award in unit.titles)
        return tuple(sorted({day.year for day in days if day <= self.as_of}))

    def city(self, unit: Unit) -> City:
        """Return the city of a unit; every one of a registry without errors has one."""
        city = self.registry.city(unit.city)
        assert city is not None
        return city

    def document_address(self, document: Document) -> str:
        """Return the address of a document's page."""
        return urls.document(self.registry.file("documents", document.number).path)

    def last_listing(self, unit: Unit) -> Listing | None:
        """Return, of the listings that ended before this day, the one that ended last (the higher tier's of two)."""
        return last_ended(self.account(unit).listings, self.policy, as_of=self.as_of)

    def next_listing(self, unit: Unit) -> Listing | None:
        """Return the next listing that begins after this day."""
        return next((listing for listing in self.account(unit).listings if listing.first > self.as_of), None)

    def next_transition(self, unit: Unit) -> date | None:
        """Return the first day after this one on which a unit's tier or status changes, or None."""
        return next((day for day in self.account(unit).transitions if day > self.as_of), None)

    def in_order(self, units: Iterable[Unit]) -> list[Unit]:
        """Return units as tables show them: those listed first, higher tiers before lower, then by number."""

        def place(unit: Unit) -> tuple[int, str]:
            tier = self.tier(unit)
            return (-tier.rank if tier else 1, unit.id)

        return sorted(units, key=place)

    @property
    def edition(self) -> str | None:
        """The newest edition of the scenes."""
        return max((edition.edition for edition in self.registry.scenes.editions), default=None)
