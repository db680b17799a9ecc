"""Random policies and enterprises for the properties of the rules, on days that are apt to coincide.

A calendar of about four years with a 29 February in it; most days stand near each other's anniversaries.
"""

from datetime import date

from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace

from generator.policy import Policy, Tier, Title
from generator.records import Assessment, Region
from generator.rules.terms import DatedAward, DatedRevocation, Life

_SHARP = [(1, 1), (2, 28), (3, 1), (6, 30), (7, 1), (7, 2), (12, 31)]
SHARP_DAYS = sorted([date(year, *at) for year in range(2023, 2027) for at in _SHARP] + [date(2024, 2, 29)])
DAYS = st.one_of(
    st.sampled_from(SHARP_DAYS), st.sampled_from(SHARP_DAYS), st.dates(SHARP_DAYS[0], SHARP_DAYS[-1])
)


class Setting(Struct, frozen=True, kw_only=True):
    """A policy and the units of one enterprise under it."""

    policy: Policy
    enterprise: tuple[Life, ...]


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    """Draw a policy: tiers with and without a term, revocable or not; titles of every sort, one without a tier."""
    tiers = tuple(
        Tier(
            id=f"tier-{rank}",
            name=f"第{rank + 1}级",
            rank=rank,
            term_years=draw(st.sampled_from([1, 1, 2, None])),
            revocable=draw(st.booleans()),
        )
        for rank in range(draw(st.sampled_from([3, 2, 1])))
    )
    lists = [tier.id for tier in tiers] + draw(
        st.lists(st.sampled_from([tier.id for tier in tiers]), max_size=2)
    )
    titles = [
        Title(
            name=f"称号{number}",
            kind="智能工厂",
            level="province",
            tier=tier,
            min_maturity=draw(st.sampled_from([None, None, None, 2, 3])),
            listed_from=draw(st.one_of(st.none(), st.none(), st.sampled_from(SHARP_DAYS))),
            bars=draw(st.booleans()),
        )
        for number, tier in enumerate([*lists, None])
    ]
    return Policy(
        name="示例名录",
        region=Region(code="230000", name="黑龙江省"),
        authorities=(),
        tiers=tiers,
        titles=tuple(titles),
        bar_years=draw(st.integers(1, 2)),
        expiring_within_days=draw(st.sampled_from([0, 1, 180])),
    )


@st.composite
def lives(draw: st.DrawFn, unit: str, policy: Policy) -> Life:
    """Draw the facts of one unit, also such as the checks would refuse."""
    titles = st.sampled_from(policy.titles)
    awards = draw(st.lists(st.tuples(titles, DAYS), min_size=1, max_size=5))
    return Life(
        unit=unit,
        awards=tuple(
            DatedAward(title=title, day=on, document="示例〔2025〕1号", order=order)
            for order, (title, on) in enumerate(awards)
        ),
        revocations=tuple(draw(st.lists(revocations(policy), max_size=2))),
        maturity=tuple(draw(st.lists(assessments(), max_size=4))),
        closed=draw(st.one_of(st.none(), st.none(), st.none(), DAYS)),
    )


@st.composite
def revocations(draw: st.DrawFn, policy: Policy) -> DatedRevocation:
    """Draw the cancelling of some title."""
    title = draw(st.sampled_from(policy.titles))
    return DatedRevocation(title=title, day=draw(DAYS), document="示例〔2026〕1号")


@st.composite
def assessments(draw: st.DrawFn) -> Assessment:
    """Draw an assessment of maturity."""
    return Assessment(date=draw(DAYS), level=draw(st.integers(1, 4)), method="评估")


@st.composite
def settings_of(draw: st.DrawFn) -> Setting:
    """Draw a policy and an enterprise of one to three units."""
    policy = draw(policies())
    units = [f"2301-000{number}" for number in range(1, draw(st.integers(1, 3)) + 1)]
    return Setting(policy=policy, enterprise=tuple(draw(lives(unit, policy)) for unit in units))


@st.composite
def with_a_later_fact(draw: st.DrawFn) -> tuple[Setting, Setting, date]:
    """Draw a setting, the same with one fact more in one of its units, and a day before that fact."""
    setting = draw(settings_of())
    on = draw(DAYS.filter(lambda found: found > SHARP_DAYS[0]))
    before = draw(DAYS.filter(lambda found: found < on))
    chosen = draw(st.integers(0, len(setting.enterprise) - 1))
    life, policy = setting.enterprise[chosen], setting.policy
    title = draw(st.sampled_from(policy.titles))
    kinds = ["award", "revocation", "assessment"] + ([] if life.closed else ["closing"])
    kind = draw(st.sampled_from(kinds))
    if kind == "award":
        award = DatedAward(title=title, day=on, document="示例〔2026〕2号", order=len(life.awards))
        life = replace(life, awards=(*life.awards, award))
    elif kind == "revocation":
        revoked = DatedRevocation(title=title, day=on, document="示例〔2026〕3号")
        life = replace(life, revocations=(*life.revocations, revoked))
    elif kind == "assessment":
        found = Assessment(date=on, level=draw(st.integers(1, 4)), method="自评")
        life = replace(life, maturity=(*life.maturity, found))
    else:
        life = replace(life, closed=on)
    enterprise = (*setting.enterprise[:chosen], life, *setting.enterprise[chosen + 1 :])
    return setting, replace(setting, enterprise=enterprise), before
