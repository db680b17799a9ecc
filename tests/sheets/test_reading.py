"""Files to cells: every encoding and shape that is handed in, and what is not opened."""

import io
import zipfile
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from generator.sheets import opening, scanning
from generator.sheets.grid import Grid, Unreadable, address, letters
from generator.sheets.opening import open_content, open_file
from tests.sheets import files

SAID = [[str(cell) for cell in line] for line in (files.SHAPE, *files.LISTED)]


def texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in line.cells] for line in grid]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_list_as_text_reads_the_same_in_every_encoding_and_with_every_separator(
    encoding: str, separator: str
) -> None:
    (grid,) = open_content(
        "名单", files.text([files.SHAPE, *files.LISTED], separator=separator, encoding=encoding)
    )
    assert grid.name == "名单"
    assert texts(grid) == SAID
    assert grid.lines[3].cells[1].at == "B4"


def test_a_title_above_the_list_does_not_change_what_separates() -> None:
    lines: list[list[Any]] = [["2025年度, 示例, 名单, 第一批"], *files.LISTED]
    (grid,) = open_content("名单", files.text(lines, separator=";"))
    assert [len(line.cells) for line in grid] == [1, 4, 4, 4]


def test_line_breaks_and_quotation_marks_stand_in_cells() -> None:
    (grid,) = open_content(
        "x", '序号,企业名称\n1,"哈尔滨示例\n机械""老厂""有限公司"\n2,大庆示例厂\n'.encode()
    )
    assert grid.lines[1].cells[1].text == '哈尔滨示例\n机械"老厂"有限公司'
    assert grid.lines[2].cells[1].at == "B3"


def test_the_published_list_reads() -> None:
    (grid,) = open_file(Path("tests/published/qingdao-2024-excellent.csv"))
    assert texts(grid)[0] == files.SHAPE
    assert len(grid.lines) == 9


def sheet_of(content: bytes) -> Grid:
    (grid,) = open_content("x", content)
    return grid


def test_a_workbook_reads_like_the_text() -> None:
    assert texts(sheet_of(files.workbook(("名单", [files.SHAPE, *files.LISTED])))) == SAID


def test_cells_say_what_they_hold() -> None:
    row: list[Any] = [
        date(2025, 12, 5),
        datetime.combine(date(2025, 12, 5), time(13, 30)),
        3,
        3.0,
        2.5,
        912301000000001,
        True,
        "　两边有空格 ",
    ]
    cells = sheet_of(files.workbook(("表", [row]))).lines[0].cells
    assert [cell.text for cell in cells] == [
        "2025-12-05",
        "2025-12-05",
        "3",
        "3",
        "2.5",
        "912301000000001",
        "是",
        "　两边有空格 ",
    ]
    assert [cell.day for cell in cells[:3]] == [date(2025, 12, 5), date(2025, 12, 5), None]
    assert [cell.number for cell in cells] == [False, False, True, True, True, True, False, False]
    assert not any(cell.fault for cell in cells)


@pytest.mark.parametrize("value", [912301991270479655, 9.12301991270479e17, 1e15])
def test_a_number_that_lost_digits_is_refused(value: float) -> None:
    (cell,) = sheet_of(files.workbook(("表", [[value]]))).lines[0].cells
    assert cell.fault == (
        f"这一格存成了数字 {float(value):.5E}，表格软件只保留前 15 位，后面的已经丢失；"
        "请先把这一列的格式改为“文本”，再照原件重新输入"
    )


def test_a_time_and_an_error_are_no_values() -> None:
    cells = sheet_of(files.workbook(("表", [[time(8, 30), "#REF!"]]))).lines[0].cells
    assert cells[0].fault == "这一格是时间或时长（08:30:00），不是文字也不是日期；请改正"
    assert cells[1].fault == "这一格显示 #REF!（引用的格子不在了）；请改成文字"


