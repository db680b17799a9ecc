"""What holds for every policy and every set of facts, also such as the checks would refuse."""

from datetime import date
from itertools import pairwise

from hypothesis import given
from msgspec.structs import replace

from generator.policy import Policy
from generator.rules import engine
from generator.rules.terms import Life, Listing, Standing
from tests.rules.builders import ONE_DAY
from tests.rules.effort import tries
from tests.rules.strategies import DAYS, SHARP_DAYS, Setting, settings_of, with_a_later_fact

everywhere = tries(200)

UNITS = settings_of()
AFTER_ALL = date(2100, 1, 1)


def found_in(setting: Setting) -> list[tuple[Life, tuple[Listing, ...]]]:
    """Return each unit of the enterprise with its listings."""
    found = engine.listings(setting.enterprise, setting.policy)
    return [(life, found[life.unit]) for life in setting.enterprise]


def standing_in(setting: Setting, place: int, on: date) -> Standing:
    """Return the standing of the unit at this place of the enterprise on a day."""
    life, found = found_in(setting)[place]
    barred = engine.bars(setting.enterprise, setting.policy)
    return engine.standing(life, found, barred, setting.policy, as_of=on)


def telling_days(setting: Setting) -> list[date]:
    """Return the days on both sides of everything that begins or ends, and the sharp days."""
    days = set(SHARP_DAYS)
    for life, found in found_in(setting):
        days |= {listing.first for listing in found} | {listing.last for listing in found if listing.last}
        days |= {life.closed} if life.closed else set()
    for bar in engine.bars(setting.enterprise, setting.policy):
        days |= {bar.first, bar.last}
    return sorted({on + step * ONE_DAY for on in days for step in (-1, 0, 1)})


def rank(policy: Policy, tier: str | None) -> int:
    """Return the place of a tier in rising order, -1 for none."""
    return -1 if tier is None else policy.tier(tier).rank


@everywhere
@given(setting=UNITS)
def test_no_overlap(setting: Setting) -> None:
    """No two listings of one unit in one tier overlap."""
    for _, found in found_in(setting):
        for tier in setting.policy.tiers:
            of_tier = [listing for listing in found if listing.tier == tier.id]
            for earlier, later in pairwise(of_tier):
                assert earlier.last is not None
                assert earlier.last < later.first


@everywhere
@given(setting=UNITS)
def test_never_empty(setting: Setting) -> None:
    """Each listing has a first day and a last day not before it."""
    for _, found in found_in(setting):
        assert all(listing.last is None or listing.first <= listing.last for listing in found)


@everywhere
@given(setting=UNITS)
def test_barred_is_not_listed(setting: Setting) -> None:
    """No unit is listed in a revocable tier on a day its enterprise is barred."""
    revocable = {tier.id for tier in setting.policy.tiers if tier.revocable}
    for bar in engine.bars(setting.enterprise, setting.policy):
        for _, found in found_in(setting):
            for listing in (listing for listing in found if listing.tier in revocable):
                before = listing.last is not None and listing.last < bar.first
                assert before or listing.first > bar.last


@everywhere
@given(setting=UNITS)
def test_listings_stay_within_their_grounds(setting: Setting) -> None:
    """A listing runs from D at the earliest through add_years(D, term_years) at the latest, and never from closing on.

    One that reaches its own last day has ended_by: expired; one without end has none.
    """
    for life, found in found_in(setting):
        for listing in found:
            award, years = listing.award, setting.policy.tier(listing.tier).term_years
            opened = engine.first_listed_day(award.title, award.day, life.maturity)
            assert listing.first == opened
            assert opened >= award.day
            assert award.title.listed_from is None or opened >= award.title.listed_from
            full = None if years is None else engine.add_years(opened, years)
            assert listing.last is None or full is None or listing.last <= full
            assert (listing.ended_by is None) == (listing.last is None)
            assert (listing.ended_by == "expired") <= (listing.last == full)
            assert listing.ended_by != "promoted"
            if listing.last is None:
                assert years is None
                assert life.closed is None
            if life.closed is not None:
                assert listing.last is not None
                assert listing.last < life.closed


