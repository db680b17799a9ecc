"""Pages of units that have something in common: a tier, a city, a division; and their indexes.

May import the other views and `urls`.
"""

from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from generator import urls
from generator.policy import Tier
from generator.records import City, Unit
from generator.views.book import Book
from generator.views.cases import CaseCard, case_card
from generator.views.tables import Count, Link, Slice, by_city, by_division, by_tier, counted, slices
from generator.views.topics import city_expiries


class Breakdown(Struct, frozen=True, kw_only=True):
    """The units of a page counted by one dimension."""

    name: str
    counts: tuple[Count, ...]


class GroupPage(Struct, frozen=True, kw_only=True):
    """One page of a list of units: what they have in common, counts, rows, and the newest cases on the first page."""

    title: str
    intro: str
    clause: str | None
    listed: int
    calendar: str | None
    breakdowns: tuple[Breakdown, ...]
    slice: Slice
    cases: tuple[CaseCard, ...]
    empty: str


class IndexRow(Struct, frozen=True, kw_only=True):
    """One row of an index: a tier, a city or a division with its numbers by tier, highest first."""

    link: Link
    note: str | None
    numbers: tuple[Count, ...]
    total: int


class IndexPage(Struct, frozen=True, kw_only=True):
    """An index of groups; `sections` are (heading or None, rows), `total` says what the last column counts."""

    title: str
    intro: str
    label: str
    columns: tuple[str, ...]
    total: str
    sections: tuple[tuple[str | None, tuple[IndexRow, ...]], ...]


NEWEST_CASES = 5


def _group(
    book: Book,
    address: str,
    units: list[Unit],
    *,
    title: str,
    intro: str,
    empty: str,
    breakdowns: tuple[Breakdown, ...],
    clause: str | None = None,
    calendar: str | None = None,
) -> Iterator[GroupPage]:
    ids = {unit.id for unit in units}
    newest = [case for case in book.cases if case.factory in ids and not book.withdrawn(case)][:NEWEST_CASES]
    cases = tuple(case_card(book, case) for case in newest)
    listed = sum(book.standing(unit).tier is not None for unit in units)
    for part in slices(book, address, units):
        first = part.pager.number == 1
        yield GroupPage(
            title=title,
            intro=intro,
            clause=clause if first else None,
            listed=listed,
            calendar=calendar if first else None,
            breakdowns=breakdowns if first else (),
            slice=part,
            cases=cases if first else (),
            empty=empty,
        )


def tier_pages(book: Book, tier: Tier) -> Iterator[GroupPage]:
    """Yield the pages of a tier: the units that hold it on this day."""
    units = book.in_order(
        unit for unit in book.registry.units.values() if book.standing(unit).tier == tier.id
    )
    limit = f"有效期{tier.term_years}年，到期自动移出" if tier.term_years else "未规定有效期"
    yield from _group(
        book,
        urls.tier(tier.id),
        units,
        title=f"{tier.name}智能工厂",
        intro=f"现列入{tier.name}名单的单元。{limit}{'；每年报送进展' if tier.report else ''}。",
        clause=tier.clause,
        empty=f"目前没有单元列在{tier.name}名单中。",
        breakdowns=(
            Breakdown(name="按地市", counts=by_city(book, units)),
            Breakdown(name="按行业", counts=by_division(book, units)),
        ),
    )


def city_pages(book: Book, city: City) -> Iterator[GroupPage]:
    """Yield the pages of a city: all its units."""
    units = book.in_order(book.units_by_city.get(city.name, ()))
    yield from _group(
        book,
        urls.city(city.code),
        units,
        title=city.name,
        intro=f"{city.name}登记的全部单元，含已到期、已撤销和已退出的。",
        empty=f"{city.name}目前没有登记的单元。",
        calendar=urls.calendar(city_expiries(city).key),
        breakdowns=(
            Breakdown(name="按层级", counts=by_tier(book, units)),
            Breakdown(name="按行业", counts=by_division(book, units)),
        ),
    )


def industry_pages(book: Book, code: str) -> Iterator[GroupPage]:
    """Yield the pages of a division: all its units."""
    units = book.in_order(book.units_by_division.get(code, ()))
    name = book.registry.industry(code) or ""
    yield from _group(
        book,
        urls.industry(code),
        units,
        title=name,
        intro=f"{book.registry.industries.standard} 大类 {code}，含其下各中类的全部单元。",
        empty=f"{name}目前没有登记的单元。",
        breakdowns=(
            Breakdown(name="按层级", counts=by_tier(book, units)),
            Breakdown(name="按地市", counts=by_city(book, units)),
        ),
    )


def _row(book: Book, link: Link, units: list[Unit]) -> IndexRow:
    return IndexRow(link=link, note=None, numbers=by_tier(book, units), total=len(units))


def _tier_columns(book: Book) -> tuple[str, ...]:
    return tuple(tier.name for tier in reversed(book.policy.tiers))


def tiers_index(book: Book) -> IndexPage:
    """Return the index of tiers, highest first, counted by city."""
    cities = book.registry.cities.prefectures
    rows = []
    for tier in reversed(book.policy.tiers):
        units = [unit for unit in book.registry.units.values() if book.standing(unit).tier == tier.id]
        number = Counter(unit.city for unit in units)
        rows.append(
            IndexRow(
                link=Link(text=tier.name, address=urls.tier(tier.id)),
                note=tier.clause,
                numbers=counted(
                    (
                        (Link(text=city.short, address=urls.city(city.code)), number[city.name])
                        for city in cities
                    ),
                    empty=True,
                ),
                total=len(units),
            )
        )
    return IndexPage(
        title="层级",
        intro="各层级现列入名单的单元数，由高到低。每个单元只计入它现有的最高层级。",
        label="层级",
        columns=tuple(city.short for city in cities),
        total="合计",
        sections=((None, tuple(rows)),),
    )


def cities_index(book: Book) -> IndexPage:
    """Return the index of cities, counted by tier."""
    rows = tuple(
        _row(
            book,
            Link(text=city.name, address=urls.city(city.code)),
            book.units_by_city.get(city.name, []),
        )
        for city in book.registry.cities.prefectures
    )
    return IndexPage(
        title="地市",
        intro="各地市登记的单元，按现有最高层级计数；全部登记含已到期、已撤销和已退出的。",
        label="地市",
        columns=_tier_columns(book),
        total="全部登记",
        sections=((None, rows),),
    )


def industries_index(book: Book) -> IndexPage:
    """Return the index of divisions by section, counted by tier."""
    sections = []
    for section in book.registry.industries.sections:
        rows = tuple(
            _row(
                book,
                Link(text=f"{division.code} {division.name}", address=urls.industry(division.code)),
                book.units_by_division.get(division.code, []),
            )
            for division in section.divisions
        )
        sections.append((f"{section.code} {section.name}", rows))
    return IndexPage(
        title="行业",
        intro=f"按 {book.registry.industries.standard} 大类登记的单元，按现有最高层级计数；全部登记含已到期、已撤销和已退出的。",
        label="行业",
        columns=_tier_columns(book),
        total="全部登记",
        sections=tuple(sections),
    )
