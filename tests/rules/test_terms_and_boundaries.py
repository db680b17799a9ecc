"""When a listing opens and how long it runs: terms, maturity, `listed_from`, each on the day and on both sides of it."""

from datetime import date

import pytest

from generator.rules import engine
from tests.rules.builders import (
    BETTER,
    HONOUR,
    LEADER,
    MODEL,
    PLANT,
    SHOP,
    TOP,
    Seen,
    around,
    day,
    life,
    listed,
    stands,
    title,
)


@pytest.mark.parametrize(
    ("start", "years", "reached"),
    [
        ("2025-11-20", 3, "2028-11-20"),
        ("2025-11-20", 0, "2025-11-20"),
        ("2024-02-28", 1, "2025-02-28"),
        ("2024-02-29", 1, "2025-02-28"),
        ("2024-03-01", 1, "2025-03-01"),
        ("2024-02-29", 3, "2027-02-28"),
        ("2024-02-29", 4, "2028-02-29"),
        ("2025-02-28", 3, "2028-02-28"),
        ("2025-03-01", 3, "2028-03-01"),
        ("2096-02-29", 4, "2100-02-28"),
        ("2396-02-29", 4, "2400-02-29"),
        ("2025-12-31", 3, "2028-12-31"),
        ("2026-01-01", 3, "2029-01-01"),
    ],
)
def test_add_years_is_the_same_day_some_years_on(start: str, years: int, reached: str) -> None:
    assert engine.add_years(day(start), years) == day(reached)


@pytest.mark.parametrize(
    ("awarded", "last"),
    [
        ("2025-11-20", "2028-11-20"),
        ("2024-02-28", "2027-02-28"),
        ("2024-02-29", "2027-02-28"),
        ("2024-03-01", "2027-03-01"),
    ],
)
def test_a_term_runs_through_its_corresponding_day(awarded: str, last: str) -> None:
    unit = life((BETTER, awarded))
    assert listed(unit) == [("advanced", awarded, last, "expired")]
    before, on, after = (stands(unit, on=found) for found in around(last))
    assert [before.status, on.status, after.status] == ["listed", "listed", "expired"]
    assert [before.tier, on.tier, after.tier] == ["advanced", "advanced", None]


def test_a_listing_begins_on_the_day_of_its_award() -> None:
    unit = life((BETTER, "2025-11-20"))
    assert [stands(unit, on=found).status for found in around("2025-11-20")] == [
        "upcoming",
        "listed",
        "listed",
    ]


@pytest.mark.parametrize(("name", "tier"), [(TOP, "excellent"), (LEADER, "leading")])
def test_a_tier_without_a_term_has_no_end(name: str, tier: str) -> None:
    unit = life((name, "2026-01-05"))
    assert listed(unit) == [(tier, "2026-01-05", None, None)]
    assert stands(unit, on=date(2999, 12, 31)).tier == tier


def test_a_title_without_a_tier_lists_nothing() -> None:
    unit = life((HONOUR, "2025-11-20"))
    assert listed(unit) == []
    assert {stands(unit, on=found).status for found in around("2025-11-20")} == {"unlisted"}


