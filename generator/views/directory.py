"""The directory: all units, page by page, and on the first page what can be chosen among them.

May import the other views and `urls`. What is chosen is found by the script in `theme/assets/directory/`; without it
the pages are a plain list.
"""

from collections import Counter
from collections.abc import Iterator, Mapping

from msgspec import Struct

from generator import urls
from generator.records import Unit
from generator.views import words
from generator.views.book import Book
from generator.views.tables import Slice, slices
from generator.views.words import Mark, TierMark


class Option(Struct, frozen=True, kw_only=True):
    """One value of a filter: as it stands in the address, in words, and how many units have it."""

    value: str
    text: str
    number: int


class Facet(Struct, frozen=True, kw_only=True):
    """A filter; `many` where several values may be chosen together, `below` names the finer filter that follows."""

    name: str
    label: str
    options: tuple[Option, ...]
    many: bool
    below: tuple[str, str] | None = None


class DirectoryPage(Struct, frozen=True, kw_only=True):
    """One page of the directory; `facets` and `index` (the parts of the index and where they lie) on the first alone."""

    listed: int
    facets: tuple[Facet, ...]
    index: tuple[tuple[str, str], ...]
    marks: tuple[Mark, ...]
    tiers: tuple[TierMark, ...]
    slice: Slice


def directory_pages(book: Book, index: Mapping[str, str]) -> Iterator[DirectoryPage]:
    """Yield the pages of the directory: those listed first, higher tiers before lower.

    Args:
        book: the registry on its day.
        index: the addresses of the parts of the search index by name.
    """
    units = book.in_order(book.registry.units.values())
    facets = _facets(book, units)
    listed = sum(book.standing(unit).tier is not None for unit in units)
    for part in slices(book, urls.DIRECTORY, units):
        first = part.pager.number == 1
        yield DirectoryPage(
            listed=listed,
            facets=facets if first else (),
            index=tuple(index.items()) if first else (),
            marks=tuple(words.MARKS.values()),
            tiers=tuple(words.tier_mark(book, tier.id) for tier in book.policy.tiers),
            slice=part,
        )


def _facets(book: Book, units: list[Unit]) -> tuple[Facet, ...]:
    tiers: Counter[str | None] = Counter()
    marks: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    cities: Counter[str] = Counter()
    divisions: Counter[str] = Counter()
    years: Counter[int] = Counter()
    for unit in units:
        standing = book.standing(unit)
        tiers[standing.tier] += 1
        marks[words.mark(standing).key] += 1
        kinds[unit.kind] += 1
        cities[unit.city] += 1
        divisions[unit.industry[:2]] += 1
        years.update(book.award_years(unit))
    return (
        Facet(
            name="tier",
            label="层级",
            many=True,
            options=tuple(
                Option(value=tier.id, text=tier.name, number=tiers[tier.id])
                for tier in reversed(book.policy.tiers)
            ),
        ),
        Facet(
            name="status",
            label="状态",
            many=True,
            options=tuple(
                Option(value=mark.key, text=mark.word, number=marks[mark.key])
                for mark in words.MARKS.values()
            ),
        ),
        Facet(
            name="kind",
            label="类别",
            many=True,
            options=tuple(
                Option(value=kind, text=kind, number=number) for kind, number in sorted(kinds.items())
            ),
        ),
        Facet(
            name="city",
            label="地市",
            many=False,
            below=("county", "县区"),
            options=tuple(
                Option(value=city.code, text=city.name, number=cities[city.name])
                for city in book.registry.cities.prefectures
            ),
        ),
        Facet(
            name="industry",
            label="行业",
            many=False,
            below=("group", "行业中类"),
            options=tuple(
                Option(value=code, text=f"{code} {book.registry.industry(code)}", number=number)
                for code, number in sorted(divisions.items())
            ),
        ),
        Facet(
            name="year",
            label="授予年份",
            many=False,
            options=tuple(
                Option(value=str(year), text=f"{year} 年", number=number)
                for year, number in sorted(years.items(), reverse=True)
            ),
        ),
    )
