"""What a workbook shows besides its rows is kept and made again where it is another; texts are written one by one or many."""

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.cache import Cache
from generator.downloads.cells import LONGEST, _string, _strings
from generator.downloads.sheets import Imprint, Sheet, imprint, sheets
from generator.downloads.workbook import as_workbook
from generator.exports import tables
from tests.books import book

BASE = "https://registry.example/"


@pytest.fixture(scope="module")
def sheet() -> Sheet:
    found = {sheet.table.name: sheet for sheet in sheets(book(), tables.contents(book(), BASE))}
    return found["documents"]


@pytest.fixture(scope="module")
def owner() -> Imprint:
    return imprint(book(), BASE)


def turned(sheet: Sheet) -> Sheet:
    """The same rows, so that the same widths are needed, in another order."""
    return replace(sheet, rows=list(reversed(sheet.rows)))


def test_xlsxwriter_is_not_asked_again_whatever_the_rows_say(
    sheet: Sheet, owner: Imprint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = Cache(tmp_path, tmp_path)
    expected, other = as_workbook(sheet, owner), as_workbook(turned(sheet), owner)
    assert expected != other
    assert as_workbook(sheet, owner, cache) == expected
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    assert as_workbook(sheet, owner, cache) == expected
    assert as_workbook(turned(sheet), owner, cache) == other


CHANGES: dict[str, Callable[[Sheet, Imprint], tuple[Sheet, Imprint]]] = {
    "fewer rows": lambda sheet, owner: (replace(sheet, rows=sheet.rows[1:]), owner),
    "no rows": lambda sheet, owner: (replace(sheet, rows=[]), owner),
    "a wider column": lambda sheet, owner: (
        replace(sheet, rows=[replace(sheet.rows[0], title="某" * 99), *sheet.rows[1:]]),
        owner,
    ),
    "the day": lambda sheet, owner: (replace(sheet, as_of=date(2026, 1, 2)), owner),
    "the next day with a change": lambda sheet, owner: (
        replace(sheet, next_transition=date(2027, 1, 2)),
        owner,
    ),
    "the title": lambda sheet, owner: (replace(sheet, table=replace(sheet.table, title="别的标题")), owner),
    "the description": lambda sheet, owner: (
        replace(sheet, table=replace(sheet.table, description="另有说明。")),
        owner,
    ),
    "other columns": lambda sheet, owner: (
        replace(sheet, table=replace(tables.CASES, name=sheet.table.name), rows=[]),
        owner,
    ),
    "the licence": lambda sheet, owner: (sheet, replace(owner, licence="CC0 1.0")),
    "the name": lambda sheet, owner: (sheet, replace(owner, name="示例省智能工厂名录")),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_is_kept_is_not_shown_where_it_is_another(
    sheet: Sheet,
    owner: Imprint,
    change: Callable[[Sheet, Imprint], tuple[Sheet, Imprint]],
    tmp_path: Path,
) -> None:
    cache = Cache(tmp_path, tmp_path)
    before = as_workbook(sheet, owner, cache)
    now = as_workbook(*change(sheet, owner), cache)
    assert now == as_workbook(*change(sheet, owner))
    assert now != before


TEXTS = st.text(st.sampled_from("a_x005F &<>\t\n　智\x01￿"), max_size=12)


@given(st.lists(TEXTS, min_size=1, max_size=8))
def test_many_texts_are_written_as_each_would_be(texts: list[str]) -> None:
    assert _strings(texts) == "".join(map(_string, texts))


@pytest.mark.parametrize("length", [LONGEST // 2, LONGEST // 2 + 1, LONGEST + 1])
def test_a_long_text_among_many_is_cut_as_it_would_be_alone(length: int) -> None:
    texts = ["短", "\U00020000" * length]
    assert _strings(texts) == "".join(map(_string, texts))
