"""Every check of the contract, section 4: the change, and the whole of what is said about it."""

from datetime import date
from pathlib import Path

import pytest

from generator.checks.desk import examine
from generator.problems import as_text
from tests.checks.base import AS_OF, FACTORY, UNIT, Swap, build, examined
from tests.checks.found import Found
from tests.checks.table_fields import FIELDS
from tests.checks.table_forms import FORMS
from tests.checks.table_places import PLACES
from tests.checks.table_records import RECORDS
from tests.checks.table_rules import RULES
from tests.checks.table_text import TEXT

CODES = {
    "reading": """yaml-syntax file-encoding file-too-large duplicate-key yaml-feature stray-file unknown-field
        missing-field wrong-type bad-text bad-url bad-date bad-id wrong-folder bad-choice""",
    "references": """unknown-city unknown-county unknown-industry unknown-scene unknown-title unknown-document
        unknown-factory unknown-authority duplicate-id duplicate-document duplicate-unit""",
    "code": "uscc-format uscc-check uscc-missing uscc-noted",
    "rules": """wrong-kind wrong-authority title-retired award-before-document out-of-sequence missing-title barred
        after-closing revocation-without-title revocation-before-award future-fact name-mismatch case-unlisted
        maturity-low""",
    "beyond the contract": "personal-data bad-number missing-file file-unreadable unfinished-write",
}
WARNINGS = set("uscc-missing uscc-noted future-fact name-mismatch case-unlisted maturity-low".split())
EXCUSABLE = {"out-of-sequence", "missing-title"}
TABLE = (*TEXT, *PLACES, *FIELDS, *FORMS, *RECORDS, *RULES)


def _code(line: str) -> str:
    return line.split("[", 1)[1].split("]", 1)[0]


def test_the_base_has_no_fault(here: Path) -> None:
    found = examined(here, {})
    assert as_text(found.report) == ""
    assert found.publishable


@pytest.mark.parametrize("row", TABLE, ids=[row.name for row in TABLE])
def test_what_is_found(here: Path, row: Found) -> None:
    found = examined(here, row.changes)
    assert tuple(as_text(found.report).splitlines()[:-1]) == row.lines
    assert found.publishable == (not any(": 错误 [" in line for line in row.lines))


def test_units_come_in_the_order_of_their_numbers_wherever_their_files_lie(here: Path) -> None:
    moved = {
        "factories/230200/2301-0009.yml": FACTORY.replace("哈尔滨市", "齐齐哈尔市").replace(
            "汽轮机智能", "总装智能"
        )
    }
    last = {"factories/230100/2302-0008.yml": FACTORY.replace("汽轮机智能", "风机智能")}
    found = examined(here, {**moved, **last})
    assert found.registry
    assert list(found.registry.units) == ["2301-0001", "2301-0002", "2301-0009", "2302-0001", "2302-0008"]


def test_no_two_rows_have_one_name() -> None:
    names = [row.name for row in TABLE]
    assert sorted(set(names)) == sorted(names)


def test_every_code_is_shown_and_no_other() -> None:
    named = [code for group in CODES.values() for code in group.split()]
    assert len(set(named)) == len(named)
    assert {_code(line) for row in TABLE for line in row.lines} == set(named)


def test_warnings_are_those_of_the_contract() -> None:
    lines = [line for row in TABLE for line in row.lines]
    warned = {_code(line) for line in lines if ": 提醒 [" in line}
    refused = {_code(line) for line in lines if ": 错误 [" in line}
    assert warned == WARNINGS | EXCUSABLE
    assert warned & refused == EXCUSABLE


@pytest.mark.parametrize("row", TABLE, ids=[row.name for row in TABLE])
def test_messages_are_calm_and_complete(row: Found) -> None:
    for line in row.lines:
        message = line.split("] ", 1)[1]
        assert "yaml-feature" in line or "!" not in message
        assert "！" not in message
        assert message.endswith("。")
        assert "。。" not in message
        assert "None" not in message


def test_paths_are_relative_to_the_working_directory(here: Path) -> None:
    root = here / "up" / "registry"
    build(root, {UNIT: Swap("industry: 341\n", "")})
    found = examine(root.absolute(), as_of=AS_OF)
    assert [problem.path for problem in found.report] == [f"up/registry/{UNIT}"]


def test_no_folder(here: Path) -> None:
    found = examine(here / "registri", as_of=AS_OF)
    assert as_text(found.report) == (
        "registri:1: 错误 [missing-file] 没有“registri”这个目录；请用 --registry 指明名录所在的目录。\n"
        "共 1 个错误、0 个提醒。\n"
    )
    assert not found.publishable


def test_records_are_checked_even_where_a_vocabulary_is_missing(here: Path) -> None:
    found = examined(here, {"cities.yml": None, UNIT: Swap("industry: 341\n", "")})
    assert {(problem.path, problem.code) for problem in found.report} == {
        ("cities.yml", "missing-file"),
        (UNIT, "missing-field"),
    }


@pytest.mark.parametrize(("day", "codes"), [(date(2026, 11, 24), []), (date(2026, 11, 23), ["future-fact"])])
def test_only_warnings_depend_on_the_day(here: Path, day: date, codes: list[str]) -> None:
    found = examined(here, {"lists/2026.yml": Swap("2026-06-30", "2026-11-24")}, as_of=day)
    assert [problem.code for problem in found.report] == codes
    assert found.publishable
