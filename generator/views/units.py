"""The page of one unit: the answer first, then its grounds.

May import the other views and `urls`.
"""

import json
from datetime import date

from msgspec import Struct

from generator import urls
from generator.records import Assessment, FormerName, Unit
from generator.rules.engine import ONE_DAY
from generator.rules.terms import Listing
from generator.views import words
from generator.views.badges import BadgeLink, Frame, badge_link
from generator.views.book import Book
from generator.views.cases import CaseCard, case_card
from generator.views.corrections import CorrectionRow, correction_rows
from generator.views.expiries import calendar_address
from generator.views.tables import Link, UnitRow, unit_row
from generator.views.timeline import Timeline, timeline
from generator.views.words import Mark, TierMark


class TitleRow(Struct, frozen=True, kw_only=True):
    """One title awarded, the document behind it, and the listing that rests on it."""

    title: str
    day: date
    document: Link
    authority: str
    exception: str | None
    listings: tuple[str, ...]
    note: str | None


class RevocationRow(Struct, frozen=True, kw_only=True):
    """One title cancelled."""

    title: str
    day: date
    document: Link
    authority: str
    reason: str | None


class ReportRow(Struct, frozen=True, kw_only=True):
    """One yearly report: the day it was given, or None where it is owed."""

    year: int
    given: date | None


class Closed(Struct, frozen=True, kw_only=True):
    """The end of a unit."""

    day: date
    reason: str
    successor: Link | None


class UnitPage(Struct, frozen=True, kw_only=True):
    """Everything the page of a unit shows."""

    id: str
    name: str
    kind: str
    enterprise: str
    uscc: str | None
    uscc_note: str | None
    city: Link
    county: str | None
    zone: str | None
    industry: Link
    website: str | None
    mark: Mark
    then: Mark | None
    tier: TierMark | None
    answer: str
    calendar: str | None
    bar: str | None
    unlisted: str | None
    through: date | None
    noun: str
    held: str
    timeline: Timeline | None
    titles: tuple[TitleRow, ...]
    revocations: tuple[RevocationRow, ...]
    maturity: tuple[Assessment, ...]
    reports: tuple[ReportRow, ...]
    closed: Closed | None
    former_names: tuple[FormerName, ...]
    cases: tuple[CaseCard, ...]
    sisters: tuple[UnitRow, ...]
    corrections: tuple[CorrectionRow, ...]
    badge: BadgeLink
    record: str
    source: str | None
    report_error: str | None


def unit_page(book: Book, unit: Unit, badges: Frame) -> UnitPage:
    """Return the page of a unit.

    Args:
        book: the registry on its day.
        unit: the unit.
        badges: the size of all badges.
    """
    standing = book.standing(unit)
    city = book.city(unit)
    site = book.policy.site
    path = f"factories/{city.code}/{unit.id}.yml"
    sisters = [book.registry.units[other] for other in book.account(unit).enterprise if other != unit.id]
    return UnitPage(
        id=unit.id,
        name=unit.name,
        kind=unit.kind,
        enterprise=unit.enterprise,
        uscc=unit.uscc,
        uscc_note=unit.uscc_note,
        city=Link(text=city.name, address=urls.city(city.code)),
        county=unit.county,
        zone=unit.zone,
        industry=Link(
            text=f"{book.registry.industry(unit.industry)}（{unit.industry}）",
            address=urls.industry(unit.industry),
        ),
        website=unit.website,
        mark=words.mark(standing),
        then=words.mark_after(book, unit),
        tier=words.tier_mark(book, standing.tier) if standing.tier else None,
        answer=words.answer(book, unit),
        calendar=calendar_address(book, unit),
        bar=words.bar_sentence(book, standing),
        unlisted=words.why_unlisted(book, unit),
        through=standing.valid_through,
        noun=words.noun(unit),
        held=_held(book, unit),
        timeline=timeline(book, unit),
        titles=_titles(book, unit),
        revocations=_revocations(book, unit),
        maturity=tuple(sorted(unit.maturity, key=lambda found: found.date, reverse=True)),
        reports=reports(book, unit),
        closed=_closed(book, unit),
        former_names=unit.former_names,
        cases=tuple(case_card(book, case) for case in book.cases_by_unit.get(unit.id, ())),
        sisters=tuple(unit_row(book, sister) for sister in book.in_order(sisters)),
        corrections=correction_rows(unit.corrections),
        badge=badge_link(book, unit, badges),
        record=urls.record(unit.id),
        source=site.source_url.replace("{path}", path) if site.source_url else None,
        report_error=site.report_url.replace("{id}", unit.id) if site.report_url else None,
    )


