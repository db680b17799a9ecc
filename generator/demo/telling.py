"""Case stories told of units: which story when, with which numbers, and the case file in the end.

May import `records`, `writing`, and the stories. The numbers of a story told again are scaled by one factor, so that
before and after keep their relation.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from msgspec import Struct

from generator import writing
from generator.demo.rounds import workday
from generator.demo.stories import Effect, Story
from generator.demo.stories_a import STORIES as STORIES_A
from generator.demo.stories_b import STORIES as STORIES_B
from generator.demo.stories_c import STORIES as STORIES_C
from generator.demo.stories_d import STORIES as STORIES_D
from generator.demo.stories_e import STORIES as STORIES_E
from generator.records import Edition, Scenes

STORIES: tuple[Story, ...] = (
    *STORIES_A,
    *STORIES_B,
    *STORIES_C,
    *STORIES_D,
    *STORIES_E,
)

_PREFERRED = "2025"
_SPAN = 524
_MOST = 10_000


class Slot(Struct, frozen=True, kw_only=True):
    """A case to come: its number, day and story, and the values as told this time."""

    id: str
    place: int
    published: date
    story: Story
    values: tuple[str, ...]


def case_count(units: int) -> int:
    """Return how many cases a demonstration of so many units has unless told: 40 for 340, at most 10,000."""
    return min(_MOST, (units * 40 + 170) // 340)


def find_edition(scenes: Scenes) -> Edition | None:
    """Return the edition the stories are written for, else the newest one, else None."""
    if not scenes.editions:
        return None
    newest = max(scenes.editions, key=lambda edition: edition.edition)
    return next((e for e in scenes.editions if e.edition == _PREFERRED), newest)


def plan_slots(count: int, *, rng: Random, as_of: date, edition: Edition | None) -> list[Slot]:
    """Return the cases to come in the order of their days, every story once before any is told again.

    Args:
        count: how many cases.
        rng: what chance is drawn from.
        as_of: the day before which all are published.
        edition: the scenes the cases refer to; without one there are no cases.
    """
    if edition is None:
        return []
    known = set(edition.names)
    able = [story for story in STORIES if set(story.scenes) <= known]
    if not able:
        return []
    slots: list[Slot] = []
    numbers: dict[int, int] = {}
    order: list[Story] = []
    for place in range(count):
        if not order:
            order = rng.sample(able, len(able))
        story = order.pop()
        offset = _SPAN - (_SPAN - 4) * place // max(count - 1, 1)
        published = workday(as_of - timedelta(days=offset))
        if slots:
            published = max(published, slots[-1].published)
        number = numbers[published.year] = numbers.get(published.year, 0) + 1
        factor = 1.0 if place < len(able) else rng.randrange(80, 125) / 100
        slots.append(
            Slot(
                id=f"{published.year}-{number:04d}",
                place=place,
                published=published,
                story=story,
                values=tuple(_scaled(value, factor) for value in story.values),
            )
        )
    return slots


def _scaled(value: str, factor: float) -> str:
    if factor == 1.0:
        return value
    places = len(value.partition(".")[2])
    return f"{float(value) * factor:.{places}f}"


def case_file(
    slot: Slot, *, factory: str, enterprise: str, unit: str, edition: str, as_of: date
) -> tuple[str, str]:
    """Return (path, text) of a case.

    Args:
        slot: what is told and when.
        factory: the id of the unit.
        enterprise: the enterprise's name.
        unit: the unit's name.
        edition: the edition of the scenes.
        as_of: the day nothing may lie after.
    """

    def told(text: str) -> str:
        return text.format(*slot.values, enterprise=enterprise, unit=unit)

    story = slot.story
    fields: dict[str, writing.Plain] = {
        "title": story.title,
        "factory": factory,
        "edition": edition,
        "scenes": story.scenes,
        "published": slot.published,
    }
    updated = workday(slot.published + timedelta(days=38))
    if slot.place % 9 == 4 and slot.published < updated <= as_of:
        fields["updated"] = updated
    fields["summary"] = told(story.summary)
    if story.effects:
        fields["metrics"] = _metrics(story.effects, slot.values)
    fields["body"] = told(story.body.strip("\n")) + "\n"
    withdrawn = workday(slot.published + timedelta(days=96))
    if slot.place % 40 == 7 and slot.published < withdrawn <= as_of:
        fields["withdrawn"] = {
            "date": withdrawn,
            "reason": "产线已整体改造，案例所述做法不再使用，应企业申请撤回",
        }
    return f"cases/{slot.id[:4]}/{slot.id}.yml", writing.dump(fields)


def _metrics(effects: Sequence[Effect], values: Sequence[str]) -> list[writing.Plain]:
    rows: list[writing.Plain] = []
    for effect in effects:
        parts = {
            "name": effect.name,
            "before": effect.before,
            "after": effect.after,
            "unit": effect.unit,
            "change": effect.change,
        }
        rows.append({key: text.format(*values) for key, text in parts.items() if text is not None})
    return rows
