"""Document, case and yearly list files to their records (contract, section 2).

May import `source`, `records`, the getters, the fields and what units have in common with these. References to other files are not looked at here.
"""

from generator.parse.getters import Getter
from generator.parse.publication_fields import (
    SUMMARY_LENGTH,
    CaseFields,
    DocumentFields,
    MetricFields,
    WithdrawalFields,
    YearListFields,
)
from generator.parse.units import correction
from generator.problems import Report
from generator.records import Case, Document, Metric, Withdrawal, YearList
from generator.source import SourceFile


def parse_document(authority: str, file: SourceFile, report: Report) -> Document | None:
    """Return the official document a file describes, or None where what must be there is not.

    Args:
        authority: the name of the folder the file lies in.
        file: the file as strings and lines.
        report: where every problem of the file goes.
    """
    get = Getter(file, report, file.root, DocumentFields.fields_by_key)
    number = DocumentFields.number.of(get)
    title = DocumentFields.title.of(get)
    day = DocumentFields.date.of(get)
    url = DocumentFields.url.of(get)
    entered = DocumentFields.entered.of(get)
    corrections = DocumentFields.corrections.of(get, correction)
    get.close()
    if number is None or title is None or day is None:
        return None
    return Document(
        number=number,
        title=title,
        date=day,
        authority=authority,
        url=url,
        entered=entered,
        corrections=corrections,
    )


def parse_case(case_id: str, file: SourceFile, report: Report) -> Case | None:
    """Return the typical case a file describes, or None where what must be there is not.

    Args:
        case_id: the file's stem.
        file: the file as strings and lines.
        report: where every problem of the file goes.
    """
    get = Getter(file, report, file.root, CaseFields.fields_by_key)
    title = CaseFields.title.of(get)
    factory = CaseFields.factory.of(get)
    edition = CaseFields.edition.of(get)
    scenes = CaseFields.scenes.of(get)
    published = CaseFields.published.of(get)
    updated = CaseFields.updated.of(get)
    summary = CaseFields.summary.of(get)
    metrics = CaseFields.metrics.of(get, _metric)
    body = CaseFields.body.of(get)
    source = CaseFields.source.of(get)
    withdrawn = CaseFields.withdrawn.of(get, _withdrawal)
    corrections = CaseFields.corrections.of(get, correction)
    get.close()
    shortest, longest = SUMMARY_LENGTH
    if summary is not None and not shortest <= len(summary) <= longest:
        get.problem(
            "bad-text",
            "summary",
            f"摘要有 {len(summary)} 个字，应为 {shortest} 到 {longest} 个字；请{'补充' if len(summary) < shortest else '删减'}。",
        )
    if (
        title is None
        or factory is None
        or edition is None
        or published is None
        or summary is None
        or body is None
    ):
        return None
    if not scenes:
        return None
    return Case(
        id=case_id,
        title=title,
        factory=factory,
        edition=edition,
        scenes=scenes,
        published=published,
        updated=updated,
        summary=summary,
        metrics=metrics,
        body=body,
        source=source,
        withdrawn=withdrawn,
        corrections=corrections,
    )


def parse_list(file: SourceFile, report: Report) -> YearList | None:
    """Return the yearly list a file describes, or None where what must be there is not.

    Args:
        file: the file as strings and lines.
        report: where every problem of the file goes.
    """
    get = Getter(file, report, file.root, YearListFields.fields_by_key)
    year = YearListFields.year.of(get)
    day = YearListFields.date.of(get)
    document = YearListFields.document.of(get)
    corrections = YearListFields.corrections.of(get, correction)
    get.close()
    if year is None or day is None or document is None:
        return None
    return YearList(year=year, date=day, document=document, corrections=corrections)


def _metric(get: Getter) -> Metric | None:
    name = MetricFields.name.of(get)
    before, after, unit = MetricFields.before.of(get), MetricFields.after.of(get), MetricFields.unit.of(get)
    change = MetricFields.change.of(get)
    pair = before is not None and after is not None
    if pair == (change is not None) or (before is None) != (after is None):
        get.problem(
            "missing-field",
            "change",
            "一项成效要么写 before、after（可加 unit），要么只写 change；例如 {name: 交付周期, change: 缩短 30%}。",
        )
    if name is None:
        return None
    return Metric(name=name, before=before, after=after, unit=unit, change=change)


def _withdrawal(get: Getter) -> Withdrawal | None:
    day, reason = WithdrawalFields.date.of(get), WithdrawalFields.reason.of(get)
    return None if day is None else Withdrawal(date=day, reason=reason)
