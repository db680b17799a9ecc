"""The published tables: every row says what the ledger says, and every column says what it means."""

from datetime import date

import pytest
from msgspec import Struct, to_builtins

from generator.exports import tables
from generator.views.book import Book
from tests.books import book

BASE = "https://registry.example/"


@pytest.fixture(scope="module")
def present() -> Book:
    return book()


def test_every_column_has_a_name_a_title_and_a_meaning() -> None:
    for table in tables.TABLES:
        names = [column.name for column in table.columns]
        assert len(set(names)) == len(names)
        titles = [column.title for column in table.columns]
        assert len(set(titles)) == len(titles), table.name
        assert all(column.description.endswith("。") for column in table.columns)
        assert set(table.key) <= set(names)
        assert set(table.leads) <= set(names)


def test_a_column_without_a_meaning_is_refused() -> None:
    class Bare(Struct):
        day: date

    with pytest.raises(TypeError, match=r"Bare\.day has no title or description"):
        tables.columns(Bare)


def test_keys_are_unique_and_leads_lead_somewhere(present: Book) -> None:
    found = {
        name: [to_builtins(row) for row in rows] for name, rows in tables.contents(present, BASE).items()
    }
    assert len(found["units"]) == 340
    assert len(found["cases"]) == len(present.cases)
    keys = {
        table.name: [tuple(row[k] for k in table.key) for row in found[table.name]] for table in tables.TABLES
    }
    for table in tables.TABLES:
        assert len(set(keys[table.name])) == len(keys[table.name]), table.name
        for column, other in table.leads.items():
            assert {(row[column],) for row in found[table.name]} <= set(keys[other]), (table.name, column)


def test_a_unit_stands_in_its_listings_as_its_row_says(present: Book) -> None:
    """Whoever reads only the listings finds the tier of the unit's row by the first and last days."""
    found = tables.contents(present, BASE)
    rank = {tier.id: tier.rank for tier in present.policy.tiers}
    covering: dict[str, list[str]] = {}
    for row in map(to_builtins, found["listings"]):
        if row["from"] <= "2026-11-24" and (row["through"] is None or row["through"] >= "2026-11-24"):
            covering.setdefault(row["unit"], []).append(row["tier"])
    for row in map(to_builtins, found["units"]):
        held = max(covering.get(row["id"], []), key=lambda tier: rank[tier], default=None)
        assert held == row["tier"], row
        assert (row["status"] == "listed") == (held is not None)
        assert row["page"] == f"{BASE}factories/{row['id']}/"


def test_what_lies_ahead_is_not_told_of_cases(present: Book) -> None:
    case = present.cases[0]
    before = Book(present.registry, present.ledger, date.fromordinal(case.published.toordinal() - 1))
    ids = {row["id"] for row in map(to_builtins, tables.contents(before, BASE)["cases"])}
    assert case.id not in ids
    on = Book(present.registry, present.ledger, case.published)
    assert case.id in {row["id"] for row in map(to_builtins, tables.contents(on, BASE)["cases"])}
