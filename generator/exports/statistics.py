"""The numbers of the register as flat lists, each row with what it counts and its number.

May import `fields` and `views`. The counts come from `views.tally`, as those of the pages do.
"""

from datetime import date as Day
from typing import Annotated

from msgspec import Meta, Struct

from generator.exports import fields as f
from generator.rules.terms import STATUSES
from generator.views import words
from generator.views.book import Book
from generator.views.history import downwards, year_ends
from generator.views.tally import Tally


class TierNumber(Struct, frozen=True, kw_only=True):
    """一个层级在名单中的单元数。"""

    tier: f.Tier
    tier_name: f.TierName
    number: f.Number


class CityNumber(Struct, frozen=True, kw_only=True):
    """一个地市、一个层级在名单中的单元数。"""

    city: f.City
    city_name: f.CityName
    tier: f.Tier
    tier_name: f.TierName
    number: f.Number


class DivisionNumber(Struct, frozen=True, kw_only=True):
    """一个行业大类、一个层级在名单中的单元数。"""

    division: Annotated[
        str, Meta(title="行业大类代码", description="GB/T 4754-2017 的大类，两位。", pattern=r"^\d{2}$")
    ]
    division_name: Annotated[str, Meta(title="行业大类", description="行业大类的名称。")]
    tier: f.Tier
    tier_name: f.TierName
    number: f.Number


class StandingNumber(Struct, frozen=True, kw_only=True):
    """一种状态的单元数。"""

    status: f.Status
    expiring: f.Expiring
    status_name: f.StatusName
    number: f.Number


class AwardNumber(Struct, frozen=True, kw_only=True):
    """一年里授予的一个层级的称号数。"""

    year: Annotated[int, Meta(title="年份", description="授予的年份。")]
    tier: Annotated[
        str | None,
        Meta(title="层级代码", description="称号对应的层级，称号不对应名单中的层级的为空。"),
    ]
    tier_name: Annotated[str | None, Meta(title="层级", description="层级的名称，没有对应层级的为空。")]
    number: Annotated[int, Meta(title="个数", description="授予的称号的个数。", ge=0)]


class YearEndNumber(Struct, frozen=True, kw_only=True):
    """一年年末一个层级在名单中的单元数。"""

    day: Annotated[Day, Meta(title="日期", description="各年的最后一天，末了是数据截至日。")]
    tier: f.Tier
    tier_name: f.TierName
    number: f.Number


class Statistics(Struct, frozen=True, kw_only=True):
    """数据截至日的统计；单元按所在的最高层级计数，个数为零的也列出。"""

    as_of: f.AsOf
    next_transition: f.NextTransition
    units: Annotated[int, Meta(title="登记单元", description="登记的单元的个数。", ge=0)]
    listed: Annotated[int, Meta(title="在名单中", description="在名单中的单元的个数。", ge=0)]
    listed_by_tier: Annotated[
        tuple[TierNumber, ...], Meta(title="各层级", description="在名单中的单元，层级由高到低。")
    ]
    listed_by_city: Annotated[
        tuple[CityNumber, ...], Meta(title="各地市", description="在名单中的单元，每个地市、每个层级一行。")
    ]
    listed_by_division: Annotated[
        tuple[DivisionNumber, ...],
        Meta(
            title="各行业",
            description="在名单中的单元，每个行业大类、每个层级一行；没有单元在名单中的大类不列出。",
        ),
    ]
    standings: Annotated[
        tuple[StandingNumber, ...], Meta(title="各种状态", description="全部登记的单元，每种状态一行。")
    ]
    awards_by_year: Annotated[
        tuple[AwardNumber, ...],
        Meta(
            title="历年授予",
            description="数据截至日及以前授予的称号，每个年份、每个层级一行，没有授予的不列出。",
        ),
    ]
    listed_at_year_ends: Annotated[
        tuple[YearEndNumber, ...],
        Meta(
            title="历年年末",
            description="第一次有单元列入以来，各年年末和数据截至日在名单中的单元，每个层级一行。",
        ),
    ]


def statistics(book: Book, counts: Tally) -> Statistics:
    """Return the numbers of the registry on its day.

    Args:
        book: the registry on its day.
        counts: the same registry counted.
    """
    tiers = downwards(book)
    names = {tier.id: tier.name for tier in tiers}
    return Statistics(
        as_of=book.as_of,
        next_transition=book.ledger.next_transition(as_of=book.as_of),
        units=counts.units,
        listed=counts.listed,
        listed_by_tier=tuple(
            TierNumber(tier=tier.id, tier_name=tier.name, number=counts.by_tier[tier.id]) for tier in tiers
        ),
        listed_by_city=tuple(
            CityNumber(
                city=city.code,
                city_name=city.name,
                tier=tier.id,
                tier_name=tier.name,
                number=counts.by_city[city.name, tier.id],
            )
            for city in book.registry.cities.prefectures
            for tier in tiers
        ),
        listed_by_division=tuple(
            DivisionNumber(
                division=code,
                division_name=book.registry.industry(code) or "",
                tier=tier.id,
                tier_name=tier.name,
                number=counts.by_division[code, tier.id],
            )
            for code in sorted({code for code, _ in counts.by_division})
            for tier in tiers
        ),
        standings=_standings(counts),
        awards_by_year=tuple(
            AwardNumber(year=year, tier=tier, tier_name=names[tier] if tier else None, number=number)
            for year in sorted({year for year, _ in counts.awards})
            for tier in (*names, None)
            if (number := counts.awards[year, tier])
        ),
        listed_at_year_ends=_year_ends(book, counts),
    )


def _standings(counts: Tally) -> tuple[StandingNumber, ...]:
    rows = []
    for status in STATUSES:
        for expiring in (False, True) if status == "listed" else (False,):
            mark = words.mark_of(status, expiring=expiring)
            rows.append(
                StandingNumber(
                    status=status, expiring=expiring, status_name=mark.word, number=counts.by_mark[mark.key]
                )
            )
    return tuple(rows)


def _year_ends(book: Book, counts: Tally) -> tuple[YearEndNumber, ...]:
    first = counts.first_listing(as_of=book.as_of)
    days = year_ends(first, book.as_of) if first else []
    return tuple(
        YearEndNumber(day=day, tier=tier.id, tier_name=tier.name, number=numbers[tier.id])
        for day, numbers in zip(days, counts.listed_on(days), strict=True)
        for tier in downwards(book)
    )
