"""What keeps a unit out of a list and what ends a listing early: bars, revocations, closing, renewal."""

import pytest
from msgspec.structs import replace

from generator.rules import engine
from tests.rules.builders import (
    BETTER,
    HONOUR,
    MODEL,
    PLANT,
    RULES,
    SHOP,
    TOP,
    TOP_AGAIN,
    Seen,
    around,
    day,
    life,
    listed,
    stands,
)

SISTER = "2301-0002"
RUNNING: Seen = ("advanced", "2025-11-20", "2028-11-20", "expired")


def test_a_bar_runs_from_the_revocation_through_the_corresponding_day() -> None:
    unit = life((BETTER, "2024-01-10"), revoked=[(BETTER, "2024-02-29")])
    (bar,) = engine.bars([unit], RULES)
    assert (bar.first, bar.last) == (day("2024-02-29"), day("2027-02-28"))
    assert [bar.covers(found) for found in around("2024-02-29")] == [False, True, True]
    assert [bar.covers(found) for found in around("2027-02-28")] == [True, True, False]


def test_only_a_title_that_bars_makes_a_bar() -> None:
    unit = life((PLANT, "2025-01-10"), (TOP, "2026-01-05"), revoked=[(PLANT, "2026-05-06")])
    assert engine.bars([unit], RULES) == ()
    assert stands(unit, on=day("2026-05-06")).barred_through is None


AWARDS_NEAR_A_BAR: list[tuple[str, str, list[tuple[str, str | None]]]] = [
    ("the day before R", "2026-05-05", [("2026-05-05", "2026-05-05")]),
    ("on R", "2026-05-06", []),
    ("the day after R", "2026-05-07", []),
    ("the day before the bar's last day", "2029-05-05", []),
    ("on the bar's last day", "2029-05-06", []),
    ("the day after the bar", "2029-05-07", [("2029-05-07", "2032-05-07")]),
]


@pytest.mark.parametrize(
    ("awarded", "expected"), [row[1:] for row in AWARDS_NEAR_A_BAR], ids=[row[0] for row in AWARDS_NEAR_A_BAR]
)
def test_an_award_of_the_enterprise_near_a_bar(awarded: str, expected: list[tuple[str, str | None]]) -> None:
    revoked = life((BETTER, "2025-11-20"), revoked=[(BETTER, "2026-05-06")], unit=SISTER)
    assert [found[1:3] for found in listed(life((BETTER, awarded)), revoked)] == expected


WAITING_OVER_A_REVOCATION: list[tuple[str, str, str, str, bool]] = [
    ("R before d", "2026-05-05", "2026-05-06", "2029-05-06", True),
    ("R = d", "2026-05-06", "2026-05-06", "2029-07-01", False),
    ("d < R < D", "2026-05-07", "2026-05-06", "2029-07-01", False),
    ("d < R = D", "2026-07-01", "2026-05-06", "2026-07-01", False),
    ("R the day after D", "2026-07-02", "2026-05-06", "2026-07-01", True),
    ("R before d and D the day after the bar", "2026-05-05", "2026-05-06", "2029-05-07", True),
    ("R before d and D on the bar's last day", "2026-05-05", "2026-05-06", "2029-05-05", False),
]


@pytest.mark.parametrize(
    ("revoked_on", "awarded", "reached", "listed_then"),
    [row[1:] for row in WAITING_OVER_A_REVOCATION],
    ids=[row[0] for row in WAITING_OVER_A_REVOCATION],
)
def test_a_bar_between_award_and_first_day_leaves_no_listing(
    revoked_on: str, awarded: str, reached: str, listed_then: bool
) -> None:
    unit = life((SHOP, awarded), maturity=[(reached, 2)])
    revoked = life((HONOUR, "2020-01-01"), revoked=[(HONOUR, revoked_on)], unit=SISTER)
    assert [found[1] for found in listed(unit, revoked)] == ([reached] if listed_then else [])


