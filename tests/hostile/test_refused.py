"""Attacks on the reader: each is refused with its code, at a path and a line, in little time and memory."""

import subprocess
import time
from datetime import date
from pathlib import Path
from resource import RUSAGE_SELF, getrusage

import pytest

from generator.checks.desk import examine
from generator.parse.publication_fields import CaseFields, DocumentFields
from generator.parse.shapes import Address, Name
from generator.parse.tables import Field
from generator.parse.unit_fields import UnitFields
from generator.problems import FORMATS, Problem
from generator.reading import MAX_LEVELS, read_record
from generator.source import MAX_BYTES, MAX_DEPTH
from tests.checks.base import CASE, FILES, NOTICE, STORY, UNIT, WORKSHOP, build
from tests.hostile.corpus import ADDRESSES, BAD, TEXTS, TREES, Attack, Tree, quoted

AS_OF = date(2026, 11, 24)
SECONDS = 5.0
MEBIBYTES = 200

TABLES = {UNIT: UnitFields, NOTICE: DocumentFields, STORY: CaseFields}
FIELDS = [
    (path, key, isinstance(field.form, Address))
    for path, table in TABLES.items()
    for key, field in table.fields_by_key.items()
    if isinstance(field, Field) and isinstance(field.form, Name | Address)
]
# Fields of rows, each in a row that is right but for it.
ROWS = {
    (UNIT, "former_names[0].name"): "former_names:\n  - {{name: {0}, until: 2024-03-01}}\n",
    (UNIT, "revocations[0].reason"): (
        "revocations:\n  - {{title: 先进级数字化车间, document: 黑示例发〔2026〕20号, reason: {0}}}\n"
    ),
    (
        UNIT,
        "corrections[0].reason",
    ): "corrections:\n  - {{date: 2026-02-01, fields: [titles], reason: {0}}}\n",
    (UNIT, "corrections[0].fields[0]"): "corrections:\n  - {{date: 2026-02-01, fields: [{0}], reason: 误}}\n",
    (STORY, "withdrawn.reason"): "withdrawn: {{date: 2026-08-01, reason: {0}}}\n",
    (STORY, "metrics[0].name"): "metrics:\n  - {{name: {0}, change: 缩短}}\n",
    (STORY, "metrics[0].change"): "metrics:\n  - {{name: 周期, change: {0}}}\n",
    (STORY, "metrics[0].unit"): "metrics:\n  - {{name: 周期, before: 1, after: 2, unit: {0}}}\n",
}


def read(path: str, text: str) -> tuple[Problem, ...]:
    return read_record(tuple(path.split("/")), path, text.encode()).problems


def with_field(path: str, key: str, text: str) -> str:
    """The record of the small registry with another value of a field at the top."""
    lines = [line for line in FILES[path].split("\n") if not line.startswith(f"{key}:")]
    return "\n".join([f"{key}: {quoted(text)}", *lines])


def with_row(path: str, field: str, text: str) -> str:
    record = WORKSHOP if path == UNIT else CASE.split("metrics:")[0] + "body: 甲\n"
    return record + ROWS[path, field].format(quoted(text))


@pytest.mark.parametrize("attack", TEXTS, ids=lambda attack: attack.name)
def test_a_text_in_any_name_is_refused_with_its_code_or_kept_as_it_is(attack: Attack) -> None:
    for path, key, address in FIELDS:
        if address or (path, key) in {(UNIT, "kind")}:
            continue
        told = read(path, with_field(path, key, attack.text))
        assert {problem.code for problem in told} == ({attack.code} if attack.code else set()), (path, key)
        assert all(problem.path == path and problem.line == 1 for problem in told)
    for path, field in ROWS:
        told = read(path, with_row(path, field, attack.text))
        assert {problem.code for problem in told} == ({attack.code} if attack.code else set()), (path, field)
        assert all(problem.path == path and problem.line > 1 for problem in told)


@pytest.mark.parametrize("attack", ADDRESSES, ids=lambda attack: attack.name)
def test_an_address_in_any_field_leads_to_the_web_or_nowhere(attack: Attack) -> None:
    fields = [(path, key) for path, key, address in FIELDS if address]
    assert len(fields) == 3
    for path, key in fields:
        told = read(path, with_field(path, key, attack.text))
        assert [problem.code for problem in told] == ([attack.code] if attack.code else []), (path, key)
        assert all(problem.line == 1 for problem in told)


