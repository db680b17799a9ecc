"""The calendar rehearsed: which days, what turns red by itself, what the lists lose and gain."""

import json
from collections.abc import Iterable, Sequence
from datetime import date

import pytest

from generator.checks import rulings
from generator.checks.findings import Findings
from generator.effects.compare import plain
from generator.effects.rehearsal import Rehearsal, days_ahead, rehearse
from generator.effects.rehearsed import as_lines
from generator.problems import Report
from generator.registry import load_stored
from generator.rules.ledger import Ledger
from tests.checks.base import AS_OF, MINE, MINES, UNIT, WORKSHOP, Change
from tests.effects.sides import files

REVOKED = WORKSHOP + "revocations:\n  - {title: 先进级数字化车间, document: 黑示例发〔2026〕20号}\n"


def rehearsed(changes: dict[str, Change], as_of: date = AS_OF) -> Rehearsal:
    report = Report()
    registry = load_stored(files(changes), "registry", report)
    assert registry is not None
    return rehearse(registry, report, as_of=as_of)


def test_the_days_are_those_ahead_and_the_next_five_transitions() -> None:
    registry = load_stored(files({}), "registry", Report())
    assert registry is not None
    ledger = Ledger.of(registry)
    assert days_ahead(ledger, AS_OF) == {
        date(2026, 11, 24): ("数据截至日",),
        date(2026, 11, 25): ("1 天后",),
        date(2026, 12, 24): ("30 天后",),
        date(2027, 2, 22): ("90 天后",),
        date(2027, 11, 24): ("365 天后",),
        date(2028, 11, 21): ("第 1 次变动",),
    }
    assert days_ahead(ledger, date(2027, 11, 22))[date(2028, 11, 21)] == ("365 天后", "第 1 次变动")


def test_who_drops_off_is_told_on_the_first_day_it_is_true() -> None:
    found = rehearsed({})
    assert not found.red
    *others, last = found.days
    assert not any(day.leaving or day.arriving for day in others)
    assert [(move.unit.id, move.day, move.kind) for move in last.leaving] == [
        ("2301-0001", date(2028, 11, 21), "expired"),
        ("2302-0001", date(2028, 11, 21), "expired"),
    ]
    assert [(number.key, number.before, number.after) for number in last.counts] == [
        ("leading", 0, 0),
        ("excellent", 1, 1),
        ("advanced", 1, 0),
        ("basic", 1, 0),
        ("listed", 3, 1),
    ]


@pytest.mark.parametrize(
    ("as_of", "told"), [(date(2029, 5, 5), True), (date(2029, 5, 6), True), (date(2029, 5, 7), False)]
)
def test_a_bar_ends_after_its_last_day(as_of: date, told: bool) -> None:
    found = rehearsed({UNIT: REVOKED}, as_of)
    ends = [(bar.unit.id, bar.last, bar.units) for day in found.days for bar in day.bars]
    assert ends == ([("2301-0001", date(2029, 5, 6), 2)] if told else [])


def test_a_fact_of_a_day_to_come_takes_effect_and_its_warning_settles() -> None:
    change = MINE + "closed: {date: 2027-01-01, reason: 注销}\n"
    found = rehearsed({MINES: change})
    first, *_ = found.days
    assert [problem.code for problem in first.warnings] == []
    day = next(day for day in found.days if day.day == date(2027, 1, 1))
    assert [(move.unit.id, move.kind) for move in day.leaving] == [("2302-0001", "closed")]
    assert [problem.code for problem in day.settled] == ["future-fact"]


def test_errors_of_today_are_told_first_and_are_red() -> None:
    found = rehearsed({MINES: MINE.replace("08", "99")})
    assert found.red
    assert [error.code for error in found.errors] == ["unknown-industry"]
    assert not any(day.red for day in found.days)
    assert as_lines(found).startswith(
        "从2026年11月24日到2028年11月21日，预演 6 天：数据截至日就有 1 个错误，请先改正。\n"
        "registry/factories/230200/2302-0001.yml:6: 错误 [unknown-industry] industry："
    )


def test_a_day_on_which_a_check_begins_to_fail_is_red(monkeypatch: pytest.MonkeyPatch) -> None:
    """No check of today depends on the day; one that did would be found."""

    def fails_later(found: Findings, ledger: Ledger, *, as_of: date) -> None:
        if as_of >= date(2027, 2, 22):
            found.add("factories", "2302-0001", "barred", "titles[0]", f"到 {as_of} 不行。")

    monkeypatch.setattr("generator.checks.desk.check_rulings", fails_later)
    assert rulings.check_rulings is not fails_later
    found = rehearsed({})
    assert found.red
    assert [day.day for day in found.days if day.red] == [
        date(2027, 2, 22),
        date(2027, 11, 24),
        date(2028, 11, 21),
    ]
    told = as_lines(found)
    assert told.startswith(
        "从2026年11月24日到2028年11月21日，预演 6 天：不改任何记录，2027年2月22日起检查将不通过，网站将停止更新。\n"
    )
    assert (
        "  新的错误：1 个\n    registry/factories/230200/2302-0001.yml:10 [barred] 到 2027-02-22 不行。\n"
        in told
    )


def test_the_whole_text() -> None:
    assert as_lines(rehearsed({}, date(2028, 11, 19))) == (
        "从2028年11月19日到2029年11月19日，预演 6 天：不改任何记录，每一天检查都能通过。\n"
        "\n2028年11月19日（数据截至日）\n  领航级 0；卓越级 1；先进级 1；基础级 1；在名单中合计 3\n"
        "\n2028年11月20日（1 天后）\n  领航级 0；卓越级 1；先进级 1；基础级 1；在名单中合计 3\n"
        "\n2028年11月21日（第 1 次变动）\n"
        "  领航级 0；卓越级 1；先进级 0（-1）；基础级 0（-1）；在名单中合计 1（-2）\n"
        "  移出或降低层级：2 个单元\n"
        "    2028年11月21日 到期：2301-0001 哈尔滨示例汽轮机有限公司 叶片加工数字化车间\n"
        "    2028年11月21日 到期：2302-0001 齐齐哈尔示例矿业有限公司 选矿数字化车间\n"
        "\n2028年12月19日（30 天后）\n  领航级 0；卓越级 1；先进级 0（-1）；基础级 0（-1）；在名单中合计 1（-2）\n"
        "\n2029年2月17日（90 天后）\n  领航级 0；卓越级 1；先进级 0（-1）；基础级 0（-1）；在名单中合计 1（-2）\n"
        "\n2029年11月19日（365 天后）\n  领航级 0；卓越级 1；先进级 0（-1）；基础级 0（-1）；在名单中合计 1（-2）\n"
    )


def test_the_walk_over_the_days_can_be_watched() -> None:
    seen: list[date] = []

    def watch(days: Sequence[date]) -> Iterable[date]:
        for day in days:
            seen.append(day)
            yield day

    report = Report()
    registry = load_stored(files({}), "registry", report)
    assert registry is not None
    found = rehearse(registry, report, as_of=AS_OF, watch=watch)
    assert seen == [day.day for day in found.days]
    assert json.loads(json.dumps(plain(found)))["days"][0]["day"] == "2026-11-24"