def test_listed_from_waits_over_a_revocation_too() -> None:
    waiting = life((MODEL, "2023-06-01"))
    for revoked_on, expected in (
        ("2021-01-01", 1),
        ("2022-05-27", 1),
        ("2022-05-28", 0),
        ("2023-06-01", 0),
        ("2025-05-28", 0),
        ("2025-05-29", 1),
    ):
        revoked = life((HONOUR, "2020-01-01"), revoked=[(HONOUR, revoked_on)], unit=SISTER)
        assert len(listed(waiting, revoked)) == expected, revoked_on


ON_A_REVOCATION: list[tuple[str, str, list[Seen]]] = [
    ("before the listing", "2022-11-19", [RUNNING]),
    ("so that the bar's last day is the listing's first", "2022-11-20", []),
    ("the day before the award", "2025-11-19", []),
    ("on the day of the award", "2025-11-20", []),
    ("the day after the award", "2025-11-21", [("advanced", "2025-11-20", "2025-11-20", "revoked")]),
    ("on the last day of the term", "2028-11-20", [("advanced", "2025-11-20", "2028-11-19", "revoked")]),
    ("the day after the term", "2028-11-21", [RUNNING]),
]


@pytest.mark.parametrize(
    ("revoked_on", "expected"), [row[1:] for row in ON_A_REVOCATION], ids=[row[0] for row in ON_A_REVOCATION]
)
def test_a_revocation_that_bars_ends_what_covers_its_day(revoked_on: str, expected: list[Seen]) -> None:
    assert listed(life((BETTER, "2025-11-20"), revoked=[(BETTER, revoked_on)])) == expected


def test_a_bar_reaches_every_unit_of_the_enterprise_but_only_revocable_tiers() -> None:
    revoked = life((BETTER, "2025-11-20"), revoked=[(BETTER, "2026-05-06")], unit=SISTER)
    unit = life((PLANT, "2025-01-10"), (TOP, "2026-01-05"))
    assert listed(unit, revoked) == [
        ("basic", "2025-01-10", "2026-05-05", "revoked"),
        ("excellent", "2026-01-05", None, None),
    ]
    standing = stands(unit, revoked, on=day("2026-05-06"))
    assert (standing.status, standing.tier, standing.barred_through) == (
        "listed",
        "excellent",
        day("2029-05-06"),
    )


def test_an_award_in_a_tier_that_is_not_revocable_passes_a_bar() -> None:
    unit = life((BETTER, "2025-11-20"), (TOP, "2026-05-06"), revoked=[(BETTER, "2026-05-06")])
    assert listed(unit) == [
        ("advanced", "2025-11-20", "2026-05-05", "revoked"),
        ("excellent", "2026-05-06", None, None),
    ]


NOT_BARRING: list[tuple[str, str, str, list[Seen]]] = [
    (
        "R the day before the award",
        "2026-01-05",
        "2026-01-04",
        [("excellent", "2026-01-05", None, None)],
    ),
    ("R on the day of the award", "2026-01-05", "2026-01-05", []),
    (
        "R the day after the award",
        "2026-01-05",
        "2026-01-06",
        [("excellent", "2026-01-05", "2026-01-05", "revoked")],
    ),
]


@pytest.mark.parametrize(
    ("awarded", "revoked_on", "expected"),
    [row[1:] for row in NOT_BARRING],
    ids=[row[0] for row in NOT_BARRING],
)
def test_a_revocation_that_does_not_bar(awarded: str, revoked_on: str, expected: list[Seen]) -> None:
    assert listed(life((TOP, awarded), revoked=[(TOP, revoked_on)])) == expected


def test_a_revocation_that_does_not_bar_touches_this_title_on_this_unit_alone() -> None:
    revoked = life((TOP, "2026-01-05"), (PLANT, "2025-01-10"), revoked=[(PLANT, "2026-05-06")])
    sister = life((PLANT, "2025-01-10"), unit=SISTER)
    assert listed(revoked, sister) == [
        ("basic", "2025-01-10", "2026-05-05", "revoked"),
        ("excellent", "2026-01-05", None, None),
    ]
    assert listed(sister, revoked) == [("basic", "2025-01-10", "2028-01-10", "expired")]


def test_a_title_awarded_again_after_its_revocation_is_listed_again() -> None:
    unit = life((PLANT, "2025-01-10"), (PLANT, "2026-05-07"), revoked=[(PLANT, "2026-05-06")])
    assert listed(unit) == [
        ("basic", "2025-01-10", "2026-05-05", "revoked"),
        ("basic", "2026-05-07", "2029-05-07", "expired"),
    ]


