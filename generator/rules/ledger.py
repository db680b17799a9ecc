"""The rules applied to a whole registry: who is one enterprise, and what follows for each unit.

May import `registry`, `policy` and the modules of this room. Views, feeds, exports and checks ask a `Ledger` and
nothing else.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property

from msgspec import Struct

from generator.policy import Policy
from generator.records import Award, Document, Revocation, Unit
from generator.registry import Registry
from generator.rules import engine
from generator.rules.changes import Change, changes_of, count_of
from generator.rules.terms import Bar, DatedAward, DatedRevocation, Face, Holding, Life, Listing, Standing


def enterprise_key(unit: Unit) -> tuple[str, str]:
    """Return what a unit's enterprise is grouped by: its credit code, else the enterprise's name."""
    return ("uscc", unit.uscc) if unit.uscc else ("name", unit.enterprise)


def day_of(fact: Award | Revocation, documents: Mapping[str, Document]) -> date | None:
    """Return the day of an award or a revocation: its own, else its document's, None where that is not known."""
    if fact.date is not None:
        return fact.date
    document = documents.get(fact.document)
    return document.date if document else None


def life_of(
    unit: Unit, policy: Policy, documents: Mapping[str, Document], *, through: date = date.max
) -> Life:
    """Return the facts of a unit that bear on the lists; facts whose title or day is unknown are left out.

    Args:
        unit: the record.
        policy: whose titles are known.
        documents: the documents by number, for the days of awards and revocations.
        through: the last day whose facts are looked at.
    """
    awards = [
        DatedAward(title=title, day=day, document=award.document, order=order)
        for order, award in enumerate(unit.titles)
        if (title := policy.title(award.title)) and (day := day_of(award, documents)) and day <= through
    ]
    revocations = [
        DatedRevocation(title=title, day=day, document=found.document)
        for found in unit.revocations
        if (title := policy.title(found.title)) and (day := day_of(found, documents)) and day <= through
    ]
    return Life(
        unit=unit.id,
        awards=tuple(awards),
        revocations=tuple(revocations),
        maturity=tuple([found for found in unit.maturity if found.date <= through]),
        closed=unit.closed.date if unit.closed and unit.closed.date <= through else None,
    )


def life_through(life: Life, day: date) -> Life:
    """Return a life without the facts after a day: the very same one where it has none.

    Args:
        life: all facts of a unit.
        day: the last day whose facts are looked at.
    """
    days = [award.day for award in life.awards]
    if life.revocations:
        days += [found.day for found in life.revocations]
    if life.maturity:
        days += [found.date for found in life.maturity]
    if life.closed:
        days.append(life.closed)
    if not days or max(days) <= day:
        return life
    return Life(
        unit=life.unit,
        awards=tuple(award for award in life.awards if award.day <= day),
        revocations=tuple(found for found in life.revocations if found.day <= day),
        maturity=tuple(found for found in life.maturity if found.date <= day),
        closed=life.closed if life.closed and life.closed <= day else None,
    )


class Account(Struct, frozen=True, dict=True):
    """What follows for one unit from all facts, on any day; what not every reader asks for is derived when first asked."""

    life: Life
    listings: tuple[Listing, ...]
    bars: tuple[Bar, ...]
    enterprise: tuple[str, ...]
    policy: Policy

    @cached_property
    def holdings(self) -> tuple[Holding, ...]:
        """The runs of days of the same highest tier, in order."""
        return engine.holdings(self.listings, self.policy)

    @cached_property
    def faces(self) -> tuple[Face, ...]:
        """The runs of days of the same status and tier, in order."""
        return engine.faces(self.life, self.listings, self.policy)

    @property
    def transitions(self) -> tuple[date, ...]:
        """The days on which the unit's tier or status changes, in order."""
        return engine.transitions(self.faces)

    def face(self, day: date) -> Face:
        """Return the run of days of the same status and tier that a day lies in."""
        return next(face for face in reversed(self.faces) if face.first is None or face.first <= day)


