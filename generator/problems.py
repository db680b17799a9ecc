"""What is wrong with a registry: problems as values, collected first and printed last.

Imports nothing of the package. Every reading room reports into a `Report`; the command line prints with `FORMATS`.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Literal

Level = Literal["error", "warning"]

LEVEL_NAMES: dict[Level, str] = {"error": "错误", "warning": "提醒"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One finding: where it is, what was found, what is expected and what to write instead."""

    level: Level
    code: str
    path: str
    line: int
    field: str
    message: str


@dataclass(slots=True)
class Report:
    """A growing collection of problems; the same finding is kept once."""

    _found: dict[Problem, None] = field(default_factory=dict)

    def add(self, problem: Problem) -> None:
        """Keep one problem."""
        self._found[problem] = None

    def extend(self, problems: Iterable[Problem]) -> None:
        """Keep many problems."""
        self._found.update(dict.fromkeys(problems))

    def __iter__(self) -> Iterator[Problem]:
        return iter(in_order(self._found))

    def __len__(self) -> int:
        return len(self._found)

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that forbid publication, in order."""
        return tuple(problem for problem in self if problem.level == "error")

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """The problems that a person should look at, in order."""
        return tuple(problem for problem in self if problem.level == "warning")


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems sorted by path and line (contract, section 4), then in a fixed order."""
    return sorted(problems, key=lambda p: (p.path, p.line, p.level, p.code, p.field, p.message))


def as_text(problems: Iterable[Problem]) -> str:
    """Return one line a problem, `path:line: 错误 [code] field：message`, and a closing count."""
    ordered = in_order(problems)
    lines = [_text_line(problem) for problem in ordered]
    errors = sum(problem.level == "error" for problem in ordered)
    if ordered:
        lines.append(f"共 {errors} 个错误、{len(ordered) - errors} 个提醒。")
    return "".join(line + "\n" for line in lines)


def _text_line(problem: Problem) -> str:
    where = f"{problem.field}：" if problem.field else ""
    place = f"{problem.path}:{problem.line}"
    return f"{place}: {LEVEL_NAMES[problem.level]} [{problem.code}] {where}{problem.message}"


def as_json(problems: Iterable[Problem]) -> str:
    """Return a JSON array of `{"level","code","path","line","field","message"}`, in order."""
    return (
        json.dumps([asdict(problem) for problem in in_order(problems)], ensure_ascii=False, indent=2) + "\n"
    )


def as_github(problems: Iterable[Problem]) -> str:
    """Return GitHub workflow commands, one annotation a problem.

    The escapes are those of the workflow command syntax: `%`, CR and LF everywhere, `:` and `,` in properties.
    """
    lines = []
    for problem in in_order(problems):
        title = f"{LEVEL_NAMES[problem.level]} {problem.code}"
        if problem.field:
            title += f" {problem.field}"
        lines.append(
            f"::{problem.level} file={_property(problem.path)},line={problem.line},"
            f"title={_property(title)}::{_escaped(problem.message)}\n"
        )
    return "".join(lines)


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


FORMATS: dict[str, Callable[[Iterable[Problem]], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
}
