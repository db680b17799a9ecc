"""What changed in the lists as the API tells it: one shape for a unit's file and for the file of a month.

May import `fields`, `rules` and `views`. What a change is comes from `rules.changes`.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from datetime import date as Day
from itertools import groupby
from typing import Annotated

from msgspec import Meta, Struct
from msgspec.structs import asdict

from generator import urls
from generator.exports import fields as f
from generator.rules.changes import Change
from generator.views import words
from generator.views.book import Book

MonthName = Annotated[
    str, Meta(title="月份", description="年和月。", pattern=r"^\d{4}-\d{2}$", examples=["2026-06"])
]
Changed = Annotated[int, Meta(title="项数", description="变动的项数。", ge=0)]


class CancelledTitle(Struct, frozen=True, kw_only=True):
    """引起变动的称号撤销。"""

    unit: Annotated[str, Meta(title="单元编号", description="被撤销称号的单元，可能是同一企业的另一个单元。")]
    title: Annotated[str, Meta(title="称号", description="被撤销的称号。")]
    document: Annotated[str, Meta(title="文号", description="撤销所依据的文件的编号。")]


class UnitChange(Struct, frozen=True, kw_only=True):
    """一个单元的一项名单变动；一个单元一天至多一项。"""

    day: Annotated[Day, Meta(title="日期", description="变动后的情形成立的第一天。")]
    kind: Annotated[
        str,
        Meta(
            title="变动代码",
            description="listed 新列入；relisted 重新列入；promoted 晋级；renewed 续期；lowered 层级调整；"
            "expired 到期；revoked 撤销；closed 退出。",
            examples=["listed"],
        ),
    ]
    kind_name: Annotated[str, Meta(title="变动", description="变动的名称。")]
    before: Annotated[
        str | None, Meta(title="变动前层级代码", description="前一天的层级，不在名单中的为空。")
    ]
    before_name: Annotated[str | None, Meta(title="变动前层级", description="变动前层级的名称。")]
    after: Annotated[str | None, Meta(title="变动后层级代码", description="当天的层级，不在名单中的为空。")]
    after_name: Annotated[str | None, Meta(title="变动后层级", description="变动后层级的名称。")]
    title: Annotated[
        str | None,
        Meta(title="称号", description="开始或终止的列入所依据的称号；退出时本来不在名单中的为空。"),
    ]
    document: Annotated[
        str | None,
        Meta(title="文号", description="授予或撤销所依据的文件的编号；到期和退出没有文件，为空。"),
    ]
    cancelled: Annotated[
        CancelledTitle | None,
        Meta(title="撤销的称号", description="引起变动的称号撤销，与撤销无关的为空。"),
    ]


class MonthChange(UnitChange, frozen=True, kw_only=True):
    """一个月里的一项名单变动。"""

    unit: f.UnitId
    name: f.UnitName
    enterprise: f.Enterprise
    city: f.City
    page: f.Page


class Month(Struct, frozen=True, kw_only=True):
    """一个月的名单变动，新的在前，同一天的按单元编号排列。"""

    month: MonthName
    through: Annotated[
        Day,
        Meta(
            title="截至",
            description="说到哪一天为止：已经过完的月份是月末，没有过完的是数据截至日。",
        ),
    ]
    number: Changed
    changes: Annotated[
        tuple[MonthChange, ...],
        Meta(title="名单变动", description="新的在前，同一天的按单元编号排列。"),
    ]


class MonthEntry(Struct, frozen=True, kw_only=True):
    """一个有名单变动的月份。"""

    month: MonthName
    number: Changed
    url: Annotated[str, Meta(title="地址", description="这个月的文件的地址。")]


class Months(Struct, frozen=True, kw_only=True):
    """有名单变动的月份，新的在前。"""

    as_of: f.AsOf
    next_transition: f.NextTransition
    months: Annotated[tuple[MonthEntry, ...], Meta(title="月份", description="新的在前。")]


def unit_change(book: Book, change: Change) -> UnitChange:
    """Return a change as the file of its unit tells it."""
    cancelled = change.cancelled
    return UnitChange(
        day=change.day,
        kind=change.kind,
        kind_name=words.CHANGES[change.kind],
        before=change.before,
        before_name=book.policy.tier(change.before).name if change.before else None,
        after=change.after,
        after_name=book.policy.tier(change.after).name if change.after else None,
        title=change.listing.award.title.name if change.listing else None,
        document=change.document,
        cancelled=CancelledTitle(unit=cancelled.unit, title=cancelled.title, document=cancelled.document)
        if cancelled
        else None,
    )


def _month_change(book: Book, change: Change, base: str) -> MonthChange:
    unit = book.registry.units[change.unit]
    return MonthChange(
        **asdict(unit_change(book, change)),
        unit=unit.id,
        name=unit.name,
        enterprise=unit.enterprise,
        city=book.city(unit).code,
        page=base + urls.unit(unit.id),
    )


def months(book: Book, changes: Sequence[Change], base: str) -> Iterator[Month]:
    """Yield the months with a change, newest first.

    Args:
        book: the registry on its day.
        changes: those up to the day of the book, newest first.
        base: the address of the site with a closing slash.
    """
    for (year, month), found in groupby(changes, key=lambda change: (change.day.year, change.day.month)):
        rows = tuple(_month_change(book, change, base) for change in found)
        end = Day(year, month, monthrange(year, month)[1])
        yield Month(month=f"{year}-{month:02d}", through=min(end, book.as_of), number=len(rows), changes=rows)


def months_index(book: Book, entries: Iterable[MonthEntry]) -> Months:
    """Return the months that have a file of their own."""
    return Months(
        as_of=book.as_of,
        next_transition=book.ledger.next_transition(as_of=book.as_of),
        months=tuple(entries),
    )


def month_entry(month: Month, base: str) -> MonthEntry:
    """Return a month as the index of months names it.

    Args:
        month: with its changes.
        base: the address of the site with a closing slash.
    """
    return MonthEntry(month=month.month, number=month.number, url=base + address(month.month))


def address(month: str) -> str:
    """Return the address of the file of a month, `2026-06`."""
    return urls.api(f"changes/{month}")
