"""The database answers as the ledger does, refuses what breaks it, and opens in Datasette with its own words."""

import asyncio
import json
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from msgspec import structs
from msgspec.structs import replace

from generator.downloads.database import ON_A_DAY, as_database
from generator.downloads.sheets import imprint, sheets
from generator.exports import tables
from generator.rules.engine import highest
from tests.books import book

BASE = "https://registry.example/"


@pytest.fixture
def base(site: Path) -> Iterator[sqlite3.Connection]:
    found = sqlite3.connect(f"file:{site / 'data/registry.sqlite'}?mode=ro", uri=True)
    yield found
    found.close()


def test_it_is_whole(base: sqlite3.Connection) -> None:
    assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert base.execute("PRAGMA foreign_key_check").fetchall() == []
    found = base.execute("SELECT type, name FROM sqlite_schema WHERE type IN ('table', 'view') ORDER BY name")
    assert found.fetchall() == [
        ("table", "about"),
        ("table", "authorities"),
        ("table", "case_scenes"),
        ("table", "cases"),
        ("table", "cities"),
        ("table", "documents"),
        ("view", "expiring"),
        ("table", "industries"),
        ("view", "listed"),
        ("table", "listings"),
        ("table", "scenes"),
        ("table", "tiers"),
        ("table", "units"),
    ]


def test_every_reference_is_a_foreign_key(base: sqlite3.Connection) -> None:
    def leads(table: str) -> set[tuple[str, str, str]]:
        found = base.execute(f"PRAGMA foreign_key_list({table})").fetchall()
        return {(row[3], row[2], row[4]) for row in found}

    assert leads("units") == {
        ("city", "cities", "code"),
        ("industry", "industries", "code"),
        ("tier", "tiers", "id"),
    }
    assert leads("listings") == {
        ("unit", "units", "id"),
        ("document", "documents", "number"),
        ("tier", "tiers", "id"),
    }
    assert leads("cases") == {("factory", "units", "id")}
    assert leads("case_scenes") == {
        ("case", "cases", "id"),
        ("edition", "scenes", "edition"),
        ("scene", "scenes", "number"),
    }
    assert leads("documents") == {("authority", "authorities", "id")}


@pytest.mark.parametrize("name", ["units", "listings", "cases", "documents"])
def test_it_holds_what_the_other_forms_hold(site: Path, base: sqlite3.Connection, name: str) -> None:
    base.row_factory = sqlite3.Row
    table = next(found for found in tables.TABLES if found.name == name)
    kept = [column for column in table.columns if column.form != "list"]
    stored = [dict(row) for row in base.execute(f"SELECT * FROM {name} ORDER BY rowid")]
    lines = (site / f"data/{name}.jsonl").read_text(encoding="utf-8").splitlines()
    told = [{column.name: row[column.name] for column in kept} for row in map(json.loads, lines)]
    assert stored == told
    assert [list(row) for row in stored[:1]] == [[column.name for column in kept]]


def test_the_scenes_of_cases_are_all_there(site: Path, base: sqlite3.Connection) -> None:
    lines = (site / "data/cases.jsonl").read_text(encoding="utf-8").splitlines()
    told = {
        (row["id"], number, name)
        for row in map(json.loads, lines)
        for number, name in zip(row["scenes"], row["scene_names"], strict=True)
    }
    found = base.execute(
        'SELECT "case", scene, name FROM case_scenes'
        " JOIN scenes ON scenes.edition = case_scenes.edition AND scenes.number = scene"
    ).fetchall()
    assert set(found) == told
    assert len(found) == len(told)


@pytest.mark.parametrize(
    "day", ["2025-05-27", "2025-05-28", "2025-06-30", "2026-11-24", "2028-05-28", "2028-05-29"]
)
def test_it_tells_who_stood_in_the_list_on_a_day(base: sqlite3.Connection, day: str) -> None:
    """The days before, on and after the first and the last day of the earliest listings among them."""
    present = book()
    expected = {}
    for unit, account in present.ledger.accounts.items():
        found = highest(account.listings, date.fromisoformat(day), present.policy)
        if found:
            expected[unit] = present.policy.tier(found.tier).name
    rows = base.execute(ON_A_DAY, {"day": day}).fetchall()
    assert {row[0]: row[3] for row in rows} == expected
    assert len(rows) == len(expected)
    assert all(row[4] <= day <= (row[5] or "9999") for row in rows)


