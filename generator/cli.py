"""The command line: check, build, status and demo. Exit codes: 0 all well, 1 problems found, 2 wrong usage.

A face: it reads the clock and the environment through `clock`, hands `as_of` on, and prints in Chinese.
"""

import gc
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import click

from generator import clock, forms
from generator.checks.desk import Examined, examine
from generator.problems import FORMATS, Report, as_text
from generator.reading import VOCABULARY_FILES
from generator.registry import load
from generator.rules.terms import STATUSES
from generator.site.press import Page
from generator.speech import Group, progress, usage_message
from generator.views import words
from generator.views.book import Book

CONFIG = Path(__file__).resolve().parent.parent / "mkdocs.yml"

STATUS_WORDS = {
    "listed": "在名单中",
    "expired": "已到期",
    "revoked": "已撤销",
    "closed": "已退出",
    "upcoming": "待列入",
    "unlisted": "未列入",
}


class _Day(click.ParamType[date]):
    name = "日期"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        found = forms.day(value)
        if isinstance(found, str):
            self.fail(f"“{value}”，{found}。", param, ctx)
        return found


class _Format(click.ParamType[str]):
    name = "格式"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value not in FORMATS:
            self.fail(f"“{value}”，可用的有 {'、'.join(FORMATS)}。", param, ctx)
        return str(value)


def _whole(low: int) -> click.ParamType[int]:
    class Whole(click.ParamType[int]):
        name = "整数"

        def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
            try:
                number = int(value)
            except ValueError:
                self.fail(f"“{value}”不是整数。", param, ctx)
            if number < low:
                self.fail(f"“{value}”太小，最小是 {low}。", param, ctx)
            return number

    return Whole()


def _registry_options(command: Callable[..., Any]) -> Callable[..., Any]:
    registry = click.option(
        "--registry",
        metavar="目录",
        type=click.Path(path_type=Path),
        default=lambda: clock.setting("REGISTRY") or "registry",
        help="名录所在的目录，不写时为环境变量 REGISTRY 或 registry",
    )
    as_of = click.option(
        "--as-of",
        metavar="日期",
        type=_Day(),
        default=lambda: clock.setting("AS_OF") or clock.today(),
        help="数据截至日，例如 2026-06-30；不写时为环境变量 AS_OF 或北京时间今天",
    )
    return registry(as_of(command))


@click.group(cls=Group, invoke_without_command=False)
def cli() -> None:
    """智能工厂名录：检查记录、生成网站、查看状态、生成演示数据。"""


@cli.command("check", short_help="检查名录，列出全部问题")
@_registry_options
@click.option("--format", "form", metavar="格式", type=_Format(), default="text", help="text、json 或 github")
def check_command(registry: Path, as_of: date, form: str) -> int:
    """检查名录的全部文件，一次列出所有问题；有错误时退出码为 1。"""
    examined = _examined(registry, as_of)
    sys.stdout.write(FORMATS[form](examined.report))
    if form == "text" and not len(examined.report) and examined.registry is not None:
        found = examined.registry
        sys.stdout.write(
            f"没有问题：{len(found.units)} 个单元、{len(found.documents)} 份文件、{len(found.cases)} 个案例，"
            f"数据截至 {as_of}。\n"
        )
    return 0 if examined.publishable else 1


@cli.command("build", short_help="生成网站")
@_registry_options
@click.option(
    "--site",
    metavar="目录",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("site"),
    help="网站生成到的目录，默认 site",
)
def build_command(registry: Path, as_of: date, site: Path) -> int:
    """检查名录并生成网站；名录有错误时不生成，原有网站保持不变。"""
    from generator import mkdocs_plugin, publish

    examined = _examined(registry, as_of)
    if not examined.publishable or examined.registry is None:
        sys.stderr.write(as_text(examined.report.errors))
        sys.stderr.write("名录有错误，没有生成网站，原有网站不变。请改正以上各处后重试。\n")
        return 1
    with publish.replacing(site) as fresh:
        mkdocs_plugin.build(CONFIG, fresh, examined, _pages, replaces=site)
    warnings = len(examined.report.warnings)
    noted = f"；另有 {warnings} 个提醒，可用 check 查看" if warnings else ""
    sys.stdout.write(f"已生成 {site}：{len(examined.registry.units)} 个单元，数据截至 {as_of}{noted}。\n")
    return 0


