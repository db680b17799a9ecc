"""A file to a plan: everything it would do in sentences, or everything that is wrong with it.

May import every module of this room that stands before it; the command `import` and its tests call it.
"""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from generator.registry import Registry
from generator.sheets.columns import SheetForm
from generator.sheets.desk import Changed
from generator.sheets.drafts import Complaint, Given
from generator.sheets.entering import enter
from generator.sheets.gathering import Ask, Gathered, gather
from generator.sheets.grid import Grid
from generator.sheets.proving import prove


class Plan(Struct, frozen=True, kw_only=True):
    """What a file does to a registry.

    With anything in `wrong` it does nothing. `told` are sentences about what was not used or deserves a look; `sentences`
    say what it will do, one for each fact; `unchanged` rows say what is entered already.
    """

    wrong: tuple[Complaint, ...]
    told: tuple[str, ...]
    sentences: tuple[str, ...] = ()
    changes: tuple[Changed, ...] = ()
    unchanged: int = 0


def plan(
    grids: Sequence[Grid],
    registry: Registry,
    given: Given,
    *,
    as_of: date,
    wanted: SheetForm | None = None,
    keep_numbers: bool = False,
    ask: Ask | None = None,
) -> Plan:
    """Return what a file will do.

    Args:
        grids: the tables of the file.
        registry: the records as they are.
        given: what holds for all rows that do not say otherwise.
        as_of: the day the rules are asked for.
        wanted: the kind of act of a list that does not say it.
        keep_numbers: whether numbers that no unit has yet are those of new units.
        ask: asked about rows that could mean several units, None where nobody can be asked.
    """
    gathered = gather(grids, registry, given, wanted=wanted, keep_numbers=keep_numbers, ask=ask)
    return plan_rows(gathered, registry, as_of=as_of, grids=grids)


def plan_rows(gathered: Gathered, registry: Registry, *, as_of: date, grids: Sequence[Grid] = ()) -> Plan:
    """Return what rows will do whose units are known.

    Args:
        gathered: the rows, with what is wrong in them already.
        registry: the records as they are.
        as_of: the day the rules are asked for.
        grids: the tables they stand in, in whose order problems are told.
    """
    entered = enter(registry, gathered.rows)
    wrong = _in_order([*gathered.wrong, *entered.wrong], grids)
    told = [*gathered.told, *entered.told]
    if not wrong and entered.desk.changed:
        found, noted = prove(entered.desk, as_of=as_of)
        wrong = _in_order(found, grids)
        told += noted
    if wrong:
        return Plan(wrong=tuple(wrong), told=tuple(told))
    changes = [entered.desk.changed[key] for key in sorted(entered.desk.changed)]
    return Plan(
        wrong=(),
        told=tuple(told),
        sentences=tuple(entered.sentences),
        changes=tuple(changes),
        unchanged=entered.unchanged,
    )


def _in_order(wrong: Sequence[Complaint], grids: Sequence[Grid]) -> list[Complaint]:
    """Sort by sheet, row and column."""
    sheets = {grid.name: number for number, grid in enumerate(grids)}
    return sorted(
        dict.fromkeys(wrong), key=lambda one: (sheets.get(one.sheet, -1), one.row, len(one.at), one.at)
    )
