"""A second opinion on the checks that follow from the rules (contract, section 4, "Rules"), code by code.

Written from the contract and the decision records on sequence and enterprises, not from the checks. A finding is
(kind of record, its key, code, field, level); what the message says is shown in the tables of `tests/checks`.
"""

from collections.abc import Iterator
from datetime import date

from msgspec.structs import replace

from generator.policy import Title
from generator.records import Award, Case, Correction, Document, Revocation, Unit, YearList
from generator.rules.terms import Life
from tests.rules.opinion_of_registry import RegistryOpinion
from tests.rules.second_opinion import Opinion, level_on, span, years_on

Finding = tuple[str, str, str, str, str]

CODES = frozenset(
    """wrong-kind wrong-authority title-retired award-before-document out-of-sequence missing-title barred after-closing
    revocation-without-title revocation-before-award future-fact name-mismatch case-unlisted maturity-low""".split()
)


class ChecksOpinion:
    """What is to be found in a registry on a day.

    `broken` are the units whose own record has an error of another kind: what follows from the facts of their
    enterprise is not asked. `unread` tells that some unit's file could not be read, so that what an award rests on may
    be there.
    """

    def __init__(self, told: RegistryOpinion, as_of: date, *, broken: set[str], unread: bool) -> None:
        self.told = told
        self.registry = told.registry
        self.policy = told.policy
        self.as_of = as_of
        self.broken = broken
        self.unread = unread

    def findings(self) -> set[Finding]:
        """Return all of them."""
        found = set(self._future())
        for unit in self.registry.units.values():
            found |= set(self._name(unit))
            if not self.broken.intersection(self.told.members(unit.id)):
                found |= set(self._unit(unit))
        for case in self.registry.cases.values():
            if not self.broken.intersection(self.told.members(case.factory)):
                found |= set(self._case(case))
        return found

    def _unit(self, unit: Unit) -> Iterator[Finding]:
        for place, award in enumerate(unit.titles):
            for code, field, level in self._award(unit, award):
                yield "factories", unit.id, code, f"titles[{place}]{field}", level
        for place, revoked in enumerate(unit.revocations):
            for code, field in self._revocation(unit, revoked):
                yield "factories", unit.id, code, f"revocations[{place}]{field}", "error"
        for place, assessed in enumerate(unit.maturity):
            if unit.closed and assessed.date > unit.closed.date:
                yield "factories", unit.id, "after-closing", f"maturity[{place}].date", "error"
        opinion = self.told.opinions[unit.id]
        for claim in opinion.claims[unit.id]:
            title = claim.award.title
            listed = claim.first <= self.as_of <= claim.last
            asked = title.min_maturity if listed and title.level == "province" else None
            if asked is not None and level_on(self.told.lives[unit.id], self.as_of) < asked:
                yield "factories", unit.id, "maturity-low", "maturity", "warning"

    def _title(self, name: str) -> Title:
        return next(title for title in self.policy.titles if title.name == name)

    def _document(self, unit: Unit, title: Title, number: str) -> Iterator[tuple[str, str]]:
        """The title is for the other kind; the authority has another level, or is another city's."""
        if title.kind != unit.kind:
            yield "wrong-kind", ".title"
        folder = self.registry.documents[number].authority
        authority = next(known for known in self.policy.authorities if known.id == folder)
        city = next(known for known in self.registry.cities.prefectures if known.name == unit.city)
        # The number keeps the city that a unit stood in at first, and what was awarded there.
        cities = {city.code[:4], unit.id[:4]}
        if authority.level != title.level or (
            authority.city is not None and authority.city[:4] not in cities
        ):
            yield "wrong-authority", ".document"

    def _award(self, unit: Unit, award: Award) -> Iterator[tuple[str, str, str]]:
        title, day = self._title(award.title), self.told.day_of(award)
        for code, field in self._document(unit, title, award.document):
            yield code, field, "error"
        if title.awarded_through is not None and day > title.awarded_through:
            yield "title-retired", ".title", "error"
        if day < self.registry.documents[award.document].date:
            yield "award-before-document", ".date", "error"
        if unit.closed is not None and day > unit.closed.date:
            yield "after-closing", "", "error"
        tier = next((tier for tier in self.policy.tiers if tier.id == title.tier), None)
        if tier is not None and tier.revocable and self._bars(unit, day):
            yield "barred", ".title", "error"
        if self.unread:
            return
        excused = "warning" if award.exception else "error"
        if (
            tier is not None
            and tier.requires is not None
            and not self._in_sequence(unit, day, tier.id, tier.requires)
        ):
            yield "out-of-sequence", ".title", excused
        if title.needs and not any(
            earlier.title in title.needs and self.told.day_of(earlier) <= day
            for member in self.told.members(unit.id)
            for earlier in self.registry.units[member].titles
        ):
            yield "missing-title", ".title", excused

    def _bars(self, unit: Unit, day: date) -> bool:
        return any(
            day in span(self.told.day_of(revoked), years_on(self.told.day_of(revoked), self.policy.bar_years))
            for member in self.told.members(unit.id)
            for revoked in self.registry.units[member].revocations
            if self._title(revoked.title).bars
        )

    def _in_sequence(self, unit: Unit, day: date, tier: str, required: str) -> bool:
        """On the day some unit of the enterprise is listed high enough; awards of this day do not vouch for each other."""
        order = [known.id for known in self.policy.tiers]

        def without(life: Life) -> Life:
            beside = [
                award
                for award in life.awards
                if award.day == day
                and award.title.tier
                and order.index(award.title.tier) >= order.index(tier)
            ]
            return replace(life, awards=tuple(award for award in life.awards if award not in beside))

        lives = [without(self.told.lives[member]) for member in self.told.members(unit.id)]
        opinion = Opinion(lives, self.policy, [day])
        held = [opinion.tiers[life.unit][day] for life in lives]
        return any(one is not None and order.index(one) >= order.index(required) for one in held)

    def _revocation(self, unit: Unit, revoked: Revocation) -> Iterator[tuple[str, str]]:
        yield from self._document(unit, self._title(revoked.title), revoked.document)
        awarded = [self.told.day_of(award) for award in unit.titles if award.title == revoked.title]
        if not awarded:
            yield "revocation-without-title", ".title"
        elif all(self.told.day_of(revoked) < day for day in awarded):
            yield "revocation-before-award", ".date"

    def _name(self, unit: Unit) -> Iterator[Finding]:
        """Same code, another name that is no former name of the other; told of the later of the two."""
        for other in (other for other in self.registry.units.values() if other.id < unit.id):
            formerly = {row.name for row in (*unit.former_names, *other.former_names)}
            same = unit.uscc is not None and unit.uscc == other.uscc
            if (
                same
                and unit.enterprise != other.enterprise
                and not formerly & {unit.enterprise, other.enterprise}
            ):
                yield "factories", unit.id, "name-mismatch", "enterprise", "warning"

    def _case(self, case: Case) -> Iterator[Finding]:
        if self.told.opinions[case.factory].tiers[case.factory][case.published] is None:
            yield "cases", case.id, "case-unlisted", "factory", "warning"

    def _future(self) -> Iterator[Finding]:
        """Every day that is written in a record."""
        registry = self.registry
        written: list[tuple[str, str, dict[str, date | None]]] = []
        written += [("factories", unit.id, days_of_unit(unit)) for unit in registry.units.values()]
        written += [("documents", row.number, days_of_document(row)) for row in registry.documents.values()]
        written += [("cases", case.id, days_of_case(case)) for case in registry.cases.values()]
        written += [("lists", f"{year:04}", days_of_list(row)) for year, row in registry.lists.items()]
        for kind, key, days in written:
            for field, day in days.items():
                if day is not None and day > self.as_of:
                    yield kind, key, "future-fact", field, "warning"