def with_results(content: bytes, results: dict[str, str]) -> bytes:
    """The workbook as a program leaves it that has computed the formulas."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.infolist():
            xml = old.read(part)
            if part.filename == "xl/worksheets/sheet1.xml":
                for formula, result in results.items():
                    found = f"<f>{formula}</f><v></v>".encode()
                    assert found in xml
                    xml = xml.replace(found, f"<f>{formula}</f><v>{result}</v>".encode())
            new.writestr(part, xml)
    return out.getvalue()


def test_a_formula_says_its_result_and_is_refused_without_one() -> None:
    content = files.workbook(("表", [["=1+2", "=A1&1", "甲"]]))
    cells = sheet_of(with_results(content, {"1+2": "3"})).lines[0].cells
    assert (cells[0].text, cells[0].fault) == ("3", None)
    assert cells[1].fault == (
        "这一格是公式，文件里没有存下它的结果；请在表格软件里打开并保存一次，或改成文字"
    )
    assert cells[2].text == "甲"


def test_merged_cells_say_themselves_downwards_and_not_sideways() -> None:
    def merge(book: Any) -> None:
        book["表"].merge_cells("A1:C1")
        book["表"].merge_cells("B3:B5")

    lines: list[list[Any]] = [
        ["标题"],
        ["序号", "企业名称", "单元"],
        [1, "甲", "一"],
        [2, None, "二"],
        [3, None, "三"],
        [4, "乙", "四"],
    ]
    grid = sheet_of(files.workbook(("表", lines), change=merge))
    assert texts(grid)[0] == ["标题"]
    assert grid.lines[0].cells[0].wide
    assert [line.cell(1).text for line in grid] == ["", "企业名称", "甲", "甲", "甲", "乙"]
    assert [line.cell(1).repeated for line in grid] == [False, False, False, True, True, False]


def test_what_is_hidden_is_known() -> None:
    def hide(book: Any) -> None:
        book["表"].row_dimensions[2].hidden = True
        book["表"].column_dimensions["C"].hidden = True
        book["另一张"].sheet_state = "hidden"

    grids = open_content(
        "x", files.workbook(("表", [["a"] * 4, ["b"] * 4]), ("另一张", [["c"]]), change=hide)
    )
    assert [line.hidden for line in grids[0]] == [False, True]
    assert grids[0].hidden_columns == {2}
    assert [grid.hidden for grid in grids] == [False, True]


def test_addresses() -> None:
    assert [letters(place) for place in (0, 25, 26, 51, 52, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
    ]
    assert address(1, 17) == "B17"


def changed(content: bytes, name: str, old: bytes, new: bytes) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as before,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for part in before.infolist():
            xml = before.read(part)
            assert part.filename != name or old in xml
            after.writestr(part.filename, xml.replace(old, new, 1) if part.filename == name else xml)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
PLAIN = files.workbook(("表", [["甲", "乙"]]))
BOMB = changed(PLAIN, SHEET, b"</worksheet>", b"</worksheet>" + b" " * (scanning.MAX_UNPACKED + 1))
DAMAGED = "文件不是完好的 .xlsx 工作簿；请在表格软件里打开，另存为 .xlsx 后再导入。"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "文件是空的。"),
        (b" \r\n", "文件是空的。"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
            "这是旧格式的工作簿（.xls、.et），或者是加了密码的；请在表格软件里打开，另存为不加密的 .xlsx 后再导入。",
        ),
        (b"%PDF-1.7", "这是PDF文件，不是表格；请把其中的表复制到表格软件里，存为 .xlsx 后再导入。"),
        (b"<HTML><table>", "这是网页文件，不是表格；请把其中的表复制到表格软件里，存为 .xlsx 后再导入。"),
        (
            b"\xff\x00\xff\x80\x81",
            "文件的编码认不出来，既不是 UTF-8，也不是 GB 18030；请在表格软件里打开后另存为 .xlsx，或另存为“CSV UTF-8”。",
        ),
        (
            '序号,企业名称\n1,甲\n2,"乙\n3,丙\n'.encode(),
            "从第 3 行起读不懂（文件的第 4 行前后）：双引号没有成对，或一格里的字太多；请补上引号，单元格里本来就有的双引号要写两个。",
        ),
        (b"PK\x03\x04 and no more", DAMAGED),
        (PLAIN[:-300], DAMAGED),
        (changed(PLAIN, SHEET, b"<sheetData>", b"<sheetData><row><c"), DAMAGED),
        (changed(PLAIN, "xl/workbook.xml", b"sheetId", b"sheetXd"), DAMAGED),
        (
            changed(
                PLAIN,
                "xl/workbook.xml",
                b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                b"http://purl.oclc.org/ooxml/spreadsheetml/main",
            ),
            "工作簿是“严格”格式（Strict Open XML），读不了；请另存为普通的 Excel 工作簿（.xlsx）后再导入。",
        ),
        (
            BOMB,
            "工作簿展开后太大（上限 64 MiB、500 个部件），没有打开；请只留下要导入的表，删去图片和多余的格式。",
        ),
        (
            changed(
                PLAIN,
                SHEET,
                b"<worksheet",
                b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><worksheet',
            ),
            "工作簿里有文档类型声明，正常的表格没有，为安全起见没有打开；请删去图片，另存为 .xlsx 后再试。",
        ),
        (
            changed(
                PLAIN,
                SHEET,
                b"</sheetData>",
                b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
            ),
            "合并的单元格（或带链接、批注的区域）过大，没有打开；请取消整行、整列的合并。",
        ),
        (
            files.workbook(("表", [["甲"]]), change=lambda book: book["表"].cell(30_000, 2, "远")),
            "工作表“表”用到了第 30000 行、B 列，上限是 20000 行、200 列、共 500000 格；多半是空白处留有格式，请删去多余的行和列。",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(content: bytes, said: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        open_content("x", content)
    assert str(refusal.value) == said


def test_a_file_too_large_is_not_opened(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(opening, "MAX_BYTES", 1024)
    (tmp_path / "大.csv").write_bytes(b"a" * 1025)
    with pytest.raises(Unreadable, match=r"^文件超过 0 MiB，没有打开"):
        open_file(tmp_path / "大.csv")
