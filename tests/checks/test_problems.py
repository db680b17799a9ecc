"""Problems as they are printed: order, the formats, and one finding told once."""

import json

import pytest

from generator.problems import (
    FORMATS,
    Level,
    Problem,
    Report,
    as_codequality,
    as_github,
    as_json,
    as_markdown,
    as_text,
)


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
        "b,c:d.yml:1: 错误 [bad-text] 50% 的\\u000a内容,有误:请改。\n"
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
        "::error file=b%2Cc%3Ad.yml,line=1,title=错误 bad-text::50%25 的%0A内容,有误:请改。\n"
        "::warning file=a.yml,line=10,title=提醒 uscc-missing uscc::没有填写。\n"
    )


def _many(errors: int, warnings: int) -> list[Problem]:
    return [_problem("a.yml", n, "bad-date") for n in range(errors)] + [
        _problem("a.yml", n, "uscc-missing", level="warning") for n in range(warnings)
    ]


@pytest.mark.parametrize(
    ("errors", "warnings", "notice"),
    [
        (10, 10, None),
        (11, 0, "另有 1 个错误没有逐条标出，全部列在本次运行的摘要里。"),
        (0, 13, "另有 3 个提醒没有逐条标出，全部列在本次运行的摘要里。"),
        (3000, 12, "另有 2990 个错误、2 个提醒没有逐条标出，全部列在本次运行的摘要里。"),
    ],
)
def test_github_shows_ten_of_each_kind_and_is_told_of_the_others(
    errors: int, warnings: int, notice: str | None
) -> None:
    lines = as_github(_many(errors, warnings)).splitlines()
    kinds = [line.split(" ")[0] for line in lines]
    assert kinds == (
        ["::error"] * min(errors, 10)
        + ["::warning"] * min(warnings, 10)
        + ["::notice"] * (notice is not None)
    )
    if notice:
        assert lines[-1] == f"::notice title=还有未标出的问题::{notice}"


def test_gitlab() -> None:
    found = json.loads(as_codequality([SECOND, FIRST]))
    assert found[0] == {
        "description": "错误：titles[0].date：“x”不是日期；请改。",
        "check_name": "bad-date",
        "fingerprint": found[0]["fingerprint"],
        "severity": "critical",
        "location": {"path": "a.yml", "lines": {"begin": 2}},
    }
    assert (found[1]["severity"], found[1]["location"]["lines"]) == ("minor", {"begin": 10})
    # A line added above makes nothing new.
    moved = _problem("a.yml", 3, "bad-date", field="titles[0].date", message="“x”不是日期；请改。")
    assert json.loads(as_codequality([moved]))[0]["fingerprint"] == found[0]["fingerprint"]
    assert found[1]["fingerprint"] != found[0]["fingerprint"]


def test_markdown() -> None:
    assert as_markdown([THIRD, SECOND, FIRST]) == (
        "## 检查结果：2 个错误、1 个提醒\n\n"
        "| 级别 | 文件和行号 | 字段 | 说明 | 代码 |\n|---|---|---|---|---|\n"
        "| 错误 | a.yml:2 | titles&#91;0&#93;.date | “x”不是日期；请改。 | bad-date |\n"
        "| 错误 | b,c:d.yml:1 |  | 50% 的 内容,有误:请改。 | bad-text |\n"
        "| 提醒 | a.yml:10 | uscc | 没有填写。 | uscc-missing |\n"
    )


def test_nothing_of_a_record_is_markup_in_markdown() -> None:
    text = as_markdown([_problem("a.yml", 1, "x", message="@org/a |![i](https://x.cn)<b>`c`**d**&copy;")])
    cell = text.splitlines()[-1].split(" | ")[3]
    assert cell == (
        "@\u200borg/a &#124;&#33;&#91;i&#93;(https&#58;//x.cn)&#60;b&#62;&#96;c&#96;&#42;&#42;d&#42;&#42;&#38;copy;"
    )


def test_a_summary_is_never_longer_than_it_may_be() -> None:
    text = as_markdown([_problem("a.yml", n, "x", message="超" * 1000) for n in range(400)])
    assert len(text.encode()) < 1_000_000
    rows = text.count("\n| 错误 |")
    assert 200 < rows < 400
    assert text.endswith(
        f"\n\n篇幅所限，另有 {400 - rows} 个没有列出；在电脑上运行 make check 可看到全部。\n"
    )


NOTHING = {"text": "", "json": "[]\n", "github": "", "gitlab": "[]\n", "markdown": "## 检查结果：没有问题\n"}


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_found(form: str) -> None:
    assert FORMATS[form]([]) == NOTHING[form]


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