def _held(book: Book, unit: Unit) -> str:
    """The holdings as JSON for the reader's own question: [[first, last or "", tier], …]."""
    return json.dumps(
        [
            [
                holding.first.isoformat(),
                holding.last.isoformat() if holding.last else "",
                book.policy.tier(holding.tier).name,
            ]
            for holding in book.account(unit).holdings
        ],
        ensure_ascii=False,
    )


def document_link(book: Book, number: str) -> tuple[Link, str]:
    """Return the link to a document and the name of its authority."""
    document = book.registry.documents[number]
    authority = book.policy.authority(document.authority)
    return Link(text=number, address=book.document_address(document)), authority.name if authority else ""


def _titles(book: Book, unit: Unit) -> tuple[TitleRow, ...]:
    account = book.account(unit)
    rows = []
    for dated in account.life.awards:
        award = unit.titles[dated.order]
        document, authority = document_link(book, award.document)
        listings = tuple(
            listing_words(book, listing) for listing in account.listings if listing.award.order == dated.order
        )
        note = None
        if not listings:
            note = "未列入名单" if dated.title.tier else "不对应名单层级"
        rows.append(
            TitleRow(
                title=award.title,
                day=dated.day,
                document=document,
                authority=authority,
                exception=award.exception,
                listings=listings,
                note=note,
            )
        )
    return tuple(sorted(rows, key=lambda row: row.day, reverse=True))


def listing_words(book: Book, listing: Listing) -> str:
    """Return a listing in words: tier, first and last day, and how it ended where that was not by its term."""
    text = f"{book.policy.tier(listing.tier).name}：{words.term(listing.first, listing.last)}"
    if listing.last and listing.ended_by and listing.ended_by != "expired":
        text += f"（{words.day(listing.last + ONE_DAY)}{words.ENDINGS[listing.ended_by]}）"
    return text


def _revocations(book: Book, unit: Unit) -> tuple[RevocationRow, ...]:
    rows = []
    for found in unit.revocations:
        document, authority = document_link(book, found.document)
        rows.append(
            RevocationRow(
                title=found.title,
                day=book.day_of(found),
                document=document,
                authority=authority,
                reason=found.reason,
            )
        )
    return tuple(sorted(rows, key=lambda row: row.day, reverse=True))


def reports(book: Book, unit: Unit) -> tuple[ReportRow, ...]:
    """Return the yearly reports a unit has given or owes by this day, newest first.

    A year is owed once it is over, where the unit was in a tier that owes reports on its last day.
    """
    given = {report.year: report.date for report in unit.reports if report.date <= book.as_of}
    owing = {tier.id for tier in book.policy.tiers if tier.report}
    listings = [listing for listing in book.account(unit).listings if listing.tier in owing]
    first = min((listing.first.year for listing in listings), default=book.as_of.year)
    owed = {
        year
        for year in range(first, book.as_of.year)
        if any(listing.covers(date(year, 12, 31)) for listing in listings)
    }
    return tuple(
        ReportRow(year=year, given=given.get(year)) for year in sorted(owed | set(given), reverse=True)
    )


def _closed(book: Book, unit: Unit) -> Closed | None:
    if unit.closed is None:
        return None
    successor = book.registry.units[unit.closed.successor] if unit.closed.successor else None
    link = Link(text=successor.name, address=urls.unit(successor.id)) if successor else None
    return Closed(day=unit.closed.date, reason=unit.closed.reason, successor=link)
