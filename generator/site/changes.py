"""What changed in the lists month by month, and the lists as published year by year."""

from collections.abc import Iterator

from generator import urls
from generator.site.press import Page, Press
from generator.views.changes import changes_pages, month_pages
from generator.views.lists import Standings, lists_page, year_list_pages
from generator.views.tables import Link

_CHANGES = Link(text="名单变动", address=urls.CHANGES)
_LISTS = Link(text="年度名单", address=urls.LISTS)


def changes(press: Press) -> Iterator[Page]:
    """Yield the index of months and the pages of each month."""
    book = press.book
    told = book.ledger.changes(as_of=book.as_of)
    for page in changes_pages(book, told):
        yield press.part(
            "changes.html",
            page,
            page.pager,
            address=urls.CHANGES,
            section=urls.NOTICES,
            title=_CHANGES.text,
            description="名单每月的变动：新列入、晋级、续期、到期、撤销和退出。",
        )
    for month in month_pages(book, told):
        yield press.part(
            "month.html",
            month,
            month.pager,
            address=month.pager.pages[0].address,
            section=urls.NOTICES,
            title=f"{month.name}名单变动",
            description=f"{month.name}的名单变动共 {month.pager.rows} 项，按种类列出单元和依据的文件。",
            trail=(_CHANGES,),
        )


def lists(press: Press, published: list[Standings]) -> Iterator[Page]:
    """Yield the index of the yearly lists and the pages of each list.

    Args:
        press: makes the pages.
        published: who stood in each list, newest first.
    """
    book = press.book
    yield press.page(
        "lists.html",
        lists_page(book, published),
        address=urls.LISTS,
        section=urls.NOTICES,
        title=_LISTS.text,
        description="历年公布的名单，保持公布时的样子。",
    )
    years = [found.list for found in published]
    for found, earlier, later in zip(published, [*years[1:], None], [None, *years], strict=False):
        for page in year_list_pages(book, found, earlier=earlier, later=later):
            yield press.part(
                "year_list.html",
                page,
                page.pager,
                address=page.pager.pages[0].address,
                section=urls.NOTICES,
                title=f"{page.year} 年度名单",
                description=f"{found.list.year} 年度名单，共 {page.pager.rows} 个单元，按层级和地市列出。",
                trail=(_LISTS,),
            )
