"""What programs read in the pages of units and cases: statements in the vocabulary of schema.org, as JSON-LD.

May import `views.book` and `urls`. All addresses are absolute, absent values are left out, and what holds on a day holds
on the book's day.
"""

from datetime import date

from generator import urls
from generator.records import Case, Unit
from generator.rules.terms import Listing
from generator.views.book import Book

# A JSON object; its values are texts, lists of them, or objects again.
Statement = dict[str, object]

_CONTEXT = "https://schema.org"
_CODE = "统一社会信用代码"


def unit_statement(book: Book, unit: Unit, *, base: str) -> Statement:
    """Return what is stated of a unit: an Organization within its enterprise, with a Certification for each listing.

    Args:
        book: the registry on its day.
        unit: the unit.
        base: the address of the site, with a closing slash.
    """
    page = base + urls.unit(unit.id)
    return _kept(
        {
            "@context": _CONTEXT,
            "@type": "Organization",
            "@id": _subject(unit, base),
            "name": unit.name,
            "identifier": unit.id,
            "mainEntityOfPage": page,
            "address": _kept(
                {
                    "@type": "PostalAddress",
                    "addressCountry": "CN",
                    "addressRegion": book.registry.cities.province.name,
                    "addressLocality": f"{unit.city}{unit.county or ''}",
                }
            ),
            "parentOrganization": _enterprise(unit),
            "hasCertification": [
                _certification(book, unit, listing, base=base) for listing in book.account(unit).listings
            ],
        }
    )


def _enterprise(unit: Unit) -> Statement:
    code = {"@type": "PropertyValue", "propertyID": _CODE, "value": unit.uscc} if unit.uscc else None
    return _kept(
        {
            "@type": "Organization",
            "name": unit.enterprise,
            "legalName": unit.enterprise,
            "alternateName": [former.name for former in unit.former_names],
            "identifier": code,
            "url": unit.website,
        }
    )


def _certification(book: Book, unit: Unit, listing: Listing, *, base: str) -> Statement:
    document = book.registry.documents[listing.award.document]
    authority = book.policy.authority(document.authority)
    active = listing.covers(book.as_of)
    return _kept(
        {
            "@type": "Certification",
            "name": f"{book.policy.tier(listing.tier).name}智能工厂",
            "description": f"依据“{listing.award.title.name}”称号列入名单",
            "certificationIdentification": document.number,
            "certificationStatus": f"{_CONTEXT}/Certification{'Active' if active else 'Inactive'}",
            "issuedBy": {"@type": "Organization", "name": authority.name} if authority else None,
            "datePublished": _day(document.date),
            "validFrom": _day(listing.first),
            "expires": _day(listing.last),
            "about": {"@id": _subject(unit, base)},
            "url": base + book.document_address(document),
        }
    )


def case_statement(book: Book, case: Case, *, base: str) -> Statement:
    """Return what is stated of a typical case: an Article about its unit, published by who keeps the register.

    Args:
        book: the registry on its day.
        case: the case.
        base: the address of the site, with a closing slash.
    """
    unit = book.registry.units[case.factory]
    page = base + urls.case(case.id)
    gone = case.withdrawn if case.withdrawn and book.withdrawn(case) else None
    edition = book.registry.edition(case.edition)
    return _kept(
        {
            "@context": _CONTEXT,
            "@type": "Article",
            "@id": page,
            "headline": case.title,
            "abstract": case.summary,
            "keywords": [edition.names[number] for number in case.scenes] if edition else [],
            "inLanguage": "zh-Hans",
            "datePublished": _day(case.published),
            "dateModified": _day(case.updated) if case.updated and case.updated <= book.as_of else None,
            "expires": _day(gone.date) if gone else None,
            "creativeWorkStatus": "已撤下" if gone else None,
            "about": {
                "@type": "Organization",
                "@id": _subject(unit, base),
                "name": unit.name,
                "parentOrganization": {"@type": "Organization", "name": unit.enterprise},
                "mainEntityOfPage": base + urls.unit(unit.id),
            },
            "publisher": {
                "@type": "Organization",
                "name": book.policy.site.organizer or book.policy.name,
                "url": base,
            },
            "mainEntityOfPage": page,
            "isPartOf": {"@type": "CollectionPage", "name": "典型案例", "url": base + urls.CASES},
            "isBasedOn": case.source,
        }
    )


def _subject(unit: Unit, base: str) -> str:
    """The name of the unit itself, which is not its page."""
    return f"{base}{urls.unit(unit.id)}#unit"


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _kept(found: Statement) -> Statement:
    return {name: value for name, value in found.items() if value not in (None, [], {})}
