"""The API says what the ledger says: on boundary days, in every file of a unit, month by month, and in its numbers."""

import json
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from generator.checks.desk import examine
from generator.exports import tables
from generator.exports.encoding import as_json
from generator.reading import VOCABULARY_FILES
from generator.rules.ledger import Ledger
from generator.site.api import api
from generator.site.press import File, Press
from generator.site.units import units
from generator.views import words
from generator.views.badges import frame
from generator.views.book import Book
from generator.views.extract import Extract
from tests.books import book
from tests.books import files as made_of
from tests.conftest import AS_OF, ROOT
from tests.site.api_files import Json, files, read

BASE = "https://registry.example/"
ONE_DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def present() -> Book:
    return book()


def contents(found: Book) -> dict[str, Any]:
    some = tuple(found.registry.units)
    every = units(Press(found, base=BASE), Extract.around(found, some), frame(found), some)
    made = [*api(found, BASE, tables.contents(found, BASE)), *every]
    return {
        file.path: json.loads(file.content)
        for file in made
        if isinstance(file, File) and file.path.startswith("api")
    }


def on(present: Book, day: date) -> dict[str, Any]:
    return contents(Book(present.registry, present.ledger, day))


@pytest.fixture(scope="module")
def told(present: Book) -> dict[str, Any]:
    return contents(present)


def unit_files(told: dict[str, Any]) -> list[Json]:
    return [found for path, found in told.items() if path.startswith("api/v1/factories/")]


def test_the_site_holds_what_is_told(site: Path, told: dict[str, Any]) -> None:
    for path, found in told.items():
        assert read(site / path) == found, path


def test_a_unit_has_a_file_that_begins_as_in_the_file_of_all(told: dict[str, Any]) -> None:
    units = told["api/v1/factories.json"]["factories"]
    assert len(units) == 340
    for unit in units:
        own = told[f"api/v1/factories/{unit['id']}.json"]
        assert {key: own[key] for key in unit} == unit
        assert list(own)[: len(unit)] == list(unit)


def test_a_unit_with_everything(present: Book, told: dict[str, Any]) -> None:
    """The addresses, names and facts of each unit are those of its record."""
    for unit in present.registry.units.values():
        own = told[f"api/v1/factories/{unit.id}.json"]
        assert own["as_of"] == AS_OF
        assert own["page"] == f"{BASE}factories/{unit.id}/"
        assert own["badge"] == f"{BASE}badges/{unit.id}.svg"
        assert own["record"] == f"{BASE}factories/{unit.id}/record.yml"
        assert (own["city_name"], own["zone"], own["website"]) == (unit.city, unit.zone, unit.website)
        assert own["industry_name"] == present.registry.industry(unit.industry)
        assert own["former_names"] == [
            {"name": name.name, "until": name.until.isoformat()} for name in unit.former_names
        ]
        assert Counter((row["title"], row["document"], row["exception"]) for row in own["titles"]) == Counter(
            (award.title, award.document, award.exception) for award in unit.titles
        )
        assert {(row["title"], row["reason"]) for row in own["revocations"]} == {
            (found.title, found.reason) for found in unit.revocations
        }
        for row in own["titles"] + own["revocations"]:
            document = present.registry.documents[row["document"]]
            assert row["authority"] == document.authority
            assert row["authority_name"]
        for key in ("titles", "revocations", "maturity", "corrections"):
            days = [row["day"] for row in own[key]]
            assert days == sorted(days)
        assert [row["level"] for row in own["maturity"]] == [
            found.level for found in sorted(unit.maturity, key=lambda found: found.date)
        ]
        assert own["closed"] == (
            {
                "day": unit.closed.date.isoformat(),
                "reason": unit.closed.reason,
                "successor": unit.closed.successor,
            }
            if unit.closed
            else None
        )
        assert len(own["corrections"]) == len(unit.corrections)
        assert own["cases"] == sorted(case.id for case in present.cases if case.factory == unit.id)


def test_every_kind_of_fact_is_met(told: dict[str, Any]) -> None:
    found = unit_files(told)
    for key in (
        *("former_names", "titles", "revocations", "maturity", "holdings", "changes", "reports"),
        *("cases", "enterprise_units", "closed", "corrections", "barred_through", "zone", "website"),
    ):
        assert any(own[key] for own in found), key
    assert any(row["given"] is None for own in found for row in own["reports"])
    assert any(row["given"] for own in found for row in own["reports"])


def test_units_of_an_enterprise_name_each_other(told: dict[str, Any]) -> None:
    named = {own["id"]: set(own["enterprise_units"]) for own in unit_files(told)}
    for unit, others in named.items():
        assert unit not in others
        for other in others:
            assert named[other] == (others | {unit}) - {other}


