"""The statistics: one table a question, each with its picture, all from one pass over the units.

May import the other views and `urls`. Columns run from the highest tier to the lowest, as tables and pictures read.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct

from generator import urls
from generator.views import words
from generator.views.book import Book
from generator.views.charts import bars, columns
from generator.views.drawing import Chart, Series, long_names
from generator.views.drawing import Row as Drawn
from generator.views.history import downwards, history_chart, series_of, year_ends
from generator.views.notices import by_month, ending, months_ahead
from generator.views.tables import Link
from generator.views.tally import Tally, tally
from generator.views.words import Mark

SEEN_BESIDE = "每个数字见旁边的表。"


class Head(Struct, frozen=True, kw_only=True):
    """What a row or a column counts, and where that is on the site."""

    text: str
    address: str | None = None


class Row(Struct, frozen=True, kw_only=True):
    """A row of numbers, one a column, and their total."""

    head: Head
    numbers: tuple[int, ...]
    total: int


class Table(Struct, frozen=True, kw_only=True):
    """A table with the picture beside it; without rows the sentence `empty` says what that means.

    `totals` are the sums of the columns, where summing makes sense; `more` leads to the units behind the numbers.
    """

    anchor: str
    title: str
    lead: str
    caption: str
    label: str
    columns: tuple[Head, ...]
    rows: tuple[Row, ...]
    totals: tuple[int, ...] | None
    chart: Chart | None
    empty: str
    more: Link | None = None

    @property
    def long(self) -> bool:
        """Whether the names of its rows need a line of their own on a phone."""
        return long_names(row.head.text for row in self.rows)


class StandingRow(Struct, frozen=True, kw_only=True):
    """How many units stand in one way, what that means, and where they are on the site."""

    mark: Mark
    number: int
    meaning: str
    address: str | None


class StatisticsPage(Struct, frozen=True, kw_only=True):
    """All tables of the statistics."""

    units: int
    listed: int
    tables: tuple[Table, ...]
    standings: tuple[StandingRow, ...]
    standings_chart: Chart | None


def statistics_page(book: Book) -> StatisticsPage:
    """Return the statistics of the registry on its day."""
    counts = tally(book)
    standings = _standings(book, counts)
    return StatisticsPage(
        units=counts.units,
        listed=counts.listed,
        tables=(
            _cities(book, counts),
            _divisions(book, counts),
            _awards(book, counts),
            _history(book, counts),
            _expiries(book),
        ),
        standings=standings,
        standings_chart=bars(
            "登记单元的状态",
            "；".join(f"{row.mark.word} {row.number} 个" for row in standings) + "。",
            [Series(key="plain", name="单元")],
            [Drawn(name=row.mark.word, numbers=(row.number,)) for row in standings],
        )
        if counts.units
        else None,
    )


def _heads(book: Book) -> tuple[Head, ...]:
    return tuple(Head(text=tier.name, address=urls.tier(tier.id)) for tier in downwards(book))


def _row(head: Head, numbers: Iterable[int]) -> Row:
    found = tuple(numbers)
    return Row(head=head, numbers=found, total=sum(found))


def _sums(rows: Sequence[Row]) -> tuple[int, ...] | None:
    return tuple(map(sum, zip(*(row.numbers for row in rows), strict=True))) if rows else None


def _drawn(rows: Iterable[Row]) -> list[Drawn]:
    return [Drawn(name=row.head.text, numbers=row.numbers) for row in rows]


def _most(rows: Iterable[Row], measure: str) -> str:
    """What a picture shows in one sentence: the largest of its rows, and their total."""
    listed = list(rows)
    top = max(listed, key=lambda row: row.total)
    total = sum(row.total for row in listed)
    return f"最多的是{top.head.text}，{top.total} {measure}；合计 {total} {measure}。{SEEN_BESIDE}"


def _cities(book: Book, counts: Tally) -> Table:
    tiers = downwards(book)
    rows = tuple(
        _row(
            Head(text=city.short, address=urls.city(city.code)),
            (counts.by_city[city.name, tier.id] for tier in tiers),
        )
        for city in book.registry.cities.prefectures
    )
    return Table(
        anchor="cities",
        title="各地市",
        lead="现列入名单的单元，按所在地市和现有的最高层级计数。",
        caption="各地市现列入名单的单元数",
        label="地市",
        columns=_heads(book),
        rows=rows,
        totals=_sums(rows),
        chart=bars("各地市现列入名单的单元数", _most(rows, "个"), series_of(book), _drawn(rows))
        if counts.listed
        else None,
        empty="地市表里还没有地市。",
    )


def _divisions(book: Book, counts: Tally) -> Table:
    tiers = downwards(book)
    codes = {code for code, _ in counts.by_division}
    found = [
        _row(
            Head(text=f"{code} {book.registry.industry(code)}", address=urls.industry(code)),
            (counts.by_division[code, tier.id] for tier in tiers),
        )
        for code in sorted(codes)
    ]
    rows = tuple(sorted(found, key=lambda row: -row.total))
    return Table(
        anchor="industries",
        title="各行业",
        lead=f"现列入名单的单元，按 {book.registry.industries.standard} 大类计数，由多到少；没有单元的大类不列出。",
        caption="各行业大类现列入名单的单元数",
        label="行业",
        columns=_heads(book),
        rows=rows,
        totals=_sums(rows),
        chart=bars("各行业现列入名单的单元数", _most(rows, "个"), series_of(book), _drawn(rows))
        if rows
        else None,
        empty="目前没有单元列在名单中。",
    )


def _awards(book: Book, counts: Tally) -> Table:
    """Titles by the year of the award; those that list nothing have a column of their own where there are any."""
    kinds: list[str | None] = [tier.id for tier in downwards(book)]
    heads, series = _heads(book), series_of(book)
    others = any(tier is None for _, tier in counts.awards)
    if others:
        kinds.append(None)
        heads = (*heads, Head(text="其他"))
        series.append(Series(key="plain", name="其他"))
    years = {year for year, _ in counts.awards}
    rows = tuple(
        _row(Head(text=f"{year}年"), (counts.awards[year, kind] for kind in kinds))
        for year in range(min(years, default=book.as_of.year + 1), book.as_of.year + 1)
    )
    lead = "历年授予的称号，按称号对应的层级计数，含后来到期、撤销和退出的；一个单元先后获得几项就计几项。"
    return Table(
        anchor="awards",
        title="历年授予",
        lead=lead + ("“其他”是不对应名单层级的称号。" if others else ""),
        caption=f"历年授予的称号数，{book.as_of.year}年截至{words.day(book.as_of)}",
        label="年份",
        columns=heads,
        rows=rows,
        totals=_sums(rows),
        chart=columns(
            "历年授予的称号数",
            _most(rows, "项"),
            series,
            _drawn(rows),
            [(row.head.text.removesuffix("年"), 1) for row in rows],
        )
        if rows
        else None,
        empty="还没有授予过称号。",
    )


def _history(book: Book, counts: Tally) -> Table:
    tiers = downwards(book)
    first = counts.first_listing(as_of=book.as_of)
    days = year_ends(first, book.as_of) if first else []
    rows = tuple(
        _row(Head(text=words.day(day)), (numbers[tier.id] for tier in tiers))
        for day, numbers in zip(days, counts.listed_on(days), strict=True)
    )
    return Table(
        anchor="history",
        title="在册单元数的变化",
        lead="各年年底和数据截至日仍在名单中的单元，按当日的最高层级计数。图中每一级为一个月，高度是该月月底的单元数。",
        caption="各年年底和数据截至日的在册单元数",
        label="日期",
        columns=_heads(book),
        rows=rows,
        totals=None,
        chart=history_chart(book, counts),
        empty="还没有单元列入过名单。",
    )


def _expiries(book: Book) -> Table:
    tiers = downwards(book)
    months = []
    for first, link, units in by_month(book, ending(book)):
        held = Counter(book.standing(unit).tier for unit in units)
        months.append(
            (first, _row(Head(text=link.text, address=link.address), (held[tier.id] for tier in tiers)))
        )
    rows = tuple(row for _, row in months)
    by_first = dict(months)
    nothing = (0,) * len(tiers)
    ahead = months_ahead(book)
    drawn = [
        Drawn(name=words.month(first), numbers=by_first[first].numbers if first in by_first else nothing)
        for first in ahead
    ]
    years = Counter(str(first.year) for first in ahead)
    return Table(
        anchor="expiries",
        title="未来 36 个月到期",
        lead="现列入名单的单元，按有效期届满的月份和现有层级计数；没有单元到期的月份不列出。到期前重新获得称号的，期限接续。",
        caption="未来 36 个月各月到期的单元数",
        label="月份",
        columns=_heads(book),
        rows=rows,
        totals=_sums(rows),
        chart=columns(
            "未来 36 个月各月到期的单元数", _most(rows, "个"), series_of(book), drawn, list(years.items())
        )
        if rows
        else None,
        empty="未来 36 个月内没有单元到期。",
        more=Link(text="逐个单元的到期预告", address=urls.NOTICES),
    )


def _standings(book: Book, counts: Tally) -> tuple[StandingRow, ...]:
    within = book.policy.expiring_within_days
    meanings = {
        "valid": (f"在名单中，{within} 天以内不到期，或者未规定有效期。", None),
        "expiring": (f"在名单中，{within} 天以内到期。", urls.NOTICES),
        "expired": ("有效期届满，已移出名单。", urls.EXPIRED),
        "revoked": ("因称号被撤销，已移出名单。", urls.REVOKED),
        "closed": ("单元已退出，不再列入名单。", None),
        "upcoming": ("已获授称号，列入名单的日期未到。", None),
        "unlisted": ("获授过称号，没有列入名单。", None),
    }
    return tuple(
        StandingRow(mark=mark, number=counts.by_mark[key], meaning=meanings[key][0], address=meanings[key][1])
        for key, mark in words.MARKS.items()
    )
