"""The rows of the four tables that are published in every form: units, listings, cases, documents.

May import `fields`, `rules`, `views` and `records`. A row is flat but for lists of scenes, so that it fits a sheet, a
line and a column alike.
"""

from collections.abc import Iterator
from datetime import date as Day
from typing import Annotated

from msgspec import Meta, Struct, field

from generator import urls
from generator.exports import fields as f
from generator.records import Case, Document, Unit
from generator.rules.terms import Listing
from generator.views import words
from generator.views.book import Book
from generator.views.lists import Standings, enterprise_on


class UnitRow(Struct, frozen=True, kw_only=True):
    """一个单元在数据截至日的情况。"""

    id: f.UnitId
    name: f.UnitName
    kind: f.Kind
    enterprise: f.Enterprise
    uscc: f.Uscc
    city: f.City
    city_name: f.CityName
    county: f.County
    zone: f.Zone
    industry: f.Industry
    industry_name: f.IndustryName
    status: f.Status
    status_name: f.StatusName
    tier: f.HeldTier
    tier_name: f.HeldTierName
    since: f.Since
    valid_through: f.ValidThrough
    expiring: f.Expiring
    barred_through: f.BarredThrough
    closed: Annotated[Day | None, Meta(title="退出日期", description="单元退出的日期，没有退出的为空。")]
    closed_reason: f.ClosedReason
    website: f.Website
    page: f.Page


class ListingRow(Struct, frozen=True, kw_only=True):
    """一个单元在一个层级名单中的一段时间，含以前的和将来的。"""

    unit: f.UnitId
    tier: f.Tier
    tier_name: f.TierName
    first: f.First = field(name="from")
    through: f.Through
    ended_by: f.EndedBy
    ended_by_name: f.EndedByName
    title: f.TitleName
    document: f.DocumentNumber
    awarded: f.Awarded


class CaseRow(Struct, frozen=True, kw_only=True):
    """一个已发布的典型案例，正文见网页和订阅源。"""

    id: f.CaseId
    title: Annotated[str, Meta(title="标题", description="案例的标题。")]
    factory: f.UnitId
    enterprise: f.Enterprise
    edition: Annotated[str, Meta(title="场景版次", description="《智能制造典型场景参考指引》的版次。")]
    scenes: Annotated[
        tuple[int, ...], Meta(title="场景序号", description="所属场景在该版次中的序号，可以有几个。")
    ]
    scene_names: Annotated[tuple[str, ...], Meta(title="场景", description="所属场景的名称。")]
    published: Annotated[Day, Meta(title="发布日期", description="案例发布的日期。")]
    updated: Annotated[Day | None, Meta(title="更新日期", description="内容更新的日期，没有更新的为空。")]
    withdrawn: Annotated[Day | None, Meta(title="撤下日期", description="案例撤下的日期，没有撤下的为空。")]
    summary: Annotated[str, Meta(title="摘要", description="案例的摘要，纯文本。")]
    source: Annotated[str | None, Meta(title="原文网址", description="原文的网址，没有的为空。")]
    page: f.Page


class DocumentRow(Struct, frozen=True, kw_only=True):
    """一份授予或撤销称号所依据的文件。"""

    number: f.DocumentNumber
    title: Annotated[str, Meta(title="标题", description="文件的标题。")]
    authority: f.Authority
    authority_name: f.AuthorityName
    date: Annotated[Day, Meta(title="文件日期", description="文件的日期。")]
    entered: Annotated[Day, Meta(title="录入日期", description="录入本名录的日期。")]
    url: Annotated[str | None, Meta(title="原文网址", description="文件在发文机关网站上的网址，没有的为空。")]
    page: f.Page


class ListedRow(Struct, frozen=True, kw_only=True):
    """一个单元在年度名单中的情况，以名单当日结束时为准。"""

    unit: f.UnitId
    name: f.UnitName
    kind: f.Kind
    enterprise: f.EnterpriseThen
    city: f.City
    city_name: f.CityName
    tier: f.Tier
    tier_name: f.TierName
    title: f.TitleName
    since: Annotated[Day, Meta(title="列入日期", description="名单当日所在层级开始的日子。")]
    through: Annotated[
        Day | None,
        Meta(
            title="有效期至",
            description="按名单当日已有的事实推算的最后一天，含当天；未规定有效期的为空，以后的续期和撤销不改变它。",
        ),
    ]
    page: f.Page


