"""What changed in the lists: every kind, on its first day, told once; and the same as the days say one by one."""

from datetime import date

import pytest
from hypothesis import given

from generator.rules import engine
from generator.rules.changes import BEGINNINGS, KINDS, Change, changes_of
from generator.rules.ledger import Ledger
from generator.rules.terms import Life
from tests.rules.builders import (
    BETTER,
    HONOUR,
    LEADER,
    ONE_DAY,
    PLANT,
    RULES,
    SHOP,
    TOP,
    TOP_AGAIN,
    around,
    day,
    life,
)
from tests.rules.strategies import Setting
from tests.rules.test_ledger import CANCEL, DOCUMENTS, LIST, REVOKED, unit
from tests.rules.test_properties import UNITS, everywhere, rank, standing_in, telling_days

Told = tuple[str, str, str | None, str | None]


def changed(first: Life, *sisters: Life) -> tuple[Change, ...]:
    enterprise = [first, *sisters]
    found = engine.listings(enterprise, RULES)[first.unit]
    return changes_of(first, found, engine.bars(enterprise, RULES), RULES)


def told(first: Life, *sisters: Life) -> list[Told]:
    return [(str(found.day), found.kind, found.before, found.after) for found in changed(first, *sisters)]


IN = ("2025-11-20", "listed", None, "advanced")
OUT = ("2028-11-21", "expired", "advanced", None)

