"""The calendars of expiry days, read back by the library's own reader."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar, vText
from msgspec.structs import replace

from generator.calendars import as_ical
from generator.records import Award, Closing, Correction, Revocation, Unit
from generator.rules.ledger import Ledger
from generator.site.calendars import calendars
from generator.views.book import Book
from generator.views.expiries import UNITS_A_DAY, topic_calendars, unit_calendar
from generator.views.topics import expiry_topics
from tests.books import book

BASE = "https://registry.example/a/"
ONE_DAY = timedelta(days=1)
THREE_YEARS = "先进级数字化车间"
ENDLESS = "卓越级智能工厂"

ALL = "calendar/expiry.ics"
CITY = "calendar/expiry-city-230100.ics"


@pytest.fixture(scope="module")
def present() -> Book:
    return book()


@pytest.fixture(scope="module")
def published(present: Book) -> dict[str, bytes]:
    return files(present)


def award(day: str, title: str = THREE_YEARS, document: str = "示例〔2025〕1号") -> Award:
    return Award(title=title, document=document, date=date.fromisoformat(day))


def unit(*awards: Award, number: int = 1, name: str = "总装车间", enterprise: str = "示例甲公司") -> Unit:
    return Unit(
        id=f"2301-{number:04d}",
        name=name,
        kind="数字化车间",
        enterprise=f"{enterprise}{number}",
        city="哈尔滨市",
        industry="34",
        titles=awards,
    )


def with_units(shipped: Book, *units: Unit, as_of: str | date = "2026-11-24") -> Book:
    """The shipped rules and places with these units alone."""
    registry = replace(shipped.registry, units={found.id: found for found in units}, cases={})
    day = date.fromisoformat(as_of) if isinstance(as_of, str) else as_of
    return Book(registry, Ledger.of(registry), day)


def every(found: Book, base: str) -> Iterator[tuple[str, bytes]]:
    """All calendars with their addresses: those that tell of many units, then that of each unit."""
    for file in calendars(found, base):
        yield file.path, file.content
    for unit in found.registry.units.values():
        own = unit_calendar(found, unit)
        if own:
            yield own.address, as_ical(found, own, base)


def files(found: Book) -> dict[str, bytes]:
    return dict(every(found, BASE))


def parsed(content: bytes) -> Any:
    """A calendar as read; every property of the library may be of some thirty types."""
    (found,) = Calendar.from_ical(content, multiple=True)
    assert found.errors == []
    return found


def events(content: bytes) -> list[Any]:
    return list(parsed(content).events)


def days(content: bytes) -> list[date]:
    return [event["dtstart"].dt for event in events(content)]


@pytest.mark.parametrize("name", ["registry", "tests/registries/qingdao-2024"])
def test_every_calendar_can_be_read_and_no_line_is_too_long(name: str) -> None:
    found = files(book(name=name))
    assert len(found) >= 2
    for path, content in found.items():
        assert content.endswith(b"END:VCALENDAR\r\n"), path
        assert b"\n" not in content.replace(b"\r\n", b""), path
        assert max(map(len, content.split(b"\r\n"))) <= 75, path
        # Folded between characters: each line is text by itself, and so is the whole.
        for line in content.split(b"\r\n"):
            line.decode()
        content.replace(b"\r\n ", b"").decode()
        calendar = parsed(content)
        assert calendar.errors == []
        assert len(calendar.subcomponents) >= 1
        for event in calendar.events:
            assert event.errors == []
            assert event["dtend"].dt - event["dtstart"].dt == ONE_DAY
            assert not isinstance(event["dtstart"].dt, datetime)
            assert event["transp"] == "TRANSPARENT"
            assert str(event["url"]).startswith(BASE)
        uids = [str(event["uid"]) for event in calendar.events]
        assert len(set(uids)) == len(uids), path


@pytest.mark.parametrize("name", ["registry", "tests/registries/qingdao-2024"])
def test_every_calendar_is_to_the_byte_what_the_library_would_write(name: str) -> None:
    for path, content in files(book(name=name)).items():
        assert parsed(content).to_ical() == content, path


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "总",
        "总装",
        "总a",
        "é总",
        "𠮷",
        "一,二",
        "一;",
        "，；",
        ",",
        ";;a",
        "\\",
        "\\\\a",
        "\\n",
        "\\N",
        "^",
        "a^^",
        '"总":',
        "一\n二",
        "一\r\n",
        "\r",
    ],
)
def test_texts_are_escaped_and_folded_as_the_library_does_it(present: Book, piece: str) -> None:
    """Around each length at which a line is folded once and twice, whatever stands at the fold."""
    own = unit_calendar(with_units(present, made := unit(award("2025-06-30"))), made)
    assert own is not None
    for length in range(160):
        name = "x" * (length % 7) + (piece * length)[:length]
        content = as_ical(present, replace(own, name=name), BASE)
        reference = Calendar()
        reference["name"] = vText(name)
        expected = reference.to_ical().removeprefix(b"BEGIN:VCALENDAR\r\n").removesuffix(b"END:VCALENDAR\r\n")
        assert b"\r\n" + expected + b"X-WR-" in content, name


def test_the_days_are_those_of_the_standings(present: Book, published: dict[str, bytes]) -> None:
    found = published
    through = {
        unit.id: standing.valid_through
        for unit in present.registry.units.values()
        if (standing := present.standing(unit)).valid_through
    }
    assert days(found[ALL]) == sorted(set(through.values()))
    for city in present.registry.cities.prefectures:
        mine = {
            through[unit.id]
            for unit in present.registry.units.values()
            if unit.city == city.name and unit.id in through
        }
        assert days(found[f"calendar/expiry-city-{city.code}.ics"]) == sorted(mine)
    own = {unit: days(found[f"calendar/unit-{unit}.ics"]) for unit in through}
    assert own == {unit: [day] for unit, day in through.items()}


def test_there_is_a_calendar_a_topic(present: Book, published: dict[str, bytes]) -> None:
    assert {f"calendar/{topic.key}.ics" for topic in expiry_topics(present)} <= set(published)


@pytest.mark.parametrize(
    ("as_of", "there"), [("2027-11-23", True), ("2027-11-24", True), ("2027-11-25", False)]
)
def test_a_day_stays_through_its_end_and_the_file_for_ever(present: Book, as_of: str, there: bool) -> None:
    """On its last day the unit still holds the tier; a day later the address still answers, with an empty calendar."""
    found = files(with_units(present, unit(award("2024-11-24")), as_of=as_of))
    for path in (ALL, CITY, "calendar/unit-2301-0001.ics"):
        assert days(found[path]) == ([date(2027, 11, 24)] if there else [])
        names = [part.name for part in parsed(found[path]).subcomponents]
        assert names == (["VEVENT"] if there else ["VTIMEZONE"])


@pytest.mark.parametrize(
    ("as_of", "listed"), [("2025-06-30", False), ("2025-07-01", True), ("2025-07-02", True)]
)
def test_a_unit_has_a_calendar_from_its_first_day(present: Book, as_of: str, listed: bool) -> None:
    found = files(with_units(present, unit(award("2025-07-01")), as_of=as_of))
    assert ("calendar/unit-2301-0001.ics" in found) is listed
    assert days(found[ALL]) == ([date(2028, 7, 1)] if listed else [])


def test_a_tier_without_a_term_needs_no_calendar(present: Book) -> None:
    found = files(with_units(present, unit(award("2025-07-01", ENDLESS))))
    assert not any("unit-" in path for path in found)
    assert days(found[ALL]) == []


def test_who_rises_to_a_tier_without_a_term_keeps_an_empty_calendar(present: Book) -> None:
    found = files(with_units(present, unit(award("2024-07-01"), award("2025-07-01", ENDLESS))))
    assert days(found["calendar/unit-2301-0001.ics"]) == []


@pytest.mark.parametrize(
    ("facts", "day", "after"),
    [
        (unit(award("2024-02-29")), date(2027, 2, 28), date(2027, 3, 1)),
        (
            replace(unit(award("2026-01-01")), closed=Closing(date=date(2028, 3, 1), reason="注销")),
            date(2028, 2, 29),
            date(2028, 3, 1),
        ),
        (unit(award("2024-12-31")), date(2027, 12, 31), date(2028, 1, 1)),
    ],
    ids=["no 29 February three years on", "a 29 February", "the end of a year"],
)
def test_the_day_and_the_day_after(present: Book, facts: Unit, day: date, after: date) -> None:
    (event,) = events(files(with_units(present, facts))["calendar/unit-2301-0001.ics"])
    assert event["dtstart"].dt == day
    assert event["dtend"].dt == after
    assert event["dtstart"].params["VALUE"] == "DATE"
    assert f"{day.year}年{day.month}月{day.day}日" in event["description"]


def test_two_units_on_one_day_are_one_event(present: Book) -> None:
    two = with_units(
        present,
        unit(award("2024-11-24")),
        unit(award("2024-11-24"), number=2, name="焊接车间"),
        unit(award("2024-11-25"), number=3, name="涂装车间"),
    )
    both, single = events(files(two)[ALL])
    assert both["summary"] == "2 个单元有效期届满：总装车间、焊接车间"
    assert single["summary"] == "涂装车间有效期届满"
    for number, name in ((1, "总装车间"), (2, "焊接车间")):
        told = f"{name}（示例甲公司{number}），先进级\n{BASE}factories/2301-{number:04d}/"
        assert told in both["description"]
    assert both["url"] == f"{BASE}notices/"
    assert single["url"] == f"{BASE}factories/2301-0003/"
    assert both["categories"].cats == ["先进级"]


@pytest.mark.parametrize("more", [0, 1])
def test_a_long_day_names_so_many_and_leads_to_the_rest(present: Book, more: int) -> None:
    many = [
        unit(award("2024-11-24"), number=number, name=f"车间{number}")
        for number in range(1, UNITS_A_DAY + more + 1)
    ]
    (event,) = events(files(with_units(present, *many))[ALL])
    text = str(event["description"])
    assert event["summary"] == f"{len(many)} 个单元有效期届满：车间1、车间2、车间3等"
    assert text.count(f"{BASE}factories/") == UNITS_A_DAY
    assert (f"另有 1 个单元，见：\n{BASE}notices/" in text) is bool(more)


def uid_of(found: Book, path: str) -> list[str]:
    return [str(event["uid"]) for event in events(files(found)[path])]


def test_a_renewal_moves_the_date(present: Book) -> None:
    before = with_units(present, unit(award("2024-11-24")))
    after = with_units(present, unit(award("2024-11-24"), award("2026-11-01", document="示例〔2026〕2号")))
    for path in (ALL, CITY, "calendar/unit-2301-0001.ics"):
        assert days(files(before)[path]) == [date(2027, 11, 24)]
        assert days(files(after)[path]) == [date(2029, 11, 1)]
        # Another award, another event: the old one goes, with its reminders, and a new one comes.
        assert set(uid_of(before, path)).isdisjoint(uid_of(after, path))


def test_a_corrected_date_moves_the_same_event(present: Book) -> None:
    path = "calendar/unit-2301-0001.ics"
    wrong = with_units(present, unit(award("2024-11-24")))
    right = with_units(
        present,
        replace(
            unit(award("2024-11-25")),
            corrections=(Correction(date=date(2026, 11, 20), fields=("titles",), reason="日期录错"),),
        ),
    )
    assert uid_of(wrong, path) == uid_of(right, path)
    assert days(files(right)[path]) == [date(2027, 11, 25)]
    assert stamps(files(right)[path]) == [datetime(2026, 11, 20, tzinfo=UTC)]


def revoked(day: str) -> Unit:
    found = Revocation(title=THREE_YEARS, document="示例〔2026〕9号", date=date.fromisoformat(day))
    return replace(unit(award("2024-11-24")), revocations=(found,))


def test_a_revocation_removes_it(present: Book) -> None:
    gone = files(with_units(present, revoked("2026-11-24")))
    for path in (ALL, CITY, "calendar/unit-2301-0001.ics"):
        assert days(gone[path]) == []
        assert parsed(gone[path])["last-modified"].dt == datetime(2026, 11, 24, tzinfo=UTC)
    still = files(with_units(present, revoked("2026-11-25")))
    assert days(still[ALL]) == [date(2026, 11, 24)]


def stamps(content: bytes) -> list[datetime]:
    return [event["dtstamp"].dt for event in events(content)]


def test_a_day_without_facts_changes_nothing_but_what_has_passed(present: Book) -> None:
    """Built a day later, and built for another host's folder: same identifiers, same stamps, and mostly the same bytes."""
    later = Book(present.registry, present.ledger, present.as_of + ONE_DAY)
    one, two = files(present), files(later)
    assert set(one) <= set(two)
    for path in one:
        seen = {str(event["uid"]): event.to_ical() for event in events(one[path])}
        again = {str(event["uid"]): event.to_ical() for event in events(two[path])}
        assert set(again) <= set(seen), path
        for uid, text in again.items():
            assert text == seen[uid], path
        if again == seen:
            assert one[path] == two[path], path
    assert sum(one[path] == two[path] for path in one) > len(one) // 2


