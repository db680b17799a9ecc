"""Units as the API tells them in one file: standing and listings of each.

May import `fields`, `rules`, `views` and `records`. The file of one unit adds to it (`factory`).
"""

from typing import Annotated

from msgspec import Meta, Struct, field

from generator.exports import fields as f
from generator.records import Unit
from generator.rules.terms import Listing
from generator.views.book import Book


class FactoryListing(Struct, frozen=True, kw_only=True):
    """一个单元在一个层级名单中的一段时间。"""

    tier: f.Tier
    first: f.First = field(name="from")
    through: f.Through
    ended_by: f.EndedBy
    title: f.TitleName
    document: f.DocumentNumber


class Factory(Struct, frozen=True, kw_only=True):
    """一个单元在数据截至日的情况。"""

    id: f.UnitId
    name: f.UnitName
    kind: f.Kind
    enterprise: f.Enterprise
    uscc: f.Uscc
    city: f.City
    county: f.County
    industry: f.Industry
    status: f.Status
    tier: f.HeldTier
    since: f.Since
    valid_through: f.ValidThrough
    expiring: f.Expiring
    barred_through: f.BarredThrough
    listings: Annotated[
        tuple[FactoryListing, ...],
        Meta(title="列入记录", description="以前、现在和将来的列入，按开始日期排列，同日的层级由低到高。"),
    ]


class Factories(Struct, frozen=True, kw_only=True):
    """全部单元，按编号排列。"""

    as_of: f.AsOf
    next_transition: f.NextTransition
    factories: Annotated[tuple[Factory, ...], Meta(title="单元", description="全部单元，按编号排列。")]


def factories(book: Book) -> Factories:
    """Return all units with their standing and listings, sorted by id (contract, section 6)."""
    return Factories(
        as_of=book.as_of,
        next_transition=book.ledger.next_transition(as_of=book.as_of),
        factories=tuple(factory(book, unit) for _, unit in sorted(book.registry.units.items())),
    )


def factory(book: Book, unit: Unit) -> Factory:
    """Return a unit with its standing on the day of the book and all its listings."""
    standing = book.standing(unit)
    return Factory(
        id=unit.id,
        name=unit.name,
        kind=unit.kind,
        enterprise=unit.enterprise,
        uscc=unit.uscc,
        city=book.city(unit).code,
        county=unit.county,
        industry=unit.industry,
        status=standing.status,
        tier=standing.tier,
        since=standing.since,
        valid_through=standing.valid_through,
        expiring=standing.expiring,
        barred_through=standing.barred_through,
        listings=tuple(_listing(listing) for listing in book.account(unit).listings),
    )


def _listing(listing: Listing) -> FactoryListing:
    return FactoryListing(
        tier=listing.tier,
        first=listing.first,
        through=listing.last,
        ended_by=listing.ended_by,
        title=listing.award.title.name,
        document=listing.award.document,
    )
