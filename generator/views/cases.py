"""Typical cases: the cards of lists, a case's own page, and the catalogue of scenes.

May import `views.book`, `views.tables` and `urls`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from generator import urls
from generator.records import Case, Metric
from generator.views import words
from generator.views.book import Book
from generator.views.tables import Count, Link, Pager, counted, parts
from generator.views.words import TierMark


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCard:
    """A case as one row of a list."""

    case: Link
    summary: str
    unit: Link
    enterprise: str
    published: date
    scenes: tuple[Link, ...]
    withdrawn: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePage:
    """Everything the page of a case shows; `body` is Markdown."""

    card: CaseCard
    tier: TierMark | None
    city: Link
    industry: Link
    updated: date | None
    reason: str | None
    metrics: tuple[Metric, ...]
    body: str
    source: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CasesPage:
    """One page of the list of cases, grouped by year of publication, and the scenes beside it."""

    years: tuple[tuple[int, tuple[CaseCard, ...]], ...]
    total: int
    scenes: tuple[Count, ...]
    pager: Pager


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneGroup:
    """The scenes of one 环节 with the number of their cases."""

    number: int
    name: str
    scenes: tuple[Count, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenesPage:
    """The catalogue of scenes."""

    edition: str | None
    title: str | None
    document: str | None
    groups: tuple[SceneGroup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenePage:
    """One page of the cases of one scene."""

    number: int
    name: str
    group: str
    edition: str
    cases: tuple[CaseCard, ...]
    pager: Pager


def case_card(book: Book, case: Case) -> CaseCard:
    """Return a case as a row; scenes of the present edition lead to their pages."""
    unit = book.registry.units[case.factory]
    return CaseCard(
        case=Link(text=case.title, address=urls.case(case.id)),
        summary=case.summary,
        unit=Link(text=unit.name, address=urls.unit(unit.id)),
        enterprise=unit.enterprise,
        published=case.published,
        scenes=_scenes(book, case),
        withdrawn=case.withdrawn.date if case.withdrawn and book.withdrawn(case) else None,
    )


def _scenes(book: Book, case: Case) -> tuple[Link, ...]:
    edition = book.registry.edition(case.edition)
    names = edition.names if edition else {}
    present = case.edition == book.edition
    return tuple(
        Link(text=names[number], address=urls.scene(number) if present else urls.SCENES)
        for number in case.scenes
    )


def case_page(book: Book, case: Case) -> CasePage:
    """Return the page of a case."""
    unit = book.registry.units[case.factory]
    city, tier = book.city(unit), book.tier(unit)
    return CasePage(
        card=case_card(book, case),
        tier=words.tier_mark(book, tier.id) if tier else None,
        city=Link(text=city.name, address=urls.city(city.code)),
        industry=Link(text=book.registry.industry(unit.industry) or "", address=urls.industry(unit.industry)),
        updated=case.updated if case.updated and case.updated <= book.as_of else None,
        reason=case.withdrawn.reason if case.withdrawn and book.withdrawn(case) else None,
        metrics=case.metrics,
        body=case.body,
        source=case.source,
    )


def cases_page(book: Book, cases: Sequence[Case], pager: Pager) -> CasesPage:
    """Return one page of the list of all cases, newest first."""
    shown = cases[pager.first_row - 1 : pager.last_row]
    years = sorted({case.published.year for case in shown}, reverse=True)
    return CasesPage(
        years=tuple(
            (year, tuple(case_card(book, case) for case in shown if case.published.year == year))
            for year in years
        ),
        total=len(cases),
        scenes=tuple(count for group in scenes_page(book).groups for count in group.scenes if count.number),
        pager=pager,
    )


def cases_of(book: Book, number: int) -> list[Case]:
    """Return the cases of one scene of the present edition, newest first."""
    return [case for case in book.cases if case.edition == book.edition and number in case.scenes]


def scenes_page(book: Book) -> ScenesPage:
    """Return the catalogue of the present edition with the number of cases of each scene."""
    edition = book.registry.edition(book.edition) if book.edition else None
    numbers: dict[int, int] = {}
    for case in book.cases:
        if case.edition == book.edition and not book.withdrawn(case):
            for number in case.scenes:
                numbers[number] = numbers.get(number, 0) + 1
    links = edition.links if edition else ()
    counts = iter(
        counted(
            (
                (Link(text=scene.name, address=urls.scene(scene.number)), numbers.get(scene.number, 0))
                for link in links
                for scene in link.scenes
            ),
            empty=True,
        )
    )
    groups = tuple(
        SceneGroup(number=link.number, name=link.name, scenes=tuple(islice(counts, len(link.scenes))))
        for link in links
    )
    return ScenesPage(
        edition=edition.edition if edition else None,
        title=edition.title if edition else None,
        document=edition.document if edition else None,
        groups=groups,
    )


def scene_pages(book: Book, number: int) -> Iterator[ScenePage]:
    """Yield the pages of one scene of the present edition."""
    edition = book.registry.edition(book.edition or "")
    assert edition is not None
    link, scene = next(
        (link, scene) for link in edition.links for scene in link.scenes if scene.number == number
    )
    cases = cases_of(book, number)
    for pager in parts(urls.scene(number), len(cases)):
        yield ScenePage(
            number=number,
            name=scene.name,
            group=link.name,
            edition=edition.edition,
            cases=tuple(case_card(book, case) for case in cases[pager.first_row - 1 : pager.last_row]),
            pager=pager,
        )