def test_stamps_tell_the_latest_fact_and_never_the_build(present: Book) -> None:
    found = with_units(present, unit(award("2024-11-24")), unit(award("2026-03-02"), number=2))
    assert stamps(files(found)[ALL]) == [datetime(2024, 11, 24, tzinfo=UTC), datetime(2026, 3, 2, tzinfo=UTC)]
    content = files(found)[ALL]
    assert b"DTSTAMP:20241124T000000Z\r\n" in content
    assert parsed(content)["last-modified"].dt == datetime(2026, 3, 2, tzinfo=UTC)
    for event in events(content):
        assert event["last-modified"].dt == event["dtstamp"].dt


def test_a_fact_that_lies_ahead_stamps_nothing(present: Book) -> None:
    ahead = unit(award("2024-11-24"), award("2026-12-01", document="示例〔2026〕2号"))
    assert stamps(files(with_units(present, ahead, as_of="2026-11-30"))[ALL]) == [
        datetime(2024, 11, 24, tzinfo=UTC)
    ]
    assert stamps(files(with_units(present, ahead, as_of="2026-12-01"))[ALL]) == [
        datetime(2026, 12, 1, tzinfo=UTC)
    ]


def test_identifiers_rest_on_the_tagging_entity_and_not_on_the_host(present: Book) -> None:
    def uids(found: Book, base: str) -> list[str]:
        return [str(event["uid"]) for _, content in every(found, base) for event in events(content)]

    assert uids(present, BASE) == uids(present, "https://other.example/")
    assert len(set(uids(present, BASE))) == len(uids(present, BASE))
    site = replace(present.policy.site, tag="other.example,2026")
    registry = replace(present.registry, policy=replace(present.policy, site=site))
    assert set(uids(Book(registry, present.ledger, present.as_of), BASE)).isdisjoint(uids(present, BASE))


