"""The commands that check a registry and build its site."""

import sys
from datetime import date
from pathlib import Path

import click

from generator.cli.options import CONFIG, Format, cache_of, examined_with_progress, registry_options
from generator.problems import FORMATS, as_text
from generator.speech import Command, progress


@click.command(cls=Command, name="check", short_help="检查名录，列出全部问题")
@registry_options
@click.option(
    "--format",
    "form",
    metavar="格式",
    type=Format(),
    default="text",
    help="text、json、markdown，或代码库平台标注用的 github、gitlab",
)
def check_command(registry: Path, as_of: date, form: str) -> int:
    """检查名录的全部文件，一次列出所有问题；有错误时退出码为 1。"""
    examined = examined_with_progress(registry, as_of)
    sys.stdout.write(FORMATS[form](examined.report))
    if form == "text" and not len(examined.report) and examined.registry is not None:
        found = examined.registry
        sys.stdout.write(
            f"没有问题：{len(found.units)} 个单元、{len(found.documents)} 份文件、{len(found.cases)} 个案例，"
            f"数据截至 {as_of}。\n"
        )
    return 0 if examined.publishable else 1


@click.command(cls=Command, name="build", short_help="生成网站")
@registry_options
@click.option(
    "--site",
    metavar="目录",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("site"),
    help="网站生成到的目录，默认 site",
)
def build_command(registry: Path, as_of: date, site: Path) -> int:
    """检查名录并生成网站；名录有错误时不生成，原有网站保持不变。"""
    from generator.building import build

    examined = examined_with_progress(registry, as_of)
    if not examined.publishable or examined.registry is None:
        sys.stderr.write(as_text(examined.report.errors))
        sys.stderr.write("名录有错误，没有生成网站，原有网站不变。请改正以上各处后重试。\n")
        return 1
    build(
        CONFIG,
        site,
        examined,
        cache=cache_of(site),
        progress=lambda parts, total: progress(parts, "生成网站", total),
    )
    warnings = len(examined.report.warnings)
    noted = f"；另有 {warnings} 个提醒，可用 check 查看" if warnings else ""
    sys.stdout.write(f"已生成 {site}：{len(examined.registry.units)} 个单元，数据截至 {as_of}{noted}。\n")
    return 0
