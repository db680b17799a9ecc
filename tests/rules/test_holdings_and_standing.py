"""What a unit holds and how it stands on a day: holdings, status, since, valid_through, expiring, transitions."""

from datetime import date, timedelta

import pytest

from generator.rules import engine
from generator.rules.terms import STATUSES, Life
from tests.rules.builders import (
    BETTER,
    HONOUR,
    LEADER,
    PLANT,
    RULES,
    SHOP,
    TOP,
    Seen,
    around,
    day,
    held,
    life,
    stands,
    turns,
)

RISING = life((PLANT, "2025-01-10"), (BETTER, "2025-11-20"), (TOP, "2026-01-05"))
FALLING = life((BETTER, "2025-01-10"), (PLANT, "2026-06-01"))
OUTLIVED = life((PLANT, "2025-01-10"), (BETTER, "2025-06-01"), (BETTER, "2027-01-10"))

HOLDINGS: list[tuple[str, Life, list[Seen]]] = [
    (
        "promoted twice",
        RISING,
        [
            ("basic", "2025-01-10", "2025-11-19", "promoted"),
            ("advanced", "2025-11-20", "2026-01-04", "promoted"),
            ("excellent", "2026-01-05", None, None),
        ],
    ),
    (
        "fallen back to a lower tier that still runs",
        FALLING,
        [
            ("advanced", "2025-01-10", "2028-01-10", "expired"),
            ("basic", "2028-01-11", "2029-06-01", "expired"),
        ],
    ),
    (
        "a lower listing that ended under a higher one leaves no trace",
        OUTLIVED,
        [
            ("basic", "2025-01-10", "2025-05-31", "promoted"),
            ("advanced", "2025-06-01", "2030-01-10", "expired"),
        ],
    ),
    (
        "fallen back by a revocation of the higher title",
        life((PLANT, "2025-01-10"), (TOP, "2025-06-01"), revoked=[(TOP, "2026-05-06")]),
        [
            ("basic", "2025-01-10", "2025-05-31", "promoted"),
            ("excellent", "2025-06-01", "2026-05-05", "revoked"),
            ("basic", "2026-05-06", "2028-01-10", "expired"),
        ],
    ),
    (
        "promoted on the day after the lower term",
        life((PLANT, "2025-01-10"), (BETTER, "2028-01-11")),
        [
            ("basic", "2025-01-10", "2028-01-10", "promoted"),
            ("advanced", "2028-01-11", "2031-01-11", "expired"),
        ],
    ),
    (
        "promoted a day later still: there is a gap",
        life((PLANT, "2025-01-10"), (BETTER, "2028-01-12")),
        [
            ("basic", "2025-01-10", "2028-01-10", "expired"),
            ("advanced", "2028-01-12", "2031-01-12", "expired"),
        ],
    ),
    (
        "the lower tier begins on the day after the higher term",
        life((BETTER, "2025-01-10"), (PLANT, "2028-01-11")),
        [
            ("advanced", "2025-01-10", "2028-01-10", "expired"),
            ("basic", "2028-01-11", "2031-01-11", "expired"),
        ],
    ),
    (
        "renewals are one holding",
        life((BETTER, "2025-11-20"), (BETTER, "2028-11-21"), closed="2030-01-01"),
        [("advanced", "2025-11-20", "2029-12-31", "closed")],
    ),
    (
        "awarded again after a gap of a day: two holdings",
        life((BETTER, "2025-11-20"), (BETTER, "2028-11-22")),
        [
            ("advanced", "2025-11-20", "2028-11-20", "expired"),
            ("advanced", "2028-11-22", "2031-11-22", "expired"),
        ],
    ),
    (
        "two tiers on one day: the lower is never held before the higher ends",
        life((PLANT, "2025-01-10"), (LEADER, "2025-01-10")),
        [("leading", "2025-01-10", None, None)],
    ),
    (
        "both ended on one day by closing",
        life((PLANT, "2025-01-10"), (TOP, "2026-01-05"), closed="2026-09-01"),
        [
            ("basic", "2025-01-10", "2026-01-04", "promoted"),
            ("excellent", "2026-01-05", "2026-08-31", "closed"),
        ],
    ),
    ("no listing", life((HONOUR, "2025-01-10")), []),
]


@pytest.mark.parametrize(
    ("unit", "expected"), [row[1:] for row in HOLDINGS], ids=[row[0] for row in HOLDINGS]
)
def test_holdings_are_runs_of_the_same_tier(unit: Life, expected: list[Seen]) -> None:
    assert held(unit) == expected


REVOKED = life((BETTER, "2025-11-20"), revoked=[(BETTER, "2026-05-06")])
CLOSED = life((BETTER, "2025-11-20"), closed="2026-09-01")
CLOSED_LATE = life((BETTER, "2025-11-20"), closed="2029-09-01")
BACK = life((PLANT, "2025-01-10"), (PLANT, "2030-01-10"))
TWO_ENDS = life((PLANT, "2025-11-20"), (BETTER, "2025-11-20"), revoked=[(PLANT, "2028-11-21")])
SAME_END = life(
    (PLANT, "2026-05-05"), (TOP, "2024-01-05"), revoked=[(PLANT, "2026-05-10"), (TOP, "2026-05-10")]
)
HIGHER_SAYS = life((PLANT, "2023-05-05"), (TOP, "2024-01-05"), revoked=[(TOP, "2026-05-06")])
NEVER = life((SHOP, "2025-11-20"))
ADMITTED_LATE = life((SHOP, "2025-11-20"), maturity=[("2026-03-01", 2)])

