"""The rules as pure functions over frozen values, each with the words of the contract it follows (section 3).

May import `terms` and `policy`. Listings follow from all facts; only `standing` asks which day is looked at.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import zip_longest

from msgspec.structs import replace

from generator.policy import Policy, Title
from generator.records import Assessment
from generator.rules.terms import Bar, DatedAward, EndedBy, Face, Holding, Life, Listing, Standing, Status

ONE_DAY = timedelta(days=1)


@lru_cache(maxsize=4096)  # Many units are awarded on one day.
def add_years(day: date, years: int) -> date:
    """Return the same day some years on, 28 February where there is none.

    The corresponding day is the last day of the term (《民法典》第二百零二条).
    """
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 2, 28)


def bars(enterprise: Sequence[Life], policy: Policy) -> tuple[Bar, ...]:
    """Return the bars on an enterprise by first day: R … add_years(R, bar_years) for each revocation that bars.

    Args:
        enterprise: the lives of all its units.
        policy: whose titles bar, and for how many years.
    """
    found = [
        Bar(
            first=revocation.day,
            last=add_years(revocation.day, policy.bar_years),
            unit=life.unit,
            title=revocation.title.name,
            document=revocation.document,
        )
        for life in enterprise
        for revocation in life.revocations
        if revocation.title.bars
    ]
    return tuple(sorted(found, key=lambda bar: (bar.first, bar.unit, bar.title)))


def level_in_force(maturity: Iterable[Assessment], day: date) -> int:
    """Return the level of the latest assessment dated on or before a day, 0 where there is none.

    Of two on one day the later in the file holds.
    """
    latest: Assessment | None = None
    for assessment in maturity:
        if assessment.date <= day and (latest is None or assessment.date >= latest.date):
            latest = assessment
    return latest.level if latest else 0


def first_listed_day(title: Title, day: date, maturity: Sequence[Assessment]) -> date | None:
    """Return the first day an award can be listed from, before bars are looked at, or None where it never is.

    Args:
        title: the title awarded.
        day: the day of the award.
        maturity: the unit's assessments in the order of the file.
    """
    if title.min_maturity is not None:
        candidates = sorted({day, *(found.date for found in maturity if found.date > day)})
        reached = (at for at in candidates if level_in_force(maturity, at) >= (title.min_maturity or 0))
        found = next(reached, None)
        if found is None:
            return None
        day = found
    return max(day, title.listed_from) if title.listed_from else day


def listings(
    enterprise: Sequence[Life], policy: Policy, *, barred: Sequence[Bar] | None = None
) -> dict[str, tuple[Listing, ...]]:
    """Return the listings of every unit of an enterprise, by first day, then rising tier.

    Args:
        enterprise: the lives of all its units.
        policy: tiers, titles and terms.
        barred: the bars on it, for callers who have them already.
    """
    if barred is None:
        barred = bars(enterprise, policy)
    return {life.unit: _listings_of(life, barred, policy) for life in enterprise}


def _listings_of(life: Life, barred: Sequence[Bar], policy: Policy) -> tuple[Listing, ...]:
    opened = [listing for award in life.awards if (listing := _opened(award, life, barred, policy))]
    revoked = _after_revocations(opened, life, barred, policy)
    closed = _cut(revoked, life.closed, "closed") if life.closed else revoked
    if len(closed) < 2:  # as most units have it
        return tuple(closed)
    renewed = [
        listing
        for tier in policy.tiers
        for listing in _after_renewals([found for found in closed if found.tier == tier.id])
    ]
    return tuple(sorted(renewed, key=lambda listing: (listing.first, policy.tier(listing.tier).rank)))


def _opened(award: DatedAward, life: Life, barred: Sequence[Bar], policy: Policy) -> Listing | None:
    """The listing an award opens: from D through the end of the tier's term; none where a bar stands in the way."""
    if award.title.tier is None:
        return None
    tier = policy.tier(award.title.tier)
    first = first_listed_day(award.title, award.day, life.maturity)
    if first is None:
        return None
    if tier.revocable and any(award.day <= bar.first <= first or bar.covers(first) for bar in barred):
        return None
    last = add_years(first, tier.term_years) if tier.term_years else None
    return Listing(tier=tier.id, first=first, last=last, ended_by="expired" if last else None, award=award)


