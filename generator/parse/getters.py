"""Typed getters over the fields of a file: each reads one field, converts it by its type, and reports what is wrong.

May import `problems`, `source`, `forms`. Used by the parsers of this package alone.
"""

import difflib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from generator import forms
from generator.problems import Level, Problem, Report
from generator.source import Fields, Node, Rows, SourceFile, Text

T = TypeVar("T")

# No-break, ideographic and zero-width blanks count as blanks at the ends of a text; str.strip() leaves the last three.
_EDGE = re.compile(r"^[\s\u200b\u2060\u3000]|[\s\u200b\u2060\u3000]\Z")
_KINDS: dict[type, str] = {Text: "单个值", Rows: "列表", Fields: "带子字段的内容"}

_SHAPES: dict[type, str] = {
    Text: "写成“{key}: 值”",
    Rows: "每项另起一行，以“- ”开头",
    Fields: "写成“{key}: {{字段: 值, …}}”",
}


@dataclass(slots=True)
class Getter:
    """One mapping of a file: reads its fields.

    `known` are the names of the fields it may have; `prefix` is its path in its file, such as `titles[0]`, "" at the top.
    """

    file: SourceFile
    report: Report
    node: Fields
    known: Mapping[str, object]
    prefix: str = ""
    failed: bool = False

    def path(self, key: str) -> str:
        """Return the path of a field from the top of the file."""
        return f"{self.prefix}.{key}" if self.prefix else key

    def problem(
        self, code: str, key: str, message: str, *, level: Level = "error", line: int | None = None
    ) -> None:
        """Report a problem at a field of this mapping ("" for the mapping itself), on its line if none is given."""
        where = self.path(key) if key else self.prefix
        self.failed = self.failed or level == "error"
        self.report.add(
            Problem(
                level=level,
                code=code,
                path=self.file.path,
                line=self.file.line(where) if line is None else line,
                field=where,
                message=message,
            )
        )

    def given(self, key: str) -> bool:
        """Tell whether a field has a value: empty, null and missing are the same."""
        return self._node(key) is not None

    def _node(self, key: str) -> Node | None:
        node = self.node.fields.get(key)
        if node is None:
            return None
        if isinstance(node, Text):
            return node if node.value else None
        return node if (node.rows if isinstance(node, Rows) else node.fields) else None

    def _typed(self, key: str, kind: type[T], required: bool) -> T | None:
        node = self._node(key)
        if node is None:
            if required:
                self.problem("missing-field", key, f"缺少必填字段“{key}”；请补上“{key}: …”。")
            return None
        if not isinstance(node, kind):
            self.problem(
                "wrong-type",
                key,
                f"“{key}”现在是{_KINDS[type(node)]}，应是{_KINDS[kind]}；请{_SHAPES[kind].format(key=key)}。",
            )
            return None
        return node

    def text(self, key: str, *, required: bool = False) -> str | None:
        """Return a field's text, without blanks at its ends."""
        node: Node | None = self.node.fields.get(key)
        if not (isinstance(node, Text) and node.value):
            # What is usual is found without further asking.
            node = self._typed(key, Text, required)
        if node is None:
            return None
        return self._trimmed(key, node.value)

    def _trimmed(self, key: str, value: str) -> str | None:
        if _EDGE.search(value):
            self.problem(
                "bad-text", key, f"“{_short(value)}”的开头或结尾有空格（或换行）；请删去两端的空白。"
            )
        return value.strip() or None

    def block(self, key: str, *, required: bool = False) -> str | None:
        """Return a field's text of several lines; its closing line end does not count."""
        node = self._typed(key, Text, required)
        if node is None:
            return None
        if required and not node.value.strip():
            self.problem("missing-field", key, f"必填字段“{key}”里只有空白；请填写内容。")
        return node.value.rstrip() or None

    def name(self, key: str, *, required: bool = False) -> str | None:
        """Return a field's text as a name: one line, without `<` and `>`."""
        value = self.text(key, required=required)
        if value is not None:
            self.check_name(key, value)
        return value

    def check_name(self, key: str, value: str) -> None:
        """Report a name that no name can be."""
        if "<" in value or ">" in value:
            self.problem(
                "bad-text", key, f"名称“{_short(value)}”里不能有“<”或“>”；书名号请用《》，括号请用（）。"
            )
        if "\n" in value:
            self.problem("bad-text", key, f"名称“{_short(value)}”不能换行；请写在一行里。")

    def names(self, key: str) -> tuple[str, ...]:
        """Return a list of names; a single one may stand without brackets."""
        found = tuple(self._texts(key))
        for at, value in found:
            self.check_name(at, value)
        return tuple(value for _, value in found)

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; a single one may stand without brackets."""
        return tuple(value for _, value in self._texts(key))

    def _texts(self, key: str, *, required: bool = False) -> Iterator[tuple[str, str]]:
        node = self._node(key)
        if isinstance(node, Text):
            value = self._trimmed(key, node.value)
            if value:
                yield key, value
            return
        rows = self._typed(key, Rows, required)
        for number, row in enumerate(rows.rows if rows else ()):
            at = f"{key}[{number}]"
            if isinstance(row, Text) and row.value:
                value = self._trimmed(at, row.value)
                if value:
                    yield at, value
            else:
                self.problem(
                    "wrong-type", at, f"“{key}”的第 {number + 1} 项应是一个值；请删去空项，每项写一个值。"
                )

    def integers(self, key: str, *, low: int, high: int, required: bool = False) -> tuple[int, ...]:
        """Return a list of whole numbers in a range."""
        values, kept = [], []
        for at, text in self._texts(key, required=required):
            value = self._integer(at, text, low=low, high=high)
            if value is not None:
                values.append(value)
                kept.append(int(at[len(key) + 1 : -1] or 0))
        self._keep(key, kept)
        return tuple(values)

    def _keep(self, key: str, kept: list[int]) -> None:
        """Note which rows of a list remain, where they are not simply the first ones."""
        if kept and kept[-1] != len(kept) - 1:
            self.file.kept[self.path(key)] = kept

    def integer(self, key: str, *, low: int, high: int, required: bool = False) -> int | None:
        """Return a field's whole number, which must lie in `low` to `high`."""
        value = self.text(key, required=required)
        return None if value is None else self._integer(key, value, low=low, high=high)

    def _integer(self, key: str, value: str, *, low: int, high: int) -> int | None:
        if not re.fullmatch(r"-?\d{1,9}", value, re.ASCII):
            self.problem(
                "wrong-type", key, f"“{_short(value)}”不是整数；请用半角数字写 {low} 到 {high} 之间的整数。"
            )
            return None
        if not low <= int(value) <= high:
            self.problem("bad-choice", key, f"“{value}”超出范围；应是 {low} 到 {high} 之间的整数。")
            return None
        return int(value)

    def day(self, key: str, *, required: bool = False) -> date | None:
        """Return a field's day, ISO 8601."""
        value = self.text(key, required=required)
        if value is None:
            return None
        found = forms.day(value)
        if isinstance(found, str):
            self.problem("bad-date", key, f"“{_short(value)}”不是规范的日期；{found}。")
            return None
        return found

    def choice(self, key: str, choices: Sequence[str], *, required: bool = False) -> str | None:
        """Return a field's text, which must be one of a fixed set."""
        value = self.text(key, required=required)
        if value is None or value in choices:
            return value
        hint = f"，您要写的可能是“{near}”" if (near := nearest(value, choices)) else ""
        self.problem(
            "bad-choice", key, f"“{_short(value)}”不在可选范围内；应是 {'、'.join(choices)} 之一{hint}。"
        )
        return None

    def url(self, key: str) -> str | None:
        """Return a field's address, http or https."""
        value = self.text(key)
        if value is None:
            return None
        wrong = forms.url_problem(value)
        if wrong:
            # A password is not to be spread by logs.
            open_part = re.sub(r"//[^/]*@", "//…@", value)
            self.problem("bad-url", key, f"“{_short(open_part)}”不是可用的网址；{wrong}。")
            return None
        return value

    def number(self, key: str, *, required: bool = False) -> str | None:
        """Return a field's document number (文号)."""
        value = self.name(key, required=required)
        if value is None:
            return None
        wrong = forms.document_number_problem(value)
        if wrong:
            self.problem("bad-number", key, f"文号“{_short(value)}”写法不规范；{wrong}。")
        return value

    def matching(
        self, key: str, pattern: str, *, code: str, message: str, shown: int = 40, required: bool = False
    ) -> str | None:
        """Return a field's text, which must match a pattern.

        Args:
            key: the field.
            pattern: what the whole text must match; letters and digits are those of ASCII.
            code: the code of the problem where it does not.
            message: what is said then; `{value}` is the text, cut to `shown` characters.
            shown: how much of the text is shown.
            required: whether the field must be there.
        """
        value = self.text(key, required=required)
        if value is not None and not re.fullmatch(pattern, value, re.ASCII):
            self.problem(code, key, message.replace("{value}", value[:shown]))
            return None
        return value

    def template(self, key: str, mark: str) -> str | None:
        """Return a field's address in which a mark such as `{id}` stands once."""
        value = self.text(key)
        if value is None:
            return None
        if mark not in value or "{" in value.replace(mark, "", 1):
            self.problem(
                "bad-url",
                key,
                f"网址里要有一处“{mark}”，生成时换成实际内容；例如 https://example.org/?q={mark}。",
            )
            return None
        wrong = forms.url_problem(value.replace(mark, "0"))
        if wrong:
            self.problem("bad-url", key, f"“{value[:60]}”不是可用的网址；{wrong}。")
            return None
        return value

    def row(
        self,
        key: str,
        read: Callable[["Getter"], T | None],
        known: Mapping[str, object],
        *,
        required: bool = False,
    ) -> T | None:
        """Return what `read` makes of a mapping inside this one, whose fields are `known`."""
        node = self._typed(key, Fields, required)
        return None if node is None else self._nested(node, self.path(key), read, known)

    def rows(
        self,
        key: str,
        read: Callable[["Getter"], T | None],
        known: Mapping[str, object],
        *,
        required: bool = False,
    ) -> tuple[T, ...]:
        """Return what `read` makes of each row of a list; rows that fail are reported and left out."""
        rows = self._typed(key, Rows, required)
        if rows is None:
            return ()
        values, kept = [], []
        for number, row in enumerate(rows.rows):
            at = f"{key}[{number}]"
            if not isinstance(row, Fields):
                self.problem(
                    "wrong-type",
                    at,
                    f"“{key}”的第 {number + 1} 项应写成“{{字段: 值, …}}”；现在是{_KINDS[type(row)]}。",
                )
                continue
            value = self._nested(row, self.path(at), read, known)
            if value is not None:
                values.append(value)
                kept.append(number)
        self._keep(key, kept)
        return tuple(values)

    def _nested(
        self, node: Fields, prefix: str, read: Callable[["Getter"], T | None], known: Mapping[str, object]
    ) -> T | None:
        getter = Getter(self.file, self.report, node, known, prefix)
        value = read(getter)
        getter.close()
        self.failed = self.failed or getter.failed
        return value

    def complete(self, key: str, values: Sequence[object]) -> bool:
        """Tell whether all rows of a list could be read into `values`."""
        node = self.node.fields.get(key)
        return isinstance(node, Rows) and len(node.rows) == len(values)

    def close(self) -> None:
        """Report the fields that are not known, each with the nearest right name."""
        for key in self.node.lines:
            if key in self.known:
                continue
            near = nearest(key, list(self.known))
            hint = f"您要写的可能是“{near}”" if near else f"这里可用的字段有 {'、'.join(self.known)}"
            self.problem(
                "unknown-field", key, f"没有“{_short(key)}”这个字段；{hint}。", line=self.node.lines[key]
            )


def nearest(wanted: str, known: Sequence[str]) -> str | None:
    """Return the known word most like a wanted one, or None where none is like it."""
    found = difflib.get_close_matches(wanted, known, n=1, cutoff=0.7)
    return found[0] if found else None


def _short(text: str) -> str:
    flat = text.replace("\n", "⏎")
    return flat if len(flat) <= 40 else flat[:39] + "…"