@pytest.mark.parametrize(
    ("reached", "awarded", "count"),
    [("2026-05-05", "2026-01-05", 1), ("2026-05-06", "2026-01-05", 0), ("2026-05-07", "2026-01-05", 0)],
)
def test_a_listing_still_ahead_is_dropped_with_its_title(reached: str, awarded: str, count: int) -> None:
    assert (
        len(listed(life((SHOP, awarded), maturity=[(reached, 2)], revoked=[(SHOP, "2026-05-06")]))) == count
    )


CLOSING: list[tuple[str, str, list[Seen]]] = [
    ("the day before the award", "2025-11-19", []),
    ("on the day of the award", "2025-11-20", []),
    ("the day after the award", "2025-11-21", [("advanced", "2025-11-20", "2025-11-20", "closed")]),
    ("on the last day of the term", "2028-11-20", [("advanced", "2025-11-20", "2028-11-19", "closed")]),
    ("the day after the term", "2028-11-21", [RUNNING]),
]


@pytest.mark.parametrize(
    ("closed", "expected"), [row[1:] for row in CLOSING], ids=[row[0] for row in CLOSING]
)
def test_closing_ends_what_covers_its_day(closed: str, expected: list[Seen]) -> None:
    unit = life((BETTER, "2025-11-20"), closed=closed)
    assert listed(unit) == expected
    assert [stands(unit, on=found).status == "closed" for found in around(closed)] == [False, True, True]


def test_closing_a_unit_leaves_its_sisters() -> None:
    closed = life((BETTER, "2025-11-20"), closed="2026-09-01")
    assert listed(life((BETTER, "2025-11-20"), unit=SISTER), closed) == [RUNNING]


def test_closing_ends_a_listing_without_end() -> None:
    assert listed(life((TOP, "2026-01-05"), closed="2026-09-01")) == [
        ("excellent", "2026-01-05", "2026-08-31", "closed")
    ]


@pytest.mark.parametrize(
    ("closed", "last", "why"),
    [
        ("2026-05-05", "2026-05-04", "closed"),
        ("2026-05-06", "2026-05-05", "revoked"),
        ("2026-05-07", "2026-05-05", "revoked"),
    ],
)
def test_revocation_comes_before_closing(closed: str, last: str, why: str) -> None:
    unit = life((BETTER, "2025-11-20"), revoked=[(BETTER, "2026-05-06")], closed=closed)
    assert listed(unit) == [("advanced", "2025-11-20", last, why)]


RENEWAL: list[tuple[str, str, list[Seen]]] = [
    ("on the day of the first", "2025-11-20", [RUNNING]),
    (
        "the day after the first",
        "2025-11-21",
        [
            ("advanced", "2025-11-20", "2025-11-20", "renewed"),
            ("advanced", "2025-11-21", "2028-11-21", "expired"),
        ],
    ),
    (
        "on the last day of the first",
        "2028-11-20",
        [
            ("advanced", "2025-11-20", "2028-11-19", "renewed"),
            ("advanced", "2028-11-20", "2031-11-20", "expired"),
        ],
    ),
    (
        "adjacent",
        "2028-11-21",
        [
            ("advanced", "2025-11-20", "2028-11-20", "renewed"),
            ("advanced", "2028-11-21", "2031-11-21", "expired"),
        ],
    ),
    ("with a gap of a day", "2028-11-22", [RUNNING, ("advanced", "2028-11-22", "2031-11-22", "expired")]),
]


@pytest.mark.parametrize(("again", "expected"), [row[1:] for row in RENEWAL], ids=[row[0] for row in RENEWAL])
def test_renewal_within_a_tier(again: str, expected: list[Seen]) -> None:
    assert listed(life((BETTER, "2025-11-20"), (BETTER, again))) == expected
    assert listed(life((BETTER, again), (BETTER, "2025-11-20"))) == expected


def test_of_two_that_begin_on_one_day_the_later_in_the_file_holds() -> None:
    unit = life((BETTER, "2025-11-20"), (MODEL, "2025-11-20"))
    (only,) = engine.listings([unit], RULES)[unit.unit]
    assert only.award.title.name == MODEL


