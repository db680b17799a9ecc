"""Every form of a download holds the same rows, and a spreadsheet takes none of them for a formula."""

import csv
import io
import json
import re
import subprocess
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from msgspec import structs
from msgspec.structs import replace
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape
from openpyxl.worksheet.worksheet import Worksheet

from generator.downloads.plain import as_csv, as_json_document, as_json_lines, guarded
from generator.downloads.sheets import Imprint, Sheet, imprint, sheets, year_lists
from generator.downloads.workbook import WIDEST, as_workbook, width
from generator.exports import tables
from generator.views.book import Book
from generator.views.lists import published_lists, standings_of
from tests.books import book

BASE = "https://registry.example/"
NAMES = ["units", "listings", "cases", "documents", "list-2026", "list-2025"]
HOSTILE = ['=HYPERLINK("https://example.org","a")', "+1+1", "-2", "@SUM(A1)", "\t=1", "\r=1", 'a"b,c\nd']


def every_sheet(found: Book) -> list[Sheet]:
    published = [standings_of(found, one) for one in published_lists(found)]
    return [*sheets(found, tables.contents(found, BASE)), *year_lists(found, published, BASE)]


@pytest.fixture(scope="module")
def made() -> dict[str, Sheet]:
    return {sheet.table.name: sheet for sheet in every_sheet(book())}


