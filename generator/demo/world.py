"""What the lives are made from: units, awards and their documents' subjects, in the words of the given policy.

May import `records`, `policy`, and the modules of this package above it. `lives` is the only reader.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from msgspec import Struct

from generator.demo.drafts import FACTORY, WORKSHOP, AwardDraft, Draft, RevocationDraft, find_roles
from generator.demo.names import Enterprise, Namer
from generator.demo.rounds import Rounds, add_years, make_rounds
from generator.demo.stories import Story
from generator.policy import Authority, Policy, Title
from generator.records import Cities, City, Industries

_ORDINALS = "一二三四五六七八九"
# GB/T 39116 took effect in 2021; nobody was assessed by it before.
_STANDARD_YEAR = 2021


class Telling(Struct, frozen=True, kw_only=True):
    """A case to come: the story, and the day it is published."""

    story: Story
    published: date


class World:
    """Draws units and gives them titles; everything random comes from one generator."""

    def __init__(
        self, rng: Random, cities: Cities, industries: Industries, policy: Policy, as_of: date
    ) -> None:
        """Find the roles of the policy's titles and the days of the rounds."""
        self.rng = rng
        self.policy = policy
        self.as_of = as_of
        self.namer = Namer(rng, cities, industries)
        self.roles = find_roles(policy)
        retired = self.roles.retired
        self.rounds: Rounds = make_rounds(
            as_of=as_of, retired_through=retired.awarded_through if retired else None
        )
        self._places = {city.code: place for place, city in enumerate(cities.prefectures)}
        self._used: dict[str, set[str]] = {}

    def forget(self) -> None:
        """Forget the unit names used so far: enterprises do not outlive the life that drew them."""
        self._used.clear()

    def authority(self, title: Title, city: City) -> Authority | None:
        """Return who may award a title to a unit in a city, or None."""
        for authority in self.policy.authorities:
            if authority.level == title.level and authority.city in (None, city.code):
                return authority
        return None

    def city_days(self, city: City) -> tuple[date, ...]:
        """Return the days of a city's own rounds."""
        return self.rounds.city(self._places[city.code])

    def term_end(self, title: Title, day: date) -> date:
        """Return the last day of a listing that an award on this day opens, the latest day where it has no end."""
        term = self.policy.tier(title.tier).term_years if title.tier else None
        first = max(day, title.listed_from or day)
        return add_years(first, term) if term else date.max

    def day(self, title: Title, days: Sequence[date], telling: Telling | None) -> date | None:
        """Return one of the days, such that a unit awarded then is listed when its case is published.

        Args:
            title: what is awarded.
            days: the days to draw from.
            telling: the case to come, if any.
        """
        able = [day for day in days if not title.awarded_through or day <= title.awarded_through]
        if telling:
            able = [
                day
                for day in able
                if max(day, title.listed_from or day) + timedelta(days=5) <= telling.published
                and self.term_end(title, day) >= telling.published
            ]
        return self.rng.choice(able) if able else None

    def unit(
        self,
        enterprise: Enterprise,
        kind: str,
        *,
        city: City | None = None,
        story: Story | None = None,
    ) -> Draft:
        """Return a new unit of an enterprise, with a name that none of its units has.

        Args:
            enterprise: whose unit it is.
            kind: 数字化车间 or 智能工厂.
            city: where it is, where that is not the enterprise's own city.
            story: the case to be told of it, which then gives its name.
        """
        product = enterprise.product
        stems = product.workshops if kind == WORKSHOP else product.factories
        used = self._used.setdefault(enterprise.name, set())
        free = [stem + kind for stem in stems if stem + kind not in used]
        name = story.unit + kind if story else self.rng.choice(free or [stem + kind for stem in stems])
        count = 1
        while name in used:
            count += 1
            name = f"{_ORDINALS[count - 1] if count <= 9 else count}期{stems[0]}{kind}"
        used.add(name)
        county, zone = (
            self.namer.place(city, product)
            if city and city.code != enterprise.city.code
            else (enterprise.county, enterprise.zone)
        )
        return Draft(
            name=name,
            kind=kind,
            enterprise=enterprise,
            city=city or enterprise.city,
            county=county,
            zone=zone,
        )

    def give(self, draft: Draft, title: Title, day: date, *, exception: str | None = None) -> None:
        """Award a title to a unit; where the title asks for a maturity, it was reached in time."""
        authority = self.authority(title, draft.city)
        assert authority is not None
        if title.min_maturity is not None and not draft.maturity:
            before = day - timedelta(days=self.rng.randrange(20, 90))
            level = min(5, title.min_maturity + (1 if self.rng.random() < 0.15 else 0))
            draft.maturity.append((before, level, "自评" if self.rng.random() < 0.7 else "评估"))
        elif not draft.maturity and day.year > _STANDARD_YEAR and self.rng.random() < 0.4:
            before = day - timedelta(days=self.rng.randrange(15, 60))
            method, level = self.rng.choice((("自评", 2), ("自评", 3), ("评估", 3), ("评估", 2)))
            draft.maturity.append((before, level, method))
        draft.awards.append(
            AwardDraft(
                title=title,
                authority=authority,
                day=day,
                subject=self._subject(title, day, draft.city),
                exception=exception,
            )
        )

    def revoke(self, draft: Draft, title: Title, day: date, reason: str) -> None:
        """Cancel a title of a unit."""
        authority = self.authority(title, draft.city)
        assert authority is not None
        subject = f"关于取消部分单位{title.name}称号的决定"
        draft.revocations.append(
            RevocationDraft(title=title, authority=authority, day=day, subject=subject, reason=reason)
        )

    def _subject(self, title: Title, day: date, city: City) -> str:
        if title.level == "city":
            return f"关于公布{city.name}{title.name}名单（{day.year}年{self._batch(self.city_days(city), day)}）的通知"
        if title.level == "national":
            batch = self._batch(self.rounds.national, day)
            return f"关于公布{day.year}年度{title.name}名单（{batch}）的通知"
        if title.awarded_through:
            return f"关于公布{day.year}年度{title.name}名单的通知"
        what = f"{self.policy.region.name}{WORKSHOP}、{FACTORY}"
        if day in self.rounds.pilot:
            batch = self._batch(self.rounds.pilot, day)
            return f"关于公布{day.year}年度{what}先行试点名单（{batch}）的通知"
        return f"关于公布{day.year}年度{what}名单（{self._batch(self.rounds.regular, day)}）的通知"

    @staticmethod
    def _batch(days: Sequence[date], day: date) -> str:
        same = [other for other in days if other.year == day.year]
        place = same.index(day) if day in same else 0
        return f"第{_ORDINALS[place]}批"
