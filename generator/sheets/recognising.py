"""Which sheet or list a grid is: where its head stands, what its columns are, what is said above them.

May import `grid` and `columns`. Columns may stand in any order and under any of their names; what is not used is told.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from msgspec import Struct

from generator.sheets.columns import PLACE, UNUSED, Column, SheetForm
from generator.sheets.grid import Cell, Grid, Line, letters
from generator.sheets.layouts import ALL_FORMS, FORMS

_LOOKED_AT = 30
_SIGNS = re.compile(r"[\s*:：·]|\((?:必填|选填|可选|必选)\)")
SERIAL = "序号"
EXAMPLE = "示例"
# What closes a list: sums, and remarks below it.
_CLOSING_WORDS = re.compile(r"^(?:合计|总计|小计|共计?\s*\d|注[：:\d]|备注|说明|附注|以上)")


def folded(text: str) -> str:
    """Return a text as it is compared: without blanks, letters small, full-width signs as half-width ones."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).casefold()


def _head(text: str) -> str:
    return _SIGNS.sub("", folded(text))


_UNUSED = frozenset(map(_head, UNUSED))


class Table(Struct, frozen=True, kw_only=True):
    """A grid that is understood: `places` says which column holds which field, `titles` what stands above the head.

    `rows` are the lines with content, each with the lines that head its part of the list ("一、哈尔滨市"). `told` are sentences
    about what was not used; `wrong` what must be put right, each with its cell. `examples` are the numbers of lines that are marked as one.
    """

    grid: Grid
    form: SheetForm
    named: bool
    places: dict[str, int]
    head: Line
    titles: tuple[Cell, ...]
    rows: tuple["Row", ...]
    told: tuple[str, ...]
    wrong: tuple[tuple[str, str], ...]
    examples: tuple[int, ...] = ()


class Row(Struct, frozen=True, kw_only=True):
    """A line of the body, with the headings it stands under, the nearest last."""

    line: Line
    headings: tuple[Cell, ...] = ()


def form_named(name: str) -> SheetForm | None:
    """Return the form whose sheet has this name, or None."""
    return next((form for form in ALL_FORMS if folded(form.title) == folded(name)), None)


def recognise(grid: Grid, wanted: SheetForm | None = None) -> Table | None:
    """Return what a grid is, or None where no row of it heads columns that are known.

    Args:
        grid: the sheet.
        wanted: the form it has to be taken for, where somebody said so.
    """
    form = form_named(grid.name)
    named = form is not None and wanted is None
    form = wanted or form
    found = _find_head(grid, form)
    if found is None:
        return None
    top, last, form = found
    names = _names(form)
    head = _merged_head(grid.lines[top : last + 1])
    places: dict[str, int] = {}
    told: list[str] = []
    wrong: list[tuple[str, str]] = []
    body = grid.lines[last + 1 :]
    for place in range(max(len(line.cells) for line in (head, *body))):
        cell = head.cell(place)
        text = _head(cell.text)
        key = names.get(text)
        if key is None:
            if _filled_below(body, place) and text not in _UNUSED:
                what = f"“{cell.text.strip()}”" if text else "没有标题的"
                told.append(f"{letters(place)} 列{what}没有用到。")
        elif key in places:
            other = f"{letters(places[key])}{head.number}"
            wrong.append(
                (cell.at, f"“{cell.text.strip()}”与 {other} 是同一个字段，只能有一列；请删去或改名其中一列")
            )
        elif place in grid.hidden_columns and _filled_below(body, place):
            places[key] = place
            wrong.append(
                (cell.at, f"{letters(place)} 列是隐藏的，里面有内容；要导入请取消隐藏，不要的请删去这一列")
            )
        else:
            places[key] = place
    places.pop("", None)
    rows, more = _body(body, places, head, names)
    wrong += more.wrong
    return Table(
        grid=grid,
        form=form,
        named=named,
        places={key: place for key, place in places.items() if key != SERIAL},
        head=head,
        titles=tuple(cell for line in grid.lines[:top] for cell in line.filled if not cell.repeated),
        rows=tuple(rows),
        told=(*told, *more.told),
        wrong=tuple(wrong),
        examples=tuple(more.examples),
    )


def _names(form: SheetForm) -> dict[str, str]:
    """The folded names of all columns a sheet of this form may have."""
    columns: Sequence[Column] = (*form.columns, *(() if form.column("place") else (PLACE,)))
    names = {_head(name): column.key for column in reversed(columns) for name in (*column.also, column.title)}
    return {_head(SERIAL): SERIAL, **names}


