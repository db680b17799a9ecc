"""Any acts one after the other: every line that none of them concerns stays, and the facts are those that were asked for."""

import tempfile
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.problems import Report
from generator.records import Assessment, YearReport
from generator.registry import load
from tests.acts.conftest import UNITS, files, fill, say, unit_path

KEYS = st.sampled_from(sorted(UNITS))
DAYS = st.dates(date(2025, 1, 1), date(2026, 6, 30))
ASSESSMENTS = st.tuples(
    KEYS, st.builds(Assessment, date=DAYS, level=st.integers(1, 5), method=st.sampled_from(["自评", "评估"]))
)
REPORTS = st.tuples(KEYS, st.builds(YearReport, year=st.integers(2024, 2026), date=DAYS))


def told(key: str, fact: Assessment | YearReport) -> tuple[str, ...]:
    if isinstance(fact, Assessment):
        return (
            "maturity",
            key,
            "--date",
            f"{fact.date}",
            "--level",
            f"{fact.level}",
            "--method",
            fact.method,
        )
    return ("report", key, "--year", f"{fact.year}", "--date", f"{fact.date}")


@settings(max_examples=25, deadline=None)
@given(st.lists(ASSESSMENTS | REPORTS, max_size=5), st.booleans())
def test_sequences(acts: list[tuple[str, Assessment | YearReport]], marked: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = fill(Path(folder) / "registry")
        ends = "\r\n" if marked else "\n"
        for key, text in UNITS.items():
            unit_path(root, key).write_bytes(text.replace("\n", ends).encode())
        before, old = files(root), load(root, Report())
        assert old
        for key, fact in acts:
            code, _, err = say(root, *told(key, fact))
            assert code == 0, err
        new = load(root, Report())
        assert new
        for key, unit in old.units.items():
            asked = list(dict.fromkeys(fact for one, fact in acts if one == key))
            levels = [one for one in asked if isinstance(one, Assessment) and one not in unit.maturity]
            assert new.units[key].maturity == (*unit.maturity, *levels)
            assert new.units[key].reports == tuple(one for one in asked if isinstance(one, YearReport))
            assert new.units[key].titles == unit.titles
            path = f"factories/230100/{key}.yml"
            kept = [
                line for line in before[path].splitlines(keepends=True) if not line.startswith(b"maturity")
            ]
            lines = iter(files(root)[path].splitlines(keepends=True))
            assert all(line in lines for line in kept), "a line is gone, or its place"
