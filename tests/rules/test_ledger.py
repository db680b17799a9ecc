"""A whole registry in the ledger: which units are one enterprise, which day a fact has, what changes next."""

from datetime import date

import pytest
from msgspec.structs import replace

from generator.problems import Report
from generator.records import Assessment, Award, Closing, Document, Revocation, Unit
from generator.registry import Stored, load, load_stored
from generator.rules.engine import ONE_DAY
from generator.rules.ledger import Ledger, day_of, enterprise_key, life_of, life_through
from tests.checks.base import FILES
from tests.conftest import ROOT
from tests.rules.builders import BETTER, MODEL, PLANT, RULES, around, day

LIST = Document(number="示例〔2025〕88号", title="名单", date=day("2025-11-20"), authority="hlj")
CANCEL = Document(number="示例〔2026〕10号", title="撤销", date=day("2026-05-06"), authority="hlj")
DOCUMENTS = {LIST.number: LIST, CANCEL.number: CANCEL}

CODE = "91230100EX0000001G"
OTHER_CODE = "91230100EX0000002E"


def unit(
    number: int,
    *,
    enterprise: str = "示例汽轮机有限公司",
    uscc: str | None = None,
    titles: tuple[Award, ...] = (Award(title=BETTER, document=LIST.number),),
    revocations: tuple[Revocation, ...] = (),
    maturity: tuple[Assessment, ...] = (),
    closed: Closing | None = None,
) -> Unit:
    return Unit(
        id=f"2301-{number:04}",
        name=f"示例车间{number}",
        kind="数字化车间",
        enterprise=enterprise,
        uscc=uscc,
        city="哈尔滨市",
        industry="341",
        titles=titles,
        revocations=revocations,
        maturity=maturity,
        closed=closed,
    )


REVOKED = (Revocation(title=BETTER, document=CANCEL.number),)


@pytest.mark.parametrize(
    ("first", "second", "one_enterprise"),
    [
        (unit(1, uscc=CODE), unit(2, uscc=CODE), True),
        (unit(1, uscc=CODE), unit(2, uscc=CODE, enterprise="示例汽轮机集团有限公司"), True),
        (unit(1, uscc=CODE), unit(2, uscc=OTHER_CODE), False),
        (unit(1), unit(2), True),
        (unit(1), unit(2, enterprise="示例锅炉有限公司"), False),
        (unit(1, uscc=CODE), unit(2), False),
        (unit(1, enterprise=CODE), unit(2, uscc=CODE), False),
    ],
    ids=[
        "same uscc",
        "same uscc, another name",
        "same name, another uscc",
        "same name, no uscc",
        "another name, no uscc",
        "same name, only one has a uscc",
        "a name that looks like a uscc",
    ],
)
def test_units_of_one_enterprise_share_a_bar(first: Unit, second: Unit, one_enterprise: bool) -> None:
    ledger = Ledger(RULES, [replace(first, revocations=REVOKED), second], DOCUMENTS)
    assert (enterprise_key(first) == enterprise_key(second)) is one_enterprise
    assert ledger.accounts[first.id].enterprise == ((first.id, second.id) if one_enterprise else (first.id,))
    expected = ["listed", "revoked", "revoked"] if one_enterprise else ["listed", "listed", "listed"]
    assert [ledger.standing(second.id, as_of=on).status for on in around("2026-05-06")] == expected
    barred = ledger.standing(second.id, as_of=day("2026-05-06")).barred_through
    assert barred == (day("2029-05-06") if one_enterprise else None)


def test_a_fact_has_its_own_day_else_that_of_its_document() -> None:
    assert day_of(Award(title=BETTER, document=LIST.number), DOCUMENTS) == day("2025-11-20")
    assert day_of(Award(title=BETTER, document=LIST.number, date=day("2026-01-05")), DOCUMENTS) == day(
        "2026-01-05"
    )
    assert day_of(Revocation(title=BETTER, document=CANCEL.number), DOCUMENTS) == day("2026-05-06")
    assert day_of(Award(title=BETTER, document="示例〔1999〕1号"), DOCUMENTS) is None
    own = Award(title=BETTER, document="示例〔1999〕1号", date=day("1999-01-01"))
    assert day_of(own, DOCUMENTS) == day("1999-01-01")


