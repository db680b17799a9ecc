"""The commands on one record: what each may be told, what it asks for, and which act it is.

May import `acting`. The fields, their words and their notes are those of the sheets, so that both ways of entering agree.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click
from msgspec import Struct

from generator.cli.acting import Request, act
from generator.cli.commands import FAMILIES
from generator.cli.options import registry_options
from generator.cli.prompting import note
from generator.sheets import layouts
from generator.sheets.columns import SheetForm
from generator.speech import Command


class Act(Struct, frozen=True, kw_only=True):
    """A command on one record.

    Args:
        name: the command.
        form: the sheet whose act it is.
        options: its options by the field they fill, with what they are called in the help.
        needed: the fields without which it does nothing.
        asked: the other fields that it asks for on a terminal.
    """

    name: str
    form: SheetForm
    options: dict[str, str]
    needed: tuple[str, ...]
    asked: tuple[str, ...] = ()


_ABOUT = FAMILIES["recording"]
_PAPER = {"title": "--title", "document": "--document", "date": "--date"}
ACTS = (
    Act(
        name="new",
        form=layouts.AWARD,
        options={
            "enterprise": "--enterprise",
            "name": "--name",
            "uscc": "--uscc",
            "uscc_note": "--uscc-note",
            "city": "--city",
            "county": "--county",
            "zone": "--zone",
            "industry": "--industry",
            "website": "--website",
            **_PAPER,
            "exception": "--exception",
        },
        needed=("enterprise", "name", "city", "industry", "title", "document"),
        asked=("uscc", "county", "date"),
    ),
    Act(
        name="award",
        form=layouts.AWARD,
        options={**_PAPER, "exception": "--exception"},
        needed=("title", "document"),
        asked=("date",),
    ),
    Act(
        name="renew",
        form=layouts.RENEWAL,
        options=_PAPER,
        needed=("title", "document"),
        asked=("date",),
    ),
    Act(
        name="revoke",
        form=layouts.REVOCATION,
        options={**_PAPER, "reason": "--reason"},
        needed=("title", "document"),
        asked=("date", "reason"),
    ),
    Act(
        name="maturity",
        form=layouts.MATURITY,
        options={"date": "--date", "level": "--level", "method": "--method"},
        needed=("date", "level", "method"),
    ),
    Act(
        name="close",
        form=layouts.CLOSING,
        options={"date": "--date", "reason": "--reason", "successor": "--successor"},
        needed=("date", "reason"),
        asked=("successor",),
    ),
    Act(
        name="rename",
        form=layouts.RENAME,
        options={"new_name": "--new-name", "until": "--until"},
        needed=("new_name", "until"),
    ),
    Act(
        name="report",
        form=layouts.REPORT,
        options={"year": "--year", "date": "--date"},
        needed=("year", "date"),
    ),
    Act(
        name="case",
        form=layouts.CASE,
        options={
            "case_title": "--title",
            "edition": "--edition",
            "scenes": "--scenes",
            "published": "--published",
            "summary": "--summary",
            "metrics": "--metric",
            "body": "--body-file",
            "source": "--source",
        },
        needed=("case_title", "edition", "scenes", "published", "summary", "body"),
        asked=("metrics",),
    ),
)


def _command(kind: Act) -> click.Command:
    """Return the command of an act."""

    def run(registry: Path, as_of: date, *, dry_run: bool, yes: bool, **given: Any) -> int:
        texts = {key: _text(key, given[key]) for key in kind.options if given[key] not in (None, ())}
        request = Request(
            name=kind.name,
            form=kind.form,
            options=kind.options,
            needed=kind.needed,
            asked=kind.asked,
            unit=given.get("unit"),
            fresh=given.get("fresh", False),
            texts=texts,
            dry_run=dry_run,
            yes=yes,
        )
        return act(request, registry, as_of)

    wrapped: Callable[..., Any] = registry_options(run)
    wrapped = click.option("--yes", is_flag=True, help="不再询问，直接写入")(wrapped)
    wrapped = click.option("--dry-run", is_flag=True, help="只说明将要改动什么，不写入")(wrapped)
    if kind.name == "new":
        fresh = "与该企业已有单元名称相近，但确实是另一个单元"
        wrapped = click.option("--fresh", is_flag=True, help=fresh)(wrapped)
    for key, option in reversed(kind.options.items()):
        wrapped = _option(kind, key, option)(wrapped)
    if kind.name != "new":
        wrapped = click.argument("unit", metavar="[单元]", required=False)(wrapped)
    about = f"{_ABOUT[kind.name]}；先说明将要改动什么，再写入。在终端里运行时，缺的内容会逐项询问。"
    return click.command(cls=Command, name=kind.name, help=about)(wrapped)


def _option(kind: Act, key: str, option: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    column = kind.form.column(key)
    assert column is not None, key
    if key == "body":
        path = click.Path(path_type=Path, readable=False, dir_okay=False)
        return click.option(
            option, key, metavar="文件", type=path, help="正文所在的文件，Markdown，UTF-8 编码"
        )
    words = f"{column.title}。{told}" if (told := note(column)) else column.title
    if key == "date" and "date" in kind.asked:
        words += "，不写就是文件的成文日期"
    if key == "metrics":
        return click.option(option, key, metavar="文字", multiple=True, help=f"{words}；可以写多次")
    return click.option(option, key, metavar="日期" if column.form == "day" else "文字", help=words)


def _text(key: str, value: Any) -> str:
    if key == "metrics":
        return "\n".join(value)
    if key == "body":
        try:
            return Path(value).read_text(encoding="utf-8-sig")
        except FileNotFoundError:
            raise click.UsageError(f"没有文件 {value}。") from None
        except UnicodeDecodeError:
            raise click.UsageError(f"{value} 不是 UTF-8 编码；请另存为 UTF-8。") from None
    return str(value)


COMMANDS = tuple(_command(kind) for kind in ACTS)
