"""Sites built once for all tests: the shipped registry and the one of another place."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
AS_OF = "2026-11-24"


@dataclass(frozen=True, slots=True)
class Run:
    """What a command left behind."""

    code: int
    out: str
    err: str


def run(*arguments: str | Path, **environment: str) -> Run:
    """Run the command line as a user does, at the root of the project."""
    done = subprocess.run(
        [sys.executable, "-m", "generator", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    return Run(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Build a registry into a folder of its own, once a session."""
    sites: dict[str, Path] = {}

    def build(name: str, *, again: bool = False, **environment: str) -> Path:
        if name not in sites or again:
            site = tmp_path_factory.mktemp("built") / "site"
            registry = ROOT / "registry" if name == "registry" else ROOT / "tests/registries" / name
            done = run("build", "--registry", registry, "--as-of", AS_OF, "--site", site, **environment)
            assert done.code == 0, done.err
            if again:
                return site
            sites[name] = site
        return sites[name]

    return build


@pytest.fixture(scope="session")
def site(built: Callable[..., Path]) -> Path:
    """The site of the shipped registry."""
    return built("registry")
