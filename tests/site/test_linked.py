"""What programs read in the pages agrees with the ledger and with the vocabulary of schema.org."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from generator.render import Renderer
from generator.site.press import Page, Press
from generator.site.units import units
from generator.views.badges import frame
from generator.views.book import Book
from generator.views.extract import Extract
from generator.views.linked import case_statement, unit_statement
from tests.books import book as book_on
from tests.site.test_templates import HOSTILE, case

BASE = "https://registry.example/"
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)

# Of the types used, the properties that schema.org gives them, their own and those of the types above them.
THING = {"@type", "@id", "name", "alternateName", "description", "identifier", "url", "mainEntityOfPage"}
WORK = {
    *THING,
    "abstract",
    "about",
    "headline",
    "keywords",
    "inLanguage",
    "datePublished",
    "dateModified",
    "expires",
    "creativeWorkStatus",
    "publisher",
    "isPartOf",
    "isBasedOn",
}
PROPERTIES = {
    "Organization": {*THING, "legalName", "address", "parentOrganization", "hasCertification"},
    "PostalAddress": {*THING, "addressCountry", "addressRegion", "addressLocality"},
    "PropertyValue": {*THING, "propertyID", "value"},
    "Certification": {
        *WORK,
        "certificationIdentification",
        "certificationStatus",
        "issuedBy",
        "validFrom",
    },
    "Article": WORK,
    "CollectionPage": WORK,
}


@pytest.fixture(scope="module")
def book() -> Book:
    return book_on()


def stated(page: Path) -> dict[str, Any]:
    blocks = BLOCK.findall(page.read_text(encoding="utf-8"))
    assert len(blocks) == 1, page
    found: dict[str, Any] = json.loads(blocks[0])
    return found


def check(found: Any) -> None:
    """Every object is of a known type, with no property that its type does not have, and none is empty."""
    if isinstance(found, list):
        assert found
        for each in found:
            check(each)
    elif isinstance(found, dict):
        if set(found) != {"@id"}:
            assert set(found) - {"@context"} <= PROPERTIES[found["@type"]], found
        for each in found.values():
            check(each)
    else:
        assert isinstance(found, str)
        assert found


def test_every_unit_is_stated_as_the_ledger_has_it(site: Path, book: Book) -> None:
    for unit in book.registry.units.values():
        found = stated(site / f"factories/{unit.id}/index.html")
        check(found)
        assert found["@context"] == "https://schema.org"
        assert (found["@type"], found["name"], found["identifier"]) == ("Organization", unit.name, unit.id)
        assert found["mainEntityOfPage"] == f"{BASE}factories/{unit.id}/"
        assert found["address"]["addressRegion"] == "黑龙江省"
        assert found["address"]["addressLocality"].startswith(unit.city)
        above = found["parentOrganization"]
        assert above["legalName"] == unit.enterprise
        assert above.get("identifier", {}).get("value") == unit.uscc
        assert above.get("alternateName", []) == [former.name for former in unit.former_names]
        listings = book.ledger.accounts[unit.id].listings
        told = found.get("hasCertification", [])
        assert len(told) == len(listings)
        for certification, listing in zip(told, listings, strict=True):
            document = book.registry.documents[listing.award.document]
            authority = book.policy.authority(document.authority)
            assert authority
            active = listing.first <= book.as_of and (not listing.last or book.as_of <= listing.last)
            last = listing.last.isoformat() if listing.last else None
            assert certification["name"] == f"{book.policy.tier(listing.tier).name}智能工厂"
            assert certification["certificationIdentification"] == document.number
            assert certification["issuedBy"]["name"] == authority.name
            assert certification["validFrom"] == listing.first.isoformat()
            assert certification.get("expires") == last
            assert certification["datePublished"] == document.date.isoformat()
            assert certification["certificationStatus"] == (
                "https://schema.org/CertificationActive"
                if active
                else "https://schema.org/CertificationInactive"
            )
            assert certification["about"] == {"@id": found["@id"]}
            address = certification["url"].removeprefix(BASE)
            assert (site / address / "index.html").is_file()


def test_a_certification_is_active_through_its_last_day(book: Book) -> None:
    unit = next(
        unit
        for unit in book.registry.units.values()
        if len(listings := book.account(unit).listings) == 1 and listings[0].ended_by == "expired"
    )
    listing = book.account(unit).listings[0]
    assert listing.last
    for day, active in (
        (listing.first.toordinal() - 1, False),
        (listing.first.toordinal(), True),
        (listing.last.toordinal(), True),
        (listing.last.toordinal() + 1, False),
    ):
        found: Any = unit_statement(Book(book.registry, book.ledger, date.fromordinal(day)), unit, base=BASE)
        (certification,) = found["hasCertification"]
        assert certification["certificationStatus"].endswith("Active") == active


def test_every_case_is_stated(site: Path, book: Book) -> None:
    for found_case in book.cases:
        found = stated(site / f"cases/{found_case.id}/index.html")
        check(found)
        assert (found["@type"], found["headline"]) == ("Article", found_case.title)
        assert found["abstract"] == found_case.summary
        assert found["inLanguage"] == "zh-Hans"
        assert found["datePublished"] == found_case.published.isoformat()
        updated = found_case.updated if found_case.updated and found_case.updated <= book.as_of else None
        assert found.get("dateModified") == (updated.isoformat() if updated else None)
        assert found["mainEntityOfPage"] == f"{BASE}cases/{found_case.id}/"
        assert found["about"]["@id"] == f"{BASE}factories/{found_case.factory}/#unit"
        assert found["isPartOf"]["url"] == f"{BASE}cases/"
        assert found["publisher"]["name"]
        assert ("expires" in found) == book.withdrawn(found_case)


def test_no_other_page_states_anything(site: Path) -> None:
    for page in site.rglob("*.html"):
        here = page.parent.relative_to(site).as_posix()
        if not re.fullmatch(r"(factories|cases)/\d{4}-\d+", here):
            assert not BLOCK.search(page.read_text(encoding="utf-8")), page


def test_nothing_a_record_says_ends_the_script(book: Book) -> None:
    unit = replace(next(iter(book.registry.units.values())), name=HOSTILE, enterprise="<!--<script>")
    statement = unit_statement(book, unit, base=BASE)
    html = Renderer(as_of=book.as_of, base=BASE).body(
        "case.html", case("text"), here="cases/2026-0001/", trail=(), linked=statement
    )
    blocks = BLOCK.findall(html)
    assert len(blocks) == 1
    assert html.count("<script") == html.count("</script") == 1
    assert not set(blocks[0]) & set("<>&'")
    assert json.loads(blocks[0]) == statement
    assert json.loads(blocks[0])["name"] == HOSTILE


def test_a_hostile_name_stays_text_in_the_code_to_embed(book: Book) -> None:
    """The code is text twice: of an attribute in the code, and of the field that shows the code."""
    unit = replace(next(iter(book.registry.units.values())), name=HOSTILE)
    book.registry.units[unit.id], kept = unit, book.registry.units[unit.id]
    try:
        page = next(
            iter(units(Press(book, base=BASE), Extract.around(book, [unit.id]), frame(book), [unit.id]))
        )
    finally:
        book.registry.units[unit.id] = kept
    assert isinstance(page, Page)
    field = re.search(r"<textarea[^>]*>(.*?)</textarea>", page.body, re.DOTALL)
    assert field
    assert "<" not in field[1]
    assert "&lt;a href=&#34;https://registry.example/factories/" in field[1]
    assert "&amp;lt;/title&amp;gt;" in field[1]
    assert page.body.count("<script") == 1


def test_a_case_is_modified_and_withdrawn_on_its_day(book: Book) -> None:
    gone = next(found for found in book.registry.cases.values() if found.withdrawn)
    assert gone.withdrawn
    day = gone.withdrawn.date
    before = case_statement(
        Book(book.registry, book.ledger, date.fromordinal(day.toordinal() - 1)), gone, base=BASE
    )
    on = case_statement(Book(book.registry, book.ledger, day), gone, base=BASE)
    assert "creativeWorkStatus" not in before
    assert (on["creativeWorkStatus"], on["expires"]) == ("已撤下", day.isoformat())
