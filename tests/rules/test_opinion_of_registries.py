"""Ledger, changes and checks against the day-by-day restatement, on random registries with random policies."""

from dataclasses import astuple
from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from generator.checks.desk import check_day
from generator.checks.findings import Findings
from generator.checks.references import check_references
from generator.registry import Registry
from generator.rules.changes import Change
from generator.rules.ledger import Ledger
from generator.views.book import Book
from generator.views.units import reports
from tests.rules.effort import tries
from tests.rules.opinion_of_checks import CODES, ChecksOpinion, Finding
from tests.rules.opinion_of_registry import RegistryOpinion, Told
from tests.rules.registries import ONE, SHARP, Drawn, registries

slowly = tries(100)


def told(change: Change) -> Told:
    """The engine's change in the words of the second opinion."""
    cancelled = change.cancelled
    return Told(
        day=change.day,
        unit=change.unit,
        kind=change.kind,
        before=change.before,
        after=change.after,
        award=change.listing.award.order if change.listing else None,
        cause=(cancelled.unit, cancelled.title, cancelled.document) if cancelled else None,
    )


def compare_ledger(ledger: Ledger, opinion: RegistryOpinion) -> None:
    """Both opinions of what follows for each unit, whatever the day."""
    assert list(ledger.accounts) == sorted(opinion.lives)
    for unit, account in ledger.accounts.items():
        theirs, life = opinion.opinions[unit], opinion.lives[unit]
        assert list(account.enterprise) == opinion.members(unit)
        assert [
            (one.tier, one.first, one.last, one.ended_by, one.award.order) for one in account.listings
        ] == theirs.listings(unit)
        assert [(run.tier, run.first, run.last, run.ended_by) for run in account.holdings] == theirs.holdings(
            unit
        )
        assert sorted((bar.first, bar.last) for bar in account.bars) == sorted(
            (run[0], run[-1]) for run in theirs.bars
        )
        assert list(account.transitions) == theirs.transitions(life)


def compare_days(ledger: Ledger, opinion: RegistryOpinion, days: list[date]) -> None:
    """Both opinions of a few days: standings, what comes next, what has changed."""
    for on in days:
        listed = 0
        for unit, account in ledger.accounts.items():
            standing = ledger.standing(unit, as_of=on)
            assert structs.astuple(standing) == astuple(opinion.standing(unit, on)), f"{unit} {on}"
            assert (account.face(on).status, account.face(on).tier) == (standing.status, standing.tier)
            listed += standing.tier is not None
        assert ledger.next_transition(as_of=on) == opinion.next_transition(on), on
        assert [told(change) for change in ledger.changes(as_of=on)] == opinion.changes(on), on
        assert ledger.changes_through(as_of=on) == len(opinion.changes(on)), on
        assert ledger.listed(as_of=on) == listed, on


def compare_reports(registry: Registry, ledger: Ledger, opinion: RegistryOpinion, as_of: date) -> None:
    """Both opinions of the yearly reports that are owed."""
    book = Book(registry, ledger, as_of)
    for unit in registry.units.values():
        given = {row.year: row.date for row in unit.reports if row.date <= as_of}
        years = sorted({*opinion.years_owed(unit.id, as_of), *given}, reverse=True)
        assert [(row.year, row.given) for row in reports(book, unit)] == [
            (year, given.get(year)) for year in years
        ]


@slowly
@given(drawn=registries(), day=st.sampled_from(SHARP))
def test_the_register_agrees_with_the_day_by_day_reading(drawn: Drawn, day: date) -> None:
    registry, report = drawn.read()
    looked_at = [SHARP[0] - ONE, SHARP[-1] + ONE]
    opinion = RegistryOpinion(registry, looked_at=looked_at)
    ledger = Ledger.of(registry)
    compare_ledger(ledger, opinion)
    near = sorted({on for turn in (drawn.as_of, day) for on in (turn - ONE, turn, turn + ONE)})
    compare_days(ledger, opinion, near)
    compare_reports(registry, ledger, opinion, day)

    then = RegistryOpinion(registry, through=day, looked_at=looked_at)
    back = ledger.back_to(day)
    assert back.accounts == Ledger.of(registry, through=day, known=ledger).accounts
    compare_ledger(back, then)
    compare_days(back, then, [day, day + ONE])
    compare_ledger(back.part(list(back.accounts)), then)

    found = Findings(registry, report)
    check_references(found)
    broken = {row.path.rsplit("/", 1)[-1].removesuffix(".yml") for row in report if row.level == "error"}
    check_day(found, ledger, as_of=drawn.as_of)
    keys = {file.path: key for key, file in registry.files.items()}
    seen: set[Finding] = {
        (*keys[row.path], row.code, row.field, row.level) for row in report if row.code in CODES
    }
    unread = "yaml-syntax" in {row.code for row in report}
    expected = ChecksOpinion(opinion, drawn.as_of, broken=broken, unread=unread).findings()
    assert seen == expected
