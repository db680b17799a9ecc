"""Short ways to write facts and to read what follows from them, for the tests of the rules.

Days are written as ISO text. `RULES` is a policy in the shape of the real one, with an ordinary tier of each sort.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from generator.policy import Authority, Policy, Tier, Title
from generator.records import Assessment, Region
from generator.rules import engine
from generator.rules.terms import DatedAward, DatedRevocation, Life, Standing

ONE_DAY = timedelta(days=1)

Seen = tuple[str, str, str | None, str | None]

SHOP = "基础级数字化车间"
PLANT = "基础级智能工厂"
BETTER = "先进级数字化车间"
MODEL = "数字化（智能）示范车间"
TOP = "卓越级智能工厂"
TOP_AGAIN = "卓越级智能工厂（复核）"
LEADER = "领航级智能工厂"
HONOUR = "荣誉称号"

RULES = Policy(
    name="示例名录",
    region=Region(code="230000", name="黑龙江省"),
    authorities=(Authority(id="hlj", name="示例主管部门", level="province"),),
    tiers=(
        Tier(id="basic", name="基础级", rank=0, term_years=3, revocable=True),
        Tier(id="advanced", name="先进级", rank=1, term_years=3, revocable=True),
        Tier(id="excellent", name="卓越级", rank=2),
        Tier(id="leading", name="领航级", rank=3),
    ),
    titles=(
        Title(name=SHOP, kind="数字化车间", level="province", tier="basic", min_maturity=2, bars=True),
        Title(name=PLANT, kind="智能工厂", level="city", tier="basic"),
        Title(name=BETTER, kind="数字化车间", level="province", tier="advanced", bars=True),
        Title(
            name=MODEL,
            kind="数字化车间",
            level="province",
            tier="advanced",
            listed_from=date(2025, 5, 28),
            bars=True,
        ),
        Title(name=TOP, kind="智能工厂", level="national", tier="excellent"),
        Title(name=TOP_AGAIN, kind="智能工厂", level="national", tier="excellent"),
        Title(name=LEADER, kind="智能工厂", level="national", tier="leading"),
        Title(name=HONOUR, kind="智能工厂", level="national", bars=True),
    ),
    bar_years=3,
    expiring_within_days=180,
)


def day(text: str) -> date:
    """Return the day written as ISO text."""
    return date.fromisoformat(text)


def around(text: str) -> tuple[date, date, date]:
    """Return the day before, the day and the day after."""
    return day(text) - ONE_DAY, day(text), day(text) + ONE_DAY


def title(name: str, rules: Policy = RULES) -> Title:
    """Return a title of the policy that must be there."""
    found = rules.title(name)
    if found is None:
        raise KeyError(name)
    return found


def life(
    *awards: tuple[str, str],
    revoked: Iterable[tuple[str, str]] = (),
    maturity: Iterable[tuple[str, int]] = (),
    closed: str | None = None,
    unit: str = "2301-0001",
    rules: Policy = RULES,
) -> Life:
    """Return the facts of one unit: (title, day) pairs in the order of its file, (day, level) for maturity."""
    return Life(
        unit=unit,
        awards=tuple(
            DatedAward(title=title(name, rules), day=day(on), document="示例〔2025〕1号", order=order)
            for order, (name, on) in enumerate(awards)
        ),
        revocations=tuple(
            DatedRevocation(title=title(name, rules), day=day(on), document="示例〔2026〕1号")
            for name, on in revoked
        ),
        maturity=tuple(Assessment(date=day(on), level=level, method="评估") for on, level in maturity),
        closed=day(closed) if closed else None,
    )


def listed(first: Life, *sisters: Life, rules: Policy = RULES) -> list[Seen]:
    """Return the listings of the first unit as (tier, first day, last day, ended_by), its sisters at its side."""
    found = engine.listings([first, *sisters], rules)[first.unit]
    return [(one.tier, str(one.first), str(one.last) if one.last else None, one.ended_by) for one in found]


def held(first: Life, *sisters: Life, rules: Policy = RULES) -> list[Seen]:
    """Return the holdings of the first unit as (tier, first day, last day, ended_by)."""
    found = engine.holdings(engine.listings([first, *sisters], rules)[first.unit], rules)
    return [(one.tier, str(one.first), str(one.last) if one.last else None, one.ended_by) for one in found]


def stands(first: Life, *sisters: Life, on: date, rules: Policy = RULES) -> Standing:
    """Return the standing of the first unit on a day."""
    enterprise = [first, *sisters]
    found = engine.listings(enterprise, rules)[first.unit]
    return engine.standing(first, found, engine.bars(enterprise, rules), rules, as_of=on)


def turns(first: Life, *sisters: Life, rules: Policy = RULES) -> list[str]:
    """Return the transitions of the first unit as ISO text."""
    found = engine.listings([first, *sisters], rules)[first.unit]
    return [str(found_day) for found_day in engine.transitions(engine.faces(first, found, rules))]
