"""The command for whoever wants to know whether a site is what was published."""

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click

from generator import urls
from generator.cli.options import Format, whole
from generator.speech import Command, progress
from generator.verifying import chain, folder, host
from generator.verifying.account import Account
from generator.verifying.findings import Finding, Verified, as_json, as_text

_TELLINGS: dict[str, Callable[[Verified], str]] = {"text": as_text, "json": as_json}


@click.command(cls=Command, name="verify")
@click.argument("site", metavar="网站目录|网址")
@click.option(
    "--sample", metavar="个数", type=whole(1), help="只随机抽查这么多个文件；用于网址，不写时全部核对"
)
@click.option(
    "--previous",
    metavar="文件",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="上一份发布清单；另看网站的清单是不是接在它之后",
)
@click.option(
    "--kept",
    metavar="目录",
    type=click.Path(path_type=Path, file_okay=False),
    help="保存清单的目录；另看网站的清单与以前保存的是否前后相连，一致时把它也存进去",
)
@click.option(
    "--format",
    "form",
    metavar="格式",
    type=Format(*_TELLINGS),
    default="text",
    help="text 或 json，默认 text",
)
def verify_command(site: str, sample: int | None, previous: Path | None, kept: Path | None, form: str) -> int:
    """核对网站目录或已发布的网站：清单里的每个文件都在，字节与清单一致，目录里没有多出的文件。"""
    if previous is not None and kept is not None:
        raise click.UsageError("--previous 和 --kept 只能写一个。")
    if "://" in site:
        content, account, checked, findings = _served(site, sample)
    else:
        content, account, checked, findings = _laid_out(Path(site), sample)
    linked = chain.Linked(None)
    if account is not None and previous is not None:
        linked = chain.follows(account, previous)
    elif account is not None and kept is not None:
        linked = chain.descends(account, kept)
    findings += linked.findings
    if account is not None and kept is not None and not findings:
        chain.keep(content, account, kept)
    sys.stdout.write(_TELLINGS[form](_verified(site, account, checked, linked.told, findings)))
    return 1 if findings else 0


def _verified(
    site: str, account: Account | None, checked: int, told: str | None, findings: list[Finding]
) -> Verified:
    if account is None:
        return Verified(site=site, findings=findings)
    said = account.statement
    return Verified(
        site=site,
        as_of=said.as_of.isoformat(),
        commit=said.commit,
        manifest=account.sha256,
        previous=said.previous,
        files=len(account.files),
        checked=checked,
        chain=told,
        findings=findings,
    )


def _laid_out(site: Path, sample: int | None) -> tuple[bytes, Account | None, int, list[Finding]]:
    if sample is not None:
        raise click.UsageError("--sample 用于网址；网站目录总是全部核对。")
    if not site.is_dir():
        raise click.UsageError(f"没有目录 {site}；核对已发布的网站，请写 https:// 开头的网址。")
    content, account, findings = folder.account_of(site)
    if account is None:
        return b"", None, 0, findings
    findings += folder.compared(site, account, _bar)
    return content, account, len(account.files), findings


def _served(site: str, sample: int | None) -> tuple[bytes, Account | None, int, list[Finding]]:
    wrong = host.base_of(site)
    if wrong:
        raise click.UsageError(f"“{site}”{wrong}。")
    asked = host.Host(site)
    try:
        content, account, findings = host.account_of(asked)
        if account is None:
            return b"", None, 0, findings
        paths = host.chosen(account, sample)
        outcomes = list(host.compared(asked, account, paths, _bar))
    finally:
        asked.close()
    findings += [found for found in outcomes if found is not None]
    if len(outcomes) < len(paths):
        message = f"接连 {host.GIVEN_UP} 个文件取不到，其余 {len(paths) - len(outcomes)} 个没有再取。"
        findings.append(Finding(kind="unreachable", path=urls.HOME or "/", message=message))
    return content, account, len(outcomes), findings


def _bar(rows: Iterable[Any], total: int) -> Iterable[Any]:
    return progress(rows, "核对文件", total)


COMMANDS = (verify_command,)
