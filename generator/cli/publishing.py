"""The commands that check a registry, build its site and show it while it is worked on."""

import errno
import json
import sys
from contextlib import suppress
from datetime import date
from pathlib import Path

import click

from generator.cache import digest
from generator.cli.options import (
    CONFIG,
    Address,
    Format,
    cache_folder,
    cache_of,
    examined_with_progress,
    registry_options,
)
from generator.problems import FORMATS, Report, as_text
from generator.speech import Command, progress

PACKAGE = Path(__file__).resolve().parent.parent
# Where `make form` installs the packages of the web form.
MODULES = CONFIG.parent / ".cache/form/node_modules"


@click.command(cls=Command, name="check")
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


@click.command(cls=Command, name="build")
@registry_options
@click.option(
    "--site",
    metavar="目录",
    type=click.Path(path_type=Path, readable=False, file_okay=False),
    default=Path("site"),
    help="网站生成到的目录，默认 site",
)
@click.option(
    "--admin",
    metavar="文件",
    type=click.Path(path_type=Path, dir_okay=False),
    help="网上填报的设置；写了就在 /admin/ 生成填报页面，不写就没有",
)
@click.option(
    "--gzip",
    "packed",
    is_flag=True,
    help="大文件旁边另放一份压好的（.gz），由 nginx、GitLab Pages 直接发出",
)
def build_command(registry: Path, as_of: date, site: Path, admin: Path | None, *, packed: bool) -> int:
    """检查名录并生成网站；名录有错误时不生成，原有网站保持不变。"""
    from generator.building import begun, build
    from generator.form.pages import MissingBundleError
    from generator.form.settings import read_settings

    found = Report()
    settings = read_settings(admin, found) if admin else None
    if found.errors:
        sys.stderr.write(as_text(found.errors))
        sys.stderr.write("网上填报的设置有错误，没有生成网站，原有网站不变。请改正以上各处后重试。\n")
        return 1
    # Whoever waits reads the registry afterwards: the site that comes last is never that of an older state.
    cache = cache_of(site)
    with begun(site, cache, lambda: sys.stderr.write(f"另一个程序正在生成 {site}，等它结束。\n")) as standby:
        examined = examined_with_progress(registry, as_of)
        if not examined.publishable or examined.registry is None:
            sys.stderr.write(as_text(examined.report.errors))
            sys.stderr.write("名录有错误，没有生成网站，原有网站不变。请改正以上各处后重试。\n")
            return 1
        _remark_day(site, as_of)
        try:
            build(
                CONFIG,
                site,
                examined,
                cache=cache,
                standby=standby,
                form=(settings, MODULES) if settings else None,
                packed=packed,
                progress=lambda step: lambda parts, total: progress(parts, step, total),
            )
        except MissingBundleError as error:
            sys.stderr.write(f"{error}\n")
            return 1
    warnings = len(examined.report.warnings)
    noted = f"；另有 {warnings} 个提醒，可用 check 查看" if warnings else ""
    sys.stdout.write(f"已生成 {site}：{len(examined.registry.units)} 个单元，数据截至 {as_of}{noted}。\n")
    return 0


def _remark_day(site: Path, as_of: date) -> None:
    """Say where a site is built for a day before that of the one that is there: the clock may have been set back."""
    from generator import urls
    from generator.publish import published

    with suppress(ValueError, KeyError, TypeError):
        before = date.fromisoformat(json.loads(published(site, urls.MANIFEST) or b"{}")["as_of"])
        if as_of < before:
            sys.stderr.write(
                f"提醒：数据截至日 {as_of} 早于原有网站的 {before}；不是有意的，请核对本机的日期。\n"
            )


@click.command(cls=Command, name="serve")
@registry_options
@click.option(
    "--addr",
    metavar="地址",
    type=Address(),
    default="127.0.0.1:8000",
    help="预览所用的地址和端口，默认 127.0.0.1:8000",
)
def serve_command(registry: Path, as_of: date, addr: tuple[str, int]) -> int:
    """在本机预览网站；记录、模板、样式改动后自动更新，有错误时列出问题，预览保持上一次的样子。"""
    from generator import mkdocs_plugin, serving
    from generator.frame import DOCS

    host, port = addr
    folder = cache_folder()
    site = folder / "preview" / digest(str(registry.resolve())).hex()[:16] / "site"
    builder = serving.Builder(
        serving.Previewed(config_file=CONFIG, registry=registry, site=site, cache=folder, as_of=as_of)
    )

    def build_again() -> serving.Outcome:
        outcome = builder.build()
        (sys.stderr if outcome.base is None else sys.stdout).write(outcome.message)
        sys.stdout.flush()
        return outcome

    try:
        first = build_again()
        if first.base is None:
            return 1
        # Once more, so that the first change finds a standby too.
        builder.build()
        sys.stdout.write(f"预览网址：http://{host}:{port}{first.mount}，改动后自动更新，按 Ctrl+C 结束。\n")
        sys.stdout.flush()
        mkdocs_plugin.serve(
            site,
            host=host,
            port=port,
            mount=first.mount,
            watched=(registry, CONFIG, CONFIG.parent / DOCS, PACKAGE / "templates", PACKAGE / "theme"),
            build=build_again,
        )
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        raise click.UsageError(f"{host}:{port} 已有别的程序在用，请用 --addr 换一个端口。") from error
    except KeyboardInterrupt:
        sys.stdout.write("预览已结束。\n")
    finally:
        builder.close()
    return 0


COMMANDS = (check_command, build_command, serve_command)
