"""Typical cases: the list, each case, and the catalogue of scenes."""

from collections.abc import Iterator

from generator import urls
from generator.site.press import Page, Press
from generator.views.cases import case_page, cases_page, scene_pages, scenes_page
from generator.views.tables import Link, parts

_SCENES = Link(text="典型场景", address=urls.SCENES)


def cases(press: Press) -> Iterator[Page]:
    """Yield the list of cases and the page of each."""
    book = press.book
    for pager in parts(urls.CASES, len(book.cases)):
        yield press.part(
            "cases.html",
            cases_page(book, book.cases, pager),
            pager,
            address=urls.CASES,
            section=urls.CASES,
            title="典型案例",
            description="智能工厂建设的典型案例，按年份和场景查阅。",
        )
    for case in book.cases:
        yield press.page(
            "case.html",
            case_page(book, case),
            address=urls.case(case.id),
            section=urls.CASES,
            title=case.title,
            description=case.summary,
        )


def scenes(press: Press) -> Iterator[Page]:
    """Yield the catalogue of scenes and the cases of each."""
    book = press.book
    catalogue = scenes_page(book)
    yield press.page(
        "scenes.html",
        catalogue,
        address=urls.SCENES,
        section=urls.CASES,
        title="典型场景",
        description=catalogue.title or "典型案例所用的场景分类。",
    )
    for scene in book.scenes:
        for page in scene_pages(book, scene.number):
            yield press.part(
                "scene.html",
                page,
                page.pager,
                address=urls.scene(page.number),
                section=urls.CASES,
                title=page.name,
                description=f"典型场景“{page.name}”（{page.group}）的典型案例。",
                trail=(_SCENES,),
            )
