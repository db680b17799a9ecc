"""A site that is asked while it is swapped answers whole and of one piece, and the check of that would see if it did not."""

import json
import subprocess
import sys
from pathlib import Path

from tests.benchmarks.serving import Answer, Build, mixed
from tests.conftest import ROOT


def test_no_answer_fails_or_is_mixed_while_the_site_is_swapped(tmp_path: Path) -> None:
    done = subprocess.run(
        [
            sys.executable,
            ROOT / "tests/benchmarks/serving.py",
            *("--units", "30", "--seconds", "3", "--out", tmp_path),
        ],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads((tmp_path / "serving.json").read_text(encoding="utf-8"))
    assert told["swaps"] >= 1
    assert told["changed_files"] > 10
    assert told["load"]["requests"] > 100
    assert told["compared"] > 100
    assert told["not_modified"] > 10
    # A rebuild without a change keeps what a host tells files by.
    assert told["kept_after_same"] > 100
    assert told["sent_after_same"] == []


BUILDS = [
    Build(0, 1, {"a": "1", "b": "1"}),
    Build(10, 12, {"a": "2", "b": "2"}),
    Build(20, 22, {"a": "3", "b": "2"}),
]


def test_the_check_sees_what_is_mixed() -> None:
    def told(*answers: tuple[str, float, str]) -> list[str]:
        return list(mixed([Answer(path, at, at + 0.1, digest) for path, at, digest in answers], BUILDS))

    # While a swap is on its way either is right.
    assert told(("a", 5, "1"), ("b", 10.5, "1"), ("a", 11, "2"), ("a", 15, "2"), ("b", 23, "2")) == []
    assert told(("a", 5, "2")) == ["a：不是当时任何一个网站的文件"]
    assert told(("a", 13, "1")) == ["a：不是当时任何一个网站的文件"]
    assert told(("a", 11, "half")) == ["a：不是当时任何一个网站的文件"]
    assert told(("a", 11, "2"), ("b", 11.2, "1")) == ["b：比先前的回答旧"]
