"""Lists of units and their indexes."""

from collections.abc import Iterable, Iterator, Mapping

from generator import urls
from generator.site.press import Page, Press
from generator.views.directory import directory_pages
from generator.views.groups import (
    GroupPage,
    IndexPage,
    cities_index,
    city_pages,
    industries_index,
    industry_pages,
    tier_pages,
    tiers_index,
)


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


def tiers(press: Press) -> Iterator[Page]:
    """Yield the index of the tiers and the pages of each."""
    book = press.book
    yield _index(press, tiers_index(book), urls.TIERS)
    for tier in reversed(book.policy.tiers):
        yield from _listed(press, tier_pages(book, tier), urls.TIERS)


def cities(press: Press) -> Iterator[Page]:
    """Yield the index of the cities and the pages of each."""
    book = press.book
    yield _index(press, cities_index(book), urls.CITIES)
    for city in book.registry.cities.prefectures:
        yield from _listed(press, city_pages(book, city), urls.CITIES)


def industries(press: Press) -> Iterator[Page]:
    """Yield the index of the industries and the pages of each division."""
    book = press.book
    yield _index(press, industries_index(book), urls.INDUSTRIES)
    for section in book.registry.industries.sections:
        for division in section.divisions:
            yield from _listed(press, industry_pages(book, division.code), urls.INDUSTRIES)


def _index(press: Press, index: IndexPage, section: str) -> Page:
    return press.page(
        "index.html",
        index,
        address=section,
        section=section,
        title=index.title,
        description=index.intro,
    )


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
