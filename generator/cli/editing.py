"""The command that tells editors the fields of the files."""

import sys
from pathlib import Path

import click

from generator import editors
from generator.cli.options import registry_option, stale
from generator.problems import Report, as_text
from generator.registry import load
from generator.speech import Command


@click.command(cls=Command, name="editors")
@registry_option
@click.option(
    "--root",
    metavar="目录",
    type=click.Path(path_type=Path, readable=False, file_okay=False, exists=True),
    default=Path(),
    help="代码库的根目录，默认当前目录",
)
@click.option("--check", "only", is_flag=True, help="只看是否与名录一致，不写文件；不一致时退出码为 1")
def editors_command(registry: Path, root: Path, only: bool) -> int:
    """写出各种文件的 JSON Schema，VS Code 据此提示字段、列出可选的值、标出错误。"""
    report = Report()
    found = load(registry, report, records=False)
    if found is None:
        sys.stderr.write(as_text(report.errors))
        return 1
    files = editors.files(editors.words(found.policy, found.cities))
    changed = stale(root, files, write=not only)
    if only and changed:
        sys.stderr.write(
            f"{'、'.join(changed)} 与名录不一致；请运行 python -m generator editors 重新写出。\n"
        )
        return 1
    sys.stdout.write(f"已写出 {'、'.join(changed)}。\n" if changed else f"{editors.FOLDER} 与名录一致。\n")
    return 0


COMMANDS = (editors_command,)
