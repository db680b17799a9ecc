"""How the telling of a change names units, tiers and days.

May import `views.words` and the Markdown of this room.
"""

from datetime import date

from msgspec import Struct

from generator.effects.markdown import escaped, link
from generator.effects.shapes import UnitName
from generator.views import words


class Voice(Struct, frozen=True):
    """The names of tiers by id, the day that is told of, and the address of the site or None."""

    tiers: dict[str, str]
    as_of: date
    base: str | None

    def unit(self, unit: UnitName) -> str:
        """Return a unit by its number and its name, which leads to its page."""
        return f"{unit.id} {link(unit.name, unit.address, self.base)}"

    def step(self, before: str | None, after: str | None) -> str:
        """Return the tiers on both sides; one name where they are the same."""
        names = [self.tiers.get(tier, tier) if tier else "名单外" for tier in (before, after)]
        return escaped("→".join(dict.fromkeys(names)))

    def day(self, day: date) -> str:
        """Return a day, with a mark where it is still to come."""
        return f"{words.day(day)}（以后）" if day > self.as_of else words.day(day)


def end(day: date | None) -> str:
    """Return a last day, which there need not be."""
    return words.day(day) if day else "没有"


def bullets(lines: list[str]) -> str:
    """Return lines as a list."""
    return "\n".join(f"- {line}" for line in lines)
