"""Facts dated after the day looked at: allowed, and worth a second look (contract, `future-fact`).

May import `registry`.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from generator.checks.findings import Findings
from generator.records import Case, Correction, Document, Unit, YearList


def check_future(found: Findings, *, as_of: date) -> None:
    """Warn of every fact that is dated after `as_of`."""
    registry = found.registry
    days: list[tuple[str, str, str, date]] = []
    for unit in registry.units.values():
        days += [("factories", unit.id, where, day) for where, day in _unit_days(unit)]
    for document in registry.documents.values():
        days += [("documents", document.number, where, day) for where, day in _document_days(document)]
    for case in registry.cases.values():
        days += [("cases", case.id, where, day) for where, day in _case_days(case)]
    for year, year_list in registry.lists.items():
        days += [("lists", f"{year:04d}", where, day) for where, day in _list_days(year_list)]
    for kind, key, where, day in days:
        if day > as_of:
            message = f"日期 {day} 在数据截至日 {as_of} 之后，到那一天才生效；请确认没有写错年份。"
            found.add(kind, key, "future-fact", where, message, level="warning")


def _unit_days(unit: Unit) -> Iterator[tuple[str, date]]:
    for row, award in enumerate(unit.titles):
        if award.date:
            yield f"titles[{row}].date", award.date
    for row, revocation in enumerate(unit.revocations):
        if revocation.date:
            yield f"revocations[{row}].date", revocation.date
    for row, assessment in enumerate(unit.maturity):
        yield f"maturity[{row}].date", assessment.date
    for row, report in enumerate(unit.reports):
        yield f"reports[{row}].date", report.date
    for row, former in enumerate(unit.former_names):
        yield f"former_names[{row}].until", former.until
    yield from _correction_days(unit.corrections)
    if unit.closed:
        yield "closed.date", unit.closed.date


def _document_days(document: Document) -> Iterator[tuple[str, date]]:
    yield "date", document.date
    if document.entered:
        yield "entered", document.entered
    yield from _correction_days(document.corrections)


def _case_days(case: Case) -> Iterator[tuple[str, date]]:
    yield "published", case.published
    if case.updated:
        yield "updated", case.updated
    if case.withdrawn:
        yield "withdrawn.date", case.withdrawn.date
    yield from _correction_days(case.corrections)


def _list_days(year_list: YearList) -> Iterator[tuple[str, date]]:
    yield "date", year_list.date
    yield from _correction_days(year_list.corrections)


def _correction_days(corrections: Iterable[Correction]) -> Iterator[tuple[str, date]]:
    for row, correction in enumerate(corrections):
        yield f"corrections[{row}].date", correction.date
