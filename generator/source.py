"""Text to `SourceFile`: strict YAML as plain strings with line numbers.

The only importer of yaml. May import `problems`. Every scalar is read as text; what YAML would make of it is never asked.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TypeAlias

import yaml

from generator.problems import Problem, Report

MAX_BYTES = 256 * 1024
# Records go five levels deep; libyaml takes time with the square of the depth.
MAX_DEPTH = 20
_TOO_DEEP = f"括号或缩进嵌套超过 {MAX_DEPTH} 层；请删去多余的括号，并检查缩进。"

# C0 and C1 controls but tab and line ends; the bidirectional embeddings, overrides, isolates and marks; the separators
# that other programs take for line ends; and signs without width, by which two names that look the same are not.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)
_ESCAPED = re.compile(f"\r|{FORBIDDEN.pattern}")
_SAVE_AS = "请在编辑器里选“另存为”，编码选 UTF-8"
NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_FIELD_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


@dataclass(slots=True)
class Text:
    """A scalar: its text, "" where nothing is given."""

    value: str
    line: int


@dataclass(slots=True)
class Rows:
    """A sequence."""

    rows: list["Node"]
    line: int


@dataclass(slots=True)
class Fields:
    """A mapping: the value of each key, and the line each key stands on."""

    fields: dict[str, "Node"]
    lines: dict[str, int]
    line: int


Node: TypeAlias = Text | Rows | Fields


@dataclass(slots=True)
class SourceFile:
    """A file that could be read: its path as reported, its bytes, and its top mapping.

    `kept` tells of lists with rows that had to be left out before others: which rows of the file the remaining ones are.
    `known` is the digest of where it lies and what it holds, if somebody has worked one out.
    """

    path: str
    content: bytes
    kept: dict[str, list[int]] = field(default_factory=dict)
    known: bytes = b""
    _root: Fields | None = None

    @property
    def root(self) -> Fields:
        """The top mapping; a file at rest is read again for it."""
        if self._root is None:
            again = read(self.path, self.content, Report())
            assert again is not None
            self._root = again.root
        return self._root

    @property
    def digest(self) -> bytes:
        """A SHA-256 that stands for where it lies and what it holds."""
        if not self.known:
            self.known = sha256(self.path.encode() + b"\0" + self.content).digest()
        return self.known

    def rest(self) -> None:
        """Let go of the fields, since few files are ever asked for a line: the bytes stay."""
        self._root = None

    def as_written(self, field: str) -> str:
        """Return a field named by the rows that were kept, such as `titles[0].document`, as it stands in the file."""
        written = ""
        for key, row in _FIELD_STEP.findall(field):
            if row:
                kept = self.kept.get(written)
                written += f"[{kept[int(row)] if kept else row}]"
            else:
                written += f".{key}" if written else key
        return written

    def line(self, field: str) -> int:
        """Return the line of a field such as `titles[0].document`, or of the nearest thing around it.

        Args:
            field: the path of keys and row numbers from the top of the file; "" is the file itself.
        """
        node: Node = self.root
        line = self.root.line
        for key, row in _FIELD_STEP.findall(field):
            if isinstance(node, Fields) and key in node.fields:
                line, node = node.lines[key], node.fields[key]
            elif isinstance(node, Rows) and row and int(row) < len(node.rows):
                node = node.rows[int(row)]
                line = node.line
            else:
                break
        return line

    def fields_at(self, lines: Sequence[int]) -> dict[int, str]:
        """Return the path of the last field that begins on or before each of some lines, "" where there is none."""
        begins, names = [0], [""]
        for line, name in self._begun():
            # Of several on one line the last counts, which comes last.
            begins.append(line)
            names.append(name)
        return {line: names[bisect_right(begins, line) - 1] for line in lines}

    def _begun(self) -> list[tuple[int, str]]:
        """Every field with the line it begins on, in the order of the lines."""
        found: list[tuple[int, str]] = []
        stack: list[tuple[str, Node]] = [("", self.root)]
        while stack:
            path, node = stack.pop()
            parts: list[tuple[str, int, Node]] = []
            if isinstance(node, Fields):
                parts = [
                    (f"{path}.{key}" if path else key, node.lines[key], value)
                    for key, value in node.fields.items()
                ]
            elif isinstance(node, Rows):
                parts = [(f"{path}[{number}]", row.line, row) for number, row in enumerate(node.rows)]
            for name, begins, value in parts:
                found.append((begins, name))
                stack.append((name, value))
        found.sort(key=lambda one: one[0])
        return found


def read(path: str, content: bytes, report: Report) -> SourceFile | None:
    """Return the file as strings with lines, or None after reporting why it cannot be read.

    Args:
        path: how the file is named in problems.
        content: the bytes of the file: UTF-8, with or without a byte order mark.
        report: where problems go: file-too-large, file-encoding, bad-text, yaml-syntax, yaml-feature, duplicate-key,
            wrong-type.
    """
    text = _decoded(path, content, report)
    if text is None:
        return None
    reader = _Reader(path, report)
    reader.run(text)
    if reader.failed:
        return None
    root = Fields({}, {}, 1) if reader.root is None else reader.root
    if not isinstance(root, Fields):
        reader.problem(
            "wrong-type",
            root.line,
            "文件最外层应是“字段: 值”，现在是列表或单个值；请按格式说明逐项填写字段。",
        )
        return None
    return SourceFile(path, content, _root=root)


def too_large(path: str, size: int) -> Problem:
    """Return what is said of a file over the limit.

    Args:
        path: how the file is named in problems.
        size: its size in bytes.
    """
    message = (
        f"文件有 {size} 字节，上限是 {MAX_BYTES} 字节（{MAX_BYTES // 1024} KiB）；"
        "请删去多余内容，或把长文放到网页上再引用网址。"
    )
    return Problem(level="error", code="file-too-large", path=path, line=1, field="", message=message)


def _decoded(path: str, content: bytes, report: Report) -> str | None:
    def refuse(code: str, line: int, message: str) -> None:
        report.add(Problem(level="error", code=code, path=path, line=line, field="", message=message))

    if len(content) > MAX_BYTES:
        report.add(too_large(path, len(content)))
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        refuse("file-encoding", line, f"文件不是 UTF-8 编码；{_SAVE_AS}。")
        return None
    forbidden = False
    line, counted = 1, 0
    for found in FORBIDDEN.finditer(text):
        forbidden = True
        line, counted = line + text.count("\n", counted, found.start()), found.start()
        if found[0] == "\0":
            refuse("bad-text", line, f"有空字符 U+0000，文件多半不是 UTF-8 编码；{_SAVE_AS}。")
            break
        refuse("bad-text", line, f"有看不见的控制字符 U+{ord(found[0]):04X}；请删去该字符后重新输入这一行。")
    return None if forbidden else text


class _Reader:
    """Builds nodes from parser events on its own stack, so that nesting costs no recursion."""

    def __init__(self, path: str, report: Report) -> None:
        self.path = path
        self.report = report
        self.failed = False
        self.root: Node | None = None
        self._stack: list[Rows | Fields] = []
        self._keys: list[tuple[str, int] | None] = []

    def problem(self, code: str, line: int, message: str, *, field: str = "") -> None:
        self.failed = True
        self.report.add(
            Problem(level="error", code=code, path=self.path, line=line, field=field, message=message)
        )

    def run(self, text: str) -> None:
        documents = 0
        parser = None
        try:
            # What yaml.parse() does, without asking twice for every event.
            parser = yaml.CBaseLoader(text)
            while (event := parser.get_event()) is not None:
                if isinstance(event, yaml.DocumentStartEvent):
                    documents += 1
                    if documents > 1:
                        message = "一个文件里有多份文档（“---”分隔）；请一份记录一个文件。"
                        self.problem("yaml-feature", _line(event), message)
                        return
                elif not self._take(event):
                    return
        except (yaml.YAMLError, RecursionError) as error:
            self.problem("yaml-syntax", *_syntax(error, text))
        finally:
            if parser is not None:
                parser.dispose()

    def _take(self, event: yaml.Event) -> bool:
        # Scalars come first, since most events are scalars; this is the innermost loop of all reading.
        if isinstance(event, yaml.ScalarEvent):
            return self._refused(event) if event.anchor or event.tag else self._scalar(event, _line(event))
        if isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
            self._stack.pop()
            self._keys.pop()
            return True
        if isinstance(event, yaml.AliasEvent):
            return self._refused(event)
        if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            if event.anchor or event.tag:
                return self._refused(event)
            line = _line(event)
            return self._open(
                Fields({}, {}, line) if isinstance(event, yaml.MappingStartEvent) else Rows([], line)
            )
        return True

    def _refused(self, event: yaml.NodeEvent) -> bool:
        self.problem("yaml-feature", _line(event), _feature(event))
        return False

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> bool:
        value: str = event.value
        if self._stack and isinstance(self._stack[-1], Fields) and self._keys[-1] is None:
            return self._key(value, line)
        plain = event.implicit[0]
        # A carriage return can only have been written as an escape; terminals and programs take it for a line end.
        found = _ESCAPED.search(value) if not plain else None
        if found:
            self.problem("bad-text", line, f"有看不见的控制字符 U+{ord(found[0]):04X}；请删去它的转义写法。")
        self._place(Text("" if plain and value in NULLS else value, line))
        return True

    def _key(self, key: str, line: int) -> bool:
        mapping = self._stack[-1]
        assert isinstance(mapping, Fields)
        if "\n" in key or FORBIDDEN.search(key):
            self.problem("bad-text", line, "字段名里有换行或看不见的控制字符；请照格式说明重新输入字段名。")
            return False
        if key in mapping.lines:
            first = mapping.lines[key]
            message = f"字段“{key}”写了两次（前一次在第 {first} 行）；请只留一处，多行内容写成列表。"
            self.problem("duplicate-key", line, message, field=key)
            key = f"{key}\n{line}"
        mapping.lines[key] = line
        self._keys[-1] = (key, line)
        return True

    def _open(self, node: Rows | Fields) -> bool:
        if self._stack and isinstance(self._stack[-1], Fields) and self._keys[-1] is None:
            self.problem("yaml-syntax", node.line, "字段名不能是列表或括号里的内容；请写成“字段: 值”。")
            return False
        if len(self._stack) == MAX_DEPTH:
            self.problem("yaml-syntax", node.line, _TOO_DEEP)
            return False
        self._place(node)
        self._stack.append(node)
        self._keys.append(None)
        return True

    def _place(self, node: Node) -> None:
        if not self._stack:
            self.root = None if isinstance(node, Text) and not node.value else node
            return
        around = self._stack[-1]
        if isinstance(around, Rows):
            around.rows.append(node)
            return
        key = self._keys[-1]
        assert key is not None
        around.fields[key[0]] = node
        self._keys[-1] = None


def _feature(event: yaml.NodeEvent) -> str:
    """What a record may not use of YAML: an alias, an anchor or a tag."""
    if isinstance(event, yaml.AliasEvent):
        return f"用了别名“*{event.anchor}”；请把内容原样写在这里，内容本来就以 * 开头的请加引号。"
    if event.anchor is not None:
        return f"用了锚点“&{event.anchor}”；请去掉它，内容本来就以 & 开头的请加引号。"
    tag = str(getattr(event, "tag", "")).replace("tag:yaml.org,2002:", "!!", 1)
    return f"用了标签“{tag}”；请去掉它，内容本来就以 ! 开头的请加引号。"


def _line(event: yaml.Event) -> int:
    mark = event.start_mark
    return mark.line + 1 if mark else 1


_SYNTAX_HINTS = (
    (
        "mapping values are not allowed",
        "这一行的冒号放错了位置；值里若有“: ”，请用引号把整个值括起来，并检查这一行和上一行的缩进。",
    ),
    ("could not find expected ':'", "这一行缺冒号；字段名后面要写英文冒号（不是“：”）和一个空格。"),
    (
        "cannot start any token",
        "这里有不能直接书写的字符（制表符、@、`、% 等）；缩进请用空格，值请用引号括起来。",
    ),
    ("did not find expected key", "缩进或括号与上文对不齐；同一级字段要左对齐，引号和括号要成对。"),
    ("did not find expected '-' indicator", "列表各项没有对齐；每项都以同样缩进的“- ”开头。"),
    ("unexpected end of stream", "从这一行起引号没有成对；请补上结尾的引号。"),
    (
        "did not find expected ',' or",
        "从这一行起括号没有成对，或各项之间缺英文逗号；值里有方括号的请加引号，文号请用〔〕。",
    ),
    ("block sequence entries are not allowed", "列表的“- ”不能接在冒号后面；请另起一行书写。"),
    ("found unknown escape character", "双引号里有不认识的反斜杠写法；请改用单引号，或去掉反斜杠。"),
)


# What is left open is told where it opens.
_LEFT_OPEN = ("could not find expected ':'", "unexpected end of stream", "did not find expected ',' or")


def _syntax(error: Exception, text: str) -> tuple[int, str]:
    said = str(getattr(error, "problem", "") or error)
    mark = getattr(error, "problem_mark", None)
    if any(key in said for key in _LEFT_OPEN):
        mark = getattr(error, "context_mark", None) or mark
    line = min(mark.line + 1, text.count("\n") + 1) if mark else 1
    # libyaml has a limit of its own, far above ours, which its scanner meets first.
    if "maximum nesting depth" in said:
        return line, _TOO_DEEP
    for key, hint in _SYNTAX_HINTS:
        if key in said:
            return line, f"写法有误，读不懂：{hint}"
    return line, "写法有误，读不懂；请检查这一行附近的缩进、冒号、引号和括号。"
