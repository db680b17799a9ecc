"""A site made by several processes is the one made by one, and a rebuild takes over what has not changed."""

import filecmp
from pathlib import Path

import pytest

from generator import building, crew
from generator.checks.desk import examine
from generator.cli.options import CONFIG
from generator.frame import SHELLS
from generator.publish import Tree, replacing
from tests.books import AS_OF_DAY
from tests.conftest import ROOT
from tests.site.test_site import differences


def build(site: Path) -> None:
    examined = examine(ROOT / "registry", as_of=AS_OF_DAY)
    building.build(CONFIG, site, examined)


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_the_bytes_do_not_depend_on_the_number_of_workers(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    monkeypatch.setattr(crew, "_wanted", workers)
    monkeypatch.setattr(crew, "may_fork", lambda: True)
    monkeypatch.setattr("generator.site.contents.UNITS_A_PART", 60)
    build(tmp_path / "site")
    assert differences(filecmp.dircmp(site, tmp_path / "site")) == []


def test_a_failure_in_a_worker_leaves_the_last_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = tmp_path / "site"
    with replacing(site) as tree:
        tree.write("index.html", b"good")
    monkeypatch.setattr(crew, "_wanted", 2)
    monkeypatch.setattr(crew, "may_fork", lambda: True)

    def full(tree: Tree, path: str, content: bytes, *, made_of: bytes | None = None) -> None:
        raise OSError(28, "No space left on device", path)

    monkeypatch.setattr(Tree, "write", full)
    with pytest.raises(OSError, match="No space left"):
        build(site)
    assert [path.name for path in site.iterdir()] == ["index.html"]
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_every_page_has_a_shell(site: Path) -> None:
    """One more level of pages, or another section, would need more shells."""
    depths = {len(page.relative_to(site).parts) - 1 for page in site.rglob("index.html")}
    assert max(depths) <= max(depth for _, depth in SHELLS)
