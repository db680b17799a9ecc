"""What the checks say of a registry as rows would leave it, told by the cells of the rows.

May import `desk`, `drafts` and the checks. Only what was not wrong before is the rows' fault.
"""

import re
from datetime import date

from generator.checks.findings import Findings
from generator.checks.references import check_references
from generator.checks.rulings import check_rulings
from generator.problems import Problem, Report
from generator.registry import Registry
from generator.rules.ledger import Ledger
from generator.sheets.desk import Changed, Desk, rows_of
from generator.sheets.drafts import Complaint, Draft

_ADDS = {
    "titles": ("award", "renewal"),
    "revocations": ("revocation",),
    "maturity": ("maturity",),
    "former_names": ("rename",),
}
# Fields of records and the columns they come from, where these are called otherwise.
_COLUMNS = {
    "closed": "date",
    "former_names": "until",
    "titles": "title",
    "revocations": "title",
    "factory": "unit",
    "successor": "successor",
    "maturity": "level",
}
# Told once for all rows, since no published list has codes.
_ALWAYS_TOLD = frozenset({"uscc-missing"})


def prove(desk: Desk, *, as_of: date) -> tuple[list[Complaint], list[str]]:
    """Return what is wrong with the registry after the rows and was not before, and what a person should look at.

    Args:
        desk: the records with their changes.
        as_of: the day the rules are asked for.
    """
    after = _problems(desk.after(), as_of)
    errors = [problem for problem in after if problem.level == "error"]
    paths = {changed.path: changed for changed in desk.changed.values()}
    known: set[tuple[str, str, str]] = set()
    if errors:
        known = {_key(problem) for problem in _problems(desk.registry, as_of)}
    wrong = [
        _complaint(problem, paths.get(problem.path), desk) for problem in errors if _key(problem) not in known
    ]
    noted = [
        f"提醒：{desk_name(desk, problem.path)}：{problem.message}"
        for problem in after
        if problem.level == "warning" and problem.path in paths and problem.code not in _ALWAYS_TOLD
    ]
    return wrong, noted


def desk_name(desk: Desk, path: str) -> str:
    """Return how a record is called in a sentence: its number."""
    return path.rsplit("/", 1)[-1].removesuffix(".yml")


def _key(problem: Problem) -> tuple[str, str, str]:
    return problem.code, problem.path.rsplit("/", 1)[-1], problem.message


def _problems(registry: Registry, as_of: date) -> list[Problem]:
    report = Report()
    found = Findings(registry, report)
    check_references(found)
    check_rulings(found, Ledger.of(registry), as_of=as_of)
    return list(report)


def _complaint(problem: Problem, changed: Changed | None, desk: Desk) -> Complaint:
    message = problem.message.rstrip("。")
    if changed is None:
        # A record that no row names suffers from what the rows say, such as a bar of its enterprise.
        return Complaint(sheet=problem.path, row=0, at="", field=problem.field, found="", message=message)
    draft = _row(problem.field, changed, desk)
    first, last = re.split(r"[.\[]", problem.field)[0], re.split(r"[.\]]", problem.field)[-1]
    keys = [column.key for column in draft.form.columns]
    key = next((name for name in (last, _COLUMNS.get(last), first, _COLUMNS.get(first)) if name in keys), "")
    return draft.complaint(key or "", f"{message}（记录 {desk_name(desk, changed.path)}）")


def _row(field: str, changed: Changed, desk: Desk) -> Draft:
    """The row that added what a field of a record names."""
    rows = rows_of(changed)
    found = re.match(r"(\w+)\[(\d+)\]", field)
    if found and found[1] in _ADDS:
        adding = [draft for draft in rows if draft.form.kind in _ADDS[found[1]]]
        unit = desk.units.get(desk_name(desk, changed.path))
        total = len(getattr(unit, found[1])) if unit else 0
        place = int(found[2]) - (total - len(adding))
        if 0 <= place < len(adding):
            return adding[place]
    closing = [draft for draft in rows if field.startswith("closed") and draft.form.kind == "closing"]
    return closing[0] if closing else rows[0]