def test_a_life_leaves_out_what_has_no_day_or_no_known_title_and_keeps_the_places_in_the_file() -> None:
    titles = (
        Award(title="无此称号", document=LIST.number),
        Award(title=BETTER, document="示例〔1999〕1号"),
        Award(title=MODEL, document=LIST.number),
        Award(title=BETTER, document=LIST.number, date=day("2026-01-05")),
    )
    revocations = (
        Revocation(title="无此称号", document=CANCEL.number),
        Revocation(title=BETTER, document="示例〔1999〕1号"),
        Revocation(title=MODEL, document=CANCEL.number),
    )
    life = life_of(
        unit(
            1, titles=titles, revocations=revocations, closed=Closing(date=day("2026-09-01"), reason="注销")
        ),
        RULES,
        DOCUMENTS,
    )
    assert [(award.title.name, award.day, award.order) for award in life.awards] == [
        (MODEL, day("2025-11-20"), 2),
        (BETTER, day("2026-01-05"), 3),
    ]
    assert [(revoked.title.name, revoked.day) for revoked in life.revocations] == [(MODEL, day("2026-05-06"))]
    assert life.closed == day("2026-09-01")


def test_accounts_stand_in_the_order_of_the_ids() -> None:
    units = [unit(number, enterprise=f"示例{number % 2}厂") for number in (4, 2, 3, 1)]
    assert list(Ledger(RULES, units, DOCUMENTS).accounts) == [
        "2301-0001",
        "2301-0002",
        "2301-0003",
        "2301-0004",
    ]


@pytest.mark.parametrize(
    ("as_of", "following"),
    [
        ("2020-01-01", "2025-11-20"),
        ("2025-11-19", "2025-11-20"),
        ("2025-11-20", "2026-03-01"),
        ("2026-03-01", "2028-11-21"),
        ("2028-11-20", "2028-11-21"),
        ("2028-11-21", "2029-03-02"),
        ("2029-03-01", "2029-03-02"),
        ("2029-03-02", None),
    ],
)
def test_the_next_transition_is_the_first_day_after_on_which_some_unit_changes(
    as_of: str, following: str | None
) -> None:
    later = Award(title=PLANT, document=LIST.number, date=day("2026-03-01"))
    ledger = Ledger(RULES, [unit(1), unit(2, enterprise="示例锅炉有限公司", titles=(later,))], DOCUMENTS)
    assert ledger.next_transition(as_of=day(as_of)) == (day(following) if following else None)


def test_an_account_holds_what_follows_on_any_day() -> None:
    ledger = Ledger(RULES, [unit(1, revocations=REVOKED)], DOCUMENTS)
    account = ledger.accounts["2301-0001"]
    assert [(one.tier, one.first, one.last, one.ended_by) for one in account.listings] == [
        ("advanced", day("2025-11-20"), day("2026-05-05"), "revoked")
    ]
    assert [(run.first, run.last) for run in account.holdings] == [(day("2025-11-20"), day("2026-05-05"))]
    assert [(bar.first, bar.last, bar.unit, bar.document) for bar in account.bars] == [
        (day("2026-05-06"), day("2029-05-06"), "2301-0001", CANCEL.number)
    ]
    assert account.transitions == (day("2025-11-20"), day("2026-05-06"))
    assert ledger.transition_days == account.transitions


def test_an_empty_registry_has_nothing_ahead() -> None:
    ledger = Ledger(RULES, [], {})
    assert ledger.accounts == {}
    assert ledger.next_transition(as_of=date(2026, 11, 24)) is None


