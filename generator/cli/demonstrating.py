"""The command that makes a demonstration registry."""

import sys
from collections import Counter
from datetime import date
from pathlib import Path

import click

from generator.cli.options import registry_options, whole
from generator.problems import Report, as_text
from generator.reading import VOCABULARY_FILES
from generator.registry import load
from generator.speech import Command, progress


@click.command(cls=Command, name="demo")
@click.argument("folder", metavar="目录", type=click.Path(path_type=Path, readable=False, file_okay=False))
@click.option(
    "--units", metavar="个数", type=whole(1), default=340, show_default="340", help="单元个数，默认 340"
)
@click.option(
    "--seed",
    metavar="种子",
    type=whole(0),
    default=2026,
    help="随机种子，默认 2026；相同的种子得到相同的名录",
)
@click.option(
    "--cases",
    metavar="个数",
    type=whole(0),
    help="典型案例个数，一家企业至多一个；不写时每 340 个单元 40 个",
)
@registry_options
def demo_command(folder: Path, units: int, seed: int, cases: int | None, registry: Path, as_of: date) -> int:
    """在空目录里生成一份虚构的演示名录；规则和分类取自 --registry 指明的名录。"""
    from generator import demo

    if folder.exists() and any(folder.iterdir()):
        raise click.UsageError(f"目录 {folder} 不是空的，为免覆盖没有写入；请换一个目录。")
    report = Report()
    found = load(registry, report, records=False)
    if found is None:
        sys.stderr.write(as_text(report.errors))
        return 1
    files = demo.make(found, units=units, seed=seed, as_of=as_of, cases=cases)
    for name in VOCABULARY_FILES:
        _write(folder / name, (registry / name).read_bytes())
    written: Counter[str] = Counter()
    for path, text in progress(files, "生成演示名录"):
        _write(folder / path, text.encode())
        written[path.partition("/")[0]] += 1
    if cases is not None and written["cases"] < cases:
        sys.stderr.write(f"提醒：这些单元只够写 {written['cases']} 个案例，不到 {cases} 个。\n")
    sys.stdout.write(
        f"已在 {folder} 生成演示名录：{units} 个单元、{written['cases']} 个案例，共 {written.total()} 个文件。"
        "企业均为虚构。\n"
    )
    return 0


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


COMMANDS = (demo_command,)
