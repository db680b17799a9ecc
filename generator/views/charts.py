"""Bars, columns and areas as geometry, with labels that do not collide; the template only draws.

May import `views.drawing`. Series are given in reading order and read from the left to the right and from the top to
the bottom.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct

from generator.views.drawing import (
    LINE,
    WIDTH,
    Area,
    Box,
    Chart,
    Label,
    Line,
    Row,
    Series,
    breadth,
    long_names,
    ticks,
)

HEIGHT = 236
TALL = 264
WIDEST = 46


def bars(title: str, text: str, series: Sequence[Series], rows: Sequence[Row]) -> Chart:
    """Return horizontal stacked bars, a bar a row, with its name and its total.

    Args:
        title: what the picture shows.
        text: what can be seen in it, in words.
        series: in reading order.
        rows: from the top, at least one.
    """
    most = max(1, *(sum(row.numbers) for row in rows))
    above = long_names(row.name for row in rows)
    left = 1.0 if above else max(breadth(row.name) for row in rows) + 8
    right = WIDTH - breadth(str(most)) - 6
    pitch, thick, head = (31, 11, 15) if above else (27, 18, 4)
    top = 0 if above else LINE + 3
    height = top + pitch * len(rows)

    def at(number: int) -> float:
        return round(left + number / most * (right - left), 1)

    boxes: list[Box] = []
    labels: list[Label] = []
    for number, row in enumerate(rows):
        y = top + number * pitch + head
        name = Label(x=0, y=y - 4, text=row.name, anchor="start", kind="name")
        if not above:
            name = Label(x=left - 8, y=y + thick - 4.5, text=row.name, anchor="end", kind="name")
        labels.append(name)
        before = 0
        for kind, value in zip(series, row.numbers, strict=True):
            if value:
                x = at(before)
                box = _box(kind, row, value, x=x, y=y, width=round(at(before + value) - x, 1), height=thick)
                boxes.append(box)
                labels += _inside(box, value, row)
            before += value
        labels.append(
            Label(
                x=at(before) + 5,
                y=y + thick - (1 if above else 4.5),
                text=str(before),
                anchor="start",
                kind="number",
            )
        )
    # Names above their bars leave no room for a grid, and every bar has its number.
    shown = [] if above else [tick for tick in ticks(most) if tick <= most]
    return Chart(
        width=WIDTH,
        height=height,
        title=title,
        text=text,
        grid=tuple(Line(x1=at(tick), y1=top - 2, x2=at(tick), y2=height, base=tick == 0) for tick in shown),
        boxes=tuple(boxes),
        labels=(
            *(Label(x=at(tick), y=LINE - 4, text=str(tick), anchor="middle", kind="tick") for tick in shown),
            *labels,
        ),
        legend=_legend(series, rows),
    )


def columns(
    title: str, text: str, series: Sequence[Series], rows: Sequence[Row], spans: Sequence[tuple[str, int]]
) -> Chart:
    """Return stacked columns, a column a row, with its total where there is room for it.

    Args:
        title: what the picture shows.
        text: what can be seen in it, in words.
        series: in reading order, which is from the top.
        rows: from the left, at least one.
        spans: the names below, each with the number of columns it stands for.
    """
    scale = ticks(max(sum(row.numbers) for row in rows))
    plot = _Plot(height=HEIGHT, left=breadth(str(scale[-1])) + 6, right=WIDTH, top=scale[-1])
    pitch = (WIDTH - plot.left) / len(rows)
    wide = round(min(pitch * 0.76, WIDEST), 1)
    boxes: list[Box] = []
    labels: list[Label] = []
    tops: list[_Top] = []
    for number, row in enumerate(rows):
        middle = round(plot.left + (number + 0.5) * pitch, 1)
        below = 0
        for kind, value in reversed(list(zip(series, row.numbers, strict=True))):
            if value:
                y = plot.at(below + value)
                box = _box(
                    kind,
                    row,
                    value,
                    x=round(middle - wide / 2, 1),
                    y=y,
                    width=wide,
                    height=round(plot.at(below) - y, 1),
                )
                boxes.append(box)
                labels += _inside(box, value, row)
            below += value
        tops.append(_Top(x=middle, y=plot.at(below), number=below))
    bounds = [plot.left]
    for _, length in spans:
        bounds.append(round(bounds[-1] + length * pitch, 1))
    return Chart(
        width=WIDTH,
        height=HEIGHT,
        title=title,
        text=text,
        grid=(*plot.grid(scale), *(_notch(x, plot) for x in bounds[1:-1])),
        boxes=tuple(boxes),
        labels=(
            *plot.numbers(scale),
            *labels,
            *_totals(tops, wide),
            *_below([name for name, _ in spans], bounds, plot),
        ),
        legend=_legend(series, rows),
    )


def areas(
    title: str,
    text: str,
    series: Sequence[Series],
    begin: date,
    points: Sequence[tuple[date, tuple[int, ...]]],
) -> Chart:
    """Return stacked steps over time, with the last number of each series at their end.

    Args:
        title: what the picture shows.
        text: what can be seen in it, in words.
        series: in reading order, which is from the top.
        begin: the day the picture begins with, no later than the first point.
        points: days in rising order with a number a series, at least one; a step reaches from the point before to its own.
    """
    end, last = points[-1]
    scale = ticks(max(sum(numbers) for _, numbers in points))
    aside = [f"{kind.name} {number}" for kind, number in zip(series, last, strict=True)]
    right = WIDTH - max(map(breadth, aside)) - 20
    plot = _Plot(height=TALL, left=breadth(str(scale[-1])) + 6, right=right, top=scale[-1])

    def after(days: int) -> float:
        return round(plot.left + days / ((end - begin).days + 1) * (plot.right - plot.left), 1)

    years = range(begin.year, end.year + 1)
    bounds = [*(after(max(0, (date(year, 1, 1) - begin).days)) for year in years), plot.right]
    ends = [after((day - begin).days + 1) for day, _ in points]
    middles = [plot.at((sum(last[number:]) + sum(last[number + 1 :])) / 2) for number in range(len(series))]
    heights = _apart(middles)
    return Chart(
        width=WIDTH,
        height=TALL,
        title=title,
        text=text,
        grid=(*plot.grid(scale), *(_notch(x, plot) for x in bounds[1:-1])),
        areas=tuple(
            Area(key=kind.key, path=_steps(plot, ends, [sum(numbers[number:]) for _, numbers in points]))
            for number, kind in enumerate(series)
            if any(numbers[number] for _, numbers in points)
        ),
        boxes=tuple(
            Box(key=kind.key, x=plot.right + 8, y=y - 5, width=8, height=10, text=words)
            for kind, y, words in zip(series, heights, aside, strict=True)
        ),
        labels=(
            *plot.numbers(scale),
            *(
                Label(x=plot.right + 20, y=round(y + 4.5, 1), text=words, anchor="start", kind="name")
                for y, words in zip(heights, aside, strict=True)
            ),
            *_below([str(year) for year in years], bounds, plot),
        ),
    )


class _Plot(Struct, frozen=True, kw_only=True):
    """Where columns and areas are drawn: from `left` to `right`, with the number `top` at its upper edge."""

    height: int
    left: float
    right: float
    top: int

    @property
    def base(self) -> float:
        return self.height - LINE - 5

    def at(self, number: float) -> float:
        return round(self.base - number / self.top * (self.base - LINE), 1)

    def grid(self, scale: Sequence[int]) -> Iterator[Line]:
        for tick in scale:
            y = self.at(tick)
            yield Line(x1=self.left, y1=y, x2=self.right, y2=y, base=tick == 0)

    def numbers(self, scale: Sequence[int]) -> Iterator[Label]:
        for tick in scale:
            yield Label(
                x=self.left - 5, y=round(self.at(tick) + 4, 1), text=str(tick), anchor="end", kind="tick"
            )


class _Top(Struct, frozen=True, kw_only=True):
    """The upper end of a column and its total."""

    x: float
    y: float
    number: int


def _box(kind: Series, row: Row, value: int, *, x: float, y: float, width: float, height: float) -> Box:
    text = f"{row.name} {kind.name} {value}"
    return Box(key=kind.key, x=x, y=y, width=width, height=height, text=text)


def _inside(box: Box, value: int, row: Row) -> Iterator[Label]:
    """The number of a part upon it, where there is room; a part that is the whole has its number at the end."""
    if value < sum(row.numbers) and box.height >= LINE and box.width >= breadth(str(value)) + 4:
        x, y = round(box.x + box.width / 2, 1), round(box.y + box.height / 2 + 4, 1)
        yield Label(x=x, y=y, text=str(value), anchor="middle", kind=f"on-{box.key}")


def _totals(tops: Sequence[_Top], wide: float) -> Iterator[Label]:
    """The totals above columns, the largest first, each where it meets no column and no other total."""
    placed: list[tuple[float, float, float]] = []
    for top in sorted(tops, key=lambda top: -top.number):
        if not top.number:
            continue
        half = breadth(str(top.number)) / 2
        at = round(min(top.x, WIDTH - half), 1)
        meets_column = any(
            other.y < top.y and abs(other.x - at) < half + wide / 2 for other in tops if other is not top
        )
        meets_total = any(abs(x - at) < half + more and abs(y - top.y) < LINE for x, y, more in placed)
        if not meets_column and not meets_total:
            placed.append((at, top.y, half))
            yield Label(x=at, y=round(top.y - 4, 1), text=str(top.number), anchor="middle", kind="number")


def _legend(series: Sequence[Series], rows: Sequence[Row]) -> tuple[Series, ...]:
    """The series that are in the picture, where it is made of more than one."""
    present = (any(row.numbers[number] for row in rows) for number in range(len(series)))
    return (
        tuple(kind for kind, there in zip(series, present, strict=True) if there) if len(series) > 1 else ()
    )


def _notch(x: float, plot: _Plot) -> Line:
    return Line(x1=x, y1=plot.base, x2=x, y2=plot.base + 5)


def _below(names: Sequence[str], bounds: Sequence[float], plot: _Plot) -> Iterator[Label]:
    """The names below a plot, each in the middle of its stretch, left out where it would meet the one before."""
    free = 0.0
    for name, left, right in zip(names, bounds, bounds[1:], strict=False):
        middle, half = (left + right) / 2, breadth(name) / 2
        if middle - half >= free and middle + half <= WIDTH:
            free = middle + half + 4
            yield Label(x=round(middle, 1), y=plot.height - 5, text=name, anchor="middle", kind="tick")


def _steps(plot: _Plot, ends: Sequence[float], numbers: Sequence[int]) -> str:
    base = plot.at(0)
    path, x, y = [f"M{plot.left} {base}"], plot.left, base
    for until, number in zip(ends, numbers, strict=True):
        height = plot.at(number)
        if height != y:
            path.append(f"H{x}V{height}")
            y = height
        x = until
    return "".join([*path, f"H{x}V{base}Z"])


def _apart(heights: Sequence[float]) -> list[float]:
    """Heights from the top, moved up and, where the picture ends, down, so that a line of text has room at each."""
    found = list(heights)
    for number in range(len(found) - 2, -1, -1):
        found[number] = min(found[number], found[number + 1] - LINE)
    for number, height in enumerate(found):
        found[number] = round(max(height, found[number - 1] + LINE if number else LINE), 1)
    return found