CASES: list[tuple[str, Life, list[Told]]] = [
    ("listed, and expired the day after the last day", life((BETTER, "2025-11-20")), [IN, OUT]),
    (
        "listed on the day the maturity is reached, not on that of the award",
        life((SHOP, "2025-11-20"), maturity=[("2026-02-03", 2)]),
        [("2026-02-03", "listed", None, "basic"), ("2029-02-04", "expired", "basic", None)],
    ),
    (
        "a term from 29 February runs through 28 February",
        life((BETTER, "2024-02-29")),
        [("2024-02-29", "listed", None, "advanced"), ("2027-03-01", "expired", "advanced", None)],
    ),
    (
        "a term that ends before 29 February",
        life((BETTER, "2025-02-28")),
        [("2025-02-28", "listed", None, "advanced"), ("2028-02-29", "expired", "advanced", None)],
    ),
    (
        "renewed on the last day",
        life((BETTER, "2025-11-20"), (BETTER, "2028-11-20")),
        [IN, ("2028-11-20", "renewed", "advanced", "advanced"), ("2031-11-21", "expired", "advanced", None)],
    ),
    (
        "renewed on the day after the last day",
        life((BETTER, "2025-11-20"), (BETTER, "2028-11-21")),
        [IN, ("2028-11-21", "renewed", "advanced", "advanced"), ("2031-11-22", "expired", "advanced", None)],
    ),
    (
        "a day later it is listed again",
        life((BETTER, "2025-11-20"), (BETTER, "2028-11-22")),
        [IN, OUT, ("2028-11-22", "relisted", None, "advanced"), ("2031-11-23", "expired", "advanced", None)],
    ),
    (
        "listed again in another tier",
        life((PLANT, "2025-01-10"), (TOP, "2029-01-01")),
        [
            ("2025-01-10", "listed", None, "basic"),
            ("2028-01-11", "expired", "basic", None),
            ("2029-01-01", "relisted", None, "excellent"),
        ],
    ),
    (
        "promoted twice, without end",
        life((PLANT, "2025-01-10"), (TOP, "2025-11-20"), (LEADER, "2026-01-05")),
        [
            ("2025-01-10", "listed", None, "basic"),
            ("2025-11-20", "promoted", "basic", "excellent"),
            ("2026-01-05", "promoted", "excellent", "leading"),
        ],
    ),
    (
        "promoted on the day after the last day",
        life((PLANT, "2025-01-10"), (TOP, "2028-01-11")),
        [("2025-01-10", "listed", None, "basic"), ("2028-01-11", "promoted", "basic", "excellent")],
    ),
    (
        "two tiers at once are one listing in the higher",
        life((PLANT, "2025-11-20"), (BETTER, "2025-11-20")),
        [IN, OUT],
    ),
    (
        "promoted on the day of a renewal below",
        life((PLANT, "2025-01-10"), (PLANT, "2026-01-05"), (TOP, "2026-01-05")),
        [("2025-01-10", "listed", None, "basic"), ("2026-01-05", "promoted", "basic", "excellent")],
    ),
    (
        "what begins, is renewed and ends under a higher tier is no change",
        life((TOP, "2025-01-05"), (PLANT, "2025-02-01"), (PLANT, "2026-02-01")),
        [("2025-01-05", "listed", None, "excellent")],
    ),
    (
        "lowered where the higher listing runs out",
        life((BETTER, "2025-11-20"), (PLANT, "2026-06-01")),
        [IN, ("2028-11-21", "lowered", "advanced", "basic"), ("2029-06-02", "expired", "basic", None)],
    ),
    (
        "lowered on the very day the lower listing begins",
        life((BETTER, "2025-11-20"), (PLANT, "2028-11-21")),
        [IN, ("2028-11-21", "lowered", "advanced", "basic"), ("2031-11-22", "expired", "basic", None)],
    ),
    (
        "lowered by the revocation of the higher title",
        life((PLANT, "2025-01-10"), (TOP, "2025-06-01"), revoked=[(TOP, "2026-05-06")]),
        [
            ("2025-01-10", "listed", None, "basic"),
            ("2025-06-01", "promoted", "basic", "excellent"),
            ("2026-05-06", "lowered", "excellent", "basic"),
            ("2028-01-11", "expired", "basic", None),
        ],
    ),
    (
        "revoked on the day itself",
        life((BETTER, "2025-11-20"), revoked=[(BETTER, "2026-05-06")]),
        [IN, ("2026-05-06", "revoked", "advanced", None)],
    ),
    (
        "revoked on the day it would have begun: it was in no list",
        life((BETTER, "2025-11-20"), revoked=[(BETTER, "2025-11-20")]),
        [],
    ),
    (
        "revoked and awarded again on one day, by another title of the tier",
        life((TOP, "2025-01-05"), (TOP_AGAIN, "2026-05-06"), revoked=[(TOP, "2026-05-06")]),
        [
            ("2025-01-05", "listed", None, "excellent"),
            ("2026-05-06", "renewed", "excellent", "excellent"),
        ],
    ),
    (
        "closed on the day itself",
        life((BETTER, "2025-11-20"), closed="2026-09-01"),
        [IN, ("2026-09-01", "closed", "advanced", None)],
    ),
    (
        "closed on the day of a revocation is closed",
        life((BETTER, "2025-11-20"), revoked=[(BETTER, "2026-09-01")], closed="2026-09-01"),
        [IN, ("2026-09-01", "closed", "advanced", None)],
    ),
    (
        "closed on the day after the last day is closed",
        life((BETTER, "2025-11-20"), closed="2028-11-21"),
        [IN, ("2028-11-21", "closed", "advanced", None)],
    ),
    (
        "closed after it left the lists",
        life((BETTER, "2025-11-20"), closed="2028-11-22"),
        [IN, OUT, ("2028-11-22", "closed", None, None)],
    ),
    (
        "closed without ever having been listed",
        life((SHOP, "2025-11-20"), closed="2026-09-01"),
        [("2026-09-01", "closed", None, None)],
    ),
    ("a title that reaches no list", life((SHOP, "2025-11-20")), []),
]


