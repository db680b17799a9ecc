"""What subscribers are told: typical cases one by one, list changes a day and kind at a time, sorted into topics.

May import the other views, `rules` and `urls`. Feeds are made from these and from nothing else. What is told of a past
day stays as it is while its facts do: nothing here speaks of the present day.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby, islice

from msgspec import Struct

from generator import urls
from generator.records import Case, City, Metric
from generator.rules.changes import Change, Kind
from generator.views import words
from generator.views.book import Book
from generator.views.cases import case_card
from generator.views.changes import MEANINGS, ChangeRow, change_row, in_order, kind_address
from generator.views.offers import CASES, CHANGES, title
from generator.views.tables import Link
from generator.views.topics import Dimension, Topic, case_topics, change_topics

NEWEST = 50
ROWS = 200
_NAMED = 3

_MANY: dict[Kind, str] = {
    "listed": "新列入 {} 个单元",
    "relisted": "重新列入 {} 个单元",
    "promoted": "{} 个单元晋级",
    "renewed": "{} 个单元续期",
    "lowered": "{} 个单元层级调整",
    "expired": "{} 个单元到期",
    "revoked": "{} 个单元被撤销",
    "closed": "{} 个单元退出",
}


class CaseStory(Struct, frozen=True, kw_only=True):
    """The full text of a case; `body` is Markdown, `tier` the name of the one its unit held on the day of publication."""

    summary: str
    metrics: tuple[Metric, ...]
    body: str
    enterprise: str
    unit: Link
    tier: str | None
    city: Link
    industry: Link
    scenes: tuple[Link, ...]
    published: date
    updated: date | None
    source: str | None


class Ground(Struct, frozen=True, kw_only=True):
    """Units whose change rests on the same document or reason."""

    document: Link | None
    authority: str
    note: str | None
    other: Link | None
    rows: tuple[ChangeRow, ...]


class ChangesStory(Struct, frozen=True, kw_only=True):
    """The changes of one kind on one day; `rest` units are left to the page of the month."""

    opening: str
    grounds: tuple[Ground, ...]
    rest: int
    month: Link


class News(Struct, frozen=True, kw_only=True):
    """One thing told: `key` is what its permanent identifier is made of, `day` when it came true or was published."""

    key: str
    title: str
    address: str
    day: date
    updated: date | None
    summary: str
    categories: tuple[str, ...]
    story: CaseStory | ChangesStory


class Stream(Struct, frozen=True, kw_only=True):
    """The news of a topic, newest first: all of them where the topic is everything, at most 50 elsewhere."""

    topic: Topic
    title: str
    description: str
    news: Sequence[News]


def case_streams(book: Book, topics: Iterable[Topic] | None = None) -> Iterator[Stream]:
    """Yield the typical cases that stand on this day, topic by topic.

    A case belongs to the tier its unit held on the day of publication, so that a later promotion makes no old case
    new to the followers of a tier.

    Args:
        book: the registry on its day, or an extract of it with all units that have cases.
        topics: the topics of cases of the registry; those of the book unless given.
    """
    found: dict[tuple[Dimension, str], list[News]] = defaultdict(list)
    for case in book.cases:
        if not book.withdrawn(case):
            news = _case_news(book, case)
            for place in _places(book, case):
                found[place].append(news)
    for topic in case_topics(book) if topics is None else topics:
        everything = found[topic.dimension, topic.value]
        yield Stream(
            topic=topic,
            title=title(book, CASES, topic),
            description=f"{book.policy.region.name}智能工厂新发布的典型案例{_only(topic)}{_notice(book)}",
            news=everything if topic.dimension == "all" else everything[:NEWEST],
        )


def change_streams(book: Book) -> Iterator[Stream]:
    """Yield the list changes up to this day, topic by topic.

    One piece of news is all changes of one kind on one day: a yearly batch of thousands of units is one, and pushes
    nothing else out of a feed.
    """
    told = book.ledger.changes(as_of=book.as_of)
    per_city: dict[str, list[Change]] = defaultdict(list)
    for change in told:
        per_city[book.registry.units[change.unit].city].append(change)
    reporter = _Reporter(book, told)
    cities = {city.code: city for city in book.registry.cities.prefectures}
    for topic in change_topics(book):
        city = cities.get(topic.value)
        news = reporter.news(per_city[city.name] if city else told, city)
        yield Stream(
            topic=topic,
            title=title(book, CHANGES, topic),
            description=f"{book.policy.region.name}智能工厂名单的变动{_only(topic)}，同一天的同类变动合为一条{_notice(book)}",
            news=tuple(islice(news, NEWEST) if city else news),
        )


def _only(topic: Topic) -> str:
    return "" if topic.dimension == "all" else f"，限{topic.title}"


def _notice(book: Book) -> str:
    return "（演示数据，企业均为虚构）" if book.policy.demonstration else ""


def _places(book: Book, case: Case) -> Iterator[tuple[Dimension, str]]:
    """Where a case belongs; scenes of another edition than the present have no topic."""
    unit = book.registry.units[case.factory]
    yield "all", ""
    held = book.account(unit).face(case.published).tier
    if held:
        yield "tier", held
    yield "city", book.city(unit).code
    yield "industry", unit.industry[:2]
    if case.edition == book.edition:
        for number in dict.fromkeys(case.scenes):
            yield "scene", str(number)


def _case_news(book: Book, case: Case) -> News:
    unit = book.registry.units[case.factory]
    city = book.city(unit)
    card = case_card(book, case)
    held = book.account(unit).face(case.published).tier
    tier = book.policy.tier(held).name if held else None
    industry = book.registry.industry(unit.industry[:2]) or unit.industry[:2]
    updated = case.updated if case.updated and case.updated <= book.as_of else None
    names = [*(scene.text for scene in card.scenes), tier, city.name, industry]
    return News(
        key=urls.case(case.id).rstrip("/"),
        title=case.title,
        address=urls.case(case.id),
        day=case.published,
        updated=updated,
        summary=f"{case.summary}（{unit.enterprise}，{unit.city}）",
        categories=_distinct(names),
        story=CaseStory(
            summary=case.summary,
            metrics=case.metrics,
            body=case.body,
            enterprise=unit.enterprise,
            unit=card.unit,
            tier=tier,
            city=Link(text=city.name, address=urls.city(city.code)),
            industry=Link(text=industry, address=urls.industry(unit.industry)),
            scenes=card.scenes,
            published=case.published,
            updated=updated,
            source=case.source,
        ),
    )


class _Reporter:
    """Puts runs of changes into words."""

    def __init__(self, book: Book, told: Sequence[Change]) -> None:
        self._book = book
        self._place = in_order(book)
        self._months = {
            month: Counter(change.kind for change in group) for month, group in groupby(told, key=_month)
        }

    def news(self, told: Iterable[Change], city: City | None) -> Iterator[News]:
        """Yield the news of changes that are in order of their days; within a day in the order of the kinds."""
        for _, same_day in groupby(told, key=lambda change: change.day):
            ordered = sorted(same_day, key=self._place)
            for _, group in groupby(ordered, key=lambda change: change.kind):
                yield self._one(list(group), city)

    def _one(self, group: Sequence[Change], city: City | None) -> News:
        first, number = group[0], len(group)
        day, kind, month = first.day, first.kind, _month(first)
        many = _MANY[kind].format(number)
        steps = Counter(self._step(change) for change in group)
        moves = "、".join(f"{step} {count} 个" for step, count in steps.items())
        if number <= _NAMED:
            units = [self._book.registry.units[change.unit] for change in group]
            heading = f"{words.CHANGES[kind]}：{'、'.join(unit.enterprise + unit.name for unit in units)}"
        else:
            heading = f"{f'{city.short}：' if city else ''}{many}（{words.day(day)}）"
        opening = f"{words.day(day)}，{city.name if city else ''}{many}：{moves}。{MEANINGS[kind]}"
        held = [tier for change in group for tier in (change.before, change.after) if tier]
        place = f"/{city.code}" if city else ""
        return News(
            key=f"changes/{day.isoformat()}/{kind}{place}",
            title=heading,
            address=kind_address(month, kind, self._months[month]),
            day=day,
            updated=None,
            summary=opening,
            categories=_distinct(
                [
                    words.CHANGES[kind],
                    *(tier.name for tier in reversed(self._book.policy.tiers) if tier.id in held),
                ]
            ),
            story=ChangesStory(
                opening=opening,
                grounds=self._grounds(group[:ROWS]),
                rest=max(0, number - ROWS),
                month=Link(text=words.month(day), address=urls.changes_of_month(*month)),
            ),
        )

    def _step(self, change: Change) -> str:
        """The tiers on both sides in words; one name where the other side is outside the lists or the same."""
        names = [self._book.policy.tier(tier).name for tier in (change.before, change.after) if tier]
        return "→".join(dict.fromkeys(names)) or "名单外"

    def _grounds(self, group: Sequence[Change]) -> tuple[Ground, ...]:
        found: dict[tuple[Link | None, str | None, Link | None], list[ChangeRow]] = defaultdict(list)
        for change in group:
            row = change_row(self._book, change)
            found[row.document, row.note, row.other].append(row)
        return tuple(
            Ground(document=document, authority=rows[0].authority, note=note, other=other, rows=tuple(rows))
            for (document, note, other), rows in found.items()
        )


def _month(change: Change) -> tuple[int, int]:
    return change.day.year, change.day.month


def _distinct(names: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))
