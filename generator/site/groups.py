"""Lists of units and their indexes, and the page of each unit."""

from collections.abc import Iterable, Iterator

from generator import urls
from generator.site.press import Page, Press
from generator.views import words
from generator.views.groups import (
    GroupPage,
    cities_index,
    city_pages,
    directory_pages,
    industries_index,
    industry_pages,
    tier_pages,
    tiers_index,
)
from generator.views.units import unit_page


def groups(press: Press) -> Iterator[Page]:
    """Yield the directory, and tiers, cities and industries with their indexes."""
    book = press.book
    yield from _listed(press, directory_pages(book), urls.DIRECTORY)
    for section, index in (
        (urls.TIERS, tiers_index(book)),
        (urls.CITIES, cities_index(book)),
        (urls.INDUSTRIES, industries_index(book)),
    ):
        yield press.page(
            "index.html",
            index,
            address=section,
            section=section,
            title=index.title,
            description=index.intro,
        )
    for tier in reversed(book.policy.tiers):
        yield from _listed(press, tier_pages(book, tier), urls.TIERS)
    for city in book.registry.cities.prefectures:
        yield from _listed(press, city_pages(book, city), urls.CITIES)
    for section_ in book.registry.industries.sections:
        for division in section_.divisions:
            yield from _listed(press, industry_pages(book, division.code), urls.INDUSTRIES)


def _listed(press: Press, pages: Iterable[GroupPage], section: str) -> Iterator[Page]:
    for page in pages:
        pager = page.slice.pager
        yield press.part(
            "group.html",
            page,
            pager,
            address=pager.pages[0].address,
            section=section,
            title=page.title,
            description=f"{page.title}：{page.intro}",
        )


def units(press: Press) -> Iterator[Page]:
    """Yield the page of every unit."""
    book = press.book
    for unit in book.registry.units.values():
        yield press.page(
            "unit.html",
            unit_page(book, unit),
            address=urls.unit(unit.id),
            section=urls.DIRECTORY,
            title=unit.name,
            description=f"{unit.enterprise}：{words.answer(book, unit)}",
            until=book.next_transition(unit),
        )