def test_policy_finds_its_parts_by_name_and_orders_its_tiers() -> None:
    assert RULES.at_or_above("advanced") == {"advanced", "excellent", "leading"}
    assert RULES.at_or_above("basic") == {tier.id for tier in RULES.tiers}
    assert RULES.at_or_above("leading") == {"leading"}
    assert RULES.tier("basic").term_years == 3
    assert RULES.title("无此称号") is None
    authority = RULES.authority("hlj")
    assert authority is not None
    assert authority.level == "province"
    assert RULES.authority("9999") is None
    with pytest.raises(KeyError, match="nowhere"):
        RULES.tier("nowhere")
    with pytest.raises(KeyError, match="nowhere"):
        RULES.at_or_above("nowhere")


@pytest.mark.parametrize(("through", "last"), [("2026-05-05", "2028-11-20"), ("2026-05-06", "2026-05-05")])
def test_a_ledger_through_a_day_knows_nothing_that_came_later(through: str, last: str) -> None:
    """What was published on a day stays as it was; who stood in a list on it is the same either way."""
    records = [unit(1, revocations=REVOKED, closed=Closing(date=day("2027-01-01"), reason="注销"))]
    then = Ledger(RULES, records, DOCUMENTS, through=day(through))
    assert [listing.last for listing in then.accounts["2301-0001"].listings] == [day(last)]
    now = Ledger(RULES, records, DOCUMENTS)
    for on in around(through):
        if on <= day(through):
            assert then.standing("2301-0001", as_of=on).tier == now.standing("2301-0001", as_of=on).tier


