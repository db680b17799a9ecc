"""Text to fields and back: round trips, lines of nested fields, and bombs that must not take time."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import source, writing
from generator.problems import Report
from generator.source import FORBIDDEN, Fields, Rows, SourceFile, Text

_SIGNS = st.characters(exclude_categories=["Cs"]).filter(lambda sign: not FORBIDDEN.search(sign))
_LINE = st.text(_SIGNS.filter(lambda sign: sign not in "\n\r"))
_ANY = st.text(_SIGNS.filter(lambda sign: sign != "\r"))
# What YAML would make something else of, or trip over.
_AWKWARD = st.sampled_from(
    "~|null|no|08|2025-11-20|12:30:45|- x|? x|: x|a: b|a #b|a\t#b|#b|&a|*a|!a|%a|@a|`a`|'a'|\"a\"|a'b|[a]|{a}|a, b|a:|:|0:?|a:?b"
    "|=|<<|---|...|>|\\n|\\|  a|a  |\t|a\t|\u3000a\u3000|a\u3000".split("|")
)


def _read(text: str) -> SourceFile:
    report = Report()
    found = source.read("x.yml", text.encode(), report)
    assert found is not None, list(report)
    assert not len(report)
    return found


def _text(node: object) -> str:
    assert isinstance(node, Text)
    return node.value


@given(_LINE | _AWKWARD)
def test_any_line_survives_everywhere(text: str) -> None:
    dumped = writing.dump({"a": text, "b": [text, "x"], "c": [{"d": text, "e": "x"}], "f": {"g": text}})
    root = _read(dumped).root.fields
    plain, rows, table, row = root["a"], root["b"], root["c"], root["f"]
    assert isinstance(rows, Rows)
    assert isinstance(table, Rows)
    assert isinstance(row, Fields)
    first = table.rows[0]
    assert isinstance(first, Fields)
    found = [plain, rows.rows[0], first.fields["d"], row.fields["g"]]
    assert [_text(node) for node in found] == [text] * 4
    assert [_text(node) for node in (rows.rows[1], first.fields["e"])] == ["x", "x"]


@given(_ANY)
def test_any_text_survives_up_to_one_closing_line_end(text: str) -> None:
    root = _read(writing.dump({"a": text, "b": [{"c": text}], "d": "x"})).root.fields
    assert _text(root["a"]).removesuffix("\n") == text.removesuffix("\n")
    rows = root["b"]
    assert isinstance(rows, Rows)
    first = rows.rows[0]
    assert isinstance(first, Fields)
    assert _text(first.fields["c"]) == text
    assert _text(root["d"]) == "x"


def test_the_style_of_the_registry() -> None:
    dumped = writing.dump(
        {
            "name": "叶片加工数字化车间",
            "industry": "08",
            "yes": True,
            "tile": [1, 3],
            "maturity": [{"date": date(2025, 6, 30), "level": 2, "method": "自评"}],
            "closed": {"date": date(2026, 9, 1), "reason": "注销"},
            "empty": "",
            "body": "## 做法\n\n排产。\n",
        }
    )
    assert dumped == (
        "name: 叶片加工数字化车间\n"
        "industry: 08\n"
        "yes: true\n"
        "tile: [1, 3]\n"
        "maturity:\n"
        "  - {date: 2025-06-30, level: 2, method: 自评}\n"
        "closed: {date: 2026-09-01, reason: 注销}\n"
        "empty: ''\n"
        "body: |\n"
        "  ## 做法\n"
        "\n"
        "  排产。\n"
    )


NESTED = """\
# 说明
name: 叶片

titles:
  - title: 甲
    document: 乙
  - {title: 丙,
     document: 丁}
closed:
  date: 2026-01-01
scenes: [1,
  2]
"""


@pytest.mark.parametrize(
    ("field", "line"),
    [
        ("", 2),
        ("name", 2),
        ("titles", 4),
        ("titles[0]", 5),
        ("titles[0].title", 5),
        ("titles[0].document", 6),
        ("titles[1]", 7),
        ("titles[1].title", 7),
        ("titles[1].document", 8),
        ("titles[1].date", 7),
        ("titles[2]", 4),
        ("closed", 9),
        ("closed.date", 10),
        ("closed.reason", 9),
        ("scenes[0]", 11),
        ("scenes[1]", 12),
        ("nothing", 2),
    ],
)
def test_lines_of_nested_fields(field: str, line: int) -> None:
    assert _read(NESTED).line(field) == line
    assert _read(NESTED.replace("\n", "\r\n")).line(field) == line


@pytest.mark.parametrize(
    ("line", "field"),
    [
        (1, ""),
        (2, "name"),
        (3, "name"),
        (6, "titles[0].document"),
        (8, "titles[1].document"),
        (10, "closed.date"),
        (99, "scenes[1]"),
    ],
)
def test_the_field_around_a_line(line: int, field: str) -> None:
    assert _read(NESTED).fields_at([line]) == {line: field}


def test_rows_left_out_are_counted() -> None:
    found = _read(NESTED)
    found.kept["titles"] = [1]
    assert found.as_written("titles[0].document") == "titles[1].document"
    assert found.as_written("scenes[1]") == "scenes[1]"
    assert found.as_written("") == ""


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 200_000,
        b"a: " + b"[" * 100_000 + b"]" * 100_000,
        b"{a: " * 60_000,
        b"- " * 100_000,
        b"? " * 100_000,
        b"[\n" * 100_000,
        b"&a " * 80_000,
        b"".join(b"k%d: 1\n" % number for number in range(25_000)),
        b"a: 1\n" * 50_000,
    ],
    ids=[
        "brackets",
        "closed_brackets",
        "braces",
        "dashes",
        "question_marks",
        "lines",
        "anchors",
        "keys",
        "same_key",
    ],
)
def test_bombs_take_no_time(content: bytes) -> None:
    began = time.process_time()
    source.read("x.yml", content, Report())
    assert time.process_time() - began < 3


@given(st.binary(max_size=200) | st.text("{}[]:-?|>&*!#'\"\n\t a1,%@`~\\.", max_size=200).map(str.encode))
def test_no_bytes_break_the_reader(content: bytes) -> None:
    report = Report()
    found = source.read("x.yml", content, report)
    assert (found is None) == (len(report) > 0)
    last = content.count(b"\n") + content.count(b"\r") + 1
    assert all(1 <= problem.line <= last for problem in report)
