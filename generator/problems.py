"""What is wrong with a registry: problems as values, collected first and printed last.

Imports nothing of the package. Every reading room reports into a `Report`; the command line prints with `FORMATS`.
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from msgspec import Struct
from msgspec.structs import asdict

Level = Literal["error", "warning"]

LEVEL_NAMES: dict[Level, str] = {"error": "错误", "warning": "提醒"}


class Problem(Struct, frozen=True, kw_only=True):
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


def failure(error: OSError) -> str:
    """Return in words that a read or write has failed, why, and of which file."""
    return f"读写失败：{error.strerror or error}（{error.filename or '未知文件'}）。"


_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def visible(text: str) -> str:
    """Return a text on one line, with the signs that nobody sees and bytes that are no text written as escapes.

    Names of files may hold line ends, which continuous integration takes for the begin of a command, and anything else
    that a terminal obeys.
    """
    if text.isprintable():
        return text
    return "".join(_escape(sign) if unicodedata.category(sign) in _UNSEEN else sign for sign in text)


def _escape(sign: str) -> str:
    return f"\\u{ord(sign):04x}" if ord(sign) < 0x10000 else f"\\U{ord(sign):08x}"


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
    return visible(f"{place}: {LEVEL_NAMES[problem.level]} [{problem.code}] {where}{problem.message}")


def as_json(problems: Iterable[Problem]) -> str:
    """Return a JSON array of `{"level","code","path","line","field","message"}`, in order."""
    return (
        json.dumps([asdict(problem) for problem in in_order(problems)], ensure_ascii=False, indent=2) + "\n"
    )


# GitHub shows ten annotations of each kind a step, and drops the others without a word.
ANNOTATIONS = 10


def as_github(problems: Iterable[Problem]) -> str:
    """Return GitHub workflow commands, one annotation a problem: errors first, then warnings, ten of each.

    Where there are more, a closing notice tells how many; the Markdown of the job summary holds them all. The escapes
    are those of the workflow command syntax: `%`, CR and LF everywhere, `:` and `,` in properties.
    """
    ordered = in_order(problems)
    lines, more = [], []
    for level, name in LEVEL_NAMES.items():
        found = [problem for problem in ordered if problem.level == level]
        lines += [_annotation(problem) for problem in found[:ANNOTATIONS]]
        if len(found) > ANNOTATIONS:
            more.append(f"{len(found) - ANNOTATIONS} 个{name}")
    if more:
        lines.append(
            f"::notice title=还有未标出的问题::另有 {'、'.join(more)}没有逐条标出，全部列在本次运行的摘要里。\n"
        )
    return "".join(lines)


def _annotation(problem: Problem) -> str:
    title = f"{LEVEL_NAMES[problem.level]} {problem.code}"
    if problem.field:
        title += f" {problem.field}"
    return (
        f"::{problem.level} file={_property(problem.path)},line={problem.line},"
        f"title={_property(title)}::{_escaped(problem.message)}\n"
    )


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


# A job summary of GitHub holds 1 MiB a step; other parts of the same summary want room too.
SUMMARY_BYTES = 900_000


def as_markdown(problems: Iterable[Problem]) -> str:
    """Return a heading with the counts and a table of all problems, errors first, for a job summary or a comment.

    What a summary cannot hold is counted in the last line. Text of records stands in the cells as text: nothing in it
    becomes markup, a link or a mention.
    """
    ordered = sorted(in_order(problems), key=lambda problem: problem.level)
    errors = sum(problem.level == "error" for problem in ordered)
    if not ordered:
        return "## 检查结果：没有问题\n"
    lines = [
        f"## 检查结果：{errors} 个错误、{len(ordered) - errors} 个提醒\n\n",
        "| 级别 | 文件和行号 | 字段 | 说明 | 代码 |\n|---|---|---|---|---|\n",
    ]
    size = sum(len(line.encode()) for line in lines)
    for number, problem in enumerate(ordered):
        where = f"{problem.path}:{problem.line}"
        cells = (LEVEL_NAMES[problem.level], where, problem.field, problem.message, problem.code)
        line = f"| {' | '.join(map(_cell, cells))} |\n"
        size += len(line.encode())
        if size > SUMMARY_BYTES:
            lines.append(
                f"\n篇幅所限，另有 {len(ordered) - number} 个没有列出；在电脑上运行 make check 可看到全部。\n"
            )
            break
        lines.append(line)
    return "".join(lines)


def _cell(text: str) -> str:
    """Text as a cell of a table: markup as references, and no account is called."""
    flat = " ".join(text.split())
    marked = re.sub(r"[&<>|`*_~#\[\]\\!]", lambda found: f"&#{ord(found[0])};", flat)
    return marked.replace("://", "&#58;//").replace("@", "@\u200b")


def as_codequality(problems: Iterable[Problem]) -> str:
    """Return a Code Quality report of GitLab, which marks the lines of a merge request.

    The fingerprint is of path, field, code and message, not of the line, so that a line added above makes nothing new.
    """
    rows = []
    for problem in in_order(problems):
        told = "\0".join((problem.path, problem.field, problem.code, problem.message))
        where = f"{problem.field}：" if problem.field else ""
        rows.append(
            {
                "description": f"{LEVEL_NAMES[problem.level]}：{where}{problem.message}",
                "check_name": problem.code,
                "fingerprint": hashlib.sha256(told.encode()).hexdigest(),
                "severity": "critical" if problem.level == "error" else "minor",
                "location": {"path": problem.path, "lines": {"begin": problem.line}},
            }
        )
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


FORMATS: dict[str, Callable[[Iterable[Problem]], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
    "gitlab": as_codequality,
    "markdown": as_markdown,
}
