"""The badge of a unit, as an enterprise shows it on its own site: tier or status, term, and the day it speaks of.

May import `views.book`, `views.words`, `views.drawing` and `urls`. All badges of a registry have one size, which its
policy and the longest number decide: what is embedded once still fits when the unit's tier or status is another.
"""

from datetime import date
from math import ceil

from msgspec import Struct

from generator import urls
from generator.records import Unit
from generator.rules.engine import ONE_DAY
from generator.views import words
from generator.views.book import Book
from generator.views.drawing import breadth
from generator.views.words import Mark

HEIGHT = 64
PAD = 12
# Sizes of type: the tier or status, what holds of it, and all else.
HEAD, LINE, SMALL = 17, 13, 11
# A mark's shape is as large as the line it stands in, and this far from its word.
GAP = 4
# As wide as a day gets.
_LONG_DAY = date(2028, 12, 30)
_LIST = "智能工厂"
# The marks of a unit that holds a tier: they stand before the term, the others in the tier's place.
_HOLDING = ("valid", "expiring")


class Frame(Struct, frozen=True, kw_only=True):
    """The size of a registry's badges, and how much of it the panel of the tier takes."""

    width: int
    height: int
    panel: int


class BadgeLink(Struct, frozen=True, kw_only=True):
    """Where a badge is, how large, and the words in its place; these hold on any day."""

    address: str
    width: int
    height: int
    alt: str


class Badge(Struct, frozen=True, kw_only=True):
    """What a badge says: `step` is the tier's rung, None where no tier is held, and then `head` is the mark's word.

    `title` and `text` say in words all that the picture shows.
    """

    frame: Frame
    step: int | None
    head: str
    below: str
    mark: Mark
    line: str
    source: str
    day: str
    title: str
    text: str


def frame(book: Book) -> Frame:
    """Return the size of all badges of a registry, wide enough for whatever one of them may come to say."""
    tiers = [tier.name for tier in book.policy.tiers]
    beside = [breadth(words.MARKS[key].word, LINE) for key in _HOLDING]
    heads = [*tiers, *(mark.word for mark in words.MARKS.values() if mark.key not in _HOLDING)]
    panel = max(*(breadth(head, HEAD) for head in heads), breadth(_LIST, SMALL)) + 2 * PAD
    marked = LINE + GAP + max(beside) + 2 * GAP
    lines = [
        marked + breadth(_through(_LONG_DAY), LINE),
        *(
            breadth(line, LINE)
            for name in tiers
            for line in (_ended(name, _LONG_DAY), *_moved(name, _LONG_DAY))
        ),
        breadth(_source(book, max(book.registry.units, key=len, default="")), SMALL),
        breadth(_day(book, _LONG_DAY), SMALL),
    ]
    return Frame(width=ceil(panel + max(lines)) + 2 * PAD, height=HEIGHT, panel=ceil(panel))


def badge_link(book: Book, unit: Unit, size: Frame) -> BadgeLink:
    """Return how a unit's badge is shown on a page.

    Args:
        book: the registry on its day.
        unit: whose badge.
        size: that of all badges.
    """
    return BadgeLink(
        address=urls.badge(unit.id),
        width=size.width,
        height=size.height,
        alt=f"{unit.name}（{unit.id}）在{book.policy.name}中的现行状态",
    )


def badge(book: Book, unit: Unit, size: Frame) -> Badge:
    """Return the badge of a unit on this day.

    Args:
        book: the registry on its day.
        unit: whose badge.
        size: that of all badges.
    """
    mark, tier = words.mark(book.standing(unit)), book.tier(unit)
    head = tier.name if tier else mark.word
    fiction = "演示数据，不代表任何真实认定。" if book.policy.demonstration else ""
    return Badge(
        frame=size,
        step=tier.rank + 1 if tier else None,
        head=head,
        below=_LIST,
        mark=mark,
        line=_line(book, unit),
        source=_source(book, unit.id),
        day=_day(book, book.as_of),
        title=f"{unit.name}：{f'{head}{_LIST}，{mark.word}' if tier else mark.word}",
        text=f"{book.policy.name}，编号{unit.id}，{unit.enterprise}。{words.answer(book, unit)}{fiction}",
    )


def _line(book: Book, unit: Unit) -> str:
    standing = book.standing(unit)
    if standing.tier:
        return _through(standing.valid_through)
    if standing.status == "closed" and unit.closed:
        return f"{words.day(unit.closed.date)}退出"
    ended, coming = book.last_listing(unit), book.next_listing(unit)
    if standing.status == "expired" and ended and ended.last:
        return _ended(book.policy.tier(ended.tier).name, ended.last)
    if standing.status == "revoked" and ended and ended.last:
        return _moved(book.policy.tier(ended.tier).name, ended.last + ONE_DAY)[0]
    if standing.status == "upcoming" and coming:
        return _moved(book.policy.tier(coming.tier).name, coming.first)[1]
    return "获授过称号，没有列入名单"


def _through(last: date | None) -> str:
    return f"有效期至 {words.day(last)}" if last else "未规定有效期"


def _ended(tier: str, last: date) -> str:
    return f"{tier}有效期至 {words.day(last)}"


def _moved(tier: str, day: date) -> tuple[str, str]:
    return f"{words.day(day)}移出{tier}名单", f"{words.day(day)}起列入{tier}名单"


def _source(book: Book, unit_id: str) -> str:
    return f"{book.policy.name} {unit_id}"


def _day(book: Book, day: date) -> str:
    return f"数据截至 {words.day(day)}{'（演示数据）' if book.policy.demonstration else ''}"
