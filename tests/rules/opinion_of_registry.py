"""A second opinion on a whole registry: who is one enterprise, what day a fact has, what changes, what comes next.

Written from the contract (sections 2, 3 and 6) and from what the pages say of list changes; not from the ledger. What
one enterprise's facts amount to is told by `second_opinion`, day by day; here too every question is answered by
looking at one day after another.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from generator.records import Award, Revocation, Unit
from generator.registry import Registry
from generator.rules.terms import DatedAward, DatedRevocation, Life
from tests.rules.second_opinion import ONE, Claim, Face, Opinion

# The unit and the title of the revocation behind a change, and its document.
Cause = tuple[str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One change of one unit: what it is called, the tiers before and after, the award meant, the revocation behind it."""

    day: date
    unit: str
    kind: str
    before: str | None
    after: str | None
    award: int | None
    cause: Cause | None


class RegistryOpinion:
    """All that follows from the facts of a registry dated on or before a day, or from all of them."""

    def __init__(
        self, registry: Registry, *, through: date = date.max, looked_at: Sequence[date] = ()
    ) -> None:
        self.registry = registry
        self.policy = registry.policy
        self.through = through
        self.lives = {unit.id: self._life(unit) for unit in registry.units.values()}
        self.enterprises = self._enterprises()
        self.opinions: dict[str, Opinion] = {}
        for members in self.enterprises:
            lives = [self.lives[unit] for unit in members]
            self.opinions |= dict.fromkeys(members, Opinion(lives, self.policy, looked_at))
        self._turns: list[date] | None = None
        self._told: list[Told] | None = None

    def day_of(self, fact: Award | Revocation) -> date:
        """Return the day of an award or a revocation: it defaults to the document's."""
        return fact.date or self.registry.documents[fact.document].date

    def members(self, unit: str) -> list[str]:
        """Return all units of a unit's enterprise."""
        return next(members for members in self.enterprises if unit in members)

    def _life(self, unit: Unit) -> Life:
        titles = {title.name: title for title in self.policy.titles}
        return Life(
            unit=unit.id,
            awards=tuple(
                DatedAward(title=titles[row.title], day=self.day_of(row), document=row.document, order=place)
                for place, row in enumerate(unit.titles)
                if self.day_of(row) <= self.through
            ),
            revocations=tuple(
                DatedRevocation(title=titles[row.title], day=self.day_of(row), document=row.document)
                for row in unit.revocations
                if self.day_of(row) <= self.through
            ),
            maturity=tuple(row for row in unit.maturity if row.date <= self.through),
            closed=unit.closed.date if unit.closed and unit.closed.date <= self.through else None,
        )

    def _enterprises(self) -> list[list[str]]:
        """All units with the same code; those without one by the enterprise's name."""
        found: list[list[Unit]] = []
        for unit in self.registry.units.values():
            for group in found:
                one = group[0]
                by_code = unit.uscc is not None and unit.uscc == one.uscc
                by_name = unit.uscc is None and one.uscc is None and unit.enterprise == one.enterprise
                if by_code or by_name:
                    group.append(unit)
                    break
            else:
                found.append([unit])
        return [[unit.id for unit in group] for group in found]

    def standing(self, unit: str, day: date) -> Face:
        """Return what a unit shows on a day of the calendar."""
        return self.opinions[unit].standing(self.lives[unit], day)

    def next_transition(self, day: date) -> date | None:
        """Return the first day after this one on which some unit's tier or status is not that of the day before."""
        if self._turns is None:
            lives = self.lives.items()
            self._turns = [turn for unit, life in lives for turn in self.opinions[unit].transitions(life)]
        return min((turn for turn in self._turns if turn > day), default=None)

    def changes(self, day: date) -> list[Told]:
        """Return what changed in the lists up to a day, newest first, then by unit."""
        if self._told is None:
            self._told = [change for unit in sorted(self.lives) for change in self._changes_of(unit)]
        told = [change for change in self._told if change.day <= day]
        days = sorted({change.day for change in told}, reverse=True)
        return [change for on in days for change in told if change.day == on]

    def _changes_of(self, unit: str) -> Iterator[Told]:
        opinion, life = self.opinions[unit], self.lives[unit]
        for day in opinion.calendar[1:]:
            before, after = self._shown(unit, day - ONE), self._shown(unit, day)
            kind = "closed" if day == life.closed else self._called(unit, before, after, day)
            if kind is None:
                continue
            begins = kind in ("listed", "relisted", "promoted", "renewed")
            meant = after if begins else before
            yield Told(
                day=day,
                unit=unit,
                kind=kind,
                before=before.tier.id if before else None,
                after=after.tier.id if after else None,
                award=meant.award.order if meant else None,
                cause=self._cause(unit, before, day) if before and not begins else None,
            )

    def _shown(self, unit: str, day: date) -> Claim | None:
        """The claim in the highest tier that holds a day."""
        opinion = self.opinions[unit]
        tier = opinion.tiers[unit][day]
        return next((c for c in opinion.claims[unit] if c.tier.id == tier and day in c.days), None)

    def _called(self, unit: str, before: Claim | None, after: Claim | None, day: date) -> str | None:
        if before is after:
            return None
        order = [tier.id for tier in self.policy.tiers]
        if before is None:
            earlier = any(claim.first < day for claim in self.opinions[unit].claims[unit])
            return "relisted" if earlier else "listed"
        if after is None:
            return "revoked" if before.why == "revoked" else "expired"
        step = order.index(after.tier.id) - order.index(before.tier.id)
        return "promoted" if step > 0 else "lowered" if step < 0 else "renewed"

    def _cause(self, unit: str, ended: Claim, day: date) -> Cause | None:
        """The revocation of this day that ended a claim: of the unit itself before that of a sister."""
        if ended.why != "revoked":
            return None
        for member in [unit, *sorted(self.members(unit))]:
            rows = self.lives[member].revocations
            for row in rows if member == unit else sorted(rows, key=lambda row: row.title.name):
                reaches = ended.tier.revocable if row.title.bars else ended.award.title == row.title
                if row.day == day and reaches and (row.title.bars or member == unit):
                    return member, row.title.name, row.document
        return None

    def years_owed(self, unit: str, day: date) -> list[int]:
        """Return the years a report was owed for and is due by a day: a year is over, and its last day was in such a tier."""
        opinion = self.opinions[unit]
        owed = [
            claim_day.year
            for claim in opinion.claims[unit]
            if claim.tier.report
            for claim_day in claim.days
            if (claim_day.month, claim_day.day) == (12, 31) and claim_day.year < day.year
        ]
        return sorted(set(owed))
