"""The commands that exchange facts with sheets: the template, the import and the export."""

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from generator.cli.options import examined_with_progress, registry_options, whole
from generator.problems import Report, as_text
from generator.registry import load
from generator.speech import Command

_FILE = click.Path(path_type=Path, readable=False, dir_okay=False)


@click.command(cls=Command, name="template")
@click.argument("file", metavar="文件.xlsx", type=_FILE)
@click.option("--force", is_flag=True, help="文件已经存在时覆盖它")
@registry_options
def template_command(file: Path, force: bool, registry: Path, as_of: date) -> int:
    """生成导入模板：每种事项一张工作表，带下拉列表、示例行和填写说明。"""
    from generator.sheets.book import as_book

    _new_workbook(file, force=force)
    report = Report()
    found = load(registry, report)
    if found is None:
        sys.stderr.write(as_text(report.errors))
        return 1
    _write(file, as_book(found, None, as_of=as_of))
    sys.stdout.write(f"已生成导入模板 {file}。填好后用 import 导入，先加 --dry-run 试运行。\n")
    return 0


@click.command(cls=Command, name="export")
@click.argument("file", metavar="文件.xlsx", type=_FILE)
@click.option("--city", metavar="地市", help="只要这个地市的，例如 哈尔滨市")
@click.option("--unit", "units", metavar="编号", multiple=True, help="只要这个单元的，可以写几次")
@click.option("--year", metavar="年份", type=whole(1949), help="只要这一年的事实")
@click.option("--force", is_flag=True, help="文件已经存在时覆盖它")
@registry_options
def export_command(
    file: Path,
    city: str | None,
    units: Sequence[str],
    year: int | None,
    force: bool,
    registry: Path,
    as_of: date,
) -> int:
    """把名录里登记的事实写成与导入模板同样的工作簿；原样导入不改变任何记录。"""
    from generator.sheets import cleaning
    from generator.sheets.book import as_book
    from generator.sheets.facts import Wanted, facts

    _new_workbook(file, force=force)
    examined = examined_with_progress(registry, as_of)
    found = examined.registry
    if found is None or found.unreadable:
        sys.stderr.write(as_text(examined.report.errors))
        sys.stderr.write("名录里有读不懂的文件，没有导出，以免漏掉其中的事实。请改正后重试。\n")
        return 1
    chosen = cleaning.city(city, found) if city else None
    if isinstance(chosen, cleaning.Wrong):
        raise click.UsageError(f"--city 的值不对：“{city}”，{chosen.message}。")
    missing = [unit for unit in units if unit not in found.units]
    if missing:
        sys.stderr.write(f"名录里没有这些编号：{'、'.join(missing)}。\n")
        return 1
    rows = facts(found, Wanted(city=chosen.name if chosen else None, units=tuple(units), year=year))
    _write(file, as_book(found, rows.rows, as_of=as_of))
    for line in rows.told:
        sys.stderr.write(f"{line}\n")
    sys.stdout.write(f"已导出 {rows.count} 行到 {file}。\n")
    return 0


def _new_workbook(file: Path, *, force: bool) -> None:
    if file.suffix.lower() != ".xlsx":
        raise click.UsageError(f"文件名要以 .xlsx 结尾，例如 {file.with_suffix('.xlsx').name}。")
    if file.exists() and not force:
        raise click.UsageError(f"{file} 已经存在，没有覆盖；请换一个文件名，或加 --force。")


def _write(file: Path, content: bytes) -> None:
    """Write a file as a whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f".{file.name}.part")
    try:
        beside.write_bytes(content)
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)


COMMANDS = (template_command, export_command)
