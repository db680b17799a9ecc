"""What follows for the lists: the changes of the lists on both sides, compared unit by unit.

May import `rules`, `views` and the shapes of this room. What a change of the lists is comes from `rules.changes`; here
those that one side has and the other has not are told as acts: listed, promoted, renewed, cancelled, closed.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from generator import urls
from generator.effects.shapes import Cancelling, Lists, Move, Quiet, Shift, Taken, Term, UnitName
from generator.effects.side import Side
from generator.records import Award, Revocation, Unit
from generator.rules.changes import Change, changes_of
from generator.rules.engine import add_years, first_listed_day, level_in_force
from generator.rules.ledger import Account, day_of
from generator.views import words

# Ends that come of themselves: they are told as the last day of what begins.
_ENDS = frozenset({"expired", "lowered"})


def unit_name(unit: Unit) -> UnitName:
    """Return a unit as people know it."""
    return UnitName(
        id=unit.id, name=unit.name, enterprise=unit.enterprise, city=unit.city, address=urls.unit(unit.id)
    )


def lists(base: Side, head: Side) -> Lists:
    """Return what a change means for the lists.

    Args:
        base: the registry as it was.
        head: the registry as it will be.
    """
    return _Law(base, head).lists()


def new_awards(base: Side, head: Side, unit: Unit) -> Iterator[tuple[int, Award, date]]:
    """Yield the awards of a unit that the base has not, with their rows and days."""
    old = base.registry.units.get(unit.id)
    held = [(a.title, a.document, day_of(a, base.registry.documents)) for a in old.titles] if old else []
    for row, award in enumerate(unit.titles):
        day = day_of(award, head.registry.documents)
        if (award.title, award.document, day) in held:
            held.remove((award.title, award.document, day))
        elif day:
            yield row, award, day


def new_revocations(base: Side, head: Side, unit: Unit) -> Iterator[tuple[int, Revocation, date]]:
    """Yield the revocations of a unit that the base has not, with their rows and days."""
    old = base.registry.units.get(unit.id)
    held = [(r.title, r.document, day_of(r, base.registry.documents)) for r in old.revocations] if old else []
    for row, revocation in enumerate(unit.revocations):
        day = day_of(revocation, head.registry.documents)
        if (revocation.title, revocation.document, day) in held:
            held.remove((revocation.title, revocation.document, day))
        elif day:
            yield row, revocation, day


def affected(base: Side, head: Side) -> list[str]:
    """Return the units whose listings are not the same on both sides."""
    old, new = base.ledger.accounts, head.ledger.accounts
    return sorted(
        unit
        for unit in old.keys() | new.keys()
        if old.get(unit) is not new.get(unit) and _listings(old.get(unit)) != _listings(new.get(unit))
    )


def _listings(account: Account | None) -> list[tuple[object, ...]]:
    found = account.listings if account else ()
    return [(one.tier, one.first, one.last, one.ended_by, one.award.title.name) for one in found]


class _Law:
    def __init__(self, base: Side, head: Side) -> None:
        self.base, self.head = base, head
        self._moves: list[Move] = []
        self._withdrawn: list[Move] = []
        self._shifted: list[Shift] = []
        self._terms: list[Term] = []
        self._taken: dict[tuple[str, str, str, date], list[Taken]] = {}
        self._listing_awards: set[tuple[str, str, str]] = set()

    def lists(self) -> Lists:
        for unit in affected(self.base, self.head):
            self._unit(unit)
        changed = [
            unit
            for unit in self.head.registry.units.values()
            if self.base.registry.units.get(unit.id) != unit
        ]
        quiet = [found for unit in changed for found in self._quiet(unit)]
        return Lists(
            moves=tuple(sorted(self._moves, key=self._place)),
            shifted=tuple(sorted(self._shifted, key=lambda shift: self._place(shift.after))),
            withdrawn=tuple(sorted(self._withdrawn, key=self._place)),
            cancellings=tuple(self._cancellings(changed)),
            quiet=tuple(quiet),
            terms=tuple(self._terms),
        )

    def _place(self, move: Move) -> tuple[date, int, str]:
        """Acts of one day together, higher tiers first."""
        ranks = {tier.id: tier.rank for tier in self.head.registry.policy.tiers}
        return move.day, -ranks.get(move.after or move.before or "", -1), move.unit.id

    def _unit(self, unit: str) -> None:
        before, after = _changes(self.base, unit), _changes(self.head, unit)
        known, expected = {_same(change) for change in before}, {_same(change) for change in after}
        gained = [change for change in after if _same(change) not in known]
        lost = [change for change in before if _same(change) not in expected]
        acts = [change for change in gained if change.kind not in _ENDS]
        name = unit_name(self.head.registry.units.get(unit) or self.base.registry.units[unit])
        given_up = [change for change in lost if change.kind not in _ENDS]
        for change in acts:
            was = next((one for one in given_up if _alike(one, change)), None)
            if was:
                given_up.remove(was)
                before_it, after_it = self._move(self.base, name, was), self._move(self.head, name, change)
                self._shifted.append(Shift(before=before_it, after=after_it))
            elif change.kind == "revoked" and change.cancelled and change.listing:
                self._take(name, change)
            else:
                self._moves.append(self._move(self.head, name, change))
        # A tier that ends by a revocation may leave a lower one.
        for change in gained:
            if change.kind == "lowered" and change.cancelled:
                self._take(name, change)
            elif change.kind == "lowered" and not acts:
                self._moves.append(self._move(self.head, name, change))
        self._withdrawn += [self._move(self.base, name, change) for change in given_up]
        cancelled = any(change.cancelled for change in gained)
        if not acts and not given_up and not cancelled:
            old, new = _last_day(before), _last_day(after)
            if old != new:
                self._terms.append(Term(unit=name, before=old, after=new))

    def _take(self, name: UnitName, change: Change) -> None:
        assert change.cancelled is not None
        key = (change.cancelled.unit, change.cancelled.title, change.cancelled.document, change.day)
        self._taken.setdefault(key, []).append(Taken(unit=name, before=change.before, after=change.after))

    def _move(self, side: Side, name: UnitName, change: Change) -> Move:
        if change.listing and change.kind not in ("closed", "expired", "lowered", "revoked"):
            self._listing_awards.add(
                (name.id, change.listing.award.title.name, change.listing.award.document)
            )
        standing = side.ledger.standing(name.id, as_of=change.day)
        return Move(
            unit=name,
            day=change.day,
            kind=change.kind,
            before=change.before,
            after=change.after,
            through=standing.valid_through,
            document=change.document,
            note=self._note(side, change),
        )

    def _note(self, side: Side, change: Change) -> str | None:
        unit = side.registry.units[change.unit]
        if change.kind == "closed" and unit.closed:
            heir = side.registry.units.get(unit.closed.successor or "")
            return f"{unit.closed.reason}，由 {heir.id} {heir.name} 承接" if heir else unit.closed.reason
        listing = change.listing
        if listing and change.document and listing.first > listing.award.day:
            reached = first_listed_day(listing.award.title, listing.award.day, unit.maturity)
            why = "规定的列入日" if listing.award.title.listed_from == listing.first else "成熟度达到要求之日"
            if reached:
                return f"{listing.award.title.name}，{words.day(listing.award.day)}授予，自{why}起列入"
        return listing.award.title.name if listing else None

    def _cancellings(self, changed: Iterable[Unit]) -> Iterator[Cancelling]:
        """Every new revocation with what it takes along, then those that only now reach a unit."""
        policy = self.head.registry.policy
        for unit in changed:
            for _, revocation, day in new_revocations(self.base, self.head, unit):
                title = policy.title(revocation.title)
                taken = self._taken.pop((unit.id, revocation.title, revocation.document, day), [])
                taken.sort(key=lambda found: (found.unit.id != unit.id, found.unit.id))
                yield Cancelling(
                    unit=unit_name(unit),
                    title=revocation.title,
                    document=revocation.document,
                    day=day,
                    reason=revocation.reason,
                    barred_through=add_years(day, policy.bar_years) if title and title.bars else None,
                    taken=tuple(taken),
                )
        for (unit_id, title_name, document, day), found in sorted(self._taken.items()):
            whose = self.head.registry.units[unit_id]
            title = policy.title(title_name)
            yield Cancelling(
                unit=unit_name(whose),
                title=title_name,
                document=document,
                day=day,
                reason=None,
                barred_through=add_years(day, policy.bar_years) if title and title.bars else None,
                taken=tuple(sorted(found, key=lambda one: one.unit.id)),
            )

    def _quiet(self, unit: Unit) -> Iterator[Quiet]:
        """The new awards that no change of the lists comes from."""
        for _, award, day in new_awards(self.base, self.head, unit):
            if (unit.id, award.title, award.document) not in self._listing_awards:
                yield Quiet(
                    unit=unit_name(unit),
                    title=award.title,
                    document=award.document,
                    day=day,
                    why=self._why(unit, award, day),
                )

    def _why(self, unit: Unit, award: Award, day: date) -> str:
        policy, account = self.head.registry.policy, self.head.ledger.accounts[unit.id]
        title = policy.title(award.title)
        if title is None or title.tier is None:
            return "这一称号不对应层级，只作记载"
        tier = policy.tier(title.tier)
        first = first_listed_day(title, day, unit.maturity)
        if first is None:
            level = level_in_force(unit.maturity, self.head.as_of)
            present = f"现为 {level} 级" if level else "没有成熟度记录"
            return f"不列入：成熟度应达到 {title.min_maturity} 级，{present}；达到之日起列入"
        listing = next(
            (
                one
                for one in account.listings
                if one.award.order < len(unit.titles) and unit.titles[one.award.order] is award
            ),
            None,
        )
        if listing:
            return f"列入{tier.name}（{words.term(listing.first, listing.last)}），单元的层级不变"
        if tier.revocable and any(day <= bar.first <= first or bar.covers(first) for bar in account.bars):
            return f"不列入：企业有称号被撤销，{words.day(max(bar.last for bar in account.bars))}及以前受限制"
        if account.life.closed and first >= account.life.closed:
            return f"不列入：单元已于{words.day(account.life.closed)}退出"
        return "不列入：被同日的另一次授予或撤销取代"


def _changes(side: Side, unit: str) -> tuple[Change, ...]:
    account = side.ledger.accounts.get(unit)
    if account is None:
        return ()
    return changes_of(account.life, account.listings, account.bars, side.registry.policy)


def _same(change: Change) -> tuple[object, ...]:
    """What makes a change the same on both sides."""
    return change.day, change.kind, change.before, change.after, change.document


def _alike(before: Change, after: Change) -> bool:
    """Whether one change stands in the other's stead: the same step of the same title, on another day or ground."""
    titles = [change.listing.award.title.name if change.listing else None for change in (before, after)]
    return titles[0] == titles[1] and (before.kind, before.before, before.after) == (
        after.kind,
        after.before,
        after.after,
    )


def _last_day(changes: Iterable[Change]) -> date | None:
    """The last day in the lists, where it is an end that comes of itself."""
    ends = [change.listing.last for change in changes if change.kind in _ENDS and change.listing]
    return max((day for day in ends if day), default=None)
