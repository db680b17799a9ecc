"""Rows of typical cases to cases and to the fields of their records.

May import `drafts`, `records` and `writing`.
"""

from datetime import date

from generator.records import Case, Metric, Unit, Withdrawal
from generator.sheets.drafts import Draft
from generator.writing import Plain


class Refused(Exception):
    """A fact that contradicts what is entered: the field and why."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(message)
        self.key = key
        self.message = message


# The parts of a case, and the columns they come from.
CASE_COLUMNS = {
    "factory": "unit",
    "title": "case_title",
    "edition": "edition",
    "scenes": "scenes",
    "published": "published",
    "updated": "updated",
    "summary": "summary",
    "metrics": "metrics",
    "body": "body",
    "source": "source",
    "withdrawn": "withdrawn",
}


def case_of(draft: Draft, unit: Unit) -> Case:
    """Return the case a row tells of a unit; its number is not looked at.

    Raises:
        Refused: a line of its effects cannot be read.
    """
    values = draft.values
    scenes, published = values["scenes"], values["published"]
    updated, withdrawn = values.get("updated"), values.get("withdrawn")
    assert isinstance(scenes, tuple)
    assert isinstance(published, date)
    return Case(
        id="",
        title=str(values["case_title"]),
        factory=unit.id,
        edition=str(values["edition"]),
        scenes=scenes,
        published=published,
        updated=updated if isinstance(updated, date) else None,
        summary=str(values["summary"]),
        metrics=tuple(_metric(line) for line in str(values.get("metrics", "")).splitlines() if line.strip()),
        body=str(values["body"]),
        source=draft.text("source"),
        withdrawn=Withdrawal(date=withdrawn, reason=draft.text("withdrawn_reason"))
        if isinstance(withdrawn, date)
        else None,
    )


def _metric(line: str) -> Metric:
    parts = [part.strip() or None for part in line.replace("｜", "|").split("|")]
    name, second, third, unit = (*parts, None, None, None, None)[:4]
    if name is None or second is None or len(parts) > 4:
        raise Refused("metrics", f"“{line}”不是一项成效；请写成“名称|变化”或“名称|建设前|建设后|单位”")
    if third is None:
        return Metric(name=name, change=second, unit=unit)
    return Metric(name=name, before=second, after=third, unit=unit)


def case_fields(case: Case) -> dict[str, Plain]:
    """Return a case as the fields of its record, in the order records have them."""
    fields: dict[str, Plain] = {
        "title": case.title,
        "factory": case.factory,
        "edition": case.edition,
        "scenes": list(case.scenes),
        "published": case.published,
    }
    if case.updated:
        fields["updated"] = case.updated
    fields["summary"] = case.summary
    if case.metrics:
        fields["metrics"] = [
            {
                key: value
                for key in ("name", "before", "after", "unit", "change")
                if (value := getattr(metric, key)) is not None
            }
            for metric in case.metrics
        ]
    fields["body"] = f"{case.body}\n"
    if case.source:
        fields["source"] = case.source
    if case.withdrawn:
        reason: dict[str, Plain] = {"reason": case.withdrawn.reason} if case.withdrawn.reason else {}
        fields["withdrawn"] = {"date": case.withdrawn.date, **reason}
    return fields
