"""Facts dated after the day looked at: allowed, and worth a second look (contract, `future-fact`).

May import `registry`.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TypeAlias

from generator.checks.findings import Findings
from generator.records import Case, Correction, Document, Unit, YearList

# A field with the place of its row, which is put in only where it is told, and its day.
_Dated: TypeAlias = tuple[str, int, date]


def check_future(found: Findings, *, as_of: date) -> None:
    """Warn of every fact that is dated after `as_of`."""
    registry = found.registry

    def warn(kind: str, key: str, days: Iterable[_Dated]) -> None:
        for where, row, day in days:
            if day > as_of:
                message = f"日期 {day} 在数据截至日 {as_of} 之后，到那一天才生效；请确认没有写错年份。"
                found.add(kind, key, "future-fact", where.format(row), message, level="warning")

    for unit in registry.units.values():
        warn("factories", unit.id, _unit_days(unit))
    for document in registry.documents.values():
        warn("documents", document.number, _document_days(document))
    for case in registry.cases.values():
        warn("cases", case.id, _case_days(case))
    for year, year_list in registry.lists.items():
        warn("lists", f"{year:04d}", _list_days(year_list))


def _unit_days(unit: Unit) -> Iterator[_Dated]:
    for row, award in enumerate(unit.titles):
        if award.date:
            yield "titles[{}].date", row, award.date
    for row, revocation in enumerate(unit.revocations):
        if revocation.date:
            yield "revocations[{}].date", row, revocation.date
    for row, assessment in enumerate(unit.maturity):
        yield "maturity[{}].date", row, assessment.date
    for row, report in enumerate(unit.reports):
        yield "reports[{}].date", row, report.date
    for row, former in enumerate(unit.former_names):
        yield "former_names[{}].until", row, former.until
    if unit.corrections:
        yield from _correction_days(unit.corrections)
    if unit.closed:
        yield "closed.date", 0, unit.closed.date


def _document_days(document: Document) -> Iterator[_Dated]:
    yield "date", 0, document.date
    if document.entered:
        yield "entered", 0, document.entered
    yield from _correction_days(document.corrections)


def _case_days(case: Case) -> Iterator[_Dated]:
    yield "published", 0, case.published
    if case.updated:
        yield "updated", 0, case.updated
    if case.withdrawn:
        yield "withdrawn.date", 0, case.withdrawn.date
    yield from _correction_days(case.corrections)


def _list_days(year_list: YearList) -> Iterator[_Dated]:
    yield "date", 0, year_list.date
    yield from _correction_days(year_list.corrections)


def _correction_days(corrections: Iterable[Correction]) -> Iterator[_Dated]:
    for row, correction in enumerate(corrections):
        yield "corrections[{}].date", row, correction.date