def test_a_ledger_that_knows_another_is_the_one_that_does_not() -> None:
    """Whatever the day, and also where a sister's later revocation is not yet known."""
    registry = load(ROOT / "registry", Report())
    assert registry
    now = Ledger.of(registry)
    days = sorted({document.date for document in registry.documents.values()})
    assert len(days) > 10
    for through in (days[0] - ONE_DAY, *days[:: max(1, len(days) // 8)], date.max):
        told = now.back_to(through)
        assert told.accounts == Ledger.of(registry, through=through).accounts
        assert list(told.accounts) == list(now.accounts)


def test_a_life_without_later_facts_is_the_very_same_one() -> None:
    """So that what followed from it need not be derived again."""
    told = life_of(
        unit(
            1,
            revocations=REVOKED,
            maturity=(Assessment(date=day("2026-07-01"), level=2, method="评估"),),
            closed=Closing(date=day("2026-09-01"), reason="注销"),
        ),
        RULES,
        DOCUMENTS,
    )
    assert life_through(told, day("2026-09-01")) is told
    assert life_through(told, day("2026-08-31")) == replace(told, closed=None)
    assert life_through(told, day("2026-07-01")).maturity == told.maturity
    assert life_through(told, day("2026-06-30")) == replace(told, closed=None, maturity=())
    assert life_through(told, day("2026-05-06")).revocations == told.revocations
    assert life_through(told, day("2026-05-05")) == replace(told, closed=None, maturity=(), revocations=())
    assert life_through(told, day("2025-11-20")).awards == told.awards
    bare = replace(told, closed=None, maturity=(), revocations=(), awards=())
    assert life_through(told, day("2025-11-19")) == bare
    assert life_through(bare, day("2025-11-19")) is bare


def test_a_closing_on_the_last_day_looked_at_counts_beside_later_facts() -> None:
    told = replace(life_of(unit(1, revocations=REVOKED), RULES, DOCUMENTS), closed=day("2026-05-01"))
    assert [life_through(told, on).closed for on in around("2026-05-01")] == [
        None,
        day("2026-05-01"),
        day("2026-05-01"),
    ]


@pytest.mark.parametrize("read", ["from the record", "from a life"])
def test_each_fact_of_the_last_day_looked_at_is_known_and_none_of_the_next(read: str) -> None:
    """Of a record that is read through a day as of a life that is known already."""
    record = unit(
        1,
        revocations=REVOKED,
        maturity=(Assessment(date=day("2026-07-01"), level=2, method="评估"),),
        closed=Closing(date=day("2026-09-01"), reason="注销"),
    )

    def known(through: date) -> tuple[int, int, int, bool]:
        if read == "from the record":
            life = life_of(record, RULES, DOCUMENTS, through=through)
        else:
            life = life_through(life_of(record, RULES, DOCUMENTS), through)
        return len(life.awards), len(life.revocations), len(life.maturity), life.closed is not None

    assert [known(on) for on in around("2025-11-20")] == [
        (0, 0, 0, False),
        (1, 0, 0, False),
        (1, 0, 0, False),
    ]
    assert [known(on) for on in around("2026-05-06")] == [
        (1, 0, 0, False),
        (1, 1, 0, False),
        (1, 1, 0, False),
    ]
    assert [known(on) for on in around("2026-07-01")] == [
        (1, 1, 0, False),
        (1, 1, 1, False),
        (1, 1, 1, False),
    ]
    assert [known(on) for on in around("2026-09-01")] == [
        (1, 1, 1, False),
        (1, 1, 1, True),
        (1, 1, 1, True),
    ]


def test_what_a_known_ledger_has_derived_is_taken_over_where_an_enterprise_is_the_same() -> None:
    """The very accounts, so that nothing is derived twice; and none where a unit, a sister or a fact is another."""
    alone, first, second = unit(1, enterprise="示例一厂"), unit(2, uscc=CODE), unit(3, uscc=CODE)
    known = Ledger(RULES, [alone, first, second], DOCUMENTS)
    same = Ledger(RULES, [alone, first, second], DOCUMENTS, known=known)
    assert all(same.accounts[one] is known.accounts[one] for one in known.accounts)
    assert same.back_to(date.max).accounts["2301-0001"] is known.accounts["2301-0001"]

    fewer = Ledger(RULES, [alone, first], DOCUMENTS, known=known)
    assert fewer.accounts["2301-0001"] is known.accounts["2301-0001"]
    assert fewer.accounts["2301-0002"].enterprise == ("2301-0002",)

    more = Ledger(RULES, [alone, first, second, unit(4, uscc=CODE)], DOCUMENTS, known=known)
    assert more.accounts["2301-0001"] is known.accounts["2301-0001"]
    assert more.accounts["2301-0003"].enterprise == ("2301-0002", "2301-0003", "2301-0004")

    other = Ledger(RULES, [alone, replace(first, revocations=REVOKED), second], DOCUMENTS, known=known)
    assert (
        other.accounts
        == Ledger(RULES, [alone, replace(first, revocations=REVOKED), second], DOCUMENTS).accounts
    )
    assert len(other.accounts["2301-0003"].bars) == 1


def test_the_ledger_of_a_registry_takes_over_what_another_knows() -> None:
    files: Stored = {tuple(path.split("/")): text.encode() for path, text in FILES.items()}
    registry = load_stored(files, "registry", Report())
    assert registry
    known = Ledger.of(registry)
    again = Ledger.of(registry, known=known)
    assert all(again.accounts[unit_id] is account for unit_id, account in known.accounts.items())


@pytest.mark.parametrize(
    ("as_of", "number"), [("2025-11-19", 0), ("2025-11-20", 1), ("2026-05-05", 1), ("2026-05-06", 2)]
)
def test_changes_are_counted_as_they_are_told_where_two_tiers_are_held(as_of: str, number: int) -> None:
    both = (Award(title=BETTER, document=LIST.number), Award(title=PLANT, document=LIST.number))
    able = (Assessment(level=2, date=day("2025-01-10"), method="自评"),)
    ledger = Ledger(
        RULES,
        [unit(1, titles=both, maturity=able, closed=Closing(date=day("2026-05-06"), reason="注销"))],
        DOCUMENTS,
    )
    assert len(ledger.accounts["2301-0001"].listings) == 2
    assert ledger.changes_through(as_of=day(as_of)) == len(ledger.changes(as_of=day(as_of))) == number
