"""The commands that tell what a change means, of commits or folders, and what the calendar will bring by itself.

May import `options`, `speech`, `history` and what stands before them.
"""

import json
import os
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import click

from generator import clock, forms
from generator.cli.options import Format, cache_of, registry_options, whole
from generator.effects.compare import compare, plain
from generator.effects.markdown import LEAST, LIMIT
from generator.effects.rehearsal import rehearse
from generator.effects.rehearsed import as_lines
from generator.effects.side import Side, side
from generator.effects.telling import markdown
from generator.history import HistoryError, snapshot
from generator.problems import FORMATS, Report, as_text
from generator.reading import Reading
from generator.registry import Registry, load, load_stored
from generator.speech import Command, progress

_FORMS = ("markdown", "json")
_REHEARSED = ("text", "json")


class Address(click.ParamType[str]):
    """The public address of a site."""

    name = "网址"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the address with a closing slash, or refuse what is none."""
        wrong = forms.url_problem(str(value))
        if wrong:
            self.fail(f"“{value}”，{wrong}。", param, ctx)
        return f"{str(value).rstrip('/')}/"


class Limit(click.ParamType[int]):
    """A number of characters, 0 for as many as there are."""

    name = "字数"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number, or refuse what is none or leaves no room."""
        number = int(whole(0).convert(value, param, ctx))
        if 0 < number < LEAST:
            self.fail(f"“{value}”太小，最小是 {LEAST}；0 表示不限。", param, ctx)
        return number


@click.command(cls=Command, name="diff")
@click.argument("base", metavar="改动前")
@click.argument("head", metavar="[改动后]", required=False)
@registry_options
@click.option(
    "--format",
    "form",
    metavar="格式",
    type=Format(*_FORMS),
    default="markdown",
    help="效果的格式：markdown 或 json，写到标准输出",
)
@click.option(
    "--problems",
    metavar="格式",
    type=Format(),
    default="text",
    help="错误和提醒的格式：与 check 的 --format 相同，写到标准错误",
)
@click.option(
    "--limit",
    metavar="字数",
    type=Limit(),
    default=LIMIT,
    help=f"Markdown 的字数上限，默认 {LIMIT}，即 GitHub 评论的上限；0 表示不限",
)
@click.option(
    "--site-url",
    metavar="网址",
    type=Address(),
    default=lambda: clock.setting("SITE_URL"),
    help="网站的公开网址，单元名称链接到网页；不写时为环境变量 SITE_URL，都没有则不加链接",
)
def diff_command(
    base: str,
    head: str | None,
    registry: Path,
    as_of: date,
    form: str,
    problems: str,
    limit: int,
    site_url: str | None,
) -> int:
    """说明一次改动的法律效果：谁列入、晋级、续期、被撤销、退出，谁的到期日不变。

    改动前、改动后可以是提交（编号、分支、标签），也可以是文件夹；改动后不写时为现有文件。
    改动已公布的事实、删除记录或丢失网页地址的，退出码为 1。
    """
    try:
        after = _side(head, registry, as_of)
        before = _side(base, registry, as_of, like=after) if after else None
    except HistoryError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    if after is None or before is None:
        return 1
    effects = compare(before, after)
    if form == "json":
        sys.stdout.write(json.dumps(plain(effects), ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.write(markdown(effects, base=site_url, limit=limit))
    sys.stderr.write(FORMATS[problems]([*effects.errors, *effects.warnings]))
    return 1 if effects.errors else 0


@click.command(cls=Command, name="rehearse")
@registry_options
@click.option(
    "--format", "form", metavar="格式", type=Format(*_REHEARSED), default="text", help="text 或 json"
)
def rehearse_command(registry: Path, as_of: date, form: str) -> int:
    """预演以后的日子：不改任何记录，检查会不会自己不通过，名单和限制期会怎样变。

    预演数据截至日、1、30、90、365 天后，以及接下来五个名单自行变动的日子；哪一天有错误，退出码为 1。
    """
    report = Report()
    found = load(registry, report, _bar, cache=cache_of(registry))
    if found is None:
        sys.stderr.write(as_text(report.errors))
        return 1
    rehearsed = rehearse(found, report, as_of=as_of, watch=lambda days: progress(days, "预演", len(days)))
    if form == "json":
        sys.stdout.write(json.dumps(plain(rehearsed), ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.write(as_lines(rehearsed))
    return 1 if rehearsed.red else 0


def _side(which: str | None, registry: Path, as_of: date, *, like: Side | None = None) -> Side | None:
    """Read one side, or say why it cannot be read.

    Args:
        which: a folder, or a commit that holds the registry's folder; None for the working files.
        registry: the registry's folder.
        as_of: the day looked at.
        like: the other side, for what is the same there and need not be read again; the side without it is the new
            one and is checked against all rules.
    """
    report = Report()
    name, found = _read(which, registry, report, like.registry if like else None)
    if found is None:
        sys.stderr.write(f"名录读不出，无法比较（{name}）：\n{as_text(report.errors)}")
        return None
    return side(name, found, report, as_of=as_of, known=like, rules=like is None)


def _read(
    which: str | None, registry: Path, report: Report, like: Registry | None
) -> tuple[str, Registry | None]:
    """The name of a side, and its records."""
    if which is None or Path(which).is_dir():
        folder = registry if which is None else Path(which)
        return ("现有文件" if which is None else f"文件夹 {which}"), load(
            folder, report, _bar, cache=cache_of(folder)
        )
    found = snapshot(registry, which)
    named = which if found.commit.startswith(which) else f"{which}（{found.commit[:12]}）"
    shown = Path(os.path.relpath(registry)).as_posix()
    return f"提交 {named}", load_stored(found.files, shown, report, _bar, like=like)


def _bar(readings: Iterable[Reading], total: int) -> Iterable[Reading]:
    return progress(readings, "读取记录", total)


COMMANDS = (diff_command, rehearse_command)
