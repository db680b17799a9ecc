"""Factory files to `Unit` (contract, section 2, "factories").

May import `source`, `records`, `forms`, the getters and the fields. References to other files are not looked at here.
"""

from generator import forms
from generator.parse.getters import Getter
from generator.parse.unit_fields import (
    AssessmentFields,
    AwardFields,
    ClosingFields,
    CorrectionFields,
    FormerNameFields,
    RevocationFields,
    UnitFields,
    YearReportFields,
)
from generator.problems import Report
from generator.records import (
    Assessment,
    Award,
    Closing,
    Correction,
    FormerName,
    Revocation,
    Unit,
    YearReport,
)
from generator.source import SourceFile


def parse_unit(unit_id: str, file: SourceFile, report: Report) -> Unit | None:
    """Return the unit a file describes, or None where what must be there is not.

    Args:
        unit_id: the file's stem.
        file: the file as strings and lines.
        report: where every problem of the file goes.
    """
    get = Getter(file, report, file.root, UnitFields.fields_by_key)
    name = UnitFields.name.of(get)
    kind = UnitFields.kind.of(get)
    enterprise = UnitFields.enterprise.of(get)
    uscc = UnitFields.uscc.of(get)
    uscc_note = UnitFields.uscc_note.of(get)
    former_names = UnitFields.former_names.of(get, _former_name)
    city = UnitFields.city.of(get)
    county = UnitFields.county.of(get)
    zone = UnitFields.zone.of(get)
    industry = UnitFields.industry.of(get)
    website = UnitFields.website.of(get)
    maturity = UnitFields.maturity.of(get, _assessment)
    titles = UnitFields.titles.of(get, _award)
    revocations = UnitFields.revocations.of(get, _revocation)
    closed = UnitFields.closed.of(get, _closing)
    reports = UnitFields.reports.of(get, _report)
    corrections = UnitFields.corrections.of(get, correction)
    _check_uscc(get, uscc, uscc_note)
    get.close()
    if name is None or kind is None or enterprise is None or city is None or industry is None or not titles:
        return None
    return Unit(
        id=unit_id,
        name=name,
        kind=kind,
        enterprise=enterprise,
        uscc=uscc,
        uscc_note=uscc_note,
        former_names=former_names,
        city=city,
        county=county,
        zone=zone,
        industry=industry,
        website=website,
        maturity=maturity,
        titles=titles,
        revocations=revocations,
        closed=closed,
        reports=reports,
        corrections=corrections,
    )


def _check_uscc(get: Getter, uscc: str | None, note: str | None) -> None:
    """A code has the form and the check character of GB 32100-2015; a failing check may stand with a reason."""
    if uscc is None:
        get.problem(
            "uscc-missing",
            "uscc",
            "没有填写统一社会信用代码，同一企业的其他单元只能按名称归并；查到后请补上“uscc: 18 位代码”。",
            level="warning",
        )
        return
    wrong = forms.uscc_format_problem(uscc)
    if wrong:
        get.problem("uscc-format", "uscc", f"“{uscc[:40]}”：{wrong}。")
        return
    right = forms.uscc_check_character(uscc[:17])
    if uscc[17] == right:
        return
    if note:
        get.problem(
            "uscc-noted",
            "uscc",
            f"“{uscc}”的校验码不符，已注明原因：{note}；查清后请改正并删去说明。",
            level="warning",
        )
        return
    get.problem(
        "uscc-check",
        "uscc",
        f"“{uscc}”的第 18 位校验码是 {uscc[17]}，按前 17 位应为 {right}；请对照营业执照改正，"
        "确认执照就是这样写的，请用 uscc_note 写明原因。",
    )


def _former_name(get: Getter) -> FormerName | None:
    name, until = FormerNameFields.name.of(get), FormerNameFields.until.of(get)
    return None if name is None or until is None else FormerName(name=name, until=until)


def _assessment(get: Getter) -> Assessment | None:
    day = AssessmentFields.date.of(get)
    level = AssessmentFields.level.of(get)
    method = AssessmentFields.method.of(get)
    if day is None or level is None or method is None:
        return None
    return Assessment(date=day, level=level, method=method)


def _award(get: Getter) -> Award | None:
    title, document = AwardFields.title.of(get), AwardFields.document.of(get)
    day, exception = AwardFields.date.of(get), AwardFields.exception.of(get)
    if title is None or document is None:
        return None
    return Award(title=title, document=document, date=day, exception=exception)


def _revocation(get: Getter) -> Revocation | None:
    title, document = RevocationFields.title.of(get), RevocationFields.document.of(get)
    day, reason = RevocationFields.date.of(get), RevocationFields.reason.of(get)
    if title is None or document is None:
        return None
    return Revocation(title=title, document=document, date=day, reason=reason)


def _closing(get: Getter) -> Closing | None:
    day = ClosingFields.date.of(get)
    reason = ClosingFields.reason.of(get)
    successor = ClosingFields.successor.of(get)
    if day is None or reason is None:
        return None
    return Closing(date=day, reason=reason, successor=successor)


def _report(get: Getter) -> YearReport | None:
    year = YearReportFields.year.of(get)
    day = YearReportFields.date.of(get)
    return None if year is None or day is None else YearReport(year=year, date=day)


def correction(get: Getter) -> Correction | None:
    """Return one row of `corrections`, which every kind of record has, or None where what must be there is not."""
    day, fields = CorrectionFields.date.of(get), CorrectionFields.fields.of(get)
    reason = CorrectionFields.reason.of(get)
    if not fields:
        get.problem(
            "missing-field", "fields", "缺少必填字段“fields”；请写明更正了哪些字段，例如 fields: [titles]。"
        )
    if day is None or reason is None or not fields:
        return None
    return Correction(date=day, fields=fields, reason=reason)
