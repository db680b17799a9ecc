"""The command line's manners: click's own words in Chinese, and a progress bar for long work.

May import click and tqdm alone; used by `cli`.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sized
from importlib import import_module
from time import perf_counter
from typing import Any, TypeVar

import click

T = TypeVar("T")

# Seconds of work that nobody need be told how far it is.
_UNTOLD = 1


def progress(rows: Iterable[T], what: str, total: int | None = None) -> Iterable[T]:
    """Show on a terminal how far a walk is, once it has taken a second; elsewhere show nothing."""
    return _shown(rows, what, total) if sys.stderr.isatty() else rows


def _shown(rows: Iterable[T], what: str, total: int | None) -> Iterator[T]:
    walk, begun = iter(rows), perf_counter()
    for done, row in enumerate(walk, 1):
        yield row
        if perf_counter() - begun < _UNTOLD:
            continue
        # Loading the bar takes a tenth of the time of a short command, which needs none.
        from tqdm import tqdm

        # The bar would start a thread that looks after slow steps; a process with threads is not forked.
        tqdm.monitor_interval = 0
        bar = tqdm(
            walk,
            desc=what,
            total=len(rows) if total is None and isinstance(rows, Sized) else total,
            initial=done,
            leave=False,
            file=sys.stderr,
            bar_format="{desc}：{bar} {n_fmt}/{total_fmt}，已用 {elapsed}，还需约 {remaining}",
        )
        # It counts from the first row, not from when it is shown.
        bar.initial, bar.start_t = 0, bar.start_t - _UNTOLD
        yield from bar


class _Chinese(click.Command):
    """A command whose help is in Chinese."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="用法：")

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        words = {"[OPTIONS]": "[选项]", "COMMAND": "命令", "[ARGS]...": "[参数]…"}
        pieces = super().collect_usage_pieces(ctx)
        return [" ".join(words.get(word, word) for word in piece.split(" ")) for piece in pieces]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        # Arguments have no words of their own here: the text above the options explains them.
        rows = [row for param in self.get_params(ctx) if (row := param.get_help_record(ctx)) and row[1]]
        if rows:
            with formatter.section("选项"):
                formatter.write_dl(rows)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "显示本说明"
        return option


class Command(_Chinese):
    """A command that speaks Chinese."""


class Group(_Chinese, click.Group):
    """A group of commands that speaks Chinese; a command is loaded when it is asked for.

    `families` are the commands by the module that has them among its `COMMANDS`: the name of each, and what it is for.
    """

    command_class = Command

    def __init__(self, *args: Any, families: Mapping[str, Mapping[str, str]], **named: Any) -> None:
        super().__init__(*args, **named)
        self._modules = {name: module for module, names in families.items() for name in names}
        self._about = {name: about for names in families.values() for name, about in names.items()}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return list(self._modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, or None where there is none of this name."""
        if cmd_name not in self._modules:
            return None
        found: Iterable[click.Command] = import_module(self._modules[cmd_name]).COMMANDS
        return next(command for command in found if command.name == cmd_name)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then the commands with one line each."""
        super().format_options(ctx, formatter)
        with formatter.section("命令"):
            formatter.write_dl(list(self._about.items()))


def usage_message(error: click.UsageError) -> str:
    """Return a usage error in Chinese, with the command whose help explains more."""
    command = error.ctx.command_path if error.ctx else "python -m generator"
    return f"{_usage(error)}\n用 {command} --help 查看用法。"


def _usage(error: click.UsageError) -> str:
    param = getattr(error, "param", None)
    name = "、".join((*param.opts, *param.secondary_opts)) if isinstance(param, click.Option) else ""
    if not name and param is not None:
        name = param.human_readable_name
    if isinstance(error, click.NoSuchOption):
        near = f"，您要写的可能是 {'、'.join(error.possibilities)}" if error.possibilities else ""
        return f"没有选项 {error.option_name}{near}。"
    if isinstance(error, click.MissingParameter):
        return f"缺少 {name}。"
    if isinstance(error, click.BadParameter):
        return f"{name} 的值不对：{error.message}"
    if isinstance(error, click.BadOptionUsage):
        return f"选项 {error.option_name} 的用法不对，是否少了值？"
    if "No such command" in error.message:
        return f"没有这个命令：{error.message.split(chr(39))[1]}。"
    if "unexpected extra argument" in error.message:
        return "多出了不认识的参数，请检查空格和引号。"
    return "缺少命令。" if "Missing command" in error.message else error.message
