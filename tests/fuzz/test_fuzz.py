"""The ways in hold for arbitrary input: by properties, by a bounded campaign, and for every input that once broke one."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import ROOT
from tests.fuzz.targets import PARTS, PATHS, TARGETS, packed, workbook_parts
from tests.hostile.corpus import ADDRESSES, TEXTS

CRASHERS = sorted((Path(__file__).parent / "crashers").glob("*/*"))
# Inputs of the bounded campaign, by target; a sheet takes longest.
RUNS = {"reader": 1_000, "parser": 600, "sheet": 100, "markdown": 150}
FEW = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)

_SIGNS = st.sampled_from(
    [*"[](){}<>!*_`~#|\\\"'&:;-+=/ \n\t甲", "](javascript:", "<script>", "<!--", "\n\n", "> ", "1. "]
)
_MARKDOWN = st.lists(_SIGNS | st.sampled_from([attack.text[:200] for attack in TEXTS]), max_size=40).map(
    "".join
)
_CELLS = st.lists(
    st.lists(
        st.sampled_from([attack.text[:300] for attack in (*TEXTS, *ADDRESSES)])
        | st.text(max_size=20)
        | st.integers().map(str),
        max_size=6,
    ),
    max_size=6,
)


@pytest.mark.parametrize("target", TARGETS)
def test_a_bounded_campaign_finds_nothing(target: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "tests/fuzz/campaign.py",
            target,
            "--runs",
            str(RUNS[target]),
            "--seed",
            "7",
            "--keep",
            tmp_path,
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3_000:]
    found = re.search(r"stat::number_of_executed_units: (\d+)", done.stderr)
    assert found
    assert int(found[1]) >= RUNS[target]
    assert not [path for path in (tmp_path / target).iterdir() if path.name not in {"corpus", "words.txt"}]


@pytest.mark.parametrize("path", CRASHERS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_once_broke_something_does_no_more(path: Path) -> None:
    TARGETS[path.parent.name](path.read_bytes())


def test_there_are_inputs_that_once_broke_something() -> None:
    assert {path.parent.name for path in CRASHERS} <= set(TARGETS)
    assert CRASHERS


@FEW
@given(_MARKDOWN)
def test_no_markdown_acts(text: str) -> None:
    TARGETS["markdown"](text.encode("utf-8", "replace"))


@FEW
@given(_CELLS)
def test_no_list_breaks_the_import(rows: list[list[str]]) -> None:
    quote = '"'
    text = "\n".join(
        ",".join(f"{quote}{cell.replace(quote, quote * 2)}{quote}" for cell in row) for row in rows
    )
    TARGETS["sheet"](b"\1" + text.encode("utf-8", "replace"))


@FEW
@given(
    st.sampled_from(PARTS),
    st.integers(0, 3_000),
    st.binary(max_size=12) | st.sampled_from([b"<c", b"&#0;", b"<f>"]),
)
def test_no_change_of_a_part_breaks_the_import(part: str, at: int, put: bytes) -> None:
    xml = workbook_parts()[part]
    place = at % (len(xml) + 1)
    TARGETS["sheet"](bytes([2 + PARTS.index(part)]) + xml[:place] + put + xml[place + len(put) :])


@FEW
@given(st.integers(0, len(PATHS) - 1), st.binary(max_size=300))
def test_no_file_breaks_the_parser(number: int, content: bytes) -> None:
    TARGETS["parser"](bytes([number]) + content)


def test_a_packed_workbook_is_one() -> None:
    assert packed(PARTS[0], workbook_parts()[PARTS[0]]).startswith(b"PK")
