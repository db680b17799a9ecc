"""The odd lives: at least once each, everything that the rules of the register tell apart.

May import the modules of this package above it. A life draws one or two enterprises and returns their units.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from generator.demo.drafts import FACTORY, WORKSHOP, Draft
from generator.demo.names import Enterprise
from generator.demo.plain import Plain
from generator.demo.world import Telling, World
from generator.policy import Title

# Name of a life, how many units it draws, and how often it is drawn in a registry of 340 units.
ODD = (
    ("excellent", 2, 4),
    ("revoked", 2, 1),
    ("city_revoked", 2, 1),
    ("merged", 2, 1),
    ("deregistered", 1, 1),
    ("moved", 1, 1),
    ("left", 1, 1),
    ("renamed", 2, 2),
    ("two_cities", 3, 3),
    ("uncoded", 1, 6),
    ("miscoded", 1, 1),
    ("late", 1, 2),
    ("never", 1, 2),
    ("corrected", 1, 1),
    ("returned", 1, 1),
    ("promoted", 1, 6),
    ("renewed", 1, 8),
    ("expired", 1, 8),
    ("ending", 1, 10),
    ("later", 1, 12),
)

TOLD = "excellent"
_LEADERS = ("turbine", "generator", "machine-tool", "bearing", "dairy", "medicine", "rail", "refinery")


class Lives:
    """The odd lives by name; where the policy cannot express one, a plain life stands in."""

    def __init__(self, world: World, plain: Plain) -> None:
        """Keep the world and the plain lives."""
        self._world = world
        self._rounds = world.rounds
        self._roles = world.roles
        self._plain = plain
        self._turns: dict[str, int] = {}
        self._lives: dict[str, Callable[[], list[Draft]]] = {
            "revoked": self._revoked,
            "city_revoked": self._city_revoked,
            "merged": self._merged,
            "deregistered": lambda: self._closed("注销", 85),
            "moved": lambda: self._closed("迁出", 60),
            "left": lambda: self._closed("自愿退出", 35),
            "renamed": self._renamed,
            "two_cities": self._two_cities,
            "uncoded": lambda: [self._standing(self._world.namer.enterprise(with_uscc=False))],
            "miscoded": lambda: [self._standing(self._world.namer.enterprise(broken_uscc=True))],
            "late": lambda: self._maturing(late=True),
            "never": lambda: self._maturing(late=False),
            "corrected": self._corrected,
            "returned": self._returned,
            "promoted": self._promoted,
            "renewed": self._renewed,
            "expired": lambda: self._once("expired", self._rounds.lapsed),
            "ending": lambda: self._once("ending", self._rounds.ending),
            "later": lambda: self._once("later", self._rounds.later),
        }

    def life(self, name: str, size: int, telling: Telling | None = None) -> list[Draft]:
        """Return the units of a life.

        Args:
            name: a name out of `ODD`.
            size: the number of units the plan counts on.
            telling: the case to come, which only the life of `TOLD` can have.
        """
        self._world.forget()
        units = self._excellent(telling) if name == TOLD else self._lives[name]()
        return units or self._plain.life("factory", size, telling)

    def _turn(self, name: str) -> int:
        self._turns[name] = self._turns.get(name, -1) + 1
        return self._turns[name]

    def _enterprise(self) -> Enterprise:
        return self._world.namer.enterprise()

    def _standing(self, enterprise: Enterprise) -> Draft:
        """A unit with a title that stands: the retired one where there is one."""
        title = self._roles.retired or self._roles.workshop or self._roles.plain
        draft = self._world.unit(enterprise, title.kind)
        days = self._rounds.retired if title.awarded_through else self._rounds.regular[:3]
        self._world.give(draft, title, self._world.rng.choice(days or self._rounds.regular))
        return draft

    def _once(self, name: str, days: Sequence[date]) -> list[Draft]:
        """A unit awarded once, on the days in turn and with the titles that end after a term in turn."""
        turn = self._turn(name)
        title = self._term_title(turn // len(days) + turn)
        if title is None:
            return []
        draft = self._world.unit(self._enterprise(), WORKSHOP)
        self._world.give(draft, title, days[turn % len(days)])
        return [draft]

    def _term_title(self, turn: int) -> Title | None:
        titles = [
            title
            for title in (self._roles.workshop, self._roles.basic)
            if title and title.tier and self._world.policy.tier(title.tier).term_years
        ]
        return titles[turn % len(titles)] if titles else None

    def _renewed(self) -> list[Draft]:
        turn = self._turn("renewed")
        days = self._rounds.lapsed[1:]
        first, title = days[turn % len(days)], self._term_title(turn)
        if title is None:
            return []
        end = self._world.term_end(title, first)
        again = [day for day in self._rounds.regular if first < day <= end]
        if not again:
            return []
        draft = self._world.unit(self._enterprise(), WORKSHOP)
        self._world.give(draft, title, first)
        self._world.give(draft, title, again[-1])
        return [draft]

    def _returned(self) -> list[Draft]:
        """Lapsed for some months, then awarded anew."""
        title = self._roles.workshop
        if title is None:
            return []
        draft = self._world.unit(self._enterprise(), WORKSHOP)
        self._world.give(draft, title, self._rounds.lapsed[1])
        self._world.give(draft, title, self._rounds.regular[-2])
        return [draft]

    def _promoted(self) -> list[Draft]:
        turn, low, high = self._turn("promoted"), self._roles.basic, self._roles.workshop
        if low is None or high is None:
            return []
        draft = self._world.unit(self._enterprise(), WORKSHOP)
        early, late = (*self._rounds.later, *self._rounds.regular[:2]), self._rounds.regular[2:]
        self._world.give(draft, low, early[turn % len(early)])
        self._world.give(draft, high, late[turn % len(late)])
        return [draft]

    def _revoked(self) -> list[Draft]:
        """A revocation that bars the whole enterprise: its unit in another city goes with it."""
        title = self._roles.workshop
        if title is None or not title.bars:
            return []
        enterprise = self._enterprise()
        city = self._world.namer.other_city(enterprise.city)
        draft = self._world.unit(enterprise, WORKSHOP)
        sister = self._world.unit(enterprise, WORKSHOP, city=city)
        self._world.give(draft, title, self._rounds.regular[2])
        self._world.give(sister, title, self._rounds.regular[1])
        self._world.revoke(draft, title, self._rounds.before(202), "申报材料弄虚作假")
        return [draft, sister]

    def _city_revoked(self) -> list[Draft]:
        """A revocation that does not bar: the enterprise's other unit stays."""
        title, enterprise = self._roles.local, self._enterprise()
        if title is None or title.bars or self._world.authority(title, enterprise.city) is None:
            return []
        draft = self._world.unit(enterprise, title.kind)
        self._world.give(draft, title, self._world.city_days(enterprise.city)[1])
        self._world.revoke(draft, title, self._rounds.before(150), "主要产线已停用，不再符合要素条件")
        return [draft, self._standing(enterprise)]

    def _merged(self) -> list[Draft]:
        enterprise = self._enterprise()
        draft = self._standing(enterprise)
        successor = self._standing(
            self._world.namer.enterprise(product=enterprise.product, city=enterprise.city)
        )
        draft.closed, draft.successor = (self._rounds.before(110), "合并"), successor
        return [draft, successor]

    def _closed(self, reason: str, days: int) -> list[Draft]:
        draft = self._standing(self._enterprise())
        draft.closed = (self._rounds.before(days), reason)
        return [draft]

    def _renamed(self) -> list[Draft]:
        enterprise, turn = self._enterprise(), self._turn("renamed")
        former = [(self._world.namer.former(enterprise), self._rounds.before(380 - 7 * (turn % 40)))]
        if turn % 2:
            former.insert(0, (self._world.namer.former(enterprise), self._rounds.before(1500)))
        units = [self._standing(enterprise), self._standing(enterprise)]
        for draft in units:
            draft.former_names = list(former)
        return units

    def _two_cities(self) -> list[Draft]:
        enterprise = self._enterprise()
        title = self._roles.workshop or self._roles.retired or self._roles.plain
        if title.level == "city":
            return []
        away = self._world.unit(enterprise, title.kind, city=self._world.namer.other_city(enterprise.city))
        days = self._rounds.retired if title.awarded_through else self._rounds.regular
        self._world.give(away, title, self._world.rng.choice(days))
        return [self._standing(enterprise), away, self._standing(enterprise)]

    def _maturing(self, *, late: bool) -> list[Draft]:
        """A title that asks for a maturity, which was reached later, or has not been reached."""
        title = self._roles.basic
        if title is None or not title.min_maturity:
            return []
        draft = self._world.unit(self._enterprise(), WORKSHOP)
        turn, day = self._turn(f"maturing {late}"), self._rounds.regular[2]
        if late:
            reached = self._rounds.before(190 - 30 * (turn % 5))
            draft.maturity.append((reached, title.min_maturity, "自评"))
        elif title.min_maturity > 1:
            draft.maturity.append((day - timedelta(days=48), title.min_maturity - 1, "自评"))
        self._world.give(draft, title, day)
        return [draft]

    def _corrected(self) -> list[Draft]:
        draft = self._standing(self._enterprise())
        draft.corrections.append(
            (self._rounds.before(140), "titles", "录入时文号的序号有误，已按文件原文更正")
        )
        return [draft]

    def _excellent(self, telling: Telling | None) -> list[Draft]:
        """The national title on top of the province's; one out of order, with an exception; some with reports."""
        national, factory, needed = self._roles.national, self._roles.factory, self._roles.needed
        if national is None or factory is None or needed is None:
            return []
        world, rounds, turn = self._world, self._rounds, self._turn("excellent") % 4
        story = telling.story if telling else None
        product = world.namer.product(story.products if story else _LEADERS)
        enterprise = world.namer.enterprise(product=product)
        workshop, draft = world.unit(enterprise, needed.kind), world.unit(enterprise, FACTORY, story=story)
        draft.takes_case = story is not None
        day = rounds.national[0] if turn < 2 else rounds.national[1]
        requires = national.tier and world.policy.tier(national.tier).requires
        if turn == 1 and requires and self._roles.workshop:
            world.give(workshop, self._roles.workshop, rounds.regular[2])
            world.give(draft, national, day, exception="国家首批，先进级名单尚未公布")
            return [workshop, draft]
        retired = [known for known in rounds.retired if known <= rounds.later[0]]
        world.give(workshop, needed, world.rng.choice(retired) if needed.awarded_through else rounds.later[0])
        world.give(draft, factory, rounds.regular[0] if turn < 2 else rounds.regular[2])
        world.give(draft, national, day)
        if turn == 0 and (report := rounds.before(308)) > day:
            draft.reports.append((day.year, report))
        if turn == 2:
            draft.reports.append((rounds.as_of.year, rounds.before(8)))
        return [workshop, draft]