@pytest.mark.parametrize(
    "name",
    [
        "一号,二号;三号",
        "反斜\\杠\\n不换行",
        '引号"和:冒号',
        "END:VEVENT",
        "長" * 80,
        "𠮷" * 40,
        "a" * 74 + "一",
    ],
)
def test_names_come_back_as_they_were(present: Book, name: str) -> None:
    found = files(with_units(present, unit(award("2024-11-24"), name=name)))
    for path in (ALL, "calendar/unit-2301-0001.ics"):
        assert max(map(len, found[path].split(b"\r\n"))) <= 75
        (event,) = events(found[path])
        assert event["summary"] == f"{name}有效期届满"
        assert f"{name}（示例甲公司1）" in event["description"]
    own = parsed(found["calendar/unit-2301-0001.ics"])
    # The library knows neither name of a calendar and gives what stands in the file.
    for key in ("name", "x-wr-calname"):
        assert str(own[key]) == vText(f"{name}有效期").to_ical().decode()


def test_commas_and_semicolons_are_marked_as_text(present: Book) -> None:
    """RFC 5545, 3.3.11; a reader that splits at them would show half a name."""
    content = files(with_units(present, unit(award("2024-11-24"), name="甲,乙;丙\\丁")))[
        "calendar/unit-2301-0001.ics"
    ]
    for name in (b"NAME", b"X-WR-CALNAME", b"SUMMARY"):
        assert b"\r\n" + name + ":甲\\,乙\\;丙\\\\丁有效期".encode() in content


