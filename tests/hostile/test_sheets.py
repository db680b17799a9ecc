"""Attacks on the import of sheets: refused before the memory fills, and each limit reached and exceeded by one."""

import io
import time
import zipfile
from resource import RUSAGE_SELF, getrusage
from xml.etree import ElementTree

import pytest

from generator.sheets import scanning
from generator.sheets.grid import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Unreadable
from generator.sheets.opening import MAX_BYTES, open_content
from tests.fuzz.targets import packed
from tests.sheets import files

SHEET = "xl/worksheets/sheet1.xml"
HEAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
ALL = "A1:XFD1048576"


def sheet(rows: str = "", after: str = "") -> bytes:
    return packed(SHEET, f"{HEAD}<sheetData>{rows}</sheetData>{after}</worksheet>".encode())


def renamed(ending: str) -> bytes:
    """A workbook whose sheet has a document type, and a name that says it is something else."""
    xml = f'<!DOCTYPE x [<!ENTITY a "{"b" * 100}">]>{HEAD}<sheetData><row r="1"><c r="A1" t="str"><v>&a;</v></c></row></sheetData></worksheet>'
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(files.workbook(("表", [["甲"]])))) as old,
        zipfile.ZipFile(out, "w") as new,
    ):
        for part in old.infolist():
            content = old.read(part).replace(b"sheet1.xml", f"sheet1.{ending}".encode())
            name = part.filename.replace("sheet1.xml", f"sheet1.{ending}")
            new.writestr(name, xml if name != part.filename else content)
    return out.getvalue()


TYPE, AREA, CELLS, TABLE = "文档类型声明", "区域）过大", "单元格超过", "表太大"
ENTITY = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
LAUGHS = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>" + "".join(
    f"<!ENTITY {below} '{f'&{above};' * 10}'>" for above, below in zip("abcdefgh", "bcdefghi", strict=True)
)
BOMB = packed(SHEET, b" " * (scanning.MAX_UNPACKED + 1))
ATTACKS = {
    "external_entity": (packed(SHEET, (ENTITY + HEAD + "</worksheet>").encode()), TYPE),
    "external_entity_in_utf_16": (packed(SHEET, (ENTITY + HEAD + "</worksheet>").encode("utf-16")), TYPE),
    "entity_in_a_part_of_another_ending": (renamed("bin"), TYPE),
    "entity_in_a_part_called_a_picture": (renamed("png"), TYPE),
    "billion_laughs": (packed("xl/workbook.xml", (LAUGHS + "]><x>&i;</x>").encode()), TYPE),
    "merged_everything": (sheet(after=f'<mergeCells><mergeCell ref="{ALL}"/></mergeCells>'), AREA),
    "merged_with_a_sign_in_quotes": (sheet(after=f'<mergeCells><mergeCell x=">" ref="{ALL}"/></mergeCells>'), AREA),
    "merged_by_reference": (sheet(after='<mergeCells><mergeCell ref="&#65;1:XFD1048576"/></mergeCells>'), AREA),
    "merged_columns": (sheet(after='<mergeCells><mergeCell ref="A:XFD"/></mergeCells>'), AREA),
    "merged_with_a_prefix": (
        packed(SHEET, f'<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData/><x:mergeCells><x:mergeCell ref="{ALL}"/></x:mergeCells></x:worksheet>'.encode()),
        AREA,
    ),
    "merged_in_utf_16": (
        packed(SHEET, f'{HEAD}<sheetData/><mergeCells><mergeCell ref="{ALL}"/></mergeCells></worksheet>'.encode("utf-16")),
        AREA,
    ),
    "many_merged": (sheet(after="<mergeCells>" + '<mergeCell ref="A1:A20000"/>' * 11 + "</mergeCells>"), AREA),
    "linked_everything": (sheet(after=f'<hyperlinks><hyperlink ref="{ALL}"/></hyperlinks>'), AREA),
    "empty_cells": (sheet(f"<row>{'<c/>' * (MAX_CELLS + 1)}</row>"), CELLS),
    "a_cell_far_away": (sheet('<row r="20000"><c r="GR20000" t="str"><v>远</v></c></row>'), "上限是"),
    "a_cell_beyond": (sheet('<row r="1048576"><c r="XFD1048576" t="str"><v>远</v></c></row>'), "上限是"),
    "nested": (sheet("<a>" * 200 + "</a>" * 200), "嵌套太深"),
    "bomb": (BOMB, "展开后太大"),
    "commas": (b"a" + b"," * 5_000_000, TABLE),
    "lines": (b"a\n" * 3_000_000, TABLE),
}  # fmt: skip


@pytest.mark.parametrize("name", ATTACKS)
def test_a_hostile_workbook_is_refused_before_it_fills_the_memory(name: str) -> None:
    content, said = ATTACKS[name]
    most, began = getrusage(RUSAGE_SELF).ru_maxrss, time.process_time()
    with pytest.raises(Unreadable, match=said):
        open_content("x", content)
    assert time.process_time() - began < 5
    assert getrusage(RUSAGE_SELF).ru_maxrss - most < 300 << 10


def refused(content: bytes) -> bool:
    try:
        open_content("x", content)
    except Unreadable:
        return True
    return False


def test_the_limits_of_a_list_are_where_they_are_said_to_be() -> None:
    assert [refused(b"a\n" * MAX_ROWS), refused(b"a\n" * (MAX_ROWS + 1))] == [False, True]
    assert [refused(b"," * (MAX_COLUMNS - 1)), refused(b"," * MAX_COLUMNS)] == [False, True]
    row, rows = b"," * (MAX_COLUMNS - 1) + b"\n", MAX_CELLS // MAX_COLUMNS
    assert [refused(row * rows), refused(row * rows + b"a\n")] == [False, True]
    assert refused(b"x" * (MAX_BYTES + 1))


def test_the_limits_of_a_workbook_are_where_they_are_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    # One cell may have a fault, none may be too many: the limits are small here, so that the test is quick.
    monkeypatch.setattr(scanning, "MAX_CELLS", 4)
    assert [refused(sheet(f"<row>{'<c/>' * number}</row>")) for number in (4, 5)] == [False, True]
    monkeypatch.setattr(scanning, "MAX_AREAS", 6)
    merged = '<mergeCells><mergeCell ref="A1:B{}"/></mergeCells>'
    assert [refused(sheet(after=merged.format(rows))) for rows in (3, 4)] == [False, True]
    monkeypatch.setattr(scanning, "MAX_AREAS", 200_000)
    usual = files.workbook(("表", [["甲"]]))
    with zipfile.ZipFile(io.BytesIO(usual)) as archive:
        parts = [archive.read(part) for part in archive.infolist()]
    depth = elements = 0
    for part in parts:
        root = ElementTree.fromstring(part)
        elements += len(list(root.iter()))
        depth = max(depth, levels(root))
    there = {
        "MAX_PARTS": len(parts),
        "MAX_UNPACKED": sum(map(len, parts)),
        "MAX_ELEMENTS": elements,
        "MAX_DEPTH": depth,
    }
    for name, number in there.items():
        known = getattr(scanning, name)
        monkeypatch.setattr(scanning, name, number)
        assert not refused(usual), name
        monkeypatch.setattr(scanning, name, number - 1)
        assert refused(usual), name
        monkeypatch.setattr(scanning, name, known)


def levels(element: ElementTree.Element) -> int:
    return 1 + max((levels(below) for below in element), default=0)
