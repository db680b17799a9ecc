"""Problems as they are printed: order, the three formats, and one finding told once."""

import json

import pytest

from generator.problems import FORMATS, Level, Problem, Report, as_github, as_json, as_text


def _problem(
    path: str, line: int, code: str, *, level: Level = "error", field: str = "", message: str = "有误。"
) -> Problem:
    return Problem(level=level, code=code, path=path, line=line, field=field, message=message)


FIRST = _problem("a.yml", 2, "bad-date", field="titles[0].date", message="“x”不是日期；请改。")
SECOND = _problem("a.yml", 10, "uscc-missing", level="warning", field="uscc", message="没有填写。")
THIRD = _problem("b,c:d.yml", 1, "bad-text", message="50% 的\n内容,有误:请改。")


def test_text() -> None:
    assert as_text([THIRD, SECOND, FIRST]) == (
        "a.yml:2: 错误 [bad-date] titles[0].date：“x”不是日期；请改。\n"
        "a.yml:10: 提醒 [uscc-missing] uscc：没有填写。\n"
        "b,c:d.yml:1: 错误 [bad-text] 50% 的\n内容,有误:请改。\n"
        "共 2 个错误、1 个提醒。\n"
    )


def test_json() -> None:
    assert as_json([SECOND, FIRST]) == (
        "[\n"
        "  {\n"
        '    "level": "error",\n'
        '    "code": "bad-date",\n'
        '    "path": "a.yml",\n'
        '    "line": 2,\n'
        '    "field": "titles[0].date",\n'
        '    "message": "“x”不是日期；请改。"\n'
        "  },\n"
        "  {\n"
        '    "level": "warning",\n'
        '    "code": "uscc-missing",\n'
        '    "path": "a.yml",\n'
        '    "line": 10,\n'
        '    "field": "uscc",\n'
        '    "message": "没有填写。"\n'
        "  }\n"
        "]\n"
    )


def test_github() -> None:
    assert as_github([THIRD, SECOND, FIRST]) == (
        "::error file=a.yml,line=2,title=错误 bad-date titles[0].date::“x”不是日期；请改。\n"
        "::warning file=a.yml,line=10,title=提醒 uscc-missing uscc::没有填写。\n"
        "::error file=b%2Cc%3Ad.yml,line=1,title=错误 bad-text::50%25 的%0A内容,有误:请改。\n"
    )


@pytest.mark.parametrize(("form", "nothing"), [("text", ""), ("json", "[]\n"), ("github", "")])
def test_nothing_found(form: str, nothing: str) -> None:
    assert FORMATS[form]([]) == nothing
    assert set(FORMATS) == {"text", "json", "github"}


def test_order_is_by_path_then_line_as_a_number() -> None:
    report = Report()
    report.extend([THIRD, SECOND, FIRST])
    report.add(FIRST)
    assert list(report) == [FIRST, SECOND, THIRD]
    assert len(report) == 3
    assert report.errors == (FIRST, THIRD)
    assert report.warnings == (SECOND,)


def test_on_one_line_errors_come_before_warnings() -> None:
    warning = _problem("a.yml", 1, "a", level="warning")
    error = _problem("a.yml", 1, "b")
    other = _problem("a.yml", 1, "b", field="x")
    assert [problem["code"] for problem in json.loads(as_json([warning, other, error]))] == ["b", "b", "a"]
    assert as_text([other, warning, error]) == as_text([error, other, warning])
