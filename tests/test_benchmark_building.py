"""The benchmark of builds runs and measures all it names; how fast it finds the machine is not judged here."""

import json
import subprocess
import sys
import time
from pathlib import Path

from tests.benchmarks.building import (
    CHANGED,
    CHANGED_AGAIN,
    CHECK,
    CHECK_AGAIN,
    COLD,
    COPY,
    EMPTY,
    HUGO,
    LEAN,
    LOADER,
    ORDINARY,
    Outcome,
    Timing,
    of,
    tables,
)
from tests.benchmarks.running import shared_memory
from tests.conftest import ROOT


def test_the_benchmark_measures_every_step(tmp_path: Path) -> None:
    done = subprocess.run(
        [
            sys.executable,
            ROOT / "tests/benchmarks/building.py",
            *("--units", "30", "--without-peers", "--out", tmp_path),
        ],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads((tmp_path / "building.json").read_text(encoding="utf-8"))
    assert told["identical"] is True
    assert told["units"] == 30
    assert told["files"] > 200
    timings = [Timing(**timing) for timing in told["timings"]]
    assert [timing.name for timing in timings] == [
        EMPTY,
        COLD,
        "没有改动，再次生成",
        CHANGED,
        CHANGED_AGAIN,
        CHECK,
        CHECK_AGAIN,
        LOADER,
        COPY,
        *(step + of(units) for units in (1, 3) for step in (COLD, CHANGED, CHANGED_AGAIN)),
    ]
    assert all(timing.seconds > 0 for timing in timings)
    report = (tmp_path / "building.md").read_text(encoding="utf-8")
    for timing in timings:
        assert f"| {timing.name} | {timing.seconds:.2f} |" in report


def test_ratios_are_of_one_run() -> None:
    outcome = Outcome(units=4000, cores=2, files=10, bytes=5_000_000, mkdocs_pages=2000)
    for name, seconds in (
        (CHECK, 3.0),
        (CHECK_AGAIN, 1.0),
        (LOADER, 2.0),
        (COLD, 20.0),
        (COLD + of(40), 0.4),
        (CHANGED, 5.0),
        (CHANGED_AGAIN, 1.0),
        (COPY, 10.0),
        (HUGO, 8.0),
        (ORDINARY, 300.0),
        (LEAN, 30.0),
    ):
        outcome.timings.append(Timing(name=name, seconds=seconds))
    ratios = {row[0]: tuple(row[1:]) for row in list(tables(outcome))[1][1][1:]}
    assert ratios == {
        "检查 ÷ 只用 PyYAML 读": ("1.50", "≤ 2"),
        "再次检查 ÷ 只用 PyYAML 读": ("0.50", ""),
        "改一个单元 ÷ 全新生成": ("0.25", "≤ 0.1"),
        "又改一个单元 ÷ 全新生成": ("0.05", "≤ 0.1"),
        "全新生成 ÷ cp -r": ("2.00", "≤ 3"),
        "全新生成 ÷ 100 × 百分之1的单元": ("0.50", "≤ 1"),
        "全新生成 ÷ Hugo": ("2.50", "≤ 1"),
        "MkDocs 普通页面（按页数推算）÷ 全新生成": ("30.00", "≥ 10"),
        "MkDocs，不进导航，不建搜索（按页数推算）÷ 全新生成": ("3.00", ""),
    }


def test_memory_is_that_of_all_processes() -> None:
    held = "x = bytearray(60_000_000); input()"
    outer = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {held!r}])"
    running = subprocess.Popen(
        [sys.executable, "-c", outer], stdin=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    try:
        most = 0
        end = time.monotonic() + 60
        while time.monotonic() < end:
            most = max(most, shared_memory(running.pid))
            if most > 60_000:
                break
        assert most > 60_000
    finally:
        running.kill()
        running.communicate()
