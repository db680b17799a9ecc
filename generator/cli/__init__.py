"""The command line: a module for each family of commands. Exit codes: 0 all well, 1 problems found, 2 wrong usage.

A face: it reads the clock and the environment through `clock`, hands `as_of` on, and prints in Chinese.
"""

import gc
import sys
from typing import NoReturn

import click

from generator.cli.asking import status_command
from generator.cli.comparing import diff_command, rehearse_command
from generator.cli.demonstrating import demo_command
from generator.cli.editing import editors_command
from generator.cli.exchanging import export_command, template_command
from generator.cli.hosting import fresh_command, hosting_command, owners_command, preview_command
from generator.cli.importing import import_command
from generator.cli.publishing import build_command, check_command, serve_command
from generator.cli.recording import COMMANDS
from generator.speech import Group, usage_message


@click.group(cls=Group, invoke_without_command=False)
def cli() -> None:
    """智能工厂名录：检查和改动记录、生成和预览网站、查看状态、比较改动、预演日历、生成演示数据。"""


for _command in (
    check_command,
    build_command,
    serve_command,
    status_command,
    *COMMANDS,
    template_command,
    import_command,
    export_command,
    diff_command,
    rehearse_command,
    demo_command,
    editors_command,
    owners_command,
    preview_command,
    fresh_command,
    hosting_command,
):
    cli.add_command(_command)


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
