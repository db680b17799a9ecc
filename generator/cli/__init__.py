"""The command line: a module for each family of commands. Exit codes: 0 all well, 1 problems found, 2 wrong usage.

A face: it reads the clock and the environment through `clock`, hands `as_of` on, and prints in Chinese.
"""

import sys
from typing import NoReturn

import click

from generator import clock
from generator.cli.commands import FAMILIES
from generator.crew import collect_seldom, employ
from generator.problems import failure
from generator.speech import Group, usage_message


@click.group(
    cls=Group,
    invoke_without_command=False,
    families={f"generator.cli.{module}": names for module, names in FAMILIES.items()},
)
def cli() -> None:
    """智能工厂名录：检查和改动记录、生成、预览和核对网站、查看状态、比较改动、预演日历、生成演示数据。"""
    workers = clock.setting("WORKERS")
    if workers is not None and not (workers.isascii() and workers.isdigit() and int(workers)):
        raise click.UsageError(f"环境变量 WORKERS 的值不对：“{workers}”，应是不小于 1 的整数。")
    employ(int(workers) if workers else None)


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command line and exit with 0, 1 or 2."""
    collect_seldom()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A path that the system's own encoding could not tell goes out with the bytes it has.
            stream.reconfigure(encoding="utf-8", errors="surrogateescape")
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
        click.echo(f"{failure(error)}原有网站不变。", err=True)
        code = 1
    sys.exit(code or 0)
