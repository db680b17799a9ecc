"""Changes the rules in a thousand small ways and asks whether the tests notice (mutation testing, with mutmut).

Works on a copy in build/mutants. Every mutant is tried with few random cases; what survives and is not explained is tried
again with many. Fails where a mutant survives that is not in `explained.yml`, or where one in it is killed or made no more.

    python tests/mutation/run.py [--processes N] [--part NAME]
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.checks.table_rules import RULES  # noqa: E402
from tests.mutation.explained import Mutant, explained  # noqa: E402

WORK = ROOT / "build" / "mutants"
COPIED = (
    "generator",
    "registry",
    "tests/conftest.py",
    "tests/rules",
    "tests/checks",
    "pyproject.toml",
)
FEW, MANY = "0.05", "0.5"

# What mutmut notes of a mutant (its exit code), in words.
KILLED, SURVIVED, ENDLESS = "killed", "survived", "timeout"
OUTCOMES = {
    1: KILLED,
    3: KILLED,
    0: SURVIVED,
    5: "untested",
    33: "untested",
    36: ENDLESS,
    24: ENDLESS,
    -24: ENDLESS,
    152: ENDLESS,
    255: ENDLESS,
}


@dataclass(frozen=True, slots=True)
class Part:
    """Modules that are mutated together, and the tests that can tell."""

    name: str
    modules: tuple[str, ...]
    tests: tuple[str, ...]


PARTS = (
    Part("rules", ("generator/rules/*.py", "generator/policy.py"), ("tests/rules",)),
    Part(
        "checks",
        ("generator/checks/rulings.py",),
        (
            *(f"tests/checks/test_tables.py::test_what_is_found[{row.name}]" for row in RULES),
            "tests/rules/test_opinion_of_registries.py",
        ),
    ),
)


def prepare(part: Part) -> Path:
    """Copy what the tests of a part need, and say what is to be mutated."""
    place = WORK / part.name
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    for name in COPIED:
        source, target = ROOT / name, place / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        elif source.exists():
            shutil.copy2(source, target)
    settings = {
        "source_paths": ["generator"],
        "only_mutate": list(part.modules),
        "also_copy": ["registry"],
        "pytest_add_cli_args_test_selection": list(part.tests),
        "pytest_add_cli_args": ["--hypothesis-seed=0", "-p", "no:cacheprovider"],
        "timeout_constant": 60.0,
    }
    lines = "".join(f"{key} = {json.dumps(value)}\n" for key, value in settings.items())
    with (place / "pyproject.toml").open("a", encoding="utf-8") as config:
        config.write(f"\n[tool.mutmut]\n{lines}")
    return place


def mutmut(place: Path, *arguments: str, effort: str = FEW) -> str:
    """Run mutmut in a copy and return what it prints."""
    done = subprocess.run(
        ["nice", "-n", "10", sys.executable, "-m", "mutmut", *arguments],
        cwd=place,
        env={**os.environ, "EFFORT": effort, "MUTANTS": "1", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    (place / "mutmut.log").write_text(done.stdout + done.stderr, encoding="utf-8")
    return done.stdout


def outcomes(place: Path) -> dict[str, str]:
    """Return the outcome of every mutant by its name."""
    found = {}
    for path in sorted((place / "mutants").rglob("*.meta")):
        for name, code in json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"].items():
            found[name] = OUTCOMES.get(code, f"exit code {code}")
    return found


def described(place: Path, name: str) -> Mutant:
    """Return what a mutant changes."""
    lines = mutmut(place, "show", name).splitlines()
    changed = [line for line in lines if line[:1] in ("+", "-") and line[:3] not in ("+++", "---")]
    module, _, function = name.rpartition("__mutmut_")[0].rpartition(".")
    plain = function.removeprefix("x_").removeprefix("xǁ").replace("ǁ", ".")
    return Mutant(
        f"{module}.{plain}",
        "\n".join(line[1:].strip() for line in changed if line[0] == "-"),
        "\n".join(line[1:].strip() for line in changed if line[0] == "+"),
    )


def tried(part: Part, processes: int, known: Collection[Mutant]) -> tuple[Counter[str], list[Mutant]]:
    """Return the count of each outcome, and the mutants that no test has told apart."""
    place = prepare(part)
    mutmut(place, "run", "--max-children", str(processes))
    first = outcomes(place)
    survived = {name: described(place, name) for name, outcome in first.items() if outcome == SURVIVED}
    again = [name for name, mutant in survived.items() if mutant not in known]
    if again:
        mutmut(place, "run", "--max-children", str(processes), *again, effort=MANY)
    last = outcomes(place)
    left = [described(place, name) for name, told in last.items() if told not in (KILLED, ENDLESS)]
    return Counter(last.values()), left


def lines_of(title: str, mutants: Iterable[Mutant]) -> str:
    """Return mutants as the rows of `explained.yml`, below a title."""
    rows = [
        f"- function: {json.dumps(one.function)}\n  was: {json.dumps(one.was, ensure_ascii=False)}\n"
        f"  becomes: {json.dumps(one.becomes, ensure_ascii=False)}\n  why:\n"
        for one in mutants
    ]
    return f"{title}\n{''.join(rows)}" if rows else ""


def main() -> int:
    """Try all mutants and say what became of them."""
    parser = argparse.ArgumentParser(description="逐个改坏规则代码，看检验能否发现。")
    parser.add_argument("--processes", type=int, default=2, help="同时运行的进程数")
    parser.add_argument("--part", choices=[part.name for part in PARTS], help="只试其中一部分")
    chosen = parser.parse_args()
    parts = [part for part in PARTS if chosen.part in (None, part.name)]
    known = explained()
    failed = False
    survived: set[Mutant] = set()
    for part in parts:
        counts, left = tried(part, chosen.processes, known)
        survived |= set(left)
        excused = sum(mutant in known for mutant in left)
        print(
            f"{part.name}：变异 {counts.total()} 个，被发现 {counts[KILLED]} 个，超时 {counts[ENDLESS]} 个，"
            f"未被发现而已说明 {excused} 个，未说明 {len(left) - excused} 个。",
            flush=True,
        )
        print(lines_of("未说明的：", [mutant for mutant in left if mutant not in known]), end="")
        failed |= not counts.total() or len(left) > excused
    if chosen.part is None:
        stale = [mutant for mutant in known if mutant not in survived]
        print(lines_of("已说明、现在却被发现或不再出现的，请从 explained.yml 删去：", stale), end="")
        failed |= bool(stale)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