def chosen(present: Book) -> list[str]:
    """Units with a boundary of each kind: one for every way a listing ends and a status is."""
    found: dict[object, str] = {}
    for unit, account in present.ledger.accounts.items():
        for listing in account.listings:
            found.setdefault(listing.ended_by, unit)
        for holding in account.holdings:
            found.setdefault(("holding", holding.ended_by), unit)
        found.setdefault(present.standings[unit].status, unit)
    return sorted(set(found.values()))


def test_on_boundary_days_a_unit_is_what_the_ledger_says(present: Book) -> None:
    """The day, the day before and the day after each change of a handful of units."""
    ledger = Ledger.of(present.registry)
    units = chosen(present)
    assert len(units) >= 6
    days = {
        turn + step
        for unit in units
        for turn in ledger.accounts[unit].transitions
        for step in (-ONE_DAY, timedelta(), ONE_DAY)
    }
    assert len(days) > 20
    for day in sorted(days):
        told = on(present, day)
        for unit in units:
            own = told[f"api/v1/factories/{unit}.json"]
            standing = ledger.standing(unit, as_of=day)
            assert own["as_of"] == day.isoformat()
            assert (own["status"], own["tier"], own["expiring"]) == (
                standing.status,
                standing.tier,
                standing.expiring,
            )
            following = [turn for turn in ledger.accounts[unit].transitions if turn > day]
            assert own["next_transition"] == (following[0].isoformat() if following else None)
            held = [
                row["tier"]
                for row in own["holdings"]
                if row["from"] <= day.isoformat()
                and (row["through"] is None or day.isoformat() <= row["through"])
            ]
            assert held == ([standing.tier] if standing.tier else [])
            assert all(change["day"] <= day.isoformat() for change in own["changes"])


def test_a_change_is_told_on_its_day_and_not_before(present: Book) -> None:
    change = present.ledger.changes(as_of=present.as_of)[0]
    path = f"api/v1/factories/{change.unit}.json"
    month = f"api/v1/changes/{change.day:%Y-%m}.json"

    def days(told: dict[str, Any]) -> tuple[list[str], list[str]]:
        rows = told[month]["changes"] if month in told else []
        return (
            [found["day"] for found in told[path]["changes"]],
            [found["day"] for found in rows if found["unit"] == change.unit],
        )

    for day, there in ((change.day - ONE_DAY, False), (change.day, True), (change.day + ONE_DAY, True)):
        own, monthly = days(on(present, day))
        assert (change.day.isoformat() in own) == there
        assert (change.day.isoformat() in monthly) == there


def test_months_hold_every_change_once(present: Book, told: dict[str, Any]) -> None:
    index = told["api/v1/changes/index.json"]["months"]
    named = [row["month"] for row in index]
    assert named == sorted(named, reverse=True)
    found = []
    for row in index:
        path = row["url"].removeprefix(BASE)
        month = told[path]
        assert (month["month"], month["number"]) == (row["month"], row["number"])
        assert row["number"] > 0
        assert len(month["changes"]) == month["number"]
        for change in month["changes"]:
            assert change["day"][:7] == row["month"]
            unit = present.registry.units[change["unit"]]
            assert (change["name"], change["enterprise"]) == (unit.name, unit.enterprise)
            assert (change["city"], change["page"]) == (
                present.city(unit).code,
                f"{BASE}factories/{unit.id}/",
            )
        found += month["changes"]
    expected = present.ledger.changes(as_of=present.as_of)
    assert [(row["unit"], row["day"], row["kind"], row["before"], row["after"]) for row in found] == [
        (change.unit, change.day.isoformat(), change.kind, change.before, change.after) for change in expected
    ]
    for row, change in zip(found, expected, strict=True):
        assert row["kind_name"] == words.CHANGES[change.kind]
        assert row["document"] == change.document
        assert row["cancelled"] == (
            {
                "unit": change.cancelled.unit,
                "title": change.cancelled.title,
                "document": change.cancelled.document,
            }
            if change.cancelled
            else None
        )
        own = told[f"api/v1/factories/{change.unit}.json"]["changes"]
        more = ("unit", "name", "enterprise", "city", "page")
        assert {key: value for key, value in row.items() if key not in more} in own
    assert len(found) == sum(len(own["changes"]) for own in unit_files(told))


def test_a_month_that_is_over_stays_as_it_is(present: Book) -> None:
    """So that whoever keeps a copy need not fetch it again; the month that runs says how far it goes."""
    running, over = "api/v1/changes/2026-06.json", "api/v1/changes/2026-05.json"
    first, second = on(present, date(2026, 6, 26)), on(present, date(2026, 6, 27))
    assert first[over] == second[over]
    assert first[over]["through"] == "2026-05-31"
    assert (first[running]["through"], second[running]["through"]) == ("2026-06-26", "2026-06-27")
    end, after = on(present, date(2026, 6, 30)), on(present, date(2026, 7, 1))
    assert end[running] == after[running]


