"""A second opinion on the rules: section 3 of the contract restated day by day, slowly, with sets of days.

Written from the contract alone and not from the engine; it shares with it only the types of the facts
(`Life` and `Policy`). Fit for short calendars: every question is answered by looking at one day after another.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from generator.policy import Policy, Tier
from generator.rules.terms import DatedAward, Life

ONE = timedelta(days=1)

Run = tuple[str, date, date | None, str | None]


@dataclass(slots=True, kw_only=True)
class Claim:
    """The days that one award keeps its unit in the list of a tier, and why they stop."""

    award: DatedAward
    tier: Tier
    days: set[date]
    why: str | None = None
    first: date = date.min
    last: date = date.max

    def settle(self) -> None:
        """Note the first and the last day, once nothing more is taken away."""
        self.first, self.last = min(self.days), max(self.days)

    def stop_before(self, day: date, why: str) -> None:
        """Let the claim end on the day before this one."""
        self.days = {kept for kept in self.days if kept < day}
        self.why = why


@dataclass(slots=True, kw_only=True)
class Face:
    """What a unit shows on one day."""

    status: str
    tier: str | None
    since: date | None
    valid_through: date | None
    expiring: bool
    barred_through: date | None


@dataclass(slots=True)
class Opinion:
    """All that follows for the units of one enterprise within a calendar that outlasts every fact and term.

    `looked_at` are other days that must lie within the calendar.
    """

    enterprise: Sequence[Life]
    policy: Policy
    looked_at: Sequence[date] = ()
    calendar: list[date] = field(default_factory=list)
    bars: list[list[date]] = field(default_factory=list)
    claims: dict[str, list[Claim]] = field(default_factory=dict)
    tiers: dict[str, dict[date, str | None]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.calendar = self._all_days()
        self.bars = [
            span(revoked.day, years_on(revoked.day, self.policy.bar_years))
            for life in self.enterprise
            for revoked in life.revocations
            if revoked.title.bars
        ]
        for life in self.enterprise:
            opened = [self._claim(life, award) for award in life.awards]
            self.claims[life.unit] = [claim for claim in opened if claim is not None]
        for life in self.enterprise:
            self._revoke(life)
        for life in self.enterprise:
            self._close(life)
            self._renew(life.unit)
            for claim in self.claims[life.unit]:
                claim.settle()
            self.tiers[life.unit] = {day: self._highest(life.unit, day) for day in self.calendar}

    def _all_days(self) -> list[date]:
        known = [title.listed_from for title in self.policy.titles if title.listed_from]
        for life in self.enterprise:
            known += [award.day for award in life.awards] + [revoked.day for revoked in life.revocations]
            known += [assessed.date for assessed in life.maturity] + ([life.closed] if life.closed else [])
        known += self.looked_at or [date(2024, 2, 29)]
        years = max([self.policy.bar_years, *(tier.term_years or 0 for tier in self.policy.tiers)])
        first, last = min(known) - 3 * ONE, years_on(max(known), years) + 3 * ONE
        return [first + n * ONE for n in range((last - first).days + 1)]

    def _claim(self, life: Life, award: DatedAward) -> Claim | None:
        if award.title.tier is None:
            return None
        needed, listed_from = award.title.min_maturity, award.title.listed_from
        begin: date | None = None
        for day in self.calendar:
            if day >= award.day and (needed is None or level_on(life, day) >= needed):
                begin = day
                break
        if begin is None:
            return None
        while listed_from is not None and begin < listed_from:
            begin += ONE
        tier = next(tier for tier in self.policy.tiers if tier.id == award.title.tier)
        for barred in self.bars if tier.revocable else []:
            revoked_between = barred[0] in set(span(award.day, begin))
            if revoked_between or begin in barred:
                return None
        if tier.term_years is None:
            return Claim(award=award, tier=tier, days=set(span(begin, self.calendar[-1])))
        last = years_on(begin, tier.term_years)
        return Claim(award=award, tier=tier, days=set(span(begin, last)), why="expired")

    def _revoke(self, life: Life) -> None:
        for revoked in life.revocations:
            day = revoked.day
            if revoked.title.bars:
                for claims in self.claims.values():
                    for claim in claims:
                        if claim.tier.revocable and day in claim.days:
                            claim.stop_before(day, "revoked")
            else:
                for claim in self.claims[life.unit]:
                    rests = claim.award.title == revoked.title and claim.award.day <= day
                    if rests and (day in claim.days or (claim.days and min(claim.days) >= day)):
                        claim.stop_before(day, "revoked")
        self._drop_empty()

    def _close(self, life: Life) -> None:
        closed = life.closed
        for claim in self.claims[life.unit]:
            if closed is not None and any(day >= closed for day in claim.days):
                claim.stop_before(closed, "closed")
        self._drop_empty()

    def _renew(self, unit: str) -> None:
        for tier in self.policy.tiers:
            of_tier = [claim for claim in self.claims[unit] if claim.tier.id == tier.id]
            begun: dict[date, Claim] = {}
            for claim in sorted(of_tier, key=lambda found: found.award.order):
                begun[min(claim.days)] = claim
            kept = [begun[day] for day in self.calendar if day in begun]
            for claim, following in pairwise(kept):
                begins = min(following.days)
                if begins <= max(claim.days) + ONE:
                    claim.stop_before(begins, "renewed")
            others = [claim for claim in self.claims[unit] if claim.tier.id != tier.id]
            self.claims[unit] = others + kept

    def _drop_empty(self) -> None:
        self.claims = {unit: [claim for claim in held if claim.days] for unit, held in self.claims.items()}

    def _highest(self, unit: str, day: date) -> str | None:
        for tier in reversed(self.policy.tiers):
            if any(claim.tier.id == tier.id and day in claim.days for claim in self.claims[unit]):
                return tier.id
        return None

    def _last(self, day: date) -> date | None:
        """The day itself, or None where it is the end of the calendar: nothing that ends lasts that long."""
        return None if day == self.calendar[-1] else day

    def listings(self, unit: str) -> list[tuple[str, date, date | None, str | None, int]]:
        """Return (tier, first, last, ended_by, place of the award) by first day, then rising tier."""
        rank = [tier.id for tier in self.policy.tiers]
        held = sorted(self.claims[unit], key=lambda claim: (claim.first, rank.index(claim.tier.id)))
        return [
            (claim.tier.id, claim.first, self._last(claim.last), claim.why, claim.award.order)
            for claim in held
        ]

    def holdings(self, unit: str) -> list[Run]:
        """Return (tier, first, last, ended_by) of every run of days in the same tier."""
        tiers = self.tiers[unit]
        runs: list[Run] = []
        first = self.calendar[0]
        for day in self.calendar:
            tier, after = tiers[day], tiers.get(day + ONE)
            if tiers.get(day - ONE) != tier:
                first = day
            if tier is not None and (after != tier or day == self.calendar[-1]):
                runs.append((tier, first, self._last(day), self._why(unit, day, tier, after)))
        return runs

    def _why(self, unit: str, day: date, tier: str, after: str | None) -> str | None:
        rank = [known.id for known in self.policy.tiers]
        if after is not None and rank.index(after) > rank.index(tier):
            return "promoted"
        return next(claim.why for claim in self.claims[unit] if claim.tier.id == tier and day in claim.days)

    def status(self, life: Life, day: date) -> str:
        """Return the status of a unit on a day of the calendar."""
        rank = [tier.id for tier in self.policy.tiers]
        claims = self.claims[life.unit]
        if life.closed is not None and life.closed <= day:
            return "closed"
        if any(day in claim.days for claim in claims):
            return "listed"
        ended = [claim for claim in claims if claim.last < day]
        if ended:
            final = max(ended, key=lambda claim: (claim.last, rank.index(claim.tier.id)))
            return str(final.why)
        return "upcoming" if claims else "unlisted"

    def standing(self, life: Life, day: date) -> Face:
        """Return what a unit shows on a day of the calendar."""
        rank = [tier.id for tier in self.policy.tiers]
        tiers, status = self.tiers[life.unit], self.status(life, day)
        tier = tiers[day]
        since: date | None = None
        through: date | None = None
        soon = False
        if tier is not None:
            since = last = day
            while tiers[since - ONE] == tier:
                since -= ONE
            while (after := tiers.get(last + ONE)) is not None and rank.index(after) >= rank.index(tier):
                last += ONE
            through = self._last(last)
            soon = through is not None and (through - day).days <= self.policy.expiring_within_days
        covering = [barred[-1] for barred in self.bars if barred[0] <= day <= barred[-1]]
        return Face(
            status=status,
            tier=tier,
            since=since,
            valid_through=through,
            expiring=soon,
            barred_through=max(covering, default=None),
        )

    def transitions(self, life: Life) -> list[date]:
        """Return the days on which the unit's tier or status is not that of the day before."""
        tiers = self.tiers[life.unit]
        faces = [(self.status(life, day), tiers[day]) for day in self.calendar]
        return [day for n, day in enumerate(self.calendar) if n and faces[n] != faces[n - 1]]


def span(first: date, last: date) -> list[date]:
    """Return all days from the first through the last."""
    return [first + n * ONE for n in range((last - first).days + 1)]


def years_on(day: date, years: int) -> date:
    """Return the same day some years on, found by walking there; 28 February where there is none."""
    if years == 0:
        return day
    reached = day
    while (reached.year, reached.month, reached.day) < (day.year + years, day.month, day.day):
        reached += ONE
    return reached if reached.day == day.day else reached - ONE


def level_on(life: Life, day: date) -> int:
    """Return the maturity level in force on a day, 0 before the first assessment."""
    level = 0
    for earlier in sorted({assessed.date for assessed in life.maturity if assessed.date <= day}):
        for assessed in life.maturity:
            if assessed.date == earlier:
                level = assessed.level
    return level
