"""Typical cases: the list, the years, each case, and the catalogue of scenes."""

from collections.abc import Iterator

from generator import urls
from generator.site.press import Page, Press
from generator.views.cases import case_pages, case_year_pages, cases_pages, scene_pages, scenes_page
from generator.views.linked import case_statement
from generator.views.tables import Link

_SCENES = Link(text="典型场景", address=urls.SCENES)


def cases(press: Press) -> Iterator[Page]:
    """Yield the list of cases, the list of each year, and the page of each case."""
    book = press.book
    for page in cases_pages(book):
        yield press.part(
            "cases.html",
            page,
            page.pager,
            address=urls.CASES,
            section=urls.CASES,
            title="典型案例",
            description="智能工厂建设的典型案例，按年份和场景查阅。",
        )
    for of_year in case_year_pages(book):
        yield press.part(
            "case_year.html",
            of_year,
            of_year.pager,
            address=urls.cases_of_year(of_year.year),
            section=urls.CASES,
            title=f"{of_year.year} 年典型案例",
            description=f"{of_year.year} 年发布的 {of_year.pager.rows} 个典型案例。",
        )
    for case, view in case_pages(book):
        year = case.published.year
        yield press.page(
            "case.html",
            view,
            address=urls.case(case.id),
            section=urls.CASES,
            title=case.title,
            description=case.summary,
            trail=(Link(text=f"{year} 年", address=urls.cases_of_year(year)),),
            kind="article",
            linked=case_statement(book, case, base=press.base),
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
    for page in scene_pages(book):
        yield press.part(
            "scene.html",
            page,
            page.pager,
            address=urls.scene(page.number),
            section=urls.CASES,
            title=page.name,
            description=f"典型场景“{page.name}”（{page.group.text}）的典型案例。",
            trail=(_SCENES,),
        )
