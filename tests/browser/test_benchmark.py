"""The benchmark runs and measures all it names; how fast it finds the directory is not judged here."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks.directory import COLD, QUESTIONS, Part, Timing
from tests.benchmarks.report import aligned
from tests.conftest import ROOT

pytestmark = pytest.mark.browser


def test_the_benchmark_measures_every_question(tmp_path: Path, site: Path) -> None:
    done = subprocess.run(
        [
            sys.executable,
            ROOT / "tests/benchmarks/directory.py",
            "--site",
            site,
            "--rounds",
            "1",
            "--out",
            tmp_path,
        ],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads((tmp_path / "directory.json").read_text(encoding="utf-8"))
    timings = [Timing(**timing) for timing in told["timings"]]
    assert [timing.question for timing in timings] == [*QUESTIONS, ""]
    assert all(0 < timing.median <= timing.worst for timing in timings)
    found = {timing.question: timing.found for timing in timings}
    assert found["没有这一家"] == 0 < found[COLD] < found[""] == told["units"]
    parts = [Part(**part) for part in told["parts"]]
    assert [part.name for part in parts] == ["cases", "codes", "facets", "names"]
    assert all(0 < part.gzipped < part.raw for part in parts)
    assert len(told["first_answers"]) == 1
    report = (tmp_path / "directory.md").read_text(encoding="utf-8")
    for timing in timings:
        row = (
            timing.question or "（清空）",
            str(timing.found),
            f"{timing.median:.1f}",
            f"{timing.worst:.1f}",
        )
        assert f"| {' | '.join(row)} |" in report
        assert row[0] in done.stdout


def test_columns_stand_below_each_other_whatever_the_script() -> None:
    assert list(aligned([("问题", "毫秒"), ("heb", "7.5")])) == ["  问题  毫秒", "  heb    7.5"]
