"""What changed in the lists, month by month: the index of months, and each month by kind.

May import the other views, `rules` and `urls`. What a change is comes from `rules.changes`; here it is put into words.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby

from msgspec import Struct

from generator import urls
from generator.rules.changes import KINDS, Change, Kind
from generator.rules.engine import ONE_DAY
from generator.views import words
from generator.views.book import Book
from generator.views.tables import ROWS_A_PAGE, Count, Link, Pager, counted, parts
from generator.views.units import document_link
from generator.views.words import TierMark

NEWEST = 10

MEANINGS: dict[Kind, str] = {
    "listed": "第一次进入名单。",
    "relisted": "曾经移出名单，这次再次进入。",
    "promoted": "从较低层级升到较高层级。",
    "renewed": "在同一层级重新获得称号，期限接续。",
    "lowered": "较高层级的列入已经结束，仍在较低层级的名单中。",
    "expired": "有效期届满，从次日起不在名单中。",
    "revoked": "称号被撤销，当日移出名单。",
    "closed": "注销、迁出、合并或自愿退出，当日移出名单。",
}


class ChangeRow(Struct, frozen=True, kw_only=True):
    """One change as a row: the tiers on both sides (None outside the lists) and its ground in words and documents."""

    day: date
    kind: str
    unit: Link
    enterprise: str
    city: Link
    before: TierMark | None
    after: TierMark | None
    document: Link | None
    authority: str
    note: str | None
    other: Link | None


class MonthRow(Struct, frozen=True, kw_only=True):
    """A month with its number of changes of each kind, in the order of the columns."""

    month: Link
    numbers: tuple[int, ...]
    total: int


class ChangesPage(Struct, frozen=True, kw_only=True):
    """One page of the months in which something changed, newest first, with the newest changes on the first page."""

    total: int
    columns: tuple[str, ...]
    months: tuple[MonthRow, ...]
    newest: tuple[ChangeRow, ...]
    pager: Pager


class KindGroup(Struct, frozen=True, kw_only=True):
    """The changes of one kind on this page, of so many in the month; `anchor` is `renewed`."""

    anchor: str
    name: str
    meaning: str
    number: int
    rows: tuple[ChangeRow, ...]


class MonthPage(Struct, frozen=True, kw_only=True):
    """One page of what changed in a month; `index` leads to where each kind begins."""

    name: str
    index: tuple[Count, ...]
    groups: tuple[KindGroup, ...]
    earlier: Link | None
    later: Link | None
    pager: Pager


def changes_pages(book: Book, told: Sequence[Change]) -> Iterator[ChangesPage]:
    """Yield the index of months.

    Args:
        book: the registry on its day.
        told: what changed up to this day, newest first.
    """
    kinds = Counter(change.kind for change in told)
    shown = tuple(kind for kind in KINDS if kinds[kind])
    months = [(month, Counter(change.kind for change in group)) for month, group in groupby(told, key=_month)]
    for pager in parts(urls.CHANGES, len(months)):
        yield ChangesPage(
            total=len(told),
            columns=tuple(words.CHANGES[kind] for kind in shown),
            months=tuple(
                MonthRow(
                    month=_month_link(month),
                    numbers=tuple(numbers[kind] for kind in shown),
                    total=numbers.total(),
                )
                for month, numbers in months[pager.first_row - 1 : pager.last_row]
            ),
            newest=tuple(change_row(book, change) for change in told[:NEWEST]) if pager.number == 1 else (),
            pager=pager,
        )


def month_pages(book: Book, told: Sequence[Change]) -> Iterator[MonthPage]:
    """Yield the pages of every month in which something changed, newest first.

    Args:
        book: the registry on its day.
        told: what changed up to this day, newest first.
    """
    months = [(month, list(group)) for month, group in groupby(told, key=_month)]
    place = in_order(book)
    for number, (month, group) in enumerate(months):
        address = urls.changes_of_month(*month)
        group.sort(key=place)
        numbers = Counter(change.kind for change in group)
        index = counted(
            (Link(text=words.CHANGES[kind], address=kind_address(month, kind, numbers)), numbers[kind])
            for kind in KINDS
        )
        for pager in parts(address, len(group)):
            rows = group[pager.first_row - 1 : pager.last_row]
            yield MonthPage(
                name=_month_link(month).text,
                index=index,
                groups=tuple(
                    KindGroup(
                        anchor=kind,
                        name=words.CHANGES[kind],
                        meaning=MEANINGS[kind],
                        number=numbers[kind],
                        rows=tuple(change_row(book, change) for change in found),
                    )
                    for kind, found in groupby(rows, key=lambda change: change.kind)
                ),
                earlier=_month_link(months[number + 1][0]) if number + 1 < len(months) else None,
                later=_month_link(months[number - 1][0]) if number else None,
                pager=pager,
            )


def in_order(book: Book) -> Callable[[Change], tuple[int, int, int, int, str]]:
    """Return what the changes of a month are sorted by: kind, newest day, highest tier, city, number."""
    cities = {city.name: place for place, city in enumerate(book.registry.cities.prefectures)}

    def place(change: Change) -> tuple[int, int, int, int, str]:
        held = change.after or change.before
        rank = book.policy.tier(held).rank if held else -1
        city = cities[book.registry.units[change.unit].city]
        return KINDS.index(change.kind), -change.day.toordinal(), -rank, city, change.unit

    return place


def kind_address(month: tuple[int, int], kind: Kind, numbers: Mapping[Kind, int]) -> str:
    """Return where the changes of a kind begin among the pages of a month.

    Args:
        month: its year and number.
        kind: one that occurs in the month.
        numbers: how many changes of each kind the month has.
    """
    above = sum(numbers.get(other, 0) for other in KINDS[: KINDS.index(kind)])
    return f"{urls.numbered(urls.changes_of_month(*month), above // ROWS_A_PAGE + 1)}#{kind}"


def _month(change: Change) -> tuple[int, int]:
    return change.day.year, change.day.month


def _month_link(month: tuple[int, int]) -> Link:
    return Link(text=words.month(date(*month, 1)), address=urls.changes_of_month(*month))


def change_row(book: Book, change: Change) -> ChangeRow:
    """Return a change as a row."""
    unit = book.registry.units[change.unit]
    city = book.city(unit)
    document, authority = document_link(book, change.document) if change.document else (None, "")
    return ChangeRow(
        day=change.day,
        kind=words.CHANGES[change.kind],
        unit=Link(text=unit.name, address=urls.unit(unit.id)),
        enterprise=unit.enterprise,
        city=Link(text=city.short, address=urls.city(city.code)),
        before=words.tier_mark(book, change.before) if change.before else None,
        after=words.tier_mark(book, change.after) if change.after else None,
        document=document,
        authority=authority,
        note=_note(book, change),
        other=_other(book, change),
    )


def _note(book: Book, change: Change) -> str | None:
    """What the document does, or why there is none."""
    unit = book.registry.units[change.unit]
    if change.kind == "closed" and unit.closed:
        return unit.closed.reason
    if change.cancelled:
        reason = next(
            (
                found.reason
                for found in book.registry.units[change.cancelled.unit].revocations
                if found.title == change.cancelled.title and found.document == change.cancelled.document
            ),
            None,
        )
        whose = "" if change.cancelled.unit == change.unit else "同一企业的"
        return f"撤销{whose}“{change.cancelled.title}”" + (f"：{reason}" if reason else "")
    if change.document and change.listing:
        return f"授予“{change.listing.award.title.name}”"
    if change.listing:
        tier = book.policy.tier(change.listing.tier).name
        return f"{tier}有效期至{words.day(change.day - ONE_DAY)}"
    return None


def _other(book: Book, change: Change) -> Link | None:
    """The other unit that has a part in it: the sister whose title was cancelled, or the one that goes on instead."""
    closed = book.registry.units[change.unit].closed
    if change.kind == "closed":
        other = closed.successor if closed else None
    else:
        other = change.cancelled.unit if change.cancelled and change.cancelled.unit != change.unit else None
    return Link(text=book.registry.units[other].name, address=urls.unit(other)) if other else None
