"""Sites built once for all tests: the shipped registry and the one of another place."""

import fcntl
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Playwright

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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put what takes long first, so that workers that take file after file end together: Chromium, then sites, then the rest."""

    def rank(item: pytest.Item) -> int:
        if item.get_closest_marker("browser"):
            return 0
        return 1 if item.path.parent.name == "site" else 2

    items.sort(key=rank)


@pytest.fixture(scope="session", autouse=True)
def _cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Nothing is taken over from an earlier run."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Build a registry into a folder of its own, once a session, however many workers of pytest-xdist share it."""
    # A worker's folder lies within the folder of the session.
    worker = tmp_path_factory.getbasetemp()
    shared = worker.parent if "PYTEST_XDIST_WORKER" in os.environ else worker

    def build(name: str, *, again: bool = False, **environment: str) -> Path:
        registry = ROOT / "registry" if name == "registry" else ROOT / "tests/registries" / name

        def made(site: Path) -> Path:
            done = run("build", "--registry", registry, "--as-of", AS_OF, "--site", site, **environment)
            assert done.code == 0, done.err
            return site

        if again:
            return made(tmp_path_factory.mktemp("built") / "site")
        folder = shared / f"built-{name}"
        folder.mkdir(exist_ok=True)
        # The worker that comes first builds; the others wait for it. A build that failed leaves no mark and is made anew.
        with (folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (folder / "done").exists():
                made(folder / "site")
                (folder / "done").touch()
        return folder / "site"

    return build


@pytest.fixture(scope="session")
def playwright() -> Iterator["Playwright"]:
    """What drives every Chromium of the tests: one in a process, since a second one cannot start beside it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as found:
        yield found


@pytest.fixture(scope="session")
def site(built: Callable[..., Path]) -> Path:
    """The site of the shipped registry."""
    return built("registry")