def days_of_unit(unit: Unit) -> dict[str, date | None]:
    """Return the days written in a unit's file by field."""
    return {
        **{f"titles[{n}].date": row.date for n, row in enumerate(unit.titles)},
        **{f"revocations[{n}].date": row.date for n, row in enumerate(unit.revocations)},
        **{f"maturity[{n}].date": row.date for n, row in enumerate(unit.maturity)},
        **{f"reports[{n}].date": row.date for n, row in enumerate(unit.reports)},
        **{f"former_names[{n}].until": row.until for n, row in enumerate(unit.former_names)},
        "closed.date": unit.closed.date if unit.closed else None,
        **days_of_corrections(unit.corrections),
    }


def days_of_document(document: Document) -> dict[str, date | None]:
    """Return the days written in a document's file by field."""
    return {"date": document.date, "entered": document.entered, **days_of_corrections(document.corrections)}


def days_of_case(case: Case) -> dict[str, date | None]:
    """Return the days written in a case's file by field."""
    return {
        "published": case.published,
        "updated": case.updated,
        "withdrawn.date": case.withdrawn.date if case.withdrawn else None,
        **days_of_corrections(case.corrections),
    }


def days_of_list(year_list: YearList) -> dict[str, date | None]:
    """Return the days written in a yearly list's file by field."""
    return {"date": year_list.date, **days_of_corrections(year_list.corrections)}


def days_of_corrections(corrections: tuple[Correction, ...]) -> dict[str, date | None]:
    """Return the days of corrections by field."""
    return {f"corrections[{n}].date": row.date for n, row in enumerate(corrections)}
