"""What is asked on a terminal, how wrong answers are taken, and that an interruption leaves everything as it was."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.acts.conftest import Said, files, unit_path

Terminal = Callable[..., Said]


def test_the_unit_is_found_by_a_part_of_its_name(root: Path, terminal: Terminal) -> None:
    code, out, _ = terminal(root, "close", text="\n无此厂\n示例\n4\n2\n\n1\n\n\n")
    assert code == 0
    assert out.splitlines()[:12] == [
        "哪个单元（编号、代码、名称或名称的一部分）: ",
        "这一项要填写。",
        "哪个单元（编号、代码、名称或名称的一部分）: 无此厂",
        "名录里没有“无此厂”（编号、代码、现名、曾用名都查过）。",
        "哪个单元（编号、代码、名称或名称的一部分）: 示例",
        "“示例”与这些名称部分相同：",
        "  1  2301-0001 哈尔滨示例一厂有限公司 叶片加工数字化车间（哈尔滨市）",
        "  2  2301-0002 哈尔滨示例一厂有限公司 总装数字化车间（哈尔滨市）",
        "  3  2301-0004 哈尔滨示例二厂有限公司 铸造数字化车间（哈尔滨市）",
        "请选择单元（回车：都不是）: 4",
        "没有这一项，请写 1 到 3。",
        "请选择单元（回车：都不是）: 2",
    ]
    assert "2301-0002 哈尔滨示例一厂有限公司 总装数字化车间：2026-06-30 退出，注销\n" in out


def test_wrong_answers_are_explained_and_asked_again(root: Path, terminal: Terminal) -> None:
    answers = ["2026-2-30", "2026-05-31", "9", "搬", "合", "2301-9999", "2301-0001", "好", "y"]
    code, out, err = terminal(root, "close", "2301-0004", text="\n".join(answers) + "\n")
    assert (code, err) == (0, "")
    assert out.split("已写入")[0].splitlines() == [
        "退出日期（回车：2026-06-30）: 2026-2-30",
        "“2026-2-30”：日历上没有这一天；请核对年、月、日，写成 2025-11-20 的样子。请重新填写。",
        "退出日期（回车：2026-06-30）: 2026-05-31",
        "原因：",
        "  1  注销",
        "  2  迁出",
        "  3  合并",
        "  4  自愿退出",
        "原因: 9",
        "没有第 9 项，请写 1 到 4，或名称的一部分。",
        "原因: 搬",
        "“搬”：没有这个退出原因；可用的有 注销、迁出、合并、自愿退出。请重新填写。",
        "原因: 合",
        "  合并",
        "承接单元编号（回车：不填）: 2301-9999",
        "名录里没有编号 2301-9999。请重新填写。",
        "承接单元编号（回车：不填）: 2301-0001",
        "2301-0004 哈尔滨示例二厂有限公司 铸造数字化车间：2026-05-31 退出，合并",
        "  改动 R/factories/230100/2301-0004.yml",
        "写入吗？（y 写入，回车放弃）: 好",
        "请写 y，或者按回车放弃。",
        "写入吗？（y 写入，回车放弃）: y",
    ]
    closed = "closed: {date: 2026-05-31, reason: 合并, successor: 2301-0001}\n"
    assert unit_path(root, "2301-0004").read_text(encoding="utf-8").endswith(closed)


def test_titles_are_those_held_and_papers_those_of_the_right_authority(
    root: Path, terminal: Terminal
) -> None:
    _, out, _ = terminal(root, "renew", "2301-0004", text="\n1\n\n\n")
    assert out.splitlines()[:7] == [
        "称号：",
        "  1  先进级数字化车间",
        "称号（回车：先进级数字化车间）: ",
        "文号：",
        "  1  黑示例工信发〔2026〕3号 2026-03-10 关于公布名单的通知（示例）",
        "  2  黑示例工信发〔2024〕2号 2024-11-20 关于公布名单的通知（示例）",
        "  3  黑示例工信发〔2023〕1号 2023-11-20 关于公布名单的通知（示例）",
    ]
    assert out.endswith("写入吗？（y 写入，回车放弃）: \n没有写入。\n")


def test_a_case_is_told_line_by_line(root: Path, terminal: Terminal) -> None:
    answers = [
        "排产",
        "",
        "99",
        "9",
        "",
        "短",
        "示例摘要" * 6,
        "周期|缩短",
        ".",
        ".",
        "正文一",
        "",
        "正文二",
        ".",
    ]
    code, out, _ = terminal(root, "case", "2301-0004", "--yes", text="\n".join(answers) + "\n")
    assert code == 0
    assert "这一版里没有场景 99。请重新填写。\n" in out
    assert "摘要有 1 个字，应为 20 到 300 个字。请重新填写。\n" in out
    assert "这一项要填写。\n" in out
    text = (root / "cases/2026/2026-0001.yml").read_text(encoding="utf-8")
    assert text.endswith("body: |\n  正文一\n\n  正文二\n")


def test_a_name_that_is_alike_is_asked_about(root: Path, terminal: Terminal) -> None:
    command: tuple[str, ...] = (
        "new",
        "--enterprise",
        "哈尔滨示例二厂有限公司",
        "--name",
        "铸造车间",
        "--city",
        "哈尔滨",
    )
    command = (*command, "--industry", "33", "--title", "先进级数字化车间", "--yes")
    paper = ("--document", "黑示例工信发〔2026〕3号")
    code, out, _ = terminal(root, *command, *paper, text="n\n")
    assert code == 0
    assert "  n  都不是，是新单元\n" in out
    assert "uscc: 91230100MA0000002U\n" in unit_path(root, "2301-0005").read_text(encoding="utf-8")


@pytest.mark.parametrize("answers", ["", "示例\n", "示例\n2\n", "示例\n2\n\n", "示例\n2\n\n1\n\n"])
def test_an_interruption_leaves_everything_as_it_was(root: Path, terminal: Terminal, answers: str) -> None:
    before = files(root)
    code, _, err = terminal(root, "close", text=answers)
    assert (code, err) == (1, "\n已中断，没有改动任何记录。\n")
    assert files(root) == before
