"""The index of the directory: every unit once, what was derived and nothing else, in files named by their bytes."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from generator import finder
from generator.checks.desk import examine
from generator.rules.terms import STATUSES
from generator.views.book import Book
from tests.books import book
from tests.conftest import ROOT


@pytest.fixture(scope="module", params=["registry", "tests/registries/qingdao-2024"])
def shown(request: pytest.FixtureRequest) -> Book:
    return book(name=request.param)


def parts(shown: Book) -> dict[str, Any]:
    return {part.name: json.loads(part.content) for part in finder.parts(shown)}


def test_every_column_is_as_long_as_the_register(shown: Book) -> None:
    found = parts(shown)
    units = list(shown.registry.units.values())
    assert found["names"]["units"].split("\n") == [unit.name for unit in units]
    enterprises = found["names"]["enterprises"].split("\n")
    codes = found["codes"]["codes"].split("\n")
    assert len(enterprises) == len(codes)
    assert [(enterprises[at], codes[at] or None) for at in found["names"]["of"]] == [
        (unit.enterprise, unit.uscc) for unit in units
    ]
    facets = found["facets"]
    for column in ("kind", "county", "industry", "year", "life"):
        assert len(facets[column]) == len(units)


def test_ids_come_back_from_their_runs() -> None:
    ids = ["2301-0001", "2301-0002", "2301-0004", "2301-00005", "2301-10000", "2302-0001"]
    runs = finder._id_runs(ids)
    told = [f"{before}{first + at:0{digits}d}" for before, digits, first, many in runs for at in range(many)]
    assert told == ids
    assert runs[0] == ("2301-", 4, 1, 2)


def test_a_life_is_the_faces_of_its_unit(shown: Book) -> None:
    facets = parts(shown)["facets"]
    tiers = [tier.id for tier in shown.policy.tiers]
    for unit, at in zip(shown.registry.units.values(), facets["life"], strict=True):
        before, *rest = facets["lives"][at]
        told: list[tuple[date | None, int]] = [(None, before)]
        told += [
            (date(1970, 1, 1) + timedelta(days=day), state)
            for day, state in zip(rest[::2], rest[1::2], strict=True)
        ]
        assert [
            (day, tiers[state - len(STATUSES)] if state >= len(STATUSES) else STATUSES[state])
            for day, state in told
        ] == [(face.first, face.tier or face.status) for face in shown.account(unit).faces]


def test_letters_stand_for_all_their_readings() -> None:
    initials = parts(book())["names"]["initials"]
    assert "哈" in initials["h"]
    assert "重" in initials["z"]
    assert "重" in initials["c"]


def test_withdrawn_cases_are_not_found(shown: Book) -> None:
    cases = parts(shown)["cases"]
    wanted = [case for case in shown.cases if not shown.withdrawn(case)]
    assert cases["ids"] == [case.id for case in wanted]
    names = list(shown.registry.units)
    assert [names[at] for at in cases["of"]] == [case.factory for case in wanted]


def test_a_part_is_named_by_its_bytes_and_is_where_the_page_looks(built: Callable[..., Path]) -> None:
    site = built("registry")
    page = (site / "directory/index.html").read_text(encoding="utf-8")
    files = sorted((site / "directory/index").iterdir())
    assert len(files) == 4
    for file in files:
        name, hashed = file.stem.split("-")
        assert sha256(file.read_bytes()).hexdigest().startswith(hashed)
        assert f'data-{name}="../directory/index/{file.name}"' in page


def test_nothing_of_the_index_tells_a_status_of_the_day() -> None:
    """The day asked for is the reader's: but for the day itself, awards and cases of two builds are the same."""
    earlier = examine(ROOT / "registry", as_of=date(2026, 11, 23))
    assert earlier.registry
    assert earlier.ledger
    one = parts(Book(earlier.registry, earlier.ledger, earlier.as_of))["facets"]
    other = parts(book())["facets"]
    assert {**one, "as_of": None} == {**other, "as_of": None}