def test_the_views_are_those_of_the_day(base: sqlite3.Connection) -> None:
    present = book()
    listed = {unit for unit, standing in present.standings.items() if standing.tier}
    assert {row[0] for row in base.execute("SELECT id FROM listed")} == listed
    expiring = sorted(
        (str(standing.valid_through), unit)
        for unit, standing in present.standings.items()
        if standing.expiring
    )
    assert base.execute("SELECT valid_through, id FROM expiring").fetchall() == expiring
    assert expiring
    about = dict(base.execute("SELECT key, value FROM about").fetchall())
    assert about["as_of"] == "2026-11-24"
    assert about["next_transition"] == str(present.ledger.next_transition(as_of=present.as_of))
    assert about["licence"] == "CC BY 4.0"


@pytest.mark.parametrize(
    ("table", "altered", "refused"),
    [
        ("units", {"status": "gone"}, "CHECK"),
        ("units", {"tier": None}, "CHECK"),
        ("units", {"city": "999999"}, "FOREIGN KEY"),
        ("units", {"name": None}, "NOT NULL"),
        ("listings", {"through": date(2000, 1, 1)}, "CHECK"),
        ("listings", {"document": "无此文号"}, "FOREIGN KEY"),
        ("listings", {"unit": "9999-0001"}, "FOREIGN KEY"),
        ("cases", {"scenes": (99,)}, "FOREIGN KEY"),
        ("documents", {"authority": "nobody"}, "FOREIGN KEY"),
    ],
)
def test_what_breaks_a_rule_is_refused(table: str, altered: dict[str, Any], refused: str) -> None:
    present = book()
    made = sheets(present, tables.contents(present, BASE))
    broken = [
        replace(sheet, rows=[structs.replace(sheet.rows[0], **altered), *sheet.rows[1:]])
        if sheet.table.name == table
        else sheet
        for sheet in made
    ]
    with pytest.raises(sqlite3.IntegrityError, match=refused):
        as_database(present, imprint(present, BASE), broken)


def test_it_comes_out_the_same() -> None:
    present = book()
    made = sheets(present, tables.contents(present, BASE))
    owner = imprint(present, BASE)
    assert as_database(present, owner, made) == as_database(present, owner, made)


def asked(site: Path, *paths: str) -> list[tuple[int, str]]:
    """The answers of Datasette, in this process, to some addresses."""
    from datasette.app import Datasette

    async def ask() -> list[tuple[int, str]]:
        metadata = json.loads((site / "data/metadata.json").read_text(encoding="utf-8"))
        opened = Datasette([str(site / "data/registry.sqlite")], metadata=metadata)
        await opened.invoke_startup()
        answers = [await opened.client.get(path) for path in paths]
        return [(answer.status_code, answer.text) for answer in answers]

    # In a thread of its own: the one of the browser tests has a loop that is running.
    with ThreadPoolExecutor(1) as aside:
        return aside.submit(lambda: asyncio.run(ask())).result()


# Datasette's own dependencies warn of their own futures.
@pytest.mark.filterwarnings("default")
def test_datasette_opens_it_with_its_words(site: Path) -> None:
    every = [table.name for table in tables.TABLES] + [
        "about", "authorities", "case_scenes", "cities", "industries", "scenes", "tiers", "listed", "expiring",
    ]  # fmt: skip
    answers = asked(site, "/", "/registry", *(f"/registry/{name}" for name in every))
    assert [code for code, _ in answers] == [200] * len(answers)
    assert "黑龙江省智能工厂梯度培育名录" in answers[0][1]
    assert "某一天的名单" in answers[1][1]
    assert "CC BY 4.0" in answers[1][1]
    units = answers[2][1]
    assert "全部登记的单元，每个一行" in units
    assert "统一社会信用代码：十八位代码" in units
    # A reference shows the name of what it leads to.
    assert '<a href="/registry/cities/230100">哈尔滨市</a>' in units
    listings = answers[3][1]
    assert '<a href="/registry/units/2301-0001">' in listings or "/registry/units/" in listings


@pytest.mark.filterwarnings("default")
def test_datasette_answers_for_a_day(site: Path, base: sqlite3.Connection) -> None:
    [(code, text), (_, page)] = asked(
        site,
        "/registry/list-on-a-day.json?day=2026-06-30&_shape=array",
        f"/registry/list-on-a-day?day={quote('2026-06-30')}",
    )
    assert code == 200
    found = json.loads(text)
    rows = base.execute(ON_A_DAY, {"day": "2026-06-30"}).fetchall()
    assert [row["id"] for row in found] == [row[0] for row in rows]
    assert len(found) == 296
    assert "某一天的名单" in page
