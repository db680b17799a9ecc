"""The engine against the day-by-day restatement of section 3, on random policies and enterprises."""

from dataclasses import astuple
from datetime import date, timedelta

from hypothesis import given
from msgspec import structs

from generator.rules import engine
from tests.rules.builders import BETTER, HONOUR, RULES, SHOP, TOP, day, life
from tests.rules.effort import tries
from tests.rules.second_opinion import Opinion, level_on, years_on
from tests.rules.strategies import SHARP_DAYS, Setting, settings_of

slowly = tries(400)


def compare(setting: Setting) -> None:
    """Both opinions on one enterprise: bars, listings, holdings, transitions, and standings on every telling day."""
    policy, enterprise = setting.policy, setting.enterprise
    opinion = Opinion(enterprise, policy)
    barred = engine.bars(enterprise, policy)
    assert sorted((bar.first, bar.last) for bar in barred) == sorted(
        (run[0], run[-1]) for run in opinion.bars
    )
    found = engine.listings(enterprise, policy)
    for unit in enterprise:
        theirs = found[unit.unit]
        assert [
            (one.tier, one.first, one.last, one.ended_by, one.award.order) for one in theirs
        ] == opinion.listings(unit.unit)
        runs = engine.holdings(theirs, policy)
        assert [(run.tier, run.first, run.last, run.ended_by) for run in runs] == opinion.holdings(unit.unit)
        faces = engine.faces(unit, theirs, policy)
        turns = engine.transitions(faces)
        assert list(turns) == opinion.transitions(unit)
        ends = [listing.last for listing in theirs if listing.last] + [bar.last for bar in barred]
        near = {on + timedelta(days=step) for on in (*turns, *ends) for step in (-181, -180, -1, 0, 1)}
        for on in sorted(near | set(SHARP_DAYS)):
            if opinion.calendar[0] < on < opinion.calendar[-1]:
                standing = engine.standing(unit, theirs, barred, policy, as_of=on)
                assert structs.astuple(standing) == astuple(opinion.standing(unit, on)), f"{unit.unit} {on}"
                face = next(face for face in reversed(faces) if face.first is None or face.first <= on)
                assert (face.status, face.tier) == (standing.status, standing.tier), f"{unit.unit} {on}"


@slowly
@given(setting=settings_of())
def test_the_engine_agrees_with_the_day_by_day_reading(setting: Setting) -> None:
    compare(setting)


def test_both_agree_on_a_life_under_the_real_terms() -> None:
    first = life(
        (SHOP, "2024-02-29"),
        (BETTER, "2025-11-20"),
        (TOP, "2026-01-05"),
        (BETTER, "2028-11-21"),
        maturity=[("2024-03-10", 2), ("2024-03-10", 3), ("2026-01-01", 1)],
        revoked=[(BETTER, "2029-05-06")],
        closed="2034-09-01",
    )
    sister = life(
        (HONOUR, "2024-01-01"), (SHOP, "2024-01-01"), maturity=[("2023-12-31", 2)], unit="2301-0002"
    )
    compare(Setting(policy=RULES, enterprise=(first, sister)))


def test_the_restatement_counts_years_by_walking() -> None:
    assert [years_on(day("2024-02-29"), years) for years in (0, 1, 4)] == [
        date(2024, 2, 29),
        date(2025, 2, 28),
        date(2028, 2, 29),
    ]
    assert years_on(day("2024-02-28"), 1) == date(2025, 2, 28)
    assert years_on(day("2023-03-01"), 1) == date(2024, 3, 1)


def test_the_restatement_takes_the_later_of_two_assessments_on_one_day() -> None:
    unit = life((SHOP, "2025-01-01"), maturity=[("2025-02-01", 3), ("2025-01-01", 2), ("2025-02-01", 1)])
    levels = [level_on(unit, day(on)) for on in ("2024-12-31", "2025-01-01", "2025-01-31", "2025-02-01")]
    assert levels == [0, 2, 2, 1]