@everywhere
@given(setting=UNITS)
def test_holdings_partition_the_covered_days(setting: Setting) -> None:
    """Holdings = the days cut into runs of the same tier; the tier at a day is the highest that covers the day."""
    policy, days = setting.policy, telling_days(setting)
    for _, found in found_in(setting):
        runs = engine.holdings(found, policy)
        for before, after in pairwise(runs):
            assert before.last is not None
            assert before.last < after.first
            if before.last + ONE_DAY == after.first:
                assert before.tier != after.tier
            promoted = after.first == before.last + ONE_DAY and rank(policy, after.tier) > rank(
                policy, before.tier
            )
            assert (before.ended_by == "promoted") == promoted
        assert all(run.last is None or run.first <= run.last for run in runs)
        assert all((run.ended_by is None) == (run.last is None) for run in runs)
        for on in days:
            covering = [run.tier for run in runs if run.covers(on)]
            highest = max((rank(policy, one.tier) for one in found if one.covers(on)), default=-1)
            assert [rank(policy, tier) for tier in covering] == ([highest] if highest >= 0 else [])


@everywhere
@given(setting=UNITS, on=DAYS)
def test_nothing_changes_between_transitions(setting: Setting, on: date) -> None:
    """Tier and status stay the same between two neighbouring transitions, and one of them changes on each."""
    for place, (life, found) in enumerate(found_in(setting)):
        turns = engine.transitions(engine.faces(life, found, setting.policy))
        assert list(turns) == sorted(set(turns))
        faces = []
        for first, following in pairwise([date(2000, 1, 1), *turns, AFTER_ALL]):
            last = following - ONE_DAY
            shown = [standing_in(setting, place, at) for at in (first, max(first, min(on, last)), last)]
            assert len({(standing.status, standing.tier) for standing in shown}) == 1
            faces.append((shown[0].status, shown[0].tier))
        assert all(before != after for before, after in pairwise(faces))


@everywhere
@given(setting=UNITS)
def test_standing_agrees_with_itself(setting: Setting) -> None:
    """A unit has a tier, and a first day of the present holding, exactly on the days it is listed.

    valid_through is the last day on which it still holds this tier or a higher one without a gap.
    """
    policy = setting.policy
    for place in range(len(setting.enterprise)):
        for on in telling_days(setting):
            now = standing_in(setting, place, on)
            listed = now.status == "listed"
            assert listed == (now.tier is not None) == (now.since is not None)
            if now.since is not None:
                assert standing_in(setting, place, now.since).tier == now.tier
                assert standing_in(setting, place, now.since - ONE_DAY).tier != now.tier
            ahead = now.valid_through
            assert listed or ahead is None
            if ahead is not None:
                assert rank(policy, standing_in(setting, place, ahead).tier) >= rank(policy, now.tier)
                after = standing_in(setting, place, ahead + ONE_DAY)
                assert rank(policy, after.tier) < rank(policy, now.tier)
            if listed and ahead is None:
                assert rank(policy, standing_in(setting, place, AFTER_ALL).tier) >= rank(policy, now.tier)
            near = ahead is not None and (ahead - on).days <= policy.expiring_within_days
            assert now.expiring == near


@everywhere
@given(change=with_a_later_fact())
def test_a_later_fact_changes_only_what_lies_ahead(change: tuple[Setting, Setting, date]) -> None:
    """A fact dated after D never changes what a standing at D says of D and of the days before it.

    Tier, since and barred_through stay; so does the status, save that `upcoming` and `unlisted`, which look ahead,
    may turn into each other; valid_through and expiring may change where the unit is listed, and valid_through
    never falls before D. This holds for the unit of the fact and for its sisters.
    """
    before, after, on = change
    for place in range(len(before.enterprise)):
        was, now = standing_in(before, place, on), standing_in(after, place, on)
        assert (now.tier, now.since, now.barred_through) == (was.tier, was.since, was.barred_through)
        looks_ahead = {"upcoming", "unlisted"}
        assert now.status == was.status or {now.status, was.status} == looks_ahead
        if was.status != "listed":
            assert (now.valid_through, now.expiring) == (None, False)
        assert now.valid_through is None or now.valid_through >= on
        was_days, now_days = (
            [(one.tier, one.first) for one in found_in(setting)[place][1] if one.first <= on]
            for setting in (before, after)
        )
        assert now_days == was_days


@everywhere
@given(setting=UNITS)
def test_the_order_of_units_and_revocations_does_not_matter(setting: Setting) -> None:
    """Listings follow from the facts: neither the order of the units nor that of the revocations plays a part."""
    turned = [
        replace(life, revocations=tuple(reversed(life.revocations))) for life in reversed(setting.enterprise)
    ]
    assert engine.listings(turned, setting.policy) == engine.listings(setting.enterprise, setting.policy)
