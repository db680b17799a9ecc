"""The export: every fact of the registry in the template's form, and nothing changes when it comes back."""

import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from msgspec.structs import replace

from generator.registry import Registry
from generator.sheets.book import as_book
from generator.sheets.drafts import Given
from generator.sheets.facts import Facts, Wanted, facts
from generator.sheets.opening import open_content
from generator.sheets.planning import Plan, plan
from generator.sheets.storing import store

AS_OF = date(2026, 11, 24)


@pytest.fixture(scope="module")
def whole(registry: Registry) -> Facts:
    return facts(registry, Wanted())


@pytest.fixture(scope="module")
def content(registry: Registry, whole: Facts) -> bytes:
    return as_book(registry, whole.rows, as_of=AS_OF)


def imported(content: bytes, registry: Registry, *, keep_numbers: bool = False) -> Plan:
    return plan(open_content("导出", content), registry, Given(), as_of=AS_OF, keep_numbers=keep_numbers)


def test_every_fact_has_a_row(registry: Registry, whole: Facts) -> None:
    units = registry.units.values()
    assert {kind: len(rows) for kind, rows in whole.rows.items()} == {
        "award": sum(len(unit.titles) for unit in units) - len(whole.rows["renewal"]),
        "renewal": 9,
        "revocation": sum(len(unit.revocations) for unit in units),
        "maturity": sum(len(unit.maturity) for unit in units),
        "rename": sum(len(unit.former_names) for unit in units),
        "closing": sum(unit.closed is not None for unit in units),
        "case": len(registry.cases),
        "report": sum(len(unit.reports) for unit in units),
        "correction": sum(len(unit.corrections) for unit in units),
    }
    assert whole.told == []


def test_the_export_of_the_demonstration_changes_nothing_when_imported(
    registry: Registry, content: bytes
) -> None:
    made = imported(content, registry)
    assert (made.wrong, made.told, made.sentences, made.changes) == ((), (), (), ())
    assert made.unchanged == 577


def test_the_export_makes_an_empty_registry_the_same_byte_for_byte(
    registry: Registry, content: bytes, tmp_path: Path
) -> None:
    empty = replace(
        registry,
        units={},
        cases={},
        files={
            key: file
            for key, file in registry.files.items()
            if key[0] in ("documents", "vocabulary", "lists")
        },
    )
    made = imported(content, empty, keep_numbers=True)
    assert made.wrong == ()
    store(tmp_path, made.changes)
    for kind, keys in (("factories", registry.units), ("cases", registry.cases)):
        written = {path.stem: path.read_bytes() for path in (tmp_path / kind).rglob("*.yml")}
        assert written == {key: registry.file(kind, key).content for key in keys}


def test_a_part_of_the_export_changes_nothing_either(registry: Registry) -> None:
    for wanted, units in (
        (Wanted(city="大庆市"), {unit.id for unit in registry.units.values() if unit.city == "大庆市"}),
        (Wanted(units=("2301-0012", "2306-0039")), {"2301-0012", "2306-0039"}),
        (Wanted(year=2026), None),
    ):
        found = facts(registry, wanted)
        assert 0 < found.count < 577
        if units is not None:
            assert {row["unit"] for rows in found.rows.values() for row in rows} == units
        made = imported(as_book(registry, found.rows, as_of=AS_OF), registry)
        assert (made.wrong, made.changes) == ((), ())


def test_the_facts_of_a_year_are_those_dated_in_it(registry: Registry) -> None:
    found = facts(registry, Wanted(year=2026))
    for row in (*found.rows["award"], *found.rows["renewal"], *found.rows["revocation"]):
        day = row.get("date") or registry.documents[str(row["document"])].date
        assert isinstance(day, date)
        assert day.year == 2026
    assert {str(row["published"])[:4] for row in found.rows["case"]} == {"2026"}


def test_the_export_has_days_as_days_and_codes_as_text(content: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(content))
    page = book["授予"]
    heads = [str(cell.value).removesuffix("*") for cell in page[1]]
    row = dict(zip(heads, page[2], strict=True))
    assert (row["序号"].value, row["编号"].value) == (1, "2301-0001")
    assert row["统一社会信用代码"].number_format == "@"
    assert isinstance(row["统一社会信用代码"].value, str)
    maturity = book["成熟度"]
    assert maturity["F2"].is_date
    assert isinstance(maturity["G2"].value, int)


def test_a_new_row_below_the_export_is_the_only_change(registry: Registry, content: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(content))
    page = book["成熟度"]
    page.append([999, "2301-0001", None, None, None, "2026年11月2日", "三级", "评估"])
    out = io.BytesIO()
    book.save(out)
    made = imported(out.getvalue(), registry)
    assert made.wrong == ()
    assert [sentence.split("：")[1] for sentence in made.sentences] == ["2026-11-02 成熟度评估 3 级"]
    assert [change.path for change in made.changes] == ["factories/230100/2301-0001.yml"]


def test_order_of_awards_comes_out_again_whatever_it_is(registry: Registry) -> None:
    """An award of a new title behind a renewal stays behind it."""
    unit = next(one for one in registry.units.values() if len(one.titles) == 2)
    first, second = unit.titles
    for titles in (
        (first, second, replace(first, date=date(2026, 3, 2))),
        (first, replace(first, date=date(2026, 3, 2)), second),
    ):
        odd = replace(registry, units={unit.id: replace(unit, titles=titles)}, cases={})
        found = facts(odd, Wanted())
        rows = [*found.rows["award"], *found.rows["renewal"]]
        assert [(row["title"], row.get("date")) for row in rows] == [(one.title, one.date) for one in titles]
