"""The facts of a registry as rows of the template's form.

May import `columns`, `records` and `registry`. What does not fit into a cell is told, so that nothing is lost unseen.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from msgspec import Struct

from generator.records import Award, Case, Metric, Revocation, Unit
from generator.registry import Registry
from generator.sheets.layouts import ALL_FORMS
from generator.sheets.wordlists import industry_words

Cells = dict[str, str | int | date]
LONGEST = 32_767


class Wanted(Struct, frozen=True, kw_only=True):
    """Which facts: of a city, of some units, dated in a year; None for all."""

    city: str | None = None
    units: tuple[str, ...] = ()
    year: int | None = None


@dataclass(slots=True)
class Facts:
    """Rows of each kind of act, with sentences about what does not fit into them."""

    rows: dict[str, list[Cells]] = field(default_factory=lambda: {form.kind: [] for form in ALL_FORMS})
    told: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many rows there are."""
        return sum(map(len, self.rows.values()))


def facts(registry: Registry, wanted: Wanted) -> Facts:
    """Return the facts of a registry as rows, units by number, each unit's facts in the order of its file.

    Args:
        registry: the records.
        wanted: which of them.
    """
    found = Facts()
    chosen = [unit for unit in registry.units.values() if _of(unit, wanted)]
    for unit in sorted(chosen, key=lambda one: one.id):
        for kind, row in _unit_rows(unit, registry):
            if wanted.year is None or _year(kind, row, registry) == wanted.year:
                found.rows[kind].append(row)
    ids = {unit.id for unit in chosen}
    for case in sorted(registry.cases.values(), key=lambda one: one.id):
        if case.factory in ids and wanted.year in (None, case.published.year):
            row = _case_row(case, registry.units[case.factory])
            if any(len(str(value)) > LONGEST for value in row.values()):
                found.told.append(f"案例 {case.id} 有一项超过 {LONGEST} 字，一格放不下，没有写入。")
            else:
                found.rows["case"].append(row)
    return found


def _of(unit: Unit, wanted: Wanted) -> bool:
    return wanted.city in (None, unit.city) and (not wanted.units or unit.id in wanted.units)


def _year(kind: str, row: Cells, registry: Registry) -> int | None:
    day = row.get("date") or row.get("until") or row.get("published")
    if day is None and (document := registry.documents.get(str(row.get("document")))):
        day = document.date
    return day.year if isinstance(day, date) else None


def _unit_rows(unit: Unit, registry: Registry) -> Iterator[tuple[str, Cells]]:
    names = [*(former.name for former in unit.former_names), unit.enterprise]
    who = _given(unit=unit.id, enterprise=names[0], name=unit.name, uscc=unit.uscc)
    now = _given(unit=unit.id, enterprise=unit.enterprise, name=unit.name, uscc=unit.uscc)
    about = _given(
        kind=unit.kind,
        city=unit.city,
        county=unit.county,
        zone=unit.zone,
        industry=industry_words(unit.industry, registry),
        website=unit.website,
        uscc_note=unit.uscc_note,
    )
    first = _renewals_begin(unit.titles)
    for award in unit.titles[:first]:
        yield "award", {**who, **about, **_act(award), **_given(exception=award.exception)}
    for award in unit.titles[first:]:
        yield "renewal", {**who, **_act(award)}
    for revocation in unit.revocations:
        yield "revocation", {**who, **_act(revocation), **_given(reason=revocation.reason)}
    for one in unit.maturity:
        yield "maturity", {**who, "date": one.date, "level": one.level, "method": one.method}
    for former, following in zip(unit.former_names, names[1:], strict=True):
        old = _given(unit=unit.id, enterprise=former.name, name=unit.name, uscc=unit.uscc)
        yield "rename", {**old, "new_name": following, "until": former.until}
    if unit.closed is not None:
        closed = unit.closed
        yield (
            "closing",
            {**now, "date": closed.date, **_given(reason=closed.reason, successor=closed.successor)},
        )
    for report in unit.reports:
        yield "report", {**now, "year": str(report.year), "date": report.date}
    for correction in unit.corrections:
        why = {"fields": "、".join(correction.fields), "reason": correction.reason}
        yield "correction", {**now, "date": correction.date, **why}


def _renewals_begin(titles: tuple[Award, ...]) -> int:
    """Where the awards end after which only titles follow that were held before: these are renewals.

    The sheets are read one after the other, so that the order of the file comes out again.
    """
    first = len(titles)
    while first:
        last = titles[first - 1]
        held = {award.title for award in titles[: first - 1]}
        if last.title not in held or last.exception is not None:
            break
        first -= 1
    return first


def _act(act: Award | Revocation) -> Cells:
    return _given(title=act.title, document=act.document, date=act.date)


def _case_row(case: Case, unit: Unit) -> Cells:
    withdrawn = case.withdrawn
    return _given(
        case=case.id,
        unit=unit.id,
        enterprise=unit.enterprise,
        name=unit.name,
        uscc=unit.uscc,
        case_title=case.title,
        edition=case.edition,
        scenes="、".join(map(str, case.scenes)),
        published=case.published,
        summary=case.summary,
        metrics="\n".join(metric_line(metric) for metric in case.metrics),
        body=case.body.strip("\n"),
        source=case.source,
        updated=case.updated,
        withdrawn=withdrawn.date if withdrawn else None,
        withdrawn_reason=withdrawn.reason if withdrawn else None,
    )


def metric_line(metric: Metric) -> str:
    """Return an effect as a line of its cell: `名称|变化`, or `名称|建设前|建设后|单位`."""
    if metric.change is not None:
        return "|".join((metric.name, metric.change, *(("", metric.unit) if metric.unit else ())))
    return "|".join(part or "" for part in (metric.name, metric.before, metric.after, metric.unit)).rstrip(
        "|"
    )


def _given(**values: str | int | date | None) -> Cells:
    return {key: value for key, value in values.items() if value not in (None, "")}
