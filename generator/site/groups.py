"""Lists of units and their indexes, and the page of each unit."""

from collections.abc import Iterable, Iterator, Mapping

from generator import urls
from generator.site.press import Page, Press
from generator.views import words
from generator.views.badges import frame
from generator.views.directory import directory_pages
from generator.views.groups import (
    GroupPage,
    cities_index,
    city_pages,
    industries_index,
    industry_pages,
    tier_pages,
    tiers_index,
)
from generator.views.linked import unit_statement
from generator.views.units import unit_page


def directory(press: Press, index: Mapping[str, str]) -> Iterator[Page]:
    """Yield the pages of the directory.

    Args:
        press: makes the pages.
        index: the addresses of the parts of the search index by name.
    """
    for page in directory_pages(press.book, index):
        yield press.part(
            "directory.html",
            page,
            page.slice.pager,
            address=urls.DIRECTORY,
            section=urls.DIRECTORY,
            title="名录",
            description="全部登记单元：按名称、代码、层级、状态、地市和行业查询，也可以查看某一天的名单。",
        )


def groups(press: Press) -> Iterator[Page]:
    """Yield tiers, cities and industries with their indexes."""
    book = press.book
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
    badges = frame(book)
    for unit in book.registry.units.values():
        yield press.page(
            "unit.html",
            unit_page(book, unit, badges),
            address=urls.unit(unit.id),
            section=urls.DIRECTORY,
            title=unit.name,
            description=f"{unit.enterprise}：{words.answer(book, unit)}",
            until=book.next_transition(unit),
            linked=unit_statement(book, unit, base=press.base),
        )
