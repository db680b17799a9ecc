"""The shape of a case story: a text about one line of products, told of any enterprise that makes them.

May import nothing but the stories' own modules. `{enterprise}` and `{unit}` stand for the names, `{0}`, `{1}` … for the
measured values, which are scaled together when a story is told again.
"""

from msgspec import Struct


class Effect(Struct, frozen=True, kw_only=True):
    """A measured effect: before, after and unit, or change alone; `{0}` … refer to the story's values."""

    name: str
    before: str | None = None
    after: str | None = None
    unit: str | None = None
    change: str | None = None


class Story(Struct, frozen=True, kw_only=True):
    """A typical case: `products` are keys of products it may be told of, `unit` the workshop's name without its kind.

    `whole` marks a story of a whole factory. `values` are the numbers that vary from telling to telling.
    """

    title: str
    products: tuple[str, ...]
    unit: str
    scenes: tuple[int, ...]
    summary: str
    body: str
    effects: tuple[Effect, ...] = ()
    values: tuple[str, ...] = ()
    whole: bool = False
