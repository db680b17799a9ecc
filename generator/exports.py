"""The published data: stable shapes that others build on (contract, section 6). Version 1 only ever gains fields.

May import `rules`, `views.book` and `records`. Absent values are null, days ISO 8601, cities codes.
"""

import json
from typing import TypedDict

from generator.records import Unit
from generator.rules.terms import Listing
from generator.views.book import Book

# The functional form, because `from` is a keyword.
ListingExport = TypedDict(
    "ListingExport",
    {
        "tier": str,
        "from": str,
        "through": str | None,
        "ended_by": str | None,
        "title": str,
        "document": str,
    },
)


class FactoryExport(TypedDict):
    """One unit, on the day of the file."""

    id: str
    name: str
    kind: str
    enterprise: str
    uscc: str | None
    city: str
    county: str | None
    industry: str
    status: str
    tier: str | None
    since: str | None
    valid_through: str | None
    expiring: bool
    barred_through: str | None
    listings: list[ListingExport]


class FactoriesExport(TypedDict):
    """`/api/v1/factories.json`."""

    as_of: str
    next_transition: str | None
    factories: list[FactoryExport]


def factories(book: Book) -> FactoriesExport:
    """Return all units with their standing and listings, sorted by id."""
    following = book.ledger.next_transition(as_of=book.as_of)
    return FactoriesExport(
        as_of=book.as_of.isoformat(),
        next_transition=following.isoformat() if following else None,
        factories=[_factory(book, unit) for _, unit in sorted(book.registry.units.items())],
    )


def _factory(book: Book, unit: Unit) -> FactoryExport:
    standing = book.standing(unit)
    return FactoryExport(
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
        since=standing.since.isoformat() if standing.since else None,
        valid_through=standing.valid_through.isoformat() if standing.valid_through else None,
        expiring=standing.expiring,
        barred_through=standing.barred_through.isoformat() if standing.barred_through else None,
        listings=[_listing(listing) for listing in book.account(unit).listings],
    )


def _listing(listing: Listing) -> ListingExport:
    return {
        "tier": listing.tier,
        "from": listing.first.isoformat(),
        "through": listing.last.isoformat() if listing.last else None,
        "ended_by": listing.ended_by,
        "title": listing.award.title.name,
        "document": listing.award.document,
    }


def as_json(value: object) -> bytes:
    """Return a value as JSON in UTF-8, the same bytes for the same value."""
    return (json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