@cli.command("status", short_help="查看某一天的状态")
@_registry_options
@click.argument("units", metavar="[编号]…", nargs=-1)
def status_command(registry: Path, as_of: date, units: tuple[str, ...]) -> int:
    """查看全体或某几个单元在某一天的状态。"""
    examined = _examined(registry, as_of)
    if not examined.publishable or examined.registry is None or examined.ledger is None:
        sys.stderr.write(as_text(examined.report.errors))
        return 1
    book = Book(examined.registry, examined.ledger, as_of)
    unknown = [unit for unit in units if unit not in examined.registry.units]
    for unit_id in units:
        if unit_id not in unknown:
            unit = examined.registry.units[unit_id]
            sys.stdout.write(f"{unit_id} {unit.enterprise} {unit.name}\n  {words.answer(book, unit)}\n")
            bar = words.bar_sentence(book, book.standing(unit))
            sys.stdout.write(f"  {bar}\n" if bar else "")
    if unknown:
        sys.stderr.write(f"名录里没有这些编号：{'、'.join(unknown)}。\n")
        return 1
    if not units:
        sys.stdout.write(_summary(book))
    return 0


def _summary(book: Book) -> str:
    standings = book.standings.values()
    tiers = Counter(standing.tier for standing in standings)
    statuses = Counter(standing.status for standing in standings)
    lines = [f"{book.policy.name}，数据截至 {book.as_of}，共 {len(book.standings)} 个单元"]
    lines += [f"  {tier.name}：{tiers[tier.id]}" for tier in reversed(book.policy.tiers)]
    lines += [f"  {STATUS_WORDS[status]}：{statuses[status]}" for status in STATUSES if statuses[status]]
    soon = sum(standing.expiring for standing in standings)
    barred = sum(standing.barred_through is not None for standing in standings)
    lines.append(f"  {book.policy.expiring_within_days} 天内到期：{soon}；企业在限制期内：{barred}")
    following = book.ledger.next_transition(as_of=book.as_of)
    lines.append(f"下一次变动：{following or '没有'}")
    return "\n".join(lines) + "\n"


@cli.command("demo", short_help="生成演示名录")
@click.argument("folder", metavar="目录", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--units", metavar="个数", type=_whole(1), default=340, show_default="340", help="单元个数，默认 340"
)
@click.option(
    "--seed",
    metavar="种子",
    type=_whole(0),
    default=2026,
    help="随机种子，默认 2026；相同的种子得到相同的名录",
)
@_registry_options
def demo_command(folder: Path, units: int, seed: int, registry: Path, as_of: date) -> int:
    """在空目录里生成一份虚构的演示名录；规则和分类取自 --registry 指明的名录。"""
    from generator import demo

    if folder.exists() and any(folder.iterdir()):
        raise click.UsageError(f"目录 {folder} 不是空的，为免覆盖没有写入；请换一个目录。")
    report = Report()
    found = load(registry, report, records=False)
    if found is None:
        sys.stderr.write(as_text(report.errors))
        return 1
    files = demo.make(
        cities=found.cities,
        industries=found.industries,
        scenes=found.scenes,
        policy=found.policy,
        units=units,
        seed=seed,
        as_of=as_of,
    )
    for name in VOCABULARY_FILES:
        _write(folder / name, (registry / name).read_bytes())
    written = 0
    for path, text in progress(files, "生成演示名录"):
        _write(folder / path, text.encode())
        written += 1
    sys.stdout.write(f"已在 {folder} 生成演示名录：{units} 个单元，共 {written} 个文件。企业均为虚构。\n")
    return 0


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _examined(registry: Path, as_of: date) -> Examined:
    return examine(registry, as_of=as_of, progress=lambda found, total: progress(found, "读取记录", total))


def _pages(pages: Iterable[Page], total: int) -> Iterable[Page]:
    return progress(pages, "生成页面", total)


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command line and exit with 0, 1 or 2."""
    # Records live as long as the process; looking through them again and again for cycles costs half of the derivation.
    gc.set_threshold(200_000, 20, 100)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    try:
        code = cli.main(args=arguments, prog_name="python -m generator", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as shown:
        click.echo(shown.format_message())
        code = 2
    except click.UsageError as error:
        click.echo(usage_message(error), err=True)
        code = 2
    except (click.Abort, KeyboardInterrupt):
        click.echo("已中断，没有改动原有网站。", err=True)
        code = 1
    except OSError as error:
        click.echo(
            f"读写失败：{error.strerror or error}（{error.filename or '未知文件'}）。原有网站不变。", err=True
        )
        code = 1
    sys.exit(code or 0)
