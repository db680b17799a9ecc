"""The template: sheets, drop-down lists, example and notes, as programs that open it see them."""

import io
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from generator.registry import Registry
from generator.sheets.book import as_book
from generator.sheets.columns import NOTES_SHEET, WORDS_SHEET
from generator.sheets.drafts import Given
from generator.sheets.gathering import gather
from generator.sheets.layouts import FORMS
from generator.sheets.opening import open_content

AS_OF = date(2026, 11, 24)


@pytest.fixture(scope="module")
def content(registry: Registry) -> bytes:
    return as_book(registry, None, as_of=AS_OF)


@pytest.fixture(scope="module")
def book(content: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def rules(book: Workbook, sheet: str) -> dict[str, Any]:
    """The rule of each column of a sheet, by the column's title."""
    page = book[sheet]
    found = {}
    for rule in page.data_validations.dataValidation:
        for area in rule.sqref.ranges:
            assert (area.min_row, area.min_col) == (2, area.max_col)
            found[str(page.cell(1, area.min_col).value).removesuffix("*")] = rule
    return found


def test_there_is_a_sheet_for_every_act_between_notes_and_words(book: Workbook) -> None:
    assert book.sheetnames == [
        NOTES_SHEET,
        "授予",
        "续期",
        "撤销",
        "成熟度",
        "更名",
        "退出",
        "典型案例",
        WORDS_SHEET,
    ]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.kind)
def test_a_sheet_is_ready_to_be_filled(book: Workbook, form: Any) -> None:
    page = book[form.title]
    heads = [str(cell.value).removesuffix("*") for cell in page[1]]
    assert heads == ["序号", *(column.title for column in form.columns)]
    assert page.freeze_panes == "B2"
    assert page["A2"].value == "示例"
    assert "示例" in str(page["B2"].value) + str(page["C2"].value) + str(page["D2"].value)
    assert page.max_row == 2
    found = rules(book, form.title)
    for column in form.columns:
        rule = found[column.title]
        assert rule.prompt == column.note
        assert len(rule.prompt) <= 255
        if column.choice:
            assert rule.type == "list"
        place = heads.index(column.title) + 1
        style = book[form.title].cell(2, place).number_format
        if column.form == "day":
            assert rule.type == "date"
            assert style == ("yyyy-mm-dd" if page.cell(2, place).value else "General")
        elif page.cell(2, place).value is not None:
            assert style == ("General" if column.form == "number" else "@"), column.title


def listed(book: Workbook, source: str) -> list[str]:
    name, area = source.removeprefix("=").split("!")
    return [str(row[0].value) for row in book[name][area.replace("$", "")]]


def test_drop_down_lists_hold_the_words_of_the_registry(book: Workbook, registry: Registry) -> None:
    found = rules(book, "授予")
    assert listed(book, found["称号"].formula1) == [title.name for title in registry.policy.titles]
    assert listed(book, found["地市"].formula1) == [city.name for city in registry.cities.prefectures]
    assert set(listed(book, found["文号"].formula1)) == set(registry.documents)
    assert "34 通用设备制造业" in listed(book, found["行业代码"].formula1)
    assert listed(book, rules(book, "退出")["原因"].formula1) == ["注销", "迁出", "合并", "自愿退出"]
    assert listed(book, rules(book, "成熟度")["等级"].formula1) == ["1", "2", "3", "4", "5"]
    strict = {title: rule.errorStyle for title, rule in found.items() if rule.type == "list"}
    assert strict == {
        "类别": None,
        "地市": None,
        "县区": "warning",
        "行业代码": "warning",
        "称号": None,
        "文号": "warning",
    }


def test_the_example_is_not_imported_and_reads_without_a_fault(content: bytes, registry: Registry) -> None:
    found = gather(open_content("模板", content), registry, Given())
    assert (found.rows, found.wrong) == ([], [])
    rows = "、".join(f"“{form.title}”第 2 行" for form in FORMS)
    assert found.told == [f"标着“示例”的行没有导入：{rows}。"]


def test_an_example_taken_for_a_row_is_one(content: bytes, registry: Registry) -> None:
    book = openpyxl.load_workbook(io.BytesIO(content))
    for form in FORMS:
        if form.kind != "award":
            book.remove(book[form.title])
    book["授予"]["A2"] = 1
    out = io.BytesIO()
    book.save(out)
    found = gather(open_content("模板", out.getvalue()), registry, Given())
    assert found.wrong == []
    assert [row.draft.values["city"] for row in found.rows] == ["哈尔滨市"]


def test_the_same_day_gives_the_same_bytes(content: bytes, registry: Registry) -> None:
    assert as_book(registry, None, as_of=AS_OF) == content


COUNTIES = (
    "OFFSET(词表!$J$1,1,MATCH($G2,词表!$J$1:$V$1,0)-1,"
    "MAX(1,COUNTA(OFFSET(词表!$J$1,1,MATCH($G2,词表!$J$1:$V$1,0)-1,18,1))),1)"
)


def through_another_program(book: Workbook, folder: Path) -> Workbook:
    """The workbook opened and saved by LibreOffice, or where that is not installed by openpyxl."""
    (folder / "in").mkdir()
    (folder / "out").mkdir()
    book.save(folder / "in/t.xlsx")
    office = shutil.which("soffice")
    if office is None:
        openpyxl.load_workbook(folder / "in/t.xlsx").save(folder / "out/t.xlsx")
    else:
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [office, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(folder / "out")]
        subprocess.run([*command, str(folder / "in/t.xlsx")], check=True, capture_output=True, timeout=120)
        shown = openpyxl.load_workbook(folder / "out/t.xlsx", data_only=True)
        assert shown["授予"]["T2"].value == 18, "the counties of the first city"
    return openpyxl.load_workbook(folder / "out/t.xlsx")


def test_another_program_shows_the_lists(content: bytes, registry: Registry, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert rules(book, "授予")["县区"].formula1.removeprefix("=") == COUNTIES
    book["授予"]["T2"] = f"=COUNTA({COUNTIES})"
    opened = through_another_program(book, tmp_path)
    for form in FORMS:
        before, after = rules(book, form.title), rules(opened, form.title)
        assert {title: rule.type for title, rule in before.items() if rule.type} == {
            title: rule.type for title, rule in after.items() if rule.type
        }
