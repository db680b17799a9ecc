"""The front of the house: the home page, what this is, and the rules in words.

May import the other views and `urls`.
"""

from datetime import date

from msgspec import Struct

from generator import urls
from generator.policy import Tier, Title
from generator.views import words
from generator.views.book import Book
from generator.views.cases import CaseCard, case_card
from generator.views.drawing import Chart
from generator.views.history import history_chart
from generator.views.notices import next_expiries
from generator.views.tables import Count, Link, UnitRow, counted
from generator.views.tally import tally
from generator.views.words import TierMark

EXPIRIES = 6
CASES = 4


class TierCard(Struct, frozen=True, kw_only=True):
    """A tier with the number of units that hold it."""

    mark: TierMark
    number: int
    note: str


class Tile(Struct, frozen=True, kw_only=True):
    """A city in the tile chart: its place, its number of listed units, and how dark the tile is, 0 to 4."""

    column: int
    row: int
    city: Link
    number: int
    depth: int


class HomePage(Struct, frozen=True, kw_only=True):
    """Everything the home page shows."""

    name: str
    region: str
    listed: int
    tiers: tuple[TierCard, ...]
    tiles: tuple[Tile, ...]
    cities: tuple[Count, ...]
    history: Chart | None
    expiries: tuple[UnitRow, ...]
    cases: tuple[CaseCard, ...]
    next_transition: date | None


class AboutPage(Struct, frozen=True, kw_only=True):
    """What this is, in the words of the policy."""

    name: str
    region: str
    demonstration: bool
    units: int
    basis: tuple[str, ...]
    organizer: str | None


class TierRule(Struct, frozen=True, kw_only=True):
    """A tier's rules in words."""

    mark: TierMark
    term: str
    revocable: bool
    requires: str | None
    report: bool
    clause: str | None


class TitleRule(Struct, frozen=True, kw_only=True):
    """A title's rules in words."""

    title: Title
    tier: TierMark | None
    level: str


class RulesPage(Struct, frozen=True, kw_only=True):
    """The rules, made from the policy."""

    tiers: tuple[TierRule, ...]
    titles: tuple[TitleRule, ...]
    revocable: tuple[str, ...]
    bar_years: int
    within_days: int
    basis: tuple[str, ...]


LEVELS = {"national": "国家部门", "province": "省级部门", "city": "地市部门"}


def home_page(book: Book) -> HomePage:
    """Return the home page."""
    counts = tally(book)
    cities = book.registry.cities.prefectures
    number = {
        city.name: sum(counts.by_city[city.name, tier.id] for tier in book.policy.tiers) for city in cities
    }
    most = max(number.values(), default=0)
    return HomePage(
        name=book.policy.name,
        region=book.policy.region.name,
        listed=counts.listed,
        tiers=tuple(
            TierCard(mark=words.tier_mark(book, tier.id), number=counts.by_tier[tier.id], note=_limit(tier))
            for tier in book.policy.tiers
        ),
        tiles=tuple(
            Tile(
                column=city.tile[0] + 1,
                row=city.tile[1] + 1,
                city=Link(text=city.short, address=urls.city(city.code)),
                number=number[city.name],
                depth=_depth(number[city.name], most),
            )
            for city in cities
            if city.tile
        ),
        cities=counted(
            ((Link(text=city.name, address=urls.city(city.code)), number[city.name]) for city in cities),
            empty=True,
        ),
        history=history_chart(book, counts),
        expiries=next_expiries(book, EXPIRIES),
        cases=tuple(case_card(book, case) for case in book.cases if not book.withdrawn(case))[:CASES],
        next_transition=book.ledger.next_transition(as_of=book.as_of),
    )


def _depth(number: int, most: int) -> int:
    """Five steps by the square root, so that small cities stay apart beside a large one."""
    return 0 if not number else min(4, 1 + int(3.999 * (number / most) ** 0.5))


def _limit(tier: Tier) -> str:
    return f"有效期 {tier.term_years} 年" if tier.term_years else "未规定有效期"


def about_page(book: Book) -> AboutPage:
    """Return the page that says what this is."""
    return AboutPage(
        name=book.policy.name,
        region=book.policy.region.name,
        demonstration=book.policy.demonstration,
        units=len(book.registry.units),
        basis=book.policy.basis,
        organizer=book.policy.site.organizer,
    )


def rules_page(book: Book) -> RulesPage:
    """Return the rules in words."""
    policy = book.policy
    return RulesPage(
        tiers=tuple(
            TierRule(
                mark=words.tier_mark(book, tier.id),
                term=_limit(tier),
                revocable=tier.revocable,
                requires=policy.tier(tier.requires).name if tier.requires else None,
                report=tier.report,
                clause=tier.clause,
            )
            for tier in policy.tiers
        ),
        titles=tuple(
            TitleRule(
                title=title,
                tier=words.tier_mark(book, title.tier) if title.tier else None,
                level=LEVELS[title.level],
            )
            for title in policy.titles
        ),
        revocable=tuple(tier.name for tier in policy.tiers if tier.revocable),
        bar_years=policy.bar_years,
        within_days=policy.expiring_within_days,
        basis=policy.basis,
    )