def unit_rows(book: Book, base: str) -> Iterator[UnitRow]:
    """Yield every unit in order of the ids.

    Args:
        book: the registry on its day.
        base: the address of the site with a closing slash, for the addresses of pages.
    """
    for _, unit in sorted(book.registry.units.items()):
        yield _unit(book, unit, base)


def _unit(book: Book, unit: Unit, base: str) -> UnitRow:
    standing, city, tier = book.standing(unit), book.city(unit), book.tier(unit)
    closed = unit.closed if unit.closed and standing.status == "closed" else None
    return UnitRow(
        id=unit.id,
        name=unit.name,
        kind=unit.kind,
        enterprise=unit.enterprise,
        uscc=unit.uscc,
        city=city.code,
        city_name=city.name,
        county=unit.county,
        zone=unit.zone,
        industry=unit.industry,
        industry_name=book.registry.industry(unit.industry) or "",
        status=standing.status,
        status_name=words.mark(standing).word,
        tier=standing.tier,
        tier_name=tier.name if tier else None,
        since=standing.since,
        valid_through=standing.valid_through,
        expiring=standing.expiring,
        barred_through=standing.barred_through,
        closed=closed.date if closed else None,
        closed_reason=closed.reason if closed else None,
        website=unit.website,
        page=base + urls.unit(unit.id),
    )


def listing_rows(book: Book) -> Iterator[ListingRow]:
    """Yield every listing of every unit, by unit, then by first day."""
    for unit, account in book.ledger.accounts.items():
        for listing in account.listings:
            yield _listing(book, unit, listing)


def _listing(book: Book, unit: str, listing: Listing) -> ListingRow:
    return ListingRow(
        unit=unit,
        tier=listing.tier,
        tier_name=book.policy.tier(listing.tier).name,
        first=listing.first,
        through=listing.last,
        ended_by=listing.ended_by,
        ended_by_name=words.ENDINGS[listing.ended_by] if listing.ended_by else None,
        title=listing.award.title.name,
        document=listing.award.document,
        awarded=listing.award.day,
    )


def case_rows(book: Book, base: str) -> Iterator[CaseRow]:
    """Yield the cases published by the day of the book in order of the ids, withdrawn ones marked.

    Args:
        book: the registry on its day.
        base: the address of the site with a closing slash.
    """
    for case in sorted(book.cases, key=lambda case: case.id):
        yield _case(book, case, base)


def _case(book: Book, case: Case, base: str) -> CaseRow:
    edition = book.registry.edition(case.edition)
    names = edition.names if edition else {}
    return CaseRow(
        id=case.id,
        title=case.title,
        factory=case.factory,
        enterprise=book.registry.units[case.factory].enterprise,
        edition=case.edition,
        scenes=case.scenes,
        scene_names=tuple(names[number] for number in case.scenes),
        published=case.published,
        updated=case.updated if case.updated and case.updated <= book.as_of else None,
        withdrawn=case.withdrawn.date if case.withdrawn and book.withdrawn(case) else None,
        summary=case.summary,
        source=case.source,
        page=base + urls.case(case.id),
    )


def document_rows(book: Book, base: str) -> Iterator[DocumentRow]:
    """Yield every document, by day, then by number.

    Args:
        book: the registry on its day.
        base: the address of the site with a closing slash.
    """
    for found in sorted(book.registry.documents.values(), key=lambda found: (found.date, found.number)):
        yield _document(book, found, base)


def _document(book: Book, found: Document, base: str) -> DocumentRow:
    authority = book.policy.authority(found.authority)
    return DocumentRow(
        number=found.number,
        title=found.title,
        authority=found.authority,
        authority_name=authority.name if authority else "",
        date=found.date,
        entered=found.entered or found.date,
        url=found.url,
        page=base + book.document_address(found),
    )


def listed_rows(book: Book, found: Standings, base: str) -> Iterator[ListedRow]:
    """Yield the units of a yearly list in the order of its page: higher tiers first, then by city, then by number.

    Args:
        book: the registry on its day.
        found: who stood in the list at the end of its day.
        base: the address of the site with a closing slash.
    """
    for tier, unit, standing, title in found.rows:
        city = book.city(unit)
        assert standing.since is not None
        yield ListedRow(
            unit=unit.id,
            name=unit.name,
            kind=unit.kind,
            enterprise=enterprise_on(unit, found.list.date),
            city=city.code,
            city_name=city.name,
            tier=tier.id,
            tier_name=tier.name,
            title=title,
            since=standing.since,
            through=standing.valid_through,
            page=base + urls.unit(unit.id),
        )
