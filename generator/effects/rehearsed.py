"""The rehearsal of the calendar in words, for the command line.

May import `views.words` and the other modules of this room.
"""

from collections.abc import Iterator, Sequence

from generator.effects.rehearsal import Day, Rehearsal
from generator.effects.shapes import Move, Number
from generator.problems import Problem, as_text
from generator.views import words

# So many units or problems of a day are named; of the rest only the number is told.
NAMED = 20


def as_lines(found: Rehearsal) -> str:
    """Return the rehearsal as text: the verdict first, then day by day what is new since the day before in the list."""
    return "\n".join([_verdict(found), *(line for day in found.days for line in _day(day))]) + "\n"


def _verdict(found: Rehearsal) -> str:
    span = f"从{words.day(found.as_of)}到{words.day(found.days[-1].day)}，预演 {len(found.days)} 天"
    if found.errors:
        return (
            f"{span}：数据截至日就有 {len(found.errors)} 个错误，请先改正。\n{as_text(found.errors).rstrip()}"
        )
    red = [day for day in found.days if day.red]
    if red:
        return f"{span}：不改任何记录，{words.day(red[0].day)}起检查将不通过，网站将停止更新。"
    return f"{span}：不改任何记录，每一天检查都能通过。"


def _day(day: Day) -> Iterator[str]:
    yield ""
    yield f"{words.day(day.day)}（{'，'.join(day.why)}）"
    yield f"  {'；'.join(_number(number) for number in day.counts)}"
    yield from _problems("新的错误", day.red)
    yield from _problems("新的提醒", day.warnings)
    if day.settled:
        yield f"  不再有的提醒：{len(day.settled)} 个"
    yield from _moves("移出或降低层级", day.leaving)
    yield from _moves("列入、晋级或续期", day.arriving)
    for bar in day.bars[:NAMED]:
        whole = f"，同一企业共 {bar.units} 个单元" if bar.units > 1 else ""
        yield f"  限制期至{words.day(bar.last)}结束：{bar.unit.enterprise}（{bar.unit.id}{whole}）"
    if len(day.bars) > NAMED:
        yield f"  另有 {len(day.bars) - NAMED} 个限制期结束"


def _number(number: Number) -> str:
    step = number.after - number.before
    return f"{number.name} {number.after}{f'（{step:+d}）' if step else ''}"


def _problems(what: str, found: Sequence[Problem]) -> Iterator[str]:
    if found:
        yield f"  {what}：{len(found)} 个"
        for one in found[:NAMED]:
            yield f"    {one.path}:{one.line} [{one.code}] {one.message}"
        if len(found) > NAMED:
            yield f"    另有 {len(found) - NAMED} 个"


def _moves(what: str, moves: Sequence[Move]) -> Iterator[str]:
    if moves:
        yield f"  {what}：{len(moves)} 个单元"
        for one in moves[:NAMED]:
            name = f"{one.unit.id} {one.unit.enterprise} {one.unit.name}"
            yield f"    {words.day(one.day)} {words.CHANGES[one.kind]}：{name}"
        if len(moves) > NAMED:
            yield f"    另有 {len(moves) - NAMED} 个"
