"""What subscribers are told, and when: topics of cases, batches of changes, and the days on which both turn."""

from collections.abc import Sequence
from datetime import date

import pytest
from msgspec.structs import replace

from generator.records import Award, Case, Closing, Edition, Link, Scene, Scenes, Unit
from generator.views.book import Book
from generator.views.expiries import topic_calendars
from generator.views.news import (
    NEWEST,
    ROWS,
    ChangesStory,
    News,
    case_streams,
    change_streams,
)
from generator.views.offers import everywhere, offers
from generator.views.topics import case_topics, change_topics
from tests.books import AS_OF_DAY as PRESENT
from tests.books import book
from tests.feeds.shelf import ONE_DAY, issued, with_cases, with_units


def cases(found: Book) -> dict[str, list[str]]:
    """The keys of the cases told in each topic."""
    return {stream.topic.key: [news.key for news in stream.news] for stream in case_streams(found)}


def changes(found: Book, topic: str = "changes") -> Sequence[News]:
    return next(stream.news for stream in change_streams(found) if stream.topic.key == topic)


def names(news: News) -> list[str]:
    assert isinstance(news.story, ChangesStory)
    return [row.unit.text for ground in news.story.grounds for row in ground.rows]


@pytest.fixture(scope="module")
def present() -> Book:
    return book()


@pytest.fixture(scope="module")
def case(present: Book) -> Case:
    return next(case for case in present.cases if not present.withdrawn(case))


def plain(present: Book, number: int, day: date, **altered: object) -> Unit:
    """A unit of 哈尔滨 with one award of a title that lists at once."""
    document = next(iter(present.registry.documents))
    unit = Unit(
        id=f"2301-9{number:03d}",
        name=f"{number}号车间",
        kind="数字化车间",
        enterprise=f"哈尔滨示例第{number}有限公司",
        city="哈尔滨市",
        industry="342",
        titles=(Award(title="先进级数字化车间", document=document, date=day),),
    )
    return replace(unit, **altered)


def test_a_case_is_in_the_topics_of_its_unit_and_scenes(present: Book) -> None:
    told = cases(present)
    unit = present.registry.units["2309-0004"]
    assert [key for key, found in told.items() if "cases/2026-0025" in found] == [
        "cases",
        f"cases-tier-{present.account(unit).face(date(2026, 11, 20)).tier}",
        "cases-city-230900",
        "cases-industry-06",
        *sorted(f"cases-scene-{n}" for n in present.registry.cases["2026-0025"].scenes),
    ]
    assert told.keys() == {topic.key for topic in case_topics(present)}
    assert sum(len(found) for key, found in told.items() if "-city-" in key) == len(told["cases"])


def test_the_tier_is_that_of_the_day_of_publication(present: Book, case: Case) -> None:
    """The day before a promotion and the day of it: a later promotion moves no case that was told before."""
    promoted = next(
        change
        for change in present.ledger.changes(as_of=PRESENT)
        if change.kind == "promoted" and change.before
    )
    tiers = {}
    for place, day in enumerate((promoted.day - ONE_DAY, promoted.day)):
        told = replace(case, id=f"2026-900{place}", factory=promoted.unit, published=day)
        found = cases(with_cases(present, told))
        tiers[place] = [key for key in found if "-tier-" in key and f"cases/{told.id}" in found[key]]
    assert tiers == {0: [f"cases-tier-{promoted.before}"], 1: [f"cases-tier-{promoted.after}"]}


def test_a_case_of_a_unit_outside_the_lists_has_no_tier(present: Book, case: Case) -> None:
    first = next(c for c in present.ledger.changes(as_of=PRESENT) if c.kind == "listed")
    early = replace(case, id="2026-9001", factory=first.unit, published=first.day - ONE_DAY)
    found = cases(with_cases(present, early))
    assert [key for key in found if "-tier-" in key and "cases/2026-9001" in found[key]] == []
    assert "cases/2026-9001" in found["cases"]


def test_scenes_of_another_edition_have_no_topic(present: Book, case: Case) -> None:
    old = Edition(
        edition="2021", links=(Link(number=1, name="环节", scenes=(Scene(number=9, name="旧场景"),)),)
    )
    scenes = Scenes(editions=(old, *present.registry.scenes.editions))
    registry = replace(present.registry, scenes=scenes)
    found = with_cases(Book(registry, present.ledger, PRESENT), replace(case, edition="2021", scenes=(9,)))
    told = cases(found)
    assert [key for key in told if "scene" in key and f"cases/{case.id}" in told[key]] == []
    news = next(news for stream in case_streams(found) for news in stream.news if news.key.endswith(case.id))
    assert "旧场景" in news.categories


def test_a_case_enters_on_its_day(present: Book, case: Case) -> None:
    for day, there in (
        (case.published - ONE_DAY, False),
        (case.published, True),
        (case.published + ONE_DAY, True),
    ):
        told = cases(book(day))
        assert any(f"cases/{case.id}" in found for found in told.values()) is there, day


def test_the_twenty_ninth_of_february(present: Book, case: Case) -> None:
    leap = date(2028, 2, 29)
    told = replace(case, id="2028-0001", published=leap)
    unit = plain(present, 1, leap)
    for day, there in ((date(2028, 2, 28), False), (leap, True), (date(2028, 3, 1), True)):
        found = with_units(with_cases(present, told), unit, as_of=day)
        assert ("cases/2028-0001" in cases(found)["cases"]) is there, day
        assert ("changes/2028-02-29/listed" in [news.key for news in changes(found)]) is there, day
    documents = issued(with_units(with_cases(present, told), unit, as_of=leap))
    assert b"Tue, 29 Feb 2028 00:00:00 +0800" in documents["feeds/cases.xml"]
    assert b"<published>2028-02-29T00:00:00+08:00</published>" in documents["feeds/changes.atom"]


