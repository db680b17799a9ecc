"""How many units were listed at the end of each month since the first listing, as a picture.

May import `views.charts`, `views.tally`, `views.words` and `views.book`. Tiers run from the highest down.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from generator.policy import Tier
from generator.rules.engine import ONE_DAY
from generator.views import words
from generator.views.book import Book
from generator.views.charts import areas
from generator.views.drawing import Chart, Series
from generator.views.tally import Tally


def downwards(book: Book) -> list[Tier]:
    """Return the tiers, the highest first, as tables and pictures read."""
    return list(reversed(book.policy.tiers))


def series_of(book: Book) -> list[Series]:
    """Return the tiers as the series of a picture, the highest first."""
    return [Series(key=str(tier.rank + 1), name=tier.name) for tier in downwards(book)]


def history_chart(book: Book, counts: Tally) -> Chart | None:
    """Return the picture of the listed units at the end of each month since the first listing, or None without one."""
    first = counts.first_listing(as_of=book.as_of)
    if first is None:
        return None
    tiers = downwards(book)
    # The month before the first listing is drawn as well: a list begins from nothing.
    days = _month_ends(first.replace(day=1) - ONE_DAY, book.as_of)
    found = list(zip(days, counts.listed_on(days), strict=True))
    told = year_ends(first, book.as_of)
    return areas(
        "在册单元数的变化",
        f"{words.month(first)}起有单元列入名单。"
        + "；".join(
            f"{words.day(day)} {_in_words(numbers, tiers)}"
            for day, numbers in zip(told, counts.listed_on(told), strict=True)
        )
        + "。",
        series_of(book),
        (first.replace(day=1) - ONE_DAY).replace(day=1),
        [(day, tuple(numbers[tier.id] for tier in tiers)) for day, numbers in found],
    )


def _in_words(numbers: Mapping[str, int], tiers: Sequence[Tier]) -> str:
    parts = "、".join(f"{tier.name} {numbers[tier.id]}" for tier in tiers if numbers[tier.id])
    total = sum(numbers.values())
    return f"{total} 个，其中{parts}" if parts else "0 个"


def year_ends(first: date, last: date) -> list[date]:
    """Return the last days of the years from one day until another, and that other day itself."""
    return [*(date(year, 12, 31) for year in range(first.year, last.year)), last]


def _month_ends(first: date, last: date) -> list[date]:
    """The last days of the months from one day until another, and that day itself."""
    days = []
    month = first.replace(day=1)
    while month <= last:
        following = (month + timedelta(days=31)).replace(day=1)
        days.append(min(following - ONE_DAY, last))
        month = following
    return days