STATUS = [
    ("revoked", REVOKED, "2026-05-06", ["listed", "revoked", "revoked"]),
    ("revoked still after the bar", REVOKED, "2029-05-06", ["revoked", "revoked", "revoked"]),
    ("closed", CLOSED, "2026-09-01", ["listed", "closed", "closed"]),
    ("closed after it expired", CLOSED_LATE, "2029-09-01", ["expired", "closed", "closed"]),
    ("expired, not upcoming, between two", BACK, "2028-01-11", ["listed", "expired", "expired"]),
    ("listed again", BACK, "2030-01-10", ["expired", "listed", "listed"]),
    ("the term came first", TWO_ENDS, "2028-11-21", ["listed", "expired", "expired"]),
    ("both revoked on one day", SAME_END, "2026-05-10", ["listed", "revoked", "revoked"]),
    ("of two on one day the higher tier says", HIGHER_SAYS, "2026-05-06", ["listed", "revoked", "revoked"]),
    ("never admitted", NEVER, "2025-11-20", ["unlisted", "unlisted", "unlisted"]),
    ("awarded, not yet admitted", ADMITTED_LATE, "2026-03-01", ["upcoming", "listed", "listed"]),
    (
        "closed without ever being listed",
        life((HONOUR, "2025-01-10"), closed="2026-01-01"),
        "2026-01-01",
        ["unlisted", "closed", "closed"],
    ),
]


@pytest.mark.parametrize(
    ("unit", "on", "expected"), [row[1:] for row in STATUS], ids=[row[0] for row in STATUS]
)
def test_status_the_day_before_on_the_day_and_the_day_after(unit: Life, on: str, expected: list[str]) -> None:
    assert [stands(unit, on=found).status for found in around(on)] == expected


def test_the_higher_of_two_that_ended_on_one_day_decides_expired_or_revoked() -> None:
    lower_revoked = life((PLANT, "2025-11-10"), (BETTER, "2025-05-09"), revoked=[(PLANT, "2028-05-10")])
    assert stands(lower_revoked, on=day("2028-05-10")).status == "expired"
    higher_revoked = life((PLANT, "2025-05-09"), (TOP, "2026-01-05"), revoked=[(TOP, "2028-05-10")])
    assert stands(higher_revoked, on=day("2028-05-10")).status == "revoked"


@pytest.mark.parametrize(("on", "ended"), list(zip(around("2028-11-20"), (False, False, True), strict=True)))
def test_a_listing_has_ended_only_after_its_last_day(on: date, ended: bool) -> None:
    unit = life((BETTER, "2025-11-20"))
    found = engine.listings([unit], RULES)[unit.unit]
    assert engine.last_ended(found, RULES, as_of=on) == (found[0] if ended else None)


def test_every_status_is_one_of_the_six() -> None:
    found = {stands(unit, on=at).status for _, unit, on, _ in STATUS for at in around(on)}
    assert found == set(STATUSES)


@pytest.mark.parametrize(
    ("on", "tier", "since"),
    [
        ("2025-01-09", None, None),
        ("2025-01-10", "basic", "2025-01-10"),
        ("2025-11-19", "basic", "2025-01-10"),
        ("2025-11-20", "advanced", "2025-11-20"),
        ("2026-01-04", "advanced", "2025-11-20"),
        ("2026-01-05", "excellent", "2026-01-05"),
        ("2035-01-01", "excellent", "2026-01-05"),
    ],
)
def test_tier_and_since_of_a_rising_unit(on: str, tier: str | None, since: str | None) -> None:
    standing = stands(RISING, on=day(on))
    assert (standing.tier, standing.since) == (tier, day(since) if since else None)


def test_since_reaches_over_a_renewal_but_not_over_a_higher_tier() -> None:
    renewed = life((BETTER, "2025-11-20"), (BETTER, "2028-11-21"))
    assert stands(renewed, on=day("2030-01-01")).since == day("2025-11-20")
    back = life((PLANT, "2025-01-10"), (TOP, "2025-06-01"), revoked=[(TOP, "2026-05-06")])
    assert [stands(back, on=found).since for found in around("2026-05-06")] == [
        day("2025-06-01"),
        day("2026-05-06"),
        day("2026-05-06"),
    ]


