"""The registry counted in one pass: who is listed where, who stands how, what was awarded when, and every change of a day.

May import `views.book` and `views.words`. The home page and the statistics are made from it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from msgspec import Struct, field

from generator.rules.engine import ONE_DAY
from generator.views import words
from generator.views.book import Book


class Tally(Struct, frozen=True, kw_only=True):
    """Numbers of units and awards; tiers by id, cities by name, divisions by code, standings by the key of their mark.

    `awards` holds the titles awarded up to the day, by year and tier; None is the tier of a title that lists nothing.
    `changes` holds, for each day on which any number changes, by how much each tier's list grows or shrinks.
    """

    units: int = 0
    by_tier: Counter[str] = field(default_factory=Counter)
    by_city: Counter[tuple[str, str]] = field(default_factory=Counter)
    by_division: Counter[tuple[str, str]] = field(default_factory=Counter)
    by_mark: Counter[str] = field(default_factory=Counter)
    awards: Counter[tuple[int, str | None]] = field(default_factory=Counter)
    changes: Mapping[date, Mapping[str, int]] = field(default_factory=dict)

    @property
    def listed(self) -> int:
        """How many units are listed."""
        return self.by_tier.total()

    def first_listing(self, *, as_of: date) -> date | None:
        """Return the first day on which any unit was listed, or None where that did not come by `as_of`."""
        first = min(self.changes, default=None)
        return first if first and first <= as_of else None

    def listed_on(self, days: Iterable[date]) -> list[Mapping[str, int]]:
        """Return how many units were listed by tier at the end of each day.

        Args:
            days: in rising order.
        """
        numbers: Counter[str] = Counter()
        left = sorted(self.changes, reverse=True)
        found: list[Mapping[str, int]] = []
        for day in days:
            while left and left[-1] <= day:
                numbers.update(self.changes[left.pop()])
            found.append(Counter(numbers))
        return found


def tally(book: Book) -> Tally:
    """Return the counts of the registry on its day."""
    by_tier: Counter[str] = Counter()
    by_city: Counter[tuple[str, str]] = Counter()
    by_division: Counter[tuple[str, str]] = Counter()
    by_mark: Counter[str] = Counter()
    awards: Counter[tuple[int, str | None]] = Counter()
    changes: defaultdict[date, Counter[str]] = defaultdict(Counter)
    for unit in book.registry.units.values():
        standing, account = book.standing(unit), book.account(unit)
        by_mark[words.mark(standing).key] += 1
        if standing.tier:
            by_tier[standing.tier] += 1
            by_city[unit.city, standing.tier] += 1
            by_division[unit.industry[:2], standing.tier] += 1
        for award in account.life.awards:
            if award.day <= book.as_of:
                awards[award.day.year, award.title.tier] += 1
        for holding in account.holdings:
            changes[holding.first][holding.tier] += 1
            if holding.last:
                changes[holding.last + ONE_DAY][holding.tier] -= 1
    return Tally(
        units=len(book.registry.units),
        by_tier=by_tier,
        by_city=by_city,
        by_division=by_division,
        by_mark=by_mark,
        awards=awards,
        changes=changes,
    )
