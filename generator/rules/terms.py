"""The words of the rules as values: awards and revocations with their days, bars, listings, holdings, standings.

May import `records` and `policy`. Every interval includes both its ends; `last` is None where there is no end.
"""

from datetime import date
from typing import Literal

from msgspec import Struct

from generator.policy import Title
from generator.records import Assessment

EndedBy = Literal["expired", "revoked", "closed", "renewed", "promoted"]
Status = Literal["listed", "expired", "revoked", "closed", "upcoming", "unlisted"]

STATUSES: tuple[Status, ...] = ("listed", "expired", "revoked", "closed", "upcoming", "unlisted")


class DatedAward(Struct, frozen=True, kw_only=True):
    """A title on a unit, on its day; `order` is its place in the file."""

    title: Title
    day: date
    document: str
    order: int


class DatedRevocation(Struct, frozen=True, kw_only=True):
    """The cancelling of a title, on its day."""

    title: Title
    day: date
    document: str


class Life(Struct, frozen=True, kw_only=True):
    """The dated facts of one unit that bear on the lists."""

    unit: str
    awards: tuple[DatedAward, ...]
    revocations: tuple[DatedRevocation, ...] = ()
    maturity: tuple[Assessment, ...] = ()
    closed: date | None = None


class Bar(Struct, frozen=True, kw_only=True):
    """The days on which an enterprise stays out of revocable tiers, and the revocation behind it."""

    first: date
    last: date
    unit: str
    title: str
    document: str

    def covers(self, day: date) -> bool:
        """Tell whether the bar holds on a day."""
        return self.first <= day <= self.last


class Listing(Struct, frozen=True, kw_only=True):
    """The days a unit stands in the list of one tier, and the award it rests on."""

    tier: str
    first: date
    last: date | None
    ended_by: EndedBy | None
    award: DatedAward

    def covers(self, day: date) -> bool:
        """Tell whether the unit is in this list on a day."""
        return self.first <= day and (self.last is None or day <= self.last)


class Holding(Struct, frozen=True, kw_only=True):
    """A run of days on which a unit's highest tier is the same."""

    tier: str
    first: date
    last: date | None
    ended_by: EndedBy | None

    def covers(self, day: date) -> bool:
        """Tell whether the unit holds this tier on a day."""
        return self.first <= day and (self.last is None or day <= self.last)


class Face(Struct, frozen=True, kw_only=True):
    """A run of days on which a unit's status and tier are the same; `first` is None for the days before all others."""

    first: date | None
    status: Status
    tier: str | None


class Standing(Struct, frozen=True, kw_only=True):
    """What is true of a unit on one day; the tier's fields are None where it holds none."""

    status: Status
    tier: str | None
    since: date | None
    valid_through: date | None
    expiring: bool
    barred_through: date | None