@pytest.mark.parametrize("tree", TREES, ids=lambda tree: tree.name)
def test_a_hostile_tree_is_refused_with_its_codes(
    tree: Tree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    build(Path("registry"), {})
    tree.do(Path("registry"))
    most = getrusage(RUSAGE_SELF).ru_maxrss
    began = time.process_time()
    errors = examine(Path("registry"), as_of=AS_OF).report.errors
    # Python's own removal of folders, by which pytest cleans up, breaks on deep ones.
    subprocess.run(["rm", "-rf", "registry"], check=True)
    assert time.process_time() - began < SECONDS
    assert getrusage(RUSAGE_SELF).ru_maxrss - most < MEBIBYTES << 10
    assert {problem.code for problem in errors} == tree.codes
    for problem in errors:
        assert problem.path.endswith(tree.path)
        assert problem.line >= 1
        assert problem.message.endswith("。")


@pytest.mark.parametrize("tree", [tree for tree in TREES if "name" in tree.name], ids=lambda tree: tree.name)
def test_every_form_of_problems_can_be_written_and_commands_nothing(
    tree: Tree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    build(Path("registry"), {})
    tree.do(Path("registry"))
    report = examine(Path("registry"), as_of=AS_OF).report
    told = {name: form(report) for name, form in FORMATS.items()}
    for text in told.values():
        text.encode()
        assert not set("\x1b\x07\r\u202e") & set(text)
    assert all(line.startswith(("registry/", "共 ")) for line in told["text"].splitlines())
    assert all(line.startswith(("::error file=", "::warning file=")) for line in told["github"].splitlines())
    assert len(told["github"].splitlines()) == len(report)
    body = told["markdown"].split("|---|---|---|---|---|\n")[1]
    assert not set("<>`") & set(body)
    assert "@everyone" not in body
    assert all(line.count("|") == 6 for line in body.splitlines())


# --- The limits, each reached and exceeded by one ------------------------------------------------------------------------


def codes(told: tuple[Problem, ...]) -> set[str]:
    return {problem.code for problem in told}


def test_a_file_may_have_256_kib() -> None:
    comment = "#" * (MAX_BYTES - len(WORKSHOP.encode()))
    assert codes(read(UNIT, WORKSHOP + comment)) == set()
    assert codes(read(UNIT, WORKSHOP + comment + "#")) == {"file-too-large"}


def test_nesting_may_have_20_levels() -> None:
    def nested(levels: int) -> str:
        return WORKSHOP + "zone: " + "[" * (levels - 1) + "]" * (levels - 1) + "\n"

    assert codes(read(UNIT, nested(MAX_DEPTH))) == {"wrong-type"}
    assert codes(read(UNIT, nested(MAX_DEPTH + 1))) == {"yaml-syntax"}


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("factories/230100/2301-000000009.yml", True),
        ("factories/230100/2301-0000000009.yml", False),
        (f"documents/hlj/{'a' * 64}.yml", True),
        (f"documents/hlj/{'a' * 65}.yml", False),
    ],
)
def test_a_name_may_have_so_many_signs(
    name: str, right: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    other = WORKSHOP.replace("叶片", "另一").encode() if "factories" in name else None
    build(Path(), {name: other or "number: 黑示例发〔2025〕89号\ntitle: 甲\ndate: 2025-11-20\n"})
    found = examine(Path(), as_of=AS_OF).report.errors
    assert {problem.code for problem in found} == (set() if right else {"bad-id"})


def test_folders_are_looked_into_10_levels_deep(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    folder = Path("factories", *"a" * (MAX_LEVELS - 2))
    build(Path(), {f"{folder}/x.yml": "x", f"{folder}/b/y.yml": "x", f"{folder}/b/c/z.yml": "x"})
    told = {problem.path for problem in examine(Path(), as_of=AS_OF).report.errors}
    assert told == {f"{folder}/x.yml", f"{folder}/b/y.yml", f"{folder}/b/c"}


def test_every_code_is_shown() -> None:
    assert {attack.code for attack in (*TEXTS, *ADDRESSES)} == {"", BAD, "bad-url"}
