"""The plain lives: an enterprise with one to three units whose titles stand and, of some, a case is told.

May import the modules of this package above it. `lives` and the assembly call it.
"""

from collections.abc import Sequence
from datetime import date

from generator.demo.drafts import FACTORY, Draft
from generator.demo.names import Enterprise
from generator.demo.world import Telling, World
from generator.policy import Title

# Name of a plain life and its share of the plain units, in percent.
SHARES = (("retired", 50), ("workshop", 17), ("basic", 12), ("local", 11), ("factory", 10))
WHOLE = ("factory", "local")


class Plain:
    """Draws plain enterprises by the roles that the policy can express."""

    def __init__(self, world: World) -> None:
        """Keep the world."""
        self._world = world
        self._roles = world.roles

    def life(self, name: str, size: int, telling: Telling | None) -> list[Draft]:
        """Return the units of one enterprise; the unit a case is told of is marked.

        Args:
            name: a name out of `SHARES`.
            size: the number of units.
            telling: the case to come, if any.
        """
        world = self._world
        world.forget()
        product = world.namer.product(telling.story.products) if telling else None
        coded = world.rng.random() >= 0.024
        enterprise = world.namer.enterprise(product=product, with_uscc=coded)
        if name == "factory" and size > 1 and (units := self._factory(enterprise, size, telling)):
            return units
        roles = self._roles
        wanted = {"workshop": roles.workshop, "basic": roles.basic, "local": roles.local}.get(
            name, roles.retired
        )
        fallback = roles.workshop or roles.basic or roles.plain
        if wanted is None or world.authority(wanted, enterprise.city) is None:
            wanted = fallback
        if world.authority(wanted, enterprise.city) is None:
            wanted = roles.plain
        if world.day(wanted, self._days(wanted, enterprise, telling), telling) is None:
            wanted = fallback
        return self._several(enterprise, wanted, size, telling)

    def _several(
        self, enterprise: Enterprise, title: Title, size: int, telling: Telling | None
    ) -> list[Draft]:
        units = []
        for number in range(size):
            told = telling if number == 0 else None
            draft = self._world.unit(enterprise, title.kind, story=told.story if told else None)
            days = self._days(title, enterprise, told)
            day = self._world.day(title, days, told)
            draft.takes_case = told is not None and day is not None
            self._world.give(draft, title, day or days[0])
            units.append(draft)
        if self._world.rng.random() < 0.05:
            units[0].website = "https://www.example.org/"
        return units

    def _factory(self, enterprise: Enterprise, size: int, telling: Telling | None) -> list[Draft]:
        """A 智能工厂 and the workshops it needs first."""
        world, factory, needed = self._world, self._roles.factory, self._roles.needed
        if factory is None or needed is None:
            return []
        days = (*world.rounds.later[-1:], *world.rounds.regular)
        day = world.day(factory, days, telling)
        earlier = [d for d in self._days(needed, enterprise, None) if day and d <= day]
        if day is None or not earlier:
            return []
        units = []
        for _ in range(size - 1):
            draft = world.unit(enterprise, needed.kind)
            world.give(draft, needed, world.rng.choice(earlier))
            units.append(draft)
        draft = world.unit(enterprise, FACTORY, story=telling.story if telling else None)
        world.give(draft, factory, day)
        draft.takes_case = telling is not None
        return [*units, draft]

    def _days(self, title: Title, enterprise: Enterprise, telling: Telling | None) -> Sequence[date]:
        rounds = self._world.rounds
        if title.awarded_through:
            return rounds.retired or rounds.regular
        if title.level == "city":
            return self._world.city_days(enterprise.city)
        if title.level == "national":
            return rounds.national
        return (*rounds.later, *rounds.regular) if telling else rounds.regular
