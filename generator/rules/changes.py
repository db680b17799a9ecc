"""What changed in the lists, as values: one unit's changes from its listings, each on the first day it is true.

May import `terms`, `engine` and `policy`. A change is what happens to the tier a unit holds, its highest, and to its
status; what happens to a lower listing beneath a higher one is no change of the lists. Pages and feeds of list changes
rely on this type.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal

from msgspec import Struct

from generator.policy import Policy
from generator.rules.engine import ONE_DAY, highest, turns
from generator.rules.terms import Bar, Life, Listing

Kind = Literal["listed", "relisted", "promoted", "renewed", "lowered", "expired", "revoked", "closed"]

KINDS: tuple[Kind, ...] = (
    "listed",
    "relisted",
    "promoted",
    "renewed",
    "lowered",
    "expired",
    "revoked",
    "closed",
)

BEGINNINGS: frozenset[Kind] = frozenset({"listed", "relisted", "promoted", "renewed"})


class Cancelled(Struct, frozen=True, kw_only=True):
    """The title whose revocation is behind a change; `unit` may be another unit of the enterprise."""

    unit: str
    title: str
    document: str


class Change(Struct, frozen=True, kw_only=True):
    """One change of one unit; there is at most one a day, told as what a reader would call it.

    `before` and `after` are the tiers it holds on the day before and on the day, None outside the lists. `listing` is
    the one that begins, or, for `lowered`, `expired`, `revoked` and `closed`, the one that ended the day before; None
    where a unit closes that stood in no list. `cancelled` is given where that listing was ended by a revocation.
    """

    unit: str
    day: date
    kind: Kind
    before: str | None
    after: str | None
    listing: Listing | None
    cancelled: Cancelled | None = None

    @property
    def document(self) -> str | None:
        """The number of the document that brought the change: an award's or a revocation's, None without one."""
        if self.cancelled:
            return self.cancelled.document
        begins = self.kind in BEGINNINGS
        return self.listing.award.document if begins and self.listing else None


def changes_of(
    life: Life, found: Sequence[Listing], barred: Sequence[Bar], policy: Policy
) -> tuple[Change, ...]:
    """Return the changes of one unit, in order of their days (contract, section 3).

    A change falls on the first day on which the new state is true: the first day of a listing; the day after the last
    day of one that expired; the day of the revocation; the day of the closing. A renewal is told where the unit holds
    the renewed tier; on the day of a promotion, a step down or a closing only that is told. A unit that is listed
    again after a gap is `relisted`. Where a higher listing ends while a lower one goes on the unit is `lowered`.

    Args:
        life: its facts.
        found: its listings.
        barred: the bars on its enterprise.
        policy: the order of the tiers, and which are revocable.
    """
    return tuple(
        _change(life, found, barred, policy, day, before, after)
        for day, before, after in _steps(life, found, policy)
    )


def count_of(life: Life, found: Sequence[Listing], policy: Policy, *, through: date) -> int:
    """Return how many changes of one unit there are, as many as `changes_of` tells.

    Args:
        life: its facts.
        found: its listings.
        policy: the order of the tiers.
        through: the last day whose changes count.
    """
    return len(list(_steps(life, found, policy, through=through)))


def _steps(
    life: Life, found: Sequence[Listing], policy: Policy, *, through: date = date.max
) -> Iterator[tuple[date, Listing | None, Listing | None]]:
    """The days with a change, each with the highest listing of the day before and of the day itself."""
    before: Listing | None = None
    for day in turns(found, life.closed):
        if day > through:
            return
        # Between two turns nothing changes: the listing of the one before is that of the day before this one.
        after = highest(found, day, policy)
        if before is not after or life.closed == day:
            yield day, before, after
        before = after


def _change(
    life: Life,
    found: Sequence[Listing],
    barred: Sequence[Bar],
    policy: Policy,
    day: date,
    before: Listing | None,
    after: Listing | None,
) -> Change:
    again = any(listing.first < day for listing in found)
    kind = "closed" if life.closed == day else _kind(before, after, policy, again=again)
    begins = kind in BEGINNINGS
    return Change(
        unit=life.unit,
        day=day,
        kind=kind,
        before=before.tier if before else None,
        after=after.tier if after else None,
        listing=after if begins else before,
        cancelled=_cancelled(before, life, barred, policy) if before and not begins else None,
    )


def _kind(before: Listing | None, after: Listing | None, policy: Policy, *, again: bool) -> Kind:
    """What it is called when the highest listing of one day is followed by another, or none, on the next."""
    if before is None or after is None:
        if after:
            return "relisted" if again else "listed"
        return "revoked" if before and before.ended_by == "revoked" else "expired"
    step = policy.tier(after.tier).rank - policy.tier(before.tier).rank
    return "promoted" if step > 0 else "lowered" if step < 0 else "renewed"


def _cancelled(ended: Listing, life: Life, barred: Sequence[Bar], policy: Policy) -> Cancelled | None:
    """The revocation that ended a listing: a bar on the enterprise, or the title it rests on; the unit's own first."""
    if ended.ended_by != "revoked" or ended.last is None:
        return None
    day = ended.last + ONE_DAY
    own = [
        Cancelled(unit=life.unit, title=revocation.title.name, document=revocation.document)
        for revocation in life.revocations
        if revocation.day == day
        and (
            policy.tier(ended.tier).revocable
            if revocation.title.bars
            else _rests_on(ended, revocation.title.name)
        )
    ]
    others = [
        Cancelled(unit=bar.unit, title=bar.title, document=bar.document)
        for bar in barred
        if bar.first == day and policy.tier(ended.tier).revocable
    ]
    return next(iter([*own, *others]), None)


def _rests_on(listing: Listing, title: str) -> bool:
    return listing.award.title.name == title
