"""The site without MkDocs: ProperDocs, in an environment of its own that `make test` prepares, makes the same bytes."""

import filecmp
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import AS_OF, ROOT
from tests.site.test_site import differences

BIN = ROOT / ".cache/properdocs/bin"
REGISTRY = ROOT / "tests/registries/qingdao-2024"


def properdocs(*command: str | Path, cache: Path) -> str:
    """Run a program of the environment, and return what it wrote to standard output."""
    assert (BIN / "properdocs").exists(), "the environment is not there: run `make test`"
    kept = {name: value for name, value in os.environ.items() if name != "NO_MKDOCS_2_WARNING"}
    done = subprocess.run(
        [BIN / command[0], *command[1:]],
        cwd=ROOT,
        env={**kept, "PYTHONPATH": str(ROOT), "AS_OF": AS_OF, "REGISTRY": str(REGISTRY), "CACHE": str(cache)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_mkdocs_is_not_there(tmp_path: Path) -> None:
    ask = "import importlib.util as u; print(u.find_spec('mkdocs'), bool(u.find_spec('properdocs')))"
    assert properdocs("python", "-c", ask, cache=tmp_path) == "None True\n"


@pytest.mark.parametrize(
    "command",
    [
        ("python", "-m", "generator", "build", "--site"),
        ("properdocs", "build", "--quiet", "--config-file", "mkdocs.yml", "--site-dir"),
    ],
    ids=["generator", "properdocs"],
)
def test_it_makes_the_same_site(built: Callable[..., Path], tmp_path: Path, command: tuple[str, ...]) -> None:
    """Every page and every file: no difference is allowed for."""
    site = tmp_path / "site"
    properdocs(*command, site, cache=tmp_path / "cache")
    assert differences(filecmp.dircmp(built("qingdao-2024"), site)) == []
    assert len(list(site.rglob("*.html"))) > 50
