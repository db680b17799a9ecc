"""What was put right in a document, a case or a yearly list is read, checked and shown on its page."""

from datetime import date

import pytest

from generator.checks.findings import Findings
from generator.checks.future import check_future
from generator.problems import Report, as_text
from generator.views.cases import case_pages
from generator.views.corrections import CorrectionRow
from generator.views.documents import document_pages
from generator.views.lists import published_lists, standings_of, year_list_pages
from tests.checks.base import CASE, FILES, NOTICE, STORY
from tests.effects.sides import one_side

ROWS = (
    "corrections:\n  - {date: 2026-10-01, fields: [date], reason: 日期录错}\n"
    "  - {date: 2026-11-01, fields: [别的], reason: 照原文改正}\n"
)
SHOWN = (
    CorrectionRow(day=date(2026, 11, 1), fields=("别的",), reason="照原文改正"),
    CorrectionRow(day=date(2026, 10, 1), fields=("日期",), reason="日期录错"),
)
CHANGED = {
    NOTICE: FILES[NOTICE] + ROWS,
    STORY: CASE + ROWS,
    "lists/2026.yml": FILES["lists/2026.yml"] + ROWS,
}


def test_pages_show_what_was_put_right_newest_first() -> None:
    side = one_side(CHANGED)
    assert as_text(side.report) == ""
    book = side.book()
    document = book.registry.documents["黑示例发〔2025〕88号"]
    assert [page.corrections for page in document_pages(book, document)] == [SHOWN]
    assert [page.corrections for _, page in case_pages(book)] == [SHOWN]
    (found,) = published_lists(book)
    pages = year_list_pages(book, standings_of(book, found), earlier=None, later=None)
    assert [page.corrections for page in pages] == [SHOWN]


@pytest.mark.parametrize(("as_of", "warned"), [("2026-09-30", 6), ("2026-10-01", 3), ("2026-11-01", 0)])
def test_a_correction_of_a_day_to_come_is_told(as_of: str, warned: int) -> None:
    side = one_side(CHANGED)
    report = Report()
    check_future(Findings(side.registry, report), as_of=date.fromisoformat(as_of))
    told = [problem for problem in report.warnings if problem.field.startswith("corrections")]
    assert len(told) == warned
    assert {problem.code for problem in told} <= {"future-fact"}


def test_a_correction_without_its_fields_is_an_error() -> None:
    side = one_side({NOTICE: FILES[NOTICE] + "corrections:\n  - {date: 2026-10-01, reason: 日期录错}\n"})
    assert "[missing-field] corrections[0].fields：缺少必填字段“fields”" in as_text(side.report)
