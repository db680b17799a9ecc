"""The commands for the places where the registry is kept, reviewed and published."""

import re
import sys
from datetime import date
from pathlib import Path

import click

from generator.cli.options import as_of_option, registry_option, stale
from generator.hosting import freshness, machine, owners, preview
from generator.problems import Report, as_text
from generator.registry import load
from generator.speech import Command


@click.command(cls=Command, name="owners")
@registry_option
@click.option(
    "--root",
    metavar="目录",
    type=click.Path(path_type=Path, readable=False, file_okay=False, exists=True),
    default=Path(),
    help="代码库的根目录，默认当前目录",
)
@click.option(
    "--check", "only", is_flag=True, help="只看是否与 policy.yml 一致，不写文件；不一致时退出码为 1"
)
def owners_command(registry: Path, root: Path, only: bool) -> int:
    """按 policy.yml 里的 reviewers 写出 GitHub、GitLab 和 Gitee 的 CODEOWNERS 文件。"""
    report = Report()
    found = load(registry, report, records=False)
    if found is None:
        sys.stderr.write(as_text(report.errors))
        return 1
    try:
        folder = registry.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        raise click.UsageError(
            f"名录目录 {registry} 不在代码库 {root} 里面；请用 --root 指明代码库的根目录。"
        ) from None
    files = {name: owners.code_owners(found.policy, name, folder=folder) for name in owners.FILES}
    changed = stale(root, files, write=not only)
    if only and changed:
        sys.stderr.write(
            f"{'、'.join(changed)} 与 policy.yml 不一致；请运行 python -m generator owners 重新写出。\n"
        )
        return 1
    sys.stdout.write(
        f"已写出 {'、'.join(changed)}。\n" if changed else f"{'、'.join(owners.FILES)} 与 policy.yml 一致。\n"
    )
    return 0


@click.command(cls=Command, name="preview")
@click.argument(
    "before",
    metavar="改动前网站",
    type=click.Path(path_type=Path, readable=False, file_okay=False, exists=True),
)
@click.argument(
    "after",
    metavar="改动后网站",
    type=click.Path(path_type=Path, readable=False, file_okay=False, exists=True),
)
@click.argument("into", metavar="目录", type=click.Path(path_type=Path, readable=False, file_okay=False))
def preview_command(before: Path, after: Path, into: Path) -> int:
    """比较同一天生成的两个网站，把不同的页面连同样式放进一个空目录，从 preview.html 看起。"""
    if into.exists() and any(into.iterdir()):
        raise click.UsageError(f"目录 {into} 不是空的，为免覆盖没有写入；请换一个目录。")
    found = preview.differences(before, after)
    shown = preview.write_preview(after, found, into)
    sys.stdout.write(
        f"新增或改动 {len(found.pages)} 个页面，预览里放了 {shown} 个；"
        f"不再生成 {len(found.gone)} 个页面；另有 {found.others} 个数据文件不同。\n"
    )
    return 0


@click.command(cls=Command, name="fresh")
@click.argument("site", metavar="网站目录", type=click.Path(path_type=Path, readable=False, file_okay=False))
@as_of_option
def fresh_command(site: Path, as_of: date) -> int:
    """查看已发布的网站的数据截至日是不是今天；不是的，退出码为 1。"""
    told = freshness.overdue(site, as_of=as_of)
    if told:
        sys.stderr.write(told + "\n")
        return 1
    sys.stdout.write(f"{site} 的数据截至 {freshness.published_day(site)}，没有落后。\n")
    return 0


class _Form(click.ParamType[str]):
    """Text of a form that needs no quoting in a file of nginx or systemd."""

    def __init__(self, name: str, form: str, example: str) -> None:
        self.name = name
        self.form = re.compile(form, re.ASCII)
        self.example = example

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the text, or refuse what is not of the form."""
        if not self.form.fullmatch(value):
            self.fail(f"“{value}”不是可用的{self.name}，例如 {self.example}。", param, ctx)
        return value


_DOMAIN = _Form(
    "域名",
    r"(?=.{1,253}\Z)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*",
    "minglu.example.cn",
)
_FOLDER = _Form("目录（要写完整路径）", r"(/[A-Za-z0-9._-]+)+", "/srv/registry")
_PATH = _Form("文件（要写完整路径）", r"(/[A-Za-z0-9._-]+)+", "/etc/ssl/registry.pem")
_PLACE = _Form("路径（首尾都要有斜线）", r"/([a-z0-9-]+/)*", "/registry/")
_SETTINGS = _Form("文件（从代码库的目录算起）", r"[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*\.yml", "admin.yml")
_USER = _Form("用户名", r"[a-z_][a-z0-9_-]{0,30}", "registry")


@click.command(cls=Command, name="hosting")
@click.argument("folder", metavar="目录", type=click.Path(path_type=Path, readable=False, file_okay=False))
@click.option(
    "--domain", metavar="域名", type=_DOMAIN, required=True, help="网站的域名，例如 minglu.example.cn"
)
@click.option(
    "--root",
    metavar="目录",
    type=_FOLDER,
    default="/srv/registry",
    help="代码库在服务器上的目录，默认 /srv/registry",
)
@click.option(
    "--user", metavar="用户", type=_USER, default="registry", help="生成网站的系统用户，默认 registry"
)
@click.option(
    "--path", metavar="路径", type=_PLACE, default="/", help="网站在域名下的路径，例如 /registry/，默认 /"
)
@click.option(
    "--admin",
    metavar="文件",
    type=_SETTINGS,
    help="网上填报的设置，从代码库的目录算起，例如 admin.yml；不写就没有填报",
)
@click.option("--certificate", metavar="文件", type=_PATH, help="证书文件；与 --key 同时写，写了就用 https")
@click.option("--key", metavar="文件", type=_PATH, help="私钥文件；与 --certificate 同时写")
def hosting_command(
    folder: Path,
    domain: str,
    root: str,
    user: str,
    path: str,
    admin: str | None,
    certificate: str | None,
    key: str | None,
) -> int:
    """在空目录里写出 nginx 网站和 systemd 定时任务的设置，已按域名和目录填好。"""
    if (certificate is None) != (key is None):
        raise click.UsageError("--certificate 和 --key 要同时写。")
    if folder.exists() and any(folder.iterdir()):
        raise click.UsageError(f"目录 {folder} 不是空的，为免覆盖没有写入；请换一个目录。")
    settings = machine.Machine(
        domain=domain, root=root, user=user, path=path, admin=admin, certificate=certificate, key=key
    )
    for name, text in machine.files(settings):
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
        sys.stdout.write(f"{file}\n")
    sys.stdout.write(
        f"网站地址 {settings.address}，网站目录 {settings.site}。安装步骤见 site_src/update/hosting.md。\n"
    )
    return 0


COMMANDS = (owners_command, preview_command, fresh_command, hosting_command)
