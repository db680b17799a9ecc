"""What else a change does: names, places, maturity, reports, cases, documents, and records whose standing stays as it is.

May import `registry`, `rules`, `views`, `urls` and the other modules of this room.
"""

from collections.abc import Iterator

from generator import urls
from generator.effects.facts import altered_fields
from generator.effects.law import affected, unit_name
from generator.effects.shapes import Fact, Lists, Paper, Replaced, Told, Untouched
from generator.effects.side import Side, place_of
from generator.records import Assessment, Award, Case, Revocation, Unit
from generator.rules.engine import level_in_force
from generator.views.corrections import FIELDS

_NAMES = {"enterprise": "企业", "name": "单元"}


def told(base: Side, head: Side, found: Lists) -> Told:
    """Return what a change does besides the lists.

    Args:
        base: the registry as it was.
        head: the registry as it will be.
        found: what it means for the lists.
    """
    old, new = base.registry, head.registry
    both = [(old.units[unit.id], unit) for unit in new.units.values() if unit.id in old.units]
    changed = [(before, after) for before, after in both if before != after]
    in_law = set(affected(base, head))
    in_law |= {one.unit.id for one in found.cancellings} | {one.unit.id for one in found.quiet}
    added = [unit for unit in new.units.values() if unit.id not in old.units]
    every: list[tuple[Unit | None, Unit]] = [*changed, *((None, unit) for unit in added)]
    cases = [(old.cases.get(case.id), case) for case in new.cases.values()]
    return Told(
        renamed=tuple(row for before, after in changed for row in _renamed(before, after)),
        moved=tuple(row for before, after in changed for row in _moved(before, after)),
        maturity=tuple(row for before, after in every for row in _maturity(base, head, before, after)),
        reports=tuple(row for before, after in every for row in _reports(head, before, after)),
        new_units=tuple(unit_name(unit) for unit in added),
        new_cases=tuple(_case(head, case) for before, case in cases if before is None),
        withdrawn_cases=tuple(
            _case(head, case, case.withdrawn.reason)
            for before, case in cases
            if case.withdrawn and not (before and before.withdrawn)
        ),
        revised_cases=tuple(
            _case(head, case, "、".join(FIELDS.get(name, name) for name in altered_fields(before, case)))
            for before, case in cases
            if before and before != case and bool(before.withdrawn) == bool(case.withdrawn)
        ),
        new_documents=tuple(_documents(base, head)),
        new_lists=tuple(
            Paper(
                key=str(one.year),
                title=f"{one.year} 年度名单",
                day=one.date,
                address=urls.year_list(one.year),
                note=one.document,
            )
            for year, one in new.lists.items()
            if year not in old.lists
        ),
        untouched=tuple(
            Untouched(unit=unit_name(after), fields=fields)
            for before, after in changed
            if after.id not in in_law and (fields := _fields(before, after))
        ),
        other_records=tuple(_others(base, head)),
        form_only=sum(_form_only(base, head)),
    )


def _fields(before: Unit, after: Unit) -> tuple[str, ...]:
    return tuple(FIELDS.get(name, name) for name in altered_fields(before, after))


def _renamed(before: Unit, after: Unit) -> Iterator[Replaced]:
    for field, what in _NAMES.items():
        old, new = getattr(before, field), getattr(after, field)
        if old != new:
            known = field != "enterprise" or any(former.name == old for former in after.former_names)
            note = None if known else "曾用名没有登记"
            yield Replaced(unit=unit_name(after), what=what, before=old, after=new, note=note)


def _moved(before: Unit, after: Unit) -> Iterator[Replaced]:
    if before.city != after.city or before.county != after.county:
        yield Replaced(
            unit=unit_name(after),
            what="地市" if before.city != after.city else "县区",
            before=before.city + (before.county or ""),
            after=after.city + (after.county or ""),
            note="网页地址不变",
        )


