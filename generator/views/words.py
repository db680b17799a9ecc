"""How the register speaks: dates, marks and the one sentence that answers for a unit.

May import `rules`, `records` and `views.book`. Words only; what is true comes from the standing.
"""

from datetime import date

from msgspec import Struct

from generator import urls
from generator.records import Unit
from generator.rules.changes import Kind
from generator.rules.engine import ONE_DAY
from generator.rules.terms import EndedBy, Standing, Status
from generator.views.book import Book

NOUNS = {"数字化车间": "该车间", "智能工厂": "该工厂"}

ENDINGS: dict[EndedBy, str] = {
    "expired": "到期",
    "revoked": "因撤销移出",
    "closed": "退出",
    "renewed": "续期",
    "promoted": "晋级",
}

CHANGES: dict[Kind, str] = {
    "listed": "新列入",
    "relisted": "重新列入",
    "promoted": "晋级",
    "renewed": "续期",
    "lowered": "层级调整",
    "expired": "到期",
    "revoked": "撤销",
    "closed": "退出",
}


class Mark(Struct, frozen=True, kw_only=True):
    """A status as readers see it: `key` names shape and colour, `word` says it."""

    key: str
    word: str


class TierMark(Struct, frozen=True, kw_only=True):
    """A tier as readers see it; `step` is its rung, from 1 for the lowest."""

    step: int
    name: str
    address: str


def day(value: date) -> str:
    """Return a day as readers see it, `2025年12月5日`."""
    return f"{value.year}年{value.month}月{value.day}日"


def month(value: date) -> str:
    """Return a month as readers see it, `2025年12月`."""
    return f"{value.year}年{value.month}月"


MARKS = {
    mark.key: mark
    for mark in (
        Mark(key="valid", word="有效"),
        Mark(key="expiring", word="即将到期"),
        Mark(key="expired", word="已到期"),
        Mark(key="revoked", word="已撤销"),
        Mark(key="closed", word="已退出"),
        Mark(key="upcoming", word="待列入"),
        Mark(key="unlisted", word="未列入"),
    )
}
_LOWER = Mark(key="lower", word="层级有变")


def mark(standing: Standing) -> Mark:
    """Return the mark of a standing: word, shape and colour."""
    return mark_of(standing.status, expiring=standing.expiring)


def mark_of(status: Status, *, expiring: bool = False) -> Mark:
    """Return the mark of a status; of those listed, the ones near their end have their own."""
    if status == "listed":
        return MARKS["expiring" if expiring else "valid"]
    return MARKS[status]


def mark_after(book: Book, unit: Unit) -> Mark | None:
    """Return the mark of a unit once its tier has ended, for pages that nobody has rebuilt; None while that never comes."""
    through = book.standing(unit).valid_through
    if through is None:
        return None
    status = book.account(unit).face(through + ONE_DAY).status
    return _LOWER if status == "listed" else MARKS[status]


def term(first: date, last: date | None) -> str:
    """Return an interval in words; without an end it says so."""
    return f"{day(first)}至{day(last)}" if last else f"{day(first)}起，未设到期日"


def answer(book: Book, unit: Unit) -> str:
    """Return the one sentence that answers for a unit: what it is on this day, since when, until when."""
    return f"截至{day(book.as_of)}，{noun(unit)}{_predicate(book, unit)}"


def noun(unit: Unit) -> str:
    """Return how sentences name a unit, by its kind."""
    return NOUNS.get(unit.kind, "该单元")


def _predicate(book: Book, unit: Unit) -> str:
    standing = book.standing(unit)
    tier = book.tier(unit)
    if tier and standing.since:
        through = f"有效期至{day(standing.valid_through)}" if standing.valid_through else "该层级未规定有效期"
        return f"为{tier.name}智能工厂，自{day(standing.since)}起列入名单，{through}。"
    if standing.status == "closed" and unit.closed:
        return f"已不在名单中：{day(unit.closed.date)}退出（{unit.closed.reason}）。"
    ended = book.last_listing(unit)
    if standing.status in ("expired", "revoked") and ended and ended.last:
        name = book.policy.tier(ended.tier).name
        if standing.status == "expired":
            return f"已不在名单中：{name}有效期至{day(ended.last)}，现已到期。"
        left = ended.last + ONE_DAY
        own = [found.title for found in unit.revocations if book.day_of(found) == left]
        why = f"“{'”“'.join(own)}”称号被撤销" if own else "同一企业的称号被撤销"
        return f"已不在名单中：因{why}，自{day(left)}起移出{name}名单。"
    coming = book.next_listing(unit)
    if standing.status == "upcoming" and coming:
        return f"尚未列入名单，将自{day(coming.first)}起列入{book.policy.tier(coming.tier).name}名单。"
    return "获授过称号，但没有列入名单。"


def bar_sentence(book: Book, standing: Standing) -> str | None:
    """Return in words the bar that holds on this day, or None."""
    if standing.barred_through is None:
        return None
    names = "、".join(tier.name for tier in book.policy.tiers if tier.revocable)
    return f"该企业有称号被撤销，{day(standing.barred_through)}及以前不再列入{names}名单。"


def why_unlisted(book: Book, unit: Unit) -> str | None:
    """Return in words why a unit with a title stands in no list, or None where a listing exists."""
    account = book.account(unit)
    if account.listings:
        return None
    wanted = [a.title.min_maturity for a in account.life.awards if a.title.min_maturity]
    if wanted and max((found.level for found in unit.maturity), default=0) < min(wanted):
        return f"列入名单还需要智能制造能力成熟度达到{min(wanted)}级，目前没有达到这一级的记录。"
    if account.bars:
        return "授予前后企业有称号被撤销，按规定不列入名单。"
    return "所获称号不对应名单中的任何层级。"


def tier_mark(book: Book, tier_id: str) -> TierMark:
    """Return the mark of a tier."""
    tier = book.policy.tier(tier_id)
    return TierMark(step=tier.rank + 1, name=tier.name, address=urls.tier(tier.id))