@pytest.mark.parametrize(("facts", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_changes(facts: Life, expected: list[Told]) -> None:
    assert told(facts) == expected


def test_the_table_has_every_kind() -> None:
    assert {kind for _, _, expected in CASES for _, kind, _, _ in expected} == set(KINDS)


def test_a_change_knows_its_listing_and_its_document() -> None:
    first = life((PLANT, "2025-01-10"), (BETTER, "2025-11-20"), revoked=[(BETTER, "2026-05-06")])
    listed, promoted, revoked = changed(first)
    assert listed.listing
    assert (listed.listing.tier, listed.document) == ("basic", "示例〔2025〕1号")
    assert promoted.listing
    assert (promoted.listing.tier, promoted.document) == ("advanced", "示例〔2025〕1号")
    assert revoked.listing
    assert (revoked.listing.tier, revoked.listing.last) == ("advanced", day("2026-05-05"))
    assert revoked.cancelled
    assert (revoked.cancelled.unit, revoked.cancelled.title) == ("2301-0001", BETTER)
    assert revoked.document == "示例〔2026〕1号"


def test_what_ends_by_itself_has_no_document() -> None:
    assert [found.document for found in changed(life((BETTER, "2025-11-20")))][1:] == [None]
    assert [found.document for found in changed(life((BETTER, "2025-11-20"), closed="2026-09-01"))][1:] == [
        None
    ]
    closed = changed(life((SHOP, "2025-11-20"), closed="2026-09-01"))[0]
    assert (closed.listing, closed.document) == (None, None)


def test_a_sister_is_revoked_with_the_title_of_the_other() -> None:
    guilty = life((BETTER, "2025-11-20"), revoked=[(BETTER, "2026-05-06")], unit="2301-0002")
    sister = life((PLANT, "2025-11-20"), (TOP, "2026-01-05"))
    assert told(life((PLANT, "2025-11-20")), guilty)[-1] == ("2026-05-06", "revoked", "basic", None)
    found = changed(life((PLANT, "2025-11-20")), guilty)[-1]
    assert found.cancelled
    assert (found.cancelled.unit, found.cancelled.title) == ("2301-0002", BETTER)
    # In a tier that cannot be revoked the sister stays, and nothing is told.
    assert [kind for _, kind, _, _ in told(sister, guilty)] == ["listed", "promoted"]


def test_the_units_own_revocation_goes_before_that_of_a_sister() -> None:
    guilty = life((BETTER, "2025-11-20"), revoked=[(BETTER, "2026-05-06")], unit="2301-0001")
    other = life((SHOP, "2025-11-20"), revoked=[(SHOP, "2026-05-06")], unit="2301-0002")
    for first, second in ((guilty, other), (other, guilty)):
        found = changed(first, second)
        assert all(one.cancelled is None or one.cancelled.unit == first.unit for one in found)


def test_the_revocation_behind_a_change_is_that_of_the_day() -> None:
    told_of = changed(life((BETTER, "2025-11-20"), revoked=[(BETTER, "2026-09-06"), (SHOP, "2026-05-06")]))
    assert [(found.kind, found.cancelled and found.cancelled.title) for found in told_of] == [
        ("listed", None),
        ("revoked", SHOP),
    ]
    # It ran out on the day before: the revocation has ended nothing.
    late = changed(life((BETTER, "2025-11-20"), revoked=[(BETTER, "2028-11-21")]))
    assert [(found.kind, found.cancelled) for found in late] == [("listed", None), ("expired", None)]


def test_the_revocation_behind_a_change_is_that_of_the_title_it_rests_on_where_that_bars_nobody() -> None:
    facts = life(
        (TOP, "2025-01-05"),
        (TOP_AGAIN, "2025-01-04"),
        revoked=[(TOP_AGAIN, "2026-05-06"), (TOP, "2026-05-06")],
    )
    found = changed(facts)[-1]
    assert (found.kind, found.listing and found.listing.award.title.name) == ("revoked", TOP)
    assert found.cancelled
    assert found.cancelled.title == TOP


def test_of_the_sisters_bars_that_of_the_day_is_behind_a_change() -> None:
    long_ago = life((HONOUR, "2020-01-01"), revoked=[(HONOUR, "2021-01-01")], unit="2301-0002")
    lately = life((BETTER, "2025-11-20"), revoked=[(BETTER, "2026-05-06")], unit="2301-0003")
    found = changed(life((PLANT, "2025-11-20")), long_ago, lately)[-1]
    assert found.cancelled
    assert (found.cancelled.unit, found.cancelled.title) == ("2301-0003", BETTER)


def test_the_units_own_bar_goes_before_that_of_a_sister_with_a_lower_number() -> None:
    sister = life((BETTER, "2025-11-20"), revoked=[(BETTER, "2026-05-06")], unit="2301-0001")
    own = life((BETTER, "2025-11-20"), (SHOP, "2025-11-20"), revoked=[(SHOP, "2026-05-06")], unit="2301-0002")
    found = changed(own, sister)[-1]
    assert found.cancelled
    assert (found.unit, found.cancelled.unit, found.cancelled.title) == ("2301-0002", "2301-0002", SHOP)


@pytest.mark.parametrize(("on", "kinds"), list(zip(around("2026-05-06"), (1, 2, 2), strict=True)))
def test_the_ledger_tells_what_happened_by_a_day_newest_first(on: date, kinds: int) -> None:
    ledger = Ledger(RULES, [unit(1, revocations=REVOKED)], DOCUMENTS)
    found = ledger.changes(as_of=on)
    assert [(one.day, one.document) for one in found] == [
        (CANCEL.date, CANCEL.number),
        (LIST.date, LIST.number),
    ][-kinds:]


@everywhere
@given(setting=UNITS)
def test_the_face_differs_exactly_on_the_days_of_changes(setting: Setting) -> None:
    """Status and tier differ from the day before exactly on the days that carry a change other than a renewal.

    At most one change falls on a day; before and after are the tiers of the two days; each kind is what the two days
    look like; a renewal leaves the face as it was.
    """
    policy = setting.policy
    barred = engine.bars(setting.enterprise, policy)
    for place, one in enumerate(setting.enterprise):
        found = engine.listings(setting.enterprise, policy)[one.unit]
        seen = changes_of(one, found, barred, policy)
        by_day = {change.day: change for change in seen}
        assert list(by_day) == sorted(by_day)
        assert len(by_day) == len(seen)
        assert [d for d, change in by_day.items() if change.kind != "renewed"] == list(
            engine.transitions(engine.faces(one, found, policy))
        )
        assert set(by_day) <= set(telling_days(setting))
        for on in telling_days(setting):
            was, now = standing_in(setting, place, on - ONE_DAY), standing_in(setting, place, on)
            change = by_day.get(on)
            differs = (was.status, was.tier) != (now.status, now.tier)
            assert differs == (change is not None and change.kind != "renewed")
            if change is None:
                continue
            assert (change.before, change.after) == (was.tier, now.tier)
            step = rank(policy, now.tier) - rank(policy, was.tier)
            match change.kind:
                case "listed":
                    assert (was.status, now.status) == ("upcoming", "listed")
                case "relisted":
                    assert was.status in ("expired", "revoked")
                    assert now.status == "listed"
                case "promoted" | "lowered" | "renewed":
                    assert was.status == now.status == "listed"
                    assert (step > 0, step < 0) == (change.kind == "promoted", change.kind == "lowered")
                case "expired" | "revoked" | "closed":
                    assert now.status == change.kind
            began = change.kind in BEGINNINGS
            if change.listing:
                assert (change.listing.first if began else (change.listing.last or on) + ONE_DAY) == on
                assert (change.cancelled is not None) == (change.listing.ended_by == "revoked" and not began)
            else:
                assert (change.kind, change.before) == ("closed", None)


def test_changes_are_cut_off_by_the_day_whatever_was_asked_before() -> None:
    """They are derived once: what is asked for one day must not show in the answer for another."""
    ledger = Ledger(RULES, [unit(1, revocations=REVOKED), unit(2)], DOCUMENTS)
    everything = ledger.changes(as_of=date.max)
    assert [found.day for found in everything] == sorted((found.day for found in everything), reverse=True)
    days = {on for found in everything for on in around(str(found.day))}
    assert len({found.day for found in everything}) > 1
    for on in [*sorted(days), *sorted(days, reverse=True), date.min]:
        assert ledger.changes(as_of=on) == tuple(found for found in everything if found.day <= on)
