"""The roles a policy gives its titles, found by their features, and the draft of a unit before it has a number.

May import `records`, `policy`, `names`. No title, tier or authority is known by name here.
"""

from dataclasses import dataclass, field
from datetime import date

from msgspec import Struct

from generator.demo.names import Enterprise
from generator.policy import Authority, Policy, Title
from generator.records import City, County

WORKSHOP, FACTORY = "数字化车间", "智能工厂"


class Roles(Struct, frozen=True, kw_only=True):
    """Titles by what they are for; None where the policy has no such title or nobody to award it.

    `workshop` is the province's title of the highest tier for a workshop, `basic` the one that asks for maturity,
    `retired` one no longer awarded, `factory` the one that needs `needed` first, `local` the cities' own,
    `national` the lowest national one.
    """

    workshop: Title | None
    basic: Title | None
    retired: Title | None
    factory: Title | None
    needed: Title | None
    local: Title | None
    national: Title | None
    plain: Title


def find_roles(policy: Policy) -> Roles:
    """Return the roles of a policy's titles. Raises ValueError where no title lists anything."""
    ranks = {tier.id: tier.rank for tier in policy.tiers}
    levels = {authority.level for authority in policy.authorities}
    titles = [title for title in policy.titles if title.tier and title.level in levels]
    if not titles:
        raise ValueError("规则里没有可授予的称号，无法生成演示名录")

    def rank(title: Title) -> int:
        return ranks[title.tier or ""]

    province = [title for title in titles if title.level == "province"]
    workshops = [title for title in province if title.kind == WORKSHOP and not title.needs]
    current = [title for title in workshops if title.awarded_through is None]
    open_ = [title for title in current if title.min_maturity is None]
    asking = [title for title in current if title.min_maturity is not None]
    retired = [title for title in workshops if title.awarded_through is not None]
    factory = max((t for t in province if t.kind == FACTORY and t.needs), key=rank, default=None)
    needed = [title for title in (*retired, *open_) if factory and title.name in factory.needs]
    requires = {tier.id: tier.requires for tier in policy.tiers}
    free = [title for title in titles if not title.needs and not requires[title.tier or ""]]
    return Roles(
        workshop=max(open_, key=rank, default=None),
        basic=min(asking, key=rank, default=None),
        retired=max(retired, key=rank, default=None),
        factory=factory if needed else None,
        needed=needed[0] if factory and needed else None,
        local=min((t for t in titles if t.level == "city"), key=rank, default=None),
        national=min((t for t in titles if t.level == "national"), key=rank, default=None),
        plain=min(free or titles, key=lambda title: (title.awarded_through is not None, rank(title))),
    )


@dataclass(slots=True, kw_only=True)
class AwardDraft:
    """An award: by whom and on which day; the document's number follows when it is written down."""

    title: Title
    authority: Authority
    day: date
    subject: str
    exception: str | None = None


@dataclass(slots=True, kw_only=True)
class RevocationDraft:
    """A cancelled title."""

    title: Title
    authority: Authority
    day: date
    subject: str
    reason: str


@dataclass(slots=True, kw_only=True)
class Draft:
    """A unit as it will be written down; `successor` is another draft of the same life."""

    name: str
    kind: str
    enterprise: Enterprise
    city: City
    county: County | None
    zone: str | None
    awards: list[AwardDraft] = field(default_factory=list)
    maturity: list[tuple[date, int, str]] = field(default_factory=list)
    revocations: list[RevocationDraft] = field(default_factory=list)
    closed: tuple[date, str] | None = None
    successor: "Draft | None" = None
    reports: list[tuple[int, date]] = field(default_factory=list)
    corrections: list[tuple[date, str, str]] = field(default_factory=list)
    former_names: list[tuple[str, date]] = field(default_factory=list)
    website: str | None = None
    takes_case: bool = False
    id: str = ""
