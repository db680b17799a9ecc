"""The calendar rehearsed: what the same records say on days to come, when nobody has touched them.

May import `checks`, `rules` and the other modules of this room. The records are read and derived once; every check is made
anew for each day, so that whatever depends on the day shows.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta

from msgspec import Struct

from generator.checks.desk import check_day
from generator.checks.findings import Findings
from generator.checks.references import check_references
from generator.effects.law import unit_name
from generator.effects.shapes import Move, Number, UnitName
from generator.problems import Problem, Report
from generator.registry import Registry
from generator.rules.ledger import Ledger

AHEAD = (0, 1, 30, 90, 365)
TRANSITIONS = 5

_LEAVING = frozenset({"expired", "revoked", "closed", "lowered"})


class BarEnd(Struct, frozen=True, kw_only=True):
    """A bar that ends: its last day, the unit whose title was cancelled, and how many units it held back."""

    unit: UnitName
    last: date
    units: int


class Day(Struct, frozen=True, kw_only=True):
    """A day to come: `why` says how it was chosen; the rest is what is new on it since the day before in the rehearsal.

    `counts` have the numbers of the first day and of this one. `red` are errors that the first day has not, `warnings`
    and `settled` the warnings that appear and those that are no more.
    """

    day: date
    why: tuple[str, ...]
    red: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    settled: tuple[Problem, ...]
    counts: tuple[Number, ...]
    arriving: tuple[Move, ...]
    leaving: tuple[Move, ...]
    bars: tuple[BarEnd, ...]


class Rehearsal(Struct, frozen=True, kw_only=True):
    """The days in order; `errors` are those of the first day, which is no rehearsal any more."""

    as_of: date
    errors: tuple[Problem, ...]
    days: tuple[Day, ...]

    @property
    def red(self) -> bool:
        """Whether some day has an error, the first one included."""
        return bool(self.errors) or any(day.red for day in self.days)


Watch = Callable[[Sequence[date]], Iterable[date]]


def days_ahead(ledger: Ledger, as_of: date) -> dict[date, tuple[str, ...]]:
    """Return the days to rehearse in order, with why each was chosen.

    Args:
        ledger: what follows from the registry.
        as_of: the first day.
    """
    found: dict[date, tuple[str, ...]] = {}
    for ahead in AHEAD:
        found[as_of + timedelta(days=ahead)] = (f"{ahead} 天后" if ahead else "数据截至日",)
    later = [day for day in ledger.transition_days if day > as_of]
    for number, day in enumerate(later[:TRANSITIONS], 1):
        found[day] = (*found.get(day, ()), f"第 {number} 次变动")
    return dict(sorted(found.items()))


def rehearse(registry: Registry, read: Report, *, as_of: date, watch: Watch = iter) -> Rehearsal:
    """Return what days to come bring by themselves.

    Args:
        registry: the records.
        read: the problems found in reading them; what does not depend on the day is added.
        as_of: the first day.
        watch: wraps the walk over the days, to show how far it is.
    """
    ledger = Ledger.of(registry)
    references = Findings(registry, read)
    check_references(references)
    chosen = days_ahead(ledger, as_of)
    days: list[Day] = []
    first: Report | None = None
    earlier: Report | None = None
    before = as_of
    standing = _held(ledger, as_of)
    for day in watch(list(chosen)):
        report = Report()
        report.extend(read)
        found = Findings(registry, report)
        found.unsound |= references.unsound
        check_day(found, ledger, as_of=day)
        if first is None or earlier is None:
            first = earlier = report
        known = {_key(problem) for problem in first}
        lately = {_key(problem) for problem in earlier}
        present = {_key(problem) for problem in report}
        moves = _moves(registry, ledger, before, day)
        days.append(
            Day(
                day=day,
                why=chosen[day],
                red=tuple(p for p in report.errors if _key(p) not in known),
                warnings=tuple(p for p in report.warnings if _key(p) not in lately),
                settled=tuple(p for p in earlier.warnings if _key(p) not in present),
                counts=_counts(registry, standing, _held(ledger, day)),
                arriving=tuple(move for move in moves if move.kind not in _LEAVING),
                leaving=tuple(move for move in moves if move.kind in _LEAVING),
                bars=_bars(registry, ledger, before, day),
            )
        )
        earlier, before = report, day
    assert first is not None
    return Rehearsal(as_of=as_of, errors=first.errors, days=tuple(days))


def _key(problem: Problem) -> tuple[str, str, str, str]:
    """What makes a problem the same on two days, although its message may name the day."""
    return problem.level, problem.code, problem.path, problem.field


def _held(ledger: Ledger, day: date) -> Counter[str | None]:
    """How many units hold each tier on a day, and none."""
    return Counter(account.face(day).tier for account in ledger.accounts.values())


def _counts(registry: Registry, first: Counter[str | None], now: Counter[str | None]) -> tuple[Number, ...]:
    rows = [
        Number(key=tier.id, name=tier.name, before=first[tier.id], after=now[tier.id])
        for tier in reversed(registry.policy.tiers)
    ]
    before, after = (side.total() - side[None] for side in (first, now))
    return (*rows, Number(key="listed", name="在名单中合计", before=before, after=after))


def _moves(registry: Registry, ledger: Ledger, after: date, through: date) -> list[Move]:
    """The changes of the lists after a day, up to and including another, in order of their days."""
    told = ledger.changes(as_of=through)
    number = len(told) - len(ledger.changes(as_of=after))
    found = sorted(told[:number], key=lambda change: (change.day, change.unit))
    return [
        Move(
            unit=unit_name(registry.units[change.unit]),
            day=change.day,
            kind=change.kind,
            before=change.before,
            after=change.after,
            through=ledger.standing(change.unit, as_of=change.day).valid_through,
            document=change.document,
            note=None,
        )
        for change in found
    ]


def _bars(registry: Registry, ledger: Ledger, after: date, through: date) -> tuple[BarEnd, ...]:
    """The bars whose last day has passed since: it lies from one day on and before another."""
    found = {
        (bar.last, bar.unit): len(account.enterprise)
        for account in ledger.accounts.values()
        for bar in account.bars
        if after <= bar.last < through
    }
    return tuple(
        BarEnd(unit=unit_name(registry.units[unit]), last=last, units=number)
        for (last, unit), number in sorted(found.items())
    )
