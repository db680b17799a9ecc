"""What the units of the demonstration go through: the plain lives and, at least once each, every odd one.

May import the modules of this package above it. A life draws one or two enterprises and returns their units.
"""

from collections.abc import Callable
from datetime import timedelta

from generator.demo.drafts import FACTORY, WORKSHOP, Draft
from generator.demo.names import Enterprise
from generator.demo.plain import Plain
from generator.demo.rounds import add_years
from generator.demo.world import World
from generator.policy import Title

Life = Callable[[], list[Draft]]


class Lives:
    """The odd lives by name; each falls back on a plain one where the policy cannot express it."""

    def __init__(self, world: World) -> None:
        """Keep the world and the plain lives."""
        self._world = world
        self._rounds = world.rounds
        self._roles = world.roles
        self._plain = Plain(world)
        self._turn: dict[str, int] = {}

    def run(self, name: str, size: int) -> list[Draft]:
        """Return the units of a life, `size` of them.

        Args:
            name: a name out of `ODD`.
            size: the number of units the plan counts on.
        """
        self._world.forget()
        life: Life = getattr(self, "_" + name)
        units = life()
        while len(units) < size:
            units += self._plain.any(size - len(units))
        return units

    def _next(self, name: str) -> int:
        self._turn[name] = self._turn.get(name, -1) + 1
        return self._turn[name]

    def _term_titles(self) -> list[Title]:
        """The provincial titles for workshops that end after a term and are still awarded."""
        titles = [self._roles.workshop, self._roles.basic]
        return [t for t in titles if t and t.tier and self._world.policy.tier(t.tier).term_years]

    def _workshop(self, enterprise: Enterprise | None = None) -> Draft:
        return self._world.unit(enterprise or self._world.namer.enterprise(), WORKSHOP)

    def _turned(self, name: str) -> tuple[Title | None, int]:
        titles = self._term_titles()
        turn = self._next(name)
        return (titles[turn % len(titles)] if titles else None), turn

    def _renewed(self) -> list[Draft]:
        title, turn = self._turned("renewed")
        if title is None:
            return []
        draft = self._workshop()
        days = self._rounds.lapsed[1:]
        first = days[turn % len(days)]
        end = self._world.term_end(title, first)
        second = [day for day in self._rounds.regular if end - timedelta(days=200) <= day <= end]
        self._world.give(draft, title, first)
        if second:
            self._world.give(draft, title, second[-1])
        return [draft]

    def _expired(self) -> list[Draft]:
        return self._awarded("expired", self._rounds.lapsed)

    def _ending(self) -> list[Draft]:
        return self._awarded("ending", self._rounds.ending)

    def _later(self) -> list[Draft]:
        return self._awarded("later", self._rounds.later)

    def _awarded(self, name: str, days: tuple[object, ...]) -> list[Draft]:
        title, turn = self._turned(name)
        if title is None:
            return []
        draft = self._workshop()
        day = (*self._rounds.pilot,)[self._rounds.pilot.index(days[turn % len(days)])]  # type: ignore[arg-type]
        self._world.give(draft, title, day)
        return [draft]
