"""What several commands share: kinds of argument, the registry and its day, and the reading of both with a progress bar.

May import `speech` and what stands above it.
"""

import sys
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import click

from generator import clock, forms, journal
from generator.cache import Cache, program
from generator.checks.desk import Examined, examine
from generator.problems import FORMATS
from generator.speech import progress

CONFIG = Path(__file__).resolve().parent.parent.parent / "mkdocs.yml"


class Day(click.ParamType[date]):
    """A day, in the form that records have."""

    name = "日期"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day, or refuse what is none."""
        if isinstance(value, date):
            return value
        found = forms.day(value)
        if isinstance(found, str):
            self.fail(f"“{value}”，{found}。", param, ctx)
        return found


class Format(click.ParamType[str]):
    """A form in which something is shown: one of those named, or those of problems."""

    name = "格式"

    def __init__(self, *names: str) -> None:
        self._names = names or tuple(FORMATS)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the name of the form, or refuse what is none."""
        if value not in self._names:
            self.fail(f"“{value}”，可用的有 {'、'.join(self._names)}。", param, ctx)
        return str(value)


class Address(click.ParamType[tuple[str, int]]):
    """Where a server listens: a host and a port."""

    name = "地址"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, int]:
        """Return host and port, or refuse what is neither."""
        if isinstance(value, tuple):
            return value
        host, colon, port = str(value).rpartition(":")
        if not (colon and host and port.isdecimal() and 0 < int(port) < 65536):
            self.fail(f"“{value}”，应是“地址:端口”，例如 127.0.0.1:8000。", param, ctx)
        return host, int(port)


def whole(low: int) -> click.ParamType[int]:
    """Return a kind of argument: a whole number that is not below `low`."""

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


def _whole(_context: click.Context, _option: click.Parameter, registry: Path) -> Path:
    """Take back what a killed command has left half written, and say so; where that cannot be, reading will."""
    try:
        undone = journal.undo(registry)
    except OSError:
        return registry
    if undone is not None:
        sys.stderr.write(
            f"{registry}：上一次写入没有做完，程序中途被停止了；已经撤销，名录与那次写入之前一样。请把那次的命令再运行一遍。\n"
        )
        if undone.left:
            sys.stderr.write(f"这些文件在那以后又被改过，没有动它们：{'、'.join(undone.left)}。\n")
    return registry


def registry_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the option --registry; what was left half written there is taken back first."""
    return click.option(
        "--registry",
        metavar="目录",
        type=click.Path(path_type=Path, readable=False),
        callback=_whole,
        default=lambda: clock.setting("REGISTRY") or "registry",
        help="名录所在的目录，不写时为环境变量 REGISTRY 或 registry",
    )(command)


def as_of_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the option --as-of."""
    return click.option(
        "--as-of",
        metavar="日期",
        type=Day(),
        default=lambda: clock.setting("AS_OF") or clock.today(),
        help="数据截至日，例如 2026-06-30；不写时为环境变量 AS_OF 或北京时间今天",
    )(command)


def registry_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options --registry and --as-of."""
    return registry_option(as_of_option(command))


def examined_with_progress(registry: Path, as_of: date) -> Examined:
    """Return an examined registry; a bar shows how far it is, and what did not change is not parsed again."""
    return examine(
        registry,
        as_of=as_of,
        progress=lambda found, total: progress(found, "读取记录", total),
        cache=cache_of(registry),
    )


def stale(root: Path, files: Mapping[str, str], *, write: bool) -> list[str]:
    """Return which generated files of a repository are not as they should be, and write them anew if asked to.

    Args:
        root: the root of the repository.
        files: the text of each file by its path.
        write: whether to write those that are not as they should be.
    """
    found = []
    for name, text in files.items():
        path = root / name
        if path.is_file() and path.read_bytes() == text.encode():
            continue
        found.append(name)
        if write:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
    return found


def cache_of(whose: Path) -> Cache:
    """Return where results are kept for a registry or a site: in the folder that CACHE names, else beside mkdocs.yml."""
    return Cache(cache_folder(), whose, _program())


@cache
def _program() -> str:
    """A command runs one version of the program; looking at all its files takes a hundredth of a second."""
    return program()


def cache_folder() -> Path:
    """Return the folder of all results that can be worked out again."""
    return Path(clock.setting("CACHE") or CONFIG.parent / ".cache" / "generator")
