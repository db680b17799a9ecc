"""What a picture is made of: series and rows go in, lines, boxes, areas and labels come out; round ticks, and how wide a text is.

Imports nothing of the package. Lengths are in units of the picture, which is `WIDTH` wide; text is measured at the
size it has on a phone, which is the largest, so that what fits there fits everywhere.
"""

from collections.abc import Iterable
from itertools import count
from typing import Literal

from msgspec import Struct

WIDTH = 360
LETTER = 12.5
LINE = 15
TICKS = 4
# Names up to this long stand beside their bars, longer ones above them.
SIDE = 92


class Series(Struct, frozen=True, kw_only=True):
    """One kind of number: `key` names its colour in the style sheet, `name` says what it is."""

    key: str
    name: str


class Row(Struct, frozen=True, kw_only=True):
    """What one bar or column stands for, with a number a series."""

    name: str
    numbers: tuple[int, ...]


class Line(Struct, frozen=True, kw_only=True):
    """A line of the grid; `base` is the one the parts stand on."""

    x1: float
    y1: float
    x2: float
    y2: float
    base: bool = False


class Box(Struct, frozen=True, kw_only=True):
    """One part of a bar or column, and what it says when pointed at."""

    key: str
    x: float
    y: float
    width: float
    height: float
    text: str


class Area(Struct, frozen=True, kw_only=True):
    """What lies below the steps of one series and the series under it, as the data of a path."""

    key: str
    path: str


class Label(Struct, frozen=True, kw_only=True):
    """A text: `kind` is tick, name, number, or the key of the series it is written upon; `y` is its baseline."""

    x: float
    y: float
    text: str
    anchor: Literal["start", "middle", "end"]
    kind: str


class Chart(Struct, frozen=True, kw_only=True):
    """A picture: its size, its name, the same in words, what is drawn, and the legend where colours need one."""

    width: int
    height: float
    title: str
    text: str
    grid: tuple[Line, ...]
    boxes: tuple[Box, ...] = ()
    areas: tuple[Area, ...] = ()
    labels: tuple[Label, ...]
    legend: tuple[Series, ...] = ()


def ticks(most: int) -> tuple[int, ...]:
    """Return whole, round numbers at equal steps from 0 to the first at or above `most`, no more than five of them."""
    steps = (base * 10**power for power in count() for base in (1, 2, 5))
    step = next(step for step in steps if step * TICKS >= most)
    return tuple(step * number for number in range(max(1, -(-most // step)) + 1))


def breadth(text: str, size: float = LETTER) -> float:
    """Return about how wide a text is at a size: an em for each Chinese character, a little over half for any other."""
    return round(sum(1 if character > "\u2e7f" else 0.58 for character in text) * size, 1)


def long_names(names: Iterable[str]) -> bool:
    """Tell whether names are too long to stand beside their bars or, on a phone, beside their numbers."""
    return any(breadth(name) > SIDE for name in names)
