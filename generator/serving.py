"""A preview that follows the records: the site is built again by a process that has everything loaded and waits for word.

May import `building`, `mkdocs_plugin` and what stands above. The process is another one because the server of the preview has
threads, beside which nothing may be forked; a fresh one is made ready after each build, so that it knows the program as it
is now. The page that was waited for is shown before that.
"""

import threading
from datetime import date
from importlib import import_module
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from pkgutil import iter_modules
from urllib.parse import urlsplit

from msgspec import Struct

from generator import site
from generator.building import begun, build
from generator.cache import Cache, program
from generator.checks.desk import examine
from generator.crew import collect_seldom
from generator.problems import as_text, failure

# What the modules of `site` load at the latest, and what starts workers.
_LATE = (
    "generator.calendars",
    "generator.downloads.workbook",
    "generator.mkdocs_plugin",
    "generator.render",
    "concurrent.futures.process",
    "icalendar",
    "markdown_it",
    "segno",
)


class Previewed(Struct, frozen=True, kw_only=True):
    """What is previewed, and where it is built."""

    config_file: Path
    registry: Path
    site: Path
    cache: Path
    as_of: date


class Outcome(Struct, frozen=True):
    """What came of a build: the address of the site, None where the registry has errors, and what there is to say."""

    base: str | None
    message: str

    @property
    def mount(self) -> str:
        """The path below which the site expects to be served."""
        return urlsplit(self.base or "").path or "/"


class Builder:
    """Builds a site whenever it is told to."""

    def __init__(self, previewed: Previewed) -> None:
        """Make a process ready."""
        self._previewed = previewed
        self._renewal = threading.Thread(target=self._renew)
        self._ready()

    def build(self) -> Outcome:
        """Build the site as the records are now; the last good one stays where they have errors."""
        self._renewed()
        if self._program != program() or not self._process.is_alive():
            self._renew()
        self._line.send(None)
        try:
            outcome: Outcome = self._line.recv()
        except EOFError:
            outcome = Outcome(None, "生成网站的进程意外结束，预览仍是上一次的；请再存一次文件。\n")
        self._renewal = threading.Thread(target=self._renew)
        self._renewal.start()
        return outcome

    def close(self) -> None:
        """Let the waiting process go."""
        self._renewed()
        self._dismiss()

    def _renewed(self) -> None:
        """Wait until the process that follows the last build is there."""
        if self._renewal.is_alive():
            self._renewal.join()

    def _renew(self) -> None:
        self._dismiss()
        self._ready()

    def _dismiss(self) -> None:
        self._line.close()
        self._process.join(1)
        if self._process.is_alive():
            self._process.terminate()

    def _ready(self) -> None:
        self._program = program()
        spawn = get_context("spawn")
        self._line, other = spawn.Pipe()
        self._process: BaseProcess = spawn.Process(target=_wait, args=(other, self._previewed), daemon=False)
        self._process.start()
        other.close()


def _wait(line: Connection, previewed: Previewed) -> None:
    """Wait for word, build once, and tell what came of it."""
    _load()
    collect_seldom()
    try:
        line.recv()
    except (EOFError, KeyboardInterrupt):
        return
    line.send(_built(previewed))


def _load() -> None:
    """Load what a build loads only where it needs it, while there is time: workers are forked with it."""
    pages = (found.name for found in iter_modules(site.__path__, f"{site.__name__}."))
    for name in (*pages, *_LATE):
        import_module(name)


def _built(previewed: Previewed) -> Outcome:
    try:
        # One who waits for another preview of the same records reads them after it.
        kept = Cache(previewed.cache, previewed.site)
        with begun(previewed.site, kept) as standby:
            examined = examine(
                previewed.registry, as_of=previewed.as_of, cache=Cache(previewed.cache, previewed.registry)
            )
            if not examined.publishable:
                return Outcome(
                    None,
                    f"{as_text(examined.report.errors)}名录有错误，预览仍是上一次的；改正后会自动更新。\n",
                )
            base = build(
                previewed.config_file,
                previewed.site,
                examined,
                cache=kept,
                standby=standby,
                lasting=False,
            )
    except OSError as error:
        return Outcome(None, f"{failure(error)}预览仍是上一次的。\n")
    assert examined.registry is not None
    return Outcome(base, f"已更新：{len(examined.registry.units)} 个单元，数据截至 {previewed.as_of}。\n")
