r"""The forms of values: each knows how a value is read and what a JSON Schema says of it, so the two cannot part.

May import `forms` and the getters. An editor's YAML parser makes numbers and truth values of plain scalars, so a schema accepts these wherever
their text would do. Patterns are written for Python and ECMAScript alike: no `\d`, no `$` (Python's `$` lets a line end by).
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from generator import forms
from generator.parse.getters import Getter

T = TypeVar("T")
JsonObject = dict[str, Any]

_BLANKS = r"\s\u200b\u2060\u3000"
_TEXT = rf"(?![{_BLANKS}])[\s\S]*[^{_BLANKS}]"
_NAME = rf"(?![{_BLANKS}])[^<>\n]*[^<>{_BLANKS}]"
_END = r"(?![\s\S])"
_SCALARS = ("string", "number", "boolean")


def whole(pattern: str, *, required: bool) -> str:
    """Return a pattern that a text must match from end to end; an empty one also does unless it is required."""
    return f"^(?:{pattern}){'' if required else '?'}{_END}"


def _scalar(pattern: str, required: bool, types: Sequence[str] = _SCALARS) -> JsonObject:
    return {
        "type": [*types, *(() if required else ("null",))],
        "pattern": whole(pattern, required=required),
    }


class Form(ABC, Generic[T]):
    """A form of values: how one is read, what a schema says of it, and in Chinese what is right."""

    __slots__ = ()

    @property
    @abstractmethod
    def right(self) -> str:
        """What is right, in Chinese, for who wrote something else."""

    @abstractmethod
    def read(self, get: Getter, key: str, required: bool) -> T:
        """Return the value of a field, converted; what is wrong is reported."""

    @abstractmethod
    def schema(self, required: bool) -> JsonObject:
        """Return the JSON Schema of the field's values as an editor sees them."""


class PlainText(Form[str | None]):
    """A text without blanks at its ends."""

    @property
    def right(self) -> str:
        """See `Form`."""
        return "应是一个值，开头和结尾没有空格"

    def read(self, get: Getter, key: str, required: bool) -> str | None:
        """See `Form`."""
        return get.text(key, required=required)

    def schema(self, required: bool) -> JsonObject:
        """See `Form`."""
        return _scalar(_TEXT, required)


class Name(Form[str | None]):
    """A text of one line without `<` and `>`."""

    @property
    def right(self) -> str:
        """See `Form`."""
        return "应写在一行里，没有“<”“>”，开头和结尾没有空格"

    def read(self, get: Getter, key: str, required: bool) -> str | None:
        """See `Form`."""
        return get.name(key, required=required)

    def schema(self, required: bool) -> JsonObject:
        """See `Form`."""
        return _scalar(_NAME, required)


@dataclass(frozen=True, slots=True)
class Block(Form[str | None]):
    """A required text of several lines, perhaps of a length in characters; its closing line ends do not count."""

    low: int = 1
    high: int | None = None

    @property
    def right(self) -> str:
        """See `Form`."""
        if self.high is None:
            return "应是一段文字，不能空着"
        return f"应有 {self.low} 到 {self.high} 个字"

    def read(self, get: Getter, key: str, required: bool) -> str | None:
        """See `Form`."""
        return get.block(key, required=required)

    def schema(self, required: bool) -> JsonObject:
        """See `Form`."""
        if self.high is None:
            return {"type": list(_SCALARS), "pattern": r"\S"}
        return {
            "type": "string",
            "pattern": whole(rf"[\s\S]{{{self.low - 1},{self.high - 1}}}\S\s*", required=True),
        }


