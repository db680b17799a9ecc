"""The benchmark of builds runs and measures all it names; how fast it finds the machine is not judged here."""

import json
import subprocess
import sys
from pathlib import Path

from tests.benchmarks.building import Outcome, Timing, shared_memory, tables
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
        "检查",
        "只用 PyYAML 读同样的文件",
        "全新生成",
        "没有改动，再次生成",
        "改了一个单元，再次生成",
        "cp -r 生成的网站",
    ]
    assert all(timing.seconds > 0 for timing in timings)
    report = (tmp_path / "building.md").read_text(encoding="utf-8")
    for timing in timings:
        assert f"| {timing.name} | {timing.seconds:.2f} |" in report


def test_ratios_are_of_one_run() -> None:
    outcome = Outcome(units=4000, cores=2, files=10, bytes=5_000_000)
    for name, seconds in (
        ("检查", 3.0),
        ("只用 PyYAML 读同样的文件", 2.0),
        ("全新生成", 20.0),
        ("改了一个单元，再次生成", 5.0),
        ("cp -r 生成的网站", 10.0),
        ("Hugo 生成同样多的单元页", 8.0),
        ("MkDocs 和 Material 生成 2000 页", 30.0),
    ):
        outcome.timings.append(Timing(name=name, seconds=seconds))
    ratios = {row[0]: row[1] for row in list(tables(outcome))[1][1][1:]}
    assert ratios == {
        "检查 ÷ 只用 PyYAML 读": "1.50",
        "改一个单元 ÷ 全新生成": "0.25",
        "全新生成 ÷ cp -r": "2.00",
        "全新生成 ÷ Hugo": "2.50",
        "MkDocs 和 Material（按页数推算）÷ 全新生成": "3.00",
    }


def test_memory_is_that_of_all_processes() -> None:
    held = "x = bytearray(60_000_000); input()"
    outer = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {held!r}])"
    running = subprocess.Popen(
        [sys.executable, "-c", outer], stdin=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    try:
        most = 0
        for _ in range(400):
            most = max(most, shared_memory(running.pid))
            if most > 60_000:
                break
        assert most > 60_000
    finally:
        running.kill()
        running.communicate()