MATURITY: list[tuple[str, list[tuple[str, int]], str | None]] = [
    ("reached the day before the award", [("2025-11-19", 2)], "2025-11-20"),
    ("reached on the day of the award", [("2025-11-20", 2)], "2025-11-20"),
    ("reached the day after the award", [("2025-11-21", 2)], "2025-11-21"),
    ("above what is asked", [("2025-11-19", 5)], "2025-11-20"),
    ("one short", [("2025-11-19", 1)], None),
    ("never assessed", [], None),
    ("reached much later", [("2025-01-01", 1), ("2027-03-01", 2)], "2027-03-01"),
    ("dropped the day before the award", [("2025-01-01", 2), ("2025-11-19", 1)], None),
    ("dropped on the day of the award", [("2025-01-01", 2), ("2025-11-20", 1)], None),
    ("dropped the day after the award", [("2025-01-01", 2), ("2025-11-21", 1)], "2025-11-20"),
    ("dropped and won back", [("2025-01-01", 2), ("2025-11-20", 1), ("2026-02-01", 3)], "2026-02-01"),
    ("written in the file from new to old", [("2026-02-01", 2), ("2025-01-01", 1)], "2026-02-01"),
    ("two on one day, the later in the file lower", [("2025-11-20", 2), ("2025-11-20", 1)], None),
    ("two on one day, the later in the file enough", [("2025-11-20", 1), ("2025-11-20", 2)], "2025-11-20"),
    (
        "two on one later day, the later in the file enough",
        [("2026-02-01", 1), ("2026-02-01", 2)],
        "2026-02-01",
    ),
    (
        "two on one later day, the later in the file lower",
        [("2026-02-01", 2), ("2026-02-01", 1), ("2026-05-01", 2)],
        "2026-05-01",
    ),
]


@pytest.mark.parametrize(
    ("maturity", "first"), [row[1:] for row in MATURITY], ids=[row[0] for row in MATURITY]
)
def test_a_listing_waits_for_the_maturity_its_title_asks_for(
    maturity: list[tuple[str, int]], first: str | None
) -> None:
    unit = life((SHOP, "2025-11-20"), maturity=maturity)
    expected = [] if first is None else [(first, str(engine.add_years(day(first), 3)))]
    assert [found[1:3] for found in listed(unit)] == expected


def test_a_level_lost_after_the_listing_began_takes_nothing_away() -> None:
    unit = life((SHOP, "2025-11-20"), maturity=[("2025-11-20", 2), ("2026-01-01", 1)])
    assert listed(unit) == [("basic", "2025-11-20", "2028-11-20", "expired")]


def test_a_title_that_asks_for_no_maturity_does_not_look_at_it() -> None:
    unit = life((PLANT, "2025-11-20"), maturity=[("2025-11-20", 1)])
    assert listed(unit) == [("basic", "2025-11-20", "2028-11-20", "expired")]


@pytest.mark.parametrize(
    ("on", "level"), [("2025-01-31", 0), ("2025-02-01", 3), ("2025-02-02", 3), ("2026-01-01", 1)]
)
def test_level_in_force_is_that_of_the_latest_assessment(on: str, level: int) -> None:
    unit = life((SHOP, "2025-01-01"), maturity=[("2026-01-01", 1), ("2025-02-01", 2), ("2025-02-01", 3)])
    assert engine.level_in_force(unit.maturity, day(on)) == level


@pytest.mark.parametrize(
    ("awarded", "expected"),
    [
        ("2023-06-01", ("advanced", "2025-05-28", "2028-05-28", "expired")),
        ("2025-05-27", ("advanced", "2025-05-28", "2028-05-28", "expired")),
        ("2025-05-28", ("advanced", "2025-05-28", "2028-05-28", "expired")),
        ("2025-05-29", ("advanced", "2025-05-29", "2028-05-29", "expired")),
    ],
)
def test_listed_from_holds_back_only_earlier_awards(awarded: str, expected: Seen) -> None:
    assert listed(life((MODEL, awarded))) == [expected]


def test_the_term_counts_from_listed_from() -> None:
    unit = life((MODEL, "2023-06-01"))
    assert [stands(unit, on=found).status for found in around("2025-05-28")] == [
        "upcoming",
        "listed",
        "listed",
    ]
    assert [stands(unit, on=found).status for found in around("2028-05-28")] == [
        "listed",
        "listed",
        "expired",
    ]


def test_first_listed_day_needs_no_policy() -> None:
    assert engine.first_listed_day(title(BETTER), day("2025-11-20"), ()) == day("2025-11-20")
    assert engine.first_listed_day(title(SHOP), day("2025-11-20"), ()) is None
    assert engine.first_listed_day(title(MODEL), day("2023-06-01"), ()) == day("2025-05-28")