def test_a_line_break_in_a_name_opens_no_line(present: Book) -> None:
    found = files(with_units(present, unit(award("2024-11-24"), name="甲\nATTENDEE:乙")))
    assert b"\nATTENDEE" not in found[ALL]
    (event,) = events(found[ALL])
    assert event["summary"] == "甲\nATTENDEE:乙有效期届满"


def test_three_reminders_at_nine_in_the_morning(present: Book) -> None:
    (event,) = events(files(with_units(present, unit(award("2024-11-24"))))[ALL])
    start = datetime(2027, 11, 24)  # noqa: DTZ001
    rings = [(start + alarm["trigger"].dt, str(alarm["action"])) for alarm in event.walk("VALARM")]
    assert rings == [
        (datetime(2027, 11, 24, 9) - timedelta(days=ahead), "DISPLAY")  # noqa: DTZ001
        for ahead in (180, 90, 30)
    ]
    assert all(str(alarm["description"]) for alarm in event.walk("VALARM"))


def test_a_calendar_says_what_it_is_and_where_it_comes_from(published: dict[str, bytes]) -> None:
    found = parsed(published[CITY])
    assert found["version"] == "2.0"
    assert found["prodid"]
    assert found["name"] == found["x-wr-calname"] == "哈尔滨市智能工厂到期日"
    assert found["source"] == f"{BASE}{CITY}"
    assert found["url"] == f"{BASE}cities/230100/"
    assert found["refresh-interval"].dt == ONE_DAY
    assert found["refresh-interval"].params["VALUE"] == "DURATION"
    assert b"X-PUBLISHED-TTL:P1D\r\n" in published[CITY]
    assert parsed(published[ALL])["name"] == "黑龙江省智能工厂到期日"


