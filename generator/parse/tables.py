"""The tables of the fields of a file: the parser reads by them, editors and the sheets are told from them.

May import `shapes` and the getters. What a mapping may have, what it must have, and what each field holds stand here once.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Generic, TypeVar

from generator.parse.getters import Getter
from generator.parse.shapes import Form, JsonObject

T = TypeVar("T")
R = TypeVar("R")
# Short vocabularies of a registry by name, such as its titles.
Words = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What every field has: its key (the name it is given in its table), its Chinese title, what it is, whether it must be."""

    title: str
    note: str
    required: bool = False
    key: str = field(init=False, default="")

    def __set_name__(self, owner: type, name: str) -> None:
        object.__setattr__(self, "key", name)


@dataclass(frozen=True, slots=True)
class Field(Part, Generic[T]):
    """A field of one value, or of a list of plain ones.

    Args:
        form: what it holds.
        title: its Chinese name.
        note: what to write, in Chinese.
        required: whether it must be there.
        example: a right value, as an editor sees it.
        words: the short vocabulary of the registry that its text comes from.
    """

    form: Form[T]
    example: Any = None
    words: str | None = None

    def of(self, get: Getter) -> T:
        """Return the field's value in a mapping."""
        return self.form.read(get, self.key, self.required)


@dataclass(frozen=True, slots=True)
class RowField(Part):
    """A field that is a mapping of its own."""

    table: "type[Table]"

    def of(self, get: Getter, read: Callable[[Getter], R | None]) -> R | None:
        """Return what `read` makes of the mapping."""
        return get.row(self.key, read, self.table.fields_by_key, required=self.required)


@dataclass(frozen=True, slots=True)
class RowsField(Part):
    """A field that is a list of mappings."""

    table: "type[Table]"

    def of(self, get: Getter, read: Callable[[Getter], R | None]) -> tuple[R, ...]:
        """Return what `read` makes of each row."""
        return get.rows(self.key, read, self.table.fields_by_key, required=self.required)


class Table:
    """The fields of a mapping, in the order in which they are told; a subclass names them.

    `bounds` is what a schema says of several fields at once, where the parser has a rule for them.
    """

    fields_by_key: ClassVar[dict[str, "Field[Any] | RowField | RowsField"]]
    bounds: ClassVar[JsonObject] = {}

    def __init_subclass__(cls) -> None:
        cls.fields_by_key = {
            key: value for key, value in vars(cls).items() if isinstance(value, Field | RowField | RowsField)
        }
