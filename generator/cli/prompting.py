"""What is asked on a terminal: a field with its choices, a unit, a text of several lines, and whether to go on.

May import the room `sheets`, as the commands that ask do. Empty answers take the default that is shown; wrong ones are explained and
asked again.
"""

import re
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import click

from generator.registry import Registry

if TYPE_CHECKING:
    from generator.sheets.cleaning import Value
    from generator.sheets.columns import Column
    from generator.sheets.gathering import Question
    from generator.sheets.matching import Fresh, Known

SHOWN = 20
END = "."


def on_terminal() -> bool:
    """Return whether somebody is there who can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


# Parts of the notes of columns that speak of a sheet.
_OF_A_SHEET = re.compile("下拉列表|列表里没有|这一列|空着|必填|格内|或只写代码|不要改成数字|列标题")


def note(column: "Column") -> str:
    """Return what to write in a field, without what is said of cells and sheets, "" where nothing is left."""
    sentences = []
    for sentence in column.note.rstrip("。").split("。"):
        kept = [part for part in re.split("([，；])", sentence) if not _OF_A_SHEET.search(part)]
        plain = re.sub("([，；])[，；]+", r"\1", "".join(kept)).strip("，；")
        if plain:
            sentences.append(plain)
    return "。".join(sentences)


def _noted(column: "Column") -> str:
    told = note(column)
    return f"{told}。" if told else ""


def field(
    column: "Column",
    registry: Registry,
    *,
    choices: Sequence[str] = (),
    labels: Mapping[str, str] | None = None,
    default: str = "",
    empty: str = "",
    check: "Callable[[Value], str | None] | None" = None,
) -> str:
    """Ask for a field until the answer is one, and return its text, "" where it is left out.

    Args:
        column: the field.
        registry: whose vocabularies count.
        choices: what it is chosen from: by number, by the words, or by a part of them.
        labels: how choices are shown where more than the word itself is, which parts are looked for in too.
        default: what an empty answer means.
        empty: what leaving it out means; where this is "" and there is no default it cannot be left out.
        check: says what else is wrong with a value, in Chinese, or None.
    """
    from generator.sheets import cleaning
    from generator.sheets.cleaning import Wrong, matched
    from generator.sheets.grid import Cell
    from generator.sheets.wordlists import industry_words

    # Where the words are numbers themselves a number is the word.
    numbered = not any(word[:1].isdigit() for word in choices)
    offered = list(choices)
    shown = labels or {}
    _show(column.title, [shown.get(word, word) for word in offered], numbered=numbered)
    meant = f"（回车：{default or empty}）" if default or empty else ""
    while True:
        answer = click.prompt(f"{column.title}{meant}", default="", show_default=False).strip()
        if not answer:
            if default or empty:
                return default
            click.echo(f"这一项要填写。{_noted(column)}")
            continue
        if numbered and answer.isdigit() and offered:
            if 1 <= int(answer) <= len(offered):
                return offered[int(answer) - 1]
            click.echo(f"没有第 {answer} 项，请写 1 到 {len(offered)}，或名称的一部分。")
            continue
        value = cleaning.value(column, Cell(at="", text=answer), registry)
        fault = check(value) if check and not isinstance(value, Wrong) else None
        if fault:
            click.echo(f"{fault}。请重新填写。")
            continue
        if not isinstance(value, Wrong) and (column.form == "industry" or not choices):
            if column.form == "industry":
                click.echo(f"  {industry_words(str(value), registry)}")
            return answer
        exact = [word for word in choices if matched(word) == matched(answer)]
        begins = [word for word in choices if matched(word).startswith(matched(answer))]
        near = (
            exact or begins or [word for word in choices if matched(answer) in matched(shown.get(word, word))]
        )
        if len(near) == 1:
            click.echo(f"  {shown.get(near[0], near[0])}")
            return near[0]
        if near:
            offered = near
            click.echo(f"“{answer}”可能是下面几项，请再选一次：")
            _show(column.title, [shown.get(word, word) for word in offered], numbered=numbered)
        else:
            why = value.message if isinstance(value, Wrong) else "不在可选的里面"
            click.echo(f"“{answer}”：{why}。请重新填写。")


def _show(title: str, words: Sequence[str], *, numbered: bool) -> None:
    if not words:
        return
    if len(words) > SHOWN:
        click.echo(f"{title}：共 {len(words)} 项，写名称的一部分就能查找；最前面的几项是")
    else:
        click.echo(f"{title}：")
    for number, word in enumerate(words[:SHOWN], start=1):
        click.echo(f"  {number}  {word}" if numbered else f"  {word}")


def lines(column: "Column", *, optional: bool) -> str:
    """Ask for a text of several lines, which a line with a full stop alone ends."""
    click.echo(f"{column.title}：{_noted(column)}一行一行地输入，最后单独一行写 {END} 结束。")
    while True:
        said: list[str] = []
        while (line := click.prompt("", prompt_suffix="> ", default="", show_default=False)) != END:
            said.append(line)
        text = "\n".join(said).strip("\n")
        if text.strip() or optional:
            return text
        click.echo("这一项要填写。")


def pick(rows: Sequence[str], *, what: str) -> int | None:
    """Let a person choose one of some rows; return its place from 0, or None where nothing is chosen."""
    for number, row in enumerate(rows, start=1):
        click.echo(f"  {number}  {row}")
    while True:
        answer = click.prompt(f"请选择{what}（回车：都不是）", default="", show_default=False).strip()
        if not answer:
            return None
        if answer.isdigit() and 1 <= int(answer) <= len(rows):
            return int(answer) - 1
        click.echo(f"没有这一项，请写 1 到 {len(rows)}。")


def sure(question: str) -> bool:
    """Ask whether to go on; an empty answer is no."""
    while True:
        answer = click.prompt(f"{question}（y 写入，回车放弃）", default="", show_default=False)
        if answer.strip().lower() in ("y", "yes", "是"):
            return True
        if answer.strip().lower() in ("", "n", "no", "否"):
            return False
        click.echo("请写 y，或者按回车放弃。")


def choose_unit(question: "Question") -> "Known | Fresh | None":
    """Show which units could be meant, and let a person choose; nothing chosen is no answer."""
    from generator.sheets.matching import Fresh

    click.echo(f"{question.where}：“{question.said}”{question.why}：")
    for number, unit in enumerate(question.candidates, start=1):
        click.echo(f"  {number}  {unit.id} {unit.enterprise} {unit.name}（{unit.city}）")
    if question.fresh:
        click.echo("  n  都不是，是新单元")
    click.echo("  回车  不清楚，不导入")
    while True:
        answer = click.prompt("请选择", default="", show_default=False).strip().lower()
        if not answer:
            return None
        if question.fresh and answer == "n":
            return Fresh()
        if answer.isdigit() and 1 <= int(answer) <= len(question.candidates):
            return question.candidates[int(answer) - 1]
        click.echo("没有这一项，请重新选择。")