class Ledger:
    """Everything derived from a registry, as pure functions of a day."""

    def __init__(
        self,
        policy: Policy,
        units: Iterable[Unit],
        documents: Mapping[str, Document],
        *,
        through: date = date.max,
        known: "Ledger | None" = None,
    ) -> None:
        """Derive the accounts of all units.

        Args:
            policy: the rules.
            units: all certified units.
            documents: the documents by number, for the days of awards and revocations.
            through: the last day whose facts are looked at; all facts unless given.
            known: a ledger with the same rules, whose accounts hold where an enterprise has the same units and facts.
        """
        self.policy = policy
        self._next: dict[date, date | None] = {}
        groups: dict[tuple[str, str], list[Unit]] = {}
        for unit in units:
            groups.setdefault(enterprise_key(unit), []).append(unit)
        found: dict[str, Account] = {}
        for members in groups.values():
            lives = [life_of(unit, policy, documents, through=through) for unit in members]
            before = [known.accounts.get(life.unit) for life in lives] if known else []
            held = [account for account in before if account is not None]
            if held and [account.life for account in held] == lives and len(held[0].enterprise) == len(lives):
                found.update((account.life.unit, account) for account in held)
            else:
                found.update(_accounts(lives, policy))
        self.accounts: dict[str, Account] = dict(sorted(found.items()))

    @classmethod
    def of(cls, registry: Registry, *, through: date = date.max, known: "Ledger | None" = None) -> "Ledger":
        """Return the ledger of a registry.

        Args:
            registry: all records.
            through: the last day whose facts are looked at, for what was published on that day; all facts unless given.
            known: a ledger with the same rules, to spare what comes out the same.
        """
        return cls(registry.policy, registry.units.values(), registry.documents, through=through, known=known)

    def back_to(self, day: date) -> "Ledger":
        """Return what followed from the facts up to a day: the ledger as it was at the end of it.

        Args:
            day: the last day whose facts are looked at.
        """
        found: dict[str, Account] = {}
        for account in self.accounts.values():
            if account.life.unit in found:
                continue
            before = [self.accounts[unit] for unit in account.enterprise]
            lives = [life_through(one.life, day) for one in before]
            if all(one.life is life for one, life in zip(before, lives, strict=True)):
                found.update((one.life.unit, one) for one in before)
            else:
                found.update(_accounts(lives, self.policy))
        return self._with({unit: found[unit] for unit in self.accounts})

    def part(self, units: Iterable[str]) -> "Ledger":
        """Return a ledger of some units alone, with the accounts that they have in this one.

        Args:
            units: the numbers of the units, in order.
        """
        return self._with({unit: self.accounts[unit] for unit in units})

    def _with(self, accounts: dict[str, Account]) -> "Ledger":
        other = Ledger(self.policy, (), {})
        other.accounts = accounts
        return other

    def standing(self, unit: str, *, as_of: date) -> Standing:
        """Return what is true of a unit on a day."""
        account = self.accounts[unit]
        return engine.standing(
            account.life, account.listings, account.bars, self.policy, as_of=as_of, held=account.holdings
        )

    def changes(self, *, as_of: date) -> tuple[Change, ...]:
        """Return what changed in the lists up to and including a day, newest first, then by unit."""
        begin = bisect_left(self._changes, -as_of.toordinal(), key=lambda change: -change.day.toordinal())
        return self._changes[begin:]

    def changes_through(self, *, as_of: date) -> int:
        """Return how many changes there are up to and including a day: as many as `changes` tells."""
        return sum(
            count_of(account.life, account.listings, self.policy, through=as_of)
            for account in self.accounts.values()
        )

    def listed(self, *, as_of: date) -> int:
        """Return how many units are listed on a day."""
        return sum(
            any(listing.covers(as_of) for listing in account.listings) for account in self.accounts.values()
        )

    @cached_property
    def transition_days(self) -> tuple[date, ...]:
        """The days on which some unit's tier or status changes, in order; derived when first asked for."""
        return tuple(sorted({day for account in self.accounts.values() for day in account.transitions}))

    @cached_property
    def _changes(self) -> tuple[Change, ...]:
        """All changes, those to come as well, newest first, then by unit; derived when first asked for."""
        told = [
            change
            for account in self.accounts.values()
            for change in changes_of(account.life, account.listings, account.bars, self.policy)
        ]
        told.sort(key=lambda change: change.day, reverse=True)
        return tuple(told)

    def next_transition(self, *, as_of: date) -> date | None:
        """Return the first day after `as_of` on which some unit's tier or status changes, or None."""
        if as_of not in self._next:
            self._next[as_of] = self._next_transition(as_of)
        return self._next[as_of]

    def _next_transition(self, as_of: date) -> date | None:
        turning: dict[date, list[Account]] = {}
        for account in self.accounts.values():
            for day in engine.turns(account.listings, account.life.closed):
                if day > as_of:
                    turning.setdefault(day, []).append(account)
        # A transition falls on a turn, but not on each: few accounts are asked until one has it.
        days = (day for day in sorted(turning) if any(day in found.transitions for found in turning[day]))
        return next(days, None)


def _accounts(enterprise: Sequence[Life], policy: Policy) -> dict[str, Account]:
    barred = engine.bars(enterprise, policy)
    listings = engine.listings(enterprise, policy, barred=barred)
    ids = tuple(life.unit for life in enterprise)
    return {
        life.unit: Account(
            life=life,
            listings=listings[life.unit],
            bars=barred,
            enterprise=ids,
            policy=policy,
        )
        for life in enterprise
    }
