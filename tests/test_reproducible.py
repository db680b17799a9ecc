"""One commit and one day give the same bytes, whoever builds them, where, when, and in how many pieces.

Each way to build differs from the first in many things at once; where one is not the same, they are to be told apart by hand.
"""

import filecmp
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.books import demonstration
from tests.conftest import AS_OF, ROOT
from tests.faults.steps import NOBODY, open_folder
from tests.site.test_site import differences

MANIFEST = "api/v1/manifest.json"
# Git asks neither the machine's settings nor its clock.
_GIT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    **{f"GIT_{who}_NAME": "示例" for who in ("AUTHOR", "COMMITTER")},
    **{f"GIT_{who}_EMAIL": "office@registry.example" for who in ("AUTHOR", "COMMITTER")},
    **{f"GIT_{who}_DATE": "2026-11-24T08:00:00+08:00" for who in ("AUTHOR", "COMMITTER")},
}


def git(folder: Path, *arguments: str | Path) -> None:
    subprocess.run(
        ["git", *map(str, arguments)], cwd=folder, env={**os.environ, **_GIT}, check=True, capture_output=True
    )


@dataclass
class Checkout:
    """A working tree of one commit, and what is built from it."""

    folder: Path
    cache: Path = field(init=False)

    def __post_init__(self) -> None:
        self.cache = self.folder / "cache"

    def build(
        self,
        site: str,
        environment: Mapping[str, str],
        prepare: Callable[[], None] | None = None,
    ) -> Path:
        """Build with some variables; `prepare` is called in the process of the command."""
        done = subprocess.run(
            [
                *(sys.executable, "-m", "generator", "build", "--as-of", AS_OF),
                *("--registry", str(self.folder / "registry"), "--site", str(self.folder / site)),
            ],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(ROOT), "CACHE": str(self.cache), **environment},
            preexec_fn=prepare,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
        return self.folder / site


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """A registry with everything a registry can have, committed."""
    folder = tmp_path_factory.mktemp("first")
    demonstration(folder / "registry", units=30, seed=7)
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "registry")
    git(folder, "commit", "-q", "-m", "名录")
    return Checkout(folder)


@pytest.fixture(scope="module")
def reference(first: Checkout) -> Path:
    """The first site, cold, in one process."""
    return first.build("site", {"WORKERS": "1", "PYTHONHASHSEED": "0", "TZ": "Asia/Shanghai"})


@pytest.fixture(scope="module")
def second(first: Checkout) -> Iterator[Checkout]:
    """The same commit elsewhere, its files made in the reverse order, and long ago."""
    with open_folder() as above:
        folder = above / "别处 elsewhere"
        git(first.folder, "clone", "-q", first.folder, folder)
        for path in sorted((folder / "registry").rglob("*.yml"), reverse=True):
            content = path.read_bytes()
            path.unlink()
            path.write_bytes(content)
            os.utime(path, (86400, 86400))
        yield Checkout(folder)


def same(one: Path, other: Path) -> None:
    """Every file has the same bytes, the manifest and its commit as well."""
    filecmp.clear_cache()
    assert differences(filecmp.dircmp(one, other)) == []
    names = {path.suffix for path in one.rglob("*") if path.is_file()}
    assert names >= {".html", ".xlsx", ".sqlite", ".csv", ".ics", ".svg", ".xml", ".atom", ".js"}
    assert json.loads((one / MANIFEST).read_bytes())["commit"]


def another_user() -> None:
    """Be somebody else from here on, by the real id: the effective one must still be able to read the interpreter."""
    os.umask(0o077)
    if os.geteuid() == 0:
        os.setreuid(NOBODY, 0)


def test_elsewhere_by_another_user_and_in_eight_processes(
    reference: Path, second: Checkout, tmp_path: Path
) -> None:
    """Cold; then once more with all that is remembered, after all files were touched."""
    site = second.build(
        "deep/网站",
        {
            "WORKERS": "8",
            "PYTHONHASHSEED": "1",
            "TZ": "America/Los_Angeles",
            "LC_ALL": "C",
            "LANGUAGE": "tr",
            "HOME": str(tmp_path),
            "USER": "示例",
            "LOGNAME": "示例",
        },
        prepare=another_user,
    )
    same(reference, site)
    for path in (second.folder / "registry").rglob("*.yml"):
        path.touch()
    warm = {"WORKERS": "1", "PYTHONHASHSEED": "2", "TZ": "Asia/Kathmandu", "LC_ALL": "C.UTF-8"}
    same(reference, second.build("deep/网站", warm))
    assert json.loads((site / MANIFEST).read_bytes())["previous"] is None


def test_with_a_cache_but_no_site_where_text_is_ascii(reference: Path, second: Checkout) -> None:
    """What readers said is remembered, and no page; the system's own encoding knows no Chinese."""
    second.build("deep/网站", {})
    ascii_only = {
        "WORKERS": "2",
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
    }
    same(reference, second.build("another", ascii_only))


def test_a_clock_that_was_set_back_changes_nothing(reference: Path, first: Checkout, tmp_path: Path) -> None:
    """Everything that is there is of a time to come: records, what is remembered, the site and the one before."""
    first.build("site", {})
    shutil.copytree(first.folder, tmp_path / "copy", symlinks=True)
    later = 2_500_000_000
    for path in first.folder.rglob("*"):
        if ".git" not in path.parts:
            os.utime(path, (later, later))
    first.build("site", {})
    same(tmp_path / "copy/site", reference)