def _after_revocations(
    found: Sequence[Listing], life: Life, barred: Sequence[Bar], policy: Policy
) -> list[Listing]:
    """Revocations: one that bars ends what the enterprise holds in revocable tiers; any other what rests on the title."""
    kept = list(found)
    if not barred and not life.revocations:
        return kept
    for bar in barred:
        revocable = [listing for listing in kept if policy.tier(listing.tier).revocable]
        others = [listing for listing in kept if not policy.tier(listing.tier).revocable]
        # A listing that begins after R is left to the bar itself, which has refused it already.
        kept = others + [
            ended for listing in revocable if (ended := _ended(listing, bar.first, "revoked", covering=True))
        ]
    for revocation in life.revocations:
        if revocation.title.bars:
            continue
        kept = [
            ended
            for listing in kept
            if (
                ended := _ended(listing, revocation.day, "revoked", covering=False)
                if listing.award.title.name == revocation.title.name and listing.award.day <= revocation.day
                else listing
            )
        ]
    return kept


def _cut(found: Sequence[Listing], day: date, why: EndedBy) -> list[Listing]:
    return [ended for listing in found if (ended := _ended(listing, day, why, covering=False))]


def _ended(listing: Listing, day: date, why: EndedBy, *, covering: bool) -> Listing | None:
    """The listing cut on the day before `day`; None where nothing of it is left.

    With `covering`, a listing that begins after `day` stays.
    """
    if listing.first == day or (listing.first > day and not covering):
        return None
    if listing.covers(day):
        return replace(listing, last=day - ONE_DAY, ended_by=why)
    return listing


def _after_renewals(found: Sequence[Listing]) -> list[Listing]:
    """Renewal within one tier: a listing ends the day before the next begins, where that leaves no gap.

    Of two that begin on one day the later in the file holds and the other is dropped.
    """
    by_day: dict[date, Listing] = {}
    for listing in sorted(found, key=lambda listing: (listing.first, listing.award.order)):
        by_day[listing.first] = listing
    ordered = list(by_day.values())
    renewed = []
    for listing, following in zip_longest(ordered, ordered[1:]):
        if following and (listing.last is None or following.first <= listing.last + ONE_DAY):
            listing = replace(listing, last=following.first - ONE_DAY, ended_by="renewed")  # noqa: PLW2901
        renewed.append(listing)
    return renewed


def highest(found: Iterable[Listing], day: date, policy: Policy) -> Listing | None:
    """Return the listing in the highest tier that covers a day, or None."""
    top: Listing | None = None
    for listing in found:
        if listing.covers(day) and (
            top is None or policy.tier(listing.tier).rank > policy.tier(top.tier).rank
        ):
            top = listing
    return top


def holdings(found: Sequence[Listing], policy: Policy) -> tuple[Holding, ...]:
    """Return the days of a unit cut into runs of the same highest tier, in order.

    A holding ends by the `ended_by` of its last listing, or `promoted` where a higher tier begins.
    """
    cuts = turns(found)
    runs: list[Holding] = []
    for number, first in enumerate(cuts):
        top = highest(found, first, policy)
        if top is None:
            continue
        following = cuts[number + 1] if number + 1 < len(cuts) else None
        last = following - ONE_DAY if following else None
        ended_by = top.ended_by if last == top.last else None
        if runs and runs[-1].last == first - ONE_DAY:
            before = runs[-1]
            if before.tier == top.tier:
                runs[-1] = replace(before, last=last, ended_by=ended_by)
                continue
            if policy.tier(top.tier).rank > policy.tier(before.tier).rank:
                runs[-1] = replace(before, ended_by="promoted")
        runs.append(Holding(tier=top.tier, first=first, last=last, ended_by=ended_by))
    return tuple(runs)