def _maturity(base: Side, head: Side, before: Unit | None, after: Unit) -> Iterator[Fact]:
    """The new assessments, and whether a listing begins with them."""
    known = list(before.maturity) if before else []
    for assessment in after.maturity:
        if assessment in known:
            known.remove(assessment)
            continue
        yield Fact(
            unit=unit_name(after),
            day=assessment.date,
            what=f"{assessment.level} 级（{assessment.method}）",
            effect=_counts(head, after, assessment),
        )


def _counts(head: Side, unit: Unit, assessment: Assessment) -> str:
    account = head.ledger.accounts[unit.id]
    for listing in account.listings:
        wanted = listing.award.title.min_maturity
        if wanted is None:
            continue
        tier = head.registry.policy.tier(listing.tier).name
        if listing.first == assessment.date and listing.award.day < assessment.date:
            return f"达到 {wanted} 级，自这一天起列入{tier}"
        if listing.covers(head.as_of) and level_in_force(unit.maturity, head.as_of) < wanted:
            return f"低于{tier}所要求的 {wanted} 级，名单照旧"
    return "不改变列入"


def _reports(head: Side, before: Unit | None, after: Unit) -> Iterator[Fact]:
    known = before.reports if before else ()
    for report in after.reports:
        if report not in known:
            face = head.ledger.accounts[after.id].face(report.date)
            owed = face.tier is not None and head.registry.policy.tier(face.tier).report
            yield Fact(
                unit=unit_name(after),
                day=report.date,
                what=f"{report.year} 年度进展报告",
                effect="所在层级每年应报送，计入" if owed else "所在层级不要求报送，只作记载",
            )


def _case(head: Side, case: Case, note: str | None = None) -> Paper:
    unit = head.registry.units.get(case.factory)
    return Paper(
        key=case.id,
        title=case.title,
        day=case.withdrawn.date if case.withdrawn else case.published,
        address=urls.case(case.id),
        note=note or (unit.enterprise if unit else None),
    )


def _documents(base: Side, head: Side) -> Iterator[Paper]:
    named: dict[str, set[str]] = {}
    for unit in head.registry.units.values():
        facts: list[Award | Revocation] = [*unit.titles, *unit.revocations]
        for fact in facts:
            named.setdefault(fact.document, set()).add(unit.id)
    old = {place_of(base.registry.file("documents", number).path) for number in base.registry.documents}
    for document in head.registry.documents.values():
        path = head.registry.file("documents", document.number).path
        if document.number not in base.registry.documents and place_of(path) not in old:
            number = len(named.get(document.number, ()))
            yield Paper(
                key=document.number,
                title=document.title,
                day=document.date,
                address=urls.document(path),
                note=f"涉及 {number} 个单元" if number else "没有单元引用",
            )


def _others(base: Side, head: Side) -> Iterator[str]:
    """The documents and yearly lists that are altered, by file, with their fields."""
    for kind in ("documents", "lists"):
        for _, key in (found for found in base.registry.files if found[0] == kind):
            before, after = base.registry.record(kind, key), head.registry.record(kind, key)
            if before and after and before != after:
                names = "、".join(FIELDS.get(name, name) for name in altered_fields(before, after))
                yield f"{'文件' if kind == 'documents' else '年度名单'} {key}：{names}"


def _form_only(base: Side, head: Side) -> Iterator[bool]:
    """The files whose bytes change and whose record does not."""
    for (kind, key), file in head.registry.files.items():
        before = base.registry.files.get((kind, key))
        if before is None or before.content == file.content:
            continue
        if kind == "vocabulary":
            yield _vocabulary(base, key) == _vocabulary(head, key)
        else:
            yield base.registry.record(kind, key) == head.registry.record(kind, key)


def _vocabulary(side: Side, name: str) -> object:
    found = side.registry
    return {
        "policy.yml": found.policy,
        "cities.yml": found.cities,
        "industries.yml": found.industries,
        "scenes.yml": found.scenes,
    }[name]


def changed_vocabularies(base: Side, head: Side) -> list[str]:
    """Return the names of the files of rules and vocabularies that say something else than before."""
    names = [key for kind, key in head.registry.files if kind == "vocabulary"]
    return [name for name in names if _vocabulary(base, name) != _vocabulary(head, name)]