def test_a_change_is_told_on_its_day(present: Book) -> None:
    day = date(2026, 11, 13)
    key = "changes/2026-11-13/listed"
    for as_of, there in ((day - ONE_DAY, False), (day, True), (day + ONE_DAY, True)):
        assert (key in [news.key for news in changes(book(as_of))]) is there, as_of


def test_changes_are_told_a_day_and_kind_at_a_time(present: Book) -> None:
    told = present.ledger.changes(as_of=PRESENT)
    news = changes(present)
    assert len(news) == len({(change.day, change.kind) for change in told})
    assert [found.day for found in news] == sorted((found.day for found in news), reverse=True)
    stories = [found.story for found in news]
    assert sum(story.rest for story in stories if isinstance(story, ChangesStory)) + sum(
        len(names(found)) for found in news
    ) == len(told)


def test_two_kinds_on_one_day_are_two_news_in_the_order_of_the_kinds(present: Book) -> None:
    day = date(2026, 12, 1)
    leaver = next(
        unit for unit in present.registry.units.values() if present.standing(unit).tier and not unit.closed
    )
    closing = replace(leaver, closed=Closing(date=day, reason="注销"))
    found = with_units(present, plain(present, 1, day), closing, as_of=day)
    first, second = changes(found)[:2]
    assert [first.key, second.key] == ["changes/2026-12-01/listed", "changes/2026-12-01/closed"]
    assert first.title == "新列入：哈尔滨示例第1有限公司1号车间"
    assert second.title == f"退出：{leaver.enterprise}{leaver.name}"
    assert names(first) == ["1号车间"]
    assert second.story.grounds[0].note == "注销"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("number", "title"),
    [
        (1, "新列入：哈尔滨示例第0有限公司0号车间"),
        (
            3,
            "新列入：哈尔滨示例第0有限公司0号车间、哈尔滨示例第1有限公司1号车间、哈尔滨示例第2有限公司2号车间",
        ),
        (4, "新列入 4 个单元（2026年12月1日）"),
    ],
)
def test_a_title_names_a_few_units_and_counts_many(present: Book, number: int, title: str) -> None:
    day = date(2026, 12, 1)
    found = with_units(present, *(plain(present, place, day) for place in range(number)), as_of=day)
    news = changes(found)[0]
    assert news.title == title
    assert news.summary == f"2026年12月1日，新列入 {number} 个单元：先进级 {number} 个。第一次进入名单。"
    assert news.categories == ("新列入", "先进级")
    there = changes(found, "changes-city-230100")[0]
    assert there.title == (title if number < 4 else f"哈尔滨：{title}")
    assert there.key == f"{news.key}/230100"
    assert changes(found, "changes-city-230200")[0].day < day


def test_a_yearly_batch_pushes_nothing_out(present: Book) -> None:
    day = date(2026, 12, 1)
    before = [news.key for news in changes(present)[:NEWEST]]
    found = with_units(present, *(plain(present, place, day) for place in range(ROWS + 60)), as_of=day)
    news = changes(found)
    kept = [told.key for told in news if told.key in before]
    assert kept == before
    assert news[0].title == f"新列入 {ROWS + 60} 个单元（2026年12月1日）"
    assert len(names(news[0])) == ROWS
    text = issued(found)["feeds/changes.xml"].decode()
    assert "另有 60 个单元，见" in text
    assert text.count("号车间&lt;/a&gt;") == ROWS


def test_what_rests_on_the_same_ground_is_told_together(present: Book) -> None:
    day = date(2026, 12, 1)
    other = list(present.registry.documents)[1]
    units = [plain(present, place, day) for place in range(5)]
    units[3] = replace(units[3], titles=(replace(units[3].titles[0], document=other),))
    news = changes(with_units(present, *units, as_of=day))[0]
    assert isinstance(news.story, ChangesStory)
    assert [len(ground.rows) for ground in news.story.grounds] == [4, 1]
    assert [ground.note for ground in news.story.grounds] == ["授予“先进级数字化车间”"] * 2
    assert all(ground.document and ground.authority for ground in news.story.grounds)


def test_only_the_newest_of_a_city_and_all_of_the_province(present: Book) -> None:
    for stream in [*case_streams(present), *change_streams(present)]:
        assert stream.topic.dimension == "all" or len(stream.news) <= NEWEST
    assert len(changes(present)) > NEWEST


def test_pages_offer_the_feeds_of_what_they_show(present: Book) -> None:
    offered = offers(present)
    pages = [topic.page for topics in (case_topics(present), change_topics(present)) for topic in topics]
    assert offered.keys() == set(pages)
    city = offered["cities/230100/"]
    assert [offer.subject for offer in city] == ["典型案例", "名单变动"]
    assert [link.address for offer in city for link in offer.links] == [
        "feeds/cases-city-230100.xml",
        "feeds/cases-city-230100.atom",
        "feeds/changes-city-230100.xml",
        "feeds/changes-city-230100.atom",
    ]
    assert [link.address for link in everywhere(offered)] == [
        "feeds/cases.xml",
        "feeds/cases.atom",
        "feeds/changes.atom",
    ]
    documents = issued(present)
    assert all(link.address in documents for found in offered.values() for o in found for link in o.links)


def test_a_demonstration_says_so_in_every_feed_and_calendar(present: Book) -> None:
    other = book(name="tests/registries/qingdao-2024")
    for found in (present, other):
        told = [stream.description for made in (case_streams, change_streams) for stream in made(found)]
        told += [calendar.description for calendar in topic_calendars(found)]
        assert {"演示数据，企业均为虚构" in text for text in told} == {found.policy.demonstration}