@dataclass(frozen=True, slots=True)
class Many(Form[tuple[str, ...]]):
    """A list of texts, of names, or of texts of a pattern; a single one may stand without brackets."""

    names: bool = False
    pattern: str | None = None
    unique: bool = False

    @property
    def right(self) -> str:
        """See `Form`."""
        return "应是一个值，或每项一个值的列表"

    def read(self, get: Getter, key: str, required: bool) -> tuple[str, ...]:
        """See `Form`; that none is there is for the parser to report."""
        return get.names(key) if self.names else get.texts(key)

    def schema(self, required: bool) -> JsonObject:
        """See `Form`."""
        pattern = self.pattern or (_NAME if self.names else _TEXT)
        types = ("string",) if self.pattern else _SCALARS
        one = _scalar(pattern, required, types)
        return {
            **one,
            "type": ["array", *one["type"]],
            "items": _scalar(pattern, True, types),
            **({"minItems": 1} if required else {}),
            **({"uniqueItems": True} if self.unique else {}),
        }


@dataclass(frozen=True, slots=True)
class Whole(Form[int | None]):
    """A whole number from `low` to `high`."""

    low: int
    high: int

    @property
    def right(self) -> str:
        """See `Form`."""
        return f"应是 {self.low} 到 {self.high} 之间的整数，用半角数字"

    def read(self, get: Getter, key: str, required: bool) -> int | None:
        """See `Form`."""
        return get.integer(key, low=self.low, high=self.high, required=required)

    def schema(self, required: bool) -> JsonObject:
        """See `Form`."""
        return {
            **_scalar("-?[0-9]{1,9}", required, ("integer", "string")),
            "minimum": self.low,
            "maximum": self.high,
        }


@dataclass(frozen=True, slots=True)
class Wholes(Form[tuple[int, ...]]):
    """A list of whole numbers from `low` to `high`; so many as `count` says, if it does."""

    low: int
    high: int
    count: int | None = None

    @property
    def right(self) -> str:
        """See `Form`."""
        return f"每项应是 {self.low} 到 {self.high} 之间的整数"

    def read(self, get: Getter, key: str, required: bool) -> tuple[int, ...]:
        """See `Form`; how many there must be is for the parser to report."""
        return get.integers(key, low=self.low, high=self.high, required=required)

    def schema(self, required: bool) -> JsonObject:
        """See `Form`."""
        one = Whole(self.low, self.high)
        if self.count:
            return {
                "type": "array" if required else ["array", "null"],
                "items": one.schema(True),
                "minItems": self.count,
                "maxItems": self.count,
            }
        single = one.schema(required)
        return {
            **single,
            "type": ["array", *single["type"]],
            "items": one.schema(True),
            **({"minItems": 1} if required else {}),
        }


@dataclass(frozen=True, slots=True)
class Truth(Form[bool]):
    """A truth value, true or false; not given it is `default`."""

    default: bool = False

    @property
    def right(self) -> str:
        """See `Form`."""
        return "应是 true 或 false"

    def read(self, get: Getter, key: str, required: bool) -> bool:
        """See `Form`."""
        value = get.choice(key, ("true", "false"))
        return self.default if value is None else value == "true"

    def schema(self, required: bool) -> JsonObject:
        """See `Form`."""
        return {"enum": [True, False, "true", "false", None, ""]}


class Day(Form[date | None]):
    """A day, ISO 8601."""

    @property
    def right(self) -> str:
        """See `Form`."""
        return "日期要写成“年-月-日”，例如 2025-11-20"

    def read(self, get: Getter, key: str, required: bool) -> date | None:
        """See `Form`."""
        return get.day(key, required=required)

    def schema(self, required: bool) -> JsonObject:
        """See `Form`."""
        return _scalar(forms.DAY_PATTERN, required, ("string",))


@dataclass(frozen=True, slots=True)
class OneOf(Form[str | None]):
    """One of a fixed set of texts."""

    choices: tuple[str, ...]

    @property
    def right(self) -> str:
        """See `Form`."""
        return f"应是 {'、'.join(self.choices)} 之一"

    def read(self, get: Getter, key: str, required: bool) -> str | None:
        """See `Form`."""
        return get.choice(key, self.choices, required=required)

    def schema(self, required: bool) -> JsonObject:
        """See `Form`."""
        return {"enum": [*self.choices, *(() if required else (None, ""))]}