def test_tables_are_those_of_the_downloads(present: Book, told: dict[str, Any]) -> None:
    rows = tables.contents(present, BASE)
    for name in ("listings", "cases", "documents"):
        found = told[f"api/v1/{name}.json"]
        assert list(found) == ["as_of", "next_transition", name]
        assert as_json(rows[name]) == as_json(found[name])


def test_the_numbers_are_those_one_gets_by_counting(present: Book, told: dict[str, Any]) -> None:
    numbers = told["api/v1/statistics.json"]
    units = told["api/v1/factories.json"]["factories"]
    listed = [unit for unit in units if unit["tier"]]
    assert (numbers["units"], numbers["listed"]) == (len(units), len(listed))

    def counted(name: str, *keys: str) -> dict[tuple[Any, ...], int]:
        found = {tuple(row[key] for key in keys): row["number"] for row in numbers[name]}
        assert len(found) == len(numbers[name])
        return {key: number for key, number in found.items() if number}

    assert counted("listed_by_tier", "tier") == Counter((unit["tier"],) for unit in listed)
    assert counted("listed_by_city", "city", "tier") == Counter(
        (unit["city"], unit["tier"]) for unit in listed
    )
    assert counted("listed_by_division", "division", "tier") == Counter(
        (unit["industry"][:2], unit["tier"]) for unit in listed
    )
    assert counted("standings", "status", "expiring") == Counter(
        (unit["status"], unit["expiring"]) for unit in units
    )
    tiers = {title.name: title.tier for title in present.policy.titles}
    assert counted("awards_by_year", "year", "tier") == Counter(
        (int(row["day"][:4]), tiers[row["title"]])
        for own in unit_files(told)
        for row in own["titles"]
        if row["day"] <= AS_OF
    )
    ends = counted("listed_at_year_ends", "day", "tier")
    assert ends == Counter(
        (day, holding["tier"])
        for day in {row["day"] for row in numbers["listed_at_year_ends"]}
        for own in unit_files(told)
        for holding in own["holdings"]
        if holding["from"] <= day and (holding["through"] is None or day <= holding["through"])
    )
    assert {day for day, _ in ends} >= {AS_OF, "2025-12-31"}
    assert len(numbers["listed_by_city"]) == 4 * len(present.registry.cities.prefectures)


def test_status_names_are_the_same_everywhere(told: dict[str, Any]) -> None:
    names = {
        (row["status"], row["expiring"]): row["status_name"]
        for row in told["api/v1/statistics.json"]["standings"]
    }
    for own in unit_files(told):
        assert names[own["status"], own["expiring"]] == own["status_name"]


def test_the_index_names_every_kind_of_file(site: Path) -> None:
    found = read(site / "api/v1/index.json")
    assert {row["name"] for row in found["files"]} == {name for name, _ in files(site)}
    for row in found["files"]:
        if row["schema"]:
            assert (site / row["schema"].removeprefix(BASE)).is_file()


def test_another_place_speaks_of_itself(built: Callable[..., Path]) -> None:
    site = built("qingdao-2024")
    assert read(site / "api/v1/index.json")["name"] == "青岛市国家级智能工厂名录（2024年度第一批）"
    assert {row["city"] for row in read(site / "api/v1/statistics.json")["listed_by_city"]} == {"370200"}


def test_a_register_without_records_has_an_api(tmp_path: Path) -> None:
    for name in VOCABULARY_FILES:
        (tmp_path / name).write_bytes((ROOT / "registry" / name).read_bytes())
    examined = examine(tmp_path, as_of=date(2026, 11, 24))
    assert examined.registry
    assert examined.ledger
    empty = Book(examined.registry, examined.ledger, examined.as_of)
    told = contents(empty)
    assert told["api/v1/factories.json"] == {
        "as_of": "2026-11-24",
        "next_transition": None,
        "factories": [],
    }
    assert told["api/v1/changes/index.json"]["months"] == []
    assert told["api/v1/statistics.json"]["listed_at_year_ends"] == []
    made = [file.path for file in made_of(empty, BASE)]
    assert made[-1] == "api/v1/manifest.json"


def test_the_same_facts_give_the_same_bytes(present: Book) -> None:
    def made() -> list[tuple[str, bytes]]:
        found = Book(present.registry, Ledger.of(present.registry), present.as_of)
        return [(file.path, file.content) for file in made_of(found, BASE)]

    assert made() == made()