def _find_head(grid: Grid, form: SheetForm | None) -> tuple[int, int, SheetForm] | None:
    """The first and last line of the head, and the form whose columns it has most of."""
    best: tuple[int, int, int, SheetForm] | None = None
    forms = (form,) if form else FORMS
    names = [(one, _names(one)) for one in forms]
    for number, line in enumerate(grid.lines[:_LOOKED_AT]):
        texts = [_head(cell.text) for cell in line.filled]
        for one, known in names:
            keys = {known[text] for text in texts if text in known} - {SERIAL}
            strange = [text for text in texts if text not in known and text not in _UNUSED]
            if not keys & {"unit", "enterprise", "uscc"} or (len(keys) < 2 and strange):
                continue
            lacking = sum(column.required and column.key not in keys for column in one.columns)
            score = len(keys) - (2 * lacking if len(forms) > 1 else 0)
            if best is None or score > best[0]:
                best = (score, number, number, one)
    if best is None:
        return None
    _, top, last, chosen = best
    known = _names(chosen)
    # A head of two lines: what stands over both is merged, what stands over several columns is above their own names.
    while top and any(cell.repeated for cell in grid.lines[top].filled):
        top -= 1
    while last + 1 < len(grid.lines):
        below = grid.lines[last + 1].filled
        if not below or not any(cell.repeated for cell in below):
            break
        if not all(cell.repeated or _head(cell.text) in known for cell in below):
            break
        last += 1
    return top, last, chosen


def _merged_head(lines: Sequence[Line]) -> Line:
    """The names of the columns: of several lines the lowest that says something."""
    if len(lines) == 1:
        return lines[0]
    width = max(len(line.cells) for line in lines)
    cells = []
    for place in range(width):
        said = [line.cell(place) for line in lines if not line.cell(place).empty]
        cells.append(said[-1] if said else lines[-1].cell(place))
    return Line(number=lines[-1].number, cells=tuple(cells))


def _filled_below(body: Iterable[Line], place: int) -> bool:
    return any(not line.cell(place).empty for line in body)


@dataclass(slots=True)
class _Found:
    told: list[str]
    wrong: list[tuple[str, str]]
    examples: list[int]


def _body(
    body: Sequence[Line], places: dict[str, int], head: Line, names: dict[str, str]
) -> tuple[list[Row], _Found]:
    rows: list[Row] = []
    found = _Found([], [], [])
    headings: list[Cell] = []
    hidden: list[int] = []
    heads = [_head(cell.text) for cell in head.cells]
    used = set(places.values())
    for line in body:
        filled = [cell for cell in line.filled if not cell.repeated]
        own = [line.cell(place) for place in sorted(used)]
        if not filled or (len(used) > 1 and all(cell.empty for cell in own if cell.at) and not _alone(line)):
            continue
        if [_head(cell.text) for cell in line.cells] == heads[: len(line.cells)] and len(line.filled) > 1:
            continue
        serial = line.cell(places[SERIAL]).text.strip() if SERIAL in places else ""
        if folded(serial) == EXAMPLE:
            found.examples.append(line.number)
            continue
        alone = _alone(line)
        if alone is not None and len(head.filled) > 1 and not _data(alone, line, places):
            if _CLOSING_WORDS.match(folded(alone.text)):
                found.told.append(f"第 {line.number} 行“{alone.text.strip()[:30]}”是合计或说明，没有导入。")
            else:
                headings = _under(headings, alone)
            continue
        if _CLOSING_WORDS.match(folded(filled[0].text)) and folded(filled[0].text)[:2] in (
            "合计",
            "总计",
            "小计",
        ):
            found.told.append(f"第 {line.number} 行是合计，没有导入。")
            continue
        if line.hidden:
            hidden.append(line.number)
            found.wrong.append(
                (
                    f"A{line.number}",
                    f"第 {line.number} 行是隐藏的，里面有内容；要导入请取消隐藏（或取消筛选），不要的请删去这一行",
                )
            )
            continue
        rows.append(Row(line=line, headings=tuple(headings)))
    return rows, found


def _alone(line: Line) -> Cell | None:
    """The only cell of a line that says something of its own, or None."""
    filled = [cell for cell in line.filled if not cell.repeated]
    return filled[0] if len(filled) == 1 and len(line.filled) == 1 else None


def _data(cell: Cell, line: Line, places: dict[str, int]) -> bool:
    """Whether a cell that stands alone is a row of its own: a bare number, a code or a name in its own column."""
    place = next((key for key, place in places.items() if line.cell(place) == cell), None)
    if place in (None, SERIAL):
        return cell.text.strip().isdigit()
    first = line.cell(0)
    return not cell.wide and (
        first != cell or not re.match(r"^[(]?[一二三四五六七八九十\d]+[)]?[、.]", folded(cell.text))
    )


_DEPTHS = (r"^[一二三四五六七八九十]+[、.]", r"^\([一二三四五六七八九十]+\)", r"^\d+[、.]", r"^\(\d+\)")


def _depth(text: str) -> int:
    return next((depth for depth, form in enumerate(_DEPTHS) if re.match(form, folded(text))), 0)


def _under(headings: Sequence[Cell], cell: Cell) -> list[Cell]:
    """The headings a new one leaves standing, and itself: `一、` stands over `（一）`, as in official texts (GB/T 9704)."""
    depth = _depth(cell.text)
    return [*(one for one in headings if _depth(one.text) < depth), cell]
