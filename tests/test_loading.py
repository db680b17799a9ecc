"""What a command loads: a library that takes long is loaded by what needs it, and by nothing else."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import AS_OF, ROOT

# All modules that are there when the command is done, on a line of their own: the command line ends the process.
TELLING = """
import json, sys
from generator.cli import cli
try:
    cli.main(sys.argv[1:], prog_name="python -m generator")
finally:
    sys.stderr.write(json.dumps(sorted(sys.modules)) + "\\n")
"""
PAGES = {"jinja2", "markdown_it", "segno"}
FILES = {"feedgen", "icalendar", "lxml", "sqlite3", "xlsxwriter"}
SELDOM = {"http.client", "mkdocs", "openpyxl", "properdocs", "pypinyin", "ssl", "tqdm", "urllib3"}
WORKERS = {"concurrent.futures.process", "multiprocessing"}


def loaded(cache: Path, *arguments: object) -> set[str]:
    """Run a command in a process of its own, and return the modules it has loaded."""
    done = subprocess.run(
        [sys.executable, "-c", TELLING, *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "CACHE": str(cache), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stderr.splitlines()[-1]))


def test_the_help_loads_no_command_and_no_library_but_that_of_commands(tmp_path: Path) -> None:
    found = loaded(tmp_path, "--help")
    assert not found & (PAGES | FILES | SELDOM | WORKERS | {"yaml"})
    rooms = {name.split(".")[1] for name in found if name.startswith("generator.")}
    assert rooms <= {"cli", "clock", "crew", "problems", "speech"}


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> tuple[set[str], set[str]]:
    """The modules of a build that finds everything made of the same, and of one after a change of a name."""
    folder = tmp_path_factory.mktemp("loading")
    registry = folder / "registry"
    shutil.copytree(ROOT / "registry", registry)
    build = ("build", "--registry", registry, "--as-of", AS_OF, "--site", folder / "site")
    for _ in range(2):
        loaded(folder / "cache", *build)
    unchanged = loaded(folder / "cache", *build)
    record = min((registry / "factories").rglob("*.yml"))
    text = record.read_text(encoding="utf-8")
    record.write_text(re.sub("(?m)^name: ", "name: 新", text), encoding="utf-8")
    loaded(folder / "cache", *build)
    record.write_text(text, encoding="utf-8")
    return unchanged, loaded(folder / "cache", *build)


def test_a_build_that_takes_everything_over_loads_nothing_that_makes_any_of_it(
    rebuilt: tuple[set[str], set[str]],
) -> None:
    unchanged, _ = rebuilt
    assert not unchanged & (PAGES | FILES | SELDOM | WORKERS)
    assert "generator.site.contents" in unchanged
    assert not {name for name in unchanged if name.startswith("generator.downloads")}


def test_a_build_after_a_change_loads_what_makes_what_changed(rebuilt: tuple[set[str], set[str]]) -> None:
    """Codes and what workbooks show besides their rows are kept: what makes those is not needed."""
    _, changed = rebuilt
    assert not changed & (SELDOM | WORKERS | {"segno", "xlsxwriter"})
    assert changed >= {"jinja2", "sqlite3"}