def test_nobody_listed_and_no_city_leave_calendars_that_show_nothing(present: Book) -> None:
    places = replace(present.registry.cities, prefectures=())
    registry = replace(present.registry, units={}, cases={}, cities=places)
    found = files(Book(registry, Ledger.of(registry), present.as_of))
    assert list(found) == [ALL]
    assert [part.name for part in parsed(found[ALL]).subcomponents] == ["VTIMEZONE"]
    assert "last-modified" not in parsed(found[ALL])


def linked(site: Path, address: str) -> bool:
    return ">加入日历</a>" in (site / address / "index.html").read_text(encoding="utf-8")


def test_the_built_site_carries_them_and_leads_to_those_with_a_day(
    built: Callable[..., Path], present: Book
) -> None:
    site = built("registry")
    wanted = dict(every(present, "https://registry.example/"))
    assert {f"calendar/{path.name}" for path in (site / "calendar").iterdir()} == set(wanted)
    for path, content in wanted.items():
        assert (site / path).read_bytes() == content
    for found in present.registry.units.values():
        assert linked(site, f"factories/{found.id}") is (present.standing(found).valid_through is not None)
    for page, there in (("cities/230100", "../../" + CITY), ("notices", "../" + ALL)):
        assert f'href="{there}"' in (site / page / "index.html").read_text(encoding="utf-8")


def test_what_is_shown_is_told_once(present: Book) -> None:
    """No calendar is made twice, and none of a unit has more than one day."""
    own = [found for unit in present.registry.units.values() if (found := unit_calendar(present, unit))]
    addresses = [found.address for found in (*topic_calendars(present), *own)]
    assert len(set(addresses)) == len(addresses)
    assert {len(found.events) for found in own} == {0, 1}
