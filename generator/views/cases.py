"""Typical cases: the cards of lists, a case's own page, and the catalogue of scenes.

May import `views.book`, `views.tables` and `urls`.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby, islice

from msgspec import Struct

from generator import urls
from generator.records import Case, Metric
from generator.views import words
from generator.views.book import Book, once
from generator.views.corrections import CorrectionRow, correction_rows
from generator.views.tables import Count, Link, Pager, counted, parts
from generator.views.words import TierMark

RELATED = 3


class CaseCard(Struct, frozen=True, kw_only=True):
    """A case as one row of a list."""

    case: Link
    summary: str
    unit: Link
    enterprise: str
    published: date
    scenes: tuple[Link, ...]
    withdrawn: date | None


class Related(Struct, frozen=True, kw_only=True):
    """Another case worth reading after this one, and what they have in common."""

    card: CaseCard
    why: str


class CasePage(Struct, frozen=True, kw_only=True):
    """Everything the page of a case shows; `body` is Markdown, `earlier` and `later` go by publication."""

    card: CaseCard
    tier: TierMark | None
    city: Link
    industry: Link
    updated: date | None
    reason: str | None
    metrics: tuple[Metric, ...]
    body: str
    source: str | None
    corrections: tuple[CorrectionRow, ...]
    earlier: Link | None
    later: Link | None
    related: tuple[Related, ...]


class SceneGroup(Struct, frozen=True, kw_only=True):
    """The scenes of one 环节, each with the number of its cases; `number` cases belong to any of them."""

    link: Link
    number: int
    scenes: tuple[Count, ...]


class CasesPage(Struct, frozen=True, kw_only=True):
    """One page of the list of cases, grouped by year of publication; the ways in stand on the first page."""

    shown: tuple[tuple[Link, tuple[CaseCard, ...]], ...]
    years: tuple[Count, ...]
    groups: tuple[SceneGroup, ...]
    pager: Pager


class CaseYearPage(Struct, frozen=True, kw_only=True):
    """One page of the cases published in one year."""

    year: int
    cases: tuple[CaseCard, ...]
    years: tuple[Count, ...]
    pager: Pager


class ScenesPage(Struct, frozen=True, kw_only=True):
    """The catalogue of scenes."""

    edition: str | None
    title: str | None
    document: str | None
    groups: tuple[SceneGroup, ...]


class ScenePage(Struct, frozen=True, kw_only=True):
    """One page of the cases of one scene, and the other scenes of its 环节."""

    number: int
    name: str
    group: Link
    edition: str
    cases: tuple[CaseCard, ...]
    others: tuple[Count, ...]
    pager: Pager


@once
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
    names = book.registry.scene_names(case.edition)
    present = case.edition == book.edition
    return tuple(
        Link(text=names[number], address=urls.scene(number) if present else urls.SCENES)
        for number in case.scenes
    )


def case_pages(book: Book) -> Iterator[tuple[Case, CasePage]]:
    """Yield every published case with its page, newest first."""
    for later, case, earlier in zip([None, *book.cases], book.cases, [*book.cases[1:], None], strict=False):
        yield case, _case_page(book, case, earlier=earlier, later=later)


def _case_page(book: Book, case: Case, *, earlier: Case | None, later: Case | None) -> CasePage:
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
        corrections=correction_rows(case.corrections),
        earlier=_neighbour(book, earlier),
        later=_neighbour(book, later),
        related=_related(book, case),
    )


def _neighbour(book: Book, case: Case | None) -> Link | None:
    if case is None:
        return None
    text = f"{case.title}（已撤下）" if book.withdrawn(case) else case.title
    return Link(text=text, address=urls.case(case.id))


def _related(book: Book, case: Case) -> tuple[Related, ...]:
    """The newest cases of the same enterprise, then of the same scenes, that still stand."""
    enterprise = book.account(book.registry.units[case.factory]).enterprise
    sources: list[tuple[Sequence[Case], str]] = [
        (book.cases_by_unit.get(unit, ()), "同一企业") for unit in enterprise
    ]
    for link, number in zip(_scenes(book, case), case.scenes, strict=True):
        sources.append((book.cases_by_scene[case.edition, number], f"同一场景：{link.text}"))
    found: dict[str, Related] = {}
    for cases, why in sources:
        standing = (other for other in cases if other.id != case.id and not book.withdrawn(other))
        for other in islice(standing, RELATED):
            if other.id not in found:
                found[other.id] = Related(card=case_card(book, other), why=why)
    return tuple(islice(found.values(), RELATED))


def years_of(book: Book) -> tuple[Count, ...]:
    """Return how many cases were published in each year, newest first."""
    numbers = Counter(case.published.year for case in book.cases)
    return counted((_year(year), numbers[year]) for year in sorted(numbers, reverse=True))


def _year(year: int) -> Link:
    return Link(text=f"{year} 年", address=urls.cases_of_year(year))


def cases_pages(book: Book) -> Iterator[CasesPage]:
    """Yield the list of all cases, newest first."""
    years, groups = years_of(book), scenes_page(book).groups
    for pager in parts(urls.CASES, len(book.cases)):
        shown = book.cases[pager.first_row - 1 : pager.last_row]
        first = pager.number == 1
        yield CasesPage(
            shown=tuple(
                (_year(year), tuple(case_card(book, case) for case in cases))
                for year, cases in groupby(shown, key=lambda case: case.published.year)
            ),
            years=years if first else (),
            groups=groups if first else (),
            pager=pager,
        )


def case_year_pages(book: Book) -> Iterator[CaseYearPage]:
    """Yield the pages of every year in which cases were published, newest first."""
    years = years_of(book)
    for year, group in groupby(book.cases, key=lambda case: case.published.year):
        cases = list(group)
        for pager in parts(urls.cases_of_year(year), len(cases)):
            yield CaseYearPage(
                year=year,
                cases=tuple(case_card(book, case) for case in cases[pager.first_row - 1 : pager.last_row]),
                years=years,
                pager=pager,
            )


def cases_of(book: Book, number: int) -> Sequence[Case]:
    """Return the cases of one scene of the present edition, newest first."""
    return book.cases_by_scene.get((book.edition or "", number), ())


def scenes_page(book: Book) -> ScenesPage:
    """Return the catalogue of the present edition with the number of cases of each scene."""
    edition = book.registry.edition(book.edition) if book.edition else None
    links = edition.links if edition else ()
    # One scale for all of them: the shares are of the largest scene, whatever its 环节.
    counts = iter(
        counted(
            (
                (Link(text=scene.name, address=urls.scene(scene.number)), len(cases_of(book, scene.number)))
                for link in links
                for scene in link.scenes
            ),
            empty=True,
        )
    )
    groups = tuple(
        SceneGroup(
            link=Link(text=link.name, address=_anchor(link.number)),
            number=len({case.id for scene in link.scenes for case in cases_of(book, scene.number)}),
            scenes=tuple(islice(counts, len(link.scenes))),
        )
        for link in links
    )
    return ScenesPage(
        edition=edition.edition if edition else None,
        title=edition.title if edition else None,
        document=edition.document if edition else None,
        groups=groups,
    )


def _anchor(number: int) -> str:
    return f"{urls.SCENES}#link-{number}"


def scene_pages(book: Book) -> Iterator[ScenePage]:
    """Yield the pages of every scene of the present edition."""
    edition = book.registry.edition(book.edition) if book.edition else None
    if edition is None:
        return
    for link, group in zip(edition.links, scenes_page(book).groups, strict=True):
        for scene in link.scenes:
            cases = cases_of(book, scene.number)
            others = tuple(count for count in group.scenes if count.link.address != urls.scene(scene.number))
            for pager in parts(urls.scene(scene.number), len(cases)):
                yield ScenePage(
                    number=scene.number,
                    name=scene.name,
                    group=group.link,
                    edition=edition.edition,
                    cases=tuple(
                        case_card(book, case) for case in cases[pager.first_row - 1 : pager.last_row]
                    ),
                    others=others if pager.number == 1 else (),
                    pager=pager,
                )
