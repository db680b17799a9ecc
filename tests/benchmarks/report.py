"""Tables of what was measured, for a terminal and as Markdown."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence


def wide(text: str) -> int:
    """The columns that a text takes on a terminal."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Lines of a terminal: the first column to the left, the numbers to the right."""
    widths = [max(wide(cell) for cell in column) for column in zip(*rows, strict=True)]
    for first, *rest in rows:
        numbers = (" " * (width - wide(cell)) + cell for cell, width in zip(rest, widths[1:], strict=True))
        yield "  " + "  ".join([first + " " * (widths[0] - wide(first)), *numbers])


def markdown(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Lines of a Markdown table."""
    head, *body = rows
    for row in (head, ["---", *["---:"] * (len(head) - 1)], *body):
        yield f"| {' | '.join(row)} |"


def written(title: str, parts: Iterable[tuple[str, Iterable[str]]], *, mark: str) -> str:
    """A title and the tables below it, as text."""
    return "\n".join([title, *(line for head, lines in parts for line in ("", mark + head, "", *lines)), ""])