def rows_of(site: Path, name: str) -> list[dict[str, Any]]:
    lines = (site / f"data/{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def csv_rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def as_cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return ";".join(map(str, value)) if isinstance(value, list) else str(value)


def test_every_file_is_there(site: Path) -> None:
    names = {f"{name}.{form}" for name in NAMES for form in ("csv", "xlsx", "json", "jsonl")}
    names |= {"registry.sqlite", "metadata.json", "datapackage.json", "SHA256SUMS", "index.html"}
    assert {path.name for path in (site / "data").iterdir()} == names


@pytest.mark.parametrize("name", NAMES)
def test_json_and_json_lines_hold_the_same(site: Path, made: dict[str, Sheet], name: str) -> None:
    document = json.loads((site / f"data/{name}.json").read_text(encoding="utf-8"))
    member = "list" if name.startswith("list-") else name
    assert list(document) == ["as_of", "next_transition", member]
    rows = rows_of(site, name)
    assert document[member] == rows
    assert len(rows) == len(made[name].rows) > 0
    assert list(rows[0]) == [column.name for column in made[name].table.columns]
    raw = (site / f"data/{name}.jsonl").read_bytes()
    assert raw.startswith(b"{")
    assert raw.endswith(b"}\n")


def test_a_yearly_list_is_of_its_own_day(site: Path) -> None:
    found = json.loads((site / "data/list-2025.json").read_text(encoding="utf-8"))
    assert (found["as_of"], found["next_transition"]) == ("2025-06-30", None)
    assert all(row["since"] <= "2025-06-30" <= (row["through"] or "9999") for row in found["list"])


@pytest.mark.parametrize("name", ["listings", "cases", "documents"])
def test_the_api_has_the_same_bytes(site: Path, name: str) -> None:
    assert (site / f"data/{name}.json").read_bytes() == (site / f"api/v1/{name}.json").read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_csv_holds_what_json_holds(site: Path, name: str) -> None:
    content = (site / f"data/{name}.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\xef\xbb\xbf") == 1
    assert content.endswith(b"\r\n")
    assert content.count(b"\n") == content.count(b"\r\n") == len(rows_of(site, name)) + 1
    for cells, row in zip(csv_rows(content), rows_of(site, name), strict=True):
        assert cells == {key: as_cell(value) for key, value in row.items()}


@pytest.mark.parametrize("name", NAMES)
def test_a_workbook_holds_what_json_holds(site: Path, made: dict[str, Sheet], name: str) -> None:
    """Each cell has the type of its column: codes are text, days are days, and nothing is a formula or a link."""
    columns = made[name].table.columns
    opened = load_workbook(site / f"data/{name}.xlsx")
    assert opened.sheetnames == [made[name].table.title, "说明"]
    page = opened.worksheets[0]
    head, *cells = page.iter_rows()
    assert [cell.value for cell in head] == [column.title for column in columns]
    rows = rows_of(site, name)
    for found, row in zip(cells, rows, strict=True):
        for cell, column in zip(found, columns, strict=True):
            value = row[column.name]
            assert cell.hyperlink is None
            if value is None:
                assert cell.value is None
            elif column.form == "day":
                assert (cell.data_type, cell.number_format) == ("d", "yyyy-mm-dd")
                assert cell.value == datetime.fromisoformat(value)
            elif column.form == "truth":
                assert (cell.data_type, cell.value) == ("s", "是" if value else "否")
            else:
                assert (cell.data_type, cell.value) == ("s", as_cell(value))
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == f"A1:{page.cell(len(rows) + 1, len(columns)).coordinate}"
    assert page.print_title_rows == "$1:$1"


@pytest.mark.parametrize("name", NAMES)
def test_columns_are_as_wide_as_what_they_hold(site: Path, made: dict[str, Sheet], name: str) -> None:
    page: Worksheet = load_workbook(site / f"data/{name}.xlsx").worksheets[0]
    # Neighbours of the same width are written as one.
    groups = [(found.min or 0, found.max or 0, found.width) for found in page.column_dimensions.values()]
    widths = {place: wide for first, last, wide in groups for place in range(first, last + 1)}
    every = page.iter_cols(values_only=True)
    for place, (column, values) in enumerate(zip(made[name].table.columns, every, strict=True), start=1):
        days = column.form == "day"
        longest = max(10 if days else width(str(value)) for value in values[1:])
        assert widths[place] <= WIDEST + 1
        assert widths[place] >= min(WIDEST, max(longest, width(column.title) + 2)), column.name


@pytest.mark.parametrize(
    ("text", "expected"), [("", 0), ("ab", 2), ("智能", 4), ("智a能", 5), ("〔2025〕", 8), ("“；”", 6)]
)
def test_a_chinese_character_is_two_wide(text: str, expected: int) -> None:
    assert width(text) == expected


def test_codes_show_no_warning_and_the_second_sheet_explains(site: Path) -> None:
    with zipfile.ZipFile(site / "data/units.xlsx") as archive:
        page = archive.read("xl/worksheets/sheet1.xml").decode()
        assert '<ignoredError sqref="A1:W341" numberStoredAsText="1"/>' in page
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    opened = load_workbook(site / "data/units.xlsx")
    assert opened.properties.created == opened.properties.modified == datetime.fromisoformat("2026-11-24")
    told = {row[0]: row[1] for row in opened["说明"].iter_rows(values_only=True)}
    assert told["数据截至"] == "2026年11月24日"
    assert told["行数"] == "340"
    assert told["许可"] == "CC BY 4.0 https://creativecommons.org/licenses/by/4.0/deed.zh-hans"
    assert told["来源"] == BASE
    assert "演示数据" in str(told["注意"])
    assert told["统一社会信用代码"] == "uscc"


def test_without_a_licence_the_workbook_says_so(made: dict[str, Sheet]) -> None:
    bare = Imprint(name="名录", keeper=None, base=BASE, licence=None, licence_url=None, demonstration=False)
    opened = load_workbook(io.BytesIO(as_workbook(made["documents"], bare)))
    told = {row[0]: row[1] for row in opened["说明"].iter_rows(values_only=True)}
    assert str(told["许可"]).startswith("没有规定许可")
    assert "注意" not in told


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_stays_text(made: dict[str, Sheet], name: str) -> None:
    units = made["units"]
    hostile = replace(units, rows=[structs.replace(units.rows[0], name=name)])
    text = as_csv(hostile)
    [cells] = csv_rows(text)
    assert cells["name"] == (name if name.startswith("a") else f"'{name}")
    assert set(cells) == {column.name for column in units.table.columns}
    opened = load_workbook(io.BytesIO(as_workbook(hostile, imprint(book(), BASE))))
    cell = opened.worksheets[0]["B2"]
    assert cell.data_type == "s"
    assert unescape(str(cell.value)) == name
    assert cell.hyperlink is None
    assert json.loads(as_json_lines(hostile))["name"] == name


def decoded(text: str) -> str:
    """The text that a cell shows: escapes read from left to right (ECMA-376, part 1, 22.9.2.19)."""
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)


LONG = "智" * 40_000
TEXTS = [
    ("a&b<c>\"d'", "a&b<c>\"d'"),
    ("</t></si><si><t>x", "</t></si><si><t>x"),
    # Written as it stands by XlsxWriter, which takes it for text with formats of its own.
    ("<r><t>x</t></r>", "<r><t>x</t></r>"),
    (" 前 后 ", " 前 后 "),
    ("\n两行\n", "\n两行\n"),
    ("响\x07铃\x1f", "响\x07铃\x1f"),
    ("\ufffe\uffff", "\ufffe\uffff"),
    ("_x0041_", "_x0041_"),
    ("_x0041_x0042_", "_x0041_x0042_"),
    ("912301001234567890", "912301001234567890"),
    ("0012345678901234", "0012345678901234"),
    ("1E5", "1E5"),
    ("2026-01-02", "2026-01-02"),
    ("#N/A", "#N/A"),
    ("https://example.org/?a=1&b=2", "https://example.org/?a=1&b=2"),
    ("𠮷" * 3, "𠮷" * 3),
    (LONG, LONG[:32767]),
    ("a" + "𠮷" * 20_000, "a" + "𠮷" * 16383),
]


