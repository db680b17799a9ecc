"""The command that imports a sheet: what it will do first, then all of it or nothing."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli import prompting
from generator.cli.options import Day, examined_with_progress, registry_options
from generator.problems import as_text
from generator.registry import Registry
from generator.speech import Command

if TYPE_CHECKING:
    from generator.sheets.columns import SheetForm
    from generator.sheets.drafts import Given


@click.command(cls=Command, name="import")
@click.argument("file", metavar="文件", type=click.Path(path_type=Path, readable=False, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="只列出将要改动什么，不写入")
@click.option("--title", metavar="称号", help="整份名单授予的称号，表里没有写时用它")
@click.option("--document", metavar="文号", help="整份名单依据的文件，表里没有写时用它")
@click.option("--date", "day", metavar="日期", type=Day(), help="整份名单的日期，不写时是文件的成文日期")
@click.option("--city", metavar="地市", help="整份名单所在的地市，表里没有写时用它")
@click.option("--industry", metavar="代码", help="新单元的行业代码，表里没有写时用它")
@click.option("--act", metavar="事项", help="名单是什么事项：授予、续期、撤销等，不写时按列标题认定")
@click.option("--keep-numbers", is_flag=True, help="按表里的编号新建单元，用于把导出的表导入空的名录")
@registry_options
def import_command(
    file: Path,
    dry_run: bool,
    title: str | None,
    document: str | None,
    day: date | None,
    city: str | None,
    industry: str | None,
    act: str | None,
    keep_numbers: bool,
    registry: Path,
    as_of: date,
) -> int:
    """导入填好的模板，或者公布的名单（.xlsx、.csv）；先列出将要改动什么，有一处不对就什么都不写入。"""
    from generator.sheets.drafts import as_lines
    from generator.sheets.grid import Unreadable
    from generator.sheets.opening import open_file
    from generator.sheets.planning import plan
    from generator.sheets.storing import Halfway, Overtaken, store

    examined = examined_with_progress(registry, as_of)
    found = examined.registry
    if found is None or found.unreadable:
        sys.stderr.write(as_text(examined.report.errors))
        sys.stderr.write("名录里有读不懂的文件，没有导入。请先改正以上各处。\n")
        return 1
    given = _given(found, title, document, day, city, industry)
    wanted = _form(act)
    try:
        grids = open_file(file)
    except FileNotFoundError:
        raise click.UsageError(f"没有文件 {file}。") from None
    except Unreadable as reason:
        sys.stderr.write(f"{file}：{reason}\n没有写入任何记录。\n")
        return 1
    ask = prompting.choose_unit if prompting.on_terminal() else None
    made = plan(grids, found, given, as_of=as_of, wanted=wanted, keep_numbers=keep_numbers, ask=ask)
    for line in made.told:
        sys.stderr.write(f"{line}\n")
    if made.wrong:
        for complaint in as_lines(made.wrong):
            sys.stderr.write(f"{complaint}\n")
        sys.stderr.write(f"共 {len(made.wrong)} 处要改正，没有写入任何记录。\n")
        return 1
    if not made.sentences and not made.unchanged:
        sys.stderr.write(f"{file} 里没有可以导入的行。\n")
        return 1
    for sentence in made.sentences:
        sys.stdout.write(f"{sentence}\n")
    new = sum(change.before is None for change in made.changes)
    what = (
        f"新建 {new} 个文件，改动 {len(made.changes) - new} 个文件；已经登记、不用改动的 {made.unchanged} 行"
    )
    if dry_run:
        sys.stdout.write(f"试运行，没有写入。将{what}。\n")
        return 0
    try:
        store(registry, made.changes)
    except (Overtaken, Halfway) as reason:
        sys.stderr.write(f"{reason}\n")
        return 1
    except OSError as error:
        sys.stderr.write(
            f"写不进去：{error.strerror or error}（{error.filename or registry}）。没有写入任何记录。\n"
        )
        return 1
    sys.stdout.write(f"已{what}。\n")
    if made.changes:
        sys.stdout.write(
            f"下一步：用 check 检查，用 diff main 看效果；再 git add {registry}，用 git commit 提交，发起合并请求。\n"
        )
    return 0


def _given(
    registry: Registry,
    title: str | None,
    document: str | None,
    day: date | None,
    city: str | None,
    industry: str | None,
) -> "Given":
    """What the options say, each as its column would be read."""
    from generator.sheets import cleaning
    from generator.sheets.cleaning import Wrong
    from generator.sheets.drafts import Given

    titles = tuple(one.name for one in registry.policy.titles)
    named = None if city is None else cleaning.city(city, registry)
    read: dict[str, tuple[str | None, str | Wrong | None]] = {
        "--title": (title, title and cleaning.choice(title, titles, what="称号")),
        "--document": (document, document and cleaning.document(document)),
        "--city": (city, named if named is None or isinstance(named, Wrong) else named.name),
        "--industry": (industry, industry and cleaning.industry(industry, registry)),
    }
    values: dict[str, str | None] = {}
    for option, (written, value) in read.items():
        if isinstance(value, Wrong):
            raise click.UsageError(f"{option} 的值不对：“{written}”，{value.message}。")
        values[option] = value or None
    return Given(
        title=values["--title"],
        document=values["--document"],
        date=day,
        city=values["--city"],
        industry=values["--industry"],
    )


def _form(act: str | None) -> "SheetForm | None":
    from generator.sheets.layouts import FORMS
    from generator.sheets.recognising import form_named

    if act is None:
        return None
    form = form_named(act)
    if form is None:
        raise click.UsageError(f"--act 的值不对：“{act}”，可用的有 {'、'.join(one.title for one in FORMS)}。")
    return form


COMMANDS = (import_command,)