def test_two_held_back_to_one_day_leave_the_later_in_the_file() -> None:
    unit = life((MODEL, "2024-06-01"), (MODEL, "2023-06-01"))
    (only,) = engine.listings([unit], RULES)[unit.unit]
    assert (only.award.order, only.first) == (1, day("2025-05-28"))


def test_renewal_in_a_tier_without_term_always_takes_over() -> None:
    assert listed(life((TOP, "2026-01-05"), (TOP_AGAIN, "2036-01-05"))) == [
        ("excellent", "2026-01-05", "2036-01-04", "renewed"),
        ("excellent", "2036-01-05", None, None),
    ]


def test_what_is_dropped_renews_nothing() -> None:
    unit = life((TOP, "2026-01-05"), (TOP_AGAIN, "2028-03-01"), revoked=[(TOP_AGAIN, "2028-03-01")])
    assert listed(unit) == [("excellent", "2026-01-05", None, None)]
    unit = life((PLANT, "2025-01-10"), (PLANT, "2026-01-10"), closed="2026-01-10")
    assert listed(unit) == [("basic", "2025-01-10", "2026-01-09", "closed")]


def test_a_revoked_listing_that_another_follows_without_a_gap_counts_as_renewed() -> None:
    unit = life((TOP, "2026-01-05"), (TOP_AGAIN, "2026-05-06"), revoked=[(TOP, "2026-05-06")])
    assert listed(unit) == [
        ("excellent", "2026-01-05", "2026-05-05", "renewed"),
        ("excellent", "2026-05-06", None, None),
    ]


def test_a_renewal_is_final_even_if_what_renewed_is_revoked_later() -> None:
    unit = life((TOP, "2026-01-05"), (TOP_AGAIN, "2027-01-05"), revoked=[(TOP_AGAIN, "2028-01-05")])
    assert listed(unit) == [
        ("excellent", "2026-01-05", "2027-01-04", "renewed"),
        ("excellent", "2027-01-05", "2028-01-04", "revoked"),
    ]


def test_tiers_do_not_renew_one_another() -> None:
    unit = life((PLANT, "2025-01-10"), (BETTER, "2026-01-10"))
    assert listed(unit) == [
        ("basic", "2025-01-10", "2028-01-10", "expired"),
        ("advanced", "2026-01-10", "2029-01-10", "expired"),
    ]


def test_after_a_revocation_that_bars_the_next_in_the_file_still_counts() -> None:
    unit = life(
        (BETTER, "2025-11-20"), (TOP, "2026-01-05"), revoked=[(BETTER, "2026-05-06"), (TOP, "2026-09-01")]
    )
    assert listed(unit) == [
        ("advanced", "2025-11-20", "2026-05-05", "revoked"),
        ("excellent", "2026-01-05", "2026-08-31", "revoked"),
    ]


WAITING_WHEN_REVOKED: list[tuple[str, str, list[Seen]]] = [
    ("the day before it would begin", "2026-06-29", []),
    ("the day it would begin", "2026-06-30", []),
    ("the day after", "2026-07-01", [("basic", "2026-06-30", "2026-06-30", "revoked")]),
    ("the day before the award", "2025-11-19", [("basic", "2026-06-30", "2029-06-30", "expired")]),
    ("the day of the award", "2025-11-20", []),
]


@pytest.mark.parametrize(
    ("revoked_on", "expected"),
    [row[1:] for row in WAITING_WHEN_REVOKED],
    ids=[row[0] for row in WAITING_WHEN_REVOKED],
)
def test_a_title_that_bars_nobody_and_is_revoked_while_it_waits_is_never_listed(
    revoked_on: str, expected: list[Seen]
) -> None:
    """Awarded on or before R: what would begin on or after R is dropped, though nothing bars it."""
    titles = tuple(replace(title, bars=False) for title in RULES.titles)
    rules = replace(RULES, titles=titles)
    unit = life((SHOP, "2025-11-20"), maturity=[("2026-06-30", 2)], revoked=[(SHOP, revoked_on)], rules=rules)
    assert listed(unit, rules=rules) == expected