def turns(found: Iterable[Listing], closed: date | None = None) -> list[date]:
    """Return the days on which anything can change, in order: first days, the days after last ones, the closing."""
    days: set[date] = set()
    for listing in found:
        days.add(listing.first)
        if listing.last:
            days.add(listing.last + ONE_DAY)
    if closed:
        days.add(closed)
    return sorted(days)


def last_ended(found: Iterable[Listing], policy: Policy, *, as_of: date) -> Listing | None:
    """Return, of the listings that ended before a day, the one that ended last (of two, the higher tier's), or None."""
    ended = (listing for listing in found if listing.last and listing.last < as_of)
    return max(ended, key=lambda listing: (listing.last, policy.tier(listing.tier).rank), default=None)


def status_at(life: Life, found: Sequence[Listing], policy: Policy, *, as_of: date) -> Status:
    """Return the status of a unit on a day (contract, "Standing")."""
    return _status(life, found, highest(found, as_of, policy), policy, as_of=as_of)


def _status(
    life: Life, found: Sequence[Listing], top: Listing | None, policy: Policy, *, as_of: date
) -> Status:
    if life.closed and life.closed <= as_of:
        return "closed"
    if top:
        return "listed"
    latest = last_ended(found, policy, as_of=as_of)
    if latest:
        return "revoked" if latest.ended_by == "revoked" else "expired"
    return "upcoming" if found else "unlisted"


def standing(
    life: Life,
    found: Sequence[Listing],
    barred: Sequence[Bar],
    policy: Policy,
    *,
    as_of: date,
    held: Sequence[Holding] | None = None,
) -> Standing:
    """Return what is true of a unit on a day.

    Args:
        life: its facts.
        found: its listings.
        barred: the bars on its enterprise.
        policy: tiers, and how many days ahead a listing counts as expiring.
        as_of: the day looked at.
        held: its holdings, for callers who have them already.
    """
    status = status_at(life, found, policy, as_of=as_of)
    runs = (holdings(found, policy) if held is None else held) if status == "listed" else ()
    at = next((number for number, run in enumerate(runs) if run.covers(as_of)), None)
    present = None if at is None else runs[at]
    through = None if at is None else _valid_through(runs[at:], policy)
    near = as_of + timedelta(days=policy.expiring_within_days)
    return Standing(
        status=status,
        tier=present.tier if present else None,
        since=present.first if present else None,
        valid_through=through,
        expiring=through is not None and through <= near,
        barred_through=max((bar.last for bar in barred if bar.covers(as_of)), default=None),
    )


def _valid_through(runs: Sequence[Holding], policy: Policy) -> date | None:
    """The last day on which the first holding's tier or a higher one is held without a gap."""
    rank = policy.tier(runs[0].tier).rank
    through = runs[0].last
    for run in runs[1:]:
        if through is None or run.first != through + ONE_DAY or policy.tier(run.tier).rank < rank:
            break
        through = run.last
    return through


def faces(life: Life, found: Sequence[Listing], policy: Policy) -> tuple[Face, ...]:
    """Return all days of a unit cut into runs of the same status and tier, in order; the first run has no first day.

    Every run but the first begins on a transition: a day on which the unit's tier or status changes.
    """
    days = turns(found, life.closed)
    runs = [_face(life, found, policy, min(days, default=date.max) - ONE_DAY, first=None)]
    for day in days:
        face = _face(life, found, policy, day, first=day)
        if (face.status, face.tier) != (runs[-1].status, runs[-1].tier):
            runs.append(face)
    return tuple(runs)


def transitions(runs: Iterable[Face]) -> tuple[date, ...]:
    """Return the days on which a unit's tier or status changes, in order, from its faces."""
    return tuple(face.first for face in runs if face.first)


def _face(life: Life, found: Sequence[Listing], policy: Policy, day: date, *, first: date | None) -> Face:
    top = highest(found, day, policy)
    return Face(
        first=first, status=_status(life, found, top, policy, as_of=day), tier=top.tier if top else None
    )
