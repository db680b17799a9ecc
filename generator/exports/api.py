"""The files of the API, version 1: `/api/v1/`.

May import `fields`, `rules` and `views`. Lists are sorted, so that the same facts give the same bytes.
"""

import msgspec
from msgspec import Struct, field

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
    listings: tuple[FactoryListing, ...]


class Factories(Struct, frozen=True, kw_only=True):
    """全部单元，按编号排列。"""

    as_of: f.AsOf
    next_transition: f.NextTransition
    factories: tuple[Factory, ...]


def factories(book: Book) -> Factories:
    """Return all units with their standing and listings, sorted by id (contract, section 6)."""
    return Factories(
        as_of=book.as_of,
        next_transition=book.ledger.next_transition(as_of=book.as_of),
        factories=tuple(_factory(book, unit) for _, unit in sorted(book.registry.units.items())),
    )


def _factory(book: Book, unit: Unit) -> Factory:
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


def as_json(value: object) -> bytes:
    """Return a value as JSON in UTF-8 with a closing line break, the same bytes for the same value."""
    return msgspec.json.encode(value) + b"\n"
