"""A demonstration registry of fictional enterprises, every name with 示例: the same arguments give the same bytes.

May import `records`, `policy`, `registry`, `writing`, `forms`. Pure: no files, no clock. `make` plans the lives, lets each draw its
units, and writes every file as it comes; only names and document numbers are kept.
"""

from collections.abc import Iterator
from datetime import date
from random import Random

from msgspec import Struct
from msgspec.structs import replace

from generator.demo.lives import ODD, TOLD, Lives
from generator.demo.papers import Papers
from generator.demo.plain import SHARES, WHOLE, Plain
from generator.demo.telling import Slot, case_count, case_file, find_edition, plan_slots
from generator.demo.unit_files import UnitFiles
from generator.demo.world import Telling, World
from generator.demo.yearly import list_files
from generator.registry import Registry

__all__ = ["make"]

_USUAL = 340
_SIZES = ((1, 68), (2, 24), (3, 8))


class _Step(Struct, frozen=True, kw_only=True):
    """One enterprise, or two, to come: the name of a life, its number of units, and the case told of it."""

    life: str
    size: int
    odd: bool
    slot: Slot | None = None


def make(
    given: Registry,
    *,
    units: int,
    seed: int,
    as_of: date,
    cases: int | None = None,
) -> Iterator[tuple[str, str]]:
    """Yield (path under the registry, text) of all documents, units, cases and yearly lists of a demonstration.

    Args:
        given: whose rules and vocabularies it has. Only products whose code the classification has are made; titles are found
            by their features, and what the rules cannot express is left out.
        units: how many units; the odd lives are all there from about 150 on.
        seed: of all chance.
        as_of: the day it is made for; no fact is dated later.
        cases: how many cases, at most one an enterprise; 40 for 340 units unless given.

    Raises ValueError where there is no city, no known industry, or no title that lists anything.
    """
    rng = Random(seed)
    world = World(rng, given.cities, given.industries, given.policy, as_of)
    edition = find_edition(given.scenes)
    slots = plan_slots(case_count(units) if cases is None else cases, rng=rng, as_of=as_of, edition=edition)
    steps = _plan(units, slots, rng, world.rounds.national[-1])
    papers = Papers(given.policy, given.cities, as_of)
    plain = Plain(world)
    lives = Lives(world, plain)
    unit_files = UnitFiles(papers)
    for step in steps:
        slot = step.slot
        telling = Telling(story=slot.story, published=slot.published) if slot else None
        teller = lives if step.odd else plain
        drafts = teller.life(step.life, step.size, telling)
        ids = unit_files.number(drafts)
        for draft, unit_id in zip(drafts, ids, strict=True):
            yield unit_files.file(draft, unit_id)
            if draft.takes_case and slot and edition:
                yield case_file(
                    slot,
                    factory=unit_id,
                    enterprise=draft.enterprise.name,
                    unit=draft.name,
                    edition=edition.edition,
                    as_of=as_of,
                )
    yield from list_files(given.policy, papers, as_of)
    yield from papers.files()


def _plan(units: int, slots: list[Slot], rng: Random, last_national: date) -> list[_Step]:
    """The lives in a random order; together they have exactly `units` units."""
    odd: list[_Step] = []
    left = units
    for name, size, times in ODD:
        for _ in range(max(1, round(times * units / _USUAL))):
            if size <= left:
                odd.append(_Step(life=name, size=size, odd=True))
                left -= size
    plain: list[_Step] = []
    names, shares = [name for name, _ in SHARES], [share for _, share in SHARES]
    while left > 0:
        name = rng.choices(names, shares)[0]
        size = rng.choices([size for size, _ in _SIZES], [share for _, share in _SIZES])[0]
        size = min(left, max(size, 2) if name == "factory" else size)
        plain.append(_Step(life=name, size=size, odd=False))
        left -= size
    told = [place for place, step in enumerate(odd) if step.life == TOLD]
    late = [slot for slot in slots if slot.story.whole and slot.published > last_national]
    late = late[: (len(told) + 1) // 2]
    for place, slot in zip(told, late, strict=False):
        odd[place] = replace(odd[place], slot=slot)
    taken = {slot.id for slot in late}
    others = [slot for slot in slots if slot.id not in taken]
    for place, slot in enumerate(others[: len(plain)]):
        plain[place] = _with_case(plain[place], slot)
    steps = [*odd, *plain]
    rng.shuffle(steps)
    return steps


def _with_case(step: _Step, slot: Slot) -> _Step:
    """The step with a case; a story of a whole factory is told of a factory, any other of a workshop."""
    name = step.life
    if slot.story.whole and name not in WHOLE:
        name = "factory" if step.size > 1 else "local"
    elif not slot.story.whole and name in WHOLE:
        name = "workshop"
    return replace(step, life=name, slot=slot)
