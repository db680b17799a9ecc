"""Which unit somebody means: by number, code, exact name or former name; on a terminal by a part of them too.

May import `prompting` and the room `sheets`. Nothing is guessed: where several could be meant they are listed, and asked about on a terminal.
"""

from collections.abc import Sequence

import click

from generator.cli import prompting
from generator.records import Unit
from generator.registry import Registry


class Refusal(Exception):
    """Why a command does nothing; the message is in Chinese."""


def line(unit: Unit) -> str:
    """Return a unit as it is listed: number, enterprise, name, city."""
    return f"{unit.id} {unit.enterprise} {unit.name}（{unit.city}）"


def unit_meant(text: str | None, registry: Registry, *, whole_enterprise: bool = False) -> Unit:
    """Return the unit a text means; a lacking or unclear one is asked for on a terminal.

    Args:
        text: a number, a code or a name, None where nothing was said.
        registry: the records.
        whole_enterprise: whether any unit of an enterprise will do, since the act is the enterprise's.

    Raises:
        Refusal: no unit is meant, or several, and nobody can be asked.
        click.UsageError: nothing was said, and nobody can be asked.
    """
    asking = prompting.on_terminal()
    if text is None and not asking:
        raise click.UsageError("缺少单元：写编号、统一社会信用代码、企业名称（现名或曾用名）或单元名称。")
    while True:
        if text is None:
            text = click.prompt("哪个单元（编号、代码、名称或名称的一部分）", default="", show_default=False)
            text = text.strip() or None
            if text is None:
                click.echo("这一项要填写。")
                continue
        units = exact(text, registry) or (containing(text, registry) if asking else [])
        certain = bool(exact(text, registry))
        if whole_enterprise and certain and _one_enterprise(units):
            return units[0]
        if len(units) == 1 and certain:
            return units[0]
        if not asking:
            raise Refusal(_unclear(text, units))
        chosen = _chosen(text, units, certain=certain)
        if chosen is not None:
            return chosen
        text = None


def _chosen(text: str, units: Sequence[Unit], *, certain: bool) -> Unit | None:
    if not units:
        click.echo(f"名录里没有“{text}”（编号、代码、现名、曾用名都查过）。")
        return None
    if len(units) > prompting.SHOWN:
        click.echo(f"“{text}”可能指 {len(units)} 个单元，请写得再具体些。")
        return None
    click.echo(f"“{text}”{'可能指' if certain else '与这些名称部分相同'}：")
    place = prompting.pick([line(unit) for unit in units], what="单元")
    return None if place is None else units[place]


def _unclear(text: str, units: Sequence[Unit]) -> str:
    if not units:
        return f"名录里没有“{text}”（编号、代码、现名、曾用名都查过）；请核对，名称要写全。"
    rows = "".join(f"\n  {line(unit)}" for unit in units)
    return f"“{text}”可能指 {len(units)} 个单元，请写编号：{rows}"


def exact(text: str, registry: Registry) -> list[Unit]:
    """Return the units that a text names: by number, else by code, else by name, else by former name."""
    from generator.sheets.cleaning import bare, matched

    code, plain = bare(text).upper(), matched(text)
    units = registry.units.values()
    for found in (
        [unit for unit in units if unit.id == code],
        [unit for unit in units if unit.uscc == code],
        [unit for unit in units if plain in (matched(unit.enterprise), matched(unit.name))],
        [unit for unit in units if plain in map(matched, (former.name for former in unit.former_names))],
    ):
        if found:
            return found
    return []


def containing(text: str, registry: Registry) -> list[Unit]:
    """Return the units with a text in their number, code, name or former name."""
    from generator.sheets.cleaning import matched

    plain = matched(text)
    return [
        unit
        for unit in registry.units.values()
        if any(
            plain in matched(part)
            for part in (
                unit.id,
                unit.uscc or "",
                unit.enterprise,
                unit.name,
                *(one.name for one in unit.former_names),
            )
        )
    ]


def _one_enterprise(units: Sequence[Unit]) -> bool:
    return len({unit.uscc or unit.enterprise for unit in units}) == 1


def enterprise_of(unit: Unit, registry: Registry) -> list[Unit]:
    """Return all units of a unit's enterprise: those with its code, or without any, with its name."""
    return [
        one
        for one in registry.units.values()
        if (one.uscc == unit.uscc if unit.uscc else not one.uscc and one.enterprise == unit.enterprise)
    ]