@dataclass(frozen=True, slots=True)
class Address(Form[str | None]):
    """An address, http or https."""

    @property
    def right(self) -> str:
        """See `Form`."""
        return "网址要以 https:// 或 http:// 开头，例如 https://www.example.cn/"

    def read(self, get: Getter, key: str, required: bool) -> str | None:
        """See `Form`."""
        return get.url(key)

    def schema(self, required: bool) -> JsonObject:
        """See `Form`."""
        return _scalar(forms.URL_PATTERN, required, ("string",))


class DocumentNumber(Form[str | None]):
    """A document number (文号)."""

    @property
    def right(self) -> str:
        """See `Form`."""
        return "文号要写成“发文机关代字〔年份〕序号号”，例如 工信发〔2025〕88号"

    def read(self, get: Getter, key: str, required: bool) -> str | None:
        """See `Form`."""
        return get.number(key, required=required)

    def schema(self, required: bool) -> JsonObject:
        """See `Form`."""
        return _scalar(forms.NUMBER_PATTERN, required, ("string",))


@dataclass(frozen=True, slots=True)
class Code(Form[str | None]):
    """A text of a pattern; plain digits may be one, of which an editor makes a number."""

    pattern: str
    code: str
    # What is said of a wrong one; `{value}` is what was found.
    message: str
    digits: int = 0
    shown: int = 40

    @property
    def right(self) -> str:
        """See `Form`."""
        return "写法不对，请照说明写"

    def read(self, get: Getter, key: str, required: bool) -> str | None:
        """See `Form`."""
        return get.matching(
            key,
            self.pattern,
            code=self.code,
            message=self.message,
            shown=self.shown,
            required=required,
        )

    def schema(self, required: bool) -> JsonObject:
        """See `Form`."""
        if not self.digits:
            return _scalar(self.pattern, required, ("string",))
        # `true` may be an identifier.
        truths = all(re.fullmatch(self.pattern, text) for text in ("true", "false"))
        return {
            **_scalar(self.pattern, required, ("string", "integer", *(("boolean",) if truths else ()))),
            "minimum": 0,
            "maximum": 10**self.digits - 1,
        }


@dataclass(frozen=True, slots=True)
class CreditCode(Form[str | None]):
    """A 统一社会信用代码 (GB 32100-2015): the form is told to editors, the parser also looks at the check character."""

    @property
    def right(self) -> str:
        """See `Form`."""
        return "应为 18 位，只用数字和除 I、O、S、V、Z 以外的大写字母"

    def read(self, get: Getter, key: str, required: bool) -> str | None:
        """See `Form`; what is wrong with it is for the parser to report."""
        return get.text(key, required=required)

    def schema(self, required: bool) -> JsonObject:
        """See `Form`."""
        return {
            **_scalar(forms.USCC_PATTERN, required, ("string", "integer")),
            "minimum": 0,
            "maximum": 10**18 - 1,
        }


@dataclass(frozen=True, slots=True)
class Template(Form[str | None]):
    """An address in which a mark such as `{id}` stands once, for what is put there."""

    mark: str

    @property
    def right(self) -> str:
        """See `Form`."""
        return f"应是网址，其中有一处“{self.mark}”"

    def read(self, get: Getter, key: str, required: bool) -> str | None:
        """See `Form`."""
        return get.template(key, self.mark)

    def schema(self, required: bool) -> JsonObject:
        """See `Form`."""
        mark, other = self.mark.replace("{", r"\{").replace("}", r"\}"), r"""[^\s<>"'`\\{}|^]*"""
        return _scalar(f"[Hh][Tt][Tt][Pp][Ss]?://{other}{mark}{other}", required, ("string",))
