"""When titles are awarded in the demonstration: days of the rounds, counted back from the day it is made for.

Imports nothing of the package. Days fall on working days, so that the documents look like real ones.
"""

from calendar import isleap
from datetime import date, timedelta

from msgspec import Struct

# Days before as_of. With a term of three years: LAPSED is over, ENDING ends within 180 days, LATER after that.
_LAPSED = (1620, 1455, 1290, 1160)
_ENDING = (1080, 1045, 1000, 960, 925)
_LATER = (850, 760, 640)
_REGULAR = (525, 430, 369, 250, 160, 75, 11)
_NATIONAL = (505, 323)
_CITY = (660, 412, 290, 120, 40)
_RETIRED_DAYS = ((12, 18), (11, 27), (12, 9), (11, 15), (12, 1), (10, 25))


def add_years(day: date, years: int) -> date:
    """Return the same day some years on, and 28 February where there is none (contract, section 3)."""
    if day.month == 2 and day.day == 29 and not isleap(day.year + years):
        return date(day.year + years, 2, 28)
    return day.replace(year=day.year + years)


def workday(day: date) -> date:
    """Return the day itself, or the nearest earlier one that is no weekend and in no long holiday."""
    while (
        day.weekday() >= 5
        or (day.month == 10 and day.day <= 7)
        or (day.month == 5 and day.day <= 5)
        or (day.month == 1 and day.day == 1)
    ):
        day -= timedelta(days=1)
    return day


class Rounds(Struct, frozen=True, kw_only=True):
    """The days on which titles are awarded, each group in rising order, none after `as_of`."""

    as_of: date
    lapsed: tuple[date, ...]
    ending: tuple[date, ...]
    later: tuple[date, ...]
    regular: tuple[date, ...]
    national: tuple[date, ...]
    retired: tuple[date, ...]

    @property
    def pilot(self) -> tuple[date, ...]:
        """The days of the pilot rounds that came before the regular ones."""
        return self.lapsed + self.ending + self.later

    def city(self, place: int) -> tuple[date, ...]:
        """Return the days of a city's rounds; every city keeps its own.

        Args:
            place: the city's place in the list of cities, from 0.
        """
        return tuple(self.before(offset - place * 2) for offset in _CITY)

    def before(self, days: int) -> date:
        """Return a working day about so many days before as_of."""
        return workday(self.as_of - timedelta(days=max(days, 0)))


def make_rounds(*, as_of: date, retired_through: date | None) -> Rounds:
    """Return the rounds as seen from a day.

    Args:
        as_of: the day the demonstration is made for.
        retired_through: the last day a retired title could be awarded on, None where there is no such title.
    """

    def days(offsets: tuple[int, ...]) -> tuple[date, ...]:
        return tuple(workday(as_of - timedelta(days=offset)) for offset in offsets)

    retired: list[date] = []
    if retired_through:
        for back, (month, number) in zip(range(5, -1, -1), _RETIRED_DAYS, strict=True):
            day = workday(date(retired_through.year - back, month, number))
            if day <= min(retired_through, as_of):
                retired.append(day)
    return Rounds(
        as_of=as_of,
        lapsed=days(_LAPSED),
        ending=days(_ENDING),
        later=days(_LATER),
        regular=days(_REGULAR),
        national=days(_NATIONAL),
        retired=tuple(retired),
    )
