"""Tables of cells as they stand in a file, each with its address.

Imports nothing of the package. What a cell means is not asked here.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct

# No list of a department is nearly so large; what is larger was made to fill a memory, or has formats in empty places.
MAX_ROWS, MAX_COLUMNS, MAX_CELLS = 20_000, 200, 500_000


class Unreadable(Exception):
    """A file that cannot be read as a table at all; the message says why and what to do, in Chinese."""


class Cell(Struct, frozen=True, kw_only=True):
    """One cell.

    Args:
        at: its address, such as `B17`.
        text: what it says; a day in ISO 8601, a whole number without a point; "" where it is empty.
        day: the day, where the cell holds a true one.
        number: whether the cell holds a number and no text.
        wide: whether it is merged with cells beside it.
        repeated: whether the text stands in a cell above, merged with this one.
        fault: why its content cannot be used, in Chinese, or None.
    """

    at: str
    text: str = ""
    day: date | None = None
    number: bool = False
    wide: bool = False
    repeated: bool = False
    fault: str | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing but blanks stands in it."""
        return not self.text.strip() and self.fault is None


class Line(Struct, frozen=True, kw_only=True):
    """A row of cells, `number` as the program that shows the file counts."""

    number: int
    cells: tuple[Cell, ...]
    hidden: bool = False

    @property
    def filled(self) -> tuple[Cell, ...]:
        """The cells that say something."""
        return tuple(cell for cell in self.cells if not cell.empty)

    def cell(self, place: int) -> Cell:
        """Return the cell in a column; one that the file does not hold is empty."""
        return self.cells[place] if place < len(self.cells) else Cell(at=address(place, self.number))


class Grid(Struct, frozen=True, kw_only=True):
    """One sheet: its name (the file's, where a file has one table alone), its rows, and the columns that are hidden."""

    name: str
    lines: tuple[Line, ...]
    hidden_columns: frozenset[int] = frozenset()
    hidden: bool = False

    def __iter__(self) -> Iterator[Line]:
        return iter(self.lines)


def letters(place: int) -> str:
    """Return the letters of a column.

    Args:
        place: its place, 0 for `A`.
    """
    found = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        found = chr(65 + rest) + found
    return found


def address(place: int, number: int) -> str:
    """Return the address of a cell, such as `B17`.

    Args:
        place: the place of its column, 0 for `A`.
        number: the number of its row, from 1.
    """
    return f"{letters(place)}{number}"


def without_blank_end(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """Return a row without the empty cells at its end."""
    last = len(cells)
    while last and cells[last - 1].empty:
        last -= 1
    return tuple(cells[:last])