VALID_THROUGH = [
    ("a single term", life((BETTER, "2025-11-20")), "2026-01-01", "2028-11-20"),
    (
        "renewed without a gap",
        life((BETTER, "2025-11-20"), (BETTER, "2028-11-21")),
        "2026-01-01",
        "2031-11-21",
    ),
    (
        "awarded again after a gap of a day",
        life((BETTER, "2025-11-20"), (BETTER, "2028-11-22")),
        "2026-01-01",
        "2028-11-20",
    ),
    ("promoted to a tier without end", RISING, "2025-02-01", None),
    ("in the tier without end", RISING, "2026-02-01", None),
    (
        "a higher tier carries the lower",
        life((PLANT, "2025-01-10"), (BETTER, "2028-01-11")),
        "2025-02-01",
        "2031-01-11",
    ),
    ("a lower tier does not carry the higher", FALLING, "2026-07-01", "2028-01-10"),
    ("after the fall", FALLING, "2028-01-11", "2029-06-01"),
    (
        "basic, carried by a higher tier and back to basic",
        life((PLANT, "2025-01-10"), (TOP, "2025-06-01"), revoked=[(TOP, "2026-05-06")]),
        "2025-02-01",
        "2028-01-10",
    ),
    ("until a revocation", REVOKED, "2026-01-01", "2026-05-05"),
    ("until closing", CLOSED, "2026-01-01", "2026-08-31"),
    ("not listed", REVOKED, "2026-05-06", None),
    ("not yet listed", ADMITTED_LATE, "2026-02-28", None),
]


@pytest.mark.parametrize(
    ("unit", "on", "through"), [row[1:] for row in VALID_THROUGH], ids=[row[0] for row in VALID_THROUGH]
)
def test_valid_through(unit: Life, on: str, through: str | None) -> None:
    assert stands(unit, on=day(on)).valid_through == (day(through) if through else None)


@pytest.mark.parametrize(
    ("ahead", "expiring"), [(181, False), (180, True), (179, True), (1, True), (0, True), (-1, False)]
)
def test_expiring_from_180_days_ahead_through_the_last_day(ahead: int, expiring: bool) -> None:
    unit = life((BETTER, "2025-11-20"))
    assert stands(unit, on=date(2028, 11, 20) - timedelta(days=ahead)).expiring is expiring


def test_what_is_carried_on_is_not_expiring() -> None:
    renewed = life((BETTER, "2025-11-20"), (BETTER, "2028-11-21"))
    assert stands(renewed, on=day("2028-11-20")).expiring is False
    promoted = life((BETTER, "2025-11-20"), (TOP, "2028-11-21"))
    assert stands(promoted, on=day("2028-11-20")).expiring is False
    assert stands(life((TOP, "2026-01-05")), on=day("2030-01-01")).expiring is False


@pytest.mark.parametrize(
    ("on", "through"),
    [
        ("2026-05-05", None),
        ("2026-05-06", "2029-05-06"),
        ("2027-02-28", "2029-05-06"),
        ("2027-03-01", "2030-03-01"),
        ("2029-05-06", "2030-03-01"),
        ("2029-05-07", "2030-03-01"),
        ("2030-03-01", "2030-03-01"),
        ("2030-03-02", None),
    ],
)
def test_barred_through_is_the_last_day_of_the_latest_bar(on: str, through: str | None) -> None:
    first = life((BETTER, "2025-11-20"), revoked=[(BETTER, "2026-05-06")])
    second = life((HONOUR, "2025-01-10"), revoked=[(HONOUR, "2027-03-01")], unit="2301-0002")
    expected = day(through) if through else None
    assert stands(first, second, on=day(on)).barred_through == expected
    assert stands(second, first, on=day(on)).barred_through == expected


TRANSITIONS = [
    ("listed and expired", life((BETTER, "2025-11-20")), ["2025-11-20", "2028-11-21"]),
    ("promoted for good", RISING, ["2025-01-10", "2025-11-20", "2026-01-05"]),
    ("fallen back", FALLING, ["2025-01-10", "2028-01-11", "2029-06-02"]),
    (
        "renewed: nothing changes",
        life((BETTER, "2025-11-20"), (BETTER, "2028-11-21")),
        ["2025-11-20", "2031-11-22"],
    ),
    ("revoked", REVOKED, ["2025-11-20", "2026-05-06"]),
    ("closed while listed", CLOSED, ["2025-11-20", "2026-09-01"]),
    ("closed after the term", CLOSED_LATE, ["2025-11-20", "2028-11-21", "2029-09-01"]),
    (
        "revoked, then closed",
        life((BETTER, "2025-11-20"), revoked=[(BETTER, "2026-05-06")], closed="2026-05-07"),
        ["2025-11-20", "2026-05-06", "2026-05-07"],
    ),
    (
        "revoked and closed on one day",
        life((BETTER, "2025-11-20"), revoked=[(BETTER, "2026-05-06")], closed="2026-05-06"),
        ["2025-11-20", "2026-05-06"],
    ),
    ("never listed", NEVER, []),
    ("a lower title under a higher one", life((TOP, "2025-01-10"), (PLANT, "2025-06-01")), ["2025-01-10"]),
]


@pytest.mark.parametrize(
    ("unit", "expected"), [row[1:] for row in TRANSITIONS], ids=[row[0] for row in TRANSITIONS]
)
def test_transitions_are_the_days_tier_or_status_changes(unit: Life, expected: list[str]) -> None:
    assert turns(unit) == expected
