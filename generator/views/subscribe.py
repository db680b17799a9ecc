"""What the page about feeds and calendars shows: what can be followed, and under which addresses.

May import the other views and `urls`.
"""

from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct

from generator import urls
from generator.views import offers
from generator.views.book import Book
from generator.views.expiries import REMINDERS
from generator.views.tables import Link
from generator.views.topics import Topic, case_topics, change_topics, expiry_topics

FORMS = tuple((ending, word) for ending, word, _ in offers.FORMS)

CASES = "新案例"
CHANGES = "名单变动"
EXPIRIES = "到期日历"


class Followed(Struct, frozen=True, kw_only=True):
    """One address to follow: `form` is how it is written, `absolute` its address on the host the site is made for."""

    form: str
    address: str
    absolute: str


class Subject(Struct, frozen=True, kw_only=True):
    """One of the things most people follow, with the page that shows the same; the first address is for most."""

    name: str
    note: str
    page: Link
    addresses: tuple[Followed, ...]
    calendar: bool


class Cell(Struct, frozen=True, kw_only=True):
    """The addresses of one subject for one topic; `subject` names them to those who cannot see the table's head."""

    subject: str
    addresses: tuple[Followed, ...]


class TopicRow(Struct, frozen=True, kw_only=True):
    """One topic: the page that shows the same, and its addresses."""

    topic: Link
    cells: tuple[Cell, ...]


class Dimension(Struct, frozen=True, kw_only=True):
    """All topics of one sort; `anchor` leads to them, `label` heads their column, `subjects` the others."""

    anchor: str
    name: str
    label: str
    subjects: tuple[str, ...]
    rows: tuple[TopicRow, ...]


class SubscribePage(Struct, frozen=True, kw_only=True):
    """Everything the page about feeds and calendars shows."""

    subjects: tuple[Subject, ...]
    reminders: tuple[int, ...]
    dimensions: tuple[Dimension, ...]


# The sorts of topics in the order of the page: key, name, and the head of their column.
_DIMENSIONS = (
    ("tier", "按层级", "层级"),
    ("city", "按地市", "地市"),
    ("industry", "按行业", "行业"),
    ("scene", "按场景", "典型场景"),
)


def subscribe_page(book: Book, base: str) -> SubscribePage:
    """Return the page.

    Args:
        book: the registry on its day.
        base: the address of the site, with a closing slash.
    """
    cases, changes, expiries = list(case_topics(book)), list(change_topics(book)), list(expiry_topics(book))
    return SubscribePage(
        subjects=(
            Subject(
                name=CASES,
                note="新发布的典型案例，每个案例一条。",
                page=Link(text="典型案例", address=urls.CASES),
                addresses=_feeds(_whole(cases), base, FORMS),
                calendar=False,
            ),
            Subject(
                name=CHANGES,
                note="新列入、晋级、续期、到期、撤销和退出，同一天的同类变动合为一条。",
                page=Link(text=CHANGES, address=urls.CHANGES),
                addresses=_feeds(_whole(changes), base, FORMS),
                calendar=False,
            ),
            Subject(
                name=EXPIRIES,
                note=f"有单元到期的日子，每天一个全天日程，提前 {'、'.join(map(str, REMINDERS))} 天提醒。",
                page=Link(text="到期预告", address=urls.NOTICES),
                addresses=_calendar(_whole(expiries), base),
                calendar=True,
            ),
        ),
        reminders=REMINDERS,
        dimensions=tuple(_dimensions(cases, changes, expiries, base)),
    )


def _dimensions(
    cases: list[Topic], changes: list[Topic], expiries: list[Topic], base: str
) -> Iterator[Dimension]:
    offered: tuple[tuple[str, list[Topic], Callable[[Topic, str], tuple[Followed, ...]]], ...] = (
        (CASES, cases, _feeds),
        (CHANGES, changes, _feeds),
        (EXPIRIES, expiries, _calendar),
    )
    for key, name, label in _DIMENSIONS:
        columns = [
            (subject, {topic.value: addresses(topic, base) for topic in topics if topic.dimension == key})
            for subject, topics, addresses in offered
        ]
        columns = [(subject, found) for subject, found in columns if found]
        rows = tuple(
            TopicRow(
                topic=Link(text=topic.title, address=topic.page),
                cells=tuple(
                    Cell(subject=subject, addresses=found.get(topic.value, ())) for subject, found in columns
                ),
            )
            for topic in cases
            if topic.dimension == key
        )
        if rows:
            yield Dimension(
                anchor=key,
                name=name,
                label=label,
                subjects=tuple(subject for subject, _ in columns),
                rows=rows,
            )


def _whole(topics: Iterable[Topic]) -> Topic:
    return next(topic for topic in topics if topic.dimension == "all")


def _feeds(topic: Topic, base: str, forms: Iterable[tuple[str, str]] = FORMS[:2]) -> tuple[Followed, ...]:
    """The forms that readers know; the third is for programs, which make its address from these."""
    return tuple(_followed(word, urls.feed(topic.key, form), base) for form, word in forms)


def _calendar(topic: Topic, base: str) -> tuple[Followed, ...]:
    return (_followed("日历", urls.calendar(topic.key), base),)


def _followed(form: str, address: str, base: str) -> Followed:
    return Followed(form=form, address=address, absolute=base + address)
