"""The command that enters a document: the record it writes, what it refuses, and how it asks."""

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.checks.desk import examine
from tests.acts.conftest import DAY, Said, files, say
from tests.books import AS_OF_DAY

NUMBER = "黑示例工信发〔2026〕24号"
TITLE = "关于公布2026年度名单的通知（示例）"
GIVEN = ("--title", TITLE, "--date", "2026年5月6日", "--authority", "黑龙江省工业和信息化厅")
HELD = "黑示例工信发〔2026〕3号"


def test_a_document_is_entered_once_and_carries_awards(root: Path) -> None:
    said = f"登记文件 {NUMBER}，2026-05-06，黑龙江省工业和信息化厅：{TITLE}\n  新建 R/documents/hlj/2026-24.yml\n"
    before = files(root)
    assert say(root, "document", "黑示例工信发[2026]24号", *GIVEN, "--dry-run") == (
        0,
        f"{said}试运行，没有写入。\n",
        "",
    )
    assert files(root) == before
    done = say(root, "document", "黑示例工信发[2026]24号", *GIVEN)
    assert done == (0, f"{said}已写入。下一步：登记它授予、续期或撤销的单元。\n", "")
    assert (root / "documents/hlj/2026-24.yml").read_text(encoding="utf-8") == (
        f"number: {NUMBER}\ntitle: {TITLE}\ndate: 2026-05-06\nentered: {DAY}\n"
    )
    assert not examine(root, as_of=AS_OF_DAY).report.errors
    assert say(root, "document", NUMBER, *GIVEN) == (0, "名录里已经这样登记，不用改动。\n", "")
    assert (
        say(root, "renew", "2301-0001", "--title", "先进级数字化车间", "--document", NUMBER, "--yes")[0] == 0
    )


def test_another_document_of_the_same_year_and_number_has_a_file_of_its_own(root: Path) -> None:
    for organ in ("黑示例财发", "黑示例科发"):
        assert say(root, "document", f"{organ}〔2026〕3号", *GIVEN)[0] == 0
    assert sorted(path.name for path in (root / "documents/hlj").glob("2026-3*")) == [
        "2026-3-2.yml",
        "2026-3-3.yml",
        "2026-3.yml",
    ]
    assert not examine(root, as_of=AS_OF_DAY).report.errors


@pytest.mark.parametrize(
    ("command", "code", "message"),
    [
        ((NUMBER,), 2, "缺少 --title（标题）、--date（成文日期）、--authority（发文机关）。"),
        ((), 2, "缺少 文号、--title（标题）、--date（成文日期）、--authority（发文机关）。"),
        (
            ("黑示例", "--title", TITLE, "--date", "2026-2-30", "--authority", "示例局"),
            1,
            "文号 的值不对：“黑示例”，不是文号；请写成“发文机关代字〔年份〕序号号”，例如 工信发〔2025〕88号。\n"
            "--date 的值不对：“2026-2-30”，日历上没有这一天；请核对年、月、日，写成 2025-11-20 的样子。\n"
            "--authority 的值不对：“示例局”，不是 policy.yml 里的机关；应是其中之一：",
        ),
        (
            (HELD, *GIVEN),
            1,
            f"{HELD} 已经登记：2026-03-10，hlj，《关于公布名单的通知（示例）》，与这里不同；请核对。\n没有改动任何记录。\n",
        ),
        ((NUMBER, *GIVEN, "--url", "example.cn"), 1, "documents/hlj/2026-24.yml:4: 错误 [bad-url] url："),
        ((NUMBER, *GIVEN[:1], "联系人 13812345678", *GIVEN[2:]), 1, "documents/hlj/2026-24.yml:2: 错误 "),
    ],
)
def test_a_refusal_says_why_and_changes_nothing(
    root: Path, command: tuple[str, ...], code: int, message: str
) -> None:
    before = files(root)
    found, out, err = say(root, "document", *command)
    assert (found, out) == (code, "")
    assert err.startswith(message)
    assert files(root) == before


def test_what_is_lacking_is_asked_for(root: Path, terminal: Callable[..., Said]) -> None:
    answers = "\n".join([HELD, NUMBER, TITLE, "2026-05-06", "黑龙江", "", "y", ""])
    code, out, _ = terminal(root, "document", text=answers)
    assert code == 0
    assert f"{HELD} 已经登记。请重新填写。" in out
    assert "发文机关：\n  1  工业和信息化部等六部门\n  2  黑龙江省工业和信息化厅\n" in out
    assert "网址（回车：不填）" in out
    assert out.endswith("已写入。下一步：登记它授予、续期或撤销的单元。\n")
    assert (root / "documents/hlj/2026-24.yml").is_file()


def test_without_a_yes_nothing_is_written(root: Path, terminal: Callable[..., Said]) -> None:
    before = files(root)
    assert terminal(root, "document", NUMBER, *GIVEN, text="\n\n")[1].endswith("没有写入。\n")
    assert files(root) == before