@pytest.mark.parametrize(("text", "expected"), TEXTS, ids=[repr(text[:20]) for text, _ in TEXTS])
def test_any_text_comes_back_as_it_was(made: dict[str, Sheet], text: str, expected: str) -> None:
    """Up to 32,767 UTF-16 units, the most that a cell holds; a pair is not torn."""
    units = made["units"]
    row = structs.replace(units.rows[0], name=text, since=date(1949, 1, 1), valid_through=date(2199, 12, 31))
    content = as_workbook(replace(units, rows=[row, units.rows[1]]), imprint(book(), BASE))
    page = load_workbook(io.BytesIO(content)).worksheets[0]
    assert (page["B2"].data_type, page["B2"].hyperlink) == ("s", None)
    assert page["B3"].value == units.rows[1].name
    days = [str(page[place].value) for place in ("P2", "Q2")]
    assert days == ["1949-01-01 00:00:00", "2199-12-31 00:00:00"]
    # openpyxl leaves the escape of an escape out, so the strings are read as they stand.
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        strings = ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))
        place = re.search(r'<c r="B2" t="s"><v>(\d+)</v>', archive.read("xl/worksheets/sheet1.xml").decode())
    assert place
    [entry] = strings[int(place[1])]
    assert decoded(entry.text or "") == expected
    kept = entry.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"
    assert kept == (expected[0] in " \n")


def test_the_table_of_strings_counts_what_it_holds(site: Path) -> None:
    """A text that stands in many cells is kept once; the head of the table tells of both numbers."""
    with zipfile.ZipFile(site / "data/units.xlsx") as archive:
        strings = archive.read("xl/sharedStrings.xml").decode()
        pages = [archive.read(f"xl/worksheets/sheet{number}.xml").decode() for number in (1, 2)]
        assert archive.testzip() is None
    used = [int(place) for page in pages for place in re.findall(r't="s"><v>(\d+)</v>', page)]
    [(count, unique)] = re.findall(r'<sst [^>]*count="(\d+)" uniqueCount="(\d+)"', strings)
    assert int(count) == len(used)
    assert int(unique) == strings.count("<si>") == max(used) + 1 == len(set(used))
    assert '<dimension ref="A1:W341"/>' in pages[0]


def test_many_rows_are_written_in_blocks_without_a_seam(made: dict[str, Sheet]) -> None:
    documents = made["documents"]
    rows = [structs.replace(documents.rows[0], number=f"号{number}") for number in range(2001)]
    content = as_workbook(replace(documents, rows=rows), imprint(book(), BASE))
    page = load_workbook(io.BytesIO(content)).worksheets[0]
    assert [row[0] for row in page.iter_rows(min_row=2, max_col=1, values_only=True)] == [
        row.number for row in rows
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("=1", "'=1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@a", "'@a"),
        ("\ta", "'\ta"),
        ("\ra", "'\ra"),
        ("1=1", "1=1"),
        (" =1", " =1"),
        ("'=1", "'=1"),
        ("", ""),
    ],
)
def test_the_guard_is_that_of_the_directory(text: str, expected: str) -> None:
    assert guarded([text]) == [expected]


def test_an_empty_table_has_a_head_alone(made: dict[str, Sheet]) -> None:
    empty = replace(made["cases"], rows=[])
    assert as_csv(empty).count(b"\r\n") == 1
    assert as_json_lines(empty) == b""
    assert json.loads(as_json_document(empty))["cases"] == []
    page = load_workbook(io.BytesIO(as_workbook(empty, imprint(book(), BASE)))).worksheets[0]
    assert page.max_row == 1
    assert page.auto_filter.ref == "A1:M1"


def test_a_yearly_list_has_the_same_bytes_on_any_later_day(made: dict[str, Sheet]) -> None:
    owner = imprint(book(), BASE)
    later = {sheet.table.name: sheet for sheet in every_sheet(book("2027-12-31"))}
    for name in ("list-2025", "list-2026"):
        assert as_csv(later[name]) == as_csv(made[name])
        assert as_json_document(later[name]) == as_json_document(made[name])
        assert as_workbook(later[name], owner) == as_workbook(made[name], owner)


def test_a_yearly_list_comes_on_its_day() -> None:
    names = {sheet.table.name for sheet in every_sheet(book("2026-06-29"))}
    assert "list-2026" not in names
    assert "list-2026" in {sheet.table.name for sheet in every_sheet(book("2026-06-30"))}


def test_the_checksums_are_those_of_the_files(site: Path, tmp_path: Path) -> None:
    def checked(folder: Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["sha256sum", "--check", "SHA256SUMS"], cwd=folder, capture_output=True, text=True, check=False
        )

    done = checked(site / "data")
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == len(list((site / "data").iterdir())) - 2
    for path in (site / "data").iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "units.csv").write_bytes(b"altered")
    assert checked(tmp_path).returncode == 1
